from __future__ import annotations

import io
import itertools
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from npcreply.dataclass import replace
from npcreply.errors import CouldNotError
from npcreply.render import xlsx, xlsx_rows
from npcreply.render.xlsx import LONGEST, xlsx_bytes
from npcreply.render.xlsx_rows import Rows
from npcreply.table import Book, Cell, Column, Table, Word

DAY = date(2024, 1, 5)
RED = Word("red", "红", "late")


def read(*cells: Cell, kind: Any = "text", choices: tuple[Word, ...] = ()) -> Any:
    """The sheet made of one column with these cells, as openpyxl reads it."""
    column = Column("a", "项", kind, choices=choices)
    table = Table("t", "表", (column,), tuple({"a": cell} for cell in cells), lead=("题",))
    data, _cut = xlsx_bytes(Book("书", (table,), DAY))
    return openpyxl.load_workbook(io.BytesIO(data)).active


def cells(sheet: Any) -> list[Any]:
    return [row[0].value for row in sheet.iter_rows(min_row=3)]


@pytest.mark.parametrize(
    ("cell", "kind", "read_back"),
    [
        ("0046", "text", "0046"),
        ("2023-01-05", "text", "2023-01-05"),
        ("1E5", "text", "1E5"),
        (358, "number", 358),
        (Decimal("358.49"), "number", 358.49),
        (Decimal("0.50"), "number", 0.5),
        (Decimal(12345678901234567), "number", "12345678901234567"),
        (date(2023, 12, 31), "day", datetime(2023, 12, 31)),  # noqa: DTZ001 -- as openpyxl reads it
        (None, "text", None),
        (True, "text", "是"),
        (RED, "enum", "红"),
        (("甲代表", "乙代表"), "text", "甲代表、乙代表"),
    ],
)
def test_a_cell_is_what_it_is(cell: Cell, kind: str, read_back: object) -> None:
    assert cells(read(cell, kind=kind)) == [read_back]


HOSTILE = {
    "=1+1": "=1+1",
    "@SUM(A1)": "@SUM(A1)",
    "+cmd|' /C calc'!A0": "+cmd|' /C calc'!A0",
    "{=A1}": "{=A1}",
    "http://example.org": "http://example.org",
    "[red]粗[/red] <b>": "[red]粗[/red] <b>",
    "一\x00二\x1b三": "一二三",
    "左\u202e右": "左右",
    "\ud800半": "半",
    "𠮷䶮🙂": "𠮷䶮🙂",
    "甲\r\n乙": "甲\n乙",
    "名" * 300: "名" * 300,
    "<r>粗</r>": "<r>粗</r>",
    "  两头有空格  ": "  两头有空格  ",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    sheet = read(text)
    (cell,) = next(sheet.iter_rows(min_row=3))
    assert (cell.value, cell.data_type) == (HOSTILE[text], "s")
    assert cell.hyperlink is None


def test_what_is_too_long_for_a_cell_is_said() -> None:
    table = Table("t", "表", (Column("a", "项"),), ({"a": "字" * (LONGEST + 1)}, {"a": "短"}))
    data, cut = xlsx_bytes(Book("书", (table,), DAY))
    assert cut == ("表 第 3 行“项”超过 32,767 字，表格里只有前面的部分",)
    assert cells(openpyxl.load_workbook(io.BytesIO(data)).active) == ["字" * LONGEST, "短"]


def test_the_page() -> None:
    sheet = read("甲", "乙")
    assert sheet["A1"].value == "题"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A3", "A2:A4")
    assert sheet.print_title_rows == "$1:$2"
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.scale) == ("landscape", 9, 90)
    footer = sheet.oddFooter
    assert (footer.left.text, footer.right.text) == ("截至 2024-01-05", "第 &P 页 共 &N 页")


def test_a_word_has_its_fill_and_a_light_follows_its_word() -> None:
    plain, light = read(RED, kind="enum"), read(RED, kind="enum", choices=(RED,))
    assert plain["A3"].fill.bgColor.rgb != "00000000" or plain["A3"].fill.fgColor.rgb == "FFF4B6B0"
    assert light["A3"].fill.fill_type is None
    (rules,) = light.conditional_formatting
    assert str(rules.sqref) == "A3"
    assert [rule.formula for rule in rules.rules] == [['"红"']]


