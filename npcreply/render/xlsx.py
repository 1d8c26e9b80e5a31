"""Tables as a workbook that prints as it is: dates as dates, numbers as numbers, no formulas."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from npcreply.dataclass import replace
from npcreply.errors import CouldNotError
from npcreply.language import _, chosen
from npcreply.patterns import pattern
from npcreply.render.cells import chosen_columns
from npcreply.render.text import fit, width
from npcreply.render.xlsx_rows import FILLS, LONGEST, MOST, Rows, letters
from npcreply.store.spool import room_named, spool
from npcreply.table import Book, Column, Table

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


_NARROWEST, _WIDEST, _WIDEST_OF_MANY = 5, 60, 36
_SCALE = 90  # percent: 10 points are 9 on paper
_PAGE = 123  # characters across A4 landscape at that, also where digits are wide
_EDGE = 5 / 7  # characters that the edges of a column take beside its width
_FEW = 9  # columns that are folded until they stand on one page; more take several
_LINE, _HIGHEST = 15, 409  # points; fonts other than 宋体 have higher lines
_USUAL = 20  # pixels of a row that says nothing of its height
_A4 = 9
_HEAD = 1  # the row of the heads, below the title
_HEADED, _PALE = "#E8EDF3", "#F7F7F7"
_FONTS = {"zh": "宋体", "en": "Calibri"}
# The width of a column counts digits of the workbook's usual font, at 11 points: those of 宋体 take
# 8 pixels, of Calibri 7; XlsxWriter knows it by a usual column. Of 10 points a half character fits.
_USUAL_COLUMN = {"宋体": 72, "Calibri": 64}
_SHEET = pattern(r"xl/worksheets/sheet(\d+)\.xml")
_EXTENT = pattern(rb'<dimension ref="[^"]*"/>')
_LARGE = 1 << 30  # bytes from which a part of the file may outgrow what the plain format can say


def xlsx_bytes(book: Book, fields: Sequence[str] | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Return the workbook (of these columns), and a sentence for each cell that was too long for
    one and is cut there. Raises UsageError for a field that a sheet does not have.
    """
    with spool() as file:
        cut, _counts = write_xlsx(book, file, fields)
        file.seek(0)
        return file.read(), cut


