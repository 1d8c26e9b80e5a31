"""schema.yaml and domain/model.py say the same: every difference is named, none is left to luck."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import jsonschema  # type: ignore[import-untyped]
import jsonschema_rs
import pytest

from npcreply.domain.judging.status import Status
from npcreply.domain.judging.targets import _COMPARE, DOWNWARD, PERIOD_KINDS
from npcreply.domain.record import model
from npcreply.domain.record.identity import _MARKS
from npcreply.domain.record.model import Measure, Record, Target
from npcreply.store.contract import office, read
from npcreply.store.contract.schema import resolve

MODEL_ONLY = {("Record", "id"), ("Record", "extra"), ("Measure", "extra"), ("Target", "extra")}
KINDS = {
    str: {"string"},
    int: {"integer"},
    bool: {"boolean"},
    date: {"string"},
    Decimal: {"number"},
}
Json = dict[str, Any]


@cache
def contract() -> Json:
    """The plain data of schema.yaml itself, no cache between."""
    path = read.contract_path()
    return office.merged(path, path)


def resolved(definition: Json) -> Json:
    return resolve(definition, contract())


def walk(definition: Json, at: str = "record") -> Iterator[tuple[str, Json]]:
    """Every definition a record can lead to, with its path: record.measures[].id."""
    found = resolved(definition)
    yield at, found
    for name, inner in found.get("properties", {}).items():
        yield from walk(inner, f"{at}.{name}")
    if "items" in found:
        yield from walk(found["items"], f"{at}[]")
    for option in found.get("anyOf", ()):
        yield from walk(option, at)


# --- one shape, told twice


def differences(cls: Any, definition: Json, at: str) -> Iterator[str]:
    """What the model class and the schema's definition say differently, field by field."""
    hints = get_type_hints(cls)
    fields = {f.name.rstrip("_"): f for f in dataclasses.fields(cls)}
    told = {name: field for name, field in fields.items() if (cls.__name__, name) not in MODEL_ONLY}
    properties = definition.get("properties", {})
    for name in sorted(told.keys() ^ properties.keys()):
        yield f"{at}.{name}: only in the {'model' if name in told else 'schema'}"
    needed = {name for name, field in told.items() if _is_needed(field)}
    for name in sorted(needed ^ set(definition.get("required", ()))):
        yield f"{at}.{name}: required only by the {'model' if name in needed else 'schema'}"
    for name in sorted(told.keys() & properties.keys()):
        kind = hints[told[name].name]
        yield from _kind_differences(kind, resolved(properties[name]), f"{at}.{name}")


def _is_needed(field: Any) -> bool:
    missing = dataclasses.MISSING
    return field.default is missing and field.default_factory is missing


def _kind_differences(kind: Any, found: Json, at: str) -> Iterator[str]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        yield from _kind_differences(get_args(kind)[0], found, at)
    elif origin is tuple:
        several = next((o for o in found.get("anyOf", ()) if o.get("type") == "array"), found)
        if several.get("type") != "array":
            yield f"{at}: several in the model, one in the schema"
        items = resolved(several.get("items", {}))
        yield from _kind_differences(get_args(kind)[0], items, f"{at}[]")
    elif dataclasses.is_dataclass(kind):
        if found.get("type") != "object":
            yield f"{at}: keys and values in the model, {found.get('type')} in the schema"
        yield from differences(kind, found, at)
    else:
        told = {found.get("type") or ("string" if "enum" in found else "nothing")}
        if told != KINDS[kind] or ((kind is date) != (found.get("format") == "date")):
            yield f"{at}: {kind.__name__} in the model, {sorted(told)} in the schema"


def test_schema_and_model_have_the_same_shape() -> None:
    assert list(differences(Record, contract(), "record")) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"properties": {"kind": {"type": "string"}}}, "record.year: only in the model"),
        ({"required": ["kind"]}, "record.year: required only by the model"),
        ({"required": ["kind", "year", "number", "lead"]}, "record.lead: required only by the"),
    ],
)
def test_a_difference_would_be_named(change: Json, said: str) -> None:
    found = list(differences(Record, {**contract(), **change}, "record"))
    assert any(line.startswith(said) for line in found)


@pytest.mark.parametrize(
    ("name", "definition", "said"),
    [
        ("year", {"type": "string"}, "record.year: int in the model, ['string'] in the schema"),
        ("reply_date", {"type": "string"}, "record.reply_date: date in the model"),
        ("title", {"$ref": "#/$defs/day"}, "record.title: str in the model"),
        ("deputies", {"type": "string"}, "record.deputies: several in the model"),
        ("contact", {"type": "string"}, "record.contact: keys and values in the model"),
        ("wrong", {"type": "string"}, "record.wrong: only in the schema"),
    ],
)
def test_a_changed_field_would_be_named(name: str, definition: Json, said: str) -> None:
    properties = {**contract()["properties"], name: definition}
    found = list(differences(Record, {**contract(), "properties": properties}, "record"))
    assert any(line.startswith(said) for line in found)


