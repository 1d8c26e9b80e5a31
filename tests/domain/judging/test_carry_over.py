"""What is open at the end of a year, what became of it, where it goes on."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.domain.judging.carry_over import (
    Carry,
    carried_chains,
    end_of,
    open_promises,
    open_replies,
)
from npcreply.domain.judging.status import judge
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Closing, Deadline, Measure, ReplyClass
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf

NEW_YEAR, TODAY = AsOf(date(2023, 1, 1)), AsOf(date(2023, 3, 1))


def reply(id: str = "2022-1", **more: object) -> ReplyLine:
    given: dict[str, object] = {"reply_date": date(2022, 6, 1), "promises": 1, **more}
    return ReplyLine(id=id, path="a", kind="suggestion", year=int(id[:4]), number="1", **given)


def rows(measure: Measure, *newer: MeasureLine, replies: tuple[ReplyLine, ...] = ()) -> list[Carry]:
    line, settings = MeasureLine(reply(), measure), Settings()
    chains = carried_chains(replies, [line, *newer])
    return open_promises([tuple(judge(line, day, settings) for day in (NEW_YEAR, TODAY))], chains)  # type: ignore[list-item]


DUE = Deadline(date=date(2022, 12, 31))


@pytest.mark.parametrize(
    ("measure", "then", "state"),
    [
        (Measure(id=1, deadline=DUE), "overdue", "pending"),
        (Measure(id=1), "undated", "pending"),
        (Measure(id=1, deadline=Deadline(date=date(2023, 6, 30))), "open", "pending"),
        (
            Measure(id=1, deadline=DUE, closings=(Closing(on=date(2023, 2, 1), as_="done"),)),
            "overdue",
            "closed",
        ),
        (
            Measure(id=1, closings=(Closing(on=date(2023, 2, 1), as_="merged", into="2023-5.1"),)),
            "undated",
            "closed",
        ),
    ],
)
def test_open_at_the_end(measure: Measure, then: str, state: str) -> None:
    [row] = rows(measure)
    assert (row.status, row.state, row.id) == (then, state, "2022-1.1")


@pytest.mark.parametrize("as_", ["done", "dropped", "merged", "superseded"])
def test_closed_within_the_year_goes_on_nowhere(as_: str) -> None:
    assert rows(Measure(id=1, closings=(Closing(on=date(2022, 12, 31), as_=as_),))) == []


def test_where_it_goes_on() -> None:
    promise = Measure(id=3, carried_from="2022-1.1")
    new = MeasureLine(reply("2023-5"), promise)
    [row] = rows(Measure(id=1, deadline=DUE), new)
    assert (row.state, row.onward) == ("carried", ("2023-5.3",))
    [other] = rows(Measure(id=2, deadline=DUE), new)
    assert (other.state, other.onward) == ("pending", ())
    [whole] = rows(Measure(id=2, deadline=DUE), replies=(reply("2023-5", carried_from="2022-1"),))
    assert whole.onward == ("2023-5",)


def test_a_repeat_is_a_new_suggestion_and_carries_nothing() -> None:
    [row] = rows(Measure(id=1, deadline=DUE), replies=(reply("2023-5", repeats=("2022-1",)),))
    assert (row.state, row.onward) == ("pending", ())


def test_where_it_comes_from() -> None:
    old = MeasureLine(reply("2021-4"), Measure(id=2, carried_from="2020-9.1"))
    [row] = rows(Measure(id=1, deadline=DUE, carried_from="2021-4.2"), old)
    assert row.chain == ("2020-9.1", "2021-4.2")


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2023, 3, 1), date(2023, 1, 1)),
        (date(2023, 1, 1), date(2023, 1, 1)),
        (date(2022, 12, 31), date(2022, 12, 31)),
        (date(2022, 8, 1), date(2022, 8, 1)),
    ],
)
def test_the_end_of_the_year(day: date, end: date) -> None:
    known = date(2022, 5, 1)
    assert end_of(2022, AsOf(day, known)) == AsOf(end, known)


def classes(*steps: tuple[str, date]) -> tuple[ReplyClass, ...]:
    return tuple(ReplyClass(letter=letter, scheme="zhejiang", on=on) for letter, on in steps)


JUNE, FEBRUARY = date(2022, 6, 1), date(2023, 2, 1)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        (classes(("B", JUNE)), "pending"),
        (classes(("B", JUNE), ("A", FEBRUARY)), "closed"),
        (classes(("B", JUNE), ("C", FEBRUARY)), "pending"),
        (classes(("A", JUNE)), None),
        (classes(("C", JUNE)), None),
        (classes(("B", FEBRUARY)), None),
        ((ReplyClass(letter="B"),), None),
        ((), None),
    ],
)
def test_a_reply_whose_matter_goes_on(steps: tuple[ReplyClass, ...], state: str | None) -> None:
    said = [reply(classes=steps)]
    found = open_replies(said, [], (NEW_YEAR, TODAY), None, carried_chains(said, []))
    assert [str(row.state) for row in found] == [state] * (state is not None)


def test_an_open_promise_stands_for_its_reply() -> None:
    said = reply(classes=classes(("B", JUNE)))
    told = [Carry(reply=said)]
    assert open_replies([said], told, (NEW_YEAR, TODAY), None, carried_chains([], [])) == []


def test_the_office_may_declare_the_scheme() -> None:
    said = reply(classes=(ReplyClass(letter="C", on=JUNE),))
    chains = carried_chains([], [])
    assert len(open_replies([said], [], (NEW_YEAR, TODAY), "four", chains)) == 1
    assert open_replies([said], [], (NEW_YEAR, TODAY), "zhejiang", chains) == []
