"""What of the candidates taken is doubtful, point by point, and the draft with these settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from npcreply.dataclass import dataclass, replace
from npcreply.extract.candidates import Candidate, comes_along
from npcreply.extract.draft import Draft
from npcreply.extract.model import Doubt, Drafted, Figure, Goal, Promise
from npcreply.extract.progress import reports
from npcreply.extract.reasons import against

Told: TypeAlias = "Drafted[Any] | Goal | Figure"
T = TypeVar("T", Drafted[Any], Goal, Figure)
Answer: TypeAlias = "bool | Told"
"""Taken as it is read, left out, or what is to stand in its place."""
Answers = Mapping[str, Answer]
"""The key of a point -> what was answered; a point without an answer is left out."""
_DAYS = ("deadline", "due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One doubtful value of candidate `number`. `what` it is: deadline (of the promise), due (of a
    target), department, cadence, target, indicator (a target without a name), figure (reported on a
    target), as_of (the day of one). `goal`: the target that it is of.
    """

    what: str
    number: int
    told: Told
    doubt: Doubt
    goal: Goal | None = None

    @property
    def key(self) -> str:
        """Return what the point is called when the letter is read again; one day that stands for
        several is one point.
        """
        sort = "day" if self.what in _DAYS else self.what
        return f"{sort}:{self.told.start}-{self.told.end}"


def points(draft: Draft, chosen: Sequence[Candidate], answers: Answers) -> Iterator[Point]:
    """Yield each point once, answered or not; the parts of a target come when it is taken."""
    told: set[str] = set()
    for point in _every(draft, chosen, answers):
        if point.key not in told:
            told.add(point.key)
            yield point


def _every(draft: Draft, chosen: Sequence[Candidate], answers: Answers) -> Iterator[Point]:
    for one in chosen:
        if one.promise:
            yield from _of_promise(one.number, one.promise)
        for goal in one.goals:
            yield from _of_goal(one, goal, answers)
    yield from _of_figures(draft, chosen, answers)


def _of_promise(number: int, promise: Promise) -> Iterator[Point]:
    values = [("deadline", promise.deadline), ("department", promise.department)]
    for what, told in (*values, *(("cadence", each) for each in promise.cadence)):
        if told and told.doubt:
            yield Point(what=what, number=number, told=told, doubt=told.doubt)


def _of_goal(one: Candidate, goal: Goal, answers: Answers) -> Iterator[Point]:
    """A target that stands alone is taken with its number; what comes along is asked."""
    if one.promise and not comes_along(goal) and goal.doubt:
        point = Point(what="target", number=one.number, told=goal, doubt=goal.doubt, goal=goal)
        yield point
        if not answers.get(point.key):
            return
    if not goal.indicator:
        doubt = against("goal_without_name", goal.quote, goal.start, goal.end)
        yield Point(what="indicator", number=one.number, told=goal, doubt=doubt, goal=goal)
    due = goal.deadline
    if due and due.doubt:
        yield Point(what="due", number=one.number, told=due, doubt=due.doubt, goal=goal)


def _of_figures(draft: Draft, chosen: Sequence[Candidate], answers: Answers) -> Iterator[Point]:
    """Figures that would report on what is taken, and the days of those."""
    taken = [
        (one.number, goal)
        for one in _settled(chosen, answers)
        for goal in one.goals
        if one.promise is None or comes_along(goal)
    ]
    goals = [goal for _number, goal in taken]
    doubtful = {fact.start: fact for fact in draft.facts if fact.doubt}
    for report in reports(goals, [replace(fact, doubt=None) for fact in doubtful.values()]):
        fact, (number, goal) = doubtful[report.fact.start], taken[report.place]
        if fact.doubt:
            yield Point(what="figure", number=number, told=fact, doubt=fact.doubt, goal=goal)
    for report in reports(goals, [_of(fact, "figure", answers) for fact in draft.facts]):
        day, (number, goal) = report.fact.as_of, taken[report.place]
        if day and day.doubt:
            yield Point(what="as_of", number=number, told=day, doubt=day.doubt, goal=goal)


def settled(
    draft: Draft, chosen: Sequence[Candidate], answers: Answers
) -> tuple[Draft, list[Candidate]]:
    """Return draft and candidates with what was taken sure; what was left stays doubtful."""
    facts = (_of(fact, "figure", answers) for fact in draft.facts)
    dated = (
        replace(fact, as_of=_of(fact.as_of, "as_of", answers)) if fact.as_of else fact
        for fact in facts
    )
    return replace(draft, facts=tuple(dated)), _settled(chosen, answers)


def _settled(chosen: Sequence[Candidate], answers: Answers) -> list[Candidate]:
    return [
        replace(
            one,
            promise=_promise(one.promise, answers) if one.promise else None,
            goals=tuple(_goal(goal, answers) for goal in one.goals),
        )
        for one in chosen
    ]


def _promise(promise: Promise, answers: Answers) -> Promise:
    due, body = promise.deadline, promise.department
    return replace(
        promise,
        deadline=_of(due, "day", answers) if due else None,
        department=_of(body, "department", answers) if body else None,
        cadence=tuple(_of(each, "cadence", answers) for each in promise.cadence),
    )


def _goal(goal: Goal, answers: Answers) -> Goal:
    own = _of(goal, "target", answers)
    named = answers.get(f"indicator:{goal.start}-{goal.end}")
    if isinstance(named, Goal):
        own = replace(own, indicator=named.indicator)
    due = goal.deadline
    return replace(own, deadline=_of(due, "day", answers) if due else None)


def _of(told: T, sort: str, answers: Answers) -> T:
    """The value as it was answered for; as it is, where it was left or is in no doubt."""
    answer = answers.get(f"{sort}:{told.start}-{told.end}")
    if told.doubt is None or not answer:
        return told
    return answer if isinstance(answer, type(told)) else replace(told, doubt=None)
