"""A YAML file as a small tree of frozen nodes, each with the place where it stands in the text."""

from __future__ import annotations

from typing import TypeAlias

from npcreply.dataclass import dataclass

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
Path: TypeAlias = tuple[str | int, ...]

NULLS = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """Characters as typed. `start`, `end`: character offsets; line and column count from 1."""

    value: str
    plain: bool
    start: int
    end: int
    line: int
    column: int

    @property
    def null(self) -> bool:
        """Say whether nothing stands here: plain and empty, `~` or `null`."""
        return self.plain and self.value in NULLS


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list: `flow` in square brackets, else one item a line after dashes."""

    items: tuple[Node, ...]
    flow: bool
    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in file order, no key twice: `flow` in braces, else one a line."""

    pairs: tuple[tuple[Scalar, Node], ...]
    flow: bool
    start: int
    end: int
    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping


def to_data(node: Node) -> Data:
    """Return the node as dict, list, str or None; numbers, dates and booleans stay characters.

    The type of a value comes from the schema, not from its spelling: 0576, no and 12:30 are text
    here. Only a plain scalar that is empty, `~` or `null` is None.
    """
    if isinstance(node, Scalar):
        return None if node.null else node.value
    if isinstance(node, Sequence):
        return [to_data(item) for item in node.items]
    return {key.value: to_data(value) for key, value in node.pairs}


def node_at(node: Node, path: Path) -> Node | None:
    """Return the node that `path` (keys and indexes from `node` down) leads to, else None."""
    at: Node | None = node
    for step in path:
        at = _child(at, step)
    return at


def nearest_node(root: Mapping | None, path: Path) -> Node | None:
    """Return the value that `path` leads to, else the first thing around it that is in the file."""
    while root and path:
        node = node_at(root, path)
        if node:
            return node
        path = path[:-1]
    return root


def key_at(node: Node, path: Path) -> Scalar | None:
    """Return the key scalar at the end of `path`; None where it is no key of a mapping."""
    parent = node_at(node, path[:-1]) if path else None
    if not isinstance(parent, Mapping):
        return None
    return next((key for key, _value in parent.pairs if key.value == path[-1]), None)


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return next((value for key, value in node.pairs if key.value == step), None)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
