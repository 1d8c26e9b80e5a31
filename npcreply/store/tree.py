"""How a YAML file becomes a tree with places, and everything that is refused on the way."""

from __future__ import annotations

from typing import NoReturn

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.store import slips, surface
from npcreply.store.nodes import (
    Data,
    Mapping,
    Node,
    Path,
    Scalar,
    Sequence,
    key_at,
    node_at,
    to_data,
)
from npcreply.store.reader import Reader
from npcreply.store.slips import doubts

__all__ = [
    "Data",
    "Mapping",
    "Node",
    "Path",
    "Scalar",
    "Sequence",
    "doubts",
    "key_at",
    "node_at",
    "parse",
    "to_data",
]


def parse(text: str, path: str) -> Mapping:
    """Return the tree of one record; offsets count in `text` as given, a byte order mark included.

    Raises RecordInvalidError whose `findings` name, each with line, column and remedy: duplicate
    keys, anchors, aliases, tags, a second document, depth over 32, more than 2 MB, a top level that
    is no mapping, an empty file, merge marks, odd characters, and whatever YAML cannot read.
    """
    found = surface.too_large(text, path) or surface.conflicts(text, path)
    if found:
        _refuse(path, found)
    found = surface.odd_characters(text, path)
    clean = surface.without_odd(text) if found else text
    reader = Reader(clean, path)
    root = reader.root()
    found += _unread(clean, root, reader, path, {odd.line for odd in found})
    found += reader.findings
    if not found and not isinstance(root, Mapping):
        found.append(_no_mapping(root, path))
    if found or not isinstance(root, Mapping):
        _refuse(path, found)
    return root


def _unread(
    text: str, root: Node | None, reader: Reader, path: str, odd: set[int]
) -> list[Finding]:
    """Where YAML could be read its reading is asked for slips, else the lines themselves; then the
    parser's complaint is given only where nothing else found near it explains it.
    """
    if isinstance(root, Mapping):
        return slips.misread(text, root, path)
    if reader.complaint is None and not isinstance(root, Scalar):
        return []
    said = {finding.line for finding in reader.findings}
    found = [slip for slip in slips.in_lines(text, path) if slip.line not in said]
    complaint = reader.complaint
    if complaint and complaint.finding.line not in said:
        explained = odd.union(finding.line for finding in found)
        found += [complaint.finding] if complaint.lines.isdisjoint(explained) else []
    return found


def _refuse(path: str, found: list[Finding]) -> NoReturn:
    findings = tuple(sorted(found))
    first = findings[0]
    message = _("{place}：{message}").format(place=first.place, message=first.message)
    if len(findings) > 1:
        message = _("{path} 有 {count} 处读不了，第一处在第 {line} 行：{message}").format(
            path=path, count=len(findings), line=first.line, message=first.message
        )
    raise RecordInvalidError(message, findings, first.remedy)


def _no_mapping(root: Node | None, path: str) -> Finding:
    if root is None or (isinstance(root, Scalar) and root.null):
        message = _("文件是空的，没有一个键")
        remedy = _("从备份或 git 里找回内容；不要这个文件，就用 npcreply rm 移走它。")
        return Finding(path, 1, 1, Severity.ERROR, "empty", message, remedy)
    message = _("最外层应当是“键: 值”，一行一个")
    remedy = _("写成“键: 值”，英文冒号后空一格，行首不要“- ”或方括号。")
    return Finding(path, root.line, root.column, Severity.ERROR, "not-a-mapping", message, remedy)
