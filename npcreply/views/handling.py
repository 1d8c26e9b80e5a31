"""How the handling of a reply stands, in four states, and its clocks: as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from npcreply.domain.judging.handlings import Handling, Stage
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.judging.standing import (
    Answer,
    ClassStep,
    Publication,
    Publicity,
    Span,
    Standing,
    class_steps,
)
from npcreply.domain.judging.status import Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Feedback
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.clocks import UNKNOWN, Clock, replied_on
from npcreply.domain.time.rules import YEARLY, Rule, What
from npcreply.grammar.numerals import chinese_integer
from npcreply.language import N_, _, chosen, listed, listed_apart, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.views.words import status_word

Line = tuple[str, str]

MEANINGS: Mapping[Meaning, str] = {
    Meaning.SOLVED: N_("已解决或基本解决"),
    Meaning.ADOPTED: N_("已解决或采纳"),
    Meaning.GOING_ON: N_("正在解决"),
    Meaning.PLANNED: N_("列入计划"),
    Meaning.NOT_NOW: N_("一时不能解决"),
    Meaning.REFERENCE: N_("留作参考"),
    Meaning.ABOVE: N_("属上级职权"),
    Meaning.UNKNOWN: N_("意思不明"),
}
_AXES = ("attitude", "result")


def standing_lines(found: Standing, schema: Schema) -> Iterator[Line]:
    """Yield the lines of the four states and of publication, each followed by its history."""
    yield from _answer(found)
    yield from _satisfaction(found, schema)
    yield from _classes(found)
    yield from _promises(found)
    yield from _publication(found)


def standing_data(found: Standing) -> dict[str, Any]:
    """Return the four states as JSON values, in codes."""
    rated, last = found.rated, found.classes[-1] if found.classes else None
    return {
        "answer": str(found.answer),
        "rounds": [_round_data(one) for one in found.rounds],
        "satisfaction": {"round": rated.round, "attitude": rated.attitude, "result": rated.result}
        if rated
        else None,
        "class": _class_data(last) if last else None,
        "classes": [_class_data(step) for step in found.classes],
        "keeping": str(found.keeping),
        "promises": {str(s): found.promises[s] for s in Status if found.promises.get(s)},
        "publication": {
            "publicity": str(found.publication.publicity),
            "on": found.publication.on,
            "days": found.publication.lag.days if found.publication.lag else None,
            "working_days": found.publication.lag.working if found.publication.lag else None,
        },
    }


def class_name(reply: ReplyLine, settings: Settings, as_of: AsOf) -> str:
    """Return the class of the day with its scheme: B（zhejiang）."""
    steps = class_steps(reply.classes, as_of, settings.class_scheme)
    if not steps:
        return _("没有分类")
    words = _("{letter}（{scheme}）") if steps[-1].scheme else _("{letter}（没有写办法）")
    return words.format(letter=steps[-1].given.letter, scheme=steps[-1].scheme)


def meaning_word(meaning: Meaning) -> str:
    """Return what a class means as people say it."""
    return _(MEANINGS[meaning])


def days_text(span: Span) -> str:
    """Return so many days, and how many of them were worked: 158 天（108 个工作日）."""
    days = _("{days} 天").format(days=span.days)
    if span.working is None:
        return days
    words = _("{days} 个工作日，暂定") if span.provisional else _("{days} 个工作日")
    return with_aside(days, words.format(days=span.working))


def _answer(found: Standing) -> Iterator[Line]:
    first, further = found.rounds[0], found.rounds[1:]
    yield f"  {_('办复')}  {_first_answer(found, first)}", ""
    yield from ((f"    {_further(one)}", "soon" if one.owed else "") for one in further)


def _first_answer(found: Standing, first: Handling) -> str:
    if found.answer is Answer.UNDATED:
        return _("已答复，日期未载明")
    if found.answer is Answer.WAITING:
        if not first.assigned_on:
            return _("尚未答复")
        days = (found.as_of.day - first.assigned_on).days
        return _("尚未答复，交办后已 {days} 天").format(days=days)
    words = _("{day} 已答复").format(day=first.reply_date)
    if not first.assigned_on or not first.reply_date or first.reply_date < first.assigned_on:
        return words  # `check` doubts an answer before the hand-over
    days = (first.reply_date - first.assigned_on).days
    return words + _("，交办后 {days} 天").format(days=days)


def _further(one: Handling) -> str:
    words = {
        Stage.OWED: _("应再次办理，还没有交办"),
        Stage.HANDED: _("正在办理"),
        Stage.ANSWERED: "",
        Stage.RATED: "",
    }[one.stage]
    parts = (
        _("第 {round} 轮").format(round=one.round),
        _("{day} 再次交办").format(day=one.assigned_on) if one.assigned_on else "",
        _("{day} 再次答复").format(day=one.reply_date) if one.reply_date else "",
        words,
        _("原因 {reason}").format(reason=one.reason) if one.reason else "",
    )
    return "  ".join(filter(None, parts))


def _satisfaction(found: Standing, schema: Schema) -> Iterator[Line]:
    """The rating that counts, then the earlier ones, newest first."""
    rated = found.rated
    if rated is None:
        yield f"  {_('满意')}  {_('尚无评价')}", ""
        return
    yield f"  {_('满意')}  {_rating(rated, rated, rated.ratings[-1], schema)}", ""
    given = [(one, item) for one in found.rounds for item in one.ratings]
    for one, item in reversed(given):
        if item is not rated.ratings[-1]:
            yield f"    {_before(_rating(item, one, item, schema))}", ""


def _rating(axes: Handling | Feedback, one: Handling, item: Feedback, schema: Schema) -> str:
    said = [
        _("{label} {word}").format(
            label=schema.label(axis, "feedback"), word=schema.word(axis, getattr(axes, axis))
        )
        for axis in _AXES
        if getattr(axes, axis)
    ]
    parts = (
        listed(said),
        _("第 {round} 轮").format(round=one.round),
        str(item.on or _("日期未载明")),
        item.note or "",
    )
    return "  ".join(filter(None, parts))


def _classes(found: Standing) -> Iterator[Line]:
    """The class of the day, then the earlier ones, newest first."""
    if not found.classes:
        yield f"  {_('解决')}  {_('没有分类')}", ""
        return
    now, *earlier = reversed(found.classes)
    yield f"  {_('解决')}  {_class(now)}", "soon" if now.unproved else ""
    for step in earlier:
        yield f"    {_before(_class(step))}", "soon" if step.unproved else ""


def _class(step: ClassStep) -> str:
    evidence = step.given.evidence
    parts = (
        f"{step.given.letter}  {_meaning(step)}",
        str(step.given.on or _("日期未载明")),
        _("依据 {evidence}").format(evidence=evidence) if evidence else "",
        _("改为解决，没有依据") if step.unproved else "",
    )
    return "  ".join(filter(None, parts))


def _meaning(step: ClassStep) -> str:
    if not step.scheme:
        return _("意思不明：没有写分类办法")
    return _("{meaning}（{scheme} 办法）").format(
        meaning=meaning_word(step.meaning), scheme=step.scheme
    )


def _before(words: str) -> str:
    return _("此前  {words}").format(words=words)


def _promises(found: Standing) -> Iterator[Line]:
    count = sum(found.promises.values())
    parts = listed(
        f"{status_word(status).label} {found.promises[status]}"
        for status in Status
        if found.promises.get(status)
    )
    words = _("承诺 {count} 项：{parts}").format(count=count, parts=parts)
    if not count:
        words = _("尚未答复") if found.answer is Answer.WAITING else _("没有承诺")
    yield f"  {_('落实')}  {words}", ""


def _publication(found: Standing) -> Iterator[Line]:
    told = found.publication
    if found.answer is not Answer.WAITING or told.on:
        yield f"  {_('公开')}  {publication_text(told)}", ""


def publication_text(told: Publication) -> str:
    """Return when a reply was published, how long after its day; or how long it has not been."""
    if told.publicity is Publicity.WITHHELD:
        return _("不予公开")
    if told.on:
        words = _("{day} 发布").format(day=told.on)
        return words + (_("，答复后 {days}").format(days=days_text(told.lag)) if told.lag else "")
    words = _("没有发布日期")
    return words + (_("，答复后已 {days}").format(days=days_text(told.lag)) if told.lag else "")


def _round_data(one: Handling) -> dict[str, Any]:
    return {
        "round": one.round,
        "stage": str(one.stage),
        "assigned_on": one.assigned_on,
        "reply_date": one.reply_date,
        "attitude": one.attitude,
        "result": one.result,
        "rated_on": one.rated_on,
    }


def _class_data(step: ClassStep) -> dict[str, Any]:
    return {
        "letter": step.given.letter,
        "scheme": step.scheme,
        "meaning": str(step.meaning),
        "on": step.given.on,
        "evidence": step.given.evidence,
        "unproved": step.unproved,
    }


_LIMITS = {
    What.RETURN: N_("退回期限"),
    What.CONTACT: N_("联系代表期限"),
    What.CO_OPINION: N_("会办意见期限"),
    What.REPLY: N_("答复期限"),
    What.FEEDBACK: N_("反馈期限"),
    What.REHANDLING: N_("再次办理期限"),
    What.DISCLOSURE: N_("公开期限"),
    What.HANDLING_REPORT: N_("研究处理情况报告期限"),
    What.PROGRESS_NOTICE: N_("落实情况告知期限"),
    What.PROGRESS_RATING: N_("落实情况评价期限"),
    What.PROGRESS_REPORT: N_("落实情况报告期限"),
}
_DONE = {
    What.RETURN: N_("{day} 已退回"),
    What.CONTACT: N_("{day} 已联系"),
    What.CO_OPINION: N_("{day} 已出意见"),
    What.REPLY: N_("{day} 已答复"),
    What.FEEDBACK: N_("{day} 已反馈"),
    What.REHANDLING: N_("{day} 已答复"),
    What.DISCLOSURE: N_("{day} 已公开"),
    What.HANDLING_REPORT: N_("{day} 已报告"),
    What.PROGRESS_NOTICE: N_("{day} 已告知"),
    What.PROGRESS_RATING: N_("{day} 已评价"),
    What.PROGRESS_REPORT: N_("{day} 已报告"),
}
_FIELDS = {
    "assigned_on": N_("交办日期（assigned_on）"),
    "received_on": N_("签收日期（received_on）"),
    "reply_date": N_("答复日期（reply_date）"),
    "rounds.assigned_on": N_("再次交办日期（rounds 的 assigned_on）"),
    "feedback.on": N_("评价日期（feedback 的 on）"),
    "progress_notices.on": N_("告知日期（progress_notices 的 on）"),
}
_STARTS = {
    "assigned": (N_("自交办之日"), N_("自交办（{day}）")),
    "received": (N_("自签收之日"), N_("自签收（{day}）")),
    "replied": (N_("自答复之日"), N_("自答复（{day}）")),
    "reassigned": (N_("自再次交办之日"), N_("自再次交办（{day}）")),
    "rated": (N_("自评价之日"), N_("自评价（{day}）")),
    "told": (N_("自告知之日"), N_("自告知（{day}）")),
}
_YEARS = {1: N_("当年答复的承诺"), 2: N_("当年和上一年答复的承诺")}
_UNITS = {
    "day": N_("{count} 日"),
    "working_day": N_("{count} 个工作日"),
    "month": N_("{count} 个月"),
}


def clock_lines(found: Iterable[Clock], reply: ReplyLine, as_of: AsOf) -> Iterator[Line]:
    """Yield two lines a clock, the last day with how it stands, then rule, start and source, which
    what is told every year gives once; one line for all that cannot be computed for want of the
    same day.
    """
    every, explained = list(found), set()
    for clock in every:
        if clock.due:
            late = (clock.done_on or as_of.day) > clock.due
            state = _state(clock, reply, as_of)
            yield f"  {_name(clock)}  {clock.due}  {state}".rstrip(), "soon" if late else ""
            why = explanation(clock)
            if clock.what not in YEARLY or why not in explained:
                yield f"    {why}", "dim"
            explained.add(why)
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
    if clock.assumed and clock.assumed != rule.from_:
        parts.append(_("还没有再次交办，先照评价那天算，交办以后从交办之日起算"))
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
    if rule.unit == "span":
        return _span_words(rule)
    words = _("{start}起 {length}").format(
        start=_(_STARTS[rule.from_][0]), length=_length(rule, rule.value)
    )
    if not rule.wide:
        return words
    consent = _("，要经同意") if rule.consent else ""
    aside = _("涉及面广、处理难度大的 {length}{consent}")
    return with_aside(words, aside.format(length=_length(rule, rule.wide), consent=consent))


def _span_words(rule: Rule) -> str:
    """Return when in the year and of which promises: 每年 10-01 至 12-31（当年和上一年的承诺）."""
    spans = [span.replace("至", _(" 至 ")) for span in rule.spans]
    words = _("每年 {spans}").format(spans=listed(spans))
    aside = _(_YEARS.get(rule.years or 0, N_("{years} 年以内答复的承诺")))
    return with_aside(words, aside.format(years=rule.years) if rule.years else "")


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
    if clock.what in YEARLY and clock.due:
        return with_aside(words, str(clock.due.year))
    round_ = _("第 {round} 轮").format(round=clock.round) if clock.round > 1 else ""
    return with_aside(words, round_)


def _state(clock: Clock, reply: ReplyLine, as_of: AsOf) -> str:
    done, due = clock.done_on, clock.due
    if done == UNKNOWN:
        return _("已办，日期未载明")
    if done and as_of.has_come(done):
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
    if clock.start is None or clock.counted is None or rule.unit in ("date", "span"):
        return rule_words(rule)
    words = _("{start}起 {length}，首日不计").format(
        start=_(_STARTS[clock.assumed or rule.from_][1]).format(day=clock.start),
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
        "assumed_start": clock.assumed,
        "provisional": counted.provisional if counted else None,
        "moved_from": counted.ends if counted and counted.moved else None,
        "rule": rule.key if rule else None,
        "source": rule.source[0] if rule and rule.source else None,
        "lapsed": clock.lapsed.key if clock.lapsed else None,
        "article": rule.article if rule else None,
    }
