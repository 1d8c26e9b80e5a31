"""What changed between two versions of a record's data, a line each: label, before → after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from npcreply.language import _
from npcreply.store.schema import Schema


def differences(old: Any, new: Any, schema: Schema, at: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield one line for each value that differs, named by its labels from the outside in."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            where = (*at, schema.label(key, _within(at)))
            yield from differences(old.get(key), new.get(key), schema, where)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True), 1):
            yield from differences(before, after, schema, (*at, str(number)))
    else:
        yield f"{' '.join(at)}  {_said(old)} → {_said(new)}"


def _within(at: tuple[str, ...]) -> str:
    return "measure" if at else ""


def _said(value: Any) -> str:
    if value is None or value == "":
        return _("（无）")
    if isinstance(value, dict):
        return " ".join(_said(item) for item in value.values())
    if isinstance(value, list):
        return "；".join(_said(item) for item in value)
    return str(value)
