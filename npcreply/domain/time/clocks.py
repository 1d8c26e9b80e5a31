"""The clocks of one reply: what is owed under it by which day, by which rule, from which start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from npcreply.dataclass import dataclass, replace
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Feedback, Round
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.calendar import Calendar, Counted
from npcreply.domain.time.rules import STARTS, Rule, Rulebook, What

UNKNOWN = date.min
"""Of what was done: on a day that nobody wrote down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What clocks are read by: the rules, and the calendar that they are counted in."""

    book: Rulebook
    calendar: Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One limit. `missing` names a field without a day: where `counted` is None nothing can be
    computed without it, else a rule of law that needs it may set an earlier day. `rule` is None
    where the record itself sets the day. `done_on` is when it was met (UNKNOWN: on no known day),
    `who` must act, `round` counts handlings from 1, `wide` things have the longer limit where there
    are two. `assumed` is a start that stands in for the rule's own, which has not happened yet: the
    day is the earliest possible one. `lapsed` is a rule of the place that had ended by then and
    whose successor is not here: the day, if there is one, comes from another text.
    """

    what: What
    who: tuple[str, ...]
    rule: Rule | None
    start: date | None = None
    counted: Counted | None = None
    missing: str | None = None
    done_on: date | None = None
    round: int = 1
    wide: bool = False
    assumed: str | None = None
    lapsed: Rule | None = None

    @property
    def due(self) -> date | None:
        return self.counted.day if self.counted else None

    def begun_by(self, as_of: AsOf) -> bool:
        """Return whether it ran by then; one without a known start always does."""
        return self.start is None or as_of.has_come(self.start)

    def done_by(self, as_of: AsOf) -> bool:
        """Return whether it was met by then."""
        return self.done_on is not None and as_of.has_come(self.done_on)


def clocks(reply: ReplyLine, law: Law) -> list[Clock]:
    """Return the clocks that the texts in force give this reply, in the order of handling. Where no
    text sets a limit there is no clock; one without a start says which day is missing. What was
    merged into another is handled and answered there.
    """
    if reply.merged_into:
        return []
    return [clock for made in _MAKERS for clock in made(reply, law)]


def owed_again(reply: ReplyLine, law: Law, number: int, rated_on: date | None) -> Clock:
    """Return the clock of a round that is called for and has not been handed over: until it is, the
    day of the rating stands in. Without a rule or a rating's day it has no last day.
    """
    starts = {"reassigned": rated_on, "rated": rated_on}
    found = _counted(reply, law, What.REHANDLING, starts=starts, on=rated_on, round=number)
    bare = Clock(what=What.REHANDLING, who=handler(reply), rule=None, round=number)
    clock = next(found, bare)
    if clock.missing:
        return replace(clock, missing=STARTS["rated"])
    return replace(clock, assumed="rated") if clock.counted else clock


def replied_on(reply: ReplyLine) -> date | None:
    """Return the day of the reply; UNKNOWN where there are promises or later rounds but no date,
    None where there is no reply yet.
    """
    return reply.reply_date or (UNKNOWN if reply.promises or reply.rounds else None)


def handler(reply: ReplyLine) -> tuple[str, ...]:
    """Return who handles it, as those are named who must act; nobody where no lead is written."""
    return (reply.lead,) if reply.lead else ()


def hand_over(reply: ReplyLine) -> date:
    """Return the day whose rules apply: of the hand-over, else the nearest day that is known."""
    known = reply.assigned_on or reply.received_on or reply.reply_date
    return known or date(reply.year, 12, 31)


