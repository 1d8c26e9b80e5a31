"""The words that promises are compared by: npcreply/data/repeats.yaml, read once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from npcreply.grammar import words as grammar_words
from npcreply.grammar.pattern import Pattern, any_of
from npcreply.patterns import pattern
from npcreply.store.yaml import word_lists
from npcreply.store.yaml.nodes import Data

_FILE = "repeats.yaml"
_NAMED = pattern("<<([a-z_.+]+)>>")


def rx(source: str) -> Pattern:
    """Return a pattern, compiled on first use; `<<places>>` stands for any word of that list (of a
    table, for any of its keys), `<<times+stock>>` for those of both, `<<grammar.place_kinds>>` for
    those of grammar/words.py. KeyError on first use where there is no such list.
    """
    return Pattern(source, _resolved)


@cache
def table(name: str) -> dict[str, str]:
    """Return one mapping of words to words."""
    value = _all()[name]
    if not isinstance(value, dict):
        raise TypeError(name)
    return {word: str(meaning) for word, meaning in value.items()}


@cache
def acts() -> dict[str, str]:
    """Return every word of an act with its kind."""
    kinds = _all()["acts"]
    if not isinstance(kinds, dict):
        raise TypeError("acts")
    return {word: kind for kind in kinds for word in _strings(kinds[kind])}


@cache
def _all() -> dict[str, Data]:
    return word_lists.packed(_FILE)


def _resolved(source: str) -> str:
    return _NAMED.sub(lambda named: any_of(_choices(named[1])), source)


def _choices(names: str) -> Iterable[str]:
    return [word for name in names.split("+") for word in _listed(name)]


def _listed(name: str) -> Iterable[str]:
    if name.startswith("grammar."):
        closed: Iterable[str] = getattr(grammar_words, name.removeprefix("grammar.").upper())
        return closed
    return acts() if name == "acts" else _strings(_all()[name])


def _strings(value: Data) -> list[str]:
    if not isinstance(value, list | dict):
        raise TypeError(_FILE)
    return [str(word) for word in value]
