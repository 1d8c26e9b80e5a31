"""What a review judges beside promises: an answer, opinion or report owed by a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from npcreply.domain.lines import MeasureLine, ReplyLine
from npcreply.domain.status import BY_DEADLINE, Alert, Judged, NextStep, Status, open_status
from npcreply.domain.targets import AsOf


class What(StrEnum):
    """What a row is about, in the order in which a review names them."""

    PROMISE = "promise"
    REPLY = "reply"
    CO_OPINION = "co_opinion"
    REHANDLING = "rehandling"
    HANDLING_REPORT = "handling_report"
    REPORT = "report"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something owed by a day, judged on a day; what is no longer owed is no duty.

    `id` is the reply's, or the promise's that it hangs on (`line`); `departments` must act. `count`
    is how many are owed together (missed reports), `rule` names what sets the day (npc-2025.reply,
    month), `provisional` says that no calendar of working days was at hand for it.
    """

    what: What
    reply: ReplyLine
    departments: tuple[str, ...]
    as_of: AsOf
    deadline: date
    status: Status
    next_step: NextStep
    rule: str
    line: MeasureLine | None = None
    count: int = 1
    provisional: bool = False

    @property
    def id(self) -> str:
        return self.line.id if self.line else self.reply.id

    @property
    def key(self) -> str:
        """Return what tells this row from every other of the same day."""
        return "\n".join((self.id, self.what, self.rule, *self.departments))

    @property
    def alert(self) -> Alert | None:
        return BY_DEADLINE.get(self.status)

    @property
    def days_late(self) -> int | None:
        late = (self.as_of.day - self.deadline).days
        return late if late > 0 else None

    @property
    def days_left(self) -> int | None:
        left = (self.deadline - self.as_of.day).days
        return left if left >= 0 else None


Owed: TypeAlias = Judged | Duty
"""A row of `overdue` and `due`: a promise, or a duty beside it."""


def what_of(row: Owed) -> What:
    """Return what the row is about."""
    return row.what if isinstance(row, Duty) else What.PROMISE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What judging a duty needs beside the line: the day, and how many days ahead count as soon."""

    as_of: AsOf
    soon_days: int = 30

    def status(self, deadline: date) -> Status:
        """Return how a day that is owed stands."""
        return open_status(deadline, self.as_of.day, self.soon_days)


OfReply: TypeAlias = Callable[[ReplyLine, Bench], Iterable[Duty]]


def of_reply(reply: ReplyLine, bench: Bench) -> list[Duty]:
    """Return what is owed under a reply on the day, late or not."""
    return [duty for made in OF_REPLY for duty in made(reply, bench)]


def reply_owed(reply: ReplyLine, bench: Bench) -> Iterable[Duty]:
    """The answer itself: three months from the hand-over, six for wide-ranging ones (代表法 51)."""
    from npcreply.domain.days import months_after

    start, given = reply.assigned_on, replied_on(reply)
    if start is None or start > bench.as_of.day or (given and given <= bench.as_of.day):
        return
    if reply.kind != "suggestion":
        return
    due = months_after(start, 6 if reply.wide else 3)
    yield Duty(
        what=What.REPLY,
        reply=reply,
        departments=(reply.lead,) if reply.lead else (),
        as_of=bench.as_of,
        deadline=due,
        status=bench.status(due),
        next_step=NextStep.ASK_REPLY,
        rule="npc-2025.reply",
    )


def replied_on(reply: ReplyLine) -> date | None:
    """Return the day of the reply; long ago where there are promises but no date, None where there
    is no reply yet.
    """
    return reply.reply_date or (date.min if reply.promises else None)


def settled_on(reply: ReplyLine) -> date | None:
    """Return a day from which nothing is owed under the reply on any later day, None while there
    may be something. A fact for narrowing a query only: `of_reply` decides.
    """
    return replied_on(reply)


OF_REPLY: tuple[OfReply, ...] = (reply_owed,)
