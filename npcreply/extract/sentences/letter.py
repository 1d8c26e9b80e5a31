"""One letter as its readers share it: its text and head, its sentences, its days and numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import Generic, Protocol, TypeVar

from npcreply.dataclass import dataclass
from npcreply.extract.days import cadences
from npcreply.extract.days.cadences import CadenceHit
from npcreply.extract.days.dates import DateHit, Dates
from npcreply.extract.header import Header
from npcreply.extract.model import Drafted
from npcreply.extract.numbers import quantities
from npcreply.extract.numbers.quantities import NumberHit
from npcreply.extract.page import Cleaned
from npcreply.extract.sentences import outline
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.text.normalized import Shadow


class _Hit(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


H = TypeVar("H", bound=_Hit)


class Hits(Generic[H]):
    """What a grammar found in the whole text, by its places in the shadow."""

    def __init__(self, hits: Iterable[H], shadow: Shadow) -> None:
        index = shadow.index
        self._hits = [(index(hit.start), index(hit.end), hit) for hit in hits]
        self._starts = [start for start, _end, _hit in self._hits]

    def between(self, start: int, end: int) -> list[tuple[int, int, H]]:
        """Return (start, end, hit) for those that begin and end within start to end, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [hit for hit in self._hits[first:last] if hit[1] <= end]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with what its grammars find. Places are in `text`, the shadow's, and are turned
    into those of the saved text by `source`. `year`: the one that 今年 means, None if unknown.
    """

    cleaned: Cleaned
    header: Header
    sentences: tuple[Sentence, ...]
    year: int | None
    days: Hits[DateHit]
    cadences: Hits[CadenceHit]
    numbers: Hits[NumberHit]

    @property
    def text(self) -> str:
        """The shadow: the letter in plain characters, the blanks of its lines closed up."""
        return self.cleaned.shadow.text

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the saved text for a range of the shadow."""
        return self.cleaned.shadow.source(start, end)

    def words(self, start: int, end: int) -> str:
        """Return what the saved text prints in a range of the shadow."""
        first, last = self.source(start, end)
        return self.cleaned.text[first:last]

    def quoted(self, value: str, start: int, end: int, rule: str) -> Drafted[str]:
        """Return a value with the words of a range of the shadow that say it."""
        first, last = self.source(start, end)
        return Drafted(value, first, last, self.cleaned.text[first:last], rule)

    @property
    def written(self) -> date | None:
        """The day at the foot of the letter, None where it has none."""
        return self.header.reply_date.value if self.header.reply_date else None

    @property
    def today(self) -> date | None:
        """The day from which the letter looks ahead; where only its year is known, the first day
        of that year: what lies before it is past for certain.
        """
        return self.written or (date(self.year, 1, 1) if self.year else None)


def read_letter(cleaned: Cleaned, header: Header) -> Letter:
    """Return the letter with everything that its grammars find, each of them run once."""
    text, shadow = cleaned.text, cleaned.shadow
    days = days_of(text, header)
    return Letter(
        cleaned=cleaned,
        header=header,
        sentences=tuple(outline.outline(cleaned, header)),
        year=days.home,
        days=Hits(days.hits, shadow),
        cadences=Hits(cadences.find(text), shadow),
        numbers=Hits(quantities.find(text), shadow),
    )


def days_of(text: str, header: Header) -> Dates:
    """Return the dates of a letter's text, counted from its day and year as its header has them."""
    day, year = header.reply_date, header.year
    return Dates(
        text,
        day.value if day else None,
        year.value if year else None,
        doubt=year.doubt if year else None,
    )


def drafted_day(hit: DateHit, day: date) -> Drafted[date]:
    """Return a day with the words that say it."""
    return Drafted(day, hit.start, hit.end, hit.words, hit.rule, hit.doubt)
