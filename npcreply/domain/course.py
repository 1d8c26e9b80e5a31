"""How far a number is on its way: since when it is counted, what share of time and goal is behind
it, how fast it went, what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from npcreply.domain.forecasts import Forecast, Point, forecast
from npcreply.domain.lines import MeasureLine
from npcreply.domain.model import Measure, Target
from npcreply.domain.periods import counts_from_reply, months_between, named_start
from npcreply.domain.targets import (
    DOWNWARD,
    AsOf,
    TargetState,
    comparator_of,
    counts_up,
    figures_for,
    goal_of,
    kind_of,
    seen,
)
from npcreply.domain.units import exact


class Since(StrEnum):
    """Where the start of a target's time comes from."""

    GIVEN = "given"
    BASELINE = "baseline"
    WORDS = "words"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Start:
    """The first day of a target's time, and what says so."""

    day: date
    since: Since


@dataclass(frozen=True, slots=True)
class Span:
    """Days gone of all days of a target's time, first and last day within."""

    gone: int
    all: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.gone, self.all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A target on a day. Levels are in the target's unit, shares parts of one; `span` ends with the
    figure's day; `base` is what is counted from, `speed` the average a month so far, `needed` what
    is left to do and `months`, `days` the time left for it.
    """

    state: TargetState
    start: Start | None = None
    span: Span | None = None
    base: Fraction | None = None
    reached: Fraction | None = None
    forecast: Forecast | None = None
    speed: Fraction | None = None
    needed: Fraction | None = None
    months: Fraction | None = None
    days: int | None = None

    @property
    def goal(self) -> Decimal | None:
        """Return the level to reach."""
        return goal_of(self.state.target, self.state.value)

    @property
    def lag(self) -> Fraction | None:
        """Return how far the share reached lies behind that of time, less than 0 when ahead."""
        if self.span is None or self.reached is None:
            return None
        return self.span.share - self.reached

    @property
    def out_of_reach(self) -> bool:
        """Return whether the goal is missed even at the fastest speed so far."""
        if not self.forecast or self.forecast.high is None or self.forecast.low is None:
            return False
        if self.goal is None or self.base is None:
            return False
        rising = self.goal > self.base
        return self.forecast.high < self.goal if rising else self.forecast.low > self.goal


def course_of(line: MeasureLine, state: TargetState, as_of: AsOf) -> Course:
    """Return how far a target is on the day."""
    start = start_of(line, state.target)
    return Course(
        state=state,
        start=start,
        span=_span(start, state, as_of.day),
        **_reckoned(line.measure, state, start, as_of),
    )


def start_of(line: MeasureLine, target: Target) -> Start | None:
    """Return the first day of the target's time: its own `start`; the day after a level's dated
    baseline; the first day of the period that the deadline's words name (全年); the day after the
    reply where they count from it (三个月内). None where none of these says it: 年底 names an end.
    """
    if target.start:
        return Start(target.start, Since.GIVEN)
    baseline = target.baseline
    if baseline and baseline.on and kind_of(target) == "level":
        return Start(_next(baseline.on), Since.BASELINE)
    own = target.deadline if target.deadline and target.deadline.date else None
    deadline = own or line.measure.deadline
    if deadline is None or deadline.date is None or not deadline.words:
        return None
    named = named_start(deadline.words, deadline.date)
    if named:
        return Start(named, Since.WORDS)
    reply_date = line.replied
    if reply_date and counts_from_reply(deadline.words):
        return Start(_next(reply_date), Since.REPLY)
    return None


def is_paced(target: Target) -> bool:
    """Return whether the calendar paces it: what adds up, or sinks from a known baseline."""
    downward = comparator_of(target) in DOWNWARD
    return counts_up(target) and not (downward and target.baseline is None)


def _span(start: Start | None, state: TargetState, day: date) -> Span | None:
    """Return how much of the time was gone on the figure's day; on the day judged for where it has
    none, or the deadline has passed.
    """
    if start is None or state.deadline is None or state.deadline < start.day:
        return None
    told = day if state.as_of is None or day > state.deadline else state.as_of
    before = start.day.toordinal() - 1
    gone = min(told, state.deadline).toordinal() - before
    return Span(max(gone, 0), state.deadline.toordinal() - before)


def _reckoned(
    measure: Measure, state: TargetState, start: Start | None, as_of: AsOf
) -> dict[str, Any]:
    """Return what can be reckoned of a level: shares, speeds, the forecast, what is left to do."""
    target, goal = state.target, goal_of(state.target, state.value)
    latest = _exact(state.printed, state.printed_unit, target)
    if latest is None or goal is None or not is_paced(target):
        return {}
    base = _base(target)
    found: dict[str, Any] = {"base": base}
    if goal != base:
        found["reached"] = (latest - base) / (Fraction(goal) - base)
    if start and state.as_of and state.as_of >= start.day > date.min:
        found["speed"] = (latest - base) / months_between(_before(start.day), state.as_of)
    if state.deadline and as_of.day < state.deadline and not state.met:
        origin = Point(start.day.toordinal() - 1, base) if start else None
        points = _points(measure, target, as_of)
        found["forecast"] = forecast(origin, points, state.deadline)
        found["needed"] = Fraction(goal) - latest
        found["months"] = months_between(as_of.day, state.deadline)
        found["days"] = (state.deadline - as_of.day).days
    return found


def _points(measure: Measure, target: Target, as_of: AsOf) -> Iterator[Point]:
    for entry in figures_for(target, measure, seen(measure.log, as_of)):
        level = _exact(entry.value, entry.unit or target.unit, target)
        if entry.on and level is not None:
            yield Point(entry.on.toordinal(), level)


def _exact(value: Decimal | None, unit: str | None, target: Target) -> Fraction | None:
    return None if value is None else exact(value, unit, target.unit)


def _base(target: Target) -> Fraction:
    """Return the level counted from: a level's baseline; a year's total starts from nothing, also
    where the goal is a multiple of another year's.
    """
    own = target.baseline if kind_of(target) == "level" else None
    return Fraction(own.value) if own else Fraction(0)


def _next(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
