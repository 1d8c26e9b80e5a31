"""Which periodic reports a repeating promise owes: every whole period without a dated entry."""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache

from npcreply.dataclass import dataclass, replace
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.model import Entry, Measure, Target
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, closed_spans, closing_in_force, seen
from npcreply.domain.time.deadlines import measure_due
from npcreply.grammar.calendar_periods import Period, period_of, whole_periods
from npcreply.grammar.numerals import number
from npcreply.grammar.units import split_unit
from npcreply.patterns import pattern


class Until(StrEnum):
    """What says the last day of reporting; OPEN: nothing does, reports go on."""

    REPORTS = "reports"
    DEADLINE = "deadline"
    TERM = "term"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """One cadence of a promise on a day. `first` is None where nothing says since when reports are
    owed: then nothing can be computed; `last` is None where they go on. `over` are the periods owed
    that are over, `missed` those of them without an entry, `reported` all that have one; `next` is
    the first one not over without an entry; `undated` counts the entries without a day.
    """

    cadence: str
    first: date | None = None
    last: date | None = None
    until: Until = Until.OPEN
    over: tuple[Period, ...] = ()
    missed: tuple[Period, ...] = ()
    reported: tuple[Period, ...] = ()
    next: Period | None = None
    undated: int = 0

    @property
    def owed(self) -> int:
        """Return how many reports should have come by now."""
        return len(self.over)

    @property
    def complete(self) -> bool:
        """Return whether every report that was ever to come is there."""
        ended = self.last is not None and self.first is not None
        return ended and not self.missed and self.next is None


def reporting(line: MeasureLine, as_of: AsOf, settings: Settings) -> list[Reporting]:
    """Return the promise's cadences, each with its own reports: a month's entry is no quarter's.

    Owed is every whole calendar period from `reports.from`, else the day of the reply, to
    `reports.until`, else the promise's own deadline in force, else the last day of the reply's term
    (`terms` of the workspace), else on and on. While the promise was closed nothing is owed;
    a period that ends on the day of the closing is.
    """
    measure = line.measure
    first = (measure.reports.from_ if measure.reports else None) or line.replied
    entries = seen(measure.log, as_of)
    last, until = _last(line, as_of, settings)
    found = []
    for cadence in measure.cadence:
        own = [entry for entry in entries if served(entry, measure) == cadence]
        bare = Reporting(cadence=cadence, undated=sum(entry.on is None for entry in own))
        bare = replace(bare, until=until)
        if first is None:
            found.append(bare)
            continue
        days = sorted(entry.on for entry in own if entry.on)
        found.append(replace(_periods(bare, first, last, days, measure, as_of), until=until))
    return found


def served(entry: Entry, measure: Measure) -> str | None:
    """Return the cadence that an entry is a report of: the one it names, else the only one, else
    the shortest; None where the promise does not repeat.
    """
    if entry.cadence in measure.cadence:
        return entry.cadence
    return min(measure.cadence, key=LENGTHS.index, default=None)


def cadence_named(words: str, last: date, measure: Measure) -> str | None:
    """Return the promise's cadence of which the words name one whole period, up to its last day:
    二季度, 上半年, 2023年, 上个月; None for a day (6月底), and for a cadence it has not.
    """
    from npcreply.grammar.days import named_start
    from npcreply.grammar.words import EVERY_UNITS

    relative = _RELATIVE.fullmatch(words.strip())
    unit = EVERY_UNITS.get(relative["unit"]) if relative else None
    if unit:
        return unit if unit in measure.cadence and period_of(unit, last).last == last else None
    first = named_start(words, last)
    named = Period(first, last) if first else None
    return next((one for one in measure.cadence if period_of(one, last) == named), None)


