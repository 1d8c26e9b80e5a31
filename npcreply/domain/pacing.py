"""Whether a number is on its way: the share reached against the share of its time that is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from npcreply.domain.bodies import Settings
from npcreply.domain.course import Course, course_of, is_paced
from npcreply.domain.lines import MeasureLine
from npcreply.domain.targets import AsOf, TargetState, counts_up, holds, kind_of


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
    return [Pace(c, _verdict(c, reply_date, as_of.day, settings)) for c in courses]


def _verdict(course: Course, reply_date: date | None, day: date, settings: Settings) -> Verdict:
    state = course.state
    if state.met:
        return Verdict.MET
    if state.deadline and state.deadline < day:
        told = state.as_of is not None and state.as_of >= state.deadline
        return Verdict.MISSED if told else Verdict.NO_FINAL
    if course.goal is None:
        return Verdict.NO_VALUE
    if state.printed is None:
        return _unheard(course, reply_date, day, settings)
    if state.latest is None:
        return Verdict.UNLIKE_UNITS
    verdict = _said(course, settings)
    age = (day - state.as_of).days if state.as_of else 0
    return Verdict.STALE if verdict in GOOD and age > settings.stale_days else verdict


def _unheard(course: Course, reply_date: date | None, day: date, settings: Settings) -> Verdict:
    """Without a figure: silent once nothing was heard for so many days since start and reply."""
    known = [since for since in (course.start.day if course.start else None, reply_date) if since]
    if course.state.deadline is None or not known:
        return Verdict.NO_FIGURE
    quiet = (day - max(known)).days > settings.stale_days
    return Verdict.SILENT if quiet else Verdict.NO_FIGURE


def _said(course: Course, settings: Settings) -> Verdict:
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
