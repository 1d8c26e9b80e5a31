"""Tables of targets in a letter's body: each row names a task, its unit, what is set and done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.extract.model import Drafted, Figure, Goal
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.words import rx
from npcreply.grammar.numerals import number
from npcreply.grammar.pattern import Pattern
from npcreply.grammar.units import is_time

RULE = "table"
_FEWEST = 3  # columns: a name, a unit, a number
_LONGEST = 24  # characters of a column's name; a longer cell is text


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row; places are in the source."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what, and the day that each is of."""

    name: int
    unit: int
    target: int | None
    done: int | None
    due: Drafted[date] | None
    as_of: Drafted[date] | None
    count: int


def read(letter: Letter) -> tuple[list[Goal], list[Figure]]:
    """Return the targets and the figures of the letter's tables, in the order of the text."""
    goals: list[Goal] = []
    figures: list[Figure] = []
    columns: _Columns | None = None
    for span in letter.cleaned.body:
        labels, cells = _row(letter.cleaned.text, span.start, span.end)
        named = _columns(letter, labels or cells)
        if named and not labels:  # the head of a table
            columns = named
            continue
        columns = named if labels else columns
        if columns is None or len(cells) != columns.count:
            columns = None
            continue
        goals += _goal(letter, columns, cells)
        figures += _figure(letter, columns, cells)
    return goals, figures


_GAP = rx(r"[ \t\u3000]{2,}|\t|\u3000")
_PAIR = rx(r"([^；：]{1,16})：([^；]*)(?:；|$)")


def _row(text: str, start: int, end: int) -> tuple[list[_Cell], list[_Cell]]:
    """The labels (of 任务：…；单位：…) and the cells of a line; no labels where columns part it."""
    pairs = list(_PAIR.finditer(text, start, end))
    if len(pairs) >= _FEWEST:
        labels = [_Cell(pair[1].strip(), pair.start(1), pair.end(1)) for pair in pairs]
        return labels, [_Cell(pair[2].strip(), pair.start(2), pair.end(2)) for pair in pairs]
    cells, at = [], start
    for gap in _GAP.finditer(text, start, end):
        if gap.start() > at:
            cells.append(_Cell(text[at : gap.start()], at, gap.start()))
        at = gap.end()
    if at < end:
        cells.append(_Cell(text[at:end].strip(), at, end))
    return [], cells


_UNIT = rx("^(?:计量)?单位$")
_TARGET = rx("<<figures.plan>>")
_DONE = rx("<<figures.columns_done>>")


def _columns(letter: Letter, heads: list[_Cell]) -> _Columns | None:
    """A first column of names, one of units, and one of what is set or done."""
    if len(heads) < _FEWEST or any(len(head.words) > _LONGEST for head in heads):
        return None
    unit = _column(heads, _UNIT)
    after = (unit or 0) + 1  # 任务名称 is a name
    target, done = _column(heads, _TARGET, after), _column(heads, _DONE, after)
    if not unit or (target is None and done is None):
        return None
    due = _day(letter, heads[target]) if target is not None else None
    as_of = _day(letter, heads[done]) if done is not None else None
    return _Columns(unit - 1, unit, target, done, due, as_of, len(heads))


def _column(heads: list[_Cell], pattern: Pattern, first: int = 0) -> int | None:
    named = (n for n, head in enumerate(heads) if n >= first and pattern.search(head.words))
    return next(named, None)


def _day(letter: Letter, head: _Cell) -> Drafted[date] | None:
    index = letter.cleaned.shadow.index
    hits = letter.days.between(index(head.start), index(head.end))
    return next((drafted_day(hit, hit.date) for _first, _last, hit in hits if hit.date), None)


def _goal(letter: Letter, columns: _Columns, cells: list[_Cell]) -> Iterator[Goal]:
    counted = _counted(letter, columns, cells, columns.target)
    if counted:
        comparator = "<=" if is_time(str(counted["unit"])) else ">="
        yield Goal(**counted, comparator=comparator, deadline=columns.due)


def _figure(letter: Letter, columns: _Columns, cells: list[_Cell]) -> Iterator[Figure]:
    counted = _counted(letter, columns, cells, columns.done)
    if counted:
        yield Figure(**counted, as_of=columns.as_of)


def _counted(
    letter: Letter, columns: _Columns, cells: list[_Cell], column: int | None
) -> dict[str, Any]:
    """What a row has in one of its columns, as goals and figures have it; nothing where empty."""
    value = _value(cells, column)
    name, unit = cells[columns.name], cells[columns.unit].words
    if value is None or column is None or not name.words or not unit:
        return {}
    start, end = name.start, cells[column].end
    quote = letter.cleaned.text[start:end]
    place = {"start": start, "end": end, "quote": quote, "rule": RULE}
    return {**place, "indicator": name.words, "value": value, "unit": unit}


def _value(cells: list[_Cell], column: int | None) -> Decimal | None:
    return None if column is None else number(cells[column].words)
