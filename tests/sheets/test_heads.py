"""Where a table begins, what its columns mean, which of its rows are data."""

from pathlib import Path

import xlsxwriter

from npcreply.sheets import heads, workbook
from npcreply.sheets.model import Sheet
from tests.sheets.made import book

MERGED = "建议信息"


def sheet(path: Path, rows: list[list[object]]) -> Sheet:
    return workbook.read(book(path / "表.xlsx", {"表": rows})).sheets[0]


def fields(table: heads.Table | None) -> dict[str, str | None]:
    assert table
    return {head.name: head.field for head in table.heads}


def test_heads_stand_under_titles_and_count_only_whole(tmp_path: Path) -> None:
    rows = [
        ["某市代表建议承诺事项台账"],
        ["填报单位：市水利局"],
        ["序号", "建议编号", "承 诺\n事项", "责任单位联系人", "完成情况（截至9月底）"],
        [1, "0012", "清淤3公里", "某", "完成2公里"],
    ]
    table = heads.find(sheet(tmp_path, rows))
    assert fields(table) == {
        "序号": "ignored",
        "建议编号": "reply.number",
        "承 诺事项": "measure.text",
        "责任单位联系人": None,
        "完成情况（截至9月底）": "log.value",
    }
    assert table
    assert (table.top, table.bottom) == (3, 3)
    assert table.heads[-1].asides == ("截至9月底",)
    assert [cell.address for cell in table.titles] == ["A1", "A2"]


def test_a_head_of_two_rows_with_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        for column, words in enumerate(("编号", "建议标题")):
            page.merge_range(0, column, 1, column, words)
        page.merge_range("C1:D1", "承办单位")
        page.write_row("C2", ["主办", "会办"])
        page.write_row("A3", ["12", "关于修桥的建议", "市交通局", "市财政局"])
    table = heads.find(workbook.read(path).sheets[0])
    assert table
    assert (table.top, table.bottom) == (1, 2)
    assert [head.field for head in table.heads] == [
        "reply.number",
        "reply.title",
        "reply.lead",
        "reply.co",
    ]
    assert [row.number for row in table.rows()] == [3]


def test_rows_that_are_no_data_are_told_from_those_that_are(tmp_path: Path) -> None:
    rows = [
        ["编号", "承诺事项", "进展情况"],
        ["一、交通类"],
        ["12", "修桥", "在建"],
        ["编号", "承诺事项", "进展情况"],
        ["13", "铺路", "合计两段"],
        ["合 计", None, "2 项"],
        ["注：进展截至9月底。"],
        ["请各单位月底前报送"],
    ]
    table = heads.find(sheet(tmp_path, rows))
    assert table
    assert [(row.number, row.kind, row.group) for row in table.rows()] == [
        (2, "group", ""),
        (3, "data", "一、交通类"),
        (4, "head", "一、交通类"),
        (5, "data", "一、交通类"),
        (6, "total", "一、交通类"),
        (7, "note", "一、交通类"),
        (8, "stray", "一、交通类"),
    ]


def test_a_merged_cell_speaks_for_the_rows_that_it_covers(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        page.write_row("A1", ["编号", "承诺事项", "完成时限"])
        page.merge_range("A2:A3", "12")
        page.write_column("B2", ["修桥", "铺路", "种树"])
    table = heads.find(workbook.read(path).sheets[0])
    assert table
    rows = list(table.rows())
    assert [row.cells[1].address for row in rows[:2]] == ["A2", "A2"]
    assert 1 not in rows[2].cells


def test_a_cross_table_has_groups(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        page.merge_range("A1:A2", "地区")
        page.merge_range("B1:C1", "修桥（座）")
        page.merge_range("D1:E1", "铺路（公里）")
        page.write_row("B2", ["目标任务", "进度", "目标任务", "进度"])
        page.write_row("A3", ["东片", 3, 2, 10, 4])
    table = heads.find(workbook.read(path).sheets[0])
    assert table
    assert table.groups == ["修桥（座）", "铺路（公里）"]


def test_months_are_columns_of_their_own(tmp_path: Path) -> None:
    table = heads.find(sheet(tmp_path, [["编号", "工作任务", "4月", "5月份", "三季度", "累计"]]))
    assert [head.field for head in table.heads] == [  # type: ignore[union-attr]
        *("reply.number", "measure.text", "log.wide", "log.wide", "log.wide", "log.sum")
    ]


def test_what_was_learnt_counts_by_head_and_by_letter(tmp_path: Path) -> None:
    page = sheet(tmp_path, [["甲栏", "乙栏", "丙栏"], ["12", "修桥", "在建"]])
    assert heads.find(page) is None
    learnt = {"甲栏": "reply.number", "B": "measure.text"}
    assert fields(heads.find(page, learnt)) == {
        "甲栏": "reply.number",
        "乙栏": "measure.text",
        "丙栏": None,
    }


def test_tables_with_the_same_heads_have_the_same_shape(tmp_path: Path) -> None:
    one = heads.find(sheet(tmp_path, [["编号", "承诺事项"], ["1", "修桥"]]))
    other = heads.find(sheet(tmp_path, [["某市台账"], ["编 号", "承诺\n事项"], ["2", "铺路"]]))
    third = heads.find(sheet(tmp_path, [["编号", "承诺事项", "备注"], ["1", "修桥"]]))
    assert one
    assert other
    assert third
    assert one.shape == other.shape != third.shape


def test_a_sheet_of_prose_is_no_table(tmp_path: Path) -> None:
    assert (
        heads.find(sheet(tmp_path, [["填表说明"], ["一、按月填报。"], ["二、进度填累计数。"]]))
        is None
    )
