"""What a promise and its numbers go by: the pairs of characters that tell them from others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import sqrt

from npcreply.dataclass import dataclass
from npcreply.extract.numbers import quantities
from npcreply.extract.text.normalized import shadow
from npcreply.extract.words import rx
from npcreply.reports.model import Zone

_GENERIC = rx("<<reports.generic>>(?!率)")  # but 开工率 is a name
_VERB = rx("<<promises.concrete>>")
_OTHER = rx(
    "[^一-龥A-Za-z]+|[了的在已共又也都均是有为达到至约近超仅还再各从由将与和及其该本我们第个]"
)
_LETTERS = rx("[一-龥A-Za-z]+")
_PARTS = rx("[,;、。和及与]|以及")
_SHORTEST_PART = 3  # pairs of a part of a promise that says enough by itself


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return the text in plain characters, as reports are read."""
    return shadow(text).text


@lru_cache(maxsize=8192)
def without_numbers(text: str) -> str:
    """Return a plain text without its quantities."""
    for hit in reversed(list(quantities.find(text))):
        text = text[: hit.start] + " " + text[hit.end :]
    return text


@lru_cache(maxsize=4096)
def quantities_of(text: str) -> frozenset[str]:
    """Return the quantities of a plain text as words: the 20亿元 of 20亿元以上项目."""
    hits = quantities.find(text)
    return frozenset(text[hit.number_start : hit.number_end] for hit in hits if hit.unit)


def content(text: str) -> list[str]:
    """Return the words of a plain text that say what it is about, as unbroken runs; a verb of many
    promises is a run by itself.
    """
    bare = _VERB.sub(lambda verb: f" {verb[0]} ", _GENERIC.sub(" ", text))
    return [run for run in _LETTERS.findall(_OTHER.sub(" ", bare)) if len(run) > 1]


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters of a plain text's content."""
    return frozenset(run[at : at + 2] for run in content(text) for at in range(len(run) - 1))


@lru_cache(maxsize=8192)
def pairs_of_all(text: str) -> frozenset[str]:
    """Return every pair of neighbouring letters, the general words' among them, and quantities."""
    runs = _LETTERS.findall(text)
    found = frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))
    return found | quantities_of(text)


@dataclass(frozen=True, slots=True)
class Key:
    """The pairs that a name is known by; of a name of general words alone, all of them. `parts`:
    those of each part of a promise that says several things.
    """

    pairs: frozenset[str]
    parts: tuple[frozenset[str], ...] = ()

    @classmethod
    def of_number(cls, name: str) -> Key:
        """The key of what is counted; a bound in its name (20亿元以上) tells it from others."""
        words = plain(name)
        own = pairs(without_numbers(words)) or pairs_of_all(without_numbers(words))
        return cls(own | quantities_of(words))

    @classmethod
    def of_promise(cls, text: str) -> Key:
        """The key of a promise's words, and of their parts."""
        words = without_numbers(plain(text))
        parts = [pairs(part) for part in _PARTS.compiled.split(words)]
        long = tuple(part for part in parts if len(part) >= _SHORTEST_PART)
        return cls(pairs(words) or pairs_of_all(words), long)


class Weights:
    """How much a pair tells: one that many names have tells little."""

    def __init__(self, keys: Iterable[Key], titles: str = "") -> None:
        self._many = Counter(pair for key in keys for pair in key.pairs)
        self._titles = pairs(plain(titles))

    def covered(self, key: Key, zones: Sequence[Zone], since: float = 0) -> float:
        """Return how much of a name stands in the zones of at least the weight `since`: 0 to 1."""
        held = [(zone.weight, pairs_of_all(zone.words)) for zone in zones if zone.weight >= since]
        parts = (_OF_PART * self._covered(part, held) for part in key.parts)
        return max((self._covered(key.pairs, held), *parts))

    def _covered(
        self, wanted: frozenset[str], held: Sequence[tuple[float, frozenset[str]]]
    ) -> float:
        whole = sum(self._of(pair) for pair in wanted)
        found = sum(
            self._of(pair) * max((weight for weight, own in held if pair in own), default=0)
            for pair in wanted
        )
        return found / whole if whole else 0.0

    def _of(self, pair: str) -> float:
        common = _OF_TITLE if pair in self._titles else 1.0
        return common / sqrt(max(1, self._many[pair]))


_OF_PART = 0.95
_OF_TITLE = 0.4  # what the record's title says, all of its promises may say


def foreign(said: str, known: frozenset[str]) -> float:
    """Return which share of a statement's own words no name at hand has: 0 to 1."""
    own = pairs(without_numbers(said))
    return len(own - known) / len(own) if own else 0.0
