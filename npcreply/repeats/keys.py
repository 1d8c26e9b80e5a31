"""Keys of a promise: two that surely are one have one in common, so that an index finds the few."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable

from npcreply.repeats.cover import may_be_work, without_scraps
from npcreply.repeats.profile import (
    halves,
    may_name_a_place,
    places_of,
    plain_words,
    runs_of,
    titles_of,
    without_times,
)

OFTEN = 1000  # promises that share a key; what more of them share tells nothing


def keys(folded: str) -> frozenset[str]:
    """Return the keys of a promise, of its folded text: of the places it names the last two
    characters (where a name begins is not told in Chinese), the titles it names, and, where it
    makes a document or the like, all its characters: without a name in common two are one only if
    these are the same.
    """
    plain = plain_words(folded)
    runs = telling_runs(plain)
    places = places_of(runs)
    said = {name[-len(kind) - 1 :] for kind, names in places.items() for name in names}
    said |= {f"《{title}" for title in titles_of(plain)}
    if any(map(may_be_work, runs)):
        said.add("=" + "".join(sorted(set(without_scraps("".join(runs))))))
    return frozenset(map(_short, said))


def telling_runs(plain: str) -> tuple[str, ...]:
    """Return the runs by which there are keys: all of them where there may be a document, else
    those of half-sentences that may name a place.
    """
    if may_be_work(plain):
        told = halves(without_times(plain))
    elif may_name_a_place(plain):
        told = list(filter(may_name_a_place, halves(without_times(plain))))
    else:
        return ()
    return tuple(run for half in told for run in runs_of(half))


def telling(keys: Iterable[Iterable[str]]) -> frozenset[str]:
    """Return the keys that no more than OFTEN of the promises have, whose keys these are."""
    often = Counter(key for one in keys for key in one)
    return frozenset(key for key, times in often.items() if times <= OFTEN)


def _short(key: str) -> str:
    return f"{zlib.crc32(key.encode('utf-8', 'backslashreplace')):x}"
