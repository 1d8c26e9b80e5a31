"""Many promises, and which of them may be one: found by what is rare, not by trying every two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from npcreply.repeats.profile import traits

_OFTEN = 200  # promises that share a name or a pair; what more of them share tells nothing
_RARE = 8  # pairs of one promise by which it is looked for
_SHARED = 3  # of these pairs that another has as well
_NEARLY = 0.7
Traits: TypeAlias = tuple[frozenset[str], frozenset[str]]
_MOST = 20  # others that one promise is held against, those that share most


def candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of every two promises that may be one, the earlier place first.

    They share a name (人民路) or several of their rarest pairs of characters. What more than
    `_OFTEN` promises share is passed over, so that work grows with their number, not its square.
    """
    found = [traits(text) for text in texts]
    often = Counter(pair for _names, pairs in found for pair in pairs)
    named: dict[str, list[int]] = {}
    having: dict[str, list[int]] = {}
    for place, (names, pairs) in enumerate(found):
        hits: Counter[int] = Counter()
        for name in names:
            hits.update(dict.fromkeys(named.get(name, ()), _SHARED))
        rare = _rare(pairs, often)
        for pair in rare:
            hits.update(having.get(pair, ()))
        for other, shared in hits.most_common(_MOST):
            if shared >= min(_SHARED, len(rare) or 1) and _may_be_one(found[other], found[place]):
                yield other, place
        _keep(named, names, place)
        _keep(having, rare, place)


def _may_be_one(one: Traits, other: Traits) -> bool:
    """At one place something else is common too; without a name nearly everything is."""
    common = len(one[1] & other[1])
    names = one[0] & other[0]
    if names:
        return common > sum(len(name) - 1 for name in names) or one[0] == other[0]
    return common >= _NEARLY * min(len(one[1]), len(other[1]))


def _rare(pairs: frozenset[str], often: Counter[str]) -> list[str]:
    shared = (pair for pair in pairs if 1 < often[pair] <= _OFTEN)
    return sorted(shared, key=lambda pair: (often[pair], pair))[:_RARE]


def _keep(table: dict[str, list[int]], keys: Iterable[str], place: int) -> None:
    for key in keys:
        members = table.setdefault(key, [])
        if len(members) < _OFTEN:
            members.append(place)
