"""Limits that nobody is chased for but that a record may show broken: returning, disclosure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.domain.clocks import Clock, Law, clocks
from npcreply.domain.doubts import Doubt, doubt
from npcreply.domain.lines import ReplyLine
from npcreply.domain.rules import What
from npcreply.language import _


def clock_checks(reply: ReplyLine, law: Law, today: date) -> Iterator[Doubt]:
    """Yield a doubt for each of these limits that was not kept by today."""
    for clock in clocks(reply, law):
        if clock.due and clock.what is What.RETURN and clock.done_on and clock.done_on > clock.due:
            yield _returned_late(reply, clock, clock.due)
        elif clock.due and clock.what is What.DISCLOSURE:
            yield from _disclosure(reply, clock, clock.due, today)


def _returned_late(reply: ReplyLine, clock: Clock, due: date) -> Doubt:
    message = _("退办日期 {day} 晚于退回期限 {due}")
    return doubt(
        ("returned", 0, "on"),
        "returned-late",
        message.format(day=clock.done_on, due=due),
        _("核对日期；期限怎么算的：npcreply show {id}。").format(id=reply.id),
    )


def _disclosure(reply: ReplyLine, clock: Clock, due: date, today: date) -> Iterator[Doubt]:
    """A letter published late shows both days; one that is not published has none to show."""
    remedy = _("期限怎么算的：npcreply show {id}。").format(id=reply.id)
    if clock.done_on and clock.done_on > due:
        message = _("发布日期 {day} 晚于公开期限 {due}").format(day=clock.done_on, due=due)
        yield doubt(("publish_date",), "published-late", message, remedy)
    elif clock.done_on is None and due < today:
        message = _("主动公开的答复，公开期限 {due} 已过，没有发布日期").format(due=due)
        remedy = _("已经发布就补上：npcreply set {id} publish_date=日期。").format(id=reply.id)
        yield doubt(("disclosure",), "not-published", message, remedy)
