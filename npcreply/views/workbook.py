"""The meeting's workbook: which sheets, which columns, and the sheet that explains the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from npcreply.domain.duties import Owed
from npcreply.domain.findings import Finding
from npcreply.domain.lines import ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.status import Alert, Judged, Status
from npcreply.language import N_, _, listed, listed_apart
from npcreply.store.schema import Schema
from npcreply.table import Book, Column, Row, Table
from npcreply.views.counts import counts_table
from npcreply.views.exports import MEETING, export_table
from npcreply.views.owed import OWED
from npcreply.views.screens import data_table
from npcreply.vocabulary import alert_word, alert_words, status_word

_MEANING: dict[Status, str] = {
    Status.OVERDUE: N_("时限在统计截止日之前，那时还没有销号；当天不算逾期"),
    Status.TO_VERIFY: N_("目标数已达到、还没有销号；单独计数，不算逾期"),
    Status.DUE_TODAY: N_("时限就是统计截止日"),
    Status.DUE_SOON: N_("{days} 天内到期"),
    Status.OPEN: N_("时限还在 {days} 天以后"),
    Status.UNDATED: N_("答复没有写明时限；不猜"),
    Status.CONDITIONAL: N_("待条件成熟才做，没有日期"),
    Status.DONE_EARLY: N_("在时限之前销号"),
    Status.DONE: N_("在时限当天销号，或没有时限而已销号"),
    Status.DONE_LATE: N_("时限过后才销号"),
    Status.DROPPED: N_("不再办理，写明了理由"),
    Status.MERGED: N_("并入另一项承诺"),
    Status.SUPERSEDED: N_("由另一项承诺替代"),
}


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
    asked = listed_apart(_asked(meeting.asked, schema)) or _("全部")
    return [
        {"item": _("统计截止"), "value": meeting.day, "note": _("按这一天判断；以后的事不算")},
        {"item": _("筛选"), "value": asked},
        {"item": _("答复"), "value": len({item.line.reply.id for item in meeting.items})},
        {"item": _("承诺"), "value": len(meeting.items), "note": _("以下各状态相加等于这个数")},
    ]


def _asked(asked: Selection, schema: Schema) -> list[str]:
    """The filters as a reader of the sheet would say them: 责任单位 发改."""
    said: dict[str, list[str]] = {
        schema.label("department", "measure"): list(asked.dept),
        schema.label("lead"): list(asked.lead),
        schema.label("deputies"): list(asked.deputy),
        schema.label("session"): list(asked.session),
        schema.label("year"): [str(year) for year in asked.year],
        schema.label("kind"): [schema.word("kind", code) for code in asked.kind],
        schema.label("field"): list(asked.field),
        _("文字"): list(asked.text),
        schema.label("status"): [status_word(Status(code)).label for code in asked.status],
        schema.label("alert"): [
            word.label for code in asked.alert if (word := alert_word(Alert(code)))
        ],
        schema.label("force", "measure"): [schema.word("force", code) for code in asked.force],
        schema.label("key"): [_("是")] if asked.key else [],
    }
    return [f"{name} {listed(words)}" for name, words in said.items() if words]


def _counts(meeting: Meeting, schema: Schema) -> list[Row]:
    counted = Counter(item.status for item in meeting.items)
    days = schema.settings.soon_days
    return [
        {
            "item": status_word(status),
            "value": counted[status],
            "note": _(_MEANING[status]).format(days=days),
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
            "note": _("第 {line} 行：{said}").format(line=finding.line, said=finding.message),
        }
        for finding in meeting.unreadable
    ]


def _files(meeting: Meeting) -> list[Row]:
    return [
        {"item": reply.id, "value": reply.path, "note": reply.title} for reply in meeting.replies
    ]
