"""What of a table is printed: the columns asked for, and which cells are written alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from npcreply.errors import UsageError
from npcreply.language import _, in_a_row
from npcreply.table import Cell, Column, Table, Word

REMEMBERED = 5_000
"""Cells of a column that are not written a second time: most have been there before."""


def chosen_columns(table: Table, fields: Sequence[str] | None) -> tuple[Column, ...]:
    """Return the columns named in `fields`, by name or title, in that order; where none is named
    all of them that need not be asked for.

    Raises UsageError for a name the table does not have.
    """
    by_name = {column.name: column for column in table.columns}
    known = {column.title.casefold(): column.name for column in reversed(table.columns)}
    known |= {name: name for name in by_name}
    for field in fields or ():
        if field.casefold() not in known:
            raise _unknown_field(field, known, by_name)
    usual = [column.name for column in table.columns if not column.asked]
    names = [known[field.casefold()] for field in fields] if fields else usual
    return tuple(by_name[name] for name in dict.fromkeys(names))


def _unknown_field(field: str, known: Mapping[str, str], names: Iterable[str]) -> UsageError:
    import difflib

    near = difflib.get_close_matches(field, known, 1, 0.5)
    message = _("没有“{field}”这一项。").format(field=field)
    if near:
        message = in_a_row(message, _("是不是 {near}？").format(near=known[near[0]]))
    return UsageError(message, _("可用的项：{names}").format(names=", ".join(names)))


def alike(cell: Cell) -> object:
    """Return what is the same for cells that are written alike in a column, None where that is not
    looked for: 0.50 and 0.5 are equal, and written each in its own way.
    """
    kind = cell.__class__
    if kind in _BY_THEMSELVES:
        return cell
    if kind is Word:
        return cell.code, cell.label, cell.style  # type: ignore[union-attr]
    return (Decimal, str(cell)) if kind is Decimal else None


_BY_THEMSELVES = frozenset({str, int, date})
