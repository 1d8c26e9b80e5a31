"""Data as typed, three ways: what one side changed is taken, what both changed is a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TypeAlias, cast

from npcreply.dataclass import dataclass, replace
from npcreply.store.merging.sequences import Row, canonical, woven
from npcreply.store.yaml.nodes import Data, Path


class Gone(Enum):
    """What stands where a key or an item is not there."""

    GONE = "gone"


GONE = Gone.GONE
Side: TypeAlias = "Data | Gone"

# Values that mean something only together: never half of one side's and half of the other's.
_WHOLE = frozenset({"deadline", "quote", "source", "baseline", "reports", "removed"})
_GOAL = ("kind", "comparator", "value", "value_min", "value_max", "unit", "approx")
_TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "": (("kind", "year", "number"),),
    "targets": (_GOAL,),
    "log": (("target", "indicator", "value", "unit", "approx"),),
}
# What the items of a list go by; of other lists, an `id` where all have one, else their content.
_NAMED_BY = {"rounds": "round", "co": "body"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both sides changed otherwise: where it stands in the result decided for ours (`at`), in
    that decided for theirs (`other`), and the two values.
    """

    at: Path
    other: Path
    ours: Side
    theirs: Side


@dataclass(frozen=True, slots=True)
class Outcome:
    """The united value, once with each conflict decided for ours, once for theirs."""

    ours: Side
    theirs: Side
    conflicts: tuple[Conflict, ...] = ()


def three_way(base: Side, ours: Side, theirs: Side, key: str = "") -> Outcome:
    """Return what becomes of a value under `key` that was `base` before both sides touched it."""
    if ours in (theirs, base):
        return Outcome(theirs, theirs)
    if theirs == base:
        return Outcome(ours, ours)
    if isinstance(ours, dict) and isinstance(theirs, dict) and _mixes(ours, theirs, key):
        return _mapping(base if isinstance(base, dict) else {}, ours, theirs, key)
    if isinstance(ours, list) and isinstance(theirs, list):
        was = base if isinstance(base, list) else []
        if united := _list(was, ours, theirs, key):
            return united
    return Outcome(ours, theirs, (Conflict((), (), ours, theirs),))


def id_of(item: Data, key: str) -> str | None:
    """Return what an item of the list under `key` goes by, None where it has nothing."""
    found = item.get(_NAMED_BY.get(key, "id")) if isinstance(item, dict) else None
    return found if isinstance(found, str) else None


def _mixes(ours: dict[str, Data], theirs: dict[str, Data], key: str) -> bool:
    """A promise that one side took away and the other went on with is either one or the other."""
    return key not in _WHOLE and ("removed" in ours) == ("removed" in theirs)


def _mapping(
    base: dict[str, Data], ours: dict[str, Data], theirs: dict[str, Data], key: str
) -> Outcome:
    left: dict[str, Data] = {}
    right: dict[str, Data] = {}
    conflicts: list[Conflict] = []
    clashing = _clashing(base, ours, theirs, _TOGETHER.get(key, ()))
    for name in _names(ours, theirs):
        was, mine, other = (side.get(name, GONE) for side in (base, ours, theirs))
        found = three_way(was, mine, other, name)
        if name in clashing:
            told = (Conflict((), (), mine, other),) if mine != other else ()
            found = Outcome(mine, other, told)
        for into, value in ((left, found.ours), (right, found.theirs)):
            if not isinstance(value, Gone):
                into[name] = value
        conflicts += (_under(conflict, name, name) for conflict in found.conflicts)
    return Outcome(left, right, tuple(conflicts))


def _clashing(
    base: dict[str, Data],
    ours: dict[str, Data],
    theirs: dict[str, Data],
    groups: Iterable[tuple[str, ...]],
) -> set[str]:
    """Return the keys of the groups in which both sides changed something, and not alike."""
    found: set[str] = set()
    for group in groups:
        was, mine, other = (
            [side.get(name, GONE) for name in group] for side in (base, ours, theirs)
        )
        if mine not in (was, other) and other != was:
            found.update(group)
    return found


def _names(ours: dict[str, Data], theirs: dict[str, Data]) -> list[str]:
    """The keys of both, as ours has them; what only theirs has stands behind its neighbour."""
    names = list(ours)
    before = None
    for name in theirs:
        if name not in names:
            names.insert(names.index(before) + 1 if before is not None else 0, name)
        before = name
    return names


def _list(base: list[Data], ours: list[Data], theirs: list[Data], key: str) -> Outcome | None:
    """Return the two lists united; None for lists of words where something was taken out."""
    if all(isinstance(item, dict) for item in (*base, *ours, *theirs)):
        named = [_ids(items, key) for items in (base, ours, theirs)]
        if None not in named:
            ids = cast("list[list[str]]", named)
            return _joined(_by_ids(*ids), base, ours, theirs, key)
    elif not (_holds(ours, base) and _holds(theirs, base)):
        return None
    return _joined(woven(base, ours, theirs), base, ours, theirs, key)


def _ids(items: Sequence[Data], key: str) -> list[str] | None:
    ids = [name for item in items if (name := id_of(item, key)) is not None]
    return ids if len(set(ids)) == len(items) else None


def _holds(longer: Sequence[Data], shorter: Sequence[Data]) -> bool:
    """Say whether `longer` is `shorter` with more in it."""
    rest = iter(map(canonical, longer))
    return all(any(found == canonical(item) for found in rest) for item in shorter)


def _by_ids(base: list[str], ours: list[str], theirs: list[str]) -> list[Row]:
    """The rows of items that go by a name, each name once."""
    rows: dict[str, Row] = {}
    for row in woven(base, ours, theirs):
        of = ((base, row.base), (ours, row.ours), (theirs, row.theirs))
        name = next(ids[index] for ids, index in of if index is not None)
        rows.setdefault(name, Row(_at(base, name), _at(ours, name), _at(theirs, name)))
    return list(rows.values())


def _at(ids: list[str], name: str) -> int | None:
    return ids.index(name) if name in ids else None


def _joined(
    rows: Iterable[Row], base: list[Data], ours: list[Data], theirs: list[Data], key: str
) -> Outcome:
    left: list[Data] = []
    right: list[Data] = []
    conflicts: list[Conflict] = []
    for row in rows:
        was, mine, other = _item(base, row.base), _item(ours, row.ours), _item(theirs, row.theirs)
        if isinstance(was, Gone) and (isinstance(mine, Gone) or isinstance(other, Gone)):
            found = Outcome(added := other if isinstance(mine, Gone) else mine, added)
        else:
            found = three_way(was, mine, other, key)
        conflicts += (_under(one, len(left), len(right)) for one in found.conflicts)
        for into, value in ((left, found.ours), (right, found.theirs)):
            if not isinstance(value, Gone):
                into.append(value)
    return Outcome(left, right, tuple(conflicts))


def _item(items: list[Data], index: int | None) -> Side:
    return GONE if index is None else items[index]


def _under(conflict: Conflict, at: str | int, other: str | int) -> Conflict:
    return replace(conflict, at=(at, *conflict.at), other=(other, *conflict.other))
