"""Months, quarters, years and decades as people say them: 上个月15号, 明年初, 九十年代."""

from __future__ import annotations

import re
from datetime import date

from npcreply.domain.time.calendar import month_end, months_after
from npcreply.extract.days.carried_years import century
from npcreply.extract.days.dayparts import BEFORE, NEAR_MONTH, NUMBER, YEAR, Form, count, year_of


def forms() -> list[Form]:
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
    return _near_month(found, base).replace(day=count(found["day"]))


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
