"""`npcreply stats`: counts that add up, and rates with their denominators and definitions."""

from __future__ import annotations

from typing import Annotated

from npcreply.dataclass import replace
from npcreply.domain.selection import Selection
from npcreply.errors import UsageError
from npcreply.flows import rows
from npcreply.language import _
from npcreply.options import Across, Listing, PromiseFilters, choice, grouping
from npcreply.parameters import option
from npcreply.session import Session
from npcreply.table import Table
from npcreply.views import statistics
from npcreply.views.words import weekday

DEPT, YEAR = "dept", "year"


EXAMPLES = (
    "stats --by dept --csv",
    "stats --outcomes",
)


def run(
    session: Session,
    filters: PromiseFilters,
    across: Across,
    listing: Listing,
    by: Annotated[
        str | None,
        option(
            "--by",
            help=_("按 dept 单位（默认）、session、class、field、term、year、kind、month 分"),
        ),
    ] = None,
    outcomes: Annotated[
        bool,
        option("--outcomes", help=_("历年的结果：按原时限兑现没有、晚几天；--by 不写就是 year")),
    ] = False,
    rates: Annotated[
        bool, option("--rates", help=_("比率：分子、分母、定义；不写 --by 就是总的"))
    ] = False,
    rate: Annotated[
        list[str] | None,
        option("--rate", help=_("只要这一种比率，如 solved、解决；可以写几次")),
    ] = None,
) -> int:
    """计数：各状态多少项，每行、每列都加得起来。--rates：按期答复、满意、解决、兑现的比率。"""
    if across.all_workspaces:
        from npcreply.flows import together

        together.open_all(session, across)
    selection = rows.asked(session, filters)
    if outcomes:
        _refuse_both(rates=rates or bool(rate))
        return _outcomes(session, listing, selection, by)
    if rates or rate:
        return _rates(session, listing, selection, by, rate or [])
    by = grouping("--by", by or DEPT, statistics.COUNTED_BY)
    if by == YEAR:
        return _by_year(session, listing, selection)
    items = rows.passing(session, selection)
    table = statistics.counts_table(items, by, session.day, session.workspace.schema)
    listing.emit(session, table, _hinting(table))
    return session.exit_code


def _by_year(session: Session, listing: Listing, selection: Selection) -> int:
    """Print the counts, under them what became of the promises by their first date."""
    from npcreply.views import outcomes as views

    schema = session.workspace.schema
    counted = statistics.Counted(YEAR, schema)
    found = views.CountedOutcomes(YEAR, schema)
    for item in rows.passing(session, selection):
        counted.add(item)
        found.add(item)
    table = counted.table(session.day)
    more = _("各单位、各领域的结果：npcreply stats --outcomes --by dept、--by field")
    outcomes = _hinting(found.screen(session.day), more)
    listing.emit(session, found.beside(table), table, outcomes)
    return session.exit_code


def _hinting(table: Table, *more: str) -> Table:
    hint = _("按期答复、满意、解决、兑现的比率：npcreply stats --rates")
    return replace(table, foot=(*table.foot, hint, *more))


def _outcomes(session: Session, listing: Listing, selection: Selection, by: str | None) -> int:
    from npcreply.views import outcomes as views

    by = grouping("--by", by or YEAR, views.BY)
    items = rows.passing(session, selection)
    found = views.counted(items, by, session.workspace.schema)
    listing.emit(session, found.data(), found.screen(session.day))
    return session.exit_code


def _refuse_both(*, rates: bool) -> None:
    if rates:
        raise UsageError(
            _("--outcomes 和 --rates、--rate 各是一张表，不能一起用"), _("去掉一个再试。")
        )


def _rates(
    session: Session, listing: Listing, selection: Selection, by: str | None, wanted: list[str]
) -> int:
    from npcreply.flows import meeting
    from npcreply.views import statistics as views

    if selection.status or selection.alert or selection.force:
        raise UsageError(
            _("--status、--alert、--force 会把分母筛掉，不能和 --rates 一起用"),
            _("只看一部分的状态：npcreply stats --status …（不带 --rates）。"),
        )
    by = grouping("--by", by, views.RATED_BY) if by else None
    labels = {name: [_(label)] for name, label in views.LABELS.items()}
    names = [choice("--rate", one, labels) for one in wanted]
    shown = names or list(views.LABELS)
    schema = session.workspace.schema
    groups = (views.RATED_BY[by].reply, views.RATED_BY[by].promise) if by else None
    found = meeting.rates(session, selection, groups, by or "")
    lead = _("比率  截至 {day} {weekday}").format(day=session.day, weekday=weekday(session.day))
    screen = views.rates_screen(found, shown, by or "", (lead,), schema)
    whole = replace(listing, wrap=True)  # what is left out, and why, is never cut
    whole.emit(session, views.rates_data(found, shown, schema), screen)
    return session.exit_code
