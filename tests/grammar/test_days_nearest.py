"""The latest and the next such day where no year was told, and whole dates as a foot prints them."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.grammar.days import (
    DAY,
    MONTH,
    DayError,
    day_of,
    is_one_day,
    latest_day,
    month_of,
    names_its_year,
    next_day,
    tells_the_year_from_today,
    typed_day,
)

TODAY = date(2024, 1, 31)
REPLY, AFTERWARDS = date(2024, 6, 3), date(2024, 9, 1)
day = date.fromisoformat


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12月20日", "2023-12-20"),
        ("1月31日", "2024-01-31"),  # today itself has happened
        ("2月1日", "2023-02-01"),
        ("2月29日", "2020-02-29"),  # years without one are passed over
        ("6月底", "2023-06-30"),
        ("去年底", "2023-12-31"),
        ("今年底", "2024-12-31"),  # told: not moved, though it is to come
        ("2024年底", "2024-12-31"),
        ("昨天", "2024-01-30"),
    ],
)
def test_the_latest_such_day(typed: str, found: str) -> None:
    assert latest_day(typed, TODAY).date == day(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("6月3日", "2024-06-03"),  # the day of the reply itself
        ("6月2日", "2025-06-02"),
        ("3月底", "2025-03-31"),
        ("2月29日", "2028-02-29"),
        ("年底", "2024-12-31"),
        ("明年底", "2025-12-31"),
        ("2023年底", "2023-12-31"),  # told: not moved, though it is over
        ("去年底", "2023-12-31"),
        ("3个月内", "2024-09-03"),  # counted from the reply
        ("今后三个月内", "2024-12-01"),  # counted from today
        ("自今日起30天内", "2024-10-01"),
        ("今天", "2024-09-01"),
    ],
)
def test_the_next_such_day_from_the_reply_on(typed: str, found: str) -> None:
    assert next_day(typed, AFTERWARDS, REPLY).date == day(found)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2月30日", "没有 2024-02-30 这一天：2024年2月只有29天"),
        ("看情况", "看不懂日期“看情况”"),
        ("", "没有写日期"),
    ],
)
def test_what_is_no_day_in_any_year_is_told_of_the_first(typed: str, why: str) -> None:
    with pytest.raises(DayError, match=why):
        latest_day(typed, TODAY)
    with pytest.raises(DayError, match=why):
        next_day(typed, AFTERWARDS, REPLY)


@pytest.mark.parametrize(
    ("typed", "needs_none", "from_today"),
    [
        ("2024年底", True, False),
        ("昨天", True, False),
        ("30天内", True, False),
        ("9月30日", False, False),
        ("年底", False, False),
        ("去年9月30日", False, True),
        ("明年底", False, True),
        ("看情况", False, False),
    ],
)
def test_which_words_need_a_year(typed: str, needs_none: bool, from_today: bool) -> None:
    assert names_its_year(typed, TODAY) is needs_none
    assert tells_the_year_from_today(typed) is from_today


@pytest.mark.parametrize(
    ("typed", "one"),
    [
        ("今年2月29日", True),
        ("本月31日", True),
        ("24年6月1日", True),
        ("2024-06-01", True),
        ("2024-06-01前", False),
        ("24年6月1日前", False),
        ("今年10月1日前", False),
        ("6月", False),
        ("看情况", False),
    ],
)
def test_which_words_name_one_day(typed: str, one: bool) -> None:
    assert is_one_day(typed) is one


@pytest.mark.parametrize("typed", ["1949-01-01", "2100-12-31"])
def test_the_first_and_the_last_year_are_taken(typed: str) -> None:
    assert typed_day(typed, TODAY, None).date == day(typed)


@pytest.mark.parametrize("typed", ["1948-12-31", "2101-01-01"])
def test_a_year_before_or_after_is_refused(typed: str) -> None:
    with pytest.raises(DayError, match=f"{typed[:4]} 年不对"):
        typed_day(typed, TODAY, None)


def test_days_counted_past_the_end_of_the_calendar_are_refused() -> None:
    with pytest.raises(DayError, match="9999 年不对"):
        typed_day("30天内", date.max, None)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("2024年6月3日", "2024-06-03"),
        ("2024.6.3", "2024-06-03"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("1949年10月1日", "1949-10-01"),
        ("二一〇〇年一月一日", "2100-01-01"),
        ("二〇二四年六月三十一日", None),
        ("二〇二四年十十月三日", None),  # no number: not January
        ("1948年1月1日", None),
        ("二一〇一年一月一日", None),
    ],
)
def test_a_whole_date_as_it_is_printed(printed: str, found: str | None) -> None:
    match = DAY.search(printed)
    assert match
    assert day_of(match) == (day(found) if found else None)


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("2024年1月", (2024, 1)),
        ("2024年12月", (2024, 12)),
        ("二○二四年五月", (2024, 5)),
        ("1949年1月", (1949, 1)),
        ("二一〇〇年12月", (2100, 12)),
        ("2024年0月", None),
        ("2024年13月", None),
        ("二〇二四年十十月", None),
        ("1948年12月", None),
        ("二一〇一年一月", None),
    ],
)
def test_a_month_as_it_is_printed(printed: str, found: tuple[int, int] | None) -> None:
    match = MONTH.search(printed)
    assert match
    assert month_of(match) == found
