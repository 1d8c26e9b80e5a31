"""`npcreply pace`: which numbers are on their way, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from npcreply.dataclass import replace
from npcreply.language import _
from npcreply.options import Listing, PromiseFilters
from npcreply.parameters import argument, option
from npcreply.session import Session

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.domain.record.lines import MeasureLine
    from npcreply.domain.selection import Selection

EXAMPLES = (
    "pace 2020-提028",
    "pace --explain --limit 3",
)


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    id: Annotated[
        str | None,
        argument(help=_("只看一件记录或一项承诺，如 温46、温46.1"), metavar=_("编号")),
    ] = None,
    explain: Annotated[bool, option("--explain", help=_("每一行说明亮灯的道理"))] = False,
) -> int:
    """每个量化目标：完成的份额和过去的时间比，最要紧的在前；预测和今后每月要做多少。"""
    from npcreply.domain.judging.status import OPEN, light_of
    from npcreply.flows import rows
    from npcreply.views.columns import data_table
    from npcreply.views.pace import PACE, PACE_DATA, pace_table, paced

    schema = session.workspace.schema
    selection = rows.asked(session, filters)
    lights, selection = selection.alert, replace(selection, alert=())
    judged = rows.promises(session, _lines(session, id, selection), selection)
    found = paced(item for item in judged if item.status in OPEN)
    items = [row for row in found if not lights or light_of(row[1]) in lights]
    empty = _("没有要跟进的量化目标。")
    screen = pace_table(items, session.day, explain, empty, schema)
    shown = replace(listing, wrap=True) if explain else listing
    shown.emit(session, data_table("pace", items, PACE, PACE_DATA, schema, listing.asked), screen)
    return session.exit_code


def _lines(session: Session, typed: str | None, selection: Selection) -> list[MeasureLine]:
    from npcreply.domain.record.lines import measure_lines

    if typed is None:
        return session.index.open_until(session.as_of, None, selection)
    opened = session.workspace.open(typed)
    wanted = opened.measure.id if opened.measure_id is not None else None
    lines = measure_lines(opened.record, opened.name)
    return [line for line in lines if wanted in (None, line.measure.id)]
