"""Classes: each row the smallest doubted record, and its twin that leaves nothing open."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from npcreply.domain.checks import Doubt, doubts_of
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.model import Record
from npcreply.domain.record.settings import Settings
from npcreply.store.contract import read
from npcreply.store.values import Shaper
from npcreply.store.yaml import tree

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\n"
DATED = "measures:\n  - {id: 1, text: 建校, deadline: {date: 2024-06-30}}\n"


def doubts(text: str, scheme: str | None = None) -> list[Doubt]:
    shaper = Shaper(read.load(read.contract_path()), "2023-46")
    shaped = shaper.shape(tree.parse(HEAD + dedent(text), "2023-46"))
    record = from_plain(Record, {**shaped.instance, "id": "2023-46"})
    return doubts_of(record, Settings(class_scheme=scheme), date(2024, 1, 5))


def classes(*lines: str) -> str:
    return "classes:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


ROWS = {
    "B turned A without a word": (
        "class-without-evidence",
        ("classes", 1),
        classes("letter: B, scheme: zhejiang", "letter: A, scheme: zhejiang, on: 2023-11-01"),
        classes("letter: B, scheme: zhejiang", "letter: A, scheme: zhejiang, evidence: 验收"),
    ),
    "another letter is no solution": (
        "class-without-evidence",
        ("classes", 2),
        classes(*(f"letter: {letter}, scheme: 三类" for letter in ("C", "B", "Ａ类"))),
        classes(*(f"letter: {letter}, scheme: 三类" for letter in ("甲", "A", "C"))),
    ),
    "by their days, not by their lines": (
        "class-without-evidence",
        ("classes", 0),
        classes(
            "letter: A, scheme: 浙江, on: 2023-11-01", "letter: B, scheme: 浙江, on: 2023-05-01"
        ),
        classes(
            "letter: C, scheme: 浙江, on: 2023-11-01", "letter: A, scheme: 浙江, on: 2023-05-01"
        ),
    ),
    "adopted is called solved in Chongqing": (
        "class-without-evidence",
        ("classes", 1),
        classes("letter: C, scheme: chongqing", "letter: A, scheme: chongqing"),
        classes("letter: C, scheme: chongqing", "letter: D, scheme: chongqing"),
    ),
    "no scheme, no meaning": (
        "class-unexplained",
        ("classes", 0),
        classes("letter: C"),
        classes("letter: C, scheme: four"),
    ),
    "told once": (
        "class-unexplained",
        ("classes", 0),
        classes("letter: C", "letter: D"),
        classes("letter: C, scheme: four", "letter: D, scheme: four"),
    ),
    "a scheme nobody has described": (
        "class-unexplained",
        ("classes", 0),
        classes("letter: A, scheme: 月球"),
        classes("letter: A, scheme: 浙江"),
    ),
    "a letter that the scheme does not have": (
        "class-unexplained",
        ("classes", 0),
        classes("letter: D, scheme: zhejiang"),
        classes("letter: D, scheme: chongqing"),
    ),
}


@pytest.mark.parametrize(("code", "at", "bad", "good"), ROWS.values(), ids=ROWS)
def test_doubted_and_its_twin_not(
    code: str, at: tuple[str | int, ...], bad: str, good: str
) -> None:
    assert [(doubt.code, doubt.at) for doubt in doubts(bad + DATED)] == [(code, at)]
    assert doubts(good + DATED) == []


@pytest.mark.parametrize(
    ("letter", "promise", "doubted"),
    [
        ("B", "{id: 1, text: 建校}", True),
        ("B", "{id: 1, text: 建校, deadline: {words: 尽快}}", True),
        ("B", "{id: 1, text: 建校, removed: {on: 2023-09-01}}", True),
        ("B", "{id: 1, text: 通报, cadence: [month]}", False),
        ("B", "{id: 1, text: 建校, deadline: {date: 2024-06-30}}", False),
        ("A", "{id: 1, text: 建校}", False),
        ("C", "{id: 1, text: 建校}", False),
    ],
)
def test_what_goes_on_says_until_when(letter: str, promise: str, doubted: bool) -> None:
    text = classes(f"letter: {letter}, scheme: zhejiang") + f"measures:\n  - {promise}\n"
    found = [doubt.code for doubt in doubts(text)]
    assert found == ["class-without-deadline"] * doubted


def test_the_office_may_declare_one_scheme_for_all() -> None:
    text = classes("letter: B", "letter: A")
    assert [d.code for d in doubts(text + DATED)] == ["class-without-evidence", "class-unexplained"]
    assert [d.code for d in doubts(text + DATED, "zhejiang")] == ["class-without-evidence"]
