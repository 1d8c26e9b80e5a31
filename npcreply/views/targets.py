"""The columns of a target, and of a line of progress, each with its promise's columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from npcreply.domain.judging.status import Judged
from npcreply.domain.judging.targets import TargetState, comparator_of, kind_of, seen
from npcreply.domain.record.model import Entry
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Word
from npcreply.views.fields import Field
from npcreply.views.promises import MEASURE

Target = tuple[Judged, TargetState]
Progress = tuple[Judged, Entry]


def targets_of(judged: Iterable[Judged]) -> list[Target]:
    """Return every target of the promises, in their order."""
    return [(item, state) for item in judged for state in item.targets]


def progress_of(judged: Iterable[Judged]) -> list[Progress]:
    """Return every line of progress that counts on the day judged for, oldest first."""
    return [(i, entry) for i in judged for entry in seen(i.line.measure.log, i.as_of)]


def _state(name: str) -> Callable[[Target, Schema], Cell]:
    return lambda pair, _schema: getattr(pair[1], name)


def _target(name: str) -> Callable[[Target, Schema], Cell]:
    return lambda pair, _schema: getattr(pair[1].target, name)


def _kind(pair: Target, schema: Schema) -> Cell:
    code = kind_of(pair[1].target)
    return Word(code, schema.word("target_kind", code))


def _comparator(pair: Target, schema: Schema) -> Cell:
    code = comparator_of(pair[1].target)
    return Word(code, schema.word("comparator", code))


def _entry(name: str) -> Callable[[Progress, Schema], Cell]:
    return lambda pair, _schema: getattr(pair[1], name)


_OF_PROMISE = (
    *("seq", "reply", "number", "number_text", "kind", "session", "title", "lead_deputy", "lead"),
    *("key", "reply_date", "text", "department", "force", "status", "alert", "next_step", "day"),
)


def _promise(name: str) -> Field[Any]:
    field = MEASURE[name]
    return Field(field.kind, lambda pair, schema: field.get(pair[0], schema), field.within)


TARGET: dict[str, Field[Target]] = {name: _promise(name) for name in _OF_PROMISE} | {
    "id": Field("text", lambda pair, _schema: f"{pair[0].line.id}/{pair[1].target.id}"),
    "measure_id": Field("text", lambda pair, _schema: pair[0].line.id),
    "indicator": Field("text", _target("indicator"), "target"),
    "target_kind": Field("enum", _kind),
    "comparator": Field("enum", _comparator, "target"),
    "value": Field("number", _state("value"), "target"),
    "unit": Field("text", _target("unit"), "target"),
    "scope": Field("text", _target("scope"), "target"),
    "deadline": Field("day", _state("deadline"), "measure"),
    "latest": Field("number", _state("latest")),
    "as_of": Field("day", _state("as_of")),
    "percent": Field("number", _state("percent")),
}

PROGRESS: dict[str, Field[Progress]] = {name: _promise(name) for name in _OF_PROMISE} | {
    "measure_id": Field("text", lambda pair, _schema: pair[0].line.id),
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
}
