from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from npcreply.render.ics import ics_bytes
from npcreply.table import Column, Table
from npcreply.views.calendar import COLUMNS

DAY = date(2024, 1, 5)
EVENT: dict[str, Any] = {
    "uid": "2023-温46-m1@npcreply",
    "id": "2023-温46.1",
    "summary": "[市水利局] 温46.1 整治河道12公里",
    "deadline": date(2024, 2, 29),
    "sequence": 1,
    "cancelled": False,
    "alarms": ("-P30D", "-P7D"),
    "description": "一、\n二；三,四\\五",
}


def made(**changed: object) -> bytes:
    columns = tuple(Column(name, name) for name in COLUMNS)
    return ics_bytes(Table("calendar", "时限", columns, ({**EVENT, **changed},)), DAY)


def event(**changed: object) -> Any:
    (found,) = icalendar.Calendar.from_ical(made(**changed)).walk("VEVENT")
    return found


def test_an_event_read_back_is_what_was_written() -> None:
    found = event()
    assert str(found["UID"]) == EVENT["uid"]
    assert str(found["SUMMARY"]) == EVENT["summary"]
    assert str(found["DESCRIPTION"]) == EVENT["description"]
    assert found.decoded("DTSTART") == date(2024, 2, 29)
    assert found.decoded("DTEND") == date(2024, 3, 1)
    assert (found["SEQUENCE"], str(found["STATUS"])) == (1, "CONFIRMED")
    triggers = [alarm.decoded("TRIGGER") for alarm in found.walk("VALARM")]
    assert triggers == [timedelta(days=-30), timedelta(days=-7)]


def test_a_closed_promise_is_cancelled_and_rings_no_more() -> None:
    found = event(cancelled=True)
    assert str(found["STATUS"]) == "CANCELLED"
    assert found.walk("VALARM") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "=1+1"),
        ("字" * 300, "字" * 300),
        ("𠮷䶮🙂" * 40, "𠮷䶮🙂" * 40),
        ("一\r\n二\r三", "一\n二\n三"),
        ("BEGIN:VEVENT\nUID:x", "BEGIN:VEVENT\nUID:x"),
        ("一\x00二\x1b\ud800", "一二"),
        ("a;b,c\\n:d", "a;b,c\\n:d"),
    ],
)
def test_any_text_comes_back_in_lines_of_75_octets(text: str, kept: str) -> None:
    data = made(summary=text, description=text)
    lines = data.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() == line.decode("utf-8", "strict") for line in lines)
    found = event(summary=text, description=text)
    assert (str(found["SUMMARY"]), str(found["DESCRIPTION"])) == (kept, kept)
