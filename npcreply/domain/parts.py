"""A number over several regions: the figures of the whole, told by those of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from npcreply.domain.model import Entry, Measure, Target
from npcreply.domain.targets import AsOf, counts_up, own_figures, value_on
from npcreply.domain.units import exact


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
