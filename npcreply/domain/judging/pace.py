"""Whether a number is on its way: the share reached against the share of its time that is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from npcreply.dataclass import dataclass
from npcreply.domain.judging.targets import (
    DOWNWARD,
    TargetState,
    comparator_of,
    counts_up,
    figures_for,
    goal_of,
    holds,
    kind_of,
)
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.model import Measure, Target
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, seen
from npcreply.grammar.calendar_periods import months_between
from npcreply.grammar.days import counts_from_reply, named_start
from npcreply.grammar.units import exact

METHOD = "average_speed"
APART = 7  # days: over less than a week a speed says nothing


@dataclass(frozen=True, slots=True)
class Point:
    """A level at the end of a day; the day as an ordinal: before the first date is one too."""

    day: int
    level: Fraction


@dataclass(frozen=True, slots=True)
class Forecast:
    """The level at the deadline by the average speed, and by the slowest and the fastest speed
    between two neighbouring figures; no range where there is only one speed.
    """

    value: Fraction
    low: Fraction | None = None
    high: Fraction | None = None


def forecast(origin: Point | None, figures: Iterable[Point], deadline: date) -> Forecast | None:
    """Return the level at the deadline; None with fewer than two figures, or after the deadline.

    The last figure moves on at the average speed since the `origin` (since the first figure where
    there is none). A figure between two others that lies on their line changes nothing.
    """
    known = _apart(figures)
    left = deadline.toordinal() - known[-1].day if known else 0
    if len(known) < 2 or left <= 0:
        return None
    points = [origin, *known] if origin and origin.day < known[0].day else known
    last = points[-1]
    speeds = [_speed(before, after) for before, after in pairwise(points)]
    value = last.level + left * _speed(points[0], last)
    if len(speeds) < 2:
        return Forecast(value)
    return Forecast(value, last.level + left * min(speeds), last.level + left * max(speeds))


def _apart(figures: Iterable[Point]) -> Sequence[Point]:
    """Return the figures by day, the last one always, those before it at least `APART` days apart;
    of one day the later entry counts.
    """
    kept: list[Point] = []
    for point in sorted(figures, key=lambda point: point.day)[::-1]:
        if not kept or kept[-1].day - point.day >= APART:
            kept.append(point)
    return kept[::-1]


def _speed(before: Point, after: Point) -> Fraction:
    return (after.level - before.level) / (after.day - before.day)


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


@dataclass(frozen=True, slots=True)
class Left:
    """What is left to do, and the months or days for it."""

    amount: Fraction
    months: Fraction
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A target on a day. Levels are in the target's unit, shares parts of one; `span` ends with the
    figure's day. What not every verdict asks for is reckoned when asked.
    """

    line: MeasureLine
    state: TargetState
    as_of: AsOf
    start: Start | None
    span: Span | None

    @property
    def base(self) -> Fraction | None:
        """Return what is counted from."""
        return _shares(self.state)[0]

    @property
    def reached(self) -> Fraction | None:
        """Return the share of its way that is behind it."""
        return _shares(self.state)[1]

    @property
    def goal(self) -> Decimal | None:
        """Return the level to reach."""
        return goal_of(self.state.target, self.state.value)

    @property
    def lag(self) -> Fraction | None:
        """Return how far the share reached lies behind that of time, less than 0 when ahead."""
        reached = self.reached if self.span else None
        return None if self.span is None or reached is None else self.span.share - reached

    @property
    def speed_a_day(self) -> Fraction | None:
        """Return the average a day from the start to the last figure."""
        start, reported, latest = self.start, self.state.as_of, _latest(self.state)
        base = self.base
        if base is None or latest is None or not start or not reported:
            return None
        if not date.min < start.day <= reported:
            return None
        return (latest - base) / ((reported - start.day).days + 1)

    @property
    def speed(self) -> Fraction | None:
        """Return the average a month from the start to the last figure."""
        start, reported, latest = self.start, self.state.as_of, _latest(self.state)
        base = self.base
        if base is None or latest is None or not start or not reported:
            return None
        if not date.min < start.day <= reported:
            return None
        return (latest - base) / months_between(_before(start.day), reported)

    @property
    def left(self) -> Left | None:
        """Return what is left to do and the time for it; None once it is done or the time is up."""
        due, latest = self.state.deadline, _latest(self.state)
        if self.base is None or latest is None or self.goal is None:
            return None
        if self.state.met or due is None or not self.as_of.days_left(due):
            return None
        day = self.as_of.day
        return Left(Fraction(self.goal) - latest, months_between(day, due), (due - day).days)

    @property
    def forecast(self) -> Forecast | None:
        """Return the level at the deadline by the speeds so far, while something is left to do."""
        base = self.base
        if self.left is None or base is None or self.state.deadline is None:
            return None
        origin = Point(self.start.day.toordinal() - 1, base) if self.start else None
        points = _points(self.line.measure, self.state.target, self.as_of)
        return forecast(origin, points, self.state.deadline)

    @property
    def out_of_reach(self) -> bool:
        """Return whether the goal is missed even at the fastest speed so far."""
        found = self.forecast
        if not found or found.high is None or found.low is None:
            return False
        goal, base = self.goal, self.base
        if goal is None or base is None:
            return False
        return found.high < goal if goal > base else found.low > goal


def course_of(line: MeasureLine, state: TargetState, as_of: AsOf) -> Course:
    """Return how far a target is on the day."""
    start = start_of(line, state.target)
    span = _span(start, state, as_of)
    return Course(line=line, state=state, as_of=as_of, start=start, span=span)


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


