"""Repeating promises, period by period: what each period owes, what the whole promise makes of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from npcreply.domain.judging import preconditions
from npcreply.domain.judging.duties import reports_owed
from npcreply.domain.judging.status import Judged, Status, judge
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError

day = date.fromisoformat
TWICE = {"id": 1, "indicator": "整治", "value": 2, "unit": "次"}


def line(**given: Any) -> MeasureLine:
    reply = ReplyLine(
        id="2024-3",
        path="replies/2024/2024-3.yaml",
        kind="suggestion",
        year=2024,
        number="3",
        reply_date=day("2024-06-24"),
        lead="市水利局",
    )
    data = {"id": 1, "text": "每月开展2次整治", "cadence": ["month"], "targets": [TWICE], **given}
    return MeasureLine(reply, from_plain(Measure, data))


def stand(when: str, **given: Any) -> Judged:
    return judge(line(**given), AsOf(day(when)))


def figures(*figures: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"on": f"2024-{on}", "value": value, "unit": "次"} for on, value in figures]


ALL = figures(*((f"{month:02}-20", 2) for month in range(7, 13)))


def test_one_month_s_number_keeps_no_other_month() -> None:
    found = stand("2024-12-20", log=figures(("12-05", 2)))
    assert found.status is Status.UNDATED
    assert found.failed == 5  # July to November
    [row, ahead] = reports_owed(found.line, found.as_of, Settings())
    assert (row.count, row.short, row.deadline) == (5, 0, day("2024-07-31"))
    assert (row.status, ahead.deadline) == (Status.OVERDUE, day("2025-01-31"))


def test_a_period_with_a_report_that_falls_short_is_not_kept() -> None:
    log = figures(("07-20", 2), ("08-20", 1), ("09-10", 1), ("09-28", 2))
    found = stand("2024-11-05", log=log)
    [month] = found.repeating
    assert [f"{period.last:%m}" for period in month.short] == ["08"]
    assert [f"{period.last:%m}" for period in month.reporting.missed] == ["10"]
    [row, _ahead] = reports_owed(found.line, found.as_of, Settings())
    assert (row.count, row.short) == (2, 1)


def test_a_monthly_rate_is_final_when_its_month_is_over() -> None:
    rate = {"id": 1, "indicator": "达标率", "kind": "rate", "value": 95, "unit": "%"}
    log = [{"on": "2024-07-25", "value": 96, "unit": "%"}]
    text = {"text": "每月达标率95%以上"}
    found = stand("2024-08-20", targets=[rate], log=log, **text)
    assert found.failed == 0


@pytest.mark.parametrize(
    ("when", "log", "status"),
    [
        ("2024-12-15", ALL[:-1], Status.DUE_SOON),  # December is not reported yet
        ("2024-12-25", ALL, Status.TO_VERIFY),
        ("2025-01-05", ALL, Status.TO_VERIFY),
        ("2025-01-05", ALL[1:], Status.OVERDUE),  # July is missing for good
        ("2024-12-25", ALL[1:], Status.DUE_SOON),
        ("2025-01-05", [], Status.OVERDUE),
    ],
)
def test_to_verify_only_when_every_period_was_kept(
    when: str, log: list[dict[str, Any]], status: Status
) -> None:
    found = stand(when, log=log, deadline={"date": "2024-12-31"})
    assert found.status is status


def test_the_last_month_s_number_does_not_stand_for_the_quarter_s_report() -> None:
    given = {"cadence": ["month", "quarter"], "deadline": {"date": "2024-12-31"}}
    quarter = {"on": "2024-09-30", "cadence": "quarter"}
    told = stand("2024-12-20", log=[*ALL, quarter], **given)
    assert (told.status, told.failed) == (Status.DUE_SOON, 0)
    last = {"on": "2024-12-20", "cadence": "quarter"}
    assert stand("2024-12-20", log=[*ALL, quarter, last], **given).status is Status.TO_VERIFY


def test_a_number_of_the_whole_is_not_to_verify_while_reports_are_missing() -> None:
    whole = {"id": 1, "indicator": "投资", "value": 600, "unit": "亿元"}
    given: dict[str, Any] = {"text": "每月调度，年内投资600亿元", "targets": [whole]}
    given["deadline"] = {"date": "2024-12-31"}
    months = [{"on": f"2024-{m:02}-20", "note": "调度"} for m in range(7, 13)]
    reached = {"on": "2024-11-30", "value": 610, "unit": "亿元"}
    assert stand("2025-01-05", log=[*months, reached], **given).status is Status.TO_VERIFY
    assert stand("2025-01-05", log=[reached], **given).status is Status.OVERDUE


@pytest.mark.parametrize(
    ("log", "on", "given", "status"),
    [
        (ALL, "2024-12-31", {"deadline": {"date": "2024-12-31"}}, Status.DONE),
        (ALL[1:], "2024-12-31", {"deadline": {"date": "2024-12-31"}}, Status.DONE_LATE),
        (ALL[:3], "2024-09-30", {"deadline": {"date": "2024-12-31"}}, Status.DONE_EARLY),
        (ALL[:3], "2024-10-10", {}, Status.DONE),
        (ALL[:2], "2024-10-10", {}, Status.DONE_LATE),
        ([], "2024-07-20", {}, Status.DONE),  # no month was over yet
        ([], "2024-07-31", {"deadline": {"date": "2024-12-31"}}, Status.DONE_LATE),
        ([], "2024-07-31", {"deadline": {"date": "2024-07-31"}}, Status.DONE_LATE),
        (ALL[:1], "2024-07-31", {"deadline": {"date": "2024-12-31"}}, Status.DONE_EARLY),
    ],
)
def test_done_with_a_period_missed_is_late(
    log: list[dict[str, Any]], on: str, given: dict[str, Any], status: Status
) -> None:
    closings = [{"on": on, "as": "done", "reason": "考核通过"}]
    assert stand("2025-03-01", log=log, closings=closings, **given).status is status


@pytest.mark.parametrize("looked_at", ["2024-07-31", "2024-08-01", "2025-03-01"])
def test_a_month_without_report_stays_missed_from_the_day_of_the_closing_on(looked_at: str) -> None:
    closings = [{"on": "2024-07-31", "as": "done", "reason": "验收通过"}]
    found = stand(looked_at, closings=closings, deadline={"date": "2024-12-31"})
    assert (found.status, found.failed) == (Status.DONE_LATE, 1)
    assert found.deadline == day("2024-12-31")  # the promise's own, no period's


def test_a_month_that_ends_on_the_day_of_the_closing_stands_against_it() -> None:
    judged = stand("2024-12-20", log=ALL[:3])
    with pytest.raises(UsageError, match="1 期没有报告或没有达到，不能直接销号：从 2024-10-01 起"):
        preconditions.close(judged, day("2024-10-31"), None)
    today = stand("2024-10-31", log=ALL[:3])
    with pytest.raises(UsageError, match="1 期没有报告"):
        preconditions.close(today, day("2024-10-31"), None)


def test_what_is_dropped_is_dropped_whatever_was_missed() -> None:
    closings = [{"on": "2024-12-31", "as": "dropped", "reason": "不再整治"}]
    assert stand("2025-03-01", closings=closings).status is Status.DROPPED


def test_done_is_refused_while_periods_are_missed() -> None:
    judged = stand("2024-12-20", log=ALL[:3])
    with pytest.raises(UsageError, match="2 期没有报告或没有达到"):
        preconditions.close(judged, day("2024-12-20"), None)
    preconditions.close(judged, day("2024-12-20"), "专项验收通过")
    ends: dict[str, Any] = {"reports": {"until": "2024-12-31"}}
    by_then_none = stand("2024-12-20", log=ALL[:3], **ends)
    preconditions.close(by_then_none, day("2024-10-20"), None)
    preconditions.close(stand("2024-12-10", log=ALL[:5], **ends), day("2024-12-10"), None)


@pytest.mark.parametrize("given", [{}, {"targets": []}])
def test_reports_that_nothing_ends_are_not_ended_without_a_reason(given: dict[str, Any]) -> None:
    judged = stand("2024-08-10", log=ALL[:1], **given)
    with pytest.raises(UsageError, match="没有写到哪天为止") as refused:
        preconditions.close(judged, day("2024-08-10"), None)
    assert "--reason" in refused.value.remedy
    preconditions.close(judged, day("2024-08-10"), "机构撤销")
    for end in ({"reports": {"until": "2025-12-31"}}, {"deadline": {"date": "2025-12-31"}}):
        preconditions.close(
            stand("2024-08-10", log=ALL[:1], **given, **end), day("2024-08-10"), None
        )
