"""Numbers that are to be reached: with comparator, scope and the day by which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import itemgetter

from npcreply.dataclass import replace
from npcreply.extract.figures import names
from npcreply.extract.figures.numbered import Number
from npcreply.extract.figures.roles import IN_FORCE
from npcreply.extract.model import Doubt, Drafted, Goal, Span
from npcreply.extract.promises import due as dues
from npcreply.extract.promises.due import Due
from npcreply.extract.reasons import against
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.words import rx
from npcreply.grammar.units import is_time, split_unit


def goal(letter: Letter, number: Number, rule: str, before: str) -> Goal:
    """Return the target; `before`: the indicator of the number before it in the sentence."""
    hit = number.hit
    start, end = letter.source(number.opens, number.end if rule == IN_FORCE else number.closes)
    start += len(letter.cleaned.text[start:end]) - len(letter.cleaned.text[start:end].lstrip())
    name, due = names.indicator(letter, number, before), _deadline(letter, number)
    comparator = _comparator(number, rule)
    longest = hit.value_max if comparator == "<=" else None  # 0.5-3日办结
    return Goal(
        start=start,
        end=end,
        quote=letter.cleaned.text[start:end],
        rule=rule,
        doubt=_doubt(letter, number, rule, named=bool(name), dated=due is not None),
        indicator=name,
        comparator=comparator,
        value=hit.value if longest is None else longest,
        unit=hit.unit,
        value_min=hit.value_min,
        value_max=hit.value_max,
        scope=names.scope(letter, number),
        deadline=due,
        forecast="forecast" in number.clause.marks,
        approx=hit.approx,
    )


def merged(goals: list[Goal]) -> list[Goal]:
    """Return the targets with one that is printed twice kept once, the promise's words leading.

    Only the number of a plan in force and the same number promised are one.
    """
    kept: list[Goal] = []
    places: dict[tuple[Decimal, str], int] = {}
    for goal in goals:
        many, base = split_unit(goal.unit)
        place = places.setdefault((goal.value * many, base), len(kept))
        if place < len(kept) and (goal.rule == IN_FORCE) != (kept[place].rule == IN_FORCE):
            kept[place] = _joined(kept[place], goal)
        else:
            kept.append(goal)
    return kept


def _joined(one: Goal, other: Goal) -> Goal:
    main, second = (one, other) if other.rule == IN_FORCE else (other, one)
    also = (*one.also, *other.also, Span(second.start, second.end, second.rule))
    return replace(main, also=also, deadline=main.deadline or second.deadline)


_SET = frozenset({"aimed_at", "task", "day_ahead"})
"""The rules of numbers that a plan or a task sets; with a day by which they are sure."""


def _doubt(letter: Letter, number: Number, rule: str, *, named: bool, dated: bool) -> Doubt | None:
    """What speaks against the number: its print, that it is to be reached, what it counts."""
    promise = number.promise
    start, end = letter.source(number.opens, number.closes)
    words = letter.cleaned.text[start:end]
    if number.hit.doubt:
        return against(number.hit.doubt, number.hit.words, number.hit.start, number.hit.end)
    if rule == "promised":
        if promise is None or promise.doubt is None:
            return None
        return against("in_doubtful_promise", words, start, end, {"why": promise.doubt.message})
    if rule == IN_FORCE or (rule in _SET and named and dated):
        return None
    missing = "" if rule not in _SET else "goal_without_day" if named else "goal_without_name"
    return against(missing or "goal_by_sign", words, start, end)


def _comparator(number: Number, rule: str) -> str:
    hit = number.hit
    if hit.from_ is not None:
        return "<=" if hit.value < hit.from_ else ">="
    if hit.change in ("growth", "multiple") and (hit.percent or hit.change == "multiple"):
        return hit.change
    if hit.change == "growth" and (hit.unit or "").endswith("百分点"):
        return "growth"
    if rule == "policy_cap":
        return "<="
    if hit.comparator in (">=", "<=", "=", ">", "<"):
        return hit.comparator
    return "<=" if is_time(hit.unit) else ">="


# --- the day by which

_FAR = 12  # clauses back to the one whose day a number goes by


def _deadline(letter: Letter, number: Number) -> Drafted[date] | None:
    """The day in its own clause, else the nearest before it in the sentence, else one announced,
    else the last after it by which what is counted is done.

    A time without a day (2025年秋季) in between is the nearer one: then none is known. What hangs
    on a condition has none.
    """
    if number.promise is not None and number.promise.force.value == "conditional":
        return None
    day = _in_own_clause(letter, number)
    if day or _has_event(letter, number.clause):
        return day
    for clause in reversed(number.sentence.clauses[max(0, number.nth - _FAR) : number.nth]):
        day = dues.due(letter, clause.start, clause.end, anywhere=True)
        if day or _has_event(letter, clause):
            return day
    return dues.announced(letter, number.sentence) or _after(letter, number)


def _has_event(letter: Letter, clause: Clause) -> bool:
    hits = letter.days.between(clause.start, clause.end)
    return any(hit.kind == "event" for _start, _end, hit in hits)


def _in_own_clause(letter: Letter, number: Number) -> Drafted[date] | None:
    """2019年底40%,2020年60%: the day right before the number, else the first after it."""
    clause = number.clause
    days = [*dues.dues(letter, clause.start, clause.end), *_years(letter, number)]
    days = sorted(dues.without_years(days), key=itemgetter(0))
    before = [hit for place, hit in days if place < number.start]
    after = [hit for place, hit in days if place > number.start]
    hit = before[-1] if before else after[0] if after else None
    return drafted_day(hit, hit.date) if hit and hit.date else None


_NEAR = 8  # characters between a year and its number: 2025年规划目标为3.2%


def _years(letter: Letter, number: Number) -> Iterator[Due]:
    """今年达到15万亩, 2025年规划目标为3.2%: a year that is not over, right before a number."""
    clause, today = number.clause, letter.today
    starts = [start for start, _end, _hit in letter.numbers.between(clause.start, clause.end)]
    for first, last, hit in letter.days.between(clause.start, number.start):
        if hit.kind != "period" or hit.date is None or (today and hit.date < today):
            continue
        counted = next(start for start in starts if start >= last)
        if counted - last <= _NEAR and "的" not in letter.text[last:counted]:
            yield first, hit


_EACH_YEAR = rx("每(?:[年月周季天日]|半年)")


def _after(letter: Letter, number: Number) -> Drafted[date] | None:
    """新建3座,3月底前开工,12月底前完工; a day before another number is that number's."""
    last: Drafted[date] | None = None
    for clause in number.sentence.clauses[number.nth + 1 : number.nth + 1 + _FAR]:
        days = dues.dues(letter, clause.start, clause.end)
        hits = letter.numbers.between(clause.start, clause.end)
        if days and hits and days[0][0] < hits[0][0]:
            break
        last = dues.due(letter, clause.start, clause.end, anywhere=True) or last
    rated = _EACH_YEAR.search(number.before(letter))
    return last if number.promise and not rated else None
