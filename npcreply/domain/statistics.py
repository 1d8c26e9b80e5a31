"""Rates with their denominators: every reply and every promise falls into one part of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.judging import schemes
from npcreply.domain.judging.handlings import by
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.judging.standing import Answer, Standing
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.clocks import Clock


class Of(StrEnum):
    """What a rate is counted in."""

    REPLIES = "replies"
    PROMISES = "promises"


@dataclass(frozen=True, slots=True)
class Handled:
    """A reply as rates see it: how it stands, and its clock, where a rule sets one."""

    standing: Standing
    clock: Clock | None
    settings: Settings = Settings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One rate: `part` sorts each reply or promise into one part; `counted` parts are above the
    line, those `out` neither above nor below it.
    """

    name: str
    of: Of
    part: Callable[[Any], str]
    counted: frozenset[str]
    out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rated:
    """A rate of some subjects; `parts` add up to all of them."""

    rate: Rate
    parts: Mapping[str, int]

    @property
    def order(self) -> list[str]:
        """Return the parts: those above the line, below it, left out; the largest first."""
        rate = self.rate
        return sorted(
            self.parts,
            key=lambda part: (part in rate.out, part not in rate.counted, -self.parts[part], part),
        )

    @property
    def count(self) -> int:
        """Return how many are above the line."""
        return sum(number for part, number in self.parts.items() if part in self.rate.counted)

    @property
    def of(self) -> int:
        """Return the denominator."""
        return sum(self.parts.values()) - self.left_out

    @property
    def left_out(self) -> int:
        return sum(number for part, number in self.parts.items() if part in self.rate.out)


class Tally:
    """Subjects sorted into the parts of rates, one by one as they come: none of them is kept."""

    def __init__(self, rates: Iterable[Rate]) -> None:
        self._rates = tuple(rates)
        self._parts: dict[Callable[[Any], str], Counter[str]] = {
            rate.part: Counter() for rate in self._rates
        }

    def add(self, subject: object) -> None:
        for part, counted in self._parts.items():
            counted[part(subject)] += 1

    def rates(self) -> list[Rated]:
        """Return the rates of what was added."""
        return [Rated(rate, self._parts[rate.part]) for rate in self._rates]


def rated(rate: Rate, subjects: Iterable[object]) -> Rated:
    """Return the rate of these subjects."""
    return tallied([rate], subjects).rates()[0]


def tallied(rates: Iterable[Rate], subjects: Iterable[object]) -> Tally:
    """Return a tally of these subjects."""
    tally = Tally(rates)
    for subject in subjects:
        tally.add(subject)
    return tally


def begun(reply: ReplyLine, as_of: AsOf) -> bool:
    """Return whether the record was there by then: handed over, else received, else answered; one
    without any of these days always was.
    """
    first: date | None = reply.assigned_on or reply.received_on or reply.reply_date
    return first is None or as_of.has_come(first)


def answered_in_time(one: Handled) -> str:
    """By the reply's own clock; what the clock cannot say is said apart."""
    found, clock = one.standing, one.clock
    if found.reply.merged_into:
        return "merged"
    if clock is None:
        return "no_rule"
    if found.answer is Answer.UNDATED:
        return "undated"
    if clock.due is None:
        return "no_start"
    given = by(found.reply.reply_date, found.as_of)
    if given:
        return "in_time" if given <= clock.due else "late"
    return "overdue" if found.as_of.is_over(clock.due) else "not_due"


def satisfied_with(axis: str) -> Callable[[Handled], str]:
    """Return what sorts by the rating that counts: the last round's; no rating is no rating."""

    def part(one: Handled) -> str:
        if one.standing.answer is Answer.WAITING:
            return "waiting"
        found = one.standing.rated
        return (getattr(found, axis) if found else None) or "unrated"

    return part


def solved(one: Handled) -> str:
    """By what the class of the day means; a letter that nobody has explained counts nowhere."""
    return str(one.standing.meaning or "unclassed")


def fate(item: Judged) -> str:
    """What became of a promise: each is one of these."""
    return _FATES.get(item.status) or ("kept_in_time" if item.deadline else "kept_undated")


def fate_by_first_date(item: Judged) -> str:
    """The same, as if nothing had been extended: what was kept after an extension was late, what
    waits for its new date is late once the first one is over.
    """
    first = item.original_deadline
    if item.status is Status.DONE_EXTENDED:
        return "kept_late"
    waits = item.extensions and item.status in (Status.DUE_TODAY, Status.DUE_SOON, Status.OPEN)
    return "late" if waits and first and item.as_of.is_over(first) else fate(item)


