"""What a letter says: the fields that its template fills in, made from judged lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import Duty, Owed, What, what_of
from npcreply.domain.judging.status import Status
from npcreply.domain.judging.targets import TargetState, target_states
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Entry
from npcreply.domain.record.settings import Settings
from npcreply.domain.review import Form, Notice, Reminder
from npcreply.domain.time.as_of import seen
from npcreply.language import _
from npcreply.views.duties import duty_text
from npcreply.views.numbers import plain

# Letters go to Chinese authorities: their words are Chinese in either language of the program.
KINDS = {"suggestion": "代表建议", "proposal": "政协提案", "inquiry": "专题询问"}
_RATINGS = {
    "satisfied": "满意",
    "basically_satisfied": "基本满意",
    "dissatisfied": "不满意",
}
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """`kind` names its template, `name` its file; `fields` are what the template may use."""

    kind: str
    name: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and on which day."""

    settings: Settings
    day: date

    def fields(self, reply_by: date | None = None) -> dict[str, object]:
        """Return what every letter says of its sender, and by when an answer is asked for."""
        called = {"联系人": self.settings.contact, "电话": self.settings.phone}
        return {
            "issuer": self.settings.issuer or "",
            "call": "　".join(f"{name}：{said}" for name, said in called.items() if said),
            "day": long_day(self.day),
            "reply_by": long_day(reply_by),
        }


def long_day(day: date | None) -> str:
    """Return the day as official letters print it: 2024年1月5日; "" for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def short_day(day: date | None) -> str:
    """Return the day as a narrow column has it: 2024.1.5; "" for none."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def reminder(pressed: Reminder, sender: Sender) -> Letter:
    """Return the letter that presses one department for what it has not done."""
    department, rows = pressed.department, _by_reply(pressed.rows)
    sheets = [row for row in rows if what_of(row) is What.SHEET]
    about = [row for row in rows if row not in sheets]
    replies = list({_reply(row).id: _reply(row) for row in about}.values())
    times = max(_sent(row) for row in rows) + 1
    leads = {reply.lead for reply in replies if reply.lead}
    full = sender.settings.full_name
    fields = {
        **sender.fields(pressed.by),
        "title": _title(about, _about(replies)) if about else "关于报送承诺落实情况回报表的函",
        "times": times,
        "to": department,
        "basis": "；".join(
            [
                *([_bases(replies, about, department, full)] if replies else []),
                *(_handed_out(_reply(row)) for row in sheets),
            ]
        ),
        "counts": _counts(rows),
        "items": _items(rows),
        "cc": "、".join(sorted(lead for lead in leads if full(lead) != full(department))),
    }
    return Letter("remind", f"{_('催办函')}-{department}-{sender.day}", fields)


def rehandling(notice: Notice, sender: Sender) -> Letter:
    """Return the notice to handle a reply again that did not satisfy."""
    reply, rated = notice.reply, notice.rated
    words = {"对办理态度": rated.attitude, "对办理结果": rated.result}
    fields = {
        **sender.fields(notice.by),
        **_head(reply),
        "rated_on": long_day(rated.rated_on),
        "ratings": "，".join(f"{what}{_RATINGS[how]}" for what, how in words.items() if how),
        "note": "；".join(rating.note for rating in rated.ratings if rating.note),
        "rule": "",
    }
    return Letter("rehandling", f"{_('重新办理通知')}-{reply.id}-{sender.day}", fields)


def feedback(form: Form, sender: Sender) -> Letter:
    """Return the form on which the deputies rate a reply, with the promises made to them."""
    reply, promises = form.reply, form.promises
    items = [_item(number, promise) for number, promise in enumerate(promises, 1)]
    fields = {**sender.fields(), **_head(reply), "items": items, "round": form.answer.round}
    fields["replied"] = long_day(form.answer.reply_date) or "（没有写明日期）"
    return Letter("feedback", f"{_('征询意见表')}-{reply.id}", fields)


