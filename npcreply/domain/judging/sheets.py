"""Which return sheets a day finds unanswered: who was asked, who answered when, who is late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import Bench, Duty, What
from npcreply.domain.judging.status import NextStep, Status
from npcreply.domain.record.collected import Asked, Returned
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.time.as_of import AsOf, seen


@dataclass(frozen=True, slots=True)
class SheetState:
    """A sheet on a day: `returned` is its first answer known by then, None while there is none;
    `late` counts the calendar days by which it was or is late, None where it is not.
    """

    asked: Asked
    as_of: AsOf
    returned: Returned | None

    @property
    def late(self) -> int | None:
        until = self.returned.on if self.returned else self.as_of.day
        due = self.asked.due
        return (until - due).days if due and until > due else None


def states(sheets: Iterable[Asked], as_of: AsOf) -> list[SheetState]:
    """Return how each sheet that had been handed out by the day stands on it."""
    known = seen(sheets, as_of)
    return [SheetState(one, as_of, next(iter(seen(one.returned, as_of)), None)) for one in known]


def sheets_owed(sheets: Iterable[Asked], bench: Bench) -> list[Duty]:
    """Return one row for each sheet that did not come back. A department that was asked again
    since owes the last sheet only: the earlier one cannot come any more.
    """
    found = states(sheets, bench.as_of)
    last = {bench.settings.full_name(one.asked.department): one.asked.id for one in found}
    return [
        _duty(one.asked, bench)
        for one in found
        if one.returned is None
        and last[bench.settings.full_name(one.asked.department)] == one.asked.id
    ]


def _duty(sheet: Asked, bench: Bench) -> Duty:
    due: date | None = sheet.due
    return Duty(
        what=What.SHEET,
        reply=of_sheet(sheet),
        departments=(sheet.department,),
        as_of=bench.as_of,
        settings=bench.settings,
        deadline=due,
        status=bench.status(due) if due else Status.OPEN,
        next_step=NextStep.ASK_SHEET,
        rule=sheet.collection,
        count=sheet.count,
    )


def of_sheet(sheet: Asked) -> ReplyLine:
    """Return what a row about a sheet stands under, as a row about a reply stands under that: its
    id and file, the department, the day it was asked.
    """
    return ReplyLine(
        id=sheet.id,
        path=f"collected/{sheet.collection}.yaml",
        kind="",
        year=sheet.on.year,
        number=sheet.id,
        lead=sheet.department,
        assigned_on=sheet.on,
        workspace=sheet.workspace,
    )
