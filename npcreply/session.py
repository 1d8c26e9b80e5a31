"""One run of one command: the day, the person, the workspace, where answers go."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from npcreply.dataclass import dataclass, field
from npcreply.domain.findings import Finding
from npcreply.domain.record.names import number_order
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import (
    EXIT_UNREADABLE,
    AlreadyEnteredError,
    ForeignStepError,
    NpcreplyError,
    UsageError,
)
from npcreply.language import _, listed_apart
from npcreply.render.output import Output
from npcreply.store import places
from npcreply.workspace import Progress, Workspace, find

if TYPE_CHECKING:
    from npcreply.domain.record.collected import Asked
    from npcreply.domain.sources import Source
    from npcreply.domain.time.clocks import Law
    from npcreply.index.sync import Index
    from npcreply.store.journal import Change
    from npcreply.store.journal.steps import Step

T = TypeVar("T")


CONFIRMED = frozenset({"y", "yes", "是", "是的", "好", "对", "对的", "1"})
"""What says yes where something is asked."""


@dataclass
class Session:
    """What a command is handed. `today` is the clerk's day (UTC+8), `as_of` the day judged for;
    `ask` puts a question (with what Enter means) on the terminal, None where nobody is there.
    `pulled` are sessions about one workspace each of a shared database, None where it is not asked;
    `sources` say of each when it was pushed.
    """

    output: Output
    now: datetime
    as_of: AsOf
    directory: Path
    command: str
    ask: Callable[[str, str], str] | None = None
    exit_code: int = 0
    unreadable: list[Finding] = field(default_factory=list)
    pulled: tuple[Session, ...] | None = None
    sources: list[Source] = field(default_factory=list)
    _open: ExitStack = field(default_factory=ExitStack)

    def kept_open(self, opened: AbstractContextManager[T]) -> T:
        """Return what was opened for the command; it is closed at its end."""
        return self._open.enter_context(opened)

    def close(self) -> None:
        """Let go of what the command opened: the index."""
        self._open.close()

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def day(self) -> date:
        return self.as_of.day

    @property
    def parts(self) -> tuple[Session, ...]:
        """Return the sessions that an answer is drawn from, each about one workspace."""
        return (self,) if self.pulled is None else self.pulled

    @cached_property
    def workspace(self) -> Workspace:
        return find(self.directory)

    @cached_property
    def index(self) -> Index:
        """Return the index, brought up to date; what could not be read makes exit code 3."""
        with self.progress(_("整理索引")) as progress:
            index = self._open.enter_context(
                closing(self.workspace.index(progress, self.output.notice))
            )
            self.unreadable = index.unreadable()
        self.exit_code = EXIT_UNREADABLE if self.unreadable else 0
        return index

    @cached_property
    def sheets(self) -> list[Asked]:
        """Return the return sheets handed out, of all rounds; a file that could not be read counts
        among the unreadable. Where nothing was ever collected nothing is loaded.
        """
        if not (self.workspace.root / "collected").is_dir():
            return []
        from npcreply.store import collected

        self.index  # noqa: B018 -- what it could not read is noted first
        found, broken = collected.load(self.workspace.root, self.workspace.schema)
        self.unreadable += broken
        self.exit_code = EXIT_UNREADABLE if self.unreadable else self.exit_code
        return found

    @cached_property
    def law(self) -> Law:
        """Return the rules of time; says so where there are none for the office's jurisdiction."""
        law = self.workspace.law
        if not law.book.known:
            said = _("没有“{name}”这个地区的规则，期限只按全国的算")
            self.output.notice(said.format(name=law.book.jurisdiction))
        return law

    def nothing_yet(self) -> str:
        """Return the sentence for an empty workspace, "" where there are records."""
        if self.pulled is not None:
            filled = any(one.index.numbers() for one in self.pulled)
            return "" if filled else _("共享数据库里还没有记录。各处先运行 npcreply sync。")
        return "" if self.workspace.paths() else _("资料库是空的。第一条：npcreply add")

    @contextmanager
    def progress(self, label: str) -> Iterator[Progress]:
        """Show a bar for long work; the callback takes how much is done and how much there is."""
        with self.output.progress(label) as progress:
            yield progress

    @cached_property
    def by(self) -> str:
        """Return who enters: NPCREPLY_USER, else git's user.name, else the login."""
        return os.environ.get("NPCREPLY_USER") or _git_user(self.workspace.root) or _login()

    @property
    def left_out(self) -> list[Finding]:
        """Return the first finding of each file that could not be read, by path."""
        first = {finding.path: finding for finding in reversed(self.unreadable)}
        return [first[path] for path in sorted(first, key=number_order)]

    def name_doubts(self) -> None:
        """Say under the answer, also under -q, which files it leaves out and which workspaces may
        not stand as they do at home.
        """
        if self.sources:
            from npcreply.views.sources import doubts, sources_line

            self.output.notice(sources_line(self.sources))
            for words in doubts(self.sources):
                self.output.warning(_("注意：{words}").format(words=words))
        self._name_unreadable()

    def _name_unreadable(self) -> None:
        if not self.unreadable:
            return
        from npcreply.views.findings import file_and_line

        places = [file_and_line(finding) for finding in self.left_out]
        shown = listed_apart(places[:3]) + (" …" if len(places) > 3 else "")
        message = _("注意：{count} 个文件读不了，未计入：{places}（npcreply check 看详情）")
        self.output.warning(message.format(count=len(places), places=shown))

    def wrote(self, lines: Iterable[str], doubts: Iterable[Finding] = ()) -> int:
        """Print what a write did, what is doubtful since, how to take it back; return the exit
        code.
        """
        notices = (_("疑点：{message}").format(message=doubt.message) for doubt in doubts)
        return self.told(lines, *notices, _("撤销：npcreply undo"))

    def told(self, lines: Iterable[str], *notices: str) -> int:
        """Print the lines of an answer and, beside it, the notices; return the exit code."""
        for line in lines:
            self.output.line(line)
        for notice in filter(None, notices):
            self.output.notice(notice)
        return self.exit_code

    def commit(self, changes: Sequence[Change]) -> Step | None:
        """Write the changes as one step of this command line; None where nothing changes."""
        journal = self.workspace.journal
        return self.journaled(lambda: journal.commit(self.command, changes, self.now, self.by))

    def journaled(self, action: Callable[[], T]) -> T:
        """Do something with the journal, and say what was odd on the way. Steps of a workspace that
        this user does not know are carried out only after a question that names them.
        """
        with self._journal_doubts():
            try:
                return action()
            except ForeignStepError as error:
                if self.ask is None or not self.accepts(error.question):
                    raise
                self.workspace.journal.accept()
                return action()

    def accept(self, folder: Path) -> None:
        """Make the workspace in `folder` known to this user, and finish what was left in it."""
        self.directory = folder
        self.journaled(self.workspace.journal.accept)
        self.output.notice(_("已认下 {folder}。").format(folder=self.workspace.root))

    def refuse_twice(self) -> None:
        """Finish what a killed process left, before anything is read. Raises AlreadyEnteredError
        where that was this very command, which so was typed again.
        """
        journal = self.workspace.journal
        if self.journaled(lambda: journal.settle(self.command, self.by)):
            said = _("“{command}”上次已经记下，这次没有再记。").format(command=self.command)
            raise AlreadyEnteredError(said, _("真要再记一次，就再打一遍；不想要就 npcreply undo。"))

    def finish_left(self) -> None:
        """Finish what a killed process left, before a command that only reads: its answer would
        have one half of a step. Where that cannot be done the answer says so.
        """
        if not (self.workspace.root / places.PENDING).exists():
            return
        try:
            with self._journal_doubts():
                self.workspace.journal.finish_left()
        except NpcreplyError as error:
            said = _("注意：有一步没有写完，下面的答案里可能只有它的一半。{why}")
            self.output.warning(said.format(why=error.in_a_line))

    @property
    def fate(self) -> str:
        """Return what is known of the records where the command ends otherwise than it should."""
        if "workspace" not in self.__dict__:
            return _("资料没有改动。")
        journal = self.workspace.journal
        if journal.written:
            return _("已经写进资料，不要重录；不想要就 npcreply undo。")
        if journal.unfinished:
            return _("有一步没有写完，下一次录入会先补完它；不要重录。")
        return _("资料没有改动。")

    @property
    def has_written(self) -> bool:
        """Whether a step was written that nobody was told of yet."""
        return self._journal_is_open and self.workspace.journal.written

    def said(self) -> None:
        """Note that what was written was told of."""
        if self._journal_is_open:
            self.workspace.journal.told()

    @property
    def _journal_is_open(self) -> bool:
        """Whether this run asked for the journal: one that only reads need not load it."""
        return "workspace" in self.__dict__ and "journal" in self.workspace.__dict__

    @contextmanager
    def _journal_doubts(self) -> Iterator[None]:
        """Say what the journal found odd on the way: a step finished for a killed process."""
        try:
            yield
        finally:
            for finding in self.workspace.journal.doubts:
                self.output.notice(f"{finding.message}  {finding.remedy}".rstrip())
            self.workspace.journal.doubts.clear()

    def accepts(self, question: str, *, yes: bool = False) -> bool:
        """Ask what nobody does by Enter alone; without a terminal, --yes must have been given."""
        if yes:
            return True
        if self.ask is None:
            raise UsageError(question, _("这里没人可问；确定的话加 --yes。"))
        said = self.ask(_("{question} [y=是，回车=否]").format(question=question), "")
        return said.lower() in CONFIRMED

    def confirm(self, question: str, *, yes: bool) -> bool:
        """Ask on a terminal; without one, --yes must have been given."""
        if yes:
            return True
        if self.ask is None:
            raise UsageError(_("要确认才能继续，而这里没人可问。"), _("确定的话加 --yes。"))
        said = self.ask(_("{question} [回车=是，n=否]").format(question=question), "")
        return not said or said.lower() in CONFIRMED


def _git_user(root: Path) -> str:
    from npcreply.store import git

    return git.user(root) if git.is_used(root) else ""


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in the password database
        return ""
