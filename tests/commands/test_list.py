from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from npcreply.flows import rows
from tests import crowd
from tests.conftest import SMALL, Make, Place, Run

KEYS = [
    *("id", "kind", "year", "number", "session", "title", "lead", "co", "deputies", "reply_date"),
    *("class", "key", "promises", "state", "late"),
]


def many(count: int) -> dict[str, str]:
    return {
        f"2023/2023-{n}": f'kind: suggestion\nyear: 2023\nnumber: "{n}"\ntitle: 第{n}件\n'
        for n in range(1, count + 1)
    }


@pytest.mark.parametrize("columns", [None, 80])
def test_screen(
    shipped: Place, run: Run, golden: Callable[[str, str], None], columns: int | None
) -> None:
    golden(f"list-{columns or 'pipe'}", run("list", columns=columns).out)


def test_json_has_the_rows_of_the_screen(office: Place, run: Run) -> None:
    rows = run("list", "--json").rows
    screen = [line.split()[2] for line in run("list").out.splitlines()[2:]]
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert [row["id"] for row in rows] == screen == ["2023-107", "2023-提12"]
    assert rows[0]["co"] == ["市财政局", "市发展改革委"]


def test_csv_has_the_same_rows(office: Place, run: Run) -> None:
    said = run("list", "--csv", "--fields", "id,promises,title")
    assert said.out == (
        "id,promises,title\r\n"
        "2023-107,3,关于整治城区河道的建议\r\n2023-提12,1,关于增加公办学位的提案\r\n"
    )


def test_fields_choose_the_columns_of_the_screen_too(office: Place, run: Run) -> None:
    assert run("list", "--fields", "id,deputies").out.splitlines()[1:] == [
        "编号       代表",
        "2023-107   甲代表、乙代表",
        "2023-提12  丙代表",
    ]


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--dept", "水利"], ["2023-107"]),
        (["--dept", "财政"], ["2023-107"]),
        (["--text", "学位"], ["2023-提12"]),
        (["--kind", "proposal", "--kind", "代表建议"], ["2023-107", "2023-提12"]),
        (["--as-of", "2023-06-01"], ["2023-107"]),
        (["--text", "一所公办学校"], []),
    ],
)
def test_filters(office: Place, run: Run, options: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in run("list", "--json", *options).rows] == ids


def test_nothing_found_is_one_sentence(office: Place, run: Run) -> None:
    assert run("list", "--text", "戊").out == "没有符合条件的记录。\n"
    assert run("list", "--text", "戊", "--json").out == "[]\n"


def test_twenty_rows_on_a_terminal_all_in_a_pipe(workspace: Make, run: Run) -> None:
    workspace(many(25))
    assert run("list", columns=100).out.splitlines()[-1] == "还有 5 行：--limit all"
    assert len(run("list", columns=100).out.splitlines()) == 23
    assert len(run("list").out.splitlines()) == 27
    long = run("list", "--limit", "all", columns=100).out.splitlines()
    assert (len(long), long[-1]) == (28, long[0])
    assert len(run("list", "--limit", "3").out.splitlines()) == 6
    assert len(run("list", "--json", columns=100).rows) == 25
    assert len(run("list", "--json", "--limit", "3").rows) == 3


def test_a_missed_report_is_late_in_the_list_as_in_overdue(workspace: Make, run: Run) -> None:
    monthly = """\
kind: suggestion
year: 2023
number: "7"
title: 关于公布检测结果的建议
lead: 市水利局
reply_date: 2023-09-20
measures:
  - {id: 1, text: 每月公布检测结果, cadence: [month]}
"""
    workspace({"2023/2023-7": monthly})
    rows = run("overdue", "--json").rows
    (listed,) = run("list", "--json").rows
    assert [row["what"] for row in rows] == ["report"]
    assert (listed["late"], listed["state"]) == (1, "late")


@pytest.mark.parametrize(
    "options",
    [(), ("--as-of", "2023-09-01"), ("--kind", "proposal"), ("--year", "2023"), ("--text", "桥")],
)
def test_the_first_rows_are_those_of_the_whole_list(
    workspace: Make, run: Run, options: tuple[str, ...]
) -> None:
    """They are judged by themselves: what stands beside them must count as it does among all."""
    workspace({**crowd.records(12), **SMALL})
    every = run("list", "--json", *options).rows
    assert len(every) > 2 or options
    for count in (1, 2, len(every), len(every) + 1):
        if count:
            assert run("list", "--json", "--limit", str(count), *options).rows == every[:count]
    by_late = run("list", "--json", "--sort", "-late", *options).rows
    assert run("list", "--json", "--sort", "-late", "--limit", "2", *options).rows == by_late[:2]


def test_rows_that_are_left_out_are_counted_and_not_judged(
    workspace: Make, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise = "measures:\n  - id: 1\n    text: 把这一件事办成\n"
    workspace({name: text + promise for name, text in many(30).items()})
    judged: list[str] = []
    judge = rows.judge

    def counted(line: Any, *more: Any) -> Any:
        judged.append(line.id)
        return judge(line, *more)

    monkeypatch.setattr(rows, "judge", counted)
    said = run("list", "--limit", "4").out
    assert "共 30 件" in said
    assert "还有 26 行：--limit all" in said
    assert judged == [f"2023-{n}.1" for n in range(1, 5)]
