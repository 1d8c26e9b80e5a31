"""The pace of numbers, told by the smallest promise that has it; every sum is written out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.pace import Left, Pace, Since, Verdict
from npcreply.domain.judging.status import Alert, Judged, alert_of, judge, light_of, paces_of
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf

YEAR = {"date": "2020-12-31", "words": "全年"}
SIGNED = {"value": 230, "unit": "个"}
JULY = {"on": "2020-07-31", "value": 146, "unit": "个"}
day = date.fromisoformat


def line(target: dict[str, Any], *log: dict[str, Any], **given: Any) -> MeasureLine:
    """A promise with one target, due with the year 2020 unless another deadline is given."""
    reply_date = given.pop("reply_date", None)
    reply = ReplyLine(
        id="2020-1",
        path="replies/2020/2020-1.yaml",
        kind="suggestion",
        year=2020,
        number="1",
        reply_date=day(reply_date) if reply_date else None,
    )
    one = {"id": 1, "indicator": "签约项目", **target}
    data = {"id": 1, "deadline": YEAR, "targets": [one], "log": list(log), **given}
    return MeasureLine(reply, from_plain(Measure, data))


def judged(found: MeasureLine, when: str = "2020-07-31", **more: Any) -> Judged:
    return judge(found, AsOf(day(when)), Settings(**more))


def pace(found: MeasureLine, when: str = "2020-07-31", **more: Any) -> Pace:
    [one] = paces_of(judged(found, when, **more))
    return one


def on(month_day: str, value: float, unit: str = "个") -> dict[str, Any]:
    return {"on": f"2020-{month_day}", "value": value, "unit": unit}


# --- the real case: seven months of 2020


def test_signed_projects_are_ahead() -> None:
    found = pace(line(SIGNED, JULY))
    assert found.course.reached == Fraction(146, 230)  # 63.5 %
    assert found.course.span
    assert (found.course.span.gone, found.course.span.all) == (213, 366)  # 58.2 %
    assert (found.verdict, light_of(found)) == (Verdict.ON_PACE, Alert.GREEN)
    assert found.course.lag == Fraction(213, 366) - Fraction(146, 230)
    assert found.course.lag < 0
    assert found.course.speed == Fraction(146, 7)
    assert found.course.left == Left(Fraction(84), Fraction(5), 153)


@pytest.mark.parametrize(
    ("goal", "reached"), [(2.7, Fraction(657, 2700)), (3.8, Fraction(657, 3800))]
)
def test_foreign_investment_is_far_behind(goal: float, reached: Fraction) -> None:
    target = {"value": goal, "unit": "亿美元"}
    found = pace(line(target, on("07-31", 6570, "万美元")))
    assert found.course.reached == reached  # 24.3 %, 17.3 %
    assert (found.verdict, light_of(found)) == (Verdict.FAR_BEHIND, Alert.RED)
    assert found.course.lag
    assert found.course.lag > Fraction(1, 3)


# --- since when


@pytest.mark.parametrize(
    ("target", "given", "start", "since"),
    [
        ({}, {}, "2020-01-01", Since.WORDS),
        ({"start": "2020-04-01"}, {}, "2020-04-01", Since.GIVEN),
        ({"baseline": {"value": 100, "on": "2020-03-31"}}, {}, "2020-04-01", Since.BASELINE),
        ({"baseline": {"value": 100}}, {}, "2020-01-01", Since.WORDS),
        # the other year's total is what a multiple is held against, not where it starts
        (
            {"kind": "multiple", "value": 2, "baseline": {"value": 60, "on": "2019-12-31"}},
            {},
            "2020-01-01",
            Since.WORDS,
        ),
        (
            {},
            {"deadline": {"date": "2020-09-30", "words": "三个月内"}, "reply_date": "2020-06-30"},
            "2020-07-01",
            Since.REPLY,
        ),
        # the words stay those of the first deadline
        (
            {},
            {"extensions": [{"on": "2020-06-01", "to": "2021-06-30", "reason": "x"}]},
            "2020-01-01",
            Since.WORDS,
        ),
        (
            {"deadline": {"date": "2020-06-30", "words": "上半年"}},
            {"deadline": {"date": "2020-12-31", "words": "下半年"}},
            "2020-01-01",
            Since.WORDS,
        ),
    ],
)
def test_start(target: dict[str, Any], given: dict[str, Any], start: str, since: Since) -> None:
    found = pace(line({**SIGNED, **target}, **given)).course.start
    assert found
    assert (found.day, found.since) == (day(start), since)


@pytest.mark.parametrize(
    "given",
    [
        {"deadline": {"date": "2020-12-31", "words": "年底前"}, "reply_date": "2020-05-20"},
        {"deadline": {"date": "2020-12-31"}, "reply_date": "2020-05-20"},
        {"deadline": {"date": "2020-09-30", "words": "三个月内"}},
        {"deadline": {"words": "全年"}},
    ],
)
def test_no_start_is_said_and_not_guessed(given: dict[str, Any]) -> None:
    found = pace(line(SIGNED, JULY, **given))
    assert found.course.start is None
    assert found.verdict in (Verdict.NO_START, Verdict.NO_DEADLINE)
    assert light_of(found) is None
    assert found.course.reached == Fraction(146, 230)


# --- every kind


@pytest.mark.parametrize(
    ("target", "log", "verdict", "light"),
    [
        # levels
        (SIGNED, [on("07-31", 146)], "on_pace", "green"),
        (SIGNED, [on("07-31", 123)], "on_pace", "green"),  # 4.7 points behind
        (SIGNED, [on("07-31", 122)], "behind", "yellow"),  # 5.2
        (SIGNED, [on("07-31", 88)], "behind", "yellow"),  # 19.9
        (SIGNED, [on("07-31", 87)], "far_behind", "red"),  # 20.4
        (SIGNED, [on("07-31", 230)], "met", "green"),
        (SIGNED, [], "silent", "yellow"),
        (SIGNED, [{"value": 146, "unit": "个"}], "undated_figure", None),
        (SIGNED, [{"on": "2019-12-31", "value": 146, "unit": "个"}], "early_figure", None),
        (SIGNED, [on("07-31", 146, "亿元")], "unlike_units", None),
        ({"unit": "个"}, [on("07-31", 146)], "no_value", None),
        ({**SIGNED, "forecast": True}, [on("07-31", 1)], None, None),
        # a level from its baseline: 40 of 80 rooms more, 213 of 366 days
        ({"value": 180, "baseline": {"value": 100}}, [on("07-31", 140, "")], "behind", "yellow"),
        ({"value": 180, "baseline": {"value": 180}}, [on("07-31", 140, "")], "no_value", None),
        # one that sinks from its baseline
        (
            {"value": 40, "comparator": "<=", "kind": "level", "baseline": {"value": 100}},
            [on("07-31", 60, "")],
            "on_pace",
            "green",
        ),
        # a range: its lower end is what counts
        ({"value_min": 10, "value_max": 20, "unit": "个"}, [on("07-31", 6)], "on_pace", "green"),
        # a multiple told as a level, of 60 in the year before
        (
            {"value": 2, "kind": "multiple", "baseline": {"value": 60, "on": "2019-12-31"}},
            [on("07-31", 75, "")],
            "on_pace",
            "green",
        ),
        # ... and told as a ratio: mid-period
        (
            {"value": 2, "unit": "倍", "kind": "multiple"},
            [on("07-31", 1.2, "倍")],
            "mid_short",
            "yellow",
        ),
        (
            {"value": 2, "unit": "倍", "kind": "multiple"},
            [on("07-31", 2.1, "倍")],
            "mid_reached",
            "green",
        ),
        # rates and growth are not paced by the calendar
        ({"value": 70, "unit": "%"}, [on("07-31", 60.44, "%")], "mid_short", "yellow"),
        ({"value": 70, "unit": "%"}, [on("07-31", 77.4, "%")], "mid_reached", "green"),
        (
            {"value": 40, "unit": "%", "kind": "growth"},
            [on("07-31", 62, "%")],
            "mid_reached",
            "green",
        ),
        ({"value": 40, "unit": "%", "kind": "growth"}, [on("12-31", 39, "%")], None, None),
        # limits
        ({"value": 80, "unit": "天", "comparator": "<="}, [on("07-31", 80, "天")], "kept", "green"),
        ({"value": 80, "unit": "天", "comparator": "<="}, [on("07-31", 81, "天")], "broken", "red"),
        ({"value": 80, "unit": "天", "comparator": "<"}, [on("07-31", 80, "天")], "broken", "red"),
        (
            {"value": 50, "unit": "个", "comparator": "<=", "kind": "level"},
            [on("07-31", 51)],
            "broken",
            "red",
        ),
        # other units of the same thing
        ({"value": 10, "unit": "公顷"}, [on("07-31", 100, "亩")], "on_pace", "green"),
        ({"value": 3, "unit": "万人"}, [on("07-31", 20000, "人")], "on_pace", "green"),
    ],
)
def test_verdict(
    target: dict[str, Any], log: list[dict[str, Any]], verdict: str | None, light: str | None
) -> None:
    found = paces_of(judged(line(target, *log)))
    if verdict is None:
        assert all(item.verdict is Verdict.SILENT for item in found)
        return
    [one] = found
    assert (one.verdict, light_of(one)) == (verdict, light)


def test_a_standing_limit_needs_no_deadline() -> None:
    limit = {"value": 80, "unit": "天", "kind": "limit"}
    kept = line(limit, on("07-31", 78, "天"), deadline=None)
    broken = line(limit, on("07-31", 85, "天"), deadline=None)
    assert (pace(kept).verdict, judged(kept).alert) == (Verdict.KEPT, Alert.GREEN)
    assert (pace(broken).verdict, judged(broken).alert) == (Verdict.BROKEN, Alert.RED)
    assert pace(line(limit, deadline=None)).verdict is Verdict.NO_FIGURE


def test_exact_where_decimals_would_round() -> None:
    third = line({"value": 1, "unit": "公顷"}, on("07-31", 5, "亩"))
    assert pace(third).course.reached == Fraction(1, 3)


# --- the light of a promise


@pytest.mark.parametrize(
    ("log", "when", "alert"),
    [
        ([JULY], "2020-07-31", "green"),
        ([JULY], "2020-10-29", "green"),  # 90 days without a new figure
        ([JULY], "2020-10-30", "yellow"),
        ([JULY], "2020-12-01", "yellow"),  # due in 30 days
        ([on("07-31", 20)], "2020-12-01", "red"),
        ([JULY], "2020-12-31", "yellow"),
        ([JULY], "2021-01-01", "red"),
        ([on("07-31", 230)], "2020-08-01", "yellow"),  # to be verified and closed
    ],
)
def test_deadline_and_pace_make_one_light(log: list[dict[str, Any]], when: str, alert: str) -> None:
    assert judged(line(SIGNED, *log), when).alert == alert


def test_the_worst_target_decides() -> None:
    two = [{"id": 1, "indicator": "甲", **SIGNED}, {"id": 2, "indicator": "乙", **SIGNED}]
    log = [{**JULY, "target": 1}, {**on("07-31", 10), "target": 2}]
    found = judged(line({}, *log, targets=two))
    assert [light_of(item) for item in paces_of(found)] == [Alert.GREEN, Alert.RED]
    assert found.alert is Alert.RED


def test_closed_promises_have_no_light() -> None:
    closed = line(SIGNED, on("07-31", 1), closings=[{"on": "2020-07-31", "as": "dropped"}])
    assert judged(closed).alert is None


def test_thresholds_are_the_office_s() -> None:
    found = line(SIGNED, on("07-31", 120))  # 6.0 points behind
    assert pace(found).verdict is Verdict.BEHIND
    assert pace(found, pace_yellow=7).verdict is Verdict.ON_PACE
    assert pace(found, pace_red=6).verdict is Verdict.FAR_BEHIND


# --- the forecast


@pytest.mark.parametrize(
    ("log", "forecast"),
    [
        ([], None),
        ([JULY], None),  # one figure is no row
        # 60 in 6 months of 182 days, then 86 in 31: 146 + 153 x (146/213; 60/182 ... 86/31)
        (
            [on("06-30", 60), JULY],
            (
                146 + 153 * Fraction(146, 213),
                146 + 153 * Fraction(60, 182),
                146 + 153 * Fraction(86, 31),
            ),
        ),
        # of one day the later entry counts; less than a week apart is one figure
        ([on("07-31", 1), JULY], None),
        ([on("07-28", 100), JULY], None),
        (
            [on("06-30", 60), on("06-30", 73), on("07-30", 140), JULY],
            (
                146 + 153 * Fraction(146, 213),
                146 + 153 * Fraction(73, 182),
                146 + 153 * Fraction(73, 31),
            ),
        ),
    ],
)
def test_forecast(log: list[dict[str, Any]], forecast: tuple[Fraction, ...] | None) -> None:
    found = pace(line(SIGNED, *log)).course.forecast
    assert (found and (found.value, found.low, found.high)) == forecast


def test_without_a_start_two_figures_make_one_speed() -> None:
    given = line(SIGNED, on("06-30", 84), JULY, deadline={"date": "2020-12-31", "words": "年底"})
    found = pace(given).course.forecast
    assert found
    assert (found.value, found.low, found.high) == (146 + 2 * 153, None, None)


def test_out_of_reach_at_the_fastest_speed() -> None:
    slow = line(SIGNED, on("03-31", 50), on("07-31", 100))  # 14.7 points behind
    found = pace(slow)
    assert (found.verdict, light_of(found)) == (Verdict.UNREACHABLE, Alert.RED)
    faster = line(SIGNED, on("06-30", 40), on("07-31", 100))
    assert pace(faster).verdict is Verdict.BEHIND


def test_nothing_is_forecast_or_needed_once_met_or_past() -> None:
    for found in (pace(line(SIGNED, on("07-31", 230))), pace(line(SIGNED, JULY), "2021-01-01")):
        assert (found.course.forecast, found.course.left) == (None, None)


def test_a_revised_value_is_what_counts_from_its_day() -> None:
    revised = [{"on": "2020-06-01", "from": 230, "to": 300, "reason": "加码"}]
    found = line({**SIGNED, "revised": revised}, JULY)
    assert pace(found).course.reached == Fraction(146, 300)
    assert pace(
        line({**SIGNED, "revised": revised}, on("04-30", 100)), "2020-05-01"
    ).course.reached == Fraction(100, 230)


# --- properties

levels = st.integers(0, 400)
logs = st.dictionaries(st.integers(0, 365), levels, max_size=6)
whens = st.integers(0, 400).map(lambda n: date(2020, 1, 1) + timedelta(days=n))
many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ORDER = [Alert.GREEN, Alert.YELLOW, Alert.RED]


def entries(log: dict[int, int], unit: str = "公顷", times: int = 1) -> list[dict[str, Any]]:
    return [
        {"on": str(date(2020, 1, 1) + timedelta(days=n)), "value": level * times, "unit": unit}
        for n, level in log.items()
    ]


@many
@given(logs, whens, st.sampled_from([("亩", 15), ("平方米", 10000), ("万平方米", 1), ("公顷", 1)]))
def test_a_change_of_units_changes_no_pace(
    log: dict[int, int], when: date, other: tuple[str, int]
) -> None:
    unit, times = other
    target = {"value": 200, "unit": "公顷"}
    found = pace(line(target, *entries(log)), str(when))
    converted = pace(line(target, *entries(log, unit, times)), str(when))
    assert converted.verdict == found.verdict
    assert converted.course.lag == found.course.lag
    assert converted.course.forecast == found.course.forecast


@many
@given(logs, whens, st.randoms())
def test_a_log_in_pieces_is_the_same_log(log: dict[int, int], when: date, chance: Any) -> None:
    """In whatever order it was entered, with notes in between."""
    whole = entries(log)
    pieces = [*whole, *({"on": item["on"], "note": "说明"} for item in whole)]
    chance.shuffle(pieces)
    target = {"value": 200, "unit": "公顷"}
    found, split = (pace(line(target, *given), str(when)) for given in (whole, pieces))
    assert replace(split.course, line=found.course.line, state=found.course.state) == found.course
    assert split.course.forecast == found.course.forecast
    assert split.course.speed == found.course.speed
    assert split.verdict == found.verdict


@many
@given(st.integers(1, 10), st.integers(1, 30), st.integers(1, 30), st.integers(1, 3))
def test_a_figure_on_the_line_between_two_others_changes_nothing(
    weeks: int, first: int, speed: int, at: int
) -> None:
    start, middle, end = 60, 60 + 14 * at, 60 + 14 * (at + weeks)
    two = {start: first, end: first + speed * (end - start)}
    three = {**two, middle: first + speed * (middle - start)}
    target = {"value": 10**6, "unit": "公顷"}
    found, split = (pace(line(target, *entries(log)), "2020-12-01") for log in (two, three))
    assert split.course.forecast == found.course.forecast


@many
@given(logs, whens, st.integers(0, 120))
def test_no_light_turns_better_by_waiting(log: dict[int, int], when: date, later: int) -> None:
    known = {n: level for n, level in log.items() if date(2020, 1, 1) + timedelta(n) <= when}
    found = line({"value": 200, "unit": "公顷"}, *entries(known))
    now, then = (
        alert_of(judge(found, AsOf(each))) for each in (when, when + timedelta(days=later))
    )
    assert now is not None
    assert then is not None
    assert ORDER.index(then) >= ORDER.index(now)