def test_every_class_of_the_model_is_reached() -> None:
    reached: set[type] = set()

    def visit(cls: Any) -> None:
        reached.add(cls)
        for kind in get_type_hints(cls).values():
            parts = [kind, *get_args(kind), *(p for a in get_args(kind) for p in get_args(a))]
            for part in parts:
                if dataclasses.is_dataclass(part) and part not in reached:
                    visit(part)

    visit(Record)
    assert {c for c in vars(model).values() if dataclasses.is_dataclass(c)} == reached


def test_model_only_fields_are_there() -> None:
    classes = {"Record": Record, "Measure": Measure, "Target": Target}
    for name, field in MODEL_ONLY:
        assert field in {f.name for f in dataclasses.fields(classes[name])}


# --- the vocabularies the code knows


def vocabulary(place: str) -> set[str]:
    return {code for at, found in walk(contract()) if at == place for code in found["enum"]}


def test_the_code_knows_every_vocabulary_value_it_decides_by() -> None:
    """A value added to the schema alone would be judged by accident."""
    assert vocabulary("record.measures[].targets[].comparator") == set(_COMPARE)
    assert set(DOWNWARD) < set(_COMPARE)
    kinds = vocabulary("record.measures[].targets[].kind")
    assert kinds == {"level", "multiple", *PERIOD_KINDS}
    closings = vocabulary("record.measures[].closings[].as")
    assert closings == {"done", "reopened", "dropped", "merged", "superseded"}
    assert closings - {"reopened"} <= {str(status) for status in Status}
    assert "conditional" in vocabulary("record.measures[].force")
    assert vocabulary("record.kind") == set(_MARKS)


# --- labels in both languages


def labelled() -> list[tuple[str, Json]]:
    return [
        (f"{at}.{name}", {**resolved(inner), **inner})
        for at, found in walk(contract())
        for name, inner in found.get("properties", {}).items()
    ]


def test_every_field_has_a_label_in_both_languages() -> None:
    without = [at for at, found in labelled() if not found.get("title")]
    without += [f"{at} (en)" for at, found in labelled() if not found.get("x-title-en")]
    assert without == []
    assert len(labelled()) > 100


def test_labels_are_of_their_language() -> None:
    for at, found in labelled():
        assert any("\u4e00" <= c <= "\u9fff" for c in found["title"]), at
        assert found["x-title-en"].isascii(), at


def test_labels_of_one_place_differ() -> None:
    """Column heads, prompts and messages go by them."""
    for at, found in walk(contract()):
        for key in ("title", "x-title-en"):
            labels = [inner[key] for inner in found.get("properties", {}).values()]
            assert len(labels) == len(set(labels)), (at, key)


def test_every_value_of_a_vocabulary_has_words_in_both_languages() -> None:
    found = [(at, definition) for at, definition in walk(contract()) if "enum" in definition]
    assert len(found) >= 9
    for at, definition in found:
        words = definition.get("x-words", {})
        assert list(words) == definition["enum"], at
        for code, pair in words.items():
            zh, en = pair
            assert any("\u4e00" <= c <= "\u9fff" for c in zh), (at, code)
            assert en.isascii(), (at, code)
            assert en, (at, code)


def test_a_word_means_one_value() -> None:
    for at, definition in walk(contract()):
        for column in (0, 1):
            said = [pair[column] for pair in definition.get("x-words", {}).values()]
            assert len(said) == len(set(said)), at


def test_computed_columns_have_a_label_in_both_languages() -> None:
    for name, pair in contract()["x-columns"].items():
        zh, en = pair
        assert zh, name
        assert en.isascii(), name
        assert en, name


def test_texts_and_numbers_have_bounds() -> None:
    """A field without an end is a field that a paste can fill with a whole page."""
    for at, found in walk(contract()):
        if found.get("type") == "string" and "pattern" not in found:
            assert found.get("maxLength"), at
        if found.get("type") == "integer":
            assert "minimum" in found, at


# --- valid JSON Schema; two validators agree


def test_the_contract_is_valid_json_schema() -> None:
    assert contract()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(contract())
    jsonschema_rs.meta.validate(contract())


def test_every_keyword_is_one_of_json_schema_or_our_own() -> None:
    known = {
        *("$schema", "$id", "$defs", "$ref", "title", "description", "type", "properties"),
        *("required", "items", "enum", "anyOf", "format", "pattern", "minimum", "maximum"),
        *("minLength", "maxLength", "minItems", "x-title-en", "x-words", "x-style"),
        *("x-columns", "x-workspace", "x-last-day"),
    }
    for at, found in walk(contract()):
        assert found.keys() <= known, at


