"""Whether two promises are the same one: surely, perhaps and why not surely, or not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import chain, islice

from npcreply.dataclass import dataclass
from npcreply.repeats.bodies import same_body, same_region
from npcreply.repeats.contrast import contrasts
from npcreply.repeats.cover import Cover
from npcreply.repeats.profile import Profile, amounts, may_be_one, profile

_MOST = 0.75  # of the shorter one's content: as much makes two promises one, if nothing speaks
_LEAST = 3  # characters, of two that name no place: less is said by many
_NEARLY = 0.85  # against it; two that say nearly all of the same name no place
_HALF = 0.3
_OBJECT = 2  # characters of what is done there, beside the name of the place
_LONG_OBJECT = 4
_TIMES = Decimal(2)  # as much more is another undertaking, at one place too
_LONG = 8  # characters of content: as much in common is seldom chance
_FEW = 2  # doubts with which a pair is still worth a clerk's look


class Same(StrEnum):
    """How sure it is that two promises are one."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    NO = "no"


class Why(StrEnum):
    """What speaks against it; the words are the view's."""

    REGION = "region"
    PLACE = "place"
    NUMBERED = "numbered"
    TITLE = "title"
    REFUSED = "refused"
    BODY = "body"
    ACT = "act"
    STAGE = "stage"
    QUANTITY = "quantity"
    YEARLY = "yearly"
    VAGUE = "vague"
    OTHER_WORDS = "other_words"
    LITTLE = "little"


@dataclass(frozen=True, slots=True)
class Said:
    """A promise as it is compared: its words, who must act (full names), where, in which year."""

    text: str
    year: int | None = None
    bodies: tuple[str, ...] = ()
    region: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that speaks against it, with the words of each side."""

    why: Why
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two promises are the same, and what speaks against it."""

    same: Same
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pair:
    one: Said
    other: Said
    mine: Profile
    yours: Profile
    cover: Cover

    @property
    def sides(self) -> tuple[Profile, Profile]:
        return self.mine, self.yours


def surely(one: Said, other: Said) -> bool:
    """Return whether they surely are the same: quicker than `verdict`, which says why not."""
    pair = _pair(one, other)
    if not pair.cover.names and not pair.cover.work:
        return False
    return next(_refusals(pair), None) is None and not _doubts(pair)


def _pair(one: Said, other: Said) -> _Pair:
    mine, yours = profile(one.text), profile(other.text)
    return _Pair(one, other, mine, yours, Cover.of(mine, yours))


def verdict(one: Said, other: Said) -> Verdict:
    """Return whether they are the same promise."""
    pair = _pair(one, other)
    against = next(_refusals(pair), None)
    if against:
        return Verdict(Same.NO, (against,))
    doubts = _doubts(pair)
    if not doubts:
        return Verdict(Same.SURE)
    return Verdict(Same.DOUBTFUL if _worth_a_look(pair, doubts) else Same.NO, doubts)


def _worth_a_look(pair: _Pair, doubts: tuple[Doubt, ...]) -> bool:
    much = pair.cover.least >= _MOST and pair.cover.common >= _LEAST
    if pair.cover.common >= _LONG and not all(pair.cover.alone):
        return True  # one says all that the other says, and more
    return bool(pair.cover.names or much) and len(doubts) <= _FEW


def _refusals(pair: _Pair) -> Iterator[Doubt]:
    """What makes two promises of them whatever else they have in common."""
    if not same_region(pair.one.region, pair.other.region):
        yield Doubt(Why.REGION, pair.one.region, pair.other.region)
    yield from _other_places(pair)
    for of in pair.mine.numbered.keys() & pair.yours.numbered.keys():
        if pair.mine.numbered[of].isdisjoint(pair.yours.numbered[of]):
            yield Doubt(Why.NUMBERED, *(_numbers(p, of) for p in pair.sides))
    if pair.mine.refused is not pair.yours.refused:
        yield Doubt(Why.REFUSED)
    if pair.cover.common < _OBJECT:
        yield Doubt(Why.LITTLE)


def _other_places(pair: _Pair) -> Iterator[Doubt]:
    """Both name a place of one kind (路, 村), and none is the same."""
    mine, yours = pair.mine.places, pair.yours.places
    for kind in sorted(mine.keys() & yours.keys()):
        if not any(may_be_one(a, b) for a in mine[kind] for b in yours[kind]):
            yield Doubt(Why.PLACE, *("、".join(sorted(found[kind])) for found in (mine, yours)))


