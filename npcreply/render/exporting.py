"""A Table delivered as a file or to the standard output, in one of the known formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.render.csv_file import csv_bytes
from npcreply.render.file import write_file
from npcreply.render.json_text import json_text
from npcreply.render.output import Output
from npcreply.table import Book, Table

HEADERS = ("zh", "machine")
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")
Maker = Callable[[Table, str, str, Sequence[str] | None], bytes]


def _json(table: Table, _headers: str, _encoding: str, fields: Sequence[str] | None) -> bytes:
    return json_text(table, fields).encode()


FORMATS: dict[str, Maker] = {"csv": csv_bytes, "json": _json}  # type: ignore[dict-item]
XLSX = "xlsx"


def format_of(path: Path | None) -> str:
    """Return the format that a file's name asks for; raises UsageError for one not known."""
    suffix = path.suffix.lower() if path else ""
    if not suffix or suffix.lstrip(".") in (*FORMATS, XLSX):
        return suffix.lstrip(".") or "csv"
    said = _("还不能导出 {suffix} 文件").format(suffix=suffix)
    remedy = _("现在能导出 .xlsx、.csv（Excel、WPS 都能打开）和 .json。")
    raise UsageError(said, remedy)


def refuse_for_workbook(path: Path | None, headers: str, encoding: str | None) -> None:
    """Raise UsageError for what a workbook cannot be: printed, or headed for machines."""
    if path is None:
        raise UsageError(_("工作簿要写到文件里"), _("例如 -o {name}").format(name=_("台账.xlsx")))
    if headers != "zh" or encoding:
        said = _("--headers 和 --encoding 只用于 CSV")
        raise UsageError(said, _("去掉它，或者把文件名改成 .csv。"))


def deliver(
    output: Output,
    table: Table,
    kind: str,
    path: Path | None,
    headers: str,
    encoding: str | None,
    fields: Sequence[str] | None,
) -> str:
    """Write the table to `path`, or print it; return what to say of it. A file has a BOM for
    Excel, a pipe has none.
    """
    usual = "utf-8-sig" if path else "utf-8"
    data = FORMATS[kind](table, headers, encoding or usual, fields)
    if path is None:
        output.data(data)
        return ""
    write_file(path, data)
    return _("已写 {path}，{count} 行").format(path=path, count=len(table.rows))


def deliver_book(output: Output, book: Book, path: Path) -> str:
    """Write the workbook to `path`; return what to say of it. Cells cut short are warned of."""
    from npcreply.render.xlsx_file import xlsx_bytes

    data, cut = xlsx_bytes(book)
    write_file(path, data)
    for line in cut:
        output.warning(line)
    return _("已写 {path}，{count} 张表").format(path=path, count=len(book.sheets))
