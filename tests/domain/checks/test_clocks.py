"""Limits that nobody is chased for: each row a record that broke one, and its sound twin."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from npcreply.domain.checks.texts import clock_checks
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Returned
from npcreply.domain.time.calendar import Calendar
from npcreply.domain.time.clocks import Law
from npcreply.domain.time.rules import Rule, Rulebook

RULES = (
    Rule(key="x/return", duty="return", unit="working_day", value=7, from_="received"),
    Rule(key="x/disclosure", duty="disclosure", unit="working_day", value=20, from_="replied"),
)
LAW = Law(book=Rulebook(rules=RULES), calendar=Calendar(years=frozenset(range(2020, 2030))))
RECEIVED = {"received_on": date(2023, 3, 1)}  # seven working days end on 10 March
REPLIED = {"reply_date": date(2023, 6, 1), "disclosure": "active"}  # twenty end on 29 June


def back(day: int) -> dict[str, Any]:
    return {**RECEIVED, "returned": (Returned(on=date(2023, 3, day)),)}


@pytest.mark.parametrize(
    ("facts", "at", "code"),
    [
        (back(13), ("returned", 0, "on"), "returned-late"),
        (back(10), None, None),
        ({"returned": (Returned(on=date(2023, 3, 13)),)}, None, None),  # received on no known day
        (REPLIED, ("disclosure",), "not-published"),
        ({**REPLIED, "publish_date": date(2023, 6, 30)}, ("publish_date",), "published-late"),
        ({**REPLIED, "publish_date": date(2023, 6, 29)}, None, None),
        ({**REPLIED, "disclosure": "withheld"}, None, None),
        ({**REPLIED, "disclosure": "on_request"}, None, None),
        ({**REPLIED, "disclosure": None}, None, None),
        ({"disclosure": "active"}, None, None),  # replied on no known day
        ({**REPLIED, "reply_date": date(2023, 12, 20)}, None, None),  # not due yet
    ],
)
def test_limits_of_a_record(facts: dict[str, Any], at: Any, code: str | None) -> None:
    given = {"kind": "suggestion", "lead": "市教育局", **facts}
    reply = ReplyLine(id="2023-58", path="58.yaml", year=2023, number="58", **given)
    found = list(clock_checks(reply, LAW, date(2024, 1, 5)))
    assert [(doubt.at, doubt.code) for doubt in found] == ([(at, code)] if code else [])
    assert all("2023-58" in doubt.remedy for doubt in found)
