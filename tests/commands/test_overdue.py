from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import BROKEN, OFFICE, Make, Place, Run

Golden = Callable[[str, str], None]
KEYS = [
    *("id", "reply", "what", "number", "title", "lead", "department", "text", "deadline"),
    *("original_deadline", "extensions", "days_late", "status", "alert", "targets"),
    *("count", "rule", "provisional", "progress", "next_step", "new"),
]
TARGET_KEYS = [
    *("id", "indicator", "kind", "comparator", "value", "unit", "scope", "deadline", "latest"),
    *("as_of", "percent", "mid", "met"),
]


@pytest.mark.parametrize("columns", [None, 100, 80, 60])
def test_the_weekly_screen(shipped: Place, run: Run, golden: Golden, columns: int | None) -> None:
    said = run("overdue", "--as-of", "2024-01-05", columns=columns)
    assert (said.code, said.err) == (0, "")
    golden(f"overdue-{columns or 'pipe'}", said.out)


def test_nothing_late(shipped: Place, run: Run, golden: Golden) -> None:
    golden("overdue-nothing", run("overdue", "--as-of", "2020-06-30").out)


def test_json(shipped: Place, run: Run) -> None:
    said = run("overdue", "--as-of", "2024-01-05", "--json")
    assert all(list(row) == KEYS for row in said.rows)
    assert all(list(t) == TARGET_KEYS for row in said.rows for t in row["targets"])
    late = {row["id"]: row["days_late"] for row in said.rows}
    assert (late["2020-提028.1"], late["2021-107.7"], late["2023-温46.1"]) == (1100, 735, 5)
    assert late["2020-提028.6"] is None
    assert {row["status"] for row in said.rows} == {"overdue", "to_verify"}
    assert {row["what"] for row in said.rows} == {"promise"}


def test_json_has_the_rows_of_the_screen_in_their_order(shipped: Place, run: Run) -> None:
    said = [row["id"] for row in run("overdue", "--json").rows]
    screen = [line.split() for line in run("overdue").out.splitlines()]
    assert [word for words in screen for word in words if word in said] == said


def test_nobody_who_is_late(office: Place, run: Run) -> None:
    assert run("overdue", "--dept", "财政", "--json").out == "[]\n"
    said = run("overdue", "--as-of", "2023-06-01")
    assert said.out.startswith("没有逾期承诺（截至 2023-06-01")
    assert "最近到期：2023-107.1，2023-12-31，还有 213 天。" in said.out


def test_grouped(office: Place, run: Run) -> None:
    heads = {
        "dept": ["市水利局", "市教育局"],
        "deputy": ["甲代表", "丙代表"],
        "year": ["2023"],
        "none": [],
    }
    for group, names in heads.items():
        said = run("overdue", "--group", group).out
        assert [line.split()[1] for line in said.splitlines() if line.startswith("■")] == names


def test_compared_with_an_earlier_day(office: Place, run: Run) -> None:
    assert "比 2023-12-29 +1 -0" in run("overdue").out
    assert "逾期*" in run("overdue").out
    assert "比 2024-01-01 +0 -0" in run("overdue", "--since", "2024-01-01").out
    said = run("overdue", "--since", "2024-01-05")
    assert (said.code, said.err.splitlines()[0]) == (
        2,
        "错误：--since 要早于 2024-01-05，这里是 2024-01-05",
    )


def test_replayed_for_another_day(office: Place, run: Run) -> None:
    def ids(*options: str) -> dict[str, Any]:
        return {r["id"]: r["status"] for r in run("overdue", "--json", *options).rows}

    assert ids() == {"2023-107.1": "overdue", "2023-提12.1": "to_verify"}
    assert ids("--as-of", "2023-12-31") == {"2023-提12.1": "to_verify"}
    assert ids("--as-of", "2023-12-31", "--known-on", "2023-12-01") == {"2023-提12.1": "overdue"}
    assert run("done", "107.1", "--on", "2024-01-02", "--reason", "验收").code == 0
    assert "2023-107.1" not in ids()
    assert ids("--as-of", "2024-01-01")["2023-107.1"] == "overdue"
    assert ids("--as-of", "2024-01-03", "--known-on", "2024-01-03")["2023-107.1"] == "overdue"


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--dept", "水利"], ["2023-107.1"]),
        (["--dept", "水利", "--dept", "教育"], ["2023-107.1", "2023-提12.1"]),
        (["--lead", "市教育局"], ["2023-提12.1"]),
        (["--deputy", "乙"], ["2023-107.1"]),
        (["--session", "三次会议"], ["2023-107.1"]),
        (["--year", "2022"], []),
        (["--kind", "政协提案"], ["2023-提12.1"]),
        (["--text", "河道"], ["2023-107.1"]),
        (["--key"], []),
        (["--status", "待销号"], ["2023-提12.1"]),
        (["--alert", "逾期"], ["2023-107.1"]),
        (["--force", "力争"], []),
        (["--dept", "教育", "--status", "overdue"], []),
    ],
)
def test_filters(office: Place, run: Run, options: list[str], ids: list[str]) -> None:
    said = run("overdue", "--json", "--fields", "id", *options)
    assert [row["id"] for row in said.rows] == ids


