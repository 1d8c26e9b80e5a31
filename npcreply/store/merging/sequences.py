"""How two versions of a list lie over the one before them: which item became which, what is new."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from npcreply.dataclass import dataclass
from npcreply.store.yaml.nodes import Data

_ALIKE = 0.5  # of two mappings' pairs, from where on the one is the other, changed


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the united list: its index in each of the three versions, None where it is not
    in that one.
    """

    base: int | None
    ours: int | None
    theirs: int | None


def canonical(item: Data) -> str:
    """Return one spelling for one content, whatever the order of its keys."""
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def woven(base: Sequence[Data], ours: Sequence[Data], theirs: Sequence[Data]) -> Iterator[Row]:
    """Yield the items of all three versions, each once, in an order that does not depend on which
    side is which.

    Items that both sides added alike are one item; runs that both added at one place are woven by
    their days, each side's own order kept.
    """
    left, right = _Side(base, ours), _Side(base, theirs)
    twins = _twins(left, right)
    told: set[int] = set()  # of ours: a twin comes up on either side, maybe at another place
    for gap in range(len(base) + 1):
        for row in _run(left, right, gap, twins):
            if row.ours is not None and row.ours in told:
                continue
            told.update(() if row.ours is None else (row.ours,))
            yield row
        if gap < len(base):
            yield Row(gap, left.kept.get(gap), right.kept.get(gap))


class _Side:
    """One version of a list against the one before: `kept` (index before → index now, rising) and
    `added` (for each gap between the items before, the indexes of what is new there).
    """

    def __init__(self, base: Sequence[Data], items: Sequence[Data]) -> None:
        self.items = items
        self.kept = dict(_matches(base, items))
        self.added: list[list[int]] = [[] for _gap in range(len(base) + 1)]
        before = {now: was for was, now in self.kept.items()}
        gap = 0
        for index in range(len(items)):
            if index in before:
                gap = before[index] + 1
            else:
                self.added[gap].append(index)


def _matches(base: Sequence[Data], items: Sequence[Data]) -> Iterator[tuple[int, int]]:
    was, now = [canonical(item) for item in base], [canonical(item) for item in items]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        elif tag == "replace":
            yield from _changed(base, items, range(i1, i2), range(j1, j2))


def _changed(
    base: Sequence[Data], items: Sequence[Data], was: range, now: range
) -> Iterator[tuple[int, int]]:
    """Yield which of the items before became which of those now, by how much they have in common:
    a line whose number was corrected is the same line.
    """
    start = now.start
    for index in was:
        found = max(
            range(start, now.stop), key=lambda at: _likeness(base[index], items[at]), default=None
        )
        if found is not None and _likeness(base[index], items[found]) >= _ALIKE:
            yield index, found
            start = found + 1


def _likeness(one: Data, other: Data) -> float:
    """Return the share (0 to 1) of the pairs of two mappings that are the same."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return 0.0
    same = sum(1 for key, value in one.items() if other.get(key, ...) == value)
    return same / max(len(one), len(other), 1)


def _twins(left: _Side, right: _Side) -> dict[int, int]:
    """Return which item that ours added is the same as which that theirs added."""
    free: dict[str, list[int]] = {}
    for index in (at for gap in right.added for at in gap):
        free.setdefault(canonical(right.items[index]), []).append(index)
    pairs = {}
    for index in (at for gap in left.added for at in gap):
        same = free.get(canonical(left.items[index]))
        if same:
            pairs[index] = same.pop(0)
    return pairs


def _run(left: _Side, right: _Side, gap: int, twins: dict[int, int]) -> Iterator[Row]:
    """Yield what both sides added at one gap: the earlier of the two heads goes first."""
    ours, theirs = left.added[gap][:], right.added[gap][:]
    back = {theirs: ours for ours, theirs in twins.items()}
    while ours or theirs:
        mine = _order(left.items[ours[0]]) if ours else None
        other = _order(right.items[theirs[0]]) if theirs else None
        if mine is not None and (other is None or mine <= other):
            index = ours.pop(0)
            yield Row(None, index, twins.get(index))
        else:
            index = theirs.pop(0)
            yield Row(None, back.get(index), index)


def _order(item: Data) -> tuple[str, str, int, str]:
    """By the day of the thing, then the day on which it was entered; numbers by their size."""
    text = canonical(item)
    if isinstance(item, dict):
        return str(item.get("on") or ""), str(item.get("entered") or ""), 0, text
    return "", "", int(item) if isinstance(item, str) and item.isdecimal() else 0, text
