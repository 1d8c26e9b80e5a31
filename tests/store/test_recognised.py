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


@some
@given(record)
def test_records_of_every_field(content: dict[str, Any]) -> None:
    found, wanted = both(dump.dump(content, SCHEMA.one_line))
    assert found == wanted


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
    found, wanted = both(dump.dump(content, SCHEMA.one_line))
    assert found is None or found == wanted


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


def test_records_as_shipped() -> None:
    for path in sorted(Path(__file__).parents[2].glob("replies/**/*.yaml")):
        found, wanted = both(path.read_text("utf-8"))
        assert found == wanted is not None, path
