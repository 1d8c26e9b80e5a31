"""What must go on after a year or a term: what is open at its end, and where it goes on already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.judging import schemes
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.judging.standing import Answer, answer_of, class_steps
from npcreply.domain.judging.status import CLOSED, OPEN, Judged, Status
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.links import Chains, Link, Pair, of_promise, of_reply
from npcreply.domain.time.as_of import AsOf


class Onward(StrEnum):
    """What became of something that was open at the end; the first that fits."""

    CLOSED = "closed"
    CARRIED = "carried"
    PENDING = "pending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carry:
    """Something open at the end of its year: a promise (`then` judged at the end, `now` on the day
    asked for), or a reply whose class says that it goes on (`meaning`) without an open promise.

    `chain` is what it goes on with, oldest first; `onward` where it goes on itself;
    `again`: the promises of other years that surely are the same, oldest first.
    """

    reply: ReplyLine
    then: Judged | None = None
    now: Judged | None = None
    meaning: Meaning | None = None
    meaning_now: Meaning | None = None
    chain: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()
    again: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.then.line.id if self.then else self.reply.id

    def again_in(self, *, earlier: bool) -> tuple[str, ...]:
        """Return the same promises of earlier, or of later years, that no link leads to."""
        known = {*self.chain, *self.onward}
        return tuple(
            name
            for name in self.again
            if name not in known and (int(name.partition("-")[0]) < self.reply.year) is earlier
        )

    @property
    def departments(self) -> tuple[str, ...]:
        lead = self.reply.lead
        return self.then.line.departments if self.then else ((lead,) if lead else ())

    @property
    def state(self) -> Onward:
        """Return what became of it: closed since then, else carried on, else nothing yet."""
        closed = self.now is not None and self.now.status in CLOSED
        if closed or self.meaning_now in schemes.SOLVED:
            return Onward.CLOSED
        return Onward.CARRIED if self.onward else Onward.PENDING

    @property
    def status(self) -> Status | None:
        return self.then.status if self.then else None


@dataclass(frozen=True, slots=True)
class Relative:
    """A record of a chain, with its promises as they stand on the day, by their ids."""

    reply: ReplyLine
    promises: Mapping[str, Judged]


@dataclass(frozen=True, slots=True)
class Kin:
    """The chains that the record `id` stands in, and the records along them that could be read."""

    id: str
    chains: Chains
    relatives: Mapping[str, Relative]


def carried_chains(replies: Iterable[ReplyLine], promises: Iterable[MeasureLine]) -> Chains:
    """Return the chains of what was carried over; a repeat is a new suggestion, not the old one."""
    return Chains(pair for pair in _pairs(replies, promises) if pair.link is Link.CARRIED)


def end_of(year: int, as_of: AsOf) -> AsOf:
    """Return the first day after the year, on which what was due on its last is late, or the day
    asked for while the year is not over.
    """
    over = year < as_of.day.year
    return AsOf(date(max(year + 1, 1), 1, 1) if over else as_of.day, as_of.known_on)


def open_promises(pairs: Iterable[tuple[Judged, Judged]], chains: Chains) -> list[Carry]:
    """Return the promises open at the end, of (then, now) pairs, with their chains."""
    return [
        Carry(
            reply=then.line.reply,
            then=then,
            now=now,
            chain=tuple(pair.older for pair in chains.before(then.line.id)),
            onward=chains.next(then.line.id),
        )
        for then, now in pairs
        if then.status in OPEN
    ]


def open_replies(
    replies: Iterable[ReplyLine],
    shown: Sequence[Carry],
    days: tuple[AsOf, AsOf],
    scheme: str | None,
    chains: Chains,
) -> list[Carry]:
    """Return the replies answered whose class said at the first of the `days` that the matter goes
    on, where no open promise (`shown`) stands for it.
    """
    end, now = days
    known = {row.reply.id for row in shown}
    found = []
    for reply in replies:
        steps = class_steps(reply.classes, end, scheme)
        goes_on = bool(steps) and steps[-1].meaning in schemes.OPEN
        if reply.id in known or not goes_on or answer_of(reply, end) is Answer.WAITING:
            continue
        later = class_steps(reply.classes, now, scheme)
        found.append(
            Carry(
                reply=reply,
                meaning=steps[-1].meaning,
                meaning_now=later[-1].meaning,
                chain=tuple(pair.older for pair in chains.before(reply.id)),
                onward=chains.next(reply.id),
            )
        )
    return found


def _pairs(replies: Iterable[ReplyLine], promises: Iterable[MeasureLine]) -> Iterator[Pair]:
    for reply in replies:
        yield from of_reply(reply)
    for line in promises:
        yield from of_promise(line.reply.id, line.measure)
