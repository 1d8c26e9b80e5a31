"""What a draft offers for a record, in the text's order: promises, and targets that stand alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from npcreply.extract.draft import Draft, as_record
from npcreply.extract.header.inquiry import Asked
from npcreply.extract.model import Goal, Promise

Data = dict[str, object]
_LONGEST = {"asker": 40, "question": 1000, "respondent": 80}  # as schema.yaml has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing to choose, numbered from 1: a promise with the targets in it, or (`promise` None)
    one target of its own.
    """

    number: int
    promise: Promise | None
    goals: tuple[Goal, ...]

    @property
    def told(self) -> Promise | Goal:
        """Return what carries its place, words and rule."""
        return self.promise or self.goals[0]


def candidates(found: Draft) -> tuple[Candidate, ...]:
    """Return everything a clerk may choose; a text that is no reply offers nothing."""
    if not found.is_record:
        return ()
    pairs: list[tuple[Promise | None, tuple[Goal, ...]]] = [
        (told, tuple(goal for goal in found.targets if told.start <= goal.start < told.end))
        for told in found.measures
    ]
    within = {goal.start for _told, goals in pairs for goal in goals}
    pairs += [(None, (goal,)) for goal in found.targets if goal.start not in within]
    pairs.sort(key=lambda pair: (pair[0] or pair[1][0]).start)
    return tuple(
        Candidate(number=number, promise=told, goals=goals)
        for number, (told, goals) in enumerate(pairs, 1)
    )


def sure(offered: Iterable[Candidate]) -> list[int]:
    """Return the numbers of those that need no second look."""
    return [one.number for one in offered if one.told.sure]


def record_data(found: Draft, chosen: Iterable[Candidate]) -> Data:
    """Return the record's data with what was chosen, in the text's order; a target that was chosen
    by itself is taken as sure.
    """
    kept = list(chosen)
    alone = [replace(one.goals[0], sure=True) for one in kept if one.promise is None]
    apart = {one.goals[0].start for one in candidates(found) if one.promise is None}
    goals = (*(goal for goal in found.targets if goal.start not in apart), *alone)
    promises = [one.promise for one in kept if one.promise]
    data = as_record(replace(found, targets=goals), promises)
    measures = data.pop("measures", [])
    questions = [_question(asked) for asked in found.header.questions]
    if questions:
        data["questions"] = questions
    if isinstance(measures, list) and measures:
        data["measures"] = _in_order(measures)
    return data


def _in_order(measures: list[Data]) -> list[Data]:
    def start(measure: Data) -> int:
        quote = measure["quote"]
        return int(quote["start"]) if isinstance(quote, dict) else 0

    ordered = sorted(measures, key=start)
    return [
        {**_one_body(measure, "department"), "id": number}
        for number, measure in enumerate(ordered, 1)
    ]


def _one_body(data: Data, name: str) -> Data:
    """One body is written as a word, as a clerk writes it."""
    bodies = data.get(name)
    return {**data, name: bodies[0]} if isinstance(bodies, list) and len(bodies) == 1 else data


def _question(asked: Asked) -> Data:
    speaker = (part.value for part in (asked.position, asked.speaker) if part)
    out: Data = {
        "id": asked.id,
        "asker": asked.asker.value if asked.asker else None,
        "question": " ".join(asked.question.value.split()),
        "body": list(dict.fromkeys(body.value for body in asked.bodies or asked.asked)),
        "respondent": "".join(speaker),
        "answered": asked.answered,
    }
    for name, longest in _LONGEST.items():
        value = out[name]
        out[name] = value[:longest] if isinstance(value, str) else value
    kept = {name: value for name, value in out.items() if value not in (None, "", [])}
    return _one_body(kept, "body")
