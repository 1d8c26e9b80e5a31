"""A return sheet as a workbook for departments: text cells, one list, grey cells locked."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcreply.language import _
from npcreply.render.file import make_folder, write_beside
from npcreply.render.text import fit, lines_in_cell, width
from npcreply.views.return_sheet import (
    AS_OF,
    BY,
    COLUMNS,
    FILL_ROW,
    FIRST_ROW,
    HEAD_ROW,
    HELP,
    HIDDEN,
    HINT_ROW,
    ISSUE,
    MAIN,
    MORE,
    MORE_COLUMNS,
    MORE_HEAD_ROW,
    MORE_HINT,
    MORE_ROWS,
    NOTES,
    PHONE,
    SENDER,
    STATES,
    TITLE_ROW,
    Head,
    Page,
    cells,
    file_name,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A4, _LINE, _HIGHEST = 9, 14, 409
_NOTES = 72  # characters across A4 upright
_GREY, _GREEN = "#EDEDED", "#E9F5E4"
_LAST = len(COLUMNS) - 1
_PLACES = {head.name: place for place, head in enumerate(COLUMNS)}
_SCALE = 92  # per cent: 10 points stay above 9 on paper
_KNOWN = _PLACES["value"] - 1  # the last column that the office fills in
_BESIDE = _PLACES["title"]  # the first that is not printed again on the page across
_FREE = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What protection leaves free; it has no password: it guards against slips, not against people."""


def workbook_bytes(page: Page) -> bytes:
    """Return the workbook of one department, the same bytes for the same page."""
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = Workbook(memory, {**options, "strings_to_numbers": False})
    created = datetime(page.on.year, page.on.month, page.on.day)  # noqa: DTZ001 -- a day, no moment
    workbook.set_properties({"title": page.title, "comments": page.about, "created": created})
    workbook.set_custom_property(ISSUE, page.id)
    looks = _Looks(workbook)
    _main(workbook.add_worksheet(MAIN), page, looks)
    _more(workbook.add_worksheet(MORE), page, looks)
    _help(workbook.add_worksheet(HELP), looks)
    _hidden(workbook.add_worksheet(HIDDEN), page)
    workbook.close()
    return memory.getvalue()


def write_sheets(
    pages: Sequence[Page], folder: Path, progress: Callable[[int, int], None]
) -> list[Path]:
    """Write the workbooks into `folder`, one at a time, none over another that holds anything
    else: a filled one may lie there. Return where they are.
    """
    make_folder(folder, _("回报表一家一个文件：-o 后面写一个文件夹，没有的会建好。"))
    paths = []
    for done, page in enumerate(pages, 1):
        paths.append(write_beside(folder / f"{file_name(page)}.xlsx", workbook_bytes(page)))
        progress(done, len(pages))
    return paths


class _Looks:
    """The looks of cells, each made once. What is filled in is text, so that what was typed stays
    as it was typed: 60.4% in a number cell comes back as 0.604, 20241031 as a day beyond all days.
    """

    def __init__(self, workbook: Workbook) -> None:
        usual = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        boxed = {**usual, "border": 1, "border_color": "#BFBFBF", "text_wrap": True}

        def made(**look: Any) -> Format:
            return workbook.add_format({**usual, **look})

        def cell(**look: Any) -> Format:
            return workbook.add_format({**boxed, **look})

        self.title = made(bold=True, font_size=14)
        self.hint = made(font_color="#C00000", text_wrap=True)
        self.label = made(bold=True)
        self.note = made(text_wrap=True, font_size=11, valign="top")
        self.head = cell(bold=True, bg_color="#D9E2EC", align="center")
        self.fill_head = cell(bold=True, bg_color="#C6E0B4", align="center")
        self.grey = cell(bg_color=_GREY)
        self.grey_text = cell(bg_color=_GREY, num_format="@")
        self.grey_day = cell(bg_color=_GREY, num_format="yyyy-mm-dd", align="left")
        self.fill = cell(bg_color=_GREEN, num_format="@", locked=False)


