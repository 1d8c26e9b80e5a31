"""What is told every year: in which windows it is owed, and what fulfils them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.duties import Bench, told_yearly
from npcreply.domain.record.lines import Pledge, ReplyLine, reply_line
from npcreply.domain.record.model import Closing, Measure, ProgressNotice, Record, Removed, Round
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.calendar import Calendar
from npcreply.domain.time.clocks import Law, clocks
from npcreply.domain.time.rules import Rule, Rulebook, Window
from npcreply.domain.time.yearly import worth_showing, yearly

QUARTER = Rule(
    key="x/progress_notice",
    duty="progress_notice",
    unit="span",
    spans=("10-01至12-31",),
    years=2,
    from_="replied",
    in_force_from=date(2018, 1, 1),
)
HALVES = Rule(
    key="x/progress_report",
    duty="progress_report",
    unit="span",
    spans=("12-01至12-31", "06-01至06-30"),
    from_="replied",
)
RATING = Rule(key="x/progress_rating", duty="progress_rating", unit="day", value=20, from_="told")
OPEN = {"reply_date": date(2023, 6, 1), "pledges": (Pledge(),)}
NOTICE, REPORT = "progress_notice", "progress_report"


def law(*rules: Rule) -> Law:
    return Law(book=Rulebook(rules=rules), calendar=Calendar(years=frozenset(range(2017, 2031))))


def line(**facts: Any) -> ReplyLine:
    given = {"kind": "suggestion", "lead": "市教育局", "deputies": ("甲代表", "乙代表"), **facts}
    return ReplyLine(id="2023-58", path="2023-58.yaml", year=2023, number="58", **given)


def told(on: str, to: str = "deputies", **more: Any) -> ProgressNotice:
    return ProgressNotice(on=_day(on), to=to, **more)


def closed(on: str, as_: str = "done", entered: str | None = None) -> Closing:
    return Closing(on=_day(on), as_=as_, entered=_day(entered) if entered else None)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def owed(reply: ReplyLine, day: str, *rules: Rule, known: str | None = None) -> list[str]:
    """The windows not told of yet, by their last days."""
    as_of = AsOf(_day(day), _day(known) if known else None)
    return [str(clock.due) for clock in yearly(reply, law(*rules), as_of) if not clock.done_on]


@pytest.mark.parametrize(
    ("facts", "day", "wanted"),
    [
        (OPEN, "2023-09-30", []),  # the quarter has not begun
        (OPEN, "2023-10-01", ["2023-12-31"]),
        (OPEN, "2024-09-30", ["2023-12-31"]),
        (OPEN, "2024-10-01", ["2023-12-31", "2024-12-31"]),
        (OPEN, "2026-11-01", ["2023-12-31", "2024-12-31"]),  # only this and the last year's
        ({**OPEN, "reply_date": date(2023, 11, 20)}, "2023-11-19", []),  # not promised yet
        ({**OPEN, "reply_date": date(2023, 11, 20)}, "2023-11-20", ["2023-12-31"]),
        ({**OPEN, "pledges": ()}, "2023-12-01", []),  # nothing was promised
        ({**OPEN, "kind": "proposal"}, "2023-12-01", []),
        ({**OPEN, "merged_into": "2023-59"}, "2023-12-01", []),
        ({"reply_date": date(2017, 6, 1), "pledges": (Pledge(),)}, "2018-11-01", ["2018-12-31"]),  # no rule in 2017
        ({**OPEN, "progress_notices": (told("2023-09-30"),)}, "2023-10-01", ["2023-12-31"]),  # told too early
        ({**OPEN, "progress_notices": (told("2023-10-01"),)}, "2023-12-01", []),
        ({**OPEN, "progress_notices": (told("2023-10-01", "congress"),)}, "2023-12-01", ["2023-12-31"]),
        ({**OPEN, "progress_notices": (told("2023-12-10"),)}, "2023-12-09", ["2023-12-31"]),
        ({**OPEN, "progress_notices": (told("2024-10-08"),)}, "2024-10-08", []),  # both years at once
        ({**OPEN, "progress_notices": (told("2024-02-01"),)}, "2024-10-08", ["2024-12-31"]),  # the first one late
        ({**OPEN, "pledges": (Pledge(closings=(closed("2023-08-01"),)),)}, "2024-11-01", ["2023-12-31"]),
        ({**OPEN, "pledges": (Pledge(closings=(closed("2024-01-01"),)),)}, "2024-11-01", ["2023-12-31", "2024-12-31"]),
        ({**OPEN, "pledges": (Pledge(closings=(closed("2023-08-01"),)), Pledge())}, "2024-11-01", ["2023-12-31", "2024-12-31"]),
        ({**OPEN, "pledges": (Pledge(closings=(closed("2023-08-01"), closed("2024-03-01", "reopened"))),)}, "2024-11-01", ["2023-12-31", "2024-12-31"]),
        ({**OPEN, "pledges": (Pledge(round=2),), "rounds": (Round(round=2, reply_date=date(2024, 2, 1)),)}, "2024-11-01", ["2024-12-31"]),
    ],
)  # fmt: skip
def test_windows_of_the_fourth_quarter(facts: dict[str, Any], day: str, wanted: list[str]) -> None:
    assert owed(line(**facts), day, QUARTER) == wanted


@pytest.mark.parametrize(
    ("facts", "day", "wanted"),
    [
        (OPEN, "2023-06-01", ["2023-06-30"]),
        (OPEN, "2024-06-30", ["2023-06-30", "2023-12-31", "2024-06-30"]),
        ({**OPEN, "progress_notices": (told("2023-12-05", "congress"),)}, "2024-07-01", ["2024-06-30"]),
        ({**OPEN, "pledges": (Pledge(closings=(closed("2023-07-01"),)),)}, "2024-07-01", ["2023-06-30", "2023-12-31"]),
        ({**OPEN, "pledges": (Pledge(closings=(closed("2023-06-30"),)),)}, "2024-07-01", ["2023-06-30"]),
    ],
)  # fmt: skip
def test_windows_in_the_middle_and_at_the_end_of_the_year(
    facts: dict[str, Any], day: str, wanted: list[str]
) -> None:
    assert owed(line(**facts), day, HALVES) == wanted


def test_a_window_tells_of_what_came_to_pass_since_the_one_before() -> None:
    assert HALVES.windows(2023) == [
        Window(date(2023, 6, 1), date(2023, 6, 30), date(2023, 1, 1)),
        Window(date(2023, 12, 1), date(2023, 12, 31), date(2023, 7, 1)),
    ]
    assert QUARTER.windows(2023) == [
        Window(date(2023, 10, 1), date(2023, 12, 31), date(2023, 1, 1))
    ]


def test_what_was_entered_later_was_not_known() -> None:
    late = closed("2023-08-01", entered="2024-11-20")
    reply = line(**{**OPEN, "pledges": (Pledge(closings=(late,)),)})
    assert owed(reply, "2024-12-01", QUARTER) == ["2023-12-31"]
    assert owed(reply, "2024-12-01", QUARTER, known="2024-11-19") == ["2023-12-31", "2024-12-31"]


def test_without_a_day_of_the_reply_nothing_is_guessed() -> None:
    (clock,) = yearly(line(pledges=(Pledge(),)), law(QUARTER, HALVES), AsOf(date(2023, 11, 1)))[:1]
    assert (clock.due, clock.missing) == (None, "reply_date")
    assert told_yearly(line(pledges=(Pledge(),)), _bench("2023-11-01")) == []


def test_an_office_may_do_without() -> None:
    none = Rule(key="office/progress_notice", duty=NOTICE, unit="none")
    assert owed(line(**OPEN), "2023-12-01", none, QUARTER) == []
    own = Rule(key="office/n", duty=NOTICE, unit="span", spans=("11-01至11-30",), from_="replied")
    assert owed(line(**OPEN), "2023-12-01", own, QUARTER) == ["2023-11-30"]


def _bench(day: str) -> Bench:
    return Bench(as_of=AsOf(_day(day)), settings=Settings(), law=law(QUARTER, HALVES))


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        ("2023-12-10", [(NOTICE, "2023-12-31", 1, "due_soon"), (REPORT, "2023-06-30", 1, "overdue"), (REPORT, "2023-12-31", 1, "due_soon")]),
        ("2023-12-31", [(NOTICE, "2023-12-31", 1, "due_today"), (REPORT, "2023-06-30", 1, "overdue"), (REPORT, "2023-12-31", 1, "due_today")]),
        ("2024-10-02", [(NOTICE, "2023-12-31", 1, "overdue"), (NOTICE, "2024-12-31", 1, "open"), (REPORT, "2023-06-30", 3, "overdue")]),
        ("2025-01-01", [(NOTICE, "2023-12-31", 2, "overdue"), (REPORT, "2023-06-30", 4, "overdue")]),
    ],
)  # fmt: skip
def test_missed_windows_are_one_row(day: str, wanted: list[tuple[str, str, int, str]]) -> None:
    found = told_yearly(line(**OPEN), _bench(day))
    rows = [(str(d.what), str(d.deadline), d.count, str(d.status)) for d in found]
    assert rows == wanted
    assert all(d.departments == ("市教育局",) for d in found)
    assert {str(d.next_step) for d in found} == {"tell_deputies", "ask_report"}


@pytest.mark.parametrize(
    ("notice", "wanted"),
    [
        (told("2023-11-06"), [("2023-11-26", None)]),
        (told("2023-11-06", rated_on=date(2023, 11, 20), rating="satisfied"), [("2023-11-26", date(2023, 11, 20))]),
        (told("2023-11-06", rating="satisfied"), [("2023-11-26", date.min)]),
        (told("2023-11-06", "congress"), []),
    ],
)  # fmt: skip
def test_the_first_deputy_rates_what_was_told(notice: ProgressNotice, wanted: list[Any]) -> None:
    reply = line(**OPEN, progress_notices=(notice,))
    found = [c for c in clocks(reply, law(RATING)) if c.what == "progress_rating"]
    assert [(str(clock.counted and clock.counted.ends), clock.done_on) for clock in found] == wanted
    assert all(clock.who == ("甲代表",) for clock in found)


def test_of_what_was_told_the_last_is_shown() -> None:
    notices = (told("2023-11-06"), told("2024-11-06"))
    found = yearly(line(**OPEN, progress_notices=notices), law(QUARTER), AsOf(date(2025, 1, 1)))
    assert [str(clock.due) for clock in found] == ["2023-12-31", "2024-12-31"]
    assert [str(clock.due) for clock in worth_showing(found)] == ["2024-12-31"]


def test_pledges_are_the_promises_that_stand_each_kind_once() -> None:
    done = Closing(on=date(2023, 8, 1), as_="done", evidence="验收单", by="某人")
    measures = (
        *(Measure(id=number, text=f"事项{number}") for number in (1, 2)),
        Measure(id=3, closings=(done,)),
        Measure(id=4, round=2, removed=Removed(on=date(2023, 8, 1))),
    )
    record = Record(id="2023-58", kind="suggestion", year=2023, number="58", measures=measures)
    bare = Closing(on=date(2023, 8, 1), as_="done")
    assert reply_line(record, "x.yaml").pledges == (Pledge(), Pledge(closings=(bare,)))


days = st.dates(date(2018, 1, 1), date(2026, 12, 31))


@settings(deadline=None)
@given(st.lists(days, max_size=4), days, days, st.integers(0, 500))
def test_a_missed_window_stays_missed_until_something_is_told(
    notices: list[date], replied: date, day: date, more: int
) -> None:
    given = tuple(ProgressNotice(on=on, to="congress") for on in notices if on <= day)
    reply = line(reply_date=replied, pledges=(Pledge(),), progress_notices=given)
    now = yearly(reply, law(HALVES), AsOf(day))
    later = yearly(reply, law(HALVES), AsOf(date.fromordinal(day.toordinal() + more)))
    assert [(c.due, c.done_on) for c in now] == [(c.due, c.done_on) for c in later[: len(now)]]
    told_today = (*given, ProgressNotice(on=day, to="congress"))
    ended = yearly(
        line(reply_date=replied, pledges=(Pledge(),), progress_notices=told_today),
        law(HALVES),
        AsOf(day),
    )
    assert all(clock.done_on for clock in ended)
