"""A doubt about a value of a record → a finding at its line."""

from __future__ import annotations

from collections.abc import Iterable

from npcreply.domain.findings import Doubt, Finding, Place
from npcreply.domain.record.model import Record
from npcreply.store.yaml import tree


def placed(
    doubts: Iterable[Doubt], root: tree.Mapping | None, path: str, record: Record
) -> list[Finding]:
    """Return the doubts as findings, each at its value or the nearest thing around it."""
    return [_finding(doubt, root, path, record) for doubt in doubts]


def nearest_node(root: tree.Mapping | None, at: Place) -> tree.Node | None:
    """Return the value that `at` leads to, else the first thing around it that is in the file."""
    while root and at:
        node = tree.node_at(root, at)
        if node:
            return node
        at = at[:-1]
    return root


def _finding(doubt: Doubt, root: tree.Mapping | None, path: str, record: Record) -> Finding:
    node = nearest_node(root, doubt.at)
    line, column = (node.line, node.column) if node else (0, 0)
    told = (doubt.severity, doubt.code, doubt.message, doubt.remedy)
    return Finding(path, line, column, *told, record=_item(doubt.at, record))


def _item(at: Place, record: Record) -> str:
    """Return the promise that a place lies in, else the record: 2023-温46.1."""
    if len(at) > 1 and at[0] == "measures" and isinstance(at[1], int):
        return f"{record.id}.{record.measures[at[1]].id}"
    return record.id
