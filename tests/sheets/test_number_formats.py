"""What a person sees of a stored number, by the codes that tables of an office use."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from npcreply.sheets import number_formats


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        ("37", "0000", "0037"),
        ("0.604", "0.0%", "60.4%"),
        ("0.604", "0%", "60%"),
        ("1", "0%", "100%"),
        ("1250", "#,##0", "1,250"),
        ("1250.5", "#,##0.00", "1,250.50"),
        ("-3.2", "0.0;[Red]0.0", "3.2"),
        ("-3.2", "0.0", "-3.2"),
        ("0", '0;-0;"—"', "—"),
        ("0.25", "#.##", ".25"),
        ("12", '"第"0"号"', "第12号"),
        ("12", '0"个"', "12个"),
        ("358490000", '0.00,,"百万"', "358.49百万"),
        ("12.50", "General", "12.5"),
        ("12", "@", "12"),
        ("12", "[DBNum1]General", "12"),
        ("1234.5", "0.00E+00", "1234.5"),
        ("3.5", "[$¥-804]0.00;[$¥-804]-0.00", "¥3.50"),
        ("7", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "7"),
        ("1e200", "0.00", "1" + "0" * 200),
    ],
)  # fmt: skip
def test_a_number_is_shown_as_its_format_shows_it(value, code, seen):
    assert number_formats.shown(Decimal(value), code) == seen


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("yyyy/m/d", "2025/6/2"),
        ("yyyy-mm-dd", "2025-06-02"),
        ('yyyy"年"m"月"d"日";@', "2025年6月2日"),
        ('yyyy"年"m"月"', "2025年6月"),
        ('m"月"d"日"', "6月2日"),
        ("[$-804]yy.m.d", "25.6.2"),
        ("yyyy-mm-dd h:mm:ss", "2025-06-02 9:05:00"),
        ("h:mm AM/PM", "9:05 上午"),
        ("aaaa", "星期一"),
        ("mmm-yy", "Jun-25"),
    ],
)
def test_a_day_is_shown_as_its_format_shows_it(code, seen):
    assert number_formats.shown(datetime.fromisoformat("2025-06-02T09:05"), code) == seen


def test_a_day_without_a_format_is_written_whole():
    assert number_formats.shown(date(2025, 6, 2), "") == "2025-06-02"


def test_serial_numbers_are_days_in_both_ways_of_counting():
    assert number_formats.day_of(Decimal(45930)) == datetime.fromisoformat("2025-09-30")
    assert number_formats.day_of(Decimal(44468), from_1904=True) == datetime.fromisoformat(
        "2025-09-30"
    )
    assert number_formats.day_of(Decimal(0)) is None
    assert number_formats.day_of(Decimal(9_999_999)) is None
