"""Calendar periods: which one a day lies in, which are whole, what the words of a deadline name."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.grammar.calendar_periods import months_between, period_of, whole_periods
from npcreply.grammar.days import counts_from_reply, named_start

CADENCES = ["day", "week", "half-month", "month", "quarter", "half-year", "year"]
day = date.fromisoformat


@pytest.mark.parametrize(
    ("cadence", "of", "first", "last"),
    [
        ("day", "2024-02-29", "2024-02-29", "2024-02-29"),
        ("week", "2024-01-01", "2024-01-01", "2024-01-07"),  # a Monday
        ("week", "2024-01-07", "2024-01-01", "2024-01-07"),
        ("week", "2024-12-31", "2024-12-30", "2025-01-05"),
        ("half-month", "2024-02-15", "2024-02-01", "2024-02-15"),
        ("half-month", "2024-02-16", "2024-02-16", "2024-02-29"),
        ("half-month", "2023-02-28", "2023-02-16", "2023-02-28"),
        ("month", "2023-02-01", "2023-02-01", "2023-02-28"),
        ("month", "2024-02-01", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-03-31", "2024-01-01", "2024-03-31"),
        ("quarter", "2024-11-05", "2024-10-01", "2024-12-31"),
        ("half-year", "2024-06-30", "2024-01-01", "2024-06-30"),
        ("half-year", "2024-07-01", "2024-07-01", "2024-12-31"),
        ("year", "2024-07-01", "2024-01-01", "2024-12-31"),
    ],
)
def test_period_of(cadence: str, of: str, first: str, last: str) -> None:
    found = period_of(cadence, day(of))
    assert (found.first, found.last) == (day(first), day(last))


@pytest.mark.parametrize(
    ("cadence", "first", "last", "count"),
    [
        ("month", "2023-05-20", "2023-12-31", 7),  # May had begun
        ("month", "2023-05-01", "2023-12-31", 8),
        ("month", "2023-05-01", "2023-12-30", 7),
        ("month", "2023-05-02", "2023-05-31", 0),
        ("quarter", "2023-05-20", "2023-12-31", 2),
        ("half-year", "2023-05-20", "2023-12-31", 1),
        ("year", "2023-05-20", "2025-12-31", 2),
        ("week", "2023-12-25", "2024-01-07", 2),
        ("week", "2023-12-26", "2024-01-07", 1),
        ("half-month", "2024-01-10", "2024-02-29", 3),
        ("day", "2023-12-30", "2024-01-02", 4),
        ("day", "2024-01-02", "2024-01-02", 1),  # both within
        ("day", "2024-01-02", "2024-01-01", 0),
        ("year", "9999-01-01", "9999-12-31", 1),  # the calendar ends
        ("week", "9999-12-20", "9999-12-31", 2),
    ],
)
def test_whole_periods(cadence: str, first: str, last: str, count: int) -> None:
    assert len(list(whole_periods(cadence, day(first), day(last)))) == count


@given(st.sampled_from(CADENCES), st.dates(date(2019, 1, 1), date(2026, 12, 31)))
def test_periods_follow_each_other_without_a_gap(cadence: str, of: date) -> None:
    found = period_of(cadence, of)
    assert found.first <= of <= found.last
    assert {period_of(cadence, found.first), period_of(cadence, found.last)} == {found}
    assert period_of(cadence, found.last + timedelta(days=1)).first == found.last + timedelta(1)


@pytest.mark.parametrize(
    ("words", "end", "start"),
    [
        ("全年", "2020-12-31", "2020-01-01"),
        ("年度", "2023-12-31", "2023-01-01"),
        ("年内", "2021-12-31", "2021-01-01"),
        ("今年", "2021-12-31", "2021-01-01"),
        ("明年", "2022-12-31", "2022-01-01"),
        ("2023 年", "2023-12-31", "2023-01-01"),
        ("２０２３年内", "2023-12-31", "2023-01-01"),
        ("在2023年度", "2023-12-31", "2023-01-01"),
        ("2023年全年", "2023-12-31", "2023-01-01"),
        ("上半年", "2023-06-30", "2023-01-01"),
        ("下半年", "2023-12-31", "2023-07-01"),
        ("一季度", "2023-03-31", "2023-01-01"),
        ("第三季度", "2023-09-30", "2023-07-01"),
        ("前三季度", "2023-09-30", "2023-01-01"),
        ("2月份", "2024-02-29", "2024-02-01"),
        ("“十四五”期间", "2025-12-31", "2021-01-01"),
        # an end is no period
        ("年底", "2023-12-31", None),
        ("年底前", "2023-12-31", None),
        ("年末", "2023-12-31", None),
        ("6月底", "2023-06-30", None),
        ("到2025年", "2025-12-31", None),
        ("10月1日前", "2023-10-01", None),
        ("三年内", "2025-12-31", None),
        ("尽快", "2025-12-31", None),
        # a period that ends on another day
        ("全年", "2023-06-30", None),
        ("一季度", "2023-06-30", None),
        ("十三五", "2025-12-31", None),
        ("2月", "2024-02-28", None),
    ],
)
def test_start_of_the_period_that_words_name(words: str, end: str, start: str | None) -> None:
    assert named_start(words, day(end)) == (day(start) if start else None)


@pytest.mark.parametrize(
    ("words", "so"),
    [
        *[(words, True) for words in ("三个月内", "30天内", "两年内", "半年内", "10个工作日内")],
        *[(words, True) for words in ("今后三年内", "未来6个月内", "两周以内")],
        *[(words, False) for words in ("年内", "2023年内", "全年", "年底前", "上半年", "")],
    ],
)
def test_words_that_count_from_the_reply(words: str, so: bool) -> None:
    assert counts_from_reply(words) is so


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        ("2020-07-31", "2020-12-31", 5),
        ("2020-07-15", "2020-07-31", Fraction(16, 31)),
        ("2020-07-15", "2020-09-30", 2 + Fraction(16, 31)),
        ("2019-12-31", "2020-12-31", 12),
        ("2020-02-29", "2020-02-29", 0),
    ],
)
def test_months_between(first: str, second: str, months: Fraction) -> None:
    assert months_between(day(first), day(second)) == months
