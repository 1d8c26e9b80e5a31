"""The columns and the screen of what must go on next year or next term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from npcreply.domain.judging.carry_over import Carry, Onward
from npcreply.domain.judging.duties import What
from npcreply.language import N_, _, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Column, Group, Style, Table, Word
from npcreply.views.columns import Field, rows
from npcreply.views.handling import meaning_word
from npcreply.views.promises import MEASURE
from npcreply.views.replies import REPLY
from npcreply.views.words import status_word, what_word

_ONWARD: dict[Onward, tuple[str, Style]] = {
    Onward.CARRIED: (N_("已转入"), ""),
    Onward.CLOSED: (N_("已了结"), "done"),
    Onward.PENDING: (N_("没有着落"), "late"),
}


def onward_word(state: Onward) -> Word:
    """Return what became of it as people say it."""
    label, style = _ONWARD[state]
    return Word(state, _(label), style)


def _promise(name: str) -> Callable[[Carry, Schema], Cell]:
    field = MEASURE[name]
    return lambda row, schema: field.get(row.then, schema) if row.then else None


def _status(row: Carry, _schema: Schema) -> Cell:
    if row.then:
        return status_word(row.then.status)
    return Word(str(row.meaning), meaning_word(row.meaning)) if row.meaning else None


def _now(row: Carry, _schema: Schema) -> Cell:
    if row.now:
        return status_word(row.now.status)
    return Word(str(row.meaning_now), meaning_word(row.meaning_now)) if row.meaning_now else None


def _goes_on(row: Carry, schema: Schema) -> Cell:
    """How it was closed since, else where it goes on, else that it goes on nowhere yet."""
    if row.state is Onward.CARRIED:
        return Word(Onward.CARRIED, listed(row.onward))
    return _now(row, schema) if row.state is Onward.CLOSED else onward_word(row.state)


def _department(row: Carry, _schema: Schema) -> Cell:
    return row.departments[0] if len(row.departments) == 1 else row.departments or None


_OF_REPLY = ("kind", "year", "number", "session", "term", "title", "field", "lead", "class")
CARRY: dict[str, Field[Carry]] = {
    "id": Field("text", lambda row, _schema: row.id),
    "reply": Field("text", lambda row, _schema: row.reply.id),
    "what": Field("enum", lambda row, _s: what_word(What.PROMISE if row.then else What.REPLY)),
    **{
        name: Field(REPLY[name].kind, lambda row, s, _f=REPLY[name]: _f.get(row.reply, s))  # type: ignore[misc]
        for name in _OF_REPLY
    },
    "department": Field("text", _department, "measure"),
    "text": Field(
        "text",
        lambda row, _s: row.then.line.measure.text if row.then else row.reply.title,
        "measure",
    ),
    "deadline": Field("day", _promise("deadline"), "measure"),
    "days_late": Field("number", _promise("days_late")),
    "progress": Field("text", _promise("progress")),
    "status": Field("enum", _status),
    "status_now": Field("enum", _now),
    "onward": Field("enum", lambda row, _schema: onward_word(row.state)),
    "carried_to": Field("text", lambda row, _schema: row.onward or None),
    "chain": Field("text", lambda row, _schema: row.chain or None),
    "promised_before": Field("text", lambda row, _s: row.again_in(earlier=True) or None),
    "promised_after": Field("text", lambda row, _s: row.again_in(earlier=False) or None),
    "goes_on": Field("text", _goes_on),
}
DATA = (
    *("id", "reply", "what", "year", "term", "title", "lead", "department", "text", "deadline"),
    *("days_late", "status", "status_now", "onward", "carried_to", "chain"),
    *("promised_before", "promised_after"),
)
_SCREEN = ("status", "id", "deadline", "goes_on", "text")
_PRIORITY = {"deadline": 2, "promised_before": 1, "promised_after": 1}


def carry_table(
    items: Sequence[Carry], lead: Sequence[str], foot: Sequence[str], empty: str, schema: Schema
) -> Table:
    """Return the screen, by who must act; `items` are in the office's order of departments."""
    again = ("promised_before", "promised_after")
    names = (*_SCREEN[:-1], *(n for n in again if _any(n, items, schema)), _SCREEN[-1])
    heads = tuple(
        Column(
            name,
            schema.label(name, CARRY[name].within).upper(),
            CARRY[name].kind,
            _PRIORITY.get(name, 0),
        )
        for name in names
    )
    shown = rows(items, CARRY, names, schema)
    pairs = zip(items, shown, strict=True)
    groups = []
    for name, members in groupby(pairs, key=lambda pair: group_of(pair[0])):
        inside = [row for _item, row in members]
        head = _("{name}  {count} 项").format(name=name, count=len(inside))
        groups.append(Group(head, tuple(inside)))
    return Table("carry", lead[0], heads, shown, tuple(groups), tuple(lead), tuple(foot), empty)


def _any(name: str, items: Sequence[Carry], schema: Schema) -> bool:
    return any(CARRY[name].get(row, schema) for row in items)


def group_of(row: Carry) -> str:
    """Return who must act."""
    return listed(row.departments) or _("未载明单位")


def counts_line(items: Sequence[Carry]) -> str:
    """Return how many there are and what became of them: the parts add up to the whole."""
    found = Counter(item.state for item in items)
    parts = listed(f"{_(label)} {found[state]}" for state, (label, _style) in _ONWARD.items())
    return _("应续办 {count} 项：{parts}").format(count=len(items), parts=parts)
