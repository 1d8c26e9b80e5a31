"""Return sheets filled in as careless people do, and read back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import Make, Place, Run

OFFICE = """\
$ref: npcreply:record:1
x-workspace:
  id: office
  departments:
    - {name: 市水利局, aliases: [水利]}
    - {name: 市财政局}
"""
RIVER = """\
kind: suggestion
year: 2023
number: "107"
title: 关于整治城区河道的建议
lead: 市水利局
reply_date: 2023-05-20
measures:
  - id: 1
    text: 整治河道12公里
    deadline: {date: 2024-12-31}
    targets:
      - {id: 1, indicator: 整治河道, comparator: ">=", value: 12, unit: 公里}
      - {id: 2, indicator: 完成投资, comparator: ">=", value: 3.2, unit: 亿元}
    log:
      - {on: 2023-11-30, target: 1, value: 5.5, unit: 公里, entered: 2023-12-02}
  - id: 2
    text: 建立河道巡查制度
    deadline: {date: 2024-06-30}
  - id: 3
    text: 会同财政部门安排保洁补贴600万元
    department: [水利, 市财政局]
    deadline: {date: 2024-03-31}
    targets:
      - {id: 1, indicator: 安排补贴, comparator: ">=", value: 600, unit: 万元}
"""
WATER, MONEY = "R2024-01-水利-01", "R2024-01-财政-02"
DAY = {"NPCREPLY_TODAY": "2024-01-18T09:00"}


@pytest.fixture
def asked(workspace: Make, run: Run) -> Place:
    place = workspace({"2023/2023-107": RIVER}, OFFICE)
    assert run("collect", "-o", "../回报", "--due", "1月15日").code == 0
    return place


Fill = Callable[..., Path]


@pytest.fixture
def fill(asked: Place) -> Fill:
    """Fill in cells of a department's sheet and save it under another name."""

    def filled(part: str, name: str = "回来的.xlsx", also: object = None, **cells: object) -> Path:
        source = next(p for p in (asked.root.parent / "回报").glob("*.xlsx") if part in p.name)
        book = load_workbook(source)
        for place, value in cells.items():
            book["回报表"][place] = value
        if callable(also):
            also(book)
        path = asked.root.parent / name
        book.save(path)
        return path

    return filled


def _import(run: Run, *paths: Path, answers: tuple[str, ...] | None = None) -> str:
    words = () if answers is not None else ("--yes",)
    said = run("import", *map(str, paths), *words, env=DAY, answers=answers)
    return said.out + said.err


def test_what_is_reported_becomes_progress_with_its_day_and_source(
    asked: Place, run: Run, fill: Fill
) -> None:
    path = fill(
        "水利",
        G3="2024-1-10",
        J3="某填报人",
        K5="8.5",
        N5="推进中",
        O5="上段完工",
        O7="已试行",
        N7="推进中",
    )
    said = _import(run, path)
    assert f"■ 市水利局  {WATER}  回来的.xlsx  报 2 项  没有填 2 行" in said
    text = asked.text("2023/2023-107")
    assert "{on: 2024-01-10, target: 1, value: 8.5, unit: 公里, note: 推进中；上段完工" in text
    assert f'source: "回报表 {WATER}", by: 办公室, entered: 2024-01-18' in text
    assert "{on: 2024-01-10, note: 推进中；已试行" in text
    back = (asked.root / "collected/R2024-01.yaml").read_text("utf-8")
    assert "sender: 某填报人, file: 回来的.xlsx" in back or 'file: "回来的.xlsx"' in back
    status = {row["department"]: row for row in run("collect", "--status", "--json", env=DAY).rows}
    assert (status["市水利局"]["returned_on"], status["市水利局"]["days_late"]) == ("2024-01-18", 3)
    assert run("check", env=DAY).code == 0
    run("undo", env=DAY)
    assert asked.text("2023/2023-107") == RIVER
    assert "returned" not in (asked.root / "collected/R2024-01.yaml").read_text("utf-8")


