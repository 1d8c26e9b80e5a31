from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Make, Place, Run

Golden = Callable[[str, str], None]
JULY = ("2020028", "--as-of", "2020-07-31")
KEYS = [
    *("id", "measure_id", "reply", "title", "lead", "department", "text", "indicator", "scope"),
    *("target_kind", "comparator", "value", "unit", "start", "deadline", "latest", "as_of"),
    *("reached", "elapsed", "lag", "alert", "pace", "expected", "expected_low", "expected_high"),
    *("method", "left", "per_month", "per_day", "speed", "why"),
]
PLANTS = """\
kind: suggestion
year: 2023
number: "7"
title: 关于植树的建议
lead: 市水利局
reply_date: 2023-03-01
measures:
  - id: 1
    text: 全年植树100公顷
    deadline: {date: 2023-12-31, words: 全年}
    targets:
      - {id: 1, indicator: 植树, value: 100, unit: 公顷}
      - {id: 2, indicator: 成活率, value: 95, unit: "%"}
    log:
      - {on: 2023-03-31, target: 1, value: 300, unit: 亩}
      - {on: 2023-06-30, target: 1, value: 675, unit: 亩}
      - {on: 2023-06-30, target: 2, value: 96, unit: "%"}
  - id: 2
    text: 年底前建苗圃3个
    deadline: {date: 2023-12-31, words: 年底前}
    targets:
      - {id: 1, indicator: 苗圃, value: 3, unit: 个}
    log:
      - {on: 2023-06-30, value: 1, unit: 个}
  - id: 3
    text: 审批不超过20天
    targets:
      - {id: 1, indicator: 审批, kind: limit, value: 20, unit: 天}
    log:
      - {on: 2023-06-30, value: 22, unit: 天}
"""


@pytest.mark.parametrize("columns", [None, 100, 80, 60])
def test_seven_months_of_2020_in_one_screen(
    shipped: Place, run: Run, golden: Golden, columns: int | None
) -> None:
    said = run("pace", *JULY, columns=columns)
    assert (said.code, said.err) == (0, "")
    golden(f"pace-{columns or 'pipe'}", said.out)


def test_every_light_explained(shipped: Place, run: Run, golden: Golden) -> None:
    golden("pace-explain", run("pace", *JULY, "--explain").out)


def test_the_real_figures(shipped: Place, run: Run) -> None:
    said = run("pace", *JULY, "--json")
    assert all(list(row) == KEYS for row in said.rows)
    found = {row["id"].removeprefix("2020-提028."): row for row in said.rows}
    shares = {
        number: (row["reached"], row["elapsed"], row["alert"]) for number, row in found.items()
    }
    assert shares["1:1"] == (63.48, 58.2, "green")
    assert shares["1:2"] == (63.82, 58.2, "green")
    assert shares["4:1"] == (24.33, 58.2, "red")
    assert shares["5:1"] == (17.29, 58.2, "red")
    assert shares["6:1"] == (100, 49.73, "green")
    assert shares["2:2"] == (None, 58.2, "yellow")
    assert (found["1:1"]["left"], found["1:1"]["per_month"]) == (84, 16.8)
    assert [row["alert"] for row in said.rows] == ["red"] * 2 + ["yellow"] * 2 + ["green"] * 5 + [
        None
    ] * 2