def _head(reply: ReplyLine) -> dict[str, object]:
    return {
        "to": reply.lead or "",
        "co": "、".join(reply.co_bodies) or "无",
        "number": f"第{reply.number}号",
        "kind": KINDS[reply.kind],
        "session": reply.session or "",
        "title": reply.title or "",
        "deputies": _names(reply),
        "replied": long_day(reply.reply_date) or "（没有写明日期）",
    }


def _names(reply: ReplyLine) -> str:
    called = "委员" if reply.kind == "proposal" else "代表"
    names = [name.removesuffix(called) for name in reply.deputies]
    if not names:
        return f"提出{'提案' if reply.kind == 'proposal' else '建议'}的{called}"
    said = "、".join(names[:_MOST_NAMES])
    return f"{said}等{len(names)}位{called}" if len(names) > _MOST_NAMES else f"{said}{called}"


def _reply(row: Owed) -> ReplyLine:
    return row.reply if isinstance(row, Duty) else row.line.reply


def _sent(row: Owed) -> int:
    return len(seen(row.line.measure.reminders, row.as_of)) if row.line else 0


def _about(replies: Sequence[ReplyLine]) -> str:
    if len(replies) > 1:
        kinds = dict.fromkeys(KINDS[reply.kind] for reply in replies)
        return f"{len(replies)}件{'、'.join(kinds)}"
    (reply,) = replies
    return f"{reply.session or ''}第{reply.number}号{KINDS[reply.kind]}"


def _promised(reply: ReplyLine, rows: Sequence[Owed]) -> bool:
    """Whether a row is about what the reply says; else it is about the handling itself."""
    return any(row.line is not None and _reply(row).id == reply.id for row in rows)


def _title(rows: Sequence[Owed], about: str) -> str:
    if all(row.line for row in rows):
        return f"关于落实{about}答复承诺事项的函"
    return f"关于{about}办理和答复承诺事项的函"


def _bases(
    replies: Sequence[ReplyLine], rows: Sequence[Owed], department: str, full: Callable[[str], str]
) -> str:
    """What the letter is about: one reply by its title; of several, how many."""
    if len(replies) == 1:
        return _basis(replies[0], department, full, answered=_promised(replies[0], rows))
    answered = all(_promised(reply, rows) for reply in replies)
    said = "答复" if answered else "办理和答复"
    return f"涉及你单位的{_about(replies)}的{said}"


def _by_reply(rows: Sequence[Owed]) -> list[Owed]:
    """The rows of one reply together, the replies in the order of their first rows."""
    groups: dict[str, list[Owed]] = {}
    for row in rows:
        groups.setdefault(_reply(row).id, []).append(row)
    return [row for group in groups.values() for row in group]


def _items(rows: Sequence[Owed]) -> list[dict[str, object]]:
    """The list, with a head above the first row of each reply."""
    found, before = [], ""
    for number, row in enumerate(rows, 1):
        reply = _reply(row)
        title = f"《{reply.title}》" if reply.title else ""
        head = f"第{reply.number}号{KINDS[reply.kind]}{title}" if reply.kind else _called(reply)
        lead = f"（{reply.lead}主办）" if reply.lead else ""
        found.append(_item(number, row) | {"head": head + lead if reply.id != before else ""})
        before = reply.id
    return found


def _basis(reply: ReplyLine, department: str, full: Callable[[str], str], *, answered: bool) -> str:
    lead = "你单位" if reply.lead and full(reply.lead) == full(department) else reply.lead or ""
    title = f"《{reply.title}》" if reply.title else ""
    about = f"{reply.session or ''}第{reply.number}号{KINDS[reply.kind]}{title}"
    return (
        f"{lead}{long_day(reply.reply_date)}对{about}的答复"
        if answered
        else (f"{lead}对{about}的办理")
    )


def _handed_out(sheet: ReplyLine) -> str:
    return f"{long_day(sheet.assigned_on)}发给你单位的回报表{sheet.number}"


