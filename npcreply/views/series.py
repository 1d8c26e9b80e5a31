"""What the charts of the page show: departments by state, age of the overdue, months, targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from npcreply.domain.judging.pace import Course
from npcreply.domain.judging.status import CLOSED, KEPT, Judged, Status, paces_of
from npcreply.language import N_, _, with_aside
from npcreply.store.contract.schema import Schema
from npcreply.table import Style
from npcreply.views.counts import BY
from npcreply.views.figures import farthest, figure_text, share_text

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
class Moment:
    """So many promises late on a day."""

    day: date
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
    way, groups = BY["dept"], grouped(items, schema)

    def key(name: str) -> tuple[object, ...]:
        late = sum(item.status is Status.OVERDUE for item in groups[name])
        return (-late, -len(groups[name]), way.order(name, schema))

    names = sorted(groups, key=key)
    shown = names if len(names) <= most else names[: most - 1]
    rest = [item for name in names[len(shown) :] for item in groups[name]]
    stacks = [Stack(name, _parts(groups[name])) for name in shown]
    if rest:
        other = _("其余 {count} 个单位").format(count=len(names) - len(shown))
        stacks.append(Stack(other, _parts(rest), rest=True))
    return stacks


def grouped(items: Iterable[Judged], schema: Schema) -> dict[str, list[Judged]]:
    """Return the promises by who must act; one of several departments stands under them all."""
    groups: dict[str, list[Judged]] = {}
    for item in items:
        groups.setdefault(BY["dept"].of(item, schema), []).append(item)
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
    told.sort(key=lambda t: (not t[0].reply.key, order.index(t[0].status), t[2], t[0].id))
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
    return Bullet(item.id, name, said, share, gone, style)
