"""What an export holds: kinds of row, presets, the meeting's workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.review import Dates, Meeting, Rows
from npcreply.domain.statistics import WHEN_DUE, Tally
from npcreply.language import N_, _
from npcreply.store.contract.schema import Schema
from npcreply.table import Book, Column, Passing, Row, Table
from npcreply.views.calendar import calendar_table
from npcreply.views.columns import Field, RowMaker, columns, data_table, exported
from npcreply.views.declared import declared_columns
from npcreply.views.duties import OWED
from npcreply.views.findings import place_and_words
from npcreply.views.outcomes import CountedOutcomes
from npcreply.views.promises import MEASURE, PROGRESS, TARGET, progress_of, targets_of
from npcreply.views.replies import REPLY
from npcreply.views.sources import doubts, synced_words
from npcreply.views.statistics import Counted, when_due_texts
from npcreply.views.words import alert_words, asked_words, meaning, status_word

MEETING = (
    *("seq", "number_text", "title", "lead_deputy", "lead", "id", "text", "department"),
    *("deadline", "status", "alert", "days_late", "indicator", "value", "unit", "latest", "as_of"),
    *("percent", "next_step", "day"),
)


# On paper stand one page's columns: whose, what, by whom, by when, how far.
_PROMISED = (
    *("id", "title", "text", "department", "deadline", "status", "alert", "days_late"),
    *("percent", "next_step"),
)
_AIMED = (
    *("id", "text", "department", "indicator", "value", "unit", "latest", "as_of", "percent"),
    *("deadline", "alert"),
)
_ANSWERED = (
    *("number_text", "title", "lead", "co", "class", "reply_date"),
    *("satisfaction", "promises"),
)
_REPORTED = (
    *("measure_id", "text", "department", "on", "words", "indicator", "value", "unit", "note"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of row: its fields, the columns that stand on paper, and those that a meeting reads;
    all of them where none are named.
    """

    fields: Mapping[str, Field[Any]]
    paper: tuple[str, ...]
    meeting: tuple[str, ...] = ()

    @property
    def full(self) -> tuple[str, ...]:
        return exported(self.fields)


