"""Which numbers of one record do not follow from each other: percents, units, ranges, changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from npcreply.domain.bodies import Settings
from npcreply.domain.doubts import Doubt, doubt
from npcreply.domain.figures import (
    Figure,
    figures,
    goals,
    half_digit,
    last_by_day,
    printed,
    slack,
)
from npcreply.domain.model import Record
from npcreply.domain.targets import (
    DOWNWARD,
    AsOf,
    comparator_of,
    kind_of,
    percent,
    value_on,
)
from npcreply.domain.units import convert
from npcreply.language import _


def ranges(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A range has a lower and an upper end, and the value that decides lies within."""
    for goal in goals(record):
        low, high, value = goal.target.value_min, goal.target.value_max, goal.target.value
        remedy = _("核对后改正：npcreply edit {id}。").format(id=record.id)
        if low is not None and high is not None and low > high:
            message = _("下限 {low} 大于上限 {high}").format(low=f"{low:f}", high=f"{high:f}")
            yield doubt((*goal.at, "value_min"), "range-reversed", message, remedy)
        elif value is not None and not _within(value, low, high):
            message = _("目标值 {value} 不在上下限之间").format(value=f"{value:f}")
            yield doubt((*goal.at, "value"), "value-outside-range", message, remedy)


def target_without_value(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A target nobody can reach or miss."""
    for goal in goals(record):
        target = goal.target
        numbers = (target.value, target.value_min, target.value_max)
        if kind_of(target) != "multiple" and not target.revised and numbers == (None, None, None):
            message = _("目标“{indicator}”没有目标值")
            remedy = _(
                "补上 value；本来没有数字的，删去这个目标，写进承诺事项：npcreply edit {id}。"
            )
            yield doubt(
                goal.at,
                "target-without-value",
                message.format(indicator=target.indicator),
                remedy.format(id=record.id),
            )


def unlike_units(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A figure that cannot be converted is held against nothing: the target is never met."""
    for figure in _all_figures(record):
        target = figure.goal.target
        if kind_of(target) != "multiple" and figure.level is None:
            message = _("进展的单位是{found}，目标的单位是{wanted}，不能换算")
            yield doubt(
                (*figure.at, "unit" if figure.entry.unit else "value"),
                "unlike-units",
                message.format(found=_unit(figure.unit), wanted=_unit(target.unit)),
                _(
                    "改成同一种单位：npcreply set {entry} unit=单位；"
                    "是别的数，就把 target 换成 indicator。"
                ).format(entry=figure.name),
            )


def stated_percent(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A printed percent follows from the figure and the target, within the printed digits.

    Levels only; near figures (近、超) are left alone. 358.49 of 600 is 59.748: 59.7, 59.75 and 60
    follow from it, 61 does not.
    """
    for figure in _all_figures(record):
        entry, target = figure.entry, figure.goal.target
        stated = entry.stated_percent
        whole = value_on(target, AsOf(entry.on or record.reply_date or date.max))
        near = entry.approx or target.approx
        if stated is None or near or not whole or kind_of(target) != "level":
            continue
        level = figure.level
        if level is not None and abs(level * 100 / whole - stated) > _allowed(
            figure, stated, whole
        ):
            yield _percent_differs(figure, stated, level, whole)


def shrinking_levels(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A level is counted from the start of its period: it does not go down again."""
    for goal in goals(record):
        if kind_of(goal.target) != "level" or comparator_of(goal.target) in DOWNWARD:
            continue
        days = sorted(last_by_day(goal).items())
        for (_day, old), (_later, new) in pairwise(days):
            before, after = old.level, new.level
            near = old.entry.approx or new.entry.approx
            if before is not None and after is not None and after < before and not near:
                yield _shrunk(old, new)


def revisions(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A revision starts from the value in force: else one in between is missing."""
    for goal in goals(record):
        in_force = value_on(goal.target, AsOf(date.min))
        for index, change in sorted(enumerate(goal.target.revised), key=lambda pair: pair[1].on):
            if in_force is not None and change.from_ != in_force:
                message = _("调整的原值是 {found}，而此前的目标值是 {value}")
                yield doubt(
                    (*goal.at, "revised", index, "from"),
                    "revision-from",
                    message.format(found=f"{change.from_:f}", value=f"{in_force:f}"),
                    _("改正 from，或补上漏记的那次调整：npcreply edit {id}。").format(id=record.id),
                )
            in_force = change.to


def _all_figures(record: Record) -> Iterator[Figure]:
    for goal in goals(record):
        yield from figures(goal)


def _within(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _unit(unit: str | None) -> str:
    return _("“{unit}”").format(unit=unit) if unit else _("“（没有写）”")


def _allowed(figure: Figure, stated: Decimal, whole: Decimal) -> Decimal:
    """The printed percent is rounded, and so is a figure printed with decimals."""
    rounded = convert(slack(figure.value), figure.unit, figure.goal.target.unit) or Decimal(0)
    return half_digit(stated) + abs(rounded * 100 / whole)


def _percent_differs(figure: Figure, stated: Decimal, level: Decimal, whole: Decimal) -> Doubt:
    message = _("原文百分比 {stated}%，按 {value} 占 {whole} 算是 {percent}%")
    return doubt(
        (*figure.at, "stated_percent"),
        "percent-differs",
        message.format(
            stated=f"{stated:f}",
            value=printed(figure.value, figure.unit),
            whole=printed(whole, figure.goal.target.unit),
            percent=f"{percent(level, whole):f}",
        ),
        _("对照原文核对；录错就改：npcreply set {entry} value=数值；原文如此，照录即可。").format(
            entry=figure.name
        ),
    )


def _shrunk(old: Figure, new: Figure) -> Doubt:
    message = _("{day} 的数 {value} 比 {before} 的 {more} 小")
    return doubt(
        (*new.at, "value"),
        "figure-shrinks",
        message.format(
            day=new.entry.on,
            value=printed(new.value, new.unit),
            before=old.entry.on,
            more=printed(old.value, old.unit),
        ),
        _("累计数不会变小；录错就改：npcreply set {entry} value=数值，或补一条同日的更正。").format(
            entry=new.name
        ),
    )
