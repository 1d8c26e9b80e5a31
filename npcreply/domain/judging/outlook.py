"""How a promise stands from its last dated fact on: what only the passing of days still changes."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import reports_owed
from npcreply.domain.judging.status import Status, decided, undecided
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, Dated, closing_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A promise from the day `known_by` on, while nothing more is entered: `met` is None where it
    is closed, else whether every number is reached; `due` is the deadline that decides; `watch` is
    the last day of the first report that is owed, None where none is. date.max as `known_by` means
    that every day has to be judged for itself.

    Facts for narrowing and counting only: `status` decides, also what these values are on a day.
    """

    known_by: date
    met: bool | None = None
    due: date | None = None
    watch: date | None = None


def outlook(line: MeasureLine, settings: Settings) -> Outlook:
    """Return how the promise stands once everything that its record tells has happened."""
    measure = line.measure
    last = AsOf(max(_days(line)))
    if closing_in_force(measure, last):
        return Outlook(known_by=last.day)
    by = decided(line, last, settings)
    reports = [duty.deadline for duty in reports_owed(line, last, settings) if duty.deadline]
    if measure.cadence and (measure.targets or not reports):
        return Outlook(known_by=date.max, met=False)  # its periods are judged as they pass
    return Outlook(
        known_by=last.day,
        met=by.status is Status.TO_VERIFY,
        due=by.due.date,
        watch=min(reports, default=None),
    )


def status_of(found: Outlook, force: str, as_of: AsOf, settings: Settings) -> Status:
    """Return the status on a day from `known_by` on of an open promise of that force."""
    if found.met:
        return Status.TO_VERIFY
    return undecided(found.due, force, as_of, settings.soon_days)


def _days(line: MeasureLine) -> list[date]:
    """Return every day on which something happened to the promise or was entered."""
    measure = line.measure
    facts: list[Dated] = [*measure.log, *measure.extensions, *measure.closings]
    for target in measure.targets:
        facts += target.revised
    days = [day for fact in facts for day in (fact.on, fact.entered) if day]
    return [*days, line.replied or date.min]
