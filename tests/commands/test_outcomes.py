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
        "days_of": None,
    }
    late = found["2022", "not_kept"]
    assert (late["counted"], late["days_median"], late["days_most"]) == (2, 370, 554)
    assert late["days_of"] == 2
    assert found["2023", "open"]["percent"] is None
    assert {row["of"] for row in rows if row["group"] is None} == {6}


@pytest.mark.parametrize("columns", [100, 60])
@pytest.mark.usefixtures("made")
def test_counts_by_year_have_the_outcomes_under_them(
    run: Run, golden: Callable[[str, str], None], columns: int
) -> None:
    said = run("stats", "--by", "year", *DAY, columns=columns).out
    golden(f"stats-year-outcomes-{columns}", said)
    counts, _empty, outcomes = said.partition("\n\n")
    alone = run("stats", "--outcomes", *DAY, columns=columns).out
    assert outcomes.startswith(alone)
    assert "结果" not in counts


@pytest.mark.usefixtures("made")
def test_the_outcomes_of_a_year_are_the_same_rows_for_machines(run: Run) -> None:
    alone = run("stats", "--outcomes", "--json", *DAY).rows
    *years, total = run("stats", "--by", "year", "--json", *DAY).rows
    for name, row in [*((row["group"], row) for row in years), (None, total)]:
        mine = [one for one in alone if one["group"] == name]
        assert [{"group": name, **one} for one in row["outcomes"]] == mine
    cells = run("stats", "--by", "year", "--csv", "--fields", "group,outcomes", *DAY).out
    assert cells.splitlines()[2] == "2023,open 1 1"


@pytest.mark.usefixtures("made")
def test_columns_asked_for_stand_alone_and_totals_are_not_sorted(run: Run) -> None:
    said = run("stats", "--by", "year", "--fields", "group,promises", "--sort", "promises", *DAY)
    rows = [line.split() for line in said.out.splitlines()[2:5]]
    assert rows == [["2023", "1"], ["2022", "5"], ["合计", "6"]]
    assert "承诺的结果" not in said.out


@pytest.mark.parametrize("table", [["--outcomes"], ["--rates", "--by", "year"]])
@pytest.mark.usefixtures("made")
def test_rows_in_another_order_name_their_year(run: Run, table: list[str]) -> None:
    said = run("stats", *table, "--sort", "-percent", *DAY).out.splitlines()
    assert not [line for line in said if line.startswith("■")]
    years = [line.split()[0] for line in said if line.startswith(("2022", "2023", "合计"))]
    count = len(run("stats", *table, "--json", *DAY).rows)
    assert len(years) == count
    of_all = years.count("合计")
    assert years[-of_all:] == ["合计"] * of_all
    short = run("stats", *table, "--limit", "1", *DAY).out
    assert "■ 合计" in short


ODD = {
    "2022/2022-1": reply(
        *(2022, 1, "市水利局"),
        f"text: 按月通报, cadence: [month], deadline: {{date: 2022-12-31}}, {CLOSED}",
        "text: 建闸2座, deadline: {date: 2022-12-31}, targets: [{id: 1, indicator: 水闸, "
        'comparator: ">=", value: 2, unit: 座}], '
        "log: [{on: 2022-10-01, target: 1, value: 2, unit: 座}]",
    ),
    "2023/2023-1": reply(2023, 1, "市教育局", "text: 建校, deadline: {date: 2024-12-31}"),
}


def test_what_has_no_days_late_and_what_waits_is_said(workspace: Make, run: Run) -> None:
    workspace(ODD)
    said = run("stats", "--outcomes", *DAY).out
    assert "2022  2 项  到期 1 项，按原时限兑现 0/1\n" in said
    assert "1/2  过了原时限才兑现\n      1/2  数已达到，待销号\n" in said
    assert "2023  1 项  没有到期的\n" in said
    assert "缺了周期报告的" in said
    rates = {row["rate"]: row for row in run("stats", "--rates", "--json", *DAY).rows}
    assert (rates["to_verify"]["counted"], rates["open"]["counted"]) == (1, 1)


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
