"""The deadlines as events of a calendar: one a promise that has or had one."""

from __future__ import annotations

from collections.abc import Iterable

from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.judging.targets import seen
from npcreply.language import _, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Column, Row, Table
from npcreply.vocabulary import status_word

COLUMNS = ("uid", "summary", "deadline", "sequence", "cancelled", "description")


def calendar_table(items: Iterable[Judged], schema: Schema) -> Table:
    """Return one row an event, by day. `uid` stays the same for good; `sequence` grows with every
    extension, closing and reopening, `cancelled` tells that the promise is closed.
    """
    dated = sorted((item for item in items if item.deadline), key=lambda i: (i.deadline, i.line.id))
    columns = tuple(Column(name, name) for name in COLUMNS)
    return Table("calendar", _("承诺时限"), columns, tuple(_event(i, schema) for i in dated))


def _event(item: Judged, schema: Schema) -> Row:
    reply, measure = item.line.reply, item.line.measure
    who = listed(item.line.departments) or _("未载明单位")
    steps = (measure.extensions, measure.closings)
    return {
        "uid": f"{reply.id}-m{measure.id}@npcreply",
        "summary": f"[{who}] {reply.number}.{measure.id} {measure.text}",
        "deadline": item.deadline,
        "sequence": sum(len(seen(step, item.as_of)) for step in steps),
        "cancelled": item.status in CLOSED,
        "description": _description(item, schema),
    }


def _description(item: Judged, schema: Schema) -> str:
    reply = item.line.reply
    lines = [
        f"{schema.label('id')} {item.line.id}",
        f"{schema.label('title')} {reply.title}" if reply.title else "",
        f"{schema.label('lead')} {reply.lead}" if reply.lead else "",
        f"{schema.label('status')} {status_word(item.status).label}",
    ]
    if item.original_deadline != item.deadline:
        lines.append(f"{schema.label('original_deadline')} {item.original_deadline}")
    return "\n".join(filter(None, lines))
