"""Numbers reported as done or measured: with their day, and every rate printed with them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

from npcreply.extract import grids, indicators, targets
from npcreply.extract.found import Figure, Goal, Promise, Rate
from npcreply.extract.numbered import Quantity, quantities
from npcreply.extract.page import Page
from npcreply.extract.roles import FACT, GROWTH, HELD, PLAN, SHARE, TARGET, role
from npcreply.extract.timing import Clock

_THINGS = "(?:项目|工程|企业|小区|户|户数|数|数量|总数)"
_OF = {GROWTH: "growth", HELD: "target", SHARE: "total"}


class _Reader:
    """The numbers of one sentence after the other; a rate goes to the figure before it."""

    def __init__(self, page: Page) -> None:
        self.page, self.clock = page, Clock(page)
        self.goals: list[Goal] = []
        self.figures: list[Figure] = []
        self._counted: list[str] = []  # the words before the number of each figure
        self._sentence = self._clause = -1
        self._first = 0  # the first figure of the sentence
        self._name = ""
        self._verdict: tuple[str, str] | None = None
        self._plan: tuple[Decimal, str | None] | None = None

    def read(self, told: Quantity) -> None:
        """Take one number."""
        verdict = role(self.page, told)
        if told.share and told.share[0] and told.hit.percent:
            verdict = self._verdict  # 分别增长21%和26%: what the first is, the others are
        self._verdict = verdict
        if verdict is None:
            return
        self._go_to(told)
        what, rule = verdict
        if what in (TARGET, PLAN):
            self._add_goal(told, rule)
        elif not (self._is_rate_of_verb(told) if what == FACT else self._attached(told, what)):
            self._add_figure(told, rule)

    def _go_to(self, told: Quantity) -> None:
        if told.sentence.place != self._sentence:
            self._sentence, self._first = told.sentence.place, len(self.figures)
            self._name, self._plan = "", None

    def _add_goal(self, told: Quantity, rule: str) -> None:
        found = targets.goal(self.page, told, rule, self._name)
        if rule == targets.IN_FORCE:
            self._plan = told.hit.value, told.hit.unit
        if rule == targets.IN_FORCE and len(self.figures) > self._first:
            found = replace(found, indicator=self.figures[-1].indicator)
        elif not found.indicator and self.goals:
            found = replace(found, indicator=self.goals[-1].indicator)
        self.goals.append(found)
        self._name = found.indicator

    def _add_figure(self, told: Quantity, rule: str) -> None:
        hit = told.hit
        since = told.clause.start if hit.from_ is None else told.opens
        start, end = self.page.source(told.opens, max(told.end, told.closes))
        name = indicators.indicator(self.page, told, self._name) or self._name
        growth = (self._rate(told, "growth"),) if hit.change == "growth" and hit.percent else ()
        self._name = name
        self._counted.append(self.page.text[told.opens : told.start])
        self.figures.append(
            Figure(
                start=start,
                end=end,
                quote=self.page.cleaned.text[start:end],
                rule=rule,
                sure=hit.sure and bool(name),
                indicator=name,
                value=hit.value,
                unit=hit.unit,
                approx=hit.approx or hit.beyond,
                scope=indicators.scope(self.page, told),
                as_of=self.clock.as_of(since, told.start, told.place),
                level_before=hit.from_,
                rates=growth,
            )
        )

    def _attached(self, told: Quantity, what: str) -> bool:
        """Whether the rate found its figure: one of this sentence."""
        many = len(self.figures) - self._first
        if not many:
            return False
        which, of = told.share or (0, 1)
        place = len(self.figures) - of + which if of <= many else len(self.figures) - 1
        self._attach(place, self._rate(told, _OF[what]))
        return True

    def _is_rate_of_verb(self, told: Quantity) -> bool:
        """已开工136个,开工率60.44%: the rate of what the verb counted."""
        verb = _rated_verb(self.page, told)
        if not verb:
            return False
        places = range(len(self.figures) - 1, self._first - 1, -1)
        for says in (self._ends_with, self._names):
            place = next((place for place in places if says(place, verb)), None)
            if place is not None:
                self._attach(place, self._rate(told, "total"))
                return True
        return False

    def _ends_with(self, place: int, verb: str) -> bool:
        """已开工136个."""
        return self._counted[place].rstrip("了约近超过").endswith(verb)

    def _names(self, place: int, verb: str) -> bool:
        """新开工项目44个: the verb stands before a general noun."""
        return bool(re.search(f"{verb}的?{_THINGS}$", self._counted[place]))

    def _attach(self, place: int, rate: Rate) -> None:
        figure = self.figures[place]
        end = max(figure.end, rate.end)
        self.figures[place] = replace(
            figure,
            rates=(*figure.rates, rate),
            end=end,
            quote=self.page.cleaned.text[figure.start : end],
        )

    def _rate(self, told: Quantity, percent_of: str) -> Rate:
        start, end = self.page.source(told.start, told.end)
        of, unit = self._plan if percent_of == "target" and self._plan else (None, None)
        if percent_of == "target":
            self._plan = None
        return Rate(
            percent=told.hit.value,
            percent_of=percent_of,
            start=start,
            end=end,
            words=self.page.cleaned.text[start:end],
            of=of,
            of_unit=unit,
        )


def _rated_verb(page: Page, told: Quantity) -> str:
    """The 开工 of 开工率; "" for a rate that names more than a verb."""
    if not told.hit.percent:
        return ""
    left = page.text[told.clause.start : told.start].rstrip("已达约近超为到至")
    return left[:-1] if left.endswith("率") and len(left) == 3 else ""


def read(page: Page, promises: list[Promise]) -> tuple[list[Goal], list[Figure]]:
    """Return the targets and the figures of the letter, each in the order of the text."""
    reader = _Reader(page)
    by_clause: dict[int, list[Quantity]] = {}
    for told in quantities(page, promises):
        by_clause.setdefault(told.clause.start, []).append(told)
    for sentence in page.sentences:
        reader.clock.enter(sentence)
        for clause in sentence.clauses:
            found = by_clause.get(clause.start, [])
            for told in found:
                reader.read(told)
            reader.clock.pass_over(clause.start, clause.end, figured=bool(found))
    rows, done = grids.read(page)
    goals = sorted([*targets.merged(reader.goals), *rows], key=attrgetter("start"))
    return goals, sorted([*reader.figures, *done], key=attrgetter("start"))
