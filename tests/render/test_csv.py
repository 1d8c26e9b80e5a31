from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.errors import UsageError
from npcreply.render.csv import Encoding, Headers, csv_bytes, unguarded
from npcreply.table import Cell, Column, Kind, Table, Word

COLUMNS = (
    Column("number", "建议号"),
    Column("lead", "主办单位"),
    Column("status", "状态", "enum"),
    Column("current_value", "当前值", "number"),
    Column("deadline", "时限", "day"),
    Column("key", "重点督办", "enum"),
)
TABLE = Table(
    "full",
    "台账",
    COLUMNS,
    (
        {
            "number": "0046",
            "lead": ("市教育局", "市水利局"),
            "status": Word("to_verify", "待销号", "verify"),
            "current_value": Decimal("-3.50"),
            "deadline": date(2023, 12, 31),
            "key": True,
        },
        {"number": "温46", "lead": '说"好",\r\n再说'},
    ),
)


def written(cell: Cell, kind: Kind = "text", headers: Headers = "zh") -> str:
    """Return the one cell as a spreadsheet's reader finds it."""
    table = Table(
        "t",
        "t",
        (Column("first", "首"), Column("cell", "格", kind)),
        ({"first": "a", "cell": cell},),
    )
    text = csv_bytes(table, headers, "utf-8").decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))[1][1]


def test_for_people() -> None:
    assert csv_bytes(TABLE).decode("utf-8-sig") == (
        "建议号,主办单位,状态,当前值,时限,重点督办\r\n"
        "'0046,市教育局、市水利局,待销号,-3.50,2023-12-31,是\r\n"
        '温46,"说""好"",\n再说",,,,\r\n'
    )


def test_for_machines() -> None:
    assert csv_bytes(TABLE, "machine", "utf-8").decode() == (
        "number,lead,status,current_value,deadline,key\r\n"
        "0046,市教育局、市水利局,to_verify,-3.50,2023-12-31,true\r\n"
        '温46,"说""好"",\n再说",,,,\r\n'
    )


def test_fields_and_no_rows() -> None:
    empty = Table("full", "台账", COLUMNS, ())
    assert (
        csv_bytes(empty, fields=["status", "number"], encoding="utf-8")
        == "状态,建议号\r\n".encode()
    )
    with pytest.raises(UsageError, match="是不是 status？"):
        csv_bytes(TABLE, fields=["statu"])


@pytest.mark.parametrize(
    ("encoding", "start"),
    [("utf-8-sig", b"\xef\xbb\xbf"), ("utf-8", "重".encode()), ("gb18030", b"\xd6\xd8")],
)
def test_encodings(encoding: Encoding, start: bytes) -> None:
    table = Table("t", "t", (Column("text", "重点"),), ({"text": "\U00020bb7野家😀\ud800"},))
    data = csv_bytes(table, encoding=encoding)
    assert data.startswith(start)
    assert data.decode(encoding) == "重点\r\n\U00020bb7野家😀?\r\n"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\n=1", "  =1", "\u3000=1", "＝1", "＋A1", "－A1", "＠SUM", "-", "-A1",
     "0046", "007.5", "-012", "46.10", "1234567890123456", "1-2", "2021-12", "12-2021", "3/4", "2023-12-31", "2023/1/2", "1E5", "-2e3",
     "12:30", "1:2:3", "12:30 PM", "true", "FALSE", "００46", "１２：３０", "\ufeff=1", "'=1", "''0046", " 0046 "],
)  # fmt: skip
def test_guarded(text: str) -> None:
    assert written(text) == "'" + text
    assert unguarded("'" + text) == text


@pytest.mark.parametrize("text", ["2025-12", "0046", "1E5", "12:30", "true", "46.10"])
def test_a_program_finds_an_id_without_a_quote_before_it(text: str) -> None:
    assert written(text, headers="machine") == text
    assert written(text) == "'" + text  # a spreadsheet would make December of it


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "＝1"])
def test_what_would_run_is_guarded_for_a_program_too(text: str) -> None:
    assert written(text, headers="machine") == "'" + text


@pytest.mark.parametrize(
    "text",
    ["", "温46", "2023-温46.1", "2021-107", "2021-0107", "46", "46.1", "2020028.1", "-5", "+5", "-3.25", "-3.5%", "0", "0.5", "63.5%",
     "60.4/70%", "62/40%~", "123456789012345", "12月31日", "年度", "'引文'", "'", "''", "a=b", "第1-2项", "Eq", "13800000000"],
)  # fmt: skip
def test_not_guarded(text: str) -> None:
    assert written(text) == text
    assert unguarded(text) == text


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        (-5, "number", "-5"),
        (Decimal("-0.50"), "text", "-0.50"),
        (Decimal("600.0"), "number", "600"),
        (date(2023, 12, 31), "text", "2023-12-31"),
        ("2023-12", "day", "2023-12"),
        ("=1", "number", "'=1"),
        (Word("=x", "-y", ""), "enum", "'-y"),
        (("=a", "b"), "text", "'=a、b"),
        (False, "enum", "否"),
        (None, "text", ""),
        ("a\x00b\x07\x1b[0m\x85c", "text", "ab[0mc"),
        ("一\r\n二\r三\n四", "text", "一\n二\n三\n四"),
        ("\x00=1", "text", "'=1"),
        ("\x00\x07", "text", ""),
        ("\x07一\r=1", "text", "一\n=1"),
        ("龥\u0301=1", "text", "龥\u0301=1"),
    ],
)
def test_each_kind_of_cell(cell: Cell, kind: Kind, expected: str) -> None:
    assert written(cell, kind) == expected


def test_a_head_is_guarded_as_well() -> None:
    assert csv_bytes(Table("t", "t", (Column("x", "=1"),), ()), encoding="utf-8") == b"'=1\r\n"


PARTS = [
    "'",
    "=",
    "+",
    "-",
    "@",
    "＝",
    "0",
    "1",
    "46",
    ".",
    "/",
    ":",
    "e",
    " ",
    "\t",
    "\n",
    "\u3000",
    "温",
    "%",
    "true",
    "０",
    ",",
    '"',
]
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.lists(
    st.sampled_from(PARTS), max_size=9
).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    assert unguarded(written(text)) == text
    assert unguarded(written(text, headers="machine")) == text


@settings(deadline=None)
@given(TEXTS)
def test_nothing_that_runs_is_left_bare(text: str) -> None:
    shown = written(text)
    first = shown.lstrip("\u3000 \t\n")[:1]
    assert first not in set("=@＝＠")
    assert (
        first not in set("+-")
        or shown.strip().strip("%").lstrip("+-").replace(".", "", 1).isdecimal()
    )


@settings(deadline=None)
@given(
    st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5),
    st.sampled_from(["utf-8-sig", "utf-8", "gb18030"]),
)
def test_python_reads_it_back(cells: list[list[str]], encoding: Encoding) -> None:
    columns = (Column("a", "甲"), Column("b", "乙"))
    table = Table("t", "t", columns, tuple({"a": a, "b": b} for a, b in cells))
    text = csv_bytes(table, "machine", encoding).decode(encoding)
    heads, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert heads == ["a", "b"]
    assert [[unguarded(cell) for cell in row] for row in rows] == cells