UNANSWERED = """\
kind: suggestion
year: 2023
number: "58"
title: 关于老旧小区加装电梯的建议
deputies: [丙代表]
lead: 市教育局
assigned_on: 2023-09-04
"""


def test_a_reply_late_in_law_stands_beside_promises(office: Place, run: Run) -> None:
    office.write("2023/2023-58", UNANSWERED)
    said = run("overdue", "--json").rows
    row = next(row for row in said if row["what"] == "reply")
    assert list(row) == KEYS
    assert (row["id"], row["reply"], row["department"]) == ("2023-58", "2023-58", "市教育局")
    assert (row["deadline"], row["days_late"], row["status"]) == ("2023-12-04", 32, "overdue")
    assert (row["count"], row["targets"], row["extensions"]) == (1, None, None)
    assert [row["id"] for row in said] == ["2023-58", "2023-提12.1", "2023-107.1"]
    screen = run("overdue").out
    assert "逾期 2 项（承诺 1 项、答复 1 件）  待销号 1 项  比 2023-12-29 +1 -0" in screen
    assert "催答复" in screen
    assert "答复：关于老旧小区加装电梯的建议" in screen


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 4),
        (["--status", "逾期"], 4),
        (["--text", "电梯"], 4),
        (["--dept", "水利"], 0),
        (["--force", "确定"], 0),
        (["--alert", "黄"], 0),
        (["--as-of", "2023-12-04"], 0),
        (["--as-of", "2023-12-05"], 4),
    ],
)
def test_a_late_reply_counts_in_the_exit_code(
    workspace: Make, run: Run, options: list[str], code: int
) -> None:
    workspace({"2023/2023-58": UNANSWERED})
    assert run("overdue", "--exit-code", *options).code == code


DISSATISFIED = """\
kind: suggestion
year: 2023
number: "61"
title: 关于夜间公交的建议
lead: 市交通局
assigned_on: 2023-09-04
reply_date: 2023-11-20
feedback:
  - {round: 1, on: 2023-12-15, attitude: satisfied, result: dissatisfied}
"""
PLACES = {"zhejiang": ("2024-01-15", "临期"), "national": (None, "未定时限")}


@pytest.mark.parametrize("place", PLACES)
def test_what_did_not_satisfy_is_listed_until_it_is_handed_over_again(
    workspace: Make, run: Run, place: str
) -> None:
    workspace({"2023/2023-61": DISSATISFIED}, OFFICE + f"  jurisdiction: {place}\n")
    deadline, word = PLACES[place]
    for command in ("overdue", "due"):
        (row,) = run(command, "--json").rows
        assert (row["id"], row["what"], row["deadline"]) == ("2023-61", "rehandling", deadline)
        screen = run(command).out
        assert word in screen
        assert "再次办理（还没有交办）：关于夜间公交的建议" in screen
    assert "等待再次交办 1 件" in run("overdue").out
    assert run("overdue", "--exit-code").code == 0  # no text sets a day, or it has not passed
    assert run("remind").out == ""  # whoever must hand it over is not the handler
    handed = DISSATISFIED + "rounds: [{round: 2, assigned_on: 2024-01-04}]\n"
    workspace({"2023/2023-61": handed}, OFFICE + f"  jurisdiction: {place}\n")
    assert "等待再次交办" not in run("overdue").out


MONTHLY = """\
kind: suggestion
year: 2023
number: "7"
title: 关于通报的建议
lead: 市水利局
reply_date: 2023-03-15
measures:
  - id: 1
    text: 每月通报，每季度督查
    cadence: [month, quarter]
    log:
      - {on: 2023-05-10, note: 通报}
      - {note: 目前正在通报}
  - id: 2
    text: 每周晾晒到2023年6月
    department: 市教育局
    cadence: [week]
    deadline: {date: 2023-06-30}
"""


