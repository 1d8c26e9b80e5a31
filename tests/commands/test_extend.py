from __future__ import annotations

import pytest

from tests.conftest import Place, Run

TARGETS = """\
kind: suggestion
year: 2023
number: "1"
measures:
  - id: 1
    text: 建学校和医院
    deadline: {date: 2023-12-31}
    targets:
      - {id: 1, indicator: 学校, value: 3, unit: 所}
      - {id: 2, indicator: 医院, value: 1, unit: 所, deadline: {date: 2023-10-31}}
"""


def test_the_first_deadline_stays(office: Place, run: Run) -> None:
    said = run("extend", "107.1", "--to", "6月底", "--reason", "汛情", "--approved-by", "市政府")
    assert (said.code, said.err) == (0, "撤销：npcreply undo\n")
    assert said.out.splitlines() == [
        "2023-107.1  年内整治河道12公里",
        "  时限  2023-12-31 → 2024-06-30（第 1 次延期；原时限保留）  汛情",
        "  状态  逾期 → 推进中  时限 2024-06-30  进度 45.8%",
    ]
    text = office.text("2023/2023-107")
    assert "deadline: {date: 2023-12-31, words: 年内}" in text
    assert (
        "    extensions:\n      - {on: 2024-01-05, to: 2024-06-30, reason: 汛情, "
        "approved_by: 市政府, by: 办公室, entered: 2024-01-05}\n"
    ) in text


def test_again(office: Place, run: Run) -> None:
    run("extend", "107.1", "--to", "2024-03-31", "--reason", "汛情")
    said = run("extend", "107.1", "--to", "2024-06-30", "--reason", "又有汛情")
    assert "时限  2024-03-31 → 2024-06-30（第 2 次延期；原时限保留）" in said.out
    rows = {row["id"]: row for row in run("overdue", "--as-of", "2024-07-05", "--json").rows}
    row = rows["2023-107.1"]
    assert (row["original_deadline"], row["deadline"], row["extensions"]) == (
        "2023-12-31",
        "2024-06-30",
        2,
    )


def test_in_force_from_the_day_it_was_granted(office: Place, run: Run) -> None:
    run("extend", "107.1", "--to", "2024-06-30", "--reason", "汛情", "--on", "2024-01-03")
    assert "逾期 2 天" in run("show", "107.1", "--as-of", "2024-01-02").out
    assert "时限 2024-06-30" in run("show", "107.1", "--as-of", "2024-01-03").out


def test_one_target(office: Place, run: Run) -> None:
    office.write("2023/2023-1", TARGETS)
    said = run("extend", "2023-1.1", "--target", "2", "--to", "2024-02-29", "--reason", "选址")
    assert "时限  2023-10-31 → 2024-02-29（第 1 次延期" in said.out
    assert "to: 2024-02-29, target: 2, reason: 选址" in office.text("2023/2023-1")


def test_asked_on_a_terminal(office: Place, run: Run) -> None:
    assert run("extend", "107.1", answers=("2024-06-30", "汛情")).code == 0
    assert "reason: 汛情" in office.text("2023/2023-107")
    assert run("extend", "107.1", answers=("2024-09-30",)).code == 130


@pytest.mark.parametrize(
    ("argv", "words", "remedy"),
    [
        (["107.1"], "缺少新时限", "加 --to …"),
        (["107.1", "--to", "2024-06-30"], "缺少理由", "加 --reason …"),
        (
            ["107.1", "--to", "2023-11-30", "--reason", "x"],
            "新时限 2023-11-30 不晚于现在的时限 2023-12-31",
            "npcreply set 2023-107.1 deadline=日期",
        ),
        (
            ["107.1", "--to", "早日", "--reason", "x"],
            "“早日”没有说到哪一天，请写日期，例如 2024-12-31",
            "例如",
        ),
        (
            ["107.2", "--to", "2024-06-30", "--reason", "x"],
            "2023-107.2 没有时限，谈不上延期",
            "npcreply set 2023-107.2 deadline=日期",
        ),
        (
            ["107.1", "--to", "2024-06-30", "--reason", "x", "--on", "2024-01-06"],
            "2024-01-06 还没到（今天 2024-01-05），不能记那天的事",
            "核对 --on。",
        ),
        (
            ["107.1", "--to", "2024-06-30", "--reason", "x", "--target", "9"],
            "2023-107.1 没有目标 9",
            "",
        ),
    ],
)
def test_refused(office: Place, run: Run, argv: list[str], words: str, remedy: str) -> None:
    before = office.files()
    said = run("extend", *argv)
    assert said.code == 2
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err
    assert office.files() == before