def test_the_same_sheet_twice_is_entered_once(asked: Place, run: Run, fill: Fill) -> None:
    path = fill(
        "水利",
        K5="8.5",
        M5="2024-1-10",
        O7="没有日期的一条",
        N8="申请延期",
        P8="2024-12-31",
        Q8="预算未下",
    )
    _import(run, path)
    text, other = asked.text("2023/2023-107"), path.with_name("改名.xlsx")
    shutil.copy(path, other)
    said = run("import", str(other), "--yes", env={"NPCREPLY_TODAY": "2024-01-25T09:00"})
    assert "已经记过 4 项" in said.out
    assert "这一份 2024-01-18 收过" in said.out
    assert "没有要写的。" in said.out
    assert asked.text("2023/2023-107") == text


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"K5": "12.6/20公里", "M5": "2024-1-10"}, "K5“12.6/20公里”读不出一个数"),
        ({"K5": "8台，另有3台", "M5": "2024-1-10"}, "K5“8台，另有3台”读不出一个数"),
        ({"K6": "26000万元", "M6": "2024-1-10"}, "K6“26000万元”的单位是 万元，L6 写的是 亿元"),
        ({"K5": "8.5", "L5": "台", "M5": "2024-1-10"}, "L5 单位“台”和目标的“公里”对不上"),
        ({"K5": "8.5"}, "M5 数据截至没有填，第 3 行也没有"),
        ({"K5": "8.5", "M5": "10月"}, "M5“10月”是哪一天，2023-10-31 吗"),
        ({"K5": "8.5", "M5": "2024-12-31"}, "M5“2024-12-31”晚于今天 2024-01-18"),
        ({"K5": "8.5", "M5": "2023-9-30"}, "早于上次的 2023-11-30"),
        ({"K5": "8.5", "M5": "近期"}, "M5  “近期”没有说到哪一天"),
        ({"K5": "5", "M5": "2024-1-10"}, "K5 5 比上次 5.5（2023-11-30）小"),
        ({"K5": "8500", "M5": "2024-1-10"}, "K5 8500，上次 5.5（2023-11-30）：差十倍以上"),
        ({"K5": "8.5", "M5": "2024-1-10", "N5": "基本完成"}, "N5“基本完成”不在六种状态里"),
        ({"N7": "申请延期", "Q7": "人手不够"}, "P7 没有写延到哪天"),
        ({"N7": "申请延期", "P7": "2024-12-31"}, "Q7 没有写原因"),
        ({"N7": "申请延期", "P7": "2024-6-1", "Q7": "人手"}, "不晚于现在的时限 2024-06-30"),
        ({"N7": "建议终止"}, "Q7 没有写原因"),
        ({"O7": "长" * 1001}, "O7 说明超过 1000 字"),
    ],
)
def test_what_cannot_be_sure_is_asked_by_its_cell_and_not_written(
    asked: Place, run: Run, fill: Fill, cells: dict[str, str], told: str
) -> None:
    said = _import(run, fill("水利", **cells))
    assert told in said
    assert "要问（没有写）" in said
    assert asked.text("2023/2023-107") == RIVER


def test_on_a_terminal_the_answer_takes_the_place_of_the_cell(
    asked: Place, run: Run, fill: Fill
) -> None:
    path = fill("水利", K5="12.6/20公里", M5="10月", K6="0.5", M6="2024-1-10")
    answers = ("8.6", "2024-1-10", "")
    said = _import(run, path, answers=answers)
    assert "写入进展 2 条、报回 1 张？" in said
    text = asked.text("2023/2023-107")
    assert "{on: 2024-01-10, target: 1, value: 8.6, unit: 公里" in text
    assert "target: 2, value: 0.5, unit: 亿元" in text


def test_a_number_that_shrinks_is_written_once_somebody_says_so(
    asked: Place, run: Run, fill: Fill
) -> None:
    path = fill("水利", K5="5", M5="2024-1-10")
    _import(run, path, answers=("y", ""))
    assert "value: 5, unit: 公里, source" in asked.text("2023/2023-107")


def test_units_as_typed(asked: Place, run: Run, fill: Fill) -> None:
    path = fill("水利", G3="2024/1/10", K5="约６公里", K6="2600", L6="万元", K8="0.05")
    said = _import(run, path)
    assert "要问" not in said
    text = asked.text("2023/2023-107")
    assert "value: 6, unit: 公里, approx: true" in text
    assert "target: 2, value: 2600, unit: 万元" in text


