"""The draft as JSON: what the scorer reads, and the rule of every value beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from npcreply.extract.draft import Draft
from npcreply.extract.header import Header
from npcreply.extract.model import Doubt, Drafted, Figure, Goal, Promise, Rate, Span

Json: TypeAlias = dict[str, object]


def as_json(draft: Draft) -> Json:
    """Return what `draft --json` prints, as plain data: dates as YYYY-MM-DD, numbers as numbers,
    offsets into the input text.
    """
    return {
        "reply": _reply(draft.header),
        "record": draft.is_record,
        "measures": [_measure(promise) for promise in draft.measures],
        "targets": [_target(goal) for goal in draft.targets],
        "facts": [_fact(figure) for figure in draft.facts],
        "others": [_measure(promise) for promise in draft.theirs],
        "doubts": [_doubt(doubt) for doubt in draft.doubts],
        "contradictions": [_doubt(doubt) for doubt in draft.contradictions],
        "further_letters": [_span(span) for span in draft.header.others],
        "furniture": [_span(span) for span in draft.cleaned.furniture],
    }


_TITLES = ("number", "session", "title", "lead")
_HANDLED = ("between_sessions", "assigned_on", "leader", "feedback", "attitude", "carried_from")
_DATES = ("reply_date", "publish_date", "index_no", "doc_no", "disclosure", "year")


def _reply(header: Header) -> Json:
    kind = header.kind.value
    reply: Json = {"kind": "article" if kind == "message" else kind}  # no reply, as any other text
    reply |= {name: _value(getattr(header, name)) for name in _TITLES}
    reply["co"] = [body.value for body in (*header.co, *header.consulted)]
    reply["deputies"] = [deputy.value for deputy in header.deputies]
    reply |= {name: _value(getattr(header, name)) for name in _DATES}
    reply |= {name: _value(getattr(header, name)) for name in _HANDLED}
    reply["met"] = [_value(day) for day in header.met]
    contact = _kept({"name": _value(header.contact), "phone": _value(header.phone)})
    reasons = _header_doubts(header)
    return _kept({**reply, "contact": contact, "unsure": [*reasons], "reasons": reasons})


def _header_doubts(header: Header) -> dict[str, str]:
    """The fields that a person should look at before they are taken, each with the sentence that
    says why: that of its first doubtful value.
    """
    return {
        name: value.doubt.message
        for name, values in header.values()
        for value in reversed(values)
        if value.doubt
    }


def _measure(promise: Promise) -> Json:
    return _kept(
        {
            **_place(promise),
            "department": _value(promise.department),
            "force": promise.force.value,
            "deadline": _due(promise.deadline),
            "cadence": [{"every": each.value, **_words(each)} for each in promise.cadence],
            "condition": _value(promise.condition),
            "question": promise.question,
            "rule": promise.rule,
            **_doubted(promise),
            "rules": {"force": promise.force.rule},
        }
    )


def _target(goal: Goal) -> Json:
    return _kept(
        {
            **_place(goal),
            "indicator": goal.indicator,
            "comparator": goal.comparator,
            "value": _plain(goal.value),
            "value_min": _plain(goal.value_min),
            "value_max": _plain(goal.value_max),
            "unit": goal.unit,
            "scope": goal.scope,
            "deadline": _due(goal.deadline),
            "forecast": goal.forecast or None,
            "approx": goal.approx or None,
            "also": [_span(span) for span in goal.also],
            "rule": goal.rule,
            **_doubted(goal),
        }
    )


def _fact(figure: Figure) -> Json:
    return _kept(
        {
            **_place(figure),
            "indicator": figure.indicator,
            "value": _plain(figure.value),
            "unit": figure.unit,
            "approx": figure.approx or None,
            "from": _plain(figure.level_before),
            "scope": figure.scope,
            "as_of": _value(figure.as_of),
            "rates": [_rate(rate) for rate in figure.rates],
            "rule": figure.rule,
            **_doubted(figure),
        }
    )


def _place(quoted: Promise | Goal | Figure) -> Json:
    return {"start": quoted.start, "end": quoted.end, "quote": quoted.quote}


def _rate(rate: Rate) -> Json:
    return _kept(
        {
            "percent": _plain(rate.percent),
            "percent_of": rate.percent_of,
            "of": _plain(rate.of),
            "of_unit": rate.of_unit,
        }
    )


def _doubt(doubt: Doubt) -> Json:
    place = {"start": doubt.start, "end": doubt.end}
    return {"code": doubt.code, "message": doubt.message, **place}


def _span(span: Span) -> Json:
    return _kept({"start": span.start, "end": span.end, "rule": span.rule})


def _due(day: Drafted[date] | None) -> Json:
    return {"date": _plain(day.value), **_words(day)} if day else {}


def _words(drafted: Drafted[date] | Drafted[str]) -> Json:
    return {
        "quote": drafted.words,
        "start": drafted.start,
        "end": drafted.end,
        "rule": drafted.rule,
        **_doubted(drafted),
    }


def _doubted(told: Drafted[Any] | Promise | Goal | Figure) -> Json:
    """Whether it is sure, else the kind of doubt and the sentence that says what spoke against."""
    doubt = told.doubt
    if doubt is None:
        return {"sure": True}
    return {"sure": False, "doubt": doubt.code, "reason": doubt.message}


def _kept(data: Json) -> Json:
    """The data without what the text does not have."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _value(drafted: Drafted[str] | Drafted[int] | Drafted[date] | None) -> object:
    return None if drafted is None else _plain(drafted.value)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
