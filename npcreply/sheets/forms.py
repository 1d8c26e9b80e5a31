"""A form: labels with their values beside them, one sheet for one suggestion."""

from __future__ import annotations

from collections.abc import Mapping

from npcreply.dataclass import dataclass
from npcreply.sheets.heads import means
from npcreply.sheets.model import Cell, Sheet

_LEAST = 3  # rows that begin with a label: a table has labels in its head alone


@dataclass(frozen=True)
class Form:
    """`values` by field, in order; empty ones are left out. `titles` stand above the first label;
    `loose` are cells that no label explains.
    """

    sheet: Sheet
    values: Mapping[str, list[Cell]]
    titles: tuple[Cell, ...]
    loose: tuple[Cell, ...]


def find(sheet: Sheet) -> Form | None:
    """Return the form of a sheet; None where it is none."""
    rows = [cells for _number, cells in sheet.rows()]
    opening = [means(next(iter(cells.values())).text) for cells in rows]
    if len({name for name in opening if name}) < _LEAST or "reply.number" not in _labels(sheet):
        return None
    first = next(n for n, name in enumerate(opening) if name)
    values: dict[str, list[Cell]] = {}
    loose: list[Cell] = []
    for cells in rows[first:]:
        _take(cells, values, loose)
    titles = tuple(cell for cells in rows[:first] for cell in cells.values())
    return Form(sheet, values, titles, tuple(loose))


def _labels(sheet: Sheet) -> set[str | None]:
    return {means(cell.text) for cell in sheet.cells.values()}


def _take(cells: Mapping[int, Cell], values: dict[str, list[Cell]], loose: list[Cell]) -> None:
    """Take a row: a label, then the cell beside it; a label without one is an empty value."""
    label = ""
    for cell in cells.values():
        name = means(cell.text)
        if name:
            label = name
        elif label:
            values.setdefault(label, []).append(cell)
            label = ""
        else:
            loose.append(cell)
