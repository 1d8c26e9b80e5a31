"""What is owed beside promises: from which day, until when, what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.duties import Bench, Duty, _all_owed, next_round, of_reply, settled_on
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import (
    CoHandler,
    Feedback,
    HandlingReport,
    Meeting,
    Question,
    Round,
)
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.calendar import Calendar
from npcreply.domain.time.clocks import Law
from npcreply.domain.time.rules import Rule, Rulebook

RULES = (
    Rule(key="x/reply", duty="reply", unit="month", value=3, wide=6),
    Rule(key="x/contact", duty="contact", unit="day", value=10, from_="received"),
    Rule(key="x/co_opinion", duty="co_opinion", unit="month", value=1, from_="received"),
    Rule(key="x/rehandling", duty="rehandling", unit="month", value=1, from_="reassigned"),
    Rule(
        key="x/report",
        duty="handling_report",
        unit="month",
        value=3,
        from_="received",
        kinds=("inquiry",),
    ),
)
LAW = Law(book=Rulebook(rules=RULES), calendar=Calendar(years=frozenset(range(2017, 2031))))
days = st.dates(date(2018, 1, 1), date(2027, 12, 31))
unhurried = settings(deadline=None)  # how busy the machine is says nothing about the code


def line(**facts: Any) -> ReplyLine:
    given = {"kind": "suggestion", "lead": "市教育局", **facts}
    return ReplyLine(id="2023-58", path="2023-58.yaml", year=2023, number="58", **given)


def bench(day: str | date) -> Bench:
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return Bench(as_of=AsOf(day), settings=Settings(), law=LAW)


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
        {"assigned_on": date(2023, 3, 1), "rounds": (Round(round=2),)},  # handled again since
        {"assigned_on": date(2023, 3, 1), "merged_into": "2023-59"},
    ],
)
def test_nothing_owed(facts: dict[str, Any]) -> None:
    assert of_reply(line(**facts), bench("2023-06-30")) == []


def co(body: str = "市财政局", due: str | None = None, on: str | None = None) -> CoHandler:
    return CoHandler(body=body, opinion_due=_day(due), opinion_on=_day(on))


def again(number: int, assigned: str | None = None, replied: str | None = None) -> Round:
    return Round(round=number, assigned_on=_day(assigned), reply_date=_day(replied))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


MET = {"met": (Meeting(on=date(2023, 3, 31)),)}
RECEIVED = {"assigned_on": date(2023, 3, 28), "received_on": date(2023, 3, 30)}


@pytest.mark.parametrize(
    ("facts", "day", "owed"),
    [
        ({**RECEIVED, **MET, "co": (co(),)}, "2023-05-01", [("co_opinion", "市财政局", "2023-05-01")]),
        (RECEIVED, "2023-04-11", [("contact", "市教育局", "2023-04-10")]),
        ({**RECEIVED, **MET}, "2023-03-30", [("contact", "市教育局", "2023-04-10")]),
        ({**RECEIVED, **MET}, "2023-03-31", []),
        ({**RECEIVED, **MET, "co": (co(due="2023-04-20"),)}, "2023-04-21", [("co_opinion", "市财政局", "2023-04-20")]),
        ({**RECEIVED, **MET, "co": (co(on="2023-04-20"),)}, "2023-04-19", [("co_opinion", "市财政局", "2023-05-01")]),
        ({**RECEIVED, **MET, "co": (co(on="2023-04-20"),)}, "2023-04-20", []),
        ({**RECEIVED, "co": (co(),), "reply_date": date(2023, 4, 25)}, "2023-05-30", []),
        ({"assigned_on": date(2023, 3, 28), "co": (co(),)}, "2023-05-30", []),  # received_on missing
        ({"reply_date": date(2023, 6, 1), "rounds": (again(2, "2023-07-03"),)}, "2023-07-04", [("rehandling", "市教育局", "2023-08-03")]),
        ({"reply_date": date(2023, 6, 1), "rounds": (again(2, "2023-07-03"),)}, "2023-07-02", []),
        ({"reply_date": date(2023, 6, 1), "rounds": (again(2, "2023-07-03", "2023-07-20"),)}, "2023-08-30", []),
        ({"reply_date": date(2023, 6, 1), "rounds": (again(2, "2023-07-03"), again(3, "2023-09-01"))}, "2023-09-02", [("rehandling", "市教育局", "2023-10-02")]),
        ({"reply_date": date(2023, 6, 1), "rounds": (again(2),)}, "2023-09-02", []),  # no start
        ({"kind": "inquiry", "received_on": date(2023, 8, 10)}, "2023-11-11", [("handling_report", "市教育局", "2023-11-10")]),
        ({"kind": "inquiry", "handling_report": HandlingReport(due=date(2023, 10, 31))}, "2023-11-11", [("handling_report", "市教育局", "2023-10-31")]),
        ({"kind": "inquiry", "received_on": date(2023, 8, 10), "handling_report": HandlingReport(on=date(2023, 11, 1))}, "2023-11-11", []),
        ({"kind": "inquiry", "promises": 3, "received_on": date(2023, 8, 10)}, "2023-08-11", [("handling_report", "市教育局", "2023-11-10")]),
        ({"kind": "proposal", "assigned_on": date(2023, 3, 28)}, "2024-01-01", []),  # no rule for it
        ({"assigned_on": date(2023, 3, 28), "merged_into": "2023-59"}, "2024-01-01", []),
    ],
)  # fmt: skip
def test_who_owes_what_by_when(
    facts: dict[str, Any], day: str, owed: list[tuple[str, str, str]]
) -> None:
    found = of_reply(line(**facts), bench(day))
    beside = [duty for duty in found if duty.what != "reply"]
    assert [(d.what, *d.departments, str(d.deadline)) for d in beside] == owed


def rated(on: str | None, how: str = "dissatisfied", round: int | None = None) -> Feedback:
    return Feedback(on=_day(on), result=how, round=round)


ANSWERED = {"reply_date": date(2023, 6, 1)}


@pytest.mark.parametrize(
    ("facts", "day", "wanted"),
    [
        ({"feedback": (rated("2023-06-20"),)}, "2023-06-20", ("2023-07-20", "due_soon")),
        ({"feedback": (rated("2023-06-20"),)}, "2023-06-19", None),  # not rated yet
        ({"feedback": (rated("2023-06-20"),)}, "2023-07-21", ("2023-07-20", "overdue")),
        ({"feedback": (rated("2023-06-20", "satisfied"),)}, "2023-07-21", None),
        ({"feedback": (rated("2023-06-20"), rated("2023-07-01", "satisfied"))}, "2023-07-21", None),
        ({"feedback": (rated(None),)}, "2023-07-21", ("None", "undated")),  # on no known day
        ({"feedback": (rated("2023-06-20"),), "kind": "proposal"}, "2023-07-21", ("None", "undated")),  # no rule
        ({"feedback": (rated("2023-06-20"),), "merged_into": "2023-59"}, "2023-07-21", None),
        ({"feedback": (rated("2023-06-20"),), "rounds": (again(2, "2023-07-03"),)}, "2023-07-02", ("2023-07-20", "due_soon")),
    ],
)  # fmt: skip
def test_what_did_not_satisfy_waits_to_be_handed_over_again(
    facts: dict[str, Any], day: str, wanted: tuple[str, str] | None
) -> None:
    found = of_reply(line(**{**ANSWERED, **facts}), bench(day))
    assert [(str(duty.deadline), str(duty.status)) for duty in found] == (
        [wanted] if wanted else []
    )
    assert all((duty.what, duty.next_step) == ("rehandling", "hand_over") for duty in found)


def test_handed_over_again_its_limit_runs_from_the_hand_over() -> None:
    facts = {"feedback": (rated("2023-06-20"),), "rounds": (again(2, "2023-07-03"),)}
    (duty,) = of_reply(line(**ANSWERED, **facts), bench("2023-07-03"))
    assert (str(duty.deadline), duty.next_step) == ("2023-08-03", "ask_reply")


def test_the_day_of_the_rating_only_stands_in_for_the_hand_over() -> None:
    reply = line(**ANSWERED, feedback=(rated("2023-06-20"),))
    clock = next_round(reply, LAW, AsOf(date(2023, 7, 1)))
    assert clock is not None
    assert (clock.start, clock.assumed, clock.round) == (date(2023, 6, 20), "rated", 2)
    undated = next_round(line(**ANSWERED, feedback=(rated(None),)), LAW, AsOf(date(2023, 7, 1)))
    assert undated is not None
    assert (undated.due, undated.missing) == (None, "feedback.on")


def some(kind: st.SearchStrategy[Any], name: str) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(kind, max_size=3, unique_by=lambda one: getattr(one, name)).map(tuple)


def maybe(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | kind


facts = st.fixed_dictionaries(
    {"kind": st.sampled_from(["suggestion", "proposal", "inquiry"])},
    optional={
        "assigned_on": days,
        "received_on": days,
        "reply_date": days,
        "wide": st.booleans(),
        "promises": st.integers(0, 2),
        "merged_into": st.just("2023-59"),
        "co": some(st.builds(CoHandler, body=st.sampled_from(["市财政局", "市水利局"]), opinion_due=maybe(days), opinion_on=maybe(days)), "body"),
        "rounds": some(st.builds(Round, round=st.integers(2, 4), assigned_on=maybe(days), reply_date=maybe(days)), "round"),
        "handling_report": st.builds(HandlingReport, due=maybe(days), on=maybe(days)),
        "met": some(st.builds(Meeting, on=days), "on"),
        "feedback": st.lists(st.builds(Feedback, round=maybe(st.integers(1, 3)), on=maybe(days), entered=maybe(days), attitude=maybe(st.sampled_from(["satisfied", "dissatisfied"])), result=maybe(st.sampled_from(["satisfied", "dissatisfied"]))), max_size=3).map(tuple),
    },
)  # fmt: skip


@unhurried
@given(facts, days, st.integers(0, 900), maybe(st.integers(0, 900)))
def test_settled_is_settled_for_good(
    given: dict[str, Any], day: date, later: int, known: int | None
) -> None:
    settled = settled_on(line(**given))
    if settled is not None and settled <= day:
        known_on = day + timedelta(days=known) if known is not None else None
        as_of = AsOf(day + timedelta(days=later), known_on)
        assert _judged_anyway(line(**given), as_of) == []


def _judged_anyway(reply: ReplyLine, as_of: AsOf) -> list[Duty]:
    """What would be called owed without the shortcut."""
    return list(_all_owed(reply, Bench(as_of=as_of, settings=Settings(), law=LAW)))


@unhurried
@given(facts, days)
def test_nothing_is_owed_before_it_began_or_after_it_was_done(
    given: dict[str, Any], day: date
) -> None:
    reply = line(**given)
    for duty in of_reply(reply, bench(day)):
        assert duty.days_late is None or duty.days_left is None
        if duty.deadline is None:
            assert duty.waits_for_round
        else:
            assert (duty.days_late or 0) > 0 or duty.days_left is not None
        if duty.what == "reply":
            assert reply.assigned_on is not None
            assert reply.assigned_on <= day
            assert reply.reply_date is None or reply.reply_date > day


@unhurried
@given(facts, st.integers(0, 400), st.integers(1, 400))
def test_what_is_late_stays_late_while_nothing_happens(
    given: dict[str, Any], first: int, more: int
) -> None:
    reply = line(**given)
    day = max([date(2018, 1, 1), *_days(reply)]) + timedelta(days=first)
    now, later = (of_reply(reply, bench(day + timedelta(days=n))) for n in (0, more))
    late = {duty.key: duty.days_late for duty in now if duty.days_late}
    then = {duty.key: duty.days_late for duty in later}
    assert late.keys() <= then.keys()
    assert all(then[key] == days + more for key, days in late.items())


def _days(reply: ReplyLine) -> list[date]:
    """Every day on which something happened under the reply."""
    report = reply.handling_report
    days = [reply.assigned_on, reply.received_on, reply.reply_date, report.on if report else None]
    days += [one.opinion_on for one in reply.co]
    days += [one.on for one in (*reply.met, *reply.feedback)]
    days += [day for one in reply.rounds for day in (one.assigned_on, one.reply_date)]
    return [day for day in days if day]


QUESTIONS = (
    Question(id=1, body=("市教育局",), answered=True),
    Question(id=2, body=("市水利局",), question="河道何时贯通？", answered=False),
    Question(id=3, body=("市财政局",)),
)


@pytest.mark.parametrize(
    ("facts", "due", "status"),
    [
        ({"received_on": date(2023, 3, 28)}, date(2023, 6, 28), "overdue"),
        ({"handling_report": HandlingReport(due=date(2023, 8, 31))}, date(2023, 8, 31), "open"),
        ({}, None, "undated"),
    ],
)
def test_a_question_without_an_answer_is_owed_by_the_report_s_day(
    facts: dict[str, Any], due: date | None, status: str
) -> None:
    inquiry = line(kind="inquiry", questions=QUESTIONS, **facts)
    [asked] = [duty for duty in of_reply(inquiry, bench("2023-07-01")) if duty.what == "question"]
    assert (asked.deadline, asked.status, asked.departments) == (due, status, ("市水利局",))
    assert asked.next_step == "ask_answer"


def test_a_question_is_owed_until_it_is_answered_whatever_else_was_reported() -> None:
    given = {"kind": "inquiry", "received_on": date(2023, 3, 28)}
    report = HandlingReport(on=date(2023, 6, 1))
    inquiry = line(questions=QUESTIONS, handling_report=report, **given)
    assert settled_on(inquiry) is None
    assert [duty.what for duty in of_reply(inquiry, bench("2024-07-01"))] == ["question"]
    answered = line(questions=QUESTIONS[:1], handling_report=report, **given)
    assert of_reply(answered, bench("2024-07-01")) == []