def test_nothing_to_show_is_an_empty_sheet() -> None:
    assert cells(read()) == []


def test_many_columns_take_further_pages_and_are_not_made_smaller() -> None:
    columns = tuple(Column(f"c{n}", f"列{n}") for n in range(20))
    row: dict[str, Cell] = {column.name: "字" * 10 for column in columns}
    data, _cut = xlsx_bytes(Book("书", (Table("t", "表", columns, (row,)),), DAY))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet.print_title_cols == "$A:$A"
    starts = [0, *(each.id for each in sheet.col_breaks.brk), len(columns)]
    assert len(starts) > 3
    widest = max(end - start for start, end in itertools.pairwise(starts))
    assert widest * 21.5 < 150


def test_each_page_across_says_its_title_outside_the_column_that_is_printed_again() -> None:
    columns = tuple(Column(f"c{n}", f"列{n}") for n in range(20))
    row: dict[str, Cell] = {column.name: "字" * 10 for column in columns}
    table = Table("t", "表", columns, (row,), lead=("承诺一览 1 行",))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Book("书", (table,), DAY))[0])).active
    titles = {cell.column - 1: cell.value for cell in sheet[1] if cell.value}
    breaks = [each.id for each in sheet.col_breaks.brk]
    assert titles == {1: "承诺一览 1 行"} | dict.fromkeys(breaks, "承诺一览 1 行（续）")


def test_the_columns_for_paper_stand_first_and_alone_are_printed_on_one_page() -> None:
    columns = tuple(Column(f"c{n}", f"列{n}") for n in range(20))
    row: dict[str, Cell] = {column.name: "字" * 30 for column in columns}
    table = Table("t", "表", columns, (row, row), lead=("题",), paper=("c7", "c3", "c5", "gone"))

    def sheet(fields: tuple[str, ...] | None = None) -> Any:
        data, _cut = xlsx_bytes(Book("书", (table,), DAY), fields)
        return openpyxl.load_workbook(io.BytesIO(data)).active

    printed = sheet()
    heads = [cell.value for cell in printed[2]]
    assert heads[:5] == ["列7", "列3", "列5", "列0", "列1"]
    assert len(heads) == 20
    assert printed.print_area == "'表'!$A$1:$C$4"
    assert [cell.value for cell in printed[1] if cell.value] == ["题", "从这一列起不打印"]
    taken = printed.column_dimensions["A"]
    assert (taken.min, taken.max) == (1, 3)
    assert 120 < taken.width * 3 < 124
    assert sheet(("c1", "c3")).print_area == ""


def test_the_edges_of_many_narrow_columns_count_on_paper() -> None:
    columns = tuple(Column(f"c{n}", "列") for n in range(60))
    data, _cut = xlsx_bytes(Book("书", (Table("t", "表", columns, ()),), DAY))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    taken = [
        each.width
        for each in sheet.column_dimensions.values()
        for _n in range(each.min, each.max + 1)
    ]
    starts = [0, *(each.id for each in sheet.col_breaks.brk), len(columns)]
    pages = [sum(taken[start:end]) for start, end in itertools.pairwise(starts)]
    assert max(pages[0], *(taken[0] + each for each in pages[1:])) < 124


def test_rows_that_come_side_by_side_make_the_same_sheets_as_rows_at_hand() -> None:
    columns = (Column("a", "项"), Column("b", "数", "number"))
    first = tuple({"a": f"第{n}项" + "很长" * n, "b": n} for n in range(9))
    second = tuple({"a": f"甲\n乙{n}", "b": None} for n in range(4))
    tables = [Table(name, name, columns, ()) for name in ("一", "二")]
    at_hand = Book(
        "书",
        tuple(
            replace(table, rows=rows, lead=(f"{len(rows)} 行",))
            for table, rows in zip(tables, (first, second), strict=True)
        ),
        DAY,
    )
    passing = ({"一": first[n : n + 2], "二": second[n : n + 1]} for n in range(0, 9, 2))
    rest = ({"一": (), "二": second[n : n + 1]} for n in (1, 3))
    headings = dict.fromkeys(("一", "二"), "{} 行".format)
    coming = Book("书", tuple(tables), DAY, passing, headings)
    ordered = replace(at_hand.sheets[1], rows=(*second[::2], *second[1::2]))
    both = replace(coming, passing=itertools.chain(passing, rest))
    wanted, _cut = xlsx_bytes(replace(at_hand, sheets=(at_hand.sheets[0], ordered)))
    assert xlsx_bytes(both)[0] == wanted


