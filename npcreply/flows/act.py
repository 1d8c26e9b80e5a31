"""An act on one promise: judged before, written as one step, judged after, and told in lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from npcreply.domain.findings import Severity
from npcreply.domain.judging.status import Judged, judge
from npcreply.domain.record.lines import MeasureLine, reply_line
from npcreply.domain.record.model import Record
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UnknownIdError, UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.codec import Decoded
from npcreply.store.values import Typed
from npcreply.views.numbers import progress_text
from npcreply.views.words import status_word
from npcreply.workspace import Opened, invalid


def judged(session: Session, record: Record, number: int, name: str = "") -> Judged:
    """Judge one promise of a record at hand, on the session's day, everything entered included."""
    measure = next((m for m in record.measures if m.id == number), None)
    if measure is None:
        raise UnknownIdError(_("没有第 {number} 项承诺").format(number=number))
    line = MeasureLine(reply_line(record, name), measure)
    return judge(line, AsOf(session.day), session.workspace.schema.settings)


def of(session: Session, opened: Opened) -> Judged:
    """Judge the promise that an id named."""
    return judged(session, opened.record, opened.measure.id, opened.name)


def reader(session: Session, opened: Opened) -> Typed:
    """Return what reads typed values for this record; 年底 is the end of the reply's year."""
    return Typed(session.workspace.schema, session.today, opened.reply_year)


def day_of(session: Session, typed: str | None, opened: Opened) -> date:
    """Return the day an act happened: as typed, and no period, else the day judged for."""
    return reader(session, opened).day(typed) if typed else session.day


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


@dataclass(frozen=True, slots=True)
class Done:
    """A promise after an act: how it stands, and what is doubtful now and was not before."""

    judged: Judged
    doubts: tuple[str, ...]


def append(session: Session, opened: Opened, key: str, item: dict[str, Any]) -> Done:
    """Append a dated item to a list of the promise, write it, return what came of it."""
    number = opened.measure.id
    entry = {**item, "by": session.by, "entered": session.today}
    after = write(session, opened, amend.appended(number, key, entry))
    if after.record is None:
        raise invalid(opened.name, after.errors)
    now = judged(session, after.record, number, opened.name)
    return Done(now, new_doubts(session, after, opened.decoded.text))


def tell(session: Session, before: Judged, done: Done, *details: str) -> int:
    """Print the full id and promise, what was done, the state it is in now, how to undo it."""
    output = session.output
    output.line(f"{done.judged.line.id}  {done.judged.line.measure.text}")
    for detail in details:
        output.line(f"  {detail}".rstrip())
    output.line(f"  {state_text(before, done.judged)}")
    name_doubts(session, done.doubts)
    output.notice(_("撤销：npcreply undo"))
    return session.exit_code


def name_doubts(session: Session, doubts: Iterable[str]) -> None:
    """Say what is doubtful in a record that was written all the same."""
    for doubt in doubts:
        session.output.notice(_("疑点：{message}").format(message=doubt))


def new_doubts(session: Session, after: Decoded, before: str = "") -> tuple[str, ...]:
    """Return the doubts that a record has now and had not before (`before` is its former text)."""
    from npcreply.store.checking import check_text

    settings, schema = session.workspace.schema.settings, session.workspace.schema

    def doubts(text: str) -> list[str]:
        checked = check_text(text, after.path, schema, settings, session.today)
        return [f.message for f in checked.findings if f.severity is Severity.DOUBT]

    known = doubts(before) if before else []
    return tuple(doubt for doubt in doubts(after.text) if doubt not in known)


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
