"""What a form asks a deputy to rate: the last answer, with the promises that it made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from npcreply.domain.judging.status import Judged, judge
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure, Round
from npcreply.domain.review import form
from npcreply.domain.time.as_of import AsOf

FIRST, SECOND = date(2024, 5, 20), date(2024, 9, 10)
REPLY = ReplyLine(
    id="2024-9",
    path="replies/2024/2024-9.yaml",
    kind="suggestion",
    year=2024,
    number="9",
    reply_date=FIRST,
    rounds=(Round(round=2, assigned_on=date(2024, 7, 1), reply_date=SECOND),),
)


def promise(number: int, as_of: AsOf, **given: Any) -> Judged:
    data = {"id": number, "text": "增设站点", **given}
    return judge(MeasureLine(REPLY, from_plain(Measure, data)), as_of)


DROPPED = [{"on": "2024-06-01", "as": "dropped", "reason": "改道"}]


@pytest.mark.parametrize(
    ("day", "round_", "replied", "numbers"),
    [
        (date(2024, 6, 30), 1, FIRST, [1]),  # the second answer is not given yet
        (date(2024, 10, 1), 2, SECOND, [3]),
    ],
)
def test_a_form_is_of_the_last_answer_and_its_promises(
    day: date, round_: int, replied: date, numbers: list[int]
) -> None:
    as_of = AsOf(day)
    promises = [
        promise(1, as_of),
        promise(2, as_of, closings=DROPPED),
        promise(3, as_of, round=2),
    ]
    found = form(REPLY, promises, as_of)
    assert (found.answer.round, found.answer.reply_date) == (round_, replied)
    assert [item.line.measure.id for item in found.promises] == numbers


def test_an_answer_without_promises_of_its_own_has_those_that_still_stand() -> None:
    as_of = AsOf(date(2024, 10, 1))
    found = form(REPLY, [promise(1, as_of), promise(2, as_of, closings=DROPPED)], as_of)
    assert [item.line.measure.id for item in found.promises] == [1]