def test_requests_wait_for_the_office(asked: Place, run: Run, fill: Fill) -> None:
    path = fill(
        "水利",
        K5="8.5",
        M5="2024-1-10",
        N5="已完成",
        N7="建议终止",
        Q7="另有制度",
        N8="申请延期",
        P8="年底",
        Q8="预算未下",
    )
    said = _import(run, path)
    assert "N5 报已完成：目标 ≥12公里，报 8.5；没有佐证材料" in said
    rows = run("pending", "--json", env=DAY).rows
    found = {(row["id"], row["asks"], row["to"], row["department"]) for row in rows}
    assert found == {
        ("2023-107.1", "done", None, "市水利局"),
        ("2023-107.2", "drop", None, "市水利局"),
        ("2023-107.3", "extension", "2024-12-31", "市水利局"),
    }
    assert run("show", "107.3", env=DAY).out.count("时限 2024-03-31")
    assert run("pending", "accept", "107.3", env=DAY).code == 0


def test_grey_cells_are_checked_and_never_taken(asked: Place, run: Run, fill: Fill) -> None:
    said = _import(run, fill("水利", E5="整治河道15公里", H5="≥15公里", K5="8.5", M5="2024-1-10"))
    assert "不取 E5 改了：整治河道12公里 → 整治河道15公里" in said
    assert "不取 H5 改了：≥12公里 → ≥15公里" in said
    text = asked.text("2023/2023-107")
    assert "15公里" not in text
    assert "value: 8.5" in text


def test_lines_added_copied_missing_sorted(asked: Place, run: Run, fill: Fill) -> None:
    def careless(book: Workbook) -> None:
        sheet = book["回报表"]
        lines = [[cell.value for cell in sheet[row]] for row in range(5, 9)]
        for row in range(5, 9):
            for cell in sheet[row]:
                cell.value = None
        new = [None] * 18
        new[4], new[10] = "自己加的一项", "3"
        other = [*lines[1][:10], "0.9", *lines[1][11:]]
        for row, line in enumerate([lines[2], lines[1], lines[1], other, lines[0], new], 5):
            for column, value in enumerate(line, 1):
                sheet.cell(row, column).value = value

    path = fill("水利", also=careless, G3="2024-1-10", K5="8.5", K6="0.8", O7="试行")
    said = _import(run, path)
    assert "第 10 行 没有行标识：“自己加的一项”；清单以外的事写到“其他进展”" in said
    assert "第 8 行 和第 6 行是同一项，填的不一样" in said
    assert "缺行 2023-107.3/1“会同财政部门安排保洁补贴600万元”，按没有回报算" in said
    text = asked.text("2023/2023-107")
    assert text.count("value: 0.8") == 1
    assert "value: 8.5" in text
    assert "value: 3," not in text


def test_columns_sheets_and_keys_gone(asked: Place, run: Run, fill: Fill) -> None:
    def careless(book: Workbook) -> None:
        del book["_npcreply"]
        sheet = book["回报表"]
        sheet.title = "Sheet1"
        sheet.delete_cols(9, 2)
        sheet["Q4"] = "科室"
        for row in range(4, 9):
            sheet.cell(row, 1).value = None
        book.custom_doc_props.props.clear()

    path = fill("水利", also=careless, G3="2024-1-10", K5="8.5", O7="试行")
    said = _import(run, path)
    assert "Q4 多出一列“科室”，没有取" in said
    assert "没有行标识，按建议号、承诺事项、指标对上 2023-107.1/1" in said
    assert "表名改成了“Sheet1”，照取" in said
    assert "value: 8.5" in asked.text("2023/2023-107")


def test_two_versions_of_one_sheet(asked: Place, run: Run, fill: Fill) -> None:
    one = fill("水利", "甲.xlsx", G3="2024-1-10", K5="8.8", K6="0.6")
    two = fill("水利", "乙.xlsx", G3="2024-1-10", K5="9.0", K6="0.6")
    said = _import(run, one, two)
    assert "K5 两份不一样：" in said
    text = asked.text("2023/2023-107")
    assert ("value: 8.8" in text, "value: 9" in text, "value: 0.6" in text) == (False, False, True)


