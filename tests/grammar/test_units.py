"""Units: multiplier and base apart, converted only into their like."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.grammar.units import convert, is_share, is_time, is_unit, split_unit


def words(text: str) -> list[str]:
    return text.split()


SPLIT = """
元 1 元|万元 10000 元|亿元 100000000 元|万亿元 1000000000000 元|千元 1000 元|百元 100 元|百万元 1000000 元|千万元 10000000 元
十亿元 1000000000 元|百亿元 10000000000 元|千亿元 100000000000 元|亿美元 100000000 美元|萬元 10000 元|人民币 1 元|美金 1 美元
万人次 10000 人次|人次 1 人次|万人 10000 人|万名 10000 名|千人 1000 人|千户 1000 户|万个 10000 个|百家 100 家
公里 1 公里|千米 1 公里|km 1 公里|KM 1 公里|Km 1 公里|万公里 10000 公里|万千米 10000 公里|米 1 米|m 1 米|百米 100 米
平方公里 1 平方公里|平方千米 1 平方公里|km2 1 平方公里|km² 1 平方公里|k㎡ 1 平方公里|㎢ 1 平方公里
㎡ 1 平方米|m2 1 平方米|m² 1 平方米|平米 1 平方米|万㎡ 10000 平方米|万平方米 10000 平方米|m³ 1 立方米|万m³ 10000 立方米
亩 1 亩|万亩 10000 亩|公顷 1 公顷|万公顷 10000 公顷|吨 1 吨|万吨 10000 吨|亿吨 100000000 吨|千克 1 公斤|kg 1 公斤
千瓦 1 千瓦|kW 1 千瓦|万千瓦 10000 千瓦|MW 1 兆瓦|千瓦时 1 千瓦时|亿千瓦时 100000000 千瓦时|kWh 1 千瓦时|千伏 1 千伏|千伏安 1 千伏安
% 1 %|％ 1 %|‰ 1 ‰|百分点 1 个百分点|个百分点 1 个百分点|百分比 1 百分比|百货 1 百货|千方百计 1 千方百计|倍 1 倍
天 1 天|日 1 天|工作日 1 个工作日|个工作日 1 个工作日|个月 1 个月|年 1 年|小时 1 小时|万吨/天 10000 吨/天|亿 100000000 |万 10000 |个 1 个
学位 1 学位|万标箱 10000 标箱|吨标准煤 1 吨标准煤|万吨标准煤 10000 吨标准煤|万里 10000 里
"""


@pytest.mark.parametrize(
    "line", [line for row in SPLIT.strip().split("\n") for line in row.split("|")]
)
def test_split_unit(line: str) -> None:
    unit, multiplier, base = line.split(" ")
    assert split_unit(unit) == (Decimal(multiplier), base)


def test_no_unit_has_no_base() -> None:
    assert split_unit(None) == split_unit("") == split_unit(" ") == (Decimal(1), "")


def test_blanks_and_full_width_do_not_matter() -> None:
    assert split_unit(" 万 元 ") == split_unit("万元")
    assert split_unit("ｋｍ") == (Decimal(1), "公里")


@pytest.mark.parametrize(
    ("value", "from_unit", "to_unit", "wanted"),
    [
        ("358.49", "亿元", "万元", "3584900"),
        ("3584900", "万元", "亿元", "358.49"),
        ("6570", "万美元", "亿美元", "0.657"),
        ("2106.12", "亿元", "万亿元", "0.210612"),
        ("5", "千元", "元", "5000"),
        ("1.5", "万", "亿", "0.00015"),
        ("1", "公顷", "亩", "15"),
        ("15", "亩", "公顷", "1"),
        ("2", "万亩", "平方公里", "13.33333333333333333333333333"),
        ("1", "平方公里", "亩", "1500"),
        ("1", "km2", "㎡", "1000000"),
        ("1.2", "公里", "米", "1200"),
        ("800", "m", "千米", "0.8"),
        ("30", "万千瓦", "MW", "300"),
        ("1", "吨", "公斤", "1000"),
        ("2", "万吨", "吨", "20000"),
        ("60", "％", "%", "60"),
        ("7", "成", "%", "70"),
        ("5", "‰", "%", "0.5"),
        ("2", "周", "天", "14"),
        ("20", "日", "天", "20"),
        ("1", "年", "个月", "12"),
        ("3", "工作日", "个工作日", "3"),
        ("3", "个百分点", "百分点", "3"),
        ("1", "万吨/天", "吨/天", "10000"),
        ("7", "蒸吨", "蒸吨", "7"),
        ("-3.2", "%", "%", "-3.2"),
        ("5", None, None, "5"),
        ("5", "", None, "5"),
    ],
)
def test_convert(value: str, from_unit: str | None, to_unit: str | None, wanted: str) -> None:
    found = convert(Decimal(value), from_unit, to_unit)
    assert found == Decimal(wanted)
    assert "E" not in str(found)


@pytest.mark.parametrize(
    ("from_unit", "to_unit"),
    [
        ("个", "项"), ("家", "个"), ("人", "人次"), ("名", "人"), ("家", "家次"), ("所", "座"), ("户", "人"),
        ("元", "美元"), ("万元", "万亩"), ("%", "个百分点"), ("%", "倍"), ("%", None), (None, "%"), (None, "个"),
        ("", "元"), ("万", None), (None, "万"), ("万", "万元"), ("天", "个工作日"), ("天", "个月"), ("公里", "公顷"),
        ("千瓦", "千瓦时"), ("吨", "吨标准煤"), ("吨/天", "吨"), ("平方米", "立方米"), ("强", "家"),
    ],
)  # fmt: skip
def test_unlike_units_are_not_compared(from_unit: str | None, to_unit: str | None) -> None:
    assert convert(Decimal(5), from_unit, to_unit) is None
    assert convert(Decimal(5), to_unit, from_unit) is None


def test_a_figure_in_the_same_unit_stays_as_printed() -> None:
    assert str(convert(Decimal("63.50"), "%", "％")) == "63.50"
    assert str(convert(Decimal("1200.0"), "万元", "万元")) == "1200.0"


@pytest.mark.parametrize(
    "unit",
    words(
        "个 项 家 亿元 万亩 % ‰ 成 倍 万 亿 千瓦 万千瓦 个百分点 个工作日 日 天 微克/立方米 元/平方米 吨/天 学位 床位 KM ㎡ 千元"
    ),
)
def test_known_units(unit: str) -> None:
    assert is_unit(unit)


@pytest.mark.parametrize(
    "unit",
    [
        "",
        " ",
        "是",
        "强",
        "月",
        "届",
        "号",
        "期",
        "级",
        "个项目",
        "亿元投资",
        "百",
        "千",
        "十",
        "元/",
        "/天",
        "个以上",
        "农",
        "分之",
        "G",
    ],
)
def test_unknown_units(unit: str) -> None:
    assert not is_unit(unit)


def test_shares_and_times() -> None:
    assert [
        unit for unit in ("%", "％", "‰", "成", "个百分点", "倍", "个", None) if is_share(unit)
    ] == ["%", "％", "‰", "成"]
    assert [
        unit for unit in ("天", "日", "个工作日", "小时", "年", "个", None) if is_time(unit)
    ] == ["天", "日", "个工作日", "小时", "年"]


LIKE = [
    ["元", "千元", "万元", "百万元", "亿元", "万亿元"],
    ["公里", "米", "km", "万公里"],
    ["%", "‰", "成"],
    ["吨", "万吨", "公斤"],
    ["亩", "万亩"],
]
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(
    amounts,
    st.sampled_from(LIKE).flatmap(
        lambda units: st.tuples(st.sampled_from(units), st.sampled_from(units))
    ),
)
def test_there_and_back_is_exact(value: Decimal, units: tuple[str, str]) -> None:
    there = convert(value, units[0], units[1])
    assert there is not None
    assert convert(there, units[1], units[0]) == value


@given(st.text(max_size=8), st.text(max_size=8))
def test_any_text_is_survived(one: str, other: str) -> None:
    split_unit(one)
    is_unit(one)
    value = convert(Decimal(1), one, other)
    assert value is None or value.is_finite()
