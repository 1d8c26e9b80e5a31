"""Periodic reports: whole periods from the reply to the end, each with a dated entry or missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.duties import reports_owed
from npcreply.domain.judging.status import Status
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Entry, Measure
from npcreply.domain.record.settings import Settings, Term
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.cadences import (
    Reporting,
    Until,
    cadence_named,
    cadence_of,
    has_no_start,
    reporting,
    served,
)
from npcreply.grammar.calendar_periods import period_of

day = date.fromisoformat


def line(
    cadence: str = "month", reply_date: str | None = "2023-05-20", **given: Any
) -> MeasureLine:
    reply = ReplyLine(
        id="2023-7",
        path="replies/2023/2023-7.yaml",
        kind="suggestion",
        year=2023,
        number="7",
        reply_date=day(reply_date) if reply_date else None,
    )
    data = {"id": 1, "text": "每月通报", "cadence": cadence.split(), **given}
    return MeasureLine(reply, from_plain(Measure, data))


def one(found: MeasureLine, when: str = "2024-01-05", known_on: str | None = None) -> Reporting:
    as_of = AsOf(day(when), day(known_on) if known_on else None)
    [reports] = reporting(found, as_of, Settings())
    return reports


def missed(found: MeasureLine, when: str = "2024-01-05", known_on: str | None = None) -> list[str]:
    return [f"{period.last:%m-%d}" for period in one(found, when, known_on).missed]


def log(*days: str) -> list[dict[str, Any]]:
    return [{"on": f"2023-{each}", "note": "通报"} for each in days]


@pytest.mark.parametrize(
    ("cadence", "when", "owed"),
    [
        ("month", "2024-01-05", 7),  # May had begun on the 20th; June to December
        ("month", "2023-12-31", 6),  # the last day is not over
        ("month", "2023-06-30", 0),
        ("month", "2023-07-01", 1),
        ("month", "2025-01-05", 19),  # nothing says when it ends: it goes on
        ("quarter", "2024-01-05", 2),
        ("half-year", "2024-01-05", 1),
        ("year", "2024-01-05", 0),
        ("half-month", "2023-07-01", 2),
        ("week", "2023-06-12", 3),  # Monday 22 May to Sunday 11 June
        ("day", "2023-05-23", 3),
    ],
)
def test_whole_periods_from_the_reply(cadence: str, when: str, owed: int) -> None:
    found = one(line(cadence), when)
    assert (found.owed, len(found.missed)) == (owed, owed)


@pytest.mark.parametrize(
    ("given", "first", "last", "until", "owed"),
    [
        ({}, "2023-05-20", None, Until.OPEN, 7),
        ({"reports": {"from": "2023-03-01"}}, "2023-03-01", None, Until.OPEN, 10),
        (
            {"reports": {"from": "2023-08-01", "until": "2023-10-31"}},
            "2023-08-01",
            "2023-10-31",
            Until.REPORTS,
            3,
        ),
        ({"reports": {"until": "2023-09-15"}}, "2023-05-20", "2023-09-15", Until.REPORTS, 3),
        ({"deadline": {"date": "2023-10-31"}}, "2023-05-20", "2023-10-31", Until.DEADLINE, 5),
        (
            {"deadline": {"date": "2023-12-31"}, "reports": {"until": "2023-08-31"}},
            *("2023-05-20", "2023-08-31", Until.REPORTS, 3),
        ),
        (
            {
                "deadline": {"date": "2023-08-31"},
                "extensions": [{"on": "2023-08-01", "to": "2023-10-31", "reason": "x"}],
            },
            *("2023-05-20", "2023-10-31", Until.DEADLINE, 5),
        ),
        ({"reports": {"from": "2024-01-01"}}, "2024-01-01", None, Until.OPEN, 0),
        (
            {"reports": {"from": "2023-09-01", "until": "2023-08-01"}},
            "2023-09-01",
            "2023-08-01",
            Until.REPORTS,
            0,
        ),
    ],
)
def test_since_when_and_until_when(
    given: dict[str, Any], first: str, last: str | None, until: Until, owed: int
) -> None:
    found = one(line(**given))
    assert (found.first, found.last, found.until) == (
        day(first),
        day(last) if last else None,
        until,
    )
    assert found.owed == owed


def test_without_a_start_nothing_is_computed_and_that_is_said() -> None:
    unknown = line(reply_date=None)
    assert (one(unknown).first, one(unknown).missed, one(unknown).next) == (None, (), None)
    assert has_no_start(unknown, AsOf(day("2024-01-05")))
    assert reports_owed(unknown, AsOf(day("2024-01-05")), Settings()) == []
    told = line(reply_date=None, reports={"from": "2023-06-01"})
    assert not has_no_start(told, AsOf(day("2024-01-05")))
    assert one(told).owed == 7


def test_nothing_is_asked_of_what_never_repeats_or_is_closed() -> None:
    when = AsOf(day("2024-01-05"))
    assert not has_no_start(line("", reply_date=None), when)
    closings = [{"on": "2023-09-10", "as": "dropped"}]
    closed = line(reply_date=None, closings=closings)
    assert not has_no_start(closed, when)
    assert has_no_start(closed, AsOf(day("2023-09-09")))


def test_complete_is_what_had_an_end_and_has_every_report() -> None:
    until = {"reports": {"until": "2023-08-31"}}
    assert one(line(log=log("06-30", "07-10", "08-01"), **until)).complete
    assert not one(line(log=log("06-30", "08-01"), **until)).complete
    assert not one(line(log=log("06-30", "07-10"), **until), "2023-08-05").complete
    closings = [{"on": "2023-08-10", "as": "done"}]
    assert not one(line(log=log("06-30", "07-10"), closings=closings)).complete
    assert not one(line(reply_date=None, **until)).complete


@pytest.mark.parametrize(
    ("entries", "gone"),
    [
        (log("06-30"), ["07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]),
        (log("06-01", "06-30", "12-31"), ["07-31", "08-31", "09-30", "10-31", "11-30"]),
        (log("05-25"), ["06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"]),
        (
            [{"note": "目前正在推进"}] * 3,
            ["06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"],
        ),
        (log(*(f"{month:02}-15" for month in range(6, 13))), []),
    ],
)
def test_an_entry_of_the_period_is_its_report(
    entries: list[dict[str, Any]], gone: list[str]
) -> None:
    assert missed(line(log=entries)) == gone
    assert one(line(log=entries)).undated == sum("on" not in entry for entry in entries)


def test_each_cadence_has_reports_of_its_own() -> None:
    """月度统计、季度督查、年度考核: a month's note is neither the quarter's nor the year's."""
    notes = [*log("07-10", "09-30"), {"on": "2023-10-08", "note": "三季度", "cadence": "quarter"}]
    found = line("month quarter year", log=notes, reports={"from": "2023-01-01"})
    each = reporting(found, AsOf(day("2024-01-05")), Settings())
    assert [one.cadence for one in each] == ["month", "quarter", "year"]
    assert [len(one.missed) for one in each] == [10, 3, 1]


