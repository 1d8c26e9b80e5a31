"""A draft explained: each value with the words it came from, the rule, what spoke against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.extract.draft import Draft
from npcreply.extract.model import Doubt, Drafted, Figure, Goal, Promise
from npcreply.extract.record import short
from npcreply.extract.surroundings import line_of
from npcreply.language import N_, _
from npcreply.store.contract.schema import Schema
from npcreply.views import rules
from npcreply.views.drafts import (
    Line,
    figure_words,
    goal_words,
    header_label,
    header_value,
    no_record,
)


@dataclass(frozen=True, slots=True)
class Explained:
    """One value: `name` it goes by, `said` as people read it; text[start:end] are the `words`;
    `room` of its rule; `depth` 1 for a part of the value above.
    """

    name: str
    said: str
    words: str
    start: int
    end: int
    room: str
    rule: str
    doubt: Doubt | None
    depth: int = 0


def explained(found: Draft, schema: Schema) -> Iterator[Explained]:
    """Yield every value of the draft, in the order of the screen."""
    yield from _of_header(found, schema)
    if found.is_record:
        for whole in found.measures:
            for promise in whole.parts or (whole,):
                yield from _of_promise(promise, schema)
        for goal in found.targets:
            yield from _of_goal(goal)
    for fact in found.facts:
        yield from _of_figure(fact)


def explained_lines(found: Draft, schema: Schema) -> Iterator[Line]:
    """Yield the values as a readable screen."""
    if not found.is_record:
        yield no_record(found), "soon"
    for one in explained(found, schema):
        pad = "    " * one.depth
        yield f"{pad}{one.name}  {one.said}", "" if one.depth else "head"
        if one.words:
            words = _("原话  第 {line} 行“{words}”")
            line = line_of(found.text, one.start)
            yield f"{pad}    {words.format(line=line, words=' '.join(one.words.split()))}", ""
        yield f"{pad}    " + _("依据  {rule}").format(rule=rules.told(one.room, one.rule)), "dim"
        if one.doubt:
            yield f"{pad}    " + _("存疑  {reason}").format(reason=one.doubt.message), "soon"


def explained_data(found: Draft, schema: Schema) -> list[dict[str, object]]:
    """Return the values for JSON, one after the other; `depth` 1 for a part of the one above."""
    rows: list[dict[str, object]] = []
    for one in explained(found, schema):
        doubt = {"doubt": one.doubt.code, "reason": one.doubt.message} if one.doubt else {}
        place = {"quote": one.words, "start": one.start, "end": one.end}
        line = {"line": line_of(found.text, one.start)} if one.words else {}
        told = {"rule": one.rule, "because": rules.told(one.room, one.rule)}
        row = {"name": one.name, "value": one.said, **place, **line, **told}
        rows.append({**row, "sure": one.doubt is None, **doubt, "depth": one.depth})
    return rows


def _of_header(found: Draft, schema: Schema) -> Iterator[Explained]:
    for name, values in found.header.values():
        label = header_label(name, schema)
        for one in values:
            yield _drafted(label, header_value(name, [one], schema), one, "header", 0)


def _of_promise(promise: Promise, schema: Schema) -> Iterator[Explained]:
    at = promise.quote, promise.start, promise.end
    yield Explained(_("承诺"), short(promise.quote), *at, "promise", promise.rule, promise.doubt)
    force = schema.word("force", promise.force.value)
    yield _drafted(_("力度"), force, promise.force, "promise")
    yield from _days(promise.deadline)
    if promise.department:
        yield _drafted(_("责任单位"), promise.department.value, promise.department, "promise")
    if promise.condition:
        yield _drafted(_("条件"), promise.condition.value, promise.condition, "promise")
    for told in promise.cadence:
        yield _drafted(_("周期"), schema.word("cadence", told.value), told, "promise")


def _of_goal(goal: Goal) -> Iterator[Explained]:
    at = goal.quote, goal.start, goal.end
    yield Explained(_("目标"), goal_words(goal), *at, "number", goal.rule, goal.doubt)
    yield from _days(goal.deadline)


def _of_figure(fact: Figure) -> Iterator[Explained]:
    at = fact.quote, fact.start, fact.end
    said = f"{fact.indicator} {figure_words(fact)}".strip()
    yield Explained(_("已报的数"), said, *at, "number", fact.rule, fact.doubt)
    yield from _days(fact.as_of, N_("截至"))


def _days(told: Drafted[Any] | None, name: str = N_("时限")) -> Iterator[Explained]:
    if told:
        yield _drafted(_(name), str(told.value), told, "day")


def _drafted(name: str, said: str, told: Drafted[Any], room: str, depth: int = 1) -> Explained:
    place = told.words, told.start, told.end
    return Explained(name, said, *place, room, told.rule, told.doubt, depth)