def _main(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    _layout(sheet, COLUMNS, HEAD_ROW)
    # What is known on one page, what is to fill in on the next.
    sheet.set_v_pagebreaks([_PLACES["value"]])
    sheet.repeat_columns(_PLACES["seq"], _PLACES["number"])
    sheet.print_across()
    sheet.set_column(0, 0, COLUMNS[0].width, None, {"hidden": True})
    _above(sheet, page, looks)
    _to_fill(sheet, page, looks)
    for place, head in enumerate(COLUMNS):
        look = looks.fill_head if head.fill else looks.head
        sheet.write_string(HEAD_ROW - 1, place, head.title, look)
    sheet.set_row(HEAD_ROW - 1, 20)
    for number, row in enumerate(page.rows, 1):
        at = FIRST_ROW - 2 + number
        printed = cells(number, row)
        sheet.set_row(at, _height(COLUMNS, printed))
        for place, head in enumerate(COLUMNS):
            _write(sheet, at, place, printed.get(head.name), head, looks)
    last = FIRST_ROW - 2 + max(len(page.rows), 1)
    _choices(sheet, (FIRST_ROW - 1, last), _PLACES["state"], STATES)
    sheet.freeze_panes(HEAD_ROW, _PLACES["text"])
    filled = f"A{FIRST_ROW}:{chr(65 + _LAST)}{last + 1}"
    sheet.ignore_errors({"number_stored_as_text": filled})
    sheet.protect("", {**_FREE})


def _above(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    """The title, on either page across, and the hint: what begins in a column that is printed again
    would be cut on the second page.
    """
    sheet.write_string(TITLE_ROW - 1, _BESIDE, fit(page.title), looks.title)
    sheet.write_string(TITLE_ROW - 1, _PLACES["value"], fit(f"{page.title}（续）"), looks.title)
    sheet.set_row(TITLE_ROW - 1, 24)
    sheet.merge_range(HINT_ROW - 1, _BESIDE, HINT_ROW - 1, _KNOWN, page.hint, looks.hint)
    across = sum(head.width for head in COLUMNS[_BESIDE : _KNOWN + 1])
    sheet.set_row(HINT_ROW - 1, math.ceil(width(page.hint) / (across - 4)) * _LINE + 2)


def _to_fill(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    """Row 3: the department (locked), the day of the figures, who filled it in, telephone."""
    row = FILL_ROW - 1
    sheet.set_row(row, 20)
    sheet.write_string(row, 2, BY, looks.label)
    sheet.merge_range(row, 3, row, _PLACES["text"], fit(page.department), looks.grey_text)
    for name, label in (("deadline", AS_OF), ("latest", SENDER), ("value", PHONE)):
        place = _PLACES[name]
        sheet.write_string(row, place, label, looks.label)
    for name in ("indicator", "last_on"):
        sheet.write_blank(row, _PLACES[name], None, looks.fill)
    sheet.write_blank(row, _PLACES["unit"], None, looks.fill)


def _more(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    _layout(sheet, MORE_COLUMNS, MORE_HEAD_ROW)
    last = len(MORE_COLUMNS) - 1
    sheet.merge_range(0, 0, 0, last, MORE_HINT, looks.hint)
    sheet.set_row(0, 2 * _LINE + 2)
    for place, head in enumerate(MORE_COLUMNS):
        sheet.write_string(MORE_HEAD_ROW - 1, place, head.title, looks.fill_head)
    for row in range(MORE_HEAD_ROW, MORE_HEAD_ROW + MORE_ROWS):
        sheet.set_row(row, 20)
        for place in range(last + 1):
            sheet.write_blank(row, place, None, looks.fill)
    ends = (MORE_HEAD_ROW, MORE_HEAD_ROW + MORE_ROWS - 1)
    ids = list(dict.fromkeys(row.judged.id for row in page.rows))
    if len(",".join(ids)) < _LIST:
        _choices(sheet, ends, 0, ids)
    sheet.ignore_errors({"number_stored_as_text": f"A1:G{ends[1] + 1}"})
    sheet.freeze_panes(MORE_HEAD_ROW, 0)
    sheet.protect("", {**_FREE})


_LIST = 255  # characters that a list in a cell's own rule may have: a longer one is dropped


def _choices(sheet: Worksheet, rows: tuple[int, int], column: int, choices: Sequence[str]) -> None:
    """Offer a list; what is not on it is warned of and let through: it is asked about later."""
    rule = {
        "validate": "list",
        "source": list(choices),
        "error_type": "warning",
        "error_title": "不在清单里",
        "error_message": "请从下拉清单里选。",
    }
    sheet.data_validation(rows[0], column, rows[1], column, rule)


def _help(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, _NOTES)
    sheet.write_string(0, 0, HELP, looks.title)
    for row, note in enumerate(NOTES, 1):
        sheet.write_string(row, 0, note, looks.note)
        sheet.set_row(row, 18 * math.ceil(width(note) / (_NOTES - 2)) + 6)
    sheet.protect("", {**_FREE})


def _hidden(sheet: Worksheet, page: Page) -> None:
    """What the sheet is read back by, where nobody looks: beside it each line bears its key."""
    sheet.write_string(0, 0, page.about)
    for at, row in enumerate(page.rows, 1):
        sheet.write_string(at, 0, str(row.key))
        sheet.write_number(at, 1, FIRST_ROW - 1 + at)
    sheet.very_hidden()


def _layout(sheet: Worksheet, columns: Sequence[Head], heads: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_print_scale(_SCALE)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(heads - 1)
    sheet.set_footer("&L&F&R第 &P 页 共 &N 页")
    for place, head in enumerate(columns):
        sheet.set_column(place, place, head.width)


def _write(
    sheet: Worksheet,
    row: int,
    place: int,
    value: int | str | date | None,
    head: Head,
    looks: _Looks,
) -> None:
    if head.fill:
        if value:
            sheet.write_string(row, place, fit(str(value)), looks.fill)
        else:
            sheet.write_blank(row, place, None, looks.fill)
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day)  # noqa: DTZ001 -- a day
        sheet.write_datetime(row, place, moment, looks.grey_day)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, looks.grey)
    elif value:
        sheet.write_string(row, place, fit(value), looks.grey_text)
    else:
        sheet.write_blank(row, place, None, looks.grey_text)


def _height(columns: Sequence[Head], printed: dict[str, int | str | date | None]) -> float:
    """Points for the most folded cell, with room to write two lines in those to fill in."""
    lines = 2
    for head in columns[1:]:
        lines = max(lines, lines_in_cell(str(printed.get(head.name) or ""), head.width))
    return min(lines * _LINE + 4, _HIGHEST)
