"""Days that letters seldom name but people do: 下周三, 后天, 劳动节, 20天后, 10/31/1974."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from npcreply.domain.time.calendar import month_end, months_after
from npcreply.extract.days import daymonths, weeks
from npcreply.extract.days.dayparts import (
    AFTER,
    BEFORE,
    NUMBER,
    YEAR,
    Form,
    Reading,
    count,
    year_of,
)
from npcreply.extract.words import any_of, table, words

_LONGEST = 40
_HALF = 0.5
_DAYS, _WEEKS = ("天", "日", "工作日"), ("周", "星期", "礼拜")
_MONTHS = {"月": 1, "季度": 3, "年": 12}
_UNIT = "(?P<unit>个?月|个?季度|个?年|天|日|个?工作日|个?周|个?星期|个?礼拜)"


@dataclass(frozen=True, slots=True)
class Said:
    """What a phrase means: a day, or surely none."""

    day: date | None


def said_day(text: str, base: date) -> Said | None:
    """Return what the phrase means on the day `base`; None where it is for the grammar of dates."""
    plain = text.strip()
    if len(plain) > _LONGEST:
        return None
    for form, reading in _all():
        found = form.fullmatch(plain)
        if found:
            try:
                return Said(reading(found, base))
            except (ValueError, OverflowError):
                return Said(None)
    return Said(None) if _of_another_calendar().search(plain) else None


@cache
def _all() -> list[tuple[re.Pattern[str], Reading]]:
    spoken = [*weeks.forms(), *_near_days(), *daymonths.forms(), *_spans(), *_printed_days()]
    return [(re.compile(form), reading) for form, reading in spoken]


@cache
def _of_another_calendar() -> re.Pattern[str]:
    named = any_of(words("day_phrases", "other_calendars"))
    return re.compile(f"{named}|初[一二三四五六七八九十0-9]|节$|节第|[春夏秋冬][季天]?$")


def _near_days() -> list[Form]:
    near, feasts = any_of(table("day_phrases", "days")), any_of(table("day_phrases", "feasts"))
    return [
        (f"(?P<word>{near})", _near),
        (f"[前上](?:{NUMBER})[天日]", _yesterday),
        (f"[下后](?P<n>{NUMBER})[天日]", _days_later),
        (f"{YEAR}(?P<feast>{feasts})", _feast),
    ]


def _spans() -> list[Form]:
    some = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十百]{1,4}|半)(?:个?多|几)?"
    later = f"(?:(?P<before>{BEFORE})|(?P<after>{AFTER})|以内|之内|内)"
    return [
        (f"(?P<n>{NUMBER})(?P<more>个?半)(?P<unit>个?月|年){later}", _after),
        (f"{some}{_UNIT}(?P<more>半)?{later}", _after),
        (f"后(?P<n>{NUMBER})年", _years_later),
        (f"(?:过去|近|最近|前)的?{NUMBER}个?[年月周]|最近", _today),
        ("从?.{1,8}[到至](?:今天|现在|今日)", _today),
    ]


def _printed_days() -> list[Form]:
    month, day = "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
    return [
        (rf"(?P<year>[0-9]{{2}})-{month}-{day}", _printed),
        (r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _printed),
        (rf"(?P<year>[0-9]{{4}})[ .\-/]{{1,2}}{month}[ .\-/]{day}", _printed),
        (r"(?P<a>[0-9]{1,2})[/\-·](?P<b>[0-9]{1,2})(?:/(?P<year>[0-9]{2}|[0-9]{4}))?", _western),
        (r"[0-9]{4}\.[0-9]{1,2}-(?P<y2>[0-9]{4})(?:\.(?P<m2>[0-9]{1,2}))?", _last_of_two),
    ]


def _near(found: re.Match[str], base: date) -> date:
    return base + timedelta(days=int(table("day_phrases", "days")[found["word"]]))


def _yesterday(_found: re.Match[str], base: date) -> date:
    """前两天 end with the day before."""
    return base - timedelta(days=1)


def _days_later(found: re.Match[str], base: date) -> date:
    return base + timedelta(days=count(found["n"]))


def _years_later(found: re.Match[str], base: date) -> date:
    return months_after(base, 12 * count(found["n"]))


def _today(_found: re.Match[str], base: date) -> date:
    return base


def _feast(found: re.Match[str], base: date) -> date:
    """A feast of the common calendar; without a year the next one."""
    month, day = map(int, table("day_phrases", "feasts")[found["feast"]].split("-"))
    year = year_of(found["year"], base)
    on = date(year, month, day)
    return on if found["year"] or on >= base else on.replace(year=year + 1)


def _is_open(found: re.Match[str]) -> bool:
    """以后 begins and never ends; 之后 too where it follows months and years."""
    after = found["after"] or ""
    return after == "以后" or (after == "之后" and found["unit"].endswith(("月", "年")))


def _after(found: re.Match[str], base: date) -> date | None:
    """20天后 is a day; 三年前, 十个月后 name no day, and end with their year or month."""
    if _is_open(found):
        return None
    sign = -1 if found["before"] else 1
    half = _HALF if found["more"] or found["n"] == "半" else 0
    number = sign * ((0 if found["n"] == "半" else count(found["n"])) + half)
    unit = found["unit"].removeprefix("个")
    if unit in _DAYS:
        return base + timedelta(days=int(number))
    if unit in _WEEKS:
        return weeks.sunday(base + timedelta(days=int(number * 7)))
    return _months_later(base, number * _MONTHS[unit], whole_year=unit == "年" and not half)


def _months_later(base: date, months: float, *, whole_year: bool) -> date:
    if months % 1:
        sign = 1 if months > 0 else -1
        return months_after(base, int(months - sign * _HALF)) + timedelta(days=15 * sign)
    moved = months_after(base.replace(day=1), int(months))
    return date(moved.year, 12, 31) if whole_year else month_end(moved.year, moved.month)


def _printed(found: re.Match[str], base: date) -> date:
    return date(year_of(found["year"], base), int(found["month"]), int(found["day"]))


def _western(found: re.Match[str], base: date) -> date:
    """10/31/1974 and 31/10/1974; of 1/2/2020 the day is told first."""
    first, second = int(found["a"]), int(found["b"])
    month_first = second > 12 or not found["year"]
    month, day = (first, second) if month_first else (second, first)
    return date(year_of(found["year"], base), month, day)


def _last_of_two(found: re.Match[str], _base: date) -> date:
    """The end of a run of two: 1999.08-2002.02."""
    return month_end(int(found["y2"]), int(found["m2"] or 12))
