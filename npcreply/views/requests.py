"""What departments ask of the office: in a few words, and as the list that waits for decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from npcreply.domain.judging.requests import Pending, undecided
from npcreply.domain.judging.status import Judged
from npcreply.domain.record.model import Request
from npcreply.language import _, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Table, Word
from npcreply.views.columns import Field, rows, screen_columns
from npcreply.views.words import status_word, weekday


def asked_text(request: Request, schema: Schema) -> str:
    """Return what is asked for in a few words: 申请延期至 2025-03-31（目标 2）."""
    words = schema.word("asks", request.asks)
    if request.to:
        words = _("{words}至 {day}").format(words=words, day=request.to)
    if request.target:
        words += _("（目标 {number}）").format(number=request.target)
    return words


def waiting_text(judged: Judged, schema: Schema) -> str | None:
    """Return what is asked for a promise and not decided on the day, None where nothing is."""
    found = undecided(judged.line.measure, judged.as_of)
    return listed(asked_text(request, schema) for _number, request in found) or None


def request_line(request: Request, day: date, schema: Schema) -> str:
    """Return one request with what came of it by the day: 申请延期至 …  2024-10-14  市水利局 …"""
    said = [asked_text(request, schema), str(request.on), request.by, request.reason]
    said += [request.evidence, request.source]
    decided = request.decided if request.decided and request.decided.on <= day else None
    if decided:
        said += [schema.word("decided_as", decided.as_), str(decided.on), decided.reason]
    return "  ".join(filter(None, [*said, "" if decided else _("待定")]))


def _promise(name: str) -> Callable[[Pending, Schema], Cell]:
    return lambda one, _schema: getattr(one.judged, name)


def _request(name: str) -> Callable[[Pending, Schema], Cell]:
    return lambda one, _schema: getattr(one.request, name)


def _department(one: Pending, _schema: Schema) -> Cell:
    bodies = one.judged.departments
    return one.request.by or (bodies[0] if len(bodies) == 1 else bodies or None)


PENDING: dict[str, Field[Pending]] = {
    "id": Field("text", _promise("id")),
    "request_number": Field("number", lambda one, _schema: one.number),
    "asks": Field(
        "enum",
        lambda one, schema: Word(one.request.asks, schema.word("asks", one.request.asks)),
        "request",
    ),
    "to": Field("day", _request("to"), "request"),
    "target": Field("number", _request("target"), "request"),
    "reason": Field("text", _request("reason"), "request"),
    "evidence": Field("text", _request("evidence"), "request"),
    "source": Field("text", _request("source"), "request"),
    "department": Field("text", _department, "measure"),
    "on": Field("day", _request("on"), "request"),
    "waiting": Field("number", lambda one, _schema: one.days),
    "deadline": Field("day", _promise("deadline"), "measure"),
    "status": Field("enum", lambda one, _schema: status_word(one.judged.status)),
    "text": Field("text", lambda one, _schema: one.line.measure.text, "measure"),
    "title": Field("text", lambda one, _schema: one.reply.title),
}
"""Every column of a request that waits for its decision."""

_SCREEN = ("id", "request_number", "asks", "to", "deadline", "department", "on", "reason", "text")


def pending_table(items: Sequence[Pending], day: date, schema: Schema) -> Table:
    """Return the screen of the requests that wait, the oldest first."""
    lead = _("待定的申请  截至 {day} {weekday}  {count} 项").format(
        day=day, weekday=weekday(day), count=len(items)
    )
    own = {"request_number": _("第几"), "on": _("申请日期")}
    heads = screen_columns(PENDING, _SCREEN, schema, own, {"deadline": 3, "reason": 2, "text": 1})
    foot = _("同意 npcreply pending accept {id}   不同意 npcreply pending refuse {id} --reason …")
    return Table(
        "pending",
        lead,
        heads,
        rows(items, PENDING, _SCREEN, schema),
        lead=(lead,),
        foot=(foot.format(id=items[0].judged.id),) if items else (),
        empty=_("没有待定的申请。"),
    )
