"""A whole round: twelve departments fill in their sheets carelessly, in real programs, and send
them back; every figure comes out right or is named by its cell.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from npcreply.store.contract import read
from npcreply.workspace import Workspace
from tests.conftest import Make, Place, Run

DEPARTMENTS = [
    f"示例市{name}局"
    for name in [
        "水利",
        "教育",
        "财政",
        "民政",
        "交通",
        "农业",
        "商务",
        "文旅",
        "卫健",
        "应急",
        "审计",
        "统计",
    ]
]
LINES = 3
RECORD = """\
kind: suggestion
year: 2024
number: "{number}"
title: 关于第{number}件事的建议
lead: {lead}
reply_date: 2024-03-01
measures:
"""
PROMISE = """\
  - id: {id}
    text: 第{number}件事建成第{id}类站点{value}个
    deadline: {{date: 2024-12-31}}
    targets:
      - {{id: 1, indicator: 第{id}类站点, comparator: ">=", value: {value}, unit: 个}}
"""
ASKED, BACK = {"NPCREPLY_TODAY": "2024-10-08T09:00"}, {"NPCREPLY_TODAY": "2024-10-20T09:00"}
Careless = Callable[[Workbook, Worksheet], None]


def truth(number: int, line: int) -> Decimal:
    """What a department means to report."""
    return Decimal(number * 10 + line)


def _unit_in_the_cell(_book: Workbook, sheet: Worksheet) -> None:
    for row in range(5, 5 + LINES):
        sheet[f"K{row}"] = f"{sheet[f'K{row}'].value}个"


def _dots(_book: Workbook, sheet: Worksheet) -> None:
    sheet["G3"] = "2024.9.30"


def _no_year(_book: Workbook, sheet: Worksheet) -> None:
    sheet["G3"], sheet["M5"] = None, "9月30日"
    sheet["M6"], sheet["M7"] = "9-30", "三季度"


def _in_the_future(_book: Workbook, sheet: Worksheet) -> None:
    sheet["M6"] = "2024-12-31"


def _row_of_their_own(_book: Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(6)
    sheet["E6"], sheet["K6"], sheet["L6"] = "我们还做了一件事", "99", "个"


def _renamed(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "Sheet1"
    del book["_npcreply"]
    book.custom_doc_props.props.clear()


def _two_numbers(_book: Workbook, sheet: Worksheet) -> None:
    sheet["K7"] = f"{sheet['K7'].value}/300"


def _grey(_book: Workbook, sheet: Worksheet) -> None:
    sheet["E5"] = "承诺改成别的"
    sheet["F6"] = "2025-12-31"


def _numbers_and_dates(_book: Workbook, sheet: Worksheet) -> None:
    for row in range(5, 5 + LINES):
        cell = sheet[f"K{row}"]
        cell.value, cell.number_format = int(str(cell.value)), "0"


def _sorted(_book: Workbook, sheet: Worksheet) -> None:
    rows = [[cell.value for cell in sheet[row]] for row in range(5, 5 + LINES)]
    for row, values in enumerate(reversed(rows), 5):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def _clean(_book: Workbook, _sheet: Worksheet) -> None:
    pass


CARELESS: list[tuple[Careless, str, str]] = [
    (_clean, "xlsx", ""),
    (_unit_in_the_cell, "xlsx", ""),
    (_dots, "xls", ""),
    (_no_year, "ods", ""),
    (_in_the_future, "xlsx", "M6“2024-12-31”晚于今天"),
    (_row_of_their_own, "xlsx", "第 6 行 没有行标识：“我们还做了一件事”"),
    (_renamed, "xlsx", ""),
    (_two_numbers, "xls", "K7“"),
    (_grey, "ods", "不取 E5 改了"),
    (_numbers_and_dates, "xlsx", ""),
    (_sorted, "xls", ""),
    (_clean, "ods", ""),
]
"""What each department does to its sheet, in which kind of file it sends it, what is named."""

NAMED = {(5, 2), (8, 3)}
"""The figures (department, line) that are asked about instead of written."""


@pytest.fixture
def asked(workspace: Make, run: Run) -> Place:
    records = {}
    for number, lead in enumerate(DEPARTMENTS, 1):
        promises = (PROMISE.format(id=n, number=number, value=500) for n in range(1, LINES + 1))
        head = RECORD.format(number=number, lead=lead)
        records[f"2024/2024-{number}"] = head + "".join(promises)
    schema = "$ref: npcreply:record:1\nx-workspace: {id: office}\n"
    place = workspace(records, schema)
    said = run("collect", "-o", "../回报", env=ASKED)
    assert (said.code, len(said.out.splitlines())) == (0, len(DEPARTMENTS))
    return place


def filled(asked: Place, folder: Path) -> list[tuple[Path, str]]:
    """Fill in every sheet and save it under a name that says nothing."""
    folder.mkdir()
    found = []
    for number, (careless, kind, _said) in enumerate(CARELESS, 1):
        name = DEPARTMENTS[number - 1]
        source = next(p for p in (asked.root.parent / "回报").glob("*.xlsx") if name in p.name)
        book = load_workbook(source)
        sheet = book["回报表"]
        sheet["G3"] = "2024-9-30"
        for line in range(1, LINES + 1):
            sheet[f"K{4 + line}"] = str(truth(number, line))
        careless(book, sheet)
        path = folder / f"收到{number}.xlsx"
        book.save(path)
        found.append((path, kind))
    return found


def judge(asked: Place, run: Run, said: str) -> None:
    """Hold what was written against what was meant."""
    workspace = Workspace(asked.root)
    assert read.load(asked.root / "schema.yaml")
    for number in range(1, len(DEPARTMENTS) + 1):
        record = workspace.open(f"2024-{number}").record
        for measure in record.measures:
            values = [entry.value for entry in measure.log]
            meant = [] if (number, measure.id) in NAMED else [truth(number, measure.id)]
            assert values == meant, (number, measure.id, said)
            assert all(str(entry.on) == "2024-09-30" for entry in measure.log)
    for _careless, _kind, named in CARELESS:
        assert named in said
    status = run("collect", "--status", "--json", env=BACK).rows
    assert {row["state"] for row in status} == {"returned"}
    assert run("check", env=BACK).code == 0


def test_a_round_as_careless_people_fill_it_in(asked: Place, run: Run) -> None:
    folder = asked.root.parent / "收"
    paths = [str(path) for path, _kind in filled(asked, folder)]
    shutil.copy(paths[0], folder / "又一次.xlsx")
    said = run("import", str(folder), "--yes", env=BACK)
    assert said.code == 2  # some cells wait for an answer
    judge(asked, run, said.out + said.err)
    before = asked.files()
    again = run("import", *reversed(paths), "--yes", env=BACK)
    assert "没有要写的。" in again.out
    assert asked.files() == before
    assert run("undo", env=BACK).code == 0
    assert all(b"log:" not in data for data in asked.files().values())


@pytest.mark.skipif(
    not shutil.which("soffice") and "NPCREPLY_FULL" not in os.environ,
    reason="LibreOffice is not installed",
)
def test_the_same_round_saved_by_an_office_program(asked: Place, run: Run, tmp_path: Path) -> None:
    sources = filled(asked, asked.root.parent / "填")
    folder = asked.root.parent / "收"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("xlsx", "xls", "ods"):
        mine = [str(path) for path, wanted in sources if wanted == kind]
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
        subprocess.run([*command, *mine], check=True, capture_output=True, timeout=180)
    assert len(list(folder.iterdir())) == len(sources)
    said = run("import", str(folder), "--yes", env=BACK)
    judge(asked, run, said.out + said.err)
