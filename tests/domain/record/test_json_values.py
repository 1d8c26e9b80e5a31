"""Plain values to instances and back: what is there, what is not, what nobody knows."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

import pytest

from npcreply.domain.record import json_values
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.lines import ReplyLine, with_promises
from npcreply.domain.record.model import Closing, Deadline, Measure, Record, Target
from tests.index.test_many_records import Maker

PROMISE = {
    "id": 3,
    "text": "清淤",
    "note": None,
    "department": "市水利局",
    "deadline": {"date": "2024-06-30", "words": "汛期前"},
    "targets": [{"id": 1, "indicator": "河道", "value": 12.5, "unit": "公里", "x-map": "甲"}],
    "closings": [{"on": "2024-06-01", "as": "done"}],
}


def test_values_are_made_of_what_is_there_and_stay_what_they_were() -> None:
    made = from_plain(Measure, PROMISE)
    assert made.department == ("市水利局",)
    assert made.deadline == Deadline(**{**to_plain(made.deadline), "date": made.deadline.date})  # type: ignore[union-attr]
    assert made.targets == (
        Target(id=1, indicator="河道", value=Decimal("12.5"), unit="公里", extra={"x-map": "甲"}),
    )
    assert (made.note, made.log, made.extra) == (None, (), {})
    assert isinstance(made.closings[0], Closing)
    assert from_plain(Measure, to_plain(made)) == made
    with pytest.raises(AttributeError, match="text"):
        made.text = "清"  # type: ignore[misc]


def test_a_key_that_nobody_knows_is_left_where_there_is_room_for_it() -> None:
    assert from_plain(Deadline, {"day": "2024-06-30", "words": "汛期前"}) == Deadline(
        words="汛期前"
    )
    assert from_plain(Measure, {"x-map": "甲", "id": 1}).extra == {"x-map": "甲"}


def test_what_is_not_said_of_one_is_not_shared_with_another() -> None:
    one, two = from_plain(Measure, {"id": 1}), from_plain(Measure, {"id": 2})
    assert one.extra is not two.extra


@pytest.mark.parametrize(
    ("kind", "data", "raised"),
    [
        (Measure, {"text": "没有编号"}, TypeError),
        (Closing, {"on": "2024-06-01"}, TypeError),
        (Deadline, {"date": "六月底"}, ValueError),
        (Target, {"id": 1, "indicator": "河道", "value": "十二"}, InvalidOperation),
        (Measure, ["id"], AttributeError),
    ],
)
def test_what_does_not_fit_is_an_error(kind: type, data: Any, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        from_plain(kind, data)


def test_both_ways_of_making_a_value_give_the_same() -> None:
    maker = Maker(20261201)
    for number in range(1, 61):
        record = from_plain(Record, {"id": f"2024-{number}", **maker.record(number)})
        reply, promises = with_promises(record, "replies/2024/2024-1.yaml")
        kinds: list[tuple[type, Any]] = [(Record, record), (ReplyLine, reply)]
        for kind, value in [*kinds, *((Measure, line.measure) for line in promises)]:
            plain = to_plain(value)
            assert from_plain(kind, plain) == json_values._from_any(kind, plain) == value
