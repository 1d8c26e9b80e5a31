"""Which deadline is in force: the first one kept, extensions from their day, targets of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from textwrap import dedent, indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.status import deciding_due, final_due
from npcreply.domain.judging.targets import target_states
from npcreply.domain.record.lines import deadlines
from npcreply.domain.record.model import Deadline, Entry, Extension, Measure, Target
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.deadlines import Due, measure_due, target_due
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

SLOW = [HealthCheck.too_slow]  # how busy the machine is says nothing about the code

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\nmeasures:\n  - id: 1\n    text: 建两所学校\n"


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def measure(text: str) -> Measure:
    whole = HEAD + indent(dedent(text), " " * 4)
    decoded = decode(whole, "replies/2023/2023-46.yaml", schema())
    assert decoded.record is not None, decoded.findings
    return decoded.record.measures[0]


def as_of(day: str, known_on: str | None = None) -> AsOf:
    return AsOf(date.fromisoformat(day), date.fromisoformat(known_on) if known_on else None)


def due(first: str | None, to: str | None = None, times: int = 0) -> Due:
    """A deadline as it was first, moved `times` times to another day."""
    days = [date.fromisoformat(day) if day else None for day in (to or first, first)]
    return Due(days[0], days[1], times)


def decides(found: Measure, when: AsOf) -> Due:
    return deciding_due(found, target_states(found, when), when)


# --- the promise's own

TWICE = """
deadline: {date: 2023-12-31, words: 年底}
extensions:
  - {on: 2024-07-01, to: 2024-12-31, reason: 资金, entered: 2024-07-10}
  - {on: 2024-01-05, to: 2024-06-30, reason: 汛期}
"""


@pytest.mark.parametrize(
    ("day", "known_on", "wanted"),
    [
        ("2023-06-01", None, due("2023-12-31")),
        ("2024-01-04", None, due("2023-12-31")),
        ("2024-01-05", None, due("2023-12-31", "2024-06-30", 1)),
        ("2024-06-30", None, due("2023-12-31", "2024-06-30", 1)),
        ("2024-07-01", None, due("2023-12-31", "2024-12-31", 2)),
        ("2024-07-20", "2024-07-09", due("2023-12-31", "2024-06-30", 1)),
        ("2024-07-20", "2024-07-10", due("2023-12-31", "2024-12-31", 2)),
        ("2024-07-20", "2024-01-04", due("2023-12-31")),
    ],
)
def test_an_extension_counts_from_its_day_and_keeps_the_first_date(
    day: str, known_on: str | None, wanted: Due
) -> None:
    assert measure_due(measure(TWICE), as_of(day, known_on)) == wanted


@pytest.mark.parametrize("text", ["", "deadline: {words: 尽快}\n"])
def test_without_a_date_there_is_no_deadline(text: str) -> None:
    found = measure(text + "targets: [{id: 1, indicator: 学校, value: 2}]\n")
    assert measure_due(found, as_of("2024-01-05")) == due(None)
    assert decides(found, as_of("2024-01-05")) == due(None)
    assert final_due(found, as_of("2024-01-05")) == due(None)


def test_of_one_day_the_later_line_wins() -> None:
    found = measure("""
        deadline: {date: 2023-12-31}
        extensions:
          - {on: 2024-01-05, to: 2024-06-30, reason: 汛期}
          - {on: 2024-01-05, to: 2024-05-31, reason: 更正}
        """)
    assert measure_due(found, as_of("2024-01-05")) == due("2023-12-31", "2024-05-31", 2)


# --- one target's

OWN = """
deadline: {date: 2023-12-31}
targets:
  - {id: 1, indicator: 学校, value: 2}
  - {id: 2, indicator: 学位, value: 900, deadline: {date: 2023-09-01}}
"""
MOVED = "extensions: [{on: 2023-10-01, to: 2024-03-01, reason: 汛期, target: %d}]\n"


@pytest.mark.parametrize(
    ("more", "first", "second"),
    [
        ("", due("2023-12-31"), due("2023-09-01")),
        (MOVED % 1, due("2023-12-31", "2024-03-01", 1), due("2023-09-01")),
        (MOVED % 2, due("2023-12-31"), due("2023-09-01", "2024-03-01", 1)),
        (MOVED % 3, due("2023-12-31"), due("2023-09-01")),
        (
            "extensions: [{on: 2023-10-01, to: 2024-03-01, reason: 汛期}]\n",
            due("2023-12-31", "2024-03-01", 1),
            due("2023-09-01"),
        ),
        (
            """
