"""Whether targets that are parts of another target lead somewhere and sum up to it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from npcreply.domain.bodies import Settings
from npcreply.domain.doubts import Doubt, Place, doubt
from npcreply.domain.figures import Goal, goals, last_by_day, printed, slack
from npcreply.domain.model import Record
from npcreply.domain.targets import AsOf, kind_of, value_on
from npcreply.domain.units import convert
from npcreply.language import _

_REFERENCE = re.compile(r"(?:(?P<record>.+)\.(?P<measure>[0-9]+)/)?(?P<target>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Parent:
    """What `parent:` says: the record's id ("" for this one), the promise, the target."""

    record: str
    measure: int
    target: int


def parent_of(goal: Goal, record: Record) -> Parent | None:
    """Return what the target's `parent` says: 1, 温46.1/2, 2023-温46.1/2; None for other words."""
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
            _("写本承诺内的目标序号，或 编号.承诺/目标，如 {id}.1/1。").format(id=record.id),
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
            told = [days[day] for days in by_day]
            if any(figure.entry.approx for figure in told):
                continue
            unit = whole.target.unit
            total, *amounts = [_amount(figure.value, figure.unit, unit) for figure in told]
            if sums := _sums(total, amounts, unit):
                message = _("分目标的数合计 {parts}，同日上级目标的数是 {whole}，差 {gap}")
                at = (*told[0].at, "value")
                yield _gap(at, "figures-not-total", message.format(**sums), record)


Said: TypeAlias = tuple[Decimal | None, str | None]
"""A number with its unit."""


def gap_of(whole: Said, parts: Sequence[Said]) -> dict[str, str] | None:
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
