"""An act on one promise: judged before, written as one step, judged after, and told in lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

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
from npcreply.workspace import Opened


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
    return typed_day(typed, session.today, opened.record.year) if typed else session.day


def needed(session: Session, given: str | None, option: str, label: str) -> str:
    """Return what was given, else ask on a terminal; raises UsageError without an answer."""
    if not given and not session.no_input:
        from npcreply import asking

        given = asking.ask(label)
    if not given:
        raise UsageError(
            _("缺少{label}").format(label=label), _("加 {option} …").format(option=option)
        )
    return given


def stamped(session: Session, item: dict[str, Any]) -> dict[str, Any]:
    """Return the dated item with who entered it and when."""
    return {**item, "by": session.by, "entered": session.today}


def write(session: Session, opened: Opened, amendments: Sequence[amend.Amendment]) -> Decoded:
    """Write the amendments as one step and return the record after it."""

    def mutate(data: amend.Data) -> None:
        for amendment in amendments:
            amendment(data)

    change, after = session.workspace.changed(opened, mutate)
    session.commit([change])
    return after


def append(
    session: Session, opened: Opened, before: Judged, key: str, item: dict[str, Any], told: str
) -> int:
    """Append a dated item to a list of the promise, write it, tell the state before and after."""
    number = opened.measure.id
    after = write(session, opened, [amend.appended(number, key, stamped(session, item))])
    if after.record:
        tell(session, before, judged(session, after.record, number, opened.name), [told.rstrip()])
    return session.exit_code


def tell(session: Session, before: Judged, after: Judged, details: Iterable[str]) -> None:
    """Print the full id and promise, what was done, the state it is in now, how to undo it."""
    output = session.output
    output.line(f"{after.line.id}  {after.line.measure.text}")
    for detail in details:
        output.line(f"  {detail}")
    output.line(f"  {state_text(before, after)}")
    output.notice(_("撤销：npcreply undo"))


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
