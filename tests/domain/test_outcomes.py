from __future__ import annotations

from datetime import date

import pytest

from npcreply.dataclass import replace
from npcreply.domain.judging.status import judge
from npcreply.domain.outcomes import OUTCOMES, Outcomes, days_late, outcome
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Closing, Deadline, Entry, Extension, Measure, Target
from npcreply.domain.time.as_of import AsOf

DAY = AsOf(date(2024, 1, 5))
REPLY = ReplyLine(
    id="2022-1", path="x", kind="suggestion", year=2022, number="1", reply_date=date(2022, 3, 1)
)
DUE = Deadline(date=date(2022, 12, 31))


def done(*day: int) -> tuple[Closing, ...]:
    return (Closing(on=date(*day), as_="done"),)


def moved(*day: int) -> tuple[Extension, ...]:
    return (Extension(on=date(2022, 12, 1), to=date(*day), reason="汛期"),)


REACHED = Measure(
    id=1,
    deadline=DUE,
    targets=(Target(id=1, indicator="新建水闸", comparator=">=", value=2, unit="座"),),
    log=(Entry(on=date(2022, 10, 1), target=1, value=2, unit="座"),),
)
MONTHLY = Measure(id=1, deadline=DUE, cadence=("month",))
CASES = [
    (Measure(id=1, deadline=DUE, closings=done(2022, 12, 31)), "in_time", None),
    (Measure(id=1, deadline=DUE, closings=done(2023, 1, 10)), "late", 10),
    (
        Measure(id=1, deadline=DUE, extensions=moved(2023, 6, 30), closings=done(2023, 1, 10)),
        *("late", 10),
    ),
    (Measure(id=1, deadline=DUE, extensions=moved(2024, 6, 30)), "extended", None),
    (Measure(id=1, deadline=DUE, extensions=moved(2023, 6, 30)), "not_kept", 370),
    (Measure(id=1, deadline=DUE), "not_kept", 370),
    (Measure(id=1, deadline=Deadline(date=date(2024, 12, 31))), "open", None),
    (REACHED, "to_verify", None),
    (replace(REACHED, extensions=moved(2024, 6, 30)), "to_verify", None),
    (replace(MONTHLY, closings=done(2022, 12, 20)), "late", None),
    (Measure(id=1, extensions=moved(2023, 6, 30)), "not_kept", 189),
    (Measure(id=1), "undated", None),
    (Measure(id=1, closings=done(2023, 1, 10)), "undated_kept", None),
    (Measure(id=1, closings=(Closing(on=date(2023, 1, 1), as_="dropped"),)), "dropped", None),
    (Measure(id=1, closings=(Closing(on=date(2023, 1, 1), as_="merged"),)), None, None),
]


@pytest.mark.parametrize(("measure", "expected", "days"), CASES)
def test_an_outcome_goes_by_the_first_date(
    measure: Measure, expected: str | None, days: int | None
) -> None:
    item = judge(MeasureLine(REPLY, measure), DAY)
    assert outcome(item) == expected
    assert days_late(item) == days


def test_outcomes_add_up_to_their_denominator() -> None:
    found = Outcomes()
    for measure, _expected, _days in CASES:
        found.add(judge(MeasureLine(REPLY, measure), DAY))
    assert found.of == len(CASES) - 1 == sum(found.counts[name] for name in OUTCOMES)
    assert found.days("late") == (10, 10, 2)
    assert found.counts["late"] == 3  # a report is missing of one that was closed in time
    assert found.days("not_kept") == (370, 370, 3)
    assert found.days("in_time") is None
    assert (found.due.count, found.due.of) == (1, 8)
