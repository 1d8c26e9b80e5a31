"""Sheets as JSON values and back: how they come out of the process in which a workbook is read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.sheets.model import Cell, Range, Sheet, Value


def told(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as JSON values."""
    return {
        "name": sheet.name,
        "hidden": sheet.hidden,
        "cells": [(*cell[:3], *_told(cell)) for cell in sheet.cells.values()],
        "merged": sheet.merged,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "formulas": sheet.formulas,
        "comments": sheet.comments,
        "fills": sheet.fills,
        "widths": list(sheet.widths.items()),
    }


def heard(said: dict[str, Any]) -> Sheet:
    """Return the sheet again. Raises ValueError or its kin for what is no sheet."""
    cells = [
        Cell(row, column, text, _heard(text, *value)) for row, column, text, *value in said["cells"]
    ]
    return Sheet(
        said["name"],
        said["hidden"],
        {(cell.row, cell.column): cell for cell in cells},
        tuple(Range(*block) for block in said["merged"]),
        frozenset(said["hidden_rows"]),
        frozenset(said["hidden_columns"]),
        tuple(said["formulas"]),
        said["comments"],
        said["fills"],
        dict(said["widths"]),
    )


def _told(cell: Cell) -> tuple[str | bool, ...]:
    """A value beside the text that shows it: nothing where it is that text."""
    value = cell.value
    if isinstance(value, bool):
        return (value,)
    if isinstance(value, Decimal):
        return ("n", "" if str(value) == cell.text else str(value))
    return ("d", value.isoformat()) if isinstance(value, date) else ()


def _heard(text: str, kind: str | bool = "", said: str = "") -> Value:
    if isinstance(kind, bool):
        return kind
    if kind == "n":
        return Decimal(said or text)
    return date.fromisoformat(said) if kind else text
