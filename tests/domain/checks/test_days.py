"""Days of one record: each row is the smallest record that is doubted, and its sound twin."""

from __future__ import annotations

from datetime import date
from functools import cache
from textwrap import dedent

import pytest

from npcreply.domain.checks import Doubt, doubts_of
from npcreply.domain.record.settings import Settings
from npcreply.store.codec import decode
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema

HEAD = "kind: suggestion\nyear: 2023\nnumber: 46\n"
TODAY = date(2024, 1, 5)


@cache
def schema() -> Schema:
    return read.load(read.contract_path())


def doubts(text: str) -> list[Doubt]:
    decoded = decode(HEAD + dedent(text), "replies/2023/2023-46.yaml", schema())
    assert decoded.record is not None, decoded.findings
    return doubts_of(decoded.record, Settings(), TODAY)


def promise(lines: str) -> str:
    return "measures:\n  - id: 1\n    text: 建两所学校\n" + "".join(
        f"    {line}\n" for line in dedent(lines).strip().splitlines()
    )


ROWS = {
    "logged before the reply": (
        "event-before-reply",
        ("measures", 0, "log", 0, "on"),
        "reply_date: 2023-06-24\n"
        + promise("log:\n- {on: 2023-01-03, note: 封顶, entered: 2024-01-04}"),
        "reply_date: 2023-06-24\n"
        + promise("log:\n- {on: 2024-01-03, note: 封顶, entered: 2024-01-04}"),
    ),
    "pressed before the reply": (
        "event-before-reply",
        ("measures", 0, "reminders", 0, "on"),
        "reply_date: 2023-06-24\n"
        + promise("reminders:\n- {on: 2023-01-03, via: 电话, entered: 2024-01-04}"),
        "reply_date: 2023-06-24\n" + promise("reminders:\n- {on: 2023-07-03, via: 电话}"),
    ),
    "a figure that the letter prints is older than the letter": (
        "event-before-reply",
        ("measures", 0, "log", 0, "on"),
        "reply_date: 2023-06-24\n"
        + promise("log:\n- {on: 2023-05-31, note: 已封顶, entered: 2023-06-24}"),
        "reply_date: 2023-06-24\n" + promise("log:\n- {on: 2023-05-31, note: 已封顶}"),
    ),
    "three months counted from the day of typing": (
        "deadline-counted-elsewhere",
        ("measures", 0, "deadline", "date"),
        "reply_date: 2023-05-31\n" + promise("deadline: {date: 2023-09-20, words: 3个月内}"),
        "reply_date: 2023-05-31\n" + promise("deadline: {date: 2023-08-31, words: 3个月内}"),
    ),
    "three months counted from the hand-over": (
        "deadline-counted-elsewhere",
        ("measures", 0, "deadline", "date"),
        "assigned_on: 2023-03-31\nreply_date: 2023-05-31\n"
        + promise("deadline: {date: 2023-07-01, words: 3个月内}"),
        "assigned_on: 2023-03-31\nreply_date: 2023-05-31\n"
        + promise("deadline: {date: 2023-06-30, words: 3个月内}"),
    ),
    "reports that stopped with the year": (
        "reports-ended-with-year",
        ("measures", 0, "cadence"),
        "reply_date: 2022-10-20\n"
        + promise("cadence: [month]\nlog:\n- {on: 2022-11-20, note: 通报}"),
        "reply_date: 2022-10-20\n"
        + promise("cadence: [month]\nlog:\n- {on: 2023-11-20, note: 通报}"),
    ),
    "reports that the office has ended": (
        "reports-ended-with-year",
        ("measures", 0, "cadence"),
        "reply_date: 2022-10-20\n"
        + promise("cadence: [month]\nlog:\n- {on: 2022-11-20, note: 通报}"),
        "reply_date: 2022-10-20\n"
        + promise(
            "cadence: [month]\nreports: {until: 2022-12-31}\nlog:\n- {on: 2022-11-20, note: 通报}"
        ),
    ),
    "deadline before the reply": (
        "deadline-before-reply",
        ("measures", 0, "deadline", "date"),
        "reply_date: 2023-07-24\n" + promise("deadline: {date: 2022-12-31}"),
        "reply_date: 2023-07-24\n" + promise("deadline: {date: 2023-07-24}"),
    ),
    "a target's own deadline": (
        "deadline-before-reply",
        ("measures", 0, "targets", 0, "deadline", "date"),
        "reply_date: 2023-07-24\n"
        + promise("targets:\n- {id: 1, indicator: 校舍, value: 2, deadline: {date: 2023-06-30}}"),
        "reply_date: 2023-07-24\n"
        + promise("targets:\n- {id: 1, indicator: 校舍, value: 2, deadline: {date: 2023-12-31}}"),
    ),
    "told before there was a reply": (
        "notice-before-reply",
        ("progress_notices", 0, "on"),
        "reply_date: 2023-07-24\nprogress_notices: [{on: 2023-07-23, to: deputies}]\n",
        "reply_date: 2023-07-24\nprogress_notices: [{on: 2023-07-24, to: deputies}]\n",
    ),
    "rated before it was told": (
        "rating-before-notice",
        ("progress_notices", 0, "rated_on"),
        "progress_notices: [{on: 2023-11-23, to: deputies, rated_on: 2023-11-22}]\n",
        "progress_notices: [{on: 2023-11-23, to: deputies, rated_on: 2023-11-23}]\n",
    ),
    "log entry ahead": (
        "day-ahead",
        ("measures", 0, "log", 0, "on"),
        promise("log:\n- {on: 2024-12-31, note: 封顶}"),
        promise("log:\n- {on: 2024-01-05, note: 封顶}"),
    ),
    "extension ahead": (
        "day-ahead",
        ("measures", 0, "extensions", 0, "on"),
        promise("""
            deadline: {date: 2023-12-31}
            extensions:
            - {on: 2024-01-06, to: 2024-06-30, reason: 用地未批}
        """),
        promise("""
            deadline: {date: 2023-12-31}
            extensions:
            - {on: 2023-12-20, to: 2024-06-30, reason: 用地未批}
        """),
    ),
    "reminder ahead": (
        "day-ahead",
        ("measures", 0, "reminders", 0, "on"),
        promise("reminders:\n- {on: 2024-02-01, via: 电话}"),
        promise("reminders:\n- {on: 2024-01-01, via: 电话, reply_by: 2024-01-20}"),
    ),
    "closing ahead": (
        "day-ahead",
        ("measures", 0, "closings", 0, "on"),
        promise("closings:\n- {on: 2024-06-20, as: done}"),
        promise("closings:\n- {on: 2023-12-20, as: done}"),
    ),
    "entered ahead": (
        "day-ahead",
        ("measures", 0, "log", 0, "entered"),
        promise("log:\n- {on: 2023-12-31, note: 封顶, entered: 2024-01-06}"),
        promise("log:\n- {on: 2023-12-31, note: 封顶, entered: 2024-01-05}"),
    ),
    "reply ahead": (
        "day-ahead",
        ("reply_date",),
        "reply_date: 2024-07-24\n",
        "reply_date: 2023-07-24\n",
    ),
    "rating ahead": (
        "day-ahead",
        ("feedback", 0, "on"),
        "feedback:\n  - {on: 2024-08-10, result: satisfied}\n",
        "feedback:\n  - {on: 2023-08-10, result: satisfied}\n",
    ),
    "target revised ahead": (
        "day-ahead",
        ("measures", 0, "targets", 0, "revised", 0, "on"),
        promise("""
            targets:
            - {id: 1, indicator: 校舍, value: 2, revised: [{on: 2024-03-01, from: 2, to: 1}]}
        """),
        promise("""
            targets:
            - {id: 1, indicator: 校舍, value: 2, revised: [{on: 2023-11-01, from: 2, to: 1}]}
        """),
    ),
    "entered before it happened": (
        "entered-before-on",
        ("measures", 0, "log", 0, "entered"),
        promise("log:\n- {on: 2023-12-31, note: 封顶, entered: 2023-12-01}"),
        promise("log:\n- {on: 2023-12-31, note: 封顶, entered: 2023-12-31}"),
    ),
    "received before handed over": (
        "received-before-assigned",
        ("received_on",),
        "assigned_on: 2023-03-28\nreceived_on: 2023-03-27\n",
        "assigned_on: 2023-03-28\nreceived_on: 2023-03-28\n",
    ),
    "answered before handed over": (
        "reply-before-assigned",
        ("reply_date",),
        "assigned_on: 2023-03-28\nreply_date: 2023-02-24\n",
        "assigned_on: 2023-03-28\nreply_date: 2023-07-24\n",
    ),
    "published before answered": (
        "published-before-reply",
        ("publish_date",),
        "reply_date: 2023-07-24\npublish_date: 2023-07-23\n",
        "reply_date: 2023-07-24\npublish_date: 2023-12-29\n",
    ),
    "opinion before handed over": (
        "opinion-before-assigned",
        ("co", 0, "opinion_on"),
        "co:\n  - {body: 市教育局, opinion_on: 2023-03-01}\nassigned_on: 2023-03-28\n",
        "co:\n  - {body: 市教育局, opinion_on: 2023-05-11}\nassigned_on: 2023-03-28\n",
    ),
    "closed before it was promised": (
        "closing-before-reply",
        ("measures", 0, "closings", 0, "on"),
        "reply_date: 2023-07-24\n" + promise("closings:\n- {on: 2023-06-20, as: done}"),
        "reply_date: 2023-07-24\n" + promise("closings:\n- {on: 2023-07-24, as: done}"),
    ),
    "an extension to an earlier day": (
        "extension-not-later",
        ("measures", 0, "extensions", 0, "to"),
        promise("""
            deadline: {date: 2023-12-31}
            extensions:
            - {on: 2023-12-20, to: 2023-12-31, reason: 用地未批}
        """),
        promise("""
            deadline: {date: 2023-12-31}
            extensions:
            - {on: 2023-12-20, to: 2024-01-31, reason: 用地未批}
        """),
    ),
    "extensions in the order of their days, not of their lines": (
        "extension-not-later",
        ("measures", 0, "extensions", 0, "to"),
        promise("""
            deadline: {date: 2023-10-31}
            extensions:
            - {on: 2023-12-20, to: 2023-11-30, reason: 用地未批}
            - {on: 2023-10-20, to: 2023-12-31, reason: 设计未定}
        """),
        promise("""
            deadline: {date: 2023-10-31}
            extensions:
            - {on: 2023-12-20, to: 2024-03-31, reason: 用地未批}
            - {on: 2023-10-20, to: 2023-12-31, reason: 设计未定}
        """),
    ),
    "a target's extension against the target's deadline": (
        "extension-not-later",
        ("measures", 0, "extensions", 0, "to"),
        promise("""
            deadline: {date: 2023-10-31}
            targets:
            - {id: 1, indicator: 校舍, value: 2, deadline: {date: 2023-12-31}}
            extensions:
            - {on: 2023-12-20, to: 2023-11-30, target: 1, reason: 用地未批}
        """),
        promise("""
            deadline: {date: 2023-10-31}
            targets:
            - {id: 1, indicator: 校舍, value: 2}
            extensions:
            - {on: 2023-12-20, to: 2023-11-30, target: 1, reason: 用地未批}
        """),
    ),
    "nothing to extend": (
        "extension-without-deadline",
        ("measures", 0, "extensions", 0),
        promise("""
            deadline: {words: 尽快}
            extensions:
            - {on: 2023-12-20, to: 2024-06-30, reason: 用地未批}
        """),
        promise("""
            targets:
            - {id: 1, indicator: 校舍, value: 2, deadline: {date: 2023-12-31}}
            extensions:
            - {on: 2023-12-20, to: 2024-06-30, target: 1, reason: 用地未批}
        """),
    ),
    "reports end before they begin": (
        "period-reversed",
        ("measures", 0, "reports", "until"),
        promise("cadence: [month]\nreports: {from: 2023-08-01, until: 2023-07-31}"),
        promise("cadence: [month]\nreports: {from: 2023-08-01, until: 2024-07-31}"),
    ),
    "a target that starts after its deadline": (
        "period-reversed",
        ("measures", 0, "targets", 0, "start"),
        promise("""
            targets:
            - {id: 1, indicator: 校舍, value: 2, start: 2024-01-01, deadline: {date: 2023-12-31}}
        """),
        promise("""
            targets:
            - {id: 1, indicator: 校舍, value: 2, start: 2023-01-01, deadline: {date: 2023-12-31}}
        """),
    ),
}


