"""The workspace: finds the root, hands out schema, index and journal when asked, opens records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding
from npcreply.errors import (
    AmbiguousIdError,
    NoWorkspaceError,
    RecordInvalidError,
    UnknownIdError,
    UsageError,
)
from npcreply.language import _, in_a_row, listed
from npcreply.store import names, refusals
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

if TYPE_CHECKING:
    from npcreply.domain.record import identity
    from npcreply.domain.record.model import Measure, Record
    from npcreply.domain.time.clocks import Law
    from npcreply.index.sync import Index
    from npcreply.store import codec, files
    from npcreply.store.journal import Change, Journal

Progress = Callable[[int, int], None]
Mutate = Callable[[dict[str, Any]], None]

SCHEMA = "schema.yaml"
REPLIES = "replies"
_LONGEST_SHOWN = 200  # characters of a path in a sentence


@dataclass(frozen=True, slots=True)
class Opened:
    """A record read for showing or editing. `measure`, `entry` and `target` are
    what the id named.
    """

    path: Path
    name: str
    source: files.SourceText
    decoded: codec.Decoded
    measure_id: int | None = None
    entry: int | None = None
    target: int | None = None

    @property
    def id(self) -> str:
        return self.path.stem

    @property
    def record(self) -> Record:
        """Return the record; raises RecordInvalidError where the file has an error."""
        if self.decoded.record is None:
            raise invalid(self.name, self.decoded.errors)
        return self.decoded.record

    @property
    def reply_year(self) -> int:
        """Return the year that 年底 means in this record: the reply's, else the session's."""
        return self.record.reply_date.year if self.record.reply_date else self.record.year

    @property
    def measure(self) -> Measure:
        """Return the promise that the id named; raises UsageError where it named none."""
        if self.measure_id is None:
            ids = listed(f"{self.id}.{m.id}" for m in self.record.measures if not m.removed)
            raise UsageError(
                _("要写明是哪一项承诺：{id}.序号").format(id=self.id),
                _("这件有：{ids}").format(ids=ids or _("（还没有承诺）")),
            )
        found = [m for m in self.record.measures if m.id == self.measure_id and not m.removed]
        if not found:
            raise _no_measure(self.record, self.measure_id)
        return found[0]


class Workspace:
    """One folder with schema.yaml and replies/. Opening it reads nothing."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def schema(self) -> Schema:
        return read.load(self.root / SCHEMA)

    @cached_property
    def law(self) -> Law:
        """Return the rules of time in force here and the calendar they are counted in."""
        from npcreply.store.contract import rules

        return rules.load(self.root, self.schema)

    @cached_property
    def journal(self) -> Journal:
        from npcreply.store.journal import Journal

        return Journal(self.root)

    def index(
        self, progress: Progress | None = None, notice: Callable[[str], None] | None = None
    ) -> Index:
        """Return the index of the files as they are now; only changed files are read."""
        from npcreply.index.sync import Index

        return Index(self.root, self.schema, progress, notice)

    @property
    def editor_schema(self) -> str:
        """Return where editors find the whole schema, from the root: the contract where it is the
        workspace's own, else what was made of contract and office's, kept beside the index.
        """
        own = (self.root / SCHEMA).read_bytes()
        return SCHEMA if read.CONTRACT_ID in own else read.CACHE

    def paths(self) -> list[Path]:
        """Return the record files in the order of their names."""
        return names.record_paths(self.root)

    def open(self, typed: str) -> Opened:
        """Open the record, promise or log entry that goes by what was typed.

        Raises UnknownIdError, or AmbiguousIdError with the titles: never a guess.
        """
        from npcreply.domain.record import identity
        from npcreply.domain.record.names import nearest

        wanted = identity.typed_id(typed)
        whole = identity.full_id(wanted)
        found = names.called(self.root, whole) if whole else []
        if not found:
            wanted, found = self._matching(typed, wanted)
        if not found:
            near = nearest(typed, [path.stem for path in self.paths()])
            raise UnknownIdError(
                _("没有编号是 {typed} 的记录").format(typed=typed),
                _("是不是 {near}？").format(near=near) if near else _("看看有哪些：npcreply list"),
            )
        if len(found) > 1:
            raise self._ambiguous(typed, found)
        source, decoded = self.decode(found[0])
        name = self.name(found[0])
        return Opened(found[0], name, source, decoded, wanted.measure, wanted.entry, wanted.target)

    def _matching(self, typed: str, wanted: identity.Typed) -> tuple[identity.Typed, list[Path]]:
        """Return what was meant, and every file that it may name."""
        from npcreply.domain.record import identity

        paths = self.paths()
        known = [_known(path) for path in paths]
        hits = identity.match(wanted, known)
        if not hits and (other := identity.as_promise(typed)):
            wanted, hits = other, identity.match(other, known)
        ids = {hit.id for hit in hits}
        return wanted, [path for path in paths if path.stem in ids]

    def decode(self, path: Path) -> tuple[files.SourceText, codec.Decoded]:
        """Read one file and everything that is wrong in it."""
        from npcreply.store import codec, files

        name = self.name(path)
        try:
            source = files.read(path, name)
        except RecordInvalidError as error:
            raise invalid(name, [f for f in error.findings if isinstance(f, Finding)]) from error
        return source, codec.decode(source.text, name, self.schema)

    def name(self, path: Path) -> str:
        """Return the path as findings and the journal name it."""
        return path.relative_to(self.root).as_posix()

    def changed(self, opened: Opened, mutate: Mutate) -> tuple[Change, codec.Decoded]:
        """Return the change that `mutate` makes in the record's data, and the record after it.

        Raises RecordInvalidError, nothing written, where the file does not parse or the change
        would bring in an error that was not there before.
        """
        if opened.decoded.root is None:
            raise invalid(opened.name, opened.decoded.errors)
        from npcreply.store.yaml import edit

        data = opened.decoded.data
        mutate(data)
        text = edit.patch(opened.source.text, data, self.schema.one_line)
        return self.change_to(opened.path, opened.source, text, opened.decoded.errors)

    def change_to(
        self,
        path: Path,
        source: files.SourceText | None,
        text: str,
        known_errors: Sequence[Finding] = (),
    ) -> tuple[Change, codec.Decoded]:
        """Return the change of a file to `text`, checked; `source` None means a new file."""
        from npcreply.store import codec
        from npcreply.store.journal import Change

        name = self.name(path)
        decoded = codec.decode(text, name, self.schema)
        before = {(finding.code, finding.message) for finding in known_errors}
        new = [f for f in decoded.errors if (f.code, f.message) not in before]
        if new:
            raise invalid(name, new, _("没有写入。"))
        if source is None:
            return Change(Path(name), None, text.encode()), decoded
        return Change(Path(name), source.encoded(source.text), source.encoded(text)), decoded

    def _ambiguous(self, typed: str, paths: Sequence[Path]) -> AmbiguousIdError:
        one_id = len({path.stem for path in paths}) == 1
        said = _("{typed} 对得上 {count} 件，请写全编号：")
        if one_id:
            said = _("{typed} 有 {count} 个文件，只能留一个：")
        names = [self.name(path) if one_id else path.stem for path in paths[:8]]
        rows = [f"{name}  {self._title(path)}" for name, path in zip(names, paths, strict=False)]
        return AmbiguousIdError(said.format(typed=typed, count=len(paths)), "\n".join(rows))

    def _title(self, path: Path) -> str:
        with suppress(RecordInvalidError):  # two hits are to be told apart all the same
            if record := self.decode(path)[1].record:
                return " ".join(filter(None, (record.title, record.lead)))
        return ""


