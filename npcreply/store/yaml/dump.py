"""How values are written in YAML so that every reader, 1.1 or 1.2, takes them for the same."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.patterns import pattern

Leaf: TypeAlias = str | bool | int | Decimal | date | None
Value: TypeAlias = "Leaf | dict[str, Value] | list[Value] | tuple[Value, ...]"

# What a YAML reader refuses or takes for a line break; written as an escape in double quotes.
_UNREADABLE = "\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_ESCAPED = pattern(rf'["\\{_UNREADABLE}]')
_HAN = "〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003fffd"
# The question mark: PyYAML's own parser, not libyaml, ends a bare word in brackets at it.
_CHINESE = pattern(rf"[{_HAN}][^\s?:#,\[\]{{}}\"'&*!|>%@`：{_UNREADABLE}]*")
_WORD = pattern(r"[A-Za-z_][A-Za-z0-9_-]*")
_READ_OTHERWISE = frozenset(
    "y n yes no on off true false null none nan inf infinity".split()  # noqa: SIM905 -- words
)
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_INDENT = 2


def spelled(value: Leaf) -> str | None:
    """Return the characters that the reader gives back for this leaf; None for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None else str(value)


def scalar(value: Leaf) -> str:
    """Return the leaf as it stands in a file, on one line.

    Text is bare only where it starts with a Chinese character or is a plain word, and nothing in
    it means something to YAML; all other text is in double quotes.
    """
    text = spelled(value)
    if text is None:
        return "null"
    return text if not isinstance(value, str) or _bare(text) else quoted(text)


def name(key: str) -> str:
    """Return a key as it stands in a file: as `scalar`, but `on`, a key of entries, is bare."""
    return key if key == "on" else scalar(key)


def quoted(text: str) -> str:
    """Return the text in double quotes, with the escapes of YAML (not of JSON: 𠮷 stays 𠮷)."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def literal(text: str) -> list[str] | None:
    """Return the lines of a literal block, header first, unindented; None where it would not be
    read back exactly (blanks at the edges of lines, empty lines at either end, odd characters).
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not (lines[0] and lines[-1]) or _ESCAPED.search(re.sub(r'[\n\t"\\]', "", text)):
        return None
    if any(line != line.strip(" \t") for line in lines):
        return None
    return ["|-" if body == text else "|", *lines]


def flow(value: Value) -> str:
    """Return the value on one line: `{on: 2023-06-30, value: 358.49}`, `[甲代表, 乙代表]`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name(key)}: {flow(at)}" for key, at in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return scalar(value)


def dump(data: dict[str, Any], one_line: frozenset[str] = frozenset()) -> str:
    """Return a whole file, LF line ends; values under the keys of `one_line` take one line each."""
    return "\n".join(pairs(data, 0, one_line)) + "\n" if data else "{}\n"


def pairs(data: dict[str, Value], indent: int, one_line: frozenset[str]) -> list[str]:
    """Return the lines of a block mapping whose keys stand `indent` blanks in."""
    return [line for key, value in data.items() for line in entry(key, value, indent, one_line)]


def entry(key: str, value: Value, indent: int, one_line: frozenset[str]) -> list[str]:
    """Return the lines of one key with its value."""
    head = " " * indent + name(key) + ":"
    if fits_one_line(value, flat=key in one_line):
        first, *rest = _leaf_lines(value, indent + _INDENT)
        return [f"{head} {first}", *rest]
    return [head, *block(value, indent + _INDENT, one_line, flat=key in one_line)]


def block(value: Value, indent: int, one_line: frozenset[str], *, flat: bool) -> list[str]:
    """Return the lines of a collection that is not empty; `flat`: each list item on one line."""
    if isinstance(value, dict):
        return pairs(value, indent, one_line)
    if isinstance(value, list | tuple):
        return [line for at in value for line in item(at, indent, one_line, flat=flat)]
    return _leaf_lines(value, indent)


def item(value: Value, indent: int, one_line: frozenset[str], *, flat: bool) -> list[str]:
    """Return the lines of one list item whose dash stands `indent` blanks in."""
    inner = indent + _INDENT
    if flat and isinstance(value, dict | list | tuple):
        lines = [flow(value)]
    elif fits_one_line(value, flat=False):
        lines = _leaf_lines(value, inner)
    else:
        lines = block(value, inner, one_line, flat=False)
        lines[0] = lines[0][inner:]
    return [" " * indent + "- " + lines[0], *lines[1:]]


def fits_one_line(value: Value, *, flat: bool) -> bool:
    """Say whether the value stands on its key's own line: leaves, empty collections, and under a
    `flat` key mappings and lists of leaves.
    """
    if isinstance(value, dict):
        return flat or not value
    if isinstance(value, list | tuple):
        return not value or (flat and not any(_collection(at) for at in value))
    return True


def _collection(value: Value) -> bool:
    return isinstance(value, dict | list | tuple)


def _leaf_lines(value: Value, indent: int) -> list[str]:
    """Text of several lines is a literal block where that is safe: a letter stays readable."""
    lines = literal(value) if isinstance(value, str) and "\n" in value else None
    if lines is None:
        return [flow(value)]
    return [lines[0], *(" " * indent + line if line else "" for line in lines[1:])]


def _bare(text: str) -> bool:
    if _WORD.fullmatch(text):
        return text.lower() not in _READ_OTHERWISE
    return _CHINESE.fullmatch(text) is not None


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        what = _("文字里有残缺的字符 U+{code:04X}，存不进文件").format(code=code)
        raise RecordInvalidError(what, remedy=_("删掉这个字符，或从原文重新复制"))
    return _SHORT_ESCAPES.get(character) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
