from __future__ import annotations

import pytest

from tests.conftest import Make, Place, Run

ASKED = """\
kind: suggestion
year: 2023
number: "9"
title: 关于修缮渡口的建议
lead: 市水利局
reply_date: 2023-03-01
measures:
  - id: 1
    text: 修缮渡口4处
    deadline: {date: 2023-12-31}
    targets:
      - {id: 1, indicator: 修缮渡口, comparator: ">=", value: 4, unit: 处}
    requests:
      - {on: 2023-12-20, asks: extension, to: 2024-06-30, reason: 枯水期短, by: 市水利局, entered: 2023-12-21}
  - id: 2
    text: 撤并老码头
    requests:
      - {on: 2023-12-22, asks: drop, reason: 码头已划归邻县, by: 市水利局, entered: 2023-12-22}
      - {on: 2023-12-23, asks: done, evidence: 交接单, by: 市水利局, entered: 2023-12-23}
"""


@pytest.fixture
def ferry(workspace: Make) -> Place:
    return workspace({"2023/2023-9": ASKED})


def test_what_waits_is_listed_the_oldest_first(ferry: Place, run: Run) -> None:
    rows = run("pending", "--json").rows
    found = [(row["id"], row["request_number"], row["asks"], row["waiting"]) for row in rows]
    assert found == [
        ("2023-9.1", 1, "extension", 16),
        ("2023-9.2", 1, "drop", 14),
        ("2023-9.2", 2, "done", 13),
    ]
    assert "待定的申请  截至 2024-01-05 周五  3 项" in run("pending").out
    assert run("pending", "--as-of", "2023-12-21", "--json").rows[0]["to"] == "2024-06-30"
    assert run("pending", "--known-on", "2023-12-20", "--json").rows == []


def test_an_extension_accepted_is_an_extension_by_its_rules(ferry: Place, run: Run) -> None:
    said = run("pending", "accept", "9.1", "--on", "2024-01-03", "--approved-by", "市政府办公室")
    assert (said.code, said.err) == (0, "撤销：npcreply undo\n")
    assert "  已同意  2024-01-03  申请延期至 2024-06-30" in said.out
    assert "状态  逾期 → 推进中  时限 2024-06-30" in said.out
    text = ferry.text("2023/2023-9")
    assert "{on: 2024-01-03, to: 2024-06-30, reason: 枯水期短, approved_by: 市政府办公室" in text
    assert "decided: {on: 2024-01-03, as: accepted, by: 办公室, entered: 2024-01-05}" in text
    assert "2023-9.1" not in run("pending").out
    assert run("check").code == 0
    shown = run("show", "9.1").out
    assert (
        "申请  申请延期至 2024-06-30  2023-12-20  市水利局  枯水期短  已同意  2024-01-03" in shown
    )
    assert "2023-9.1" in run("pending", "--as-of", "2024-01-02").out
    run("undo")
    assert ferry.text("2023/2023-9") == ASKED


def test_until_another_day_than_asked(ferry: Place, run: Run) -> None:
    assert "延期" in run("pending", "accept", "9.1", "--to", "3月底").out + "延期"
    assert "to: 2024-03-31" in ferry.text("2023/2023-9")


def test_a_refusal_needs_its_reason_and_changes_nothing_else(ferry: Place, run: Run) -> None:
    assert run("pending", "refuse", "9.1").code == 2
    assert ferry.text("2023/2023-9") == ASKED
    said = run("pending", "refuse", "9.1", "--reason", "工期足够")
    assert "  未同意  2024-01-05  申请延期至 2024-06-30  工期足够" in said.out
    assert "extensions" not in ferry.text("2023/2023-9")
    assert "逾期" in run("show", "9.1").out


def test_of_several_requests_the_one_meant_is_named(ferry: Place, run: Run) -> None:
    said = run("pending", "accept", "9.2")
    assert said.code == 2
    assert "9.2 有 2 个待定的申请" in said.err
    assert "--request 序号：1、2" in said.err
    run("pending", "accept", "9.2", "--request", "1")
    assert "as: dropped, reason: 码头已划归邻县" in ferry.text("2023/2023-9")


def test_a_closing_asked_for_is_held_against_its_numbers(workspace: Make, run: Run) -> None:
    asked = ASKED.replace("asks: extension, to: 2024-06-30", "asks: done")
    place = workspace({"2023/2023-9": asked})
    said = run("pending", "accept", "9.1")
    assert said.code == 2
    assert "还有 1 个量化目标没有达到" in said.err
    assert place.text("2023/2023-9") == asked
    assert run("pending", "accept", "9.1", "--reason", "现场核过").code == 0
    assert "as: done, reason: 现场核过" in place.text("2023/2023-9")


def test_what_cannot_be_decided_is_refused_whole(ferry: Place, run: Run) -> None:
    for words, told in (
        (("accept", "9.1", "--on", "2023-12-01"), "早于申请日期"),
        (("accept", "9.1", "--on", "2024-02-01"), "还没到"),
        (("accept", "9.1", "--to", "2023-06-30"), "不晚于现在的时限"),
        (("accept", "9.1", "--request", "2"), "没有待定的申请"),
        (("accept", "9.2", "--request", "1", "--to", "年底"), "用不着 --to"),
        (("refuse", "9.1", "--to", "年底", "--reason", "不"), "用不着 --to"),
        (("accept",), "pending 后面写 accept 或 refuse"),
        (("approve", "9.1"), "pending 后面写 accept 或 refuse"),
    ):
        said = run("pending", *words)
        assert (said.code, said.out) == (2, ""), words
        assert told in said.err
    assert ferry.text("2023/2023-9") == ASKED


def test_a_request_stands_in_the_export(ferry: Place, run: Run) -> None:
    rows = run("export", "--preset", "full", "--format", "json").json
    found = {row["id"]: row["request"] for row in rows}
    assert found == {"2023-9.1": "申请延期至 2024-06-30", "2023-9.2": "建议终止、申请销号"}


def test_check_tells_what_is_missing_or_was_not_carried_out(workspace: Make, run: Run) -> None:
    bad = ASKED.replace("to: 2024-06-30, reason: 枯水期短", "target: 7").replace(
        "evidence: 交接单,", "decided: {on: 2023-12-01, as: accepted},"
    )
    workspace({"2023/2023-9": bad})
    said = run("check").out
    assert "申请延期，没有写延到哪天" in said
    assert "申请说的目标 7 不在这项承诺里" in said
    assert "决定日期 2023-12-01 早于申请日期 2023-12-23" in said
    assert "2023-12-01 同意了申请，承诺里没有那天的延期或销号" in said
    wrong = ASKED.replace("asks: drop", "asks: stop")
    workspace({"2023/2023-9": wrong})
    assert "没有“stop”这个取值" in run("check").out
