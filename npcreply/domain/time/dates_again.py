"""Which dates of a record follow from its header by their words; what they are under another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Deadline, Measure, Record
from npcreply.grammar.days import DayError, latest_day, next_day, typed_day

FIRST_ROUND = (None, 1)


@dataclass(frozen=True, slots=True)
class Header:
    """What the words of a promise count from: the day of the reply (before there is one, of the
    hand-over), else the year of the session.
    """

    since: date | None
    year: int

    @classmethod
    def of(cls, record: Record) -> Header:
        """Return the header of a record."""
        return cls(record.reply_date or record.assigned_on, record.year)

    @property
    def start(self) -> date:
        """The day that stands for it."""
        return self.since or date(self.year, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date of a promise with its words: of the promise, of a target, or of a line of its log (its
    index from 0). `again` is what its words say under the new header; None: they did not give the
    date under the old one (typed, changed or `extended` since), so that it is left.
    """

    measure: int
    target: int | None = None
    entry: int | None = None
    words: str | None
    day: date
    again: date | None = None
    extended: bool = False


def dates_again(record: Record, before: Header, after: Header) -> list[Dated]:
    """Return every date that another header changes, and those that nobody can derive anew, in the
    record's order; none where the words count from the same day. Promises of a later reply hang on
    that reply and are left out; so are dates whose words print their year.
    """
    mine = (m for m in record.measures if m.round in FIRST_ROUND and not m.removed)
    dates = [dated for measure in mine for dated in _of_measure(measure, before, after)]
    changed = before.start.year != after.start.year or any(dated.again for dated in dates)
    return dates if changed else []


def _of_measure(measure: Measure, before: Header, after: Header) -> Iterator[Dated]:
    for target, deadline in _deadlines(measure):
        if deadline.date:
            again = _again(deadline.words, deadline.date, before, after, _AHEAD)
            if again != deadline.date:
                yield Dated(
                    measure=measure.id,
                    target=target,
                    words=deadline.words,
                    day=deadline.date,
                    again=again,
                )
    if measure.extensions:
        last = measure.extensions[-1]
        yield Dated(measure=measure.id, target=last.target, words=None, day=last.to, extended=True)
    for index, entry in enumerate(measure.log):
        again = _again(entry.words, entry.on, before, after, _PAST) if entry.on else None
        if entry.on and again and again != entry.on:
            yield Dated(
                measure=measure.id, entry=index, words=entry.words, day=entry.on, again=again
            )


def _deadlines(measure: Measure) -> Iterator[tuple[int | None, Deadline]]:
    if measure.deadline:
        yield None, measure.deadline
    for target in measure.targets:
        if target.deadline:
            yield target.id, target.deadline


Reading = Callable[[str, Header], date]


def _again(
    words: str | None, day: date, before: Header, after: Header, readings: tuple[Reading, ...]
) -> date | None:
    """Return what the words give under the new header by the reading that gave `day`."""
    for reading in readings if words else ():
        if _read(reading, words or "", before) == day:
            return _read(reading, words or "", after)
    return None


def _read(reading: Reading, words: str, header: Header) -> date | None:
    try:
        return reading(words, header)
    except DayError:
        return None


def _next(words: str, header: Header) -> date:
    return next_day(words, header.start, header.start).date


def _of_the_year(words: str, header: Header) -> date:
    """As letters without a day are read, and as versions before 0.2 read what was typed."""
    return typed_day(words, header.start, header.start.year).date


def _latest(words: str, header: Header) -> date:
    return latest_day(words, header.start).date


_AHEAD: tuple[Reading, ...] = (_next, _of_the_year)
_PAST: tuple[Reading, ...] = (_latest, _of_the_year)
