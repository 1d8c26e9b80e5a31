"""What a chair asks next: what is new, what is gone, who never reported, who is worst."""

from __future__ import annotations

import pytest

from tests.conftest import RIVER, SCHOOL, Make, Place, Run

HEAD = """\
kind: suggestion
year: 2023
number: "{number}"
title: 关于第{number}件的建议
lead: 市水利局
reply_date: 2023-05-20
measures:
"""
NEW = "  - {id: 1, text: 建成泵站, deadline: {date: 2023-12-30}}\n"
OLD = "  - {id: 1, text: 疏通管网, deadline: {date: 2023-06-30}}\n"
CLOSED = (
    "  - id: 1\n    text: 建成公园\n    deadline: {date: 2023-11-30}\n"
    "    closings:\n      - {on: 2024-01-03, as: done, entered: 2024-01-03}\n"
)
REPORTED = (
    "  - id: 1\n    text: 改造旧路\n    deadline: {date: 2023-11-30}\n"
    "    log:\n      - {on: 2023-09-30, note: 已过半, entered: 2023-10-01}\n"
)


@pytest.fixture
def week(workspace: Make) -> Place:
    records = {"1": NEW, "2": OLD, "3": CLOSED, "4": REPORTED}
    return workspace(
        {f"2023/2023-{n}": HEAD.format(number=n) + text for n, text in records.items()}
    )


ASK = ("overdue", "--as-of", "2024-01-05", "--since", "2023-12-29", "--json", "--fields", "id")


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ((), ["2.1", "4.1", "1.1"]),
        (("--new",), ["1.1"]),
        (("--gone",), ["3.1"]),
        (("--never-reported",), ["2.1", "1.1"]),
        (("--never-reported", "--new"), ["1.1"]),
    ],
)
def test_which_rows(week: Place, run: Run, options: tuple[str, ...], ids: list[str]) -> None:
    assert [row["id"] for row in run(*ASK, *options).rows] == [f"2023-{one}" for one in ids]


def test_what_is_gone_is_shown_as_it_stands_now(week: Place, run: Run) -> None:
    said = run("overdue", "--as-of", "2024-01-05", "--since", "2023-12-29", "--gone")
    assert "2023-3.1" in said.out
    assert "逾期兑现" in said.out


def test_one_question_at_a_time(week: Place, run: Run) -> None:
    said = run("overdue", "--new", "--gone")
    assert (said.code, said.out) == (2, "")


def test_the_json_has_every_column_of_the_screen(week: Place, run: Run) -> None:
    rows = run(*ASK[:-2]).rows
    first = next(row for row in rows if row["id"] == "2023-1.1")
    assert first["new"] is True
    assert first["next_step"] == "first_progress"
    assert {row["id"]: row["new"] for row in rows}["2023-2.1"] is False


@pytest.mark.parametrize("command", ["overdue", "due"])
def test_promises_without_a_deadline_by_their_age(workspace: Make, run: Run, command: str) -> None:
    undated = "  - {id: 1, text: 研究方案}\n"
    workspace(
        {
            "2023/2023-1": HEAD.format(number="1") + undated,
            "2022/2022-9": HEAD.format(number="9").replace("2023", "2022") + undated,
        }
    )
    asked = (command, "--undated", "--as-of", "2023-06-01")
    rows = run(*asked, "--json").rows
    assert [(row["id"], row["age"]) for row in rows] == [("2022-9.1", 377), ("2023-1.1", 12)]
    screen = run(*asked).out
    assert "共 2 项  答复超过 180 天的 1 项" in screen
    assert "未定时限!   377  2022-9.1" in screen
    assert run("due", "--no-deadline", "--as-of", "2023-06-01", "--json").rows == rows


def test_how_long_is_too_long_is_the_office_s(workspace: Make, run: Run) -> None:
    schema = "$ref: npcreply:record:1\nx-workspace: {id: office, undated_days: 10}\n"
    workspace({"2023/2023-1": HEAD.format(number="1") + "  - {id: 1, text: 研究}\n"}, schema)
    said = run("due", "--undated", "--as-of", "2023-06-01").out
    assert "答复超过 10 天的 1 项" in said
    assert "! 答复后超过 10 天还没有时限" in said


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("id", ["1.1", "2.1", "4.1"]),
        ("-id", ["4.1", "2.1", "1.1"]),
        ("deadline", ["2.1", "4.1", "1.1"]),
        ("-逾期天数", ["2.1", "4.1", "1.1"]),
        ("days_late", ["1.1", "4.1", "2.1"]),
        ("last_on,-id", ["4.1", "2.1", "1.1"]),  # without a value last
    ],
)
def test_sorted_by_any_column(week: Place, run: Run, sort: str, ids: list[str]) -> None:
    rows = run(*ASK, "--sort", sort).rows
    assert [row["id"] for row in rows] == [f"2023-{one}" for one in ids]
    lines = run("overdue", "--as-of", "2024-01-05", "--sort", sort).out.splitlines()
    shown = [
        word for line in lines for word in line.split() if word.startswith("2023-") and "." in word
    ]
    assert [word for word in shown if word.count("-") == 1] == [f"2023-{one}" for one in ids]


def test_a_column_that_is_none_cannot_sort(week: Place, run: Run) -> None:
    said = run("overdue", "--sort", "天气")
    assert said.code == 2
    assert "没有“天气”这一列" in said.err


def test_who_is_worst_with_the_total_always_in_sight(workspace: Make, run: Run) -> None:
    records = {}
    for n in range(1, 31):
        text = HEAD.format(number=n).replace("市水利局", f"第{n}局") + (OLD if n == 30 else NEW)
        records[f"2023/2023-{n}"] = text
    workspace(records)
    asked = ("stats", "--as-of", "2023-12-01", "--sort", "-overdue")
    *_head, first, total = run(*asked, "--limit", "1", columns=100).out.splitlines()[:4]
    assert "第30局" in first
    assert "合计" in total
    rows = run(*asked, "--json").rows
    assert (rows[0]["group"], rows[-1]["group"], rows[-1]["promises"]) == ("第30局", "合计", 30)


def test_a_joint_promise_counts_under_each_body_and_once_in_the_total(
    workspace: Make, run: Run
) -> None:
    joint = "  - {id: 1, text: 联合整治, department: [市水利局, 市教育局]}\n"
    workspace({"2023/2023-1": HEAD.format(number="1") + joint})
    said = run("stats")
    assert "各组相加比合计多 1 项" in said.out
    counts = {row["group"]: row["promises"] for row in run("stats", "--json").rows}
    assert counts == {"市水利局": 1, "市教育局": 1, "合计": 1}


def test_is_number_58_finished(workspace: Make, run: Run) -> None:
    bare = 'kind: suggestion\nyear: 2024\nnumber: "5"\ntitle: 未答复的\n'
    workspace({"2023/2023-107": RIVER, "2023/2023-提12": SCHOOL, "2024/2024-5": bare})
    run("done", "提12.1", "--on", "2023-08-31", "--yes")
    rows = run("list", "--json", "--as-of", "2024-02-01").rows
    states = {row["id"]: (row["state"], row["late"]) for row in rows}
    assert states == {"2023-107": ("late", 2), "2023-提12": ("kept", 0), "2024-5": ("waiting", 0)}
    assert "全部兑现" in run("list", "--as-of", "2024-02-01").out
