"""Which periodic reports a repeating promise owes: every whole period without a dated entry."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.model import Closing, Measure
from npcreply.domain.time.as_of import AsOf, closing_in_force, seen
from npcreply.domain.time.deadlines import measure_due
from npcreply.grammar.months import Period, whole_periods

_AHEAD = 1000  # days: the next report of the year lies within


class Until(StrEnum):
    """What says the last day of reporting."""

    REPORTS = "reports"
    DEADLINE = "deadline"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """One cadence of a promise on a day. `first` is None where nothing says since when reports are
    owed: then nothing can be computed. `owed` counts the periods that are over; `next` is the first
    one not over that has no entry yet; `undated` counts the entries without a day.
    """

    cadence: str
    first: date | None = None
    last: date | None = None
    until: Until = Until.YEAR
    owed: int = 0
    missed: tuple[Period, ...] = ()
    next: Period | None = None
    undated: int = 0


def reporting(line: MeasureLine, as_of: AsOf) -> list[Reporting]:
    """Return the promise's cadences, each for itself: one entry counts for month and quarter alike.

    Owed is every whole calendar period from `reports.from`, else the day of the reply, to
    `reports.until`, else the promise's own deadline in force, else the end of the reply's year
    (of the session's where the reply has no day). While the promise was closed nothing is owed.
    """
    measure = line.measure
    reports, entries = measure.reports, seen(measure.log, as_of)
    first = (reports.from_ if reports else None) or line.replied
    days = sorted(entry.on for entry in entries if entry.on)
    undated = sum(entry.on is None for entry in entries)
    if first is None:
        return [Reporting(cadence=cadence, undated=undated) for cadence in measure.cadence]
    last, until = _last(line, first, as_of)
    known = date.fromordinal(min(last.toordinal(), as_of.day.toordinal() + _AHEAD))
    closed = _closed(measure, as_of)
    found = []
    for cadence in measure.cadence:
        owed = [p for p in whole_periods(cadence, first, known) if not _touches(p, closed)]
        over = [period for period in owed if as_of.is_over(period.last)]
        ahead = (p for p in owed[len(over) :] if not _reported(p, days))
        found.append(
            Reporting(
                cadence=cadence,
                first=first,
                last=last,
                until=until,
                owed=len(over),
                missed=tuple(period for period in over if not _reported(period, days)),
                next=next(ahead, None),
                undated=undated,
            )
        )
    return found


def has_no_start(line: MeasureLine, as_of: AsOf) -> bool:
    """Return whether reports are owed and nothing says since when: none can be computed."""
    measure = line.measure
    given = measure.reports.from_ if measure.reports else None
    open_ = measure.cadence and not closing_in_force(measure, as_of)
    return bool(open_) and not given and not line.replied


def _last(line: MeasureLine, first: date, as_of: AsOf) -> tuple[date, Until]:
    reports = line.measure.reports
    if reports and reports.until:
        return reports.until, Until.REPORTS
    due = measure_due(line.measure, as_of).date
    if due:
        return due, Until.DEADLINE
    year = line.replied.year if line.replied else line.reply.year
    return date(max(year, first.year), 12, 31), Until.YEAR


def _closed(measure: Measure, as_of: AsOf) -> list[Period]:
    """Return the spans in which the promise was closed; the last one is open to the end."""
    spans: list[Period] = []
    since: Closing | None = None
    for closing in seen(measure.closings, as_of):
        if closing.as_ == "reopened" and since:
            spans.append(Period(since.on, closing.on))
            since = None
        elif closing.as_ != "reopened":
            since = since or closing
    return [*spans, Period(since.on, date.max)] if since else spans


def _touches(period: Period, closed: list[Period]) -> bool:
    """Tell whether the promise was closed on a day of the period; when reopened it is open."""
    return any(
        span.first <= period.last and (period.first < span.last or span.last == date.max)
        for span in closed
    )


def _reported(period: Period, days: list[date]) -> bool:
    place = bisect_left(days, period.first)
    return place < len(days) and days[place] <= period.last
