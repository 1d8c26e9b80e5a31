"""How a promise stands on a day, told by the smallest record that stands so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from textwrap import dedent, indent

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.status import (
    CLOSED,
    KEPT,
    OPEN,
    Alert,
    Judged,
    NextStep,
    Status,
    judge,
    late_span,
    replied_by,
)
from npcreply.domain.record.lines import MeasureLine, closed_for_good_on, measure_lines
from npcreply.domain.record.model import (
    Closing,
    Deadline,
    Entry,
    Extension,
    Measure,
    Record,
    Target,
)
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.views.numbers import progress_text

SLOW = [HealthCheck.too_slow]  # how busy the machine is says nothing about the code

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\nmeasures:\n  - id: 1\n    text: 建两所学校\n"
DUE = "deadline: {date: 2023-12-31}\n"
TWO = "targets: [{id: 1, indicator: 学校, value: 2, unit: 所}]\n"
RATE = "targets: [{id: 1, indicator: 开工率, kind: rate, value: 50, unit: '%'}]\n"


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def promise(text: str) -> MeasureLine:
    whole = HEAD + indent(dedent(text), " " * 4)
    decoded = decode(whole, "replies/2023/2023-46.yaml", schema())
    assert decoded.record is not None, decoded.findings
    return next(measure_lines(decoded.record, decoded.path))


def on(text: str, day: str = "2024-01-05", known_on: str | None = None, soon: int = 30) -> Judged:
    known = date.fromisoformat(known_on) if known_on else None
    return judge(promise(text), AsOf(date.fromisoformat(day), known), Settings(soon_days=soon))


# --- late, due, open


@pytest.mark.parametrize(
    ("day", "status", "late", "left", "alert"),
    [
        ("2023-11-30", Status.OPEN, None, 31, Alert.GREEN),
        ("2023-12-01", Status.DUE_SOON, None, 30, Alert.YELLOW),
        ("2023-12-30", Status.DUE_SOON, None, 1, Alert.YELLOW),
        ("2023-12-31", Status.DUE_TODAY, None, 0, Alert.YELLOW),  # the last day ends at midnight
        ("2024-01-01", Status.OVERDUE, 1, None, Alert.RED),
        ("2024-12-31", Status.OVERDUE, 366, None, Alert.RED),
    ],
)
def test_late_is_after_the_last_day(
    day: str, status: Status, late: int | None, left: int | None, alert: Alert
) -> None:
    judged = on(DUE, day)
    assert (judged.status, judged.days_late, judged.days_left) == (status, late, left)
    assert judged.alert is alert


@pytest.mark.parametrize(
    ("soon", "status"),
    [(0, Status.OPEN), (9, Status.OPEN), (10, Status.DUE_SOON), (10**12, Status.DUE_SOON)],
)
def test_soon_is_as_many_days_as_the_office_says(soon: int, status: Status) -> None:
    assert on(DUE, "2023-12-21", soon=soon).status is status


@pytest.mark.parametrize(
    ("text", "status", "step"),
    [
        ("", Status.UNDATED, NextStep.ADD_DEADLINE),
        ("force: firm\n", Status.UNDATED, NextStep.ADD_DEADLINE),
        ("deadline: {words: 尽快}\n", Status.UNDATED, NextStep.ADD_DEADLINE),
        ("force: standing\ncadence: [month]\n", Status.UNDATED, NextStep.PERIODIC),
        ("force: conditional\n", Status.CONDITIONAL, NextStep.WAIT_CONDITION),
        ("force: conditional\n" + DUE, Status.OVERDUE, NextStep.FIRST_PROGRESS),
    ],
)
def test_without_a_deadline_it_is_counted_apart(text: str, status: Status, step: NextStep) -> None:
    judged = on(text)
    assert (judged.status, judged.next_step) == (status, step)
    if status is not Status.OVERDUE:
        assert (judged.alert, judged.deadline, judged.days_late) == (None, None, None)


# --- extensions

EXTENDED = (
    DUE + "extensions: [{on: 2024-01-05, to: 2024-06-30, reason: 汛期, entered: 2024-01-08}]\n"
)


@pytest.mark.parametrize(
    ("day", "known_on", "status", "deadline", "times"),
    [
        ("2024-01-04", None, Status.OVERDUE, "2023-12-31", 0),
        ("2024-01-05", None, Status.OPEN, "2024-06-30", 1),
        ("2024-01-10", "2024-01-07", Status.OVERDUE, "2023-12-31", 0),
        ("2024-01-10", "2024-01-08", Status.OPEN, "2024-06-30", 1),
        ("2024-06-30", None, Status.DUE_TODAY, "2024-06-30", 1),
        ("2024-07-01", None, Status.OVERDUE, "2024-06-30", 1),
    ],
)
def test_an_extension_counts_from_its_day_on(
    day: str, known_on: str | None, status: Status, deadline: str, times: int
) -> None:
    judged = on(EXTENDED, day, known_on)
    assert (judged.status, judged.deadline) == (status, date.fromisoformat(deadline))
    assert (judged.original_deadline, judged.extensions) == (date(2023, 12, 31), times)


def test_an_extension_for_the_only_target_is_one_for_the_promise() -> None:
    text = DUE + TWO + "extensions: [{on: 2023-12-20, to: 2024-06-30, reason: 汛期, target: 1}]\n"
    assert on(text, "2023-12-19").status is Status.DUE_SOON
    judged = on(text, "2024-01-05")
    assert (judged.status, judged.next_step) == (Status.OPEN, NextStep.WAIT_EXTENDED)
    assert (judged.original_deadline, judged.extensions) == (date(2023, 12, 31), 1)
    assert on(text, "2024-07-01").days_late == 1


# --- closed

CLOSED_ON = DUE + "closings: [{on: %s, as: done, entered: %s}]\n"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2023-12-30", Status.DONE_EARLY),
        ("2023-12-31", Status.DONE),
        ("2024-01-01", Status.DONE_LATE),
    ],
)
def test_closed_before_on_and_after_the_last_day(day: str, status: Status) -> None:
    judged = on(CLOSED_ON % (day, day))
    assert judged.status is status
    assert (judged.days_late, judged.days_left, judged.alert, judged.next_step) == (None,) * 4
    assert judged.closing is not None
    assert judged.deadline == date(2023, 12, 31)


def test_closed_without_a_deadline_is_in_time() -> None:
    assert on("closings: [{on: 2024-01-05, as: done}]\n").status is Status.DONE


@pytest.mark.parametrize(
    ("day", "known_on", "status"),
    [
        ("2024-01-02", None, Status.OVERDUE),
        ("2024-01-03", None, Status.DONE_LATE),
        ("2024-01-20", "2024-01-09", Status.OVERDUE),
        ("2024-01-20", "2024-01-10", Status.DONE_LATE),
    ],
)
def test_a_closing_counts_from_its_day_once_known(
    day: str, known_on: str | None, status: Status
) -> None:
    assert on(CLOSED_ON % ("2024-01-03", "2024-01-10"), day, known_on).status is status


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("dropped", Status.DROPPED),
        ("merged", Status.MERGED),
        ("superseded", Status.SUPERSEDED),
    ],
)
def test_what_was_not_kept_stays_visible(how: str, status: Status) -> None:
    judged = on(DUE + f"closings: [{{on: 2023-11-01, as: {how}, reason: 规划调整}}]\n")
    assert judged.status is status
    assert status in CLOSED
    assert status not in KEPT | OPEN
    assert judged.closing
    assert judged.closing.reason == "规划调整"


REOPENED = """
deadline: {date: 2023-12-31}
closings:
  - {on: 2023-12-20, as: done}
  - {on: 2024-01-03, as: reopened, reason: 漏了一所}
  - {on: 2024-02-01, as: done}
