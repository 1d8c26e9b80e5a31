"""Which item of a list, as it stands, is which item of the list that is wanted."""

from __future__ import annotations

from npcreply.store.nodes import Data


def aligned(old: list[Data], new: list[Data]) -> list[int | None]:
    """Return for each new item the index of the old one that becomes it, None for one to add.

    The indexes rise. Items that all have an `id` go by it; others by the longest common beginning
    and end, and what lies between one after the other.
    """
    by_id = _by_id(_ids(old), _ids(new))
    return _by_ends(old, new) if by_id is None else by_id


def _ids(items: list[Data]) -> list[str] | None:
    """The ids of all items, None where one has none or two have the same."""
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    words = [name for name in ids if isinstance(name, str)]
    return words if len(set(words)) == len(items) else None


def _by_id(old: list[str] | None, new: list[str] | None) -> list[int | None] | None:
    if old is None or new is None:
        return None
    if [name for name in old if name in new] != [name for name in new if name in old]:
        return None  # items cannot change places: their contents do
    return [old.index(name) if name in old else None for name in new]


def _by_ends(old: list[Data], new: list[Data]) -> list[int | None]:
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    changed = min(len(old), len(new)) - head - tail
    added = len(new) - head - changed - tail
    ends = range(len(old) - tail, len(old))
    return [*range(head + changed), *[None] * added, *ends]
