"""Letters: to whom, about what; and the reminders that they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from npcreply.domain.judging.duties import Duty, Owed, What
from npcreply.domain.judging.handlings import Handling, handlings
from npcreply.domain.judging.status import CLOSED, Judged
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.review import Form, Notice, Reminder, form
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError
from npcreply.flows import rows
from npcreply.flows.review import review
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.journal import Change
from npcreply.workspace import Opened

_USUAL_DAYS = 14


def answer_by(session: Session, typed: date | None) -> date:
    """Return the day by which an answer is asked for: as typed, else in two weeks."""
    return typed or session.day + timedelta(days=_USUAL_DAYS)


def reminders(
    session: Session, selection: Selection, opened: Sequence[Opened], reply_by: date | None
) -> list[Reminder]:
    """Return what each department is pressed for: what is late or to be verified, or what the ids
    name as long as it is open; in the office's order.
    """
    found = _asked(session, selection, opened) if opened else _late(session, selection)
    settings = session.workspace.schema.settings
    groups: dict[str, list[Owed]] = {}
    for row in found:
        for department in row.departments:
            groups.setdefault(settings.full_name(department), []).append(row)
    names = sorted(groups, key=settings.order)
    by = answer_by(session, reply_by)
    return [Reminder(name, tuple(groups[name]), by) for name in names]


def pressed(found: Sequence[Reminder]) -> list[MeasureLine]:
    """Return the promises that the reminders press for, each once."""
    lines = (row.line for one in found for row in one.rows if row.line)
    return [*{line.id: line for line in lines}.values()]


def rehandlings(
    session: Session, selection: Selection, opened: Sequence[Opened], reply_by: date | None
) -> list[Notice]:
    """Return each reply whose last rating is dissatisfied and that was not answered again since.

    Raises UsageError where nothing sets the day of the new answer.
    """
    owed = {
        duty.reply.id: duty
        for duty in rows.beside(session, selection)
        if duty.what is What.REHANDLING and not duty.waits_for_round
    }
    found = []
    for reply in _replies(session, selection, opened):
        rated = _unsatisfied(reply, session.as_of)
        if rated is not None:
            found.append(Notice(reply, rated, reply_by or _due(reply, owed.get(reply.id))))
    return found


def _due(reply: ReplyLine, duty: Duty | None) -> date:
    if duty is None or duty.deadline is None:
        raise UsageError(
            _("{id} 再次答复的期限算不出来").format(id=reply.id),
            _("用 --reply-by 写明哪天以前答复。"),
        )
    return duty.deadline


def forms(
    session: Session, selection: Selection, opened: Sequence[Opened], _by: date | None
) -> list[Form]:
    """Return each reply that has been given, with its promises."""
    items: dict[str, list[Judged]] = {}
    for item in rows.promises(session, session.index.promises(selection), selection):
        items.setdefault(item.line.reply.id, []).append(item)
    return [
        form(reply, items.get(reply.id, ()), session.as_of)
        for reply in _replies(session, selection, opened)
        if reply.reply_date or reply.promises
    ]


def record(session: Session, found: Sequence[Reminder], via: str, reply_by: date | None) -> int:
    """Log one reminder with each promise, all as one step; return with how many."""
    promises = pressed(found)
    by = answer_by(session, reply_by)
    item = {"on": session.day, "via": via, "reply_by": by, "by": session.by}
    item["entered"] = session.today
    numbers: dict[str, list[int]] = {}
    for promise in promises:
        numbers.setdefault(promise.reply.id, []).append(promise.measure.id)
    session.commit([_reminded(session, reply, ids, item) for reply, ids in numbers.items()])
    return len(promises)


def _reminded(session: Session, reply: str, ids: Sequence[int], item: dict[str, object]) -> Change:
    opened = session.workspace.open(reply)

    def amendment(data: amend.Data) -> None:
        for number in ids:
            amend.appended(number, "reminders", item)(data)

    change, _after = session.workspace.changed(opened, amendment)
    return change


def _late(session: Session, selection: Selection) -> list[Owed]:
    since = session.day - timedelta(days=7)
    rows_late = review(session, selection, since, "dept").items
    return [row for row in rows_late if not (isinstance(row, Duty) and row.waits_for_round)]


def _asked(session: Session, selection: Selection, opened: Sequence[Opened]) -> list[Owed]:
    wanted = {(one.id, one.measure_id) for one in opened}
    items = rows.promises(session, session.index.promises(selection), selection)
    return [
        item
        for item in items
        if item.status not in CLOSED
        and not wanted.isdisjoint(
            {(item.line.reply.id, item.line.measure.id), (item.line.reply.id, None)}
        )
    ]


def _replies(session: Session, selection: Selection, opened: Sequence[Opened]) -> list[ReplyLine]:
    ids = {one.id for one in opened}
    return [reply for reply in rows.replies(session, selection) if not ids or reply.id in ids]


def _unsatisfied(reply: ReplyLine, as_of: AsOf) -> Handling | None:
    """The round that was rated dissatisfied and calls for another, None where there is none."""
    rounds = handlings(reply, as_of)
    if not any(one.owed for one in rounds):
        return None
    return next((one for one in reversed(rounds) if one.dissatisfied), None)
