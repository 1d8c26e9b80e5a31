"""A table as CSV that Excel and WPS open as it is: no formula runs, no text turns into a date."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import IO, Literal

from npcreply.patterns import pattern
from npcreply.render.cells import REMEMBERED, alike, chosen_columns
from npcreply.table import Cell, Column, Kind, Row, Table, Word, cell_text

Headers = Literal["zh", "machine"]
Encoding = Literal["utf-8-sig", "utf-8", "gb18030"]

GUARD = "'"
_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_FORMULA = pattern(r"[\t\r\n]|[\s\ufeff\u200b]*[=+\-@]")
_NUMBER = pattern(r"[+-]?\d+(\.\d+)?%?")
_NEVER_FIRST, _NEVER_LAST = "一", "龥"  # nothing that a spreadsheet runs or changes begins so
_CHANGED = pattern(
    r"""(
        [+-]?0\d+(\.\d*)?                           # 0046 would lose its zeros
      | [+-]?\d+\.\d*0                              # 46.10 the last one
      | [+-]?\d{16,}(\.\d*)?                        # a spreadsheet keeps 15 digits
      | [+-]?\d+(\.\d*)?e[+-]?\d+                   # 1E5 is a number
      | \d{1,4}[-/]\d{1,2}([-/]\d{1,4})?            # 1-2 and 2021-12 are days
      | \d{1,2}[-/]\d{4}
      | \d+:\d{1,2}(:\d{1,2}(\.\d*)?)?\s*([ap]m?)?  # 12:30 is a time
      | true | false
    )""",
    re.VERBOSE | re.IGNORECASE,
)


def csv_bytes(
    table: Table,
    headers: Headers = "zh",
    encoding: Encoding = "utf-8-sig",
    fields: Sequence[str] | None = None,
) -> bytes:
    """Return the rows under one line of heads, lines ending in CRLF.

    `zh` prints the titles and the words people read, `machine` the names and the codes. What would
    run as a formula bears a `'` in both; what a spreadsheet would change (0046, 2025-12) in `zh`
    alone, which is made to be opened in one: a program looks the id up as it stands. Raises
    UsageError for a field the table does not have.
    """
    file = io.BytesIO()
    write_csv(file, chosen_columns(table, fields), table.rows, headers, encoding)
    return file.getvalue()


def write_csv(
    file: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Row],
    headers: Headers = "zh",
    encoding: Encoding = "utf-8-sig",
) -> int:
    """Write the rows, in these columns, as `csv_bytes` returns them; return how many."""
    codes, count = headers == "machine", 0
    heads = [column.name if codes else column.title for column in columns]
    text = io.TextIOWrapper(file, encoding, "replace", newline="")
    writer = csv.writer(text)
    writer.writerow([_written(head, "text", codes) for head in heads])
    places = [_Place(column, codes) for column in columns]
    for row in rows:
        count += 1
        writer.writerow([place.written(row.get(place.name)) for place in places])
    text.detach()
    return count


def unguarded(text: str) -> str:
    """Return the text of a cell without the `'` that csv_bytes put before it, if it put one."""
    return text[1:] if text.startswith(GUARD) and _guardable(text[1:], changed=True) else text


class _Place:
    """A column, and what its cells were written as."""

    __slots__ = ("_codes", "_kind", "_known", "name")

    def __init__(self, column: Column, codes: bool) -> None:
        self.name, self._kind, self._codes = column.name, column.kind, codes
        self._known: dict[object, str] = {}

    def written(self, cell: Cell) -> str:
        if cell is None:
            return ""
        key = alike(cell)
        found = self._known.get(key) if key is not None else None
        if found is None:
            found = _written(cell, self._kind, self._codes)
            if key is not None and len(self._known) < REMEMBERED:
                self._known[key] = found
        return found


def _written(cell: Cell, kind: Kind, codes: bool) -> str:
    """Return the cell as the file has it; only text is guarded, a number or a day is what it is."""
    text = cell_text(cell, codes=codes)
    if not text or not isinstance(cell, (str, Word, tuple)):
        return text
    if not text.isprintable():
        text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _NEVER_FIRST <= text[:1] <= _NEVER_LAST:
        return text
    # for a program too where the text has a ' of its own, so that `unguarded` gives it back
    opened = (not codes or text.startswith(GUARD)) and kind in {"text", "enum"}
    return GUARD + text if _guardable(text, changed=opened) else text


@lru_cache(maxsize=4096)  # a column says the same again and again
def _guardable(text: str, *, changed: bool) -> bool:
    """Tell whether a guard is put before `text`; also where the text looks as if it had one."""
    bare = text.lstrip(GUARD)
    shapes = {bare}
    if not bare.isascii():  # full-width ＝ and digits count as well
        shapes.add(unicodedata.normalize("NFKC", bare))
    return any(_runs(shape) or (changed and _changes(shape)) for shape in shapes)


def _runs(text: str) -> bool:
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text.strip())


def _changes(text: str) -> bool:
    return bool(_CHANGED.fullmatch(text.strip()))
