"""The rows of the page's list as JSON, which stands in the page as text: its script reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from npcreply.language import _
from npcreply.render.text import fit
from npcreply.table import Cell, Word, cell_text
from npcreply.views.living import Item, Living


def living_json(living: Living) -> Iterator[str]:
    """Yield, as the text of an element, the columns, the rows with what opens under each, and the
    words of the script, a piece a row: there may be thousands. Its quotes, every fourth character,
    are left as they are.
    """
    from markupsafe import Markup

    for piece in _pieces(living):
        safe = piece.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        yield Markup(safe)  # noqa: S704 -- nothing in it can begin or end an element


def _pieces(living: Living) -> Iterator[str]:
    heads = [{"name": c.name, "title": c.title} for c in living.columns]
    yield f'{{"columns":{_fitting(heads)},"rows":['
    known: set[str] = set()
    between = ""
    for item in living.items:
        known.update(*item.about)
        yield between + _fitting(_row(item))
        between = ","
    yield f'],"pairs":{_fitting(_pairs(known))},"words":{_fitting(_words())}}}'


def _fitting(value: Any) -> str:
    """Return the value as JSON with every text as HTML can hold it: seen at once where there is
    nothing to leave out, and nothing is escaped that may have to be.
    """
    text = _ENCODER.encode(value)
    if text.isprintable() and "\\" not in text:
        return text
    return _ENCODER.encode(_fit(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


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


def _pairs(known: set[str]) -> str:
    """Return the traditional characters that the rows have, or that a search for what they have may
    be typed with, each before its simplified one: the script folds texts as the filters do.
    """
    from npcreply.grammar.folding import SIMPLIFIED  # no other page needs the table

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
