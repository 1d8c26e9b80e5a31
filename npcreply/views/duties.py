"""The rows of the review, promises and duties under the same names, and its screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from npcreply.dataclass import replace
from npcreply.domain.judging.duties import Duty, Owed, What, what_of
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.lines import told_apart
from npcreply.domain.review import Review, age, group_of
from npcreply.domain.selection import Selection
from npcreply.language import N_, _, in_a_row, listed, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell, Group, Row, Table, Word
from npcreply.views.columns import PRIORITY, Field, rows, screen_columns
from npcreply.views.promises import MEASURE
from npcreply.views.replies import REPLY
from npcreply.views.words import (
    alert_word,
    cadence_word,
    next_word,
    status_word,
    weekday,
    what_word,
)

_LATE = {
    What.PROMISE: N_("承诺 {count} 项"),
    What.REPLY: N_("答复 {count} 件"),
    What.CONTACT: N_("联系代表 {count} 件"),
    What.CO_OPINION: N_("会办意见 {count} 件"),
    What.REHANDLING: N_("再次办理 {count} 件"),
    What.HANDLING_REPORT: N_("研究处理情况报告 {count} 件"),
    What.QUESTION: N_("没有回答的询问 {count} 个"),
    What.PROGRESS_NOTICE: N_("落实情况告知 {count} 件（{periods} 次）"),
    What.PROGRESS_REPORT: N_("落实情况报告 {count} 件（{periods} 次）"),
    What.REPORT: N_("周期报告 {count} 项（{periods} 期）"),
    What.SHEET: N_("回报表 {count} 张"),
}


def late_text(rows: Iterable[Owed]) -> str:
    """Return the one count of what is late, with its kinds where it is not promises alone:
    逾期 3 项（承诺 1 项、周期报告 2 项（7 期））.
    """
    late = [row for row in rows if row.status is Status.OVERDUE]
    words = _("逾期 {count} 项").format(count=len(late))
    beside = any(isinstance(row, Duty) for row in late)
    return with_aside(words, listed(late_kinds(late))) if beside else words


def late_kinds(late: Iterable[Owed]) -> list[str]:
    """Return how many rows of each kind are late, of periodic reports also how many periods."""
    by_kind: dict[What, list[Owed]] = {}
    for row in late:
        by_kind.setdefault(what_of(row), []).append(row)
    return [
        _(words).format(count=len(by_kind[what]), periods=sum(map(_periods, by_kind[what])))
        for what, words in _LATE.items()
        if what in by_kind
    ]


def _periods(row: Owed) -> int:
    return row.count if isinstance(row, Duty) else 1


def waiting_text(rows: Iterable[Owed]) -> str:
    """Return how many replies wait to be handed over again and are not late, "" for none."""
    duties = [row for row in rows if isinstance(row, Duty) and row.waits_for_round]
    count = sum(duty.status is not Status.OVERDUE for duty in duties)
    return _("等待再次交办 {count} 件").format(count=count) if count else ""


def duty_text(duty: Duty) -> str:
    """Return what is owed in a few words: 答复：关于…的建议."""
    words = _("{what}（期限暂定）：{about}") if duty.provisional else _("{what}：{about}")
    about = duty.line.measure.text if duty.line else _question(duty) or duty.reply.title
    return words.format(what=_what(duty), about=about or duty.reply.number)


def _question(duty: Duty) -> str | None:
    """What was asked, where the duty is a question without an answer."""
    asked = (one for one in duty.reply.unanswered if duty.rule == f"questions.{one.id}")
    one = next(asked, None) if duty.what is What.QUESTION else None
    return (one.question or _("第 {number} 个询问").format(number=one.id)) if one else None


def _what(duty: Duty) -> str:
    """A reply, an opinion; of reports how often they are owed, and how many are missing."""
    if duty.waits_for_round:
        return _("再次办理（还没有交办）")
    if duty.what is What.SHEET:
        return _("回报表（{count} 行）").format(count=duty.count)
    if duty.count > 1 and duty.what is not What.REPORT:
        return _("{what}漏 {count} 次").format(what=what_word(duty.what).label, count=duty.count)
    if duty.what is not What.REPORT:
        return what_word(duty.what).label
    cadence = cadence_word(duty.rule)
    if duty.status is not Status.OVERDUE:
        return _("{cadence}报告").format(cadence=cadence)
    missed = _("{cadence}报告漏 {count} 期").format(cadence=cadence, count=duty.count - duty.short)
    short = _("{cadence}有 {count} 期没有达到").format(cadence=cadence, count=duty.short)
    return listed([missed] * (duty.count > duty.short) + [short] * (duty.short > 0))


def _attribute(name: str) -> Callable[[Duty, Schema], Cell]:
    return lambda duty, _schema: getattr(duty, name)


def _department(duty: Duty, _schema: Schema) -> Cell:
    return duty.departments[0] if len(duty.departments) == 1 else duty.departments or None


_OF_REPLY = ("number", "number_text", "title", "lead_deputy", "lead")
_DUTY: dict[str, Callable[[Duty, Schema], Cell]] = {
    **{name: _attribute(name) for name in ("id", "deadline", "days_late", "days_left")},
    **{name: _attribute(name) for name in ("count", "rule", "provisional")},
    "reply": lambda duty, _schema: duty.reply.id,
    "what": lambda duty, _schema: what_word(duty.what),
    "text": lambda duty, _schema: duty_text(duty),
    "department": _department,
    "original_deadline": _attribute("deadline"),
    "status": lambda duty, _schema: status_word(duty.status),
    "alert": lambda duty, _schema: alert_word(duty.alert),
    "day": lambda duty, _schema: duty.as_of.day,
    "next_step": lambda duty, _schema: next_word(duty),
}


def _either(name: str, promise: Callable[[Any, Schema], Cell]) -> Callable[[Owed, Schema], Cell]:
    """A duty has the cells that make sense for it; every other one is empty."""
    duty = _DUTY.get(name)

    def get(row: Owed, schema: Schema) -> Cell:
        if not isinstance(row, Duty):
            return promise(row, schema)
        if name in _OF_REPLY:
            return REPLY[name].get(row.reply, schema)
        return duty(row, schema) if duty else None

    return get


def _none(_row: Owed, _schema: Schema) -> Cell:
    return None


OWED: dict[str, Field[Owed]] = {
    name: Field(field.kind, _either(name, field.get), field.within)
    for name, field in MEASURE.items()
} | {
    "what": Field("enum", lambda row, _schema: what_word(what_of(row))),
    "count": Field("number", _either("count", _none)),
    "rule": Field("text", _either("rule", _none)),
    "provisional": Field("enum", _either("provisional", _none)),
    "age": Field("number", lambda row, _schema: age(row)),
}


OVERDUE_DATA = (
    *("id", "reply", "what", "number", "title", "lead", "department", "text", "deadline"),
    *("original_deadline", "extensions", "days_late", "status", "alert", "targets"),
    *("count", "rule", "provisional", "progress", "next_step"),
)
DUE_DATA = (
    *(*OVERDUE_DATA[:11], "days_left", "status", "alert", "last_on", "targets"),
    *("count", "rule", "provisional", "progress", "next_step", "age"),
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
UNDATED = ("status", "age", "id", "progress", "next_step", "department", "text")
STALE = ("status", "last_on", "id", "deadline", "progress", "next_step", "department", "text")


_NOT_SAID = {"dept": N_("未载明单位"), "deputy": N_("未载明代表"), "none": N_("未载明单位")}


def review_lead(found: Review, asked: Selection, soon_days: int) -> list[str]:
    """Return the two lines above the list: the day, who, the counts."""
    first = _("逾期承诺  截至 {day} {weekday}  {who}").format(
        day=found.day, weekday=weekday(found.day), who=listed(asked.dept) or _("全部单位")
    )
    words = (
        late_text(found.items),
        _("待销号 {count} 项").format(count=found.to_verify),
        waiting_text(found.items),
        _("比 {since} +{new} -{gone}").format(
            since=found.since, new=len(found.new), gone=found.gone
        ),
        _("{days} 天内到期 {soon} 项").format(days=soon_days, soon=found.soon),
        _("未定时限 {count} 项").format(count=found.undated),
        _("周期报告缺起算日 {count} 项").format(count=found.no_start) if found.no_start else "",
    )
    return [first, "  ".join(filter(None, words))]


def nothing_late(
    day: date, asked: Selection, replies: int, promises: int, ahead: Owed | None
) -> str:
    """Return the sentence for an empty list: what was looked through, what is due next."""
    words = _("没有逾期承诺（截至 {day}，查了{who} {replies} 件答复、{promises} 项承诺）。").format(
        day=day,
        who=listed(asked.dept) or _("全部单位"),
        replies=replies,
        promises=promises,
    )
    if ahead is None:
        return words
    following = _("最近到期：{id}，{day}，还有 {days} 天。").format(
        id=ahead.id, day=ahead.deadline, days=ahead.days_left
    )
    return in_a_row(words, following)


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


def undated_lead(items: Sequence[Judged], day: date, limit: int) -> list[str]:
    """Return the two lines above the promises without a deadline: how many, how many too old."""
    old = sum((age(item) or 0) > limit for item in items)
    first = _("未定时限的承诺  截至 {day} {weekday}").format(day=day, weekday=weekday(day))
    words = [_("共 {count} 项").format(count=len(items))]
    if old:
        words.append(_("答复超过 {days} 天的 {count} 项").format(days=limit, count=old))
    return [first, "  ".join(words)]


def undated_table(
    items: Sequence[Judged], lead: Sequence[str], limit: int, schema: Schema
) -> Table:
    """Return the screen of promises without a deadline; those older than `limit` days stand out."""
    empty = _("没有未定时限的承诺。")
    table = due_table(items, UNDATED, lead, empty, schema)
    marked = [
        {**row, "status": _too_old(row["status"])} if (age(item) or 0) > limit else row
        for item, row in zip(items, table.rows, strict=True)
    ]
    foot = (_("! 答复后超过 {days} 天还没有时限").format(days=limit),)
    found = any(row is not other for row, other in zip(marked, table.rows, strict=True))
    return replace(table, rows=tuple(marked), foot=foot if found else ())


def _too_old(word: Cell) -> Cell:
    return replace(word, label=f"{word.label}!", style="soon") if isinstance(word, Word) else word


def due_table(
    items: Sequence[Owed], names: Sequence[str], lead: Sequence[str], empty: str, schema: Schema
) -> Table:
    """Return the screen of what is due ahead, has no deadline or went quiet: `names` of columns."""
    own = {"alert": _("灯"), "days_left": _("天数"), "age": _("天数")}
    heads = screen_columns(OWED, names, schema, own)
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
        group = [item for item, _row in inside]
        contacts = {name for item in group for name in item.contacts} if by == "dept" else ()
        yield Group(_group_head(head, group, sorted(contacts)), tuple(row for _i, row in inside))


def group_name(item: Owed, by: str) -> str:
    """Return the group that a promise or duty stands in: by who must act, deputy or year."""
    if by == "dept" and item.departments:
        return told_apart(item.reply, listed(item.departments))
    return group_of(item, by) or told_apart(item.reply, _(_NOT_SAID[by]))


def _group_head(name: str, items: Sequence[Owed], contacts: Sequence[str]) -> str:
    late = sum(item.status is Status.OVERDUE for item in items)
    longest = max((item.days_late or 0 for item in items), default=0)
    met = sum(item.status is Status.TO_VERIFY for item in items)
    words = _("{name}  逾期 {count} 项") if late else _("{name}  {count} 项")
    words = words.format(name=name, count=late or len(items))
    if longest:
        words += _("，最长 {days} 天").format(days=longest)
    if contacts:
        words += _("；联系人 {names}").format(names=listed(contacts))
    return words + (_("；待销号 {met} 项").format(met=met) if late and met else "")


def _legend(items: Sequence[Owed], new: frozenset[str]) -> tuple[str, ...]:
    parts = []
    if any(item.key in new for item in items):
        parts.append(_("* 新增"))
    if any(state.mid for i in items if not isinstance(i, Duty) for state in i.targets):
        parts.append(_("~ 期中数，不作达标"))
    if any(item.status is Status.TO_VERIFY for item in items):
        parts.append(_("待销号：目标已达到，尚未销号，不算逾期"))
    ids = [item.reply.id for item in items if what_of(item) is not What.SHEET]
    if ids and not any(item.reply.workspace for item in items):
        parts.append(_("详情 npcreply show {id}").format(id=ids[0]))
    if len(ids) < len(items):
        parts.append(_("回报表 npcreply collect --status"))
    return ("   ".join(parts),) if parts else ()
