"""The day that is judged for, and what had happened and was known by then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from npcreply.dataclass import dataclass

if TYPE_CHECKING:  # a day alone needs neither
    from npcreply.domain.record.model import Closing, Measure
    from npcreply.grammar.calendar_periods import Period


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day judged for; `known_on` also leaves out what was entered after that day."""

    day: date
    known_on: date | None = None

    def is_over(self, day: date) -> bool:
        """Return whether a day is over. A last day ends at its midnight (Civil Code, art. 203): on
        the day itself nothing is late yet.
        """
        return day < self.day

    @property
    def last_known(self) -> date:
        """Return the day up to which all that happened is known."""
        return min(self.day, self.known_on or self.day)

    def has_come(self, day: date) -> bool:
        """Return whether a day has begun: what happened on it can be known."""
        return day <= self.day

    def days_late(self, due: date | None) -> int | None:
        """Return how many calendar days a last day is over, None while it is not."""
        return (self.day - due).days if due and self.is_over(due) else None

    def days_left(self, due: date | None) -> int | None:
        """Return how many calendar days remain, 0 on the last day, None once it is over."""
        return (due - self.day).days if due and not self.is_over(due) else None


class Dated(Protocol):
    """Anything in a record that carries the day it happened and the day it was entered."""

    @property
    def on(self) -> date | None: ...
    @property
    def entered(self) -> date | None: ...


D = TypeVar("D", bound=Dated)


def seen(items: Iterable[D], as_of: AsOf) -> list[D]:
    """Return what had happened (and was known) by then, oldest first; undated ones lead.

    Without `entered` an item counts as entered on the day it happened.
    """
    if not items:  # of most kinds of fact a promise has none
        return []
    day, known_on = as_of.day, as_of.known_on
    known = [item for item in items if item.on is None or item.on <= day]
    if known_on:
        known = [item for item in known if (item.entered or item.on or date.min) <= known_on]
    if len(known) > 1:
        known.sort(key=lambda item: item.on or date.min)
    return known


def closed_spans(closings: Iterable[Closing], as_of: AsOf) -> list[Period]:
    """Return the spans in which a promise was closed; the last one is open to the end."""
    from npcreply.grammar.calendar_periods import Period

    spans: list[Period] = []
    since: Closing | None = None
    for closing in seen(closings, as_of):
        if closing.as_ == "reopened" and since:
            spans.append(Period(since.on, closing.on))
            since = None
        elif closing.as_ != "reopened":
            since = since or closing
    return [*spans, Period(since.on, date.max)] if since else spans


def closing_in_force(measure: Measure, as_of: AsOf) -> Closing | None:
    """Return the closing in force on the day, None while the promise is open or reopened."""
    closings = seen(measure.closings, as_of)
    return closings[-1] if closings and closings[-1].as_ != "reopened" else None
