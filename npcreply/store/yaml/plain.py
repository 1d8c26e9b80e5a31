"""A record as the program writes it, read without libyaml: several times faster, without places.

Read is only what stands here: keys with values on lines of their own; texts bare, in quotes with
the escapes of `_ESCAPES` alone, or in literal blocks; lists and mappings on one line. All else, and
whatever `tree.parse` has something to say about, is left to libyaml, whose answer this always is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from npcreply.patterns import pattern
from npcreply.store.yaml import mistakes
from npcreply.store.yaml.nodes import NULLS, Data

_LONGEST = 100_000  # characters; longer texts are measured first
_DEEPEST = 6  # levels within one line
_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_NOT_BARE = r"\s\-?:,\[\]{}#&*!|>'\"%@`~"
_LINE = pattern(
    rf"^(( *)(- )?(?:({_KEY}):(?: +(?:([^{_NOT_BARE}][^:#\n]*)$|(.*)))?|(.*)))$", re.MULTILINE
)
_NOTHING = pattern(r" *(?:#.*)?")
_ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}
_QUOTED = r'"(?:[^"\\]|\\[n"\\])*"'
_ESCAPE = pattern(r"\\(.)")
_REST = pattern(r" *(?: #.*)?")
_DOUBLE = pattern(_QUOTED)
_SINGLE = pattern(r"'(?:[^']|'')*'")
_DIGITS = frozenset("0123456789")
_NOT_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`~")
_IN_FLOW = r"(?:-(?=[0-9])|[^-\s?:,\[\]{}#&*!|>'\"%@`~])[^?:,\[\]{}#'\"]*"
_LEAF = rf"(?:{_IN_FLOW}|{_QUOTED}|'(?:[^']|'')*')"
_FLOW_LIST = pattern(rf"\[{_LEAF}(?:, *{_LEAF})*\]")
_FLOW_MAPPING = pattern(rf"\{{{_KEY}: +{_LEAF}(?:, *{_KEY}: +{_LEAF})*\}}")
_FLOW_LEAF = pattern(_LEAF)
_FLOW_ENTRY = pattern(rf"({_KEY}): +({_LEAF})")
_FLOW_KEY = pattern(rf"({_KEY}): +")
_FLOW_SIGN = pattern(r" *([,\]}]) *")


class _OtherError(Exception):
    """Not written so by the program, or nobody has looked whether libyaml reads it alike."""


Line: TypeAlias = tuple[str, str, str, str, str, str, str]
"""A line: as it stands, its blanks, its dash, its key with a bare text or with what else it says;
last the rest of a line without a key.
"""


def data(text: str) -> dict[str, Data] | None:
    """Return what `nodes.to_data` gives for the tree of a record's text; None where libyaml is to
    be asked. Parts may be the same object where they say the same: nobody changes them.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if len(text) > _LONGEST or "\t" in text or "\r" in text:
        return None
    if mistakes.odd_characters(text, "") or mistakes.conflicts(text, ""):
        return None
    lines = _LINE.findall(text)
    try:
        found, at = _mapping(lines, 0, 0)
    except _OtherError:
        return None
    return found if at == len(lines) else None


def _mapping(lines: list[Line], at: int, indent: int) -> tuple[dict[str, Data], int]:
    """Read the entries whose keys stand `indent` blanks in; return them and the line after them.

    A line that fits nowhere is not passed by anybody: the whole text is then left to libyaml.
    """
    found: dict[str, Data] = {}
    end = len(lines)
    while at < end:
        whole, blanks, dash, key, bare, said, _rest = lines[at]
        if dash or not key:
            if not _NOTHING.fullmatch(whole):
                break
            at += 1
            continue
        if len(blanks) != indent:
            break
        if key in found:
            raise _OtherError
        if bare:
            found[key] = _bare(bare)
            at += 1
        else:
            read = _value(lines, at, said, indent) if said else _below(lines, at + 1, indent)
            found[key], at = read
    if not found:
        raise _OtherError
    return found, at


def _below(lines: list[Line], at: int, indent: int) -> tuple[Data, int]:
    """Read what stands under a key: a list, also at the key's own column, a mapping, nothing."""
    while at < len(lines) and _NOTHING.fullmatch(lines[at][0]):
        at += 1
    if at == len(lines):
        return None, at
    _whole, blanks, dash, *_said = lines[at]
    inner = len(blanks)
    if dash and inner >= indent:
        return _list(lines, at, inner)
    return _mapping(lines, at, inner) if inner > indent else (None, at)


def _list(lines: list[Line], at: int, indent: int) -> tuple[list[Data], int]:
    """Read the items whose dashes stand `indent` blanks in. The line that a mapping begins on is
    read again as its first entry, without the dash.
    """
    found: list[Data] = []
    item: Data
    while at < len(lines):
        whole, blanks, dash, key, bare, said, rest = lines[at]
        if not dash or len(blanks) != indent:
            if not _NOTHING.fullmatch(whole):
                break
            at += 1
            continue
        if key:
            lines[at] = whole, blanks + "  ", "", key, bare, said, rest
            item, at = _mapping(lines, at, indent + 2)
        else:
            item, at = _item(lines, at, rest)
        found.append(item)
    return found, at