@pytest.mark.parametrize(
    ("cadences", "said", "serves"),
    [
        ("month", None, "month"),
        ("year quarter", None, "quarter"),  # none said: the shortest
        ("year quarter", "year", "year"),
        ("quarter", "month", "quarter"),  # one that the promise has not counts as none said
        ("", None, None),
    ],
)
def test_an_entry_serves_the_cadence_it_names(
    cadences: str, said: str | None, serves: str | None
) -> None:
    entry = Entry(on=day("2023-07-10"), cadence=said)
    assert served(entry, line(cadences).measure) == serves


@pytest.mark.parametrize(
    ("words", "last", "cadences", "named"),
    [
        ("二季度", "2023-06-30", "month quarter", "quarter"),
        ("二季度", "2023-06-30", "month half-year", None),  # it has no such cadence
        ("二季度", "2023-06-29", "month quarter", None),  # the quarter ends on another day
        ("上半年", "2023-06-30", "half-year year", "half-year"),
        ("2023年", "2023-12-31", "month year", "year"),
        ("6月份", "2023-06-30", "month quarter", "month"),
        ("6月底", "2023-06-30", "month quarter", None),  # a day
        (" 上个月 ", "2023-06-30", "month quarter", "month"),
        ("上个月", "2023-06-29", "month quarter", None),
        ("上个月", "2023-06-30", "quarter year", None),
        ("本季度", "2023-06-30", "month quarter", "quarter"),
        ("本季度", "2023-05-31", "month quarter", None),
        ("去年", "2022-12-31", "quarter year", "year"),
        ("上次会议", "2023-06-30", "month quarter", None),
    ],
)
def test_a_date_s_words_name_the_cadence_only_where_they_name_its_period(
    words: str, last: str, cadences: str, named: str | None
) -> None:
    assert cadence_named(words, day(last), line(cadences).measure) == named


def test_the_term_ends_what_nothing_else_ends() -> None:
    settings = Settings(terms=(Term(name="云门市第六届", until=day("2023-09-20")),))
    found = line()
    of_term = MeasureLine(replace(found.reply, term="云门市第六届"), found.measure)
    [ended] = reporting(of_term, AsOf(day("2025-01-05")), settings)
    assert (ended.last, ended.until, ended.owed) == (day("2023-09-20"), Until.TERM, 3)
    of_another = MeasureLine(replace(found.reply, term="云门市第七届"), found.measure)
    [going_on] = reporting(of_another, AsOf(day("2025-01-05")), settings)
    assert (going_on.last, going_on.until) == (None, Until.OPEN)


def test_a_reply_of_december_owes_reports_the_year_after() -> None:
    found = line(reply_date="2024-12-20")
    assert missed(found, "2025-03-10") == ["01-31", "02-28"]


