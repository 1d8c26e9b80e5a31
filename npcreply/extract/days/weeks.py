"""Weeks and weekdays as people say them; a week ends on its Sunday."""

from __future__ import annotations

import re
from datetime import date, timedelta

from npcreply.domain.time.calendar import months_after
from npcreply.extract.days.dayparts import NUMBER, YEAR, Form, count, year_of

_WEEK = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
_DAYS = {day: number for number, day in enumerate("一二三四五六日")} | {"天": 6}
_STEPS = {"上上": -2, "上": -1, "下": 1, "下下": 2}


def forms() -> list[Form]:
    """Return the phrases of weeks, each with its reading."""
    month = f"{YEAR}(?:(?P<mw>[上下本当])个?月|(?P<month>{NUMBER})月份?)"
    step = "(?P<step>上上|下下|上|下|这|本|今)个?"
    return [
        (f"{step}(?:一|{_WEEK})?{_WEEK}(?P<day>{_DAY}|末)?", _week),
        (f"{_WEEK}(?P<day>{_DAY})", _weekday),
        ("下半周", _this_week),
        (f"(?P<step>[上下前后])(?P<n>{NUMBER})个?{_WEEK}", _weeks),
        (f"{month}的?第(?P<n>{NUMBER})个?{_WEEK}(?P<day>{_DAY})?", _of_month),
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
        return base + timedelta(days=(_DAYS[day] - base.weekday()) % 7)
    return end - timedelta(days=6 - _DAYS[day])


def _weekday(found: re.Match[str], base: date) -> date:
    return base + timedelta(days=(_DAYS[found["day"]] - base.weekday() - 1) % 7 + 1)


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
        return first + timedelta(days=(_DAYS[found["day"]] - first.weekday()) % 7) + weeks
    return _first_sunday(first) + weeks


def _of_year(found: re.Match[str], base: date) -> date:
    year = year_of(found["year"], base)
    if found["first"] == "最后":
        return sunday(date(year, 12, 31)) - timedelta(days=7)
    return _first_sunday(date(year, 1, 1)) + timedelta(days=7 * (count(found["n"]) - 1))


def _first_sunday(first: date) -> date:
    """The Sunday that ends the week of the first Monday on or after `first`."""
    return first + timedelta(days=-first.weekday() % 7 + 6)
