"""Tables as a workbook that prints as it is: dates as dates, numbers as numbers, no formulas."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from npcreply.dataclass import replace
from npcreply.language import _, chosen
from npcreply.render.cells import chosen_columns
from npcreply.render.text import fit, width
from npcreply.table import Book, Cell, Column, Row, Style, Table, Word, cell_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


LONGEST = 32_767  # characters a cell can hold
_DIGITS = 15  # that a spreadsheet keeps of a number
_NARROWEST, _WIDEST, _WIDEST_OF_MANY = 5, 60, 36
_SCALE = 90  # percent: 10 points are 9 on paper
_PAGE = 120  # columns of text across A4 landscape at that, also where digits are wide
_FEW = 9  # columns that are folded until they stand on one page; more take several
_PERCENT = frozenset({"percent", "stated_percent"})
_LINE, _HIGHEST = 13, 409  # points
_A4 = 9
_HEAD = 1  # the row of the heads, below the title
_FILLS: dict[Style, str] = {
    "late": "#F4B6B0",
    "verify": "#E6C8EE",
    "today": "#FFE28A",
    "soon": "#FFF2BF",
    "lagging": "#C5E3EC",
    "undated": "#E4E4E4",
    "done": "#CFE8CF",
    "dropped": "#EEEEEE",
}
_FONTS = {"zh": "宋体", "en": "Calibri"}


def xlsx_bytes(book: Book, fields: Sequence[str] | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Return the workbook (of these columns), and a sentence for each cell that was too long for
    one and is cut there. Raises UsageError for a field that a sheet does not have.
    """
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(memory, options)
    workbook.set_properties({"title": book.title, "created": _midnight(book.day)})
    formats = _Formats(workbook)
    shown = [replace(table, columns=chosen_columns(table, fields)) for table in book.sheets]
    cut = [line for table in shown for line in _sheet(workbook, table, book, formats)]
    workbook.close()
    return memory.getvalue(), tuple(cut)


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            usual = {"font_name": _FONTS.get(chosen(), _FONTS["zh"]), "font_size": 10}
            self._made[key] = self._workbook.add_format({**usual, **look})
        return self._made[key]

    def cell(self, **look: object) -> Format:
        return self(valign="top", border=1, border_color="#BFBFBF", **look)


def _sheet(workbook: Workbook, table: Table, book: Book, formats: _Formats) -> list[str]:
    sheet = workbook.add_worksheet(table.title)
    _page(sheet, table, book)
    last = max(len(table.columns) - 1, 0)
    sheet.write_string(0, 0, fit(" ".join(table.lead) or table.title), formats(bold=True))
    sheet.set_row(0, 20)
    sheet.set_row(_HEAD, 2 * _LINE + 4)
    head = formats.cell(bold=True, bg_color="#E8EDF3", text_wrap=True)
    wide = _widths(table)
    for place, column in enumerate(table.columns):
        sheet.write_string(_HEAD, place, fit(column.title), head)
        sheet.set_column(place, place, wide[place])
    if breaks := _breaks(wide):
        sheet.set_v_pagebreaks(breaks)
        sheet.repeat_columns(0)
    if table.rows:
        sheet.autofilter(_HEAD, 0, _HEAD + len(table.rows), last)
    cut = []
    for line, row in enumerate(table.rows, _HEAD + 1):
        sheet.set_row(line, _height(table.columns, row, wide))
        for place, column in enumerate(table.columns):
            if _write(sheet, line, place, row.get(column.name), column, formats):
                cut.append(_too_long(table, column, line + 1))
    _lights(sheet, table, formats)
    return cut


