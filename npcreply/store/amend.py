"""Amendments to a record's data as typed: what a command does, before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from npcreply.domain.time.dates_again import Dated
from npcreply.errors import UnknownIdError
from npcreply.language import _, listed

Data = dict[str, Any]
Amendment = Callable[[Data], None]


def measure_of(data: Data, number: int) -> Data:
    """Return the promise's own mapping inside the record's data; raises UnknownIdError."""
    return _item(data.get("measures"), number, _("第 {number} 项承诺"))


def target_of(measure: Data, number: int) -> Data:
    """Return the target's own mapping inside a promise's data; raises UnknownIdError."""
    return _item(measure.get("targets"), number, _("第 {number} 个目标"))


def appended(number: int, key: str, item: Mapping[str, Any]) -> Amendment:
    """Return the amendment that appends `item` to a list of the promise (log, closings …)."""

    def amend(data: Data) -> None:
        measure = measure_of(data, number)
        measure[key] = [*(measure.get(key) or []), filled(item)]

    return amend


def decided(number: int, request: int, decision: Mapping[str, Any]) -> Amendment:
    """Return the amendment that writes what was decided on a request of the promise; the requests
    count from 1.
    """

    def amend(data: Data) -> None:
        measure_of(data, number)["requests"][request - 1]["decided"] = filled(decision)

    return amend


def together(*amendments: Amendment) -> Amendment:
    """Return the amendment that makes all of these, one after the other."""

    def amend(data: Data) -> None:
        for amendment in amendments:
            amendment(data)

    return amend


def dates_set(dates: Iterable[Dated]) -> Amendment:
    """Return the amendment that writes dates worked out again; those left are not touched."""
    known = [(dated, dated.again) for dated in dates if dated.again]

    def amend(data: Data) -> None:
        for dated, day in known:
            measure = measure_of(data, dated.measure)
            if dated.entry is not None:
                measure["log"][dated.entry]["on"] = day
                continue
            holder = target_of(measure, dated.target) if dated.target else measure
            holder["deadline"] = {**holder["deadline"], "date": day}

    return amend


def filled(item: Mapping[str, Any]) -> Data:
    """Return the mapping without its absent values."""
    return {key: value for key, value in item.items() if value is not None and value != ""}


def next_measure(data: Data) -> int:
    """Return the next promise number; a removed promise's number is never used again."""
    return max((_number(item) for item in data.get("measures") or []), default=0) + 1


def removed(number: int, mark: Mapping[str, Any]) -> Amendment:
    """Return the amendment that leaves only the promise's number and why it was removed."""

    def amend(data: Data) -> None:
        gone = measure_of(data, number)
        gone.clear()
        gone.update({"id": number, "removed": filled(mark)})

    return amend


def set_in(mapping: Data, key: str, value: Any) -> None:
    """Set one value, or take the key away where the value is None."""
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value


def put(data: Data, key: str, value: Any, order: Sequence[str]) -> None:
    """Set one value; a new key stands where the contract's `order` of the fields has it."""
    if key in data:
        data[key] = value
        return
    later = set(order[order.index(key) + 1 :])
    before = list(data.items())
    at = next((place for place, (name, _value) in enumerate(before) if name in later), len(before))
    data.clear()
    data.update([*before[:at], (key, value), *before[at:]])


def _item(items: Any, number: int, name: str) -> Data:
    for item in items or []:
        if _number(item) == number:
            found: Data = item
            return found
    numbers = listed(str(_number(item)) for item in items or [])
    raise UnknownIdError(
        _("没有{name}").format(name=name.format(number=number)),
        _("序号有：{numbers}。").format(numbers=numbers or _("（无）")),
    )


def _number(item: Any) -> int:
    text = str(item.get("id", "")) if isinstance(item, dict) else ""
    return int(text) if text.isdecimal() else 0
