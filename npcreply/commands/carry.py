"""`npcreply carry`: what must go on next year or next term, and where it goes on already."""

from __future__ import annotations

from typing import Annotated

from npcreply.domain.judging.carry_over import Carry, Onward
from npcreply.domain.record.names import number_order
from npcreply.flows import carry_over, rows
from npcreply.language import _, in_a_row, listed
from npcreply.options import Listing, PromiseFilters
from npcreply.parameters import option
from npcreply.session import Session
from npcreply.views.carry_over import CARRY, DATA, carry_table, counts_line, group_of
from npcreply.views.columns import data_table
from npcreply.views.words import weekday

EXAMPLES = (
    "carry --kind 代表建议",
    "carry --csv",
)


def run(
    session: Session,
    filters: PromiseFilters,
    listing: Listing,
    term: Annotated[
        str | None,
        option("--term", help=_("一届的全部年份，如 某市第六届"), metavar=_("届别")),
    ] = None,
) -> int:
    """续办清单：会议年份年底（--year，默认去年）没有办结的，和它们转到了哪里；换届时用 --term。"""
    schema = session.workspace.schema
    wanted = carry_over.asked(session, rows.asked(session, filters), term)
    found = carry_over.carry_over(session, wanted)
    items = sorted(found.rows, key=lambda row: _place(row, session))
    lead = (_head(session, wanted), counts_line(items))
    nothing = _("没有要续办的（{asked}）。").format(asked=_asked(wanted))
    empty = in_a_row(nothing, _no_term(found))
    screen = carry_table(items, lead, _foot(found, wanted), empty, schema)
    listing.emit(session, data_table("carry", items, CARRY, DATA, schema, listing.asked), screen)
    return session.exit_code


def _place(row: Carry, session: Session) -> tuple[object, ...]:
    """The office's order of departments; in each what goes on nowhere first, the latest first."""
    order = session.workspace.schema.settings.order(row.departments[0] if row.departments else "")
    number = row.then.line.measure.id if row.then else 0
    late = (row.then.days_late if row.then else None) or 0
    place = number_order(row.reply.id)
    waiting = [Onward.PENDING, Onward.CARRIED, Onward.CLOSED].index(row.state)
    return (order, group_of(row), waiting, -late, -row.reply.year, place, number)


def _head(session: Session, wanted: carry_over.Asked) -> str:
    day = session.day
    return _("续办清单  {asked}  截至 {day} {weekday}").format(
        asked=_asked(wanted), day=day, weekday=weekday(day)
    )


def _asked(wanted: carry_over.Asked) -> str:
    if wanted.term is not None:
        return wanted.term
    return _("{years} 年底").format(years=listed(str(year) for year in sorted(wanted.years)))


def _foot(found: carry_over.Found, wanted: carry_over.Asked) -> list[str]:
    foot = [line for line in (_no_term(found),) if line]
    if wanted.term is not None and found.rows:
        foot.append(_("换届时仍没有解决的，要向代表书面说明（如上海规定第二十二条）。"))
    if found.rows:
        foot.append(_("转入今年的写上来历：npcreply set 新编号.序号 carried_from=旧编号.序号"))
    return foot


def _no_term(found: carry_over.Found) -> str:
    if not found.no_term:
        return ""
    return _("另有 {count} 件没有写届别（term），没有算进来。").format(count=found.no_term)
