"""The meeting's page: judged once for the day, and again for each month-end from the same lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from npcreply.domain.calendar import month_ends
from npcreply.domain.lines import MeasureLine
from npcreply.domain.selection import Selection
from npcreply.domain.status import Status, may_be_late
from npcreply.domain.targets import AsOf
from npcreply.flows.review import review
from npcreply.session import Session
from npcreply.views.page import Given, Page, page
from npcreply.views.series import Moment

MONTHS = 12


def report(session: Session, selection: Selection, since: date, *, full: bool) -> Page:
    """Return the page of what the filters ask for, compared with `since`."""
    lines = session.index.promises(selection)
    found = review(session, selection, since, "none")
    given = Given(
        as_of=session.as_of,
        items=session.judged(lines, selection),
        late=found.items,
        since=since,
        new=len(found.new),
        gone=found.gone,
        undated=found.undated,
        trend=_trend(session, lines, selection),
        asked=session.printable(selection),
        unreadable=session.left_out,
    )
    return page(given, session.workspace.schema, full=full)


def _trend(session: Session, lines: Iterable[MeasureLine], selection: Selection) -> list[Moment]:
    """Return how many promises were late at the last month-ends, and how many are on the day."""
    days = [*month_ends(session.day, MONTHS), session.day]
    return [Moment(day, _late(session, lines, selection, day)) for day in dict.fromkeys(days)]


def _late(session: Session, lines: Iterable[MeasureLine], selection: Selection, day: date) -> int:
    as_of = AsOf(day, session.as_of.known_on)
    judged = session.judged([ln for ln in lines if may_be_late(ln, as_of)], selection, as_of)
    return sum(item.status is Status.OVERDUE for item in judged)
