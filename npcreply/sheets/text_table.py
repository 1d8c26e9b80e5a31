"""A table kept as text: CSV of any program, its encoding and separator found out."""

from __future__ import annotations

import csv
import io
from collections import Counter

from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.sheets.model import Cell, Place, Sheet

_ENCODINGS = ("utf-8-sig", "gb18030")
_SEPARATORS = ",;\t"
_LOOKED_AT = 60  # records by which the separator is told
_LONGEST_CELL = 1_000_000  # characters: a whole reply pasted into a cell is a tenth of it
_FORMULA_TEXT = pattern(r'="((?:[^"]|"")*)"')  # ="0046" keeps a spreadsheet from making it 46
_LOST = pattern(r"\?{2,}")


def sheet(data: bytes, name: str) -> Sheet:
    """Return the one table of a CSV. A row has the number of the line that its record begins on.

    Raises CouldNotError for what is no text, for a quote without its partner, and where the
    Chinese was lost when the file was saved.
    """
    text = _decoded(data, name).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_lost(text, name)
    cells: dict[Place, Cell] = {}
    widths: dict[int, int] = {}
    for line, fields in _records(text, _separator(text), name):
        widths[line] = len(fields)
        for column, field in enumerate(fields, 1):
            if said := _bare(field):
                cells[line, column] = Cell(line, column, said, said)
    return Sheet("", hidden=False, cells=cells, widths=widths)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what Excel calls Unicode text
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise _not_text(name) from None
    if b"\0" in data:
        raise _not_text(name)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CouldNotError(
        _("{path} 不是 UTF-8，也不是 GB18030").format(path=name),
        _("在表格软件里另存为“CSV UTF-8”。"),
    )


def _not_text(name: str) -> CouldNotError:
    said = _("{name} 不是表格").format(name=name)
    return CouldNotError(said, _("能导入的有 .xlsx、.xls、.ods、.csv；别的请另存为 .xlsx。"))


def _refuse_lost(text: str, name: str) -> None:
    """Refuse a file with question marks where Chinese was; nothing can bring it back."""
    if text.isascii() and len(_LOST.findall(text)) > 1:
        said = _("{name} 里的中文全成了“?”：存成 CSV 时丢了").format(name=name)
        raise CouldNotError(said, _("请发原来的 .xlsx，或另存为“CSV UTF-8”。"))


def _separator(text: str) -> str:
    """Return what parts the fields: what gives most records the same number of several fields."""
    return max(_SEPARATORS, key=lambda each: _evenness(text, each))


def _evenness(text: str, separator: str) -> tuple[int, int]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths: Counter[int] = Counter()
    try:
        for _number, row in zip(range(_LOOKED_AT), rows, strict=False):
            widths[len(row)] += len(row) > 1
    except csv.Error:
        pass
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return count, width


def _records(text: str, separator: str, name: str) -> list[tuple[int, list[str]]]:
    """Return each record with the line that it begins on."""
    csv.field_size_limit(_LONGEST_CELL)
    for strict in (True, False):  # strictly first: only so is a quote without its partner told
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
        found, begins = [], 1
        try:
            for row in rows:
                found.append((begins, row))
                begins = rows.line_num + 1
        except csv.Error as error:
            if not strict or "unexpected end" in str(error) or "limit" in str(error):
                raise _unpaired(name, begins) from error
            continue
        return found
    return []


def _unpaired(name: str, line: int) -> CouldNotError:
    said = _("{name} 第 {line} 行有一个英文引号没有配对，下面的行分不开").format(
        name=name, line=line
    )
    return CouldNotError(said, _("补上或删掉那个引号，再导入；或者导入原来的 .xlsx。"))


def _bare(field: str) -> str:
    """Return a field without blanks around it, and without the formula that guards a text."""
    said = field.strip()
    match = _FORMULA_TEXT.fullmatch(said)
    return match[1].replace('""', '"') if match else said
