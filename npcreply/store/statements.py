"""The lines of a YAML file that is broken: which of them must begin something of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BREAK = re.compile(r"\r\n|\n|\r")
_LEAD = re.compile(r"( *)((?:- +)*)")
_BLOCK = re.compile(r"(?:.*[:-] +|)[|>][-+0-9]{0,2} *(?:#.*)?$")
_OPENER = re.compile(r"(?:.*[:：])? *(?:#.*)?$|-$")
_KEYED = re.compile(r"[^\s\"'\[{][^:]*:(?: |$)")
_QUOTED = re.compile(r"(?:: +|- +)(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Statement:
    """A line with words, outside block scalars and quotes over several lines.

    `fresh`: it cannot continue the line above it; `aligned`: it is not deeper than the key above,
    so it must be a key itself.
    """

    number: int
    text: str
    indent: int
    body: str  # without indentation and dashes
    dashed: bool
    fresh: bool
    aligned: bool

    @property
    def column(self) -> int:
        """Return where the body begins, from 1."""
        return len(self.text) - len(self.body) + 1


def statements(text: str) -> Iterator[Statement]:
    """Yield the lines of `text`, as well as they can be told apart without a parser."""
    quoted = _inside_quotes(text)
    last, opened, block = 1, True, -1  # the column of the last key; the parent of a block scalar
    for number, line in enumerate(_BREAK.split(text), 1):
        statement = _statement(number, line.rstrip(), last, opened=opened)
        if not statement.body or statement.body.startswith("#") or number in quoted:
            continue
        if 0 <= block < statement.indent:
            continue
        yield statement
        block = _parent(statement) if _BLOCK.match(statement.body) else -1
        if statement.fresh:
            last, opened = statement.column, _OPENER.match(statement.body) is not None


def _statement(number: int, line: str, last: int, *, opened: bool) -> Statement:
    lead = _LEAD.match(line)
    indent, dashes = (lead[1], lead[2]) if lead else ("", "")
    body = line[len(indent) + len(dashes) :]
    aligned = not dashes and len(indent) < last
    fresh = bool(dashes) or aligned or opened
    return Statement(number, line, len(indent), body, bool(dashes), fresh, aligned)


def _parent(statement: Statement) -> int:
    """The indentation that a block scalar's lines must exceed."""
    return statement.column - 1 if _KEYED.match(statement.body) else statement.indent


def _inside_quotes(text: str) -> frozenset[int]:
    inside: set[int] = set()
    line = 1
    reached = 0
    for quote in _QUOTED.finditer(text):
        line += len(_BREAK.findall(text, reached, quote.start()))
        lines = len(_BREAK.findall(text, quote.start(), quote.end()))
        inside.update(range(line + 1, line + lines + 1))
        line, reached = line + lines, quote.end()
    return frozenset(inside)
