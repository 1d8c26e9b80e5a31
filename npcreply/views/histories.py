"""The four states of a reply as people and machines read them, each with its dates and history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from npcreply.domain.judging.handlings import Handling, Stage
from npcreply.domain.judging.reply_states import (
    Answer,
    ClassStep,
    Publicity,
    Span,
    Standing,
    class_steps,
)
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.judging.status import Status
from npcreply.domain.judging.targets import AsOf
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Feedback
from npcreply.domain.record.settings import Settings
from npcreply.language import N_, _, listed
from npcreply.store.contract.schema import Schema
from npcreply.vocabulary import status_word

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
    """Return so many days, of which kind: 43 个工作日（暂定）."""
    if not span.working:
        return _("{days} 天").format(days=span.days)
    words = _("{days} 个工作日（暂定）") if span.provisional else _("{days} 个工作日")
    return words.format(days=span.days)


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
    if found.answer is Answer.WAITING and not told.on:
        return
    if told.publicity is Publicity.WITHHELD:
        words = _("不予公开")
    elif told.on:
        words = _("{day} 发布").format(day=told.on)
        words += _("，答复后 {days}").format(days=days_text(told.lag)) if told.lag else ""
    else:
        words = _("没有发布日期")
        words += _("，答复后已 {days}").format(days=days_text(told.lag)) if told.lag else ""
    yield f"  {_('公开')}  {words}", ""


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
