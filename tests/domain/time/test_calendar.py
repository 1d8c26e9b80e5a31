"""Counting days: the first not counted, months clamped, a last day off moved on, 调休 known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.domain.time.calendar import Calendar, Counted, appointed, counted, working_days
from npcreply.grammar.calendar_periods import month_ends
from npcreply.store.contract import rules

unhurried = settings(deadline=None)  # how busy the machine is says nothing about the code


@cache
def calendar() -> Calendar:
    """The real arrangements, 2004 to 2026."""
    return rules._calendar(rules.arrangement([]))


def last(start: str, value: int, unit: str) -> Counted:
    return counted(date.fromisoformat(start), value, unit, calendar())


@pytest.mark.parametrize(
    ("article", "start", "value", "unit", "day"),
    [
        ("民法典201 首日不计", "2023-03-28", 10, "day", "2023-04-07"),
        ("民法典202 同日", "2023-03-28", 3, "month", "2023-06-28"),
        ("民法典202 没有同日，止于月末", "2023-01-31", 1, "month", "2023-02-28"),
        ("民法典202 闰年二月", "2024-01-31", 1, "month", "2024-02-29"),
        ("民法典202 闰年二月，平年", "2023-01-30", 1, "month", "2023-02-28"),
        ("民法典202 从2月29日起", "2024-02-29", 3, "month", "2024-05-29"),
        ("民法典202 从2月29日起一年", "2024-02-29", 12, "month", "2025-02-28"),
        ("民法典202 月末到大月不到月末", "2023-04-30", 1, "month", "2023-05-30"),
        ("民法典202 跨年", "2023-11-30", 3, "month", "2024-02-29"),
        ("民法典203 止于周六，顺延到周一", "2023-02-20", 3, "month", "2023-05-22"),
        ("民法典203 止于周日", "2023-01-02", 1, "month", "2023-02-02"),
        ("民法典203 止于端午（2023-06-22至24），25日周日上班", "2023-03-22", 3, "month", "2023-06-25"),
        ("民法典203 止于国庆第一天（2023-09-29至10-06），7日周六上班", "2023-06-29", 3, "month", "2023-10-07"),
        ("民法典203 止于春节（2024-02-10至17），18日周日上班", "2023-11-13", 3, "month", "2024-02-18"),
        ("民法典203 止于元旦（2026-01-01至03），4日周日上班", "2025-10-01", 3, "month", "2026-01-04"),
        ("民法典203 止于调休上班的周日，不顺延", "2023-01-23", 3, "month", "2023-04-23"),
        ("民法典203 天数止于周六", "2024-03-13", 10, "day", "2024-03-25"),
    ],
)  # fmt: skip
def test_by_the_civil_code(article: str, start: str, value: int, unit: str, day: str) -> None:
    found = last(start, value, unit)
    assert (str(found.day), found.provisional) == (day, False)


@pytest.mark.parametrize(
    ("year", "start", "value", "day"),
    [
        ("2019 春节2月4至10日，2、3日周末上班", "2019-02-01", 3, "2019-02-11"),
        ("2019 五一1至4日（年中改过），4月28日、5月5日上班", "2019-04-30", 2, "2019-05-06"),
        ("2020 春节延到2月2日", "2020-01-22", 2, "2020-02-03"),
        ("2020 国庆中秋10月1至8日，10日周六上班", "2020-09-30", 3, "2020-10-12"),
        ("2021 春节2月11至17日，20日周六上班", "2021-02-10", 4, "2021-02-22"),
        ("2022 春节1月31日至2月6日，1月29、30日上班", "2022-01-28", 3, "2022-02-07"),
        ("2023 春节1月21至27日，28、29日周末上班", "2023-01-20", 2, "2023-01-29"),
        ("2023 中秋国庆9月29日至10月6日，7、8日上班", "2023-09-28", 3, "2023-10-09"),
        ("2024 春节2月10至17日，4日、18日周日上班", "2024-02-02", 7, "2024-02-18"),
        ("2024 国庆10月1至7日，9月29日、10月12日上班", "2024-09-27", 3, "2024-10-08"),
        ("2025 春节1月28日至2月4日，1月26日、2月8日上班", "2025-01-24", 3, "2025-02-05"),
        ("2026 春节2月15至23日，14日、28日周六上班", "2026-02-13", 2, "2026-02-24"),
        ("2026 五一1至5日，9日周六上班", "2026-04-30", 4, "2026-05-09"),
    ],
)  # fmt: skip
def test_working_days_over_holidays(year: str, start: str, value: int, day: str) -> None:
    found = last(start, value, "working_day")
    assert (str(found.day), found.provisional) == (day, False)


@pytest.mark.parametrize(
    ("start", "value", "unit", "day"),
    [
        ("2026-12-28", 10, "working_day", "2027-01-11"),  # 1 January counted as worked
        ("2026-10-15", 3, "month", "2027-01-15"),
        ("2026-10-02", 3, "month", "2027-01-04"),  # a Saturday
        ("2003-10-02", 3, "month", "2004-01-02"),
    ],
)
def test_a_year_without_a_table_is_provisional(start: str, value: int, unit: str, day: str) -> None:
    found = last(start, value, unit)
    assert (str(found.day), found.provisional) == (day, not day.startswith("2004"))


def test_a_year_that_an_office_enters_is_certain() -> None:
    table = {"2027": {"notice": "某号", "off": ["2027-01-01"], "work": ["2027-01-09"]}}
    known = rules._calendar(rules.arrangement([table]))
    found = counted(date(2026, 12, 31), 6, "working_day", known)
    assert (str(found.day), found.provisional) == ("2027-01-09", False)
    unsure = rules._calendar(rules.arrangement([{"2027": {"off": ["2027-01-01"]}}]))
    found = counted(date(2026, 12, 31), 5, "working_day", unsure)
    assert (str(found.day), found.provisional) == ("2027-01-08", True)


def test_an_office_corrects_a_year_that_the_package_has() -> None:
    local = {"2023": {"off": ["2023-04-24", "2023-10-07"], "work": ["2023-04-22", "2023-10-06"]}}
    known = rules._calendar(rules.arrangement([local]))
    assert not known.works(date(2023, 4, 24))
    assert not known.works(date(2023, 10, 7))  # worked for the National Day elsewhere
    assert known.works(date(2023, 10, 6))
    assert known.works(date(2023, 4, 22))
    assert known.knows(date(2023, 4, 22))


@pytest.mark.parametrize(
    ("start", "month_day", "day"),
    [
        ("2024-03-01", "04-20", "2024-04-20"),  # a Saturday: an appointed day does not move
        ("2024-04-20", "04-20", "2024-04-20"),
        ("2024-04-21", "04-20", "2025-04-20"),
    ],
)
def test_an_appointed_day(start: str, month_day: str, day: str) -> None:
    found = appointed(date.fromisoformat(start), month_day)
    assert (str(found.day), found.moved, found.provisional) == (day, False, False)


def test_another_unit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="week"):
        last("2024-01-01", 1, "week")


def test_the_table_is_the_package_s() -> None:
    import chinese_calendar

    day = date(2004, 1, 1)
    while day.year < 2027:
        assert calendar().works(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert calendar().years == frozenset(range(2004, 2027))


known_days = st.dates(date(2019, 1, 1), date(2025, 12, 31))
any_days = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@unhurried
@given(known_days, st.integers(1, 60))
def test_working_days_there_and_back(start: date, value: int) -> None:
    found = counted(start, value, "working_day", calendar())
    assert working_days(start, found.day, calendar()) == (value, False)
    assert working_days(found.day, start, calendar()) == (-value, False)
    assert calendar().works(found.day)
    before = found.day - timedelta(days=1)
    assert working_days(start, before, calendar())[0] == value - 1


@unhurried
@given(known_days, st.integers(1, 12))
def test_months_there_and_back(start: date, months: int) -> None:
    found = counted(start, months, "month", calendar())
    passed = (found.ends.year - start.year) * 12 + found.ends.month - start.month
    assert passed == months
    next_day = found.ends + timedelta(days=1)
    assert found.ends.day == start.day or (found.ends.day < start.day and next_day.day == 1)


@unhurried
@given(any_days, st.integers(1, 400), st.sampled_from(["day", "month"]))
def test_only_a_day_off_moves_and_only_to_the_next_working_day(
    start: date, value: int, unit: str
) -> None:
    found = counted(start, value % 24 + 1 if unit == "month" else value, unit, calendar())
    between = [found.ends + timedelta(days=n) for n in range((found.day - found.ends).days)]
    assert not any(map(calendar().works, between))
    assert calendar().works(found.day)
    assert found.moved == bool(between)
    assert found.provisional == any(d.year > 2026 or d.year < 2004 for d in (*between, found.day))


@unhurried
@given(any_days, any_days, st.integers(1, 40), st.sampled_from(["day", "working_day", "month"]))
def test_a_later_start_never_ends_earlier(one: date, other: date, value: int, unit: str) -> None:
    first, then = sorted((one, other))
    assert counted(first, value, unit, calendar()).day <= counted(then, value, unit, calendar()).day


@pytest.mark.parametrize(
    ("day", "count", "ends"),
    [
        ("2024-03-30", 2, ["2024-01-31", "2024-02-29"]),
        ("2024-03-31", 2, ["2024-02-29", "2024-03-31"]),
        ("2023-01-01", 1, ["2022-12-31"]),
        ("9999-12-31", 1, ["9999-12-31"]),
        ("0001-02-10", 3, ["0001-01-31"]),
    ],
)
def test_ends_of_months(day: str, count: int, ends: list[str]) -> None:
    assert month_ends(date.fromisoformat(day), count) == list(map(date.fromisoformat, ends))


@unhurried
@given(any_days, st.integers(1, 30))
def test_every_month_ends_once(day: date, count: int) -> None:
    ends = month_ends(day, count)
    months = [end.year * 12 + end.month for end in ends]
    assert months == list(range(months[0], months[0] + count))
    assert all((end + timedelta(days=1)).day == 1 for end in ends)
    assert timedelta() <= day - ends[-1] < timedelta(days=31)


def test_one_working_day_and_the_days_back() -> None:
    friday, monday = date(2024, 3, 8), date(2024, 3, 11)
    assert last("2024-03-08", 1, "working_day").day == monday
    assert working_days(friday, monday, calendar()) == (1, False)
    assert working_days(monday, friday, calendar()) == (-1, False)


def test_only_the_days_counted_say_whether_it_is_provisional() -> None:
    start, end = date(2024, 12, 30), date(2024, 12, 31)
    known = Calendar(years=frozenset({2024}))
    assert counted(start, 1, "day", known) == Counted(end, end, provisional=False)
    unknown = Calendar(years=frozenset({2025}))
    assert counted(start, 1, "working_day", unknown) == Counted(end, end, provisional=True)