def cadence_of(target: Target, measure: Measure) -> str | None:
    """Return the cadence whose every period is to reach the target's number for itself; None for a
    number that the whole promise reaches once.

    The target says so itself, or the promise does: 每月开展2次整治, the number in one clause with
    the cadence before it; where the text has no such number, what is counted by occasions (次, 场).
    每月调度，年内投资600亿元 is one number for the year.
    """
    has_own_time = target.start or target.baseline or (target.deadline and target.deadline.date)
    if not measure.cadence or target.forecast:
        return None
    if target.cadence:
        return target.cadence if target.cadence in measure.cadence else None
    if has_own_time:
        return None
    value = target.value if target.value is not None else target.value_min
    clauses = _clauses_with(value, measure.text)
    if clauses:
        named = next((found for clause in clauses if (found := _cadence_in(clause))), None)
        return named if named in measure.cadence else None
    occasions = split_unit(target.unit)[1] in OCCASIONS
    return min(measure.cadence, key=LENGTHS.index) if occasions else None


def has_no_start(line: MeasureLine, as_of: AsOf) -> bool:
    """Return whether reports are owed and nothing says since when: none can be computed."""
    measure = line.measure
    given = measure.reports.from_ if measure.reports else None
    open_ = measure.cadence and not closing_in_force(measure, as_of)
    return bool(open_) and not given and not line.replied


LENGTHS = ("day", "week", "half-month", "month", "quarter", "half-year", "year")
"""Every cadence, the shortest first."""

OCCASIONS = frozenset({"次", "场", "批", "轮", "期", "趟", "遍", "场次", "批次", "期次"})
"""Units that count occasions: of a repeating promise they are counted anew in every period."""

_RELATIVE = pattern("[上本这去今]一?个?(?P<unit>.+)")
_CLAUSE = pattern("[^，,。；;：:！!？?\n]+")
_NUMBER = pattern("[0-9]+(?:\\.[0-9]+)?|[零〇一二两三四五六七八九十百千]+")


@cache
def _clauses_with(value: Decimal | None, text: str) -> tuple[str, ...]:
    """Return the beginnings of the clauses in which a number stands, each up to the number."""
    return tuple(
        clause[: found.start()]
        for clause in _CLAUSE.findall(text)
        for found in _NUMBER.finditer(clause)
        if value is not None and number(found[0]) == value
    )


@cache
def _cadence_in(text: str) -> str | None:
    """Return the last cadence that a text names (每月, 按季度), None without one."""
    from npcreply.grammar.words import BY_UNITS, EVERY_UNITS  # only few promises have such a number

    units = {**{f"每{unit}": code for unit, code in EVERY_UNITS.items()}, **BY_UNITS}
    found = re.findall("|".join(sorted(map(re.escape, units), key=len, reverse=True)), text)
    return units[found[-1]] if found else None


def _periods(
    bare: Reporting,
    first: date,
    last: date | None,
    days: list[date],
    measure: Measure,
    as_of: AsOf,
) -> Reporting:
    closed = closed_spans(measure.closings, as_of)
    closing_days = {span.first for span in closed}
    over, reported, following = [], [], None
    for period in whole_periods(bare.cadence, first, last or date.max):
        if _touches(period, closed):
            if period.first > as_of.day:
                break  # closed for good: nothing more is owed
            continue
        is_over = as_of.is_over(period.last) or period.last in closing_days
        if is_over:
            over.append(period)
        if _has_one(period, days):
            reported.append(period)
        elif not is_over:
            following = period
            break
    return replace(
        bare,
        first=first,
        last=last,
        over=tuple(over),
        missed=tuple(sorted(set(over) - set(reported))),
        reported=tuple(reported),
        next=following,
    )


def _last(line: MeasureLine, as_of: AsOf, settings: Settings) -> tuple[date | None, Until]:
    reports = line.measure.reports
    if reports and reports.until:
        return reports.until, Until.REPORTS
    due = measure_due(line.measure, as_of).date
    if due:
        return due, Until.DEADLINE
    term = settings.last_day(line.reply.term)
    return (term, Until.TERM) if term else (None, Until.OPEN)


def _touches(period: Period, closed: list[Period]) -> bool:
    """Tell whether the promise was closed on a day of the period before its last: what is closed on
    the last day owes that period's report still. When reopened it is open.
    """
    return any(
        span.first < period.last and (period.first < span.last or span.last == date.max)
        for span in closed
    )


def _has_one(period: Period, days: list[date]) -> bool:
    place = bisect_left(days, period.first)
    return place < len(days) and days[place] <= period.last
