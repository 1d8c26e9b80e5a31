"""The days of promises and of their periodic reports as the events of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.domain.judging.duties import Duty, Owed
from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.names import number_order
from npcreply.domain.review import Dates
from npcreply.domain.time.as_of import seen
from npcreply.language import _, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Column, Row, Table
from npcreply.views.duties import duty_text
from npcreply.views.words import status_word

COLUMNS = ("uid", "id", "summary", "deadline", "sequence", "cancelled", "alarms", "description")
# When a calendar reminds, as RFC 5545 writes it; of daily reports it does not.
_BEFORE = ("-P30D", "-P7D")
_BEFORE_REPORT: dict[str, tuple[str, ...]] = {"day": (), "week": ("-P1D",), "half-month": ("-P3D",)}
_BEFORE_LONGER_REPORT = ("-P7D", "-P1D")


def calendar_table(dates: Dates, schema: Schema) -> Table:
    """Return one row an event, by day. `uid` stays the same for good, `sequence` is what the record
    itself tells of changes, `cancelled` that the promise is closed, `alarms` how long before.
    """
    columns = tuple(Column(name, name) for name in COLUMNS)
    reports = (_report(duty, dates, schema) for duty in dates.reports)
    events = [*_promises(dates, schema), *reports]
    events.sort(key=lambda row: (row["deadline"], number_order(str(row["id"])), str(row["uid"])))
    return Table("calendar", _("承诺时限"), columns, tuple(events))


def gone_event(uid: str, id: str, day: date, sequence: int) -> Row:
    """Return the event that takes back one given out before, of which nothing is on record now."""
    said = _("已取消 {id}").format(id=id)
    return {
        "uid": uid,
        "id": id,
        "summary": said,
        "deadline": day,
        "sequence": sequence,
        "cancelled": True,
        "alarms": (),
        "description": said,
    }


def _promises(dates: Dates, schema: Schema) -> Iterator[Row]:
    for item in dates.items:
        if item.deadline:
            steps = (item.line.measure.extensions, item.line.measure.closings)
            yield {
                "uid": f"{_name(item.line, dates)}@npcreply",
                "sequence": sum(len(seen(step, item.as_of)) for step in steps),
                "cancelled": item.status in CLOSED,
                "alarms": _BEFORE,
                **_said(item, item.line.measure.text, schema),
            }


def _report(duty: Duty, dates: Dates, schema: Schema) -> Row:
    if duty.line is None or duty.deadline is None:
        raise TypeError(duty)
    return {
        "uid": f"{_name(duty.line, dates)}-{duty.rule}-{duty.deadline:%Y%m%d}@npcreply",
        "sequence": 0,
        "cancelled": False,
        "alarms": _BEFORE_REPORT.get(duty.rule, _BEFORE_LONGER_REPORT),
        **_said(duty, duty_text(duty), schema),
    }


def _name(line: MeasureLine, dates: Dates) -> str:
    """What calendars know a promise by."""
    return f"{dates.names.get(line.reply.path, line.reply.id)}-m{line.measure.id}"


def _said(row: Owed, text: str, schema: Schema) -> Row:
    who = listed(row.departments) or _("未载明单位")
    number = row.line.measure.id if row.line else ""
    return {
        "id": row.id,
        "deadline": row.deadline,
        "summary": f"[{who}] {row.reply.number}.{number} {text}",
        "description": _description(row, schema),
    }


def _description(row: Owed, schema: Schema) -> str:
    reply = row.reply
    lines = [
        f"{schema.label('id')} {row.id}",
        f"{schema.label('title')} {reply.title}" if reply.title else "",
        f"{schema.label('lead')} {reply.lead}" if reply.lead else "",
        f"{schema.label('status')} {status_word(row.status).label}",
    ]
    if isinstance(row, Judged) and row.original_deadline != row.deadline:
        lines.append(f"{schema.label('original_deadline')} {row.original_deadline}")
    return "\n".join(filter(None, lines))
