"""Words for what is computed: status, light, next step, weekday, and what is asked for."""

from __future__ import annotations

from datetime import date

from npcreply.domain.judging.duties import Owed, What
from npcreply.domain.judging.status import Alert, NextStep, Status
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.language import N_, _, chosen, listed, listed_apart
from npcreply.store.contract.schema import Schema
from npcreply.table import Style, Word

_STATUS: dict[Status, tuple[str, Style]] = {
    Status.OVERDUE: (N_("逾期"), "late"),
    Status.TO_VERIFY: (N_("待销号"), "verify"),
    Status.DUE_TODAY: (N_("今日到期"), "today"),
    Status.DUE_SOON: (N_("临期"), "soon"),
    Status.OPEN: (N_("推进中"), ""),
    Status.UNDATED: (N_("未定时限"), "undated"),
    Status.CONDITIONAL: (N_("附条件"), "undated"),
    Status.DONE_EARLY: (N_("提前兑现"), "done"),
    Status.DONE: (N_("按时兑现"), "done"),
    Status.DONE_EXTENDED: (N_("延期后兑现"), "done"),
    Status.DONE_LATE: (N_("逾期兑现"), "done"),
    Status.DROPPED: (N_("已终止"), "dropped"),
    Status.MERGED: (N_("已并入"), "dropped"),
    Status.SUPERSEDED: (N_("已替代"), "dropped"),
}
_ALERT: dict[Alert, tuple[str, Style]] = {
    Alert.RED: (N_("红"), "late"),
    Alert.YELLOW: (N_("黄"), "soon"),
    Alert.GREEN: (N_("绿"), "done"),
}
_WHAT: dict[What, str] = {
    What.PROMISE: N_("承诺"),
    What.RETURN: N_("退回"),
    What.CONTACT: N_("联系代表"),
    What.CO_OPINION: N_("出会办意见"),
    What.REPLY: N_("办理答复"),
    What.FEEDBACK: N_("代表反馈"),
    What.REHANDLING: N_("再次办理"),
    What.DISCLOSURE: N_("主动公开"),
    What.HANDLING_REPORT: N_("研究处理情况报告"),
    What.QUESTION: N_("询问没有回答"),
    What.PROGRESS_NOTICE: N_("落实情况告知"),
    What.PROGRESS_RATING: N_("落实情况评价"),
    What.PROGRESS_REPORT: N_("落实情况报告"),
    What.REPORT: N_("周期报告"),
    What.SHEET: N_("回报表"),
}
_EVERY = {
    "day": N_("每日"),
    "week": N_("每周"),
    "half-month": N_("每半月"),
    "month": N_("每月"),
    "quarter": N_("每季度"),
    "half-year": N_("每半年"),
    "year": N_("每年"),
}
_NEXT: dict[NextStep, str] = {
    NextStep.VERIFY: N_("核实后销号"),
    NextStep.YEAR_END_FIGURE: N_("催报全年数"),
    NextStep.LATEST_FIGURE: N_("催报最新数"),
    NextStep.FIRST_FIGURE: N_("催报首次数字"),
    NextStep.FIRST_PROGRESS: N_("催报首次进展"),
    NextStep.ASK_PROGRESS: N_("催报办理结果"),
    NextStep.PERIODIC: N_("按周期催报"),
    NextStep.WAIT_CONDITION: N_("等条件成熟"),
    NextStep.ADD_DEADLINE: N_("补时限"),
    NextStep.WAIT_EXTENDED: N_("已延期，待 {date}"),
    NextStep.ASK_REPLY: N_("催答复"),
    NextStep.ASK_OPINION: N_("催会办意见"),
    NextStep.ASK_REPORT: N_("催报告"),
    NextStep.ASK_ANSWER: N_("催回答询问"),
    NextStep.ASK_CONTACT: N_("催联系代表"),
    NextStep.HAND_OVER: N_("再次交办"),
    NextStep.TELL_DEPUTIES: N_("催告知代表"),
    NextStep.ASK_SHEET: N_("催报回报表"),
}
_KEPT = (Status.DONE_EARLY, Status.DONE, Status.DONE_EXTENDED, Status.DONE_LATE)
# What else people type at --status and --alert.
_GROUPS: dict[str, tuple[str, ...]] = {
    N_("已兑现"): _KEPT,
    "kept": _KEPT,
}


def status_word(status: Status) -> Word:
    """Return the status as people say it."""
    label, style = _STATUS[status]
    return Word(status, _(label), style)


def status_labels() -> tuple[str, ...]:
    """Return all statuses as people say them."""
    return tuple(_(label) for label, _style in _STATUS.values())


