"""What the soak's workspace must hold and answer, in plain Python: nothing of the program is used.

A record is its promises by id; a promise is a deadline, what happened to it and when that was
entered, perhaps a number to reach or a report every month. `rows` says what `overdue` must name.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

REPLIED = date(2023, 2, 1)

Row = tuple[str, str, str, int | None]
"""Id, what the row is about, how it stands, how many reports are missing."""


@dataclass(frozen=True)
class Event:
    """Something dated: `said` is a new deadline, whether it closes, or a figure (None: words).
    Without `entered` it counts as known on its own day.
    """

    on: date
    said: Any
    entered: date | None


Events = tuple[Event, ...]


def seen(events: Events, day: date, known: date | None) -> list[Event]:
    """Return what had happened by a day and was known by another, oldest first."""
    there = [
        event
        for event in events
        if event.on <= day and (known is None or (event.entered or event.on) <= known)
    ]
    return sorted(there, key=lambda event: event.on)


@dataclass(frozen=True)
class Promise:
    """One promise. `target` is a number to reach, `monthly` says that a report is owed a month."""

    deadline: date | None
    target: int | None = None
    monthly: bool = False
    extensions: Events = ()
    closings: Events = ()
    logs: Events = ()
    revised: Events = ()

    @property
    def is_closed(self) -> bool:
        """Return whether the last word on it, by day, is that it is kept."""
        return self.closed_on(date.max, None)

    def closed_on(self, day: date, known: date | None) -> bool:
        """Return whether it was closed on a day."""
        closings = seen(self.closings, day, known)
        return bool(closings) and closings[-1].said

    def due(self, day: date, known: date | None = None) -> date | None:
        """Return the deadline in force on a day."""
        moves = seen(self.extensions, day, known)
        return moves[-1].said if moves else self.deadline

    def is_met(self, day: date, known: date | None = None) -> bool:
        """Return whether the last figure by that day reaches the number wanted on it."""
        figures = [event.said for event in seen(self.logs, day, known) if event.said is not None]
        wanted = [self.target, *(event.said for event in seen(self.revised, day, known))][-1]
        return wanted is not None and bool(figures) and figures[-1] >= wanted

    def missing(self, day: date, known: date | None = None) -> list[date]:
        """Return the last days of the months that are over, were owed and have no report."""
        due = self.due(day, known)
        closed = spans(seen(self.closings, day, known))
        told = [event.on for event in seen(self.logs, day, known)]
        return [
            last
            for first, last in months(REPLIED, min(day, due) if due else day)
            if (last < day or any(last == since for since, _to in closed))
            and not any(since < last and first < to for since, to in closed)
            and not any(first <= on <= last for on in told)
        ]

    def with_event(self, kind: str, event: Event) -> Promise:
        """Return the promise with one thing more that happened to it."""
        return replace(self, **{kind: (*getattr(self, kind), event)})


def spans(closings: list[Event]) -> list[tuple[date, date]]:
    """Return from when until when the promise was closed."""
    found: list[tuple[date, date]] = []
    since: date | None = None
    for event in closings:
        if event.said:
            since = since or event.on
        elif since:
            found.append((since, event.on))
            since = None
    return [*found, (since, date.max)] if since else found


def months(first: date, last: date) -> list[tuple[date, date]]:
    """Return the whole months between two days, each with its first and last day."""
    found = []
    begin = first if first.day == 1 else end_of_month(first) + timedelta(1)
    while (end := end_of_month(begin)) <= last:
        found.append((begin, end))
        begin = end + timedelta(1)
    return found


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Reply:
    """A record: its promises by id, how many ids were ever given, and which edit it had last."""

    promises: tuple[tuple[int, Promise], ...]
    given: int
    edit: int = 0

    def changed(self, number: int, promise: Promise | None) -> Reply:
        """Return the record with a promise as given, or without it."""
        held = dict(self.promises)
        held.pop(number, None) if promise is None else held.update({number: promise})
        return replace(self, promises=tuple(sorted(held.items())))

    def with_promise(self, promise: Promise) -> Reply:
        """Return the record with one promise more."""
        return replace(self.changed(self.given + 1, promise), given=self.given + 1)


Records = dict[int, Reply | None]


@dataclass(frozen=True)
class Step:
    """One write that undo takes back: what was and what is, of each record that it touched."""

    before: Records
    after: Records


@dataclass
class Model:
    """The records, what undo and redo would take, and the clock."""

    today: date
    records: dict[int, Reply] = field(default_factory=dict)
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def become(self, after: Records) -> None:
        """Make these records so (None: gone)."""
        for number, reply in after.items():
            if reply is None:
                self.records.pop(number, None)
            else:
                self.records[number] = reply

    def rows(self, day: date, known: date | None) -> set[Row]:
        """Return what `overdue` has to name on a day, by what was known on another."""
        found: set[Row] = set()
        for number, reply in self.records.items():
            for item, promise in reply.promises:
                found |= owed(f"2023-{number}.{item}", promise, day, known)
        return found


def owed(name: str, promise: Promise, day: date, known: date | None) -> set[Row]:
    """Return the rows of one promise: itself where its day is past, its missing reports."""
    if promise.closed_on(day, known):
        return set()
    found: set[Row] = set()
    due = promise.due(day, known)
    if due and due < day:
        stands = "to_verify" if promise.is_met(day, known) else "overdue"
        found.add((name, "promise", stands, None))
    missing = promise.missing(day, known) if promise.monthly else []
    if missing:
        found.add((name, "report", "overdue", len(missing)))
    return found


def held(reply: Reply) -> dict[str, Any]:
    """Return what a record's file must hold, promise by promise, in the shape of `stored`."""
    return {str(item): _held(promise) for item, promise in reply.promises}


def _held(promise: Promise) -> dict[str, Any]:
    def told(events: Events) -> list[tuple[str, str]]:
        return [(str(event.on), "" if event.said is None else str(event.said)) for event in events]

    words = {True: "done", False: "reopened"}
    return {
        "deadline": str(promise.deadline or ""),
        "extensions": told(promise.extensions),
        "closings": [(str(event.on), words[event.said]) for event in promise.closings],
        "log": told(promise.logs),
        "revised": told(promise.revised),
    }


def stored(measures: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the same of a file as a YAML library reads it, every scalar as its letters."""
    return {m["id"]: _stored(m) for m in measures if "removed" not in m}


def _stored(measure: dict[str, Any]) -> dict[str, Any]:
    def told(items: list[dict[str, str]], key: str) -> list[tuple[str, str]]:
        return [(item["on"], item.get(key, "")) for item in items]

    targets = measure.get("targets", [])
    return {
        "deadline": measure.get("deadline", {}).get("date", ""),
        "extensions": told(measure.get("extensions", []), "to"),
        "closings": told(measure.get("closings", []), "as"),
        "log": told(measure.get("log", []), "value"),
        "revised": [pair for target in targets for pair in told(target.get("revised", []), "to")],
    }
