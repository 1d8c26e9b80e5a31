"""How far a number has come: mid-period or met, in the target's unit, known by the day or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.targets import (
    TargetState,
    comparator_of,
    kind_of,
    percent,
    target_states,
    value_on,
)
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.model import Extension, Measure, Target
from npcreply.domain.time.as_of import AsOf

SLOW = [HealthCheck.too_slow]  # how busy the machine is says nothing about the code

END = "2023-12-31"
LEVEL = {"indicator": "年度投资", "kind": "level", "value": 600, "unit": "亿元"}


def measure(target: dict[str, Any], *log: dict[str, Any], deadline: str | None = END) -> Measure:
    """A promise with one target, or with several where `target` holds a list under "targets"."""
    targets = target.get("targets") or [{"id": 1, "indicator": "指标", **target}]
    given = {"id": 1, "targets": targets, "log": list(log)}
    return from_plain(Measure, {**given, "deadline": {"date": deadline} if deadline else None})


def state(found: Measure, day: str = "2024-01-05", known_on: str | None = None) -> TargetState:
    known = date.fromisoformat(known_on) if known_on else None
    return target_states(found, AsOf(date.fromisoformat(day), known))[0]


def target(**given: Any) -> Target:
    return from_plain(Target, {"id": 1, "indicator": "指标", **given})


# --- kinds and comparators


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"value": 600, "unit": "亿元"}, "level"),
        ({"value": 600}, "level"),
        ({"value": 50, "unit": "%"}, "rate"),
        ({"value": 50, "unit": " ％ "}, "rate"),
        ({"value": 7, "unit": "成"}, "rate"),
        ({"value": 5, "unit": "‰"}, "rate"),
        ({"value": 3, "unit": "百分点"}, "rate"),
        ({"value": 3, "unit": "个百分点"}, "rate"),
        ({"value": 80, "unit": "天", "comparator": "<="}, "limit"),
        ({"value": 80, "unit": "天", "comparator": "<"}, "limit"),
        ({"value_max": 80, "unit": "天"}, "limit"),
        ({"value_min": 1, "value_max": 2, "unit": "个"}, "level"),
        ({"value": 5, "unit": "%", "comparator": "<="}, "rate"),
        ({"value": 40, "unit": "%", "kind": "growth"}, "growth"),
        ({"value": 50, "unit": "个", "comparator": "<=", "kind": "level"}, "level"),
        ({"value": 50, "unit": "%", "kind": "level"}, "level"),
    ],
)
def test_kind(given: dict[str, Any], kind: str) -> None:
    assert kind_of(target(**given)) == kind


@pytest.mark.parametrize(
    ("given", "comparator"),
    [
        ({"value": 600}, ">="),
        ({"value": 80, "kind": "limit"}, "<="),
        ({"value": 80, "kind": "limit", "comparator": "<"}, "<"),
        ({"value_max": 80}, "<="),
        ({"value_min": 1, "value_max": 2}, ">="),
        ({"value": 2, "value_max": 3}, ">="),
        ({"value": 300, "comparator": "="}, "="),
        ({}, ">="),
    ],
)
def test_comparator(given: dict[str, Any], comparator: str) -> None:
    assert comparator_of(target(**given)) == comparator


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ({"value": 600}, "600"),
        ({"value_min": 1, "value_max": 2}, "1"),
        ({"value_min": 1, "value_max": 2, "comparator": "<="}, "2"),
        ({"value_min": 1, "value_max": 2, "kind": "limit"}, "2"),
        ({"value_max": 80}, "80"),
        ({"value": 5, "value_min": 1, "value_max": 9}, "5"),
        ({}, None),
    ],
)
def test_value_to_reach(given: dict[str, Any], value: str | None) -> None:
    found = value_on(target(**given), AsOf(date(2024, 1, 5)))
    assert found == (Decimal(value) if value else None)


# --- met, missed, of mid-period


@pytest.mark.parametrize(
    ("comparator", "figure", "met"),
    [
        (">=", 600, True),
        (">=", 599.99, False),
        (">", 600, False),
        (">", 600.01, True),
        ("=", 600, True),
        ("=", 601, False),
        ("<=", 600, True),
        ("<=", 601, False),
        ("<", 600, False),
        ("<", 599, True),
    ],
)
def test_a_level_is_met_by_its_comparator(comparator: str, figure: float, met: bool) -> None:
    found = measure({**LEVEL, "comparator": comparator}, {"on": "2023-06-30", "value": figure})
    assert state(found).met is met
    assert not state(found).mid


MID = {
    "rate": {"kind": "rate", "value": 50, "unit": "%"},
    "growth": {"kind": "growth", "value": 40, "unit": "%"},
    "limit": {"kind": "limit", "comparator": "<=", "value": 90, "unit": "天"},
    "limit without a comparator": {"kind": "limit", "value": 90, "unit": "天"},
    "multiple told as a ratio": {"kind": "multiple", "value": 2, "unit": "倍"},
    "multiple without a unit": {"kind": "multiple", "value": 2},
    "multiple of a baseline, told in 倍": {
        "kind": "multiple",
        "value": 2,
        "unit": "倍",
        "baseline": {"value": 100},
    },
    "a percentage without a kind": {"value": 50, "unit": "%"},
}


@pytest.mark.parametrize("given", MID.values(), ids=MID)
@pytest.mark.parametrize(
    ("on", "mid"),
    [("2023-06-30", True), ("2023-12-30", True), ("2023-12-31", False), ("2024-01-04", False)],
)
def test_before_its_last_day_a_period_figure_is_not_met(
    given: dict[str, Any], on: str, mid: bool
) -> None:
    found = state(measure(given, {"on": on, "value": 62}))
    assert found.latest == 62
    assert (found.mid, found.met) == (mid, not mid)


@pytest.mark.parametrize("given", MID.values(), ids=MID)
def test_without_a_day_or_a_deadline_a_period_has_not_ended(given: dict[str, Any]) -> None:
    undated = state(measure(given, {"value": 62}))
    endless = state(measure(given, {"on": "2023-12-31", "value": 62}, deadline=None))
    assert (undated.mid, undated.met, endless.mid, endless.met) == (True, False, True, False)


def test_an_extension_makes_the_years_figure_one_of_mid_period() -> None:
    rate = measure({"kind": "rate", "value": 50, "unit": "%"}, {"on": END, "value": 62})
    move = Extension(on=date(2024, 1, 5), to=date(2024, 6, 30), reason="汛期")
    moved = replace(rate, extensions=(move,))
    assert state(moved, "2024-01-04").met
    assert (state(moved, "2024-01-05").mid, state(moved, "2024-01-05").met) == (True, False)


def test_a_limit_is_missed_over_its_value() -> None:
    kept = measure({"kind": "limit", "value": 80, "unit": "天"}, {"on": END, "value": 79})
    broken = measure({"kind": "limit", "value": 80, "unit": "天"}, {"on": END, "value": 81})
    assert (state(kept).met, state(broken).met) == (True, False)


def test_a_multiple_told_as_a_level_counts_from_its_baseline() -> None:
    goal = {"kind": "multiple", "value": 2, "unit": "个", "baseline": {"value": 40}}
    short = state(measure(goal, {"on": "2023-06-30", "value": 60}))
    there = state(measure(goal, {"on": "2023-06-30", "value": 80}))
    assert (short.met, short.mid, short.percent) == (False, False, Decimal(75))
    assert (there.met, there.mid, there.percent) == (True, False, Decimal(100))


def test_only_a_multiple_is_counted_from_its_baseline() -> None:
    for kind in ("level", "rate", "growth"):
        goal = {"kind": kind, "value": 40, "unit": "个", "baseline": {"value": 100}}
        assert state(measure(goal, {"on": END, "value": 41})).met


def test_a_multiple_told_as_a_ratio_is_not_held_against_the_baselines_level() -> None:
    goal = {"kind": "multiple", "value": 2, "unit": "倍", "baseline": {"value": 40}}
    found = state(measure(goal, {"on": END, "value": 2.1}))
    assert (found.met, found.percent) == (True, None)


def test_without_figure_or_value_nothing_is_met() -> None:
    assert not state(measure(LEVEL)).met
    assert not state(measure(LEVEL)).mid
    assert not state(measure({"value": None, "unit": "亿元"}, {"on": END, "value": 9})).met
    assert state(measure(LEVEL, {"on": END, "note": "进展顺利"})).latest is None


# --- which figure counts


def test_the_last_figure_by_day_counts_wherever_it_stands() -> None:
    found = measure(
        LEVEL, {"on": "2023-09-30", "value": 500}, {"on": "2023-06-30", "value": 358.49}
    )
    assert state(found).latest == 500
    assert state(found).as_of == date(2023, 9, 30)


def test_of_one_day_the_later_line_corrects_the_earlier() -> None:
    found = measure(LEVEL, {"on": END, "value": 700}, {"on": END, "value": 590})
    assert (state(found).latest, state(found).met) == (Decimal(590), False)


def test_an_undated_figure_is_older_than_every_dated_one() -> None:
    undated = {"words": "目前", "value": 610}
    alone = state(measure(LEVEL, undated))
    assert (alone.latest, alone.as_of, alone.met) == (Decimal(610), None, True)
    both = state(measure(LEVEL, {"on": "2023-06-30", "value": 358.49}, undated))
    assert both.latest == Decimal("358.49")


TWO = {
    "targets": [{"id": 1, "indicator": "甲", "value": 5}, {"id": 2, "indicator": "乙", "value": 5}]
}


@pytest.mark.parametrize(
    ("given", "entry", "latest"),
    [
        (LEVEL, {"value": 7, "unit": "亿元"}, 7),
        (LEVEL, {"value": 7, "unit": "亿元", "target": 1}, 7),
        (LEVEL, {"value": 7, "unit": "亿元", "target": 2}, None),
        (LEVEL, {"value": 7, "unit": "亿元", "indicator": "税收"}, None),
        (TWO, {"value": 7, "target": 1}, 7),
        (TWO, {"value": 7, "target": 2}, None),
        (TWO, {"value": 7}, None),
    ],
)
def test_a_figure_without_a_target_counts_where_there_is_only_one(
    given: dict[str, Any], entry: dict[str, Any], latest: int | None
) -> None:
    assert state(measure(given, {"on": END, **entry})).latest == latest


@pytest.mark.parametrize(
    ("day", "known_on", "latest"),
    [
        ("2023-06-29", None, None),
        ("2023-06-30", None, 100),
        ("2023-09-30", None, 200),
        ("2023-10-10", "2023-10-09", 100),
        ("2023-10-10", "2023-10-10", 200),
        ("2023-10-10", "2023-06-30", 100),
        ("2023-10-10", "2023-06-29", None),
    ],
)
def test_what_came_or_was_entered_later_does_not_count(
    day: str, known_on: str | None, latest: int | None
) -> None:
    log = (
        {"on": "2023-06-30", "value": 100},  # not said when entered: on the day itself
        {"on": "2023-09-30", "value": 200, "entered": "2023-10-10"},
    )
    assert state(measure(LEVEL, *log), day, known_on).latest == latest


def test_an_undated_figure_entered_later_was_not_known() -> None:
    found = measure(LEVEL, {"value": 610, "entered": "2024-02-01"})
    assert state(found, "2024-03-01", "2024-01-31").latest is None
    assert state(found, "2024-03-01", "2024-02-01").latest == 610
    always = measure(LEVEL, {"value": 610})
    assert state(always, "2024-03-01", "2023-01-01").latest == 610


# --- units


@pytest.mark.parametrize(
    ("goal", "unit", "value", "printed", "latest", "percents"),
    [
        ("600", "亿元", "35849", "万元", "3.5849", "0.6"),
        ("600", "亿元", "3584900", "万元", "358.49", "59.75"),
        ("2.7", "亿美元", "6570", "万美元", "0.657", "24.33"),
        ("3.8", "亿美元", "6570", "万美元", "0.657", "17.29"),
        ("10", "公里", "12000", "米", "12", "120"),
        ("230", "个", "146", None, "146", "63.48"),
    ],
)
def test_figures_are_converted_to_the_targets_unit(
    goal: str, unit: str, value: str, printed: str | None, latest: str, percents: str
) -> None:
    found = state(
        measure({"value": goal, "unit": unit}, {"on": END, "value": value, "unit": printed})
    )
    assert (found.latest, found.percent) == (Decimal(latest), Decimal(percents))
    assert (found.printed, found.printed_unit) == (Decimal(value), printed or unit)


@pytest.mark.parametrize(
    ("unit", "other"),
    [("个", "亿元"), ("亿元", "个"), ("亿元", "亿美元"), (None, "万"), ("倍", "个")],
)
@pytest.mark.parametrize("comparator", [">=", "<=", "="])
def test_unlike_units_are_never_met(unit: str | None, other: str, comparator: str) -> None:
    goal = {"value": 5, "unit": unit, "comparator": comparator}
    for value in (0, 5, 9):
        found = state(measure(goal, {"on": END, "value": value, "unit": other}))
        assert (found.latest, found.percent, found.met) == (None, None, False)
        assert found.printed == value


# --- percent


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [
        ("358.49", "600", "59.75"),  # 59.7483…
        ("146", "230", "63.48"),  # 63.4782…
        ("2106.12", "3300", "63.82"),
        ("44", "80", "55"),
        ("20", "20", "100"),
        ("4000", "40", "10000"),
        ("1", "8", "12.5"),
        ("1", "16000", "0.01"),  # 0.00625: half up
        ("1", "160000", "0"),
        ("0", "600", "0"),
        ("-3", "8", "-37.5"),
        ("12.345", "100", "12.35"),  # half up, not half even
        ("999999999999999", "0.00000000000001", "9999999999999990000000000000000"),
    ],
)
def test_percent(part: str, whole: str, wanted: str) -> None:
    found = percent(Decimal(part), Decimal(whole))
    assert found == Decimal(wanted)
    assert f"{found}" == wanted


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "rate", "value": 50, "unit": "%"},
        {"kind": "growth", "value": 40, "unit": "%"},
        {"kind": "limit", "value": 80},
        {"kind": "multiple", "value": 2},
        {"kind": "level", "comparator": "<=", "value": 50},
        {"kind": "level", "value": 0},
    ],
)
def test_only_what_is_to_be_reached_has_a_percent(given: dict[str, Any]) -> None:
    assert state(measure(given, {"on": END, "value": 30})).percent is None


# --- revisions


@pytest.mark.parametrize(
    ("day", "known_on", "value", "met"),
    [
        ("2023-08-31", None, 600, False),
        ("2023-09-01", None, 500, True),
        ("2024-01-05", "2023-09-04", 600, False),
        ("2024-01-05", "2023-09-05", 500, True),
    ],
)
def test_a_revision_counts_from_its_day_once_known(
    day: str, known_on: str | None, value: int, met: bool
) -> None:
    change = {"on": "2023-09-01", "from": 600, "to": 500, "entered": "2023-09-05"}
    found = measure({**LEVEL, "revised": [change]}, {"on": "2023-06-30", "value": 550})
    then = state(found, day, known_on)
    assert (then.value, then.met) == (Decimal(value), met)


def test_the_last_revision_by_day_wins() -> None:
    changes = [
        {"on": "2023-11-01", "from": 500, "to": 450},
        {"on": "2023-09-01", "from": 600, "to": 500},
    ]
    found = measure({**LEVEL, "revised": changes}, {"on": "2023-06-30", "value": 450})
    assert state(found).value == 450


# --- properties

days = st.dates(date(2023, 1, 1), date(2024, 12, 31)).map(date.isoformat)
figures = st.decimals(0, 10**6, places=4).map(lambda value: float(value.normalize()))
entries = st.fixed_dictionaries(
    {"value": figures},
    optional={"on": days, "unit": st.sampled_from(["亿元", "万元", "元"]), "entered": days},
)
goals = st.fixed_dictionaries(
    {"value": figures, "unit": st.sampled_from(["亿元", "万元"])},
    optional={
        "kind": st.sampled_from(["level", "rate", "growth", "limit", "multiple"]),
        "comparator": st.sampled_from([">=", "<=", "=", ">", "<"]),
    },
)


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(goals, st.lists(entries, max_size=5), days)
def test_another_unit_changes_nothing_but_the_print(
    goal: dict[str, Any], log: list[dict[str, Any]], day: str
) -> None:
    """10,000 万元 are 1 亿元, in the figures and in the target."""
    smaller = {"亿元": ("万元", 10**4), "万元": ("元", 10**4), "元": ("元", 1)}

    def told_smaller(item: dict[str, Any], unit: str) -> dict[str, Any]:
        name, times = smaller[unit]
        return {**item, "unit": name, "value": str(Decimal(str(item["value"])) * times)}

    other = [told_smaller(item, item.get("unit") or goal["unit"]) for item in log]
    first = state(measure(goal, *log), day)
    second = state(measure(goal, *other), day)
    third = state(measure(told_smaller(goal, goal["unit"]), *other), day)
    assert (first.latest, first.mid) == (second.latest, second.mid)
    assert first.met == second.met == third.met
    assert first.percent == second.percent == third.percent


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(goals, st.lists(entries, max_size=6), days, st.integers(0, 6))
def test_parting_the_log_does_not_change_the_last_state(
    goal: dict[str, Any], log: list[dict[str, Any]], day: str, at: int
) -> None:
    """What is dated later may as well be missing; a line parted into figure and note says as much."""
    until = [item for item in log if item.get("on", day) <= day]
    parted = [
        part
        for item in log
        for part in ({"on": item.get("on"), "note": "说明"}, {**item, "note": None})
    ]
    whole = state(measure(goal, *log), day)
    assert state(measure(goal, *until), day) == whole
    assert state(measure(goal, *parted), day) == whole
    if len({item.get("on") for item in log}) == len(log):  # git may merge lines in any order
        assert state(measure(goal, *log[at:], *log[:at]), day) == whole


@settings(max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(goals, st.lists(entries, max_size=5), days)
def test_of_mid_period_is_never_met(
    goal: dict[str, Any], log: list[dict[str, Any]], day: str
) -> None:
    found = state(measure(goal, *log), day)
    assert not (found.mid and found.met)
    early = found.as_of is None or found.as_of < date.fromisoformat(END)
    if goal.get("kind") in ("rate", "growth", "limit", "multiple") and early:
        assert not found.met


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(
    st.text("0123456789", min_size=1, max_size=15).map(Decimal),
    st.integers(0, 14),
    st.sampled_from(["万亿元", "亿元", "元", "平方米", "万亿平方公里", "%", None]),
    st.sampled_from(["万亿元", "亿元", "元", "平方米", "万亿平方公里", "%", None]),
)
def test_no_number_is_too_long_to_be_judged(
    value: Decimal, places: int, unit: str | None, other: str | None
) -> None:
    """A slip of the finger in one record may not end the list of all others."""
    goal = {"value": str(value.scaleb(-places) or 1), "unit": unit}
    found = state(measure(goal, {"on": END, "value": str(value), "unit": other}))
    assert found.printed == value
