"""The text as it is read: plain digits, no blanks in numbers; each place traced back."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from npcreply.dataclass import dataclass
from npcreply.extract.model import Drafted
from npcreply.extract.reasons import against
from npcreply.extract.words import rx, table
from npcreply.grammar.folding import SIMPLIFIED

T = TypeVar("T")

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "–—‐‑‒―−﹣"), "-")
_BRACKETS = dict(zip(map(ord, "﹝﹞﹙﹚﹛﹜⁅⁆"), "〔〕(){}[]", strict=True))
_BLANK = r"[ \t\r\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]|&(?:nbsp|e[mn]sp|#160);"
_LATIN = "0-9A-Za-z０-９Ａ-Ｚａ-ｚ"
# A blank between two digits or two letters may part two things: "3 5" is not 35.
_BLANKS = rx(rf"(?<![{_LATIN}])(?:{_BLANK})+|(?:{_BLANK})+(?![{_LATIN} \t\u3000])")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# The longest syllables, zhuang and shuang, have six letters.
_READING = rx(rf"(?<=[一-龥])[(（][a-zü{_TONED}]{{1,6}}[)）]")
_BLANKS_AND_READINGS = rx(f"{_BLANKS.source}|{_READING.source}")
_FEWEST_READINGS = 3  # a page whose characters are glossed is glossed in every line


@dataclass(frozen=True, slots=True)
class Shadow:
    """`text` is for grammars only, never shown or quoted: full-width forms (，：；（）％１Ａ) are
    ASCII, dashes are "-", traditional characters are simplified, 蕞 reads 最, and blanks are gone
    but for those between two digits or letters; line ends and 。、《》“” stay. `at[i]` is the
    source offset of character i; at[len(text)] is the source's end. `gaps[i]` is 1 where a blank
    was left out just before character i.
    """

    text: str
    at: array[int]
    gaps: bytearray

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source range of text[start:end]."""
        return (self.at[start], self.at[end - 1] + 1) if end > start else (self.at[start],) * 2

    def index(self, offset: int) -> int:
        """Return the place in `text` of a source offset (of the next kept character)."""
        return bisect_left(self.at, offset)

    def parted(self, place: int) -> bool:
        """Return whether a blank was left out just before text[place]."""
        return 0 < place < len(self.gaps) and self.gaps[place] == 1


def shadow(text: str) -> Shadow:
    """Return the shadow of `text`; linear."""
    parts: list[str] = []
    at, gaps = array("q"), bytearray()
    done = 0
    for start, end in _kept_ranges(text):
        parts.append(text[start:end])
        at.extend(range(start, end))
        gaps.append(done < start and text[done] not in "(（")
        gaps.extend(bytes(end - start - 1))
        done = end
    at.append(len(text))
    gaps.append(0)
    return Shadow("".join(parts).translate(_plain_characters()), at, gaps)


def readings(text: str) -> list[re.Match[str]]:
    """Return the readings in brackets after characters, 办(bàn)理, where the page has several."""
    hits = [hit for hit in _READING.finditer(text) if any(letter in _TONED for letter in hit[0])]
    return hits if len(hits) >= _FEWEST_READINGS else []


def _kept_ranges(text: str) -> Iterator[tuple[int, int]]:
    """The ranges between the blanks and readings that are left out."""
    start = 0
    left_out = _BLANKS_AND_READINGS if readings(text) else _BLANKS
    for blank in left_out.finditer(text):
        if blank.start() > start:
            yield start, blank.start()
        start = blank.end()
    if start < len(text):
        yield start, len(text)


@cache
def _plain_characters() -> dict[int, int | str]:
    """One character for one, so that the places stay."""
    swapped = {ord(wrong): right for wrong, right in table("damage", "characters").items()}
    return {**SIMPLIFIED, **swapped, **_FULL_WIDTH, **_DASHES, **_BRACKETS}


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

    def drafted(self, value: T, start: int, end: int, rule: str, *, doubt: str = "") -> Drafted[T]:
        """Return a value read from text[start:end]; `doubt`: the kind of what speaks against it."""
        at, until = self.at[start], self.at[end - 1] + 1
        words = self.source[at:until]
        found = against(doubt, words, at, until) if doubt else None
        return Drafted(value, at, until, words, rule, found)

    def named(self, start: int, end: int, rule: str, *, doubt: str = "") -> Drafted[str]:
        """Return text[start:end] as printed."""
        return self.drafted(self.printed(start, end), start, end, rule, doubt=doubt)


def passage(shadow: Shadow, source: str, start: int, end: int) -> Passage:
    """Return shadow.text[start:end] as one line."""
    kept = [i for i in range(start, end) if shadow.text[i] != "\n"]
    text = "".join(shadow.text[i] for i in kept)
    gaps = bytes(shadow.gaps[i] or (i > start and shadow.text[i - 1] == "\n") for i in kept)
    return Passage(text, array("q", (shadow.at[i] for i in kept)), source, gaps)
