"""A column of one kind of row, rows made of such columns, and how many a listing shows."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.status import Alert, Status
from npcreply.domain.record.names import number_order
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Kind, Row, Table, Word, cell_text

S = TypeVar("S")
PRIORITY = {"reply_date": 3, "deadline": 2}
PRIORITY |= dict.fromkeys(("next_step", "progress", "lead", "department"), 1)
"""Which columns a narrow terminal drops first: the highest; a column not named stays."""


@dataclass(frozen=True, slots=True)
class Field(Generic[S]):
    """One column of one kind of row: its kind and how to get its cell from the row's subject.

    Its head is `title`, else the label that the schema has for its name (`within` what it stands);
    `exported` columns are those of a full export, in the order in which they are declared.
    """

    kind: Kind
    get: Callable[[S, Schema], Cell]
    within: str = ""
    exported: bool = True
    title: str = ""

    def head(self, name: str, schema: Schema) -> str:
        """Return the head of the column in the language in use."""
        return _(self.title) if self.title else schema.label(name, self.within)


def exported(fields: Mapping[str, Field[Any]]) -> tuple[str, ...]:
    """Return the names of the columns of a full export."""
    return tuple(name for name, field in fields.items() if field.exported)


def columns(
    fields: Mapping[str, Field[Any]], names: Sequence[str], schema: Schema
) -> tuple[Column, ...]:
    """Return the columns of those names, with heads in the language in use."""
    return tuple(Column(name, fields[name].head(name, schema), fields[name].kind) for name in names)


def rows(
    subjects: Sequence[S], fields: Mapping[str, Field[S]], names: Sequence[str], schema: Schema
) -> tuple[Row, ...]:
    """Return one row a subject; `seq` counts from 1."""
    return tuple(RowMaker(fields, names, schema).rows(subjects))


class RowMaker(Generic[S]):
    """Makes rows of these columns; `seq` counts from 1 through all of them."""

    def __init__(
        self, fields: Mapping[str, Field[S]], names: Sequence[str], schema: Schema
    ) -> None:
        self._getters = [(name, fields[name].get) for name in names if name != "seq"]
        self._has_seq = "seq" in names
        self._schema = schema
        self._numbers = itertools.count(1)

    def rows(self, subjects: Iterable[S]) -> Iterator[Row]:
        """Yield one row a subject."""
        schema, getters = self._schema, self._getters
        for subject in subjects:
            row = {name: get(subject, schema) for name, get in getters}
            if self._has_seq:
                row["seq"] = next(self._numbers)
            yield row


def data_table(
    name: str,
    subjects: Sequence[Any],
    fields: Mapping[str, Field[Any]],
    names: Sequence[str],
    schema: Schema,
    asked: Collection[str] | None = None,
) -> Table:
    """Return the rows as machines read them, in full: the columns of those names, and beside them,
    where any may be `asked` for by name or head, every other one; the cells of those that are not
    asked for are not made.
    """
    heads = columns(fields, names, schema)
    if asked is None:
        return Table(name, name, heads, rows(subjects, fields, names, schema))
    others = columns(fields, [other for other in fields if other not in names], schema)
    spare = [replace(column, asked=True) for column in others]
    wanted = {word.casefold() for word in asked}
    more = [c.name for c in spare if not wanted.isdisjoint({c.name, c.title.casefold()})]
    made = rows(subjects, fields, [*names, *more], schema)
    return Table(name, name, (*heads, *spare), made)


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
            (own.get(name) or fields[name].head(name, schema)).upper(),
            fields[name].kind,
            priority.get(name, 0),
            "right" if fields[name].kind == "number" or name == "progress" else "left",
        )
        for name in names
    )


def cut_to(table: Table, limit: int | None) -> Table:
    """Return the table with at most `limit` rows and its totals; says how many are left out."""
    count = len(table.rows) - table.totals
    whole = count + table.left_out
    if limit is None or whole <= limit:
        return table
    kept, groups = (*table.rows[:limit], *table.rows[count:]), []
    for group in table.groups:
        inside = tuple(row for row in group.rows if any(row is k for k in kept))
        if inside:
            groups.append(replace(group, rows=inside))
    more = _("还有 {count} 行：--limit all").format(count=whole - limit)
    return replace(table, rows=kept, groups=tuple(groups), foot=(more, *table.foot))


def named_rows(data: Table, screen: Table) -> Table:
    """Return the screen with the heads of its groups as a first column where nothing but the group
    tells rows apart: in another order they stand under no head.
    """
    head = next((column for column in data.columns if column.name == "group"), None)
    if head is None or not screen.groups:
        return screen
    column = Column("group", head.title)
    rows = tuple({**row, "group": group.head} for group in screen.groups for row in group.rows)
    return replace(screen, columns=(column, *screen.columns), rows=rows)


def order_by(table: Table, words: Sequence[str]) -> list[int]:
    """Return the places of the rows in the order of the columns named, by name or head, one with a
    minus from the highest down; rows without a value last, totals where they are.

    Raises UsageError for a column that the table has not.
    """
    count = len(table.rows) - table.totals
    places = list(range(count))
    for word in reversed(words):
        name = _column(table, word.lstrip("-－")).name
        filled = [at for at in places if table.rows[at].get(name) is not None]
        empty = [at for at in places if table.rows[at].get(name) is None]
        down = word.startswith(("-", "－"))
        filled.sort(key=lambda at: _rank(table.rows[at][name]), reverse=down)
        places = [*filled, *empty]
    return [*places, *range(count, len(table.rows))]


def _column(table: Table, word: str) -> Column:
    for column in table.columns:
        if word.casefold() in (column.name, column.title.casefold()):
            return column
    raise UsageError(
        _("没有“{field}”这一列，不能按它排").format(field=word),
        _("可用的项：{names}").format(names=", ".join(column.name for column in table.columns)),
    )


def _rank(cell: Cell) -> tuple[int, Any]:
    """Numbers by size, days by time, states by their own order, texts as people count in them."""
    if isinstance(cell, Word):
        states = [str(state) for state in (*Status, *Alert)]
        known = cell.code in states
        return (0, states.index(cell.code)) if known else (1, number_order(cell.label))
    if isinstance(cell, (int, Decimal)):
        return 0, cell
    if isinstance(cell, date):
        return 0, cell.toordinal()
    return 1, number_order(cell_text(cell))
