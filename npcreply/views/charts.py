"""The four charts of the page: what each shows, its title, and the same numbers in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

from npcreply.dataclass import dataclass
from npcreply.domain.judging.pace import Course
from npcreply.domain.judging.status import CLOSED, KEPT, Judged, Status, paces_of
from npcreply.domain.record.names import number_order
from npcreply.domain.review import Moment
from npcreply.language import N_, _, in_a_row, listed, listed_apart, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.table import Style
from npcreply.views.duties import group_name
from npcreply.views.numbers import farthest, figure_text, share_text
from npcreply.views.statistics import COUNTED_BY

DEPARTMENTS, TARGETS = 8, 6  # what one page of paper has room for


@dataclass(frozen=True, slots=True)
class State:
    """Statuses that a chart does not tell apart."""

    label: str
    style: Style
    statuses: frozenset[Status]


STATES = (
    State(N_("逾期"), "late", frozenset({Status.OVERDUE})),
    State(N_("待销号"), "verify", frozenset({Status.TO_VERIFY})),
    State(N_("临期"), "soon", frozenset({Status.DUE_TODAY, Status.DUE_SOON})),
    State(N_("推进中"), "", frozenset({Status.OPEN})),
    State(N_("已兑现"), "done", KEPT),
    State(N_("未定时限"), "undated", frozenset({Status.UNDATED, Status.CONDITIONAL})),
    State(N_("已终止"), "dropped", CLOSED - KEPT),
)
_BANDS = (
    (N_("30 天以内"), 30),
    (N_("31-90 天"), 90),
    (N_("91-180 天"), 180),
    (N_("181-365 天"), 365),
    (N_("一至两年"), 730),
    (N_("两年以上"), None),
)


@dataclass(frozen=True, slots=True)
class Part:
    """So many promises in one state."""

    label: str
    style: Style
    count: int


@dataclass(frozen=True, slots=True)
class Stack:
    """One department, or the `rest` of them: its promises by state, states without any left out."""

    name: str
    parts: tuple[Part, ...]
    rest: bool = False

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class Band:
    """So many promises late by so many days."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Bullet:
    """A target with its figure: `reached` is the share of the goal (1: reached, of a ceiling: used
    up), `gone` that of its time on the figure's day, None where nobody knows since when it counts.
    """

    id: str
    name: str
    said: str
    reached: Fraction
    gone: Fraction | None
    style: Style


def departments(items: Sequence[Judged], schema: Schema, most: int = DEPARTMENTS) -> list[Stack]:
    """Return the departments with most late promises first, those past `most` as one row: every
    promise is counted once, so that the rows add up to all of them.
    """
    way, groups = COUNTED_BY["dept"], grouped(items)

    def key(name: str) -> tuple[object, ...]:
        late = sum(item.status is Status.OVERDUE for item in groups[name])
        return (-late, -len(groups[name]), way.order(name, schema))

    names = sorted(groups, key=key)
    shown = names if len(names) <= most else names[: most - 1]
    rest = [item for name in names[len(shown) :] for item in groups[name]]
    stacks = [Stack(name, _parts(groups[name])) for name in shown]
    if rest:
        other = _("其余 {count} 组单位").format(count=len(names) - len(shown))
        stacks.append(Stack(other, _parts(rest), rest=True))
    return stacks


def grouped(items: Iterable[Judged]) -> dict[str, list[Judged]]:
    """Return the promises by who must act; one of several departments stands under them all."""
    groups: dict[str, list[Judged]] = {}
    for item in items:
        groups.setdefault(group_name(item, "dept"), []).append(item)
    return groups


def _parts(items: Iterable[Judged]) -> tuple[Part, ...]:
    counted = Counter(item.status for item in items)
    counts = ((state, sum(counted[status] for status in state.statuses)) for state in STATES)
    return tuple(Part(_(state.label), state.style, count) for state, count in counts if count)


def ages(items: Iterable[Judged]) -> list[Band]:
    """Return how many promises are late, by how long; every band, also those without any."""
    days = [item.days_late for item in items if item.days_late is not None]
    bands, past = [], 0
    for label, last in _BANDS:
        count = sum(past < late and (last is None or late <= last) for late in days)
        bands.append(Band(_(label), count))
        past = last or past
    return bands


def bullets(items: Iterable[Judged], most: int = TARGETS) -> tuple[list[Bullet], int, int]:
    """Return the main targets of open promises, how many more have a figure, how many have none.

    A promise's main target is the one its row shows, the farthest from its goal. Those under key
    supervision come first, then in the order of attention, the least reached before others.
    """
    mains = [pair for item in items if item.status not in CLOSED and (pair := _main(item))]
    told = [(*pair, share) for pair in mains if (share := _reached(pair[1])) is not None]
    order = list(Status)
    told.sort(
        key=lambda t: (not t[0].reply.key, order.index(t[0].status), t[2], number_order(t[0].id))
    )
    found = [_bullet(*one) for one in told[:most]]
    return found, len(told) - len(found), len(mains) - len(told)


def _main(item: Judged) -> tuple[Judged, Course] | None:
    state = farthest(item)
    courses = (pace.course for pace in paces_of(item)) if state else ()
    return next(((item, course) for course in courses if course.state == state), None)


def _reached(course: Course) -> Fraction | None:
    """A figure held against zero or nothing has no share."""
    state = course.state
    if course.reached is not None or state.latest is None or not state.value:
        return course.reached
    return Fraction(state.latest) / Fraction(state.value)


def _bullet(item: Judged, course: Course, share: Fraction) -> Bullet:
    state = course.state
    name = with_aside(state.target.indicator, state.target.scope or "")
    counted = (share_text(share),) if course.reached is not None else ()
    said = " ".join((figure_text(state), *counted))
    style = next(one.style for one in STATES if item.status in one.statuses)
    gone = course.span.share if course.span else None
    if not state.met:  # a figure of mid-period above its goal is no full bar
        share = min(share, _NOT_FULL)
    return Bullet(item.id, name, said, share, gone, style)


_NOT_FULL = Fraction(97, 100)

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
        title=_("最近十二个月末逾期的承诺项数"),
        marks=trend,
        words=listed(f"{moment.day} {moment.count}" for moment in trend),
        note=_("最后一点是 {day}。").format(day=trend[-1].day) if trend else "",
    )


def _marks(found: Sequence[Bullet]) -> str:
    """Return what the marks mean that are drawn, none other."""
    timed = [bullet for bullet in found if bullet.gone is not None]
    goal = _("粗竖线是目标。") if found else ""
    time = _("▼ 是数据那天用掉的时间。") if timed else ""
    without = _("没有 ▼ 的不知从哪天算起。") if 0 < len(timed) < len(found) else ""
    return in_a_row(in_a_row(goal, time), without)


def _targets(items: Iterable[Judged]) -> Chart:
    found, more, silent = bullets(items)
    note = _marks(found)
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
