"""The words that tables are read by: npcreply/data/heads.yaml, read once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from npcreply.grammar.pattern import Pattern, any_of
from npcreply.patterns import pattern
from npcreply.store.yaml import word_lists
from npcreply.store.yaml.nodes import Data

_FILE = "heads.yaml"
_ASIDE = pattern(r"\(([^()]*)\)?")
_BLANKS = pattern(r"\s+")
_LIST = pattern("<<([a-z_]+)>>")


def plain(text: str) -> str:
    """Return a text as heads are compared: one width, no blanks, no closing colon."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).rstrip(":")


def without_asides(text: str) -> str:
    """Return a plain text without what stands in brackets: 完成率(%) is 完成率."""
    return _ASIDE.sub("", plain(text)).rstrip(":")


def asides(text: str) -> tuple[str, ...]:
    """Return what stands in brackets: 截至6月底, of 落实进展情况（截至6月底）."""
    return tuple(match[1] for match in _ASIDE.finditer(plain(text)) if match[1])


@cache
def field_of(head: str) -> str | None:
    """Return the field that a head means, whole or without its brackets; None for none."""
    known = _fields()
    return known.get(plain(head)) or known.get(without_asides(head))


@cache
def field_of_slip(head: str) -> str | None:
    """Return the field that a head means in a table of rating slips; None for none."""
    known = _fields("slips")
    return known.get(plain(head)) or known.get(without_asides(head))


@cache
def words(name: str) -> frozenset[str]:
    """Return one list of words, each in its plain form."""
    value = _all()[name]
    if not isinstance(value, list):
        raise TypeError(name)
    return frozenset(plain(str(word)) for word in value)


@cache
def table(name: str) -> Mapping[str, str]:
    """Return one mapping of words to codes."""
    value = _all()[name]
    if not isinstance(value, dict):
        raise TypeError(name)
    return {plain(str(word)): str(code) for word, code in value.items()}


@cache
def status_of(word: str) -> str | None:
    """Return what a word of a column of states means: done, under, open, late, dropped."""
    value = _all()["status"]
    if not isinstance(value, dict):
        raise TypeError("status")
    for code, known in value.items():
        if isinstance(known, list) and plain(word) in {plain(str(each)) for each in known}:
            return str(code)
    return None


def rx(source: str) -> Pattern:
    """Return a pattern, compiled on first use, with lists of heads.yaml named: <<roles>>."""
    return Pattern(source, lambda said: _LIST.sub(lambda named: any_of(words(named[1])), said))


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is nothing: 无, /, —. A 0 is a number."""
    return not plain(text) or plain(text) in words("nothing")


@cache
def _fields(section: str = "fields") -> dict[str, str]:
    value = _all()[section]
    if not isinstance(value, dict):
        raise TypeError(section)
    known: dict[str, str] = {}
    for field, heads in value.items():
        for head in heads if isinstance(heads, list) else ():
            known[plain(str(head))] = field
    return known


def heads() -> tuple[str, ...]:
    """Return every head that is known, as it is compared."""
    return tuple(_fields())


@cache
def known_fields() -> tuple[str, ...]:
    """Return the fields that a column may be taken for."""
    return tuple(dict.fromkeys(_fields().values()))


@cache
def _all() -> dict[str, Data]:
    return word_lists.packed(_FILE)
