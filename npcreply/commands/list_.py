"""`npcreply list`: the records at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from npcreply.language import _
from npcreply.options import Across, Filters, Listing
from npcreply.session import Session

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.domain.time.as_of import AsOf
    from npcreply.views.replies import Listed

EXAMPLES = (
    "list --dept 投资促进中心",
    "list --fields id,title,reply_date --csv",
)


def run(session: Session, filters: Filters, across: Across, listing: Listing) -> int:
    """记录一览；筛选同 overdue。"""
    from npcreply.dataclass import replace
    from npcreply.flows import rows
    from npcreply.views.replies import list_data, list_table

    if across.all_workspaces:
        from npcreply.flows import together

        together.open_all(session, across)
    schema = session.workspace.schema
    selection = rows.asked(session, filters)
    found = rows.replies(session, selection)
    replies = [reply for reply in found if _given(reply.reply_date, session.as_of)]
    lead = _("记录  共 {count} 件，承诺 {promises} 项").format(
        count=len(replies), promises=sum(reply.promises for reply in replies)
    )
    shown = replies[: listing.first(session.output)]
    counts = rows.statuses(session, selection, shown if len(shown) < len(replies) else None)
    items: list[Listed] = [(reply, counts.get(reply.path, {})) for reply in shown]
    data, screen = list_data(items, listing.asked, schema), list_table(items, (lead,), schema)
    left_out = len(replies) - len(shown)
    listing.emit(session, replace(data, left_out=left_out), replace(screen, left_out=left_out))
    return session.exit_code


def _given(reply_date: object, as_of: AsOf) -> bool:
    return (
        reply_date is None or not isinstance(reply_date, type(as_of.day)) or reply_date <= as_of.day
    )
