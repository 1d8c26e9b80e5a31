"""Counts by status, cross-footed: every total is the sum of its parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from npcreply.domain.judging.status import Judged, Status
from npcreply.language import _
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Row, Table
from npcreply.views.histories import class_name
from npcreply.views.screens import group_name
from npcreply.vocabulary import status_word, weekday


@dataclass(frozen=True, slots=True)
class Group:
    """A way to count: the field whose label heads it, a promise's group, how groups are sorted."""

    field: str
    of: Callable[[Judged, Schema], str]
    order: Callable[[str, Schema], Any] = lambda name, _schema: name
    within: str = ""


BY = {
    "dept": Group(
        "department",
        lambda item, _schema: group_name(item, "dept"),
        lambda name, schema: schema.settings.order(name),
        "measure",
    ),
    "session": Group("session", lambda item, _s: item.line.reply.session or _("未载明届次")),
    "class": Group("class", lambda item, s: class_name(item.line.reply, s.settings, item.as_of)),
    "field": Group("field", lambda item, _s: item.line.reply.field or _("未填领域")),
    "term": Group("term", lambda item, _s: item.line.reply.term or _("未填届别")),
    "year": Group("year", lambda item, _schema: str(item.line.reply.year)),
    "kind": Group("kind", lambda item, schema: schema.word("kind", item.line.reply.kind)),
    "month": Group(
        "deadline",
        lambda item, _s: f"{item.deadline:%Y-%m}" if item.deadline else _("未定时限"),
        within="measure",
    ),
}


def counts_table(items: Sequence[Judged], by: str, day: date, schema: Schema) -> Table:
    """Return one row a group with replies, promises and the count of each status, and the total.

    A reply with promises in several groups counts in each of them, once in the total.
    """
    way = BY[by]
    groups: dict[str, list[Judged]] = {}
    for item in items:
        groups.setdefault(way.of(item, schema), []).append(item)
    used = [status for status in Status if any(item.status is status for item in items)]
    names = sorted(groups, key=lambda name: way.order(name, schema))
    found = [_row(name, groups[name], used) for name in names]
    if found:
        found.append(_row(_("合计"), items, used))
    lead = _("计数  截至 {day} {weekday}").format(day=day, weekday=weekday(day))
    foot = _("一件答复的承诺分在几组的，每组各计一件，合计只计一件。")
    empty = _("没有符合条件的承诺。")
    return Table(
        "stats",
        lead,
        _columns(used, way, schema),
        tuple(found),
        lead=(lead,),
        foot=(foot,),
        empty=empty,
    )


def _row(name: str, items: Sequence[Judged], used: Sequence[Status]) -> Row:
    counted = Counter(item.status for item in items)
    cells: dict[str, Cell] = {
        "replies": len({item.line.reply.id for item in items}),
        "promises": len(items),
        **{status.value: counted[status] for status in used},
        "group": name,
    }
    return cells


def _columns(used: Sequence[Status], way: Group, schema: Schema) -> tuple[Column, ...]:
    counts = [("replies", schema.label("replies")), ("promises", schema.label("promises"))]
    counts += [(status.value, status_word(status).label) for status in used]
    heads = [Column(name, title.upper(), "number", align="right") for name, title in counts]
    return (*heads, Column("group", schema.label(way.field, way.within).upper()))