def test_two_departments_of_one_promise(asked: Place, run: Run, fill: Fill) -> None:
    water = fill("水利", "水.xlsx", G3="2024-1-10", K8="300")
    money = fill("财政", "财.xlsx", G3="2024-1-10", K5="300")
    _import(run, water, money)
    assert asked.text("2023/2023-107").count("value: 300") == 1
    other = fill("财政", "财2.xlsx", G3="2024-1-10", K5="320")
    said = _import(run, other)
    assert f"K5“320”和已有的 300万元（回报表 {WATER}）不一样" in said
    assert "320" not in asked.text("2023/2023-107")


def test_a_line_pasted_from_another_department_is_refused(
    asked: Place, run: Run, fill: Fill
) -> None:
    water = next(p for p in (asked.root.parent / "回报").glob("*.xlsx") if "水利" in p.name)
    line = [cell.value for cell in load_workbook(water)["回报表"][5]]

    def careless(book: Workbook) -> None:
        for column, value in enumerate(line, 1):
            book["回报表"].cell(6, column).value = value
        book["回报表"]["K6"] = "8"

    said = _import(run, fill("财政", also=careless))
    assert "第 6 行 2023-107.1/1 不是发给市财政局的" in said
    assert asked.text("2023/2023-107") == RIVER


def test_records_that_moved_on_meanwhile(asked: Place, run: Run, fill: Fill) -> None:
    path = fill("水利", G3="2024-1-10", K5="8.5", O7="试行")
    run("extend", "107.2", "--to", "2024-09-30", "--reason", "机构调整")
    assert run("renumber", "107", "170").code == 0
    said = _import(run, path)
    assert "2023-107.1/1 现在是 2023-170.1/1" in said
    assert "没有 2023-107.2 这一项" in said
    text = asked.text("2023/2023-170")
    assert "value: 8.5" in text
    assert "试行" not in text


def test_a_deadline_moved_is_told_and_other_words_are_not_taken(
    asked: Place, run: Run, fill: Fill
) -> None:
    path = fill("水利", G3="2024-1-10", K5="8.5", O7="试行")
    run("extend", "107.2", "--to", "2024-09-30", "--reason", "机构调整")
    run("set", "107.1", "text=整治河道12公里并绿化")
    said = _import(run, path)
    assert "2023-107.2 发出以后改过（2024-06-30 → 2024-09-30），按现在的记" in said
    assert "2023-107.1/1 发出以后改过，和这一行对不上：现在是“整治河道12公里并绿化”" in said
    assert "value: 8.5" not in asked.text("2023/2023-107")
    assert "试行" in asked.text("2023/2023-107")


def test_a_closed_promise_takes_nothing(asked: Place, run: Run, fill: Fill) -> None:
    path = fill("水利", G3="2024-1-10", O7="试行")
    run("drop", "107.2", "--reason", "另有制度")
    assert "2023-107.2 已在 2024-01-05 销号" in _import(run, path)
    assert "试行" not in asked.text("2023/2023-107")


def test_what_stands_beside_the_list(asked: Place, run: Run, fill: Fill) -> None:
    def more(book: Workbook) -> None:
        sheet: Worksheet = book["其他进展"]
        for column, value in enumerate(
            ("2023-107.1", "清淤", "3.2", "万方", "2024-1-10", "上段"), 1
        ):
            sheet.cell(3, column).value = value
        sheet["F4"] = "没有编号的事"
        sheet["A5"], sheet["C5"] = "2023-107.2", "7"
        sheet["A6"], sheet["F6"] = "2099-1.1", "没有这件"

    said = _import(run, fill("水利", also=more))
    assert "其他进展第 4 行没有取：没有承诺编号：“没有编号的事”" in said
    assert "其他进展 B5 没有写这是什么数" in said
    assert "没有 2099-1.1 这一项" in said
    text = asked.text("2023/2023-107")
    assert "{on: 2024-01-10, indicator: 清淤, value: 3.2, unit: 万方, note: 上段" in text


