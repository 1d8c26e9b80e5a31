"""`npcreply overdue`: the weekly review on one screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from npcreply.domain.review import GROUPS
from npcreply.domain.selection import Selection
from npcreply.errors import EXIT_FINDINGS, UsageError
from npcreply.flows import review, rows
from npcreply.language import _, listed
from npcreply.options import Listing, PromiseFilters, since_day
from npcreply.session import Session
from npcreply.views.columns import data_table
from npcreply.views.duties import OVERDUE_DATA, OWED, nothing_late, overdue_table, review_lead


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    since: Annotated[
        str | None, typer.Option("--since", help=_("和哪天比，默认一周前"), metavar=_("日期"))
    ] = None,
    group: Annotated[
        str, typer.Option("--group", help=_("分组：dept 责任单位、deputy 代表、year 年份、none"))
    ] = "dept",
    exit_code: Annotated[bool, typer.Option("--exit-code", help=_("有逾期时退出码为 4"))] = False,
) -> int:
    """逾期的承诺、法定期限已过的答复，和等待销号的承诺；按责任单位分组。"""
    if group not in GROUPS:
        raise UsageError(
            _("--group 没有“{said}”这个取值").format(said=group),
            _("可以写：{options}。").format(options=listed(GROUPS)),
        )
    schema = session.workspace.schema
    selection = rows.asked(session, filters)
    found = review.review(session, selection, since_day(session, since), group)
    lead = review_lead(found, selection, schema.settings.soon_days)
    screen = overdue_table(found.items, found.new, group, lead, schema)
    if not found.items and not listing.machine:
        empty = session.nothing_yet() or _nothing_late(session, selection)
        screen = replace(screen, lead=(), empty=empty)
    listing.emit(
        session,
        data_table("overdue", found.items, OWED, OVERDUE_DATA, schema, listing.asked),
        screen,
    )
    return session.exit_code or (EXIT_FINDINGS if exit_code and found.overdue else 0)


def _nothing_late(session: Session, selection: Selection) -> str:
    quiet = review.quiet(session, selection)
    return nothing_late(session.day, selection, quiet.replies, quiet.promises, quiet.soonest)
