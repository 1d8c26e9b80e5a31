"""Months and the calendar's periods: which one a day lies in, which ones lie between days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from npcreply.dataclass import dataclass

EARLIEST, LATEST = 1949, 2100  # a year outside is a slip of the finger
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_HALF = 15  # the day that ends the first half of a month


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from the first to the last, both within."""

    first: date
    last: date


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def month_ends(day: date, count: int) -> list[date]:
    """Return the last `count` ends of months not after the day, the earliest first."""
    first = day.replace(day=1)
    ends = [day] if day == month_end(day.year, day.month) else []
    while len(ends) < count and first > date.min:
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    return ends[::-1]


def months_after(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day (Civil Code, art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = month_end(year, month + 1)
    return end.replace(day=min(day.day, end.day))


def period_of(cadence: str, day: date) -> Period:
    """Return the calendar's day, week (from Monday), half-month, month, quarter, half-year or year
    that the day lies in.
    """
    if cadence == "day":
        return Period(day, day)
    if cadence == "week":
        monday = day.toordinal() - day.weekday()
        sunday = min(monday + 6, date.max.toordinal())
        return Period(date.fromordinal(monday), date.fromordinal(sunday))
    if cadence == "half-month":
        early = day.day <= _HALF
        end = day.replace(day=_HALF) if early else month_end(day.year, day.month)
        return Period(day.replace(day=1 if early else _HALF + 1), end)
    first = (day.month - 1) // MONTHS[cadence] * MONTHS[cadence] + 1
    return Period(date(day.year, first, 1), month_end(day.year, first + MONTHS[cadence] - 1))


def whole_periods(cadence: str, first: date, last: date) -> Iterator[Period]:
    """Yield the periods that lie wholly between two days, both within."""
    found = period_of(cadence, first) if first <= last else None
    while found and found.last <= last:
        if found.first >= first:
            yield found
        following = found.last < date.max
        found = period_of(cadence, found.last + timedelta(days=1)) if following else None


def months_between(day: date, later: date) -> Fraction:
    """Return the months from the end of one day to the end of another, begun ones by their days:
    from 31 July to 31 December 5, from 15 July to 31 July 16/31.
    """
    return _place(later) - _place(day)


def _place(day: date) -> Fraction:
    length = month_end(day.year, day.month).day
    return day.year * 12 + day.month + Fraction(day.day, length)
