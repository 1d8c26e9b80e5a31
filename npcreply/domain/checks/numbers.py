"""Which numbers of one record do not follow from each other: percents, units, ranges, changes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.judging.targets import (
    DOWNWARD,
    comparator_of,
    goal_of,
    kind_of,
    percent,
    value_on,
)
from npcreply.domain.record.figures import Figure, figures, half_digit, last_by_day, printed, slack
from npcreply.domain.record.model import Entry, Record, Target
from npcreply.domain.record.places import Goal, Place, goals, promises
from npcreply.domain.record.settings import Settings
from npcreply.domain.similarity import plain
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.cadences import cadence_of
from npcreply.grammar.calendar_periods import period_of
from npcreply.grammar.units import convert
from npcreply.language import _
from npcreply.patterns import pattern


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
    follow from it, 61 does not. A figure that names no target is held against the one of that name
    that another promise has.
    """
    for figure in _all_figures(record):
        if _follows(figure.entry, figure.goal.target, record.reply_date) is False:
            yield percent_differs(figure.at, figure.name, figure.entry, figure.goal.target)
    loose = list(loose_percents(record))
    if loose:
        known = by_indicator(goals(record))
        for one in loose:
            yield from percent_doubts(one, known)


@dataclass(frozen=True, slots=True)
class LoosePercent:
    """An entry with a figure and a percent that names no target of its promise; `reply` is the day
    that an entry without one is taken to be of.
    """

    at: Place
    name: str
    entry: Entry
    reply: date | None


def loose_percents(record: Record) -> Iterator[LoosePercent]:
    """Yield the stated percents whose target, if there is one, stands in another promise."""
    for promise in promises(record):
        for index, entry in enumerate(promise.measure.log):
            stated = entry.value is not None and entry.stated_percent is not None
            if stated and entry.target is None and entry.indicator:
                at = (*promise.at, "log", index)
                yield LoosePercent(at, f"{promise.name}/{index + 1}", entry, record.reply_date)


def by_indicator(found: Iterable[Goal]) -> dict[str, list[Goal]]:
    """Return the targets by what they count, as names are compared."""
    known: dict[str, list[Goal]] = {}
    for goal in found:
        known.setdefault(plain(goal.target.indicator), []).append(goal)
    return known


def percent_doubts(one: LoosePercent, known: Mapping[str, Sequence[Goal]]) -> Iterator[Doubt]:
    """Yield a doubt where targets of that name are known and the percent follows from none."""
    same = known.get(plain(one.entry.indicator or ""), ())
    held = [(goal, _follows(one.entry, goal.target, one.reply)) for goal in same]
    told = [goal for goal, follows in held if follows is False]
    if told and not any(follows for _goal, follows in held):
        yield percent_differs(one.at, one.name, one.entry, told[0].target)


def _follows(entry: Entry, target: Target, reply: date | None) -> bool | None:
    """Return whether the stated percent follows from figure and target; None where there is
    nothing to be held against each other.
    """
    stated, value = entry.stated_percent, entry.value
    whole = value_on(target, AsOf(entry.on or reply or date.max))
    near = entry.approx or target.approx
    if stated is None or value is None or near or not whole or kind_of(target) != "level":
        return None
    unit = entry.unit or target.unit
    level, rounded = (convert(n, unit, target.unit) for n in (value, slack(value)))
    if level is None or rounded is None:
        return None
    allowed = half_digit(stated) + abs(rounded * 100 / whole)
    return abs(level * 100 / whole - stated) <= allowed


TIMES = 10
"""So many times the target, or the figure before, is more likely a slip of the finger."""


