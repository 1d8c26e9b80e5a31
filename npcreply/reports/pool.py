"""The promises that a report may be about: their targets, their names, which record is named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from npcreply.domain.record.model import Measure, Record, Target
from npcreply.extract.words import rx
from npcreply.reports import names
from npcreply.reports.model import Statement, Zone
from npcreply.reports.names import Key, Weights


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A promise, one of its targets, or a number that was reported of it before (`indicator`)."""

    record: Record
    measure: Measure
    target: Target | None = None
    indicator: str = ""

    @property
    def name(self) -> str:
        """What it is known by."""
        if self.target:
            return self.target.indicator
        return self.indicator or self.measure.text

    @property
    def unit(self) -> str | None:
        if self.target:
            return self.target.unit
        return next((e.unit for e in self.measure.log if e.indicator == self.indicator), None)


@dataclass
class Pool:
    """The promises that a report may be about; `own` keeps the pairs of each one's names."""

    records: Sequence[Record]
    own: dict[Candidate, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> list[Candidate]:
        """The targets, and the numbers reported before that no target has."""
        return [one for record in self.records for one in _numbers(record)]

    @cached_property
    def promises(self) -> list[Candidate]:
        """The promises that stand."""
        return [
            Candidate(record, measure)
            for record in self.records
            for measure in record.measures
            if not measure.removed
        ]

    @cached_property
    def keys(self) -> dict[Candidate, Key]:
        numbers = {one: Key.of_number(one.name) for one in self.numbers}
        return numbers | {one: Key.of_promise(one.name) for one in self.promises}

    @cached_property
    def weights(self) -> Weights:
        return Weights(self.keys.values(), " ".join(one.title or "" for one in self.records))

    def likest(self, words: str) -> tuple[float, Candidate | None]:
        """Return the promise whose own name stands most in some plain words, and how much of it."""
        zones = (Zone(names.without_numbers(words), 1.0),)
        scored = [(self.weights.covered(self.keys[one], zones), one) for one in self.promises]
        return max(scored, key=lambda pair: pair[0], default=(0.0, None))

    def about(self, statement: Statement) -> list[Record]:
        """Return the records that the headings above a statement name, the innermost first; all
        where none is named.
        """
        for words in reversed(statement.headings):
            named = [
                record for record in self.records if is_named(words, record.number, record.title)
            ]
            if named:
                return named
        return list(self.records)


def is_named(words: str, number: str, title: str | None) -> bool:
    """Return whether plain words name a record, by its number (第17号, 温第46号) or its title."""
    own = names.plain(title or "")
    if own and own in words:
        return True
    printed = _NUMBER.match(names.plain(number))
    if printed is None:
        return False
    prefix, digits = printed["prefix"], printed["digits"]
    every = {digits, digits.lstrip("0") or digits}
    return any(f"第{form}号" in words for digit in every for form in (digit, f"{prefix}{digit}"))


_NUMBER = rx(r"(?P<prefix>[一-龥A-Za-z]{0,4})(?P<digits>[0-9][0-9A-Za-z-]*)$")


def _numbers(record: Record) -> Iterator[Candidate]:
    for measure in record.measures:
        if measure.removed:
            continue
        for target in measure.targets:
            yield Candidate(record, measure, target)
        told = dict.fromkeys(e.indicator for e in measure.log if e.indicator)
        yield from (Candidate(record, measure, None, name) for name in told if name)