@pytest.mark.parametrize(("code", "at", "bad", "good"), ROWS.values(), ids=ROWS)
def test_doubted_and_its_twin_not(
    code: str, at: tuple[str | int, ...], bad: str, good: str
) -> None:
    assert [(doubt.code, doubt.at) for doubt in doubts(bad)] == [(code, at)]
    assert doubts(good) == []


def test_the_sentence_names_both_days_and_what_to_do() -> None:
    [found] = doubts("reply_date: 2023-07-24\n" + promise("deadline: {date: 2022-12-31}"))
    assert found.message == "时限 2022-12-31 早于答复日期 2023-07-24"
    assert "npcreply edit 2023-46" in found.remedy
    assert "npcreply extend 2023-46.1 --to" in found.remedy


def test_a_firm_promise_without_deadline_or_cadence_is_no_finding() -> None:
    assert doubts("reply_date: 2023-07-24\n" + promise("force: firm")) == []


def test_a_removed_promise_is_left_alone() -> None:
    assert (
        doubts("""
            reply_date: 2023-07-24
            measures:
              - id: 1
                deadline: {date: 2022-12-31}
                removed: {on: 2023-09-01, reason: 误录}
        """)
        == []
    )


def test_the_day_that_was_meant_is_named() -> None:
    text = "reply_date: 2023-06-24\n" + promise(
        "log:\n- {on: 2023-01-03, note: 封顶, entered: 2024-01-04}"
    )
    [found] = doubts(text)
    assert "npcreply set 2023-46.1/1 on=2024-01-03" in found.remedy
    [found] = doubts(
        "reply_date: 2023-05-31\n" + promise("deadline: {date: 2023-09-20, words: 3个月内}")
    )
    assert "npcreply set 2023-46.1 deadline=2023-08-31" in found.remedy
