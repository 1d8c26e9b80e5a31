"""What of a table is printed: the columns asked for, and a cell as words or as codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from npcreply.errors import UsageError
from npcreply.language import _, in_a_row
from npcreply.table import Column, Table


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
