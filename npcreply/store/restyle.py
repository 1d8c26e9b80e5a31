"""How a scalar that stands in a file is written anew in the style in which it stands."""

from __future__ import annotations

import re
from datetime import date

from npcreply.store.dump import Leaf, literal, quoted, scalar, spelled
from npcreply.store.nodes import Scalar
from npcreply.store.splices import Splices

_HEADER = re.compile(r"[|>][-+0-9]*([^\r\n]*)")
_CONTENT = re.compile(r"(?:\r\n|\n|\r)( *)[^ \r\n]")
_NEEDS_ESCAPE = re.compile("[^ !-~\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
INDENT = 2


def restyled(splices: Splices, node: Scalar, wanted: Leaf, indent: int, *, flow: bool) -> str:
    """Return what is to stand in place of `node`, whose key or dash stands `indent` blanks in.

    Text and dates keep single quotes, double quotes or a block scalar where these can hold them;
    numbers, booleans and null are always bare.
    """
    style = splices.text[node.start : node.start + 1]
    words = spelled(wanted) if isinstance(wanted, str | date) else None
    if node.plain or words is None:
        return fresh(splices, node.end, wanted, indent, flow=flow)
    if style == "'" and not _NEEDS_ESCAPE.search(words):
        return "'" + words.replace("'", "''") + "'"
    if style in "|>":
        return _block(splices, node, words, indent)
    return quoted(words)


def fresh(splices: Splices, end: int, wanted: Leaf, indent: int, *, flow: bool) -> str:
    """Return a leaf without a style of its own, to stand up to `end`: text of several lines is a
    literal block where nothing follows on that line.
    """
    lines = literal(wanted) if isinstance(wanted, str) and "\n" in wanted else None
    if lines is None or flow or not splices.ends_line(end):
        return scalar(wanted)
    return _joined(splices, end, lines, indent + INDENT)


def _block(splices: Splices, node: Scalar, words: str, indent: int) -> str:
    """The comment behind the block's sign stays, and so does the indentation of its lines."""
    source = splices.text[node.start : node.end]
    header, content = _HEADER.match(source), _CONTENT.search(source)
    comment = header[1] if header else ""
    lines = literal(words)
    if lines is None:
        return quoted(words) + comment
    inner = len(content[1]) if content else indent + INDENT
    return _joined(splices, node.start, [lines[0] + comment, *lines[1:]], inner)


def _joined(splices: Splices, at: int, lines: list[str], indent: int) -> str:
    indented = [" " * indent + line if line else "" for line in lines[1:]]
    return splices.line_break(at).join([lines[0], *indented])