def test_what_is_told_every_year_stands_beside_promises(workspace: Make, run: Run) -> None:
    records = {"2023/2023-7": MONTHLY.replace("cadence: [month, quarter]", "force: firm")}
    workspace(records, OFFICE + "  jurisdiction: chongqing\n")
    row = next(row for row in run("overdue", "--json").rows if row["what"] == "progress_notice")
    assert (row["id"], row["deadline"], row["days_late"]) == ("2023-7", "2023-12-31", 5)
    assert (row["count"], row["rule"]) == (1, "chongqing/progress_notice/2018")
    assert "落实情况告知：关于通报的建议" in run("due", "--as-of", "2023-12-10").out
    assert "落实情况告知" not in run("due", "--as-of", "2023-09-30").out
    assert "落实情况告知 1 件（1 次）" in run("overdue").out
    run("set", "7", "progress_notices=代表", "--on", "2024-01-03")
    assert "落实情况告知" not in run("overdue").out
    assert "2024-01-03 已告知，迟 3 天" in run("show", "7").out


def test_missed_reports_are_one_row_a_cadence(workspace: Make, run: Run) -> None:
    place = workspace({"2023/2023-7": MONTHLY})
    rows = run("overdue", "--as-of", "2023-06-15", "--json").rows
    told = {(row["id"], row["rule"]): (row["count"], row["deadline"]) for row in rows}
    assert told == {
        ("2023-7.1", "month"): (1, "2023-04-30"),
        ("2023-7.2", "week"): (12, "2023-03-26"),
    }
    assert {row["what"] for row in rows} == {"report"}
    said = run("overdue", "--as-of", "2023-11-05").out
    assert "周期报告 3 项（22 期）" in said
    assert "每月报告漏 6 期：每月通报，每季度督查" in said
    assert "每季度报告漏 2 期：每月通报，每季度督查" in said
    assert "每周报告漏 14 期：每周晾晒到2023年6月" in said
    text = place.text("2023/2023-7").replace("reply_date: 2023-03-15\n", "")
    place.write("2023/2023-7", text)
    said = run("overdue", "--as-of", "2023-11-05").out
    assert "周期报告 " not in said
    assert "周期报告缺起算日 2 项" in said


def test_what_is_reported_dropped_or_filtered_is_not_missed(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-7": MONTHLY})

    def counts(*options: str) -> list[int]:
        rows = run("overdue", "--as-of", "2023-06-15", "--json", *options).rows
        return [row["count"] for row in rows]

    assert counts("--dept", "水利") == [1]
    assert run("log", "7.1", "--date", "2023-04-20", "--note", "通报").code == 0
    assert counts("--dept", "水利") == []
    assert counts("--dept", "水利", "--known-on", "2023-06-15") == [1]  # entered later
    assert run("drop", "7.2", "--reason", "并入月报", "--on", "2023-06-01").code == 0
    assert counts() == []


def test_exit_code_on_request(office: Place, workspace: Make, run: Run) -> None:
    assert run("overdue", "--exit-code").code == 4
    assert run("overdue", "--exit-code", "--status", "待销号").code == 0
    office.write("2023/2023-112", BROKEN)
    assert run("overdue", "--exit-code").code == 3


@pytest.mark.parametrize(
    ("options", "words", "remedy"),
    [
        (
            ["--group", "x"],
            "--group 没有“x”这个取值",
            "dept（责任单位）、deputy（代表）、year（年份）、none（不分）",
        ),
        (["--status", "逾期了"], "--status 没有“逾期了”这个取值", "是不是 逾期？"),
        (["--alert", "蓝"], "--alert 没有“蓝”这个取值", "可以写：红、黄、绿。"),
        (
            ["--kind", "x"],
            "--kind 没有“x”这个取值",
            "suggestion（代表建议）、proposal（政协提案）、inquiry（专题询问）",
        ),
        (
            ["--force", "x"],
            "--force 没有“x”这个取值",
            "firm（确定）、effort（力争）、conditional（附条件）、standing（常态）",
        ),
        (["--year", "x"], "--year 要一个整数，这里是“x”", "npcreply overdue --help"),
        (["--as-of", "2024-13-01"], "没有 2024-13-01 这一天：月份是1到12", "例如"),
        (["--fields", "id,zzz", "--json"], "没有“zzz”这一项。", "可用的项："),
        (["--limit", "x"], "--limit 没有“x”这个取值", "写 1 以上的整数，或 all"),
        (["--limit", "0"], "--limit 没有“0”这个取值", "写 1 以上的整数，或 all"),
        (["--json", "--csv"], "--json 和 --csv 只能选一个", "去掉一个"),
    ],
)
def test_wrong_use(office: Place, run: Run, options: list[str], words: str, remedy: str) -> None:
    said = run("overdue", *options)
    first, *others = said.err.splitlines()
    assert (said.code, said.out) == (2, "")
    assert first == f"错误：{words}"
    assert remedy in "\n".join(others)
