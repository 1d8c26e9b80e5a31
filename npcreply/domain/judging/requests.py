"""What departments ask of the office for a promise, and what of it is not decided on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from npcreply.dataclass import dataclass
from npcreply.domain.judging.status import Judged
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure, Request
from npcreply.domain.time.as_of import AsOf, seen


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that waits for its decision: the promise as judged, and which of the promise's
    requests it is, counted from 1 as they stand in the record.
    """

    judged: Judged
    number: int
    request: Request

    @property
    def line(self) -> MeasureLine:
        return self.judged.line

    @property
    def reply(self) -> ReplyLine:
        return self.judged.reply

    @property
    def days(self) -> int:
        """Return for how many calendar days the request has waited."""
        return (self.judged.as_of.day - self.request.on).days


def undecided(measure: Measure, as_of: AsOf) -> Iterator[tuple[int, Request]]:
    """Yield the requests made and not decided by the day, each with its number in the record."""
    for number, request in enumerate(measure.requests, 1):
        if seen((request,), as_of) and not (request.decided and seen((request.decided,), as_of)):
            yield number, request


def pending(items: Iterable[Judged]) -> list[Pending]:
    """Return every undecided request of the promises, those that wait longest first."""
    found = [
        Pending(item, number, request)
        for item in items
        for number, request in undecided(item.line.measure, item.as_of)
    ]
    return sorted(found, key=lambda one: one.request.on)
