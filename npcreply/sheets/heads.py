"""Where a table begins in a sheet: its head rows, what each column means, which rows are data.

Title rows, heads of several rows, merged and blank cells, rows of totals, notes and groups are told
from data; a head counts only where it is known whole.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from npcreply.dataclass import dataclass, field
from npcreply.patterns import pattern
from npcreply.sheets import vocabulary
from npcreply.sheets.model import Cell, Place, Range, Sheet, letters

_LOOKED_AT = 40  # rows in which a head is looked for: titles and notes above are a few
_DEEPEST = 5  # rows of one head; the deepest seen in an office's table has five
_LARGEST_MERGE = 50_000  # cells of one merge that are filled from its first
_MONTH = pattern(r"(?:(?:19|20)\d{2}年)?(?:1[0-2]|[1-9])月(?:份)?|[一二三四]季度|[上下]半年")
_GROUP_TITLE = pattern(r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))")
WIDE = "log.wide"
# Fields that several columns of one table may fill.
_SHARED = frozenset({"measure.note", "reply.contact", "ignored", "ask", WIDE})
_REPEATED = frozenset({"target.value", "log.value", "log.stated_percent"})


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: `words` as seen, from top to bottom; `field` is None where it is not known;
    `asides` what stands in its brackets, `group` the head over it.
    """

    column: int
    words: str
    field: str | None
    asides: tuple[str, ...] = ()
    group: str = ""

    @property
    def name(self) -> str:
        return self.words.replace("\n", "")


@dataclass(frozen=True)
class Row:
    """A row under the head. `kind`: data, total, note, group, head (printed again), stray (one
    cell that is no data); `cells` by column, merged ones filled from their first.
    """

    number: int
    kind: str
    cells: Mapping[int, Cell]
    hidden: bool = False
    group: str = ""

    @property
    def first(self) -> Cell:
        return next(iter(self.cells.values()))


@dataclass(frozen=True)
class Table:
    """A table in a sheet. `top` and `bottom` are its head's rows, `titles` the cells above."""

    sheet: Sheet
    top: int
    bottom: int
    heads: tuple[Head, ...]
    titles: tuple[Cell, ...] = ()
    filled: Mapping[Place, Place] = field(default_factory=dict)

    def columns(self, *fields: str) -> list[Head]:
        """Return the heads of the columns that mean one of the fields."""
        return [head for head in self.heads if head.field in fields]

    def has(self, *fields: str) -> bool:
        """Tell whether each of the fields has a column."""
        known = {head.field for head in self.heads}
        return known.issuperset(fields)

    @property
    def unknown(self) -> list[Head]:
        return [head for head in self.heads if head.field is None]

    @cached_property
    def shape(self) -> str:
        """The digest of its heads: tables with the same heads have the same."""
        words = "\n".join(vocabulary.plain(head.words) for head in self.heads)
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    @property
    def groups(self) -> list[str]:
        """The heads over columns that repeat: such a table has a thing a group, not a thing a row.
        Empty where there are none.
        """
        often = Counter(head.field for head in self.heads if head.field in _REPEATED)
        twice = {name for name, count in often.items() if count > 1}
        found = [head.group for head in self.heads if head.field in twice and head.group]
        return list(dict.fromkeys(found)) if len(set(found)) > 1 else []

    @property
    def twice(self) -> list[Head]:
        """The heads that mean the same field as one before them."""
        seen: set[str] = set()
        found = []
        for head in self.heads:
            if head.field in seen and head.field not in _SHARED:
                found.append(head)
            seen.add(head.field or "")
        return found

    def rows(self) -> Iterator[Row]:
        """Yield the rows under the head, each with its kind."""
        group = ""
        for number, cells in self.sheet.rows():
            if number <= self.bottom:
                continue
            row = self._row(number, cells, group)
            group = row.first.text if row.kind == "group" else group
            yield row

    def _row(self, number: int, cells: Mapping[int, Cell], group: str) -> Row:
        hidden = number in self.sheet.hidden_rows
        kind = self._kind(number, cells)
        full = self._filled(number, cells) if kind == "data" else cells
        return Row(number, kind, full, hidden, group)

    def _filled(self, number: int, cells: Mapping[int, Cell]) -> Mapping[int, Cell]:
        """Return the row with what merged cells say of it; the cell keeps its own address."""
        found = dict(cells)
        for head in self.heads:
            place = self.filled.get((number, head.column))
            if place and head.column not in found and (cell := self.sheet.cells.get(place)):
                found[head.column] = cell
        return dict(sorted(found.items()))

    def _kind(self, number: int, cells: Mapping[int, Cell]) -> str:
        first = next(iter(cells.values()))
        words = vocabulary.plain(first.text)
        if words in vocabulary.words("totals"):
            return "total"
        if len(cells) > 1:
            known = sum(means(cell.text) is not None for cell in cells.values())
            return "head" if known > 1 and known * 2 > len(cells) else "data"
        merged = self._stretch(number, first.column)
        if _opens_note(words):
            return "note"
        if _GROUP_TITLE.match(words) or (merged and merged.right > merged.left):
            return "group"
        inherits = any(
            (number, head.column) in self.filled for head in self.heads if head.field != "ignored"
        )
        return "data" if inherits or len(self.heads) < 2 else "stray"

    def _stretch(self, row: int, column: int) -> Range | None:
        return next((m for m in self.sheet.merged if m.holds(row, column)), None)


