"""Whether parts that stand in other records sum up to their whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import TypeAlias

from npcreply.domain.checks_across import Placed, Shelf
from npcreply.domain.checks_parts import gap, gap_of, parent_of
from npcreply.domain.figures import Goal, goals
from npcreply.domain.model import Record
from npcreply.domain.targets import AsOf, kind_of, value_on

_Key: TypeAlias = tuple[str, int, int]
"""A record's id, the numbers of promise and target."""


def parts_elsewhere(shelf: Shelf, unread: Collection[str]) -> Iterator[Placed]:
    """County targets in records of their own sum up to the city's. Parts in the whole's own record
    count with them; those in one record alone are that record's check. A file nobody could read
    may hold a part: then nothing is said.
    """
    if unread:
        return
    parts = _parts(shelf)
    for path, record in shelf:
        for goal in goals(record):
            found = parts.get((record.id, *goal.key), [])
            if all(own is record for own, _part in found) or not _levels(goal, found):
                continue
            values = [(value_on(g.target, AsOf(date.max)), g.target.unit) for _r, g in found]
            whole = (value_on(goal.target, AsOf(date.max)), goal.target.unit)
            if sums := gap_of(whole, values):
                yield path, gap((*goal.at, "value"), sums, record)


def _parts(shelf: Shelf) -> dict[_Key, list[tuple[Record, Goal]]]:
    """Return the targets that name another as their whole, by that one."""
    found: dict[_Key, list[tuple[Record, Goal]]] = {}
    for _path, record in shelf:
        for goal in goals(record):
            parent = parent_of(goal, record) if goal.target.parent else None
            if parent:
                key = (parent.record or record.id, parent.measure, parent.target)
                found.setdefault(key, []).append((record, goal))
    return found


def _levels(whole: Goal, parts: list[tuple[Record, Goal]]) -> bool:
    """Tell whether there are several, all of them plain levels told exactly."""
    members = [whole, *(goal for _record, goal in parts)]
    plain = all(kind_of(goal.target) == "level" and not goal.target.approx for goal in members)
    return len(parts) > 1 and plain
