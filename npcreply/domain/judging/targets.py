"""How far a number has come on a day: the latest figure held against its target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from operator import eq, ge, gt, le, lt

from npcreply.dataclass import dataclass, replace
from npcreply.domain.record.model import Entry, Measure, Target
from npcreply.domain.time.as_of import AsOf, seen
from npcreply.domain.time.cadences import cadence_of
from npcreply.domain.time.deadlines import target_due
from npcreply.grammar.calendar_periods import Period, period_of
from npcreply.grammar.units import convert, exact, is_share, split_unit


def parts_of(whole: Target, measure: Measure) -> list[Target]:
    """Return the targets of the same promise that name this one as their whole."""
    number = str(whole.id)
    return [t for t in measure.targets if t is not whole and (t.parent or "").strip() == number]


def sums_of_parts(
    whole: Target, measure: Measure, entries: Iterable[Entry], as_of: AsOf
) -> list[Entry]:
    """Return a figure of the whole for each day on which every part has one, in the whole's unit.

    Only where the parts are all there is: two or more whose values sum up to the whole's. Else a
    region is missing, and the sum would be too small.
    """
    parts, known = parts_of(whole, measure), list(entries)
    if len(parts) < 2 or not _are_all(whole, parts, as_of):
        return []
    by_part = [_by_day(part, whole, own_figures(part, measure, known)) for part in parts]
    days = sorted(set(by_part[0]).intersection(*by_part[1:]))
    sums = {day: sum((levels[day] for levels in by_part), Fraction(0)) for day in days}
    return [
        Entry(on=day, target=whole.id, value=_decimal(sums[day]), unit=whole.unit) for day in days
    ]


def _are_all(whole: Target, parts: Sequence[Target], as_of: AsOf) -> bool:
    wanted = value_on(whole, as_of)
    amounts = [_level(value_on(part, as_of), part.unit, whole) for part in parts]
    if wanted is None or not all(map(counts_up, (whole, *parts))):
        return False
    known = [amount for amount in amounts if amount is not None]
    return len(known) == len(parts) and sum(known) == wanted


def _by_day(part: Target, whole: Target, entries: Iterable[Entry]) -> dict[date, Fraction]:
    """Return the levels in the whole's unit; a later line of the same day corrects it."""
    levels = ((e.on, _level(e.value, e.unit or part.unit, whole)) for e in entries)
    return {on: level for on, level in levels if on and level is not None}


def _level(value: Decimal | None, unit: str | None, whole: Target) -> Fraction | None:
    return None if value is None else exact(value, unit, whole.unit)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


PERIOD_KINDS = frozenset({"rate", "growth", "limit"})
"""Kinds whose figure says nothing final before the deadline: a half-year's growth is not the
year's, a limit kept so far can still be broken."""

DOWNWARD = ("<=", "<")
"""Comparators of what is kept low: a figure over the value is a miss, a percent says nothing."""

_WIDE = Context(prec=80)  # a slip of the finger may need more digits than 28: it is still a number
_ALL = Decimal(100)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": ge,
    "<=": le,
    "=": eq,
    ">": gt,
    "<": lt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetState:
    """A target on a day. `latest` is in the target's unit, None where the units are unlike;
    `percent` is latest of value, for levels to reach and multiples told as levels only; `mid` says
    that the figure is of mid-period and counts as neither met nor missed; `summed` that it is the
    sum of the target's parts; `period` is the one that the state is of, where every period is to
    reach the number for itself.
    """

    target: Target
    value: Decimal | None
    deadline: date | None
    latest: Decimal | None = None
    printed: Decimal | None = None
    printed_unit: str | None = None
    as_of: date | None = None
    mid: bool = False
    met: bool = False
    summed: bool = False
    period: Period | None = None

    @property
    def percent(self) -> Decimal | None:
        """Return how much of the value is reached."""
        return _percent(self.target, self.latest, self.value)


def kind_of(target: Target) -> str:
    """Return the target's kind; where none is given a percentage is a rate, a ceiling a limit."""
    if target.kind:
        return target.kind
    if is_share(target.unit) or split_unit(target.unit)[1] == "个百分点":
        return "rate"
    return "limit" if comparator_of(target) in DOWNWARD else "level"


def comparator_of(target: Target) -> str:
    """Return how the figure is held against the value; where none is given a limit, or a target
    with only a highest value, is kept from below, everything else is reached from above.
    """
    if target.comparator:
        return target.comparator
    floor = target.value if target.value is not None else target.value_min
    ceiling = target.kind == "limit" or (floor is None and target.value_max is not None)
    return "<=" if ceiling else ">="


def value_on(target: Target, as_of: AsOf) -> Decimal | None:
    """Return the value to reach on that day: the last revision in force, else the first value."""
    revisions = seen(target.revised, as_of)
    if revisions:
        return revisions[-1].to
    if target.value is not None:
        return target.value
    return target.value_max if comparator_of(target) in DOWNWARD else target.value_min


