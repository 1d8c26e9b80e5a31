"""Sheets come out of the process that reads a workbook as they were read; what a workbook does to
that process is a sentence.
"""

import json
import os
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from npcreply import cage
from npcreply.errors import CouldNotError
from npcreply.sheets import carried, workbook
from npcreply.sheets.model import Cell, Range, Sheet
from tests.conftest import Place, Run
from tests.sheets.made import book, with_part

ROWS = [["编号", "完成率", "日期", "办结"], [37, 0.604, 45930, True], [1e30, -0.5, 1, False]]


def test_a_sheet_as_json_and_back_is_the_same_sheet():
    cells = [
        Cell(1, 1, "0037", Decimal(37)),
        Cell(1, 2, "60.4%", Decimal("0.604")),
        Cell(2, 1, "9月30日", date(2025, 9, 30)),
        Cell(2, 3, "是", True),
        Cell(3, 1, "否", False),
        Cell(3, 2, "整治\n河道", "整治\n河道"),
        Cell(4, 1, "12", Decimal(12)),
    ]
    sheet = Sheet(
        "台账", True, {cell[:2]: cell for cell in cells}, (Range(1, 1, 2, 2),),
        frozenset({4}), frozenset({3}), ("B7",), 2, 1, {1: 3},
    )  # fmt: skip
    assert carried.heard(json.loads(json.dumps(carried.told(sheet)))) == sheet


def test_a_workbook_is_read_as_it_would_be_here(tmp_path):
    path = book(tmp_path / "表.xlsx", {"台账": ROWS, "附": [["x"]]}, A2="0000", B2="0.0%", C2="m/d")
    here, _properties = workbook.parsed(path.read_bytes(), path.name)
    assert workbook.read(path).sheets == here


def test_a_small_csv_starts_no_process(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    path = tmp_path / "表.csv"
    path.write_text("编号,标题\n37,整治河道\n", "utf-8")
    assert workbook.read(path).sheets[0].text(2, 2) == "整治河道"


def test_a_long_csv_is_read_in_the_cage(tmp_path, monkeypatch):
    path = tmp_path / "表.csv"
    path.write_text("编号,标题\n" + "37,整治河道的建议\n" * 50_000, "utf-8")
    assert workbook.read(path).sheets[0].text(50_001, 2) == "整治河道的建议"
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(CouldNotError, match="另起一个进程") as caught:
        workbook.read(path)
    assert "另存为 CSV" in caught.value.remedy


def spoilt(path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook whose reader hangs, swells, says too much, or meets what it does not expect."""
    if how == "slow":
        monkeypatch.setattr(cage, "SECONDS", 0)
    elif how == "large":
        monkeypatch.setattr(cage, "MEMORY", 5 * 1024 * 1024)
    elif how == "endless":
        monkeypatch.setattr(cage, "MOST", 10)
    book(path, {"台账": ROWS})
    if how == "bent":
        data = bytearray(path.read_bytes())
        for at in range(60, len(data), 97):
            data[at] ^= 0x55
        path.write_bytes(data)
    if how == "odd":
        sheet = b'<worksheet><sheetData><row r="1"><c r="A99999999"><v>1</v></c></row></sheetData>'
        with_part(path, xl_worksheets_sheet1_xml=sheet + b"</worksheet>")
    return path


HOW = ["slow", "endless", "bent", "odd"]
HOW += ["large"] if sys.platform == "linux" else []


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize(
    "line", [["import", "--yes"], ["log", "107", "--yes", "--from"]], ids=["import", "log"]
)
def test_whatever_a_workbook_does_to_its_reader_is_a_sentence(
    how: str, line: list[str], office: Place, run: Run, tmp_path, monkeypatch
):
    before = office.files()
    said = run(*line, str(spoilt(tmp_path / "表.xlsx", how, monkeypatch)))
    assert said.code == 1
    assert said.err.startswith("错误：")
    assert len(said.err.splitlines()) == 2  # what is wrong, what to do
    assert "程序出错" not in said.err
    assert office.files() == before


@pytest.mark.parametrize("executable", ["", os.devnull])
def test_where_no_process_may_be_started_it_says_so(executable, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", executable)
    with pytest.raises(CouldNotError, match="系统不许") as caught:
        workbook.read(book(tmp_path / "表.xlsx", {"台账": ROWS}))
    assert "管理员" in caught.value.remedy
