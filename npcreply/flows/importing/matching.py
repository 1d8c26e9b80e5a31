"""Which promise a line is about, which target a figure counts for; what fits two is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Measure
from npcreply.domain.similarity import character_pairs, dice, plain
from npcreply.grammar.units import convert, in_full
from npcreply.patterns import pattern
from npcreply.sheets import vocabulary
from npcreply.sheets.values import Figure

_FRAME = pattern(
    r"(?:(?:19|20)\d{2}年)?(?:年内|年底前?|全年|\d{1,2}月(?:底|末)?(?:前|以前)?|[一二三四]季度|"
    r"[上下]半年|每[月季年](?:度)?)"
)
_NUMBER = pattern(r"\d+(?:\.\d+)?")
NEAR = 0.75
"""How alike two wordings of one promise are at least."""
SHARED = 0.6
"""How much of a wording is in the other at least, where the numbers are the same."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A target as matching needs it, of a record at hand or of a promise that is being entered."""

    id: int
    indicator: str
    unit: str | None
    value: Decimal | None
    kind: str | None = None
    parent: str | None = None


def goals_of(measure: Measure) -> list[Goal]:
    """Return the targets of a promise on record."""
    return [Goal(t.id, t.indicator, t.unit, t.value, t.kind, t.parent) for t in measure.targets]


def goals_in(data: dict[str, Any]) -> list[Goal]:
    """Return the targets of a promise that is being entered."""
    return [
        Goal(t["id"], t["indicator"], t.get("unit"), t.get("value"), t.get("kind"), t.get("parent"))
        for t in data.get("targets", ())
    ]


@dataclass(frozen=True, slots=True)
class Meant:
    """A promise and, where the words name one of its targets, that target."""

    measure: Measure
    target: int | None = None


def promises(text: str, measures: Sequence[Measure]) -> list[Meant]:
    """Return the promises that a line's words may mean: one, none, or those that fit alike."""
    said = _gist(text)
    open_ones = [m for m in measures if not m.removed]
    for fits in (_same, _names_target, _holds, _is_like):
        found = [meant for m in open_ones for meant in fits(said, text, m)]
        if found:
            return found
    return []


def _gist(text: str) -> str:
    return plain(_FRAME.sub("", vocabulary.without_asides(text)))


def _same(said: str, _text: str, measure: Measure) -> list[Meant]:
    return [Meant(measure)] if said and said == _gist(measure.text) else []


def _names_target(said: str, _text: str, measure: Measure) -> list[Meant]:
    """The words are a target's indicator: 协议投资; then the line is about that target."""
    return [Meant(measure, t.id) for t in measure.targets if plain(t.indicator) == said]


def _holds(said: str, _text: str, measure: Measure) -> list[Meant]:
    """One wording holds the other: 建成泊位2000个 of 年内建成泊位2000个，…"""
    other = _gist(measure.text)
    shorter, longer = sorted((said, other), key=len)
    fits = len(shorter) >= 4 and shorter in longer and _numbers_agree(said, other)
    return [Meant(measure)] if fits else []


def _is_like(said: str, _text: str, measure: Measure) -> list[Meant]:
    other = _gist(measure.text)
    numbers = set(_NUMBER.findall(said))
    alike = dice(_NUMBER.sub("", said), _NUMBER.sub("", other))
    pairs = character_pairs(_NUMBER.sub("", said))
    shared = len(pairs & character_pairs(_NUMBER.sub("", other))) / max(1, len(pairs))
    same_numbers = bool(numbers) and numbers <= set(_NUMBER.findall(other))
    near = alike >= NEAR or (same_numbers and shared >= SHARED)
    return [Meant(measure)] if near and (not numbers or same_numbers) else []


def _numbers_agree(one: str, other: str) -> bool:
    """Tell whether the numbers of one wording are all in the other: 12公里 is not 15公里."""
    first, second = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    return first <= second or second <= first


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the target that it counts for and its unit there."""

    figure: Figure
    goal: Goal
    unit: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`counted` are sure; `unsure` are figures that may count for several targets or for none."""

    counted: tuple[Counted, ...] = ()
    unsure: tuple[Figure, ...] = ()


def targets(
    figures: Sequence[Figure], goals: Sequence[Goal], rate: Decimal | None, unit: str = ""
) -> Outcome:
    """Return which target each figure counts for. `rate` is the percentage stated beside them,
    `unit` what the table says of numbers without one.
    """
    goals = [goal for goal in goals if goal.kind != "limit"]
    counted: list[Counted] = []
    unsure: list[Figure] = []
    for figure in figures:
        free = [g for g in goals if all(g != c.goal for c in counted)]
        fitting = [(g, said) for g in free if (said := _unit(figure, g, unit)) is not None]
        chosen = _one(figure, [goal for goal, _said in fitting], rate, first=not counted)
        if chosen is None or not _may_count(figure, chosen):
            unsure.append(figure)
            continue
        said = next(said for goal, said in fitting if goal == chosen)
        counted.append(Counted(figure, chosen, said or None))
    return Outcome(tuple(counted), tuple(unsure))


def _unit(figure: Figure, goal: Goal, table: str) -> str | None:
    """Return the figure's unit for this target, "" for none; None where they count other things."""
    if figure.unit is None:
        fits = table and convert(Decimal(1), table, goal.unit) is not None
        return table if fits else goal.unit or ""
    said = in_full(figure.unit, goal.unit)
    return said if convert(figure.value, said, goal.unit) is not None else None


def _one(
    figure: Figure, goals: Sequence[Goal], rate: Decimal | None, *, first: bool
) -> Goal | None:
    if len(goals) < 2:
        return goals[0] if goals else None
    named = _named(figure, goals)
    if named:
        return named
    rated = [goal for goal in goals if rate is not None and _is_rate(figure, goal, rate)]
    if len(rated) == 1:
        return rated[0]
    whole = [goal for goal in goals if goal.parent is None]
    return whole[0] if first and len(whole) == 1 else None


def _named(figure: Figure, goals: Sequence[Goal]) -> Goal | None:
    """Return the one target whose indicator shares most with the words before the figure."""
    said = character_pairs(plain(figure.before)) if plain(figure.before) else frozenset()
    ranks = sorted(
        ((len(said & character_pairs(plain(goal.indicator))), goal) for goal in goals),
        key=lambda pair: -pair[0],
    )
    return ranks[0][1] if ranks[0][0] > ranks[1][0] else None


def _is_rate(figure: Figure, goal: Goal, rate: Decimal) -> bool:
    value = convert(figure.value, in_full(figure.unit, goal.unit), goal.unit)
    if value is None or not goal.value:
        return False
    places = Decimal(1).scaleb(min(0, int(rate.as_tuple().exponent)))
    return (value * 100 / goal.value).quantize(places, ROUND_HALF_UP) == rate


def _may_count(figure: Figure, goal: Goal) -> bool:
    """A figure counts where its words say so; a goal printed beside it must be the target's."""
    if figure.of is not None:
        return figure.of == goal.value
    named = character_pairs(plain(figure.before)) & character_pairs(plain(goal.indicator))
    return figure.is_reached or bool(named)
