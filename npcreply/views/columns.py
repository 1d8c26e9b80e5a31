"""A column of one kind of row, rows made of such columns, and how many a listing shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from npcreply.language import _
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Kind, Row, Table

S = TypeVar("S")
PRIORITY = {"reply_date": 3, "deadline": 2}
PRIORITY |= dict.fromkeys(("next_step", "progress", "lead", "department"), 1)
"""Which columns a narrow terminal drops first: the highest; a column not named stays."""


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


def data_table(
    name: str,
    subjects: Sequence[Any],
    fields: Mapping[str, Field[Any]],
    names: Sequence[str],
    schema: Schema,
) -> Table:
    """Return the rows as machines read them: every column, in full."""
    heads = columns(fields, names, schema)
    return Table(name, name, heads, rows(subjects, fields, names, schema))


def screen_columns(
    fields: Mapping[str, Field[Any]],
    names: Sequence[str],
    schema: Schema,
    own: Mapping[str, str],
    priority: Mapping[str, int] = PRIORITY,
) -> tuple[Column, ...]:
    """Return the columns of a screen; `own` are titles shorter than the label, `priority` what a
    narrow terminal drops first.
    """
    return tuple(
        Column(
            name,
            (own.get(name) or schema.label(name, fields[name].within)).upper(),
            fields[name].kind,
            priority.get(name, 0),
            "right" if fields[name].kind == "number" or name == "progress" else "left",
        )
        for name in names
    )


def cut_to(table: Table, limit: int | None) -> Table:
    """Return the table with at most `limit` rows, saying how many are left out."""
    if limit is None or len(table.rows) <= limit:
        return table
    kept, groups = table.rows[:limit], []
    for group in table.groups:
        inside = tuple(row for row in group.rows if any(row is k for k in kept))
        if inside:
            groups.append(replace(group, rows=inside))
    more = _("还有 {count} 行：--limit all").format(count=len(table.rows) - limit)
    return replace(table, rows=kept, groups=tuple(groups), foot=(more, *table.foot))
