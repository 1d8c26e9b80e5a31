"""What the yearly letter to a deputy says: his promises by suggestion, their states, the slip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from npcreply.domain.judging.status import KEPT, Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.telling import Told
from npcreply.language import _
from npcreply.views.letters import KINDS, Letter, Sender, brief, long_day, reported, short_day

_LONGEST = 40  # characters of a name in the name of a file
_STATES = {
    Status.TO_VERIFY: "目标已达到，待核实",
    Status.DUE_TODAY: "推进中，今日到期",
    Status.DUE_SOON: "推进中",
    Status.OPEN: "推进中",
    Status.UNDATED: "未定时限",
    Status.CONDITIONAL: "附条件，条件未到",
    Status.DONE_EARLY: "已兑现，提前",
    Status.DONE: "已兑现",
    Status.DONE_EXTENDED: "已兑现，延期后",
    Status.DONE_LATE: "已兑现，逾期",
    Status.DROPPED: "已终止",
    Status.MERGED: "已并入其他承诺",
    Status.SUPERSEDED: "已由新的承诺代替",
}
# How the first paragraph counts them, in this order.
_COUNTED = (
    ("已兑现", KEPT),
    ("待核实", {Status.TO_VERIFY}),
    ("推进中", {Status.DUE_TODAY, Status.DUE_SOON, Status.OPEN}),
    ("逾期", {Status.OVERDUE}),
    ("未定时限", {Status.UNDATED}),
    ("附条件", {Status.CONDITIONAL}),
    ("已终止或并入、代替", {Status.DROPPED, Status.MERGED, Status.SUPERSEDED}),
)


def telling(told: Told, sender: Sender) -> Letter:
    """Return the letter that tells one deputy how the promises made to him are kept."""
    full = sender.settings.full_name
    leads = sorted({full(reply.lead) for reply in told.replies if reply.lead})
    fields = {
        **sender.fields(told.by),
        "title": f"关于{_what(told.replies)}答复承诺落实情况的函",
        "to": f"{told.deputy}{told.title}",
        "you": "您" if told.title else "贵团" if told.deputy.endswith("代表团") else "贵单位",
        "about": _about(told),
        "counts": _counts(told.items),
        "items": _items(told),
        "replies": [_slip(reply) for reply in told.replies],
        "cc": "、".join(leads),
    }
    name = f"{_('落实情况告知函')}-{told.deputy[:_LONGEST]}-{sender.day}"
    return Letter("progress", name, fields)


def _what(replies: Sequence[ReplyLine]) -> str:
    if len(replies) == 1:
        return f"第{replies[0].number}号{KINDS[replies[0].kind]}"
    return _kinds(replies)


def _about(told: Told) -> str:
    """领衔2件、附议1件, of a body just how many."""
    leads = sum(reply.id in told.leads for reply in told.replies)
    signs = len(told.replies) - leads
    if not told.title:
        return f"提出的{len(told.replies)}件{_kinds(told.replies)}"
    said = [f"领衔{leads}件"] * bool(leads) + [f"附议{signs}件"] * bool(signs)
    return f"{'、'.join(said)}的{_kinds(told.replies)}"


def _kinds(replies: Sequence[ReplyLine]) -> str:
    return "、".join(dict.fromkeys(KINDS[reply.kind] for reply in replies))


def _counts(items: Sequence[Judged]) -> str:
    counted = Counter(item.status for item in items)
    sums = ((words, sum(counted[status] for status in states)) for words, states in _COUNTED)
    said = "，".join(f"{words}{count}项" for words, count in sums if count)
    return f"{len(items)}项承诺：{said}"


def _items(told: Told) -> list[dict[str, object]]:
    found, before = [], ""
    for number, item in enumerate(told.items, 1):
        new = item.reply.path != before
        found.append(_item(number, item) | {"head": _head(item.reply, told) if new else ""})
        before = item.reply.path
    return found


def _head(reply: ReplyLine, told: Told) -> str:
    """One suggestion of the list: 2024年第107号《…》（领衔；市水利局2024.5.20答复）."""
    kind = KINDS[reply.kind] if len({one.kind for one in told.replies}) > 1 else ""
    title = f"《{reply.title}》" if reply.title else ""
    part = ("领衔；" if reply.id in told.leads else "附议；") if told.title else ""
    day = short_day(reply.reply_date)
    said = (
        f"{part}{reply.lead or ''}{day}答复"
        if day
        else f"{part}{reply.lead or ''}答复，没有写明日期"
    )
    return f"{reply.year}年第{reply.number}号{kind}{title}（{said}）"


def _item(number: int, item: Judged) -> dict[str, object]:
    return {
        "n": number,
        "id": item.line.id,
        "text": item.line.measure.text or "",
        "departments": "、".join(item.departments),
        "deadline": long_day(item.deadline) or "未写明",
        "state": _state(item),
        "figures": reported(item),
        "due": short_day(item.deadline) or "未写明",
        "brief": brief(item),
    }


def _state(item: Judged) -> str:
    late = item.status is Status.OVERDUE
    said = f"逾期{item.days_late}天" if late else _STATES[item.status]
    notes = []
    if item.closing:
        notes.append(short_day(item.closing.on))
    if item.extensions and item.original_deadline:
        notes.append(f"延期{item.extensions}次，原定{short_day(item.original_deadline)}")
    if item.status is Status.DROPPED and item.closing and item.closing.reason:
        notes.append(f"理由：{item.closing.reason}")
    return f"{said}（{'；'.join(notes)}）" if notes else said


def _slip(reply: ReplyLine) -> dict[str, object]:
    return {"number": f"{reply.year}年第{reply.number}号", "kind": KINDS[reply.kind]}
