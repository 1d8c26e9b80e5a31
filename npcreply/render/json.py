"""A table as JSON: a bare array, machine names, codes, numbers as they were written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from json.encoder import encode_basestring

from npcreply.patterns import pattern
from npcreply.render.cells import chosen_columns
from npcreply.table import Column, Row, Table, Word, number_text

_INDENT, _NEWLINE = "  ", "\n"
# Valid JSON as it stands, but it would reach a terminal, or cannot be written as UTF-8.
_ESCAPED = pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(table: Table, fields: Sequence[str] | None = None) -> str:
    """Return the rows as an array of objects, with a line feed at the end; `[]` for no rows.

    Keys are machine names, in the order of the columns or of `fields`. Raises UsageError for a
    field the table does not have.
    """
    return "".join(json_pieces(chosen_columns(table, fields), table.rows))


def json_pieces(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """Yield the text of `json_text` for these columns, a piece a row."""
    margin = _NEWLINE + 2 * _INDENT
    heads = {column.name: f"{_quoted(column.name)}: " for column in columns}
    opening = "["
    for row in rows:
        pairs = [head + _encoded(row.get(name), margin) for name, head in heads.items()]
        yield _safe(f"{opening}\n{_INDENT}{_enclosed('{', pairs, '}', _NEWLINE + _INDENT)}")
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def value_text(value: object) -> str:
    """Return any value made of mappings, lists and cells as JSON, with a line feed at the end.

    Raises TypeError for a value of another type: a mistake of the program.
    """
    return _safe(_encoded(value, _NEWLINE)) + "\n"


def _safe(text: str) -> str:
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _encoded(value: object, margin: str) -> str:
    """Return the value as json.dumps(ensure_ascii=False, indent=2) would, Decimals included."""
    if value.__class__ is str:
        return _quoted(value)
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        deeper = margin + _INDENT
        pairs = (f"{_quoted(str(key))}: {_encoded(own, deeper)}" for key, own in value.items())
        return _enclosed("{", pairs, "}", margin)
    if isinstance(value, (list, tuple)):
        return _enclosed("[", (_encoded(own, margin + _INDENT) for own in value), "]", margin)
    return _single(value)


def _enclosed(opening: str, parts: Iterable[str], closing: str, margin: str) -> str:
    inside = f",{margin}{_INDENT}".join(parts)
    return f"{opening}{margin}{_INDENT}{inside}{margin}{closing}" if inside else opening + closing


def _single(value: object) -> str:
    match value:
        case bool():
            return json.dumps(value)
        case str():
            return _quoted(value)
        case Word():
            return _quoted(value.code)
        case int() | Decimal():
            return number_text(value) or "null"
        case date():
            return _quoted(value.isoformat())
    raise TypeError(f"no JSON for {type(value).__name__}")


def _quoted(text: str) -> str:
    return encode_basestring(text)
