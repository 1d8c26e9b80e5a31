"""A report's file as text: a letter's formats, and workbooks, each row a line of cells."""

from __future__ import annotations

from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.flows import drafting
from npcreply.language import _

_BOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".et", ".ett"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A report's text (LF line ends), what its file is called and was, sentences for the clerk."""

    text: str
    name: str
    form: str
    notes: tuple[str, ...] = ()


def taken(name: str, encoding: str | None) -> Taken:
    """Return the report's text; raises CouldNotError with what to do, UsageError."""
    if Path(name).suffix.lower() in _BOOKS:
        return _book(Path(name))
    read = drafting.letter(name, encoding)
    form = read.encoding.upper() or read.kind
    return Taken(read.text, drafting.called(name), form, read.notes)


def _book(path: Path) -> Taken:
    from npcreply.sheets import workbook

    book = workbook.read(path)
    parts: list[str] = []
    hidden = [sheet.name for sheet in book.sheets if sheet.hidden]
    for sheet in book.sheets:
        if sheet.hidden or not sheet.cells:
            continue
        parts.append(sheet.name)
        last = max(column for _row, column in sheet.cells)
        for _row, cells in sheet.rows():
            words = (cells[n].text if n in cells else "" for n in range(1, last + 1))
            parts.append("\t".join(" ".join(text.split()) for text in words).rstrip("\t"))
    if not parts:
        raise CouldNotError(_("{name} 里没有文字").format(name=path.name), _("看看文件是否选对。"))
    notes = [_("隐藏的工作表没有读：{name}").format(name=name) for name in hidden]
    return Taken("\n".join(parts) + "\n", path.name, path.suffix[1:].lower(), tuple(notes))
