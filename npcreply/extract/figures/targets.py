"""Numbers that are to be reached: with comparator, scope and the day by which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import itemgetter

from npcreply.extract.days.dates import DateHit
from npcreply.extract.figures import names
from npcreply.extract.figures.numbered import Quantity
from npcreply.extract.model import Drafted, Goal, Span
from npcreply.extract.promises import due as dues
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.words import rx
from npcreply.grammar.units import is_time, split_unit

IN_FORCE = "plan_in_force"
# In no promise, but set by a plan or a task, with the day by which.
_SET = frozenset({"aimed_at", "task", "day_ahead"})
_NEAR = 8
_FAR = 12  # clauses back to the one whose day a number goes by


def goal(letter: Letter, told: Quantity, rule: str, before: str) -> Goal:
    """Return the target; `before`: the indicator of the number before it in the sentence."""
    hit = told.hit
    start, end = letter.source(told.opens, _until(told, rule))
    start = (
        start + len(letter.cleaned.text[start:end]) - len(letter.cleaned.text[start:end].lstrip())
    )
    name, due = names.indicator(letter, told, before), _deadline(letter, told)
    set_by_day = rule in _SET and due is not None and bool(name)
    return Goal(
        start=start,
        end=end,
        quote=letter.cleaned.text[start:end],
        rule=rule,
        sure=hit.sure and (rule == IN_FORCE or set_by_day or _is_sure(told, rule)),
        indicator=name,
        comparator=_comparator(told, rule),
        value=hit.value,
        unit=hit.unit,
        value_min=hit.value_min,
        value_max=hit.value_max,
        scope=names.scope(letter, told),
        deadline=due,
        forecast="forecast" in told.clause.marks,
        approx=hit.approx,
    )


def merged(goals: list[Goal]) -> list[Goal]:
    """Return the targets with one that is printed twice told once, the promise's words leading.

    Only the number of a plan in force and the same number promised are one.
    """
    out: list[Goal] = []
    places: dict[tuple[Decimal, str], int] = {}
    for told in goals:
        many, base = split_unit(told.unit)
        place = places.setdefault((told.value * many, base), len(out))
        if place < len(out) and (told.rule == IN_FORCE) != (out[place].rule == IN_FORCE):
            out[place] = _joined(out[place], told)
        else:
            out.append(told)
    return out


def _joined(one: Goal, other: Goal) -> Goal:
    main, second = (one, other) if other.rule == IN_FORCE else (other, one)
    also = (*one.also, *other.also, Span(second.start, second.end, second.rule))
    return replace(main, also=also, deadline=main.deadline or second.deadline)


def _is_sure(told: Quantity, rule: str) -> bool:
    return rule == "promised" and told.promise is not None and told.promise.sure


def _until(told: Quantity, rule: str) -> int:
    """The end of the number, or of the noun that it counts."""
    return told.closes if rule != IN_FORCE else told.end


def _comparator(told: Quantity, rule: str) -> str:
    hit = told.hit
    if hit.from_ is not None:
        return "<=" if hit.value < hit.from_ else ">="
    if hit.change in ("growth", "multiple") and (hit.percent or hit.change == "multiple"):
        return hit.change
    if hit.change == "growth" and (hit.unit or "").endswith("百分点"):
        return "growth"
    if rule == "policy_cap":
        return "<="
    if hit.comparator in (">=", "<=", "="):
        return hit.comparator
    return "<=" if is_time(hit.unit) else ">="


def _deadline(letter: Letter, told: Quantity) -> Drafted[date] | None:
    """The day in its own clause, else the nearest before it in the sentence, else one announced,
    else the last after it by which what is counted is done.

    A time without a day (2025年秋季) in between is the nearer one: then none is known.
    """
    found = _in_own_clause(letter, told)
    if found or _undated(letter, told.clause):
        return found
    for clause in reversed(told.sentence.clauses[max(0, told.nth - _FAR) : told.nth]):
        found = dues.due(letter, clause.start, clause.end, anywhere=True)
        if found or _undated(letter, clause):
            return found
    return dues.announced(letter, told.sentence) or _after(letter, told)


def _in_own_clause(letter: Letter, told: Quantity) -> Drafted[date] | None:
    """2019年底40%,2020年60%: the day right before the number, else the first after it."""
    clause = told.clause
    days = [*dues.dues(letter, clause.start, clause.end), *_years(letter, told)]
    days.sort(key=itemgetter(0))
    before = [hit for place, hit in days if place < told.start]
    after = [hit for place, hit in days if place > told.start]
    hit = before[-1] if before else after[0] if after else None
    return drafted_day(hit, hit.date) if hit and hit.date else None


def _years(letter: Letter, told: Quantity) -> Iterator[tuple[int, DateHit]]:
    """今年达到15万亩, 2025年规划目标为3.2%: a year that is not over, right before a number."""
    clause = told.clause
    starts = [start for start, _end, _hit in letter.numbers.between(clause.start, clause.end)]
    for first, last, hit in letter.days.between(clause.start, told.start):
        if hit.kind != "period" or hit.date is None or (letter.today and hit.date < letter.today):
            continue
        number = next(start for start in starts if start >= last)
        if number - last <= _NEAR and "的" not in letter.text[last:number]:
            yield first, hit


_EACH_YEAR = rx("每(?:年|月|周|季|半年|天|日)")


def _after(letter: Letter, told: Quantity) -> Drafted[date] | None:
    """新建3座,3月底前开工,12月底前完工; a day before another number is that number's."""
    found: Drafted[date] | None = None
    for clause in told.sentence.clauses[told.nth + 1 : told.nth + 1 + _FAR]:
        days = dues.dues(letter, clause.start, clause.end)
        hits = letter.numbers.between(clause.start, clause.end)
        if days and hits and days[0][0] < hits[0][0]:
            break
        found = dues.due(letter, clause.start, clause.end, anywhere=True) or found
    rated = _EACH_YEAR.search(told.before(letter))
    return found if told.promise and not rated else None


def _undated(letter: Letter, clause: Clause) -> bool:
    hits = letter.days.between(clause.start, clause.end)
    return any(hit.kind == "event" for _start, _end, hit in hits)
