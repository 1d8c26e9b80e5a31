"""An act on one promise: judged before, written as one step, judged after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.judging.status import Judged, judge
from npcreply.domain.record.lines import MeasureLine, reply_line
from npcreply.domain.record.model import Record
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UnknownIdError, UsageError
from npcreply.language import _, listed_apart
from npcreply.session import CONFIRMED, Session
from npcreply.workspace import Opened, invalid

if TYPE_CHECKING:  # what a command is called with is read before anything that writes is needed
    from npcreply.store import amend
    from npcreply.store.codec import Decoded
    from npcreply.store.values import Typed


def judged(session: Session, record: Record, number: int, name: str = "") -> Judged:
    """Judge one promise of a record at hand, on the session's day, everything entered included."""
    measure = next((m for m in record.measures if m.id == number), None)
    if measure is None:
        raise UnknownIdError(_("没有第 {number} 项承诺").format(number=number))
    line = MeasureLine(reply_line(record, name), measure)
    return judge(line, AsOf(session.day), session.workspace.schema.settings)


def of(session: Session, opened: Opened) -> Judged:
    """Judge the promise that an id named; raises UsageError where it named a part of one."""
    if opened.entry is not None or opened.target is not None:
        raise UsageError(
            _("这里要承诺的编号，不是其中一条进展、一个目标的"),
            _("写 {id}.{number}。").format(id=opened.id, number=opened.measure_id),
        )
    return judged(session, opened.record, opened.measure.id, opened.name)


def target_of(opened: Opened, option: int | None) -> int | None:
    """Return the target meant by the id (58.1:2) or by --target; raises UsageError where the two
    name different ones.
    """
    if None not in (opened.target, option) and opened.target != option:
        raise UsageError(
            _("编号说的是目标 {one}，--target 说的是 {other}").format(
                one=opened.target, other=option
            ),
            _("留一个。"),
        )
    return opened.target if option is None else option


def reader(session: Session, opened: Opened, since: date | None = None) -> Typed:
    """Return what reads typed values for this record; days count from `since`, else from its reply
    or hand-over.
    """
    from npcreply.store.values import Typed

    record = opened.record
    since = since or record.reply_date or record.assigned_on or date(record.year, 1, 1)
    return Typed(session.workspace.schema, session.today, opened.reply_year, since)


def day_of(session: Session, typed: str | None, opened: Opened) -> date:
    """Return the day an act happened: as typed, and no period, else the day judged for."""
    return reader(session, opened).day(typed) if typed else session.day


def before_start(opened: Opened, day: date) -> list[str]:
    """Return the doubt about something that is said to have happened before the reply was given
    (before there is one, before the hand-over); empty where the day can be.
    """
    record = opened.record
    for start, words in (
        (record.reply_date, _("{day} 早于答复日期 {start}")),
        (record.assigned_on, _("{day} 早于交办日期 {start}")),
    ):
        if start:
            return [words.format(day=day, start=start)] if day < start else []
    return []


def confirm(session: Session, doubts: Iterable[str], *, yes: bool) -> None:
    """Have doubts about what was typed confirmed before anything is written.

    Raises UsageError where they are not: without a terminal only --yes confirms.
    """
    doubts = list(doubts)
    if not doubts:
        return
    if yes:
        return
    said = listed_apart(doubts)
    if session.ask is None:
        raise UsageError(
            _("有疑点，没有写入：{doubts}").format(doubts=said), _("核对；确实如此就加 --yes。")
        )
    for doubt in doubts:
        session.output.notice(_("疑点：{message}").format(message=doubt))
    if session.ask(_("就这样写入吗？ [y=是，回车=否]"), "").lower() not in CONFIRMED:
        raise UsageError(_("没有写入。"), _("核对以后再写。"))


def confirm_lines(session: Session, lines: Iterable[str], *, yes: bool) -> None:
    """Print what a write would change beside what was typed, before it is written; on a terminal
    it is asked for. Raises UsageError where it is not wanted.
    """
    for line in lines:
        session.output.line(line)
    if session.ask and not session.confirm(_("照这样改？"), yes=yes):
        raise UsageError(_("没有写入。"), _("核对以后再写。"))


def needed(session: Session, given: str | None, option: str, label: str) -> str:
    """Return what was given, else ask on a terminal; raises UsageError without an answer."""
    if not given and session.ask:
        given = session.ask(label, "")
    if not given:
        raise missing(option, label)
    return given


def missing(option: str, label: str) -> UsageError:
    """Return the error for what was neither given nor answered."""
    return UsageError(
        _("缺少{label}").format(label=label), _("加 {option} …").format(option=option)
    )


def write(session: Session, opened: Opened, amendment: amend.Amendment) -> Decoded:
    """Write the amendment as one step and return the record after it."""
    change, after = session.workspace.changed(opened, amendment)
    session.commit([change])
    return after


def confirm_new(session: Session, findings: Iterable[Finding], *, yes: bool) -> None:
    """Have those doubts of a record confirmed that a slip of the hand would make; --yes is enough,
    they are named once written. Raises UsageError where they are not.
    """
    from npcreply.domain.checks import MUST_CONFIRM

    confirm(session, [f.message for f in findings if f.code in MUST_CONFIRM], yes=yes)


@dataclass(frozen=True, slots=True)
class Done:
    """A promise before and after an act, and what is doubtful now and was not before."""

    before: Judged
    judged: Judged
    doubts: tuple[Finding, ...]


def append(
    session: Session,
    opened: Opened,
    before: Judged,
    key: str,
    item: dict[str, Any],
    *,
    yes: bool = False,
) -> Done:
    """Append a dated item to a list of the promise, write it, return what came of it.

    Raises UsageError where it makes a doubt that must be confirmed and is not.
    """
    from npcreply.store import amend

    entry = {**item, "by": session.by, "entered": session.today}
    added = amend.appended(opened.measure.id, key, entry)
    return amended(session, opened, before, added, yes=yes)


def amended(
    session: Session,
    opened: Opened,
    before: Judged,
    amendment: amend.Amendment,
    *,
    yes: bool = False,
) -> Done:
    """Write what an act does to the promise as one step, return what came of it; raises UsageError
    as `append` does.
    """
    number = opened.measure.id
    change, after = session.workspace.changed(opened, amendment)
    if after.record is None:
        raise invalid(opened.name, after.errors)
    doubts = new_doubts(session, after, opened.decoded.text)
    confirm_new(session, doubts, yes=yes)
    session.commit([change])
    now = judged(session, after.record, number, opened.name)
    return Done(before, now, doubts)


def new_doubts(session: Session, after: Decoded, before: str = "") -> tuple[Finding, ...]:
    """Return the doubts that a record has now and had not before (`before` is its former text)."""
    from npcreply.store.checking import check_text

    settings, schema = session.workspace.schema.settings, session.workspace.schema

    def doubts(text: str) -> list[Finding]:
        checked = check_text(text, after.path, schema, settings, session.today)
        return [f for f in checked.findings if f.severity is Severity.DOUBT]

    known = {f.message for f in doubts(before)} if before else set()
    return tuple(doubt for doubt in doubts(after.text) if doubt.message not in known)
