"""Which deadline is in force on a day: the first one, moved by the extensions known by then."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Day, Extension, Measure, Target
from npcreply.domain.time.as_of import AsOf, seen


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in force, the first one it replaces, and how often it was moved."""

    date: Day | None
    original: Day | None
    extensions: int = 0


def measure_due(measure: Measure, as_of: AsOf) -> Due:
    """Return the promise's own deadline, targets with deadlines of their own left aside."""
    first = measure.deadline.date if measure.deadline else None
    if not measure.extensions:
        return Due(first, first)
    moves = [move for move in seen(measure.extensions, as_of) if move.target is None]
    return _moved(first, moves)


def target_due(measure: Measure, target: Target, as_of: AsOf) -> Due:
    """Return the target's deadline: its own where it has one, else the promise's, or the later day
    that was granted for this target alone.
    """
    moves = [move for move in seen(measure.extensions, as_of) if move.target == target.id]
    if target.deadline and target.deadline.date:
        return _moved(target.deadline.date, moves)
    whole = measure_due(measure, as_of)
    if not moves:
        return whole
    granted = moves[-1].to
    later = max(granted, whole.date) if whole.date else granted
    return Due(later, whole.original, whole.extensions + len(moves))


def _moved(first: date | None, moves: list[Extension]) -> Due:
    if not moves:
        return Due(first, first)
    return Due(moves[-1].to, first, len(moves))
