"""The meeting's workbook: which sheets, which columns, and the sheet that explains the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from npcreply.domain.findings import Finding
from npcreply.domain.judging.duties import Owed
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.selection import Selection
from npcreply.language import N_, _
from npcreply.store.contract.schema import Schema
from npcreply.table import Book, Column, Row, Table
from npcreply.views.counts import counts_table
from npcreply.views.exports import MEETING, export_table
from npcreply.views.fields import data_table
from npcreply.views.findings import place_and_words
from npcreply.views.notes import asked_words, meaning
from npcreply.views.owed import OWED
from npcreply.vocabulary import alert_words, status_word

_SHEETS = {
    "measure": N_("承诺台账"),
    "target": N_("量化目标"),
    "reply": N_("答复"),
    "progress": N_("进展记录"),
}
_LATE = (*MEETING[:6], "what", *MEETING[6:])


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a workbook is made from: `late` is in the order of the weekly review, `unreadable`
    has the first finding of each file that is left out.
    """

    day: date
    items: Sequence[Judged]
    late: Sequence[Owed]
    replies: Sequence[ReplyLine]
    asked: Selection
    unreadable: Sequence[Finding]


def workbook(meeting: Meeting, schema: Schema) -> Book:
    """Return the six sheets of the meeting: notes, late, all, targets, by department, progress."""
    full = {
        kind: export_table(kind, "full", meeting.items, (), schema)
        for kind in ("measure", "target", "progress")
    }
    late = data_table("late", meeting.late, OWED, _LATE, schema)
    sheets = (
        (_("说明"), _notes(meeting, schema)),
        (_("逾期清单"), late),
        (_(_SHEETS["measure"]), full["measure"]),
        (_(_SHEETS["target"]), full["target"]),
        (_("按部门"), _group_first(counts_table(meeting.items, "dept", meeting.day, schema))),
        (_(_SHEETS["progress"]), full["progress"]),
    )
    return Book(
        _("答复承诺台账"),
        tuple(sheet(name, table, meeting.day) for name, table in sheets),
        meeting.day,
    )


def _group_first(table: Table) -> Table:
    """On paper the row's name stands before its numbers."""
    return replace(table, columns=tuple(sorted(table.columns, key=lambda c: c.name != "group")))


def single(table: Table, day: date) -> Book:
    """Return a workbook of one table."""
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
        *_files(meeting),
    ]
    return Table("notes", "", columns, tuple(found))


def _scope(meeting: Meeting, schema: Schema) -> list[Row]:
    asked = asked_words(meeting.asked, schema)
    return [
        {"item": _("统计截止"), "value": meeting.day, "note": _("按这一天判断；以后的事不算")},
        {"item": _("筛选"), "value": asked},
        {"item": _("答复"), "value": len({item.line.reply.id for item in meeting.items})},
        {"item": _("承诺"), "value": len(meeting.items), "note": _("以下各状态相加等于这个数")},
    ]


def _counts(meeting: Meeting, schema: Schema) -> list[Row]:
    counted = Counter(item.status for item in meeting.items)
    return [
        {
            "item": status_word(status),
            "value": counted[status],
            "note": meaning(status, schema),
        }
        for status in Status
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


def _files(meeting: Meeting) -> list[Row]:
    return [
        {"item": reply.id, "value": reply.path, "note": reply.title} for reply in meeting.replies
    ]