def alert_word(alert: Alert | None) -> Word | None:
    """Return the light as people say it, None where there is none."""
    if alert is None:
        return None
    label, style = _ALERT[alert]
    return Word(alert, _(label), style)


def alert_words() -> tuple[Word, ...]:
    """Return all lights as people say them."""
    return tuple(Word(alert, _(label), style) for alert, (label, style) in _ALERT.items())


def what_word(what: What) -> Word:
    """Return what a row of the overdue list is about."""
    return Word(what, _(_WHAT[what]))


def cadence_word(cadence: str) -> str:
    """Return how often, as people say it where no schema is at hand."""
    return _(_EVERY[cadence])


def next_word(row: Owed) -> Word | None:
    """Return the next step as people say it."""
    if row.next_step is None:
        return None
    return Word(row.next_step, _(_NEXT[row.next_step]).format(date=row.deadline))


def status_codes(said: str) -> tuple[str, ...]:
    """Return the statuses meant by a code, a Chinese or an English word; raises UsageError."""
    groups = {**_GROUPS, **{_(name): codes for name, codes in _GROUPS.items()}}
    if said in groups:
        return groups[said]
    return (_code(said, {code: label for code, (label, _style) in _STATUS.items()}, "--status"),)


def alert_code(said: str) -> str:
    """Return the light meant; 逾期 means red. Raises UsageError."""
    if said in (N_("逾期"), _("逾期"), "overdue"):
        return Alert.RED
    return _code(said, {code: label for code, (label, _style) in _ALERT.items()}, "--alert")


def _code(said: str, labels: dict[Status, str] | dict[Alert, str], option: str) -> str:
    spellings = {
        spelling.lower(): str(code)
        for code, label in labels.items()
        for spelling in (code, label, _(label))
    }
    if said.lower() in spellings:
        return spellings[said.lower()]
    from npcreply.domain.record.names import nearest

    near = nearest(said, spellings)
    options = listed(_(label) for label in labels.values())
    raise UsageError(
        _("{option} 没有“{said}”这个取值").format(option=option, said=said),
        _("是不是 {near}？").format(near=near)
        if near
        else _("可以写：{options}。").format(options=options),
    )


def weekday(day: date) -> str:
    """Return the day of the week as each language writes it."""
    if chosen() == "en":
        return f"{day:%a}"
    return "周" + "一二三四五六日"[day.weekday()]


_MEANING: dict[Status, str] = {
    Status.OVERDUE: N_("时限在统计截止日之前，那时还没有销号；当天不算逾期"),
    Status.TO_VERIFY: N_("目标数已达到、还没有销号；单独计数，不算逾期"),
    Status.DUE_TODAY: N_("时限就是统计截止日"),
    Status.DUE_SOON: N_("{days} 天内到期"),
    Status.OPEN: N_("时限还在 {days} 天以后"),
    Status.UNDATED: N_("答复没有写明时限；不猜"),
    Status.CONDITIONAL: N_("待条件成熟才做，没有日期"),
    Status.DONE_EARLY: N_("在原时限之前销号"),
    Status.DONE: N_("在原时限当天销号，或没有时限而已销号"),
    Status.DONE_EXTENDED: N_("原时限过后、延期的时限之内销号"),
    Status.DONE_LATE: N_("时限（延期的按延期）过后才销号"),
    Status.DROPPED: N_("不再办理，写明了理由"),
    Status.MERGED: N_("并入另一项承诺"),
    Status.SUPERSEDED: N_("由另一项承诺替代"),
}


def meaning(status: Status, schema: Schema) -> str:
    """Return what a status means, in one sentence."""
    return _(_MEANING[status]).format(days=schema.settings.soon_days)


def asked_words(asked: Selection, schema: Schema) -> str:
    """Return the filters as a reader would say them: 责任单位 发改; 全部 where there are none."""
    said: dict[str, list[str]] = {
        schema.label("department", "measure"): list(asked.dept),
        schema.label("lead"): list(asked.lead),
        schema.label("deputies"): list(asked.deputy),
        schema.label("session"): list(asked.session),
        schema.label("year"): [str(year) for year in asked.year],
        schema.label("kind"): [schema.word("kind", code) for code in asked.kind],
        schema.label("field"): list(asked.field),
        _("文字"): list(asked.text),
        schema.label("status"): [status_word(Status(code)).label for code in asked.status],
        schema.label("alert"): [
            word.label for code in asked.alert if (word := alert_word(Alert(code)))
        ],
        schema.label("force", "measure"): [schema.word("force", code) for code in asked.force],
        schema.label("key"): [_("是")] if asked.key else [],
    }
    parts = (f"{name} {listed(words)}" for name, words in said.items() if words)
    return listed_apart(parts) or _("全部")
