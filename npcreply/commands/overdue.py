"""`npcreply overdue`: the weekly review on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from npcreply.dataclass import replace
from npcreply.errors import EXIT_FINDINGS, UsageError
from npcreply.language import _
from npcreply.options import Across, Listing, PromiseFilters, grouping, since_day
from npcreply.parameters import option
from npcreply.session import Session

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.domain.judging.duties import Owed
    from npcreply.domain.review import Review
    from npcreply.domain.selection import Selection
    from npcreply.views.columns import Field

EXAMPLES = (
    "overdue --dept 投资促进中心 --group none",
    "overdue --new --since 上周五",
)


def run(
    session: Session,
    filters: PromiseFilters,
    across: Across,
    listing: Listing,
    since: Annotated[
        str | None, option("--since", help=_("和哪天比，默认一周前"), metavar=_("日期"))
    ] = None,
    group: Annotated[
        str, option("--group", help=_("分组：dept 责任单位、deputy 代表、year 年份、none"))
    ] = "dept",
    new: Annotated[bool, option("--new", help=_("只看新列进来的"))] = False,
    gone: Annotated[bool, option("--gone", help=_("离开清单的，现在怎样"))] = False,
    never_reported: Annotated[
        bool, option("--never-reported", help=_("只看从来没有报过进展的"))
    ] = False,
    undated: Annotated[bool, option("--undated", help=_("未定时限的，最久的在前"))] = False,
    exit_code: Annotated[bool, option("--exit-code", help=_("有逾期时退出码为 4"))] = False,
) -> int:
    """逾期的承诺、法定期限已过的答复，和等待销号的承诺；按责任单位分组。"""
    from npcreply.domain.review import GROUPS
    from npcreply.domain.review import never_reported as is_never_reported
    from npcreply.flows import review, rows
    from npcreply.views.columns import data_table
    from npcreply.views.duties import OVERDUE_DATA, overdue_table, review_lead

    group = grouping("--group", group, GROUPS)
    if across.all_workspaces:
        from npcreply.flows import together

        together.open_all(session, across)
    if sum((new, gone, undated)) > 1:
        raise UsageError(_("--new、--gone、--undated 只能选一个"), _("分开查，一次一个。"))
    schema = session.workspace.schema
    selection = rows.asked(session, filters)
    if undated:
        return _undated(session, selection, listing, never=never_reported)
    found = review.review(session, selection, since_day(session, since), group)
    items = found.left if gone else found.items
    items = tuple(item for item in items if not new or item.key in found.new)
    if never_reported:
        items = tuple(item for item in items if is_never_reported(item))
    lead = review_lead(found, selection, schema.settings.soon_days)
    screen = overdue_table(items, found.new, group, lead, schema)
    if not items and not listing.machine:
        told = _nothing_late(session, selection) if not found.items else _("没有这样的。")
        screen = replace(screen, lead=(), empty=session.nothing_yet() or told)
    data = data_table(
        "overdue", items, _fields(found), (*OVERDUE_DATA, "new"), schema, listing.asked
    )
    listing.emit(session, data, screen)
    return session.exit_code or (EXIT_FINDINGS if exit_code and found.overdue else 0)


def _fields(found: Review) -> dict[str, Field[Owed]]:
    """The columns of a review's rows; which are new only the review knows."""
    from npcreply.views.columns import Field
    from npcreply.views.duties import OWED

    return {**OWED, "new": Field("enum", lambda row, _schema: row.key in found.new)}


def _undated(session: Session, selection: Selection, listing: Listing, *, never: bool) -> int:
    from npcreply.domain.review import never_reported as is_never_reported
    from npcreply.flows import review
    from npcreply.views.columns import data_table
    from npcreply.views.duties import DUE_DATA, OWED, undated_lead, undated_table

    schema, limit = session.workspace.schema, session.workspace.schema.settings.undated_days
    items = review.undated(session, selection)
    items = [item for item in items if not never or is_never_reported(item)]
    lead = undated_lead(items, session.day, limit)
    data = data_table("overdue", items, OWED, DUE_DATA, schema, listing.asked)
    listing.emit(session, data, undated_table(items, lead, limit, schema))
    return session.exit_code


def _nothing_late(session: Session, selection: Selection) -> str:
    from npcreply.flows import review
    from npcreply.views.duties import nothing_late

    quiet = review.quiet(session, selection)
    return nothing_late(session.day, selection, quiet.replies, quiet.promises, quiet.soonest)