def find(sheet: Sheet, learnt: Mapping[str, str] | None = None) -> Table | None:
    """Return the table of a sheet; None where no row of it is a head. `learnt` has the fields that
    heads (in plain form) or columns (by letter) were said to mean.
    """
    learnt = learnt or {}
    rows = [number for number, _cells in sheet.rows()][:_LOOKED_AT]
    scores = {number: _score(sheet, number, learnt) for number in rows}
    best = max(rows, key=lambda number: scores[number], default=0)
    if not rows or scores[best] < 2:
        return None
    filled = _fill(sheet)
    top, bottom = _block(sheet, best, learnt)
    heads = tuple(_heads(sheet, top, bottom, learnt))
    titles = [cell for cell in sheet.cells.values() if cell.row < top]
    return Table(sheet, top, bottom, heads, tuple(titles), filled)


def means(text: str, learnt: Mapping[str, str] | None = None) -> str | None:
    """Return the field that a head means, by what was learnt, else by heads.yaml."""
    plain = vocabulary.plain(text)
    if learnt and (plain in learnt or vocabulary.without_asides(text) in learnt):
        return learnt.get(plain) or learnt[vocabulary.without_asides(text)]
    if _MONTH.fullmatch(plain):
        return WIDE
    return vocabulary.field_of(text)


def _opens_note(words: str) -> bool:
    opening, colon, _rest = words.partition(":")
    return bool(colon) and re.sub(r"\(.*\)", "", opening) in vocabulary.words("notes")


def _score(sheet: Sheet, number: int, learnt: Mapping[str, str]) -> float:
    """Return how many cells of a row are known heads; those that say little count little."""
    cells = sheet.by_row[number]
    named = len(cells) > 1  # by letter: a title in A is no head of column A
    known = [learnt.get(letters(cell.column)) if named else None for cell in cells.values()]
    said = [
        name
        for cell, by_letter in zip(cells.values(), known, strict=True)
        if (name := by_letter or means(cell.text, learnt)) is not None
    ]
    score = sum(0.6 if name in {"ignored", "ask"} else 1.0 for name in said)
    return score if len(said) * 5 >= len(cells) * 2 else 0.0


def _block(sheet: Sheet, row: int, learnt: Mapping[str, str]) -> tuple[int, int]:
    """Return the first and last row of the head that `row` belongs to."""
    top = bottom = row
    tall = [m for m in sheet.merged if 0 < m.bottom - m.top < _DEEPEST]
    for _round in range(_DEEPEST):
        for merged in tall:
            if merged.top <= bottom and merged.bottom >= top:
                top, bottom = min(top, merged.top), max(bottom, merged.bottom)
    while bottom - top < _DEEPEST and _is_subhead(sheet, bottom + 1, learnt):
        bottom += 1
    return top, bottom


def _is_subhead(sheet: Sheet, row: int, learnt: Mapping[str, str]) -> bool:
    cells = sheet.by_row.get(row, {})
    return len(cells) > 1 and all(means(cell.text, learnt) for cell in cells.values())


def _heads(
    sheet: Sheet,
    top: int,
    bottom: int,
    learnt: Mapping[str, str],
) -> Iterator[Head]:
    across = {
        (row, column): (merged.top, merged.left)
        for merged in sheet.merged
        if top <= merged.top <= bottom
        for row in range(merged.top, min(merged.bottom, bottom) + 1)
        for column in range(merged.left, min(merged.right, merged.left + 200) + 1)
    }
    columns = {column for (row, column) in (*sheet.cells, *across) if top <= row <= bottom}
    for column in sorted(columns):
        places = [across.get((row, column), (row, column)) for row in range(top, bottom + 1)]
        said = [sheet.cells[p].text for p in dict.fromkeys(places) if p in sheet.cells]
        if said:
            yield _head(column, said, learnt)


def _head(column: int, said: list[str], learnt: Mapping[str, str]) -> Head:
    words = "".join(said)
    own = learnt.get(letters(column)) or learnt.get(vocabulary.plain(words))
    found = own or means(said[-1], learnt) or means(words, learnt)
    if not found and len(said) > 1:
        found = means(said[0], learnt)
    asides = tuple(aside for text in said for aside in vocabulary.asides(text))
    return Head(column, words, found, asides, said[0] if said[1:] else "")


def _fill(sheet: Sheet) -> dict[Place, Place]:
    """Return the places in merged cells with the place that speaks for them: below it, its own."""
    found: dict[Place, Place] = {}
    for merged in sheet.merged:
        rows, columns = merged.bottom - merged.top + 1, merged.right - merged.left + 1
        if rows > 1 and columns == 1 and rows * columns <= _LARGEST_MERGE:
            for row in range(merged.top + 1, merged.bottom + 1):
                found[row, merged.left] = (merged.top, merged.left)
    return found
