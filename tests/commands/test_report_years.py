"""The years on the meeting's page: bars and table are what `stats` counts."""

from __future__ import annotations

import pytest

from tests.commands.test_outcomes import DAY, ODD, RECORDS, reply
from tests.conftest import Make, Run
from tests.markup import Element, tree

MERGED = "text: 并入的, closings: [{on: 2021-09-01, as: merged, into: 2022-1.1}]"
ALL = {
    **RECORDS,
    "2020/2020-1": reply(
        *(2020, 1, "市水利局"),
        "text: 修坝, deadline: {date: 2020-12-31}, "
        "extensions: [{on: 2020-12-01, to: 2024-12-31, reason: 汛期}]",
        "text: 补课, closings: [{on: 2021-01-05, as: done}]",
        "text: 停办, closings: [{on: 2021-01-05, as: dropped, reason: 规划调整}]",
        "text: 建闸2座, deadline: {date: 2020-12-31}, targets: [{id: 1, indicator: 水闸, "
        'comparator: ">=", value: 2, unit: 座}], '
        "log: [{on: 2020-10-01, target: 1, value: 2, unit: 座}]",
    ),
    "2021/2021-1": reply(2021, 1, "市教育局", MERGED),
}


def page(run: Run, *options: str) -> Element:
    return tree(run("report", *options, *DAY).out)


def bars(found: Element) -> list[str]:
    marks = found.one("div", id="chart-years").all(class_="mark")
    return [str(mark.one("title").children[0]) for mark in marks]


def table(found: Element) -> list[dict[str, str]]:
    cells = found.one("section", id="years").one("table")
    heads = [head.text for head in cells.one("thead").all("th")]
    rows = [row.all("th") + row.all("td") for row in cells.one("tbody").all("tr")]
    return [dict(zip(heads, [cell.text for cell in row], strict=True)) for row in rows]


@pytest.mark.parametrize("options", [(), ("--dept", "市水利局"), ("--field", "水利")])
def test_bars_and_table_are_the_outcomes_of_stats(
    workspace: Make, run: Run, options: tuple[str, ...]
) -> None:
    workspace(ALL)
    found = page(run, *options)
    rows = run("stats", "--outcomes", "--json", *options, *DAY).rows
    words = {
        line.split("  ")[1].strip()
        for line in run("stats", "--outcomes", *options, *DAY).out.splitlines()
        if "/" in line and "■" not in line
    }
    told = [(row["group"], row["counted"], row["of"]) for row in rows if row["group"]]
    drawn = [one.split() for one in bars(found)]
    assert {label for _year, label, _share in drawn} <= words
    shares = [(year, *map(int, share.partition("（")[0].split("/"))) for year, _l, share in drawn]
    assert shares == told
    numbers = [text.text for text in found.one("div", id="chart-years").all("text", class_="n")]
    assert numbers == [str(count) for _year, count, _of in told]
    for row in table(found):
        year = None if row["年份"] == "合计" else row["年份"]
        mine = [one for one in rows if one["group"] == year]
        assert {one["of"] for one in mine} == {int(row["承诺数"])}
        cells = [cell.split("/")[0] for cell in list(row.values())[3:]]
        assert sum(map(int, cells)) == int(row["承诺数"])


def test_what_is_not_due_not_counted_and_not_there_is_said(workspace: Make, run: Run) -> None:
    workspace(ALL)
    found = page(run)
    said = [text.text for text in found.one("div", id="chart-years").all("text", class_="said")]
    assert said == [
        "到期 1 项，按原时限兑现 0/1",
        "到期 4 项，按原时限兑现 1/4",
        "没有到期的",
    ]
    first, *_rest, total = table(found)
    assert first["延期中"] == "1/4"
    assert first["数已达到，待销号"] == "1/4"
    assert total["到期的按原时限兑现"] == "1/5（20%）"
    assert total["逾期没有兑现"] == "2/10（20%） 中位 370 天，最长 554 天"
    notes = [note.text for note in found.one("section", id="years").all("p")]
    assert notes[0] == "这些年没有计入的承诺：2021。"
    assert len(bars(found)) == len(set(bars(found)))


def test_looks_differ_by_more_than_their_colour(workspace: Make, run: Run) -> None:
    workspace(ALL)
    found = page(run)
    chart = found.one("div", id="chart-years")
    looks = {
        str(m.one("title").children[0]).split()[1]: m.attributes["class"].split()[1]
        for m in chart.all(class_="mark")
    }
    assert len(set(looks.values())) == len(looks) == 9
    style = found.one("style").text
    plain = {"late", "open", "undated"}  # dark, light, a dashed edge
    for look in set(looks.values()) - plain:
        assert f".{look} {{ fill: url(#f-{look}); }}" in style
        assert len(found.all("pattern", id=f"f-{look}")) == 1


def test_it_has_a_name_and_a_table_for_those_who_do_not_see_it(workspace: Make, run: Run) -> None:
    workspace(ALL)
    section = page(run).one("section", id="years")
    drawn = section.one("svg", role="img")
    title, words = drawn.attributes["aria-labelledby"].split()
    assert drawn.one("title", id=title).children == ["历年承诺的结果（按原时限）"]
    assert "2022 5 项，按原时限兑现 1/5（20%）、" in drawn.one("desc", id=words).text
    assert section.one("caption").text
    assert {head.attributes["scope"] for head in section.all("th")} == {"col", "row"}


def test_one_year_alone_has_no_years(workspace: Make, run: Run) -> None:
    workspace(ALL)
    assert not page(run, "--year", "2022").all("section", id="years")
    assert page(run, "--year", "2022", "--year", "2023").all("section", id="years")


def test_only_the_last_ten_years_are_drawn_and_all_are_in_the_table(
    workspace: Make, run: Run
) -> None:
    workspace({f"{y}/{y}-1": reply(y, 1, "市水利局", "text: 修渠") for y in range(2008, 2024)})
    found = page(run)
    assert [one.split()[0] for one in bars(found)] == [str(y) for y in range(2014, 2024)]
    assert len(table(found)) == 17
    assert "图里是最近 10 年，更早的在表里。" in found.one("section", id="years").text


def test_a_body_s_page_has_its_own_years(workspace: Make, run: Run) -> None:
    place = workspace({**ODD, "2023/2023-1": reply(2023, 1, "市水利局", "text: 建校")})
    assert run("report", "--by", "dept", "-o", "页", *DAY).code == 0
    text = (place.root / "页" / "市水利局.html").read_text("utf-8")
    assert [row["年份"] for row in table(tree(text))] == ["2022", "2023", "合计"]