_FATES = {
    Status.DONE_EXTENDED: "kept_extended",
    Status.DONE_LATE: "kept_late",
    Status.OVERDUE: "late",
    Status.UNDATED: "undated",
    Status.CONDITIONAL: "undated",
    Status.DROPPED: "dropped",
    Status.MERGED: "moved",
    Status.SUPERSEDED: "moved",
    Status.TO_VERIFY: "to_verify",
    **dict.fromkeys((Status.DUE_TODAY, Status.DUE_SOON, Status.OPEN), "open"),
}
FATES = (
    *("kept_in_time", "kept_extended", "kept_late", "kept_undated"),
    *("late", "to_verify", "open", "undated", "dropped"),
)
_NOT_DUE = frozenset({"kept_undated", "to_verify", "open", "undated", "dropped", "moved"})
_MOVED = frozenset({"moved"})
_SATISFIED = frozenset({"satisfied", "basically_satisfied"})
_NO_RATING = frozenset({"unrated", "waiting"})

RATES: tuple[Rate, ...] = (
    Rate(
        name="answered_in_time",
        of=Of.REPLIES,
        part=answered_in_time,
        counted=frozenset({"in_time"}),
        out=frozenset({"merged", "no_rule", "undated", "no_start", "not_due"}),
    ),
    *(
        Rate(
            name=f"satisfied_{axis}",
            of=Of.REPLIES,
            part=satisfied_with(axis),
            counted=_SATISFIED,
            out=_NO_RATING,
        )
        for axis in ("attitude", "result")
    ),
    Rate(
        name="solved",
        of=Of.REPLIES,
        part=solved,
        counted=frozenset(map(str, schemes.SOLVED)),
        out=frozenset({"unclassed", str(Meaning.UNKNOWN)}),
    ),
    Rate(
        name="kept_when_due",
        of=Of.PROMISES,
        part=fate,
        counted=frozenset({"kept_in_time", "kept_extended"}),
        out=_NOT_DUE,
    ),
    Rate(
        name="kept_when_due_first",
        of=Of.PROMISES,
        part=fate_by_first_date,
        counted=frozenset({"kept_in_time"}),
        out=_NOT_DUE,
    ),
    *(
        Rate(name=name, of=Of.PROMISES, part=fate, counted=frozenset({name}), out=_MOVED)
        for name in FATES
    ),
)
"""Every rate, in the order in which they are printed. The last ones share one denominator and add
up to it.
"""

KEPT = Rate(
    name="kept",
    of=Of.PROMISES,
    part=fate,
    counted=frozenset({"kept_in_time", "kept_extended", "kept_late", "kept_undated"}),
    out=_MOVED,
)
"""What a page with room for one number shows: the shares of promises kept, together."""

WHEN_DUE = tuple(rate for rate in RATES if rate.name in ("kept_when_due", "kept_when_due_first"))
"""Kept when due, by the date in force and by the first one, side by side."""
WHEN_DUE_FIRST = WHEN_DUE[1]


class Section:
    """One group, or all of them: how many subjects it has, and their rates."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Counter[Of] = Counter()
        self._tallies = {of: Tally(rate for rate in RATES if rate.of is of) for of in Of}

    def add(self, of: Of, subject: object) -> None:
        self.counts[of] += 1
        self._tallies[of].add(subject)

    def rates(self, wanted: Sequence[Rate] = RATES) -> list[Rated]:
        """Return the rates of the group."""
        found = {one.rate.name: one for tally in self._tallies.values() for one in tally.rates()}
        return [found[rate.name] for rate in wanted]


@dataclass(frozen=True, slots=True)
class Sections:
    """Subjects by group. A promise of two departments is in both their groups, once in `total`;
    `more` says how many times over that makes the rows exceed the total.
    """

    groups: tuple[Section, ...]
    total: Section

    def more(self, of: Of) -> int:
        return sum(group.counts[of] for group in self.groups) - self.total.counts[of]


Names = Callable[[Any], tuple[str, ...]]


def sections(
    replies: Iterable[Handled],
    promises: Iterable[Judged],
    names: tuple[Names, Names] | None,
    order: Callable[[str], Any] = str,
) -> Sections:
    """Return the groups in their order; `names` gives those of a reply and of a promise, at least
    one each; None where all are one. The subjects are gone through once, none is kept.
    """
    found: dict[str, Section] = {}
    total = Section("")
    for of, subjects, place in ((Of.REPLIES, replies, 0), (Of.PROMISES, promises, 1)):
        for subject in subjects:
            total.add(of, subject)
            for name in names[place](subject) if names else ():
                (found.get(name) or found.setdefault(name, Section(name))).add(of, subject)
    return Sections(tuple(found[name] for name in sorted(found, key=order)), total)
