"""Numbers in a few characters: what is not reached never looks reached."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from npcreply.domain.judging.targets import percent, target_states
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.model import Measure
from npcreply.domain.time.as_of import AsOf
from npcreply.views.numbers import about, share_text, state_text

DUE = "2024-12-31"


@pytest.mark.parametrize(
    ("target", "value", "unit", "shown"),
    [
        ({"value": 95, "unit": "%"}, "94.96", "%", "94.9/95%"),
        ({"value": 95, "unit": "%"}, "95.04", "%", "95/95%"),
        ({"kind": "multiple", "value": 2, "unit": "倍"}, "1.99", "倍", "1.9/2"),
        ({"value": 1, "unit": "亿元"}, "9999.9", "万元", "99.9%"),
        ({"value": 1000, "unit": "台"}, "999.6", "台", "99.9%"),
        ({"value": 1000, "unit": "台"}, "1000", "台", "100%"),
        ({"value": 600, "unit": "亿元", "comparator": ">"}, "600", "亿元", "600/>600"),
        ({"kind": "limit", "value": 3, "unit": "日"}, "3.04", "日", "3.1/3"),
        ({"kind": "limit", "value": 3, "unit": "日"}, "2.96", "日", "3/3"),
        ({"value": 600, "unit": "亿元"}, "358.49", "亿元", "59.8%"),
    ],
)
def test_short_numbers(target: dict[str, Any], value: str, unit: str, shown: str) -> None:
    data = {
        "id": 1,
        "deadline": {"date": DUE},
        "targets": [{"id": 1, "indicator": "数", **target}],
        "log": [{"on": DUE, "target": 1, "value": value, "unit": unit}],
    }
    [state] = target_states(from_plain(Measure, data), AsOf(date(2025, 1, 5)))
    assert state_text(state) == shown


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [("9999.9", "10000", "99.99"), ("999999", "1000000", "99.99"), ("59748", "100000", "59.75")],
)
def test_less_than_the_whole_is_never_a_hundred_percent(part: str, whole: str, said: str) -> None:
    assert percent(Decimal(part), Decimal(whole)) == Decimal(said)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(2999, 3000), "99.9%"),
        (Fraction(1), "100%"),
        (Fraction(635, 1000), "63.5%"),
        (Fraction(3001, 3000), "100%"),
    ],
)
def test_a_share_short_of_all_is_cut(share: Fraction, said: str) -> None:
    assert share_text(share) == said


def test_what_is_left_is_never_nothing() -> None:
    assert about(Fraction(36, 10000), "公里") == "0.004公里"
    assert about(Fraction(0), "公里") == "0公里"
