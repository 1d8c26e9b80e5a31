"""What an export holds: kinds of row, presets, the meeting's workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.review import Dates, Meeting, Rows
from npcreply.language import N_, _
from npcreply.store.contract.schema import Schema
from npcreply.table import Book, Column, Row, Table
from npcreply.views.calendar import calendar_table
from npcreply.views.columns import Field, columns, data_table, exported, rows
from npcreply.views.declared import declared_columns
from npcreply.views.duties import OWED
from npcreply.views.findings import place_and_words
from npcreply.views.promises import MEASURE, PROGRESS, TARGET, progress_of, targets_of
from npcreply.views.replies import REPLY
from npcreply.views.statistics import counts_table, when_due_texts
from npcreply.views.words import alert_words, asked_words, meaning, status_word

MEETING = (
    *("seq", "number_text", "title", "lead_deputy", "lead", "id", "text", "department"),
    *("deadline", "status", "alert", "days_late", "indicator", "value", "unit", "latest", "as_of"),
    *("percent", "next_step", "day"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of row: its fields, and the columns that a meeting reads; all of them where none are
    named.
    """

    fields: Mapping[str, Field[Any]]
    meeting: tuple[str, ...] = ()

    @property
    def full(self) -> tuple[str, ...]:
        return exported(self.fields)


SHAPES: dict[str, Shape] = {
    "measure": Shape(MEASURE, MEETING),
    "target": Shape(TARGET),
    "reply": Shape(REPLY),
    "progress": Shape(PROGRESS),
}
# Two columns may not bear one head: a table is read back by its heads.
_ID_LABEL = {"measure": "measure_id", "target": "target_number", "reply": "reply", "progress": "id"}
PRESETS = ("meeting", "full")
_PLACES = {
    "measure": ("", "measure"),
    "target": ("target",),
    "reply": ("",),
    "progress": ("entry",),
}
# What a full set leaves out as the offices' own lists do; any other field closes it by itself.
_WITHOUT = {
    "": (
        *("year", "term", "between_sessions", "field", "deputies", "consulted", "mode", "leader"),
        *("wide", "filed_on", "assigned_on", "received_on", "publish_date", "disclosure"),
        *("index_no", "doc_no", "repeats", "merged_into", "carried_from", "note"),
        "uid",
    ),
    "measure": (
        *("round", "question", "leader", "task_force", "condition", "cadence", "carried_from"),
        "note",
    ),
    "target": (
        *("kind", "value_min", "value_max", "start", "parent", "forecast", "approx", "note"),
    ),
    "entry": ("target", "approx"),
}


def export_table(
    kind: str, preset: str, judged: Sequence[Judged], replies: Sequence[ReplyLine], schema: Schema
) -> Table:
    """Return the rows of one kind; fields with no column of their own close a full set."""
    shape = SHAPES[kind]
    subjects: Mapping[str, Sequence[Any]] = {
        "measure": judged,
        "target": targets_of(judged),
        "reply": replies,
        "progress": progress_of(judged),
    }
    if preset == "full":
        fields, heads = full_fields(kind, schema)
        names = [head.name for head in heads]
        return Table(kind, kind, heads, rows(subjects[kind], fields, names, schema))
    names = list(shape.meeting or shape.full)
    heads = _heads(kind, names, schema)
    return Table(kind, kind, heads, rows(subjects[kind], shape.fields, names, schema))


def full_fields(kind: str, schema: Schema) -> tuple[Mapping[str, Field[Any]], tuple[Column, ...]]:
    """Return the columns of a full export of one kind of rows, and how each is got."""
    shape, closing = SHAPES[kind], closing_columns(kind, schema)
    fields = {**shape.fields, **closing}
    heads = (*_heads(kind, shape.full, schema), *columns(fields, [*closing], schema))
    return fields, heads


def _heads(kind: str, names: Sequence[str], schema: Schema) -> tuple[Column, ...]:
    return tuple(
        replace(head, title=schema.label(_ID_LABEL[kind])) if head.name == "id" else head
        for head in columns(SHAPES[kind].fields, names, schema)
    )


def closing_columns(kind: str, schema: Schema) -> dict[str, Field[Any]]:
    """Return the columns that close a full set: each plain field of the record, promise, target or
    entry that stands in none of its presets, the office's own among them.
    """
    full = SHAPES[kind].full
    return {
        name: field
        for within in _PLACES[kind]
        for name, field in declared_columns(within, schema, {*full, *_WITHOUT[within]}).items()
    }


