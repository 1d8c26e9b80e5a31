"""Repeating promises, period by period: which periods have no report, which fell short."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.targets import in_period
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.model import Closing, Entry, Measure
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, seen
from npcreply.domain.time.cadences import Reporting, cadence_of, reporting
from npcreply.grammar.calendar_periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeating:
    """One cadence of a promise on a day: its reports, and the periods over that have one but fell
    `short` of a number that each of them owes. `complete` says that every period that was ever
    owed is reported and none failed.
    """

    reporting: Reporting
    short: tuple[Period, ...] = ()
    complete: bool = False

    @property
    def failed(self) -> tuple[Period, ...]:
        """Return the periods not kept, the earliest first: without a report, or short."""
        return tuple(sorted((*self.reporting.missed, *self.short)))


def repeating(line: MeasureLine, as_of: AsOf, settings: Settings) -> tuple[Repeating, ...]:
    """Return the promise's cadences with the periods that failed; none without a cadence."""
    measure = line.measure
    if not measure.cadence:
        return ()
    entries = seen(measure.log, as_of)
    return tuple(_judged(one, measure, entries, as_of) for one in reporting(line, as_of, settings))


def failed_if_closed(
    line: MeasureLine, on: date, as_of: AsOf, settings: Settings
) -> tuple[Period, ...]:
    """Return the periods that would stay failed if the promise were closed as done on that day,
    the earliest first; one that ends on the day is among them.
    """
    closing = Closing(on=on, as_="done")
    measure = replace(line.measure, closings=(*line.measure.closings, closing))
    judged_on = AsOf(on, as_of.known_on)
    found = repeating(replace(line, measure=measure), judged_on, settings)
    return tuple(sorted(period for one in found for period in one.failed))


def _judged(one: Reporting, measure: Measure, entries: list[Entry], as_of: AsOf) -> Repeating:
    owed = [target for target in measure.targets if cadence_of(target, measure) == one.cadence]
    short = [
        period
        for period in one.reported
        if not all(in_period(target, measure, entries, as_of, period).met for target in owed)
    ]
    return Repeating(
        reporting=one,
        short=tuple(period for period in short if period in one.over),
        complete=one.complete and not short,
    )
