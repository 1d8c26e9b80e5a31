"""The four charts of the page: what each shows, its title, and the same numbers in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from npcreply.domain.judging.status import Judged
from npcreply.language import _, in_a_row, listed, listed_apart
from npcreply.store.contract.schema import Schema
from npcreply.views.figures import share_text
from npcreply.views.series import (
    Band,
    Bullet,
    Moment,
    Stack,
    ages,
    bullets,
    departments,
)

Kind = Literal["departments", "ages", "trend", "targets"]
Marks: TypeAlias = Sequence[Stack] | Sequence[Band] | Sequence[Moment] | Sequence[Bullet]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart: `words` say all its numbers for those who cannot see it, `note` how to read it,
    `empty` stands in its place where there is nothing to draw.
    """

    kind: Kind
    title: str
    marks: Marks
    words: str
    note: str = ""
    empty: str = ""


def charts(items: Sequence[Judged], trend: Sequence[Moment], schema: Schema) -> tuple[Chart, ...]:
    """Return the four charts in their order."""
    return (_departments(items, schema), _ages(items), _trend(trend), _targets(items))


def _departments(items: Sequence[Judged], schema: Schema) -> Chart:
    stacks = departments(items, schema)
    named = max((stack.total for stack in stacks if not stack.rest), default=0)
    others = any(stack.rest and stack.total > named for stack in stacks)
    return Chart(
        kind="departments",
        title=_("各单位办到哪一步"),
        marks=stacks,
        words=listed_apart(map(stack_words, stacks)),
        note=_("“其余”一行另有比例。") if others else "",
        empty="" if stacks else _("没有符合条件的承诺。"),
    )


def stack_words(stack: Stack) -> str:
    """Return a department's numbers: 市水利局 3 项，逾期 1、推进中 2."""
    parts = listed(f"{part.label} {part.count}" for part in stack.parts)
    return _("{name} {total} 项，{parts}").format(name=stack.name, total=stack.total, parts=parts)


def _ages(items: Sequence[Judged]) -> Chart:
    bands = ages(items)
    late = any(band.count for band in bands)
    return Chart(
        kind="ages",
        title=_("逾期了多久"),
        marks=bands,
        words=listed(f"{band.label} {band.count}" for band in bands),
        empty="" if late else _("没有逾期的承诺。"),
    )


def _trend(trend: Sequence[Moment]) -> Chart:
    return Chart(
        kind="trend",
        title=_("最近十二个月末的逾期项数"),
        marks=trend,
        words=listed(f"{moment.day} {moment.count}" for moment in trend),
        note=_("最后一点是 {day}。").format(day=trend[-1].day) if trend else "",
    )


def _targets(items: Iterable[Judged]) -> Chart:
    found, more, silent = bullets(items)
    note = _("粗竖线是目标；▼ 是数据那天用掉的时间，没有 ▼ 的不知从哪天算起。")
    if more:
        note = in_a_row(note, _("没有画的还有 {count} 个。").format(count=more))
    if silent:
        note = in_a_row(note, _("还没有报过数字的 {count} 个。").format(count=silent))
    return Chart(
        kind="targets",
        title=_("主要目标和用掉的时间"),
        marks=found,
        words=listed_apart(map(bullet_words, found)),
        note=note if found else "",
        empty="" if found else _("没有报过数字的目标。"),
    )


def bullet_words(bullet: Bullet) -> str:
    """Return a target's figures: 2023-107.1 整治河道 ≥12公里：5.5公里 45.8%，时间 49.6%."""
    words = _("{id} {name}：{said}").format(id=bullet.id, name=bullet.name, said=bullet.said)
    if bullet.gone is None:
        return words
    return _("{words}，时间用掉 {share}").format(words=words, share=share_text(bullet.gone))
