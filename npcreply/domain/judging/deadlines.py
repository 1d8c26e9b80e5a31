"""Which deadline is in force on a day: the first one, moved by the extensions known by then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from npcreply.domain.judging.targets import AsOf, TargetState, seen, target_states
from npcreply.domain.record.model import Day, Extension, Measure, Target


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline in force, the first one it replaces, and how often it was moved."""

    date: Day | None
    original: Day | None
    extensions: int = 0


def measure_due(measure: Measure, as_of: AsOf) -> Due:
    """Return the promise's own deadline, targets with deadlines of their own left aside."""
    moves = [move for move in seen(measure.extensions, as_of) if move.target is None]
    return _moved(measure.deadline.date if measure.deadline else None, moves)


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


def states(measure: Measure, as_of: AsOf) -> list[TargetState]:
    """Return every target's state on the day, each held against its deadline in force."""
    return target_states(measure, as_of, lambda target: target_due(measure, target, as_of).date)


def deciding_due(measure: Measure, found: Iterable[TargetState], as_of: AsOf) -> Due:
    """Return the deadline that decides: the earliest one not yet met.

    The promise's own deadline counts as unmet unless every target is met, or an extension was
    granted for each one that is left; when all are met the latest deadline is the one that the
    promise was kept by. Forecasts are owed by nobody.
    """
    owed = [state for state in found if not state.target.forecast]
    unmet = [state for state in owed if not state.met]
    own = measure_due(measure, as_of)
    dues = [target_due(measure, state.target, as_of) for state in unmet or owed]
    granted = {move.target for move in seen(measure.extensions, as_of)}
    if not owed or any(state.target.id not in granted for state in unmet):
        dues.append(own)
    dated = [due for due in dues if due.date]
    if not dated:
        return own
    return (min if unmet else max)(dated, key=lambda due: due.date or date.max)


def final_due(measure: Measure, as_of: AsOf) -> Due:
    """Return what a closing is held against: the last of all deadlines in force, but while a number
    is unmet the one that decides, so that what was late does not become early by being closed.
    """
    found = [state for state in states(measure, as_of) if not state.target.forecast]
    if not all(state.met for state in found):
        return deciding_due(measure, found, as_of)
    dues = [target_due(measure, state.target, as_of) for state in found]
    dated = [due for due in (measure_due(measure, as_of), *dues) if due.date]
    return max(dated, key=lambda due: due.date or date.min) if dated else Due(None, None)


def _moved(first: date | None, moves: list[Extension]) -> Due:
    if not moves:
        return Due(first, first)
    return Due(moves[-1].to, first, len(moves))
