"""Requests of departments and rounds of collecting: what cannot be right in them, and sound twins."""

from __future__ import annotations

from datetime import date

import pytest

from npcreply.domain.checks import doubts_of
from npcreply.domain.checks.rounds import round_doubts
from npcreply.domain.record.collected import Collection, Returned, Sheet
from npcreply.domain.record.model import Closing, Decision, Extension, Measure, Record, Request
from npcreply.domain.record.settings import Settings

ASKED, DECIDED, LATER = date(2023, 12, 1), date(2023, 12, 8), date(2024, 6, 30)
TODAY = date(2024, 1, 5)
EXTENDED = Extension(on=DECIDED, to=LATER, reason="汛期")
DROPPED = Closing(on=DECIDED, as_="dropped", reason="改道")


def found(
    request: Request,
    extensions: tuple[Extension, ...] = (),
    closings: tuple[Closing, ...] = (),
) -> list[str]:
    measure = Measure(
        id=1, text="修缮渡口", requests=(request,), extensions=extensions, closings=closings
    )
    record = Record(id="2023-9", kind="suggestion", year=2023, number="9", measures=(measure,))
    places = ("measures", 0, "requests")
    doubts = doubts_of(record, Settings(), TODAY)
    return [doubt.code for doubt in doubts if doubt.at[:3] == places]


def decided(on: date = DECIDED, as_: str = "accepted") -> Decision:
    return Decision(on=on, as_=as_)


@pytest.mark.parametrize(
    ("request_", "codes"),
    [
        (Request(on=ASKED, asks="extension"), ["request-without-day"]),
        (Request(on=ASKED, asks="extension", to=LATER), []),
        (Request(on=ASKED, asks="drop", target=2), ["request-unknown-target"]),
        (
            Request(on=ASKED, asks="drop", decided=decided(date(2023, 11, 30), "refused")),
            ["decided-before-asked"],
        ),
        (Request(on=ASKED, asks="drop", decided=decided(as_="refused")), []),
        (Request(on=ASKED, asks="change", decided=decided()), []),
    ],
)
def test_a_request_says_what_it_is_for_and_is_decided_afterwards(
    request_: Request, codes: list[str]
) -> None:
    assert found(request_) == codes


def test_what_was_granted_stands_in_the_promise_too() -> None:
    longer = Request(on=ASKED, asks="extension", to=LATER, decided=decided())
    assert found(longer) == ["accepted-not-done"]
    assert found(longer, extensions=(EXTENDED,)) == []
    dropped = Request(on=ASKED, asks="drop", decided=decided())
    assert found(dropped) == ["accepted-not-done"]
    assert found(dropped, closings=(DROPPED,)) == []


def round_(sheet: Sheet, due: date | None = date(2023, 12, 15)) -> Collection:
    return Collection(id="R2023-12", on=ASKED, due=due, sheets=(sheet,))


def sheet(*returned: date, id: str = "R2023-12-水利-01") -> Sheet:
    days = tuple(Returned(on=day, digest="0" * 64) for day in returned)
    return Sheet(id=id, department="市水利局", returned=days)


@pytest.mark.parametrize(
    ("one", "codes"),
    [
        (round_(sheet(DECIDED)), []),
        (round_(sheet(), due=date(2023, 11, 1)), ["due-before-asked"]),
        (round_(sheet(date(2023, 11, 2))), ["returned-before-asked"]),
        (round_(sheet(date(2024, 2, 1))), ["day-ahead"]),
        (round_(sheet(id="R2023-11-水利-01")), ["sheet-of-other-round"]),
    ],
)
def test_the_days_of_a_round_follow_each_other(one: Collection, codes: list[str]) -> None:
    assert [doubt.code for doubt in round_doubts(one, TODAY)] == codes