"""


@pytest.mark.parametrize(
    ("day", "status", "late"),
    [
        ("2023-12-19", Status.DUE_SOON, None),
        ("2023-12-20", Status.DONE_EARLY, None),
        ("2024-01-02", Status.DONE_EARLY, None),
        ("2024-01-03", Status.OVERDUE, 3),
        ("2024-01-31", Status.OVERDUE, 31),
        ("2024-02-01", Status.DONE_LATE, None),
    ],
)
def test_reopened_is_open_until_closed_again(day: str, status: Status, late: int | None) -> None:
    judged = on(REOPENED, day)
    assert (judged.status, judged.days_late) == (status, late)
    assert (judged.closing is None) == (status in OPEN)


@pytest.mark.parametrize(
    ("closed", "status"),
    [
        ("2024-12-30", Status.DONE_EARLY),  # before the first date: the extension was not needed
        ("2024-12-31", Status.DONE),
        ("2025-03-20", Status.DONE_EXTENDED),
        ("2025-03-31", Status.DONE_EXTENDED),
        ("2025-04-01", Status.DONE_LATE),
    ],
)
@pytest.mark.parametrize("granted", ["2024-12-20", "2025-01-10"])  # also once it was late
def test_outcomes_are_told_by_the_first_date(granted: str, closed: str, status: Status) -> None:
    text = "deadline: {date: 2024-12-31}\n"
    text += f"extensions: [{{on: {granted}, to: 2025-03-31, reason: 工期}}]\n"
    judged = on(text + f"closings: [{{on: {closed}, as: done}}]\n", "2025-06-01")
    assert judged.status is status
    assert judged.original_deadline == date(2024, 12, 31)


def test_an_extension_granted_after_the_closing_does_not_make_it_early() -> None:
    closed = DUE + "closings: [{on: 2024-01-10, as: done}]\n"
    extended = closed + "extensions: [{on: %s, to: 2024-06-30, reason: 补办}]\n"
    assert on(extended % "2024-01-09", "2024-02-01").status is Status.DONE_EXTENDED
    judged = on(extended % "2024-01-11", "2024-02-01")
    assert (judged.status, judged.extensions) == (Status.DONE_LATE, 0)


def test_closed_with_a_number_unmet_is_held_against_that_numbers_deadline() -> None:
    text = """
        deadline: {date: 2023-12-31}
        targets: [{id: 1, indicator: 学校, value: 2, deadline: {date: 2023-06-30}}]
        closings: [{on: 2023-12-01, as: done, reason: 一所并入另一所}]
        """
    assert on(text, "2023-11-30").status is Status.OVERDUE
    assert on(text, "2023-12-01").status is Status.DONE_LATE
    met = dedent(text) + "log: [{on: 2023-06-20, value: 2}]\n"
    assert on(met, "2023-12-01").status is Status.DONE_EARLY


def test_a_forecasts_deadline_does_not_make_a_late_closing_early() -> None:
    text = """
        deadline: {date: 2023-12-31}
        targets: [{id: 1, indicator: 税收, value: 9, forecast: true, deadline: {date: 2025-12-31}}]
        closings: [{on: 2024-02-01, as: done}]
        """
    assert on(text, "2024-03-01").status is Status.DONE_LATE


# --- several numbers, each with its own day

TWO_DAYS = """
    deadline: {date: 2023-12-31}
    targets:
      - {id: 1, indicator: 学校, value: 2, unit: 所, deadline: {date: 2023-06-30}}
      - {id: 2, indicator: 泵站, value: 3, unit: 座, deadline: {date: 2023-09-30}}
    """
BUILT = ("{on: 2023-06-20, target: 1, value: 2}", "{on: 2023-08-20, target: 2, value: 3}")


@pytest.mark.parametrize(
    ("log", "status", "deadline"),
    [
        ((), Status.OVERDUE, date(2023, 6, 30)),
        (BUILT[:1], Status.OPEN, date(2023, 9, 30)),
        (BUILT[1:], Status.OVERDUE, date(2023, 6, 30)),
        (BUILT, Status.TO_VERIFY, date(2023, 9, 30)),  # the last day that it was kept by
    ],
)
def test_the_earliest_day_of_a_number_still_unmet_decides(
    log: tuple[str, ...], status: Status, deadline: date
) -> None:
    judged = on(dedent(TWO_DAYS) + f"log: [{', '.join(log)}]\n", "2023-08-25")
    assert (judged.status, judged.deadline) == (status, deadline)


def test_more_time_for_one_number_leaves_the_promise_its_own_day_for_the_other() -> None:
    text = """
        deadline: {date: 2023-12-31}
        targets:
          - {id: 1, indicator: 学校, value: 2}
          - {id: 2, indicator: 泵站, value: 3, deadline: {date: 2024-03-31}}
        extensions: [{on: 2023-12-01, to: 2024-06-30, reason: 汛期, target: 1}]
        """
    judged = on(text)
    assert (judged.status, judged.deadline) == (Status.OVERDUE, date(2023, 12, 31))


def test_one_number_met_of_two_does_not_make_a_late_closing_early() -> None:
    closed = dedent(TWO_DAYS) + "closings: [{on: 2023-10-20, as: done, reason: 改址}]\n"
    one, both = (f"log: [{', '.join(log)}]\n" for log in (BUILT[:1], BUILT))
    assert on(closed + one).status is Status.DONE_LATE
    assert on(closed + both).status is Status.DONE_EARLY


# --- met, not closed

MET = "log: [{on: %s, value: %s}]\n"


@pytest.mark.parametrize(
    ("text", "day", "status"),
    [
        (DUE + TWO + MET % ("2023-12-01", 2), "2023-12-01", Status.TO_VERIFY),
        (DUE + TWO + MET % ("2023-12-01", 2), "2024-02-01", Status.TO_VERIFY),
        (DUE + TWO + MET % ("2023-12-01", 2), "2023-11-30", Status.OPEN),
        (DUE + TWO + MET % ("2023-12-01", 1), "2024-02-01", Status.OVERDUE),
        (DUE + TWO + MET % ("2024-01-20", 2), "2024-01-19", Status.OVERDUE),
        (DUE + TWO + MET % ("2024-01-20", 2), "2024-01-20", Status.TO_VERIFY),
        (TWO + MET % ("2023-12-01", 2), "2024-02-01", Status.TO_VERIFY),
        (DUE + RATE + MET % ("2023-06-30", 77.4), "2023-12-31", Status.DUE_TODAY),
        (DUE + RATE + MET % ("2023-06-30", 77.4), "2024-02-01", Status.OVERDUE),
        (DUE + RATE + MET % ("2023-12-31", 77.4), "2024-02-01", Status.TO_VERIFY),
        (RATE + MET % ("2023-12-31", 77.4), "2024-02-01", Status.UNDATED),
    ],
)
def test_a_number_that_is_met_is_to_be_verified_and_not_late(
    text: str, day: str, status: Status
) -> None:
    judged = on(text, day)
    assert judged.status is status
    if status is Status.TO_VERIFY:
        assert (judged.days_late, judged.alert) == (None, Alert.YELLOW)
        assert judged.next_step is NextStep.VERIFY


def test_every_number_owed_must_be_met() -> None:
    text = """
        deadline: {date: 2023-12-31}
        targets:
          - {id: 1, indicator: 学校, value: 2}
          - {id: 2, indicator: 学位, value: 900}
          - {id: 3, indicator: 税收, value: 9, forecast: true}
        log: [{on: 2023-12-01, target: 1, value: 2}, {on: 2023-12-20, target: 2, value: 900}]
        """
    assert on(text, "2023-12-19").status is Status.DUE_SOON
    assert on(text, "2024-01-05").status is Status.TO_VERIFY


def test_a_forecast_alone_leaves_nothing_to_verify() -> None:
    text = DUE + "targets: [{id: 1, indicator: 税收, value: 9, forecast: true}]\n"
    judged = on(text + MET % ("2023-12-01", 10))
    assert (judged.status, judged.next_step) == (Status.OVERDUE, NextStep.ASK_PROGRESS)
    assert on(text).next_step is NextStep.FIRST_PROGRESS


def test_units_that_cannot_be_compared_do_not_meet_a_target() -> None:
    text = DUE + TWO + "log: [{on: 2023-12-01, value: 900, unit: 平方米}]\n"
    assert on(text).status is Status.OVERDUE


# --- next step

JUNE = "deadline: {date: 2023-06-30}\n"


@pytest.mark.parametrize(
    ("text", "day", "step"),
    [
        (DUE, "2023-10-01", None),
        (DUE, "2023-12-20", None),
        (EXTENDED, "2024-01-05", NextStep.WAIT_EXTENDED),
        (EXTENDED, "2024-06-01", NextStep.WAIT_EXTENDED),
        (EXTENDED, "2024-06-30", NextStep.FIRST_PROGRESS),
        (EXTENDED, "2024-07-01", NextStep.FIRST_PROGRESS),
        (DUE, "2023-12-31", NextStep.FIRST_PROGRESS),
        (DUE, "2024-01-05", NextStep.FIRST_PROGRESS),
        (DUE + "log: [{on: 2023-09-01, note: 封顶}]\n", "2024-01-05", NextStep.ASK_PROGRESS),
        (DUE + "log: [{on: 2024-01-06, note: 封顶}]\n", "2024-01-05", NextStep.FIRST_PROGRESS),
        (DUE + TWO, "2024-01-05", NextStep.FIRST_FIGURE),
        (DUE + TWO + "log: [{on: 2023-09-01, note: 封顶}]\n", "2024-01-05", NextStep.FIRST_FIGURE),
        (DUE + TWO + MET % ("2023-06-30", 1), "2024-01-05", NextStep.YEAR_END_FIGURE),
        (DUE + TWO + MET % ("2023-06-30", 1), "2023-12-31", NextStep.YEAR_END_FIGURE),
        (DUE + TWO + MET % ("2023-12-31", 1), "2024-01-05", NextStep.LATEST_FIGURE),
        (DUE + TWO + "log: [{value: 1}]\n", "2024-01-05", NextStep.YEAR_END_FIGURE),
        (JUNE + TWO + MET % ("2023-05-31", 1), "2024-01-05", NextStep.LATEST_FIGURE),
        (DUE + TWO + MET % ("2023-06-30", 2), "2024-01-05", NextStep.VERIFY),
        (CLOSED_ON % ("2023-12-01", "2023-12-01"), "2024-01-05", None),
    ],
)
def test_next_step_is_the_first_that_fits(text: str, day: str, step: NextStep | None) -> None:
    assert on(text, day).next_step is step


@pytest.mark.parametrize(
    ("first", "second", "step"),
    [
        ("2023-12-31", "", NextStep.YEAR_END_FIGURE),
        ("2023-12-31", "2023-06-30", NextStep.YEAR_END_FIGURE),
        ("2023-12-31", "2023-12-31", NextStep.LATEST_FIGURE),
        ("", "", NextStep.FIRST_FIGURE),
    ],
)
def test_a_year_end_figure_is_asked_for_while_one_is_missing(
    first: str, second: str, step: NextStep
) -> None:
    days = enumerate((first, second), 1)
    log = "".join(f"  - {{on: {day}, target: {n}, value: 1}}\n" for n, day in days if day)
    text = f"{DUE}targets: [{{id: 1, indicator: 学校, value: 2}}, {{id: 2, indicator: 校车, value: 9}}]\n"
    assert on(text + (f"log:\n{log}" if log else "")).next_step is step


# --- the rest of what is told


def test_entries_and_reminders_of_the_day() -> None:
    text = """
        log:
          - {on: 2023-09-01, note: 封顶}
          - {note: 未载明日期}
          - {on: 2024-02-01, note: 以后的事}
        reminders:
          - {on: 2023-11-01, via: 电话}
          - {on: 2023-10-01, via: 发函}
          - {on: 2023-12-01, via: 登门, entered: 2024-01-04}
        """
    judged = on(text, "2024-01-05")
    assert judged.last
    assert judged.last.note == "封顶"
    assert (judged.reminders, judged.last_reminder) == (3, date(2023, 12, 1))
    earlier = on(text, "2024-01-05", known_on="2024-01-03")
    assert (earlier.reminders, earlier.last_reminder) == (2, date(2023, 11, 1))
    assert on(text, "2022-01-01").last_reminder is None


def test_an_undated_entry_alone_is_the_last() -> None:
    last = on("log: [{note: 目前已开工}]\n").last
    assert last
    assert last.note == "目前已开工"


@pytest.mark.parametrize(
    ("reply_date", "day", "given_by"),
    [
        ("", "1999-01-01", True),
        ("reply_date: 2023-07-24\n", "2023-07-23", False),
        ("reply_date: 2023-07-24\n", "2023-07-24", True),
    ],
)
def test_replied_by(reply_date: str, day: str, given_by: bool) -> None:
    text = HEAD.replace("measures:", f"{reply_date}measures:")
    record = decode(text, "replies/2023/2023-46.yaml", schema()).record
    assert isinstance(record, Record)
    [line] = measure_lines(record, "replies/2023/2023-46.yaml")
    assert replied_by(line, AsOf(date.fromisoformat(day))) is given_by


def test_every_status_is_open_or_closed() -> None:
    assert frozenset(Status) == OPEN | CLOSED
    assert not OPEN & CLOSED
    assert KEPT < CLOSED


# --- properties

FIRST = date(2023, 6, 1)
SPAN = 400
some_days = st.integers(0, SPAN).map(lambda n: FIRST + timedelta(days=n))
entered = st.none() | some_days
numbers = st.sampled_from([None, 1, 2])
closings = st.builds(
    Closing,
    on=some_days,
    as_=st.sampled_from(["done", "dropped", "merged", "superseded", "reopened"]),
    entered=entered,
)
extensions = st.builds(
    Extension, on=some_days, to=some_days, reason=st.just("汛期"), target=numbers, entered=entered
)
dated = st.none() | st.builds(Deadline, date=some_days)
targets = st.builds(
    Target,
    id=st.integers(1, 2),
    indicator=st.just("学校"),
    kind=st.sampled_from([None, "level", "rate", "growth", "multiple", "limit"]),
    comparator=st.sampled_from([None, ">=", "<="]),
    value=st.sampled_from([None, *map(Decimal, (0, 5))]),
    unit=st.sampled_from([None, "所", "%"]),
    deadline=dated,
    forecast=st.sampled_from([None, True]),
)
entries = st.builds(
    Entry,
    on=st.none() | some_days,
    target=numbers,
    value=st.sampled_from([None, *map(Decimal, (0, 3, 5))]),
    unit=st.sampled_from([None, "所", "%"]),
    entered=entered,
)
measures = st.builds(
    Measure,
    id=st.just(1),
    force=st.sampled_from([None, "firm", "conditional"]),
    cadence=st.sampled_from([(), ("month",)]),
    deadline=dated,
    targets=st.lists(targets, max_size=2, unique_by=lambda t: t.id).map(tuple),
    log=st.lists(entries, max_size=3).map(tuple),
    extensions=st.lists(extensions, max_size=2).map(tuple),
    closings=st.lists(closings, max_size=3).map(tuple),
)
whens = st.builds(AsOf, some_days, st.none() | some_days)
many = settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
LINE = promise("")


def judged_on(measure: Measure, when: AsOf) -> Judged:
    return judge(replace(LINE, measure=measure), when)


def later(day: date) -> Iterator[date]:
    return (day + timedelta(days=n) for n in (0, 1, 30, SPAN))


@many
@given(measures)
@example(Measure(id=1, closings=(Closing(on=FIRST, as_="done"),)))
def test_closed_for_good_stays_closed(measure: Measure) -> None:
    """The index leaves such promises out of every later question."""
    day = closed_for_good_on(measure)
    if day is None:
        assert judged_on(measure, AsOf(date.max)).status in OPEN
        return
    assert all(judged_on(measure, AsOf(each)).status in CLOSED for each in later(day))


@pytest.mark.parametrize(
    ("text", "known_on", "may"),
    [
        ("", None, False),
        ("deadline: {date: 2024-01-05}\n", None, False),
        (DUE, None, True),
        (DUE + "closings: [{on: 2024-01-05, as: done}]\n", None, False),
        (DUE + "closings: [{on: 2024-01-06, as: done}]\n", None, True),
        (DUE + "closings: [{on: 2024-01-03, as: done, entered: 2024-01-05}]\n", "2024-01-04", True),
    ],
)
def test_what_may_be_late_is_over_and_not_known_to_be_closed(
    text: str, known_on: str | None, may: bool
) -> None:
    when = AsOf(date(2024, 1, 5), date.fromisoformat(known_on) if known_on else None)
    assert late_span(promise(text)).holds(when) is may


@many
@given(measures, whens)
@example(Measure(id=1, deadline=Deadline(date=FIRST)), AsOf(FIRST + timedelta(days=1)))
def test_what_is_late_may_be_late(measure: Measure, when: AsOf) -> None:
    """A replay judges only these."""
    late = judged_on(measure, when).status is Status.OVERDUE
    assert late_span(replace(LINE, measure=measure)).holds(when) or not late


@many
@given(measures, whens)
def test_a_closing_in_force_keeps_its_verdict(measure: Measure, when: AsOf) -> None:
    """Late is late: nothing that happens afterwards, short of reopening, makes it early."""
    known = replace(measure, closings=tuple(c for c in measure.closings if c.on <= when.day))
    first = judged_on(known, AsOf(when.day))
    if first.status in CLOSED:
        assert {judged_on(known, AsOf(day)).status for day in later(when.day)} == {first.status}


@many
@given(measures, some_days)
def test_what_was_overdue_is_closed_late(measure: Measure, day: date) -> None:
    now = judged_on(measure, AsOf(day))
    if now.status is not Status.OVERDUE:
        return
    done = replace(measure, closings=(*measure.closings, Closing(on=day, as_="done")))
    after = judged_on(done, AsOf(day))
    assert after.status is Status.DONE_LATE
    assert after.deadline == now.deadline


@many
@given(measures, whens)
def test_today_is_never_late_and_the_counts_agree(measure: Measure, when: AsOf) -> None:
    judged = judged_on(measure, when)
    assert (judged.days_late is not None) == (judged.status is Status.OVERDUE)
    assert judged.days_late is None or judged.days_late > 0
    assert judged.days_left is None or judged.days_left >= 0
    if judged.status is Status.OVERDUE:
        assert judged.deadline
        assert judged.deadline < when.day
    if judged.status in (Status.UNDATED, Status.CONDITIONAL):
        assert judged.deadline is None
    if judged.deadline == when.day:
        assert judged.status in CLOSED | {Status.DUE_TODAY, Status.TO_VERIFY}
    assert judged.alert is Alert.RED or judged.status is not Status.OVERDUE
    assert (judged.alert is None) or judged.status in OPEN
    assert isinstance(progress_text(judged), str)


@many
@given(measures, some_days)
def test_what_is_dated_or_entered_later_does_not_count(measure: Measure, day: date) -> None:
    """A past meeting's paper is printed again as it was."""
    when = AsOf(day, day)

    def known(item: Entry | Extension | Closing) -> bool:
        at = item.entered or item.on
        return (item.on is None or item.on <= day) and (at is None or at <= day)

    then = replace(
        measure,
        log=tuple(filter(known, measure.log)),
        extensions=tuple(filter(known, measure.extensions)),
        closings=tuple(filter(known, measure.closings)),
    )
    assert judged_on(then, when) == replace(
        judged_on(measure, when), line=replace(LINE, measure=then)
    )


@many
@given(measures, whens, extensions)
def test_an_extension_nobody_has_reached_changes_nothing(
    measure: Measure, when: AsOf, move: Extension
) -> None:
    ahead = replace(move, on=when.day + timedelta(days=1))
    longer = replace(measure, extensions=(*measure.extensions, ahead))
    assert judged_on(longer, when).status is judged_on(measure, when).status
