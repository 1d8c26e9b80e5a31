"""What an import would do, as values: what is new, the same, asked, left out, by cell."""

from __future__ import annotations

from collections.abc import Iterable

from npcreply.dataclass import dataclass, field
from npcreply.store.journal import Change


@dataclass(frozen=True, slots=True)
class Said:
    """A cell and what is said of it; `remedy` is what to type."""

    where: str
    words: str
    remedy: str = ""


@dataclass(slots=True)
class Plan:
    """`new` are records and promises, `entries` lines of progress, `ratings` what deputies think,
    `same` counts what the records
    say already; `asks` is not written until it is answered, `left` is not taken.
    """

    new: list[Said] = field(default_factory=list)
    entries: list[Said] = field(default_factory=list)
    ratings: list[Said] = field(default_factory=list)
    same: int = 0
    asks: list[Said] = field(default_factory=list)
    left: list[Said] = field(default_factory=list)
    read: list[Said] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    records: int = 0
    promises: int = 0

    def ask(self, where: str, words: str, remedy: str = "") -> None:
        """Note a question; what is said twice is asked once."""
        said = Said(where, words, remedy)
        if said not in self.asks:
            self.asks.append(said)

    def leave(self, where: str, words: str, remedy: str = "") -> None:
        """Note what is not taken, and why."""
        said = Said(where, words, remedy)
        if said not in self.left:
            self.left.append(said)

    @property
    def writes(self) -> bool:
        return bool(self.changes)


def in_few(addresses: Iterable[str], most: int = 6) -> str:
    """Return addresses in a few characters: A5、A10、B2 … (12)."""
    known = list(dict.fromkeys(addresses))
    more = f" …({len(known)})" if len(known) > most else ""
    return "、".join(known[:most]) + more
