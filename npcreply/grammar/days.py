"""Days as people type them: a printed date, a period that stands for its last day, so many days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache

from npcreply.dataclass import dataclass, field, replace
from npcreply.grammar import words
from npcreply.grammar.calendar_periods import EARLIEST, LATEST
from npcreply.grammar.numerals import integer_text, squeeze
from npcreply.grammar.pattern import Pattern, rx
from npcreply.grammar.periods import Extent, NoSuchDayError, Years, century, extent, offset
from npcreply.grammar.shapes import Form, whole
from npcreply.grammar.spoken import typed_phrase
from npcreply.language import N_, _

_WEEKDAYS = [N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日")]

# 汛前, 春节前, 尽快, 月底: no day of the calendar, or another one each time.
_UNDATED = rx("<<events>>|<<vague>>|<<no_day>>|(?:^|[今明]年?)年前|^月|十一")
_ENDLESS = rx("<<before>>|<<open_end>>")
_SHORT_YEAR = Pattern(r"[0-9]{2}(?:年.*|([-/.])[0-9]{1,2}\1[0-9]{1,2})")
_IMPOSSIBLE_YEAR = Pattern(r"(?!19|20)([0-9]{4})(?=年|-[0-9])")
_RELATIVE_YEAR = rx("<<years>>")
_FROM_TODAY = Pattern("今[天日]|[明昨][天日]|今后|未来")
_LEAP = 9  # 29 February comes again after eight years at most (1896, 1904)
_MIDNIGHT = Pattern(r"[ T]0?0:00(?::00)?$")  # a date out of a spreadsheet
_DAY_OF_WEEK = Pattern("[(]?(?:周|星期|礼拜)([一二三四五六日天])[)]?$")
_QUOTES = str.maketrans("", "", "“”‘’\"'「」")
# What is a single day: all others stand for the last day of a period, or for an end.
_ONE_DAY = frozenset({"day", "numeric_day"})
_YEARLY = frozenset({"year", "within_year", "whole_year", "task_year"})
_ENDS = ("底", "末", "尾", "初", "期末", "中期", "初期", "开局", "以来")
_PERIODS = _YEARLY | {"half_year", "quarter", "q_quarter", "first_quarters", "month", "plan"}
# 2025年前 may end with 2024 or with 2025; 2025年底前, 9月上旬前 have one end only.
_ONE_END = frozenset({"year_end", "third_of_month", "near_third", "feast"}) | _ONE_DAY


class DayError(ValueError):
    """What was typed is no day, or could be two; the message says what to type instead."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `words` is what was typed when it was more than a date: 年底, 10月1日前, 今天.

    `one`: a single day was named, no period and no end: 12月31日, 上周五; not 年底, 10月1日前.
    """

    date: date
    words: str | None = None
    one: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class _Setting:
    text: str
    today: date
    year: int | None


def typed_day(text: str, today: date, year: int | None) -> Day:
    """Return the day that a clerk typed; a period stands for its last day.

    `year` is the record's (of the reply): 年底, 12月31日 and 明年 need it. `today` is for 今天,
    上周五, 本月10日 and for 30天内, 3个月内: the first day is not counted, a month ends on the same
    day or on the month's last (Civil Code, art. 201-203); a last day off is not moved. 前 is read
    inclusively after a day or an end (10月1日前, 年底前), of a period only where that is said
    (2025年及以前). DayError when it is no day or leaves a doubt.
    """
    setting = _Setting(text.strip(), today, year)
    plain, weekday = _without_weekday(_plain(text))
    day = _meant(plain, setting)
    if day is None:
        raise DayError(_why_not(plain).format(text=setting.text))
    _within_reach(day.date)
    if weekday is not None and day.date.weekday() != weekday:
        said = _("{day} 是{right}，不是{weekday}")
        right, wrong = _(_WEEKDAYS[day.date.weekday()]), _(_WEEKDAYS[weekday])
        raise DayError(said.format(day=show_day(day.date), right=right, weekday=wrong))
    return day


def _meant(plain: str, setting: _Setting) -> Day | None:
    try:
        return _written(plain, setting) or _spoken(plain, setting) or _shaped(plain, setting)
    except DayError:
        raise
    except (ValueError, OverflowError):
        # 上月底 in the calendar's first month, 2年内 in its last year
        said = _("从 {today} 算起，“{text}”是哪一天，日历上没有")
        raise DayError(said.format(today=show_day(setting.today), text=setting.text)) from None


def names_its_year(text: str, today: date) -> bool:
    """Return whether the words need no year from elsewhere: 2024年底, 昨天, 30天内."""
    try:
        typed_day(text, today, None)
    except DayError:
        return False
    return True


def tells_the_year_from_today(text: str) -> bool:
    """Return whether the words name a year by another: 去年, 今年, 明年."""
    return _RELATIVE_YEAR.search(text) is not None


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
    """Return whether words that `typed_day` kept name one day and no period: 今天, 上周五."""
    try:
        return typed_day(words, date(2024, 1, 1), 2024).one
    except DayError:
        return False


def names_no_day(text: str) -> bool:
    """Return whether a deadline is told without a day: 春节前, 本届任期内, 长期; not 尽快."""
    plain = _plain(text)
    form = whole(plain)
    return (form is not None and form.rule == "event") or _NO_DAY.fullmatch(plain) is not None


def iso_day(text: str) -> date:
    """Return the day written exactly YYYY-MM-DD, as record files have it; else DayError."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    try:
        meant = typed_day(text, date.min, None).date
    except DayError:
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
    return squeeze(_MIDNIGHT.sub("", text.strip())).translate(_QUOTES)


