"""What the committee's meeting is handed: everything selected, as of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from npcreply.domain.judging.status import Status, may_be_late
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.flows.review import review
from npcreply.grammar.months import month_ends
from npcreply.session import Session
from npcreply.table import Book, Table
from npcreply.views.charts import Moment
from npcreply.views.exports import Meeting, calendar_table, export_table, single, workbook
from npcreply.views.page import Given, Page, page


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


MONTHS = 12


def report(session: Session, selection: Selection, since: date, *, full: bool) -> Page:
    """Return the page of what the filters ask for, compared with `since`."""
    lines = session.index.promises(selection)
    found = review(session, selection, since, "none")
    given = Given(
        as_of=session.as_of,
        items=session.judged(lines, selection),
        late=found.items,
        since=since,
        new=len(found.new),
        gone=found.gone,
        undated=found.undated,
        trend=_trend(session, lines, selection),
        asked=session.printable(selection),
        unreadable=session.left_out,
    )
    return page(given, session.workspace.schema, full=full)


def _trend(session: Session, lines: Iterable[MeasureLine], selection: Selection) -> list[Moment]:
    """Return how many promises were late at the last month-ends, and how many are on the day."""
    days = [*month_ends(session.day, MONTHS), session.day]
    return [Moment(day, _late(session, lines, selection, day)) for day in dict.fromkeys(days)]


def _late(session: Session, lines: Iterable[MeasureLine], selection: Selection, day: date) -> int:
    as_of = AsOf(day, session.as_of.known_on)
    judged = session.judged([ln for ln in lines if may_be_late(ln, as_of)], selection, as_of)
    return sum(item.status is Status.OVERDUE for item in judged)
