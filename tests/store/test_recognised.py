"""A record that is recognised is the one that decoding gives; an error is always left to that.

NPCREPLY_ORACLE=2000 says how many records; 25 without it.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.store import codec
from npcreply.store.contract import read
from npcreply.store.yaml import dump
from tests.index.test_oracle import record

SCHEMA = read.contract()
NAME = "replies/2023/2023-0046.yaml"
PUT_IN = (
    "",
    "x",
    "3.",
    "007",
    "-1",
    "2023-13-01",
    "2023-1-1",
    "null",
    "是",
    "true",
    [],
    ["x"],
    {},
    {"id": "1"},
)


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
some = settings(
    max_examples=int(os.environ.get("NPCREPLY_ORACLE", "25")),
    deadline=None,
    suppress_health_check=SLOW,
)


def both(text: str) -> tuple[Any, Any]:
    decoded = codec.decode(text, NAME, SCHEMA)
    return codec.recognised(text, NAME, SCHEMA), decoded.record


def flawless_as_decoded(text: str) -> bool:
    """Whether the text is said to have no flaw; then decoding finds none."""
    decoded = codec.decode(text, NAME, SCHEMA)
    found = codec.recognised(text, NAME, SCHEMA, flawless=True)
    assert found is None or (found, ()) == (decoded.record, decoded.findings)
    return found is not None


@some
@given(record)
def test_records_of_every_field(content: dict[str, Any]) -> None:
    text = dump.dump(content, SCHEMA.one_line)
    found, wanted = both(text)
    assert found == wanted
    flawless_as_decoded(text)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every holder below a value with each of its keys or indexes."""
    keys = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    found = [(value, key) for key in keys]
    return found + [place for key in keys for place in places(value[key])]


@some
@given(record, st.integers(0, 10**9))
def test_records_with_a_value_of_another_kind(content: dict[str, Any], seed: int) -> None:
    dice = random.Random(seed)
    holder, key = dice.choice(places(content))
    holder[key] = dice.choice(PUT_IN)
    text = dump.dump(content, SCHEMA.one_line)
    found, wanted = both(text)
    assert found is None or found == wanted
    flawless_as_decoded(text)


def test_what_the_schema_does_not_know_is_kept() -> None:
    text = "kind: suggestion\nyear: 2023\nnumber: '1'\nx-mine: {a: [b]}\nstrange: 3\nmeasures: []\n"
    found, wanted = both(text)
    assert found == wanted is not None
    assert found.extra


@pytest.mark.parametrize(
    "line",
    [
        "year: x",
        "year: 2023.5",
        "lead: [a]",
        "reply_date: 2023-02-30",
        "wide: yes",
        "kind: x",
        "co: a",
    ],
)
def test_an_error_is_never_passed(line: str) -> None:
    key = line.partition(":")[0]
    usual = {"kind": "suggestion", "year": "2023", "number": "1"}
    text = (
        "".join(f"{name}: '{said}'\n" for name, said in usual.items() if name != key) + line + "\n"
    )
    assert both(text) == (None, None)


USUAL = "kind: suggestion\nyear: 2023\nnumber: '1'\n"


@pytest.mark.parametrize(
    "lines",
    [
        "strange: 3",
        "measures: [{id: 1, text: 修桥, strange: 3}]",
        "deputies: [甲代表，乙代表]",
        "deputies: [甲代表、乙代表, 丙代表]",
        "title: 关于修桥的建议 #3号桥",
        "note: #3",
        "measures:\n  - id: 1\n    text: 修桥 #甲桥",
        "measures:\n  - id: 1\n    text: 修桥\n  - id: 1\n    text: 修路",
    ],
)
def test_what_is_doubtful_is_not_without_a_flaw(lines: str) -> None:
    text = f"{USUAL}{lines}\n"
    assert codec.decode(text, NAME, SCHEMA).findings
    assert codec.recognised(text, NAME, SCHEMA, flawless=True) is None


@pytest.mark.parametrize(
    "lines",
    [
        "title: 关于修桥、铺路的建议",
        "title: 关于修桥的建议 # 去年也提过",
        "deputies: [甲代表, 乙代表]",
        "measures:\n  - id: 1\n    text: 修桥，铺路",
    ],
)
def test_a_usual_text_is_without_a_flaw(lines: str) -> None:
    assert flawless_as_decoded(f"{USUAL}{lines}\n")


def test_records_as_shipped() -> None:
    for path in sorted(Path(__file__).parents[2].glob("replies/**/*.yaml")):
        found, wanted = both(path.read_text("utf-8"))
        assert found == wanted is not None, path
