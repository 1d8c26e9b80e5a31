"""Corrections `field=value`: read by the schema, refused where a rule stands against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from npcreply.errors import UsageError
from npcreply.flows import histories
from npcreply.language import _
from npcreply.store import amend
from npcreply.store.schema import Schema
from npcreply.store.typed import Typed

_RENUMBERED = ("kind", "year", "number")
_NEVER_EMPTY = {"": "title", "measure": "text", "target": "indicator"}


@dataclass(frozen=True, slots=True)
class Where:
    """What a correction is about: the record, a promise, one of its targets or log entries."""

    measure: int | None = None
    target: int | None = None
    entry: int | None = None

    @property
    def within(self) -> str:
        if self.entry is not None:
            return "entry"
        if self.target is not None:
            return "target"
        return "measure" if self.measure is not None else ""

    def find(self, data: amend.Data) -> amend.Data:
        """Return the mapping that the correction changes; raises UsageError."""
        if self.measure is None:
            return data
        measure = amend.measure_of(data, self.measure)
        if self.target is not None:
            return amend.target_of(measure, self.target)
        if self.entry is None:
            return measure
        log = measure.get("log") or []
        if not 1 <= self.entry <= len(log):
            raise UsageError(
                _("没有第 {number} 条进展").format(number=self.entry),
                _("这项承诺有 {count} 条进展。").format(count=len(log)),
            )
        found: amend.Data = log[self.entry - 1]
        return found


def pairs(words: list[str]) -> dict[str, str]:
    """Return {field: value} of the words typed; a full-width ＝ is as good. Raises UsageError."""
    found = {}
    for word in words:
        name, sign, value = word.replace("＝", "=", 1).partition("=")
        if not sign or not name.strip():
            raise UsageError(
                _("“{word}”不是 字段=值").format(word=word),
                _("例如 title=关于…的建议、deadline=年底。"),
            )
        found[name.strip()] = value.strip()
    return found


def correction(
    given: Mapping[str, str], where: Where, typed: Typed, on: date, entered: date
) -> amend.Amendment:
    """Return the amendment for all the fields given; raises UsageError for one not correctable."""
    named = {_named(name, typed.schema, where.within): text for name, text in given.items()}
    changes = [] if where.within else histories.taken(named, typed, on, entered)
    for name, text in named.items():
        _refuse(name, text, where, typed.schema)
        changes.append(_change(name, text, where, typed))

    def amendment(data: amend.Data) -> None:
        for change in changes:
            change(data)

    return amendment


def _named(name: str, schema: Schema, within: str) -> str:
    """Return the field meant by its name or its label, e.g. 标题."""
    fields = schema.fields(within)
    if name in fields:
        return name
    return next((key for key in fields if schema.label(key, within) == name), name)


def _refuse(name: str, text: str, where: Where, schema: Schema) -> None:
    computed = schema.data.get("x-columns", {})
    if name == "id" or (name not in schema.fields(where.within) and _is_column(name, computed)):
        raise UsageError(
            _("{name} 是算出来的，不能设").format(name=name),
            _("销号用 done，终止用 drop，重新打开用 reopen，延期用 extend。"),
        )
    if not where.within and name in _RENUMBERED:
        raise UsageError(
            _("{label} 和文件名连在一起，不能这样改").format(label=schema.label(name)),
            _("用 npcreply renumber 编号 新编号 [--year 年份] [--kind 类别]。"),
        )
    if name == _NEVER_EMPTY.get(where.within) and not text:
        raise UsageError(
            _("{label} 不能改成空的").format(label=schema.label(name, where.within)),
            _("整件、整项录错了用 npcreply rm。"),
        )


def _is_column(name: str, columns: Mapping[str, Any]) -> bool:
    return name in columns or any(name in words for words in columns.values())


def _change(name: str, text: str, where: Where, typed: Typed) -> amend.Amendment:
    head, dot, part = name.partition(".")
    value: Any
    if dot:
        value = {part: typed.part(head, part, text, where.within)}
    else:
        value = typed.value(name, text, where.within)

    def change(data: amend.Data) -> None:
        mapping = where.find(data)
        amend.set_in(mapping, head, _laid_on(mapping.get(head), value))

    return change


def _laid_on(old: Any, value: Any) -> Any:
    """Of a field made of parts only those given change: the words of a deadline stay."""
    if not isinstance(value, dict):
        return value
    return amend.filled({**(old if isinstance(old, dict) else {}), **value}) or None