def _without_weekday(plain: str) -> tuple[str, int | None]:
    """Part 2026年1月28日(星期三) into the day and its weekday; 上周三 stays as it is."""
    found = _DAY_OF_WEEK.search(plain)
    if found is None or not plain[: found.start()].endswith(("日", "号")):
        return plain, None
    return plain[: found.start()], "一二三四五六日".index(found[1].replace("天", "日"))


def _why_not(plain: str) -> str:
    if not plain:
        return _("没有写日期")
    if "工作日" in plain:
        return _("“{text}”要扣除节假日才能算，请写日期，例如 2024-12-31")
    if _UNDATED.search(plain):
        return _("“{text}”没有说到哪一天，请写日期，例如 2024-12-31")
    if _SHORT_YEAR.fullmatch(plain):
        return _("“{text}”的年份请写四位，例如 2024-12-31")
    impossible = _IMPOSSIBLE_YEAR.match(plain)
    if impossible:
        return _wrong_year(int(impossible[1]))
    return _("看不懂日期“{text}”，可以写 2024-12-31、12月31日、年底、6月底、一季度、上半年、30天内")


def _within_reach(day: date) -> None:
    if not EARLIEST <= day.year <= LATEST:
        raise DayError(_wrong_year(day.year))


def _wrong_year(year: int) -> str:
    said = _("{year} 年不对：应在 {earliest} 到 {latest} 之间")
    return said.format(year=year, earliest=EARLIEST, latest=LATEST)


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


def _needed_year(setting: _Setting) -> int:
    if setting.year is None:
        why = _("“{text}”没有写是哪一年，请连年份一起写，例如 2024年底、2024-12-31")
        raise DayError(why.format(text=setting.text))
    return setting.year


# Dates in digits and in English, which only a whole text can be: in a letter 9.30 is a number.
_ORDINAL = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?i:(?P<name>[a-z]{3})[a-z]*)\.?"
_WRITTEN = tuple(
    Pattern(
        f"(?:截至|截止到?|到|至|于|在)?(?:{form})(?P<before>(?:[及或](?:以前|之前)|以前|之前|前)?)"
    )
    for form in (
        r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})[日号]?",
        "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        r"(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})",
        r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})",
        "(?:(?P<year>[0-9]{4})年|(?P<word>[今去明本当]年))?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})",
        f"{_NAME} ?{_ORDINAL},? ?(?P<year>[0-9]{{4}})",
        f"{_ORDINAL} ?{_NAME},? ?(?P<year>[0-9]{{4}})",
    )
)


def _written(plain: str, setting: _Setting) -> Day | None:
    found = next(filter(None, (form.fullmatch(plain) for form in _WRITTEN)), None)
    if found is None:
        return None
    parts = found.groupdict()
    month = words.ENGLISH_MONTHS.get((parts.get("name") or "").lower()) or parts.get("month")
    if month is None:
        return None
    year = int(parts["year"]) if parts.get("year") else _needed_year(setting)
    year += offset(parts.get("word") or "")
    if not parts.get("day"):
        return _doubtless(_month(year, int(month)), found["before"], setting)
    day = _date(year, int(month), int(parts["day"]))
    plainly = not found["before"] and not parts.get("word")
    return Day(day, None if plainly else setting.text, one=not found["before"])


def _month(year: int, month: int) -> date:
    first = _date(year, month, 1)
    return first.replace(day=monthrange(year, month)[1])


def _shaped(plain: str, setting: _Setting) -> Day | None:
    """The last day of what letters print too: 年底, 一季度, 6月底前, 3个月内."""
    form = whole(plain)
    if form is None:
        return None
    form = _whole_plan(form)
    if form.number("n") == 0:
        raise DayError(_("“{text}”要从 1 起，例如 30天内").format(text=setting.text))
    days = _covered(form, setting)
    if days is None or days.last is None or form.tail in words.OPEN_END:
        return None
    if form.rule in _ONE_DAY and not form.tail:
        return Day(days.last, setting.text if "yw" in form.parts else None, one=True)
    one_end = form.rule in _ONE_END or form.parts.get("part") not in (None, "期", "期间", "时期")
    return _doubtless(days.last, "" if one_end else form.tail, setting)