def write_xlsx(
    book: Book, file: IO[bytes], fields: Sequence[str] | None = None
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Write the workbook into `file`; return the sentences on cells that are cut, and how many rows
    each sheet has. Raises as `xlsx_bytes` does, CouldNotError for more rows than a sheet can hold.
    """
    from xlsxwriter import Workbook

    memory = io.BytesIO()
    font = _font()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_format_properties": {"font_name": font, "font_size": 11, "font_scheme": False},
        "default_column_width": _USUAL_COLUMN[font],
    }
    workbook = Workbook(memory, options)
    workbook.set_properties({"title": book.title, "created": _midnight(book.day)})
    formats = _Formats(workbook)
    with ExitStack() as aside:
        sheets = list(_gathered(book, fields, formats, aside))
        heights = [_sheet(workbook, table, rows, book, formats) for table, rows in sheets]
        workbook.close()
        parts = [(rows, of) for (_table, rows), of in zip(sheets, heights, strict=True)]
        with room_named():
            _fill(memory, parts, file)
    cut = tuple(_too_long(table, *one) for table, rows in sheets for one in rows.cut)
    return cut, tuple(rows.count for _table, rows in sheets)


def _gathered(
    book: Book, fields: Sequence[str] | None, formats: _Formats, aside: ExitStack
) -> Iterator[tuple[Table, Rows]]:
    """Yield each sheet with its rows: first those that come side by side are set aside."""

    def of(table: Table) -> Rows:
        file = aside.enter_context(spool())
        return Rows(_columns(table, fields), formats.number, _HEAD + 2, file)

    coming: dict[str, Rows] = {}
    for table in book.sheets:
        if isinstance(table, Table) and table.name in book.headings:
            coming[table.name] = of(table)
    for given in book.passing:
        for name, many in given.items():
            coming[name].add(many)
    for sheet in book.sheets:
        table = sheet if isinstance(sheet, Table) else sheet()
        rows = coming.get(table.name)
        if rows is None:
            rows = of(table)
            rows.add(table.rows)
        else:
            table = replace(table, lead=(book.headings[table.name](rows.count),))
        if rows.count + _HEAD + 1 > MOST:
            raise _too_many(table, rows.count)
        paper = () if fields else table.paper
        yield replace(table, columns=tuple(rows.columns), paper=paper), rows


def _columns(table: Table, fields: Sequence[str] | None) -> tuple[Column, ...]:
    """Return the columns asked for; where none are, those that are printed stand first."""
    columns = chosen_columns(table, fields)
    if fields or not table.paper:
        return columns
    place = {name: at for at, name in enumerate(table.paper)}
    return tuple(sorted(columns, key=lambda column: place.get(column.name, len(place))))


class _Formats:
    """The looks of cells, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            usual = {"font_name": _font(), "font_size": 10}
            self._made[key] = self._workbook.add_format({**usual, **look})
        return self._made[key]

    def cell(self, **look: object) -> Format:
        return self(valign="top", border=1, border_color="#BFBFBF", **look)

    def number(self, **look: object) -> int:
        """Return the number that a cell of such a look bears in the file."""
        return int(self.cell(**look)._get_xf_index())  # noqa: SLF001 -- it has no other name


def _font() -> str:
    return _FONTS.get(chosen(), _FONTS["zh"])


def _sheet(
    workbook: Workbook, table: Table, rows: Rows, book: Book, formats: _Formats
) -> Iterator[str]:
    """Make a sheet but for its rows; return what is said of each row's height."""
    sheet = workbook.add_worksheet(table.title)
    _page(sheet, table, book)
    last = max(len(table.columns) - 1, 0)
    sheet.set_row(0, 20)
    sheet.set_row(_HEAD, 2 * _LINE)
    printed = sum(column.name in table.paper for column in table.columns)
    wide = _widths(rows, printed)
    _heads(sheet, table, printed, formats)
    for place, width_of_one in enumerate(wide):
        sheet.set_column(place, place, width_of_one)
    breaks = () if printed else _breaks(wide)
    _titles(sheet, " ".join(table.lead) or table.title, breaks, formats(bold=True))
    if printed:
        sheet.print_area(0, 0, _HEAD + rows.count, printed - 1)
    if breaks:
        sheet.set_v_pagebreaks(breaks)
        sheet.repeat_columns(0)
    if rows.count:
        sheet.autofilter(_HEAD, 0, _HEAD + rows.count, last)
    _lights(sheet, table, rows.count, formats)
    return map(_height, rows.lines(wide))


def _fill(
    skeleton: io.BytesIO, sheets: Sequence[tuple[Rows, Iterator[str]]], file: IO[bytes]
) -> None:
    """Write the workbook with its rows in their places."""
    with ZipFile(skeleton) as empty, ZipFile(file, "w", ZIP_DEFLATED) as whole:
        for part in empty.infolist():
            data = empty.read(part)
            found = _SHEET.fullmatch(part.filename)
            if found is None:
                whole.writestr(part, data)
                continue
            rows, heights = sheets[int(found[1]) - 1]
            head, end, rest = _with_extent(data, rows).partition(b"</sheetData>")
            named = ZipInfo(part.filename, part.date_time)
            named.compress_type, named.external_attr = ZIP_DEFLATED, part.external_attr
            with whole.open(named, "w", force_zip64=rows.size > _LARGE) as sheet:
                sheet.write(head)
                for many in rows.xml(heights):
                    sheet.write(many)
                sheet.write(end + rest)


def _with_extent(data: bytes, rows: Rows) -> bytes:
    last = f"{letters(max(len(rows.columns) - 1, 0))}{_HEAD + 1 + rows.count}"
    return _EXTENT.sub(f'<dimension ref="A1:{last}"/>'.encode(), data, count=1)


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


def _heads(sheet: Worksheet, table: Table, printed: int, formats: _Formats) -> None:
    """Name the columns; those that are not printed are pale, and a line above them says so."""
    for place, column in enumerate(table.columns):
        color = _PALE if 0 < printed <= place else _HEADED
        look = formats.cell(bold=True, bg_color=color, text_wrap=True)
        sheet.write_string(_HEAD, place, fit(column.title), look)
    if 0 < printed < len(table.columns):
        sheet.write_string(0, printed, _("从这一列起不打印"), formats(italic=True))


def _titles(sheet: Worksheet, title: str, breaks: Sequence[int], look: Format) -> None:
    """Name each page across. The column that is printed again on each is left free: a title that
    begins there is cut where the column ends.
    """
    sheet.write_string(0, 1 if breaks else 0, fit(title), look)
    for place in breaks:
        sheet.write_string(0, place, fit(_("{title}（续）").format(title=title)), look)


def _lights(sheet: Worksheet, table: Table, count: int, formats: _Formats) -> None:
    """Colour by the word in the cell, so that a light changed by hand changes its colour."""
    for place, column in enumerate(table.columns):
        for word in column.choices if count else ():
            look = formats(bg_color=FILLS[word.style])
            rule = {"type": "cell", "criteria": "==", "value": f'"{word.label}"', "format": look}
            sheet.conditional_format(_HEAD + 1, place, _HEAD + count, place, rule)


def _widths(rows: Rows, printed: int) -> list[float]:
    """Widths by what the cells take; those of a few columns, or of the ones that are printed, are
    folded until they fit one page.
    """
    wished = [_wished(column, rows.longest(at)) for at, column in enumerate(rows.columns)]
    many = [min(wish, _WIDEST_OF_MANY) for wish in wished]
    if printed:
        return [*_on_one_page(wished[:printed]), *many[printed:]]
    return many if len(wished) > _FEW else _on_one_page(wished)


def _on_one_page(wished: list[float]) -> list[float]:
    while sum(wished) + _EDGE * len(wished) > _PAGE:
        widest = max(wished)
        near = [place for place, wish in enumerate(wished) if wish > widest - 1]
        for place in near:
            wished[place] = widest - 1
    return wished


def _breaks(wide: Sequence[float]) -> list[int]:
    """The columns that begin a further page, on which the first one is printed again."""
    breaks: list[int] = []
    room = float(_PAGE)
    for place, each in enumerate(wide):
        if each + _EDGE > room and place:
            breaks.append(place)
            room = _PAGE - wide[0] - _EDGE
        room -= each + _EDGE
    return breaks


def _height(lines: int) -> str:
    """Points for the most folded cell; spreadsheets do not all find it by themselves."""
    pixels = int(min(lines * _LINE, _HIGHEST) * 4 / 3 + 0.5)
    return "" if pixels == _USUAL else f' ht="{pixels * 0.75:.16g}" customHeight="1"'


def _wished(column: Column, longest: int) -> float:
    folded = math.ceil(width(column.title) / 2) + 3  # a head may take two lines
    beside = 3 if column.kind == "number" else 1.5  # numbers stand off the edge; no room is ####
    return float(min(max(longest + beside, folded, _NARROWEST), _WIDEST))


def _too_long(table: Table, column: Column, line: int) -> str:
    words = _("{sheet} 第 {line} 行“{column}”超过 {longest} 字，表格里只有前面的部分")
    return words.format(sheet=table.title, line=line, column=column.title, longest=f"{LONGEST:,}")


def _too_many(table: Table, count: int) -> CouldNotError:
    said = _("{sheet} 有 {count} 行，一张表最多放 {most} 行").format(
        sheet=table.title, count=count, most=MOST - _HEAD - 1
    )
    return CouldNotError(said, _("写成 .csv，或者用 --year、--dept 分成几本。"))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC).replace(tzinfo=None)
