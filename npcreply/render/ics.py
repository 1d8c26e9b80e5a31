"""A table of events as an iCalendar file (RFC 5545): all-day, with alarms, folded by octets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from npcreply.patterns import pattern
from npcreply.table import Cell, Row, Table

_LONGEST = 75  # octets a line may have (RFC 5545, 3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_UNFIT = pattern("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def ics_bytes(table: Table, day: date) -> bytes:
    """Return the events of a table with the columns of views/calendar.py, stamped with `day`."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//npcreply//npcreply//ZH"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"X-WR-CALNAME:{_text(table.title)}"]
    for row in table.rows:
        lines += _event(row, day)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(row: Row, day: date) -> Iterator[str]:
    last = row["deadline"]
    if not isinstance(last, date):
        raise TypeError(last)
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(row['uid'])}"
    yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{last:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SEQUENCE:{row['sequence']}"
    yield f"SUMMARY:{_text(row['summary'])}"
    yield f"DESCRIPTION:{_text(row['description'])}"
    yield f"STATUS:{'CANCELLED' if row['cancelled'] else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if not row["cancelled"]:
        yield from _alarms(_text(row["summary"]), row["alarms"])
    yield "END:VEVENT"


def _alarms(summary: str, triggers: Cell) -> Iterator[str]:
    for trigger in triggers if isinstance(triggers, tuple) else ():
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{summary}")
        yield from (f"TRIGGER:{trigger}", "END:VALARM")


def _text(cell: object) -> str:
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text).translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Cut after at most 75 octets, never inside a character; what follows begins with a blank."""
    parts, room = [b""], _LONGEST
    for character in line:
        octets = character.encode()
        if len(parts[-1]) + len(octets) > room:
            parts.append(b"")
            room = _LONGEST - 1
        parts[-1] += octets
    return b"\r\n ".join(parts) + b"\r\n"