def _whole_plan(form: Form) -> Form:
    """十四五 typed alone is the whole of it; in a letter it may be a name."""
    if form.rule != "plan" or "part" in form.parts:
        return form
    return replace(form, parts={**form.parts, "part": "期"})


def _covered(form: Form, setting: _Setting) -> Extent | None:
    years = Years(_year_of(form, setting), setting.year, setting.today)
    try:
        days = extent(form, years)
    except NoSuchDayError as error:
        year, month, day = error.parts
        _date(year, month, day)
        raise DayError(_wrong_year(year)) from error
    except OverflowError:
        raise DayError(_wrong_year(9999)) from None
    if days is None and years.own is None and form.rule not in ("vague", "event", "now"):
        _needed_year(setting)
    return days


def _year_of(form: Form, setting: _Setting) -> int | None:
    """The year that the words print or tell, else the record's."""
    if "yy" in form.parts:
        return century(form.parts["yy"], setting.year or setting.today.year)
    if "yw" in form.parts:
        return _needed_year(setting) + offset(form.parts["yw"])
    return form.number("y") or setting.year


def _doubtless(last: date, before: str, setting: _Setting) -> Day:
    if before in ("前", "以前", "之前"):
        said = _("“{text}”含不含那一段时间，说法不一，请写日期，例如 {day}")
        raise DayError(said.format(text=setting.text, day=show_day(last)))
    return Day(last, setting.text)


def _spoken(plain: str, setting: _Setting) -> Day | None:
    """今天, 上周五, 本月10日, 国庆: what letters seldom say."""
    try:
        said = typed_phrase(plain, setting.today, setting.year)
    except NoSuchDayError as error:
        _date(*error.parts)
        raise
    if said is None:
        return None
    if said.yearly:
        _needed_year(setting)
    return Day(said.day, setting.text, one=said.one)


_NO_DAY = rx("(?:<<events>>)*(?:<<no_day>>)(?:<<event_tails>>)?")


@cache
def named_start(words: str, end: date) -> date | None:
    """Return the first day of the period that a deadline's words name (全年, 2023年内, 上半年,
    十四五), if such a period ends on that day; None for words that name an end only (年底前).
    """
    form = whole(_plain(words), _PERIODS)
    if form is None or form.head not in ("", "在", "于"):
        return None
    if form.tail not in ("", "内", "以内", "之内") or form.parts.get("part") in _ENDS:
        return None
    for year in (end.year, end.year - 1):  # 明年 is told in the year before
        try:
            days = _covered(_whole_plan(form), _Setting(words, end, year))
        except DayError:
            return None
        if days and days.last == end:
            return days.first
    return None


@cache
def counts_from_reply(words: str) -> bool:
    """Return whether a deadline's words count from the day they were written: 三个月内, 30天内."""
    return whole(_plain(words), ("within_span",)) is not None


# --- Whole dates as a foot or a table prints them: 2023年7月24日, 二〇二三年…, 2023-07-24.
_HAN = "一二三四五六七八九十"
DAY = Pattern(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<mark>[年\-./])(?P<month>\d{1,2})[月\-./](?P<day>\d{1,2})(?!\d)日?"
    rf"|(?P<han>[一二][一二三四五六七八九〇○◯零0OoОΟο]{{3}})年(?P<hm>[{_HAN}0-9]{{1,2}})月(?P<hd>[{_HAN}0-9]{{1,3}})日"
)
# A foot without its day: 2024年5月, 二○二四年五月.
MONTH = Pattern(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?P<month>\d{1,2})月$"
    rf"|(?P<han>[一二][一二三四五六七八九〇○◯零0OoОΟο]{{3}})年(?P<hm>[{_HAN}0-9]{{1,2}})月$"
)
# What a converter leaves of a date: 20224月8日, 2022年月日, 202285, 2018717, 年月日.
BROKEN = Pattern(
    r"(?<!\d)20\d{2}(?:\d{1,2}月\d{0,2}日?|年月?\d{0,2}日?|月\d{1,2}[月日]?|\d{1,3}月?\d{0,2}日?|)$"
    r"|(?<!\d)(?:年月\d{0,2}日?|年\d{1,2}月日?|\d{4}年\d{1,2}月\d{0,2}日?)$"
)
YEARLESS = Pattern(
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


def month_of(found: re.Match[str]) -> tuple[int, int] | None:
    """Return year and month of a match of MONTH; None where the calendar has none."""
    year = found["year"] or integer_text(found["han"].translate(_ZEROS))
    month = int(found["month"] or integer_text(found["hm"]) or 0)
    said = int(year or 0)
    return (said, month) if EARLIEST <= said <= LATEST and 1 <= month <= 12 else None


_ZEROS = str.maketrans(dict.fromkeys("○◯零0OoОΟο", "〇"))
