"""Tables delivered as a file or to the standard output, in one of the known formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from npcreply.dataclass import dataclass
from npcreply.errors import UsageError
from npcreply.language import _, listed
from npcreply.render.cells import chosen_columns
from npcreply.render.csv import csv_bytes
from npcreply.render.file import write_file
from npcreply.render.ics import ics_bytes
from npcreply.render.json import json_text
from npcreply.render.output import Output
from npcreply.table import Book

HEADERS = ("zh", "machine")
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an answer is asked for; `path` is None for the standard output. Where no encoding is
    given a CSV file has a BOM for Excel, a pipe has none.
    """

    kind: str
    path: Path | None
    headers: str = "zh"
    encoding: str | None = None
    fields: Sequence[str] | None = None


Made = tuple[bytes, Sequence[str]]
"""The bytes, and what must be said of them."""


def _csv(book: Book, wanted: Wanted) -> Made:
    usual = "utf-8-sig" if wanted.path else "utf-8"
    encoding = wanted.encoding or usual
    return csv_bytes(book.sheets[0], wanted.headers, encoding, wanted.fields), ()  # type: ignore[arg-type]


def _json(book: Book, wanted: Wanted) -> Made:
    return json_text(book.sheets[0], wanted.fields).encode(), ()


def _xlsx(book: Book, wanted: Wanted) -> Made:
    from npcreply.render.xlsx import xlsx_bytes

    return xlsx_bytes(book, wanted.fields)


def _ics(book: Book, _wanted: Wanted) -> Made:
    return ics_bytes(book.sheets[0], book.day), ()


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: what makes its bytes, and what it `holds`: one kind of row, the whole
    meeting, or the calendar. `to_file`: it cannot be printed; `text`: --headers and --encoding mean
    something.
    """

    make: Callable[[Book, Wanted], Made]
    holds: Literal["rows", "meeting", "calendar"] = "rows"
    to_file: bool = False
    text: bool = True


FORMATS: dict[str, Format] = {
    "xlsx": Format(_xlsx, "meeting", to_file=True, text=False),
    "csv": Format(_csv),
    "json": Format(_json),
    "ics": Format(_ics, "calendar", text=False),
}
"""Every format, by the end of its file's name: a new one is a line here."""


def format_of(path: Path | None) -> str:
    """Return the format that a file's name asks for; raises UsageError for one not known."""
    suffix = path.suffix.lower() if path else ""
    if not suffix or suffix.lstrip(".") in FORMATS:
        return suffix.lstrip(".") or "csv"
    said = _("还不能导出 {suffix} 文件").format(suffix=suffix)
    remedy = _("能导出 {suffixes}；.xlsx、.csv 用 Excel、WPS 都能打开，.ics 是日历。")
    raise UsageError(said, remedy.format(suffixes=suffixes()))


def suffixes() -> str:
    """Return the ends of file names that can be exported to: .xlsx、.csv …."""
    return listed(f".{name}" for name in FORMATS)


def check(wanted: Wanted, rows: str | None) -> None:
    """Raise UsageError for options that the format has no use for."""
    form = FORMATS[wanted.kind]
    if form.to_file and wanted.path is None:
        raise UsageError(_("工作簿要写到文件里"), _("例如 -o {name}").format(name=_("台账.xlsx")))
    if not form.text and (wanted.headers != "zh" or wanted.encoding):
        said = _("--headers 和 --encoding 只用于 CSV")
        raise UsageError(said, _("去掉它，或者把文件名改成 .csv。"))
    if form.holds == "calendar" and (rows or wanted.fields):
        said = _("日历里一条就是一项承诺的时限，没有 --rows 和 --fields")
        raise UsageError(said, _("去掉它，或者把文件名改成 .csv。"))


def deliver(output: Output, book: Book, wanted: Wanted, path: Path | None) -> str:
    """Write the answer to `path`, or print it; return what to say of it."""
    for table in book.sheets:
        chosen_columns(table, wanted.fields)
    data, remarks = FORMATS[wanted.kind].make(book, wanted)
    for remark in remarks:
        output.warning(remark)
    if path is None:
        output.data(data)
        return ""
    write_file(path, data)
    if len(book.sheets) > 1:
        return _("已写 {path}，{count} 张表").format(path=path, count=len(book.sheets))
    return _("已写 {path}，{count} 行").format(path=path, count=len(book.sheets[0].rows))
