"""What a report plans itself: new promises, and days that it gives for promises on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.extract.model import Promise
from npcreply.extract.numbers import quantities
from npcreply.extract.promises import promises
from npcreply.grammar.units import convert
from npcreply.reports.matching import SURE
from npcreply.reports.model import Statement
from npcreply.reports.pool import Candidate, Pool
from npcreply.reports.report import Report


@dataclass(frozen=True, slots=True)
class Plan:
    """A sentence that says what is to come; `known`: the promise on record that it says again."""

    promise: Promise
    known: Candidate | None = None

    @property
    def quote(self) -> str:
        return self.promise.quote


def plans(report: Report, pool: Pool, told: Sequence[Statement]) -> Iterator[Plan]:
    """Yield what is to come, but for what the statements `told` say already and what stands in a
    table.
    """
    index, text = report.letter.cleaned.shadow.index, report.letter.text
    taken = [(one.start, one.end) for one in told]
    taken += [(cell.start, cell.end) for table in report.tables for row in table for cell in row]
    for plan in promises(report.letter):
        within = any(start < plan.end and plan.start < end for start, end in taken)
        if plan.mine and plan.sure and not within:
            words = text[index(plan.start) : index(plan.end)]
            yield Plan(plan, _known(words, pool))


def _known(words: str, pool: Pool) -> Candidate | None:
    """The promise on record that plain words say again: its name, and none of its numbers is
    another one (2024年计划320个 is a new target).
    """
    score, best = pool.likest(words)
    if best is None or score < SURE:
        return None
    said = [hit for hit in quantities.find(words) if hit.unit]
    same = [
        hit
        for hit in said
        for target in best.measure.targets
        if target.value is not None and convert(hit.value, hit.unit, target.unit) == target.value
    ]
    return best if same or not said else None
