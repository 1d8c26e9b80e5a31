"""Special inquiries: who asked, whom, who spoke, what was answered and what was not."""

from __future__ import annotations

import pytest

from npcreply.extract.header import header
from npcreply.extract.header.inquiry import Asked, questions
from npcreply.extract.page import cleaned

SPOKEN = """市人大常委会开展乡村供水专题询问
9月5日,市人大常委会就乡村供水开展专题询问,部门负责人到会应询。

农村管网 如何改造?

提问代表 甲某

群众对供水很关心。请问市水利局,管网改造进展如何?

市水利局 局长 乙某某:

今年已改造管网12公里。下一步,我们将再改造20公里。

水价怎么定?

提问代表 丙某

请问市发展改革委、市财政局,水价如何确定?

目前执行的是2019年的标准。我们将开展成本监审。

水质谁来管?

提问代表 丁某

请问市卫生健康委,水质检测情况如何?

今年已改造管网12公里。下一步,我们将再改造20公里。
"""

QUESTION_AND_ANSWER = """县人大常委会专题询问会问答实录
【提问】甲某委员:请问县教育局,食堂如何监管?
【答】县教育局局长乙某:我们每月检查一次。
我们还将公开结果。
【提问】丙某委员:请问县交通运输局,校车何时更新?
【答】县交通运输局副局长丁某:年底前更新10辆。
"""

NAMED = """市人大常委会开展养老服务专题询问
市人大代表甲某提问：请问市民政局，食堂建得怎么样？
市民政局局长乙某：今年建成30家。
市人大常委会委员丙某询问：请问市卫生健康委，医养结合如何推进？
市卫生健康委副主任丁某答：年内覆盖所有乡镇。
"""


def asked(text: str) -> tuple[Asked, ...]:
    return questions(cleaned(text))


def told(question: Asked) -> tuple[object, ...]:
    return (
        question.asker and question.asker.value,
        [body.value for body in question.asked],
        [body.value for body in question.bodies],
        question.speaker and question.speaker.value,
        question.position and question.position.value,
        question.answered,
    )


def test_each_question_with_asker_body_and_speaker() -> None:
    assert [told(question) for question in asked(SPOKEN)] == [
        ("甲某", ["市水利局"], ["市水利局"], "乙某某", "局长", True),
        ("丙某", ["市发展改革委", "市财政局"], ["市发展改革委", "市财政局"], None, None, True),
        # The answer printed here is a copy of another one: there is none to this question.
        ("丁某", ["市卫生健康委"], ["市卫生健康委"], None, None, False),
    ]


def test_headings_questions_and_answers_stand_where_they_are_said() -> None:
    first, second, third = asked(SPOKEN)
    assert first.heading is not None
    assert SPOKEN[first.heading.start : first.heading.end] == "农村管网 如何改造?"
    assert first.question.value == "群众对供水很关心。请问市水利局,管网改造进展如何?"
    assert [SPOKEN[span.start : span.end] for span in second.answer] == [
        "目前执行的是2019年的标准。我们将开展成本监审。"
    ]
    assert third.answer == ()
    assert [question.id for question in (first, second, third)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            QUESTION_AND_ANSWER,
            [("甲某", "县教育局", True), ("丙某", "县交通运输局", True)],
        ),
        (NAMED, [("甲某", "市民政局", True), ("丙某", "市卫生健康委", True)]),
    ],
)
def test_other_ways_to_print_it(text: str, wanted: list[tuple[str, str, bool]]) -> None:
    found = [(q.asker and q.asker.value, q.asked[0].value, q.answered) for q in asked(text)]
    assert found == wanted


def test_a_speaker_in_the_line_of_the_answer() -> None:
    first, second = asked(NAMED)
    assert told(first)[3:5] == ("乙某", "局长")
    assert told(second)[3:5] == ("丁某", "副主任")
    assert [NAMED[span.start : span.end] for span in second.answer] == ["年内覆盖所有乡镇。"]


def test_the_header_of_an_inquiry() -> None:
    found = header(cleaned(SPOKEN))
    assert (found.kind.value, found.kind.words) == ("inquiry", "专题询问")
    assert len(found.questions) == 3
    assert found.title is not None
    assert found.title.value == "市人大常委会开展乡村供水专题询问"
    assert found.number is None
    assert found.reply_date is None


@pytest.mark.parametrize(
    "text",
    [
        "政策问答\n问：什么人可以申请？\n答：本市居民。\n问：在哪里办？\n答：政务中心。\n",
        "市人大常委会召开专题询问会\n会上，代表就供水提问，部门负责人作了回答。\n",
        "市水利局关于市五届人大一次会议第7号建议的答复\n甲某代表：\n您提出的《关于供水的建议》收悉。现答复如下：\n好。\n",
    ],
)
def test_what_is_no_inquiry_has_no_questions(text: str) -> None:
    assert asked(text) == ()
    assert header(cleaned(text)).kind.value != "inquiry"
