"""What a head says doubtfully or against itself, and what it does not say at all."""

from __future__ import annotations

import pytest

from npcreply.extract.as_json import as_json
from npcreply.extract.draft import Draft, draft
from npcreply.extract.record import record_data
from tests.commands.letters import INQUIRY, REPLY


def codes(found: Draft) -> set[str]:
    return {one.code for one in found.contradictions}


@pytest.mark.parametrize(
    ("opening", "session"),
    [
        ("现将市七届人大三次会议第58号建议答复如下：", "市七届人大三次会议"),
        ("现就市七届人大三次会议第58号建议办理情况答复如下：", "市七届人大三次会议"),
        ("兹将您在海州市第七届人民代表大会第三次会议上提出的建议答复如下：", None),
    ],
)
def test_what_stands_before_a_session_is_no_part_of_it(opening: str, session: str | None) -> None:
    text = f"关于建议的答复\n\n甲某代表：\n    {opening}\n    我局将修桥。\n"
    found = draft(text).header.session
    assert (found and found.value) == (session or "海州市第七届人民代表大会第三次会议")


def test_the_year_of_an_inquiry_is_a_guess() -> None:
    found = draft(INQUIRY + "谢谢。去年即2022年已建成3处，2022年下半年又建2处。\n")
    assert found.header.year
    assert not found.header.year.sure
    assert "year" not in record_data(found, ())
    reply = as_json(found)["reply"]
    assert isinstance(reply, dict)
    assert "year" in reply["unsure"]


@pytest.mark.parametrize(
    ("addressee", "names", "sure"),
    [
        ("甲某代表：", ["甲某"], True),
        ("王代表：", ["王代表"], False),
        ("王委员：", ["王委员"], False),
        ("甲某、乙某代表：", ["甲某", "乙某"], True),
        ("各位代表：", [], True),
        ("问题答复： | 甲某某代表：", ["甲某某"], True),
    ],
)
def test_a_surname_before_the_role_is_no_name(addressee: str, names: list[str], sure: bool) -> None:
    found = draft(REPLY.replace("甲某代表：", addressee))
    assert [one.value for one in found.header.deputies] == names
    assert all(one.sure is sure for one in found.header.deputies)
    assert ("deputies" in record_data(found, ())) is (sure and bool(names))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("（第58号）收悉", "（第85号）收悉", "numbers"),
        ("您在市七届人大三次会议上", "您在市七届人大二次会议上", "sessions"),
        ("乙某  电话", "乙某  电话", None),
    ],
)
def test_two_numbers_or_sessions_contradict(old: str, new: str, code: str | None) -> None:
    assert codes(draft(REPLY.replace(old, new))) == ({code} if code else set())


@pytest.mark.parametrize("signed", ["5月20日", "五月二十日", "市水利局5月20日"])
def test_a_day_without_its_year_signs_nothing(signed: str) -> None:
    found = draft(REPLY.replace("2023年5月20日", signed))
    assert found.header.reply_date is None
    assert [one.code for one in found.doubts] == ["date_yearless"]
    assert "没有年份" in found.doubts[0].message


@pytest.mark.parametrize(
    ("letter", "place", "scheme"),
    [
        ("办理类别：解决采纳", "上海市水务局", "shanghai"),
        ("办理类别：解决采纳", "市水利局", None),
        ("办理类别：A", "上海市水务局", None),
    ],
)
def test_a_scheme_is_read_only_where_the_letter_names_it(
    letter: str, place: str, scheme: str | None
) -> None:
    found = draft(f"{letter}\n{REPLY.replace('市水利局', place)}").header
    assert found.letter
    assert (found.scheme and found.scheme.value) == scheme


UNTHANKED = """\
海州市交通局关于对海州市五届人大一次会议第94号建议的答复

某某百科·作者佚名  2011-05-24

甲某、乙某代表：

您们提出的《关于开通城市公交车的建议》收悉。感谢您们对交通工作的支持。现就建议提出的问题答复如下：

我局将于年底前开通公交车。

海州市交通局

二ΟΟ七年五月二十四日[1]
"""


