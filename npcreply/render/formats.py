"""Tables delivered as a file or to the standard output, in one of the known formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Literal

from npcreply.dataclass import dataclass
from npcreply.errors import UsageError
from npcreply.language import _, listed
from npcreply.render.cells import chosen_columns
from npcreply.render.csv import write_csv
from npcreply.render.file import write_file
from npcreply.render.ics import ics_bytes
from npcreply.render.json import json_pieces
from npcreply.render.output import Output
from npcreply.store.spool import room_named, spool
from npcreply.table import Book, Table

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


@dataclass(frozen=True, slots=True)
class Made:
    """An answer set aside in a file without a name, complete: `counts` says how many rows each
    sheet has, `remarks` are what must be said of it.
    """

    file: IO[bytes]
    counts: Sequence[int]
    remarks: Sequence[str] = ()


Written = tuple[Sequence[int], Sequence[str]]


def _csv(book: Book, wanted: Wanted, file: IO[bytes]) -> Written:
    usual = "utf-8-sig" if wanted.path else "utf-8"
    columns, encoding = chosen_columns(book.table, wanted.fields), wanted.encoding or usual
    return [write_csv(file, columns, book.rows, wanted.headers, encoding)], ()  # type: ignore[arg-type]


def _json(book: Book, wanted: Wanted, file: IO[bytes]) -> Written:
    count = -1  # the end of the array is a piece of its own
    for piece in json_pieces(chosen_columns(book.table, wanted.fields), book.rows):
        file.write(piece.encode())
        count += 1
    return [count], ()


def _xlsx(book: Book, wanted: Wanted, file: IO[bytes]) -> Written:
    from npcreply.render.xlsx import write_xlsx

    cut, counts = write_xlsx(book, file, wanted.fields)
    return counts, cut


def _ics(book: Book, _wanted: Wanted, file: IO[bytes]) -> Written:
    file.write(ics_bytes(book.table, book.day))
    return [len(book.table.rows)], ()


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: what writes its bytes, and what it `holds`: one kind of row, the whole
    meeting, or the calendar. `to_file`: it cannot be printed; `text`: --headers and --encoding mean
    something.
    """

    make: Callable[[Book, Wanted, IO[bytes]], Written]
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


def made(book: Book, wanted: Wanted) -> Made:
    """Return the answer, complete before anything of it is delivered; its book is used up."""
    for table in book.sheets:
        if isinstance(table, Table):
            chosen_columns(table, wanted.fields)
    file = spool()
    try:
        with room_named():
            counts, remarks = FORMATS[wanted.kind].make(book, wanted, file)
    except BaseException:
        file.close()
        raise
    return Made(file, counts, remarks)


def deliver(output: Output, answer: Made, path: Path | None) -> str:
    """Write the answer to `path`, or print it; return what to say of it."""
    for remark in answer.remarks:
        output.warning(remark)
    answer.file.seek(0)
    if path is None:
        output.data(answer.file)
        return ""
    write_file(path, answer.file)
    if len(answer.counts) > 1:
        return _("已写 {path}，{count} 张表").format(path=path, count=len(answer.counts))
    return _("已写 {path}，{count} 行").format(path=path, count=answer.counts[0])
