"""A return sheet as it came back: its lines by what they are about, wherever the columns went."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.record.collected import RowKey, digest_of, row_key, sheet_id
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.sheets.model import Book, Cell, Range, Sheet, address
from npcreply.store import refusals
from npcreply.views.return_sheet import (
    AS_OF,
    COLUMNS,
    HIDDEN,
    ISSUE,
    MAIN,
    MORE_COLUMNS,
    SENDER,
    Head,
)

_DEEP = 15  # rows in which the heads are looked for: somebody may have put lines above them
_MARKS = frozenset({"承诺事项", "本次数值", "进展状态"})
_MORE_MARKS = frozenset({"承诺编号", "数值", "说明"})
_MOST = frozenset(head.name for head in MORE_COLUMNS if head.fill)
_DASH = pattern(r"[-—–/\\、．.]*")
_NOTHING = ("无", "暂无")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says, and where it stands; a formula without a result says nothing."""

    address: str
    text: str = ""


@dataclass(slots=True)
class Line:
    """A line of the sheet: its row, its key where it has one, its cells by column."""

    row: int
    key: RowKey | None
    cells: dict[str, Said]
    formulas: tuple[str, ...] = ()

    def text(self, name: str) -> str:
        """Return what a cell says, "" for nothing, a dash, and 无 where no words are told."""
        said = self.cells.get(name)
        text = " ".join(said.text.split()) if said else ""
        nothing = text in _NOTHING and name != "note"
        return "" if nothing or _DASH.fullmatch(text) else text

    def at(self, name: str) -> str:
        """Return the address of a cell, of its row where the column is gone."""
        said = self.cells.get(name)
        return said.address if said else _("第 {row} 行").format(row=self.row)

    @property
    def filled(self) -> dict[str, str]:
        """Return what was filled in, by column; the unit is printed, and alone says nothing."""
        names = [head.name for head in COLUMNS if head.fill and head.name != "unit"]
        found = {name: self.text(name) for name in names if self.text(name)}
        unit = self.text("unit")
        return {**found, "unit": unit} if found and unit else found


