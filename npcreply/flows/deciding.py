"""What departments ask for decided: accepted, with what that does to the promise, or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.judging import preconditions
from npcreply.domain.judging.requests import Pending, pending, undecided
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError
from npcreply.flows import act, rows
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store import amend
from npcreply.workspace import Opened


def waiting(session: Session, selection: Selection) -> list[Pending]:
    """Return the requests that wait for a decision on the day, the oldest first."""
    lines = session.index.promises(selection)
    asked = [line for line in lines if line.measure.requests]
    return pending(rows.promises(session, asked, selection))


@dataclass(frozen=True, slots=True)
class Case:
    """A request about to be decided: its record, the request, the day of the decision."""

    opened: Opened
    asked: Pending
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """How a request is granted otherwise than asked: another day, for another reason, by whom."""

    to: str | None = None
    reason: str | None = None
    approved_by: str | None = None


def case(session: Session, typed: str, number: int | None, on: str | None) -> Case:
    """Return the request meant by a promise's id and, where several wait, its number.

    Raises UsageError where none waits, or several do and no number says which.
    """
    opened = session.workspace.open(typed)
    before = act.of(session, opened)
    found = dict(undecided(opened.measure, AsOf(date.max)))
    if not found or (number is not None and number not in found):
        raise UsageError(
            _("{id} 没有待定的申请").format(id=before.id),
            _("看有哪些：npcreply pending"),
        )
    if number is None and len(found) > 1:
        raise UsageError(
            _("{id} 有 {count} 个待定的申请，要写明是哪一个").format(
                id=before.id, count=len(found)
            ),
            _("加 --request 序号：{numbers}。").format(numbers=listed(map(str, found))),
        )
    which = number or next(iter(found))
    day = act.day_of(session, on, opened)
    preconditions.progress(day, session.today, "--on")
    if day < found[which].on:
        raise UsageError(
            _("决定日期 {on} 早于申请日期 {asked}").format(on=day, asked=found[which].on),
            _("核对 --on。"),
        )
    return Case(opened, Pending(before, which, found[which]), day)


def accept(session: Session, one: Case, grant: Grant, *, yes: bool) -> act.Done:
    """Write what was asked for by the rules of `extend`, `drop` and `done`, and that it was
    accepted. Raises UsageError where one of those rules stands against it.
    """
    key, item = _GRANTED[one.asked.request.asks](session, one, grant)
    steps = [_decided(session, one, "accepted", grant.reason)]
    if key:
        entered = {**item, "by": session.by, "entered": session.today}
        steps.insert(0, amend.appended(one.opened.measure.id, key, entered))
    both = amend.together(*steps)
    return act.amended(session, one.opened, one.asked.judged, both, yes=yes)


def refuse(session: Session, one: Case, reason: str) -> act.Done:
    """Write that the request was refused, and why; nothing else changes."""
    made = _decided(session, one, "refused", reason)
    return act.amended(session, one.opened, one.asked.judged, made)


def _decided(session: Session, one: Case, how: str, reason: str | None) -> amend.Amendment:
    decision = {"on": one.on, "as": how, "reason": reason, "by": session.by}
    decision["entered"] = session.today
    return amend.decided(one.opened.measure.id, one.asked.number, decision)


Granted = tuple[str, dict[str, Any]]
"""The list of the promise that a grant is written to ("" for none), and the item."""


def _extension(session: Session, one: Case, grant: Grant) -> Granted:
    request = one.asked.request
    typed = act.reader(session, one.opened, since=one.on)
    to = typed.last_day(grant.to) if grant.to else request.to
    if to is None:
        raise UsageError(_("申请没有写延到哪天"), _("加 --to 日期。"))
    target = preconditions.extend(one.asked.judged, to, request.target)
    item = {"on": one.on, "to": to, "target": target, "reason": _reason(one, grant)}
    return "extensions", {**item, "approved_by": grant.approved_by}


def _drop(_session: Session, one: Case, grant: Grant) -> Granted:
    _no_day(grant)
    preconditions.drop(one.asked.judged, one.on)
    return "closings", {"on": one.on, "as": "dropped", "reason": _reason(one, grant)}


def _done(_session: Session, one: Case, grant: Grant) -> Granted:
    """The department's own reason is no reason why an unmet number should do: the office's is."""
    _no_day(grant)
    preconditions.close(one.asked.judged, one.on, grant.reason)
    evidence = one.asked.request.evidence
    item = {"on": one.on, "as": "done", "evidence": evidence, "reason": grant.reason}
    return "closings", item


def _change(_session: Session, _one: Case, grant: Grant) -> Granted:
    _no_day(grant)
    return "", {}


_GRANTED = {"extension": _extension, "drop": _drop, "done": _done, "change": _change}


def _reason(one: Case, grant: Grant) -> str:
    reason = grant.reason or one.asked.request.reason
    if not reason:
        raise UsageError(_("缺少{label}").format(label=_("理由")), _("加 --reason …"))
    return reason


def _no_day(grant: Grant) -> None:
    if grant.to:
        raise UsageError(_("这一项不是申请延期，用不着 --to"), _("去掉 --to 再试。"))
