"""A table as data, made by views, printed by render: columns, rows, and how a cell reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from npcreply.dataclass import dataclass, field
from npcreply.language import _

Kind = Literal["text", "number", "day", "enum"]
Align = Literal["left", "right"]
Style = Literal[
    "late",
    "verify",
    "today",
    "soon",
    "lagging",
    "stale",
    "undated",
    "done",
    "dropped",
    "dim",
    "",
]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a vocabulary: `code` for machines, `label` for people, `style` for the terminal."""

    code: str
    label: str
    style: Style = ""


Cell: TypeAlias = (
    str
    | int
    | Decimal
    | date
    | bool
    | Word
    | tuple[str, ...]
    | tuple[Mapping[str, object], ...]
    | None
)
Row: TypeAlias = Mapping[str, Cell]
Passing: TypeAlias = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is the machine name, the key of its cells; `title` the head people read.

    Priority 0 is never dropped on a narrow terminal; the highest is dropped first. `choices` are
    the words of a light, whose colour follows the word where a person may change it. `asked`: it is
    printed only where it is asked for by its name.
    """

    name: str
    title: str
    kind: Kind = "text"
    priority: int = 0
    align: Align = "left"
    choices: tuple[Word, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together on the terminal under a head of their own."""

    head: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer. `rows` are all rows, also where `groups` show the same rows under heads.

    `lead` and `foot` are lines above and below; `empty` is the sentence for no rows at all; so many
    last rows are `totals`: always shown, never sorted; so many rows more are `left_out` already,
    because they would not be shown. `paper` names the columns that stand first
    in a workbook and are printed from it; all are where none is named.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()
    lead: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    empty: str = ""
    totals: int = 0
    left_out: int = 0
    paper: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Tables that go to a meeting together, one a sheet named after its title; as of `day`.

    Rows too many to be held come in `passing`: a few at a time, those of several tables side by
    side, by the tables' names; it is gone through once. Such a table has no rows of its own but a
    heading, the line above it for so many rows. A sheet that is known only then is made when it is
    called for.
    """

    title: str
    sheets: tuple[Table | Callable[[], Table], ...]
    day: date
    passing: Iterable[Passing] = ()
    headings: Mapping[str, Callable[[int], str]] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """Return the first sheet: the only one of a book that is no workbook."""
        first = self.sheets[0]
        return first if isinstance(first, Table) else first()

    @property
    def rows(self) -> Iterator[Row]:
        """Yield the rows of the first sheet."""
        yield from self.table.rows
        for given in self.passing:
            yield from given.get(self.table.name, ())


LIST_MARK = "、"
_LONGEST_NUMBER = 40  # digits; a longer number is a slip of the finger and shown with its exponent


def cell_text(cell: Cell, *, codes: bool = False, mark: str = LIST_MARK) -> str:
    """Return the cell as people read it, or with codes for words; "" for an absent value.

    `mark` stands between the items of a list; in files it is the same in both languages.
    """
    if not isinstance(cell, tuple):
        return _single(cell, codes=codes)
    return mark.join(item if isinstance(item, str) else _pairs(item, codes=codes) for item in cell)


def _single(value: str | int | Decimal | date | Word | None, *, codes: bool) -> str:
    if value is None or value.__class__ is str:  # most cells
        return value or ""
    match value:
        case str():
            return value
        case Word():
            return value.code if codes else value.label
        case bool():
            return _truth(value, codes=codes)
        case int() | Decimal():
            return number_text(value)
        case date():
            return value.isoformat()


def _truth(value: bool, *, codes: bool) -> str:
    if codes:
        return "true" if value else "false"
    return _("是") if value else _("否")


def _pairs(item: Mapping[str, object], *, codes: bool) -> str:
    """Return the values of one item of a list, without their names: 市经信局 2023-05-20."""
    plain = (str, int, Decimal, date, Word)
    values = (_single(value, codes=codes) for value in item.values() if isinstance(value, plain))
    return " ".join(filter(None, values))


def number_text(number: int | Decimal) -> str:
    """Return the digits as they were written: 358.49, 0.50; a whole number without its .0."""
    if isinstance(number, int):
        return str(int(number))
    if not number.is_finite():
        return ""
    if abs(number.adjusted()) > _LONGEST_NUMBER:
        return str(number)
    if number == number.to_integral_value():
        return str(int(number))
    return format(number, "f")
