"""Our reading and a draft made elsewhere, side by side: what both have, and what only one has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.extract.candidates import Candidate, candidates
from npcreply.extract.draft import Draft
from npcreply.extract.header import Header
from npcreply.extract.model import Drafted, Goal, Promise
from npcreply.extract.reasons import against
from npcreply.extract.second.shape import Refused
from npcreply.extract.second.standing import RULE, Checked
from npcreply.language import _, listed

_HALF = 2  # two quotes speak of one promise where they share half of the shorter one

Offer = tuple[Promise | None, tuple[Goal, ...]]


@dataclass(frozen=True, slots=True)
class Differs:
    """One promise or header field that the two read differently: its words, how."""

    words: str
    how: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How two drafts of one letter differ. `agree` counts promises and targets that both have with
    one day and the same numbers, `fields` header values that are the same; `theirs` and `ours` are
    the words of what only one has.
    """

    agree: int
    fields: int
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    differ: tuple[Differs, ...]
    header: tuple[tuple[str, str, str], ...]
    refused: tuple[Refused, ...]


def compared(found: Draft, other: Checked) -> tuple[Draft, Compared]:
    """Return our draft with what only the other one has beside it, and how the two differ."""
    own = candidates(found)
    offers: list[Offer] = []
    theirs: list[str] = []
    differ: list[Differs] = []
    met: set[int] = set()
    agree = 0
    for promise, goals in _pairs(other):
        same = _match(promise, goals, own)
        met |= {same.number} if same else set()
        how = _difference(same, promise, goals, other.undated) if same else ""
        words = (promise or goals[0]).quote
        if same and not how:
            agree += 1
            continue
        if same:
            differ.append(Differs(words, how))
        else:
            theirs.append(words)
        offers.append(_offered(promise, goals, how))
    ours = tuple(one.main.quote for one in own if one.number not in met)
    header, fields, others = _headers(found.header, other.header)
    told = Compared(agree, fields, tuple(theirs), ours, tuple(differ), others, other.refused)
    return replace(found, header=header, beside=tuple(offers)), told


def _pairs(other: Checked) -> list[Offer]:
    alone: list[Offer] = [(None, (goal,)) for goal in other.alone]
    return [*other.promises, *alone]


def _match(
    promise: Promise | None, goals: tuple[Goal, ...], own: Sequence[Candidate]
) -> Candidate | None:
    """Our candidate that speaks of the same: of a target alone the one with its number."""
    place = promise or goals[0]
    shared = {one.number: _shared(place, one.main) for one in own}
    near = [one for one in own if shared[one.number]]
    if promise is None:
        near = [one for one in near if _numbers(goals) <= _numbers(one.goals)] or near
    return max(near, key=lambda one: shared[one.number], default=None)


def _shared(one: Promise | Goal, other: Promise | Goal) -> int:
    """How many characters two places share, 0 for less than half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return shared if shared * _HALF >= shorter and shared > 0 else 0


def _numbers(goals: Sequence[Goal]) -> set[tuple[Decimal, str | None]]:
    return {(goal.value, goal.unit) for goal in goals}


def _difference(
    own: Candidate, promise: Promise | None, goals: Sequence[Goal], undated: frozenset[int]
) -> str:
    """How the other draft reads the same promise, "" where it reads it alike."""
    parts = []
    theirs, ours = _day(promise, goals), _day(own.promise, own.goals)
    refused = (promise or goals[0]).start in undated
    if theirs != ours and not refused and not (promise is None and theirs is None):
        words = _("时限它写 {theirs}，这里 {ours}")
        parts.append(words.format(theirs=theirs or _("没有"), ours=ours or _("没有")))
    more = _numbers(goals) - _numbers(own.goals)
    less = _numbers(own.goals) - _numbers(goals) if promise else set()
    if more:
        parts.append(_("它多了 {numbers}").format(numbers=_printed(more)))
    if less:
        parts.append(_("它没有 {numbers}").format(numbers=_printed(less)))
    return listed(parts)


def _day(promise: Promise | None, goals: Sequence[Goal]) -> date | None:
    """The day of a promise, else the one that its targets have."""
    days = [promise.deadline if promise else None, *(goal.deadline for goal in goals)]
    return next((day.value for day in days if day and day.sure), None)


def _printed(numbers: set[tuple[Decimal, str | None]]) -> str:
    return listed(sorted(f"{value:f}{unit or ''}" for value, unit in numbers))


def _offered(promise: Promise | None, goals: tuple[Goal, ...], how: str) -> Offer:
    """What is offered, with its doubt: only theirs, or read otherwise than ours."""
    doubt = against("second_reader_differs", facts={"how": how}) if how else against(RULE)
    if promise:
        return replace(promise, doubt=doubt), goals
    return None, tuple(replace(goal, doubt=doubt) for goal in goals)


def _headers(
    own: Header, theirs: dict[str, Drafted[Any]]
) -> tuple[Header, int, tuple[tuple[str, str, str], ...]]:
    """The header with what only the other draft has, doubtful; how many values are the same, and
    those that differ: the field, ours, theirs.
    """
    fields = 0
    others: list[tuple[str, str, str]] = []
    filled: dict[str, Any] = {}
    for name, value in theirs.items():
        ours = getattr(own, name)
        if ours is None:
            filled[name] = value
            others.append((name, "", str(value.value)))
        elif "".join(str(ours.value).split()) == "".join(str(value.value).split()):
            fields += 1
        else:
            others.append((name, str(ours.value), str(value.value)))
    return replace(own, **filled), fields, tuple(others)
