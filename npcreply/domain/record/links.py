"""What one record says of another: which record or promise its words mean, older or newer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Measure

_REFERENCE = re.compile(r"(?P<record>.+?)(?:(?:\.|#m)(?P<measure>[0-9]+))?")


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


def meant(said: str, record_id: str, *, in_promise: bool) -> tuple[str, int | None]:
    """Return record and promise; a bare number in a promise means one of the same record."""
    words = said.strip()
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
    for said in reply.repeats:
        yield Pair(reply.id, _id(said, reply.id, in_promise=False), Link.REPEATS)


def of_promise(reply_id: str, measure: Measure) -> Iterator[Pair]:
    """Yield what one of its promises goes on with."""
    if measure.carried_from:
        newer = f"{reply_id}.{measure.id}"
        yield Pair(newer, _id(measure.carried_from, reply_id, in_promise=True), Link.CARRIED)


def record_of(id: str) -> str:
    """Return the record of a record's or a promise's id."""
    return id.rpartition(".")[0] or id


def _id(said: str, record_id: str, *, in_promise: bool) -> str:
    record, measure = meant(said, record_id, in_promise=in_promise)
    return record if measure is None else f"{record}.{measure}"
