"""What became of promises, held against their first date: each falls into one outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from npcreply.domain.judging.status import Judged
from npcreply.domain.statistics import WHEN_DUE_FIRST, Rated, Tally, fate

OUTCOMES = (
    *("in_time", "late", "undated_kept", "extended", "not_kept"),
    *("to_verify", "open", "undated", "dropped"),
)
"""Every outcome, in the order in which they are told; together they are all promises but those
that went into another one.
"""
LATE = frozenset({"late", "not_kept"})
"""Outcomes of which it is told by how many days."""

_OF_FATE = {
    "kept_in_time": "in_time",
    "kept_extended": "late",
    "kept_late": "late",
    "kept_undated": "undated_kept",
    "late": "not_kept",
    "to_verify": "to_verify",
    "undated": "undated",
    "dropped": "dropped",
}


def outcome(item: Judged) -> str | None:
    """Return the outcome of a promise by its first date: kept after an extension is kept late, what
    waits for a new date is extended. None for what went into another promise.
    """
    found = fate(item)
    if found == "open":
        return "extended" if item.extensions else "open"
    return _OF_FATE.get(found)


def days_late(item: Judged) -> int | None:
    """Return by how many days the first date was missed: until it was closed, else until the day
    judged for. None where it was not, or nobody can say: it has no date, or it was closed by its
    first date with a periodic report missing.
    """
    first = item.original_deadline or item.deadline
    if first is None or outcome(item) not in LATE:
        return None
    until = item.closing.on if item.closing else item.as_of.day
    return max((until - first).days, 0) or None


class Outcomes:
    """The outcomes of promises, counted as they pass."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._due = Tally([WHEN_DUE_FIRST])
        self._days: dict[str, list[int]] = {name: [] for name in LATE}

    def add(self, item: Judged) -> None:
        found = outcome(item)
        if found is None:
            return
        self.counts[found] += 1
        self._due.add(item)
        if days := days_late(item):
            self._days[found].append(days)

    @property
    def of(self) -> int:
        """Return the denominator of every outcome."""
        return self.counts.total()

    @property
    def due(self) -> Rated:
        """Return how many of those that were due by their first date were kept by it."""
        return self._due.rates()[0]

    def days(self, name: str) -> tuple[int, int, int] | None:
        """Return the median (of an even number the lower of the two in the middle) and the most of
        the days late, and of how many promises they are known; None where of none.
        """
        known: Sequence[int] = sorted(self._days.get(name, ()))
        return (known[(len(known) - 1) // 2], known[-1], len(known)) if known else None
