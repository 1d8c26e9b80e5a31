"""The screens of listings: which columns, how grouped, the lines above and below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from npcreply.domain.judging.duties import Duty, Owed
from npcreply.domain.judging.status import Status
from npcreply.language import _, listed
from npcreply.store.contract.schema import Schema
from npcreply.table import Group, Row, Table, Word
from npcreply.views.fields import PRIORITY, rows, screen_columns
from npcreply.views.owed import OWED

OVERDUE_DATA = (
    *("id", "reply", "what", "number", "title", "lead", "department", "text", "deadline"),
    *("original_deadline", "extensions", "days_late", "status", "alert", "targets"),
    *("count", "rule", "provisional"),
)
DUE_DATA = (
    *(*OVERDUE_DATA[:11], "days_left", "status", "alert", "last_on", "targets"),
    *("count", "rule", "provisional"),
)
DUE = (
    "status",
    "alert",
    "days_left",
    "id",
    "deadline",
    "progress",
    "next_step",
    "department",
    "text",
)
UNDATED = ("status", "id", "progress", "next_step", "department", "text")
STALE = ("status", "last_on", "id", "deadline", "progress", "next_step", "department", "text")


def overdue_table(
    items: Sequence[Owed], new: frozenset[str], by: str, lead: Sequence[str], schema: Schema
) -> Table:
    """Return the weekly review's screen: `items` in order, `new` keys starred, grouped `by`."""
    names = ("status", "alert", "days_late", "id", "deadline", "progress", "next_step", "text")
    own = {"alert": _("灯"), "days_late": _("天数"), "progress": _("进度")}
    heads = screen_columns(OWED, names, schema, own, {**PRIORITY, "alert": 3})
    shown = [_starred(item, new, names, schema) for item in items]
    groups = [] if by == "none" else _groups(items, shown, by)
    return Table(
        "overdue", lead[0], heads, tuple(shown), tuple(groups), tuple(lead), _legend(items, new)
    )


def due_table(
    items: Sequence[Owed], names: Sequence[str], lead: Sequence[str], empty: str, schema: Schema
) -> Table:
    """Return the screen of what is due ahead, has no deadline or went quiet: `names` of columns."""
    heads = screen_columns(OWED, names, schema, {"alert": _("灯"), "days_left": _("天数")})
    shown = rows(items, OWED, names, schema)
    return Table("due", lead[0], heads, shown, lead=tuple(lead), empty=empty)


def _starred(item: Owed, new: frozenset[str], names: Sequence[str], schema: Schema) -> Row:
    row = dict(rows([item], OWED, names, schema)[0])
    word = row["status"]
    if item.key in new and isinstance(word, Word):
        row["status"] = replace(word, label=word.label + "*")
    return row


def _groups(items: Sequence[Owed], shown: Sequence[Row], by: str) -> Iterable[Group]:
    pairs = zip(items, shown, strict=True)
    for head, members in groupby(pairs, key=lambda pair: group_name(pair[0], by)):
        inside = list(members)
        yield Group(
            _group_head(head, [item for item, _row in inside]), tuple(r for _i, r in inside)
        )


def group_name(item: Owed, by: str) -> str:
    """Return the group that a promise or duty stands in: by who must act, deputy or year."""
    reply = item.reply
    if by == "deputy":
        return reply.deputies[0] if reply.deputies else _("未载明代表")
    if by == "year":
        return str(reply.year)
    return listed(item.departments) or _("未载明单位")


def _group_head(name: str, items: Sequence[Owed]) -> str:
    longest = max((item.days_late or 0 for item in items), default=0)
    contacts = sorted({item.reply.contact for item in items if item.reply.contact})
    words = _("{name}  {count} 项").format(name=name, count=len(items))
    if longest:
        words += _("，最长 {days} 天").format(days=longest)
    return words + (_("；联系人 {names}").format(names=listed(contacts)) if contacts else "")


def _legend(items: Sequence[Owed], new: frozenset[str]) -> tuple[str, ...]:
    parts = []
    if any(item.key in new for item in items):
        parts.append(_("* 新增"))
    if any(state.mid for i in items if not isinstance(i, Duty) for state in i.targets):
        parts.append(_("~ 期中数，不作达标"))
    if any(item.status is Status.TO_VERIFY for item in items):
        parts.append(_("待销号：目标已达到，尚未销号，不算逾期"))
    if items:
        parts.append(_("详情 npcreply show {id}").format(id=items[0].reply.id))
    return ("   ".join(parts),) if parts else ()
