"""Amendments of a record's data as typed: what is appended, removed, numbered anew."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.errors import UnknownIdError
from npcreply.store import amend
from npcreply.store.amend import Data


def data() -> Data:
    """A record as typed: every scalar is a text."""
    return {
        "kind": "suggestion",
        "measures": [
            {"id": "3", "text": "建校", "targets": [{"id": "1"}, {"id": "2", "value": "5"}]},
            {"id": "1", "removed": {"on": "2023-08-01"}},
            {"id": "2", "log": [{"on": "2023-06-30", "value": "1"}]},
        ],
    }


def test_a_promise_is_found_by_its_number_not_by_its_place() -> None:
    found = data()
    assert amend.measure_of(found, 3) is found["measures"][0]
    assert amend.target_of(found["measures"][0], 2) == {"id": "2", "value": "5"}


@pytest.mark.parametrize("found", [{}, {"measures": None}, {"measures": []}, data()])
def test_what_is_not_there(found: Data) -> None:
    with pytest.raises(UnknownIdError, match="没有第 7 项承诺"):
        amend.measure_of(found, 7)
    with pytest.raises(UnknownIdError, match="没有第 7 项承诺"):
        amend.appended(7, "log", {"note": "封顶"})(found)
    with pytest.raises(UnknownIdError, match="没有第 7 项承诺"):
        amend.removed(7, {"on": date(2024, 1, 5)})(found)


def test_the_numbers_there_are_told() -> None:
    with pytest.raises(UnknownIdError) as told:
        amend.measure_of(data(), 7)
    assert told.value.remedy == "序号有：3、1、2。"
    with pytest.raises(UnknownIdError) as told:
        amend.measure_of({}, 7)
    assert told.value.remedy == "序号有：（无）。"


def test_no_target_of_that_number() -> None:
    with pytest.raises(UnknownIdError, match="没有第 3 个目标"):
        amend.target_of(data()["measures"][0], 3)
    with pytest.raises(UnknownIdError, match="没有第 1 个目标"):
        amend.target_of(data()["measures"][2], 1)


@pytest.mark.parametrize(
    ("number", "key", "before"),
    [(2, "log", [{"on": "2023-06-30", "value": "1"}]), (2, "closings", []), (3, "log", [])],
)
def test_appended_goes_to_the_end_and_touches_nothing_else(
    number: int, key: str, before: list[Data]
) -> None:
    found = data()
    item = {"on": date(2024, 1, 5), "value": None, "note": "", "by": "甲", "count": 0}
    amend.appended(number, key, item)(found)
    measure = amend.measure_of(found, number)
    assert measure.pop(key) == [*before, {"on": date(2024, 1, 5), "by": "甲", "count": 0}]
    rest = amend.measure_of(data(), number)
    rest.pop(key, None)
    assert measure == rest
    others = [m for m in found["measures"] if m["id"] != str(number)]
    assert others == [m for m in data()["measures"] if m["id"] != str(number)]


def test_appending_leaves_the_old_list_alone() -> None:
    found = data()
    before = found["measures"][2]["log"]
    amend.appended(2, "log", {"note": "封顶"})(found)
    assert before == [{"on": "2023-06-30", "value": "1"}]


def test_an_empty_key_becomes_a_list() -> None:
    found: Data = {"measures": [{"id": "1", "log": None}]}
    amend.appended(1, "log", {"note": "封顶"})(found)
    assert found == {"measures": [{"id": "1", "log": [{"note": "封顶"}]}]}


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ({}, 1),
        ({"measures": None}, 1),
        ({"measures": []}, 1),
        (data(), 4),
        ({"measures": [{"id": "1", "removed": {"on": "2023-08-01"}}]}, 2),  # never used again
        ({"measures": [{"id": 7}, {"id": "二"}, {}, "x"]}, 8),
    ],
)
def test_next_measure(found: Data, wanted: int) -> None:
    assert amend.next_measure(found) == wanted


def test_removed_leaves_the_number_and_why() -> None:
    found = data()
    mark = {"on": date(2024, 1, 5), "reason": "录重了", "by": None}
    amend.removed(3, mark)(found)
    removed = {"on": date(2024, 1, 5), "reason": "录重了"}
    assert found["measures"] == [{"id": 3, "removed": removed}, *data()["measures"][1:]]
    assert amend.next_measure(found) == 4


def test_set_in() -> None:
    found: Data = {"a": 1}
    amend.set_in(found, "b", 0)
    amend.set_in(found, "a", None)
    amend.set_in(found, "c", None)
    assert found == {"b": 0}


calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
values = st.none() | st.just("") | st.integers(0, 2) | st.booleans() | st.text(max_size=2)


@calmly
@given(st.dictionaries(st.text(max_size=2), values, max_size=4))
def test_filled_keeps_what_says_something(item: dict[str, Any]) -> None:
    found = amend.filled(item)
    assert all(value is not None and value != "" for value in found.values())
    assert {key: item[key] for key in found} == found
    assert all(item[key] in (None, "") for key in item.keys() - found.keys())


@calmly
@given(st.lists(st.integers(1, 9), max_size=4))
def test_a_new_number_was_never_used(numbers: list[int]) -> None:
    found: Data = {"measures": [{"id": str(number)} for number in numbers]}
    before = deepcopy(found)
    assert amend.next_measure(found) not in numbers
    assert found == before
