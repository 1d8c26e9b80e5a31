"""Tables with a column a month: one entry a month, once it is known what the numbers are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Measure
from npcreply.flows.importing import matching
from npcreply.flows.importing.plan import Plan
from npcreply.flows.importing.source import Line
from npcreply.grammar import days, numerals, quantities
from npcreply.grammar.units import convert
from npcreply.language import _
from npcreply.sheets import values, vocabulary
from npcreply.sheets.heads import WIDE, Head
from npcreply.sheets.model import Cell
from npcreply.store.amend import filled

MONTHLY, CUMULATIVE = "monthly", "cumulative"


@dataclass(frozen=True, slots=True)
class Month:
    """A month's cell: its last day, its number, the head's words."""

    cell: Cell
    head: Head
    on: date
    value: Decimal
    unit: str | None


def is_wide(line: Line) -> bool:
    """Tell whether a line has a column a month."""
    return WIDE in line.cells


def months(line: Line, plan: Plan, year: int, today: date) -> list[Month]:
    """Return the months of a line that hold a number; 0 is one, — is none."""
    found = []
    for head, cell in line.cells.get(WIDE, ()):
        if head is None or vocabulary.is_nothing(cell.text):
            continue
        figure = quantities.typed_figure(cell.text)
        if figure is None:
            plan.ask(
                line.place(cell), _("“{text}”不是一个数").format(text=cell.text), _("只写数。")
            )
            continue
        on = days.typed_day(vocabulary.plain(head.words), today, year).date
        if on > today:
            plan.ask(line.place(cell), _("{day} 晚于今天").format(day=on), _("核对是哪一年的表。"))
            continue
        found.append(Month(cell, head, on, figure.value, figure.unit))
    return found


def meaning(line: Line, learnt: str | None) -> str | None:
    """Return whether a line's numbers are each month's own or counted up: as its remark says, else
    as was learnt for tables of this shape; None where nobody said.
    """
    said = {vocabulary.plain(cell.text) for _head, cell in line.cells.get("measure.note", ())}
    if said & vocabulary.words("cumulative"):
        return CUMULATIVE
    if said & vocabulary.words("monthly"):
        return MONTHLY
    return learnt


def is_consistent(line: Line, found: Sequence[Month], how: str, plan: Plan) -> bool:
    """Hold the column 累计 against the months; one that contradicts them is asked."""
    cell = line.cell("log.sum")
    if cell is None or not found or vocabulary.is_nothing(cell.text):
        return True
    total = numerals.number(values.width_folded(cell.text))
    if total is None:
        return True
    where = line.place(cell)
    summed = sum((month.value for month in found), Decimal(0))
    if how == CUMULATIVE and total != found[-1].value:
        words = _("累计写 {total}，而这一行是累计数，最后一个月是 {last}：哪个对")
        plan.ask(where, words.format(total=total, last=found[-1].value), _("改对再导入这一行。"))
        return False
    if how == MONTHLY and total != summed:
        words = _("累计写 {total}，各月加起来是 {summed}")
        plan.leave(where, words.format(total=total, summed=summed), _("累计没有取，核对。"))
    return True


def say_earlier(
    line: Line, found: Sequence[Month], measure: Measure, target: int | None, plan: Plan
) -> None:
    """Say where the record knows of progress before the first month, which the sum leaves out."""
    cell = line.cell("log.sum")
    before = [
        e
        for e in measure.log
        if e.target == target and e.value and e.on and found and e.on < found[0].on
    ]
    if cell is None or not before or target is None:
        return
    last = max(before, key=lambda e: e.on or date.min)
    summed = sum((month.value for month in found), Decimal(0))
    total = numerals.number(values.width_folded(cell.text))
    if total == summed and last.value is not None:
        words = _("累计写 {total}，没有算 {day} 已记的 {last}；加上应是 {whole}")
        plan.leave(
            line.place(cell),
            words.format(total=total, day=last.on, last=last.value, whole=last.value + summed),
            _("要记累计就：npcreply log 编号 --value …"),
        )


def entries(
    line: Line,
    found: Sequence[Month],
    how: str,
    measure: Measure,
    target: int | None,
    unit: str,
    source: str,
) -> list[tuple[dict[str, Any], Month]]:
    """Return an entry a month. A month's own number counts for no target, which counts up: it is
    kept as what it is, 协议投资（4月当月）.
    """
    text = line.text("measure.text")
    goals = [g for g in matching.goals_of(measure) if target in (None, g.id)]
    goal = goals[0] if len(goals) == 1 else None
    aside = re.sub(r"/[月季年]$", "", next(iter(vocabulary.asides(text)), ""))
    made = []
    for month in found:
        said = month.unit or _unit(aside) or _fitting(unit, goal) or (goal.unit if goal else None)
        item: dict[str, Any] = {"on": month.on}
        if how == CUMULATIVE and goal and convert(month.value, said, goal.unit) is not None:
            item |= {"target": goal.id}
        else:
            name = vocabulary.without_asides(text)
            words = _("{name}（{month}当月）") if how == MONTHLY else "{name}"
            item["indicator"] = words.format(name=name, month=month.head.name)
        place = f"{source} {line.place(month.cell)}"
        made.append((filled({**item, "value": month.value, "unit": said, "source": place}), month))
    return made


def _unit(aside: str) -> str | None:
    """Return a bracket's words where they are a unit: （万美元）, not （按季报）."""
    figure = quantities.typed_figure(f"1{aside}") if aside else None
    return aside if figure and figure.unit == aside else None


def _fitting(unit: str, goal: matching.Goal | None) -> str | None:
    fits = unit and goal and convert(Decimal(1), unit, goal.unit) is not None
    return unit if fits else None
