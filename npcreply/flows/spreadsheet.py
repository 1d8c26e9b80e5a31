"""A table that came back from a spreadsheet: its cells, and which kind of export it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from npcreply.errors import CouldNotError, UsageError
from npcreply.language import _
from npcreply.render.csv_file import unguarded
from npcreply.store import refusals
from npcreply.store.schema import Schema
from npcreply.views.exports import export_table

# A table is the first kind that knows all its heads and has these columns.
_MARKS: dict[str, tuple[str, ...]] = {
    "reply": ("id",),
    "measure": ("id",),
    "target": ("id", "measure_id"),
    "progress": ("measure_id",),
}
_WORKBOOK = b"PK"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`kind` of rows as `export` has it; each row with its number in the table (heads are row 1)
    and its cells by column name.
    """

    kind: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read(path: Path, schema: Schema) -> Sheet:
    """Return the table; UTF-8 or GB18030, comma, semicolon or tab, Chinese or machine heads.

    Raises CouldNotError for a file that is no text table, UsageError for a table that did not
    come from `export`.
    """
    rows = _cells(_text(path))
    if not rows or not any(rows[0]):
        raise UsageError(_("{path} 是空的").format(path=path), _("导入改过的导出表。"))
    kind, names = _recognized([head.strip() for head in rows[0]], schema)
    numbered = enumerate((dict(zip(names, row, strict=False)) for row in rows[1:]), 2)
    return Sheet(kind, tuple((n, row) for n, row in numbered if any(row.values())))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise refusals.unread(path, error) from error
    if data.startswith(_WORKBOOK):
        raise CouldNotError(
            _("{path} 是 Excel 工作簿，不是 CSV").format(path=path),
            _("在表格软件里另存为 CSV 再导入。"),
        )
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CouldNotError(
        _("{path} 不是 UTF-8，也不是 GB18030").format(path=path),
        _("在表格软件里另存为“CSV UTF-8”。"),
    )


def _cells(text: str) -> list[list[str]]:
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [[unguarded(cell.strip()) for cell in row] for row in rows]


def _recognized(heads: list[str], schema: Schema) -> tuple[str, list[str]]:
    """Return the kind of rows and the column name of each head."""
    for kind, marks in _MARKS.items():
        columns = export_table(kind, "full", [], [], schema).columns
        known = {"": "", **{c.title: c.name for c in columns}, **{c.name: c.name for c in columns}}
        names = [known.get(head) for head in heads]
        if None not in names and set(marks) <= set(names):
            return kind, [name or "" for name in names]
    raise UsageError(
        _("这张表不是 npcreply 导出的：表头对不上"),
        _("用 npcreply export 导出，改完再导入；表头不要动。"),
    )