def find(start: Path) -> Workspace:
    """Return the workspace that holds `start`, looking upward; raises NoWorkspaceError."""
    here = _folder(start)
    for folder in (here, *here.parents):
        if (folder / SCHEMA).is_file() and (folder / REPLIES).is_dir():
            return Workspace(folder)
    raise NoWorkspaceError(
        _("这里不是 npcreply 资料库（从 {start} 向上未找到 schema.yaml 和 replies/）。").format(
            start=here
        ),
        _(
            "去资料库：cd 资料库文件夹\n指明位置：npcreply -C 资料库文件夹 …\n"
            "新建：npcreply init 文件夹"
        ),
    )


def _folder(start: Path) -> Path:
    """Return the folder with its links followed; a name that no folder can have is none."""
    try:
        here = start.resolve()
        here.stat()
    except (OSError, ValueError, RuntimeError) as error:
        raise NoWorkspaceError(
            _("没有 {start} 这个文件夹").format(start=_short(start)), _("核对 -C 或 NPCREPLY_DIR。")
        ) from error
    return here


def _short(path: Path) -> str:
    text = refusals.shown(path)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def invalid(name: str, findings: Sequence[Finding], more: str = "") -> RecordInvalidError:
    """Return the error that says what is wrong in a record, every finding with its remedy."""
    rows = [line for finding in findings for line in _told(finding)]
    message = in_a_row(_("{name} 有错误。").format(name=name), more)
    return RecordInvalidError(message, tuple(findings), "\n".join(rows))


def _told(finding: Finding) -> list[str]:
    place = _("第 {line} 行  ").format(line=finding.line) if finding.line else ""
    return [place + finding.message, *(f"  {line}" for line in finding.remedy.splitlines())]


def _known(path: Path) -> identity.Known:
    from npcreply.domain.record import identity

    year, _dash, number = path.stem.partition("-")
    return identity.Known(path.stem, int(year) if year.isdigit() else 0, number, "")


def _no_measure(record: Record, number: int) -> UnknownIdError:
    removed = any(m.id == number and m.removed for m in record.measures)
    said = _("{id}.{number} 已删除") if removed else _("{id} 没有第 {number} 项承诺")
    rows = [f"{record.id}.{m.id}  {m.text}" for m in record.measures if not m.removed]
    return UnknownIdError(said.format(id=record.id, number=number), "\n".join(rows[:12]))
