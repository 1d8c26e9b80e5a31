from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Place, Run

NO_STATUS = (
    *("group", "replies", "promises", "outcomes"),
    *("publication_days", "publication_working_days"),
)


@pytest.mark.parametrize(
    "by", ["dept", "session", "class", "field", "term", "year", "kind", "month"]
)
def test_screen(shipped: Place, run: Run, golden: Callable[[str, str], None], by: str) -> None:
    golden(f"stats-{by}", run("stats", "--by", by).out)


@pytest.mark.parametrize(
    "by", ["dept", "session", "class", "field", "term", "year", "kind", "month"]
)
def test_every_row_and_column_adds_up(shipped: Place, run: Run, by: str) -> None:
    *groups, total = run("stats", "--by", by, "--json").rows
    statuses = [name for name in total if name not in NO_STATUS]
    assert total["group"] == "合计"
    for name in ("promises", *statuses):
        assert total[name] == sum(row[name] for row in groups)
    for row in (*groups, total):
        assert row["promises"] == sum(row[name] for name in statuses)
    shown = run("stats", "--by", by).out.partition("一件答复")[0].splitlines()
    screen = [line.split()[-1] for line in shown[2:]]
    assert [str(row["group"]).split()[-1] for row in (*groups, total)] == screen


def test_departments_in_the_office_s_own_order(office: Place, run: Run) -> None:
    rows = run("stats", "--json").rows
    assert [row["group"] for row in rows] == ["市水利局", "市教育局", "合计"]


def test_filtered(office: Place, run: Run) -> None:
    rows = run("stats", "--dept", "教育", "--json").rows
    assert rows[-1] == {
        "replies": 2,
        "promises": 2,
        "to_verify": 1,
        "undated": 1,
        "group": "合计",
    }
    assert run("stats", "--dept", "财政").out == "没有符合条件的承诺。\n"


def test_wrong_use(office: Place, run: Run) -> None:
    said = run("stats", "--by", "x")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "错误：--by 没有“x”这个取值\n  可以写：dept（责任单位）、session（届次）、class（办理类别）、field（领域）、term（届别）、year（年份）、kind（类别）、month（时限）。\n"
    )


def test_how_long_publication_took_in_both_kinds_of_days(shipped: Place, run: Run) -> None:
    *_groups, total = run("stats", "--json").rows
    assert (total["publication_days"], total["publication_working_days"]) == (158, 110)
    [before, *_rest] = run("stats", "--json", "--as-of", "2023-12-01").rows
    assert "publication_days" not in before or before["publication_days"] is None
    rows = run("export", "--rows", "reply", "--preset", "full", "--format", "json").rows
    days = {row["id"]: (row["publication_days"], row["publication_working_days"]) for row in rows}
    assert days["2023-温46"] == (158, 110)
