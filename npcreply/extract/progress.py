"""Which figures of a letter report on which of its targets, and with what stated rate."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.domain.record.figures import half_digit
from npcreply.extract.model import Figure, Goal, Rate
from npcreply.extract.words import rx
from npcreply.grammar.units import convert, is_share


@dataclass(frozen=True, slots=True)
class Report:
    """A figure held against goals[place]: `fit` of the names, 0 to 1; `stated` is the rate of this
    target that the letter prints.
    """

    place: int
    fact: Figure
    fit: float
    stated: Decimal | None


def reports(goals: Sequence[Goal], facts: Iterable[Figure]) -> list[Report]:
    """Return the reports in the order of the text.

    A figure with a rate of a target reports on that one; any other on the target whose name it
    shares. Of two values on one day the surer is kept: one with a rate, then the name.
    """
    names = _Names(goals)
    kept: dict[tuple[int, object], Report] = {}
    for fact in facts:
        for report in _held(goals, names, fact) if fact.sure else ():
            place = report.place, fact.as_of.value if fact.as_of else None
            other = kept.get(place)
            if other is None or _rank(report) > _rank(other):
                kept[place] = report
    return sorted(kept.values(), key=lambda report: report.fact.start)


class _Names:
    """The targets by name: a figure finds those that share characters with its own."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, goal in enumerate(goals):
            self._places[goal.indicator].append(place)
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in self._places:
            for pair in _pairs(name):
                self._names[pair].append(name)

    def like(self, indicator: str) -> list[tuple[float, int]]:
        """Return the places of targets with a name like this one, the most like first."""
        mine = _pairs(indicator)
        shared = Counter(name for pair in mine for name in self._names.get(pair, ()))
        fits = [(2 * many / (len(mine) + len(_pairs(name))), name) for name, many in shared.items()]
        fits.sort(key=lambda fit: -fit[0])
        return [(fit, place) for fit, name in fits for place in self._places[name]]


def _held(goals: Sequence[Goal], names: _Names, fact: Figure) -> Iterator[Report]:
    like = names.like(fact.indicator)
    rates = [rate for rate in fact.rates if rate.percent_of == "target"]
    of_printed = [rate for rate in rates if rate.of is not None]
    for rate in of_printed:
        held = next(((fit, at) for fit, at in like if _is_of(goals[at], fact, rate)), None)
        if held:
            yield Report(held[1], fact, held[0], rate.percent)
    if not of_printed:
        alike = [(fit, at) for fit, at in like if _level(goals[at], fact)]
        yield from _named(goals, alike, fact, rates)


_ALIKE = 0.6  # shared pairs of characters; below, names of one letter's targets are mixed up


def _named(
    goals: Sequence[Goal], alike: list[tuple[float, int]], fact: Figure, rates: list[Rate]
) -> Iterator[Report]:
    """The target that the stated rate follows from, else the one of that name."""
    for rate in rates:
        for fit, place in alike:
            if _follows(goals[place], fact, rate):
                yield Report(place, fact, fit, rate.percent)
                return
    near = [(fit, at) for fit, at in alike if fit >= _ALIKE and _may_be_of(goals[at], fact)]
    if near:
        fit, place = near[0]
        yield Report(place, fact, fit, rates[0].percent if rates else None)


def _may_be_of(goal: Goal, fact: Figure) -> bool:
    return not (_stood_before(goal, fact) or _names_another(goal.indicator, fact.indicator))


_OF_ANY = rx("<<reports.generic>>")


def _names_another(name: str, other: str) -> bool:
    """东河河道清淤, 西河河道清淤: each has a word of its own where the other has another, and it
    is none that any name may have (新建, 累计).
    """
    left, right = (_OF_ANY.sub("", words) for words in (name, other))
    while left and right and left[0] == right[0]:
        left, right = left[1:], right[1:]
    while left and right and left[-1] == right[-1]:
        left, right = left[:-1], right[:-1]
    return bool(left and right)


def _level(goal: Goal, fact: Figure) -> Decimal | None:
    """The figure in the target's unit, None where they measure different things."""
    return convert(fact.value, fact.unit, goal.unit)


_SUMMED = rx("累计|截[至止]|[共现]有|总[数量]|达|[底末]")


def _stood_before(goal: Goal, fact: Figure) -> bool:
    """Whether a figure counts something else than what is promised now: the yield of an earlier
    year (去年改造100公里), or one as high as the goal already, which nobody would promise.
    """
    level = _level(goal, fact)
    if level is None or goal.comparator != ">=":
        return False
    if fact.as_of is None or goal.deadline is None:
        return fact.as_of is None and level >= goal.value
    if fact.as_of.value.year >= goal.deadline.value.year:
        return False
    summed = is_share(fact.unit) or _SUMMED.search(fact.quote + fact.as_of.words)
    return not summed or level >= goal.value


def _is_of(goal: Goal, fact: Figure, rate: Rate) -> bool:
    return rate.of is not None and (
        convert(rate.of, rate.of_unit or fact.unit, goal.unit) == goal.value
    )


def _follows(goal: Goal, fact: Figure, rate: Rate) -> bool:
    """Whether the stated rate is that of this target, within the printed digits."""
    level = _level(goal, fact)
    if level is None or not goal.value:
        return False
    return abs(level * 100 / goal.value - rate.percent) <= 2 * half_digit(rate.percent)


def _rank(report: Report) -> tuple[bool, float]:
    return report.stated is not None, report.fit


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))}
