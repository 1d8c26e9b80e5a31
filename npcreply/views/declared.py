"""What a field shows by its declaration alone: the office's own, and any that no view words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.domain.record.lines import ReplyLine
from npcreply.language import _, listed
from npcreply.store.contract.schema import Json, Schema
from npcreply.table import Cell, Kind, Word
from npcreply.views.columns import Field

_KINDS: dict[str, Kind] = {"number": "number", "integer": "number", "boolean": "enum"}


def declared_columns(
    within: str, schema: Schema, known: Collection[str] = ()
) -> dict[str, Field[Any]]:
    """Return a column for each plain field of the record (`within` ""), the promise ("measure"),
    the target or the progress entry that is not `known`; its kind and head are as declared.
    """
    return {
        name: Field(_kind(definition), _getter(name, definition, within), within)
        for name, definition in schema.plain_fields(within).items()
        if name not in known
    }


def declared_lines(
    holder: Any, within: str, schema: Schema, known: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of the plain fields that a record, promise or target has and that are
    not `known`, the office's own last.
    """
    for name, definition in schema.plain_fields(within).items():
        value = None if name in known else _value(holder, name)
        if value not in (None, (), [], ""):
            yield schema.label(name, within), words(value, definition, name, schema)


def words(value: Any, definition: Json, name: str, schema: Schema) -> str:
    """Return a value as people read it: codes by their words, a list on one line."""
    found = _cell(value, definition, name, schema)
    if isinstance(found, tuple):
        return listed(map(str, found))
    return found.label if isinstance(found, Word) else str(found)


def _kind(definition: Json) -> Kind:
    if definition.get("format") == "date":
        return "day"
    return "enum" if "enum" in definition else _KINDS.get(str(definition.get("type")), "text")


def _getter(name: str, definition: Json, within: str) -> Callable[[Any, Schema], Cell]:
    return lambda subject, schema: _cell(
        _value(_holder(subject, within), name), definition, name, schema
    )


def _holder(subject: Any, within: str) -> Any:
    """The reply, promise, target or entry that a row's subject stands for or stands in."""
    judged, part = subject if isinstance(subject, tuple) else (subject, None)
    if not within:
        return judged if isinstance(judged, ReplyLine) else judged.line.reply
    if within == "measure":
        return judged.line.measure
    return part.target if within == "target" else part


def _value(holder: Any, name: str) -> Any:
    """A field of the model, else one that travels as it was read: an own one, or a header's."""
    for travelling in ("extra", "others"):
        if name in getattr(holder, travelling, ()):
            return getattr(holder, travelling)[name]
    return getattr(holder, name, None)


def _cell(value: Any, definition: Json, name: str, schema: Schema) -> Cell:
    if value is None or value in ((), [], ""):
        return None
    if isinstance(value, (list, tuple)):
        return tuple(map(str, value))
    if isinstance(value, bool):
        return Word("true", _("是")) if value else Word("false", _("否"))
    if "enum" in definition:
        return Word(str(value), schema.word(name, value))
    kind = _kind(definition)
    if kind == "day" and isinstance(value, str):
        return date.fromisoformat(value)
    return Decimal(str(value)) if kind == "number" else value if kind == "day" else str(value)
