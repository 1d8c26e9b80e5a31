"""Names, numbers and texts of one record: each row the smallest doubted record, and its twin."""

from __future__ import annotations

from datetime import date
from functools import cache
from textwrap import dedent

import pytest

from npcreply.domain.checks import Doubt, doubts_of
from npcreply.domain.findings import Severity
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.model import Record
from npcreply.domain.record.settings import Body, Settings
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.store.values import Shaper
from npcreply.store.yaml import tree

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\n"
DEPARTMENTS = (Body(name="市教育局", aliases=("教育局",)), Body(name="市水利局"))


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def doubts(
    text: str, stem: str = "2023-46", departments: tuple[Body, ...] = DEPARTMENTS
) -> list[Doubt]:
    whole = dedent(text) if "kind:" in text else HEAD + dedent(text)
    shaped = Shaper(schema(), stem).shape(tree.parse(whole, stem))
    assert all(found.severity is Severity.DOUBT for found in shaped.findings), shaped.findings
    record = from_plain(Record, {**shaped.instance, "id": stem})
    return doubts_of(record, Settings(departments=departments), date(2024, 1, 5))


def measures(*lines: str) -> str:
    return "measures:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


ROWS = {
    "a co-handler that is the lead": (
        "co-is-lead",
        ("co", 0, "body"),
        "lead: 市教育局\nco:\n  - {body: 教育局}\n",
        "lead: 市教育局\nco:\n  - {body: 市水利局}\n",
    ),
    "an unknown lead": (
        "unknown-department",
        ("lead",),
        "lead: 市教肓局\n",
        "lead: 教育局\n",
    ),
    "an unknown co-handler": (
        "unknown-department",
        ("co", 0, "body"),
        "co:\n  - {body: 市档案局}\n",
        "co:\n  - {body: 市水利局}\n",
    ),
    "an unknown department, told once": (
        "unknown-department",
        ("measures", 0, "department", 1),
        measures(
            "id: 1, text: 建校, department: [市教育局, 市档案局]",
            "id: 2, text: 建馆, department: 市档案局",
        ),
        measures("id: 1, text: 建校, department: [市教育局, 市水利局]"),
    ),
    "two promises of one number": (
        "duplicate-measure",
        ("measures", 1, "id"),
        measures("id: 1, text: 建校", "id: 1, text: 建馆"),
        measures("id: 1, text: 建校", "id: 2, text: 建馆"),
    ),
    "the number of a removed promise": (
        "duplicate-measure",
        ("measures", 1, "id"),
        measures("id: 1, removed: {on: 2023-09-01}", "id: 1, text: 建馆"),
        measures("id: 1, removed: {on: 2023-09-01}", "id: 2, text: 建馆"),
    ),
    "two targets of one number": (
        "duplicate-target",
        ("measures", 0, "targets", 1, "id"),
        measures(
            "id: 1, text: 建校, targets: [{id: 1, indicator: 小学, value: 1},"
            " {id: 1, indicator: 中学, value: 1}]"
        ),
        measures(
            "id: 1, text: 建校, targets: [{id: 1, indicator: 小学, value: 1},"
            " {id: 2, indicator: 中学, value: 1}]",
            "id: 2, text: 建馆, targets: [{id: 1, indicator: 馆, value: 1}]",
        ),
    ),
    "two questions of one number": (
        "duplicate-question",
        ("questions", 1, "id"),
        "questions:\n  - {id: 3, asker: 甲代表}\n  - {id: 3, asker: 乙代表}\n",
        "questions:\n  - {id: 3, asker: 甲代表}\n  - {id: 4, asker: 乙代表}\n",
    ),
    "a log line for no target": (
        "unknown-target",
        ("measures", 0, "log", 0, "target"),
        measures(
            "id: 1, text: 建校, targets: [{id: 1, indicator: 小学, value: 2}],"
            " log: [{target: 2, value: 1}]"
        ),
        measures(
            "id: 1, text: 建校, targets: [{id: 1, indicator: 小学, value: 2}],"
            " log: [{target: 1, value: 1}]"
        ),
    ),
    "an extension for no target": (
        "unknown-target",
        ("measures", 0, "extensions", 0, "target"),
        measures(
            "id: 1, text: 建校, deadline: {date: 2023-12-31},"
            " extensions: [{on: 2023-12-01, to: 2024-06-30, target: 7, reason: 雨季}]"
        ),
        measures(
            "id: 1, text: 建校, deadline: {date: 2023-12-31},"
            " extensions: [{on: 2023-12-01, to: 2024-06-30, reason: 雨季}]"
        ),
    ),
    "a promise to no question": (
        "unknown-question",
        ("measures", 0, "question"),
        "questions:\n  - {id: 1, asker: 甲代表}\n" + measures("id: 1, text: 建校, question: 2"),
        "questions:\n  - {id: 2, asker: 甲代表}\n" + measures("id: 1, text: 建校, question: 2"),
    ),
    "第…号 left in the number": (
        "number-form",
        ("number",),
        "kind: suggestion\nyear: 2023\nnumber: 第46号\n",
        "kind: suggestion\nyear: 2023\nnumber: 46\n",
    ),
    "full-width digits in the number": (
        "number-form",
        ("number",),
        "kind: suggestion\nyear: 2023\nnumber: ４６\n",
        "kind: suggestion\nyear: 2023\nnumber: '46'\n",
    ),
    "a file named after another number": (
        "id-mismatch",
        ("number",),
        "kind: suggestion\nyear: 2023\nnumber: 64\n",
        "kind: suggestion\nyear: 2023\nnumber: 46\n",
    ),
    "a proposal in a suggestion's file": (
        "id-mismatch",
        ("number",),
        "kind: proposal\nyear: 2023\nnumber: 46\n",
        "kind: suggestion\nyear: 2023\nnumber: 46\n",
    ),
    "a number no file name can hold": (
        "id-mismatch",
        ("number",),
        "kind: suggestion\nyear: 2023\nnumber: 46/2\n",
        "kind: suggestion\nyear: 2023\nnumber: 46\n",
    ),
    "a decoder's mark in the title": (
        "damaged-text",
        ("title",),
        "title: 关于建\ufffd校的建议\n",
        "title: 关于建学校的建议\n",
    ),
    "a radical in a promise": (
        "damaged-text",
        ("measures", 0, "text"),
        measures("id: 1, text: 保障\u2f64水"),
        measures("id: 1, text: 保障用水"),
    ),
    "a blank nobody sees in an indicator": (
        "damaged-text",
        ("measures", 0, "targets", 0, "indicator"),
        measures("id: 1, text: 建校, targets: [{id: 1, indicator: 小\u200b学, value: 2}]"),
        measures("id: 1, text: 建校, targets: [{id: 1, indicator: 小学, value: 2}]"),
    ),
    "a private character in a deputy's name": (
        "damaged-text",
        ("deputies", 1),
        "deputies: [甲代表, 乙\ue863代表]\n",
        "deputies: [甲代表, 乙代表]\n",
    ),
    "a rating of no round among two": (
        "feedback-without-round",
        ("feedback", 1),
        "feedback:\n  - {round: 1, result: dissatisfied}\n  - {result: satisfied}\n",
        "feedback:\n  - {round: 1, result: dissatisfied}\n  - {round: 2, result: satisfied}\n",
    ),
    "a rating of the second round only": (
        "round-missing",
        ("feedback", 0, "round"),
        "feedback:\n  - {round: 2, result: satisfied}\n",
        "feedback:\n  - {result: satisfied}\n",
    ),
    "a promise of a round that is not listed": (
        "round-unknown",
        ("measures", 0, "round"),
        "rounds:\n  - {round: 2}\nmeasures:\n  - {id: 1, text: 修桥, round: 3}\n",
        "rounds:\n  - {round: 2}\nmeasures:\n  - {id: 1, text: 修桥, round: 2}\n",
    ),
    "a third handling without a second": (
        "round-missing",
        ("rounds", 0, "round"),
        "rounds:\n  - {round: 3}\n",
        "rounds:\n  - {round: 2}\n  - {round: 3}\n",
    ),
    "a report of a cadence that the promise has not": (
        "unknown-cadence",
        ("measures", 0, "log", 0, "cadence"),
        measures("id: 1, text: 通报, cadence: [month], log: [{note: 一, cadence: quarter}]"),
        measures("id: 1, text: 通报, cadence: [month], log: [{note: 一, cadence: month}]"),
    ),
    "a question without an answer": (
        "question-unanswered",
        ("questions", 0, "answered"),
        "questions:\n  - {id: 1, body: 市财政局, answered: false}\n",
        "questions:\n  - {id: 1, body: 市财政局, answered: true}\n",
    ),
    "a promise that says nothing": (
        "promise-without-text",
        ("measures", 0),
        measures("id: 1, force: firm"),
        measures("id: 1, text: 建校, force: firm", "id: 2, removed: {on: 2023-09-01}"),
    ),
}