def test_a_date_in_greek_letters_signs_and_no_line_around_the_letter_promises() -> None:
    found = draft(UNTHANKED)
    assert found.header.reply_date
    assert str(found.header.reply_date.value) == "2007-05-24"
    assert [one.quote for one in found.measures] == ["我局将于年底前开通公交车。"]
    assert [str(one.deadline and one.deadline.value) for one in found.measures] == ["2007-12-31"]


@pytest.mark.parametrize(
    ("told", "sure"),
    [("2022年已建成3处。", False), ("2022年已建成3处，2022年下半年又建2处。", True)],
)
def test_a_year_printed_once_is_a_guess(told: str, sure: bool) -> None:
    text = REPLY.replace("2023年5月20日", "").replace("2023年", "").replace("截至4月底，", told)
    found = draft(text)
    assert found.header.year
    assert (found.header.year.value, found.header.year.sure) == (2022, sure)
    assert ("year" in record_data(found, ())) is sure


def test_a_title_in_quotes_that_was_put_forward_is_sure() -> None:
    text = REPLY.replace(
        "您在市七届人大三次会议上提出的《关于修建滨江绿道的建议》（第58号）收悉",
        "您提出的“盘活公共资源，缓解停车难问题”的建议（第58号）我局已收悉",
    )
    title = draft(text).header.title
    assert title
    assert (title.value, title.sure) == ("盘活公共资源，缓解停车难问题", True)


def test_the_telephone_is_that_of_the_person_named() -> None:
    text = REPLY.replace(
        "联系人：乙某  电话：0576-12345678",
        "分管领导：丙某  电话：0576-11111111\n    经办人：乙某  电话：0576-12345678",
    )
    header = draft(text).header
    assert header.contact
    assert header.phone
    assert (header.contact.value, header.phone.value) == ("乙某", "0576-12345678")


@pytest.mark.parametrize(
    ("above", "value"),
    [
        ("政府信息公开指南\n政府信息公开制度\n依申请公开\n", None),
        ("依申请公开\n", "on_request"),
        ("政府信息公开指南\n公开方式：主动公开\n", "active"),
    ],
)
def test_a_menu_says_nothing_of_the_letter(above: str, value: str | None) -> None:
    told = draft(above + "\n" + REPLY).header.disclosure
    assert (told and told.value) == value


@pytest.mark.parametrize(
    ("told", "co"),
    [
        (
            "经综合市工业和信息化局、海关、市税务局等会办单位意见，现答复如下：",
            ["市工业和信息化局", "海关", "市税务局"],
        ),
        (
            "我局会同县自然资源局、县住建局逐条进行了梳理，现答复如下：",
            ["县自然资源局", "县住建局"],
        ),
        (
            "由我局主办，市交通局、市商务局协办，多次与协办单位沟通，现答复如下：",
            ["市交通局", "市商务局"],
        ),
        ("我局商市商务局、市工商局，现答复如下：", ["市商务局", "市工商局"]),
        ("我局作为主办单位，商市商务局等会办单位，现答复如下：", ["市商务局"]),
        ("我局会同市教育局、文昌街道实地察看，现答复如下：", ["市教育局", "文昌街道"]),
    ],
)
def test_co_handlers_are_bodies_named(told: str, co: list[str]) -> None:
    text = REPLY.replace("我局会同市财政局认真研究，现答复如下：", told)
    assert [one.value for one in draft(text).header.co] == co


@pytest.mark.parametrize(
    ("addressee", "names"),
    [
        ("甲某委员、乙某委员、农工党市委会：", ["甲某", "乙某", "农工党市委会"]),
        ("甲某代表并附议代表：", ["甲某"]),
    ],
)
def test_persons_and_bodies_side_by_side(addressee: str, names: list[str]) -> None:
    found = draft(REPLY.replace("甲某代表：", addressee)).header
    assert [one.value for one in found.deputies] == names


def test_a_class_before_the_headline() -> None:
    found = draft(f"【A】{REPLY}").header
    assert (found.letter and found.letter.value, found.lead and found.lead.value) == (
        "A",
        "市水利局",
    )
