"""The draft as the data of a record file: what a clerk would type, with its quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from npcreply.extract.header import Header
from npcreply.extract.header.inquiry import Asked
from npcreply.extract.model import Drafted, Figure, Goal, Promise
from npcreply.extract.progress import Report, reports
from npcreply.extract.words import rx
from npcreply.grammar.units import is_share

if TYPE_CHECKING:
    from npcreply.extract.draft import Draft


_LONGEST = 2000
_STOP = "[,，:：]"
_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]+[是、.要]|[（(]?[一二三四五六七八九十0-9]+[)）]|[0-9]+[.、．]|[①-⑳])\s*"
)
# 于6月底前完成: without its subject the day alone opens the sentence.
_BY = re.compile("[于在](?=[0-9今明本年月日底末初上中下旬半季度一二三四五六七八九十]{3})")


# 同时, 下一步工作中, 我局还将: a link before a stop, a 将 or the body itself; its name before a
# verb.
_LEADING = rx(
    f"(?:<<departments.self>>(?:(?:还|也|均|都|仍|同步)?将|(?!的|{_STOP}|[与和同及、]))"
    rf"|<<promises.linking+promises.next>>(?:工作)?中?(?:{_STOP}\s*|(?=<<departments.self>>"
    "|(?:还|也|均|都|仍|同步)?将))|(?<=[,，中步段后续来此时])(?:还|也|均|都|仍|同步)?将)*"
)


def short(quote: str) -> str:
    """Return the clause itself: without numbering, links in front and its closing mark."""
    plain = _NUMBERING.sub("", " ".join(quote.split()))
    led = _LEADING.match(plain)
    start = led.end() if led else 0
    by = _BY.match(plain, start) if start else None
    plain = plain[by.end() if by else start :]
    return plain.rstrip("。；;，,：: ")[:_LONGEST] or quote[:_LONGEST]


Data = dict[str, object]

_LONGEST_QUESTION = 1000
_SINCE_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?:起|开始)")
_FIELDS = ("number", "session", "title", "lead")
_DATED = ("reply_date", "publish_date", "disclosure", "index_no", "doc_no")


def as_record(found: Draft, chosen: Iterable[Promise] | None = None) -> Data:
    """Return the record's data; `chosen`: the promises to keep, those that are sure where None.

    A target that stands in no promise becomes one of its own: every tracked thing has one id.
    """
    kept = [told for told in found.measures if told.sure] if chosen is None else list(chosen)
    goals = [goal for goal in found.targets if goal.sure]
    bare = [goal for goal in goals if not _is_in_any(goal, found.measures)]
    measures = [_measure(told, [g for g in goals if _is_in(g, told)]) for told in kept]
    measures += [_bare(goal) for goal in bare]
    for number, measure in enumerate(measures, 1):
        measure["id"] = number
    _log(measures, [*(g for told in kept for g in goals if _is_in(g, told)), *bare], found.facts)
    ordered = [{"id": measure.pop("id"), **measure} for measure in measures]
    questions = [_question(asked) for asked in found.header.questions]
    out = {**_header(found.header), "questions": questions, "measures": ordered}
    return {name: value for name, value in out.items() if value != []}


def _header(header: Header) -> Data:
    out: Data = {"kind": header.kind.value}
    if header.year and header.year.sure:
        out["year"] = header.year.value
    out |= {name: _sure(getattr(header, name)) for name in _FIELDS}
    out["deputies"] = [told.value for told in header.deputies if told.sure]
    out["co"] = [{"body": told.value} for told in header.co if told.sure]
    out["consulted"] = [told.value for told in header.consulted if told.sure]
    out |= {name: _sure(getattr(header, name)) for name in _DATED}
    out["classes"] = _classes(header)
    contact = {"name": _sure(header.contact), "phone": _sure(header.phone)}
    out["contact"] = {name: value for name, value in contact.items() if value}
    return {name: value for name, value in out.items() if value not in (None, [], {})}


def _question(asked: Asked) -> Data:
    out: Data = {
        "id": asked.id,
        "asker": _sure(asked.asker),
        "question": " ".join(asked.question.value.split())[:_LONGEST_QUESTION],
        "body": [body.value for body in asked.bodies] or None,
        "respondent": _sure(asked.speaker),
        "answered": asked.answered,
    }
    return {name: value for name, value in out.items() if value is not None}


def _classes(header: Header) -> list[Data]:
    letter = _sure(header.letter)
    if letter is None:
        return []
    told = {"letter": letter, "scheme": _sure(header.scheme), "on": _sure(header.reply_date)}
    return [{name: value for name, value in told.items() if value is not None}]


def _sure(told: Drafted[str] | Drafted[date] | None) -> object:
    return told.value if told is not None and told.sure else None


def _measure(told: Promise, goals: list[Goal]) -> Data:
    out: Data = {
        "text": short(told.quote),
        "quote": {"text": told.quote, "start": told.start, "end": told.end},
    }
    if told.question:
        out["question"] = told.question
    if told.department and told.department.sure:
        out["department"] = [told.department.value]
    out["force"] = told.force.value
    if told.condition:
        out["condition"] = told.condition.value
    out |= _deadline(told.deadline)
    every = list(dict.fromkeys(one.value for one in told.cadence if one.sure))
    if every:
        out["cadence"] = every
        if since := _SINCE_YEAR.search(told.quote):
            out["reports"] = {"from": date(int(since[1]), 1, 1)}
    own = told.deadline.value if told.deadline else None
    if goals:
        out["targets"] = [_target(n, goal, own) for n, goal in enumerate(goals, 1)]
    return out


def _bare(goal: Goal) -> Data:
    return {
        "text": short(goal.quote),
        "quote": {"text": goal.quote, "start": goal.start, "end": goal.end},
        "force": "firm",
        **_deadline(goal.deadline),
        "targets": [_target(1, goal, goal.deadline.value if goal.deadline else None)],
    }


def _deadline(told: Drafted[date] | None) -> Data:
    """A doubtful day is left to the clerk; its words are kept."""
    if told is None:
        return {}
    day = {"date": told.value} if told.sure else {}
    return {"deadline": {**day, "words": told.words[:80]}}


def _target(number: int, goal: Goal, own: object) -> Data:
    growing = goal.comparator in ("growth", "multiple")
    out: Data = {
        "id": number,
        "indicator": goal.indicator or short(goal.quote),
        "kind": _kind(goal),
        "comparator": ">=" if growing else goal.comparator,
        "value": goal.value,
        "value_min": goal.value_min,
        "value_max": goal.value_max,
        "unit": goal.unit,
        "scope": goal.scope,
    }
    if goal.deadline and goal.deadline.value != own:
        out |= _deadline(goal.deadline)
    out |= {"forecast": goal.forecast or None, "approx": goal.approx or None}
    return {name: value for name, value in out.items() if value is not None}


def _kind(goal: Goal) -> str:
    if goal.comparator in ("growth", "multiple"):
        return goal.comparator
    if goal.comparator == "<=":
        return "limit"
    return "rate" if is_share(goal.unit) else "level"


def _is_in(goal: Goal, told: Promise) -> bool:
    return told.start <= goal.start < told.end


def _is_in_any(goal: Goal, promises: Iterable[Promise]) -> bool:
    return any(_is_in(goal, told) for told in promises)


def _log(measures: list[Data], goals: list[Goal], facts: Iterable[Figure]) -> None:
    """`goals`: those of the measures, in their order."""
    owners = [
        (measure, target)
        for measure in measures
        if isinstance(targets := measure.get("targets"), list)
        for target in targets
    ]
    for told in reports(goals, facts):
        measure, target = owners[told.place]
        entries = measure.setdefault("log", [])
        if isinstance(entries, list):
            entries.append(_entry(told, target["id"]))


def _entry(told: Report, target: object) -> Data:
    fact, day = told.fact, told.fact.as_of
    out: Data = {
        "on": day.value if day and day.sure else None,
        "words": day.words[:80] if day and not day.sure else None,
        "target": target,
        "value": fact.value,
        "unit": fact.unit,
        "approx": fact.approx or None,
        "stated_percent": told.stated,
    }
    return {name: value for name, value in out.items() if value is not None}
