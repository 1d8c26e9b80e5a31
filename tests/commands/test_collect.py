from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import OFFICE, SMALL, Make, Place, Run

JOINT = """\
kind: suggestion
year: 2023
number: "21"
title: 关于修建慢行道的建议
lead: 水利
reply_date: 2023-04-01
measures:
  - id: 1
    text: 会同财政部门修建慢行道30公里
    department: [水利, 市财政局]
    deadline: {date: 2024-06-30}
    targets:
      - {id: 1, indicator: 修建慢行道, value: 30, unit: 公里}
      - {id: 2, indicator: 带动投资, value: 5, unit: 亿元, forecast: true}
  - id: 2
    text: 已经办结的一项
    closings:
      - {on: 2023-12-01, as: done}
"""
CRLF = "\r\n"


@pytest.fixture
def asked(workspace: Make) -> Place:
    return workspace({**SMALL, "2023/2023-21": JOINT})


def _book(folder: Path, part: str) -> Path:
    (found,) = [path for path in folder.glob("*.xlsx") if part in path.name]
    return found


def _rows(path: Path) -> list[dict[str, object]]:
    sheet = load_workbook(path)["回报表"]
    heads = [cell.value for cell in sheet[4]]
    lines = sheet.iter_rows(min_row=5, values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines if line[0]]


def test_every_open_promise_and_target_is_a_line_on_the_sheet_of_each_department(
    asked: Place, run: Run
) -> None:
    said = run("collect", "-o", "../回报", "--due", "1月20日")
    assert said.code == 0
    assert said.out.splitlines() == [
        "R2024-01-水利-01  市水利局  3 行",
        "R2024-01-教育-02  市教育局  3 行",
        "R2024-01-财政-03  市财政局  1 行",
    ]
    folder = asked.root.parent / "回报"
    water = _rows(_book(folder, "水利"))
    assert [row["承诺事项"] for row in water] == [
        "会同财政部门修建慢行道30公里",
        "年内整治河道12公里",
        "春节前清淤",
    ]
    assert (water[1]["目标"], water[1]["上次数值"], water[1]["单位"]) == ("≥12公里", "5.5", "公里")
    assert str(water[1]["行标识"]).startswith("2023-107.1/1#")
    money = _rows(_book(folder, "财政"))
    assert money[0]["行标识"] == water[0]["行标识"]