def test_forecast_units_and_reasons(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-7": PLANTS})
    rows = {row["id"]: row for row in run("pace", "--as-of", "2023-06-30", "--json").rows}
    trees = rows["2023-7.1:1"]
    assert (trees["latest"], trees["reached"], trees["elapsed"]) == (45, 45, 49.59)
    assert (trees["pace"], trees["lag"]) == ("on_pace", 4.59)
    # 45 + 184 x (45/181; 20/90; 25/91)
    expected = (trees["expected"], trees["expected_low"], trees["expected_high"])
    assert expected == (90.7459, 85.8889, 95.5495)
    assert trees["method"] == "average_speed"
    assert rows["2023-7.1:2"]["pace"] == "mid_reached"
    assert rows["2023-7.2:1"]["pace"] == "no_start"
    assert "npcreply set 2023-7.2:1 start=日期" in rows["2023-7.2:1"]["why"]
    assert (rows["2023-7.3:1"]["pace"], rows["2023-7.3:1"]["alert"]) == ("broken", "red")
    assert "90.7（85.9-95.5）" in run("pace", "--as-of", "2023-06-30").out


def test_what_the_reason_asks_for_helps(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-7": PLANTS})
    assert run("set", "7.2", "--target", "1", "start=2023-03-01").code == 0
    [row] = run("pace", "7.2", "--as-of", "2023-06-30", "--json").rows
    assert (row["start"], row["elapsed"], row["pace"]) == ("2023-03-01", 39.87, "behind")


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ([], ["3:1", "1:1", "1:2", "2:1"]),
        (["--alert", "红"], ["3:1"]),
        (["--alert", "绿"], ["1:1", "1:2"]),
        (["--text", "植树", "--dept", "水利"], ["3:1", "1:1", "1:2", "2:1"]),
        (["--dept", "教育"], []),
        (["7.1"], ["1:1", "1:2"]),
        (["--limit", "1"], ["3:1"]),
    ],
)
def test_chosen(workspace: Make, run: Run, options: list[str], ids: list[str]) -> None:
    workspace({"2023/2023-7": PLANTS})
    said = run("pace", "--as-of", "2023-06-30", "--json", "--fields", "id", *options)
    assert [row["id"].removeprefix("2023-7.") for row in said.rows] == ids


def test_closed_promises_and_later_figures_are_left_out(workspace: Make, run: Run) -> None:
    workspace({"2023/2023-7": PLANTS})
    assert run("drop", "7.3", "--reason", "改由省里审批", "--on", "2023-07-10").code == 0
    assert len(run("pace", "--json").rows) == 3
    assert len(run("pace", "--json", "--as-of", "2023-07-09").rows) == 4
    [row, *_] = run("pace", "7.1", "--as-of", "2023-05-01", "--json").rows
    assert (row["latest"], row["as_of"], row["expected"]) == (20, "2023-03-31", None)


def test_nothing_to_follow(office: Place, run: Run) -> None:
    assert run("pace", "--dept", "财政").out == "没有要跟进的量化目标。\n"


def test_due_and_show_have_the_same_light(shipped: Place, run: Run) -> None:
    lights = {row["id"]: row["alert"] for row in run("due", "--as-of", "2020-12-05", "--json").rows}
    assert (lights["2020-提028.1"], lights["2020-提028.4"]) == ("yellow", "red")
    shown = run("show", "2020028.4", "--as-of", "2020-07-31").out
    assert "      红灯  6570万美元（2020-07-31），目标 2.7亿美元，完成 24.3%；" in shown
    assert "有日期的数不到两个，不作预测。" in shown


def test_what_is_left_and_what_was_done_are_told_in_one_unit(workspace: Make, run: Run) -> None:
    workspace(
        {
            "2023/2023-7": "kind: suggestion\nyear: 2023\nnumber: '7'\nlead: 市水利局\n"
            "reply_date: 2023-03-15\nmeasures:\n  - id: 1\n    text: 整治河道\n"
            "    deadline: {date: 2023-12-31, words: 年内}\n    targets:\n"
            "      - {id: 1, indicator: 河道, value: 12, unit: 公里}\n    log:\n"
            "      - {on: 2023-06-30, target: 1, value: 3, unit: 公里}\n"
            "      - {on: 2023-12-10, target: 1, value: 11.96, unit: 公里}\n"
        }
    )
    said = run("pace", "--as-of", "2023-12-20", "--explain").out
    assert "今后要 0.004公里/天，至今是 0.03公里/天" in "".join(said.split("\n"))
    [row] = run("pace", "--as-of", "2023-12-20", "--json").rows
    assert row["pace"] == "on_pace"


def test_without_words_of_a_deadline_none_are_quoted(workspace: Make, run: Run) -> None:
    workspace(
        {
            "2023/2023-7": "kind: suggestion\nyear: 2023\nnumber: '7'\nlead: 市水利局\n"
            "reply_date: 2023-03-15\nmeasures:\n  - id: 1\n    text: 整治河道\n"
            "    deadline: {date: 2023-12-31}\n    targets:\n"
            "      - {id: 1, indicator: 河道, value: 12, unit: 公里}\n    log:\n"
            "      - {on: 2023-06-30, target: 1, value: 3, unit: 公里}\n"
        }
    )
    said = run("show", "7.1", "--as-of", "2023-07-20").out
    assert "没有写”" not in said
    assert "没有写从哪天数起" in "".join(said.split())
