"""Heads and feet of letters in the styles of many offices; what is not printed stays empty."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.extract.header import Header, header
from npcreply.extract.model import Drafted
from npcreply.extract.page import cleaned
from tests.extract.header.heads import HELD_OUT, TUNED, Letter
from tests.extract.header.heads_more import MORE

FIELDS = (
    *("kind", "round", "number", "doc_no", "session", "title", "lead", "co", "consulted"),
    *("deputies", "deputy_count", "reply_date", "publish_date", "index_no", "disclosure"),
    *("letter", "contact", "phone"),
)
LETTERS = [*TUNED, *HELD_OUT, *MORE]


def read(text: str) -> Header:
    return header(cleaned(text))


def plain(value: object) -> object:
    """A drafted value as the tables of letters write it; what is empty is None."""
    if isinstance(value, tuple):
        return [plain(one) for one in value] or None
    if isinstance(value, Drafted):
        inner = value.value
        return inner.isoformat() if isinstance(inner, date) else inner
    return value


def drafted_values(found: Header) -> list[Drafted[object]]:
    values: list[Drafted[object]] = []
    for field in fields(found):
        value = getattr(found, field.name)
        several = value if isinstance(value, tuple) else (value,)
        values += [one for one in several if isinstance(one, Drafted)]
    return values


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_each_field_is_read_and_none_invented(letter: Letter) -> None:
    found = read(letter.text)
    said = {name: plain(getattr(found, name)) for name in FIELDS}
    assert {name: value for name, value in said.items() if value is not None} == letter.says


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_every_value_carries_the_words_it_came_from(letter: Letter) -> None:
    for value in drafted_values(read(letter.text)):
        assert value.words == letter.text[value.start : value.end]
        assert value.rule


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_a_copied_page_reads_the_same(letter: Letter) -> None:
    once, twice = read(letter.text), read(letter.text + "\n" + letter.text)
    for name in ("kind", "number", "session", "title", "lead", "deputies"):
        assert plain(getattr(twice, name)) == plain(getattr(once, name)), name


HEAD = """市水利局关于市十五届人大二次会议第88号建议的答复
甲某代表：
您提出的《关于改善供水的建议》（第88号）收悉。现答复如下：
我们将在今年改造管网12公里。
感谢您的支持！
市水利局
{day}
"""


@pytest.mark.parametrize(
    ("day", "meant"),
    [
        ("2023年6月12日", date(2023, 6, 12)),
        ("2023 年 6 月 12 日", date(2023, 6, 12)),
        ("二〇二三年六月十二日", date(2023, 6, 12)),
        ("二○二三年十一月二十一日", date(2023, 11, 21)),
        ("二0二三年六月三十日", date(2023, 6, 30)),
        ("2023.6.12", date(2023, 6, 12)),
        ("2023-06-12", date(2023, 6, 12)),
        ("2023/6/12", date(2023, 6, 12)),
        ("２０２３年６月１２日", date(2023, 6, 12)),
        ("2023年2月30日", None),
        ("2023年6月", None),
        ("", None),
    ],
)
def test_the_day_at_the_foot(day: str, meant: date | None) -> None:
    assert plain(read(HEAD.format(day=day)).reply_date) == (meant and meant.isoformat())


@pytest.mark.parametrize(
    "day", ["20236月12日", "2023年月日", "2023612", "202366", "2023月6日", "年月日", "2023年6月日"]
)
def test_a_day_without_its_digits_is_reported_not_guessed(day: str) -> None:
    found = read(HEAD.format(day=day))
    assert found.reply_date is None
    assert "date_lost" in {doubt.code for doubt in found.doubts}


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("市十五届人大二次会议第88号建议", "88"),
        ("市十五届人大二次会议第 0088 号建议", "0088"),
        ("市十五届人大二次会议温第46号建议", "温46"),
        ("市十五届人大二次会议第温46号建议", "温46"),
        ("市十五届人大二次会议BH037号建议", "BH037"),
        ("市十五届人大二次会议第JY100012050700号建议", "JY100012050700"),
        ("市十五届人大二次会议第2020028号建议", "2020028"),
        ("市十五届人大二次会议（第88号）建议", "88"),
        ("市十五届人大二次会议建议第88号", "88"),
        ("市十五届人大二次会议第五号建议", "五"),
        ("市十五届人大二次会议第03314号(工交邮电类455号)建议", "03314"),
        ("市十五届人大二次会议第2024-17号建议", "2024-17"),
        ("市十五届人大二次会议第号建议", None),
    ],
)
def test_the_number_as_printed(told: str, number: str | None) -> None:
    text = f"市水利局关于{told}的答复\n甲某代表：\n您提出的《关于供水的建议》收悉。现答复如下：\n好。\n"
    assert plain(read(text).number) == number


@pytest.mark.parametrize(
    ("line", "doc_no"),
    [
        ("平交复函[2017]19号", "平交复函[2017]19号"),
        ("提复字【2021】31号", "提复字【2021】31号"),
        ("沭财复字〔2022〕4号", "沭财复字〔2022〕4号"),
        ("国办函（2006）71号", "国办函（2006）71号"),
        ("A类 同意公开 丽建提〔2020〕15号", "丽建提〔2020〕15号"),
        ("舞水〔202258号", None),
    ],
)
def test_the_letters_own_number_is_no_case_number(line: str, doc_no: str | None) -> None:
    text = f"{line}\n关于县十届人大一次会议第7号建议的答复\n甲某代表：\n您提出的《关于供水的建议》收悉。现答复如下：\n好。\n"
    found = read(text)
    assert plain(found.number) == "7"
    assert plain(found.doc_no) == doc_no


@pytest.mark.parametrize(
    ("line", "names", "count"),
    [
        ("甲某代表：", ["甲某"], None),
        ("尊敬的甲某代表：您好！", ["甲某"], None),
        ("尊敬甲某委员:", ["甲某"], None),
        ("甲某、乙某某代表：", ["甲某", "乙某某"], None),
        ("甲某代表、乙某代表：", ["甲某", "乙某"], None),
        ("甲某 乙某 代表：", ["甲某", "乙某"], None),
        ("甲　某、乙某某代表：", ["甲某", "乙某某"], None),
        ("甲某和乙某代表：", ["甲某", "乙某"], None),
        ("甲某（等10位）代表：", ["甲某"], 10),
        ("甲某等三名代表：", ["甲某"], 3),
        ("甲某等代表", ["甲某"], None),
        ("市人大代表甲某、乙某：", ["甲某", "乙某"], None),
        ("南山镇代表团：", ["南山镇代表团"], None),
        ("农工党市委会：", ["农工党市委会"], None),
        ("***代表：", None, None),
        ("XXX代表：", None, None),
        ("甲**代表：", None, None),
        ("各位代表：", None, None),
        ("尊敬的代表：", None, None),
    ],
)
def test_whom_it_addresses(line: str, names: list[str] | None, count: int | None) -> None:
    text = f"关于市五届人大一次会议第7号建议的答复\n{line}\n您提出的《关于供水的建议》收悉。现答复如下：\n好。\n"
    found = read(text)
    assert plain(found.deputies) == names
    assert plain(found.deputy_count) == count


@pytest.mark.parametrize(
    ("told", "co", "consulted"),
    [
        ("经商县委组织部、县乡村振兴局，现答复如下：", ["县委组织部", "县乡村振兴局"], None),
        ("经商市财政局组织召开座谈会，现答复如下：", ["市财政局"], None),
        ("经商市财政局、市水利局，现答复如下：", ["市财政局", "市水利局"], None),
        ("我局会同市财政局和市水利局研究，现答复如下：", ["市财政局", "市水利局"], None),
        ("经与市市场监管局共同研究，现答复如下：", ["市市场监管局"], None),
        ("由我局主办，市财政局、城东区政府协办。现答复如下：", ["市财政局", "城东区政府"], None),
        ("经综合市财政局、市水利局会办意见，现答复如下：", ["市财政局", "市水利局"], None),
        ("征求了市财政局意见，现答复如下：", None, ["市财政局"]),
        ("经商市财政局，并征求市水利局意见，现答复如下：", ["市财政局"], ["市水利局"]),
        ("经会同有关部门认真研究，现答复如下：", None, None),
        ("我委经与您联系和沟通，现答复如下：", None, None),
        ("经市财政局、市水利局等协办单位共同研究，现答复如下：", ["市财政局", "市水利局"], None),
    ],
)
def test_who_handled_it_with_them(
    told: str, co: list[str] | None, consulted: list[str] | None
) -> None:
    text = f"市教育局关于市五届人大一次会议第7号建议的答复\n甲某代表：\n您提出的《关于食堂的建议》收悉。{told}\n好。\n"
    found = read(text)
    assert plain(found.co) == co
    assert plain(found.consulted) == consulted


def test_a_body_named_in_the_answer_is_no_co_handler() -> None:
    text = "市教育局关于市五届人大一次会议第7号建议的答复\n甲某代表：\n您提出的《关于食堂的建议》收悉。现答复如下：\n我局会同市财政局开展检查。\n"
    assert read(text).co == ()


@pytest.mark.parametrize(
    ("told", "title", "sure"),
    [
        ("您提出的《关于供水的建议》收悉", "关于供水的建议", True),
        ("您提出的“关于供水的建议”收悉", "关于供水的建议", True),
        ("您提出的关于供水的建议收悉", "关于供水的建议", True),
        ("您提出的“关于供水的建议”的建议收悉", "关于供水的建议", True),
        ("您提出关于“改善供水”的建议收悉", "关于“改善供水”的建议", True),
        ("您提出的关于改善供水、加快改造的建议收悉", "关于改善供水、加快改造的建议", True),
        ("您提出的《关于落实<节水行动>的建议》收悉", "关于落实<节水行动>的建议", True),
        ("您提出的第7号建议收悉", "关于市五届人大一次会议第7号建议的答复", False),
    ],
)
def test_the_suggestions_own_title(told: str, title: str, sure: bool) -> None:
    text = (
        f"关于市五届人大一次会议第7号建议的答复\n甲某代表：\n{told}。现答复如下：\n管网将改造。\n"
    )
    found = read(text).title
    assert found is not None
    assert (found.value, found.sure) == (title, sure)


def test_two_different_sessions_are_a_doubt() -> None:
    text = "关于市五届人大一次会议第7号建议的答复\n甲某代表：\n您在市五届人大二次会议上提出的《关于供水的建议》收悉。现答复如下：\n好。\n"
    assert "sessions" in {doubt.code for doubt in read(text).doubts}


def test_several_numbers_are_a_doubt() -> None:
    text = "关于市五届人大一次会议第7号、第9号建议的答复\n甲某代表：\n您提出的《关于供水的建议》收悉。现答复如下：\n好。\n"
    found = read(text)
    assert plain(found.number) == "7"
    assert "numbers" in {doubt.code for doubt in found.doubts}


def test_published_before_it_was_written_is_a_doubt() -> None:
    text = "发布日期：2023-05-01\n" + HEAD.format(day="2023年6月12日")
    assert "published_early" in {doubt.code for doubt in read(text).doubts}


def test_the_year_is_the_replys_else_what_the_text_prints() -> None:
    dated, undated = read(HEAD.format(day="2023年6月12日")), read(HEAD.format(day=""))
    assert plain(dated.year) == 2023
    assert undated.year is None
    printed = HEAD.format(day="").replace("我们将在今年", "2021年全年投入10万元。2021年，我们将")
    assert plain(read(printed).year) == 2021


def test_the_frame_holds_no_sentence_of_the_answer() -> None:
    text = HEAD.format(day="2023年6月12日")
    frame = [text[span.start : span.end] for span in read(text).frame]
    assert not any("改造管网" in words for words in frame)
    assert any("收悉" in words for words in frame)
    assert any("感谢" in words for words in frame)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        "关于第号建议提案的答复代表委员：，。《》“”（）〔〕一二2023年月日\n 局收悉如下感谢甲某*",
        max_size=200,
    )
)
def test_no_text_breaks_the_reading(text: str) -> None:
    found = read(text)
    for value in drafted_values(found):
        assert value.words == text[value.start : value.end]
    for span in found.frame:
        assert 0 <= span.start <= span.end <= len(text)
