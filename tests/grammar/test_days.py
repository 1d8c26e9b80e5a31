"""Days as typed: dates, periods that stand for their last day, spans, and what is no day."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.grammar.calendar_periods import month_end, months_after
from npcreply.grammar.days import (
    Day,
    DayError,
    is_one_day,
    iso_day,
    names_no_day,
    show_day,
    typed_day,
    weekday,
)

TODAY = date(2024, 1, 31)  # a Wednesday; the record is of 2023


def words(text: str) -> list[str]:
    return text.split()


DATES = """
2023-12-31 2023-12-31|2023-1-5 2023-01-05|2023/12/31 2023-12-31|2023/1/5 2023-01-05|2023.12.31 2023-12-31
20231231 2023-12-31|2023年12月31日 2023-12-31|2023年12月31号 2023-12-31|2023年1月5日 2023-01-05|2023年12月31 2023-12-31
12月31日 2023-12-31|12月31号 2023-12-31|12-31 2023-12-31|1-5 2023-01-05|12/31 2023-12-31|9月30 2023-09-30
二〇二三年十二月三十一日 2023-12-31|二○二三年十月一日 2023-10-01|二0二三年六月三十日 2023-06-30|二零二四年二月廿九日 2024-02-29
十二月三十一日 2023-12-31|２０２３－１２－３１ 2023-12-31|２０２３年１２月３１日 2023-12-31|２０２３／６／１ 2023-06-01
2023—12—31 2023-12-31|2023–6–1 2023-06-01|2024-02-29 2024-02-29|2000年2月29日 2000-02-29|到2024年6月30日 2024-06-30
"""

WORDS = """
今天 2024-01-31|今日 2024-01-31|明天 2024-02-01|昨天 2024-01-30|昨日 2024-01-30
年底 2023-12-31|年内 2023-12-31|全年 2023-12-31|年度 2023-12-31|年末 2023-12-31|年终 2023-12-31|年底前 2023-12-31
年底之前 2023-12-31|年底以前 2023-12-31|本年底 2023-12-31|今年底 2023-12-31|今年年底 2023-12-31|今年 2023-12-31
今年年内 2023-12-31|本年度 2023-12-31|年度内 2023-12-31|全年内 2023-12-31|明年 2024-12-31|明年底 2024-12-31|明年年底前 2024-12-31
次年底 2024-12-31|后年底 2025-12-31|去年底 2022-12-31|2024年 2024-12-31|2024年底 2024-12-31|2024年年底 2024-12-31
2024年末 2024-12-31|2024年终 2024-12-31|2024年内 2024-12-31|2024年以内 2024-12-31|2024年度 2024-12-31|2024年全年 2024-12-31
2024全年 2024-12-31|2024底 2024-12-31|到2025年 2025-12-31|到2025年底 2025-12-31|至2025年末 2025-12-31|二〇二五年 2025-12-31
二O二五年底 2025-12-31|2025年底前 2025-12-31|2024年年底以前 2024-12-31|截至2024年末 2024-12-31|2024年底为止 2024-12-31
上半年 2023-06-30|下半年 2023-12-31|上半年底 2023-06-30|今年上半年 2023-06-30|明年上半年 2024-06-30|2024年上半年 2024-06-30
2024上半年 2024-06-30|上半年末前 2023-06-30|上半年内 2023-06-30|2024年下半年 2024-12-31
一季度 2023-03-31|二季度 2023-06-30|三季度 2023-09-30|四季度 2023-12-31|第一季度 2023-03-31|1季度 2023-03-31|第4季度 2023-12-31
第三季度末 2023-09-30|三季度末前 2023-09-30|Q1 2023-03-31|q2 2023-06-30|Q3 2023-09-30|2024Q4 2024-12-31|Ｑ１ 2023-03-31
2024年一季度 2024-03-31|2024一季度 2024-03-31|2024第二季度 2024-06-30|明年一季度 2024-03-31|一季末 2023-03-31|二季度内 2023-06-30
前三季度 2023-09-30|今年前三季度 2023-09-30|2024年前3季度 2024-09-30|前两个季度 2023-06-30|前三季度末 2023-09-30
2025年及以前 2025-12-31|6月或之前 2023-06-30|10月1日或之前 2023-10-01|10月1日及以前 2023-10-01|年底及之前 2023-12-31
6月 2023-06-30|6月底 2023-06-30|6月末 2023-06-30|6月份 2023-06-30|六月 2023-06-30|十二月底 2023-12-31|2月底 2023-02-28
2024年2月底 2024-02-29|6月内 2023-06-30|6月底前 2023-06-30|12月底前 2023-12-31|6月末之前 2023-06-30|至6月底 2023-06-30
明年6月底 2024-06-30|2024年6月 2024-06-30|2024-06 2024-06-30|2024.6 2024-06-30|十一月 2023-11-30|11月底 2023-11-30
6月上旬 2023-06-10|6月中旬 2023-06-20|6月下旬 2023-06-30|2月下旬 2023-02-28|2024年3月中旬 2024-03-20|九月中旬 2023-09-20
10月1日前 2023-10-01|2023-10-01前 2023-10-01|10月1日之前 2023-10-01|10月1日以前 2023-10-01|十月一日前 2023-10-01
2024年3月1日前 2024-03-01|明年1月15日 2024-01-15|明年1月15 2024-01-15|去年9月30前 2022-09-30|明年1月15日前 2024-01-15|今年9月30日前 2023-09-30
十四五末 2025-12-31|“十四五”期间 2025-12-31|十四五 2025-12-31|“十四五”末 2025-12-31|十四五期末 2025-12-31|十四五规划期内 2025-12-31
"十四五"时期 2025-12-31|十四五末前 2025-12-31|十五五 2030-12-31|“十五五”末 2030-12-31|十三五末 2020-12-31|到“十四五”末 2025-12-31
1天内 2024-02-01|30天内 2024-03-01|30日内 2024-03-01|三十日内 2024-03-01|15天之内 2024-02-15|15日以内 2024-02-15
1个月内 2024-02-29|一个月内 2024-02-29|两个月内 2024-03-31|3个月内 2024-04-30|三个月之内 2024-04-30|6个月内 2024-07-31|半年内 2024-07-31
12个月内 2025-01-31|1周内 2024-02-07|两周内 2024-02-14|2个星期内 2024-02-14|一年内 2025-01-31|2年内 2026-01-31|今后三个月内 2024-04-30
自今日起30天内 2024-03-01
"""


def rows(table: str) -> list[tuple[str, str]]:
    pairs = [pair.rpartition(" ") for row in table.split("\n") for pair in row.split("|") if pair]
    return [(typed, day) for typed, _, day in pairs]


@pytest.mark.parametrize(("typed", "day"), rows(DATES))
def test_reads_dates(typed: str, day: str) -> None:
    assert typed_day(typed, TODAY, 2023) == Day(date.fromisoformat(day), None)


@pytest.mark.parametrize(("typed", "day"), rows(WORDS))
def test_reads_words_and_keeps_them(typed: str, day: str) -> None:
    assert typed_day(typed, TODAY, 2023) == Day(date.fromisoformat(day), typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2023 年 12 月 31 日", "2023-12-31"),
        (" 2023 - 12 - 31 ", "2023-12-31"),
        ("至6 月底", "2023-06-30"),
        ("2023 年 6 月末", "2023-06-30"),
        ("年 底", "2023-12-31"),
        ("3 个月 内", "2024-04-30"),
        ("2024 Q1", "2024-03-31"),
        ("2023/12/31 0:00", "2023-12-31"),
        ("2023-12-31 00:00:00", "2023-12-31"),
        ("2023-12-31T00:00:00", "2023-12-31"),
        ("\ufeff2023-12-31", "2023-12-31"),
    ],
)
def test_blanks_do_not_matter(typed: str, day: str) -> None:
    assert show_day(typed_day(typed, TODAY, 2023).date) == day


# The record is of 2023; today is Wednesday, 31 January 2024.
SHORT = """
9.30 2023-09-30|12.31 2023-12-31|10.10 2023-10-10|10.1 2023-10-01|2026年1月28日（星期三） 2026-01-28
2026年1月28日周三 2026-01-28|June 24, 2025 2025-06-24|24 June 2025 2025-06-24|Sept. 9, 2025 2025-09-09|2023-12/31 2023-12-31
"""
AS_SPOKEN = """
上周五 2024-01-26|上星期五 2024-01-26|本周五 2024-02-02|下周三 2024-02-07|上周日 2024-01-28|前天 2024-01-29|后天 2024-02-02
大后天 2024-02-03|本月10日 2024-01-10|上月15号 2023-12-15|上个月15号 2023-12-15|下个月9号 2024-02-09|国庆 2023-10-01
2024年五一 2024-05-01|30天后 2024-03-01|十天后 2024-02-10
"""
ENDS = """
上月底 2023-12-31|本月底 2024-01-31|本月底前 2024-01-31|下月底 2024-02-29|下个月 2024-02-29|下月上旬 2024-02-10|上周 2024-01-28
24年6月底 2024-06-30|23年底 2023-12-31|25年上半年 2025-06-30|9月上旬前 2023-09-10|12月下旬前 2023-12-31|三季度末前 2023-09-30
国庆前 2023-09-30|国庆节前 2023-09-30|国庆假期前 2023-09-30|2025年“六一”前 2025-05-31|五一前 2023-04-30|元旦前 2023-12-31
年尾 2023-12-31|2026年尾前 2026-12-31|1-7月 2023-07-31|1月至7月 2023-07-31|2024-2025年 2025-12-31|2021—2025年底 2025-12-31
上季度 2023-12-31|本季度 2024-03-31|下季度末 2024-06-30|半个月内 2024-02-15|今后半年内 2024-07-31|今明两年 2024-12-31
"""


@pytest.mark.parametrize(("typed", "day"), rows(SHORT))
def test_days_written_short_or_with_their_weekday(typed: str, day: str) -> None:
    assert typed_day(typed, TODAY, 2023) == Day(date.fromisoformat(day), None)


@pytest.mark.parametrize(("typed", "day"), rows(AS_SPOKEN))
def test_days_as_people_say_them_are_one_day(typed: str, day: str) -> None:
    assert typed_day(typed, TODAY, 2023) == Day(date.fromisoformat(day), typed)
    assert is_one_day(typed)


@pytest.mark.parametrize(("typed", "day"), rows(ENDS))
def test_ends_near_today_and_before_feasts(typed: str, day: str) -> None:
    assert typed_day(typed, TODAY, 2023) == Day(date.fromisoformat(day), typed)
    assert not is_one_day(typed)


def test_a_day_that_the_month_does_not_have_is_refused() -> None:
    with pytest.raises(DayError, match="没有 2024-02-30 这一天：2024年2月只有29天"):
        typed_day("下月30日", TODAY, 2023)


@pytest.mark.parametrize(
    "typed", ["春节前", "本届任期内", "长期", "汛前", "2025年春节前", "中长期"]
)
def test_words_that_name_no_day(typed: str) -> None:
    assert names_no_day(typed)
    with pytest.raises(DayError):
        typed_day(typed, TODAY, 2023)


@pytest.mark.parametrize("typed", ["年底", "国庆前", "12月31日", "尽快", "乱写", "9.31", ""])
def test_words_that_name_a_day_or_nothing(typed: str) -> None:
    assert not names_no_day(typed)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2023-09-31", "没有 2023-09-31 这一天：2023年9月只有30天"),
        ("9月31日", "没有 2023-09-31 这一天：2023年9月只有30天"),
        ("2023年2月29日", "没有 2023-02-29 这一天：2023年2月只有28天"),
        ("2024-02-30", "没有 2024-02-30 这一天：2024年2月只有29天"),
        ("1900-02-29", "没有 1900-02-29 这一天：1900年2月只有28天"),
        ("2023-12-32", "没有 2023-12-32 这一天：2023年12月只有31天"),
        ("20231301", "没有 2023-13-01 这一天：月份是1到12"),
        ("13月1日", "没有 2023-13-01 这一天：月份是1到12"),
        ("13月底", "月份是1到12"),
        ("0月", "月份是1到12"),
        ("2023-1-0", "没有 2023-01-00 这一天"),
        ("六月三十一日前", "没有 2023-06-31 这一天：2023年6月只有30天"),
        ("2025年前", "请写日期，例如 2025-12-31"),
        ("到2025年以前", "请写日期，例如 2025-12-31"),
        ("6月前", "请写日期，例如 2023-06-30"),
        ("三季度之前", "“三季度之前”含不含那一段时间，说法不一，请写日期，例如 2023-09-30"),
        ("十四五前", "请写日期，例如 2025-12-31"),
        ("3个工作日内", "要扣除节假日才能算，请写日期"),
        ("三十个工作日内", "要扣除节假日才能算，请写日期"),
        ("春节前", "“春节前”没有说到哪一天，请写日期"),
        ("汛前", "请写日期"),
        ("十一前", "请写日期"),
        ("年前", "请写日期"),
        ("今年年前", "请写日期"),
        ("开学前", "请写日期"),
        ("尽快", "请写日期"),
        ("近期", "请写日期"),
        ("年中", "请写日期"),
        ("6月中", "请写日期"),
        ("年初", "请写日期"),
        ("月底", "请写日期"),
        ("23年", "“23年”的年份请写四位"),
        ("端午前", "“端午前”没有说到哪一天，请写日期"),
        ("上月初", "请写日期"),
        ("9.31", "没有 2023-09-31 这一天：2023年9月只有30天"),
        ("2026年1月28日（星期四）", "2026-01-28 是周三，不是周四"),
        ("10个工作日内", "要扣除节假日才能算，请写日期"),
        ("23-12-31", "年份请写四位"),
        ("23/1/5", "年份请写四位"),
        ("0天内", "要从 1 起"),
        ("0223-12-31", "应在 1949 到 2100 之间"),
        ("9999年底", "应在 1949 到 2100 之间"),
        ("0000年底", "应在 1949 到 2100 之间"),
        ("999年内", "应在 1949 到 2100 之间"),
        ("", "没有写日期"),
        ("　 ", "没有写日期"),
    ],
)
def test_says_why_not(typed: str, sentence: str) -> None:
    with pytest.raises(DayError, match=re.escape(sentence)):
        typed_day(typed, TODAY, 2023)


@pytest.mark.parametrize(
    "typed",
    words(
        "2024 202406 240630 2023115 31/12/2023 31日 周五 31-12-2023 1/2/2023 20246月底 20241季度 半年 年 底 内 前 "
        "第5季度 三个季度 第三个季度 前5季度 前三季 前Q1 0季度 四季 30天 三个月 30天以后 3个月后 24小时内 温46 一是 六百 2023年12月31日至 2019年以来 Q5 十七 "
        "十四五中期 十四五初 6月三旬 1000天内 -3天内 ²0²3-1-1 ٢٠٢٣-١-١ 明天前 {text}"
    ),
)
def test_refuses_what_it_does_not_know(typed: str) -> None:
    with pytest.raises(DayError, match=r"请写|可以写|月份是1到12"):
        typed_day(typed, TODAY, 2023)


@pytest.mark.parametrize(
    "typed",
    [
        "年底",
        "12月31日",
        "12-31",
        "明年底",
        "今年",
        "上半年",
        "一季度",
        "6月底",
        "全年",
        "10月1日前",
        "国庆",
    ],
)
def test_without_a_year_asks_for_it(typed: str) -> None:
    with pytest.raises(DayError, match=f"“{typed}”没有写是哪一年"):
        typed_day(typed, TODAY, None)


@pytest.mark.parametrize(
    "typed", ["2024年底", "今天", "30天内", "十四五末", "2024-02-29", "2024Q1", "2024-06"]
)
def test_some_words_need_no_year(typed: str) -> None:
    assert typed_day(typed, TODAY, None) == typed_day(typed, TODAY, 1999)


def test_the_years_words_follow_the_record_not_today() -> None:
    assert typed_day("年底", date(2026, 5, 1), 2020).date == date(2020, 12, 31)
    assert typed_day("明年", date(2026, 5, 1), 2020).date == date(2021, 12, 31)


def test_two_digits_of_a_year_are_near_the_records_else_near_today() -> None:
    assert typed_day("75年底", date(2070, 1, 31), None).date == date(2075, 12, 31)
    assert typed_day("75年底", date(2070, 1, 31), 1980).date == date(1975, 12, 31)


def test_words_are_kept_as_typed() -> None:
    assert typed_day("  “十四五” 末 ", TODAY, 2023).words == "“十四五” 末"
    assert typed_day("２０２４年底", TODAY, 2023).words == "２０２４年底"
    assert typed_day("12月31日", TODAY, 2023).words is None


def test_day_error_is_a_value_error() -> None:
    assert issubclass(DayError, ValueError)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2023-9-1", "“2023-9-1”要写成 2023-09-01"),
        ("2023/09/01", "要写成 2023-09-01"),
        ("２０２３-０９-０１", "要写成 2023-09-01"),
        ("2023年9月1日", "要写成 2023-09-01"),
        ("20230901", "要写成 2023-09-01"),
        ("2023-09-01 ", "要写成 2023-09-01"),
        ("2023-09-31", "没有 2023-09-31 这一天：2023年9月只有30天"),
        ("2023-13-01", "月份是1到12"),
        ("0000-01-01", "没有 0000-01-01 这一天"),
        ("年底", "日期要写成 2024-12-31 这样"),
        ("今天", "日期要写成 2024-12-31 这样"),
        ("昨天", "日期要写成 2024-12-31 这样"),
        ("30天内", "日期要写成 2024-12-31 这样"),
        ("9月1日", "日期要写成 2024-12-31 这样"),
        ("", "日期要写成 2024-12-31 这样"),
    ],
)
def test_iso_day_explains(text: str, sentence: str) -> None:
    with pytest.raises(DayError, match=sentence):
        iso_day(text)


def test_iso_day_takes_the_first_and_the_last_day_there_is() -> None:
    assert (iso_day("0001-01-01"), iso_day("9999-12-31")) == (date.min, date.max)


@given(st.dates())
def test_iso_day_reads_what_show_day_writes(day: date) -> None:
    assert iso_day(show_day(day)) == day


def test_weekday() -> None:
    assert [weekday(date(2024, 1, 1) + timedelta(n)) for n in range(7)] == [
        "周一", "周二", "周三", "周四", "周五", "周六", "周日",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2023-12-15", 1, "2024-01-15"),
        ("2023-03-28", 3, "2023-06-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-05-31", 0, "2023-05-31"),
    ],
)
def test_months_after(day: str, months: int, after: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(after)


DIGITS = "〇一二三四五六七八九"


def small(value: int) -> str:
    tens, ones = divmod(value, 10)
    head = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return head + (DIGITS[ones] if ones else "")


sane = st.dates(min_value=date(1949, 1, 1), max_value=date(2100, 12, 31))


@given(sane, sane)
def test_every_spelling_of_a_day_reads_back(day: date, today: date) -> None:
    year, month, number = day.year, day.month, day.day
    chinese = "".join(DIGITS[int(digit)] for digit in str(year))
    spellings = [
        day.isoformat(),
        f"{year}-{month}-{number}",
        f"{year}/{month:02}/{number:02}",
        f"{year}.{month}.{number}",
        f"{year}{month:02}{number:02}",
        f"{year}年{month}月{number}日",
        f"{year} 年 {month} 月 {number} 号",
        f"{chinese}年{small(month)}月{small(number)}日",
        f"{month}月{number}日",
        f"{month}-{number}",
        f"{small(month)}月{small(number)}号",
    ]
    wide = {ord(char): ord(char) + 0xFEE0 for char in "0123456789-/."}
    for spelling in spellings:
        assert typed_day(spelling, today, year) == Day(day)
        assert typed_day(spelling.translate(wide), today, year) == Day(day)
        assert typed_day(spelling + "前", today, year) == Day(day, spelling + "前")


@given(st.integers(1949, 2100), st.integers(1, 12), sane)
def test_a_month_stands_for_its_last_day(year: int, month: int, today: date) -> None:
    last = month_end(year, month)
    assert (last + timedelta(1)).day == 1
    for spelling in (
        f"{year}年{month}月",
        f"{year}年{month}月底前",
        f"{year}-{month:02}",
        f"{small(month)}月末",
    ):
        assert typed_day(spelling, today, year).date == last


@given(sane.filter(lambda day: day.year < 2097), st.integers(1, 999))
def test_the_first_day_is_not_counted(today: date, count: int) -> None:
    assert typed_day(f"{count}天内", today, None).date == today + timedelta(count)


@given(sane, st.integers(0, 1200))
def test_months_after_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    after = months_after(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day == day.day or (
        after.day < day.day and after == month_end(after.year, after.month)
    )


@given(
    st.text(alphabet="0123456789年月日号底末前内半上下季度第今明全个天周十一二三四五-/. Q"), sane
)
def test_any_typing_gives_a_day_or_a_day_error(typed: str, today: date) -> None:
    with suppress(DayError):
        assert 1949 <= typed_day(typed, today, today.year).date.year <= 2100


@given(st.text())
def test_any_text_is_survived(typed: str) -> None:
    with suppress(DayError):
        typed_day(typed, TODAY, 2023)
    with suppress(DayError):
        iso_day(typed)


@pytest.mark.parametrize(
    ("words", "today"),
    [
        ("上月底", date.min),
        ("上季度", date.min),
        ("上月15号", date.min),
        ("2年内", date.max),
        ("30天内", date.max),
        ("3个月内", date(9999, 11, 1)),
    ],
)
def test_a_day_past_either_end_of_the_calendar_is_a_sentence(words: str, today: date) -> None:
    with pytest.raises(DayError, match=f"{words}|年不对"):
        typed_day(words, today, today.year)


@pytest.mark.parametrize("words", ["上月底", "上个月", "上季度", "上月上旬"])
def test_a_record_with_words_for_a_date_is_told_how_to_write_it(words: str) -> None:
    with pytest.raises(DayError, match="2024-12-31"):
        iso_day(words)
