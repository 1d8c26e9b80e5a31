"""The columns of a promise judged on a day, of its targets and of its lines of progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from npcreply.domain.judging.status import Judged
from npcreply.domain.judging.targets import TargetState, comparator_of, kind_of
from npcreply.domain.record.model import Entry
from npcreply.domain.time.as_of import seen
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Word
from npcreply.views.columns import Field
from npcreply.views.numbers import farthest, progress_text, target_rows
from npcreply.views.replies import REPLY
from npcreply.views.requests import waiting_text
from npcreply.views.words import alert_word, next_word, status_word


def _of_reply(name: str, *, exported: bool = True) -> Field[Judged]:
    field = REPLY[name]
    return Field(
        field.kind, lambda judged, schema: field.get(judged.line.reply, schema), exported=exported
    )


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
    "reply": Field("text", lambda judged, _schema: judged.line.reply.id, exported=False),
    "number_text": _of_reply("number_text"),
    "number": _of_reply("number"),
    "kind": _of_reply("kind"),
    "year": _of_reply("year", exported=False),
    "session": _of_reply("session"),
    "title": _of_reply("title"),
    "field": _of_reply("field", exported=False),
    "lead_deputy": _of_reply("lead_deputy"),
    "deputy_count": _of_reply("deputy_count"),
    "lead": _of_reply("lead"),
    "co": _of_reply("co"),
    "class": _of_reply("class"),
    "satisfaction": _of_reply("satisfaction"),
    "key": _of_reply("key"),
    "reply_date": _of_reply("reply_date"),
    "id": Field("text", lambda judged, _schema: judged.line.id),
    "text": Field("text", _measure("text"), "measure"),
    "department": Field("text", _department, "measure"),
    "force": Field("enum", _force, "measure"),
    "deadline": Field("day", _judged("deadline"), "measure"),
    "original_deadline": Field("day", _judged("original_deadline")),
    "extensions": Field("number", _judged("extensions")),
    "status": Field("enum", lambda judged, _schema: status_word(judged.status)),
    "alert": Field("enum", lambda judged, _schema: alert_word(judged.alert)),
    "days_late": Field("number", _judged("days_late")),
    "days_left": Field("number", _judged("days_left"), exported=False),
    "indicator": Field("text", _target("indicator"), "target"),
    "value": Field("number", _state("value"), "target"),
    "unit": Field("text", _target("unit"), "target"),
    "latest": Field("number", _state("latest")),
    "as_of": Field("day", _state("as_of")),
    "percent": Field("number", _state("percent")),
    "progress": Field("text", lambda j, _schema: progress_text(j) or None, exported=False),
    "target_count": Field("number", lambda judged, _schema: len(judged.targets)),
    "last_note": Field("text", lambda judged, _schema: judged.last.note if judged.last else None),
    "last_on": Field("day", lambda judged, _schema: judged.last.on if judged.last else None),
    "reminders": Field("number", _judged("reminders")),
    "last_reminder": Field("day", _judged("last_reminder")),
    "next_step": Field("enum", lambda judged, _schema: next_word(judged)),
    "request": Field("text", waiting_text),
    "closed_on": Field("day", lambda j, _schema: j.closing.on if j.closing else None),
    "reason": Field("text", lambda j, _schema: j.closing.reason if j.closing else None),
    "quote": Field(
        "text", lambda j, _s: j.line.measure.quote.text if j.line.measure.quote else None, "measure"
    ),
    "targets": Field("text", lambda j, _schema: target_rows(j), "measure", exported=False),
    "source": _of_reply("source"),
    "day": Field("day", lambda judged, _schema: judged.as_of.day),
}
"""Every column of a promise, in the order of a full export: a new one is a line here."""

Target = tuple[Judged, TargetState]
Progress = tuple[Judged, Entry]


def targets_of(judged: Iterable[Judged]) -> list[Target]:
    """Return every target of the promises, in their order."""
    return [(item, state) for item in judged for state in item.targets]


def progress_of(judged: Iterable[Judged]) -> list[Progress]:
    """Return every line of progress that counts on the day judged for, oldest first."""
    return [(i, entry) for i in judged for entry in seen(i.line.measure.log, i.as_of)]


def _of_state(name: str) -> Callable[[Target, Schema], Cell]:
    return lambda pair, _schema: getattr(pair[1], name)


def _of_target(name: str) -> Callable[[Target, Schema], Cell]:
    return lambda pair, _schema: getattr(pair[1].target, name)


def _kind(pair: Target, schema: Schema) -> Cell:
    code = kind_of(pair[1].target)
    return Word(code, schema.word("target_kind", code))


def _comparator(pair: Target, schema: Schema) -> Cell:
    code = comparator_of(pair[1].target)
    return Word(code, schema.word("comparator", code))


def _entry(name: str) -> Callable[[Progress, Schema], Cell]:
    return lambda pair, _schema: getattr(pair[1], name)


def _promise(name: str, *, exported: bool = True) -> Field[Any]:
    field = MEASURE[name]
    return Field(
        field.kind, lambda pair, schema: field.get(pair[0], schema), field.within, exported
    )


TARGET: dict[str, Field[Target]] = {
    "seq": _promise("seq"),
    "reply": _promise("reply", exported=False),
    "number_text": _promise("number_text"),
    "number": _promise("number", exported=False),
    "kind": _promise("kind", exported=False),
    "session": _promise("session", exported=False),
    "title": _promise("title"),
    "lead_deputy": _promise("lead_deputy", exported=False),
    "lead": _promise("lead"),
    "key": _promise("key", exported=False),
    "reply_date": _promise("reply_date", exported=False),
    "id": Field("text", lambda pair, _schema: f"{pair[0].line.id}:{pair[1].target.id}"),
    "measure_id": Field("text", lambda pair, _schema: pair[0].line.id),
    "text": _promise("text"),
    "department": _promise("department"),
    "force": _promise("force", exported=False),
    "indicator": Field("text", _of_target("indicator"), "target"),
    "target_kind": Field("enum", _kind),
    "comparator": Field("enum", _comparator, "target"),
    "value": Field("number", _of_state("value"), "target"),
    "unit": Field("text", _of_target("unit"), "target"),
    "scope": Field("text", _of_target("scope"), "target"),
    "deadline": Field("day", _of_state("deadline"), "measure"),
    "latest": Field("number", _of_state("latest")),
    "as_of": Field("day", _of_state("as_of")),
    "percent": Field("number", _of_state("percent")),
    "status": _promise("status"),
    "alert": _promise("alert"),
    "next_step": _promise("next_step"),
    "day": _promise("day"),
}
"""Every column of a target, in the order of a full export."""

PROGRESS: dict[str, Field[Progress]] = {
    "seq": _promise("seq"),
    "reply": _promise("reply", exported=False),
    "number_text": _promise("number_text"),
    "number": _promise("number", exported=False),
    "kind": _promise("kind", exported=False),
    "session": _promise("session", exported=False),
    "title": _promise("title"),
    "lead_deputy": _promise("lead_deputy", exported=False),
    "lead": _promise("lead"),
    "key": _promise("key", exported=False),
    "reply_date": _promise("reply_date", exported=False),
    "measure_id": Field("text", lambda pair, _schema: pair[0].line.id),
    "text": _promise("text"),
    "department": _promise("department"),
    "force": _promise("force", exported=False),
    "on": Field("day", _entry("on"), "entry"),
    "words": Field("text", _entry("words"), "entry"),
    "target_id": Field("number", _entry("target")),
    "indicator": Field("text", _entry("indicator"), "entry"),
    "value": Field("number", _entry("value"), "entry"),
    "unit": Field("text", _entry("unit"), "entry"),
    "stated_percent": Field("number", _entry("stated_percent"), "entry"),
    "note": Field("text", _entry("note"), "entry"),
    "source": Field("text", _entry("source"), "entry"),
    "by": Field("text", _entry("by"), "entry"),
    "entered": Field("day", _entry("entered"), "entry"),
    "status": _promise("status"),
    "alert": _promise("alert", exported=False),
    "next_step": _promise("next_step", exported=False),
    "day": _promise("day"),
}
"""Every column of a line of progress, in the order of a full export."""
