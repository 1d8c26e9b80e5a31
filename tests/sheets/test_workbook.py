"""A workbook or CSV read: what the person sees, what is stored, where, and what is refused."""

import io
import struct
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from npcreply.errors import CouldNotError
from npcreply.sheets import workbook
from npcreply.sheets.model import Cell, Range, column_number, letters
from tests.sheets.made import book, old_book, with_part


def cells(path: Path) -> dict[str, str]:
    return {cell.address: cell.text for cell in workbook.read(path).sheets[0].cells.values()}


def refusal(path: Path, *, here: bool = False) -> str:
    """What is said of a file that is refused; `here`, in this process, where limits are lowered."""
    with pytest.raises(CouldNotError) as caught:
        workbook.parsed(path.read_bytes(), path.name) if here else workbook.read(path)
    assert caught.value.remedy
    return caught.value.message


def test_a_cell_has_what_is_seen_and_what_is_stored(tmp_path):
    rows = [["编号", "完成率", "日期"], [37, 0.604, 45930]]
    path = book(tmp_path / "表.xlsx", {"台账": rows}, A2="0000", B2="0.0%", C2="yyyy/m/d")
    sheet = workbook.read(path).sheets[0]
    assert sheet.cells[2, 1] == Cell(2, 1, "0037", Decimal(37))
    assert sheet.cells[2, 2] == Cell(2, 2, "60.4%", Decimal("0.604"))
    assert sheet.cells[2, 3] == Cell(2, 3, "2025/9/30", date(2025, 9, 30))
    assert [cell.address for cell in sheet.by_row[2].values()] == ["A2", "B2", "C2"]
    assert sheet.text(9, 9) == ""


def test_texts_numbers_and_truth_without_a_format(tmp_path):
    path = book(tmp_path / "表.xlsx", {"台账": [[" 市住建局\r\n市财政局 ", 12.5, True, "0037"]]})
    sheet = workbook.read(path).sheets[0]
    assert [cell.text for cell in sheet.cells.values()] == [
        "市住建局\n市财政局",
        "12.5",
        "是",
        "0037",
    ]
    assert [cell.value for cell in sheet.cells.values()][1:3] == [Decimal("12.5"), True]


def test_columns_are_called_by_letters():
    assert [letters(n) for n in (1, 26, 27, 52, 53, 703)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]
    assert all(column_number(letters(n)) == n for n in range(1, 2000))
    assert Range(2, 1, 5, 12).address == "A2:L5"


def test_merges_hidden_rows_columns_and_sheets_are_known(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        first, second = made.add_worksheet("月报"), made.add_worksheet("_底稿")
        first.merge_range("A1:C1", "合并的标题")
        first.write_column("A2", ["一", "二", "三"])
        first.set_row(2, None, None, {"hidden": True})
        first.set_column("C:D", None, None, {"hidden": True})
        second.very_hidden()
        second.write("A1", "底稿")
    sheet, hidden = workbook.read(path).sheets
    assert sheet.merged == (Range(1, 1, 1, 3),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {3, 4})
    assert not sheet.hidden
    assert hidden.hidden


def test_comments_and_fills_that_mean_something_are_counted(tmp_path):
    path = tmp_path / "表.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (
        ["编号", "事项", "进度"],
        [1, "修路", "滞后"],
        [2, "建桥", "正常"],
        [3, "挖渠", "正常"],
    ):
        sheet.append(row)
    grey, red = (PatternFill("solid", fgColor=colour) for colour in ("FFD9D9D9", "FFFF0000"))
    for cell in sheet[1]:
        cell.fill = grey
    sheet["C2"].fill = red
    sheet["B3"].comment = Comment("再核一下", "某")
    made.save(path)
    read = workbook.read(path).sheets[0]
    assert (read.comments, read.fills) == (1, 1)


