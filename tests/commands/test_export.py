from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from npcreply.render.csv import unguarded
from tests.conftest import BROKEN, Make, Place, Result, Run

ROOT_ON_POSIX = sys.platform != "win32" and os.geteuid() == 0
KINDS = ("measure", "target", "reply", "progress")


def table(said: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said.out, newline="")))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("preset", ["meeting", "full"])
def test_csv_in_words_and_in_codes_and_json_have_the_same_rows(
    office: Place, run: Run, kind: str, preset: str
) -> None:
    options = ("--rows", kind, "--preset", preset)
    words = table(run("export", *options))
    codes = table(run("export", *options, "--headers", "machine"))
    data = run("export", *options, "--format", "json").rows
    assert len(words) == len(codes) == len(data) > 0
    for row, record in zip(codes, data, strict=True):
        assert list(row) == list(record)
        assert {name: unguarded(text) for name, text in row.items() if text} == {
            name: "、".join(value) if isinstance(value, list) else str(value)
            for name, value in record.items()
            if value not in (None, "", [])
        }


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_columns_bear_one_head(office: Place, run: Run, kind: str) -> None:
    heads = run("export", "--rows", kind, "--preset", "full").out.splitlines()[0].split(",")
    assert len(heads) == len(set(heads))


def test_presets(office: Place, run: Run) -> None:
    meeting = run("export").out.splitlines()[0].split(",")
    full = run("export", "--preset", "full").out.splitlines()[0].split(",")
    assert set(meeting) < set(full)
    assert full[-1] == "片区"
    assert meeting[:6] == ["序号", "建议号", "标题", "领衔代表", "主办单位", "承诺编号"]


def test_numbers_days_and_states(office: Place, run: Run) -> None:
    first = table(run("export"))[0]
    expected = {
        "承诺编号": "2023-107.1",
        "状态": "逾期",
        "预警": "红",
        "逾期天数": "5",
        "目标值": "12",
        "当前值": "5.5",
        "数据截至": "2023-06-30",
        "完成率": "45.83",
        "统计截止": "2024-01-05",
    }
    assert {name: first[name] for name in expected} == expected


def test_the_filters_and_the_day(office: Place, run: Run) -> None:
    said = run("export", "--dept", "教育", "--as-of", "2023-06-01", "--fields", "id,status,day")
    assert said.out.splitlines()[1:] == ["2023-107.2,未定时限,2023-06-01"]


def test_one_row_a_target(office: Place, run: Run) -> None:
    rows = table(run("export", "--rows", "target", "--fields", "id,indicator,value,latest"))
    assert [[unguarded(cell) for cell in row.values()] for row in rows] == [
        ["2023-107.1:1", "整治河道", "12", "5.5"],
        ["2023-提12.1:1", "新增公办学位", "800", "820"],
        ["2023-提12.1:2", "毛入园率", "90", "91"],
    ]


@pytest.mark.parametrize(
    ("name", "options", "begins", "encoding"),
    [
        ("a.csv", [], b"\xef\xbb\xbf", "utf-8-sig"),
        ("a.csv", ["--encoding", "utf-8"], "序号".encode(), "utf-8"),
        ("a.csv", ["--encoding", "gb18030"], "序号".encode("gb18030"), "gb18030"),
        ("a.json", [], b"[\n", "utf-8"),
        ("无后缀", [], b"\xef\xbb\xbf", "utf-8-sig"),
    ],
)
def test_files(
    office: Place, run: Run, name: str, options: list[str], begins: bytes, encoding: str
) -> None:
    said = run("export", "-o", name, *options)
    assert (said.code, said.out, said.err) == (0, "", f"已写 {name}，4 行\n")
    data = (office.root / name).read_bytes()
    assert data.startswith(begins)
    assert "整治河道" in data.decode(encoding)
    assert data.count(b"\r\n") == (0 if name.endswith("json") else 5)


def test_a_pipe_has_no_mark(office: Place, run: Run) -> None:
    assert run("export").data.startswith("序号".encode())
    assert run("export", "-o", "-").data == run("export").data
    assert not (office.root / "-").exists()