def improbable_figures(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A figure beyond ten times its target, beyond the target and ten times the figure before, or
    below zero where there is no such thing; what grows or is measured in degrees may be negative.
    """
    for goal in goals(record):
        before: Decimal | None = None
        for figure in figures(goal):
            level, wanted = figure.level, _aim(goal, figure)
            if level is None:
                continue
            if level < 0 and not _may_be_negative(goal):
                yield _improbable(figure, _("{value} 小于零"), None)
            elif wanted and level > TIMES * wanted:
                yield _improbable(figure, _("{value} 是目标 {other} 的十倍以上"), wanted)
            elif before and level > TIMES * before and level > (wanted or 0):
                yield _improbable(figure, _("{value} 是上一个数 {other} 的十倍以上"), before)
            before = level


def _aim(goal: Goal, figure: Figure) -> Decimal | None:
    return goal_of(goal.target, value_on(goal.target, AsOf(figure.entry.on or date.max)))


def _may_be_negative(goal: Goal) -> bool:
    value = value_on(goal.target, AsOf(date.max))
    signed = kind_of(goal.target) == "growth" or (goal.target.unit or "") in ("℃", "个百分点")
    return signed or (value is not None and value < 0)


def _improbable(figure: Figure, message: str, other: Decimal | None) -> Doubt:
    return doubt(
        (*figure.at, "value"),
        "figure-improbable",
        message.format(
            value=printed(figure.value, figure.unit),
            other="" if other is None else printed(other, figure.goal.target.unit),
        ),
        _("多打了几位或单位不对就改：npcreply set {entry} value=数值；确是这个数，不用管。").format(
            entry=figure.name
        ),
    )


_SPLIT = pattern(r"\D[0-9]{1,3}")


def split_thousands(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """停车位1 with a target of 0: version 0.1.0 read 停车位1 000个 so."""
    for goal in goals(record):
        name, value = goal.target.indicator, goal.target.value
        ends = _SPLIT.search(name[-4:]) and name[-1:].isdecimal()
        if ends and value is not None and value < 1000 and value == value.to_integral_value():
            digits = re.search("[0-9]+$", name)
            whole = f"{digits[0] if digits else ''}{int(value):03}{goal.target.unit or ''}"
            message = _("指标“{name}”以数字结尾，目标是 {value}：多半是 {whole} 读成了两半")
            yield doubt(
                (*goal.at, "indicator"),
                "number-split",
                message.format(name=name, value=printed(value, goal.target.unit), whole=whole),
                _("对照原文改正指标和目标值：npcreply edit {id}；指标本来如此，不用管。").format(
                    id=record.id
                ),
            )


def shrinking_levels(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A level is counted from the start of its period: it does not go down again."""
    for goal in goals(record):
        if kind_of(goal.target) != "level" or comparator_of(goal.target) in DOWNWARD:
            continue
        days = sorted(last_by_day(goal).items())
        for (_day, old), (_later, new) in pairwise(days):
            before, after = old.level, new.level
            if _anew(goal, old, new):
                continue
            near = old.entry.approx or new.entry.approx
            if before is not None and after is not None and after < before and not near:
                yield _shrunk(old, new)


def _anew(goal: Goal, old: Figure, new: Figure) -> bool:
    """Return whether counting began anew between two figures: in every period of the target."""
    cadence = cadence_of(goal.target, goal.promise.measure)
    days = [figure.entry.on for figure in (old, new) if figure.entry.on]
    return cadence is not None and len({period_of(cadence, day) for day in days}) > 1


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


def percent_differs(at: Place, name: str, entry: Entry, target: Target) -> Doubt:
    """Return the doubt about the stated percent of an entry that people call by `name`."""
    whole = value_on(target, AsOf(entry.on or date.max)) or Decimal(0)
    value, unit = entry.value or Decimal(0), entry.unit or target.unit
    level = convert(value, unit, target.unit) or Decimal(0)
    message = _("原文百分比 {stated}%，按 {value} 占 {whole} 算是 {percent}%")
    return doubt(
        (*at, "stated_percent"),
        "percent-differs",
        message.format(
            stated=f"{entry.stated_percent or 0:f}",
            value=printed(value, unit),
            whole=printed(whole, target.unit),
            percent=f"{percent(level, whole):f}",
        ),
        _("对照原文核对；录错就改：npcreply set {entry} value=数值；原文如此，照录即可。").format(
            entry=name
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


_REFERENCE = pattern(r"(?:(?P<record>.+)\.(?P<measure>[0-9]+)[/:：])?(?P<target>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Parent:
    """What `parent:` says: the record's id ("" for this one), the promise, the target."""

    record: str
    measure: int
    target: int


def parent_of(goal: Goal, record: Record) -> Parent | None:
    """Return what the target's `parent` says: 1, 温46.1:2, 2023-温46.1/2; None for other words."""
    found = _REFERENCE.fullmatch((goal.target.parent or "").strip())
    if not found:
        return None
    named = found["record"] or ""
    elsewhere = "" if named in ("", record.id, record.number) else named
    return Parent(elsewhere, int(found["measure"] or goal.promise.measure.id), int(found["target"]))


def unknown_parents(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A part names its whole by number. Wholes in other records are looked up across records."""
    known = {goal.key for goal in goals(record)}
    for goal in goals(record):
        if goal.target.parent is None:
            continue
        parent = parent_of(goal, record)
        if parent and (parent.record or _leads_to(goal, parent, known)):
            continue
        message = _("上级目标“{parent}”不存在，或就是它自己")
        yield doubt(
            (*goal.at, "parent"),
            "unknown-parent",
            message.format(parent=goal.target.parent),
            _("写本承诺内的目标序号，或 编号.承诺:目标，如 {id}.1:1。").format(id=record.id),
        )


def parts_not_total(record: Record, _settings: Settings, today: date) -> Iterator[Doubt]:
    """Two or more parts sum up to their whole, within what rounding takes; near numbers aside.

    A single part (其中…) is no breakdown.
    """
    for whole, parts in _wholes(record):
        if any(goal.target.approx for goal in (whole, *parts)):
            continue
        total, *values = [
            (value_on(goal.target, AsOf(today)), goal.target.unit) for goal in (whole, *parts)
        ]
        if sums := gap_of(total, values):
            yield gap((*whole.at, "value"), sums, record)


def figures_not_total(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """The same for the figures of one day, where every part and the whole have one."""
    for whole, parts in _wholes(record):
        by_day = [last_by_day(goal) for goal in (whole, *parts)]
        for day in sorted(set(by_day[0]).intersection(*by_day[1:])):
            of_day = [days[day] for days in by_day]
            if any(figure.entry.approx for figure in of_day):
                continue
            unit = whole.target.unit
            total, *amounts = [_amount(figure.value, figure.unit, unit) for figure in of_day]
            if sums := _sums(total, amounts, unit):
                message = _("分目标的数合计 {parts}，同日上级目标的数是 {whole}，差 {gap}")
                at = (*of_day[0].at, "value")
                yield _gap(at, "figures-not-total", message.format(**sums), record)


Number: TypeAlias = tuple[Decimal | None, str | None]
"""A number with its unit."""


def gap_of(whole: Number, parts: Sequence[Number]) -> dict[str, str] | None:
    """Return the parts' sum, the whole and the gap as people write them; None without a gap, or
    where a number is missing or in an unlike unit.
    """
    unit = whole[1]
    total, *amounts = [_amount(value, own, unit) for value, own in (whole, *parts)]
    return _sums(total, amounts, unit)


def gap(at: Place, sums: dict[str, str], record: Record) -> Doubt:
    """Return the doubt about a whole whose parts sum up to something else."""
    message = _("分目标合计 {parts}，上级目标是 {whole}，差 {gap}").format(**sums)
    return _gap(at, "parts-not-total", message, record)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number in the whole's unit, and how far the true one may lie from it."""

    value: Decimal
    slack: Decimal


def _wholes(record: Record) -> Iterator[tuple[Goal, list[Goal]]]:
    """Yield levels with the two or more levels that name them as parent."""
    by_key = {goal.key: goal for goal in goals(record) if kind_of(goal.target) == "level"}
    parts: dict[tuple[int, int], list[Goal]] = {}
    for goal in goals(record):
        parent = parent_of(goal, record) if goal.target.parent else None
        if parent and not parent.record and _leads_to(goal, parent, by_key):
            parts.setdefault((parent.measure, parent.target), []).append(goal)
    for key, found in parts.items():
        if len(found) > 1 and all(kind_of(goal.target) == "level" for goal in found):
            yield by_key[key], found


def _leads_to(goal: Goal, parent: Parent, known: Container[tuple[int, int]]) -> bool:
    key = (parent.measure, parent.target)
    return key != goal.key and key in known


def _amount(value: Decimal | None, unit: str | None, wanted: str | None) -> _Amount | None:
    """Return a number in the wanted unit, None where there is none or the units are unlike."""
    if value is None:
        return None
    there, rounding = convert(value, unit, wanted), convert(slack(value), unit, wanted)
    return None if there is None or rounding is None else _Amount(there, rounding)


def _sums(
    whole: _Amount | None, parts: Sequence[_Amount | None], unit: str | None
) -> dict[str, str] | None:
    """Return both numbers and the gap as people write them; None where there is no gap, or where
    a number is missing.
    """
    known = [part for part in parts if part]
    if whole is None or len(known) < len(parts):
        return None
    total = sum((part.value for part in known), Decimal(0))
    if abs(total - whole.value) <= sum((part.slack for part in known), whole.slack):
        return None
    numbers = {"parts": total, "whole": whole.value, "gap": abs(total - whole.value)}
    return {name: printed(number, unit) for name, number in numbers.items()}


def _gap(at: Place, code: str, message: str, record: Record) -> Doubt:
    remedy = _("对照原文核对各个数，看有没有漏掉的一块：npcreply edit {id}。")
    return doubt(at, code, message, remedy.format(id=record.id))
