"""The columns of the review: promises and, beside them, duties, under the same names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from npcreply.domain.judging.duties import Duty, Owed, What, what_of
from npcreply.domain.judging.status import Status
from npcreply.language import N_, _
from npcreply.store.contract.schema import Schema
from npcreply.table import Cell
from npcreply.views.fields import Field
from npcreply.views.promises import MEASURE
from npcreply.views.replies import REPLY
from npcreply.vocabulary import alert_word, cadence_word, next_word, status_word, what_word

_LATE = {
    What.REPLY: N_("答复逾期 {count} 件"),
    What.CO_OPINION: N_("会办意见逾期 {count} 件"),
    What.REHANDLING: N_("再次办理逾期 {count} 件"),
    What.HANDLING_REPORT: N_("研究处理情况报告逾期 {count} 件"),
    What.REPORT: N_("漏报 {count} 期"),
}


def late_words(rows: Iterable[Owed]) -> list[str]:
    """Return how many duties are late, a count for each kind that has any."""
    late = [row for row in rows if isinstance(row, Duty) and row.status is Status.OVERDUE]
    counted = {what: sum(d.count for d in late if d.what is what) for what in _LATE}
    return [_(_LATE[what]).format(count=count) for what, count in counted.items() if count]


def duty_text(duty: Duty) -> str:
    """Return what is owed in a few words: 答复：关于…的建议."""
    words = _("{what}（期限暂定）：{about}") if duty.provisional else _("{what}：{about}")
    about = duty.line.measure.text if duty.line else duty.reply.title
    return words.format(what=_what(duty), about=about or duty.reply.number)


def _what(duty: Duty) -> str:
    """A reply, an opinion; of reports how often they are owed, and how many are missing."""
    if duty.what is not What.REPORT:
        return what_word(duty.what).label
    cadence = cadence_word(duty.rule)
    if duty.status is not Status.OVERDUE:
        return _("{cadence}报告").format(cadence=cadence)
    return _("{cadence}报告漏 {count} 期").format(cadence=cadence, count=duty.count)


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
}
