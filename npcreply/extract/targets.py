"""Numbers that are to be reached: with comparator, scope and the day by which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from npcreply.domain.units import is_time, split_unit
from npcreply.extract import dues, indicators
from npcreply.extract.found import Goal
from npcreply.extract.marks import Clause
from npcreply.extract.numbered import Quantity
from npcreply.extract.page import Page
from npcreply.extract.values import Drafted, Span

IN_FORCE = "plan_in_force"
_FAR = 12  # clauses back to the one whose day a number goes by


def goal(page: Page, told: Quantity, rule: str, before: str) -> Goal:
    """Return the target; `before`: the indicator of the number before it in the sentence."""
    hit = told.hit
    start, end = page.source(told.opens, _until(told, rule))
    start = start + len(page.cleaned.text[start:end]) - len(page.cleaned.text[start:end].lstrip())
    return Goal(
        start=start,
        end=end,
        quote=page.cleaned.text[start:end],
        rule=rule,
        sure=hit.sure and (rule == IN_FORCE or (rule == "promised" and _is_sure(told))),
        indicator=indicators.indicator(page, told, before),
        comparator=_comparator(told, rule),
        value=hit.value,
        unit=hit.unit,
        value_min=hit.value_min,
        value_max=hit.value_max,
        scope=indicators.scope(page, told),
        deadline=_deadline(page, told),
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


def _is_sure(told: Quantity) -> bool:
    return told.promise is not None and told.promise.sure


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


def _deadline(page: Page, told: Quantity) -> Drafted[date] | None:
    """The day in its own clause, else the nearest before it in the sentence, else one announced.

    A time without a day (2025年秋季) in between is the nearer one: then none is known.
    """
    first, last = max(0, told.nth + 1 - _FAR), told.nth + 1
    for clause in reversed(told.sentence.clauses[first:last]):
        found = dues.due(page, clause.start, clause.end, anywhere=True)
        if found or _undated(page, clause):
            return found
    return dues.said_before(page, told.sentence)


def _undated(page: Page, clause: Clause) -> bool:
    hits = page.days.between(clause.start, clause.end)
    return any(hit.kind == "event" for _start, _end, hit in hits)