SHAPES: dict[str, Shape] = {
    "measure": Shape(MEASURE, _PROMISED, MEETING),
    "target": Shape(TARGET, _AIMED),
    "reply": Shape(REPLY, _ANSWERED),
    "progress": Shape(PROGRESS, _REPORTED),
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
        *("repeats", "differs", "note"),
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
    made = Maker(kind, preset, schema)
    subjects = replies if kind == "reply" else judged
    return replace(made.table, rows=tuple(row for one in subjects for row in made.rows(one)))


class Maker:
    """Makes the rows of one kind, numbered as they come; `table` is their table without rows."""

    def __init__(self, kind: str, preset: str, schema: Schema) -> None:
        shape = SHAPES[kind]
        if preset == "full":
            fields, heads = full_fields(kind, schema)
        else:
            fields, heads = shape.fields, _heads(kind, shape.meeting or shape.full, schema)
        self._subjects = _SUBJECTS[kind]
        self._made = RowMaker(fields, [head.name for head in heads], schema)
        self.table = Table(kind, kind, heads, (), paper=shape.paper)

    def rows(self, one: Any) -> Iterator[Row]:
        """Yield the rows that a judged promise has, or the one of a reply."""
        return self._made.rows(self._subjects(one))


_SUBJECTS: Mapping[str, Callable[[Any], Iterable[Any]]] = {
    "measure": lambda judged: (judged,),
    "target": lambda judged: targets_of((judged,)),
    "reply": lambda reply: (reply,),
    "progress": lambda judged: progress_of((judged,)),
}


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
# Right of what is printed, what is typed into stands before the rest.
_FIRST = ("group", "indicator", "value", "unit", "latest", "as_of")


def workbook(meeting: Meeting, schema: Schema, *, files: bool = False) -> Book:
    """Return the seven sheets of the meeting: notes, late, all, targets, by department, outcomes
    by year, progress; as an eighth the files that they were made of, where asked for. The promises
    are gone through once: what counts them is made when they have passed.
    """
    day = meeting.as_of.day
    makers = {kind: Maker(kind, "full", schema) for kind in ("measure", "target", "progress")}
    tables = {kind: _in_the_book(maker.table) for kind, maker in makers.items()}
    counted = (Noted(), Counted("dept", schema), CountedOutcomes("year", schema))
    noted, by_department, outcomes = counted

    def passing() -> Iterator[Passing]:
        for item in meeting.items:
            for each in counted:
                each.add(item)
            yield {kind: tuple(maker.rows(item)) for kind, maker in makers.items()}

    late = data_table("late", meeting.review.items, OWED, _LATE, schema)
    sheets: tuple[tuple[str, Table | Callable[[], Table]], ...] = (
        (_("说明"), lambda: _notes(meeting, noted, schema)),
        (_("逾期清单"), _in_the_book(replace(late, paper=_PROMISED))),
        (_(_SHEETS["measure"]), tables["measure"]),
        (_(_SHEETS["target"]), tables["target"]),
        (_("按部门"), lambda: _in_the_book(by_department.table(day))),
        (_("历年结果"), outcomes.sheet),
        (_(_SHEETS["progress"]), tables["progress"]),
        *([(_("记录文件"), lambda: _files(meeting, noted, schema))] if files else ()),
    )
    return Book(
        _("答复承诺台账"),
        tuple(_later(name, made, day) for name, made in sheets),
        day,
        passing(),
        {kind: partial(_heading, _(_SHEETS[kind]), day) for kind in makers},
    )


class Noted:
    """What the notes of a meeting count, as the promises pass."""

    def __init__(self) -> None:
        self.replies: set[str] = set()
        self.statuses: Counter[Status] = Counter()
        self.rates = Tally(WHEN_DUE)

    def add(self, item: Judged) -> None:
        self.replies.add(item.line.reply.id)
        self.statuses[item.status] += 1
        self.rates.add(item)


def _later(name: str, made: Table | Callable[[], Table], day: date) -> Table | Callable[[], Table]:
    if isinstance(made, Table):
        return sheet(name, made, day)
    return lambda: sheet(name, made(), day)


def _in_the_book(table: Table) -> Table:
    """The day stands in head and foot of each sheet, not in every row."""
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
    maker = Maker(rows or "measure", preset, schema)
    kind, name = maker.table.name, _(_SHEETS[maker.table.name])
    subjects: Iterable[Any] = found.replies if kind == "reply" else found.items
    return Book(
        name,
        (sheet(name, maker.table, day),),
        day,
        ({kind: tuple(maker.rows(one))} for one in subjects),
        {kind: partial(_heading, name, day)},
    )


def sheet(name: str, table: Table, day: date) -> Table:
    """Return a table as one sheet: its name, the line above it, lights that follow their word."""
    columns = tuple(
        replace(column, choices=alert_words()) if column.name == "alert" else column
        for column in table.columns
    )
    lead = (_heading(name, day, len(table.rows)),)
    return replace(table, title=name, lead=lead, columns=columns)


def _heading(name: str, day: date, count: int) -> str:
    return _("{name}  截至 {day}  {count} 行").format(name=name, day=day, count=count)


def _notes(meeting: Meeting, noted: Noted, schema: Schema) -> Table:
    columns = (Column("item", _("项目")), Column("value", _("内容")), Column("note", _("说明")))
    found = [
        *_scope(meeting, noted, schema),
        *_counts(noted, schema),
        *_left_out(meeting),
        *_drawn_from(meeting),
    ]
    return Table("notes", "", columns, tuple(found))


def _scope(meeting: Meeting, noted: Noted, schema: Schema) -> list[Row]:
    asked = asked_words(meeting.asked, schema)
    return [
        {
            "item": _("统计截止"),
            "value": meeting.as_of.day,
            "note": _("按这一天判断；以后的事不算"),
        },
        {"item": _("筛选"), "value": asked},
        {"item": _("答复"), "value": len(noted.replies)},
        {"item": _("承诺"), "value": noted.statuses.total(), "note": _("以下各状态相加等于这个数")},
    ]


def _counts(noted: Noted, schema: Schema) -> list[Row]:
    counts: list[Row] = [
        {
            "item": status_word(status),
            "value": noted.statuses[status],
            "note": meaning(status, schema),
        }
        for status in Status
    ]
    return counts + [{"item": name, "value": rate} for name, rate in when_due_texts(noted.rates)]


def _drawn_from(meeting: Meeting) -> list[Row]:
    return [
        {
            "item": _("资料库"),
            "value": one.name,
            "note": _("；").join([synced_words(one), *doubts([one])]),
        }
        for one in meeting.sources
    ]


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


def _files(meeting: Meeting, noted: Noted, schema: Schema) -> Table:
    names = {"id": schema.label("reply"), "title": schema.label("title"), "path": _("文件")}
    columns = tuple(Column(name, title) for name, title in names.items())
    of = (reply for reply in meeting.replies if reply.id in noted.replies)
    rows = tuple({name: getattr(reply, name) for name in names} for reply in of)
    return Table("files", "", columns, rows)
