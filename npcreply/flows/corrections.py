"""Corrections `field=value`: read by the schema, refused where a rule stands against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.store import amend
from npcreply.store.typed import Typed

COMPUTED = frozenset({"status", "alert", "days_late", "percent", "id", "extensions", "progress"})
DATED = frozenset({"class", "scheme", "attitude", "result", "round", "evidence", "opinion_on"})


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
        """Return the mapping that the correction changes; raises UnknownIdError."""
        if self.measure is None:
            return data
        measure = amend.measure_of(data, self.measure)
        if self.target is not None:
            return amend.target_of(measure, self.target)
        if self.entry is None:
            return measure
        log = measure.get("log") or []
        if not 1 <= self.entry <= len(log):
            raise UsageError(_("没有第 {number} 条进展").format(number=self.entry))
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
    given: Mapping[str, str], where: Where, typed: Typed, on: date | None, entered: date
) -> amend.Amendment:
    """Return the amendment for all the fields given; raises UsageError for one not correctable."""
    for name in given:
        if name in COMPUTED:
            raise UsageError(
                _("{name} 是算出来的，不能设").format(name=name),
                _("销号用 done，终止用 drop，重新打开用 reopen，延期用 extend。"),
            )
    plain = {name: text for name, text in given.items() if name not in DATED or where.within}
    dated = {name: text for name, text in given.items() if name not in plain}
    changes = [_change(name, text, where, typed) for name, text in plain.items()]
    if dated:
        changes.append(_dated(dated, typed, on, entered))

    def amendment(data: amend.Data) -> None:
        for change in changes:
            change(data)

    return amendment


def _change(name: str, text: str, where: Where, typed: Typed) -> Callable[[amend.Data], None]:
    head, dot, part = name.partition(".")
    if dot:
        value = typed.part(head, part, text, where.within)
    else:
        value = typed.value(_named(name, typed, where.within), text, where.within)
        head = _named(name, typed, where.within)

    def change(data: amend.Data) -> None:
        mapping = where.find(data)
        if dot:
            inner = dict(mapping.get(head) or {})
            amend.set_in(inner, part, value)
            value_or_none: Any = inner or None
            amend.set_in(mapping, head, value_or_none)
        else:
            amend.set_in(mapping, head, value)

    return change


def _named(name: str, typed: Typed, within: str) -> str:
    """Return the field meant by its name or its label, e.g. 标题."""
    fields = typed.schema.fields(within)
    if name in fields:
        return name
    return next((key for key in fields if typed.schema.label(key, within) == name), name)


def _dated(
    given: Mapping[str, str], typed: Typed, on: date | None, entered: date
) -> Callable[[amend.Data], None]:
    """Reply class and feedback are dated histories: a new line is added, nothing overwritten."""

    def change(data: amend.Data) -> None:
        if "opinion_on" in given:
            raise UsageError(
                _("会办意见要写明是哪家：{example}").format(example="co.市经信局=2023-05-11")
            )
        if "class" in given:
            item = {
                "letter": given["class"],
                "scheme": given.get("scheme") or _scheme(data),
                "on": on,
                "evidence": given.get("evidence"),
                "entered": entered,
            }
            data["classes"] = [*(data.get("classes") or []), amend.filled(item)]
        ratings = {
            name: typed.part("feedback", name, given[name])
            for name in ("attitude", "result")
            if name in given
        }
        if ratings:
            _rate(data, ratings, given.get("round"), on, entered)

    return change


def _scheme(data: amend.Data) -> str | None:
    classes = data.get("classes") or []
    return classes[-1].get("scheme") if classes else None


def _rate(
    data: amend.Data, ratings: Mapping[str, Any], round_: str | None, on: date | None, entered: date
) -> None:
    """The rating of the round named, else of the round being handled."""
    feedback = list(data.get("feedback") or [])
    number = int(round_) if round_ else 1 + len(data.get("rounds") or [])
    item = {"round": number, "on": on, **ratings, "entered": entered}
    data["feedback"] = [*feedback, amend.filled(item)]
