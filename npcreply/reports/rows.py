"""The tables of a report: which column names, counts or tells, and what each row says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.extract.model import Drafted
from npcreply.extract.numbers import quantities
from npcreply.extract.sentences.letter import drafted_day
from npcreply.extract.words import rx
from npcreply.grammar.numerals import number
from npcreply.grammar.units import is_unit
from npcreply.reports import states
from npcreply.reports.model import Rate, Statement, Zone
from npcreply.reports.names import plain
from npcreply.reports.report import Cell, Report

_LONGEST_HEAD = 24  # characters of a column's name; a longer cell is text
_OWN = 1.0

_NAME = rx("<<reports.column_name>>")
_UNIT = rx("<<reports.column_unit>>$")
_TARGET = rx("<<reports.column_target>>(?!完成|值?完成)")
_DONE = rx("<<reports.column_done>>(?![率比时期情])")
_RATE = rx("<<reports.column_rate>>(?![情值])")
_TOLD = rx("<<reports.column_told>>")


@dataclass(frozen=True, slots=True)
class Row:
    """What a sentence in a table belongs to: the row's name; `told`: its cell is to be read."""

    name: str
    told: bool


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what, None where there is none; `as_of`: the day of the column of figures."""

    name: int
    unit: int | None
    target: int | None
    done: int | None
    rate: int | None
    told: tuple[int, ...]
    as_of: Drafted[date] | None
    count: int


class Tables:
    """The tables of one report, by place."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._rows = [(c, row) for table in report.tables for c, row in self._with_columns(table)]
        self._starts = [row[0].start for _columns, row in self._rows]

    def row_at(self, place: int) -> Row | None:
        """Return the row that a place of the text lies in, None outside of tables."""
        at = bisect_right(self._starts, place) - 1
        if at < 0 or place > self._rows[at][1][-1].end:
            return None
        columns, row = self._rows[at]
        if columns is None:
            return Row("", told=False)
        column = max(n for n, cell in enumerate(row) if cell.start <= place)
        told = column in columns.told and _amount(row[column].words) is None
        return Row(plain(_cell(row, columns.name).words), told)

    def statements(self) -> Iterator[Statement]:
        """Yield what the cells of figures say."""
        for at, (columns, row) in enumerate(self._rows):
            if columns is not None and columns.done is not None:
                yield from self._of_row(columns, row, at)

    def _with_columns(
        self, table: Sequence[tuple[Cell, ...]]
    ) -> Iterator[tuple[_Columns | None, tuple[Cell, ...]]]:
        columns: _Columns | None = None
        for row in table:
            named = _columns(self._report, row)
            if named is not None and columns is None:
                columns = named
                yield None, row  # the head
            else:
                yield columns, row

    def _of_row(self, columns: _Columns, row: tuple[Cell, ...], place: int) -> Iterator[Statement]:
        done, name = _cell(row, columns.done or 0), _cell(row, columns.name)
        found = _amount(done.words)
        if found is None or not name.words:
            return
        value, unit = found
        unit = unit or _unit_of(columns, row)
        words = plain(name.words)
        target = _amount(_cell(row, columns.target).words) if columns.target is not None else None
        rate = _amount(_cell(row, columns.rate).words) if columns.rate is not None else None
        start, end = min(name.start, done.start), max(name.end, done.end)
        yield Statement(
            start=start,
            end=end,
            quote=self._report.text[start:end],
            said=words,
            subject=words,
            zones=(Zone(words, _OWN),),
            headings=(),
            paragraph=-place - 1,
            sentence=-place - 1,
            value=value,
            unit=unit,
            as_of=columns.as_of,
            stages=states.stages(words),
            rate=Rate(rate[0], words) if rate else None,
            told=((target[0], target[1] or unit),) if target else (),
        )


def _cell(row: tuple[Cell, ...], column: int) -> Cell:
    return row[column] if column < len(row) else Cell("", row[-1].end, row[-1].end)


def _columns(report: Report, heads: tuple[Cell, ...]) -> _Columns | None:
    """The columns that a head names: a name, and something that is reported."""
    words = [plain(head.words) for head in heads]
    if any(len(word) > _LONGEST_HEAD or _amount(word) for word in words):
        return None
    rate = _first(words, _RATE.search, ())
    told = tuple(n for n, word in enumerate(words) if _TOLD.search(word))
    target = _first(words, _TARGET.search, (rate,))
    done = _first(words, _DONE.search, (rate, target, *told))
    unit = _first(words, _UNIT.search, ())
    taken = (rate, target, done, unit, *told)
    name = _first(words, _NAME.search, taken)
    if name is None or (done is None and not told):
        return None
    as_of = _day(report, heads[done]) if done is not None else None
    return _Columns(name, unit, target, done, rate, told, as_of, len(heads))


def _first(words: list[str], fits: object, taken: Sequence[int | None]) -> int | None:
    return next((n for n, word in enumerate(words) if n not in taken and fits(word)), None)  # type: ignore[operator]


def _day(report: Report, head: Cell) -> Drafted[date] | None:
    index = report.letter.cleaned.shadow.index
    hits = report.letter.days.between(index(head.start), index(head.end))
    return next((drafted_day(hit, hit.date) for _first, _last, hit in hits if hit.date), None)


_BRACKETED = rx(r"\((?P<unit>[^()]{1,8})\)")


def _unit_of(columns: _Columns, row: tuple[Cell, ...]) -> str | None:
    """The unit of a row: in its own column, else in brackets behind the name."""
    if columns.unit is not None:
        return _cell(row, columns.unit).words or None
    named = _BRACKETED.search(plain(_cell(row, columns.name).words))
    return named["unit"] if named and is_unit(named["unit"]) else None


def _amount(words: str) -> tuple[Decimal, str | None] | None:
    """The number of a cell that holds nothing else, with its unit where it has one."""
    bare = plain(words)
    value = number(bare) if bare else None
    if value is not None:
        return value, None
    hits = list(quantities.find(bare)) if len(bare) <= _LONGEST_HEAD else []
    whole = len(hits) == 1 and hits[0].number_start == 0 and hits[0].number_end == len(bare)
    return (hits[0].value, hits[0].unit) if whole else None
