"""What the committee's meeting is handed: the workbook of everything selected, as of the day."""

from __future__ import annotations

from datetime import timedelta

from npcreply.domain.selection import Selection
from npcreply.flows.review import review
from npcreply.session import Session
from npcreply.table import Book
from npcreply.views.workbook import Meeting, workbook


def book(session: Session, selection: Selection) -> Book:
    """Return the workbook of what the filters ask for."""
    schema = session.workspace.schema
    items = session.judged(session.index.promises(selection), selection)
    late = review(session, selection, session.day - timedelta(days=7), "dept").items
    of = {item.line.reply.id for item in items}
    replies = [reply for reply in session.index.replies(selection) if reply.id in of]
    first = {finding.path: finding for finding in reversed(session.unreadable)}
    unreadable = [first[path] for path in sorted(first)]
    meeting = Meeting(session.day, items, late, replies, selection, unreadable)
    return workbook(meeting, schema)