def _item(lines: list[Line], at: int, said: str) -> tuple[Data, int]:
    """A bare text with a colon may be a key that was mistyped: tree.parse looks closer."""
    if not said or said[0] in " |" or (said[0] not in "\"'[{" and (":" in said or "：" in said)):
        raise _OtherError
    return _value(lines, at, said, 0)


def _value(lines: list[Line], at: int, said: str, indent: int) -> tuple[Data, int]:
    first = said[0]
    if first not in _NOT_FIRST or (first == "-" and said[1:2] in _DIGITS):
        said = said.partition(" #")[0].rstrip(" ")
        if ": " in said or said[-1] == ":":
            raise _OtherError
        return _bare(said), at + 1
    if first in "[{":
        return _on_one_line(said), at + 1
    if first == "|":
        return _literal(lines, at + 1, said, indent)
    quoted = (_DOUBLE if first == '"' else _SINGLE).match(said)
    if quoted is None or not _REST.fullmatch(said, quoted.end()):
        raise _OtherError
    return _leaf(quoted[0]), at + 1


def _bare(said: str) -> str | None:
    said = said.rstrip(" ")
    return None if said in NULLS else said


@lru_cache(maxsize=4096)  # deadlines and days of an archive are much the same
def _on_one_line(said: str) -> Data:
    value, end = _flow(said, 0, 0)
    if not _REST.fullmatch(said, end):
        raise _OtherError
    return value


def _literal(lines: list[Line], at: int, head: str, indent: int) -> tuple[str, int]:
    """Read a block of lines as they stand, its first line not empty; empty ones below it are not
    part of it.
    """
    inner = len(lines[at][1]) if at < len(lines) else 0
    body = []
    while at < len(lines) and (not lines[at][0] or lines[at][0].startswith(" " * inner)):
        body.append(lines[at][0][inner:])
        at += 1
    is_known = head in ("|", "|-") and inner > indent and body and body[0]
    below = lines[at][0] if at < len(lines) else ""
    if not is_known or any(map(_is_blank, (*body, below))):
        raise _OtherError
    text = "\n".join(body).rstrip("\n")
    return (text if head == "|-" else text + "\n"), at


def _is_blank(line: str) -> bool:
    """Blanks alone, which may or may not be part of a block."""
    return line != "" and not line.strip(" ")


def _flow(said: str, at: int, depth: int) -> tuple[Data, int]:
    """Read what stands on one line from `at` on; return it and where it ends."""
    if depth > _DEEPEST:
        raise _OtherError
    first = said[at : at + 1]
    if first == "{":
        return _flow_mapping(said, at, depth + 1)
    if first == "[":
        return _flow_list(said, at, depth + 1)
    leaf = _FLOW_LEAF.match(said, at)
    if leaf is None:
        raise _OtherError
    return _leaf(leaf[0]), leaf.end()


def _flow_mapping(said: str, at: int, depth: int) -> tuple[dict[str, Data], int]:
    found: dict[str, Data] = {}
    if said.startswith("{}", at):
        return found, at + 2
    plain = _FLOW_MAPPING.match(said, at)
    if plain:
        pairs = _FLOW_ENTRY.findall(said, at, plain.end())
        found = {key: _leaf(value) for key, value in pairs}
        if len(found) < len(pairs):
            raise _OtherError
        return found, plain.end()
    sign = ","
    at += 1
    while sign == ",":
        key = _FLOW_KEY.match(said, at)
        if key is None or key[1] in found:
            raise _OtherError
        found[key[1]], at = _flow(said, key.end(), depth)
        sign, at = _sign(said, at)
    if sign != "}":
        raise _OtherError
    return found, at


def _flow_list(said: str, at: int, depth: int) -> tuple[list[Data], int]:
    if said.startswith("[]", at):
        return [], at + 2
    plain = _FLOW_LIST.match(said, at)
    if plain:
        return list(map(_leaf, _FLOW_LEAF.findall(said, at + 1, plain.end() - 1))), plain.end()
    found: list[Data] = []
    sign = ","
    at += 1
    while sign == ",":
        item, at = _flow(said, at, depth)
        found.append(item)
        sign, at = _sign(said, at)
    if sign != "]":
        raise _OtherError
    return found, at


def _sign(said: str, at: int) -> tuple[str, int]:
    sign = _FLOW_SIGN.match(said, at)
    if sign is None:
        raise _OtherError
    return sign[1], sign.end() if sign[1] == "," else sign.end(1)


def _leaf(said: str) -> str | None:
    if said[0] == '"':
        inner = said[1:-1]
        return _ESCAPE.sub(_escaped, inner) if "\\" in inner else inner
    if said[0] == "'":
        return said[1:-1].replace("''", "'")
    return _bare(said)


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES[found[1]]
