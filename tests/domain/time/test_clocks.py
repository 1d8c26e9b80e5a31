"""Clocks of one reply: which of several days counts, whose it is, what is not asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import (
    CoHandler,
    Feedback,
    HandlingReport,
    Meeting,
    ProgressNotice,
    Returned,
    Round,
)
from npcreply.domain.time.calendar import Calendar
from npcreply.domain.time.clocks import UNKNOWN, Clock, Law, clocks, owed_again
from npcreply.domain.time.rules import Rule, Rulebook


def rule(duty: str, start: str, **given: Any) -> Rule:
    return Rule(key=f"x/{duty}", duty=duty, unit="month", value=1, from_=start, **given)


def law(*rules: Rule) -> Law:
    return Law(book=Rulebook(rules=rules), calendar=Calendar(years=frozenset(range(2020, 2030))))


def day(text: str) -> date:
    return date.fromisoformat(f"2023-{text}")


def reply(**facts: Any) -> ReplyLine:
    given = {"kind": "suggestion", "lead": "市教育局", "assigned_on": day("03-01"), **facts}
    return ReplyLine(id="2023-58", path="58.yaml", year=2023, number="58", **given)


def only(own: Rule, **facts: Any) -> Clock:
    [clock] = clocks(reply(**facts), law(own))
    return clock


BACK = (Returned(on=day("03-20")), Returned(on=day("03-06")))
MET = (Meeting(on=day("04-20")), Meeting(on=day("03-16")))


def test_returned_or_met_twice_the_first_time_counts() -> None:
    assert only(rule("return", "assigned"), returned=BACK).done_on == day("03-06")
    assert only(rule("contact", "assigned"), met=MET).done_on == day("03-16")


def test_rated_twice_the_first_rating_is_the_deputy_s_feedback() -> None:
    rated = (Feedback(on=day("06-20")), Feedback(), Feedback(on=day("06-12")))
    feedback = rule("feedback", "replied")
    assert only(feedback, reply_date=day("06-01"), feedback=rated).done_on == day("06-12")
    undated = only(feedback, reply_date=day("06-01"), feedback=(Feedback(),))
    assert undated.done_on == UNKNOWN
    assert only(feedback, reply_date=day("06-01")).done_on is None


AGAIN = (Round(round=2, assigned_on=day("07-03"), reply_date=day("08-01")),)


def test_a_rating_without_a_number_is_of_the_first_answer() -> None:
    given = {"reply_date": day("06-01"), "rounds": AGAIN, "feedback": (Feedback(on=day("06-20")),)}
    found = clocks(reply(**given), law(rule("feedback", "replied")))
    assert [(clock.round, clock.done_on) for clock in found] == [(1, day("06-20")), (2, None)]


@pytest.mark.parametrize(
    ("ratings", "start"),
    [
        ((Feedback(on=day("06-20")),), day("06-20")),  # no number: the first answer's
        ((Feedback(on=day("06-20")), Feedback(on=day("06-12"))), day("06-20")),  # the last one
        ((Feedback(on=day("06-20")), Feedback()), day("06-20")),
        ((Feedback(on=day("06-20")), Feedback(round=2, on=day("08-20"))), day("06-20")),
        ((Feedback(round=2, on=day("08-20")),), None),  # of the answer that came of it
        ((Feedback(),), None),
        ((), None),
    ],
)
def test_a_round_that_runs_from_the_rating_runs_from_the_last_one_before_it(
    ratings: tuple[Feedback, ...], start: date | None
) -> None:
    own = rule("rehandling", "rated")
    clock = only(own, reply_date=day("06-01"), rounds=AGAIN, feedback=ratings)
    assert (clock.start, clock.missing) == (start, None if start else "feedback.on")


def test_a_round_nobody_answered_is_over_when_the_next_one_begins() -> None:
    rounds = (
        Round(round=2, assigned_on=day("07-03")),
        Round(round=3, assigned_on=day("09-01"), reply_date=day("10-08")),
        Round(round=4, assigned_on=day("11-01")),
    )
    found = clocks(
        reply(reply_date=day("06-01"), rounds=rounds), law(rule("rehandling", "reassigned"))
    )
    assert [clock.done_on for clock in found] == [day("09-01"), day("10-08"), None]


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"disclosure": "active"}, True),
        ({"publish_date": day("06-20")}, True),  # nobody said so, but it was published
        ({}, False),
        ({"disclosure": "on_request", "publish_date": day("06-20")}, False),
        ({"disclosure": "withheld", "publish_date": day("06-20")}, False),
    ],
)
def test_only_what_is_published_of_one_s_own_accord_has_a_last_day(
    facts: dict[str, Any], asked: bool
) -> None:
    found = clocks(reply(reply_date=day("06-01"), **facts), law(rule("disclosure", "replied")))
    assert [clock.what for clock in found] == (["disclosure"] if asked else [])
    assert [clock.done_on for clock in found] == ([facts.get("publish_date")] if asked else [])


@pytest.mark.parametrize(
    ("given", "done"),
    [
        ({}, None),
        ({"rating": "satisfied"}, UNKNOWN),  # rated on a day that nobody wrote down
        ({"rating": "satisfied", "rated_on": day("11-20")}, day("11-20")),
        ({"rated_on": day("11-20")}, day("11-20")),
    ],
)
def test_the_first_deputy_rates_what_was_told(given: dict[str, Any], done: date | None) -> None:
    told = ProgressNotice(on=day("11-01"), to="deputies", **given)
    own = rule("progress_rating", "told")
    clock = only(own, deputies=("丙代表", "甲代表"), progress_notices=(told,))
    assert (clock.who, clock.start, clock.done_on) == (("丙代表",), day("11-01"), done)


def test_what_the_record_sets_is_of_the_first_round_and_not_of_the_wide_ones() -> None:
    co = CoHandler(body="市财政局", opinion_due=day("04-20"))
    given = {"co": (co,), "handling_report": HandlingReport(due=day("09-30")), "wide": True}
    found = clocks(reply(**given), law())
    assert [(clock.what, clock.due, clock.round, clock.wide) for clock in found] == [
        ("co_opinion", day("04-20"), 1, False),
        ("handling_report", day("09-30"), 1, False),
    ]


def test_a_clock_of_a_rule_is_of_the_first_round_and_wide_where_the_reply_is() -> None:
    own = rule("reply", "assigned", wide=2)
    assert (only(own).round, only(own).wide) == (1, False)
    assert only(own, wide=True).wide
    bare = owed_again(reply(), law(), 3, day("06-20"))  # no rule: no last day
    assert (bare.round, bare.wide, bare.due, bare.assumed) == (3, False, None, None)


def test_only_the_law_s_start_is_missed_and_only_where_it_is_not_known() -> None:
    """A nearer rule without its start leaves the other's day as it is."""
    near, floor = rule("reply", "received"), rule("reply", "assigned", floor=True)
    [both] = clocks(reply(received_on=day("03-06")), law(near, floor))
    assert (both.start, both.missing) == (day("03-01"), None)
    [no_start] = clocks(reply(received_on=day("03-06"), assigned_on=None), law(near, floor))
    assert (no_start.start, no_start.missing) == (day("03-06"), "assigned_on")
    [of_law] = clocks(reply(), law(near, floor))
    assert (of_law.start, of_law.missing) == (day("03-01"), None)
