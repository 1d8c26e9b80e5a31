"""What a review judges beside promises: an answer, opinion or report owed by a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias

from npcreply.dataclass import dataclass
from npcreply.domain.judging.handlings import handlings
from npcreply.domain.judging.repeating import Repeating, repeating
from npcreply.domain.judging.status import (
    BY_DEADLINE,
    Alert,
    Judged,
    NextStep,
    Status,
    open_status,
    replied_by,
)
from npcreply.domain.record.lines import MeasureLine, ReplyLine, contacts
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, closing_in_force
from npcreply.domain.time.cadences import LENGTHS, Reporting
from npcreply.domain.time.clocks import UNKNOWN, Clock, Law, clocks, owed_again, replied_on
from npcreply.domain.time.rules import What
from npcreply.domain.time.yearly import TOLD, yearly
from npcreply.grammar.calendar_periods import Period, whole_periods

__all__ = ["Bench", "Duty", "Owed", "What", "of_reply", "settled_on", "what_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something owed by a day, judged on a day; what is no longer owed is no duty.

    `id` is the reply's, or the promise's that it hangs on (`line`); `departments` must act. `count`
    is how many are owed together (periods that failed, `short` of them reported but short of a
    number), `rule` names what sets the day (a rule's key, a field of the record, month),
    `provisional` says that no calendar of the year was at hand. What is to be handed over again by
    no known day has no `deadline`.
    """

    what: What
    reply: ReplyLine
    departments: tuple[str, ...]
    as_of: AsOf
    settings: Settings
    deadline: date | None
    status: Status
    next_step: NextStep
    rule: str
    line: MeasureLine | None = None
    count: int = 1
    short: int = 0
    provisional: bool = False

    @property
    def id(self) -> str:
        return self.line.id if self.line else self.reply.id

    @property
    def waits_for_round(self) -> bool:
        """Return whether the reply is to be handed over again: the office's own next step."""
        return self.next_step is NextStep.HAND_OVER

    @property
    def key(self) -> str:
        """Return what tells this row from every other of the same day."""
        return "\n".join((self.id, self.what, self.rule, *self.departments))

    @property
    def contacts(self) -> tuple[str, ...]:
        """Return who is called at the bodies that must act."""
        return contacts(self.departments, self.reply, self.settings)

    @property
    def alert(self) -> Alert | None:
        return BY_DEADLINE.get(self.status)

    @property
    def days_late(self) -> int | None:
        return self.as_of.days_late(self.deadline)

    @property
    def days_left(self) -> int | None:
        return self.as_of.days_left(self.deadline)


Owed: TypeAlias = Judged | Duty
"""A row of `overdue` and `due`: a promise, or a duty beside it."""


def what_of(row: Owed) -> What:
    """Return what the row is about."""
    return row.what if isinstance(row, Duty) else What.PROMISE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What judging a duty needs beside the line: the day, the office's settings, the law."""

    as_of: AsOf
    settings: Settings
    law: Law

    def status(self, deadline: date | None) -> Status:
        """Return how a day that is owed stands."""
        if deadline is None:
            return Status.UNDATED
        return open_status(deadline, self.as_of, self.settings.soon_days)


def of_reply(reply: ReplyLine, bench: Bench) -> list[Duty]:
    """Return what is owed under a reply on the day, late or not."""
    return [] if settled_by(reply, bench.as_of) else list(_all_owed(reply, bench))


def told_yearly(reply: ReplyLine, bench: Bench) -> list[Duty]:
    """Return what is to be told of a reply's promises in the year's windows: one row for all that
    were missed, late since the first of them, and one for the window that is open.
    """
    open_ = [
        clock
        for clock in yearly(reply, bench.law, bench.as_of)
        if clock.due and clock.done_on is None
    ]
    found = []
    for what in TOLD:
        mine = [clock for clock in open_ if clock.what is what]
        late = [clock for clock in mine if clock.due and bench.as_of.is_over(clock.due)]
        groups = (late, mine[len(late) :])
        found += [_told(group, reply, bench) for group in groups if group]
    return found


