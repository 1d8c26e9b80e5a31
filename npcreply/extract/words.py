"""The words that the rules go by: lists of npcreply/data/phrases.yaml, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from npcreply.grammar import words as grammar_words
from npcreply.grammar.pattern import Pattern, any_of
from npcreply.patterns import pattern
from npcreply.store.yaml import word_lists
from npcreply.store.yaml.nodes import Data

__all__ = ["any_of", "imperative", "listed", "rx", "section", "selves", "table", "words"]

_FILE = "phrases.yaml"


@cache
def section(name: str) -> dict[str, Data]:
    """Return one top-level mapping of phrases.yaml."""
    value = _all()[name]
    if not isinstance(value, dict):
        raise TypeError(name)
    return value


@cache
def words(name: str, key: str) -> tuple[str, ...]:
    """Return one list of words of a section, in its order."""
    value = section(name)[key]
    if not isinstance(value, list):
        raise TypeError(f"{name}.{key}")
    return tuple(str(word) for word in value)


@cache
def table(name: str, key: str) -> dict[str, str]:
    """Return one mapping of words to words."""
    value = section(name)[key]
    if not isinstance(value, dict):
        raise TypeError(f"{name}.{key}")
    return {word: str(meaning) for word, meaning in value.items()}


@cache
def _all() -> dict[str, Data]:
    return word_lists.packed(_FILE)


@cache
def listed(section: str, key: str) -> re.Pattern[str]:
    """Return a pattern for any word of a list."""
    return re.compile(any_of(words(section, key)))


_NAMED = pattern(r"<<([a-z_.:+\d-]+)>>")
_LIST = pattern(r"([-+]?)([a-z_]+)\.([a-z_]+)(?::(\d))?")


def rx(source: str) -> Pattern:
    """Return a pattern, compiled on first use, with word lists of phrases.yaml named in place:
    `rx("<<promises.linking>>了")`. A list stands for any of its words, a table for its keys;
    `<<page.words:2>>` for those of at least two characters, `<<page.labels+letter.classes>>` for
    those of both, `<<promises.imperative-promises.leading>>` for those of the first that the
    second has not, the longest first; `<<grammar.at_most>>` is AT_MOST of grammar/words.py.

    KeyError on first use where phrases.yaml has no such list.
    """
    return Pattern(source, _resolved)


def _resolved(source: str) -> str:
    return _NAMED.sub(lambda named: any_of(_choices(named[1])), source)


def _choices(names: str) -> Iterable[str]:
    """The words of the lists that one `<<...>>` names."""
    chosen: dict[str, None] = {}
    for sign, group, key, shortest in _LIST.findall(names):
        for word in _listed(group, key):
            if sign == "-":
                chosen.pop(word, None)
            elif len(word) >= int(shortest or 1):
                chosen[word] = None
    return chosen


def _listed(group: str, key: str) -> Iterable[str]:
    if group == "grammar":
        closed: Iterable[str] = getattr(grammar_words, key.upper())
        return closed
    return table(group, key) if isinstance(section(group)[key], dict) else words(group, key)


def selves() -> re.Pattern[str]:
    """Return the pattern of the words by which a body calls itself: 我局, 我市."""
    return listed("departments", "self")


def imperative() -> re.Pattern[str]:
    """Return the pattern of what an order begins with: its verb, or an adverb before it."""
    return listed("promises", "imperative")
