"""Days that letters seldom name but people do: 下周三, 后天, 上个月15号, 劳动节, 20天后, 10/31/74.

Each is read where the whole phrase is one; a week ends on its Sunday.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from npcreply.dataclass import dataclass
from npcreply.grammar import words
from npcreply.grammar.calendar_periods import month_end, months_after
from npcreply.grammar.numerals import integer_text
from npcreply.grammar.pattern import any_of, rx
from npcreply.grammar.periods import NoSuchDayError, century, offset

NUMBER = "(?:[0-9]{1,4}|[一二两三四五六七八九十百廿仨]{1,5})"
NEAR_MONTH = "(?P<mw>(?:上一?个?|下一?个?|本|当|这个|今个|次)月)"
_NEAR_YEAR = "[今去明前后上次来本当]一?"
YEAR = f"(?P<year>(?:[0-9]{{2,4}}|[一二三四五六七八九〇零]{{2,4}}|{_NEAR_YEAR})年的?)?"
BEFORE, AFTER = "(?:之前|以前|前)", "(?:之后|以后|后)"

Reading = Callable[[re.Match[str], date], date | None]
Phrase = tuple[str, Reading]

_ODD = {"仨": "三", "两": "二"}


def count(text: str) -> int:
    """Return a whole number as people say it; raises ValueError when it is none."""
    digits = integer_text(_ODD.get(text, text))
    if digits is None:
        raise ValueError(text)
    return int(digits)


def year_of(word: str | None, base: date) -> int:
    """Return the year of 2021年, 二〇二一年, 91年, 今年; where nothing is said that of `base`."""
    told = (word or "").rstrip("年的")
    if not told:
        return base.year
    if re.fullmatch(_NEAR_YEAR, told):
        return base.year + offset(f"{told}年")
    return century(told, base.year) if len(told) == 2 else count(told)


# --- phrases
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
    for form, reading in _phrases():
        found = form.fullmatch(plain)
        if found:
            try:
                return Said(reading(found, base))
            except (ValueError, OverflowError):
                return Said(None)
    return Said(None) if _OF_ANOTHER_CALENDAR.search(plain) else None


@dataclass(frozen=True, slots=True)
class Typed:
    """A day that a clerk named as people speak; `one`: no period (上周五, not 上周); `yearly`: no
    year was told of a day that comes every year.
    """

    day: date
    one: bool
    yearly: bool


def typed_phrase(text: str, today: date, year: int | None) -> Typed | None:
    """Return what a whole typed phrase means, None where it is none or could be two: 周五, 15日.

    `year` is that of a feast whose year is not told. NoSuchDayError for 本月31日 where it has 30.
    """
    for form, reading in _typed_phrases():
        found = form.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        yearly = reading is _feast and not parts["year"]
        day = reading(found, date(year, 1, 1) if yearly and year else today)
        one = _TYPED[reading] and parts.get("day", "") not in (None, "末")
        return Typed(day, one, yearly) if day else None
    return None


def _spoken() -> list[Phrase]:
    return [*_weeks_said(), *_near_days(), *_months_said(), *_spans(), *_printed_days()]


@cache
def _phrases() -> list[tuple[re.Pattern[str], Reading]]:
    return [(re.compile(form), reading) for form, reading in _spoken()]


@cache
def _typed_phrases() -> list[tuple[re.Pattern[str], Reading]]:
    return [(re.compile(form), reading) for form, reading in _spoken() if reading in _TYPED]


_OF_ANOTHER_CALENDAR = rx(
    "<<other_calendars>>|初[一二三四五六七八九十0-9]|节$|节第|[春夏秋冬][季天]?$"
)


def _near_days() -> list[Phrase]:
    near, feasts = any_of(words.NEAR_DAYS), any_of(words.FEASTS)
    return [
        (f"(?P<word>{near})", _near),
        (f"[前上](?:{NUMBER})[天日]", _yesterday),
        (f"[下后](?P<n>{NUMBER})[天日]", _days_later),
        (f"{YEAR}(?P<feast>{feasts})", _feast),
    ]


def _spans() -> list[Phrase]:
    some = "(?P<n>[0-9]{1,3}|[一二两三四五六七八九十百]{1,4}|半)(?:个?多|几)?"
    later = f"(?:(?P<before>{BEFORE})|(?P<after>{AFTER})|以内|之内|内)"
    return [
        (f"(?P<n>{NUMBER})[天日](?:{AFTER})", _in_days),
        (f"(?P<n>{NUMBER})(?P<more>个?半)(?P<unit>个?月|年){later}", _after),
        (f"{some}{_UNIT}(?P<more>半)?{later}", _after),
        (f"后(?P<n>{NUMBER})年", _years_later),
        (f"(?:过去|近|最近|前)的?{NUMBER}个?[年月周]|最近", _today),
        ("从?.{1,8}[到至](?:今天|现在|今日)", _today),
    ]


def _printed_days() -> list[Phrase]:
    month, day = "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
    return [
        (rf"(?P<year>[0-9]{{2}})-{month}-{day}", _printed),
        (r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})", _printed),
        (rf"(?P<year>[0-9]{{4}})[ .\-/]{{1,2}}{month}[ .\-/]{day}", _printed),
        (r"(?P<a>[0-9]{1,2})[/\-·](?P<b>[0-9]{1,2})(?:/(?P<year>[0-9]{2}|[0-9]{4}))?", _western),
        (r"[0-9]{4}\.[0-9]{1,2}-(?P<y2>[0-9]{4})(?:\.(?P<m2>[0-9]{1,2}))?", _last_of_two),
    ]


def _near(found: re.Match[str], base: date) -> date:
    return base + timedelta(days=int(words.NEAR_DAYS[found["word"]]))


def _yesterday(_found: re.Match[str], base: date) -> date:
    """前两天 end with the day before."""
    return base - timedelta(days=1)


def _days_later(found: re.Match[str], base: date) -> date:
    return base + timedelta(days=count(found["n"]))


def _in_days(found: re.Match[str], base: date) -> date | None:
    """20天后 is a day; 20天以后 never ends."""
    return None if found[0].endswith("以后") else base + timedelta(days=count(found["n"]))


def _years_later(found: re.Match[str], base: date) -> date:
    return months_after(base, 12 * count(found["n"]))


def _today(_found: re.Match[str], base: date) -> date:
    return base


def _feast(found: re.Match[str], base: date) -> date:
    """A feast of the common calendar; without a year the next one."""
    month, day = map(int, words.FEASTS[found["feast"]].split("-"))
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
        return sunday(base + timedelta(days=int(number * 7)))
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


# --- weeks
_WEEK = "(?:周|星期|礼拜)"
_WEEKDAY = "[一二三四五六日天]"
_WEEKDAYS = {day: number for number, day in enumerate("一二三四五六日")} | {"天": 6}
_STEPS = {"上上": -2, "上": -1, "下": 1, "下下": 2}


def _weeks_said() -> list[Phrase]:
    """Return the phrases of weeks, each with its reading."""
    month = f"{YEAR}(?:(?P<mw>[上下本当])个?月|(?P<month>{NUMBER})月份?)"
    step = "(?P<step>上上|下下|上|下|这|本|今)个?"
    return [
        (f"{step}(?:一|{_WEEK})?{_WEEK}(?P<day>{_WEEKDAY}|末)?", _week),
        (f"{_WEEK}(?P<day>{_WEEKDAY})", _weekday),
        ("下半周", _this_week),
        (f"(?P<step>[上下前后])(?P<n>{NUMBER})个?{_WEEK}", _weeks),
        (f"{month}的?第(?P<n>{NUMBER})个?{_WEEK}(?P<day>{_WEEKDAY})?", _of_month),
        (f"{YEAR}(?P<first>第|前|最后)(?P<n>{NUMBER})个?{_WEEK}", _of_year),
    ]


def sunday(day: date) -> date:
    """Return the last day of the week that `day` is in."""
    return day + timedelta(days=6 - day.weekday())


def _week(found: re.Match[str], base: date) -> date:
    step, day = _STEPS.get(found["step"], 0), found["day"]
    end = sunday(base) + timedelta(days=7 * step)
    if not day or day == "末":
        return end
    if step == 0:  # 这周三 is the one that is not over
        return base + timedelta(days=(_WEEKDAYS[day] - base.weekday()) % 7)
    return end - timedelta(days=6 - _WEEKDAYS[day])


def _weekday(found: re.Match[str], base: date) -> date:
    return base + timedelta(days=(_WEEKDAYS[found["day"]] - base.weekday() - 1) % 7 + 1)


def _this_week(_found: re.Match[str], base: date) -> date:
    return sunday(base)


def _weeks(found: re.Match[str], base: date) -> date:
    """上两周 ended last Sunday, 下三周 end with the third week from now."""
    later = -1 if found["step"] in "上前" else count(found["n"])
    return sunday(base) + timedelta(days=7 * later)


def _of_month(found: re.Match[str], base: date) -> date:
    """The n-th week of a month begins with its n-th Monday."""
    if found["mw"]:
        first = months_after(base.replace(day=1), {"上": -1, "下": 1}.get(found["mw"], 0))
    else:
        first = date(year_of(found["year"], base), count(found["month"]), 1)
    weeks = timedelta(days=7 * (count(found["n"]) - 1))
    if found["day"]:
        return first + timedelta(days=(_WEEKDAYS[found["day"]] - first.weekday()) % 7) + weeks
    return _first_sunday(first) + weeks


def _of_year(found: re.Match[str], base: date) -> date:
    year = year_of(found["year"], base)
    if found["first"] == "最后":
        return sunday(date(year, 12, 31)) - timedelta(days=7)
    return _first_sunday(date(year, 1, 1)) + timedelta(days=7 * (count(found["n"]) - 1))


def _first_sunday(first: date) -> date:
    """The Sunday that ends the week of the first Monday on or after `first`."""
    return first + timedelta(days=-first.weekday() % 7 + 6)


# --- months, years
def _months_said() -> list[Phrase]:
    """Return the phrases, each with its reading; the first that fits decides."""
    last = "(?:(?P<last>最后)|前)"
    of_month = f"(?:{NEAR_MONTH}|{YEAR}(?:(?P<month>{NUMBER})月份?)?的?)"
    decade = "(?:(?P<decade>[1-9]0|[一二三四五六七八九]十)年代)?末?期?"
    return [
        (f"(?P<short>0[0-9])年{BEFORE}", _short_year),
        (f"(?P<day>{NUMBER})[日号]", _day_of_month),
        (f"{NEAR_MONTH}(?P<day>{NUMBER})[日号]", _day_of_near_month),
        (f"{NEAR_MONTH}份?(?P<part>初)?(?:{BEFORE})?", _whole_near_month),
        (f"{YEAR}(?P<month>{NUMBER})月份?初{BEFORE}?", _start_of_month),
        (f"{YEAR}(?:年?初|(?P<begun>伊始)){BEFORE}?", _start_of_year),
        (f"{YEAR}第?(?P<q>[一二三四1-4])季度?初", _start_of_quarter),
        ("(?P<word>[上下本这])一?个?季度末?", _near_quarter),
        (f"{YEAR}(?:第(?P<n>{NUMBER})个月|首月|(?P<last>最后|后){NUMBER}个?月)", _month_of_year),
        (f"{of_month}{last}(?P<n>{NUMBER})[天日]", _days_of_month),
        (f"{YEAR}(?P<month>{NUMBER})月(?P<day>{NUMBER})", _month_day),
        ("2月29[日号]", _leap_day),
        (f"下年(?:(?P<month>{NUMBER})月)?", _next_year),
        ("(?P<short>[0-9]{2}|[一二三四五六七八九零〇]{2})年", _short_year),
        (f"(?:(?P<century>上|{NUMBER})个?世纪)?{decade}", _decade),
        (r"=?(?P<year>(?:19|20)[0-9]{2})", _whole_year),
        ("[今这本]一?年", _this_year),
        ("上半月", _half_month),
        ("上个半年", _half_year),
    ]


def _day_of_month(found: re.Match[str], base: date) -> date | None:
    """29日: the next one that is not over."""
    day = count(found["day"])
    for months in range(3):
        first = months_after(base.replace(day=1), months)
        if day <= month_end(first.year, first.month).day and first.replace(day=day) >= base:
            return first.replace(day=day)
    return None


def _near_month(found: re.Match[str], base: date) -> date:
    """The first day of 上月, 本月, 下个月."""
    word = found["mw"].replace("个", "").replace("一", "")
    return months_after(base.replace(day=1), {"上": -1, "下": 1, "次": 1}.get(word[0], 0))


def _day_of_near_month(found: re.Match[str], base: date) -> date:
    first, day = _near_month(found, base), count(found["day"])
    if not 1 <= day <= month_end(first.year, first.month).day:
        raise NoSuchDayError(first.year, first.month, day)
    return first.replace(day=day)


def _whole_near_month(found: re.Match[str], base: date) -> date:
    first = _near_month(found, base)
    # 月初 is read as its first five days, as other tools do
    return first.replace(day=5) if found["part"] else month_end(first.year, first.month)


def _start_of_month(found: re.Match[str], base: date) -> date:
    return date(year_of(found["year"], base), count(found["month"]), 5)


def _start_of_year(found: re.Match[str], base: date) -> date:
    """年初 ends with February, 伊始 with January, as other tools have it."""
    return month_end(year_of(found["year"], base), 1 if found["begun"] else 2)


def _start_of_quarter(found: re.Match[str], base: date) -> date:
    return month_end(year_of(found["year"], base), 3 * count(found["q"]) - 2)


def _near_quarter(found: re.Match[str], base: date) -> date:
    first = base.replace(month=3 * ((base.month - 1) // 3) + 1, day=1)
    last = months_after(first, 3 * {"上": -1, "下": 1}.get(found["word"], 0) + 2)
    return month_end(last.year, last.month)


def _month_of_year(found: re.Match[str], base: date) -> date:
    """第八个月, 首月, 最后4个月."""
    month = 1 if found["n"] is None else count(found["n"])
    return month_end(year_of(found["year"], base), 12 if found["last"] else month)


def _days_of_month(found: re.Match[str], base: date) -> date:
    """4月前4天, 上月最后五天, 去年的前10天."""
    if found["mw"]:
        first = _near_month(found, base)
    else:
        month = count(found["month"]) if found["month"] else 12 if found["last"] else 1
        first = date(year_of(found["year"], base), month, 1)
    end = month_end(first.year, first.month)
    return end if found["last"] else first.replace(day=count(found["n"]))


def _month_day(found: re.Match[str], base: date) -> date | None:
    if "廿" in found["day"]:  # 五月廿二, without 日, is a day of the farmers' calendar
        return None
    return date(year_of(found["year"], base), count(found["month"]), count(found["day"]))


def _leap_day(_found: re.Match[str], base: date) -> date:
    """2月29日 is in the next leap year."""
    year = base.year + -base.year % 4
    day = date(year, 2, 29)
    return day if day >= base else date(year + 4, 2, 29)


def _next_year(found: re.Match[str], base: date) -> date:
    return month_end(base.year + 1, count(found["month"]) if found["month"] else 12)


def _short_year(found: re.Match[str], base: date) -> date:
    return date(century(found["short"], base.year), 12, 31)


def _decade(found: re.Match[str], base: date) -> date:
    """九十年代, 上世纪80年代, 18世纪: the last day."""
    said = found["century"]
    if said is None:
        first = 1900
    else:
        first = 100 * (base.year // 100 - 1 if said == "上" else count(said) - 1)
    return date(first + (count(found["decade"]) + 9 if found["decade"] else 99), 12, 31)


def _whole_year(found: re.Match[str], _base: date) -> date:
    return date(int(found["year"]), 12, 31)


def _this_year(_found: re.Match[str], base: date) -> date:
    return date(base.year, 12, 31)


def _half_month(_found: re.Match[str], base: date) -> date:
    return base.replace(day=15)


def _half_year(_found: re.Match[str], base: date) -> date:
    return date(base.year, 6, 30) if base.month > 6 else date(base.year - 1, 12, 31)


# What a clerk may type, and whether it is one day; of the others two readings are possible.
_TYPED: dict[Reading, bool] = {
    _near: True,
    _week: True,
    _day_of_near_month: True,
    _feast: True,
    _in_days: True,
    _this_week: False,
    _weeks: False,
    _of_month: True,
    _of_year: False,
    _near_quarter: False,
}
