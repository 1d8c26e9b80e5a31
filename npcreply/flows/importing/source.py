"""Where values come from: a sheet's rows under their heads, or a form, as lines of one kind; and
what titles, sheet and options say for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.flows.importing.plan import Plan, in_few
from npcreply.grammar import days
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.sheets import values, vocabulary
from npcreply.sheets.forms import Form
from npcreply.sheets.heads import Head, Row, Table
from npcreply.sheets.model import Cell, Sheet

_YEAR = pattern(r"(?<!\d)((?:19|20)\d{2})年")
_SESSION = pattern(
    r"[^\s,。(]*第?[一二三四五六七八九十]+届[^\s,。(]*?第?[一二三四五六七八九十]+次会议"
)
_HANDED_OVER = pattern(r"((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)交办")
_AS_OF = vocabulary.rx(r"截[至止]:?((?:(?:19|20)\d{2}年)?\d{1,2}月(?:\d{1,2})?<<ends>>?)")
_MONTHS = pattern(r"((?:19|20)\d{2}年)?1[-—–~至]((?:1[0-2]|[1-9])月)")
_FILLED_ON = pattern(r"((?:19|20)\d{2}年\d{1,2}月)(\d{1,2}日)?日?填")
_UNIT = pattern(r"(?<![报送位])(?:金额)?单位:([^\s,、)]+)")

Cells = Mapping[str, list[tuple[Head | None, Cell]]]


@dataclass(frozen=True)
class Context:
    """What holds for all rows of a table: from `--set`, else its titles, else the workspace; the
    name of its `file`.
    """

    year: int | None = None
    kind: str | None = None
    session: str | None = None
    assigned_on: str = ""
    as_of: str = ""
    as_of_words: str = ""
    unit: str = ""
    year_told: bool = False
    file: str = ""


@dataclass(frozen=True)
class Line:
    """One suggestion's or promise's cells, by field. `row` names it as people are told."""

    row: int
    cells: Cells
    place: Callable[[Cell], str]
    group: str = ""
    form: bool = False

    def text(self, name: str) -> str:
        """Return the first cell of a field as it is seen, "" where it is empty or says nothing."""
        cell = self.cell(name)
        return cell.text if cell and not vocabulary.is_nothing(cell.text) else ""

    def cell(self, name: str) -> Cell | None:
        found = self.cells.get(name)
        return found[0][1] if found else None

    def head(self, name: str) -> Head | None:
        found = self.cells.get(name)
        return found[0][0] if found else None

    def where(self, *names: str) -> str:
        """Return the address of the first of the fields that is filled, else the row's."""
        for name in names:
            if cell := self.cell(name):
                return self.place(cell)
        any_cell = next((pair[1] for pairs in self.cells.values() for pair in pairs), None)
        return self.place(any_cell) if any_cell else str(self.row)


def context(sheet: Sheet, titles: tuple[Cell, ...], name: str, year: int | None) -> Context:
    """Return what the titles of a table say; `name` is the file's, `year` the workspace's."""
    said = vocabulary.plain(" ".join((*(cell.text for cell in titles), sheet.name, name)))
    above = vocabulary.plain(" ".join(cell.text for cell in titles))
    years = set(_YEAR.findall(above)) or set(_YEAR.findall(said))
    told = int(years.pop()) if len(years) == 1 else None
    session, handed, unit = _SESSION.search(above), _HANDED_OVER.search(above), _UNIT.search(above)
    as_of, filled = _AS_OF.search(above), _FILLED_ON.search(above)
    months = _MONTHS.search(above)
    day = as_of[1] if as_of else (months[1] or "") + months[2] if months else ""
    whole = filled and filled[2]
    return Context(
        year=told or year,
        kind=_kind(said),
        session=session[0] if session else None,
        assigned_on=handed[1] if handed else "",
        as_of=day or (filled[1] + filled[2] if filled and whole else ""),
        as_of_words=filled[1] if filled and not whole else "",
        unit=unit[1] if unit else "",
        year_told=told is not None,
        file=name,
    )


def _kind(said: str) -> str | None:
    proposal, suggestion = "提案" in said, "建议" in said
    if proposal == suggestion:
        return None
    return "proposal" if proposal else "suggestion"


def table_lines(table: Table, plan: Plan, place: Callable[[Cell], str]) -> list[Line]:
    """Return the rows of data; what is none is named, a row of another width refused."""
    lines: list[Line] = []
    others: dict[str, list[str]] = {}
    by_column = {head.column: head for head in table.heads}
    width = table.sheet.widths.get(table.top)
    for row in table.rows():
        if row.kind != "data":
            others.setdefault(row.kind, []).append(place(row.first))
            continue
        has = table.sheet.widths.get(row.number)
        if width and has and has > width:
            words = _("这一行有 {has} 格，表头只有 {width} 格：哪一格错开了看不出来，整行没有取")
            remedy = _("多半是一格里有没加引号的逗号；改好这一行再导入。")
            plan.ask(place(row.first), words.format(has=has, width=width), remedy)
            continue
        if row.hidden:
            plan.leave(place(row.first), _("这一行是隐藏的，照样读了"))
        lines.append(_line(row, by_column, place))
    _say_others(others, plan)
    return lines


def _line(row: Row, heads: Mapping[int, Head], place: Callable[[Cell], str]) -> Line:
    cells: dict[str, list[tuple[Head | None, Cell]]] = {}
    for column, cell in row.cells.items():
        head = heads.get(column)
        name = (head.field or "") if head else ""
        cells.setdefault(name, []).append((head, cell))
    return Line(row.number, cells, place, row.group)


def _say_others(others: Mapping[str, list[str]], plan: Plan) -> None:
    words = {
        "total": _("合计、小计行，不取"),
        "note": _("注和落款，不取"),
        "group": _("小标题，不是数据"),
        "head": _("又印了一遍的表头"),
        "stray": _("只有一个格有字，不像一行数据，没有取"),
    }
    for kind, places in others.items():
        plan.leave(in_few(places), words[kind])


def form_line(form: Form, place: Callable[[Cell], str]) -> Line:
    """Return a form's values as one line."""
    cells: dict[str, list[tuple[Head | None, Cell]]] = {
        name: [(None, cell) for cell in found] for name, found in form.values.items()
    }
    return Line(1, cells, place, form=True)


def day_in(text: str, today: date, told: Context, fallback: int | None) -> days.Day:
    """Return the day that figures are as of; the table's year goes before any other. Raises
    DayError.
    """
    bare = re.sub(r"^截[至止]:?", "", values.width_folded(text).strip())
    bare = re.sub(r"\s+\d{1,2}:\d{2}(?::\d{2})?$", "", bare)
    if (months := _MONTHS.fullmatch(vocabulary.plain(bare))) is not None:
        bare = (months[1] or "") + months[2]
    if days.names_its_year(bare, today):
        return days.typed_day(bare, today, None)
    if told.year_told:
        return days.typed_day(bare, today, told.year)
    if fallback is not None:
        return days.typed_day(bare, today, fallback)
    return days.latest_day(bare, today)
