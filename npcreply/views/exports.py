"""The one table for every export: kinds of row, presets, the rows in their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from npcreply.domain.judging.status import Judged
from npcreply.domain.record.lines import ReplyLine
from npcreply.store.contract.schema import Schema
from npcreply.table import Column, Row, Table
from npcreply.views.fields import Field, columns, rows
from npcreply.views.promises import MEASURE
from npcreply.views.replies import REPLY
from npcreply.views.targets import PROGRESS, TARGET, progress_of, targets_of

_MEASURE_FULL = (
    *("seq", "number_text", "number", "kind", "session", "title", "lead_deputy", "deputy_count"),
    *("lead", "co", "class", "satisfaction", "key", "reply_date", "id", "text", "department"),
    *("force", "deadline", "original_deadline", "extensions", "status", "alert", "days_late"),
    *("indicator", "value", "unit", "latest", "as_of", "percent", "target_count", "last_note"),
    *("last_on", "reminders", "last_reminder", "next_step", "closed_on", "reason", "quote"),
    *("source", "day"),
)
MEETING = (
    *("seq", "number_text", "title", "lead_deputy", "lead", "id", "text", "department"),
    *("deadline", "status", "alert", "days_late", "indicator", "value", "unit", "latest", "as_of"),
    *("percent", "next_step", "day"),
)
_TARGET_FULL = (
    *("seq", "number_text", "title", "lead", "id", "measure_id", "text", "department", "indicator"),
    *("target_kind", "comparator", "value", "unit", "scope", "deadline", "latest", "as_of"),
    *("percent", "status", "alert", "next_step", "day"),
)
_REPLY_FULL = (
    *("seq", "id", "number_text", "number", "kind", "year", "session", "term", "title", "field"),
    *("deputies", "deputy_count", "lead", "co", "class", "satisfaction", "key", "assigned_on"),
    *("reply_date", "publish_date", "promises", "source"),
)
_PROGRESS_FULL = (
    *("seq", "number_text", "title", "lead", "measure_id", "text", "department", "on", "words"),
    *("target_id", "indicator", "value", "unit", "stated_percent", "note", "source", "by"),
    *("entered", "status", "day"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of row: its fields, its full set of columns, and the office's own fields."""

    fields: Mapping[str, Field[Any]]
    full: tuple[str, ...]
    meeting: tuple[str, ...]


SHAPES: dict[str, Shape] = {
    "measure": Shape(MEASURE, _MEASURE_FULL, MEETING),
    "target": Shape(TARGET, _TARGET_FULL, _TARGET_FULL),
    "reply": Shape(REPLY, _REPLY_FULL, _REPLY_FULL),
    "progress": Shape(PROGRESS, _PROGRESS_FULL, _PROGRESS_FULL),
}
# Two columns may not bear one head: a table is read back by its heads.
_ID_LABEL = {"measure": "measure_id", "target": "target_number", "reply": "reply", "progress": "id"}
PRESETS = ("meeting", "full")


def export_table(
    kind: str, preset: str, judged: Sequence[Judged], replies: Sequence[ReplyLine], schema: Schema
) -> Table:
    """Return the rows of one kind; the office's own x- fields close a full set of columns."""
    shape = SHAPES[kind]
    subjects: Mapping[str, Sequence[Any]] = {
        "measure": judged,
        "target": targets_of(judged),
        "reply": replies,
        "progress": progress_of(judged),
    }
    names = shape.full if preset == "full" else shape.meeting
    heads = tuple(
        replace(head, title=schema.label(_ID_LABEL[kind])) if head.name == "id" else head
        for head in columns(shape.fields, names, schema)
    )
    found = rows(subjects[kind], shape.fields, names, schema)
    own = own_columns(kind, schema) if preset == "full" else ()
    if own:
        pairs = zip(found, subjects[kind], strict=True)
        found = tuple({**row, **_own_cells(subject, own)} for row, subject in pairs)
    return Table(kind, kind, (*heads, *(column for column, _within in own)), found)


def own_columns(kind: str, schema: Schema) -> tuple[tuple[Column, str], ...]:
    """Return (column, where it stands) of the office's own fields for a kind of row."""
    places = {"measure": ("", "measure"), "reply": ("",)}.get(kind, ())
    return tuple(
        (Column(name, schema.label(name, within)), within)
        for within in places
        for name in schema.own_fields(within)
    )


def _own_cells(subject: Any, own: Sequence[tuple[Column, str]]) -> Row:
    reply = subject if isinstance(subject, ReplyLine) else subject.line.reply
    return {
        column.name: _cell((reply if within == "" else subject.line.measure).extra.get(column.name))
        for column, within in own
    }


def _cell(value: object) -> str | None:
    if value is None:
        return None
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
