from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Make, Run

OLD = """\
kind: suggestion
year: 2023
number: "8"
term: 某市第七届
title: 关于加快整治城东河道的建议
lead: 市水利局
reply_date: 2023-06-01
carried_from: 2022-45
measures:
  - {id: 1, text: 整治河道剩余3公里, deadline: {date: 2023-12-31}}
  - {id: 2, text: 河岸绿化}
  - {id: 3, text: 公布河长名单, deadline: {date: 2023-09-30}, closings: [{on: 2023-09-01, as: done}]}
  - {id: 4, text: 清淤两段, deadline: {date: 2023-11-30}, closings: [{on: 2024-01-03, as: done}]}
  - {id: 5, text: 新建泵站, department: [市水利局, 市财政局], deadline: {date: 2024-06-30}}
"""
LATE = """\
kind: proposal
year: 2023
number: "12"
title: 关于增加公办学位的提案
lead: 市教育局
reply_date: 2024-01-04
measures:
  - {id: 1, text: 新增公办学位800个, deadline: {date: 2024-08-31}}
"""
GOES_ON = """\
kind: suggestion
year: 2023
number: "20"
term: 某市第七届
title: 关于设立社区食堂的建议
lead: 市教育局
reply_date: 2023-06-10
classes: [{letter: B, scheme: zhejiang, on: 2023-06-10}]
"""
NEW = """\
kind: suggestion
year: 2024
number: "3"
term: 某市第七届
title: 关于城东河道的建议
lead: 市水利局
measures:
  - {id: 1, text: 整治河道剩余3公里, carried_from: 2023-8.1}
"""
RECORDS = {
    "2022/2022-45": "kind: suggestion\nyear: 2022\nnumber: '45'\n",
    "2023/2023-8": OLD,
    "2023/2023-20": GOES_ON,
    "2023/2023-提12": LATE,
    "2024/2024-3": NEW,
}


@pytest.mark.parametrize("columns", [None, 60, 80, 100])
def test_last_year(
    workspace: Make, run: Run, golden: Callable[[str, str], None], columns: int | None
) -> None:
    workspace(RECORDS)
    golden(f"carry-{columns or 'pipe'}", run("carry", columns=columns).out)


def test_a_term(workspace: Make, run: Run, golden: Callable[[str, str], None]) -> None:
    workspace(RECORDS)
    golden("carry-term", run("carry", "--term", "第七届").out)
    said = run("carry", "--term", "第六届")
    assert said.out == "没有要续办的（第六届）。另有 2 件没有写届别（term），没有算进来。\n"


def test_for_machines(workspace: Make, run: Run) -> None:
    workspace(RECORDS)
    found = {row["id"]: row for row in run("carry", "--json").rows}
    assert found["2023-8.1"] == {
        "id": "2023-8.1",
        "reply": "2023-8",
        "what": "promise",
        "year": 2023,
        "term": "某市第七届",
        "title": "关于加快整治城东河道的建议",
        "lead": "市水利局",
        "department": "市水利局",
        "text": "整治河道剩余3公里",
        "deadline": "2023-12-31",
        "days_late": 1,
        "status": "overdue",
        "status_now": "overdue",
        "onward": "carried",
        "carried_to": ["2024-3.1"],
        "chain": ["2022-45"],
        "promised_before": None,
        "promised_after": None,
    }
    assert {name: row["onward"] for name, row in found.items()} == {
        "2023-8.1": "carried",
        "2023-8.2": "pending",
        "2023-8.4": "closed",
        "2023-8.5": "pending",
        "2023-20": "pending",
        "2023-提12.1": "pending",
    }
    assert found["2023-20"]["status"] == "going_on"
    fields = run("carry", "--json", "--fields", "id,carried_to", "--dept", "水利").rows
    assert fields[-1].keys() == {"id", "carried_to"}
    assert {row["id"] for row in fields} == {f"2023-8.{n}" for n in (1, 2, 4, 5)}


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (("--year", "2022"), set()),
        (("--year", "2024"), {"2024-3.1"}),
        (("--status", "未定时限"), {"2023-8.2"}),
        (
            ("--as-of", "2023-08-01", "--year", "2023"),
            {f"2023-8.{n}" for n in range(1, 6)} | {"2023-20"},
        ),
        (("--as-of", "2025-02-01"), {"2024-3.1"}),
        (("--text", "食堂"), {"2023-20"}),
        (("--kind", "政协提案"), {"2023-提12.1"}),
    ],
)
def test_selected(workspace: Make, run: Run, options: tuple[str, ...], ids: set[str]) -> None:
    workspace(RECORDS)
    assert {row["id"] for row in run("carry", "--json", *options).rows} == ids


def test_its_advice_can_be_followed(workspace: Make, run: Run) -> None:
    workspace(RECORDS)
    assert run("set", "2024-3.1", "carried_from=2023-8.2").code == 0
    rows = {row["id"]: row for row in run("carry", "--json").rows}
    assert rows["2023-8.2"]["carried_to"] == ["2024-3.1"]
    assert rows["2023-8.1"]["onward"] == "pending"


def test_nothing_to_carry(workspace: Make, run: Run) -> None:
    workspace(RECORDS)
    assert run("carry", "--year", "2022").out == "没有要续办的（2022 年底）。\n"
    workspace({})
    assert run("carry", "--json", "--year", "2021").rows == []


def test_the_counts_add_up(workspace: Make, run: Run) -> None:
    workspace(RECORDS)
    counts = run("carry").out.splitlines()[1]
    assert counts == "应续办 6 项：已转入 1、已了结 1、没有着落 4"


@pytest.mark.parametrize("year", ["-5", "0", "99999"])
def test_a_year_out_of_the_calendar(workspace: Make, run: Run, year: str) -> None:
    workspace({})
    assert run("carry", f"--year={year}").code == 0