extensions:
  - {on: 2023-10-01, to: 2024-03-01, reason: 汛期, target: 1}
  - {on: 2023-11-01, to: 2024-06-30, reason: 资金}
""",
            due("2023-12-31", "2024-06-30", 2),  # nobody is worse off by a second extension
            due("2023-09-01"),
        ),
        (
            """
extensions:
  - {on: 2023-10-01, to: 2024-06-30, reason: 汛期, target: 1}
  - {on: 2023-11-01, to: 2024-03-01, reason: 资金}
""",
            due("2023-12-31", "2024-06-30", 2),
            due("2023-09-01"),
        ),
    ],
)
def test_a_target_has_its_own_deadline_or_the_promises(more: str, first: Due, second: Due) -> None:
    found = measure(OWN + more)
    dues = [target_due(found, target, as_of("2024-01-05")) for target in found.targets]
    assert dues == [first, second]


def test_the_last_extension_for_a_target_counts() -> None:
    found = measure(
        OWN
        + """
extensions:
  - {on: 2024-02-01, to: 2024-06-30, reason: 资金, target: 1}
  - {on: 2024-01-01, to: 2024-03-01, reason: 汛期, target: 1}
"""
    )
    first, _second = found.targets
    wanted = due("2023-12-31", "2024-03-01", 1)
    assert target_due(found, first, as_of("2024-01-31")) == wanted
    assert target_due(found, first, as_of("2024-02-01")) == due("2023-12-31", "2024-06-30", 2)


def test_an_extension_for_a_target_gives_it_a_deadline_where_there_was_none() -> None:
    found = measure("""
        targets: [{id: 1, indicator: 学校, value: 2}]
        extensions: [{on: 2023-10-01, to: 2024-03-01, reason: 汛期, target: 1}]
        """)
    wanted = Due(date(2024, 3, 1), None, 1)
    assert target_due(found, found.targets[0], as_of("2023-10-01")) == wanted
    assert decides(found, as_of("2023-10-01")) == wanted


# --- the one that decides

FIGURE = "  - {on: 2023-08-01, target: %d, value: %d}\n"


@pytest.mark.parametrize(
    ("log", "wanted"),
    [
        ("", due("2023-09-01")),
        ("log:\n" + FIGURE % (1, 2), due("2023-09-01")),
        ("log:\n" + FIGURE % (2, 900), due("2023-12-31")),
        ("log:\n" + FIGURE % (2, 899), due("2023-09-01")),
        ("log:\n" + FIGURE % (1, 2) + FIGURE % (2, 900), due("2023-12-31")),
    ],
)
def test_the_earliest_unmet_decides(log: str, wanted: Due) -> None:
    assert decides(measure(OWN + log), as_of("2023-12-01")) == wanted


def test_where_all_is_met_the_last_deadline_is_the_one_it_was_kept_by() -> None:
    found = measure("""
        targets:
          - {id: 1, indicator: 学校, value: 2, deadline: {date: 2023-09-01}}
          - {id: 2, indicator: 学位, value: 900, deadline: {date: 2023-12-31}}
        log: [{on: 2023-08-01, target: 1, value: 2}, {on: 2023-08-01, target: 2, value: 900}]
        """)
    assert decides(found, as_of("2023-12-01")) == due("2023-12-31")
    assert decides(found, as_of("2023-07-31")) == due("2023-09-01")


LATER = """
deadline: {date: 2023-12-31}
targets:
  - {id: 1, indicator: 学校, value: 2}
  - {id: 2, indicator: 学位, value: 900, deadline: {date: 2024-06-30}}
"""


@pytest.mark.parametrize(
    ("log", "wanted"),
    [
        ("", due("2023-12-31")),
        ("log:\n" + FIGURE % (1, 2), due("2023-12-31")),  # the words may ask more than the number
        ("log:\n" + FIGURE % (1, 2) + FIGURE % (2, 900), due("2024-06-30")),
    ],
)
def test_the_promises_own_deadline_stays_while_anything_is_unmet(log: str, wanted: Due) -> None:
    assert decides(measure(LATER + log), as_of("2024-01-05")) == wanted


@pytest.mark.parametrize(
    ("log", "granted", "wanted"),
    [
        ("", (1,), due("2023-12-31")),  # target 2 is still owed by the end of the year
        ("", (1, 2), due("2023-12-31", "2024-06-30", 1)),
        ("log:\n" + FIGURE % (2, 900), (1,), due("2023-12-31", "2024-06-30", 1)),
        ("log:\n" + FIGURE % (1, 2), (1,), due("2023-12-31")),
    ],
)
def test_what_is_left_was_extended_by_itself(
    log: str, granted: tuple[int, ...], wanted: Due
) -> None:
    """An approved extension of the only number missing is not called late the next day."""
    moves = "".join(
        f"  - {{on: 2023-12-20, to: 2024-06-30, reason: 汛期, target: {n}}}\n" for n in granted
    )
    found = measure(
        """
