"""A workbook as data: sheets, and cells with addresses, what a person sees, what is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from npcreply.dataclass import dataclass, field

Value = Decimal | str | date | bool | None
"""What a cell stores; a CSV stores texts alone."""

Place = tuple[int, int]
"""Row and column, both counted from 1; the row of a CSV is the line that its record begins on."""


def letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 28 is AB."""
    said = ""
    while column:
        column, left = divmod(column - 1, 26)
        said = chr(65 + left) + said
    return said


def address(row: int, column: int) -> str:
    """Return the address of a place: row 5, column 11 is K5."""
    return f"{letters(column)}{row}"


def column_number(said: str) -> int:
    """Return the column that letters name: A is 1, AB is 28."""
    number = 0
    for letter in said.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Cell(NamedTuple):
    """A cell that is not empty: `text` is what the person sees (0037, 60.4%), `value` is stored."""

    row: int
    column: int
    text: str
    value: Value

    @property
    def address(self) -> str:
        return address(self.row, self.column)


class Range(NamedTuple):
    """A block of cells, its first and last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def address(self) -> str:
        return f"{address(self.top, self.left)}:{address(self.bottom, self.right)}"

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell lies in the block."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """One sheet. `cells` has those that are not empty, row by row.

    `formulas` are addresses of formulas without a stored result; `comments` counts notes on cells,
    `fills` cells coloured unlike their row and column; `widths` is how many fields each line of a
    CSV has (empty for a workbook).
    """

    name: str
    hidden: bool
    cells: Mapping[Place, Cell]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: tuple[str, ...] = ()
    comments: int = 0
    fills: int = 0
    widths: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, Cell]]:
        """The cells that are not empty: by row, then by column, in order."""
        rows: dict[int, dict[int, Cell]] = {}
        for cell in self.cells.values():
            rows.setdefault(cell.row, {})[cell.column] = cell
        return rows

    def rows(self) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """Yield each row that is not empty with its number."""
        yield from self.by_row.items()

    def text(self, row: int, column: int) -> str:
        """Return what the person sees at a place; "" where there is nothing."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


@dataclass(frozen=True)
class Book:
    """A file of tables; `properties` are its custom properties by name."""

    path: Path
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
