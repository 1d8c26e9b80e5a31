"""An act on one promise: judged before, written as one step, judged after, and told in lines."""

from __future__ import annotations

from datetime import date
from typing import Any

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.lines import MeasureLine, reply_line
from npcreply.domain.model import Record
from npcreply.domain.status import Judged, judge
from npcreply.domain.targets import AsOf
from npcreply.errors import UnknownIdError, UsageError
from npcreply.language import _
from npcreply.options import typed_day
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.codec import Decoded
from npcreply.views.figures import progress_text
from npcreply.vocabulary import status_word
from npcreply.workspace import Opened, invalid


def judged(session: Session, record: Record, number: int, name: str = "") -> Judged:
    """Judge one promise of a record at hand, on the session's day, everything entered included."""
    measure = next((m for m in record.measures if m.id == number), None)
    if measure is None:
        raise UnknownIdError(_("没有第 {number} 项承诺").format(number=number))
    line = MeasureLine(reply_line(record, name), measure)
    return judge(line, AsOf(session.day), session.workspace.schema.settings.soon_days)


def of(session: Session, opened: Opened) -> Judged:
    """Judge the promise that an id named."""
    return judged(session, opened.record, opened.measure.id, opened.name)


def day_of(session: Session, typed: str | None, opened: Opened) -> date:
    """Return the day an act happened: as typed (the record's year where none is), else the day
    judged for.
    """
    return typed_day(typed, session.today, opened.reply_year) if typed else session.day


def needed(session: Session, given: str | None, option: str, label: str) -> str:
    """Return what was given, else ask on a terminal; raises UsageError without an answer."""
    if not given and session.ask:
        given = session.ask(label, "")
    if not given:
        raise UsageError(
            _("缺少{label}").format(label=label), _("加 {option} …").format(option=option)
        )
    return given


def write(session: Session, opened: Opened, amendment: amend.Amendment) -> Decoded:
    """Write the amendment as one step and return the record after it."""
    change, after = session.workspace.changed(opened, amendment)
    session.commit([change])
    return after


def append(session: Session, opened: Opened, key: str, item: dict[str, Any]) -> Judged:
    """Append a dated item to a list of the promise, write it, return how the promise stands now."""
    number = opened.measure.id
    entry = {**item, "by": session.by, "entered": session.today}
    after = write(session, opened, amend.appended(number, key, entry))
    name_doubts(session, after, opened.decoded.text)
    if after.record is None:
        raise invalid(opened.name, after.errors)
    return judged(session, after.record, number, opened.name)


def tell(session: Session, before: Judged, after: Judged, *details: str) -> int:
    """Print the full id and promise, what was done, the state it is in now, how to undo it."""
    output = session.output
    output.line(f"{after.line.id}  {after.line.measure.text}")
    for detail in details:
        output.line(f"  {detail}".rstrip())
    output.line(f"  {state_text(before, after)}")
    output.notice(_("撤销：npcreply undo"))
    return session.exit_code


def name_doubts(session: Session, after: Decoded, before: str = "") -> None:
    """Name the doubts that a record has now and had not before (`before` is its former text)."""
    from npcreply.store.checking import check_text

    settings, schema = session.workspace.schema.settings, session.workspace.schema

    def doubts(text: str) -> list[Finding]:
        checked = check_text(text, after.path, schema, settings, session.today)
        return [f for f in checked.findings if f.severity is Severity.DOUBT]

    known = {doubt.message for doubt in doubts(before)} if before else set()
    for doubt in doubts(after.text):
        if doubt.message not in known:
            session.output.notice(_("疑点：{message}").format(message=doubt.message))


def state_text(before: Judged, after: Judged) -> str:
    """Return the state before and after: 推进中 → 按时兑现, with deadline and progress."""
    old, new = status_word(before.status).label, status_word(after.status).label
    words = _("状态  {old} → {new}") if old != new else _("状态  {new}")
    parts = [words.format(old=old, new=new)]
    if after.deadline:
        parts.append(_("时限 {day}").format(day=after.deadline))
    if after.days_late:
        parts.append(_("逾期 {days} 天").format(days=after.days_late))
    progress = progress_text(after)
    if progress:
        parts.append(_("进度 {progress}").format(progress=progress))
    return "  ".join(parts)
