"""Where promises and targets stand in their record, and how people call them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Measure, Record, Target

Place: TypeAlias = tuple[str | int, ...]
"""Keys and list positions (from 0) from the record down, as the YAML file has them."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise where it stands in its record; `name` is how people call it: 2023-温46.1."""

    at: Place
    name: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Goal:
    """A target where it stands in its record."""

    promise: Promise
    index: int
    target: Target

    @property
    def at(self) -> Place:
        return (*self.promise.at, "targets", self.index)

    @property
    def key(self) -> tuple[int, int]:
        """Return the numbers of promise and target: one target of the record."""
        return self.promise.measure.id, self.target.id


def promises(record: Record) -> Iterator[Promise]:
    """Yield the promises with their places, without those entered by mistake."""
    if not _LAST or _LAST[0] is not record:
        _LAST[:] = record, tuple(_placed(record))
    yield from _LAST[1]


_LAST: list[Any] = []  # a record and its promises: some fifty checks ask for them one after another


def _placed(record: Record) -> Iterator[Promise]:
    for index, measure in enumerate(record.measures):
        if not measure.removed:
            yield Promise(("measures", index), f"{record.id}.{measure.id}", measure)


def goals(record: Record) -> Iterator[Goal]:
    """Yield every target of the record's promises."""
    for promise in promises(record):
        for index, target in enumerate(promise.measure.targets):
            yield Goal(promise, index, target)