BASE: Json = {"kind": "suggestion", "year": 2023, "number": "温46"}


def with_measure(**given: Any) -> Json:
    return {**BASE, "measures": [{"id": 1, **given}]}


GOOD: list[Json] = [
    BASE,
    {**BASE, "kind": "proposal", "title": "标", "deputies": []},
    {**BASE, "reply_date": "2023-07-24", "key": True, "x-own": {"a": [1, None]}, "titel": "x"},
    {**BASE, "co": [{"body": "市教育局", "opinion_due": "2023-05-20"}]},
    {**BASE, "source": {"file": "a.txt", "sha256": "0" * 64}},
    with_measure(text="建校", department="市教育局", cadence=["month", "half-year"]),
    with_measure(department=["市教育局", "市水利局"], deadline={"words": "尽快"}),
    with_measure(targets=[{"id": 1, "indicator": "学校", "value": 358.49, "comparator": ">="}]),
    with_measure(log=[{}, {"on": "2023-06-30", "value": 0}]),
    with_measure(closings=[{"on": "2024-01-05", "as": "done"}]),
    with_measure(removed={"on": "2024-01-05"}),
    with_measure(requests=[{"on": "2024-01-05", "asks": "drop"}]),
    {**BASE, "questions": [{"id": 1, "body": ["市教育局"], "answered": False}]},
    {**BASE, "rounds": [{"round": 2}], "feedback": [{"attitude": "satisfied"}]},
]
BAD: list[Any] = [
    {},
    [],
    None,
    {"kind": "suggestion", "year": 2023},
    {**BASE, "kind": "motion"},
    {**BASE, "year": "2023"},
    {**BASE, "year": 1953},
    {**BASE, "year": 2023.5},
    {**BASE, "number": ""},
    {**BASE, "number": 46},
    {**BASE, "title": "长" * 301},
    {**BASE, "key": "true"},
    {**BASE, "deputies": "甲代表"},
    {**BASE, "deputies": [""]},
    {**BASE, "reply_date": "2023年7月24日"},
    {**BASE, "co": [{}]},
    {**BASE, "source": {"file": "a.txt", "sha256": "F" * 64}},
    with_measure(id=0),
    with_measure(department=[]),
    with_measure(department=""),
    with_measure(cadence=["monthly"]),
    with_measure(force="strong"),
    with_measure(targets=[{"id": 1}]),
    with_measure(targets=[{"id": 1, "indicator": "学校", "kind": "数量"}]),
    with_measure(log=[{"value": "358.49"}]),
    with_measure(log=[{"value": True}]),
    with_measure(extensions=[{"on": "2024-01-05", "to": "2024-06-30"}]),
    with_measure(closings=[{"on": "2024-01-05"}]),
    with_measure(deadline="2023-12-31"),
    {**BASE, "rounds": [{"round": 1}]},
    {**BASE, "measures": [{"text": "没有序号"}]},
]


@pytest.mark.parametrize(
    ("record", "valid"), [*((g, True) for g in GOOD), *((b, False) for b in BAD)]
)
def test_two_validators_agree(record: Any, valid: bool) -> None:
    """jsonschema is the reference; jsonschema-rs is what the program runs."""
    reference = jsonschema.Draft202012Validator(contract())
    fast = jsonschema_rs.Draft202012Validator(contract())
    assert reference.is_valid(record) is fast.is_valid(record) is valid
    broken = {tuple(error.absolute_path) for error in reference.iter_errors(record)}
    assert broken == {tuple(error.instance_path) for error in fast.iter_errors(record)}


def test_good_records_use_every_kind_of_definition() -> None:
    """Else agreement says little: each definition of $defs is met by some good record. A round of
    collecting is a file of its own.
    """
    used = set()

    def visit(value: Any, definition: Mapping[str, Any]) -> None:
        if "$ref" in definition:
            used.add(str(definition["$ref"]).rpartition("/")[2])
        found = resolved(dict(definition))
        for option in found.get("anyOf", ()):
            visit(value, option)
        if isinstance(value, dict):
            for key, inner in value.items():
                visit(inner, found.get("properties", {}).get(key, {}))
        elif isinstance(value, list):
            for inner in value:
                visit(inner, found.get("items", {}))

    for record in GOOD:
        visit(record, contract())
    assert used == contract()["$defs"].keys() - {"collection"}


def test_the_office_that_init_writes_is_valid_too() -> None:
    own = Path(office.__file__).parents[2] / "data" / "office" / "schema.yaml"
    found = office.merged(own, read.contract_path())
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["properties"] == contract()["properties"]