def test_what_is_to_be_filled_in_is_text_and_free_and_the_rest_is_locked(
    asked: Place, run: Run
) -> None:
    run("collect", "-o", "../回报")
    path = _book(asked.root.parent / "回报", "水利")
    book = load_workbook(path)
    sheet = book["回报表"]
    free = {cell.column_letter for cell in sheet[5] if not cell.protection.locked}
    assert free == set("KLMNOPQR")
    assert {sheet[f"{column}5"].number_format for column in free} == {"@"}
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert sheet.column_dimensions["A"].hidden
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("E5", "$4:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.scale * 10 >= 9 * 100  # ten points stay above nine on paper
    assert [mark.id for mark in sheet.col_breaks.brk] == [10]
    assert sheet.print_title_cols == "$B:$C"
    titles = {cell.coordinate: cell.value for cell in sheet[1] if cell.value}
    assert set(titles) == {"D1", "K1"}  # outside the columns that are printed again
    assert titles["K1"] == f"{titles['D1']}（续）"
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"推进中,已完成,未启动,有困难,申请延期,建议终止"'
    assert rule.errorStyle == "warning"
    assert [(s.title, s.sheet_state) for s in book][1:] == [
        ("其他进展", "visible"),
        ("填写说明", "visible"),
        ("_npcreply", "veryHidden"),
    ]
    assert book.custom_doc_props["npcreply-issue"].value == "R2024-01-水利-01"
    assert json.loads(book.properties.description)["issue"] == "R2024-01-水利-01"
    with zipfile.ZipFile(path) as parts:
        assert b"numberStoredAsText" in parts.read("xl/worksheets/sheet1.xml")


def test_a_round_is_on_record_and_asking_changes_no_record(asked: Place, run: Run) -> None:
    before = asked.files()
    said = run("collect", "-o", "../回报", "--due", "1月20日", "--dept", "财政")
    assert "记在 collected/R2024-01.yaml；撤销：npcreply undo" in said.err
    text = (asked.root / "collected" / "R2024-01.yaml").read_text("utf-8")
    assert text.startswith("on: 2024-01-05\ndue: 2024-01-20\nby: 办公室\nentered: 2024-01-05\n")
    assert '  - id: "R2024-01-财政-01"\n    department: 市财政局\n' in text
    assert text.count("#") == 1
    assert asked.files() == before
    assert run("check").code == 0
    run("undo")
    assert not (asked.root / "collected" / "R2024-01.yaml").exists()


@pytest.mark.parametrize("path", ["collected/R2024-01.yaml", "collected"])
def test_check_takes_the_file_of_a_round(asked: Place, run: Run, path: str) -> None:
    run("collect", "-o", "../回报")
    assert run("check", path).out == "查了 1 个文件：错误 0，疑点 0\n"
    file = asked.root / "collected" / "R2024-01.yaml"
    file.write_text(file.read_text("utf-8").replace("due:", "dew:"), "utf-8")
    assert "collected/R2024-01.yaml:2:1  疑点  不认识的键 dew" in run("check", path).out
    assert "dew" not in run("check", "replies").out


def test_the_same_asked_again_the_same_day_is_one_round_and_another_day_a_second(
    asked: Place, run: Run
) -> None:
    run("collect", "-o", "../回报")
    files = {path.name: path.read_bytes() for path in (asked.root.parent / "回报").iterdir()}
    again = run("collect", "-o", "../回报")
    assert "R2024-01 今天已经发过，照原样又写了 3 张" in again.err
    assert files == {p.name: p.read_bytes() for p in (asked.root.parent / "回报").iterdir()}
    env = {"NPCREPLY_TODAY": "2024-01-18T09:00"}
    assert "R2024-01-2-水利-01" in run("collect", "-o", "../回报", env=env).out
    assert len(list((asked.root / "collected").iterdir())) == 2


def test_a_filled_sheet_in_the_folder_is_never_written_over(asked: Place, run: Run) -> None:
    run("collect", "-o", "../回报")
    path = _book(asked.root.parent / "回报", "财政")
    path.write_bytes(b"filled")
    run("collect", "-o", "../回报")
    assert path.read_bytes() == b"filled"
    assert path.with_name(f"{path.stem}-1.xlsx").exists()


def test_who_answered_stands_in_status_overdue_due_and_the_reminder(asked: Place, run: Run) -> None:
    run("collect", "-o", "../回报", "--due", "2024-01-10")
    path = asked.root / "collected" / "R2024-01.yaml"
    text = path.read_text("utf-8")
    back = "    returned:\n      - {on: 2024-01-12, digest: 0123456789abcdef, sender: 甲, entered: 2024-01-12}\n"
    path.write_text(text + back, "utf-8", newline="")
    late = ("--as-of", "2024-01-15")
    rows = run("collect", "--status", *late, "--json").rows
    found = {row["department"]: (row["state"], row["days_late"]) for row in rows}
    assert found == {
        "市水利局": ("overdue", 5),
        "市教育局": ("overdue", 5),
        "市财政局": ("returned_late", 2),
    }
    assert "发出 3 张  报回 1 张（迟报 1 张）  未报回 2 张" in run("collect", "--status", *late).out
    assert "waiting" in run("collect", "--status", "--as-of", "2024-01-09", "--json").out
    owed = [row for row in run("overdue", *late, "--json").rows if row["what"] == "sheet"]
    assert {row["id"] for row in owed} == {"R2024-01-水利-01", "R2024-01-教育-02"}
    assert {row["days_late"] for row in owed} == {5}
    assert "回报表 2 张" in run("overdue", *late).out
    assert "R2024-01-教育-02" in run("due", "--as-of", "2024-01-06", "--json").out
    letter = run("remind", "--dept", "教育", *late, "--format", "txt").out
    assert "2024年1月5日发给你单位的回报表R2024-01-教育-02" in letter
    assert "sheet" not in run("overdue", "--as-of", "2024-01-04", "--json").out


def test_only_a_sheet_is_late(workspace: Make, run: Run) -> None:
    later = JOINT.replace("2024-06-30", "2025-06-30")
    workspace({"2023/2023-21": later})
    run("collect", "-o", "../回报", "--due", "2024-01-10")
    letter = run("remind", "--as-of", "2024-01-15", "--dept", "财政", "--format", "txt").out
    assert letter.startswith("关于报送承诺落实情况回报表的函")
    assert "npcreply collect --status" in run("overdue", "--as-of", "2024-01-15").out


def test_the_letter_goes_with_the_sheet(asked: Place, run: Run) -> None:
    run("collect", "-o", "../回报", "--letter", "--dept", "水利")
    names = sorted(path.suffix for path in (asked.root.parent / "回报").iterdir())
    assert names == [".docx", ".xlsx"]


def test_dry_run_writes_nothing(asked: Place, run: Run) -> None:
    said = run("collect", "--dry-run")
    assert (said.code, "会写 3 张，共 7 行；没有写。" in said.err) == (0, True)
    assert not (asked.root / "collected").exists()


def test_what_cannot_be_asked_is_refused_before_anything_is_written(
    asked: Place, run: Run, workspace: Make
) -> None:
    for words, told in (
        ((), "要写明回报表放在哪个文件夹"),
        (("-o", "collected/x"), "资料库自己的文件里"),
        (("-o", "../回报", "--due", "2023-12-31"), "早于发出那天"),
        (("-o", "../回报", "--due", "下回"), "看不懂"),
        (("-o", "../回报", "--dept", "气象"), "没有叫“气象”的"),
        (("-o", "../回报", "R2024-01"), "只和 --status 一起写"),
        (("--status", "R2023-01"), "没有 R2023-01 这一批"),
    ):
        said = run("collect", *words)
        assert (said.code, said.out) == (2, ""), words
        assert told in said.err, said.err
    assert not (asked.root / "collected").exists()
    assert not (asked.root.parent / "回报").exists()


def test_a_promise_that_nobody_is_to_act_on_is_told(workspace: Make, run: Run) -> None:
    workspace(
        {
            "2023/2023-21": JOINT.replace("lead: 水利\n", "").replace(
                "    department: [水利, 市财政局]\n", ""
            )
        }
    )
    said = run("collect", "-o", "../回报")
    assert "1 项承诺没有写责任单位，也没有主办单位，没有发：2023-21.1" in said.err
    assert "没有未办结的承诺" in said.err


def test_a_broken_round_is_named_everywhere_and_no_id_is_given_twice(
    asked: Place, run: Run
) -> None:
    run("collect", "-o", "../回报")
    path = asked.root / "collected" / "R2024-01.yaml"
    path.write_text(path.read_text("utf-8").replace("on: 2024-01-05", "on: 2024-13-05", 1), "utf-8")
    assert run("check").code == 3
    said = run("overdue")
    assert (said.code, "collected/R2024-01.yaml" in said.err) == (3, True)
    said = run("collect", "-o", "../回报2")
    assert (said.code, "collected/R2024-01.yaml 读不了" in said.err) == (1, True)


def test_check_doubts_days_of_a_round(asked: Place, run: Run) -> None:
    run("collect", "-o", "../回报", "--dept", "财政")
    path = asked.root / "collected" / "R2024-01.yaml"
    text = path.read_text("utf-8").replace("due: 2024-01-19", "due: 2023-01-19")
    back = "    returned:\n      - {on: 2024-01-01, digest: 0123456789abcdef}\n      - {on: 2025-01-01, digest: 0123456789abcdee}\n"
    path.write_text(
        text.replace("R2024-01-财政-01", "R2023-09-财政-01") + back, "utf-8", newline=""
    )
    said = run("check").out
    assert "报回时限 2023-01-19 早于发出日期 2024-01-05" in said
    assert "报回日期 2024-01-01 早于发出日期 2024-01-05" in said
    assert "报回日期 2025-01-01 还没有到" in said
    assert "不是这一批 R2024-01 的编号" in said


def test_names_of_departments_make_short_ids_and_safe_files(workspace: Make, run: Run) -> None:
    strange = "示例县／乡:建设<科>局" + "长" * 60
    settings = OFFICE.replace("{name: 市财政局}", f'{{name: "{strange}"}}')
    workspace({"2023/2023-21": JOINT.replace("市财政局", f'"{strange}"')}, settings)
    said = run("collect", "-o", "../回报")
    assert said.code == 0
    names = [path.name for path in Path("../回报").iterdir()]
    assert not any(set('<>:"/\\|?*') & set(name) for name in names)
    assert all(len(name.encode()) < 255 for name in names)
