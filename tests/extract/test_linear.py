"""Hostile text: eight times the text is eight times the work, counted in calls, never timed."""

from __future__ import annotations

import cProfile

import pytest

from npcreply.extract import draft

LETTER = """市教育局关于市十届人大三次会议第12号建议的答复

甲代表：
您提出的《关于加强有关工作的建议》（第12号）收悉。现答复如下：
{body}
感谢您对我们工作的关心和支持！

市教育局
2023年5月20日
"""
SIZE, SMALL = 80_000, 40_000  # bytes of UTF-8
TIMES = 8
MOST = 1.2 * TIMES  # work that grows with the square would be 64 times
TEXTS = {
    "digits": "7",
    "brackets": "（",
    "headings": "一、加强建设\n",
    "figure": "建成5个，",
    "date": "2024年6月底前，",
    "departments": "市教育局、市财政局、市公安局、",
    "items": "一是加强建设，二是完善制度，",
    "de": "的",
}
MORE_TEXTS = {
    "figure_sentences": "已建成5个学校。",
    "targets": "我局将建成5个学校。",
    "rates": "建成5个，完成率80%，",
    "respectively": "甲、乙分别为5个和6个，",
    "levels": "由5个提高到8个，",
    "shares": "占50%，",
    "contacts": "联系人：甲，电话：12345678\n",
}
INQUIRY = """甲代表提问：
第{number}件事怎么办？
市教育局局长应询：
我局将在2024年底前建成{number}个学校。
"""


def work(text: str) -> int:
    """Return how many calls it takes to draft the text, those of C functions among them."""
    profile = cProfile.Profile()
    profile.enable()
    draft.draft(text)
    profile.disable()
    return sum(told.callcount for told in profile.getstats())


def repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit.encode()))


def letter(unit: str, size: int) -> str:
    return LETTER.format(body=repeated(unit, size))


@pytest.mark.parametrize(
    ("unit", "size"),
    [(unit, SIZE) for unit in TEXTS.values()] + [(unit, SMALL) for unit in MORE_TEXTS.values()],
    ids=[*TEXTS, *MORE_TEXTS],
)
def test_a_letter_so_many_times_as_long_is_so_many_times_the_work(unit: str, size: int) -> None:
    draft.draft(letter(unit, 1000))  # what is read once per process
    assert work(letter(unit, size)) <= MOST * work(letter(unit, size // TIMES))


def test_an_inquiry_of_so_many_times_the_questions_is_so_many_times_the_work() -> None:
    assert work(inquiry(960)) <= MOST * work(inquiry(960 // TIMES))


def inquiry(many: int) -> str:
    """What is pasted twice counts once, so that every question is another."""
    return "市人大常委会专题询问实录\n\n" + "".join(
        INQUIRY.format(number=number) for number in range(many)
    )
