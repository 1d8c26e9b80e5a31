"""Which days of a round of collecting cannot be right, and what came back twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.record.collected import Collection, Sheet, round_of
from npcreply.domain.record.places import Place
from npcreply.language import _


def round_doubts(one: Collection, today: date) -> list[Doubt]:
    """Return what every check of a round finds."""
    found = list(_of_round(one, today))
    for number, sheet in enumerate(one.sheets):
        found += _of_sheet(("sheets", number), sheet, one, today)
    return found


def _of_round(one: Collection, today: date) -> Iterator[Doubt]:
    remedy = _("核对日期，改这个文件。")
    if one.on > today:
        said = _("发出日期 {day} 还没有到（今天 {today}）").format(day=one.on, today=today)
        yield doubt(("on",), "day-ahead", said, remedy)
    if one.due and one.due < one.on:
        said = _("报回时限 {due} 早于发出日期 {on}").format(due=one.due, on=one.on)
        yield doubt(("due",), "due-before-asked", said, remedy)


def _of_sheet(at: Place, sheet: Sheet, one: Collection, today: date) -> Iterator[Doubt]:
    remedy = _("核对日期，改这个文件。")
    if round_of(sheet.id) != one.id:
        said = _("回报表 {id} 不是这一批 {round} 的编号").format(id=sheet.id, round=one.id)
        yield doubt((*at, "id"), "sheet-of-other-round", said, _("改回发出时的编号。"))
    for number, returned in enumerate(sheet.returned):
        place = (*at, "returned", number, "on")
        if returned.on < one.on:
            said = _("报回日期 {day} 早于发出日期 {on}").format(day=returned.on, on=one.on)
            yield doubt(place, "returned-before-asked", said, remedy)
        if returned.on > today:
            said = _("报回日期 {day} 还没有到（今天 {today}）").format(day=returned.on, today=today)
            yield doubt(place, "day-ahead", said, remedy)
