"""What one record says of another: which record or promise its words mean, older or newer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.patterns import pattern

_REFERENCE = pattern(r"(?P<record>.+?)(?:(?:\.|#m)(?P<measure>[0-9]+))?")


class Link(StrEnum):
    """How the newer thing stands to the older one."""

    REPEATS = "repeats"
    CARRIED = "carried_from"


@dataclass(frozen=True, slots=True)
class Pair:
    """The newer of two, by its id, and the older one that it names; either may be a promise."""

    newer: str
    older: str
    link: Link


def meant(reference: str, record_id: str, *, in_promise: bool) -> tuple[str, int | None]:
    """Return record and promise; a bare number in a promise means one of the same record."""
    words = reference.strip()
    if in_promise and words.isdecimal():
        return record_id, int(words)
    found = _REFERENCE.fullmatch(words)
    if not found:
        return words, None
    return found["record"], int(found["measure"]) if found["measure"] else None


def of_reply(reply: ReplyLine) -> Iterator[Pair]:
    """Yield what the record itself says: what it goes on with, what it repeats."""
    if reply.carried_from:
        older = _id(reply.carried_from, reply.id, in_promise=False)
        yield Pair(reply.id, older, Link.CARRIED)
    for reference in reply.repeats:
        yield Pair(reply.id, _id(reference, reply.id, in_promise=False), Link.REPEATS)


def of_promise(reply_id: str, measure: Measure) -> Iterator[Pair]:
    """Yield what one of its promises goes on with, and what it promises once more."""
    newer = f"{reply_id}.{measure.id}"
    if measure.carried_from:
        yield Pair(newer, _id(measure.carried_from, reply_id, in_promise=True), Link.CARRIED)
    for reference in measure.repeats:
        yield Pair(newer, _id(reference, reply_id, in_promise=True), Link.REPEATS)


def told_apart(reply_id: str, measure: Measure) -> set[str]:
    """Return the ids of the promises that somebody said are not this one."""
    return {_id(reference, reply_id, in_promise=True) for reference in measure.differs}


def record_of(id: str) -> str:
    """Return the record of a record's or a promise's id."""
    return id.rpartition(".")[0] or id


def _id(reference: str, record_id: str, *, in_promise: bool) -> str:
    record, measure = meant(reference, record_id, in_promise=in_promise)
    return record if measure is None else f"{record}.{measure}"


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
