"""What a draft offers for a record, in the text's order: promises, and targets that stand alone."""

from __future__ import annotations

from collections.abc import Iterable

from npcreply.dataclass import dataclass
from npcreply.extract.draft import Draft
from npcreply.extract.model import Goal, Promise
from npcreply.extract.reasons import IN_DOUBTFUL_PROMISE


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing to choose, numbered from 1: a promise (of a sentence with two dated acts, one of
    them) with the targets in it, or (`promise` None) one target of its own.
    """

    number: int
    promise: Promise | None
    goals: tuple[Goal, ...]

    @property
    def main(self) -> Promise | Goal:
        """Return the promise, else the target: what carries the place, the words and the rule."""
        return self.promise or self.goals[0]


def candidates(draft: Draft) -> tuple[Candidate, ...]:
    """Return everything a clerk may choose; a text that is no reply offers nothing."""
    if not draft.is_record:
        return ()
    pairs: list[tuple[Promise | None, tuple[Goal, ...]]] = [
        (promise, tuple(goal for goal in draft.targets if goal.is_in(promise)))
        for whole in draft.measures
        for promise in whole.parts or (whole,)
    ]
    within = {goal.start for _promise, goals in pairs for goal in goals}
    pairs += [(None, (goal,)) for goal in draft.targets if goal.start not in within]
    pairs += draft.beside
    pairs.sort(key=lambda pair: (pair[0] or pair[1][0]).start)
    return tuple(
        Candidate(number=number, promise=promise, goals=goals)
        for number, (promise, goals) in enumerate(pairs, 1)
    )


def comes_along(goal: Goal) -> bool:
    """Return whether a target comes with its promise: also one that is doubtful only as that is."""
    return goal.doubt is None or goal.doubt.code == IN_DOUBTFUL_PROMISE


def sure(offered: Iterable[Candidate]) -> list[int]:
    """Return the numbers of those that need no second look."""
    return [candidate.number for candidate in offered if candidate.main.sure]
