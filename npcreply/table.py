"""A table as data, made by views, printed by render: columns, rows, the lines around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `name` is the machine name, the key of its cells; `title` the head people read.

    Priority 0 is never dropped on a narrow terminal; the highest is dropped first. `choices` are
    the words of a light, whose colour follows the word where a person may change it.
    """

    name: str
    title: str
    kind: Kind = "text"
    priority: int = 0
    align: Align = "left"
    choices: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together on the terminal under a head of their own."""

    head: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer. `rows` are all rows, also where `groups` show the same rows under heads.

    `lead` and `foot` are lines above and below; `empty` is the sentence for no rows at all.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    groups: tuple[Group, ...] = ()
    lead: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """Tables that go to a meeting together, one a sheet named after its title; as of `day`."""

    title: str
    sheets: tuple[Table, ...]
    day: date
