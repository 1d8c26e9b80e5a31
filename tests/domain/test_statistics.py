"""Rates: each part in its place, and sums that are equal or say why not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcreply.domain.judging.standing import standing
from npcreply.domain.judging.status import Judged, judge
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import (
    Closing,
    Deadline,
    Entry,
    Extension,
    Feedback,
    Measure,
    ReplyClass,
    Target,
)
from npcreply.domain.record.settings import Settings
from npcreply.domain.statistics import (
    FATES,
    RATES,
    WHEN_DUE,
    Handled,
    Of,
    answered_in_time,
    begun,
    fate,
    fate_by_first_date,
    rated,
    satisfied_with,
    sections,
    solved,
)
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.calendar import Counted
from npcreply.domain.time.clocks import Clock
from npcreply.domain.time.rules import What

START, DUE, DAY = date(2023, 3, 28), date(2023, 6, 28), AsOf(date(2023, 9, 1))
TIMED = Clock(what=What.REPLY, who=(), rule=None, start=START, counted=Counted(DUE, DUE))
UNTIMED = Clock(what=What.REPLY, who=(), rule=None, missing="assigned_on")


def handled(clock: Clock | None = TIMED, as_of: AsOf = DAY, **more: object) -> Handled:
    given: dict[str, object] = {"reply_date": DUE, "promises": 1, **more}
    reply = ReplyLine(id="2023-1", path="a", kind="suggestion", year=2023, number="1", **given)
    return Handled(standing(reply, [], as_of), clock)


@pytest.mark.parametrize(
    ("one", "part"),
    [
        (handled(), "in_time"),
        (handled(reply_date=DUE + timedelta(days=1)), "late"),
        (handled(reply_date=None, promises=0), "overdue"),
        (handled(reply_date=None, promises=0, as_of=AsOf(DUE)), "not_due"),
        (handled(as_of=AsOf(DUE - timedelta(days=1))), "not_due"),
        (handled(reply_date=None), "undated"),
        (handled(UNTIMED), "no_start"),
        (handled(None), "no_rule"),
        (handled(merged_into="2023-2"), "merged"),
    ],
)
def test_answered_in_time(one: Handled, part: str) -> None:
    assert answered_in_time(one) == part


RATING = Feedback(round=1, on=DUE, attitude="satisfied", result="dissatisfied")
LATER = Feedback(round=2, on=DAY.day, result="basically_satisfied")


@pytest.mark.parametrize(
    ("feedback", "attitude", "result"),
    [
        ((), "unrated", "unrated"),
        ((RATING,), "satisfied", "dissatisfied"),
        ((RATING, LATER), "unrated", "basically_satisfied"),
        ((Feedback(on=DAY.day + timedelta(days=1), result="satisfied"),), "unrated", "unrated"),
    ],
)
def test_satisfied(feedback: tuple[Feedback, ...], attitude: str, result: str) -> None:
    one = handled(feedback=feedback)
    assert (satisfied_with("attitude")(one), satisfied_with("result")(one)) == (attitude, result)


def test_who_has_no_answer_is_not_asked_how_it_was() -> None:
    assert satisfied_with("result")(handled(reply_date=None, promises=0)) == "waiting"


@pytest.mark.parametrize(
    ("classes", "part"),
    [
        ((), "unclassed"),
        ((ReplyClass(letter="A"),), "unknown"),
        ((ReplyClass(letter="A", scheme="zhejiang"),), "solved"),
        ((ReplyClass(letter="A", scheme="chongqing"),), "adopted"),
        ((ReplyClass(letter="B", scheme="zhejiang"),), "going_on"),
    ],
)
def test_solved(classes: tuple[ReplyClass, ...], part: str) -> None:
    assert solved(handled(classes=classes)) == part


def judged(measure: Measure) -> Judged:
    reply = ReplyLine(id="2023-1", path="a", kind="suggestion", year=2023, number="1", lead="甲局")
    return judge(MeasureLine(reply, measure), DAY, Settings())


def closed(as_: str, on: date = DUE, due: date | None = DUE) -> Measure:
    deadline = Deadline(date=due) if due else None
    return Measure(id=1, deadline=deadline, closings=(Closing(on=on, as_=as_),))


REACHED = Measure(
    id=1,
    deadline=Deadline(date=DUE),
    targets=(Target(id=1, indicator="新建水闸", comparator=">=", value=2, unit="座"),),
    log=(Entry(on=START, target=1, value=2, unit="座"),),
)


@pytest.mark.parametrize(
    ("measure", "part"),
    [
        (closed("done"), "kept_in_time"),
        (closed("done", START), "kept_in_time"),
        (closed("done", DAY.day), "kept_late"),
        (closed("done", due=None), "kept_undated"),
        (closed("dropped"), "dropped"),
        (closed("merged"), "moved"),
        (closed("superseded"), "moved"),
        (closed("reopened"), "late"),
        (Measure(id=1), "undated"),
        (Measure(id=1, force="conditional"), "undated"),
        (Measure(id=1, deadline=Deadline(date=DAY.day)), "open"),
        (REACHED, "to_verify"),
        (
            Measure(
                id=1,
                deadline=Deadline(date=DUE),
                extensions=(Extension(on=DUE, to=date(2023, 12, 31), reason="汛期"),),
            ),
            "open",
        ),
    ],
)
def test_fate(measure: Measure, part: str) -> None:
    assert fate(judged(measure)) == part


EXTENDED = (Extension(on=START, to=date(2023, 12, 31), reason="汛期"),)


@pytest.mark.parametrize(
    ("closings", "now", "first"),
    [
        ((), "open", "late"),
        ((Closing(on=DAY.day, as_="done"),), "kept_extended", "kept_late"),
        ((Closing(on=DUE, as_="done"),), "kept_in_time", "kept_in_time"),
        ((Closing(on=DAY.day, as_="dropped"),), "dropped", "dropped"),
    ],
)
def test_fate_by_the_date_in_force_and_by_the_first_one(
    closings: tuple[Closing, ...], now: str, first: str
) -> None:
    measure = Measure(id=1, deadline=Deadline(date=DUE), extensions=EXTENDED, closings=closings)
    assert (fate(judged(measure)), fate_by_first_date(judged(measure))) == (now, first)


def test_what_waits_to_be_closed_is_neither_kept_nor_late_by_either_date() -> None:
    for rate in WHEN_DUE:
        found = rated(rate, [judged(REACHED)])
        assert (found.of, found.parts["to_verify"]) == (0, 1)


def test_an_extension_counts_in_the_rate_by_the_date_in_force_alone() -> None:
    kept = Measure(
        id=1,
        deadline=Deadline(date=DUE),
        extensions=EXTENDED,
        closings=(Closing(on=DAY.day, as_="done"),),
    )
    by_now, by_first = (rated(rate, [judged(kept)]) for rate in WHEN_DUE)
    assert (by_now.count, by_now.of) == (1, 1)
    assert (by_first.count, by_first.of) == (0, 1)


@pytest.mark.parametrize(
    ("days", "there"),
    [({}, True), ({"assigned_on": DAY.day}, True), ({"reply_date": date(2023, 9, 2)}, False)],
)
def test_a_record_is_there_from_its_hand_over(days: dict[str, date], there: bool) -> None:
    reply = ReplyLine(id="2023-1", path="a", kind="suggestion", year=2023, number="1", **days)  # type: ignore[arg-type]
    assert begun(reply, DAY) is there


def test_a_rate_and_what_it_leaves_out() -> None:
    found = rated(RATES[2], [handled(feedback=(RATING,)), handled(), handled(feedback=(LATER,))])
    assert (found.rate.name, found.count, found.of, found.left_out) == ("satisfied_result", 1, 2, 1)
    assert found.order == ["basically_satisfied", "dissatisfied", "unrated"]


days = st.integers(0, 300).map(lambda n: START + timedelta(days=n))
words = st.sampled_from([None, "satisfied", "basically_satisfied", "dissatisfied"])
replies = st.builds(
    handled,
    st.sampled_from([TIMED, UNTIMED, None]),
    reply_date=st.none() | days,
    promises=st.integers(0, 1),
    lead=st.sampled_from([None, "甲局", "乙局"]),
    feedback=st.lists(
        st.builds(Feedback, round=st.integers(1, 2), on=days, attitude=words, result=words),
        max_size=2,
    ).map(tuple),
    classes=st.lists(
        st.builds(
            ReplyClass,
            letter=st.sampled_from("ABCD"),
            scheme=st.sampled_from([None, "zhejiang", "four"]),
            on=days,
        ),
        max_size=2,
    ).map(tuple),
)
promises = st.builds(
    Measure,
    id=st.just(1),
    department=st.lists(st.sampled_from(["甲局", "乙局", "丙局"]), unique=True, max_size=3).map(
        tuple
    ),
    deadline=st.none() | st.builds(Deadline, date=days),
    closings=st.lists(
        st.builds(
            Closing,
            on=days,
            as_=st.sampled_from(["done", "dropped", "merged", "superseded", "reopened"]),
        ),
        max_size=2,
    ).map(tuple),
).map(judged)


@given(st.lists(replies, max_size=8), st.lists(promises, max_size=8))
def test_every_total_is_the_sum_of_its_parts_or_says_why_not(
    said: list[Handled], made: list[Judged]
) -> None:
    names = (
        lambda one: (one.standing.reply.lead or "",),
        lambda item: item.line.departments,
    )
    found = sections(said, made, names)
    assert found.more(Of.REPLIES) == 0
    twice = sum(len(item.line.departments) - 1 for item in made)
    assert found.more(Of.PROMISES) == twice
    totals = found.total.rates()
    for place, total in enumerate(totals):
        rows = [group.rates()[place] for group in found.groups]
        assert sum(total.parts.values()) == found.total.counts[total.rate.of]
        assert total.of + total.left_out == sum(total.parts.values())
        assert 0 <= total.count <= total.of
        for part in {part for row in rows for part in row.parts}:
            more = sum(row.parts.get(part, 0) for row in rows) - total.parts.get(part, 0)
            again = sum(len(i.line.departments) - 1 for i in made if fate(i) == part)
            assert more == (again if total.rate.of is Of.PROMISES else 0)
    shares = [total for total in totals if total.rate.name in FATES]
    assert sum(total.count for total in shares) == shares[0].of
    assert len({total.of for total in shares}) == 1
