"""The clocks of a reply as people and machines read them: the day, and why it is that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from npcreply.domain.judging.targets import AsOf
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.time.clocks import UNKNOWN, Clock, replied_on
from npcreply.domain.time.rules import Rule, What
from npcreply.grammar.numerals import chinese_integer
from npcreply.language import N_, _, chosen, listed, listed_apart, with_aside

Line = tuple[str, str]

_LIMITS = {
    What.RETURN: N_("退回期限"),
    What.CO_OPINION: N_("会办意见期限"),
    What.REPLY: N_("答复期限"),
    What.FEEDBACK: N_("反馈期限"),
    What.REHANDLING: N_("再次办理期限"),
    What.DISCLOSURE: N_("公开期限"),
    What.HANDLING_REPORT: N_("研究处理情况报告期限"),
}
_DONE = {
    What.RETURN: N_("{day} 已退回"),
    What.CO_OPINION: N_("{day} 已出意见"),
    What.REPLY: N_("{day} 已答复"),
    What.FEEDBACK: N_("{day} 已反馈"),
    What.REHANDLING: N_("{day} 已答复"),
    What.DISCLOSURE: N_("{day} 已公开"),
    What.HANDLING_REPORT: N_("{day} 已报告"),
}
_FIELDS = {
    "assigned_on": N_("交办日期（assigned_on）"),
    "received_on": N_("签收日期（received_on）"),
    "reply_date": N_("答复日期（reply_date）"),
    "rounds.assigned_on": N_("再次交办日期（rounds 的 assigned_on）"),
}
_STARTS = {
    "assigned": (N_("自交办之日"), N_("自交办（{day}）")),
    "received": (N_("自签收之日"), N_("自签收（{day}）")),
    "replied": (N_("自答复之日"), N_("自答复（{day}）")),
    "reassigned": (N_("自再次交办之日"), N_("自再次交办（{day}）")),
}
_UNITS = {
    "day": N_("{count} 日"),
    "working_day": N_("{count} 个工作日"),
    "month": N_("{count} 个月"),
}


def clock_lines(found: Iterable[Clock], reply: ReplyLine, as_of: AsOf) -> Iterator[Line]:
    """Yield two lines a clock, the last day with how it stands, then rule, start and source; one
    line for all that cannot be computed for want of the same day.
    """
    every = list(found)
    for clock in every:
        if clock.due:
            late = (clock.done_on or as_of.day) > clock.due
            state = _state(clock, reply, as_of)
            yield f"  {_name(clock)}  {clock.due}  {state}".rstrip(), "soon" if late else ""
            yield f"    {explanation(clock)}", "dim"
    stopped = [clock for clock in every if not clock.due]
    for missing in dict.fromkeys(clock.missing for clock in stopped if clock.missing):
        names = dict.fromkeys(_(_LIMITS[one.what]) for one in stopped if one.missing == missing)
        words = _("{limits}无法计算：缺{field}")
        yield "  " + words.format(limits=listed(names), field=_(_FIELDS[missing])), ""
    lapsed = {clock.lapsed.key: clock for clock in stopped if clock.lapsed and not clock.missing}
    for clock in lapsed.values():
        words, why = _("{limit}无法计算：{why}"), lapsed_words(clock.lapsed) if clock.lapsed else ""
        yield "  " + words.format(limit=_(_LIMITS[clock.what]), why=why), ""


def clock_data(found: Iterable[Clock]) -> list[dict[str, Any]]:
    """Return the clocks as JSON values, codes and ISO days; what cannot be computed has a null
    deadline and names the field that is missing.
    """
    return [_data(clock) for clock in found]


def explanation(clock: Clock) -> str:
    """Return why the day is that day: rule, start, what moved it, whether it is certain, source."""
    if clock.rule is None:
        return _("记录里定的日子")
    counted, rule = clock.counted, clock.rule
    parts = [_span(clock, rule)]
    if counted and counted.moved:
        parts.append(_("止于 {day}，那天休息，顺延到下一个工作日").format(day=counted.ends))
    if counted and counted.provisional:
        parts.append(_("暂定：还没有那一年的放假安排"))
    if counted and clock.missing:
        parts.append(_("缺{field}，法律的期限可能更早").format(field=_(_FIELDS[clock.missing])))
    lapsed = [lapsed_words(clock.lapsed)] if clock.lapsed else []
    return listed_apart([*parts, source_words(rule), *_note(rule), *lapsed])


def lapsed_words(rule: Rule) -> str:
    """Return that a rule has ended and what replaced it: 原条文 2025-05-31 为止，新条文未收."""
    successor = rule.replaced_by[-1] if chosen() == "en" else rule.replaced_by[0]
    words = _("{source}用到 {day} 为止，新条文未收：{successor}")
    return words.format(source=source_words(rule), day=rule.in_force_to, successor=successor)


def rule_words(rule: Rule) -> str:
    """Return the limit in words: 自交办之日起 3 个月（涉及面广、处理难度大的 6 个月）."""
    if rule.unit == "date":
        return _("每年 {day}").format(day=rule.month_day)
    words = _("{start}起 {length}").format(
        start=_(_STARTS[rule.from_][0]), length=_length(rule, rule.value)
    )
    if not rule.wide:
        return words
    consent = _("，要经同意") if rule.consent else ""
    aside = _("涉及面广、处理难度大的 {length}{consent}")
    return with_aside(words, aside.format(length=_length(rule, rule.wide), consent=consent))


def source_words(rule: Rule) -> str:
    """Return title and article of the text: 代表法（2025年修正）第五十一条."""
    if not rule.source:
        return _("本办公室自定")
    title = rule.source[-1] if chosen() == "en" else rule.source[0]
    if rule.article is None:
        return title
    article = chinese_integer(rule.article) if chosen() == "zh" else str(rule.article)
    return _("{title}第{article}条").format(title=title, article=article)


def _note(rule: Rule) -> list[str]:
    return [rule.note[-1] if chosen() == "en" else rule.note[0]] if rule.note else []


def _name(clock: Clock) -> str:
    words = _(_LIMITS[clock.what])
    if clock.what is What.CO_OPINION:
        return with_aside(words, listed(clock.who))
    round_ = _("第 {round} 轮").format(round=clock.round) if clock.round > 1 else ""
    return with_aside(words, round_)


def _state(clock: Clock, reply: ReplyLine, as_of: AsOf) -> str:
    done, due = clock.done_on, clock.due
    if done == UNKNOWN:
        return _("已办，日期未载明")
    if done and done <= as_of.day:
        words = _(_DONE[clock.what]).format(day=done)
        return words + _late(done, due)
    return _open(clock, reply, as_of.day)


def _late(done: date, due: date | None) -> str:
    if due is None or done <= due:
        return ""
    return _("，迟 {days} 天").format(days=(done - due).days)


def _open(clock: Clock, reply: ReplyLine, day: date) -> str:
    """A closed window is no delay; an opinion that the reply did without is not awaited."""
    given = replied_on(reply)
    if clock.what is What.CO_OPINION and given is not None and given <= day:
        return _("没有出意见的日期")
    if clock.due is None:
        return ""
    left = (clock.due - day).days
    if left < 0:
        return _("已过") if clock.what is What.RETURN else _("逾期 {days} 天").format(days=-left)
    return _("还有 {days} 天").format(days=left) if left else _("今日到期")


def _span(clock: Clock, rule: Rule) -> str:
    if clock.start is None or clock.counted is None or rule.unit == "date":
        return rule_words(rule)
    words = _("{start}起 {length}，首日不计").format(
        start=_(_STARTS[rule.from_][1]).format(day=clock.start),
        length=_length(rule, rule.length(wide=clock.wide)),
    )
    return with_aside(words, _("涉及面广、处理难度大") if clock.wide and rule.wide else "")


def _length(rule: Rule, count: int) -> str:
    return _(_UNITS[rule.unit]).format(count=count)


def _data(clock: Clock) -> dict[str, Any]:
    rule, counted = clock.rule, clock.counted
    return {
        "what": str(clock.what),
        "round": clock.round,
        "who": list(clock.who),
        "deadline": clock.due,
        "start": clock.start,
        "done_on": None if clock.done_on == UNKNOWN else clock.done_on,
        "done": clock.done_on is not None,
        "missing": clock.missing,
        "provisional": counted.provisional if counted else None,
        "moved_from": counted.ends if counted and counted.moved else None,
        "rule": rule.key if rule else None,
        "source": rule.source[0] if rule and rule.source else None,
        "lapsed": clock.lapsed.key if clock.lapsed else None,
        "article": rule.article if rule else None,
    }
