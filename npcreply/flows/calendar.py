"""A calendar on its way out: events that changed are numbered on, those that are gone cancelled."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from npcreply.dataclass import replace
from npcreply.domain.selection import EVERYTHING, Selection
from npcreply.errors import CouldNotError
from npcreply.flows import meeting
from npcreply.language import _
from npcreply.session import Session
from npcreply.store.journal.given_out import GONE, Event, Events, GivenOut
from npcreply.table import Row, Table
from npcreply.views.calendar import calendar_table, gone_event

_FORGOTTEN = timedelta(days=400)
"""So long after its day an event that is gone is not cancelled any more."""


def numbered(session: Session, table: Table, selection: Selection) -> Table:
    """Return the table as it may be given out: an event that says anything else than last time has
    a higher number, and each one given out before that nothing on record stands for is cancelled.

    Calendars take no event with a number below the one they have. Where the numbers cannot be
    noted, that is said.
    """
    whole = table if selection == EVERYTHING else _whole(session)
    live = {str(row["uid"]) for row in whole.rows}
    given = GivenOut(session.workspace.root)
    try:
        with given.changing() as events:
            return _counted(session, table, live, events)
    except CouldNotError as error:
        session.output.notice(
            _("日历里的版本号没有记下，改过的日子日历程序可能不认：{why}").format(why=error.message)
        )
        return _counted(session, table, live, given.events())


def _whole(session: Session) -> Table:
    return calendar_table(meeting.dates(session, EVERYTHING), session.workspace.schema)


def _counted(session: Session, table: Table, live: Collection[str], events: Events) -> Table:
    rows = [_noted(row, events, session.today) for row in table.rows]
    if _can_tell(session):
        rows += list(_taken_back(live, events, session.today))
    return replace(table, rows=tuple(rows))


def _can_tell(session: Session) -> bool:
    """Whether what is not among the events is gone: on an earlier day, or where a file could not
    be read, it may be there all the same.
    """
    if session.left_out:
        session.output.notice(_("有文件读不了，这次不取消日历里已经没有的日子。"))
        return False
    return session.as_of.day >= session.today and session.as_of.known_on is None


def _noted(row: Row, events: Events, today: date) -> Row:
    uid, digest = str(row["uid"]), _digest(row)
    last = events.get(uid)
    if last and last.digest == digest:
        return {**row, "sequence": last.sequence}
    day = row["deadline"]
    if not isinstance(day, date):
        raise TypeError(day)
    sequence = max(_next(last, today), int(str(row["sequence"])))
    events[uid] = Event(sequence, digest, str(row["id"]), day)
    return {**row, "sequence": sequence}


def _next(last: Event | None, today: date) -> int:
    """The number that an event has when it changed. It grows with the days, so that it rises too
    where another computer, or a copy without the notes, gave out the one before.
    """
    return max(last.sequence + 1 if last else 0, (today - date(2020, 1, 1)).days)


def _taken_back(live: Collection[str], events: Events, today: date) -> Iterable[Row]:
    for uid, last in sorted(events.items()):
        if uid in live:
            continue
        if last.day < today - _FORGOTTEN:
            del events[uid]
            continue
        if last.digest != GONE:
            events[uid] = replace(last, sequence=_next(last, today), digest=GONE)
        yield gone_event(uid, last.id, last.day, events[uid].sequence)


def _digest(row: Row) -> str:
    said = "\n".join(str(row[name]) for name in ("deadline", "cancelled", "summary", "description"))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]
