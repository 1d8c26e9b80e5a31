"""Counting days as the Civil Code has it (arts. 201-204); which days are worked comes as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from npcreply.dataclass import dataclass, field
from npcreply.grammar.calendar_periods import months_after

_DAY = timedelta(days=1)
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: `off` are weekdays off, `work` weekends worked for them 调休, `years`
    those whose arrangement is known. Of other years only the weekends are certain.
    """

    off: frozenset[date] = field(default_factory=frozenset)
    work: frozenset[date] = field(default_factory=frozenset)
    years: frozenset[int] = field(default_factory=frozenset)

    def works(self, day: date) -> bool:
        """Return whether the day is a working day as far as is known."""
        return day in self.work or (day.weekday() < _WEEKEND and day not in self.off)

    def knows(self, day: date) -> bool:
        """Return whether the arrangement of the day's year is known."""
        return day.year in self.years


@dataclass(frozen=True, slots=True)
class Counted:
    """A last day. `ends` is where the count itself ends, before it moves on from a day off;
    `provisional` says that a year without a known arrangement was counted in 暂定.
    """

    day: date
    ends: date
    provisional: bool = False

    @property
    def moved(self) -> bool:
        return self.day != self.ends


def counted(start: date, value: int, unit: str, calendar: Calendar) -> Counted:
    """Return the last day of `value` units (day, working_day, month) after `start`.

    The first day is not counted (art. 201); a month ends on the same day number, or on the month's
    last (202); where the last day is off, the next working day is the last (203). Working days end
    on a working day by themselves. Raises ValueError for another unit.
    """
    if unit == "working_day":
        days = list(_working_days(start, value, calendar))
        return Counted(days[-1], days[-1], _unsure(_span(start, days[-1]), calendar))
    if unit not in ("day", "month"):
        raise ValueError(unit)
    ends = start + value * _DAY if unit == "day" else months_after(start, value)
    day = ends
    while not calendar.works(day):
        day += _DAY
    return Counted(day, ends, _unsure(_span(ends - _DAY, day), calendar))


def appointed(start: date, month_day: str) -> Counted:
    """Return the first MM-DD on or after `start`: an appointed day is no period and never moves."""
    month, day = map(int, month_day.split("-"))
    here = date(start.year, month, day)
    found = here if here >= start else here.replace(year=start.year + 1)
    return Counted(found, found)


def working_days(start: date, end: date, calendar: Calendar) -> tuple[int, bool]:
    """Return how many working days lie after `start` up to and with `end` (negative where it lies
    before), and whether that is provisional.
    """
    if end < start:
        count, provisional = working_days(end, start, calendar)
        return -count, provisional
    span = list(_span(start, end))
    return sum(map(calendar.works, span)), _unsure(span, calendar)


def _working_days(start: date, value: int, calendar: Calendar) -> Iterator[date]:
    day, left = start, max(value, 1)
    while left:
        day += _DAY
        if calendar.works(day):
            left -= 1
            yield day


def _span(start: date, end: date) -> Iterator[date]:
    """Every day after `start` up to `end`."""
    return (start + n * _DAY for n in range(1, (end - start).days + 1))


def _unsure(days: Iterable[date], calendar: Calendar) -> bool:
    return not all(map(calendar.knows, days))