@pytest.mark.parametrize(
    ("text", "target", "each"),
    [
        ("每月开展2次整治", {"value": 2, "unit": "次"}, "month"),
        ("每月至少开展两次整治", {"value": 2, "unit": "次"}, "month"),
        ("每季度培训100人", {"value": 100, "unit": "人"}, "quarter"),
        ("按季度培训一百人", {"value": 100, "unit": "人"}, "quarter"),
        ("开展集中整治", {"value": 2, "unit": "次"}, "month"),  # occasions: the shortest
        ("每月调度，年内投资600亿元", {"value": 600, "unit": "亿元"}, None),
        ("每月走访3户，年内投资600亿元", {"value": 600, "unit": "亿元"}, None),  # 3 is another's
        ("每月通报，全年开展12次", {"value": 12, "unit": "次"}, None),
        ("项目进展每月通报", {"value": 110, "unit": "亿元"}, None),
        ("项目进展每月通报", {"value": 110, "unit": "亿元", "cadence": "month"}, "month"),
        ("每月开展2次整治", {"value": 2, "unit": "次", "deadline": {"date": "2023-12-31"}}, None),
        ("每月开展2次整治", {"value": 2, "unit": "次", "forecast": True}, None),
        ("每周开展2次整治", {"value": 2, "unit": "次"}, None),  # the promise has no such cadence
    ],
)
def test_which_number_every_period_reaches(
    text: str, target: dict[str, Any], each: str | None
) -> None:
    found = line("month quarter", text=text, targets=[{"id": 1, "indicator": "整治", **target}])
    assert cadence_of(found.measure.targets[0], found.measure) == each


def test_as_of_and_known_on() -> None:
    late = [{"on": "2023-06-20", "note": "补报", "entered": "2023-09-01"}]
    assert missed(line(log=late), "2023-08-05") == ["07-31"]
    assert missed(line(log=late), "2023-08-05", "2023-08-05") == ["06-30", "07-31"]
    assert missed(line(log=log("08-02")), "2023-08-01") == ["06-30", "07-31"]


@pytest.mark.parametrize(
    ("closings", "gone"),
    [
        ([("2023-09-10", "dropped")], ["06-30", "07-31", "08-31"]),
        ([("2023-08-31", "done")], ["06-30", "07-31", "08-31"]),  # August is over with it
        ([("2023-08-30", "done")], ["06-30", "07-31"]),
        (
            [("2023-08-10", "done"), ("2023-10-05", "reopened")],
            ["06-30", "07-31", "11-30", "12-31"],
        ),
        (
            [("2023-08-10", "done"), ("2023-10-01", "reopened")],
            ["06-30", "07-31", "10-31", "11-30", "12-31"],
        ),
        (
            [("2023-06-10", "reopened")],
            ["06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31"],
        ),
    ],
)
def test_closed_promises_owe_nothing(closings: list[tuple[str, str]], gone: list[str]) -> None:
    found = line(closings=[{"on": on, "as": as_} for on, as_ in closings])
    assert missed(found) == gone
    open_again = closings[-1][1] == "reopened"
    assert bool(reports_owed(found, AsOf(day("2024-01-05")), Settings())) == open_again


def test_one_row_for_what_is_missed_and_one_for_the_next() -> None:
    found = line(log=log("07-10"), department="市教育局")
    late, ahead = reports_owed(found, AsOf(day("2023-10-15")), Settings())
    assert (late.count, late.rule, late.deadline, late.days_late) == (
        3,
        "month",
        day("2023-06-30"),
        107,
    )
    assert (late.status, late.departments, late.id) == (Status.OVERDUE, ("市教育局",), "2023-7.1")
    assert (ahead.count, ahead.deadline, ahead.status) == (1, day("2023-10-31"), Status.DUE_SOON)


def test_what_is_reported_already_is_not_next() -> None:
    found = line(log=log("10-02"))
    *_late, ahead = reports_owed(found, AsOf(day("2023-10-15")), Settings())
    assert ahead.deadline == day("2023-11-30")
    [due] = reports_owed(line(log=[]), AsOf(day("2023-06-30")), Settings())
    assert due.status is Status.DUE_TODAY


def test_a_reply_not_yet_given_owes_no_reports() -> None:
    assert reports_owed(line(), AsOf(day("2023-05-19")), Settings()) == []


CADENCES = ["day", "week", "half-month", "month", "quarter", "half-year", "year"]
days = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(CADENCES), days, days, st.lists(days, max_size=8), days, st.integers(0, 400))
def test_missed_grows_and_every_missed_period_is_empty(
    cadence: str, first: date, last: date, told: list[date], when: date, later: int
) -> None:
    entries = [{"on": str(each)} for each in told]
    found = line(cadence, log=entries, reports={"from": str(first), "until": str(last)})
    [now] = reporting(found, AsOf(when), Settings())
    [then] = reporting(found, AsOf(when + timedelta(days=later)), Settings())
    assert set(now.missed) <= set(then.missed)
    assert now.owed <= then.owed
    for period in now.missed:
        assert first <= period.first <= period.last <= last
        assert period.last < when
        assert period == period_of(cadence, period.first)
        assert not any(period.first <= each <= period.last for each in told)
    # walked through day by day: the oracle
    walked = {period_of(cadence, first + timedelta(n)) for n in range((last - first).days + 1)}
    whole = {p for p in walked if p.first >= first and p.last <= last and p.last < when}
    assert now.owed == len(whole)
    reported = {p for p in whole if any(p.first <= each <= min(p.last, when) for each in told)}
    assert set(now.missed) == whole - reported