def test_nothing_to_export_is_said(office: Place, run: Run) -> None:
    said = run("export", "--dept", "财政")
    assert (said.code, len(said.out.splitlines())) == (0, 1)
    assert said.err == "没有符合条件的行。\n"
    assert json.loads(run("export", "--dept", "财政", "--format", "json").out) == []


def test_an_empty_workspace(workspace: Make, run: Run) -> None:
    workspace({})
    assert run("export").err == "资料库是空的。第一条：npcreply add\n"


def test_what_cannot_be_read_is_said(office: Place, run: Run) -> None:
    office.write("2023/2023-112", BROKEN)
    said = run("export", "-o", "a.csv", "-q")
    assert (said.code, said.err) == (
        3,
        "注意：1 个文件读不了，未计入：replies/2023/2023-112.yaml 第 4 行（npcreply check 看详情）\n",
    )


@pytest.mark.parametrize(
    ("options", "code", "words", "remedy"),
    [
        (["--format", "xlsx"], 2, "工作簿要写到文件里", "-o 台账.xlsx"),
        (["-o", "a.xlsx", "--encoding", "utf-8"], 2, "--headers 和 --encoding 只用于 CSV", ".csv"),
        (
            ["-o", "a.ics", "--fields", "id"],
            2,
            "日历里一条就是一项承诺的时限，没有 --rows 和 --fields",
            ".csv",
        ),
        (["-o", "a.docx"], 2, "还不能导出 .docx 文件", ".json"),
        (["-o", "没有/a.csv"], 1, "没有文件夹 没有。", "-o a.csv"),
        (["-o", "."], 1, ". 是文件夹，不是文件。", "-o 清单.csv"),
        (
            ["-o", "replies"],
            2,
            "replies 在资料库自己的文件里：记录、设置和程序的文件不能当作输出。",
            "换一个文件夹或文件名",
        ),
        (["--format", "xml"], 2, "--format 没有“xml”这个取值", "xlsx、csv、json、ics"),
        (["--rows", "x"], 2, "--rows 没有“x”这个取值", "measure（承诺）、target（目标）"),
        (["--preset", "x"], 2, "--preset 没有“x”这个取值", "meeting、full"),
        (["--headers", "x"], 2, "--headers 没有“x”这个取值", "zh、machine"),
        (["--encoding", "gbk"], 2, "--encoding 没有“gbk”这个取值", "gb18030"),
        (["--fields", "id,foo"], 2, "没有“foo”这一项。", "可用的项：seq"),
    ],
)
def test_refused(
    office: Place, run: Run, options: list[str], code: int, words: str, remedy: str
) -> None:
    said = run("export", *options)
    assert (said.code, said.out) == (code, "")
    assert said.err.splitlines()[0] == f"错误：{words}"
    assert remedy in said.err.replace(os.sep, "/")


@pytest.mark.skipif(ROOT_ON_POSIX, reason="root writes everywhere")
def test_a_file_that_cannot_be_written(office: Place, run: Run) -> None:
    path = office.root / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o444)
    said = run("export", "-o", "a.csv")
    assert said.code == 1
    assert "写不进去" in said.err
    assert "另存：-o a-1.csv" in said.err
    assert path.read_bytes() == b"old"


