"""Which events calendars were given: the number that each had last, so that the next one rises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.patterns import pattern
from npcreply.store import files
from npcreply.store.journal.state import State

GONE = ""
"""The digest of an event that was taken back."""

_UID = pattern(r"[^\s@]{1,300}@npcreply")
_MOST = 2**31 - 1  # of a sequence, by RFC 5545


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it was given out last: its `sequence`, a digest of what it said (GONE: that it is
    no more), the promise's id and the day.
    """

    sequence: int
    digest: str
    id: str
    day: date


Events = dict[str, Event]
"""By their uids."""


class GivenOut:
    """The events of one workspace's calendars, in its state folder: no undo takes them back."""

    def __init__(self, root: Path, patience: float = 10) -> None:
        """Know the workspace's folder and how long (seconds) to wait for another writer."""
        self._state = State(root)
        self._patience = patience

    def events(self) -> Events:
        """Return what was given out. What the program did not write so is left out: at worst an
        event is numbered anew.
        """
        data = files.content(self._state.given_out)
        try:
            kept = json.loads((data or b"{}").decode("utf-8"))
        except (ValueError, RecursionError):
            return {}
        kept = kept.items() if isinstance(kept, dict) else ()
        found = ((uid, _event(item)) for uid, item in kept if _UID.fullmatch(uid))
        return {uid: event for uid, event in found if event}

    @contextmanager
    def changing(self) -> Iterator[Events]:
        """Hand out the events to be changed; they are stored when the block ends well.

        Raises CouldNotError where another process writes or the folder is read-only.
        """
        with self._state.locked(self._patience):
            events = self.events()
            before = dict(events)
            yield events
            if events != before:
                files.replace(self._state.given_out, _text(events))


def _text(events: Events) -> bytes:
    lines = (
        f"{json.dumps(uid, ensure_ascii=False)}: "
        f"{json.dumps([e.sequence, e.digest, e.id, e.day.isoformat()], ensure_ascii=False)}"
        for uid, e in sorted(events.items())
    )
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("utf-8", "replace")


def _event(kept: object) -> Event | None:
    match kept:
        case [int(sequence), str(digest), str(id), str(day)] if 0 <= sequence < _MOST:
            try:
                return Event(sequence, digest, id, date.fromisoformat(day))
            except ValueError:
                return None
    return None