@pytest.mark.parametrize(("code", "at", "bad", "good"), ROWS.values(), ids=ROWS)
def test_doubted_and_its_twin_not(
    code: str, at: tuple[str | int, ...], bad: str, good: str
) -> None:
    assert [(doubt.code, doubt.at) for doubt in doubts(bad)] == [(code, at)]
    assert doubts(good) == []


@pytest.mark.parametrize("code", ["duplicate-measure", "duplicate-target", "duplicate-question"])
def test_only_what_has_two_meanings_is_an_error(code: str) -> None:
    severities = {row[0]: doubts(row[2])[0].severity for row in ROWS.values()}
    assert severities.pop(code) is Severity.ERROR
    errors = [found for found, severity in severities.items() if severity is Severity.ERROR]
    assert all(found.startswith("duplicate-") for found in errors)


def test_no_department_is_unknown_where_the_office_has_listed_none() -> None:
    assert doubts("lead: 市档案局\n", departments=()) == []


def test_the_near_department_is_named() -> None:
    [found] = doubts("lead: 市教肓局\n")
    assert "市教育局" in found.remedy
    [found] = doubts("lead: 台风办\n")
    assert "x-workspace" in found.remedy


def test_the_free_number_is_named() -> None:
    [found] = doubts(measures("id: 1, text: 建校", "id: 4, text: 建馆", "id: 1, text: 修路"))
    assert "第 1 项和第 3 项" in found.message
    assert "如 5" in found.remedy


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("kind: proposal\nyear: 2020\nnumber: 2020028\n", "2020-提028"),
        ("kind: suggestion\nyear: 2023\nnumber: 温46\n", "2023-温46"),
        ("kind: suggestion\nyear: 2023\nnumber: '0046'\n", "2023-0046"),
        ("kind: inquiry\nyear: 2023\nnumber: 招商引资\n", "2023-询2"),
    ],
)
def test_ids_that_follow_from_the_number(text: str, stem: str) -> None:
    assert doubts(text, stem) == []


def test_the_expected_file_name_is_told() -> None:
    [found] = doubts("kind: proposal\nyear: 2020\nnumber: 2020028\n", "2020-028")
    assert "2020-提028" in found.message
    assert "npcreply renumber 2020-028 2020028" in found.remedy


@pytest.mark.parametrize(
    ("stem", "remedy"),
    [("2023-46", "npcreply set 2023-46 number=46"), ("2023-064", "npcreply renumber 2023-064 46")],
)
def test_the_right_number_is_told_with_the_command_that_can(stem: str, remedy: str) -> None:
    [found] = doubts("kind: suggestion\nyear: 2023\nnumber: 第４６号\n", stem)
    assert found.code == "number-form"
    assert remedy in found.remedy


def test_damage_is_named_with_what_is_meant() -> None:
    [found] = doubts("title: 保障\u2f64\u200b水\u200b的建议\n")
    assert found.message.endswith("U+2F64（用）、U+200B")


def test_a_quote_may_keep_the_damage_of_its_source() -> None:
    assert doubts(measures('id: 1, text: 建校, quote: {text: "建\u200b校"}')) == []
