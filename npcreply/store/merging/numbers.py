"""Numbers that both sides gave to something new: one of the two gets the next free one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.store.merging.sequences import canonical

Record = dict[str, Any]
_NUMBERED = ("measures", "questions")
_REFERENCES = ("repeats", "differs", "merged_into", "carried_from", "into", "parent")
_OWN = (
    "into",
    "carried_from",
    "repeats",
    "differs",
)  # in a promise, a bare number there is one of the same record
_FOLLOWED = ("log", "extensions", "reminders", "closings")


@dataclass(frozen=True, slots=True)
class Renumbered:
    """What got another number: `list` (measures, targets, questions), the promise it stands in (a
    target's), the old and the new number, its text.
    """

    list: str
    within: str
    old: str
    new: str
    text: str


def apart(
    base: Record, ours: Record, theirs: Record, id: str
) -> tuple[Record, Record, list[Renumbered]]:
    """Return both sides with the numbers of what they added apart, and what was renumbered. `id` is
    the record's, by which references within it go.

    The one that was followed up more keeps its number, else that which stands first in the letter:
    which side is which does not matter, so that two clerks who merge each other's work agree.
    """
    mine, other = deepcopy(ours), deepcopy(theirs)
    told: list[Renumbered] = []
    for name in _NUMBERED:
        for side, item, new in _clashes(*(_items(at, name) for at in (base, mine, other))):
            record = mine if side == 0 else other
            told.append(_told(name, "", item, new))
            _refer_anew(record, id, item["id"], new, name)
            _move(record, name, item, new)
    for was in _items(base, "measures"):
        told += _targets(was, mine, other, id)
    return mine, other, told


def _targets(was: Record, mine: Record, other: Record, id: str) -> Iterator[Renumbered]:
    sides = [_with_id(record, was.get("id")) for record in (mine, other)]
    for side, item, new in _clashes(*(_items(at, "targets") for at in (was, *sides))):
        record, measure = (mine, other)[side], sides[side]
        yield _told("targets", str(was["id"]), item, new)
        for entry in (*_items(measure, "log"), *_items(measure, "extensions")):
            if entry.get("target") == item["id"]:
                entry["target"] = new
        for target in _items(measure, "targets"):
            if target.get("parent") == item["id"]:
                target["parent"] = new
        pattern = rf"({re.escape(id)}\.{was['id']}[:/]){item['id']}$"
        _replace(record, re.compile(pattern), new)
        _move(measure, "targets", item, new)


def _move(holder: Record, name: str, item: Record, new: str) -> None:
    """Give the item its number, and with it its place: the last."""
    item["id"] = new
    holder[name] = [*(one for one in holder[name] if one is not item), item]


def _clashes(
    base: list[Record], ours: list[Record], theirs: list[Record]
) -> list[tuple[int, Record, str]]:
    """Return side (0 or 1), item and new number of what is to be renumbered."""
    known = {item.get("id") for item in base}
    added = [
        {i.get("id"): i for i in items if i.get("id") not in known} for items in (ours, theirs)
    ]
    free = max((_number(item) for item in (*base, *ours, *theirs)), default=0)
    found = []
    for number in sorted((n for n in added[0] if n in added[1] and n), key=_size):
        pair = added[0][number], added[1][number]
        if pair[0] == pair[1]:
            continue
        free += 1
        side = 0 if _rank(pair[0]) > _rank(pair[1]) else 1
        found.append((side, pair[side], str(free)))
    return found


def _rank(item: Record) -> tuple[int, int, str]:
    followed = sum(len(_items(item, name)) for name in _FOLLOWED)
    quote = item.get("quote")
    start = str(quote.get("start", "")) if isinstance(quote, dict) else ""
    return -followed, int(start) if start.isdecimal() else 0, canonical(item)


def _refer_anew(record: Record, id: str, old: str, new: str, name: str) -> None:
    """What the same side says of the thing, it says of its new number."""
    if name == "questions":
        for measure in _items(record, "measures"):
            if measure.get("question") == old:
                measure["question"] = new
        return
    _replace(record, re.compile(rf"({re.escape(id)}\.){old}(?=[:/]|$)"), new)
    for measure in _items(record, "measures"):
        for holder in (measure, *_items(measure, "closings")):
            for key in _OWN:
                if holder.get(key) == old:
                    holder[key] = new


def _replace(value: Any, pattern: re.Pattern[str], new: str, key: str = "") -> Any:
    """Write the new number wherever a reference has the old one; return the value."""
    if isinstance(value, dict):
        value.update({k: _replace(item, pattern, new, k) for k, item in value.items()})
    elif isinstance(value, list):
        value[:] = [_replace(item, pattern, new, key) for item in value]
    elif isinstance(value, str) and key in _REFERENCES:
        return pattern.sub(rf"\g<1>{new}", value)
    return value


def _told(name: str, within: str, item: Record, new: str) -> Renumbered:
    text = item.get("text") or item.get("indicator") or item.get("question") or ""
    return Renumbered(name, within, item["id"], new, str(text))


def _with_id(record: Record, number: str | None) -> Record:
    found = (item for item in _items(record, "measures") if item.get("id") == number)
    return next(found, {})


def _items(record: Record, name: str) -> list[Record]:
    items = record.get(name)
    return [i for i in items if isinstance(i, dict)] if isinstance(items, list) else []


def _number(item: Record) -> int:
    return _size(item.get("id"))


def _size(number: Any) -> int:
    return int(number) if isinstance(number, str) and number.isdecimal() else 0
