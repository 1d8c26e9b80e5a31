"""The flat facts of a reply and its promises, and records as plain JSON values and back."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from textwrap import dedent
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.dataclass import field_names
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.lines import (
    _OTHERS,
    MeasureLine,
    ReplyLine,
    closed_for_good_on,
    deadlines,
    measure_lines,
    reply_line,
)
from npcreply.domain.record.model import (
    Closing,
    Deadline,
    Entry,
    Extension,
    Measure,
    Record,
    Reports,
    Revision,
    Target,
)
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

PATH = "replies/2023/2023-温46.yaml"
TEXT = """\
kind: suggestion
year: 2023
number: 温46
session: 六届三次
title: 关于建校的建议
deputies: [甲代表, 乙代表]
lead: 市教育局
co: [{body: 市发展改革委}, {body: 市水利局}]
key: true
reply_date: 2023-07-24
classes: [{letter: B, on: 2023-07-24}, {letter: A}]
feedback: [{round: 1, result: satisfied}]
contact: {name: 丙代表, phone: '1'}
source: {file: 2023-温46.txt}
measures:
  - id: 3
    text: 建两所学校
  - {id: 1, removed: {on: 2023-08-01, reason: 录重了}}
  - id: 2
    text: 扩学位
    department: [市水利局, 市教育局]
