"""Matters that come back: the chains that repeats and carried-over promises make, both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from npcreply.domain.judging.status import Judged
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.links import Pair, record_of


class Chains:
    """Links between older and newer records and promises, looked along in both directions.

    A promise without a link of its own goes by its record's. Loops (a slip of an id) end where
    they began.
    """

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._older: dict[str, list[Pair]] = {}
        self._newer: dict[str, list[Pair]] = {}
        for pair in pairs:
            self._older.setdefault(pair.newer, []).append(pair)
            self._newer.setdefault(pair.older, []).append(pair)

    def before(self, id: str) -> list[Pair]:
        """Return the links to everything older, the oldest first."""
        found = reversed([*_walked(id, self._older, lambda pair: pair.older)])
        return sorted(found, key=lambda pair: _year(pair.older))

    def after(self, id: str) -> list[Pair]:
        """Return the links from everything newer, nearest first."""
        found = _walked(id, self._newer, lambda pair: pair.newer)
        return sorted(found, key=lambda pair: _year(pair.newer))

    def next(self, id: str) -> tuple[str, ...]:
        """Return what goes on directly with it, promises or records, in order of their ids."""
        return tuple(sorted({pair.newer for pair in _links(id, self._newer)}))

    def ids(self, id: str) -> tuple[str, ...]:
        """Return the whole chain from the oldest to the newest, `id` in its place."""
        older = [pair.older for pair in self.before(id)]
        return (*older, id, *(pair.newer for pair in self.after(id)))


@dataclass(frozen=True, slots=True)
class Relative:
    """A record of a chain, with its promises as they stand on the day, by their ids."""

    reply: ReplyLine
    promises: Mapping[str, Judged]


@dataclass(frozen=True, slots=True)
class Kin:
    """The chains that the record `id` stands in, and the records along them that could be read."""

    id: str
    chains: Chains
    relatives: Mapping[str, Relative]


def _links(id: str, table: Mapping[str, list[Pair]]) -> list[Pair]:
    return table.get(id) or table.get(record_of(id), [])


def _year(id: str) -> str:
    return id.partition("-")[0]


def _walked(id: str, table: Mapping[str, list[Pair]], end: Callable[[Pair], str]) -> Iterator[Pair]:
    """Yield the links reached from `id`, nearest first, each thing once."""
    seen, todo = {id}, [id]
    while todo:
        found = [pair for here in todo for pair in _links(here, table)]
        todo = []
        for pair in found:
            name = end(pair)
            if name not in seen:
                seen.add(name)
                todo.append(name)
                yield pair