deadline: {date: 2023-12-31}
targets: [{id: 1, indicator: 学校, value: 2}, {id: 2, indicator: 学位, value: 900}]
"""
        + log
        + "extensions:\n"
        + moves
    )
    assert decides(found, as_of("2024-01-05")) == wanted
    assert decides(found, as_of("2023-12-19")) == due("2023-12-31")


def test_a_later_deadline_of_its_own_is_no_extension() -> None:
    found = measure(LATER + MOVED % 1)
    assert decides(found, as_of("2024-01-05")) == due("2023-12-31")


def test_forecasts_are_owed_by_nobody() -> None:
    found = measure("""
        deadline: {date: 2023-12-31}
        targets:
          - {id: 1, indicator: 税收, value: 9, forecast: true, deadline: {date: 2023-06-30}}
          - {id: 2, indicator: 产值, value: 9, forecast: true, deadline: {date: 2025-12-31}}
        """)
    assert decides(found, as_of("2024-01-05")) == due("2023-12-31")
    assert final_due(found, as_of("2024-01-05")) == due("2023-12-31")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (OWN, due("2023-09-01")),  # an unmet number decides: what was late stays late
        (OWN + "log:\n" + FIGURE % (1, 2) + FIGURE % (2, 900), due("2023-12-31")),
        (LATER, due("2023-12-31")),
        (LATER + "log:\n" + FIGURE % (1, 2), due("2023-12-31")),
        (LATER + "log:\n" + FIGURE % (1, 2) + FIGURE % (2, 900), due("2024-06-30")),
        ("deadline: {date: 2023-12-31}\n", due("2023-12-31")),
        (TWICE, due("2023-12-31", "2024-06-30", 1)),
    ],
)
def test_a_closing_is_held_against_the_last_deadline_or_the_one_unmet(
    text: str, wanted: Due
) -> None:
    assert final_due(measure(text), as_of("2024-01-05")) == wanted


# --- properties

some_days = st.dates(date(2023, 1, 1), date(2024, 12, 31))
numbers = st.sampled_from([None, 1, 2])
moves = st.builds(
    Extension,
    on=some_days,
    to=some_days,
    reason=st.just("汛期"),
    target=numbers,
    entered=st.none() | some_days,
)
dated = st.none() | st.builds(Deadline, date=st.none() | some_days)
targets = st.lists(
    st.builds(
        Target,
        id=st.integers(1, 2),
        indicator=st.just("学校"),
        value=st.sampled_from([Decimal(1), Decimal(5)]),
        deadline=dated,
        forecast=st.sampled_from([None, True]),
    ),
    max_size=2,
    unique_by=lambda target: target.id,
)
logs = st.lists(
    st.builds(Entry, on=some_days, target=numbers, value=st.sampled_from([Decimal(0), Decimal(5)])),
    max_size=3,
)
measures = st.builds(
    Measure,
    id=st.just(1),
    deadline=dated,
    targets=targets.map(tuple),
    log=logs.map(tuple),
    extensions=st.lists(moves, max_size=3).map(tuple),
)
whens = st.builds(AsOf, some_days, st.none() | some_days)


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(measures, whens)
def test_what_decides_is_a_day_that_stands_in_the_record(found: Measure, when: AsOf) -> None:
    """The index narrows by these days: none may be missing."""
    for one in (decides(found, when), final_due(found, when)):
        assert one.date is None or one.date in deadlines(found)
        assert one.extensions or one.date == one.original


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(measures, whens)
def test_what_decides_is_never_after_what_a_closing_is_held_against(
    found: Measure, when: AsOf
) -> None:
    first, last = decides(found, when), final_due(found, when)
    assert (first.date is None) == (last.date is None)
    assert not (first.date and last.date) or first.date <= last.date


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(measures, whens, moves)
def test_an_extension_to_come_changes_nothing(found: Measure, when: AsOf, move: Extension) -> None:
    if move.on <= when.day and (
        when.known_on is None or (move.entered or move.on) <= when.known_on
    ):
        return
    longer = replace(found, extensions=(*found.extensions, move))
    assert decides(longer, when) == decides(found, when)
    assert final_due(longer, when) == final_due(found, when)
