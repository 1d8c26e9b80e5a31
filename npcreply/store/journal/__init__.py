"""The only writer of record files: each command's changes are one step, whole and undoable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from npcreply.dataclass import dataclass, replace
from npcreply.domain.findings import Finding
from npcreply.errors import CouldNotError, UsageError
from npcreply.language import _
from npcreply.store import files, refusals
from npcreply.store.journal import inspection, ownership
from npcreply.store.journal.state import Pending, PendingDamagedError, State
from npcreply.store.journal.steps import (
    FileTurn,
    History,
    Step,
    command_of,
    history,
    last_number,
    person_of,
    step_line,
    turn_line,
)
from npcreply.store.journal.transaction import finish, perform
from npcreply.store.places import is_inside, is_left

KEPT_STEPS = 500  # contents of older steps are given up: they can be listed, not undone
PRUNE_EVERY = 50


@dataclass(frozen=True, slots=True)
class Change:
    """What is wanted of one file: `path` relative to the workspace, `before` its bytes as they
    were read (None: there must be no file), `after` the bytes wanted (None: to be removed).
    """

    path: Path
    before: bytes | None
    after: bytes | None


class Journal:
    """The steps of one workspace. Whatever was odd on the way stands in `doubts` afterwards:
    a step finished for a killed process, a file left alone, a journal line that cannot be read.
    """

    def __init__(self, root: Path, patience: float = 10) -> None:
        """Know the workspace's folder and how long (seconds) to wait for another writer."""
        self.doubts: list[Finding] = []
        self._root = root
        self._patience = patience
        self._state = State(root)
        self._lines: list[bytes] = []

    def commit(
        self, command: str, changes: Sequence[Change], when: datetime, by: str
    ) -> Step | None:
        """Carry out `changes` as one step, all or none, and return it; None if nothing changes.

        Raises ChangedMeanwhileError where a file is no longer its `before` (nothing is written),
        CouldNotError where another process writes, the folder is read-only or the disk full.
        """
        wanted = _wanted(changes)
        if not wanted:
            return None
        turns = tuple(map(_turn, wanted))
        with self._writing():
            self._expect(turns)
            step = Step(last_number(self._state.journal()) + 1, when, by, command, turns)
            self._state.keep(data for one in wanted for data in (one.before, one.after))
            self._perform(Pending(step_line(step), turns))
            if step.number % PRUNE_EVERY == 0:
                self._prune()
        return step

    def tidy(self, command: str, when: datetime, by: str) -> Step | None:
        """Take away, as one step, what has no use any more, and return the step; None for nothing.

        Raises CouldNotError where another process writes, or the files cannot be removed.
        """
        if not inspection.useless(self._root, self._state):
            return None
        with self._state.locked(self._patience):
            self._refuse_foreign()
            self._doubt(finish(self._root, self._state, sweep=False))
            taken = inspection.useless(self._root, self._state)
            contents = {path: files.content(self._root / path) for path in taken}
            found = {path: data for path, data in contents.items() if data is not None}
            if not found:
                return None
            turns = tuple(FileTurn(path, files.digest_of(found[path]), None) for path in found)
            step = Step(last_number(self._state.journal()) + 1, when, by, command, turns)
            self._state.keep_taken(found.values())
            self._perform(Pending(step_line(step), turns))
        return step

    def undo(self, count: int, when: datetime, by: str, *, dry_run: bool = False) -> list[Step]:
        """Take back the last `count` steps (fewer, if there are no more) and return them, newest
        first; with `dry_run` only say which. All or none.

        Raises ChangedMeanwhileError where a file is not what the step made of it, CouldNotError
        where its content is no longer kept.
        """
        return self._go("undo", count, when, by, dry_run=dry_run)

    def redo(self, count: int, when: datetime, by: str, *, dry_run: bool = False) -> list[Step]:
        """Do again the last `count` steps undone, oldest first, as `undo` takes them back.

        A step committed after an undo ends what can be redone.
        """
        return self._go("redo", count, when, by, dry_run=dry_run)

    def settle(self, command: str, by: str) -> bool:
        """Finish what a killed process left, before anything is read for a new command; return
        whether that, or the last step whose command never came to say so, was this very command of
        this person: then it is entered already.

        Raises ForeignStepError where the step to finish is of a workspace this user does not know,
        CouldNotError where it cannot be finished.
        """
        untold = self._state.untold()
        if self._state.unfinished or untold:
            self.finish_left()
            untold = self._state.untold()
        if untold is None or person_of(untold.line) != by:
            return False
        same = command_of(untold.line) == command
        if same:
            self._state.told()
        return same

    def finish_left(self) -> None:
        """Finish what a killed process left and clear up after it. Raises as `settle` does."""
        with self._writing():
            pass

    def told(self) -> None:
        """Note that the steps of this run were told of to whoever made them."""
        for line in self._lines:
            self._state.told(line)
        self._lines.clear()

    @property
    def written(self) -> bool:
        """Whether this run has written a step that nobody was told of yet."""
        return bool(self._lines)

    @property
    def unfinished(self) -> bool:
        """Whether a step stands half-way: of another writer at work, or of one that failed."""
        return self._state.unfinished

    def accept(self) -> None:
        """Make the workspace known to this user: its steps may be finished and taken back."""
        with self._state.locked(self._patience):
            ownership.accept(self._root)
            self._doubt(finish(self._root, self._state))

    def steps(self) -> list[Step]:
        """Return all steps, oldest first. Needs no right to write."""
        return list(self._history().steps)

    def changes(self, step: Step) -> list[Change]:
        """Return what `step` did, with the contents. Raises CouldNotError for one too old."""
        return [
            Change(turn.path, self._content(turn, turn.before), self._content(turn, turn.after))
            for turn in step.files
        ]

    def _go(self, word: str, count: int, when: datetime, by: str, *, dry_run: bool) -> list[Step]:
        if count < 1:
            raise UsageError(_("步数要是 1 或更大的整数。"))
        if not self._state.used:
            return []
        back = word == "undo"
        with self._writing():
            told = self._history()
            steps = (told.undoable if back else told.redoable)[:count]
            if steps and not ownership.is_known(self._root):
                raise refusals.foreign_steps(steps[0].by, steps[0].command, _paths(steps))
            turns = self._net(steps, back=back)
            if steps and not dry_run:
                self._perform(Pending(turn_line(word, steps, when, by), turns))
        return [replace(step, undone=back != dry_run) for step in steps]

    def _perform(self, pending: Pending) -> None:
        """Carry out the step; the files' contents are kept as they are now."""
        self._state.keep(files.content(self._root / turn.path) for turn in pending.turns)
        try:
            perform(self._root, self._state, pending)
        except BaseException:
            with suppress(CouldNotError):  # one that cannot be read has said what became of it
                if self._state.holds(pending.line):
                    self._lines.append(pending.line)
            raise
        self._lines.append(pending.line)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._state.locked(self._patience):
            self._refuse_foreign()
            self._doubt(finish(self._root, self._state))
            yield

    def _refuse_foreign(self) -> None:
        try:
            pending = self._state.pending()
        except PendingDamagedError:
            return
        if pending and not ownership.is_known(self._root) and not self._state.holds(pending.line):
            by, command = person_of(pending.line), command_of(pending.line)
            raise refusals.foreign_pending(by, command, [turn.path for turn in pending.turns])

    def _history(self) -> History:
        in_work = self._state.unfinished
        journal = self._state.journal()
        told = history(journal)
        # while a step is in work its line may be half there: its writer, or the next, ends it
        torn = journal.count(b"\n") + 1 if in_work else 0
        self._doubt(refusals.line_damaged(line) for line in told.damaged if line != torn)
        return told

    def _doubt(self, findings: Iterable[Finding]) -> None:
        self.doubts += [finding for finding in findings if finding not in self.doubts]

    def _expect(self, turns: Iterable[FileTurn]) -> None:
        for turn in turns:
            found = files.digest(self._root / turn.path)
            if found != turn.before:
                raise refusals.changed(turn.path, was=turn.before, found=found)

    def _net(self, steps: Iterable[Step], *, back: bool) -> tuple[FileTurn, ...]:
        """Return what `steps` together do to each file, having checked that each may be done."""
        first: dict[Path, str | None] = {}
        last: dict[Path, str | None] = {}
        for step in steps:
            for turn in step.files:
                wanted, path = turn.reversed if back else turn, turn.path
                if path not in last:
                    first[path] = last[path] = files.digest(self._root / path)
                if is_left(path) and last[path] is None and wanted.after is None:
                    continue  # cleared away by whoever wrote meanwhile
                if last[path] != wanted.before:
                    raise refusals.changed_since(path, step.command, back=back)
                last[path] = wanted.after
        net = [FileTurn(path, first[path], last[path]) for path in last]
        for turn in net:
            self._content(turn, turn.after)
        return tuple(turn for turn in net if turn.before != turn.after)

    def _content(self, turn: FileTurn, digest: str | None) -> bytes | None:
        content = self._state.content(digest) if digest else None
        if digest and content is None:
            raise refusals.content_gone(turn.path, KEPT_STEPS)
        return content

    def _prune(self) -> None:
        recent = history(self._state.journal()).steps[-KEPT_STEPS:]
        turns = [turn for step in recent for turn in step.files]
        self._state.prune({digest for turn in turns for digest in (turn.before, turn.after)})


def _paths(steps: Iterable[Step]) -> list[Path]:
    return list(dict.fromkeys(turn.path for step in steps for turn in step.files))


def _wanted(changes: Sequence[Change]) -> list[Change]:
    """Return the changes that change something. Raises ValueError for a path outside or twice."""
    paths = [change.path for change in changes]
    if len(set(paths)) < len(paths) or not all(map(is_inside, paths)):
        raise ValueError(paths)
    return [change for change in changes if change.before != change.after]


def _turn(change: Change) -> FileTurn:
    before, after = (
        None if data is None else files.digest_of(data) for data in (change.before, change.after)
    )
    return FileTurn(change.path, before, after)
