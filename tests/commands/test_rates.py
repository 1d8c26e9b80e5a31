from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.conftest import OFFICE, Make, Run

SCHEME = OFFICE + "  class_scheme: zhejiang\n  jurisdiction: zhejiang\n"
HEAD = "kind: suggestion\nyear: {year}\nnumber: '{number}'\nlead: {lead}\n"


def record(number: int, lead: str, *lines: str, year: int = 2023) -> str:
    return HEAD.format(year=year, number=number, lead=lead) + "\n".join(lines) + "\n"


RECORDS = {
    "2023/2023-1": record(
        1,
        "市水利局",
        "field: 水利",
        "assigned_on: 2023-03-28",
        "reply_date: 2023-06-20",
        "classes: [{letter: B, on: 2023-06-20}, {letter: A, on: 2023-11-01, evidence: 验收}]",
        "feedback:",
        "  - {round: 1, on: 2023-07-03, attitude: satisfied, result: dissatisfied}",
        "  - {round: 2, on: 2023-09-03, attitude: satisfied, result: basically_satisfied}",
        "rounds: [{round: 2, assigned_on: 2023-07-10, reply_date: 2023-08-04}]",
        "measures:",
        "  - {id: 1, text: 甲, deadline: {date: 2023-09-30}, closings: [{on: 2023-09-20, as: done}]}",
        "  - {id: 2, text: 乙, deadline: {date: 2023-09-30}, closings: [{on: 2023-10-20, as: done}]}",
        "  - {id: 3, text: 丙, department: [市水利局, 市教育局], deadline: {date: 2023-10-31}}",
        "  - {id: 4, text: 丁}",
    ),
    "2023/2023-2": record(
        2,
        "市教育局",
        "field: 教育",
        "assigned_on: 2023-03-28",
        "reply_date: 2023-07-20",
        "classes: [{letter: C, on: 2023-07-20}]",
        "feedback: [{round: 1, on: 2023-08-03, attitude: dissatisfied, result: dissatisfied}]",
        "measures:",
        "  - {id: 1, text: 戊, deadline: {date: 2024-06-30}}",
        "  - {id: 2, text: 己, closings: [{on: 2023-09-20, as: dropped, reason: 规划调整}]}",
        "  - {id: 3, text: 庚, closings: [{on: 2023-09-20, as: merged, into: 2023-1.1}]}",
        "  - {id: 4, text: 辛, closings: [{on: 2023-09-20, as: done}]}",
    ),
    "2023/2023-3": record(3, "市教育局", "reply_date: 2023-07-20"),
    "2023/2023-4": record(4, "市水利局", "assigned_on: 2023-03-28", "classes: [{letter: 特}]"),
    "2023/2023-5": record(5, "市财政局", "measures: [{id: 1, text: 壬}]"),
    "2024/2024-6": record(6, "市财政局", "assigned_on: 2024-01-02", year=2024),
}


@pytest.mark.parametrize("columns", [None, 60, 80, 100])
def test_screen(
    workspace: Make, run: Run, golden: Callable[[str, str], None], columns: int | None
) -> None:
    workspace(RECORDS, SCHEME)
    golden(f"rates-{columns or 'pipe'}", run("stats", "--rates", columns=columns).out)


@pytest.mark.parametrize("by", ["dept", "class", "field"])
def test_screen_by(workspace: Make, run: Run, golden: Callable[[str, str], None], by: str) -> None:
    workspace(RECORDS, SCHEME)
    golden(f"rates-{by}", run("stats", "--rates", "--by", by).out)


def test_one_rate_is_one_table(
    workspace: Make, run: Run, golden: Callable[[str, str], None]
) -> None:
    workspace(RECORDS, SCHEME)
    said = run("stats", "--rate", "对结果满意", "--by", "dept")
    golden("rates-one", said.out)
    assert run("stats", "--rate", "satisfied_result", "--by", "dept").out == said.out


def test_for_machines(workspace: Make, run: Run) -> None:
    workspace(RECORDS, SCHEME)
    rows = {row["rate"]: row for row in run("stats", "--rates", "--json").rows}
    assert rows["answered_in_time"] == {
        "group": None,
        "rate": "answered_in_time",
        "unit": "replies",
        "counted": 1,
        "of": 3,
        "percent": 33.33,
        "left_out": 3,
        "parts": [
            {"part": "in_time", "count": 1, "left_out": False},
            {"part": "late", "count": 1, "left_out": False},
            {"part": "overdue", "count": 1, "left_out": False},
            {"part": "no_start", "count": 1, "left_out": True},
            {"part": "not_due", "count": 1, "left_out": True},
            {"part": "undated", "count": 1, "left_out": True},
        ],
    }
    shares = {name: (row["counted"], row["of"]) for name, row in rows.items()}
    assert shares == {
        "answered_in_time": (1, 3),
        "satisfied_attitude": (1, 2),
        "satisfied_result": (1, 2),
        "solved": (1, 2),
        "kept_when_due": (1, 3),
        "kept_when_due_first": (1, 3),
        "kept_in_time": (1, 8),
        "kept_extended": (0, 8),
        "kept_late": (1, 8),
        "kept_undated": (1, 8),
        "late": (1, 8),
        "to_verify": (0, 8),
        "open": (1, 8),
        "undated": (2, 8),
        "dropped": (1, 8),
    }


@pytest.mark.parametrize("by", ["dept", "session", "class", "field", "term", "year", "kind"])
def test_groups_add_up_to_the_total(workspace: Make, run: Run, by: str) -> None:
    workspace(RECORDS, SCHEME)
    rows = run("stats", "--rates", "--by", by, "--json").rows
    total = {row["rate"]: row for row in rows if row["group"] is None}
    sums: Counter[str] = Counter()
    for row in rows:
        if row["group"] is not None:
            sums[row["rate"]] += row["of"] + row["left_out"]
    more = {
        rate: number - total[rate]["of"] - total[rate]["left_out"] for rate, number in sums.items()
    }
    out = run("stats", "--rates", "--by", by).out
    if by == "dept":
        assert set(more.values()) == {0, 1}
        assert "各组相加比合计多 1 项。" in out
    else:
        assert set(more.values()) == {0}
        assert "各组相加等于合计。" in out


def test_by_the_day(workspace: Make, run: Run) -> None:
    workspace(RECORDS, SCHEME)
    rows = {
        row["rate"]: row for row in run("stats", "--rates", "--json", "--as-of", "2023-07-05").rows
    }
    assert rows["satisfied_result"]["counted"] == 0
    assert rows["satisfied_result"]["of"] == 1
    assert rows["solved"]["counted"] == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--rates", "--status", "逾期"), "会把分母筛掉"),
        (("--rates", "--by", "month"), "--by 没有“month”这个取值"),
        (("--rate", "happy"), "--rate 没有“happy”这个取值"),
    ],
)
def test_wrong_use(workspace: Make, run: Run, options: tuple[str, ...], words: str) -> None:
    workspace(RECORDS, SCHEME)
    said = run("stats", *options)
    assert (said.code, said.out) == (2, "")
    assert words in said.err


def test_nothing_there(workspace: Make, run: Run) -> None:
    workspace(RECORDS, SCHEME)
    assert run("stats", "--rates", "--year", "1999").out == "没有符合条件的记录。\n"
