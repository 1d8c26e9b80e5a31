"""The calendar's periods: which one a day lies in, which ones lie between days, what words name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from npcreply.domain.time.calendar import month_end
from npcreply.grammar.numerals import squeeze

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_HALF = 15  # the day that ends the first half of a month

# Words that name a period by themselves, and its months. 年底, 6月底 name an end: nobody can tell
# from them since when is counted.
_YEAR = "(?:[0-9]{4}年?|[今本当明]年)?"
_NAMED = (
    ("十[一二三四五六]五(?:规划)?(?:时期|期)?", 60),
    (f"{_YEAR}[上下]半年度?", 6),
    (f"{_YEAR}第?[1-4一二三四]季度?", 3),
    (f"{_YEAR}[0-9]{{1,2}}月份?", 1),
    (f"{_YEAR}(?:全年|年)度?|(?:[0-9]{{4}}|[今本当明])年度?", 12),
)
_WITHIN = "(?:以内|之内|内|期间)?"
_PERIODS = [(re.compile(f"[在于]?(?:{words}){_WITHIN}"), months) for words, months in _NAMED]
_FROM_JANUARY = re.compile(f"{_YEAR}前[2-4二三四]个?季度?{_WITHIN}")
_QUOTES = str.maketrans("", "", "“”\"'「」")
_COUNT = "[0-9一二两三四五六七八九十百]{1,4}"
_SPAN = re.compile(
    f"(?:今后|未来)?(?:{_COUNT}(?:天|日|个?工作日|周|个?星期|个月|(?<![0-9]{{4}})年)|半年)"
    "(?:以内|之内|内)"
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from the first to the last, both within."""

    first: date
    last: date


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


@cache
def named_start(words: str, end: date) -> date | None:
    """Return the first day of the period that a deadline's words name (全年, 2023年内, 上半年,
    十四五), if such a period ends on that day; None for words that name an end only (年底前).
    """
    plain = squeeze(words).translate(_QUOTES)
    if _FROM_JANUARY.fullmatch(plain):
        months = end.month
    else:
        months = next((months for form, months in _PERIODS if form.fullmatch(plain)), 0)
    if not months or not _ends(plain, end):
        return None
    year, month = divmod(end.year * 12 + end.month - months, 12)
    return date(year, month + 1, 1)


def _ends(words: str, end: date) -> bool:
    """Tell whether the period ends on that day, in its own year or as the next one (明年)."""
    from npcreply.domain.days import DayError, typed_day  # only words of a period need its grammar

    for year in (end.year, end.year - 1):
        try:
            if typed_day(words, end, year).date == end:
                return True
        except DayError:
            return False
    return False


@cache
def counts_from_reply(words: str) -> bool:
    """Return whether a deadline's words count from the day they were written: 三个月内, 30天内."""
    return bool(_SPAN.fullmatch(squeeze(words)))


def _place(day: date) -> Fraction:
    length = month_end(day.year, day.month).day
    return day.year * 12 + day.month + Fraction(day.day, length)
