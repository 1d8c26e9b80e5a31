"""A whole told by its parts: the sum of a day on which every region has a figure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from npcreply.domain.judging.status import judge, paces_of
from npcreply.domain.judging.targets import target_states
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.domain.time.as_of import AsOf

WHOLE = {"id": 1, "indicator": "改造老旧小区", "value": 3, "unit": "万户"}
EAST = {
    "id": 2,
    "indicator": "改造老旧小区",
    "value": 12000,
    "unit": "户",
    "parent": "1",
    "scope": "东区",
}
WEST = {
    "id": 3,
    "indicator": "改造老旧小区",
    "value": 1.8,
    "unit": "万户",
    "parent": "1",
    "scope": "西区",
}


def told(month: int, target: int, value: float, unit: str = "户") -> dict[str, Any]:
    return {"on": f"2023-{month:02}-28", "target": target, "value": value, "unit": unit}


def promise(
    *log: dict[str, Any], targets: tuple[dict[str, Any], ...] = (WHOLE, EAST, WEST)
) -> Measure:
    data = {"id": 1, "deadline": {"date": "2023-12-31", "words": "全年"}}
    return from_plain(Measure, {**data, "targets": list(targets), "log": list(log)})


@pytest.mark.parametrize(
    ("log", "latest", "on"),
    [
        ([], None, None),
        ([told(6, 2, 5000)], None, None),
        ([told(6, 2, 5000), told(6, 3, 10000)], "1.5", "2023-06-28"),
        ([told(6, 2, 5000), told(6, 3, 1, "万户")], "1.5", "2023-06-28"),
        ([told(6, 2, 5000), told(6, 3, 10000), told(9, 2, 9000)], "1.5", "2023-06-28"),
        ([told(6, 2, 5000), told(6, 2, 6000), told(6, 3, 10000)], "1.6", "2023-06-28"),
        # its own figure is what counts
        ([told(6, 2, 5000), told(6, 3, 10000), told(5, 1, 2, "万户")], "2", "2023-05-28"),
        # a part in another unit, or without a day, tells nothing of the whole
        ([told(6, 2, 5000), told(6, 3, 10, "个")], None, None),
        ([told(6, 2, 5000), {"target": 3, "value": 1, "unit": "万户"}], None, None),
    ],
)
def test_sum_of_a_day(log: list[dict[str, Any]], latest: str | None, on: str | None) -> None:
    whole = target_states(promise(*log), AsOf(date(2023, 12, 1)))[0]
    assert whole.latest == (Decimal(latest) if latest else None)
    assert whole.as_of == (date.fromisoformat(on) if on else None)


@pytest.mark.parametrize(
    "targets",
    [
        (WHOLE, EAST),  # 其中: a part of it, no breakdown
        (WHOLE, EAST, {**WEST, "value": 1.7}),  # a region is missing
        (WHOLE, EAST, {**WEST, "unit": "个"}),
        (WHOLE, EAST, {**WEST, "kind": "rate"}),
    ],
)
def test_only_where_the_parts_are_all_there_is(targets: tuple[dict[str, Any], ...]) -> None:
    found = promise(told(6, 2, 5000), told(6, 3, 10000), targets=targets)
    assert target_states(found, AsOf(date(2023, 12, 1)))[0].printed is None


def test_the_whole_has_pace_and_is_met_by_its_parts() -> None:
    reply = ReplyLine(id="2023-1", path="x", kind="suggestion", year=2023, number="1")
    log = [told(3, 2, 2000), told(3, 3, 4000), told(6, 2, 6000), told(6, 3, 9000)]
    judged = judge(MeasureLine(reply, promise(*log)), AsOf(date(2023, 6, 30)))
    whole, *_parts = paces_of(judged)
    assert whole.course.reached == Decimal("0.5")
    assert whole.course.forecast is not None
    assert whole.course.state.summed
    done = [told(12, 2, 12000), told(12, 3, 18000)]
    assert target_states(promise(*log, *done), AsOf(date(2023, 12, 31)))[0].met
