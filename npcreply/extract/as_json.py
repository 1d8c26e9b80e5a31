"""The draft as JSON: what the scorer reads, and the rule of every value beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from npcreply.extract.header import Header
from npcreply.extract.model import Doubt, Drafted, Figure, Goal, Promise, Rate, Span

if TYPE_CHECKING:
    from npcreply.extract.draft import Draft


Json: TypeAlias = dict[str, object]


def as_json(found: Draft) -> Json:
    """Return plain data: dates as YYYY-MM-DD, numbers as numbers, offsets into the input text."""
    return {
        "reply": _reply(found.header),
        "record": found.is_record,
        "measures": [_measure(told) for told in found.measures],
        "targets": [_target(told) for told in found.targets],
        "facts": [_fact(told) for told in found.facts],
        "others": [_measure(told) for told in found.theirs],
        "doubts": [_doubt(told) for told in found.doubts],
        "contradictions": [_doubt(told) for told in found.contradictions],
        "further_letters": [_span(span) for span in found.header.others],
        "furniture": [_span(span) for span in found.cleaned.furniture],
    }


def _reply(header: Header) -> Json:
    kind = header.kind.value
    out: Json = {"kind": "article" if kind == "message" else kind}  # no reply, as any other text
    for name in ("number", "session", "title", "lead"):
        out |= _value(name, getattr(header, name))
    out["co"] = [told.value for told in (*header.co, *header.consulted)]
    out["deputies"] = [told.value for told in header.deputies]
    for name in ("reply_date", "publish_date", "index_no", "doc_no", "disclosure", "year"):
        out |= _value(name, getattr(header, name))
    contact = _value("name", header.contact) | _value("phone", header.phone)
    return _kept({**out, "contact": contact, "unsure": _unsure(header)})


def _unsure(header: Header) -> list[str]:
    """The names of the fields that a person should look at before they are taken."""
    told = {name: getattr(header, name) for name in Header.__dataclass_fields__}
    each = {name: one if isinstance(one, tuple) else (one,) for name, one in told.items()}
    return [
        name
        for name, several in each.items()
        if any(isinstance(one, Drafted) and not one.sure for one in several)
    ]


def _value(name: str, told: Drafted[str] | Drafted[int] | Drafted[date] | None) -> Json:
    return {} if told is None else {name: _plain(told.value)}


def _due(told: Drafted[date] | None) -> Json:
    return {"date": _plain(told.value), **_words(told)} if told else {}


def _measure(told: Promise) -> Json:
    return _kept(
        {
            "start": told.start,
            "end": told.end,
            "quote": told.quote,
            "department": told.department.value if told.department else None,
            "force": told.force.value,
            "deadline": _due(told.deadline),
            "cadence": [{"every": every.value, **_words(every)} for every in told.cadence],
            "condition": told.condition.value if told.condition else None,
            "question": told.question,
            "rule": told.rule,
            "sure": told.sure,
            "rules": {"force": told.force.rule},
        }
    )


def _target(told: Goal) -> Json:
    return _kept(
        {
            "start": told.start,
            "end": told.end,
            "quote": told.quote,
            "indicator": told.indicator,
            "comparator": told.comparator,
            "value": _plain(told.value),
            "value_min": _plain(told.value_min),
            "value_max": _plain(told.value_max),
            "unit": told.unit,
            "scope": told.scope,
            "deadline": _due(told.deadline),
            "forecast": told.forecast or None,
            "approx": told.approx or None,
            "also": [_span(span) for span in told.also],
            "rule": told.rule,
            "sure": told.sure,
        }
    )


def _fact(told: Figure) -> Json:
    return _kept(
        {
            "start": told.start,
            "end": told.end,
            "quote": told.quote,
            "indicator": told.indicator,
            "value": _plain(told.value),
            "unit": told.unit,
            "approx": told.approx or None,
            "from": _plain(told.level_before),
            "scope": told.scope,
            "as_of": _plain(told.as_of.value) if told.as_of else None,
            "rates": [_rate(rate) for rate in told.rates],
            "rule": told.rule,
            "sure": told.sure,
        }
    )


def _rate(told: Rate) -> Json:
    return _kept(
        {
            "percent": _plain(told.percent),
            "percent_of": told.percent_of,
            "of": _plain(told.of),
            "of_unit": told.of_unit,
        }
    )


def _doubt(told: Doubt) -> Json:
    return {"code": told.code, "message": told.message, "start": told.start, "end": told.end}


def _span(told: Span) -> Json:
    return _kept({"start": told.start, "end": told.end, "rule": told.rule})


def _words(told: Drafted[date] | Drafted[str]) -> Json:
    return {
        "quote": told.words,
        "start": told.start,
        "end": told.end,
        "rule": told.rule,
        "sure": told.sure,
    }


def _kept(data: Json) -> Json:
    """Without what the text does not say."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