def _elsewhere(pair: _Pair) -> Iterator[Doubt]:
    """Beside what both name, each names a place, a side (南岸) or a stretch of its own."""
    mine, yours = pair.mine, pair.yours
    for kind in sorted(mine.places.keys() & yours.places.keys()):
        here, there = mine.places[kind], yours.places[kind]
        own = _unshared(here, there), _unshared(there, here)
        if all(own):
            yield Doubt(Why.PLACE, *("、".join(sorted(found)) for found in own))
    if mine.sides and yours.sides and mine.sides.isdisjoint(yours.sides):
        yield Doubt(Why.PLACE, "、".join(sorted(mine.sides)), "、".join(sorted(yours.sides)))
    if mine.stretches and yours.stretches and mine.stretches.isdisjoint(yours.stretches):
        yield Doubt(Why.PLACE, *(_stretches(side) for side in pair.sides))


def _unshared(names: frozenset[str], others: frozenset[str]) -> list[str]:
    return [name for name in names if not any(may_be_one(name, other) for other in others)]


def _stretches(found: Profile) -> str:
    return "、".join(f"{a}至{b}段" if b else a for a, b in sorted(found.stretches))


def _numbers(found: Profile, of: str) -> str:
    return "、".join(number + of for number in sorted(found.numbered.get(of, ())))


def _doubts(pair: _Pair) -> tuple[Doubt, ...]:
    """Return what speaks against it; quantities and words in one place only where nothing else
    does.
    """
    other_words = (Doubt(Why.OTHER_WORDS, *words) for words in contrasts(*pair.sides))
    last = chain(_other_amounts(pair, _TIMES), other_words)
    return tuple(_general(pair)) or tuple(islice(last, 1))


def _general(pair: _Pair) -> Iterator[Doubt]:
    if pair.cover.names:
        yield from _done_there(pair)
    else:
        yield from _without_a_name(pair)
    yield from _elsewhere(pair)
    yield from _acts(pair)
    if all(side.recurring or side.acts & _EVERY_YEAR for side in pair.sides):
        yield Doubt(Why.YEARLY)


def _done_there(pair: _Pair) -> Iterator[Doubt]:
    """At one place the same thing is done: what, and how, is to be among the common words."""
    enough = _OBJECT if pair.cover.least >= _HALF else _LONG_OBJECT
    if pair.cover.objects < enough and any(pair.cover.alone):
        yield Doubt(Why.OTHER_WORDS, *pair.cover.alone)


def _without_a_name(pair: _Pair) -> Iterator[Doubt]:
    """No name tells them from others: all of it is to be the same, numbers and department too."""
    if pair.cover.least < _NEARLY or any(pair.cover.alone):
        yield Doubt(Why.OTHER_WORDS, *pair.cover.alone)
    if not same_body(pair.one.bodies, pair.other.bodies):
        yield Doubt(Why.BODY, "、".join(pair.one.bodies), "、".join(pair.other.bodies))
    mine, yours = (amounts(side.text) for side in pair.sides)
    yield from islice(_other_amounts(pair, Decimal(1)), 1)
    if not pair.cover.work:
        yield Doubt(Why.YEARLY if mine and yours else Why.VAGUE)


def _other_amounts(pair: _Pair, times: Decimal) -> Iterator[Doubt]:
    """Yield the units of which every quantity of one side is more than so many times any of the
    other's.
    """
    mine, yours = (amounts(side.text) for side in pair.sides)
    for unit in sorted(mine.keys() & yours.keys()):
        near = (max(a, b) <= times * min(a, b) for a in mine[unit] for b in yours[unit])
        if not any(near):
            yield Doubt(Why.QUANTITY, _values(mine, unit), _values(yours, unit))


def _values(found: dict[str, frozenset[Decimal]], unit: str) -> str:
    return "、".join(f"{value:f}{unit}" for value in sorted(found[unit]))


_EARLY = frozenset({"study", "prepare"})
_MADE = frozenset({"build", "install", "open", "restore"})
_EVERY_YEAR = frozenset({"check", "teach", "pay", "hold"})
_ALONE = _EVERY_YEAR | {"keep", "apply"}  # is no part of making something
_UNMADE = frozenset({"close", "remove"})


def _undone(one: frozenset[str], other: frozenset[str]) -> bool:
    """One side does away with what the other makes or keeps; what is pulled down to be built anew
    is made.
    """
    return bool(one & _UNMADE and other and not other & _UNMADE and "build" not in one)


def _acts(pair: _Pair) -> Iterator[Doubt]:
    one, other = pair.mine.acts, pair.yours.acts
    alike = bool(one & other or (one & _MADE and other & _MADE))
    lacking = not one or not other
    alike = alike and not _undone(one, other) and not _undone(other, one)
    alike = alike and not (one ^ other) & _ALONE
    if not alike and not (lacking and pair.cover.objects >= _LONG_OBJECT):
        yield Doubt(Why.ACT)
    early = [bool(p.stages) and p.stages <= _EARLY for p in pair.sides]
    if early[0] is not early[1]:
        yield Doubt(Why.STAGE)
