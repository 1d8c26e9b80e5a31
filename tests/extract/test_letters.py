"""Several letters on one page: the first is read, the others are told."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.extract.as_json import as_json
from npcreply.extract.draft import draft
from tests.commands.letters import AGAIN, OTHER, REPLY


def test_two_letters_on_one_page_are_told_and_the_first_is_read() -> None:
    text = REPLY + "\n" + OTHER
    found = draft(text)
    header = found.header
    assert (header.number and header.number.value, header.lead and header.lead.value) == (
        "58",
        "市水利局",
    )
    assert header.reply_date
    assert header.reply_date.value == date(2023, 5, 20)
    assert not any("儿童友好学校" in told.quote for told in found.measures)
    (doubt,) = (one for one in found.doubts if one.code == "letters")
    assert "第 1 行“市水利局关于对市七届人大三次会议第58号建议的答复”" in doubt.message
    assert "第 18 行“市教育局关于对市七届人大三次会议第61号建议的答复”" in doubt.message
    assert text[doubt.start :].startswith("市教育局关于")
    (other,) = header.others
    assert other.start == doubt.start
    told = as_json(found)["further_letters"]
    assert isinstance(told, list)
    assert told[0]["start"] == doubt.start


@pytest.mark.parametrize(
    "text",
    [
        REPLY,
        REPLY + "\n" + REPLY,
        REPLY.replace("感谢", "    附：丙代表：您提出的建议也已收悉。\n    感谢"),
        AGAIN,
    ],
)
def test_one_letter_is_one(text: str) -> None:
    assert draft(text).header.others == ()


def test_a_second_letter_without_a_headline_and_many_of_them() -> None:
    bare = OTHER.partition("\n\n")[2]
    third = bare.replace("乙某代表", "丙某代表").replace("儿童友好学校", "托育机构")
    found = draft(REPLY + bare + third)
    assert len(found.header.others) == 2
    assert [found.text[one.start : one.start + 3] for one in found.header.others] == [
        "乙某代",
        "丙某代",
    ]
