"""The figures entered for a target, and how exactly a printed number is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Entry
from npcreply.domain.record.places import Goal, Place
from npcreply.grammar.units import convert


@dataclass(frozen=True, slots=True)
class Figure:
    """A progress entry that gives a value for one target."""

    at: Place
    entry: Entry
    value: Decimal
    unit: str | None
    goal: Goal

    @property
    def name(self) -> str:
        """Return how people call the entry: 2023-温46.1/2 is the second one."""
        return f"{self.goal.promise.name}/{int(self.at[-1]) + 1}"

    @property
    def level(self) -> Decimal | None:
        """Return the value in the target's unit, None where the units are unlike."""
        return convert(self.value, self.unit, self.goal.target.unit)


def figures(goal: Goal) -> list[Figure]:
    """Return the target's figures, oldest day first, undated ones leading.

    An entry that names no target counts where there is only one, as for its state.
    """
    alone = len(goal.promise.measure.targets) == 1
    found = []
    for index, entry in enumerate(goal.promise.measure.log):
        loose = alone and entry.target is None and not entry.indicator
        if entry.value is not None and (loose or entry.target == goal.target.id):
            at = (*goal.promise.at, "log", index)
            unit = entry.unit or goal.target.unit
            found.append(Figure(at, entry, entry.value, unit, goal))
    return sorted(found, key=lambda figure: figure.entry.on or date.min)


def last_by_day(goal: Goal) -> dict[date, Figure]:
    """Return the figure that stands for each day: a later line of the same day corrects it."""
    return {figure.entry.on: figure for figure in figures(goal) if figure.entry.on}


def half_digit(value: Decimal) -> Decimal:
    """Return half of the last printed digit: what rounding may have taken or added."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(5).scaleb(-decimals - 1)


def slack(value: Decimal) -> Decimal:
    """Return how far the true number may lie from a printed one; without decimals it was counted
    and is exact.
    """
    return Decimal(0) if value == value.to_integral_value() else half_digit(value)


def printed(value: Decimal, unit: str | None) -> str:
    """Return a number with its unit, as people write it: 358.49亿元."""
    return f"{value.normalize():f}{unit or ''}"
