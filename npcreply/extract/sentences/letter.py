"""One reply as its readers share it: the letter, its head, its sentences, its days and numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

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

    def __init__(self, found: Iterable[H], shadow: Shadow) -> None:
        index = shadow.index
        self._hits = [(index(hit.start), index(hit.end), hit) for hit in found]
        self._starts = [start for start, _end, _hit in self._hits]

    def between(self, start: int, end: int) -> list[tuple[int, int, H]]:
        """Return (start, end, hit) for those that begin and end within start to end, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [hit for hit in self._hits[first:last] if hit[1] <= end]


@dataclass(frozen=True, slots=True)
class Page:
    """Places are in `text` (the shadow's) unless a name says `source`."""

    cleaned: Cleaned
    header: Header
    sentences: tuple[Sentence, ...]
    home: int | None
    days: Hits[DateHit]
    rhythms: Hits[CadenceHit]
    numbers: Hits[NumberHit]

    @property
    def text(self) -> str:
        return self.cleaned.shadow.text

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range of a range of the shadow."""
        return self.cleaned.shadow.source(start, end)

    def words(self, start: int, end: int) -> str:
        """Return what the source prints there."""
        first, last = self.source(start, end)
        return self.cleaned.text[first:last]

    @property
    def today(self) -> date | None:
        """Return the day from which the letter looks ahead; where only its year is known, the
        first day of that year: what lies before it is past for certain.
        """
        told = self.header.reply_date
        if told:
            return told.value
        return date(self.home, 1, 1) if self.home else None


def page(cleaned: Cleaned, header: Header) -> Page:
    """Return the letter with everything that its grammars find, each of them run once."""
    text, shadow = cleaned.text, cleaned.shadow
    reply = header.reply_date.value if header.reply_date else None
    days = Dates(text, reply, header.year.value if header.year else None)
    return Page(
        cleaned=cleaned,
        header=header,
        sentences=tuple(outline.outline(cleaned, header)),
        home=days.home,
        days=Hits(days.hits, shadow),
        rhythms=Hits(cadences.find(text), shadow),
        numbers=Hits(quantities.find(text), shadow),
    )


def drafted(hit: DateHit, day: date) -> Drafted[date]:
    """Return a day with the words that say it."""
    return Drafted(day, hit.start, hit.end, hit.words, hit.rule, hit.sure)
