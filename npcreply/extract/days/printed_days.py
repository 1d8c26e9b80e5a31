"""Whole dates as a foot or a table prints them: 2023年7月24日, 二〇二三年…, 2023-07-24."""

from __future__ import annotations

import re
from datetime import date

from npcreply.domain.days import EARLIEST, LATEST
from npcreply.grammar.numerals import integer_text

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
