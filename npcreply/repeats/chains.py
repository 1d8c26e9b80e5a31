"""Promises that are one, year after year, as groups; those that may be one, two by two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.record.links import record_of
from npcreply.domain.similarity import plain
from npcreply.repeats.deciding import Doubt, Said, Same, verdict
from npcreply.repeats.pool import candidates
from npcreply.repeats.profile import profile

_ENOUGH = 5  # characters of content of a sentence that is a copy, not a phrase; an act is two
_MOST = 30  # promises of different words in a set that one more is held against


class Kind(StrEnum):
    """What a group of promises is."""

    AGAIN = "again"
    SAME_YEAR = "same_year"
    COPIED = "copied"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Group:
    """Promises that are one, oldest first: made in several years, in one year by several letters
    in words of their own, or copied word for word into several letters of one year. A doubtful
    group has two, and what speaks against them.
    """

    kind: Kind
    ids: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What somebody has said already: pairs of ids that are one, and pairs that are not."""

    one: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()


def groups(
    promises: Mapping[str, Said], known: Known, wanted: Collection[str] | None = None
) -> list[Group]:
    """Return every group among the promises, which are given by id, oldest first; only those of
    the `wanted` ones, where some are. Promises of one record are never held against each other.
    """
    linked = Linked(promises, known)
    doubtful: list[tuple[str, str, tuple[Doubt, ...]]] = []
    for one, other in _copies(promises, known):
        linked.join(one, other)
    for one, other in _pairs(promises, known):
        if wanted is not None and one not in wanted and other not in wanted:
            continue
        found = verdict(promises[one], promises[other])
        if found.same is Same.SURE:
            linked.join(one, other)
        elif found.same is Same.DOUBTFUL:
            doubtful.append((one, other, found.doubts))
    sure = [_group(ids, promises) for ids in linked.sets()]
    unsure = [
        Group(Kind.DOUBTFUL, (one, other), doubts)
        for one, other, doubts in doubtful
        if not linked.joined(one, other) and promises[one].year != promises[other].year
    ]
    return sure + unsure


def _copies(promises: Mapping[str, Said], known: Known) -> Iterator[tuple[str, str]]:
    """Yield every promise of a letter with the first of the year that says just the same, where
    that is more than words that fit anything.
    """
    first: dict[Said, str] = {}
    for name, said in promises.items():
        other = first.setdefault(said, name)
        if other != name and _asked(other, name, known) and _says_enough(said):
            yield other, name


def _says_enough(said: Said) -> bool:
    found = profile(said.text)
    return found.size + 2 * len(found.acts) >= _ENOUGH


def _pairs(promises: Mapping[str, Said], known: Known) -> Iterator[tuple[str, str]]:
    """Yield pairs that may be one; of promises that say just the same only the first is tried."""
    first: dict[Said, list[str]] = {}
    for name, said in promises.items():
        first.setdefault(said, []).append(name)
    heads = [same[0] for same in first.values()]
    texts = [promises[name].text for name in heads]
    for one, other in candidates(texts):
        if _asked(heads[one], heads[other], known):
            yield heads[one], heads[other]


def _asked(one: str, other: str, known: Known) -> bool:
    pair = frozenset((one, other))
    return record_of(one) != record_of(other) and pair not in known.one | known.apart


class Linked:
    """Promises joined two by two into sets: never two that somebody has told apart, or that surely
    are not one, by way of a third.
    """

    def __init__(self, promises: Mapping[str, Said], known: Known) -> None:
        self._promises = promises
        self._apart = known.apart
        self._set: dict[str, list[str]] = {}
        for one, other in map(sorted, known.one):
            if one in promises and other in promises:
                self._merge(one, other)

    def join(self, one: str, other: str) -> None:
        """Join the sets of both, unless one of the one surely is not one of the other."""
        first, second = self._of(one), self._of(other)
        if first is second or self._told_apart(first, second):
            return
        if not any(self._against(a, b) for a in self._said(first) for b in self._said(second)):
            self._merge(one, other)

    def joined(self, one: str, other: str) -> bool:
        return self._of(one) is self._of(other)

    def sets(self) -> list[list[str]]:
        """Return the sets of at least two, each in the order of its promises."""
        order = {name: place for place, name in enumerate(self._promises)}
        whole = {id(ids): ids for ids in self._set.values()}.values()
        found = {min(ids, key=order.__getitem__): ids for ids in whole}
        return [
            sorted(found[first], key=order.__getitem__)
            for first in sorted(found, key=order.__getitem__)
        ]

    def _of(self, id: str) -> list[str]:
        return self._set.get(id, [id])

    def _merge(self, one: str, other: str) -> None:
        first, second = self._of(one), self._of(other)
        whole = [*first, *(name for name in second if name not in first)]
        self._set.update(dict.fromkeys(whole, whole))

    def _said(self, ids: Sequence[str]) -> list[Said]:
        return list(dict.fromkeys(self._promises[name] for name in ids))[:_MOST]

    def _told_apart(self, first: Sequence[str], second: Sequence[str]) -> bool:
        return bool(self._apart) and any(
            frozenset((one, other)) in self._apart for one in first for other in second
        )

    def _against(self, one: Said, other: Said) -> bool:
        return one != other and verdict(one, other).same is Same.NO


def _group(ids: Sequence[str], promises: Mapping[str, Said]) -> Group:
    years = {promises[name].year for name in ids}
    if len(years) > 1:
        return Group(Kind.AGAIN, tuple(ids))
    copied = _copied(promises[name] for name in ids)
    return Group(Kind.COPIED if copied else Kind.SAME_YEAR, tuple(ids))


def _copied(promises: Iterable[Said]) -> bool:
    texts = {plain(said.text) for said in promises}
    return len(texts) == 1
