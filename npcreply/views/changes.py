"""What a write changed, a line each: label, before → after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from npcreply.language import _, listed
from npcreply.store.contract.schema import Schema

Place = tuple[str | int, ...]


def differences(old: Any, new: Any, schema: Schema, at: Place = ()) -> Iterator[str]:
    """Yield one line for each value that differs, named by its labels from the outside in."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from differences(old.get(key), new.get(key), schema, (*at, key))
    elif _of_parts(old) or _of_parts(new):
        for index, (before, after) in enumerate(zip_longest(old or (), new or ())):
            yield from differences(before, after, schema, (*at, index))
    else:
        said = _("{name}  {before} → {after}")
        before, after = (_said(value, schema, at) for value in (old, new))
        yield said.format(name=_name(schema, at), before=before, after=after)


def _of_parts(value: Any) -> bool:
    return isinstance(value, Sequence) and any(isinstance(item, dict) for item in value)


def _name(schema: Schema, at: Place) -> str:
    """Return the way to a value: 承诺 1 时限 日期; items are counted from 1."""
    words = (
        str(step + 1) if isinstance(step, int) else schema.label_at(at[: depth + 1])
        for depth, step in enumerate(at)
    )
    return " ".join(words)


def _said(value: Any, schema: Schema, at: Place) -> str:
    if value is None or value == "":
        return _("（无）")
    if isinstance(value, dict):
        return " ".join(_said(item, schema, (*at, key)) for key, item in value.items())
    if isinstance(value, list):
        return listed(_said(item, schema, (*at, n)) for n, item in enumerate(value))
    truth = {"true": _("是"), "false": _("否")}
    return truth.get(str(value)) or schema.word(_vocabulary(at), " ".join(str(value).split()))


def _vocabulary(at: Place) -> str:
    name = next(step for step in reversed(at) if isinstance(step, str))
    return "target_kind" if name == "kind" and "targets" in at else name
