"""The numbers of a letter: targets, and figures reported with every rate printed with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from operator import attrgetter

from npcreply.dataclass import replace
from npcreply.extract.figures import names, tables, targets
from npcreply.extract.figures.as_of import Clock
from npcreply.extract.figures.numbered import Number, numbers
from npcreply.extract.figures.roles import FACT, GROWTH, HELD, IN_FORCE, PLAN, SHARE, TARGET, role
from npcreply.extract.model import Doubt, Drafted, Figure, Goal, Promise, Rate
from npcreply.extract.reasons import against
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.words import rx

# The first of several stages: of what the sentence before it plans.
_STAGE = rx("<<figures.stages>>|第?[一二三四1-4]期|第[一二三四]批")
_YEARS = frozenset({"year", "whole_year"})
_PERCENT_OF = {GROWTH: "growth", HELD: "target", SHARE: "total"}


def read(letter: Letter, promises: list[Promise]) -> tuple[list[Goal], list[Figure]]:
    """Return the targets and the figures of the letter, each in the order of the text."""
    reader = _Reader(letter)
    by_clause: dict[int, list[Number]] = {}
    for number in numbers(letter, promises):
        by_clause.setdefault(number.clause.start, []).append(number)
    for sentence in letter.sentences:
        reader.clock.enter(sentence)
        for clause in sentence.clauses:
            counted = by_clause.get(clause.start, [])
            for number in counted:
                reader.read(number)
            reader.clock.pass_over(clause.start, clause.end, figured=bool(counted))
    rows, done = tables.read(letter)
    goals = sorted([*targets.merged(reader.goals), *rows], key=attrgetter("start"))
    return goals, sorted([*reader.figures, *done], key=attrgetter("start"))


class _Reader:
    """The numbers of one sentence after the other; a rate goes to the figure before it."""

    def __init__(self, letter: Letter) -> None:
        self.letter, self.clock = letter, Clock(letter)
        self.goals: list[Goal] = []
        self.figures: list[Figure] = []
        self._counted: list[str] = []  # the words before the number of each figure
        self._sentence = -1
        self._first = 0  # the first figure of the sentence
        self._name = ""  # what the number before counts
        self._role: tuple[str, str] | None = None
        self._plan: tuple[Decimal, str | None] | None = None
        self._paragraph = -1
        self._year: Drafted[date] | None = None  # by which the last target is due

    def read(self, number: Number) -> None:
        """Take one number."""
        own = role(self.letter, number)
        if number.share and number.share[0] and number.hit.percent:
            own = self._role  # 分别增长21%和26%: what the first is, the others are
        self._role = own
        if own is None:
            return
        if number.sentence.place != self._sentence:
            self._sentence, self._first = number.sentence.place, len(self.figures)
            self._name, self._plan = "", None
        what, rule = own
        if what in (TARGET, PLAN):
            self._add_goal(number, rule)
        elif not (self._rates_verb(number) if what == FACT else self._rates(number, what)):
            self._add_figure(number, rule)

    def _add_goal(self, number: Number, rule: str) -> None:
        goal = targets.goal(self.letter, number, rule, self._name)
        if rule == IN_FORCE:
            self._plan = number.hit.value, number.hit.unit
        if rule == IN_FORCE and len(self.figures) > self._first:
            goal = replace(goal, indicator=self.figures[-1].indicator)
        elif not goal.indicator and self.goals:
            goal = replace(goal, indicator=self.goals[-1].indicator)
        self.goals.append(self._in_year(number, goal))
        self._name = goal.indicator

    def _in_year(self, number: Number, goal: Goal) -> Goal:
        """2019年,计划改造102个小区。第一期改造59个: the year holds for what goes on from it."""
        sentence, day = number.sentence, goal.deadline
        if sentence.numbering or not number.promise or sentence.paragraph != self._paragraph:
            self._paragraph, self._year = sentence.paragraph, None
        if day is not None:
            self._year = day if day.rule in _YEARS else None
            return goal
        part = _STAGE.match(self.letter.text, sentence.body)
        waits = number.promise is None or number.promise.force.value == "conditional"
        return replace(goal, deadline=self._year) if part and not waits else goal

    def _add_figure(self, number: Number, rule: str) -> None:
        hit = number.hit
        since = number.clause.start if hit.from_ is None else number.opens
        start, end = self.letter.source(number.opens, max(number.end, number.closes))
        name = names.indicator(self.letter, number, self._name) or self._name
        growth = hit.change == "growth" and hit.percent
        self._name = name
        self._counted.append(number.own(self.letter))
        self.figures.append(
            Figure(
                start=start,
                end=end,
                quote=self.letter.cleaned.text[start:end],
                rule=rule,
                doubt=_doubt(number, name),
                indicator=name,
                value=hit.value,
                unit=hit.unit,
                approx=hit.approx or hit.beyond,
                scope=names.scope(self.letter, number),
                as_of=self.clock.as_of(since, number.start, number.place),
                level_before=hit.from_,
                rates=(self._rate(number, "growth"),) if growth else (),
            )
        )

    def _rates(self, number: Number, what: str) -> bool:
        """Whether the rate has its figure: one of this sentence."""
        many = len(self.figures) - self._first
        if not many:
            return False
        which, of = number.share or (0, 1)
        place = len(self.figures) - of + which if of <= many else len(self.figures) - 1
        self._attach(place, self._rate(number, _PERCENT_OF[what]))
        return True

    def _rates_verb(self, number: Number) -> bool:
        """已开工136个,开工率60.44%: the rate of what the verb counted."""
        verb = _rated_verb(self.letter, number)
        for place in range(len(self.figures) - 1, self._first - 1, -1):
            if verb and self._counted[place].rstrip("了约近超过").endswith(verb):
                self._attach(place, self._rate(number, "total"))
                return True
        return False

    def _attach(self, place: int, rate: Rate) -> None:
        figure = self.figures[place]
        end = max(figure.end, rate.end)
        quote = self.letter.cleaned.text[figure.start : end]
        self.figures[place] = replace(figure, rates=(*figure.rates, rate), end=end, quote=quote)

    def _rate(self, number: Number, percent_of: str) -> Rate:
        start, end = self.letter.source(number.start, number.end)
        of, unit = None, None
        if percent_of == "target" and self._plan:
            (of, unit), self._plan = self._plan, None
        return Rate(
            percent=number.hit.value,
            percent_of=percent_of,
            start=start,
            end=end,
            words=self.letter.cleaned.text[start:end],
            of=of,
            of_unit=unit,
        )


def _doubt(number: Number, name: str) -> Doubt | None:
    """What speaks against a figure: how it is printed, that nothing says what it counts."""
    hit = number.hit
    kind = hit.doubt or ("" if name else "figure_without_name")
    return against(kind, hit.words, hit.start, hit.end) if kind else None


def _rated_verb(letter: Letter, number: Number) -> str:
    """The 开工 of 开工率; "" for a rate that names more than a verb."""
    name = number.before(letter).rstrip("已达约近超为到至")
    verb = number.hit.percent and name.endswith("率") and len(name) == len("开工率")
    return name[:-1] if verb else ""
