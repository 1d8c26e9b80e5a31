"""`npcreply due`: what is due today and ahead, what has no deadline, what went quiet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

from npcreply.domain.status import OPEN, Judged, Status
from npcreply.language import _
from npcreply.options import Listing, PromiseFilters
from npcreply.session import Session
from npcreply.views.promises import MEASURE
from npcreply.views.screens import DUE_DATA, data_table, due_table, weekday


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    within: Annotated[
        int | None, typer.Option("--within", help=_("今后几天以内，默认 30"), min=0)
    ] = None,
    no_deadline: Annotated[bool, typer.Option("--no-deadline", help=_("未定时限的"))] = False,
    stale: Annotated[int | None, typer.Option("--stale", help=_("几天没有新进展的"), min=1)] = None,
) -> int:
    """今天和今后到期的承诺；--no-deadline 未定时限的，--stale 久未更新的。"""
    schema = session.workspace.schema
    days = schema.settings.soon_days if within is None else within
    selection = filters.selection(schema)
    index, as_of = session.index, session.as_of
    if no_deadline:
        lines = index.undated(as_of, selection)
    elif stale:
        lines = index.open_until(as_of, date.max, selection) + index.undated(as_of, selection)
    else:
        until = session.day + timedelta(days=days)
        lines = index.open_until(as_of, until, selection)
    items = session.judged(lines, selection)
    kept = sorted((item for item in items if _kept(item, days, no_deadline, stale)), key=_order)
    head, empty = _words(session, days, no_deadline, stale)
    screen = due_table(kept, (head, _("共 {count} 项").format(count=len(kept))), empty, schema)
    listing.emit(session, data_table("due", kept, MEASURE, DUE_DATA, schema), screen)
    return session.exit_code


def _kept(item: Judged, days: int, no_deadline: bool, stale: int | None) -> bool:
    if no_deadline:
        return item.status in (Status.UNDATED, Status.CONDITIONAL)
    if stale:
        last = item.last.on if item.last and item.last.on else item.line.reply.reply_date
        return item.status in OPEN and (last is None or (item.as_of.day - last).days >= stale)
    return item.status in OPEN and item.days_left is not None and item.days_left <= days


def _order(item: Judged) -> tuple[date, str, int]:
    return (item.deadline or date.max, item.line.reply.id, item.line.measure.id)


def _words(session: Session, days: int, no_deadline: bool, stale: int | None) -> tuple[str, str]:
    day = f"{session.day} {weekday(session.day)}"
    if no_deadline:
        return _("未定时限的承诺  截至 {day}").format(day=day), _("没有未定时限的承诺。")
    if stale:
        head = _("{count} 天没有新进展的承诺  截至 {day}").format(count=stale, day=day)
        return head, _("没有久未更新的承诺。")
    head = _("{days} 天内到期的承诺  {day} 起").format(days=days, day=day)
    return head, _("{days} 天内没有到期的承诺。").format(days=days)
