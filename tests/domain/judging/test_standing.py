"""Four states apart, each by the day: answered, rated, solved, kept; rounds, publication."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.judging.handlings import handlings
from npcreply.domain.judging.standing import (
    Span,
    Standing,
    answer_of,
    class_steps,
    keeping,
    publication,
    standing,
)
from npcreply.domain.judging.status import Status, judge
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Closing, Deadline, Feedback, Measure, ReplyClass, Round
from npcreply.domain.time.as_of import AsOf

HANDED, REPLIED, RATED = date(2023, 3, 28), date(2023, 6, 20), date(2023, 7, 3)
AGAIN, SECOND, LAST = date(2023, 7, 10), date(2023, 8, 4), date(2023, 8, 20)


def reply(**more: object) -> ReplyLine:
    given: dict[str, object] = {"assigned_on": HANDED, "reply_date": REPLIED, "promises": 1}
    return ReplyLine(
        id="2023-46", path="a", kind="suggestion", year=2023, number="46", **{**given, **more}
    )


def on(day: date, known: date | None = None) -> AsOf:
    return AsOf(day, known)


TWO_ROUNDS = reply(
    feedback=(
        Feedback(round=1, on=RATED, attitude="satisfied", result="dissatisfied"),
        Feedback(round=2, on=LAST, attitude="satisfied", result="basically_satisfied"),
    ),
    rounds=(Round(round=2, assigned_on=AGAIN, reply_date=SECOND, reason="对结果不满意"),),
)


@pytest.mark.parametrize(
    ("day", "stages", "counts"),
    [
        (HANDED, ["handed"], None),
        (REPLIED - timedelta(days=1), ["handed"], None),
        (REPLIED, ["answered"], None),
        (RATED, ["rated", "owed"], "dissatisfied"),
        (AGAIN, ["rated", "handed"], "dissatisfied"),
        (SECOND, ["rated", "answered"], "dissatisfied"),
        (LAST, ["rated", "rated"], "basically_satisfied"),
    ],
)
def test_rounds_by_the_day(day: date, stages: list[str], counts: str | None) -> None:
    found = standing(TWO_ROUNDS, [], on(day))
    assert [one.stage for one in found.rounds] == stages
    assert (found.rated.result if found.rated else None) == counts


@pytest.mark.parametrize(
    ("attitude", "result", "owed"),
    [
        ("dissatisfied", "satisfied", True),
        ("satisfied", "dissatisfied", True),
        (None, "dissatisfied", True),
        ("satisfied", "basically_satisfied", False),
        ("satisfied", None, False),
    ],
)
def test_a_second_handling_is_owed_to_who_is_dissatisfied(
    attitude: str | None, result: str | None, owed: bool
) -> None:
    rated = reply(feedback=(Feedback(on=RATED, attitude=attitude, result=result),))
    assert [one.stage for one in handlings(rated, on(LAST))] == ["rated"] + ["owed"] * owed


def test_a_third_round_is_owed_where_the_second_left_the_deputy_dissatisfied() -> None:
    again = Feedback(round=2, on=LAST, result="dissatisfied")
    twice = reply(feedback=(*TWO_ROUNDS.feedback[:1], again), rounds=TWO_ROUNDS.rounds)
    assert [(one.round, one.stage) for one in handlings(twice, on(LAST))] == [
        (1, "rated"),
        (2, "rated"),
        (3, "owed"),
    ]


def test_attitude_and_result_on_two_lines_are_one_rating() -> None:
    lines = (Feedback(on=RATED, attitude="satisfied"), Feedback(on=LAST, result="dissatisfied"))
    [first, _owed] = handlings(reply(feedback=lines), on(LAST))
    assert (first.attitude, first.result, first.rated_on) == ("satisfied", "dissatisfied", LAST)


def test_a_rating_corrected_later_counts_from_its_day() -> None:
    lines = (Feedback(on=RATED, result="dissatisfied"), Feedback(on=LAST, result="satisfied"))
    rated = reply(feedback=lines)
    assert [one.result for one in handlings(rated, on(AGAIN))] == ["dissatisfied", None]
    assert [one.result for one in handlings(rated, on(LAST))] == ["satisfied"]


def test_a_rating_of_no_round_is_of_the_last_answer_before_it() -> None:
    lines = (Feedback(on=RATED, result="dissatisfied"), Feedback(on=LAST, result="satisfied"))
    found = handlings(reply(feedback=lines, rounds=TWO_ROUNDS.rounds), on(LAST))
    assert [(one.round, one.result) for one in found] == [(1, "dissatisfied"), (2, "satisfied")]


def test_known_on_leaves_out_what_was_entered_later() -> None:
    late = Feedback(round=1, on=RATED, result="dissatisfied", entered=LAST)
    assert len(handlings(reply(feedback=(late,)), on(LAST, known=AGAIN))) == 1
    assert len(handlings(reply(feedback=(late,)), on(LAST, known=LAST))) == 2


@pytest.mark.parametrize(
    ("more", "day", "answer"),
    [
        ({}, REPLIED, "answered"),
        ({}, REPLIED - timedelta(days=1), "waiting"),
        ({"reply_date": None}, HANDED, "undated"),
        ({"reply_date": None, "promises": 0}, LAST, "waiting"),
        ({"promises": 0}, LAST, "answered"),
    ],
)
def test_answer(more: dict[str, object], day: date, answer: str) -> None:
    assert answer_of(reply(**more), on(day)) == answer


def test_a_class_means_what_its_scheme_says_on_the_day() -> None:
    given = (
        ReplyClass(letter="A", scheme="zhejiang", on=LAST),
        ReplyClass(letter="B", scheme="zhejiang", on=REPLIED),
    )
    early, late = class_steps(given, on(RATED)), class_steps(given, on(LAST))
    assert [step.meaning for step in early] == ["going_on"]
    assert [(step.meaning, step.unproved) for step in late] == [
        ("going_on", False),
        ("solved", True),
    ]
    assert [step.meaning for step in class_steps([ReplyClass(letter="C")], on(LAST))] == ["unknown"]
    [step] = class_steps([ReplyClass(letter="C")], on(LAST), "four")
    assert (step.meaning, step.scheme) == ("planned", "four")


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([], "none"),
        ([Status.OVERDUE, Status.DONE], "late"),
        ([Status.UNDATED, Status.DONE], "open"),
        ([Status.TO_VERIFY], "open"),
        ([Status.DONE, Status.DONE_LATE], "kept"),
        ([Status.DONE, Status.DROPPED], "ended"),
        ([Status.MERGED], "ended"),
    ],
)
def test_keeping(statuses: Sequence[Status], code: str) -> None:
    assert keeping(dict.fromkeys(statuses, 1)) == code


@pytest.mark.parametrize(
    ("more", "day", "publicity", "days"),
    [
        ({"publish_date": LAST}, LAST, "published", 61),
        ({"publish_date": LAST}, RATED, "not_yet", 13),
        ({}, RATED, "not_yet", 13),
        ({"disclosure": "withheld"}, RATED, "withheld", None),
        ({"reply_date": None, "publish_date": LAST}, LAST, "published", None),
        ({}, HANDED, "not_yet", None),
    ],
)
def test_publication(more: dict[str, object], day: date, publicity: str, days: int | None) -> None:
    found = publication(reply(**more), on(day))
    assert found.publicity == publicity
    assert (found.lag.days if found.lag else None) == days


def test_working_days_are_counted_by_whoever_knows_them() -> None:
    found = publication(
        reply(publish_date=LAST), on(LAST), lambda first, last: Span(43, working=True)
    )
    assert found.lag == Span(43, working=True)


def test_no_state_is_inferred_from_another() -> None:
    """Satisfied and class A beside a broken promise, an unrated reply beside a kept one."""
    said = reply(
        classes=(ReplyClass(letter="A", scheme="zhejiang", on=REPLIED),),
        feedback=(Feedback(on=RATED, attitude="satisfied", result="satisfied"),),
    )
    measure = Measure(id=1, text="建校", deadline=Deadline(date=RATED))
    found = at(said, measure, LAST)
    assert (found.answer, found.rated and found.rated.result) == ("answered", "satisfied")
    assert (found.meaning, found.keeping) == ("solved", "late")
    closed = Measure(id=1, text="建校", closings=(Closing(on=RATED, as_="done"),))
    kept = at(reply(), closed, LAST)
    assert (kept.rated, kept.meaning, kept.keeping) == (None, None, "kept")


def at(said: ReplyLine, measure: Measure, day: date) -> Standing:
    return standing(said, [judge(MeasureLine(said, measure), on(day))], on(day))


some_days = st.integers(0, 300).map(lambda n: HANDED + timedelta(days=n))
ratings = st.sampled_from([None, "satisfied", "basically_satisfied", "dissatisfied"])
replies = st.builds(
    reply,
    reply_date=st.none() | some_days,
    publish_date=st.none() | some_days,
    feedback=st.lists(
        st.builds(
            Feedback,
            round=st.none() | st.integers(1, 3),
            on=some_days,
            attitude=ratings,
            result=ratings,
        ),
        max_size=4,
    ).map(tuple),
    rounds=st.lists(
        st.builds(
            Round,
            round=st.integers(2, 3),
            assigned_on=st.none() | some_days,
            reply_date=st.none() | some_days,
        ),
        max_size=2,
        unique_by=lambda item: item.round,
    ).map(tuple),
    classes=st.lists(
        st.builds(ReplyClass, letter=st.sampled_from("ABCD"), scheme=st.just("four"), on=some_days),
        max_size=3,
    ).map(tuple),
)


@given(replies, some_days, some_days)
def test_time_only_adds(said: ReplyLine, one: date, other: date) -> None:
    """On a later day nothing that had happened is gone: answers, rounds, ratings, classes."""
    early, late = (standing(said, [], on(day)) for day in sorted((one, other)))
    assert late.answer is early.answer or early.answer == "waiting"
    assert late.classes[: len(early.classes)] == early.classes
    begun = {item.round for item in early.rounds if not item.owed}
    assert begun <= {item.round for item in late.rounds}
    assert bool(late.rated) >= bool(early.rated)
    assert early.publication.publicity in ("not_yet", late.publication.publicity)
    numbers = [item.round for item in late.rounds]
    assert numbers == sorted(set(numbers))
    assert [item.owed for item in late.rounds[:-1]] == [False] * (len(numbers) - 1)
