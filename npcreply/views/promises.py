"""The columns of a promise judged on a day."""

from __future__ import annotations

from collections.abc import Callable

from npcreply.domain.judging.status import Judged
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Word
from npcreply.views.fields import Field
from npcreply.views.figures import farthest, progress_text, target_rows
from npcreply.views.replies import REPLY
from npcreply.vocabulary import alert_word, next_word, status_word


def _of_reply(name: str) -> Field[Judged]:
    field = REPLY[name]
    return Field(field.kind, lambda judged, schema: field.get(judged.line.reply, schema))


def _measure(name: str) -> Callable[[Judged, Schema], Cell]:
    return lambda judged, _schema: getattr(judged.line.measure, name)


def _judged(name: str) -> Callable[[Judged, Schema], Cell]:
    return lambda judged, _schema: getattr(judged, name)


def _force(judged: Judged, schema: Schema) -> Cell:
    code = judged.line.measure.force
    return Word(code, schema.word("force", code)) if code else None


def _department(judged: Judged, _schema: Schema) -> Cell:
    """One body as text, several as a list: as the record itself may have it."""
    bodies = judged.line.departments
    return bodies[0] if len(bodies) == 1 else bodies or None


def _state(name: str) -> Callable[[Judged, Schema], Cell]:
    def get(judged: Judged, _schema: Schema) -> Cell:
        state = farthest(judged)
        return getattr(state, name) if state else None

    return get


def _target(name: str) -> Callable[[Judged, Schema], Cell]:
    def get(judged: Judged, _schema: Schema) -> Cell:
        state = farthest(judged)
        return getattr(state.target, name) if state else None

    return get


MEASURE: dict[str, Field[Judged]] = {
    "seq": Field("number", lambda _judged, _schema: None),
    "id": Field("text", lambda judged, _schema: judged.line.id),
    "reply": Field("text", lambda judged, _schema: judged.line.reply.id),
    **{
        name: _of_reply(name)
        for name in (
            "number",
            "number_text",
            "kind",
            "year",
            "session",
            "title",
            "field",
            "lead_deputy",
            "deputy_count",
            "lead",
            "co",
            "class",
            "satisfaction",
            "key",
            "reply_date",
            "source",
        )
    },
    "text": Field("text", _measure("text"), "measure"),
    "department": Field("text", _department, "measure"),
    "force": Field("enum", _force, "measure"),
    "deadline": Field("day", _judged("deadline"), "measure"),
    "original_deadline": Field("day", _judged("original_deadline")),
    "extensions": Field("number", _judged("extensions")),
    "status": Field("enum", lambda judged, _schema: status_word(judged.status)),
    "alert": Field("enum", lambda judged, _schema: alert_word(judged.alert)),
    "days_late": Field("number", _judged("days_late")),
    "days_left": Field("number", _judged("days_left")),
    "indicator": Field("text", _target("indicator"), "target"),
    "value": Field("number", _state("value"), "target"),
    "unit": Field("text", _target("unit"), "target"),
    "latest": Field("number", _state("latest")),
    "as_of": Field("day", _state("as_of")),
    "percent": Field("number", _state("percent")),
    "progress": Field("text", lambda judged, _schema: progress_text(judged) or None),
    "target_count": Field("number", lambda judged, _schema: len(judged.targets)),
    "last_note": Field("text", lambda judged, _schema: judged.last.note if judged.last else None),
    "last_on": Field("day", lambda judged, _schema: judged.last.on if judged.last else None),
    "reminders": Field("number", _judged("reminders")),
    "last_reminder": Field("day", _judged("last_reminder")),
    "next_step": Field("enum", lambda judged, _schema: next_word(judged)),
    "closed_on": Field("day", lambda j, _schema: j.closing.on if j.closing else None),
    "reason": Field("text", lambda j, _schema: j.closing.reason if j.closing else None),
    "quote": Field(
        "text", lambda j, _s: j.line.measure.quote.text if j.line.measure.quote else None, "measure"
    ),
    "targets": Field("text", lambda judged, _schema: target_rows(judged), "measure"),
    "day": Field("day", lambda judged, _schema: judged.as_of.day),
}