def target_states(measure: Measure, as_of: AsOf) -> list[TargetState]:
    """Return every target's state on the day, each held against its deadline in force."""
    if not measure.targets:
        return []
    entries = seen(measure.log, as_of)
    return [_state_on(target, measure, entries, as_of) for target in measure.targets]


def in_period(
    target: Target, measure: Measure, entries: Iterable[Entry], as_of: AsOf, period: Period
) -> TargetState:
    """Return how far a number came in one period that is to reach it for itself: by the period's
    last figure, final however early in the period it is of.
    """
    of_period = [e for e in entries if e.on and period.first <= e.on <= period.last]
    state = _state(target, measure, of_period, as_of, period.last)
    met = holds(target, state.latest, state.value)
    return replace(state, period=period, met=met, mid=state.mid and not met)


def _state_on(target: Target, measure: Measure, entries: list[Entry], as_of: AsOf) -> TargetState:
    """One that every period reaches is looked at in the period of the day; whether the promise is
    kept by it, only all its periods together can say.
    """
    cadence = cadence_of(target, measure)
    if cadence is None:
        return _state(target, measure, entries, as_of, target_due(measure, target, as_of).date)
    return in_period(target, measure, entries, as_of, period_of(cadence, as_of.day))


def figures_for(
    target: Target, measure: Measure, entries: Iterable[Entry], as_of: AsOf
) -> list[Entry]:
    """Return the target's figures, oldest first: its own, or else the sums of its parts."""
    return own_figures(target, measure, entries) or _sums(target, measure, entries, as_of)


def _sums(target: Target, measure: Measure, entries: Iterable[Entry], as_of: AsOf) -> list[Entry]:
    if not any(other.parent for other in measure.targets):
        return []

    return sums_of_parts(target, measure, entries, as_of)


def own_figures(target: Target, measure: Measure, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that give the target a figure; one that names no target counts where
    there is only one.
    """
    alone = len(measure.targets) == 1
    return [
        entry
        for entry in entries
        if entry.value is not None
        and (entry.target == target.id or (alone and entry.target is None and not entry.indicator))
    ]


def _state(
    target: Target, measure: Measure, entries: list[Entry], as_of: AsOf, due: date | None
) -> TargetState:
    goal = value_on(target, as_of)
    own = own_figures(target, measure, entries)
    found = own or _sums(target, measure, entries, as_of)
    entry = found[-1] if found else None
    if entry is None or entry.value is None:
        return TargetState(target=target, value=goal, deadline=due)
    latest = convert(entry.value, entry.unit or target.unit, target.unit)
    mid = _is_mid(target, entry, due)
    return TargetState(
        target=target,
        value=goal,
        deadline=due,
        latest=latest,
        printed=entry.value,
        printed_unit=entry.unit or target.unit,
        as_of=entry.on,
        mid=mid,
        summed=not own,
        met=not mid and holds(target, latest, goal),
    )


def _is_mid(target: Target, entry: Entry, due: date | None) -> bool:
    """A rate, growth, limit, or a multiple told as a ratio, before its period has ended."""
    if kind_of(target) not in PERIOD_KINDS and not _is_ratio(target):
        return False
    return due is None or entry.on is None or entry.on < due


def _is_ratio(target: Target) -> bool:
    """A multiple whose figures come in 倍, or that has no baseline to count levels from."""
    if target.kind != "multiple":
        return False
    return target.baseline is None or split_unit(target.unit)[1] == "倍"


def counts_up(target: Target) -> bool:
    """Return whether the figures add up through the period: levels, multiples told as levels."""
    return kind_of(target) == "level" or (target.kind == "multiple" and not _is_ratio(target))


def goal_of(target: Target, goal: Decimal | None) -> Decimal | None:
    """Return what a figure is held against: the value, of a multiple so many times the baseline."""
    told_as_level = target.kind == "multiple" and not _is_ratio(target)
    if goal is None or target.baseline is None or not told_as_level:
        return goal
    return goal * target.baseline.value


def holds(target: Target, latest: Decimal | None, goal: Decimal | None) -> bool:
    """Return whether a figure is as the target wants it, of whatever day it is."""
    wanted = goal_of(target, goal)
    if latest is None or wanted is None:
        return False
    return _COMPARE[comparator_of(target)](latest, wanted)


def _percent(target: Target, latest: Decimal | None, goal: Decimal | None) -> Decimal | None:
    wanted = goal_of(target, goal)
    if not counts_up(target) or comparator_of(target) in DOWNWARD or latest is None or not wanted:
        return None
    return percent(latest, wanted)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return part of whole in percent, rounded half up to two digits as the replies print it; less
    than the whole is cut, so that it is never 100.
    """
    share = _WIDE.divide(_WIDE.multiply(part, 100), whole)
    short = share.quantize(Decimal("0.01"), ROUND_HALF_UP, _WIDE)
    if share < _ALL <= short:
        short = share.quantize(Decimal("0.01"), ROUND_DOWN, _WIDE)
    return _WIDE.add(short.normalize(_WIDE), 0)
