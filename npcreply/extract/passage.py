"""A stretch of the letter read as one line, with the way back to its places and words."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TypeVar

from npcreply.extract.shadow import Shadow
from npcreply.extract.values import Drafted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is the shadow without line ends; `at[i]` the place of character i in `source`."""

    text: str
    at: array[int]
    source: str
    gaps: bytes = b""

    def printed(self, start: int, end: int) -> str:
        """Return text[start:end] in the characters of the source, its blanks left out."""
        return "".join(self.source[self.at[i]] for i in range(start, end))

    def parted(self, place: int) -> bool:
        """Return whether a blank or a line end stood before text[place]."""
        return 0 < place < len(self.gaps) and self.gaps[place] == 1

    def drafted(
        self, value: T, start: int, end: int, rule: str, *, sure: bool = True
    ) -> Drafted[T]:
        """Return a value read from text[start:end]."""
        at, until = self.at[start], self.at[end - 1] + 1
        return Drafted(value, at, until, self.source[at:until], rule, sure)

    def named(self, start: int, end: int, rule: str, *, sure: bool = True) -> Drafted[str]:
        """Return text[start:end] as printed."""
        return self.drafted(self.printed(start, end), start, end, rule, sure=sure)


def passage(shadow: Shadow, source: str, start: int, end: int) -> Passage:
    """Return shadow.text[start:end] as one line."""
    kept = [i for i in range(start, end) if shadow.text[i] != "\n"]
    text = "".join(shadow.text[i] for i in kept)
    gaps = bytes(shadow.gaps[i] or (i > start and shadow.text[i - 1] == "\n") for i in kept)
    return Passage(text, array("q", (shadow.at[i] for i in kept)), source, gaps)
