from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.conftest import Make, Run

DAY = ("--as-of", "2024-01-05")
CLOSED = "closings: [{on: 2022-12-20, as: done}]"


def reply(year: int, number: int, lead: str, *promises: str) -> str:
    head = f'kind: suggestion\nyear: {year}\nnumber: "{number}"\ntitle: 关于水的建议\nfield: 水利\n'
    head += f"lead: {lead}\nreply_date: {year}-03-01\nmeasures:\n"
    return head + "".join(f"  - {{id: {n}, {words}}}\n" for n, words in enumerate(promises, 1))


RECORDS = {
    "2022/2022-1": reply(
        *(2022, 1, "市水利局"),
        f"text: 修渠, deadline: {{date: 2022-12-31}}, {CLOSED}",
        "text: 建闸, deadline: {date: 2022-12-31}",
        "text: 清淤, department: [市水利局, 市住建局], deadline: {date: 2022-06-30}",
        "text: 植树",
        f"text: 立碑, deadline: {{date: 2022-11-30}}, {CLOSED}",
    ),
    "2023/2023-1": reply(2023, 1, "市教育局", "text: 建校, deadline: {date: 2024-12-31}"),
}


@pytest.fixture
def made(workspace: Make) -> None:
    workspace(RECORDS)


@pytest.mark.parametrize("columns", [100, 60])
@pytest.mark.usefixtures("made")
def test_the_screen(run: Run, golden: Callable[[str, str], None], columns: int) -> None:
    golden(f"outcomes-{columns}", run("stats", "--outcomes", *DAY, columns=columns).out)


@pytest.mark.usefixtures("made")
def test_every_figure_has_its_denominator_and_few_have_no_share(run: Run) -> None:
    rows = json.loads(run("stats", "--outcomes", "--json", *DAY).out)
    found = {(row["group"], row["outcome"]): row for row in rows}
    assert found["2022", "in_time"] == {
        "group": "2022",
        "outcome": "in_time",
        "counted": 1,
        "of": 5,
        "percent": 20.0,
        "days_median": None,
        "days_most": None,
    }
    late = found["2022", "not_kept"]
    assert (late["counted"], late["days_median"], late["days_most"]) == (2, 370, 554)
    assert found["2023", "open"]["percent"] is None
    assert {row["of"] for row in rows if row["group"] is None} == {6}


@pytest.mark.usefixtures("made")
def test_a_joint_promise_counts_under_each_body_and_once_in_all(run: Run) -> None:
    said = run("stats", "--outcomes", "--by", "dept", *DAY).out
    assert "各组相加比合计多 1 项" in said
    assert "年份是会议年份" in said
    rows = json.loads(run("stats", "--outcomes", "--by", "dept", "--json", *DAY).out)
    assert sum(row["counted"] for row in rows if row["group"]) == 7
    assert sum(row["counted"] for row in rows if not row["group"]) == 6


@pytest.mark.usefixtures("made")
def test_sorted_filtered_and_refused(run: Run) -> None:
    assert run("stats", "--outcomes", "--sort", "-counted", *DAY).code == 0
    assert "没有符合条件的承诺" in run("stats", "--outcomes", "--year", "1999").out
    assert run("stats", "--outcomes", "--rates").code == 2
    assert run("stats", "--outcomes", "--by", "month").code == 2
    assert run("stats", "--outcomes", "--field", "没有").code == 2
    assert "stats --outcomes" in run("stats", "--by", "year", *DAY).out
