"""A column of one kind of row, and rows made from subjects by such columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Kind, Row

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Field(Generic[S]):
    """One column of one kind of row: its kind and how to get its cell from the row's subject."""

    kind: Kind
    get: Callable[[S, Schema], Cell]
    within: str = ""


def columns(
    fields: Mapping[str, Field[Any]], names: Sequence[str], schema: Schema
) -> tuple[Column, ...]:
    """Return the columns of those names, with heads in the language in use."""
    return tuple(
        Column(name, schema.label(name, fields[name].within), fields[name].kind) for name in names
    )


def rows(
    subjects: Sequence[S], fields: Mapping[str, Field[S]], names: Sequence[str], schema: Schema
) -> tuple[Row, ...]:
    """Return one row a subject; `seq` counts from 1."""
    return tuple(
        {name: n if name == "seq" else fields[name].get(subject, schema) for name in names}
        for n, subject in enumerate(subjects, 1)
    )
