"""The words that the rules go by: lists of npcreply/data/phrases.yaml, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from npcreply.store.tree import Data, parse, to_data

_FILE = "phrases.yaml"


@cache
def section(name: str) -> dict[str, Data]:
    """Return one top-level mapping of phrases.yaml."""
    found = _all()[name]
    if not isinstance(found, dict):
        raise TypeError(name)
    return found


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """Return one list of words of a section, in its order."""
    found = section(name)[key]
    if not isinstance(found, list):
        raise TypeError(f"{name}.{key}")
    return tuple(str(word) for word in found)


@cache
def table(name: str, key: str) -> dict[str, str]:
    """Return one mapping of words to words."""
    found = section(name)[key]
    if not isinstance(found, dict):
        raise TypeError(f"{name}.{key}")
    return {word: str(meaning) for word, meaning in found.items()}


def any_of(choices: Iterable[str]) -> str:
    """Return a regex for any of the words, the longest first; no groups."""
    return "(?:" + "|".join(map(re.escape, sorted(choices, key=len, reverse=True))) + ")"


@cache
def _all() -> dict[str, Data]:
    text = (resources.files("npcreply") / "data" / _FILE).read_text("utf-8")
    data = to_data(parse(text, _FILE))
    if not isinstance(data, dict):
        raise TypeError(_FILE)
    return data
