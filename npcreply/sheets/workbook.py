"""A file of tables read: .xlsx, .xls, .ods, .csv, told apart by what they hold, not by their name.

Values come from calamine, which opens what WPS writes; what a person sees of a number comes from
the file's own number formats (packed.py).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.errors import CouldNotError, NpcreplyError
from npcreply.language import _
from npcreply.sheets import carried, number_formats, old_book, packed, text_table
from npcreply.sheets.model import Book, Cell, Place, Range, Sheet, Value
from npcreply.store import files, refusals

LARGEST = 50 * 1024 * 1024  # bytes of a file
_SMALL_TEXT = 1024 * 1024  # bytes of a CSV that is read here
_TIMES = 4  # the cage's usual limits: a table of 100,000 rows needs three times a letter's
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_BOOKS = tuple(word.encode("utf-16-le") for word in ("Workbook", "Book"))
_OTHERS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".et", ".ett", ".xlsb", ".tsv"})


def read(path: Path) -> Book:
    """Return the sheets of a file. Raises CouldNotError with what to do for one that cannot be
    read: .et, encrypted, damaged, empty, too large, no table at all.
    """
    return read_bytes(files.start(path, LARGEST + 1), path)


def read_bytes(data: bytes, path: Path) -> Book:
    """Return the sheets of a file's bytes; `path` is where they came from. What is packed, and a
    long text, is read in a process of its own: it may have been made to hang or to swell.
    """
    name = refusals.shown(path)
    _refuse(data, path, name)
    is_small_text = len(data) <= _SMALL_TEXT and not data.startswith((_ZIP, _OLE))
    sheets, properties = parsed(data, name) if is_small_text else _caged(data, name)
    if not any(sheet.cells for sheet in sheets):
        raise CouldNotError(_("{path} 是空的").format(path=name), _("看看文件是否选对。"))
    return Book(path, sheets, properties)


def parsed(data: bytes, name: str) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    """Return the sheets and the custom properties of a file's bytes, read here and now."""
    if data.startswith(_ZIP):
        return _packed(data, name)
    if data.startswith(_OLE):
        return _old(data, name), {}
    return (text_table.sheet(data, name),), {}


def told(data: bytes, name: str) -> dict[str, Any]:
    """Return the same as JSON values: what the cage asks for."""
    sheets, properties = parsed(data, name)
    return {"sheets": [carried.told(sheet) for sheet in sheets], "properties": properties}


def _caged(data: bytes, name: str) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    from npcreply import cage

    instead = _("用 WPS 或 Excel 打开看看；打得开就另存为 .xlsx，再导入那一份。")
    barred = _("请管理员放行 Python；或另存为 CSV 再导入。")
    reader = cage.Reader(__name__, told.__name__, instead, barred, (name,), _TIMES)
    found = cage.read(reader, data, name)
    return tuple(carried.heard(sheet) for sheet in found["sheets"]), found["properties"]


