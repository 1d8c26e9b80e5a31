"""An exported table brought back: which cells were changed, what that means for the records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from npcreply import corrections
from npcreply.domain import days, identity, numerals
from npcreply.domain.deadlines import measure_due
from npcreply.domain.lines import MeasureLine, ReplyLine, measure_lines, reply_line
from npcreply.domain.status import Judged, judge
from npcreply.domain.targets import AsOf
from npcreply.errors import CouldNotError, NpcreplyError, UsageError
from npcreply.language import _
from npcreply.render.cells import cell_text
from npcreply.render.csv_file import unguarded
from npcreply.session import Session
from npcreply.store.typed import Typed
from npcreply.table import Column, Row, Table
from npcreply.views.exports import SHAPES, export_table
from npcreply.workspace import Opened

OF_REPLY = ("title", "session", "term", "field", "deputies", "lead", "co", "key", "assigned_on")
OF_REPLY_DAYS = ("reply_date", "publish_date")
OF_MEASURE = ("text", "department", "force", "deadline")
OF_TARGET = ("indicator", "target_kind", "comparator", "value", "unit", "scope")
TAKEN: dict[str, tuple[str, ...]] = {
    "measure": (*OF_MEASURE, "title", "session", "lead", "co", "key", "reply_date"),
    "reply": (*OF_REPLY, *OF_REPLY_DAYS),
    "target": OF_TARGET,
}
VOLATILE = frozenset({"seq", "day", "days_late", "next_step"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One changed cell: the file's line, what it is about, the text before and after."""

    line: int
    subject: str
    column: Column
    before: str
    after: str


@dataclass(slots=True)
class Plan:
    """What an import would do: changes by record, cells not taken, and what stands against it."""

    changes: dict[str, list[Cell]] = field(default_factory=dict)
    ignored: list[Cell] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_rows(path: Path) -> list[list[str]]:
    """Return the file's cells, guards taken off; UTF-8 or GB18030, comma, semicolon or tab.

    Raises CouldNotError for a file that cannot be read or is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CouldNotError(_("打不开 {path}：{why}").format(path=path, why=error)) from error
    if data[:2] == b"PK":
        raise CouldNotError(
            _("{path} 是 Excel 工作簿，不是 CSV").format(path=path),
            _("在表格软件里另存为 CSV 再导入。"),
        )
    text = _decoded(data, path)
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [[unguarded(cell) for cell in row] for row in rows]


def _decoded(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CouldNotError(
        _("{path} 不是 UTF-8，也不是 GB18030").format(path=path), _("另存为 CSV UTF-8。")
    )


def plan(session: Session, rows: Sequence[Sequence[str]]) -> tuple[str, Plan]:
    """Return the kind of rows and what their import would change; raises UsageError for a table
    that did not come from `export`.
    """
    if not rows or not any(rows):
        raise UsageError(_("表是空的。"))
    kind, names = _heads(session, rows[0])
    found = Plan()
    for line, row in enumerate(rows[1:], 2):
        cells = dict(zip(names, row, strict=False))
        if any(cell.strip() for cell in row):
            _row(session, kind, line, cells, found)
    _conflicts(found)
    return kind, found


def _heads(session: Session, heads: Sequence[str]) -> tuple[str, list[str]]:
    schema = session.workspace.schema
    for kind, shape in SHAPES.items():
        table = export_table(kind, "full", [], [], schema)
        known = {spelling: c.name for c in table.columns for spelling in (c.name, c.title)}
        names = [known.get(head.strip(), "") for head in heads]
        unknown = [head for head, name in zip(heads, names, strict=True) if not name and head]
        mark = "measure_id" if kind in ("target", "progress") else "id"
        if not unknown and mark in names and _is_kind(kind, names):
            if kind == "progress":
                raise UsageError(
                    _("进展表只能导出，不能导入"), _("进展用 npcreply log 一条一条记。")
                )
            return kind, names
        del shape
    raise UsageError(
        _("这张表不是 npcreply 导出的：表头对不上"),
        _("用 npcreply export 导出，改完再导入；表头不要动。"),
    )


def _is_kind(kind: str, names: Sequence[str]) -> bool:
    return {
        "measure": "text" in names and "measure_id" not in names,
        "target": "target_kind" in names or "comparator" in names,
        "reply": "text" not in names,
        "progress": "on" in names,
    }[kind]


def _row(session: Session, kind: str, line: int, cells: Mapping[str, str], found: Plan) -> None:
    try:
        opened, table = _now(session, kind, cells)
    except NpcreplyError as error:
        found.problems.append(_("第 {line} 行：{why}").format(line=line, why=error.message))
        return
    current = table.rows[0]
    subject = str(current["id"])
    for column in table.columns:
        if column.name not in cells or column.name in VOLATILE:
            continue
        before, after = cell_text(current.get(column.name)), cells[column.name].strip()
        if _same(column, before, after):
            continue
        cell = Cell(line, subject, column, before, after)
        if column.name in TAKEN[kind] or column.name.startswith("x-"):
            _judge(opened, cell, found)
        else:
            found.ignored.append(cell)


def _now(session: Session, kind: str, cells: Mapping[str, str]) -> tuple[Opened, Table]:
    """Return the record of a row and the row as it would be exported now, for the row's day."""
    opened = session.workspace.open(_id(kind, cells))
    schema = session.workspace.schema
    as_of = AsOf(_day(cells.get("day", "")) or session.day, session.as_of.known_on)
    record = opened.record
    judged: list[Judged] = []
    replies: list[ReplyLine] = [reply_line(record, opened.name)] if kind == "reply" else []
    if kind != "reply":
        number = opened.measure.id
        lines = measure_lines(record, opened.name)
        line: MeasureLine = next(item for item in lines if item.measure.id == number)
        judged = [judge(line, as_of, schema.settings.soon_days)]
    table = export_table(kind, "full", judged, replies, schema)
    rows = [row for row in table.rows if kind != "target" or row["id"] == cells["id"]]
    if not rows:
        raise UsageError(_("没有目标 {id}").format(id=cells["id"]))
    return opened, Table(table.name, table.title, table.columns, tuple(rows[:1]))


