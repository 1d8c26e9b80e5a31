"""What was chosen of a draft as the data of a record file: what a clerk would type, with its
quotes. Values that are not sure are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from npcreply.extract.candidates import Candidate, comes_along
from npcreply.extract.draft import Draft
from npcreply.extract.header import Header
from npcreply.extract.header.inquiry import Asked
from npcreply.extract.model import Drafted, Figure, Goal, Promise
from npcreply.extract.progress import Report, reports
from npcreply.extract.words import rx
from npcreply.grammar.units import is_share

Data = dict[str, object]
_Entry = tuple[Data, list[Goal]]
"""A measure as the record has it, and the targets that it has."""


def record_data(draft: Draft, chosen: Iterable[Candidate]) -> Data:
    """Return the record's data with what was chosen, in the text's order. A target that stands in
    no promise becomes a measure of its own: every tracked thing has one id; chosen by itself it is
    taken as sure.
    """
    picked = list(chosen)
    entries: list[_Entry] = []
    for candidate in picked:
        if candidate.promise:
            goals = [goal for goal in candidate.goals if comes_along(goal)]
            entries.append((_of_promise(candidate.promise, goals), goals))
    entries += [(_of_goal(one.goals[0]), [one.goals[0]]) for one in picked if one.promise is None]
    _report(entries, draft.facts)
    ordered = sorted(entries, key=_place)
    measures = [{"id": number, **measure} for number, (measure, _goals) in enumerate(ordered, 1)]
    questions = [_question(asked) for asked in draft.header.questions]
    return {**_header(draft.header), **_kept({"questions": questions, "measures": measures})}


def _kept(data: Data) -> Data:
    """The data without what is not there."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _place(entry: _Entry) -> int:
    quote = entry[0]["quote"]
    return int(quote["start"]) if isinstance(quote, dict) else 0


# --- header

_FIELDS = ("number", "session", "between_sessions", "title", "lead")
_HANDLED = ("leader", "assigned_on")
_DATED = ("reply_date", "publish_date", "disclosure", "index_no", "doc_no")


def _header(header: Header) -> Data:
    year = header.year.value if header.year and header.year.sure else None
    contact = {"name": _sure(header.contact), "phone": _sure(header.phone)}
    return _kept(
        {
            "kind": header.kind.value,
            "year": year,
            **{name: _sure(getattr(header, name)) for name in _FIELDS},
            "deputies": [deputy.value for deputy in header.deputies if deputy.sure],
            "co": [{"body": body.value} for body in header.co if body.sure],
            "consulted": [body.value for body in header.consulted if body.sure],
            **{name: _sure(getattr(header, name)) for name in _HANDLED},
            "met": [{"on": day.value} for day in header.met if day.sure],
            **{name: _sure(getattr(header, name)) for name in _DATED},
            "classes": _classes(header),
            "feedback": _feedback(header),
            "contact": _kept(contact),
            "carried_from": _sure(header.carried_from),
        }
    )


def _feedback(header: Header) -> list[Data]:
    verdict = {"attitude": _sure(header.attitude), "result": _sure(header.feedback)}
    return [_kept(verdict)] if any(verdict.values()) else []


def _classes(header: Header) -> list[Data]:
    letter = _sure(header.letter)
    if letter is None:
        return []
    on = _sure(header.reply_date)
    return [_kept({"letter": letter, "scheme": _sure(header.scheme), "on": on})]


def _sure(drafted: Drafted[str] | Drafted[date] | Drafted[bool] | None) -> object:
    return drafted.value if drafted is not None and drafted.sure else None


_LONGEST_FIELD = {"asker": 40, "question": 1000, "respondent": 80}  # as schema.yaml has it


def _question(asked: Asked) -> Data:
    speaker = (part.value for part in (asked.position, asked.speaker) if part)
    bodies = list(dict.fromkeys(body.value for body in asked.bodies or asked.asked))
    texts = {
        "asker": asked.asker.value if asked.asker else "",
        "question": " ".join(asked.question.value.split()),
        "respondent": "".join(speaker),
    }
    texts = {name: text[: _LONGEST_FIELD[name]] for name, text in texts.items()}
    return _kept(
        {
            "id": asked.id,
            "asker": texts["asker"],
            "question": texts["question"],
            "body": _as_typed(bodies),
            "respondent": texts["respondent"],
            "answered": asked.answered,
        }
    )


def _as_typed(bodies: list[str]) -> object:
    """One body is written as a word, as a clerk writes it."""
    return bodies[0] if len(bodies) == 1 else bodies


# --- measures

# 2024年起: from when a practice is reported.
_SINCE_YEAR = rx(r"(?<!\d)(20\d\d)年(?:起|开始)")


def _of_promise(promise: Promise, goals: Sequence[Goal]) -> Data:
    department = promise.department
    own = promise.deadline.value if promise.deadline else None
    every = list(dict.fromkeys(cadence.value for cadence in promise.cadence if cadence.sure))
    year = _SINCE_YEAR.search(promise.quote)
    since = promise.since or (date(int(year[1]), 1, 1) if year else None)
    return _kept(
        {
            "text": short(promise.quote),
            "quote": {"text": promise.quote, "start": promise.start, "end": promise.end},
            "question": promise.question,
            "department": department.value if department and department.sure else None,
            "force": promise.force.value,
            "condition": promise.condition.value if promise.condition else None,
            "deadline": _deadline(promise.deadline),
            "cadence": every,
            "reports": {"from": since} if every and since else None,
            "targets": _linked(
                [_target(number, goal, own) for number, goal in enumerate(goals, 1)],
                goals,
                _wholes(promise, goals),
            ),
        }
    )