def _span(start: Start | None, state: TargetState, as_of: AsOf) -> Span | None:
    """Return how much of the time was gone on the figure's day; on the day judged for where it has
    none, or the deadline has passed.
    """
    if start is None or state.deadline is None or state.deadline < start.day:
        return None
    over = as_of.is_over(state.deadline)
    reached = as_of.day if state.as_of is None or over else state.as_of
    before = start.day.toordinal() - 1
    gone = min(reached, state.deadline).toordinal() - before
    return Span(max(gone, 0), state.deadline.toordinal() - before)


def _shares(state: TargetState) -> tuple[Fraction | None, Fraction | None]:
    """Return what a level is counted from, and the share of its way that is behind it."""
    latest, goal = _latest(state), goal_of(state.target, state.value)
    if latest is None or goal is None or not is_paced(state.target):
        return None, None
    base = _base(state.target)
    return base, None if goal == base else (latest - base) / (Fraction(goal) - base)


def _latest(state: TargetState) -> Fraction | None:
    return _exact(state.printed, state.printed_unit, state.target)


def _points(measure: Measure, target: Target, as_of: AsOf) -> Iterator[Point]:
    for entry in figures_for(target, measure, seen(measure.log, as_of), as_of):
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


class Verdict(StrEnum):
    """What the figures say on a day; from NO_FIGURE on there is no pace, and the word says why."""

    MISSED = "missed"
    NO_FINAL = "no_final"
    BROKEN = "broken"
    UNREACHABLE = "unreachable"
    FAR_BEHIND = "far_behind"
    BEHIND = "behind"
    MID_SHORT = "mid_short"
    STALE = "stale"
    SILENT = "silent"
    MID_REACHED = "mid_reached"
    KEPT = "kept"
    ON_PACE = "on_pace"
    MET = "met"
    NO_FIGURE = "no_figure"
    NO_DEADLINE = "no_deadline"
    NO_START = "no_start"
    NO_VALUE = "no_value"
    UNDATED_FIGURE = "undated_figure"
    EARLY_FIGURE = "early_figure"
    UNLIKE_UNITS = "unlike_units"


GOOD = frozenset({Verdict.MID_REACHED, Verdict.KEPT, Verdict.ON_PACE})


@dataclass(frozen=True, slots=True)
class Pace:
    """A target's way so far, and what is to be said of it."""

    course: Course
    verdict: Verdict


def paces(
    line: MeasureLine, states: Iterable[TargetState], as_of: AsOf, settings: Settings
) -> list[Pace]:
    """Return the pace of every target owed; a number that is forecast is owed by nobody."""
    courses = [course_of(line, state, as_of) for state in states if not state.target.forecast]
    reply_date = line.replied
    return [Pace(c, _verdict(c, reply_date, as_of, settings)) for c in courses]


def _verdict(course: Course, reply_date: date | None, as_of: AsOf, settings: Settings) -> Verdict:
    state = course.state
    if state.met:
        return Verdict.MET
    if state.deadline and as_of.is_over(state.deadline):
        final = state.as_of is not None and state.as_of >= state.deadline
        return Verdict.MISSED if final else Verdict.NO_FINAL
    if course.goal is None:
        return Verdict.NO_VALUE
    if state.printed is None:
        return _unheard(course, reply_date, as_of, settings)
    if state.latest is None:
        return Verdict.UNLIKE_UNITS
    verdict = _before_due(course, settings)
    age = (as_of.day - state.as_of).days if state.as_of else 0
    return Verdict.STALE if verdict in GOOD and age > settings.stale_days else verdict


def _unheard(course: Course, reply_date: date | None, as_of: AsOf, settings: Settings) -> Verdict:
    """Without a figure: silent once nothing was heard for so many days since start and reply."""
    known = [since for since in (course.start.day if course.start else None, reply_date) if since]
    if course.state.deadline is None or not known:
        return Verdict.NO_FIGURE
    quiet = (as_of.day - max(known)).days > settings.stale_days
    return Verdict.SILENT if quiet else Verdict.NO_FIGURE


def _before_due(course: Course, settings: Settings) -> Verdict:
    """What a figure says before the deadline has passed."""
    target, state = course.state.target, course.state
    kept = holds(target, state.latest, state.value)
    if kind_of(target) == "limit" or (counts_up(target) and not is_paced(target)):
        return Verdict.KEPT if kept else Verdict.BROKEN
    if state.deadline is None:
        return Verdict.NO_DEADLINE
    if not is_paced(target):
        return Verdict.MID_REACHED if kept else Verdict.MID_SHORT
    return _not_timed(course) or _by_time(course, settings)


def _not_timed(course: Course) -> Verdict | None:
    """Return why a level has no place in time, None where it has one."""
    if course.state.as_of is None:
        return Verdict.UNDATED_FIGURE
    if course.start is None or course.span is None:
        return Verdict.NO_START
    return Verdict.EARLY_FIGURE if course.state.as_of < course.start.day else None


def _by_time(course: Course, settings: Settings) -> Verdict:
    if course.lag is None:
        return Verdict.NO_VALUE
    points = course.lag * 100
    if points < settings.pace_yellow:
        return Verdict.ON_PACE
    if course.out_of_reach:
        return Verdict.UNREACHABLE
    return Verdict.FAR_BEHIND if points >= settings.pace_red else Verdict.BEHIND
