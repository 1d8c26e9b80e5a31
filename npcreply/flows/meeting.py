"""What the committee's meeting is handed: everything selected, as of the day."""

from __future__ import annotations

from datetime import timedelta

from npcreply.domain.selection import Selection
from npcreply.flows.review import review
from npcreply.session import Session
from npcreply.table import Book, Table
from npcreply.views.calendar import calendar_table
from npcreply.views.exports import export_table
from npcreply.views.workbook import Meeting, single, workbook


def exported(
    session: Session, selection: Selection, kind: str, rows: str | None, preset: str
) -> Book:
    """Return what an export of that format holds; a workbook has all sheets where no kind of row
    is asked for.
    """
    if kind == "xlsx" and rows is None:
        return _workbook(session, selection)
    if kind == "ics":
        return Book("", (_calendar(session, selection),), session.day)
    return single(_table(session, selection, rows or "measure", preset), session.day)


def _workbook(session: Session, selection: Selection) -> Book:
    items = session.judged(session.index.promises(selection), selection)
    late = review(session, selection, session.day - timedelta(days=7), "dept").items
    of = {item.line.reply.id for item in items}
    replies = [reply for reply in session.replies(selection) if reply.id in of]
    meeting = Meeting(
        session.day, items, late, replies, session.printable(selection), session.left_out
    )
    return workbook(meeting, session.workspace.schema)


def _calendar(session: Session, selection: Selection) -> Table:
    items = session.judged(session.index.promises(selection), selection)
    return calendar_table(items, session.workspace.schema)


def _table(session: Session, selection: Selection, rows: str, preset: str) -> Table:
    schema = session.workspace.schema
    judged = session.judged(session.index.promises(selection), selection)
    replies = session.replies(selection) if rows == "reply" else []
    return export_table(rows, preset, judged, replies, schema)
