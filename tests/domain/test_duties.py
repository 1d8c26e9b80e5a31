"""What is owed beside promises: from which day, until when, what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.duties import Bench, of_reply, settled_on
from npcreply.domain.lines import ReplyLine
from npcreply.domain.targets import AsOf

days = st.dates(date(2018, 1, 1), date(2027, 12, 31))


def line(**facts: Any) -> ReplyLine:
    given = {"kind": "suggestion", "lead": "市教育局", **facts}
    return ReplyLine(id="2023-58", path="2023-58.yaml", year=2023, number="58", **given)


def bench(day: str | date) -> Bench:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return Bench(as_of=AsOf(day), soon_days=30)


@pytest.mark.parametrize(
    ("day", "status", "late", "left"),
    [
        ("2023-03-28", "open", None, 92),
        ("2023-05-29", "due_soon", None, 30),
        ("2023-06-28", "due_today", None, 0),
        ("2023-06-29", "overdue", 1, None),
    ],
)
def test_a_reply_owed_stands_like_a_promise(
    day: str, status: str, late: int | None, left: int | None
) -> None:
    (duty,) = of_reply(line(assigned_on=date(2023, 3, 28)), bench(day))
    assert (duty.status, duty.days_late, duty.days_left) == (status, late, left)
    assert (duty.what, duty.departments, duty.count) == ("reply", ("市教育局",), 1)


@pytest.mark.parametrize(
    "facts",
    [
        {},  # handed over on no known day: nothing is guessed
        {"assigned_on": date(2023, 7, 1)},  # not handed over yet
        {"assigned_on": date(2023, 3, 1), "reply_date": date(2023, 6, 30)},
        {"assigned_on": date(2023, 3, 1), "promises": 2},  # answered on an unknown day
    ],
)
def test_nothing_owed(facts: dict[str, Any]) -> None:
    assert of_reply(line(**facts), bench("2023-06-30")) == []


facts = st.fixed_dictionaries(
    {"kind": st.sampled_from(["suggestion", "proposal", "inquiry"])},
    optional={
        "assigned_on": days,
        "received_on": days,
        "reply_date": days,
        "wide": st.booleans(),
        "promises": st.integers(0, 2),
    },
)


@given(facts, days, st.integers(0, 900))
def test_settled_is_settled_for_good(given: dict[str, Any], day: date, later: int) -> None:
    settled = settled_on(line(**given))
    if settled is not None and settled <= day:
        assert of_reply(line(**given), bench(day + timedelta(days=later))) == []