def test_other_kinds_of_file(asked: Place, run: Run, fill: Fill) -> None:
    path = fill("水利", G3="2024-1-10", K5="8.5")
    sheet = load_workbook(path)["回报表"]
    rows = [",".join(f'"{c or ""}"' for c in row) for row in sheet.iter_rows(values_only=True)]
    table = path.with_name("回来.csv")
    table.write_bytes("\r\n".join(rows).encode("gb18030"))
    assert f"■ 市水利局  {WATER}  回来.csv  报 1 项" in _import(run, table)


def test_a_sheet_beside_another_table_is_refused(asked: Place, run: Run, fill: Fill) -> None:
    table = asked.root.parent / "别的.csv"
    table.write_text("编号,标题\n2023-107,改\n", "utf-8")
    said = run("import", str(fill("水利", O7="试行")), str(table), "--yes", env=DAY)
    assert (said.code, "回报表和别的表分开导入" in said.err) == (2, True)
    assert asked.text("2023/2023-107") == RIVER


def test_an_empty_sheet_came_back_all_the_same(asked: Place, run: Run, fill: Fill) -> None:
    said = _import(run, fill("水利"))
    assert "报 0 项  没有填 4 行" in said
    rows = run("collect", "--status", "--json", env=DAY).rows
    assert {row["department"]: row["state"] for row in rows}["市水利局"] == "returned_late"


def test_a_sheet_of_a_round_taken_back_is_read_by_its_keys(
    asked: Place, run: Run, fill: Fill
) -> None:
    path = fill("水利", G3="2024-1-10", K5="8.5")
    run("undo")
    said = _import(run, path)
    assert f"没有发过 {WATER} 的记录，按每行的行标识收" in said
    assert "value: 8.5" in asked.text("2023/2023-107")


def test_formulas_without_a_result_are_asked_about(asked: Place, run: Run, fill: Fill) -> None:
    said = _import(run, fill("水利", G3="2024-1-10", K5="=5+3"))
    assert "K5 是公式，没有结果" in said
    assert asked.text("2023/2023-107") == RIVER


def test_dashes_are_empty_and_words_are_kept(asked: Place, run: Run, fill: Fill) -> None:
    path = fill("水利", G3="2024-1-10", K5="—", O5="-", K6="无", O6="暂无", O7="同上")
    said = _import(run, path)
    assert "报 2 项  没有填 2 行" in said
    text = asked.text("2023/2023-107")
    assert "target: 2, note: 暂无" in text
    assert "note: 同上" in text


def test_a_unit_the_same_in_full_width_and_one_a_target_lacks(
    workspace: Make, run: Run, tmp_path: Path
) -> None:
    record = RIVER.replace("unit: 亿元", 'unit: "％"').replace("value: 3.2", "value: 60")
    place = workspace(
        {"2023/2023-107": record.replace(", unit: 公里}\n      - {id: 2", "}\n      - {id: 2")},
        OFFICE,
    )
    run("collect", "-o", "../回报")
    source = next(p for p in (place.root.parent / "回报").glob("*.xlsx") if "水利" in p.name)
    book = load_workbook(source)
    sheet = book["回报表"]
    sheet["G3"], sheet["K6"], sheet["K5"] = "2024-1-10", "58.5%", "8.5公里"
    book.save(tmp_path / "回.xlsx")
    said = _import(run, tmp_path / "回.xlsx")
    assert "target: 2, value: 58.5" in place.text("2023/2023-107")
    assert "单位“公里”和目标的“（无）”对不上" in said


def test_a_share_typed_as_a_fraction_is_asked_about(
    workspace: Make, run: Run, tmp_path: Path
) -> None:
    record = RIVER.replace("unit: 亿元", 'unit: "%"').replace("value: 3.2", "value: 60")
    place = workspace({"2023/2023-107": record}, OFFICE)
    run("collect", "-o", "../回报")
    source = next(p for p in (place.root.parent / "回报").glob("*.xlsx") if "水利" in p.name)
    book = load_workbook(source)
    book["回报表"]["G3"], book["回报表"]["K6"] = "2024-1-10", "0.585"
    book.save(tmp_path / "回.xlsx")
    assert "K6“0.585”是 0.585%，还是 58.5%" in _import(run, tmp_path / "回.xlsx").replace(
        "58.500", "58.5"
    )
    assert place.text("2023/2023-107") == record
