"""What stands in a record already of what a return sheet reports: the same, or something else."""

from __future__ import annotations

from typing import Any

from npcreply.domain.record.collected import round_of
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.model import Entry, Request

Plain = dict[str, Any]


def plain(entry: Entry) -> Plain:
    names = ("on", "target", "indicator", "value", "unit", "note", "source")
    return {name: getattr(entry, name) for name in names}


def plain_item(item: dict[str, Any]) -> Plain:
    names = ("on", "target", "indicator", "value", "unit", "note", "source")
    return {name: item.get(name) for name in names}


def is_same(one: Plain, mine: Plain, *, dated: bool) -> bool:
    """Whether the entry is there already: from this sheet, or the same figure of the same day from
    another department of the round.
    """
    names = ("target", "indicator", "value", "unit")
    if any(one[name] != mine[name] for name in names):
        return False
    same_day = one["on"] == mine["on"] or (not dated and one["source"] == mine["source"])
    if one["source"] == mine["source"]:
        return bool(same_day) and bool(one["note"] == mine["note"])
    known = same_day and mine["value"] is not None
    return bool(known) and _of_round(one, mine)


def contradicts(one: Plain, mine: Plain) -> bool:
    """Whether another figure of the same target stands there from this round."""
    if one["target"] != mine["target"] or one["indicator"] != mine["indicator"]:
        return False
    if one["source"] == mine["source"]:
        return bool(one["on"] == mine["on"] and one["value"] != mine["value"])
    return (
        _of_round(one, mine)
        and None not in (one["value"], mine["value"])
        and one["on"] == mine["on"]
    )


def _of_round(one: Plain, mine: Plain) -> bool:
    rounds = [round_of(str(each["source"] or "").rpartition(" ")[2]) for each in (one, mine)]
    return bool(rounds[0]) and rounds[0] == rounds[1]


def as_request(item: dict[str, Any]) -> Request:
    """Return a request about to be written as the record will have it."""
    return from_plain(Request, to_plain_item(item))


def to_plain_item(item: dict[str, Any]) -> dict[str, Any]:
    """Return the item's plain values; what is absent is left out."""
    return {name: to_plain(value) for name, value in item.items() if value is not None}
