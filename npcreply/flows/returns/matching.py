"""Which promise and target a line of a return sheet is about, also where records have moved on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from npcreply.dataclass import dataclass, field
from npcreply.domain.judging.sheet_rows import SheetRow, sheet_rows
from npcreply.domain.judging.status import CLOSED
from npcreply.domain.judging.targets import target_states
from npcreply.domain.record.collected import RowKey, digest_of
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.flows import act, rows
from npcreply.flows.returns.reading import Line
from npcreply.grammar.days import DayError, typed_day
from npcreply.language import _, listed_apart
from npcreply.session import Session
from npcreply.workspace import Opened

_GREY = ("text", "deadline", "indicator", "goal")
"""What a line prints of its promise, in the order of `SheetRow.printed`."""


@dataclass(slots=True)
class Found:
    """The record and the promise and target of a line, with what is to be told of them."""

    opened: Opened
    row: SheetRow
    told: list[str] = field(default_factory=list)


class Desk:
    """The records of one import, each opened once; other promises are looked through by the
    digests of their lines only where an id leads nowhere.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.opened: dict[str, Opened] = {}

    def find(self, line: Line) -> Found:
        """Return what the line is about. Raises UsageError where nothing is, or two are: a line is
        never put on what is merely like it.
        """
        if line.key is None:
            return self._by_words(line)
        row = self._row(line.key)
        if row and row[1].key.digest == line.key.digest:
            return Found(*row, [*_edited(line, row[1])])
        moved = [key for key in self._by_digest.get(line.key.digest, ()) if key != line.key]
        if len(moved) == 1 and (other := self._row(moved[0])):
            said = _("{old} 现在是 {new}").format(old=line.key.subject, new=moved[0].subject)
            return Found(*other, [said, *_edited(line, other[1])])
        if len(moved) > 1:
            both = listed_apart(key.subject for key in moved)
            raise UsageError(
                _("{id} 改过号，现在对得上几项：{ids}").format(id=line.key.subject, ids=both)
            )
        if row is None:
            raise UsageError(_("没有 {id} 这一项").format(id=line.key.subject))
        return Found(*row, [self._changed(line, row[1])])

    def _changed(self, line: Line, row: SheetRow) -> str:
        """What has changed in the record since the sheet was handed out; the promise itself and
        what its target counts must be the same.
        """
        said = _printed(line)
        untouched = line.key is not None and digest_of(said) == line.key.digest
        now = dict(zip(_GREY, row.printed, strict=True))
        was = dict(zip(_GREY, said, strict=True))
        same = all(_bare(was[name]) == _bare(now[name]) for name in ("text", "indicator"))
        if not untouched or not same:
            raise UsageError(
                _("{id} 发出以后改过，和这一行对不上：现在是“{text}”").format(
                    id=row.key.subject, text=row.judged.line.measure.text
                )
            )
        turns = [
            f"{was[name] or _('（无）')} → {now[name] or _('（无）')}"
            for name in _GREY
            if was[name] != now[name]
        ]
        return _("{id} 发出以后改过（{turns}），按现在的记").format(
            id=row.key.subject, turns=listed_apart(turns)
        )

    def open_row(self, subject: str) -> SheetRow | None:
        """Return the line of 2024-58.1/2 as it stands, None where there is none."""
        promise, _slash, target = subject.partition("/")
        return (self._row(RowKey(promise, int(target) if target else None, "")) or (None, None))[1]

    def _row(self, key: RowKey) -> tuple[Opened, SheetRow] | None:
        record, _dot, number = key.promise.rpartition(".")
        opened = self._open(record)
        known = {m.id for m in opened.record.measures if not m.removed} if opened else set()
        if opened is None or int(number) not in known:
            return None
        judged = act.judged(self.session, opened.record, int(number), opened.name)
        states = {
            state.target.id: state for state in target_states(judged.line.measure, judged.as_of)
        }
        if key.target is not None and key.target not in states:
            return None
        state = states[key.target] if key.target is not None else None
        return opened, SheetRow(judged, state)

    def _open(self, record: str) -> Opened | None:
        if record not in self.opened:
            path = self._paths.get(record)
            if path is None:
                return None
            source, decoded = self.session.workspace.decode(path)
            name = self.session.workspace.name(path)
            self.opened[record] = Opened(path, name, source, decoded)
        found = self.opened[record]
        return found if found.decoded.record else None

    @cached_property
    def _paths(self) -> dict[str, Path]:
        return {path.stem: path for path in self.session.workspace.paths()}

    @cached_property
    def _all(self) -> list[SheetRow]:
        lines = self.session.index.promises(Selection())
        return list(sheet_rows(rows.promises(self.session, lines, Selection())))

    @cached_property
    def _by_digest(self) -> Mapping[str, list[RowKey]]:
        found: dict[str, list[RowKey]] = {}
        for row in self._all:
            found.setdefault(row.key.digest, []).append(row.key)
        return found

    def _by_words(self, line: Line) -> Found:
        """A line that lost its key, by what is printed in it: number, promise, target."""
        number = _bare(line.text("number")).removeprefix("第").removesuffix("号")
        said = [_bare(text) for text in _printed(line)]
        hits = [
            row
            for row in self._all
            if number == _bare(row.judged.reply.number)
            and _bare(row.printed[0]) == said[0]
            and _bare(row.indicator) == said[2]
        ]
        if len(hits) != 1:
            words = _("没有行标识，按建议号、承诺事项、指标对上 {count} 项")
            raise UsageError(words.format(count=len(hits)))
        found = self._row(hits[0].key)
        if found is None:
            raise UsageError(_("没有 {id} 这一项").format(id=hits[0].key.subject))
        told = _("没有行标识，按建议号、承诺事项、指标对上 {id}").format(id=hits[0].key.subject)
        return Found(*found, [told, *_edited(line, found[1])])


def refuse_closed(found: Found) -> None:
    """Raise UsageError for a promise that was struck off the list since."""
    judged = found.row.judged
    if judged.status in CLOSED and judged.closing:
        raise UsageError(_("{id} 已在 {day} 销号").format(id=judged.id, day=judged.closing.on))


def _printed(line: Line) -> list[str]:
    """What the grey cells of a line say, the day as the record has it."""
    said = {name: line.cells[name].text if name in line.cells else "" for name in _GREY}
    said["deadline"] = _iso(said["deadline"])
    return [said[name] for name in _GREY]


def _iso(text: str) -> str:
    try:
        return typed_day(text, date.min, None).date.isoformat() if text else ""
    except (DayError, ValueError):
        return text


def _edited(line: Line, row: SheetRow) -> list[str]:
    """Grey cells that say something else than was printed: they are not taken."""
    return [
        _("不取 {at} 改了：{was} → {now}；要改承诺另行来文").format(
            at=line.cells[name].address, was=was or _("（无）"), now=now
        )
        for name, was, now in zip(_GREY, row.printed, _printed(line), strict=True)
        if name in line.cells and now and _bare(was) != _bare(now)
    ]


def _bare(text: str) -> str:
    return "".join(text.split())