class Locked:
    """A file that another program holds open, as Windows has it: nothing may take its place."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        replace = Path.replace

        def refused(path: Path, target: Path) -> Path:
            if Path(target).name == name:
                raise PermissionError(13, "in use", str(path), None, str(target))
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", refused)


def test_a_file_open_in_a_spreadsheet(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Locked(monkeypatch, "清单.csv")
    said = run("export", "-o", "清单.csv")
    assert said.code == 1
    assert said.err == (
        "错误：清单.csv 正被 WPS 或 Excel 打开，写不进去。\n  请关闭后重试，或另存：-o 清单-1.csv\n"
    )
    asked = run("export", "-o", "清单.csv", answers=("",))
    assert asked.code == 0
    assert (
        asked.out
        == "清单.csv 正被 WPS 或 Excel 打开，写不进去。另存为 清单-1.csv 吗？\n[回车=是，n=否] > "
    )
    assert (office.root / "清单-1.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("export", "-o", "清单.csv", answers=("n",)).code == 1


def sheets(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        for sheet in book
    }


def as_read(value: object) -> object:
    """A cell of the JSON as a spreadsheet has it: nothing for an empty one, days as days."""
    if isinstance(value, list):
        return "、".join(map(str, value)) or None
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return datetime.fromisoformat(value)
    return value


def test_the_workbook_has_seven_sheets_with_the_rows_of_the_json(office: Place, run: Run) -> None:
    said = run("export", "-o", "a.xlsx")
    assert (said.code, said.err) == (0, "已写 a.xlsx，7 张表\n")
    found = sheets(office.root / "a.xlsx")
    assert list(found) == [
        "说明",
        "逾期清单",
        "承诺台账",
        "量化目标",
        "按部门",
        "历年结果",
        "进展记录",
    ]
    for name, kind in (("承诺台账", "measure"), ("量化目标", "target"), ("进展记录", "progress")):
        options = ("--rows", kind, "--preset", "full", "--format", "json")
        codes, words = run("export", *options).rows, table(run("export", *options[:4]))
        heads, *rows = found[name]
        assert {*heads, "统计截止"} == {*words[0], "统计截止"}
        for row, record, worded in zip(rows, codes, words, strict=True):
            cells = dict(zip(heads, row, strict=True))
            for (title, text), value in zip(worded.items(), record.values(), strict=True):
                cell = cells.get(title, text)
                assert cell == as_read(value) or cell == unguarded(text), (cell, value)


def test_each_sheet_prints_one_page_across_and_holds_the_rest_beside_it(
    office: Place, run: Run
) -> None:
    run("export", "-o", "a.xlsx")
    book = openpyxl.load_workbook(office.root / "a.xlsx")
    for name in ("逾期清单", "承诺台账", "量化目标", "进展记录"):
        sheet = book[name]
        heads = [cell.value for cell in sheet[2]]
        left, top, printed, bottom = range_boundaries(sheet.print_area.partition("!")[2])
        assert (left, top, bottom) == (1, 1, sheet.max_row)
        assert 8 <= printed <= 11
        assert "编号" in heads[0]
        assert {"承诺事项", "责任单位"} <= {*heads[:printed]}
        assert "统计截止" not in heads
        assert sheet.cell(1, printed + 1).value == "从这一列起不打印"
        assert sheet.page_setup.scale == 90
        assert not sheet.col_breaks.brk
        assert width(sheet, printed) < 124
    assert {"当前值", "数据截至", "目标值"} <= {cell.value for cell in book["承诺台账"][2]}
    shares = book["量化目标"]
    place = [cell.value for cell in shares[2]].index("完成率")
    assert {row[place].number_format for row in shares.iter_rows(min_row=3)} >= {'General"%"'}


def width(sheet: Any, columns: int) -> float:
    """How wide the first columns are; those alike and side by side are held as one."""
    held = [
        each.width
        for each in sheet.column_dimensions.values()
        for _n in range(each.min, each.max + 1)
    ]
    return float(sum(held[:columns]))


def test_columns_asked_for_are_all_printed(office: Place, run: Run) -> None:
    run("export", "-o", "a.xlsx", "--rows", "measure", "--fields", "title,id,text,seq")
    sheet = openpyxl.load_workbook(office.root / "a.xlsx").active
    assert [cell.value for cell in sheet[2]] == ["标题", "承诺编号", "承诺事项", "序号"]
    assert not sheet.print_area


def test_the_files_are_listed_last_and_only_where_asked_for(office: Place, run: Run) -> None:
    run("export", "-o", "a.xlsx")
    assert "2023-107.yaml" not in str(sheets(office.root / "a.xlsx"))
    assert run("export", "-o", "a.xlsx", "--files").err == "已写 a.xlsx，8 张表\n"
    found = sheets(office.root / "a.xlsx")
    assert list(found)[-1] == "记录文件"
    assert found["记录文件"][1][2] == "replies/2023/2023-107.yaml"
    said = run("export", "-o", "a.csv", "--files")
    assert (said.code, "--files 只用于整本工作簿" in said.err) == (2, True)


def test_the_late_list_is_the_weekly_review(office: Place, run: Run) -> None:
    run("export", "-o", "a.xlsx")
    heads, *rows = sheets(office.root / "a.xlsx")["逾期清单"]
    assert len(set(heads)) == len(heads)
    ids = [row[heads.index("编号")] for row in rows]
    assert ids == [row["id"] for row in run("overdue", "--json").rows]


def test_the_notes_add_up_and_name_what_is_left_out(office: Place, run: Run) -> None:
    office.write("2023/2023-112", BROKEN)
    assert run("export", "-o", "a.xlsx", "--dept", "水利").code == 3
    notes = {row[0]: row[1] for row in sheets(office.root / "a.xlsx")["说明"][1:]}
    assert notes["筛选"] == "责任单位 水利"
    states = list(notes)[4 : list(notes).index("读不了，未计入")]
    counted = [notes[state] for state in states if isinstance(notes[state], int)]
    assert notes["承诺"] == sum(counted) > 0
    assert notes["读不了，未计入"] == "replies/2023/2023-112.yaml"


def test_one_sheet_with_the_columns_asked_for(office: Place, run: Run) -> None:
    run("export", "-o", "a.xlsx", "--rows", "reply", "--fields", "id,title")
    assert sheets(office.root / "a.xlsx") == {
        "答复": [
            ["建议编号", "标题"],
            ["2023-107", "关于整治城区河道的建议"],
            ["2023-提12", "关于增加公办学位的提案"],
        ]
    }


@pytest.mark.skipif(
    not shutil.which("soffice") and "NPCREPLY_FULL" not in os.environ,
    reason="LibreOffice is not installed",
)
def test_libreoffice_opens_the_workbook(office: Place, run: Run) -> None:
    run("export", "-o", "a.xlsx")
    profile = f"-env:UserInstallation={(office.root / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc)"]
    command[-1] += ":44,34,76,1,,0,false,true,false,false,false,3"
    subprocess.run([*command, "a.xlsx"], cwd=office.root, check=True, capture_output=True)
    (made,) = office.root.glob("a-*.csv")
    assert "整治河道" in made.read_text("utf-8")


def events(path: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def test_the_calendar_has_every_deadline(office: Place, run: Run) -> None:
    said = run("export", "-o", "a.ics")
    assert (said.code, said.err) == (0, "已写 a.ics，3 行\n")
    found = events(office.root / "a.ics")
    dated = [row for row in run("export", "--format", "json").rows if row["deadline"]]
    assert {row["id"]: row["deadline"] for row in dated} == {
        uid.replace("-m", ".").removesuffix("@npcreply"): event.decoded("DTSTART").isoformat()
        for uid, event in found.items()
    }
    assert str(found["2023-107-m1@npcreply"]["SUMMARY"]) == "[市水利局] 107.1 年内整治河道12公里"


def test_an_event_is_moved_by_an_extension_and_cancelled_by_closing(
    office: Place, run: Run
) -> None:
    uid = "2023-107-m3@npcreply"
    run("export", "-o", "a.ics")
    first = events(office.root / "a.ics")[uid]
    run("extend", "107.3", "--to", "2024-03-01", "--reason", "雨")
    run("export", "-o", "a.ics")
    moved = events(office.root / "a.ics")[uid]
    assert moved.decoded("DTSTART").isoformat() == "2024-03-01"
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    run("done", "107.3", "--evidence", "现场看过")
    run("export", "-o", "a.ics")
    closed = events(office.root / "a.ics")[uid]
    assert str(closed["STATUS"]) == "CANCELLED"
    assert closed["SEQUENCE"] > moved["SEQUENCE"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_persons(office: Place, run: Run, kind: str) -> None:
    options = ("--rows", kind, "--preset", "full")
    whole, without = table(run("export", *options)), table(run("export", *options, "--redact"))
    assert len(whole) == len(without)
    assert "甲代表" not in str(without)
    assert {row["主办单位"] for row in whole} == {row["主办单位"] for row in without}


def test_the_filters_see_the_names_that_are_left_out(office: Place, run: Run) -> None:
    options = ("--deputy", "甲代表", "--fields", "id,lead_deputy")
    assert run("export", *options, "--redact").out.splitlines()[1] == "2023-107.1,某"