LINE = 15.0  # points


def heights(*texts: str) -> list[float]:
    """How high the sheet says each row is, in a column as wide as columns become."""
    sheet = read(*texts, "字" * 99)
    return [sheet.row_dimensions[3 + n].height or LINE for n in range(len(texts))]


def test_a_per_cent_sign_and_what_stands_off_the_edge_have_room() -> None:
    """A number wider than its column is shown as ####."""
    columns = (Column("percent", "率", "number"), Column("value", "数", "number"))
    table = Table("t", "表", columns, ({"percent": Decimal("106.25"), "value": Decimal("106.25")},))
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Book("书", (table,), DAY))[0])).active
    rate, value = (sheet.column_dimensions[place].width for place in "AB")
    assert rate > len("106.25%") + 3
    assert rate - value == 1


def test_a_row_has_no_line_too_many_and_none_too_few() -> None:
    """Such a column has room for 30 characters; a mark that closes begins no line."""
    texts = [
        "字" * 30,
        "字" * 30 + "尾",
        "短\n短\n短",
        "字" * 30 + "，",
        "字" * 60,
        "",
        "2023-12-31",
    ]
    assert [height / LINE for height in heights(*texts)] == [1, 2, 3, 2, 2, 1, 1]


@pytest.mark.parametrize("kept", [0, 2000])
def test_heights_where_the_texts_are_no_longer_at_hand(
    monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(xlsx_rows, "_FOLDED", kept)
    texts = ["字" * 30 * lines for lines in (2, 3, 4, 7)]
    exact = [lines * LINE for lines in (2, 3, 4, 7)]
    at_hand, told = heights(*texts), heights("甲", *texts)[1:]
    assert at_hand == told
    assert (at_hand == exact) is (kept > 0)
    assert all(found >= wanted for found, wanted in zip(at_hand, exact, strict=True))


def test_more_rows_than_a_sheet_can_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST", 10)
    table = Table("t", "表", (Column("a", "项"),), tuple({"a": str(n)} for n in range(9)))
    with pytest.raises(CouldNotError, match="表 有 9 行，一张表最多放 8 行"):
        xlsx_bytes(Book("书", (table,), DAY))


def test_a_text_of_signs_beyond_the_first_plane_is_cut_where_a_cell_ends_and_said() -> None:
    table = Table("t", "表", (Column("a", "项"),), ({"a": "🙂" * LONGEST},))
    data, cut = xlsx_bytes(Book("书", (table,), DAY))
    value = openpyxl.load_workbook(io.BytesIO(data)).active["A3"].value
    assert value == "🙂" * (LONGEST // 2)
    assert len(cut) == 1


def test_numbers_that_are_equal_are_spelled_each_as_it_was_written() -> None:
    """A column spells what it had before only once; 1, 1.0 and true are three things."""
    cells: list[Cell] = [1, Decimal("1.0"), True, Decimal("0.5"), Decimal("0.50"), 1, None, "1"]
    rows = Rows([Column("n", "数", "number")], lambda **_look: 0, 1, io.BytesIO())
    rows.add([{"n": cell} for cell in cells])
    text = b"".join(rows.xml([""] * len(cells))).decode()
    found = re.findall(r"<v>(.*?)</v>|<t>(.*?)</t>|(/>)", text)
    said = ["1", "1.0", "是", "0.5", "0.50", "1", "/>", "1"]
    assert ["".join(one) for one in found] == said


def test_a_row_with_a_cell_of_several_lines_keeps_all_its_widths() -> None:
    columns = [Column(name, name) for name in "abc"]
    rows = Rows(columns, lambda **_look: 0, 1, io.BytesIO())
    rows.add([{"a": "甲", "b": "乙乙\n丙", "c": "丁丁丁"}, {"a": "戊戊戊戊", "c": "己"}])
    assert [rows.longest(place) for place in range(3)] == [8, 4, 6]
