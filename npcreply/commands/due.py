"""`npcreply due`: what is due today and ahead, what has no deadline, what went quiet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Annotated

from npcreply.dataclass import dataclass
from npcreply.domain.judging.duties import Duty, Owed
from npcreply.domain.judging.status import OPEN, Judged, Status
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.names import number_order
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.flows import review, rows
from npcreply.language import _
from npcreply.options import Listing, PromiseFilters
from npcreply.parameters import option
from npcreply.session import Session
from npcreply.views.columns import data_table
from npcreply.views.duties import DUE, DUE_DATA, OWED, STALE, due_table, undated_lead, undated_table
from npcreply.views.words import weekday

_MOST = 36_500  # days: a century, so that no day lies beyond the calendar


EXAMPLES = (
    "due --within 90",
    "due --undated",
)


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    within: Annotated[
        int | None,
        option("--within", help=_("今后几天以内，默认 30"), metavar=_("天数"), min=0),
    ] = None,
    undated: Annotated[
        bool, option("--undated", "--no-deadline", help=_("未定时限的，最久的在前"))
    ] = False,
    stale: Annotated[
        int | None,
        option("--stale", help=_("几天没有新进展的"), metavar=_("天数"), min=1),
    ] = None,
) -> int:
    """今天和今后到期的承诺；--undated 未定时限的，--stale 久未更新的。"""
    within, stale = (None if days is None else min(days, _MOST) for days in (within, stale))
    if sum((within is not None, undated, stale is not None)) > 1:
        raise UsageError(_("--within、--undated、--stale 只能选一个"), _("分开查，一次一个。"))
    schema = session.workspace.schema
    selection = rows.asked(session, filters)
    if undated:
        found = review.undated(session, selection)
        limit = schema.settings.undated_days
        lead = undated_lead(found, session.day, limit)
        data = data_table("due", found, OWED, DUE_DATA, schema, listing.asked)
        listing.emit(session, data, undated_table(found, lead, limit, schema))
        return session.exit_code
    if stale:
        asked = _stale(session, selection, stale)
    else:
        asked = _ahead(session, selection, schema.settings.soon_days if within is None else within)
    owed: list[Owed] = [*rows.promises(session, asked.lines, selection), *asked.duties]
    kept = [item for item in owed if asked.keeps(item)]
    items = sorted(kept, key=lambda item: (asked.order(item), *_place(item)))
    heads = (asked.head, _("共 {count} 项").format(count=len(items)))
    screen = due_table(items, asked.columns, heads, asked.empty, schema)
    listing.emit(session, data_table("due", items, OWED, DUE_DATA, schema, listing.asked), screen)
    return session.exit_code


@dataclass(frozen=True, slots=True)
class _Asked:
    """One of the two questions: the lines that may answer it, which do, in what order."""

    lines: list[MeasureLine]
    keeps: Callable[[Owed], bool]
    order: Callable[[Owed], date]
    columns: tuple[str, ...]
    head: str
    empty: str
    duties: Sequence[Duty] = ()


def _ahead(session: Session, selection: Selection, days: int) -> _Asked:
    until = session.day + timedelta(days=days)
    lines = session.index.open_until(session.as_of, until, selection)
    return _Asked(
        lines,
        lambda item: _is_ahead(item, days) or _waits_for_round(item),
        lambda item: item.deadline or date.max,
        DUE,
        _("{days} 天内到期的  {day} 起").format(days=days, day=_day(session)),
        _("{days} 天内没有到期的。").format(days=days),
        [*rows.beside(session, selection), *rows.reports(session, lines, selection)],
    )


def _stale(session: Session, selection: Selection, days: int) -> _Asked:
    index, as_of = session.index, session.as_of
    quiet_since = session.day - timedelta(days=days)
    return _Asked(
        index.open_until(as_of, None, selection),
        lambda item: item.status in OPEN and _last(item) <= quiet_since,
        _last,
        STALE,
        _("{count} 天没有新进展的承诺  截至 {day}").format(count=days, day=_day(session)),
        _("没有久未更新的承诺。"),
    )


def _is_ahead(item: Owed, days: int) -> bool:
    return item.status in OPEN and item.days_left is not None and item.days_left <= days


def _waits_for_round(item: Owed) -> bool:
    """A reply that did not satisfy is to be handed over now, its last day far off or unknown."""
    waits = isinstance(item, Duty) and item.waits_for_round
    return waits and item.status is not Status.OVERDUE


def _last(item: Owed) -> date:
    """The day of the last entry, else of the reply; long ago where neither has one."""
    if not isinstance(item, Judged):
        return item.reply.reply_date or date.min
    return (item.last.on if item.last else None) or item.line.replied or date.min


def _place(item: Owed) -> tuple[str, int, str]:
    number = item.line.measure.id if item.line else 0
    return number_order(item.reply.id), number, item.key


def _day(session: Session) -> str:
    return f"{session.day} {weekday(session.day)}"
