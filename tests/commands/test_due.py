from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Make, Place, Run

KEYS = [
    *("id", "reply", "what", "number", "title", "lead", "department", "text", "deadline"),
    *("original_deadline", "extensions", "days_left", "status", "alert", "last_on", "targets"),
    *("count", "rule", "provisional", "progress", "next_step", "age"),
]


@pytest.mark.parametrize(
    ("name", "options"),
    [("due", []), ("due-no-deadline", ["--no-deadline"]), ("due-stale", ["--stale", "90"])],
)
def test_screens(
    office: Place, run: Run, golden: Callable[[str, str], None], name: str, options: list[str]
) -> None:
    golden(name, run("due", "--as-of", "2023-12-25", *options).out)


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["2023-107.3"]),
        (["--within", "14"], []),
        (["--within", "15"], ["2023-107.3"]),
        (["--as-of", "2024-01-20", "--within", "0"], ["2023-107.3"]),
        (["--as-of", "2024-01-21"], []),
        (["--as-of", "2023-12-25"], ["2023-107.1", "2023-107.3"]),
        (["--no-deadline"], ["2023-107.2"]),
        (["--no-deadline", "--dept", "水利"], []),
        (["--stale", "129"], ["2023-107.2", "2023-107.3", "2023-107.1"]),
        (["--stale", "190"], ["2023-107.2", "2023-107.3"]),
        (["--stale", "400"], []),
    ],
)
def test_json_has_the_rows_of_the_screen(
    office: Place, run: Run, options: list[str], ids: list[str]
) -> None:
    rows = run("due", "--json", *options).rows
    assert all(list(row) == KEYS for row in rows)
    assert [row["id"] for row in rows] == ids
    words = run("due", *options).out.split()
    assert [word for word in words if word in ids] == ids


def test_promises_met_but_without_a_deadline_are_not_lost(workspace: Make, run: Run) -> None:
    workspace(
        {
            "2023/2023-1": """\
kind: suggestion
year: 2023
number: "1"
measures:
  - id: 1
    text: 建成三所学校
    targets: [{id: 1, indicator: 学校, value: 3, unit: 所}]
    log: [{on: 2023-05-01, target: 1, value: 3}]
"""
        }
    )
    rows = run("due", "--no-deadline", "--json").rows
    assert [(row["id"], row["status"]) for row in rows] == [("2023-1.1", "to_verify")]


def test_nothing_due_is_one_sentence(office: Place, run: Run) -> None:
    assert run("due", "--within", "3").out == "3 天内没有到期的。\n"
    assert run("due", "--no-deadline", "--dept", "水利").out == "没有未定时限的承诺。\n"
    assert run("due", "--stale", "999").out == "没有久未更新的承诺。\n"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--within", "-1"], "--within 要 0 或更大的整数，这里是“-1”"),
        (["--stale", "0"], "--stale 要 1 或更大的整数，这里是“0”"),
        (["--stale", "9", "--no-deadline"], "--within、--undated、--stale 只能选一个"),
    ],
)
def test_wrong_use(office: Place, run: Run, options: list[str], words: str) -> None:
    said = run("due", *options)
    assert (said.code, said.err.splitlines()[0]) == (2, f"错误：{words}")


def test_a_reply_due_ahead_stands_beside_promises(office: Place, run: Run) -> None:
    office.write(
        "2023/2023-58",
        "kind: suggestion\nyear: 2023\nnumber: '58'\nlead: 市教育局\nassigned_on: 2023-10-16\n",
    )
    said = run("due", "--json").rows
    assert [(row["id"], row["what"]) for row in said] == [
        ("2023-58", "reply"),
        ("2023-107.3", "promise"),
    ]
    assert all(list(row) == KEYS for row in said)
    assert (said[0]["deadline"], said[0]["days_left"]) == ("2024-01-16", 11)
    assert "答复：58" in run("due").out
    assert [row["id"] for row in run("due", "--within", "10", "--json").rows] == []


def test_the_next_report_is_due(workspace: Make, run: Run) -> None:
    workspace(
        {
            "2023/2023-7": "kind: suggestion\nyear: 2023\nnumber: '7'\nlead: 市水利局\n"
            "reply_date: 2023-03-15\nmeasures:\n  - id: 1\n    text: 每月通报\n"
            "    cadence: [month]\n    log:\n      - {on: 2023-05-10, note: 通报}\n"
        }
    )
    [row] = run("due", "--as-of", "2023-05-05", "--json").rows
    assert (row["what"], row["rule"], row["deadline"]) == ("report", "month", "2023-05-31")
    [row] = run("due", "--as-of", "2023-05-31", "--json").rows
    assert (row["deadline"], row["days_left"]) == ("2023-06-30", 30)  # May is reported
    [row] = run("due", "--as-of", "2024-01-05", "--json").rows  # the year is over, reports go on
    assert row["deadline"] == "2024-01-31"
    shown = run("show", "7.1", "--as-of", "2023-07-05").out
    assert (
        "每月报告  2023-03-15 起，没有写到哪天止，已到期 3 期，漏 2 期（2023-04、2023-06）" in shown
    )
    assert "下一期 2023-07。" in shown


@pytest.mark.parametrize("option", ["--within", "--stale"])
def test_more_days_than_there_are(office: Place, run: Run, option: str) -> None:
    assert run("due", option, "99999999").code == 0
