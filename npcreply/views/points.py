"""The doubtful values of what is taken, as a clerk is asked for them and told of them."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.extract.model import Drafted, Figure, Goal
from npcreply.extract.points import Point
from npcreply.extract.record import short
from npcreply.language import N_, _, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.views.drafts import Line, figure_words, goal_words

NAMES = {
    "deadline": N_("时限"),
    "due": N_("目标的时限"),
    "department": N_("责任单位"),
    "cadence": N_("周期"),
    "target": N_("目标"),
    "indicator": N_("指标的名称"),
    "figure": N_("已报的数"),
    "as_of": N_("已报数的日期"),
}
_HINTS = {
    "deadline": N_("日子"),
    "due": N_("日子"),
    "department": N_("单位"),
    "cadence": N_("周期，如 每季度"),
    "target": N_("指标，如 新增泊位1200个"),
    "indicator": N_("名称，如 新增泊位"),
    "figure": N_("数，如 5.5公里"),
    "as_of": N_("日子"),
}


def point_lines(point: Point, schema: Schema) -> Iterator[Line]:
    """Yield what is in doubt and what spoke against it."""
    words = _("{number} 的{name}  {value}？")
    name, value = _(NAMES[point.what]), point_value(point, schema)
    yield words.format(number=point.number, name=name, value=value), ""
    if point.goal and point.what not in ("target", "indicator"):
        yield "        " + _("指标  {goal}").format(goal=goal_words(point.goal)), "dim"
    yield "        " + _("存疑：{reason}").format(reason=point.doubt.message), "soon"


def point_value(point: Point, schema: Schema) -> str:
    """Return the value as it would be taken, with the words it came from."""
    told = point.told
    if isinstance(told, Goal):
        return short(told.quote) if point.what == "indicator" else goal_words(told)
    if isinstance(told, Figure):
        return with_aside(figure_words(told), told.indicator)
    return with_aside(_said(point.what, told, schema), _("“{words}”").format(words=told.words))


def _said(what: str, told: Drafted[object], schema: Schema) -> str:
    return schema.word("cadence", told.value) if what == "cadence" else str(told.value)


def question(point: Point) -> str:
    """Return what is asked: to take it, to leave it, or what is right."""
    hint = _(_HINTS[point.what])
    if point.what == "indicator":
        return _("写{hint}；回车=用这句话当名称，v=看原文，<=退回，q=存草稿退出").format(hint=hint)
    return _("采用吗？y=采用，回车=不录，或写{hint}；v=看原文，<=退回，q=存草稿退出").format(
        hint=hint
    )
