"""Rows of a sheet spelled as they come and set aside: what a workbook of any size needs.

XlsxWriter makes everything else of a workbook; for rows by the hundred thousand its calls, one a
cell, take most of the time. Widths are known only after the last row, heights after the widths: of
each cell its width is noted, so that both come out as if all rows had been at hand.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import IO

from npcreply.patterns import pattern
from npcreply.render.cells import REMEMBERED, alike
from npcreply.render.text import fit, lines_in_cell, width
from npcreply.store.spool import room_named
from npcreply.table import Cell, Column, Row, Style, Word, cell_text

LONGEST = 32_767  # UTF-16 units a cell can hold
MOST = 1_048_576  # rows a sheet can hold
PERCENT = frozenset({"percent", "stated_percent"})
FILLS: dict[Style, str] = {
    "late": "#F4B6B0",
    "verify": "#E6C8EE",
    "today": "#FFE28A",
    "soon": "#FFF2BF",
    "lagging": "#C5E3EC",
    "undated": "#E4E4E4",
    "done": "#CFE8CF",
    "dropped": "#EEEEEE",
}
_DIGITS = 15  # that a spreadsheet keeps of a number
_SEVERAL = 0xFFFF  # in the place of a width: the cell has several lines
_FOLDED = 2_000  # rows whose texts are kept, to fold them as a spreadsheet does; nobody prints more
_AT_ONCE = 256  # rows handed on together
_DAY_ZERO, _NO_SUCH_DAY = date(1899, 12, 31), 59  # spreadsheets count a 29 February 1900
_LOOKS_ESCAPED = pattern("(_x[0-9a-fA-F]{4}_)")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

Widths = int | tuple[int, ...]
Spelled = tuple[str, Widths, str]
"""A cell after its address, its width (several where it has several lines), and its text."""


class Rows:
    """The rows of one sheet, set aside in `file`. `look` gives the number of a cell's look in the
    workbook, `first` is the number of the first row as people count. Raises CouldNotError where
    there is no room.
    """

    def __init__(
        self, columns: Sequence[Column], look: Callable[..., int], first: int, file: IO[bytes]
    ) -> None:
        self.columns = columns
        self.count = 0
        self.cut: list[tuple[Column, int]] = []
        self._look, self._first = cache(look), first
        self._places: list[tuple[Column, str, dict[object, Spelled]]] = [
            (column, column.name, {}) for column in columns
        ]
        self._starts = [f'<c r="{letters(place)}' for place in range(len(columns))]
        self._widths = array("H")  # row after row
        self._texts: list[list[str]] = []
        self._several: dict[tuple[int, int], tuple[int, ...]] = {}
        self._blank = f' s="{look()}"/>', 0, ""
        self._file, self._sizes = file, array("L")

    def add(self, rows: Iterable[Row]) -> None:
        """Spell rows and set them aside."""
        with room_named():
            for row in rows:
                self._sizes.append(self._file.write(self._row(row).encode()))
                self.count += 1

    @property
    def size(self) -> int:
        """Return how many bytes the rows take."""
        return sum(self._sizes)

    def longest(self, place: int) -> int:
        """Return the width of the widest line in a column."""
        single = self._widths[place :: len(self.columns)]
        several = (max(widths) for (_row, at), widths in self._several.items() if at == place)
        return max(max((w for w in single if w != _SEVERAL), default=0), max(several, default=0))

    def lines(self, wide: Sequence[float]) -> array[int]:
        """Return of each row how many lines its most folded cell takes, where columns have room for
        so many half characters each.
        """
        lines = array("H", [1]) * self.count
        for place, room in enumerate(wide):
            for row, folded in self._folded(place, room):
                lines[row] = max(lines[row], min(folded, _SEVERAL))
        return lines

    def _folded(self, place: int, room: float) -> Iterator[tuple[int, int]]:
        """Yield the rows whose cell in such a column takes several lines, with how many: counted as
        they are folded while the texts are at hand, by their widths and rather too many after that.
        """
        widths = self._widths[place :: len(self.columns)]
        texts = [row[place] for row in self._texts]
        known: dict[str, int] = {}
        for row, (taken, text) in enumerate(zip(widths, texts, strict=False)):
            if taken > room:
                if text not in known:
                    known[text] = lines_in_cell(text[:LONGEST], room)
                yield row, known[text]
        inner = max(room - 2, 1)
        for row in range(len(texts), self.count):
            if widths[row] > inner:
                several = self._several.get((row, place), (widths[row],))
                yield row, sum(math.ceil(taken / inner) or 1 for taken in several)

    def xml(self, heights: Iterable[str]) -> Iterator[bytes]:
        """Yield the rows; `heights` are what each row's mark says of its height."""
        self._file.seek(0)
        pieces: list[bytes] = []
        for row, (size, height) in enumerate(zip(self._sizes, heights, strict=True), self._first):
            mark = f'<row r="{row}"{height}>'.encode()
            pieces += (mark, self._file.read(size), b"</row>")
            if len(pieces) > 3 * _AT_ONCE:
                yield b"".join(pieces)
                pieces.clear()
        yield b"".join(pieces)

    def _row(self, row: Row) -> str:
        blank: Spelled = self._blank
        spelled: list[Spelled] = []
        for column, name, known in self._places:
            cell = row.get(name)
            if cell is None:
                spelled.append(blank)
                continue
            key = cell if cell.__class__ is str else alike(cell)
            spelled.append(known.get(key) or self._cell(key, cell, column, known))
        address = f'{self._first + self.count}"'
        cells, widths, texts = zip(*spelled, strict=True)
        if self.count < _FOLDED:
            self._texts.append(list(texts))
        self._note(widths)
        return "".join([a + address + b for a, b in zip(self._starts, cells, strict=True)])

    def _note(self, widths: Sequence[Widths]) -> None:
        try:
            self._widths.extend(widths)  # type: ignore[arg-type]
        except TypeError:  # a cell of several lines
            del self._widths[self.count * len(widths) :]
            for place, taken in enumerate(widths):
                if not isinstance(taken, int):
                    self._several[self.count, place] = taken
                self._widths.append(taken if isinstance(taken, int) else _SEVERAL)

    def _cell(
        self, key: object, cell: Cell, column: Column, known: dict[object, Spelled]
    ) -> Spelled:
        found = self._spelled(cell, column)
        if key is not None and len(known) < REMEMBERED:
            known[key] = found
        return found

    def _spelled(self, cell: Cell, column: Column) -> Spelled:
        text = cell_text(cell)
        sign = int(column.name in PERCENT)  # its format adds it
        taken: Widths
        if "\n" in text:
            taken = tuple(min(width(line) + sign, _SEVERAL - 1) for line in text.split("\n"))
        else:
            taken = min(width(text) + sign, _SEVERAL - 1)
        return self._after_address(cell, text, column), taken, text

    def _after_address(self, cell: Cell, text: str, column: Column) -> str:
        match cell:
            case str():
                pass
            case Word() if cell.style in FILLS and not column.choices:
                return _string(fit(text), self._look(bg_color=FILLS[cell.style]))
            case bool():
                return _string(text, self._look())
            case int() | Decimal() if _is_kept(cell):
                align = "right" if column.kind == "number" else "left"
                shown = 'General"%"' if column.name in PERCENT else "General"
                look = self._look(num_format=shown, align=align, indent=int(align == "right"))
                return f' s="{look}"><v>{cell:.16G}</v></c>'
            case date():
                look = self._look(num_format="yyyy-mm-dd", align="left")
                return f' s="{look}"><v>{_day_number(cell)}</v></c>'
        whole = fit(text)
        kept = _cut(whole)
        if len(kept) < len(whole):
            self.cut.append((column, self._first + self.count))
        return _string(kept, self._look(num_format="@", text_wrap=True))


def letters(place: int) -> str:
    """Return the letters of a column, counted from 0: A, Z, AA."""
    found, rest = "", place + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        found = chr(65 + last) + found
    return found


def _string(text: str, look: int) -> str:
    safe = _LOOKS_ESCAPED.sub(r"_x005F\1", text) if "_x" in text else text
    if "&" in safe or "<" in safe or ">" in safe:
        safe = safe.translate(_ESCAPES)
    kept = ' xml:space="preserve"' if safe != safe.strip() else ""
    return f' s="{look}" t="inlineStr"><is><t{kept}>{safe}</t></is></c>'


def _cut(text: str) -> str:
    if len(text) <= LONGEST // 2:
        return text
    units = text.encode("utf-16-le")[: 2 * LONGEST]
    return units.decode("utf-16-le", "ignore")


def _is_kept(number: int | Decimal) -> bool:
    """Whether a spreadsheet, which keeps 15 digits, keeps the number as it is."""
    if number.__class__ is int and -(10**_DIGITS) < number < 10**_DIGITS:
        return True
    exact = Decimal(number)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _DIGITS


def _day_number(day: date) -> int:
    days = (day - _DAY_ZERO).days
    return days + (days > _NO_SUCH_DAY)
