"""`npcreply repeats`: the same promise made again, year after year."""

from __future__ import annotations

from typing import Annotated

from npcreply.flows import repeated, rows
from npcreply.language import _
from npcreply.options import Listing, PromiseFilters
from npcreply.parameters import option
from npcreply.session import Session
from npcreply.views.columns import data_table
from npcreply.views.repeated import DATA, REPEATED, numbered, repeated_table

EXAMPLES = (
    "repeats --sure",
    "repeats --csv",
)


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    sure: Annotated[bool, option("--sure", help=_("只要有把握的，疑似的不列"))] = False,
) -> int:
    """同一件事又承诺了一次：哪几年、哪些单位、每次的结果；疑似的写明疑点，不和有把握的混在一起。"""
    schema = session.workspace.schema
    found = repeated.repeated(session, rows.asked(session, filters))
    shown = [one for one in found if not (sure and one.doubts)]
    empty = _("没有又承诺一次的（查了 {count} 项承诺）。").format(
        count=session.index.counts().promises
    )
    data = data_table("repeats", numbered(shown), REPEATED, DATA, schema, listing.asked)
    listing.emit(session, data, repeated_table(shown, session.day, empty, schema))
    return session.exit_code
