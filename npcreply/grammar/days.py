"""Days as people type them: a printed date, a period that stands for its last day, so many days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from npcreply.grammar.months import EARLIEST, LATEST, month_end, months_after
from npcreply.grammar.numerals import DIGITS, integer_text, squeeze
from npcreply.language import N_, _

_YEARS = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0}
_YEARS |= {"明年": 1, "次年": 1, "来年": 1, "后年": 2}
_DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "昨天": -1, "昨日": -1}
_THIRDS = {"上旬": 10, "中旬": 20}
_DAYS_IN = {"天": 1, "日": 1, "周": 7, "星期": 7}
_MONTHS_IN = {"月": 1, "年": 12}
_WEEKDAYS = [N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日")]

# 汛前, 春节前, 尽快, 月底: no day of the calendar, or another one each time.
_UNDATED = re.compile(
    r"春节|元旦|元宵|清明|五一|端午|中秋|国庆|十一|节前|节后|汛|高考|中考|开学|学期|暑|寒假|两会|"
    r"供暖|年中|月中|年初|月初|季初|近期|近日|尽快|尽早|早日|即将|适时|长期|(?:^|[今明])年前|"
    r"[本当下]个?[月季周]|^月"
)
_SHORT_YEAR = re.compile(r"[0-9]{2}(?:年.*|([-/.])[0-9]{1,2}\1[0-9]{1,2})")
_COUNTED = re.compile(
    r"[0-9〇零○一二两三四五六七八九十廿卅百Oo]+(?=个?(?:年|月|日|号|天|周|星期|季|工作日))"
)
_YEAR_AND_QUARTER = re.compile(r"(?<=[0-9]{4})(?=[一二三四]季)")
_RELATIVE_YEAR = re.compile("|".join(_YEARS))
_FROM_TODAY = re.compile("今[天日]|[明昨][天日]|今后|未来")
_LEAP = 9  # 29 February comes again after eight years at most (1896, 1904)
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?$")  # a date out of a spreadsheet
_NORMAL = str.maketrans("–—‐", "---", "“”‘’\"'「」")


class DayError(ValueError):
    """What was typed is no day, or could be two; the message says what to type instead."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `words` is what was typed when it was more than a date: 年底, 10月1日前, 今天."""

    date: date
    words: str | None = None


@dataclass(frozen=True, slots=True)
class _Setting:
    text: str
    today: date
    year: int | None


def typed_day(text: str, today: date, year: int | None) -> Day:
    """Return the day that a clerk typed; a period stands for its last day.

    `year` is the record's (of the reply): 年底, 12月31日 and 明年 need it. `today` is for 今天 and
    for 30天内, 3个月内: the first day is not counted, a month ends on the same day or on the
    month's last (Civil Code, art. 201-203); a last day off is not moved. 前 is read inclusively
    after a day or an end (10月1日前, 年底前), of a period only where that is said (2025年及以前).
    DayError when it is no day or leaves a doubt.
    """
    plain, setting = _plain(text), _Setting(text.strip(), today, year)
    for form, reading in _FORMS:
        found = form.fullmatch(plain)
        if found:
            day = _within_reach(reading(found, setting))
            return Day(day, setting.text if _is_worded(found) else None)
    raise DayError(_why_not(plain).format(text=setting.text))


def names_its_year(text: str, today: date) -> bool:
    """Return whether the words need no year from elsewhere: 2024年底, 昨天, 30天内."""
    try:
        typed_day(text, today, None)
    except DayError:
        return False
    return True


def latest_day(text: str, today: date) -> Day:
    """Return the latest such day that is not after `today`, for what has happened: 12月20日 typed
    in January is the December before. 去年, 今年 and 明年 count from today's year.

    DayError as `typed_day` has it.
    """
    if names_its_year(text, today) or _RELATIVE_YEAR.search(text):
        return typed_day(text, today, today.year)
    return _first_year(text, today, -1, lambda day: day <= today)