def _told(missed: list[Clock], reply: ReplyLine, bench: Bench) -> Duty:
    first = missed[0]
    return _of_clock(first, reply, bench, _STEPS[first.what], count=len(missed))


def _of_clock(
    clock: Clock,
    reply: ReplyLine,
    bench: Bench,
    step: NextStep,
    *,
    count: int = 1,
    provisional: bool = False,
) -> Duty:
    """What a clock says is owed, `count` of it together."""
    return Duty(
        what=clock.what,
        reply=reply,
        departments=clock.who,
        as_of=bench.as_of,
        settings=bench.settings,
        deadline=clock.due,
        status=bench.status(clock.due),
        next_step=step,
        rule=clock.rule.key if clock.rule else _SET.get(clock.what, ""),
        count=count,
        provisional=provisional,
    )


def reports_owed(line: MeasureLine, as_of: AsOf, settings: Settings) -> list[Duty]:
    """Return one row a cadence for all its periods that failed, late since the first, and one
    for the next report; a closed promise owes none.
    """
    return [
        _report(line, found, periods, as_of, settings)
        for found in _repeating_now(line, as_of, settings)
        for periods in (found.failed, _next(found))
        if periods
    ]


def reports_to_come(line: MeasureLine, as_of: AsOf, settings: Settings, until: date) -> list[Duty]:
    """Return one row for each report after the next, up to the day `until`: of months and longer,
    those of shorter ones are too many to be written into anybody's calendar.
    """
    return [
        _report(line, found, (period,), as_of, settings)
        for found in _repeating_now(line, as_of, settings)
        for period in _after_next(found.reporting, until)
    ]


def _after_next(found: Reporting, until: date) -> Iterator[Period]:
    if found.next and found.cadence in LENGTHS[LENGTHS.index("month") :]:
        last = min(until, found.last or until)
        coming = whole_periods(found.cadence, found.next.first, last)
        yield from (period for period in coming if period != found.next)


def _repeating_now(line: MeasureLine, as_of: AsOf, settings: Settings) -> tuple[Repeating, ...]:
    """The promise's cadences while it owes reports."""
    owes = line.measure.cadence and replied_by(line, as_of)
    closed = owes and closing_in_force(line.measure, as_of)
    return repeating(line, as_of, settings) if owes and not closed else ()


def _report(
    line: MeasureLine,
    found: Repeating,
    periods: tuple[Period, ...],
    as_of: AsOf,
    settings: Settings,
) -> Duty:
    """The reports for these periods of one cadence, owed since the first."""
    return Duty(
        what=What.REPORT,
        reply=line.reply,
        departments=line.departments,
        as_of=as_of,
        settings=settings,
        deadline=periods[0].last,
        status=open_status(periods[0].last, as_of, settings.soon_days),
        next_step=NextStep.PERIODIC,
        rule=found.reporting.cadence,
        line=line,
        count=len(periods),
        short=sum(period in found.short for period in periods),
    )


def _next(found: Repeating) -> tuple[Period, ...]:
    return (found.reporting.next,) if found.reporting.next else ()


def settled_on(reply: ReplyLine) -> date | None:
    """Return a day from which nothing is owed under the reply on any later day, None while there
    may be something. A fact for narrowing a query only: `of_reply` decides.
    """
    if reply.merged_into:
        return UNKNOWN
    if reply.unanswered:
        return None
    if handlings(reply, AsOf(date.max))[-1].owed:
        return None
    ends = [replied_on(reply) if reply.kind != "inquiry" else UNKNOWN]
    ends += [one.reply_date for one in reply.rounds]
    if reply.kind == "inquiry" or (reply.handling_report and reply.handling_report.due):
        ends.append(reply.handling_report.on if reply.handling_report else None)
    known = [day for day in ends if day is not None]
    return max([*known, *_days_of_rounds(reply)]) if len(known) == len(ends) else None


def settled_by(reply: ReplyLine, as_of: AsOf) -> bool:
    """Return whether nothing can be owed any more on the day."""
    settled = settled_on(reply)
    return settled is not None and settled <= as_of.last_known


