"""Which days a time expression covers once its year is known: first day and last day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from npcreply.dataclass import dataclass
from npcreply.grammar import words
from npcreply.grammar.calendar_periods import LATEST, month_end, months_after
from npcreply.grammar.shapes import Form

_OLDEST = 1000  # 明洪武 in a text about old walls is history, not a slip
_DAYS_IN = {"天": 1, "日": 1, "自然日": 1, "周": 7, "星期": 7}
_MONTHS_IN = {"月": 1, "季度": 3, "年": 12, "学年": 12}
_QUARTERS = {"首": 1}
_TWO_YEARS = {"今明": (0, 1), "明后": (1, 2), "去今": (-1, 0)}


class NoSuchDayError(ValueError):
    """The calendar has no such day, month or year: 9月31日, 13月; `parts` are year, month, day."""

    def __init__(self, year: int, month: int, day: int) -> None:
        super().__init__(f"{year}-{month}-{day}")
        self.parts = year, month, day


@dataclass(frozen=True, slots=True)
class Extent:
    """`first` to `last`; None where the words do not say: 3个工作日内 has no last day here."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Years:
    """The year a form is read in (`own`), the reply's (`reply`), and the reply's day."""

    own: int | None
    reply: int | None
    day: date | None


def extent(form: Form, years: Years) -> Extent | None:
    """Return the days of the form, None where its year is not known; raises NoSuchDayError."""
    reading = _READINGS.get(form.rule)
    return reading(form, years) if reading else None


def offset(word: str) -> int:
    """Return how far 今年, 明年, 本月 … are from the year or month of the reply."""
    return int({**words.YEARS, **words.MONTHS}.get(word, "0"))


_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


def century(short: str, near: int | None) -> int:
    """Return the year of two digits (23, 零八, 九七) near `near`; ten years ahead it is past."""
    told, year = near or 2020, int(short.translate(_DIGITS))
    both = (1900 + year, 2000 + year)
    return min([full for full in both if full <= told + 10] or both, key=lambda y: abs(y - told))


def _day(year: int, month: int, day: int) -> date:
    if not _OLDEST <= year <= LATEST:
        raise NoSuchDayError(year, month, day)
    try:
        return date(year, month, day)
    except ValueError:
        raise NoSuchDayError(year, month, day) from None


def _end(year: int, month: int) -> date:
    _day(year, month, 1)
    return month_end(year, month)


def _second_year(form: Form, years: Years, month: int, day: int, first: date) -> int:
    """The year at the other end: printed, 次年, or the next one where the months run over."""
    word = form.parts.get("yw2", "")
    if form.number("y2"):
        return form.number("y2") or first.year
    if word:
        anaphoric = word in words.ANAPHORIC_YEARS or years.reply is None
        return (first.year if anaphoric else years.reply or first.year) + offset(word)
    return first.year + ((month, day) < (first.month, first.day))


def _days(form: Form, years: Years) -> Extent | None:
    if years.own is None:
        return None
    first = _day(years.own, form.number("m") or 0, form.number("d") or 0)
    month, day = form.number("m2") or first.month, form.number("d2") or 0
    return Extent(first, _day(_second_year(form, years, month, day, first), month, day))


def _one_day(form: Form, years: Years) -> Extent | None:
    month, day = form.number("m") or 0, form.number("d") or 0
    if years.own is None:
        _day(2024, month, day)  # a leap year: 9月31日 is wrong in every year
        return None
    found = _day(years.own, month, day)
    return Extent(found, found)


def _years(form: Form, _years_told: Years) -> Extent | None:
    first, last = form.number("y") or 0, form.number("y2") or 0
    if first >= last:
        raise NoSuchDayError(last, 12, 31)
    return Extent(_day(first, 1, 1), _day(last, 12, 31))


def _months(form: Form, years: Years) -> Extent | None:
    month, last = form.number("m") or 0, form.number("m2") or 0
    if years.own is None:
        return None
    first = _day(years.own, month, 1)
    return Extent(first, _end(_second_year(form, years, last, 1, first), last))


def _first_months(form: Form, years: Years) -> Extent | None:
    return _run(years, 1, form.number("n") or 0)


def _quarters(form: Form, years: Years) -> Extent | None:
    return _run(years, 3 * (form.number("q") or 1) - 2, 3 * (form.number("q2") or 0))


def _quarter(form: Form, years: Years) -> Extent | None:
    number = _QUARTERS.get(form.parts["q"]) or form.number("q") or 0
    whole = _run(years, 3 * number - 2, 3 * number)
    begun = whole and form.parts.get("part") == "初"  # 四季度初 has no last day
    return Extent(whole.first, None) if whole and begun else whole