"""


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def record(text: str = TEXT) -> Record:
    decoded = decode(dedent(text), PATH, schema())
    assert decoded.record is not None, decoded.findings
    return decoded.record


# --- lines


def test_reply_line() -> None:
    line = reply_line(record(), PATH)
    assert (line.id, line.path, line.kind) == ("2023-温46", PATH, "suggestion")
    assert (line.year, line.number, line.session) == (2023, "温46", "六届三次")
    assert (line.title, line.lead, line.key) == ("关于建校的建议", "市教育局", True)
    assert line.co_bodies == ("市发展改革委", "市水利局")
    assert (line.contact, line.source) == ("丙代表", "2023-温46.txt")
    assert (line.deputies, line.deputy_count) == (("甲代表", "乙代表"), 2)
    assert [c.letter for c in line.classes] == ["B", "A"]
    assert line.feedback[0].result == "satisfied"
    assert line.reply_date == date(2023, 7, 24)
    assert line.promises == 2  # the removed one is not counted


def test_a_bare_record_has_a_bare_line() -> None:
    line = reply_line(Record(id="2023-1", kind="inquiry", year=2023, number="1"), "x.yaml")
    assert line == ReplyLine(id="2023-1", path="x.yaml", kind="inquiry", year=2023, number="1")
    assert line.deputy_count == 0


def test_measure_lines_keep_order_and_leave_out_the_removed() -> None:
    lines = list(measure_lines(record(), PATH))
    assert [line.id for line in lines] == ["2023-温46.3", "2023-温46.2"]
    assert all(line.reply == reply_line(record(), PATH) for line in lines)


def test_who_must_act() -> None:
    first, second = measure_lines(record(), PATH)
    assert first.departments == ("市教育局",)
    assert second.departments == ("市水利局", "市教育局")
    nobody = reply_line(Record(id="1", kind="inquiry", year=2023, number="1"), "x.yaml")
    assert MeasureLine(nobody, Measure(id=1)).departments == ()


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_every_day_that_may_count_as_the_deadline() -> None:
    found = Measure(
        id=1,
        deadline=Deadline(date=day("2023-12-31")),
        targets=(
            Target(id=1, indicator="学校", deadline=Deadline(date=day("2023-06-30"))),
            Target(id=2, indicator="学位", deadline=Deadline(words="尽快")),
            Target(id=3, indicator="校舍"),
        ),
        extensions=(
            Extension(on=day("2024-01-05"), to=day("2024-06-30"), reason="汛期"),
            Extension(on=day("2024-01-05"), to=day("2023-12-31"), reason="汛期", target=1),
        ),
    )
    assert deadlines(found) == tuple(map(day, ("2023-06-30", "2023-12-31", "2024-06-30")))
    assert deadlines(Measure(id=1, deadline=Deadline(words="尽快"))) == ()
    assert deadlines(Measure(id=1)) == ()


@pytest.mark.parametrize(
    ("closings", "wanted"),
    [
        ((), None),
        ((("2024-01-05", "done"),), "2024-01-05"),
        ((("2024-01-05", "dropped"),), "2024-01-05"),
        ((("2024-01-05", "done"), ("2024-02-01", "reopened")), None),
        ((("2024-02-01", "reopened"), ("2024-01-05", "done")), None),
        ((("2024-01-05", "reopened"), ("2024-01-05", "done")), "2024-01-05"),
        (
            (("2024-01-05", "done"), ("2024-02-01", "reopened"), ("2024-03-01", "merged")),
            "2024-03-01",
        ),
    ],
)
def test_closed_for_good(closings: tuple[tuple[str, str], ...], wanted: str | None) -> None:
    found = Measure(id=1, closings=tuple(Closing(on=day(on), as_=how) for on, how in closings))
    assert closed_for_good_on(found) == (day(wanted) if wanted else None)


# --- plain values


def test_plain_values_are_those_of_the_file() -> None:
    found = Measure(
        id=1,
        text="建两所学校",
        reports=Reports(from_=day("2023-08-01"), until=day("2023-12-31")),
        targets=(
            Target(
                id=1,
                indicator="学校",
                value=Decimal("358.490"),
                forecast=False,
                revised=(Revision(on=day("2023-09-01"), from_=Decimal(2), to=Decimal(1)),),
            ),
        ),
        closings=(Closing(on=day("2024-01-05"), as_="done"),),
        extra={"x-block": "东片"},
    )
    assert to_plain(found) == {
        "id": 1,
        "text": "建两所学校",
        "reports": {"from": "2023-08-01", "until": "2023-12-31"},
        "targets": [
            {
                "id": 1,
                "indicator": "学校",
                "value": "358.490",
                "forecast": False,
                "revised": [{"on": "2023-09-01", "from": "2", "to": "1"}],
            }
        ],
        "closings": [{"on": "2024-01-05", "as": "done"}],
        "extra": {"x-block": "东片"},
    }


def test_a_lone_value_stands_for_a_list_of_one() -> None:
    assert from_plain(Measure, {"id": 1, "department": "市教育局"}).department == ("市教育局",)
    [entry] = from_plain(Measure, {"id": 1, "log": {"value": 7}}).log
    assert entry == Entry(value=Decimal(7))


def test_numbers_become_exact() -> None:
    entry = from_plain(Entry, {"value": 358.49, "stated_percent": 0.1, "on": "2023-06-30"})
    assert entry == Entry(
        value=Decimal("358.49"), stated_percent=Decimal("0.1"), on=day("2023-06-30")
    )


def test_unknown_keys_are_kept_where_there_is_room_for_them() -> None:
    found = from_plain(Measure, {"id": 1, "x-own": "甲", "titel": None, "另": [1]})
    assert found.extra == {"x-own": "甲", "另": [1]}
    assert from_plain(Entry, {"value": 1, "x-own": "甲"}) == Entry(value=Decimal(1))


def test_a_key_called_extra_is_one_unknown_key_among_others() -> None:
    found = from_plain(Measure, {"id": 1, "extra": "一句话", "x-own": 2})
    assert found.extra == {"extra": "一句话", "x-own": 2}
    assert from_plain(Measure, to_plain(found)) == found
    assert from_plain(Measure, {"id": 1, "extra": {"a": 1}, "b": 2}).extra == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"text": "没有 id"}, TypeError),
        ({"id": "一"}, ValueError),
        ({"id": 1, "deadline": {"date": "2023-12-32"}}, ValueError),
        ({"id": 1, "log": [{"value": "六百"}]}, ArithmeticError),
        ({"id": 1, "log": ["一句话"]}, AttributeError),
    ],
)
def test_what_does_not_fit_is_refused(data: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        from_plain(Measure, data)


# --- every record there is goes through JSON and back

texts = st.text(st.characters(codec="utf-8"), max_size=6)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    date: st.dates(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
}


def of_type(kind: Any) -> st.SearchStrategy[Any]:
    """A strategy for a field's annotation: the model itself says which records there are."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return st.none() | of_type(next(p for p in get_args(kind) if p is not type(None)))
    if origin is tuple:
        return st.lists(of_type(get_args(kind)[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(kind):
        cls: Any = kind
        return st.deferred(lambda: of_class(cls))
    return LEAVES[kind]


@cache
def of_class(cls: Any) -> st.SearchStrategy[Any]:
    """A strategy for a dataclass; few of its optional fields at a time, so that all come up."""
    hints = get_type_hints(cls)
    known = {name.rstrip("_") for name in hints}
    own = texts.filter(lambda key: key not in known)
    extra = st.dictionaries(own, json_values.filter(lambda value: value is not None), max_size=2)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    made = {
        name: extra if get_origin(kind) is Mapping else of_type(kind)
        for name, kind in hints.items()
    }
    needed = {
        name: made.pop(name)
        for name, field in fields.items()
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    }
    return st.fixed_dictionaries(needed, optional=made).map(lambda given: cls(**given))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(of_class(Record))
def test_a_record_survives_json(found: Record) -> None:
    text = json.dumps(to_plain(found), ensure_ascii=False)
    assert from_plain(Record, json.loads(text)) == found


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of_class(Record))
def test_lines_survive_json(found: Record) -> None:
    """The index keeps lines as JSON."""
    line = reply_line(found, PATH)
    assert from_plain(ReplyLine, json.loads(json.dumps(to_plain(line)))) == line
    for one in measure_lines(found, PATH):
        assert from_plain(Measure, json.loads(json.dumps(to_plain(one.measure)))) == one.measure
        assert one.reply == line
    assert line.promises == sum(1 for _line in measure_lines(found, PATH))


def test_the_strategy_reaches_every_field_of_the_model() -> None:
    """Else the round trip says less than it seems to."""
    seen: set[Any] = set()

    def walk(cls: Any) -> None:
        seen.add(cls)
        for kind in get_type_hints(cls).values():
            for part in (kind, *get_args(kind), *(p for a in get_args(kind) for p in get_args(a))):
                if dataclasses.is_dataclass(part) and part not in seen:
                    walk(part)

    walk(Record)
    from npcreply.domain.record import model

    made = {value for value in vars(model).values() if dataclasses.is_dataclass(value)}
    assert made <= seen


def test_the_other_fields_stand_in_the_models_order() -> None:
    """An order that changed from run to run made the index differ from the files."""
    others = [*_OTHERS]
    assert others == [name for name in field_names(Record) if name in others]
    assert len(others) > 1
