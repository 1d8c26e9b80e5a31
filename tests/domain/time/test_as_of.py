"""The day that is judged for: what is over, what is left, none of both on the other side."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.domain.record.model import Closing
from npcreply.domain.time.as_of import AsOf, closed_spans
from npcreply.grammar.calendar_periods import Period

TODAY = AsOf(date(2024, 1, 5))


@pytest.mark.parametrize(
    ("due", "late", "left"),
    [
        (date(2024, 1, 4), 1, None),
        (date(2024, 1, 5), None, 0),
        (date(2024, 1, 6), None, 1),
        (None, None, None),
    ],
)
def test_a_day_is_late_once_it_is_over_and_left_until_then(
    due: date | None, late: int | None, left: int | None
) -> None:
    assert (TODAY.days_late(due), TODAY.days_left(due)) == (late, left)


def test_what_is_known_is_known_up_to_the_earlier_of_both_days() -> None:
    assert AsOf(date(2024, 1, 5), date(2023, 12, 1)).last_known == date(2023, 12, 1)
    assert AsOf(date(2024, 1, 5), date(2024, 2, 1)).last_known == date(2024, 1, 5)
    assert TODAY.last_known == date(2024, 1, 5)


def test_a_promise_is_closed_from_its_first_closing_until_it_is_reopened() -> None:
    march, april, may, june = (date(2023, month, 1) for month in (3, 4, 5, 6))
    closings = [
        Closing(on=march, as_="done"),
        Closing(on=april, as_="dropped"),
        Closing(on=may, as_="reopened"),
        Closing(on=june, as_="done"),
    ]
    assert closed_spans(closings, TODAY) == [Period(march, may), Period(june, date.max)]
    assert closed_spans(closings[:3], TODAY) == [Period(march, may)]
    assert closed_spans(closings, AsOf(date(2023, 3, 15))) == [Period(march, date.max)]