def _id(kind: str, cells: Mapping[str, str]) -> str:
    """The id as exported; a spreadsheet may have made a date of 2021-12."""
    name = "measure_id" if kind == "target" else "id"
    said = cells.get(name, "").strip()
    if not said:
        raise UsageError(_("没有编号；新承诺用 npcreply add --to 编号"))
    day = _day(said) if kind == "reply" else None
    return f"{day.year}-{day.month}" if day else said


def _day(text: str) -> date | None:
    try:
        return days.typed_day(text, date.min, None).date if text.strip() else None
    except days.DayError:
        return None


def _same(column: Column, before: str, after: str) -> bool:
    if before == after:
        return True
    if column.kind == "number":
        return _number(before) is not None and _number(before) == _number(after)
    if column.kind == "day":
        return bool(before) and _day(before) == _day(after)
    return "".join(before.split()) == "".join(after.split())


def _number(text: str) -> Decimal | None:
    return numerals.number(text.strip().removesuffix("%"))


def _judge(opened: Opened, cell: Cell, found: Plan) -> None:
    problem = _deadline_problem(opened, cell) if cell.column.name == "deadline" else ""
    if cell.column.name == "value" and _revised(opened, cell.subject):
        problem = _("这个目标调整过，在表里改不了；用 npcreply edit")
    if cell.column.name == "text" and not cell.after:
        problem = _("承诺事项不能改成空的；要删用 npcreply rm")
    if problem:
        found.problems.append(
            _("第 {line} 行 {subject}：{why}").format(
                line=cell.line, subject=cell.subject, why=problem
            )
        )
    else:
        found.changes.setdefault(opened.id, []).append(cell)


def _deadline_problem(opened: Opened, cell: Cell) -> str:
    measure = opened.measure
    due = measure_due(measure, AsOf(date.max))
    own = any(target.deadline for target in measure.targets)
    if due.extensions or own:
        return _("这项的时限有延期或分目标时限，在表里改不了；用 npcreply extend 或 edit")
    new = _day(cell.after)
    if cell.after and new is None:
        return _("看不懂时限“{text}”").format(text=cell.after)
    if due.date and new and new > due.date:
        return _("时限不能改晚；延期用 npcreply extend {id} --to {day} --reason …").format(
            id=cell.subject, day=new
        )
    return ""


def _revised(opened: Opened, subject: str) -> bool:
    number = subject.rpartition("/")[2]
    return any(str(t.id) == number and t.revised for t in opened.measure.targets)


def _conflicts(found: Plan) -> None:
    """Two rows of one record may not say different things about its header."""
    for record, cells in found.changes.items():
        said: dict[str, Cell] = {}
        for cell in cells:
            if cell.column.name in (*OF_MEASURE, *OF_TARGET):
                continue
            first = said.setdefault(cell.column.name, cell)
            if first.after != cell.after:
                found.problems.append(
                    _("{record} 的{label}改得不一样：第 {one} 行“{a}”，第 {two} 行“{b}”").format(
                        record=record,
                        label=cell.column.title,
                        one=first.line,
                        a=first.after,
                        two=cell.line,
                        b=cell.after,
                    )
                )


def amendments(session: Session, kind: str, record: str, cells: Sequence[Cell]) -> Iterator[Any]:
    """Yield the corrections of one record's changed cells; raises UsageError for a value that
    cannot be.
    """
    opened = session.workspace.open(record)
    found = opened.record
    year = found.reply_date.year if found.reply_date else found.year
    typed = Typed(session.workspace.schema, session.today, year)
    for cell in cells:
        name = {"target_kind": "kind"}.get(cell.column.name, cell.column.name)
        where = _where(kind, cell)
        if name == "co":
            yield _co(cell.after)
        else:
            yield corrections.correction({name: cell.after}, where, typed, None, session.today)


def _where(kind: str, cell: Cell) -> corrections.Where:
    wanted = identity.typed_id(cell.subject.partition("/")[0])
    if kind == "target":
        return corrections.Where(wanted.measure, int(cell.subject.rpartition("/")[2]))
    within_measure = cell.column.name in OF_MEASURE
    return corrections.Where(wanted.measure if within_measure else None)


def _co(text: str) -> Any:
    """Co-handlers by name: those that stay keep their opinion's dates."""
    names = [name.strip() for name in text.split("、") if name.strip()]

    def amend(data: dict[str, Any]) -> None:
        old = {item.get("body"): item for item in data.get("co") or []}
        data["co"] = [old.get(name, {"body": name}) for name in names]

    return amend


def row_of(cell: Cell) -> Row:
    """Return the change as a row of the difference shown."""
    return {
        "id": cell.subject,
        "column": cell.column.title,
        "before": cell.before,
        "after": cell.after,
    }
