"""A Table delivered as a file or to the standard output, in one of the known formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.render.csv_file import csv_bytes, write_csv
from npcreply.render.json_text import json_text
from npcreply.render.output import Output
from npcreply.table import Table

HEADERS = ("zh", "machine")
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")
Maker = Callable[[Table, str, str, Sequence[str] | None], bytes]


def _json(table: Table, _headers: str, _encoding: str, fields: Sequence[str] | None) -> bytes:
    return json_text(table, fields).encode()


FORMATS: dict[str, Maker] = {"csv": csv_bytes, "json": _json}  # type: ignore[dict-item]
LATER = {".xlsx": "Excel", ".ics": "iCalendar", ".html": "HTML", ".docx": "Word"}


def format_of(path: Path | None) -> str:
    """Return the format that a file's name asks for; raises UsageError for one not known."""
    suffix = path.suffix.lower() if path else ""
    if not suffix or suffix.lstrip(".") in FORMATS:
        return suffix.lstrip(".") or "csv"
    said = _("还不能导出 {suffix} 文件").format(suffix=suffix)
    remedy = _("现在能导出 .csv（Excel、WPS 能打开）和 .json。")
    raise UsageError(said, remedy)


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
    write_csv(path, data)
    return _("已写 {path}，{count} 行").format(path=path, count=len(table.rows))