def _wholes(promise: Promise, goals: Sequence[Goal]) -> list[int | None]:
    """For each number the whole (its place from 0) that 其中 before it says it is a part of; a full
    stop or a semicolon ends the list of parts.
    """
    found: list[int | None] = []
    whole: int | None = None
    end = promise.start
    for place, goal in enumerate(goals):
        between = promise.quote[max(0, end - promise.start) : max(0, goal.start - promise.start)]
        if place and ("其中" in between or goal.quote.startswith("其中")):
            whole = place - 1
        elif _PARTS_END.search(between):
            whole = None
        found.append(whole)
        end = max(end, goal.end)
    return found


_PARTS_END = rx("[。;；]")


def _linked(targets: list[Data], goals: Sequence[Goal], wholes: Sequence[int | None]) -> list[Data]:
    """Parts that reach their whole name it as parent, so that they are added up and doubted where
    they come to more; fewer are only some of the parts and stand alone.
    """
    for whole in {place for place in wholes if place is not None}:
        total = goals[whole]
        parts = [
            place
            for place, goal in enumerate(goals)
            if wholes[place] == whole and goal.unit == total.unit and goal.value < total.value
        ]
        if len(parts) > 1 and sum(goals[place].value for place in parts) >= total.value:
            for place in parts:
                targets[place]["parent"] = str(targets[whole]["id"])
    return targets


def _of_goal(goal: Goal) -> Data:
    own = goal.deadline.value if goal.deadline else None
    return _kept(
        {
            "text": short(goal.quote),
            "quote": {"text": goal.quote, "start": goal.start, "end": goal.end},
            "force": "firm",
            "deadline": _deadline(goal.deadline),
            "targets": [_target(1, goal, own)],
        }
    )


_LONGEST_WORDS = 80  # characters of a day's words, as schema.yaml has it


def _deadline(day: Drafted[date] | None) -> Data:
    """A doubtful day is left to the clerk; its words are kept."""
    if day is None:
        return {}
    return _kept({"date": day.value if day.sure else None, "words": day.words[:_LONGEST_WORDS]})


def _target(number: int, goal: Goal, own: date | None) -> Data:
    """`own`: the day of the promise, which its targets do not repeat."""
    growing = goal.comparator in ("growth", "multiple")
    later = goal.deadline if goal.deadline and goal.deadline.value != own else None
    target: Data = {
        "id": number,
        "indicator": goal.indicator or short(goal.quote),
        "kind": _kind(goal),
        "comparator": ">=" if growing else goal.comparator,
        "value": goal.value,
        "value_min": goal.value_min,
        "value_max": goal.value_max,
        "unit": goal.unit,
        "scope": goal.scope,
        "deadline": _deadline(later) or None,
        "forecast": goal.forecast or None,
        "approx": goal.approx or None,
    }
    return {name: value for name, value in target.items() if value is not None}


def _kind(goal: Goal) -> str:
    if goal.comparator in ("growth", "multiple"):
        return goal.comparator
    if goal.comparator == "<=":
        return "limit"
    return "rate" if is_share(goal.unit) else "level"


# --- the words of a measure

_LONGEST = 2000  # characters of a measure's text, as schema.yaml has it
_NUMBERING = rx(
    r"^\s*(?:第?[一二三四五六七八九十]+[是、.要]|[（(]?[一二三四五六七八九十0-9]+[)）]"
    r"|[0-9]+[.、．]|[①-⑳])\s*"
)
_STOP = "[,，:：]"
_WILL = "(?:[还也均都仍]|同步)?将"
# 同时, 下一步工作中, 我局还将: a link before a stop, a 将 or the body itself; its name before a
# verb.
_LEADING = rx(
    f"(?:<<departments.self>>(?:{_WILL}|(?!的|{_STOP}|[与和同及、]))"
    rf"|<<promises.linking+promises.next>>(?:工作)?中?(?:{_STOP}\s*|(?=<<departments.self>>|{_WILL}))"
    f"|(?<=[，,中步段后续来此时]){_WILL})*"
)
# 于6月底前完成: without its subject the day alone opens the sentence.
_BY = rx("[于在](?=[0-9今明本年月日底末初上中下旬半季度一二三四五六七八九十]{3})")


def short(quote: str) -> str:
    """Return the clause itself: without numbering, links in front and its closing mark."""
    plain = _NUMBERING.sub("", " ".join(quote.split()))
    links = _LEADING.match(plain)
    start = links.end() if links else 0
    by = _BY.match(plain, start) if start else None
    plain = plain[by.end() if by else start :]
    return plain.rstrip("。；;，,：: ")[:_LONGEST] or quote[:_LONGEST]


# --- progress that the letter reports already


def _report(entries: list[_Entry], facts: Iterable[Figure]) -> None:
    """Enter the letter's figures that report on a target in the log of its measure."""
    owners = [(measure, number) for measure, goals in entries for number, _ in enumerate(goals, 1)]
    for report in reports([goal for _measure, goals in entries for goal in goals], facts):
        measure, target = owners[report.place]
        log = measure.setdefault("log", [])
        if isinstance(log, list):
            log.append(_log_entry(report, target))


def _log_entry(report: Report, target: int) -> Data:
    fact, day = report.fact, report.fact.as_of
    entry: Data = {
        "on": day.value if day and day.sure else None,
        "words": day.words[:_LONGEST_WORDS] if day and not day.sure else None,
        "target": target,
        "value": fact.value,
        "unit": fact.unit,
        "approx": fact.approx or None,
        "stated_percent": report.stated,
    }
    return {name: value for name, value in entry.items() if value is not None}