def _half_year(form: Form, years: Years) -> Extent | None:
    first = (form.parts.get("h") or form.parts.get("h2")) in ("上", "前")
    return _run(years, 1, 6) if first else _run(years, 7, 12)


def _run(years: Years, first: int, last: int) -> Extent | None:
    if years.own is None:
        return None
    return Extent(_day(years.own, first, 1), _end(years.own, last))


def _third(form: Form, years: Years) -> Extent | None:
    whole = _near(form, years) if form.parts.get("mw") else _month(form, years)
    if whole is None or whole.first is None:
        return None
    first, part = whole.first, form.parts["t"]
    if part == "下":
        return Extent(first.replace(day=21), whole.last)
    start, last = (1, 10) if part == "上" else (11, 20)
    return Extent(first.replace(day=start), first.replace(day=last))


def _month(form: Form, years: Years) -> Extent | None:
    month = form.number("m") or 0
    if years.own is None:
        _day(2024, month, 1)
        return None
    found = Extent(_day(years.own, month, 1), _end(years.own, month))
    # 8月初: no day is the last of a month's beginning
    return Extent(found.first, None) if form.parts.get("part") == "初" else found


def _near(form: Form, years: Years) -> Extent | None:
    if years.day is None:
        return None
    first = months_after(years.day.replace(day=1), offset(form.parts["mw"]))
    return Extent(
        first, None if form.parts.get("part") == "初" else month_end(first.year, first.month)
    )


def _year(_form: Form, years: Years) -> Extent | None:
    return _run(years, 1, 12)


def _feast(form: Form, years: Years) -> Extent | None:
    """“六一”前 ends with 31 May; 元旦 without a year is the next one."""
    if years.own is None:
        return None
    month, day = map(int, words.CIVIL_FEASTS[form.parts["feast"]].split("-"))
    silent = not {"y", "yy", "yw"} & form.parts.keys()
    on = _day(years.own + (silent and (month, day) == (1, 1)), month, day)
    return Extent(None, on - timedelta(days=1))


def _year_start(_form: Form, years: Years) -> Extent | None:
    return None if years.own is None else Extent(_day(years.own, 1, 1), None)


def _two(form: Form, years: Years) -> Extent | None:
    if years.reply is None:
        return None
    first, last = _TWO_YEARS[form.parts["w"]]
    return Extent(_day(years.reply + first, 1, 1), _day(years.reply + last, 12, 31))


def _plan(form: Form, _years_told: Years) -> Extent | None:
    """十四五 is 2021 to 2025; its beginning and middle have no last day."""
    last = 2005 + 5 * (form.number("plan") or 0)
    first = _day(last - 4, 1, 1)
    whole = form.parts.get("part") in ("期末", "期间", "时期", "末", "期")
    return Extent(first, _day(last, 12, 31) if whole else None)


def _span(form: Form, years: Years) -> Extent | None:
    """3个月内: from the reply's day, not counted (Civil Code, art. 201-203); not working days."""
    count, unit = _count(form), form.parts["u"].removeprefix("个")
    if years.day is None or count is None or "工作日" in unit or "学期" in unit:
        return Extent(None, None)
    if unit in _DAYS_IN:
        return Extent(years.day, years.day + timedelta(days=int(count * _DAYS_IN[unit])))
    months = count * _MONTHS_IN[unit]
    days = round((months % 1) * 30)
    return Extent(years.day, months_after(years.day, int(months)) + timedelta(days=days))


def _count(form: Form) -> float | None:
    whole = 0.5 if form.parts["n"] == "半" else form.number("n")
    return None if whole is None else whole + (0.5 if {"more", "rest"} & form.parts.keys() else 0)


_READINGS: dict[str, Callable[[Form, Years], Extent | None]] = {
    "days": _days,
    "day": _one_day,
    "numeric_day": _one_day,
    "row_day": _one_day,
    "feast": _feast,
    "years": _years,
    "months": _months,
    "listed_months": _months,
    "many_months": _months,
    "first_months": _first_months,
    "quarters": _quarters,
    "first_quarters": _quarters,
    "quarter": _quarter,
    "q_quarter": _quarter,
    "half_year": _half_year,
    "third_of_month": _third,
    "month": _month,
    "near_third": _third,
    "near_month": _near,
    "year_end": _year,
    "year_start": _year_start,
    "within_year": _year,
    "whole_year": _year,
    "task_year": _year,
    "year": _year,
    "two_years": _two,
    "plan": _plan,
    "within_span": _span,
}
