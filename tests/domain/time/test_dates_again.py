"""A corrected header works its dates out again; what nobody can derive from it is left and named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from npcreply.domain.record.model import Deadline, Entry, Measure, Record, Target
from npcreply.domain.time.dates_again import Header, dates_again


def record(*measures: Measure, **header: Any) -> Record:
    return Record(
        id="2025-3", kind="suggestion", year=2025, number="3", measures=measures, **header
    )


def again(words: str | None, day: date, before: Header, after: Header) -> date | None:
    measure = Measure(id=1, deadline=Deadline(date=day, words=words))
    found = dates_again(record(measure), before, after)
    return found[0].again if found else day


WRONG, RIGHT = Header(date(2024, 6, 24), 2025), Header(date(2025, 6, 24), 2025)


@pytest.mark.parametrize(
    ("words", "under_wrong", "under_right"),
    [
        ("年底前", date(2024, 12, 31), date(2025, 12, 31)),
        ("3月底", date(2025, 3, 31), date(2026, 3, 31)),
        ("3个月内", date(2024, 9, 24), date(2025, 9, 24)),
        ("明年6月底", date(2025, 6, 30), date(2026, 6, 30)),
        ("2026年3月底", date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_words_that_gave_the_date_give_another(
    words: str, under_wrong: date, under_right: date
) -> None:
    assert again(words, under_wrong, WRONG, RIGHT) == under_right


def test_a_typed_date_is_left() -> None:
    assert again(None, date(2024, 12, 31), WRONG, RIGHT) is None


def test_a_date_that_its_words_did_not_give_is_left() -> None:
    assert again("年底前", date(2025, 3, 1), WRONG, RIGHT) is None


def test_without_a_reply_the_sessions_year_decides() -> None:
    before, after = Header(None, 2021), Header(None, 2023)
    assert again("年底前", date(2021, 12, 31), before, after) == date(2023, 12, 31)


def test_targets_and_figures_too() -> None:
    measure = Measure(
        id=2,
        targets=(
            Target(
                id=1, indicator="泊位", deadline=Deadline(date=date(2024, 9, 30), words="9月底")
            ),
        ),
        log=(Entry(on=date(2024, 5, 31), words="5月底", value=None),),
    )
    found = dates_again(record(measure), WRONG, RIGHT)
    assert [(d.target, d.entry, d.day, d.again) for d in found] == [
        (1, None, date(2024, 9, 30), date(2025, 9, 30)),
        (None, 0, date(2024, 5, 31), date(2025, 5, 31)),
    ]


def test_promises_of_a_second_reply_hang_on_that() -> None:
    measure = Measure(id=1, round=2, deadline=Deadline(date=date(2024, 12, 31), words="年底"))
    assert dates_again(record(measure), WRONG, RIGHT) == []


def test_the_same_header_moves_nothing() -> None:
    measure = Measure(id=1, deadline=Deadline(date=date(2024, 12, 31), words=None))
    assert dates_again(record(measure), RIGHT, RIGHT) == []
