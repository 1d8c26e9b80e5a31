"""Where promises and targets stand in their record, and how people call them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeAlias, TypeVar

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


T = TypeVar("T")
Find: TypeAlias = Callable[[Record], Iterator[T]]


def once_a_record(find: Find[T]) -> Callable[[Record], tuple[T, ...]]:
    """Keep what was found in the last record: some fifty checks ask for it one after another."""
    last: list[tuple[Record | None, tuple[T, ...]]] = [(None, ())]

    @wraps(find)
    def found(record: Record) -> tuple[T, ...]:
        of, kept = last[0]
        if of is not record:
            kept = tuple(find(record))
            last[0] = record, kept
        return kept

    return found


@once_a_record
def promises(record: Record) -> Iterator[Promise]:
    """Yield the promises with their places, without those entered by mistake."""
    for index, measure in enumerate(record.measures):
        if not measure.removed:
            yield Promise(("measures", index), f"{record.id}.{measure.id}", measure)


@once_a_record
def goals(record: Record) -> Iterator[Goal]:
    """Yield every target of the record's promises."""
    for promise in promises(record):
        for index, target in enumerate(promise.measure.targets):
            yield Goal(promise, index, target)
