"""Ids: made from year and number, cleaned as printed, recognised as typed, never guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.record import identity
from npcreply.domain.record.identity import (
    Known,
    Typed,
    clean_number,
    match,
    record_id,
    typed_id,
)
from npcreply.domain.record.names import nearest
from npcreply.errors import UsageError


@pytest.mark.parametrize(
    ("kind", "year", "number", "sequence", "id_"),
    [
        ("suggestion", 2023, "温46", None, "2023-温46"),
        ("suggestion", 2023, "0046", None, "2023-0046"),
        ("suggestion", 2023, "BH037", None, "2023-BH037"),
        ("suggestion", 2023, "JY100012050700", None, "2023-JY100012050700"),
        ("suggestion", 2025, "20250033", None, "2025-0033"),
        ("suggestion", 2025, "20250118040114", None, "2025-0118040114"),
        ("suggestion", 2023, "2020028", None, "2023-2020028"),
        ("suggestion", 2020, "2020", None, "2020-2020"),
        ("suggestion", 2020, "2020-028", None, "2020-028"),
        ("suggestion", 2023, "CON", None, "2023-CON"),
        ("proposal", 2020, "2020028", None, "2020-提028"),
        ("proposal", 2020, "028", None, "2020-提028"),
        ("proposal", 2020, "提028", None, "2020-提028"),
        ("inquiry", 2023, "1", None, "2023-询1"),
        ("inquiry", 2023, "1", 3, "2023-询3"),
        ("inquiry", 2023, "", 2, "2023-询2"),
    ],
)
def test_record_id(kind: str, year: int, number: str, sequence: int | None, id_: str) -> None:
    assert record_id(kind, year, number, sequence) == id_


@pytest.mark.parametrize(
    ("number", "named"),
    [
        ("温/46", "/"),
        ("温46*", "*"),
        ("a b", " "),
        ("〔2020〕28", "〔〕"),
        ("4６", "６"),
        ("46.1", "."),
        ("é", "é"),
        ("a:b", ":"),
        ("46\n", "\n"),
    ],
)
def test_characters_no_file_name_may_hold_are_named(number: str, named: str) -> None:
    with pytest.raises(UsageError) as caught:
        record_id("suggestion", 2023, number)
    assert f"不能有“{named}”" in caught.value.message
    assert caught.value.remedy


def test_no_number_is_no_id() -> None:
    with pytest.raises(UsageError, match="没有编号"):
        record_id("suggestion", 2023, "")


CLEANED = """
第107号=107|温第46号=温46|第０１０７号=0107|第一百零七号=107|BH037=BH037|第BH037号=BH037|2020028号提案=2020028|温46=温46
0046=0046|107=107|107号=107|第107号建议=107|第107号代表建议=107|建议第107号=107|提案第028号=028|第5号政协提案=5|委员提案第5号=5
第03314号(工交邮电类455号)=03314|第03314号（工交邮电类455号）=03314|107号(A)=107|编号：107=107|编号107=107|市十六届人大三次会议第107号建议=107
市政协五届四次会议第2020028号提案=2020028|2021年第107号=107|2021年度第107号=107|2021年107号=107|温第四十六号=温46|一百零七=107|第二〇号=20
第〇四六号=046|第廿三号=23|第1０7号=107|平安建设类第12号=平安建设类12|JY100012050700=JY100012050700|20250118040114=20250118040114|万46=万46
十5=十5|三农5=三农5|第 107 号=107|温 第 46 号 = 温46|提028=提028|询1=询1|第107号提案建议=107|第46号书面意见=46|bh037=bh037|第號=
第号=|=|建议=|二三=二三|二0二三=二0二三|第１０７號=107
"""


@pytest.mark.parametrize(
    "pair", [pair for row in CLEANED.strip().split("\n") for pair in row.split("|")]
)
def test_clean_number(pair: str) -> None:
    printed, _, stored = pair.partition("=")
    assert clean_number(printed) == stored.strip()


@pytest.mark.parametrize(
    "pair", [pair for row in CLEANED.strip().split("\n") for pair in row.split("|")]
)
def test_cleaning_twice_changes_nothing(pair: str) -> None:
    once = clean_number(pair.partition("=")[0])
    assert clean_number(once) == once


TYPED = [
    ("温46", Typed("温46")),
    ("温第46号", Typed("温46")),
    ("46", Typed("46")),
    ("0046", Typed("0046")),
    ("００４６", Typed("0046")),
    ("第107号", Typed("107")),
    ("第 107 号", Typed("107")),
    ("第一百零七号", Typed("107")),
    ("一百零七号建议", Typed("107")),
    ("107号提案", Typed("107")),
    ("2021-107", Typed("107", 2021)),
    ("2021－107", Typed("107", 2021)),
    ("2021—107", Typed("107", 2021)),
    ("2021 107", Typed("107", 2021)),
    ("2021年107号", Typed("107", 2021)),
    ("2021年第107号", Typed("107", 2021)),
    ("2021 年 第 107 号 建议", Typed("107", 2021)),
    ("2023-温第46号", Typed("温46", 2023)),
    ("2023-温46", Typed("温46", 2023)),
    ("２０２３－温４６", Typed("温46", 2023)),
    ("2023-温46.2", Typed("温46", 2023, 2)),
    ("2023-温46#m2", Typed("温46", 2023, 2)),
    ("2023-温46#M2", Typed("温46", 2023, 2)),
    ("2023-温46＃2", Typed("温46", 2023, 2)),
    ("温46．1", Typed("温46", None, 1)),
    ("温46。1", Typed("温46", None, 1)),
    ("温46 .1", Typed("温46", None, 1)),
    ("温46.01", Typed("温46", None, 1)),
    ("46.10", Typed("46", None, 10)),
    ("第46号.3", Typed("46", None, 3)),
    ("46号建议.3", Typed("46", None, 3)),
    ("温46.1/2", Typed("温46", None, 1, 2)),
    ("温４６．１／２", Typed("温46", None, 1, 2)),
    ("2023-温46.1/12", Typed("温46", 2023, 1, 12)),
    ("提028", Typed("提028")),
    ("2020-提028.4", Typed("提028", 2020, 4)),
    ("2020028", Typed("2020028")),
    ("2020028.2", Typed("2020028", None, 2)),
    ("2023-询1.3", Typed("询1", 2023, 3)),
    ("询1", Typed("询1")),
    ("BH037", Typed("BH037")),
    ("20250118040114", Typed("20250118040114")),
    ("2021", Typed("2021")),
    ("74227", Typed("74227")),
]


@pytest.mark.parametrize(("text", "typed"), TYPED)
def test_typed_id(text: str, typed: Typed) -> None:
    assert typed_id(text) == typed


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "　",
        ".2",
        "温46.",
        "温46.x",
        "温46.0",
        "温46.1/0",
        "温46.1/",
        "温46/2",
        "温46.1.2",
        "2021-",
        "-5",
        "第号",
        "建议",
        "温46.99999",
        "温46#m",
    ],
)
def test_what_cannot_be_an_id(text: str) -> None:
    with pytest.raises(UsageError, match="看不懂编号") as caught:
        typed_id(text)
    assert "温46" in caught.value.remedy


KNOWN = [
    Known("2023-温46", 2023, "温46", "甲"),
    Known("2023-温146", 2023, "温146", "乙"),
    Known("2023-107", 2023, "107", "丙"),
    Known("2023-提107", 2023, "107", "丁"),
    Known("2023-询1", 2023, "1", "戊"),
    Known("2023-31", 2023, "31", "己"),
    Known("2022-46", 2022, "46", "庚"),
    Known("2022-BH037", 2022, "BH037", "辛"),
    Known("2022-88", 2022, "88", "壬"),
    Known("2021-0107", 2021, "0107", "癸"),
    Known("2021-0088", 2021, "0088", "子"),
    Known("2020-提028", 2020, "2020028", "丑"),
    Known("2025-x1", 2019, "x1", "寅"),
]

MATCHES = [
    ("温46", "2023-温46"),
    ("温第46号", "2023-温46"),
    ("温046", "2023-温46"),
    ("46", "2023-温46"),
    ("0046", "2023-温46"),
    ("第四十六号", "2023-温46"),
    ("146", "2023-温146"),
    ("2022-46", "2022-46"),
    ("2023-46", "2023-温46"),
    ("2023-温46.2", "2023-温46"),
    ("2023-107", "2023-107"),
    ("2023-0107", "2023-107"),
    ("2023-提107", "2023-提107"),
    ("提107", "2023-提107"),
    ("107", "2023-107 2023-提107"),
    ("第107号", "2023-107 2023-提107"),
    ("2021-107", "2021-0107"),
    ("2021年第107号", "2021-0107"),
    ("2021107", "2021-0107"),
    ("20210107", "2021-0107"),
    ("31", "2023-31"),
    ("88", "2022-88 2021-0088"),
    ("2022-88", "2022-88"),
    ("询1", "2023-询1"),
    ("1", "2023-询1"),
    ("BH037", "2022-BH037"),
    ("bh37", "2022-BH037"),
    ("037", "2022-BH037"),
    ("37", "2022-BH037"),
    ("2020028", "2020-提028"),
    ("028", "2020-提028"),
    ("28", "2020-提028"),
    ("提028", "2020-提028"),
    ("提28", "2020-提028"),
    ("2020-028", "2020-提028"),
    ("2020-提028", "2020-提028"),
    ("2020-2020028", "2020-提028"),
    ("BH", "2022-BH037"),
    ("温", "2023-温46 2023-温146"),
    ("温1", "2023-温146"),
    ("提", "2023-提107 2020-提028"),
    ("99", ""),
    ("6", ""),
    ("45", ""),
    ("2021-温46", ""),
    ("2019-46", ""),
    ("椒46", ""),
    ("2099107", ""),
    ("2023-2", ""),
    ("3", "2023-31"),
    ("003", ""),
    ("2023-0003", ""),
]


@pytest.mark.parametrize(("text", "ids"), MATCHES)
def test_match(text: str, ids: str) -> None:
    assert [known.id for known in match(typed_id(text), KNOWN)] == ids.split()


def test_a_typed_year_is_never_left() -> None:
    assert match(typed_id("2021-31"), KNOWN) == []


def test_nothing_is_found_among_none() -> None:
    assert match(typed_id("46"), []) == []


def test_candidates_may_be_read_once() -> None:
    assert [known.id for known in match(typed_id("31"), iter(KNOWN))] == ["2023-31"]


def test_the_exact_id_wins_over_one_that_differs_in_zeros() -> None:
    twins = [Known("2021-0107", 2021, "0107"), Known("2021-107", 2021, "107")]
    assert [known.id for known in match(typed_id("2021-107"), twins)] == ["2021-107"]
    assert [known.id for known in match(typed_id("107"), twins)] == ["2021-0107", "2021-107"]
    assert [known.id for known in match(typed_id("2021-00107"), twins)] == ["2021-0107", "2021-107"]


def test_a_record_known_by_its_id_alone_is_found_by_the_long_number() -> None:
    assert match(typed_id("2020028"), [Known("2020-提028", 2020, "提028")])


years = st.integers(1954, 2098)
numbers = st.builds(
    "{}{}".format, st.sampled_from(["", "温", "黄", "BH", "JY", "工商类"]), st.integers(1, 99999)
)
kinds = st.sampled_from(["suggestion", "proposal", "inquiry"])


@given(kinds, years, numbers, st.integers(1, 99), st.integers(1, 99))
def test_every_id_is_read_back(kind: str, year: int, number: str, measure: int, entry: int) -> None:
    id_ = record_id(kind, year, number)
    other = Known(f"{year + 1}-{number}", year + 1, number)
    typed = typed_id(f"{id_}.{measure}/{entry}")
    assert (typed.year, typed.measure, typed.entry) == (year, measure, entry)
    assert match(typed, [other, Known(id_, year, number)]) == [Known(id_, year, number)]
    assert typed_id(f"{id_}#m{measure}") == Typed(typed.record, year, measure)


@given(numbers.filter(lambda number: not number.isdecimal()))
def test_a_number_is_found_however_it_is_dressed(number: str) -> None:
    head = number.rstrip("0123456789")
    digits = number[len(head) :]
    known = Known(f"2023-{number}", 2023, number)
    wide = digits.translate({ord(char): ord(char) + 0xFEE0 for char in "0123456789"})
    for dressed in (
        number,
        f"{head}第{digits}号",
        f"{head}第{wide}号建议",
        f" {head} {digits} ",
        f"{head}00{digits}",
        digits,
    ):
        assert match(typed_id(dressed), [known]) == [known]


@given(
    st.lists(numbers, unique=True, max_size=8),
    st.text(alphabet="0123456789温BH第号提-.#/", max_size=8),
)
def test_only_what_was_typed_can_be_meant(stored: list[str], text: str) -> None:
    pool = [Known(f"2023-{number}", 2023, number) for number in stored]
    try:
        typed = typed_id(text)
    except UsageError:
        return
    digits = "".join(char for char in typed.record if char.isdecimal()).lstrip("0")
    for known in match(typed, pool):
        assert digits.removeprefix("2023").lstrip("0") in known.number


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    clean_number(text)
    with suppress(UsageError):
        match(typed_id(text), KNOWN)


BODIES = ["市教育局", "市水利局", "市发展改革委", "市交通运输局", "deadline", "reply_date", "title"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("市教育句", "市教育局"),
        ("市教局", "市教育局"),
        (" 市水利局 ", "市水利局"),
        ("市发展改革委员会", "市发展改革委"),
        ("市交通局", "市交通运输局"),
        ("deadlin", "deadline"),
        ("Deadline", "deadline"),
        ("reply-date", "reply_date"),
        ("titel", "title"),
        ("完全不同", None),
        ("", None),
        ("xyz", None),
    ],
)
def test_nearest(word: str, near: str | None) -> None:
    assert nearest(word, BODIES) == near


def test_two_equally_near_words_are_no_answer() -> None:
    assert nearest("市水局", ["市水利局", "市水务局"]) is None
    assert nearest("市水务局", ["市水利局", "市水务局"]) == "市水务局"
    assert nearest("x", []) is None


@given(st.text("0123456789", min_size=1, max_size=8))
def test_a_number_of_digits_alone_is_compared_as_every_other_one(digits: str) -> None:
    assert identity._key(digits) == identity._key(f"第{digits}号")