def next_day(text: str, today: date, since: date) -> Day:
    """Return the next such day from `since` on (the reply's), for a deadline: 3月底 of a reply of
    June is the March after. 3个月内 counts from `since`, 今天 and 自今日起… from today.

    DayError as `typed_day` has it.
    """
    start = today if _FROM_TODAY.search(text) else since
    if names_its_year(text, start) or _RELATIVE_YEAR.search(text):
        return typed_day(text, start, start.year)
    return _first_year(text, start, 1, lambda day: day >= since)


def _first_year(text: str, start: date, step: int, fits: Callable[[date], bool]) -> Day:
    """Return the first day that fits, a year on or back at a time; 29 February skips years."""
    problem: DayError | None = None
    for year in range(start.year, start.year + step * _LEAP, step):
        try:
            day = typed_day(text, start, year)
        except DayError as error:
            problem = problem or error
            continue
        if fits(day.date):
            return day
    raise problem or DayError(_why_not(_plain(text)).format(text=text.strip()))


def is_one_day(words: str) -> bool:
    """Return whether words that `typed_day` kept name one day and no period: 今天, 昨天."""
    return _plain(words) in _DAYS


def iso_day(text: str) -> date:
    """Return the day written exactly YYYY-MM-DD, as record files have it; else DayError."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    try:
        meant = typed_day(text, date.min, None).date
    except (DayError, OverflowError):
        said = _("日期要写成 2024-12-31 这样（四位年、两位月、两位日，半角），现在是“{text}”")
        raise DayError(said.format(text=text)) from None
    raise DayError(_("“{text}”要写成 {day}").format(text=text, day=show_day(meant)))


def show_day(day: date) -> str:
    """Return the day as YYYY-MM-DD."""
    return day.isoformat()


def weekday(day: date) -> str:
    """Return the day of the week: 周五, Fri."""
    return _(_WEEKDAYS[day.weekday()])


def _plain(text: str) -> str:
    plain = squeeze(_MIDNIGHT.sub("", text.strip())).translate(_NORMAL)
    plain = _YEAR_AND_QUARTER.sub("年", plain)
    return _COUNTED.sub(lambda found: integer_text(found[0]) or found[0], plain)


def _is_worded(found: re.Match[str]) -> bool:
    parts = found.groupdict()
    return not parts.get("day") or bool(parts.get("before")) or parts["year"] in _YEARS


def _why_not(plain: str) -> str:
    if not plain:
        return _("没有写日期")
    if "工作日" in plain:
        return _("“{text}”要扣除节假日才能算，请写日期，例如 2024-12-31")
    if _UNDATED.search(plain):
        return _("“{text}”没有说到哪一天，请写日期，例如 2024-12-31")
    if _SHORT_YEAR.fullmatch(plain):
        return _("“{text}”的年份请写四位，例如 2024-12-31")
    return _("看不懂日期“{text}”，可以写 2024-12-31、12月31日、年底、6月底、一季度、上半年、30天内")


def _within_reach(day: date) -> date:
    if not EARLIEST <= day.year <= LATEST:
        said = _("{year} 年不对：应在 {earliest} 到 {latest} 之间")
        raise DayError(said.format(year=day.year, earliest=EARLIEST, latest=LATEST))
    return day


def _date(year: int, month: int, day: int) -> date:
    """Return the day; DayError with the reason where the calendar has none."""
    shown = f"{year:04}-{month:02}-{day:02}"
    if year < 1:
        raise DayError(_("没有 {day} 这一天：年份不对").format(day=shown))
    if not 1 <= month <= 12:
        raise DayError(_("没有 {day} 这一天：月份是1到12").format(day=shown))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        said = _("没有 {day} 这一天：{year}年{month}月只有{last}天")
        raise DayError(said.format(day=shown, year=year, month=month, last=last))
    return date(year, month, day)


def _year(found: re.Match[str], setting: _Setting) -> int:
    said = found["year"] or ""
    if said[:4].isdecimal():
        return int(said[:4])
    if setting.year is None:
        why = _("“{text}”没有写是哪一年，请连年份一起写，例如 2024年底、2024-12-31")
        raise DayError(why.format(text=setting.text))
    return setting.year + _YEARS.get(said, 0)


def _printed(found: re.Match[str], setting: _Setting) -> date:
    return _date(_year(found, setting), int(found["month"]), int(found["day"]))


def _near(found: re.Match[str], setting: _Setting) -> date:
    return setting.today + timedelta(days=_DAYS[found["word"]])


def _span(found: re.Match[str], setting: _Setting) -> date:
    """So many days, weeks, months or years from today, which is not counted."""
    count, unit = (6, "月") if found["half"] else (int(found["count"]), found["unit"].strip("个"))
    if not count:
        raise DayError(_("“{text}”要从 1 起，例如 30天内").format(text=setting.text))
    if unit in _DAYS_IN:
        return setting.today + timedelta(days=count * _DAYS_IN[unit])
    return months_after(setting.today, count * _MONTHS_IN[unit])


def _period(found: re.Match[str], setting: _Setting) -> date:
    """The last day of a year, half-year, quarter, month or third of a month."""
    parts = found.groupdict()
    year = _year(found, setting)
    if parts.get("quarter"):
        month = int(found["quarter"]) * 3
    else:
        month = int(parts.get("month") or (6 if parts.get("half") == "上" else 12))
    first = _date(year, month, 1)
    third = _THIRDS.get(parts.get("part") or "")
    return _unless_doubtful(found, setting, third or month_end(first.year, month).day, first)


def _plan(found: re.Match[str], setting: _Setting) -> date:
    """The last day of a five-year plan: 十四五 2025, 十五五 2030."""
    december = date(2005 + 5 * DIGITS.index(found["plan"]), 12, 1)
    return _unless_doubtful(found, setting, 31, december)


def _unless_doubtful(found: re.Match[str], setting: _Setting, last: int, first: date) -> date:
    # 2025年前 may end with 2024 or with 2025; 2025年底前 has one end only.
    parts, day = found.groupdict(), first.replace(day=last)
    before = parts.get("before") or ""
    if before and before[0] not in "及或" and parts["end"] in (None, "期间"):
        said = _("“{text}”含不含那一段时间，说法不一，请写日期，例如 {day}")
        raise DayError(said.format(text=setting.text, day=show_day(day)))
    return day


_PLAIN_YEAR = "(?P<year>[0-9]{4})"
_YEAR = rf"(?P<year>[0-9]{{4}}年|[0-9]{{4}}(?=[上下全底末第前Qq])|{'|'.join(_YEARS)})"
_IN = "(?:以内|之内|内)"
_END = f"(?P<end>[底末终]|{_IN}|期间)?"
_BEFORE = "(?P<before>(?:[及或](?:以前|之前)|以前|之前|前)?)(?:为止|止)?"
_HALF = "(?P<half>[上下])半年度?"
_QUARTER = "[第前Qq]?(?P<quarter>[1-4])(?:(?<=[Qq][1-4])|(?<=前[1-4])个季度|季度|季(?=[底末]))"
_DAY = "(?P<day>[0-9]{1,2})[日号]?"
_MONTH = r"(?P<month>[0-9]{1,2})月份?(?P<part>[上中下]旬)?"
_SPAN = r"(?P<half>半年)|(?P<count>[0-9]{1,3})(?P<unit>天|日|个月|周|个?星期|年)"
_WHOLE_YEAR = rf"{_YEAR}(?:年?度?|全年度?)|全年度?|年度|年(?=[底末终内以之])"

_SHAPES: tuple[tuple[str, Callable[[re.Match[str], _Setting], date]], ...] = (
    (f"(?P<word>{'|'.join(_DAYS)})", _near),
    (rf"{_PLAIN_YEAR}(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark){_DAY}{_BEFORE}", _printed),
    (rf"{_PLAIN_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_BEFORE}", _printed),
    (rf"{_YEAR}?(?P<month>[0-9]{{1,2}})(?:月|[-/]){_DAY}{_BEFORE}", _printed),
    (rf"(?:今后|未来|[自从]今[天日]起)?(?:{_SPAN}){_IN}", _span),
    (rf"{_PLAIN_YEAR}[-/.](?P<month>[0-9]{{1,2}})", _period),
    (rf"{_YEAR}?(?:{_HALF}|{_QUARTER}|{_MONTH}){_END}{_BEFORE}", _period),
    (rf"(?:{_WHOLE_YEAR}){_END}{_BEFORE}", _period),
    (rf"十(?P<plan>[一二三四五六])五(?:规划)?(?:时期|期)?{_END}{_BEFORE}", _plan),
)
_FORMS = [(re.compile(f"(?:截至|截止到?|到|至|于|在)?(?:{form})"), do) for form, do in _SHAPES]


# Words that name a period by themselves, and its months. 年底, 6月底 name an end: nobody can tell
# from them since when is counted.
_OF_YEAR = "(?:[0-9]{4}年?|[今本当明]年)?"
_NAMED = (
    ("十[一二三四五六]五(?:规划)?(?:时期|期)?", 60),
    (f"{_OF_YEAR}[上下]半年度?", 6),
    (f"{_OF_YEAR}第?[1-4一二三四]季度?", 3),
    (f"{_OF_YEAR}[0-9]{{1,2}}月份?", 1),
    (f"{_OF_YEAR}(?:全年|年)度?|(?:[0-9]{{4}}|[今本当明])年度?", 12),
)
_WITHIN = "(?:以内|之内|内|期间)?"
_PERIODS = [(re.compile(f"[在于]?(?:{words}){_WITHIN}"), months) for words, months in _NAMED]
_FROM_JANUARY = re.compile(f"{_OF_YEAR}前[2-4二三四]个?季度?{_WITHIN}")
_QUOTES = str.maketrans("", "", "“”\"'「」")
_SPAN_COUNT = "[0-9一二两三四五六七八九十百]{1,4}"
_COUNTED_SPAN = re.compile(
    f"(?:今后|未来)?(?:{_SPAN_COUNT}(?:天|日|个?工作日|周|个?星期|个月|(?<![0-9]{{4}})年)|半年)"
    "(?:以内|之内|内)"
)


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
    return bool(_COUNTED_SPAN.fullmatch(squeeze(words)))


_HAN = "一二三四五六七八九十"
DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<mark>[年\-./])(?P<month>\d{1,2})[月\-./](?P<day>\d{1,2})(?!\d)日?"
    rf"|(?P<han>[一二][一二三四五六七八九〇○◯零0OoОΟο]{{3}})年(?P<hm>[{_HAN}0-9]{{1,2}})月(?P<hd>[{_HAN}0-9]{{1,3}})日"
)
# What a converter leaves of a date: 20224月8日, 2022年月日, 202285, 2018717, 年月日.
BROKEN = re.compile(
    r"(?<!\d)20\d{2}(?:\d{1,2}月\d{0,2}日?|年月?\d{0,2}日?|月\d{1,2}[月日]?|\d{1,3}月?\d{0,2}日?|)$"
    r"|(?<!\d)(?:年月\d{0,2}日?|年\d{1,2}月日?|\d{4}年\d{1,2}月\d{0,2}日?)$"
)
YEARLESS = re.compile(
    rf"(?<![\d年{_HAN}])(?:\d{{1,2}}|[{_HAN}]{{1,2}})月(?:\d{{1,2}}|[{_HAN}]{{1,3}})日$"
)


def day_of(found: re.Match[str]) -> date | None:
    """Return the day of a match of DAY; None where the calendar has none."""
    if found["year"]:
        parts: tuple[str | None, ...] = (found["year"], found["month"], found["day"])
    else:
        year = found["han"].translate(_ZEROS)
        parts = tuple(integer_text(part) for part in (year, found["hm"], found["hd"]))
    try:
        day = date(*(int(part or 0) for part in parts))
    except ValueError:
        return None
    return day if EARLIEST <= day.year <= LATEST else None


_ZEROS = str.maketrans(dict.fromkeys("○◯零0OoОΟο", "〇"))