def _return(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    """Asked only while it matters: before the reply, or where the item was returned."""
    back = min((returned.on for returned in reply.returned), default=None)
    if back or replied_on(reply) is None:
        yield from _counted(reply, law, What.RETURN, done_on=back)


def _contact(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    """Asked only while it matters: before the reply, or where the deputy was met."""
    met = min((meeting.on for meeting in reply.met), default=None)
    if met or replied_on(reply) is None:
        yield from _counted(reply, law, What.CONTACT, done_on=met)


def _co_opinions(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    for co in reply.co:
        if co.opinion_due:
            yield _set(What.CO_OPINION, (co.body,), co.opinion_due, co.opinion_on)
        else:
            yield from _counted(reply, law, What.CO_OPINION, who=(co.body,), done_on=co.opinion_on)


def _reply(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    yield from _counted(reply, law, What.REPLY, done_on=replied_on(reply))


def _feedback(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    """The deputy's duty; every reply, the first and the later ones, waits for its own rating."""
    replies = [(1, reply.reply_date), *((one.round, one.reply_date) for one in reply.rounds)]
    for number, start in replies:
        rated = [one for one in reply.feedback if (one.round or 1) == number]
        if start:
            yield from _counted(
                reply,
                law,
                What.FEEDBACK,
                starts={"replied": start},
                who=reply.deputies[:1],
                done_on=_rated_on(rated),
                round=number,
            )


def _rehandlings(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    for one in reply.rounds:
        yield from _counted(
            reply,
            law,
            What.REHANDLING,
            starts={"reassigned": one.assigned_on, "rated": _rating_before(one, reply)},
            on=one.assigned_on,
            done_on=one.reply_date or _superseded_on(one, reply.rounds),
            round=one.round,
        )


def _disclosure(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    """Only what is to be published of one's own accord; unsaid counts as that where it has been."""
    active = reply.disclosure == "active" or (not reply.disclosure and reply.publish_date)
    if reply.reply_date and active:
        yield from _counted(
            reply, law, What.DISCLOSURE, on=reply.reply_date, done_on=reply.publish_date
        )


def _progress_ratings(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    """What the deputies think of how promises are kept, each time that they are told of it."""
    for notice in reply.progress_notices:
        if notice.to == "deputies":
            yield from _counted(
                reply,
                law,
                What.PROGRESS_RATING,
                starts={"told": notice.on},
                on=notice.on,
                who=reply.deputies[:1],
                done_on=notice.rated_on or (UNKNOWN if notice.rating else None),
            )


def _handling_report(reply: ReplyLine, law: Law) -> Iterator[Clock]:
    report = reply.handling_report
    if report and report.due:
        yield _set(What.HANDLING_REPORT, handler(reply), report.due, report.on)
    elif reply.kind == "inquiry":
        done = report.on if report else None
        yield from _counted(reply, law, What.HANDLING_REPORT, done_on=done)


_MAKERS: tuple[Callable[[ReplyLine, Law], Iterator[Clock]], ...] = (
    *(_return, _contact, _co_opinions, _reply, _feedback, _rehandlings, _disclosure),
    *(_handling_report, _progress_ratings),
)


def _counted(
    reply: ReplyLine,
    law: Law,
    what: What,
    *,
    starts: dict[str, date | None] | None = None,
    on: date | None = None,
    who: tuple[str, ...] | None = None,
    done_on: date | None = None,
    round: int = 1,
) -> Iterator[Clock]:
    """Yield the clock of the rules in force: the earliest day among them decides; where none has
    its start, the nearest rule says what is missing.
    """
    day = on or hand_over(reply)
    rules = law.book.applying(what, reply.kind, day)
    lapsed = law.book.lapsed(what, reply.kind, day)
    days = {**_starts(reply), **(starts or {})}
    whose, wide = handler(reply) if who is None else who, bool(reply.wide)
    bare = Clock(
        what=what, who=whose, rule=None, done_on=done_on, round=round, wide=wide, lapsed=lapsed
    )
    made = [
        (rule.last_day(start, law.calendar, wide=wide), start, rule)
        for rule in rules
        if (start := days.get(rule.from_))
    ]
    if made:
        counted, start, rule = min(made, key=lambda one: one[0].day)
        lacking = [STARTS[rule.from_] for rule in rules if rule.floor and not days.get(rule.from_)]
        missing = next(iter(lacking), None)
        yield replace(bare, rule=rule, start=start, counted=counted, missing=missing)
    elif rules:
        yield replace(bare, rule=rules[0], missing=STARTS[rules[0].from_])
    elif lapsed:
        yield bare


def _starts(reply: ReplyLine) -> dict[str, date | None]:
    return {
        "assigned": reply.assigned_on,
        "received": reply.received_on,
        "replied": reply.reply_date,
    }


def _set(what: What, who: tuple[str, ...], due: date, done_on: date | None) -> Clock:
    return Clock(what=what, who=who, rule=None, counted=Counted(due, due), done_on=done_on)


def _rated_on(rated: list[Feedback]) -> date | None:
    days = [one.on for one in rated if one.on]
    return min(days, default=UNKNOWN) if rated else None


def _rating_before(one: Round, reply: ReplyLine) -> date | None:
    """Return the day on which the answer before this round was last rated."""
    days = [rating.on for rating in reply.feedback if (rating.round or 1) < one.round and rating.on]
    return max(days, default=None)


def _superseded_on(one: Round, rounds: tuple[Round, ...]) -> date | None:
    """A round that the next one follows is over, whatever came of it."""
    later = [other for other in rounds if other.round > one.round]
    days = [day for other in later for day in (other.assigned_on, other.reply_date) if day]
    return min(days, default=None)
