"""Rules of time as dated data: how long, from which day, by which article, in force when."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.time.calendar import Calendar, Counted, appointed, counted


class What(StrEnum):
    """What is owed or judged, in the order in which a review names it."""

    PROMISE = "promise"
    RETURN = "return"
    CONTACT = "contact"
    CO_OPINION = "co_opinion"
    REPLY = "reply"
    FEEDBACK = "feedback"
    REHANDLING = "rehandling"
    DISCLOSURE = "disclosure"
    HANDLING_REPORT = "handling_report"
    QUESTION = "question"
    PROGRESS_NOTICE = "progress_notice"
    PROGRESS_RATING = "progress_rating"
    PROGRESS_REPORT = "progress_report"
    REPORT = "report"
    SHEET = "sheet"


_UNCLOCKED = (What.PROMISE, What.QUESTION, What.REPORT, What.SHEET)
CLOCKED = tuple(what for what in What if what not in _UNCLOCKED)
"""What a profile may have a rule for."""

STARTS = {
    "assigned": "assigned_on",
    "received": "received_on",
    "replied": "reply_date",
    "reassigned": "rounds.assigned_on",
    "rated": "feedback.on",
    "told": "progress_notices.on",
}
"""Where a clock may start, and the field of the record that has the day."""

UNITS = ("day", "working_day", "month", "date", "span", "none")
"""How a rule counts: calendar days, working days, months, an appointed day, every year between two
days; none: no such limit.
"""

YEARLY = (What.PROGRESS_NOTICE, What.PROGRESS_REPORT)
"""What is owed again every year, between the days of a span."""

KINDS = ("suggestion", "proposal", "inquiry")


_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """One span of one year, in which something is told; what came to pass `since` is told in it."""

    first: date
    last: date
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One limit of one jurisdiction.

    `key` names it (zhejiang/reply/2016). `value` is in `unit`; `wide` is the longer one for what is
    wide-ranging and difficult, `consent` says that this needs the consent of who handed it over;
    `month_day` is the appointed MM-DD, `spans` are MM-DD至MM-DD in every year, for promises of the
    last so many `years` where there is such an end. `source` is the text's title, Chinese and
    English. A `floor` binds also where a nearer rule is laxer: the law stands above it.
    `replaced_by` names the text that ended it and whose articles are not here; `compared_on` is the
    day on which the rule was last held against its article (absent: not since it was entered).
    """

    key: str
    duty: str
    unit: str
    value: int = 0
    wide: int | None = None
    consent: bool | None = None
    month_day: str | None = None
    spans: tuple[str, ...] = ()
    years: int | None = None
    from_: str = "assigned"
    kinds: tuple[str, ...] = ("suggestion",)
    floor: bool | None = None
    source: tuple[str, ...] = ()
    article: int | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: tuple[str, ...] = ()
    compared_on: date | None = None
    note: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """The profile that the rule stands in, `office` for the office's own."""
        return self.key.partition("/")[0]

    def in_force(self, day: date) -> bool:
        """Return whether the rule was in force on a day, its first and last one included."""
        return (self.in_force_from or date.min) <= day <= (self.in_force_to or date.max)

    def length(self, *, wide: bool) -> int:
        """Return how many units."""
        return self.wide if wide and self.wide else self.value

    def windows(self, year: int) -> list[Window]:
        """Return the spans of a year in their order."""
        found: list[Window] = []
        given = sorted(span.split("至") for span in self.spans)
        before = _in_year(year - 1, given[-1][1]) if given else date.min
        for first, last in given:
            found.append(Window(_in_year(year, first), _in_year(year, last), before + _DAY))
            before = found[-1].last
        return found

    def last_day(self, start: date, calendar: Calendar, *, wide: bool = False) -> Counted:
        """Return the last day on which it is kept, counted from `start`."""
        if self.unit == "date":
            return appointed(start, self.month_day or "12-31")
        return counted(start, self.length(wide=wide), self.unit, calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The rules of a jurisdiction, the nearest first: the office's own, the place's, the nation's.

    `jurisdiction` is what the office asked for, `known` whether there is a profile of that name.
    """

    jurisdiction: str = "national"
    known: bool = True
    name: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def tells_yearly(self) -> bool:
        """Return whether anything is to be told every year."""
        return any(rule.spans for rule in self.rules)

    def applying(self, duty: str, kind: str, day: date) -> list[Rule]:
        """Return the rules for a duty that were in force on the day: the nearest, and every floor
        behind it; empty where no text sets a limit.
        """
        mine = [rule for rule in self.rules if rule.duty == duty and kind in rule.kinds]
        there = [rule for rule in mine if rule.in_force(day)]
        found = there[:1] + [rule for rule in there[1:] if rule.floor]
        return [rule for rule in found if rule.unit != "none"]

    def lapsed(self, duty: str, kind: str, day: date) -> Rule | None:
        """Return the rule that ended before the day because a text replaced it that is not here;
        None where the same profile has a rule for the day.
        """
        mine = [rule for rule in self.rules if rule.duty == duty and kind in rule.kinds]
        current = {rule.owner for rule in mine if rule.in_force(day)}
        ended = (
            rule
            for rule in mine
            if rule.replaced_by
            and rule.in_force_to
            and rule.in_force_to < day
            and not current.intersection(("office", rule.owner))
        )
        return next(ended, None)


def _in_year(year: int, month_day: str) -> date:
    """Return an MM-DD of a year; the contract refuses 02-29, which not every year has."""
    month, day = map(int, month_day.split("-"))
    return date(year, month, day)
