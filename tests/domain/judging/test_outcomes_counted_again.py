"""Two hundred days of reports and outcomes counted a second time: by walking through the days, on
bare tuples, by a program that shares nothing with the package but the record it reads.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from npcreply.domain.judging.status import judge
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.domain.record.settings import Settings, Term
from npcreply.domain.time.as_of import AsOf

DAY = timedelta(days=1)
TERM = "云门市第六届"
TERM_ENDS = date(2025, 9, 20)
LABELS = {
    "week": lambda d: (d - timedelta(days=d.weekday())).toordinal(),
    "half-month": lambda d: (d.year, d.month, d.day > 15),
    "month": lambda d: (d.year, d.month),
    "quarter": lambda d: (d.year, (d.month - 1) // 3),
    "half-year": lambda d: (d.year, d.month > 6),
    "year": lambda d: d.year,
}
ORDER = list(LABELS)


def made(number: int) -> tuple[dict[str, object], date, bool]:
    """A promise, mostly a repeating one, with reports, perhaps extended, perhaps closed; the reply's day; whether
    the reply's term is known.
    """
    dice = random.Random(number)
    replied = date(2024, 1, 1) + dice.randrange(300) * DAY
    cadences = sorted(dice.sample(ORDER, dice.choice([0, 0, 1, 1, 2])), key=ORDER.index)
    data: dict[str, object] = {"id": 1, "text": "定期通报", "cadence": cadences}
    due = replied + dice.randrange(30, 400) * DAY
    if dice.random() < 0.6:
        data["deadline"] = {"date": str(due)}
        if dice.random() < 0.5:
            moved = due + dice.randrange(1, 200) * DAY
            on = due - dice.randrange(-20, 20) * DAY
            data["extensions"] = [{"on": str(on), "to": str(moved), "reason": "工期"}]
    log: list[dict[str, str]] = []
    often = dice.choice([4, 12, 40, 150])
    for _n in range(often):
        entry = {"on": str(replied + dice.randrange(600) * DAY), "note": "通报"}
        if cadences and dice.random() < 0.5:
            entry["cadence"] = dice.choice(cadences)
        log.append(entry)
    data["log"] = log
    if dice.random() < 0.6:
        closed = replied + dice.randrange(1, 600) * DAY
        if "extensions" in data:
            closed = due + dice.randrange(-10, 120) * DAY
        data["closings"] = [{"on": str(closed), "as": dice.choice(["done", "done", "dropped"])}]
    return data, replied, dice.random() < 0.5


def in_force(data: dict[str, object], day: date) -> date | None:
    """The deadline as it stood on a day."""
    given = data.get("deadline")
    if not isinstance(given, dict):
        return None
    due = date.fromisoformat(given["date"])
    for move in data.get("extensions", ()):  # type: ignore[attr-defined]
        if date.fromisoformat(move["on"]) <= day:
            due = date.fromisoformat(move["to"])
    return due


def counted(data: dict[str, object], replied: date, known: bool, day: date) -> list[date]:
    """The last days of the periods without a report, by walking from the reply on."""
    last = in_force(data, day) or (TERM_ENDS if known else date.max)
    closed = [date.fromisoformat(c["on"]) for c in data.get("closings", ())]  # type: ignore[attr-defined]
    closed = [on for on in closed if on <= day]
    found = []
    for cadence in data["cadence"]:  # type: ignore[attr-defined]
        label = LABELS[cadence]
        reported = {
            label(date.fromisoformat(entry["on"]))
            for entry in data["log"]  # type: ignore[attr-defined]
            if date.fromisoformat(entry["on"]) <= day
            and entry.get("cadence", data["cadence"][0]) == cadence  # type: ignore[index]
        }
        walk, begun = replied, label(replied - DAY) != label(replied)
        while walk < day or (closed and walk == closed[0]):
            ends = label(walk) != label(walk + DAY)
            over = ends and walk <= last
            stood = not closed or walk <= closed[0]
            if begun and over and stood and label(walk) not in reported:
                found.append(walk)
            begun = begun or ends
            walk += DAY
    return sorted(found)


def outcome(data: dict[str, object], replied: date, known: bool, day: date) -> str:
    """What became of it, in the words of a clerk with a calendar."""
    closings = [c for c in data.get("closings", ()) if c["on"] <= str(day)]  # type: ignore[attr-defined]
    if not closings:
        due = in_force(data, day)
        if due is None:
            return "undated"
        if due < day:
            return "overdue"
        return "due_today" if due == day else "due_soon" if (due - day).days <= 30 else "open"
    closing = closings[-1]
    if closing["as"] == "dropped":
        return "dropped"
    on = date.fromisoformat(closing["on"])
    due = in_force(data, on)
    missed = counted(data, replied, known, on)
    if missed:
        return "done_late"
    if due is None:
        return "done"
    first = date.fromisoformat(data["deadline"]["date"])  # type: ignore[index]
    if on > due:
        return "done_late"
    if on > first:
        return "done_extended"
    return "done" if on == first else "done_early"


@pytest.mark.parametrize("number", range(200))
def test_reports_and_outcomes_are_what_walking_through_the_days_gives(number: int) -> None:
    data, replied, known = made(number)
    day = replied + random.Random(-number - 1).randrange(1, 650) * DAY
    reply = ReplyLine(
        id="2024-7",
        path="replies/2024/2024-7.yaml",
        kind="suggestion",
        year=2024,
        number="7",
        reply_date=replied,
        term=TERM,
    )
    terms = (Term(name=TERM, until=TERM_ENDS),) if known else ()
    found = judge(MeasureLine(reply, from_plain(Measure, data)), AsOf(day), Settings(terms=terms))
    closed = found.closing.on if found.closing else day
    missed = sorted(period.last for one in found.repeating for period in one.failed)
    assert missed == counted(data, replied, known, min(day, closed))
    assert found.status == outcome(data, replied, known, day)


def test_every_outcome_is_among_the_two_hundred() -> None:
    seen = set()
    for number in range(200):
        data, replied, known = made(number)
        day = replied + random.Random(-number - 1).randrange(1, 650) * DAY
        seen.add(outcome(data, replied, known, day))
    assert {"done_early", "done_late", "done_extended", "overdue", "undated", "dropped"} <= seen
