"""What of a table is printed: the columns asked for, and a cell as words or as codes."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from npcreply.errors import UsageError
from npcreply.language import _, in_a_row
from npcreply.table import Cell, Column, Table, Word

LIST_MARK = "、"
_LONGEST_NUMBER = 40


def chosen_columns(table: Table, fields: Sequence[str] | None) -> tuple[Column, ...]:
    """Return the columns named in `fields`, in that order; all of them where none is named.

    Raises UsageError for a name the table does not have.
    """
    by_name = {column.name: column for column in table.columns}
    for field in fields or ():
        if field not in by_name:
            raise _unknown_field(field, table)
    return tuple(by_name[field] for field in dict.fromkeys(fields or by_name))


def _unknown_field(field: str, table: Table) -> UsageError:
    names = {column.name: column.name for column in table.columns}
    known = {column.title: column.name for column in table.columns} | names
    near = difflib.get_close_matches(field, known, 1, 0.5)
    message = _("没有“{field}”这一项。").format(field=field)
    if near:
        message = in_a_row(message, _("是不是 {near}？").format(near=known[near[0]]))
    return UsageError(message, _("可用的项：{names}").format(names=", ".join(names)))


def cell_text(cell: Cell, *, codes: bool = False, mark: str = LIST_MARK) -> str:
    """Return the cell as people read it, or with codes for words; "" for an absent value.

    `mark` stands between the items of a list; in files it is the same in both languages.
    """
    if not isinstance(cell, tuple):
        return _single(cell, codes=codes)
    return mark.join(item if isinstance(item, str) else _pairs(item, codes=codes) for item in cell)


def _single(value: str | int | Decimal | date | Word | None, *, codes: bool) -> str:
    match value:
        case None:
            return ""
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
