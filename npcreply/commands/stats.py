"""`npcreply stats`: counts that add up, by department, session, year, kind or month."""

from __future__ import annotations

from typing import Annotated

import typer

from npcreply.errors import UsageError
from npcreply.language import _, listed
from npcreply.options import Listing, PromiseFilters
from npcreply.session import Session
from npcreply.views.counts import BY, counts_table


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    by: Annotated[
        str,
        typer.Option(
            "--by", help=_("dept 责任单位、session 届次、year 年份、kind 类别、month 时限所在月")
        ),
    ] = "dept",
) -> int:
    """计数：各状态多少项，每行、每列都加得起来。"""
    if by not in BY:
        raise UsageError(
            _("--by 没有“{said}”这个取值").format(said=by),
            _("可以写：{options}。").format(options=listed(BY)),
        )
    schema = session.workspace.schema
    selection = filters.selection(schema)
    items = session.judged(session.index.promises(selection), selection)
    table = counts_table(items, by, session.day, schema)
    listing.emit(session, table, table)
    return session.exit_code
