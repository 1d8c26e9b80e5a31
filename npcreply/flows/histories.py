"""Lists of a record that a correction reaches: a dated line is added, or a co-handler's opinion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from npcreply.errors import UsageError
from npcreply.language import N_, _, listed
from npcreply.store.amend import Amendment, Data, filled, set_in
from npcreply.store.typed import Typed

OPINIONS = ("opinion_due", "opinion_on")


@dataclass(frozen=True, slots=True)
class History:
    """A list that only grows. `leading` and `others` say which part each typed name fills; one of
    the leading ones must be typed. `assumed` gives what is not typed.
    """

    leading: Mapping[str, str]
    others: Mapping[str, str]
    assumed: Callable[[Data], Data]
    example: str


def _last_scheme(data: Data) -> Data:
    lines = data.get("classes") or [{}]
    return {"scheme": lines[-1].get("scheme")}


def _round_at_hand(data: Data) -> Data:
    return {"round": 1 + len(data.get("rounds") or [])}


HISTORIES: dict[str, History] = {
    "classes": History(
        {"class": "letter"},
        {"scheme": "scheme", "evidence": "evidence"},
        _last_scheme,
        N_("例如 class=A scheme=zhejiang --on 2024-05-20。"),
    ),
    "feedback": History(
        {"attitude": "attitude", "result": "result"},
        {"round": "round"},
        _round_at_hand,
        N_("例如 attitude=满意 result=基本满意 round=1 --on 2024-05-20。"),
    ),
}


def takes_day(names: Mapping[str, str]) -> bool:
    """Return whether any of the typed names belongs to a history, which has a day."""
    known = {name for h in HISTORIES.values() for name in (*h.leading, *h.others)}
    return not known.isdisjoint(names)


def taken(given: dict[str, str], typed: Typed, on: date, entered: date) -> list[Amendment]:
    """Take what is meant for the lists out of `given` and return what it does to the record.

    Raises UsageError for a part without what it belongs to, or a value that cannot be.
    """
    found = []
    for key, history in HISTORIES.items():
        parts = {**history.leading, **history.others}
        said = {name: given.pop(name) for name in list(given) if name in parts}
        if said:
            _belongs(said, history.leading, _(history.example))
            item = {parts[n]: typed.in_item(key, parts[n], text) for n, text in said.items()}
            order = [*typed.schema.fields(key)]
            found.append(_line_added(key, {**item, "on": on, "entered": entered}, order))
    return found + _co_handlers(given, typed)


def _line_added(key: str, item: Data, order: list[str]) -> Amendment:
    def amend(data: Data) -> None:
        whole = filled({**HISTORIES[key].assumed(data), **item})
        line = {part: whole[part] for part in sorted(whole, key=order.index)}
        data[key] = [*(data.get(key) or []), line]

    return amend


def _belongs(said: Mapping[str, str], leading: Mapping[str, str], example: str) -> None:
    if leading.keys().isdisjoint(said):
        raise UsageError(
            _("{names} 要和 {leading} 一起写").format(
                names=listed(said), leading=_(" 或 ").join(leading)
            ),
            example,
        )


def _co_handlers(given: dict[str, str], typed: Typed) -> list[Amendment]:
    """The list of co-handlers, those that stay keep their dates; or the dates of those named."""
    said = {name: given.pop(name) for name in ("co", *OPINIONS) if name in given}
    if not said:
        return []
    _belongs(said, {"co": ""}, _("例如 co=市经信局 opinion_on=2024-05-11。"))
    bodies = typed.value("department", said.pop("co"), "measure")
    names = [bodies] if isinstance(bodies, str) else bodies or []
    days = {name: typed.in_item("co", name, text) for name, text in said.items()}
    return [_opinion(names, days, typed) if days else _co_list(names, typed)]


def _co_list(names: list[str], typed: Typed) -> Amendment:
    def amend(data: Data) -> None:
        old = {item.get("body"): item for item in data.get("co") or []}
        for item in old.values():
            item |= {n: typed.in_item("co", n, item[n]) for n in OPINIONS if n in item}
        set_in(data, "co", [old.get(name, {"body": name}) for name in names] or None)

    return amend


def _opinion(names: list[str], days: Mapping[str, Any], typed: Typed) -> Amendment:
    def amend(data: Data) -> None:
        known = {str(item.get("body")): item for item in data.get("co") or []}
        for name in names:
            meant = typed.schema.settings.names_like(name, known)
            if len(meant) != 1:
                raise UsageError(
                    _("会办单位里没有“{name}”，或不止一家").format(name=name),
                    _("会办单位：{names}。").format(names=listed(known) or _("（无）")),
                )
            for key, day in days.items():
                set_in(known[next(iter(meant))], key, day)

    return amend
