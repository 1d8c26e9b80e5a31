"""Values as they stand in a file: a day or a number that a side wrote bare stays bare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from npcreply.patterns import pattern
from npcreply.store.yaml.dump import Leaf, Value, spelled
from npcreply.store.yaml.nodes import Data, Mapping, Node, Scalar

Bare = frozenset[tuple[str, str]]
"""Keys with the characters that stand without quotes under them."""

_NUMBER = pattern(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NUMBERS = frozenset({"id", "target", "question"})  # given anew where both sides gave one


def bare(roots: Iterable[Node]) -> Bare:
    """Return what is written without quotes anywhere in these trees."""
    return frozenset(pair for root in roots for pair in _bare(root, ""))


def as_written(value: Data, known: Bare, key: str = "") -> Value:
    """Return the data with days, numbers and truths as such where they were `known` bare: they
    are then written without quotes.
    """
    if isinstance(value, dict):
        return {name: as_written(item, known, name) for name, item in value.items()}
    if isinstance(value, list):
        return [as_written(item, known, key) for item in value]
    if value is None or not ((key, value) in known or key in _NUMBERS):
        return value
    leaf = _leaf(value)
    return leaf if spelled(leaf) == value else value


def _leaf(text: str) -> Leaf:
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _bare(node: Node, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Scalar):
        if node.plain:
            yield key, node.value
    elif isinstance(node, Mapping):
        for name, value in node.pairs:
            yield from _bare(value, name.value)
    else:
        for item in node.items:
            yield from _bare(item, key)
