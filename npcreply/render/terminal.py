"""A table as lines for a terminal: which columns fit, how wide each is, what is cut or wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.language import _
from npcreply.render.text import cut, fold, harmless, pad, width
from npcreply.table import Cell, Column, Group, Row, Table, Word, cell_text

Segment = tuple[str, str]
"""Text and the symbolic style it is shown in: one of npcreply.table.Style, or "head"."""
Line = tuple[Segment, ...]

HEAD = "head"
_GAP = "  "
_LAST_AT_LEAST = 8  # below this the last column says nothing
_COLUMN_AT_LEAST = 6  # with its gap; of more columns than that the first are shown
_WANTED = {1: 80, 2: 100}  # a column of this priority wants so wide a terminal, else nothing cut


@dataclass(frozen=True, slots=True)
class _Page:
    """What all lines of one printing share. `columns` is None on a pipe, where nothing is cut."""

    columns: int | None
    wrap: bool
    encoding: str

    def text(self, text: str) -> str:
        return harmless(text, self.encoding)

    def folded(self, texts: Iterable[str], style: str = "") -> list[Line]:
        shown = (self.text(line) for text in texts for line in text.splitlines() or [""])
        parts = ([text] if self.columns is None else fold(text, self.columns) for text in shown)
        return [_line([(part, style)]) for lines in parts for part in lines]


@dataclass(frozen=True, slots=True)
class _Field:
    """A column as laid out: its title and cells as shown, and the width of the widest."""

    column: Column
    cells: tuple[Segment, ...]
    title: str
    natural: int


def read_aloud(table: Table, columns: int | None, encoding: str = "utf-8") -> list[Line]:
    """Return the table for a screen reader or a very narrow terminal: one row after another, each
    cell on a line of its own behind its title, empty cells left out, nothing cut.
    """
    page = _Page(columns, wrap=True, encoding=encoding)
    lines = page.folded(table.lead if table.rows else (*table.lead, table.empty))
    for group in table.groups or (Group("", table.rows),):
        lines += page.folded(("", group.head) if group.head else (), HEAD)
        for row in group.rows:
            lines.append(())
            for column in table.columns:
                lines += _told(column, row.get(column.name), page)
    return [*lines, *page.folded(("", *table.foot) if table.foot else ())]


def _told(column: Column, cell: Cell, page: _Page) -> list[Line]:
    text, style = _segment(cell, page)
    said = _("{title}：{text}").format(title=page.text(column.title), text=text)
    return page.folded((said,), style) if text else []


def terminal_text(
    table: Table, columns: int | None, wrap: bool = False, encoding: str = "utf-8"
) -> list[Line]:
    """Return the table as lines of (text, style) segments, no line wider than `columns`.

    `columns` None is a pipe: nothing is cut or dropped. Else columns with a priority are dropped,
    highest first, until the last column is whole or has a third of the width; where it is not whole
    priority 2 goes below 100 columns and 1 below 80. The last column is cut, or wrapped under
    itself. Characters that `encoding` lacks become question marks.
    """
    page = _Page(columns, wrap, encoding)
    body = _body(table, page) if table.rows else page.folded((table.empty,) * bool(table.empty))
    return [*page.folded(table.lead), *body, *page.folded(table.foot)]


def plain_text(lines: Iterable[Line]) -> str:
    """Return the lines without their styles, each with a line feed."""
    return "".join(f"{''.join(text for text, _style in line)}\n" for line in lines)


def _body(table: Table, page: _Page) -> list[Line]:
    groups = table.groups or (Group("", table.rows),)
    rows = [row for group in groups for row in group.rows]
    fields = _fitting([_field(column, rows, page) for column in table.columns], page.columns)
    widths = _widths(fields, page.columns)
    lines = _row_lines([(field.title, HEAD) for field in fields], fields, widths, wrap=False)
    numbers = iter(range(len(rows)))
    for group in groups:
        lines += _head_lines(group.head, page) if table.groups else []
        for _row, number in zip(group.rows, numbers, strict=False):
            cells = [field.cells[number] for field in fields]
            lines += _row_lines(cells, fields, widths, wrap=page.wrap)
    return lines


def _field(column: Column, rows: Sequence[Row], page: _Page) -> _Field:
    title = page.text(column.title)
    cells = tuple(_segment(row.get(column.name), page) for row in rows)
    natural = max(width(title), max((width(text) for text, _style in cells), default=0))
    return _Field(column, cells, title, natural)


def _segment(cell: Cell, page: _Page) -> Segment:
    return page.text(cell_text(cell, mark=_("、"))), cell.style if isinstance(cell, Word) else ""


def _head_lines(head: str, page: _Page) -> list[Line]:
    text = page.text(_("■ {head}").format(head=head))
    if page.columns is None:
        return [_line([(text, HEAD)])]
    parts = fold(text, page.columns) if page.wrap else [cut(text, page.columns)]
    return [_line([(part, HEAD)]) for part in parts]


def _fitting(fields: list[_Field], columns: int | None) -> list[_Field]:
    """Return the fields that stay at this width."""
    while columns is not None and not _fits(fields, columns):
        droppable = [field for field in fields if field.column.priority > 0]
        if not droppable or len(fields) == 1:
            break
        dropped = max(droppable, key=lambda field: field.column.priority)
        fields = [field for field in fields if field is not dropped]
    return fields if columns is None else fields[: columns // _COLUMN_AT_LEAST]


def _fits(fields: list[_Field], columns: int) -> bool:
    """Tell whether nothing of the last column is cut, or it has a third of the width and no column
    stands beside it that a terminal as narrow as this one leaves out.
    """
    rest = columns - sum(_capped(fields[:-1], columns)) - len(_GAP) * (len(fields) - 1)
    highest = max(field.column.priority for field in fields)
    room_for_all = columns >= _WANTED.get(min(highest, max(_WANTED)), 0)
    return rest >= fields[-1].natural or (room_for_all and rest * 3 >= columns)


def _capped(fields: list[_Field], columns: int) -> list[int]:
    """Return the widths of all but the last field; words may have a third of the width each."""
    return [
        min(field.natural, columns // 3) if field.column.kind in {"text", "enum"} else field.natural
        for field in fields
    ]


def _widths(fields: list[_Field], columns: int | None) -> list[int]:
    """Return the width of each field; together with the gaps no more than `columns`."""
    if columns is None:
        return [field.natural for field in fields]
    room = columns - len(_GAP) * (len(fields) - 1)
    last = min(fields[-1].natural, _LAST_AT_LEAST)
    widths = _lowered(_capped(fields[:-1], columns), max(room - last, 0))
    return [*widths, max(min(fields[-1].natural, room - sum(widths)), 0)]


def _lowered(widths: list[int], room: int) -> list[int]:
    """Return the widths with the widest lowered until all fit into `room`."""
    limit = max(widths, default=0)
    while limit and sum(min(own, limit) for own in widths) > room:
        limit -= 1
    return [min(own, limit) for own in widths]


def _row_lines(
    cells: list[Segment], fields: list[_Field], widths: list[int], *, wrap: bool
) -> list[Line]:
    start: list[Segment] = []
    for (text, style), field, own in zip(cells[:-1], fields, widths, strict=False):
        start += _padded(cut(text, own), style, field, own)
    (text, style), own = cells[-1], widths[-1]
    parts = fold(text, own) if wrap and width(text) > own >= 2 else [cut(text, own)]
    blanks = [(" " * sum(width(part) for part, _style in start), "")]
    return [
        _line([*(blanks if number else start), *_padded(part, style, fields[-1], own)])
        for number, part in enumerate(parts)
    ]


def _padded(text: str, style: str, field: _Field, columns: int) -> Iterator[Segment]:
    """Yield the text, the blanks beside it and the gap after it; only the text has the style."""
    padded = pad(text, columns, field.column.align) + _GAP
    right = field.column.align == "right"
    before = len(padded) - len(_GAP) - len(text) if right else 0
    yield padded[:before], ""
    yield text, style
    yield padded[before + len(text) :], ""


def _line(segments: Iterable[Segment]) -> Line:
    """Return the segments without empty ones and without blanks at the end of the line."""
    line = [segment for segment in segments if segment[0]]
    while line and not line[-1][0].rstrip():
        line.pop()
    if line:
        line[-1] = (line[-1][0].rstrip(), line[-1][1])
    return tuple(line)
