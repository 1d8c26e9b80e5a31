"""What is told every year while promises last: notices to the deputies, reports to the congress."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.domain.record.lines import Pledge, ReplyLine, reply_day
from npcreply.domain.time.as_of import AsOf, closed_spans, seen
from npcreply.domain.time.calendar import Counted
from npcreply.domain.time.clocks import Clock, Law, handler
from npcreply.domain.time.rules import STARTS, Rule, What, Window

TOLD = {What.PROGRESS_NOTICE: "deputies", What.PROGRESS_REPORT: "congress"}
"""Whom each of them goes to, as `progress_notices` of a record say it."""


def yearly(reply: ReplyLine, law: Law, as_of: AsOf) -> list[Clock]:
    """Return the clocks of every window that had opened by the day, oldest first of each kind.

    A window is owed where a promise made by its end was not closed yet when the time that it tells
    about began: what was closed since is told once more. Whatever is told from its opening on
    fulfils it; told later, it fulfils those before as well.
    """
    if reply.merged_into:
        return []
    return [clock for what in TOLD for clock in _of_kind(what, reply, law, as_of)]


def worth_showing(found: list[Clock]) -> list[Clock]:
    """Return what is owed, and of what was told the last one of each kind."""
    last = {clock.what: clock for clock in found if clock.done_on}
    return [one for one in found if one.done_on is None or last[one.what] is one]


def _of_kind(what: What, reply: ReplyLine, law: Law, as_of: AsOf) -> Iterator[Clock]:
    rules = [rule for rule in law.book.rules if rule.duty == what and reply.kind in rule.kinds]
    if not rules or not reply.pledges:
        return
    made = [day for pledge in reply.pledges if (day := _made(pledge, reply))]
    if not made:
        for rule in law.book.applying(what, reply.kind, as_of.day)[:1]:
            yield Clock(what=what, who=handler(reply), rule=rule, missing=STARTS["replied"])
        return
    notices = seen(reply.progress_notices, as_of)
    days = [notice.on for notice in notices if notice.to == TOLD[what]]
    for rule, window in _windows(what, reply.kind, law, range(min(made).year, as_of.day.year + 1)):
        if as_of.has_come(window.first) and _owed(window, rule, reply, as_of):
            yield Clock(
                what=what,
                who=handler(reply),
                rule=rule,
                start=window.first,
                counted=Counted(window.last, window.last),
                done_on=min((day for day in days if day >= window.first), default=None),
            )


def _windows(what: What, kind: str, law: Law, years: range) -> Iterator[tuple[Rule, Window]]:
    """Yield the windows of these years by the rule that was in force at the end of each."""
    for year in years:
        for rule in law.book.rules:
            for window in rule.windows(year) if rule.duty == what else ():
                if law.book.applying(what, kind, window.last)[:1] == [rule]:
                    yield rule, window


def _owed(window: Window, rule: Rule, reply: ReplyLine, as_of: AsOf) -> bool:
    return any(_told_of(pledge, window, rule, reply, as_of) for pledge in reply.pledges)


def _told_of(pledge: Pledge, window: Window, rule: Rule, reply: ReplyLine, as_of: AsOf) -> bool:
    """Return whether the window tells of a promise: made by then, not too many years ago, and not
    closed before the time that is told about began.
    """
    made = _made(pledge, reply)
    if made is None or made > window.last or not as_of.has_come(made):
        return False
    if rule.years and window.last.year - made.year >= rule.years:
        return False
    closed = closed_spans(pledge.closings, as_of)
    return not any(span.first < window.since and window.last < span.last for span in closed)


def _made(pledge: Pledge, reply: ReplyLine) -> date | None:
    return reply_day(reply.reply_date, reply.rounds, pledge)