_SHEETS = {
    "measure": N_("承诺台账"),
    "target": N_("量化目标"),
    "reply": N_("答复"),
    "progress": N_("进展记录"),
}
_LATE = (*MEETING[:6], "what", *MEETING[6:])
_TELLING = frozenset({"notes", "files"})  # sheets that are read from left to right as they are
# On paper what is owed, by whom and by when stands on the first page, the rest on the next.
_FIRST = (
    *(
        "id",
        "measure_id",
        "group",
        "text",
        "department",
        "deadline",
        "status",
        "alert",
        "days_late",
    ),
    *("indicator", "value", "unit", "latest", "as_of", "percent", "next_step"),
)


def workbook(meeting: Meeting, schema: Schema, *, files: bool = False) -> Book:
    """Return the six sheets of the meeting: notes, late, all, targets, by department, progress; as
    a seventh the files that they were made of, where asked for.
    """
    full = {
        kind: export_table(kind, "full", meeting.items, (), schema)
        for kind in ("measure", "target", "progress")
    }
    late = data_table("late", meeting.review.items, OWED, _LATE, schema)
    sheets = (
        (_("说明"), _notes(meeting, schema)),
        (_("逾期清单"), late),
        (_(_SHEETS["measure"]), full["measure"]),
        (_(_SHEETS["target"]), full["target"]),
        (_("按部门"), counts_table(meeting.items, "dept", meeting.as_of.day, schema)),
        (_(_SHEETS["progress"]), full["progress"]),
        *([(_("记录文件"), _files(meeting, schema))] if files else ()),
    )
    return Book(
        _("答复承诺台账"),
        tuple(sheet(name, _on_paper(table), meeting.as_of.day) for name, table in sheets),
        meeting.as_of.day,
    )


def _on_paper(table: Table) -> Table:
    """The row's id stands first, to be repeated on each page; the day stands in head and foot."""
    if table.name in _TELLING:
        return table
    kept = (column for column in table.columns if column.name != "day")
    order = {name: place for place, name in enumerate(_FIRST)}
    columns = sorted(kept, key=lambda column: order.get(column.name, len(order)))
    return replace(table, columns=tuple(columns))


def book(
    rows: str | None, preset: str, found: Rows, schema: Schema, *, files: bool = False
) -> Book:
    """Return what an export holds: all sheets of the workbook for a meeting, the calendar, else
    one kind of row.
    """
    day = found.as_of.day
    if isinstance(found, Meeting):
        return workbook(found, schema, files=files)
    if isinstance(found, Dates):
        return Book("", (calendar_table(found, schema),), day)
    table = export_table(rows or "measure", preset, found.items, found.replies, schema)
    name = _(_SHEETS[table.name])
    return Book(name, (sheet(name, table, day),), day)


def sheet(name: str, table: Table, day: date) -> Table:
    """Return a table as one sheet: its name, the line above it, lights that follow their word."""
    lead = _("{name}  截至 {day}  {count} 行").format(name=name, day=day, count=len(table.rows))
    columns = tuple(
        replace(column, choices=alert_words()) if column.name == "alert" else column
        for column in table.columns
    )
    return replace(table, title=name, lead=(lead,), columns=columns)


def _notes(meeting: Meeting, schema: Schema) -> Table:
    columns = (Column("item", _("项目")), Column("value", _("内容")), Column("note", _("说明")))
    found = [
        *_scope(meeting, schema),
        *_counts(meeting, schema),
        *_left_out(meeting),
    ]
    return Table("notes", "", columns, tuple(found))


def _scope(meeting: Meeting, schema: Schema) -> list[Row]:
    asked = asked_words(meeting.asked, schema)
    return [
        {
            "item": _("统计截止"),
            "value": meeting.as_of.day,
            "note": _("按这一天判断；以后的事不算"),
        },
        {"item": _("筛选"), "value": asked},
        {"item": _("答复"), "value": len({item.line.reply.id for item in meeting.items})},
        {"item": _("承诺"), "value": len(meeting.items), "note": _("以下各状态相加等于这个数")},
    ]


def _counts(meeting: Meeting, schema: Schema) -> list[Row]:
    counted = Counter(item.status for item in meeting.items)
    counts: list[Row] = [
        {
            "item": status_word(status),
            "value": counted[status],
            "note": meaning(status, schema),
        }
        for status in Status
    ]
    return counts + [{"item": name, "value": rate} for name, rate in when_due_texts(meeting.items)]


def _left_out(meeting: Meeting) -> list[Row]:
    if not meeting.unreadable:
        return [{"item": _("读不了的文件"), "value": 0}]
    return [
        {
            "item": _("读不了，未计入"),
            "value": finding.path,
            "note": place_and_words(finding),
        }
        for finding in meeting.unreadable
    ]


def _files(meeting: Meeting, schema: Schema) -> Table:
    names = {"id": schema.label("reply"), "title": schema.label("title"), "path": _("文件")}
    columns = tuple(Column(name, title) for name, title in names.items())
    rows = ({name: getattr(reply, name) for name in names} for reply in meeting.replies)
    return Table("files", "", columns, tuple(rows))
