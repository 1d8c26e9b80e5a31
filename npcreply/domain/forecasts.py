"""What a number will be at its deadline if it goes on as it has: by average speed, with a range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

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