def _counts(rows: Sequence[Owed]) -> str:
    late = sum(row.status is Status.OVERDUE for row in rows)
    verify = sum(row.status is Status.TO_VERIFY for row in rows)
    open_ = sum(row.deadline is None and row.status is not Status.TO_VERIFY for row in rows)
    said = {
        "项已过时限": late,
        "项目标已达到、待核实销号": verify,
        "项尚未到期": len(rows) - late - verify - open_,
        "项没有写明时限": open_,
    }
    return "有" + "、".join(f" {count} {words}" for words, count in said.items() if count)


def _item(number: int, row: Owed) -> dict[str, object]:
    reply = _reply(row)
    return {
        "n": number,
        "id": row.id,
        "text": duty_text(row) if isinstance(row, Duty) else row.line.measure.text,
        "reply": _called(reply),
        "deadline": long_day(row.deadline) or "未写明",
        "state": _state(row),
        "figures": reported(row),
        "due": short_day(row.deadline) or "未写明",
        "brief": brief(row),
        "reminders": _sent(row),
    }


def _called(reply: ReplyLine) -> str:
    if not reply.kind:  # a return sheet
        return f"{long_day(reply.assigned_on)}发出"
    return f"第{reply.number}号{KINDS[reply.kind]}　{reply.title or ''}".rstrip()


def _state(row: Owed) -> str:
    if row.status is Status.TO_VERIFY:
        return "目标已达到，待核实销号"
    if row.deadline is None:
        return "请明确时限"
    said = f"已逾期 {row.days_late} 天" if row.days_late else "尚未到期"
    moved = not isinstance(row, Duty) and row.extensions
    return f"{said}（延期过 {moved} 次）" if moved else said


def reported(row: Owed) -> str:
    """Return the latest figures of the promise, else its last line of progress; "" for none."""
    if row.line is None:
        return ""
    measure = row.line.measure
    states = target_states(measure, row.as_of)
    figures = "；".join(_figure(state) for state in states if state.printed is not None)
    entries = seen(measure.log, row.as_of)
    return figures or (_progress(entries[-1]) if entries else "")


def brief(row: Owed) -> str:
    """Return the latest figures for a narrow column: 河道 5.5/12公里 45.83%（2023.6.30）."""
    if row.line is None:
        return ""
    states = target_states(row.line.measure, row.as_of)
    figures = "；".join(_brief(state) for state in states if state.printed is not None)
    return figures or reported(row)


def _brief(state: TargetState) -> str:
    told = f"{plain(state.printed)}{state.printed_unit or ''}" if state.printed is not None else ""
    unit = state.target.unit or ""
    same = bool(unit) and told.endswith(unit)
    goal = f"/{plain(state.value)}{unit}" if state.value is not None else ""
    share = f" {plain(state.percent)}%" if state.percent is not None else ""
    figure = told.removesuffix(unit) + goal if same and goal else told + goal
    return f"{state.target.indicator} {figure}{share}（{short_day(state.as_of) or '没有写明日期'}）"


def _progress(entry: Entry) -> str:
    day = long_day(entry.on) or "没有写明日期"
    note = " ".join((entry.note or "").split())
    if entry.value is None:
        return f"没有数字；最近进展：{note}（{day}）" if note else f"有进展、没有数字（{day}）"
    figure = f"{plain(entry.value)}{entry.unit or ''}"
    counted = f"{entry.indicator}：" if entry.indicator else ""
    return f"{counted}已报 {figure}（{day}）{f'；{note}' if note else ''}"


def _figure(state: TargetState) -> str:
    target = state.target
    goal = f"目标 {plain(state.value)}{target.unit or ''}，" if state.value is not None else ""
    share = f"，{plain(state.percent)}%" if state.percent is not None else ""
    told = f"{plain(state.printed)}{state.printed_unit or ''}" if state.printed is not None else ""
    day = long_day(state.as_of) or "没有写明日期"
    return f"{target.indicator}：{goal}已报 {told}（{day}{share}）"
