"""The weekly review's question: what is late, what is new since last time, what comes next."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import Owed
from npcreply.domain.judging.outlook import status_of
from npcreply.domain.judging.status import OPEN, Judged, Status
from npcreply.domain.review import Review, in_order, listed, no_start, soonest
from npcreply.domain.selection import EVERYTHING, Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.flows import rows
from npcreply.session import Session

SOON = (Status.DUE_TODAY, Status.DUE_SOON)
UNDATED = (Status.UNDATED, Status.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class _Compared:
    """One workspace's rows on the day and on `since`, and how many promises stand how."""

    now: list[Owed]
    then: list[Owed]
    counted: Counter[Status]


def review(session: Session, selection: Selection, since: date, by: str) -> Review:
    """Judge promises and duties on the session's day and on `since`, and set the two side by
    side.
    """
    parts = [_compared(one, selection, since) for one in session.parts]
    now = [item for part in parts for item in part.now]
    items = in_order([item for item in now if listed(item)], by)
    old = {item.key: item for part in parts for item in part.then if listed(item)}
    keys = {item.key for item in items}
    standing = {item.key: item for item in now}
    left = [standing.get(key, item) for key, item in old.items() if key not in keys]
    counted = sum((part.counted for part in parts), Counter[Status]())
    return Review(
        day=session.day,
        items=tuple(items),
        since=since,
        new=frozenset(keys - old.keys()),
        left=tuple(in_order(left, by)),
        soon=sum(counted[status] for status in SOON),
        undated=sum(counted[status] for status in UNDATED),
        no_start=no_start(now),
    )


def _compared(session: Session, selection: Selection, since: date) -> _Compared:
    settings = session.workspace.schema.settings
    known = session.as_of.known_on
    until = session.day + timedelta(days=settings.soon_days)
    before = AsOf(min(since, session.day), known)
    lines = session.index.stirring(before, session.day, until, selection)
    counted: Counter[Status] = Counter()
    if selection == EVERYTHING:
        for ahead in session.index.ahead_counts(before, session.day, until):
            status = status_of(ahead.outlook, ahead.force, session.as_of, settings)
            counted[status] += ahead.promises
    else:  # filters look at the rows themselves
        lines += session.index.ahead(before, session.day, until, selection)
    now = rows.owed(session, lines, selection)
    then = rows.owed(session, lines, selection, AsOf(since, known))
    counted.update(item.status for item in now if item.status in SOON or isinstance(item, Judged))
    return _Compared(now, then, counted)


def undated(session: Session, selection: Selection) -> list[Judged]:
    """Return the open promises without a deadline, the oldest first."""
    judged = (
        item
        for one in session.parts
        for item in rows.promises(one, one.index.undated(session.as_of, selection), selection)
    )
    found = [item for item in judged if item.status in OPEN and item.deadline is None]
    return sorted(found, key=lambda item: item.line.replied or date.min)


@dataclass(frozen=True, slots=True)
class Quiet:
    """What was looked through where nothing is late, and the row that is due next."""

    replies: int
    promises: int
    soonest: Owed | None


def quiet(session: Session, selection: Selection) -> Quiet:
    """Return what an empty review looked through and what comes next."""
    owed = [
        item
        for one in session.parts
        for item in rows.owed(one, one.index.promises(selection), selection)
    ]
    judged = [item for item in owed if isinstance(item, Judged)]
    return Quiet(len({item.reply.id for item in judged}), len(judged), soonest(owed))
