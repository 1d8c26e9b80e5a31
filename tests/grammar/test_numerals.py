"""Numbers as typed: every spelling read exactly, everything else refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.grammar.numerals import half_width, integer_text, number, squeeze, tidy


def words(text: str) -> list[str]:
    return text.split()


NUMBERS = """
0 0|7 7|007 7|146 146|1000000 1000000|3.5 3.5|0.05 0.05|.5 0.5|12.50 12.50
１２３ 123|１２．５ 12.5|６０ 60|－3 -3|−3 -3|-3 -3|-0.5 -0.5|负三 -3|負三 -3|-一百 -100
1,234 1234|12,345,678 12345678|1，234 1234|1，234．5 1234.5|１，２３４ 1234
零 0|〇 0|一 1|两 2|二 2|九 9|十 10|十一 11|十九 19|二十 20|一十五 15|九十九 99
一百 100|一百零七 107|一百〇七 107|一百一十 110|一百十五 115|一百二 120|二百五 250|两百 200
一百二十三 123|六百 600|三千三百 3300|三千三 3300|一千零七 1007|一千零七十 1070|一千零一十五 1015
一万 10000|十万 100000|十五万 150000|一万零三百 10300|三万五 35000|三万五百 30500|两万两千 22000
一百二十三万四千五百六十七 1234567|四千万零六千 40006000|十万零一千 101000
一亿 100000000|一亿零五 100000005|一亿二千三百万四千五百 123004500|三千亿 300000000000
一万亿 1000000000000|二万五千亿 2500000000000
廿 20|廿三 23|卅 30|卅一 31|一百廿三 123
二〇二三 2023|二○二三 2023|二零二三 2023|二0二三 2023|二O二三 2023|2〇23 2023|三六五 365|五〇 50
零点五 0.5|三点一四 3.14|两点五 2.5|三百五十八点四九 358.49|一点二六万亿 1260000000000|三点五万 35000
半 0.5|3千 3000|3百 300|1.26万 12600|2万5千 25000|3万5 35000|3万5000 35000|1万600 10600|3万零500 30500
15000万 150000000|1.26万亿 1260000000000|1,234万 12340000|1亿2000万 120000000|0.5亿 50000000
壹 1|壹佰零柒 107|贰仟叁佰 2300|伍萬 50000|貳拾陸 26|陆拾玖 69|两萬 20000|三億 300000000
"""


@pytest.mark.parametrize(
    "line", [pair for row in NUMBERS.split("\n") for pair in row.split("|") if pair]
)
def test_reads(line: str) -> None:
    typed, value = line.split(" ")
    read = number(typed)
    assert read == Decimal(value)
    assert isinstance(read, Decimal)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        (" 6 ", "6"),
        ("3 万", "30000"),
        ("一 百", "100"),
        ("\u3000６００\u3000", "600"),
        ("\ufeff8", "8"),
        ("1 000", "1000"),
        ("1\u00a0000", "1000"),
        ("1\u2009000", "1000"),
        ("1\u202f000.5", "1000.5"),
        ("1'000'000", "1000000"),
    ],
)
def test_blanks_and_what_cannot_be_seen_do_not_matter(typed: str, value: str) -> None:
    assert number(typed) == Decimal(value)


NOT_NUMBERS = words(
    """
