"""The rows of the page's list as JSON, which stands in the page as text: its script reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from npcreply.language import _
from npcreply.render.text import fit
from npcreply.table import Cell, Word, cell_text
from npcreply.views.living import Item, Living


def living_json(living: Living) -> str:
    """Return the columns, the rows with what opens under each, and the words of the script."""
    data = {
        "columns": [{"name": c.name, "title": c.title} for c in living.columns],
        "rows": [_row(item) for item in living.items],
        "pairs": _pairs(living),
        "words": _words(),
    }
    return json.dumps(_fit(data), ensure_ascii=False, separators=(",", ":"))


def _row(item: Item) -> dict[str, Any]:
    status = item.cells["status"]
    return {
        "key": item.key,
        "cells": {name: cell_text(cell) for name, cell in item.cells.items()},
        "ranks": {"id": item.rank, "status": item.order, **_numbers(item.cells)},
        "look": status.style if isinstance(status, Word) else "",
        "departments": item.departments,
        "status": item.status,
        "listed": item.listed,
        "year": item.year,
        "field": item.field,
        "about": item.about,
        "details": item.details,
    }


def _numbers(cells: Mapping[str, Cell]) -> dict[str, int]:
    return {name: cell for name, cell in cells.items() if isinstance(cell, int)}


def _pairs(living: Living) -> str:
    """Return the traditional characters that the rows have, or that a search for what they have may
    be typed with, each before its simplified one: the script folds texts as the filters do.
    """
    from npcreply.grammar.folding import SIMPLIFIED  # no other page needs the table

    known = {one for item in living.items for text in item.about for one in text}
    pairs = ((chr(old), new) for old, new in SIMPLIFIED.items())
    return "".join(old + new for old, new in pairs if old in known or new in known)


def _fit(value: Any) -> Any:
    """Every text as HTML can hold it."""
    match value:
        case str():
            return fit(value)
        case dict():
            return {key: _fit(one) for key, one in value.items()}
        case list() | tuple():
            return [_fit(one) for one in value]
    return value


def _words() -> dict[str, str]:
    return {
        "count": _("显示 {shown} / {total} 行"),
        "first": _("筛出 {shown} / {total} 行，先列 {first} 行"),
        "nothing": _("没有符合筛选的行（共 {total} 行）"),
        "more": _("再列 {count} 行"),
        "open": _("打开或合上"),
        "paper": _("屏幕上筛了：{filters}（{shown} / {total} 行）；这里印的是全部"),
        "unknown": _("网址里的 {asked} 这一页没有，没有照它筛"),
        "and": _("、"),
    }
