from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.extract.numbers import quantities
from npcreply.grammar.numerals import percent, value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三百二十", "320"),
        ("二百五", "250"),
        ("三万五", "35000"),
        ("一千零五十", "1050"),
        ("一百零十万三千", "1103000"),
        ("1.26万亿", "1260000000000"),
        ("7万5千4百", "75400"),
        ("二〇二三", "2023"),
        ("十余万", "100000"),
        ("二十几亿", "2000000000"),
        ("半", "0.5"),
        ("一半", "0.5"),
        ("廿三", "23"),
        ("壹佰贰拾叁元肆角伍分", "123.45"),
        ("四分之三", "0.75"),
        ("二又四分之一", "2.25"),
        ("3/8", "0.375"),
        ("1 1/2", "1.5"),
        ("负三点五", "-3.5"),
        ("-12,300", "-12300"),
        ("15k", "15000"),
        ("五打", "60"),
        ("第十二", "12"),
        ("十四亿零六", "1400000006"),
    ],
)
def test_a_numeral_has_one_worth(text: str, number: str) -> None:
    assert value(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "很多", "元", "第", "又又又", "分之", "点", "一二个三"])
def test_what_has_no_worth(text: str) -> None:
    assert value(text) is None


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("63.48%", "63.48"),
        ("百分之六十三点四八", "63.48"),
        ("百分之百", "100"),
        ("千分之五", "0.5"),
        ("三成半", "35"),
        ("七成六", "76"),
        ("九九折", "99"),
        ("6个百分点", "6"),
        ("负3.9%", "-3.9"),
    ],
)
def test_a_share_is_told_in_percent(text: str, share: str) -> None:
    assert percent(text) == Decimal(share)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "value_"),
    [
        ("路宽2.5—3米", "2.5", "3", "米", "2.5"),
        ("每周巡查4-6遍", "4", "6", "遍", "4"),
        ("补助1万元至5万元", "1", "5", "万元", "1"),
        ("补助3000到5000元", "3000", "5000", "元", "3000"),
        ("投资八千万至1.2亿元", "80000000", "120000000", "元", "80000000"),
        ("支持十八至三十万元", "18", "30", "万元", "18"),
        ("培训两到三百人", "200", "300", "人", "200"),
        ("降幅5%-10%", "5", "10", "%", "5"),
        ("占比5-10%", "5", "10", "%", "5"),
        ("三五百人", "300", "500", "人", "300"),
        ("七八个村", "7", "8", "个", "7"),
        ("时限不超过5至7天", "5", "7", "天", "7"),
        ("1万(含)-5万元", "1", "5", "万元", "1"),
    ],
)
def test_a_range_has_two_ends(text: str, low: str, high: str, unit: str, value_: str) -> None:
    hit = quantities.find(text)[0]
    ends = (hit.value_min, hit.value_max, hit.unit, hit.value)
    assert ends == (Decimal(low), Decimal(high), unit, Decimal(value_))


@pytest.mark.parametrize(
    ("text", "before", "value_", "unit", "sign"),
    [
        ("床位使用率由72%提升至85%", "72", "85", "%", ">="),
        ("办理时限从15个工作日压缩到5个工作日", "15", "5", "个工作日", "<="),
        ("由2020年的31.5%提高到2022年的40.2%", "31.5", "40.2", "%", ">="),
        ("环节8个减少为3个", "8", "3", "个", "<="),
        ("从跑7次变为跑1次", "7", "1", "次", "<="),
        ("审批从10日缩短至0.5-3日", "10", "3", "日", "<="),
        ("规模由9000万元扩大到1.1亿元", "0.9", "1.1", "亿元", ">="),
    ],
)
def test_a_change_tells_where_it_began(
    text: str, before: str, value_: str, unit: str, sign: str
) -> None:
    hits = quantities.find(text)
    assert [(hit.from_, hit.value, hit.unit, hit.comparator) for hit in hits] == [
        (Decimal(before), Decimal(value_), unit, sign)
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("新建5个，扩大到3个镇", [5, 3]),
        ("完成12个和8户", [12, 8]),
        ("一期投入3亿元，二期4亿元", [3, 4]),
        ("5个到账", [5]),
        ("学生与教师30人", [30]),
    ],
)
def test_two_numbers_side_by_side_stay_two(text: str, values: list[int]) -> None:
    assert [hit.value for hit in quantities.find(text)] == values
    assert all(hit.from_ is None and hit.value_max is None for hit in quantities.find(text))


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("补贴50元6角", "50.6", "元"),
        ("一个半月", "1.5", "个月"),
        ("重两吨半", "2.5", "吨"),
        ("人民币800万", "800", "万人民币"),
        ("负0.8个百分点", "-0.8", "个百分点"),
        ("12千米", "12", "千米"),
        ("5千元", "5000", "元"),
        ("12亿千瓦时", "12", "亿千瓦时"),
        ("30间教室", "30", "间"),
        ("20家属楼", "20", None),
        ("8所有关学校", "8", None),
    ],
)
def test_the_unit_is_the_longest_that_is_known(text: str, number: str, unit: str | None) -> None:
    hit = quantities.find(text)[0]
    assert (hit.value, hit.unit) == (Decimal(number), unit)


@given(st.integers(0, 10**12))
def test_digits_and_grouped_digits_are_worth_the_same(number: int) -> None:
    assert value(str(number)) == value(f"{number:,}") == number


@given(st.text("0123456789零一二三十百千万亿点余几半分之又/.,%折成个元角k负- ", max_size=40))
def test_any_numeral_has_a_worth_or_none(text: str) -> None:
    for found in (value(text), percent(text)):
        assert found is None or found.is_finite()