@dataclass(slots=True)
class Form:
    """One sheet that came back: the file's name and when it was saved, its id and department (None
    where nothing tells them), the day of all its figures, who filled it in, its lines, those of
    其他进展, and what is to be told of the sheet as a whole.
    """

    file: str
    saved: float
    issue: str | None
    workspace: str | None
    department: str | None
    as_of: Said
    sender: str
    lines: list[Line]
    more: list[Line]
    told: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Return what stands for all that was filled in, whatever kind of file it came in."""
        parts = [f"{line.key}{json.dumps(line.filled, ensure_ascii=False)}" for line in self.lines]
        more = [json.dumps(_texts(line), ensure_ascii=False) for line in self.more]
        return digest_of([self.as_of.text, *sorted(parts), *sorted(more)], 16)


def is_return(book: Book) -> bool:
    """Tell a return sheet by what it holds: its property, its hidden sheet, its heads, its keys;
    never by its name.
    """
    if sheet_id(book.properties.get(ISSUE, "")) or any(s.name == HIDDEN for s in book.sheets):
        return True
    return any(_heads(sheet, COLUMNS)[0] or _has_keys(sheet) for sheet in book.sheets)


def form(book: Book) -> Form:
    """Return the sheet as it was filled in. Raises CouldNotError where its heads are gone."""
    name = refusals.shown(book.path)
    found = ((sheet, *_heads(sheet, COLUMNS)) for sheet in book.sheets)
    main = next((one for one in found if one[1]), None)
    if main is None:
        raise _without_heads(book, name)
    sheet, row, columns = main
    about = _about(book)
    issue = _issue(book, about, sheet, row)
    told = list(_told(sheet, row, columns))
    top = _labelled(sheet, row)
    lines = list(_lines(sheet, row, columns))
    return Form(
        file=book.path.name,
        saved=_saved(book),
        issue=issue,
        workspace=about.get("workspace"),
        department=about.get("department"),
        as_of=top.get(AS_OF, Said("")),
        sender=top.get(SENDER, Said("")).text,
        lines=lines,
        more=_more(book),
        told=told + list(_merged(sheet, lines, columns)),
    )


def _saved(book: Book) -> float:
    try:
        return book.path.stat().st_mtime
    except OSError:
        return 0.0


def _without_heads(book: Book, name: str) -> CouldNotError:
    lost = any("??" in cell.text for sheet in book.sheets for cell in sheet.cells.values())
    if lost:
        said = _("{name} 里的中文变成了问号，认不出是哪一列").format(name=name)
        return CouldNotError(said, _("请对方发 xlsx，不要另存为 CSV。"))
    said = _("{name} 是回报表，但表头那一行没有了").format(name=name)
    return CouldNotError(said, _("把发出去的表头抄回第 4 行，或请对方重填。"))


def _bare(text: str) -> str:
    return "".join(text.split()).split("▼")[0]


def _heads(sheet: Sheet, columns: Sequence[Head]) -> tuple[int, dict[str, int]]:
    """Return the row of the heads and the column of each; 0 where the sheet has none."""
    titles = {head.title: head.name for head in columns}
    marks = _MARKS if columns is COLUMNS else _MORE_MARKS
    for row, cells in sheet.rows():
        if row > _DEEP:
            break
        said = {_bare(cell.text): place for place, cell in reversed(list(cells.items()))}
        if said.keys() >= marks:
            return row, {titles[text]: place for text, place in said.items() if text in titles}
    return 0, {}


def _has_keys(sheet: Sheet) -> bool:
    near = (cell for (row, column), cell in sheet.cells.items() if row <= _DEEP and column <= 3)
    return any(row_key(cell.text) for cell in near)


def _about(book: Book) -> Mapping[str, Any]:
    for sheet in book.sheets:
        if sheet.name == HIDDEN:
            try:
                found = json.loads(sheet.text(1, 1))
            except ValueError:
                return {}
            return found if isinstance(found, dict) else {}
    return {}


def _issue(book: Book, about: Mapping[str, Any], sheet: Sheet, row: int) -> str | None:
    above = [cell.text for (at, _c), cell in sheet.cells.items() if at < row]
    for text in (book.properties.get(ISSUE, ""), str(about.get("issue", "")), *above):
        if found := sheet_id(text):
            return found
    return None


def _labelled(sheet: Sheet, row: int) -> dict[str, Said]:
    """What stands to the right of the labels above the heads."""
    found = {}
    for (at, column), cell in sheet.cells.items():
        label = _bare(cell.text).split("（")[0]
        if at < row and label in (AS_OF, SENDER):
            beside = sheet.cells.get((at, column + 1))
            found[label] = Said(address(at, column + 1), beside.text.strip() if beside else "")
    return found


def _told(sheet: Sheet, row: int, columns: Mapping[str, int]) -> Iterator[str]:
    titles = {head.title for head in COLUMNS}
    for place, cell in sheet.by_row[row].items():
        if _bare(cell.text) not in titles:
            yield _("{at} 多出一列“{head}”，没有取").format(at=cell.address, head=cell.text.strip())
        elif columns.get(_name(cell)) != place:
            yield _("{at} “{head}”列有两个，只取前一个").format(at=cell.address, head=cell.text)
    for head in COLUMNS:
        if head.fill and head.name not in columns:
            yield _("缺少“{head}”列，这一列没有取").format(head=head.title)
    if sheet.comments:
        yield _("有 {count} 处批注，没有取").format(count=sheet.comments)
    if sheet.name != MAIN:
        yield _("表名改成了“{name}”，照取").format(name=sheet.name)


def _name(cell: Cell) -> str:
    return next(head.name for head in COLUMNS if head.title == _bare(cell.text))


def _lines(sheet: Sheet, heads: int, columns: Mapping[str, int]) -> Iterator[Line]:
    names = {place: name for name, place in columns.items()}
    for row, cells in sheet.rows():
        if row <= heads:
            continue
        said = {name: Said(address(row, place)) for place, name in names.items()}
        for place, cell in cells.items():
            if place in names:
                said[names[place]] = Said(cell.address, cell.text.strip())
        formulas = tuple(one.address for one in said.values() if one.address in sheet.formulas)
        if formulas or any(one.text for one in said.values()):
            key = said.get("key")
            yield Line(row, row_key(key.text) if key else None, said, formulas)


def _merged(sheet: Sheet, lines: Iterable[Line], columns: Mapping[str, int]) -> Iterator[str]:
    rows = {line.row: line for line in lines}
    fill = {columns[head.name]: head for head in COLUMNS if head.fill and head.name in columns}
    for block in sheet.merged:
        inside = [row for row in rows if block.top <= row <= block.bottom]
        taken = [head for place, head in fill.items() if block.left <= place <= block.right]
        if len(inside) > 1 and taken:
            yield _merged_text(block, inside)


def _merged_text(block: Range, inside: Sequence[int]) -> str:
    return _("{block} 合并了 {count} 行，只记在第 {row} 行").format(
        block=block.address, count=len(inside), row=inside[0]
    )


def _more(book: Book) -> list[Line]:
    """The lines of 其他进展, known by its heads whatever it is called."""
    for sheet in book.sheets:
        row, columns = _heads(sheet, MORE_COLUMNS)
        if row:
            return [line for line in _lines(sheet, row, columns) if _texts(line)]
    return []


def _texts(line: Line) -> dict[str, str]:
    return {name: line.text(name) for name in sorted(_MOST) if line.text(name)}
