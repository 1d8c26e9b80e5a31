"""Tables of targets in a letter's body: each row names a task, its unit, what is set and done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from npcreply.extract.model import Drafted, Figure, Goal
from npcreply.extract.sentences.letter import Page, drafted
from npcreply.extract.words import listed
from npcreply.grammar.numerals import number
from npcreply.grammar.units import is_time

_GAP = re.compile(r"[ \t\u3000]{2,}|\t|\u3000")
_PAIR = re.compile(r"([^；：]{1,16})：([^；]*)(?:；|$)")
_FEWEST, _LONGEST = 3, 24
RULE = "table"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row; places are in the source."""

    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heads:
    """Which column is what, and the day that each is of."""

    name: int
    unit: int
    target: int | None
    done: int | None
    due: Drafted[date] | None
    as_of: Drafted[date] | None
    columns: int


def read(page: Page) -> tuple[list[Goal], list[Figure]]:
    """Return the targets and the figures of the letter's tables, in the order of the text."""
    goals: list[Goal] = []
    figures: list[Figure] = []
    heads: _Heads | None = None
    for span in page.cleaned.body:
        labels, cells = _row(page.cleaned.text, span.start, span.end)
        told = _heads(page, labels or cells)
        if told is None and heads is None:
            continue
        if told and not labels:
            heads = told
            continue
        heads = told if labels else heads
        if heads is None or len(cells) != heads.columns:
            heads = None
            continue
        goals += _goal(page, heads, cells)
        figures += _figure(page, heads, cells)
    return goals, figures


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


def _heads(page: Page, cells: list[_Cell]) -> _Heads | None:
    """A first column of names, one of units, and one of what is set or done."""
    if len(cells) < _FEWEST or any(len(cell.words) > _LONGEST for cell in cells):
        return None
    unit = _column(cells, _units())
    named = unit or 0  # 任务名称 is a name
    target = _column(cells, listed("figures", "plan"), named + 1)
    done = _column(cells, _dones(), named + 1)
    if unit is None or unit == 0 or (target is None and done is None):
        return None
    due = _day(page, cells[target]) if target is not None else None
    as_of = _day(page, cells[done]) if done is not None else None
    return _Heads(unit - 1, unit, target, done, due, as_of, len(cells))


def _column(cells: list[_Cell], pattern: re.Pattern[str], first: int = 0) -> int | None:
    found = (n for n, cell in enumerate(cells) if n >= first and pattern.search(cell.words))
    return next(found, None)


def _day(page: Page, cell: _Cell) -> Drafted[date] | None:
    index = page.cleaned.shadow.index
    hits = page.days.between(index(cell.start), index(cell.end))
    return next((drafted(hit, hit.date) for _first, _last, hit in hits if hit.date), None)


def _goal(page: Page, heads: _Heads, cells: list[_Cell]) -> Iterator[Goal]:
    told = _told(page, heads, cells, heads.target)
    if told:
        comparator = "<=" if is_time(str(told["unit"])) else ">="
        yield Goal(**told, comparator=comparator, deadline=heads.due)


def _figure(page: Page, heads: _Heads, cells: list[_Cell]) -> Iterator[Figure]:
    told = _told(page, heads, cells, heads.done)
    if told:
        yield Figure(**told, as_of=heads.as_of)


def _told(page: Page, heads: _Heads, cells: list[_Cell], column: int | None) -> dict[str, Any]:
    """What a row says in one of its columns, as goals and figures have it; nothing where empty."""
    found = _value(heads, cells, column)
    if not found:
        return {}
    name, unit, value, end = found
    start = cells[heads.name].start
    quote = page.cleaned.text[start:end]
    place = {"start": start, "end": end, "quote": quote, "rule": RULE, "sure": True}
    return {**place, "indicator": name, "value": value, "unit": unit}


def _value(
    heads: _Heads, cells: list[_Cell], column: int | None
) -> tuple[str, str, Decimal, int] | None:
    """Name, unit, value and where its cell ends."""
    if column is None:
        return None
    value = number(cells[column].words)
    name, unit = cells[heads.name].words, cells[heads.unit].words
    return (name, unit, value, cells[column].end) if value is not None and name and unit else None


@cache
def _units() -> re.Pattern[str]:
    return re.compile("^(?:计量)?单位$")


@cache
def _dones() -> re.Pattern[str]:
    return re.compile("完成|实际|进度|累计")