十四五 十五五 一是 二是 双 双招双引 一条龙 两三 二三 七八 七八九 三五 十二三 三四十 三百五六 一百二三
十几 几十 三百余 300余 约300 多 百万 千万 百 千 万 亿 亿万 三个 3个 翻一番 一半 三成 百分之六十 三分之一 60%
12,34 1,2345 0,123 1,23,456 1234,567 5. 1.2.3 1e3 +5 ++ - -- −− 0x10 1_000 ٣ ² ½ ① nan inf ∞ 3。5 3点 点五 三点 三万五点二
一百零 一百零七十 一百零十 零一百 十两 三十两 一百零两 三十零五 二十十 十十 三千四千 一万二万 两十 3万05 3万零 5十
万零五 三万零零五 一亿亿 一万亿亿 五百五百
"""
)


@pytest.mark.parametrize(
    "typed", [*NOT_NUMBERS, "", " ", "3 5", "1, 234", "1 00", "1 000,000", "一 ，二"]
)
def test_refuses(typed: str) -> None:
    assert number(typed) is None


@pytest.mark.parametrize("typed", ["亿" * 5000, "1" * 5000, "十" * 5000, "点" * 5000, "一" * 5000])
def test_a_long_paste_is_no_number(typed: str) -> None:
    assert number(typed) is None


def test_keeps_the_digits_that_were_typed() -> None:
    assert str(number("63.50")) == "63.50"
    assert str(number("1.50万")) == "15000"
    assert str(number("3千")) == "3000"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("107", "107"),
        ("0107", "0107"),
        ("０１０７", "0107"),
        ("一百零七", "107"),
        ("〇一〇七", "0107"),
        ("一二三", "123"),
        ("二〇二三", "2023"),
        ("十", "10"),
        ("廿三", "23"),
        ("壹佰零柒", "107"),
        (" 46 ", "46"),
        ("三千", "3000"),
        ("零五", "05"),
    ],
)
def test_integer_text_keeps_zeros(typed: str, digits: str) -> None:
    assert integer_text(typed) == digits


@pytest.mark.parametrize(
    "typed",
    ["", "-5", "3.5", "1,234", "三点五", "半", "二三", "温46", "BH037", "万46", "十两", "٣"],
)
def test_integer_text_refuses(typed: str) -> None:
    assert integer_text(typed) is None


def test_half_width_and_squeeze() -> None:
    assert half_width("ＡＢ１２：（．）－　") == "AB12:(.)- "
    assert half_width("“。、》三") == "“。、》三"
    assert squeeze(" 投资 600 亿元 ") == "投资600亿元"
    assert squeeze("PM2.5 35 km") == "PM2.5 35km"
    assert squeeze("GDP growth 5%") == "GDP growth5%"


@pytest.mark.parametrize(
    ("value", "shown"), [("12600.00", "12600"), ("1E+3", "1000"), ("0.50", "0.5"), ("0", "0")]
)
def test_tidy(value: str, shown: str) -> None:
    assert str(tidy(Decimal(value))) == shown


DIGITS = "零一二三四五六七八九"


def spelled(value: int) -> str:
    """The standard Chinese spelling of a whole number below 10^16."""
    if value == 0:
        return "零"
    for mark, size in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10)):
        if value >= size:
            many, rest = divmod(value, size)
            zero = "零" if 0 < rest < size // 10 else ""
            return spelled(many) + mark + zero + (spelled(rest) if rest else "")
    return DIGITS[value]


whole = st.integers(min_value=0, max_value=10**12)


@given(whole)
def test_chinese_there_and_back(value: int) -> None:
    assert number(spelled(value)) == value
    assert number("-" + spelled(value)) == -value


@given(whole)
def test_banker_spelling_there_and_back(value: int) -> None:
    capitals = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")
    assert number(spelled(value).translate(capitals)) == value


@given(st.integers(min_value=0, max_value=10**10), st.integers(min_value=1, max_value=10**9))
def test_decimals_there_and_back(value: int, fraction: int) -> None:
    digits = str(fraction)
    chinese = "".join(DIGITS[int(digit)] for digit in digits)
    assert number(f"{spelled(value)}点{chinese}") == Decimal(f"{value}.{digits}")


@given(whole)
def test_separators_and_full_width_there_and_back(value: int) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    assert number(f"{value:,}") == value
    assert number(f"{value:,}".translate(wide)) == value
    assert integer_text(str(value).translate(wide)) == str(value)


@given(whole)
def test_digit_rows_there_and_back(value: int) -> None:
    row = "".join(DIGITS[int(digit)] for digit in str(value))
    about = len(row) == 2 and "零" not in row
    assert integer_text(row) == (None if about else str(value))


@given(st.integers(min_value=1, max_value=9), st.integers(min_value=1, max_value=9))
def test_the_last_digit_counts_the_next_unit(many: int, digit: int) -> None:
    for mark, size in (("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)):
        value = many * size + digit * size // 10
        assert number(DIGITS[many] + mark + DIGITS[digit]) == value
        assert number(f"{many}{mark}{digit}") == value


@given(st.text(alphabet="零一二三两十百千万亿点半0123456789.,- 〇廿负"))
def test_any_row_of_signs_gives_a_plain_number_or_none(typed: str) -> None:
    value = number(typed)
    assert value is None or value.is_finite()
    digits = integer_text(typed)
    assert digits is None or digits.isdecimal()


@given(st.text())
def test_any_text_is_survived(typed: str) -> None:
    number(typed)
    integer_text(typed)
