"""How alike two titles are: the pairs of characters that they have in common (Dice's measure)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import Generic, NamedTuple, TypeVar

from npcreply.dataclass import dataclass
from npcreply.patterns import pattern

NEAR = 0.6
"""From here on two titles are taken for one matter: tried on made-up titles, see the tests."""

_FRAME = pattern(
    r"^关于|的?(?:建议|提案|议案|意见|批评)+$|进一步|加快|推进|推动|加强|加大|力度|完善|切实|大力|积极|"
    r"促进|提升|优化|做好|支持|尽快|继续|深入|全面|若干|有关|相关|我市|全市|我县|我区|本市"
)
_YEAR = pattern(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])(?:\s*年度?)?")
_WORDLESS = pattern(r"[\W_]+")
_NUMBER = pattern(r"[0-9]+(?:\.[0-9]+)?")
_MOST = 64  # candidates of its numbers looked at for one title: the others share less that is rare

K = TypeVar("K")


def plain(text: str) -> str:
    """Return letters, digits and characters alone, in one form and case: what is said, not how it
    is set.
    """
    return _WORDLESS.sub("", unicodedata.normalize("NFKC", text).casefold())


def character_pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters; a lone character stands for itself."""
    return frozenset(text[i : i + 2] for i in range(max(1, len(text) - 1)))


def dice(one: str, other: str) -> float:
    """Return twice the common pairs over all pairs: 1 for the same text, 0 for nothing alike."""
    if not one or not other:
        return 0.0
    return _share(character_pairs(one), character_pairs(other))


def gist(title: str) -> str:
    """Return what a title is about, without 关于…的建议, years and words that fit any matter."""
    bare = _FRAME.sub("", plain(_without_years(title)))
    return bare or plain(title)


@dataclass(frozen=True, slots=True)
class Near(Generic[K]):
    """Titles that say the same and are like the one asked about: their keys, and how like."""

    keys: Sequence[K]
    likeness: float


class Titles(Generic[K]):
    """Titles found again by likeness. Work grows with their number, not with its square: only
    titles that share one of the rarer pairs are held against each other, those that say the same
    as one.

    Titles with other numbers in them (104国道, 228国道) are about other things; years do not count.
    """

    def __init__(self, titles: Iterable[tuple[K, str]]) -> None:
        keys: dict[_Gist, list[K]] = {}
        for key, title in titles:
            keys.setdefault(_Gist(gist(title), _numbers(title)), []).append(key)
        self._keys = list(keys.values())
        self._gists = [(character_pairs(one.gist), one.numbers) for one in keys]
        self._often = Counter(pair for found, _numbers in self._gists for pair in found)
        self._with: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for place, (found, numbers) in enumerate(self._gists):
            for pair in self._rare(found):
                self._with.setdefault((pair, numbers), []).append(place)

    def near(self, title: str, least: float = NEAR) -> list[Near[K]]:
        """Return the titles at least so like this one, itself among them, the likest first, then
        in the order they were given.
        """
        found, numbers = character_pairs(gist(title)), _numbers(title)
        kept = [
            Near(self._keys[place], share)
            for place in self._candidates(found, numbers)
            if (share := _share(found, self._gists[place][0])) >= least
        ]
        return sorted(kept, key=lambda one: -one.likeness)

    def _candidates(self, found: frozenset[str], numbers: tuple[str, ...]) -> Iterator[int]:
        hits: Counter[int] = Counter()
        for pair in self._rare(found):
            hits.update(self._with.get((pair, numbers), ()))
        return (place for place, _times in hits.most_common(_MOST))

    def _rare(self, found: frozenset[str]) -> list[str]:
        """The rarest pairs: two texts as like as `NEAR` have one of these in common, as each has
        NEAR / (2 - NEAR) of its pairs in the other.
        """
        common = ceil(len(found) * NEAR / (2 - NEAR))
        count = max(1, len(found) - common + 1)
        return sorted(found, key=lambda pair: (self._often[pair], pair))[:count]


class _Gist(NamedTuple):
    """What titles say: the same gist with the same numbers is the same."""

    gist: str
    numbers: tuple[str, ...]


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _numbers(title: str) -> tuple[str, ...]:
    return tuple(sorted(_NUMBER.findall(_without_years(title))))


def _without_years(title: str) -> str:
    """Years are looked for where signs still part them from other numbers: 2019-01905 has one."""
    return _YEAR.sub("", unicodedata.normalize("NFKC", title))