def _page(sheet: Worksheet, table: Table, book: Book) -> None:
    """A4 landscape, never made smaller, the heads on each page, which page of how many below."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_print_scale(_SCALE)
    sheet.print_across()
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.repeat_rows(0, _HEAD)
    page = _("第 &P 页 共 &N 页")
    day = _("截至 {day}").format(day=book.day)
    sheet.set_footer(f"&L{day}&C{table.title}&R{page}")


def _write(
    sheet: Worksheet, line: int, place: int, cell: Cell, column: Column, formats: _Formats
) -> bool:
    """Write one cell; return whether its text had to be cut."""
    match cell:
        case None:
            sheet.write_blank(line, place, None, formats.cell())
        case Word() if cell.style in _FILLS and not column.choices:
            look = formats.cell(bg_color=_FILLS[cell.style])
            sheet.write_string(line, place, fit(cell.label), look)
        case bool():
            sheet.write_string(line, place, cell_text(cell), formats.cell())
        case int() | Decimal() if _is_kept(cell):
            align = "right" if column.kind == "number" else "left"
            shown = 'General"%"' if column.name in _PERCENT else "General"
            sheet.write_number(
                line,
                place,
                cell,
                formats.cell(num_format=shown, align=align, indent=int(align == "right")),
            )
        case date():
            sheet.write_datetime(
                line, place, _midnight(cell), formats.cell(num_format="yyyy-mm-dd", align="left")
            )
        case _:
            text = fit(cell_text(cell))
            look = formats.cell(num_format="@", text_wrap=True)
            sheet.write_string(line, place, text[:LONGEST], look)
            return len(text) > LONGEST
    return False


def _lights(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    """Colour by the word in the cell, so that a light changed by hand changes its colour."""
    for place, column in enumerate(table.columns):
        for word in column.choices if table.rows else ():
            look = formats(bg_color=_FILLS[word.style])
            rule = {"type": "cell", "criteria": "==", "value": f'"{word.label}"', "format": look}
            sheet.conditional_format(_HEAD + 1, place, _HEAD + len(table.rows), place, rule)


def _is_kept(number: int | Decimal) -> bool:
    """Whether a spreadsheet, which keeps 15 digits, keeps the number as it is."""
    exact = Decimal(number)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _DIGITS


def _widths(table: Table) -> list[float]:
    """Widths by what the cells take; of a few columns the widest folded until all fit one page."""
    wished = [_wished(column, table.rows) for column in table.columns]
    if len(wished) > _FEW:
        return [min(wish, _WIDEST_OF_MANY) for wish in wished]
    while sum(wished) > _PAGE:
        widest = max(wished)
        near = [place for place, wish in enumerate(wished) if wish > widest - 1]
        for place in near:
            wished[place] = widest - 1
    return wished


def _breaks(wide: Sequence[float]) -> list[int]:
    """The columns that begin a further page, on which the first one is printed again."""
    breaks: list[int] = []
    room = float(_PAGE)
    for place, taken in enumerate(wide):
        if taken > room and place:
            breaks.append(place)
            room = _PAGE - wide[0]
        room -= taken
    return breaks


def _height(columns: Sequence[Column], row: Row, wide: Sequence[float]) -> float:
    """Points for the most folded cell; spreadsheets do not all find it by themselves."""
    lines = 1
    for column, room in zip(columns, wide, strict=True):
        text = cell_text(row.get(column.name))
        lines = max(lines, sum(math.ceil(width(t) / (room - 2)) or 1 for t in text.split("\n")))
    return min(lines * _LINE + 2, _HIGHEST)


def _wished(column: Column, rows: Sequence[Row]) -> float:
    cells = (cell_text(row.get(column.name)) for row in rows)
    longest = max((width(line) for cell in cells for line in cell.split("\n")), default=0)
    folded = math.ceil(width(column.title) / 2) + 3  # a head may take two lines
    return float(min(max(longest + 1.5, folded, _NARROWEST), _WIDEST))


def _too_long(table: Table, column: Column, line: int) -> str:
    words = _("{sheet} 第 {line} 行“{column}”超过 {longest} 字，表格里只有前面的部分")
    return words.format(sheet=table.title, line=line, column=column.title, longest=f"{LONGEST:,}")


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