def test_a_formula_has_its_stored_result_or_is_named(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet()
        sheet.write_formula("A1", "=1+2", None, 3)
    assert cells(path) == {"A1": "3"}
    made = openpyxl.Workbook()
    made.active["A1"], made.active["B2"] = "合计", "=SUM(C1:C9)"
    made.save(path)
    assert workbook.read(path).sheets[0].formulas == ("B2",)


def test_a_formula_that_failed_shows_its_error(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet().write_formula("B2", "=1/0", None, "#DIV/0!")
    assert cells(path) == {"B2": "#DIV/0!"}


def test_custom_properties_are_kept(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.set_custom_property("npcreply-issue", "R2025-03-水利-01")
        made.add_worksheet().write("A1", "一")
    assert workbook.read(path).properties == {"npcreply-issue": "R2025-03-水利-01"}


def test_what_wps_writes_oddly_does_not_matter(tmp_path):
    path = book(tmp_path / "表.xlsx", {"台账": [["编号"], [37]]}, A2="0000")
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml")
        sheet = archive.read("xl/worksheets/sheet1.xml")
    empty = styles.replace(b'<fills count="2">', b'<fills count="3"><fill/>')
    assert empty != styles
    wrong = sheet.replace(b'<dimension ref="A1:A2"/>', b'<dimension ref="A1"/>')
    assert wrong != sheet
    with_part(path, xl_styles_xml=empty, xl_worksheets_sheet1_xml=wrong)
    assert cells(path) == {"A1": "编号", "A2": "0037"}


def test_the_name_of_a_file_does_not_decide_what_it_is(tmp_path):
    path = book(tmp_path / "表.csv", {"台账": [["编号"], ["0037"]]})
    assert cells(path) == {"A1": "编号", "A2": "0037"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_in_any_encoding_and_with_any_separator(tmp_path, encoding, separator):
    path = tmp_path / "表.csv"
    lines = [
        "某市台账",
        separator.join(["编号", "单位"]),
        separator.join(["0037", '"市住建局,市财政局"']),
    ]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert cells(path) == {
        "A1": "某市台账",
        "A2": "编号",
        "B2": "单位",
        "A3": "0037",
        "B3": "市住建局,市财政局",
    }


def test_rows_of_a_csv_have_the_numbers_of_their_lines(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text(
        '编号,进展\n"=""0046""","建成3处\n在建1处"\n\n47,已印发,多一格\n', encoding="utf-8"
    )
    sheet = workbook.read(path).sheets[0]
    assert {cell.address: cell.text for cell in sheet.cells.values()} == {
        "A1": "编号", "B1": "进展", "A2": "0046", "B2": "建成3处\n在建1处",
        "A5": "47", "B5": "已印发", "C5": "多一格",
    }  # fmt: skip
    assert sheet.widths == {1: 2, 2: 2, 4: 0, 5: 3}


def test_a_quote_without_its_partner_is_named_by_its_line(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text('编号,进展\n46,"建成3处\n47,已印发\n48,在建\n', encoding="utf-8")
    assert "第 2 行有一个英文引号没有配对" in refusal(path)


def test_a_quote_inside_a_word_is_a_quote(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text('编号,进展\n46,"A"类\n', encoding="utf-8")
    assert cells(path)["B2"] == "A类"


def test_chinese_that_was_lost_is_refused(tmp_path):
    path = tmp_path / "表.csv"
    path.write_text("????,????\n46,??\n")
    assert "中文全成了“?”" in refusal(path)


def test_files_that_are_no_tables_are_refused_with_what_to_do(tmp_path):
    def said(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return refusal(path)

    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "WPS 表格自己的格式" in said("表.et", b"\xd0\xcf\x11\xe0")
    assert "其实是网页" in said("表.xls", b"<html><table><tr><td>1</td></tr></table></html>")
    assert "是 Word 文件" in said("表.docx", document.getvalue())
    assert "不是表格" in said("表.pdf", b"%PDF-1.4\n")
    assert "像是 .doc" in said("表.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "不是表格" in said("表.dat", b"\0\1\2" * 50)
    assert "是空的" in said("表.csv", b"")
    assert "是空的" in said("空.csv", "\ufeff\r\n,,\r\n".encode())
    assert "没有 " in refusal(tmp_path / "没有.xlsx")


def test_an_encrypted_workbook_says_how_the_password_goes_away(tmp_path):
    path = tmp_path / "表.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(ole)
    assert "加了密码" in refusal(path)


def test_a_workbook_cut_short_is_damaged(tmp_path):
    path = book(tmp_path / "表.xlsx", {"台账": [["编号"], [37]]})
    whole = path.read_bytes()
    for part in (100, len(whole) // 2, len(whole) - 30):
        path.write_bytes(whole[:part])
        assert "打不开" in refusal(path)
    with_part(book(path, {"台账": [["编号"]]}), xl_worksheets_sheet1_xml=b"<worksheet><sheetData>")
    assert "打不开" in refusal(path)


def test_an_empty_workbook_is_empty(tmp_path):
    assert "是空的" in refusal(book(tmp_path / "表.xlsx", {"台账": []}))


def test_an_archive_that_grows_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("npcreply.sheets.packed.MOST_UNPACKED", 1_000_000)
    path = book(tmp_path / "表.xlsx", {"台账": [["编号"]]})
    with_part(path, xl_extra_xml=b"0" * 2_000_000)
    assert path.stat().st_size < 20_000
    assert "解开以后太大" in refusal(path, here=True)
    monkeypatch.setattr("npcreply.sheets.packed.MOST_ENTRIES", 3)
    assert "解开以后太大" in refusal(book(path, {"台账": [["编号"]]}), here=True)


def test_a_long_text_shown_a_thousand_times_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("npcreply.sheets.packed.MOST_SHOWN", 1_000_000)
    path = book(tmp_path / "表.xlsx", {"台账": [["长" * 900]] * 2000})
    assert path.stat().st_size < 60_000
    assert "解开以后太大" in refusal(path, here=True)


def test_a_stray_cell_at_the_far_corner_is_named(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("台账")
        sheet.write("A1", "编号")
        sheet.write("XFD1048576", "x")
    assert "XFD1048576 离别的格太远" in refusal(path)


def test_formats_to_the_last_row_are_no_cells(tmp_path):
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("台账")
        sheet.write("A1", "编号")
        sheet.write_blank("XFD1048576", None, made.add_format({"bold": True}))
    assert cells(path) == {"A1": "编号"}


def test_an_old_workbook_has_formats_and_hidden_rows_and_columns(tmp_path):
    number = struct.pack("<HHHd", 0, 0, 0, 37.0)
    share = struct.pack("<HHHd", 1, 2, 1, 0.604)
    small = struct.pack("<HHHI", 2, 1, 2, (1250 << 2) | 2)
    hidden_row = struct.pack("<HHHHHHHH", 1, 0, 3, 255, 0, 0, 0x20, 0)
    hidden_column = struct.pack("<HHHHHH", 1, 1, 2560, 0, 1, 0)
    records = [
        (0x7D, hidden_column),
        (0x208, hidden_row),
        (0x203, number),
        (0x203, share),
        (0x27E, small),
        (0x1C, bytes(12)),
    ]
    path = old_book(tmp_path / "旧.xls", "月报", records, [0, 10, 3])
    sheet = workbook.read(path).sheets[0]
    assert {c.address: c.text for c in sheet.cells.values()} == {
        "A1": "37", "C2": "60.40%", "B3": "1,250",
    }  # fmt: skip
    assert (sheet.name, sheet.hidden_rows, sheet.hidden_columns, sheet.comments) == (
        *("月报", {2}, {2}, 1),
    )


def test_an_old_workbook_cut_short_or_bent_is_damaged(tmp_path):
    path = old_book(tmp_path / "旧.xls", "月报", [(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0))], [0])
    whole = path.read_bytes()
    for length in (520, 1100, 1600):
        path.write_bytes(whole[:length])
        assert refusal(path)
    circle = bytearray(whole)
    circle[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)
    path.write_bytes(circle)
    workbook.old_book.layouts(bytes(circle))