def next_round(reply: ReplyLine, law: Law, as_of: AsOf) -> Clock | None:
    """Return the clock of the round that is called for and not handed over, None where none is."""
    rounds = () if reply.merged_into else handlings(reply, as_of)
    if not rounds or not rounds[-1].owed:
        return None
    return owed_again(reply, law, rounds[-1].round, rounds[-2].rated_on)


def _days_of_rounds(reply: ReplyLine) -> list[date]:
    """Every day on which another round may have been called for, or ceased to be."""
    days = [one.assigned_on for one in reply.rounds]
    days += [day for rating in reply.feedback for day in (rating.on, rating.entered)]
    return [day for day in days if day]


def _all_owed(reply: ReplyLine, bench: Bench) -> Iterator[Duty]:
    yield from _owed(reply, clocks(reply, bench.law), bench)
    yield from _not_handed_over(reply, bench)
    yield from _unanswered(reply, bench)


def _not_handed_over(reply: ReplyLine, bench: Bench) -> Iterator[Duty]:
    """A reply that did not satisfy waits for its next round, whether a text sets a day or not."""
    clock = next_round(reply, bench.law, bench.as_of)
    if clock:
        provisional = clock.counted.provisional if clock.counted else False
        yield _of_clock(clock, reply, bench, NextStep.HAND_OVER, provisional=provisional)


def _unanswered(reply: ReplyLine, bench: Bench) -> Iterator[Duty]:
    """A question that got no answer at the inquiry is to be answered by the report on it."""
    held = reply.reply_date or date(reply.year, 1, 1)
    if not reply.unanswered or not bench.as_of.has_come(held):
        return
    reports = (c for c in clocks(reply, bench.law) if c.what is What.HANDLING_REPORT)
    clock = next(reports, None)
    due = clock.due if clock else None
    for question in reply.unanswered:
        yield Duty(
            what=What.QUESTION,
            reply=reply,
            departments=question.body or ((reply.lead,) if reply.lead else ()),
            as_of=bench.as_of,
            settings=bench.settings,
            deadline=due,
            status=bench.status(due),
            next_step=NextStep.ASK_ANSWER,
            rule=f"questions.{question.id}",
            provisional=bool(clock and clock.counted and clock.counted.provisional),
        )


def _owed(reply: ReplyLine, found: Iterable[Clock], bench: Bench) -> Iterator[Duty]:
    for clock in found:
        step, as_of = _STEPS.get(clock.what), bench.as_of
        if step is None or clock.due is None:
            continue
        if not clock.begun_by(as_of) or clock.done_by(as_of):
            continue
        if clock.what in _BEFORE_REPLY and _answered_by(reply, as_of):
            continue  # what the answer did without is asked of nobody any more
        provisional = clock.counted.provisional if clock.counted else False
        yield _of_clock(clock, reply, bench, step, provisional=provisional)


def _answered_by(reply: ReplyLine, as_of: AsOf) -> bool:
    """Return whether the reply, or the report that an inquiry calls for, was given by then."""
    report = reply.handling_report
    given = (replied_on(reply), report.on if report else None)
    return any(one is not None and as_of.has_come(one) for one in given)


_STEPS = {
    What.CONTACT: NextStep.ASK_CONTACT,
    What.CO_OPINION: NextStep.ASK_OPINION,
    What.REPLY: NextStep.ASK_REPLY,
    What.REHANDLING: NextStep.ASK_REPLY,
    What.HANDLING_REPORT: NextStep.ASK_REPORT,
    What.PROGRESS_NOTICE: NextStep.TELL_DEPUTIES,
    What.PROGRESS_REPORT: NextStep.ASK_REPORT,
}
"""The duties of those who handle; a rating is the deputy's own, other limits are for `check`."""

_BEFORE_REPLY = (What.CONTACT, What.CO_OPINION)

_SET = {What.CO_OPINION: "co.opinion_due", What.HANDLING_REPORT: "handling_report.due"}