def _refuse(data: bytes, path: Path, name: str) -> None:
    """Refuse what is told by its first bytes or by its name."""
    if len(data) > LARGEST:
        said = _("{name} 超过 {limit} MB").format(name=name, limit=LARGEST // 1024**2)
        raise CouldNotError(said, _("把要导入的那张表另存一份再导入。"))
    if path.suffix.lower() in {".et", ".ett"}:
        said = _("{name} 是 WPS 表格自己的格式（.et），读不了").format(name=name)
        remedy = _("在 WPS 里打开，“文件—另存为”，文件类型选“Microsoft Excel 文件(*.xlsx)”。")
        raise CouldNotError(said, remedy)
    if data[:512].lstrip().lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        said = _("{name} 其实是网页（系统导出的表常是这样），不是工作簿").format(name=name)
        raise CouldNotError(said, _("用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"))
    if data.startswith(_OTHERS):
        said = _("{name} 不是表格").format(name=name)
        remedy = _("能导入的有 .xlsx、.xls、.ods、.csv；别的请另存为 .xlsx。")
        raise CouldNotError(said, remedy)


def _packed(data: bytes, name: str) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    parts = packed.unpacked(data, name)
    if "word/document.xml" in parts:
        said = _("{name} 是 Word 文件，不是表格").format(name=name)
        raise CouldNotError(said, _("把里面的表粘到表格软件里，存为 .xlsx 再导入。"))
    layouts = packed.layouts(parts, name) if "xl/workbook.xml" in parts else {}
    from_1904 = packed.from_1904(parts)
    sheets = tuple(_sheets(data, layouts, from_1904, name))
    return sheets, packed.properties(parts)


def _old(data: bytes, name: str) -> tuple[Sheet, ...]:
    if _ENCRYPTED in data:
        raise packed.encrypted(name)
    if not any(word in data for word in _OLD_BOOKS):
        said = _("{name} 不是表格（像是 .doc、.wps）").format(name=name)
        raise CouldNotError(said, _("把里面的表粘到表格软件里，存为 .xlsx 再导入。"))
    layouts, from_1904 = old_book.layouts(data)
    return tuple(_sheets(data, layouts, from_1904, name))


def _sheets(
    data: bytes, layouts: Mapping[str, packed.Layout], from_1904: bool, name: str
) -> Iterator[Sheet]:
    """Yield the sheets that hold cells; calamine's errors, of whatever kind, are one sentence."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            hidden = about.visible != calamine.SheetVisibleEnum.Visible
            layout = layouts.get(about.name, packed.Layout())
            layout.merged = layout.merged or _merged(sheet)
            yield _Filling(sheet, layout, from_1904).sheet(about.name, hidden)
    except calamine.PasswordError as error:
        raise packed.encrypted(name) from error
    except NpcreplyError:
        raise
    except Exception as error:
        raise packed.damaged(name) from error


def _merged(sheet: Any) -> list[Range]:
    """Return the merged cells where the file has no XML of ours to read."""
    merged = sheet.merged_cell_ranges or []
    return [Range(top + 1, left + 1, low + 1, right + 1) for (top, left), (low, right) in merged]


@dataclass(slots=True)
class _Filling:
    """A sheet of calamine's made into ours."""

    source: Any
    layout: packed.Layout
    from_1904: bool
    cells: dict[Place, Cell] = field(default_factory=dict)

    def sheet(self, name: str, hidden: bool) -> Sheet:
        self._fill()
        layout = self.layout
        return Sheet(
            name,
            hidden,
            self.cells,
            tuple(sorted(layout.merged)),
            frozenset(layout.hidden_rows),
            frozenset(layout.hidden_columns),
            tuple(layout.formulas),
            layout.comments,
            packed.meant_fills(layout.filled, self.cells),
        )

    def _fill(self) -> None:
        start = self.source.start
        if start is None:
            return
        top, left = start[0] + 1, start[1] + 1
        for row, values in enumerate(self.source.iter_rows(), top):
            for column, value in enumerate(values, left):
                if value not in ("", None):
                    self._put(row, column, value)
        for (row, column), said in self.layout.errors.items():
            self.cells[row, column] = Cell(row, column, said, said)

    def _put(self, row: int, column: int, stored: Any) -> None:
        value, text = self._both(stored, self.layout.formats.get((row, column), ""))
        if text:
            self.cells[row, column] = Cell(row, column, text, value)

    def _both(self, stored: Any, code: str) -> tuple[Value, str]:
        """Return what is stored and what the person sees of it."""
        if isinstance(stored, str):
            text = stored.replace("\r\n", "\n").replace("\r", "\n").strip()
            return text, text
        if isinstance(stored, bool):
            return stored, _("是") if stored else _("否")
        if isinstance(stored, (int, float)):
            return self._number(packed.number(stored), code)
        if isinstance(stored, datetime):
            return stored.date(), number_formats.shown(stored, code)
        if isinstance(stored, date):
            return stored, number_formats.shown(stored, code)
        text = stored.isoformat() if isinstance(stored, time) else str(stored)
        return text, text

    def _number(self, value: Decimal, code: str) -> tuple[Value, str]:
        moment = (
            number_formats.day_of(value, from_1904=self.from_1904)
            if code and number_formats.is_day_format(code)
            else None
        )
        if moment:
            return moment.date(), number_formats.shown(moment, code)
        return value, number_formats.shown(value, code) if code else number_formats.plain(value)
