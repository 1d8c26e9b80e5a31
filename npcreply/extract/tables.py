"""Index tables and the lines under a headline: labels with their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from npcreply.extract.phrases import any_of, words
from npcreply.extract.shadow import Shadow

_SETS = (
    "reply_dates",
    "publish_dates",
    "index_numbers",
    "doc_numbers",
    "issuers",
    "disclosures",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A label of a table (one word of a list) and where its value stands in the shadow."""

    label: str
    start: int
    end: int


def cells(shadow: Shadow, places: list[tuple[int, int]]) -> list[Cell]:
    """Return the labelled values of the tables at `places` (shadow ranges), in order."""
    return [cell for start, end in places for cell in _cells(shadow, start, end)]


def of(found: list[Cell], group: str) -> list[Cell]:
    """Return the cells whose label is one of a group's: "reply_dates"."""
    labels = set(words("letter", group))
    return [cell for cell in found if cell.label in labels]


def _cells(shadow: Shadow, start: int, end: int) -> Iterator[Cell]:
    text = shadow.text
    labels = [found for found in _labels().finditer(text, start, end) if _is_label(shadow, found)]
    for place, label in enumerate(labels):
        until = labels[place + 1].start() if place + 1 < len(labels) else end
        begin = label.end()
        while begin < until and text[begin] in ":| \n[]【】":
            begin += 1
        stop = text.find("\n", begin, until)
        yield Cell(label[0], begin, stop if stop >= 0 else until)


def _is_label(shadow: Shadow, found: re.Match[str]) -> bool:
    """Followed by a colon, or a cell of its own: a blank or line end before and after."""
    text, start, end = shadow.text, found.start(), found.end()
    alone_before = start == 0 or not "一" <= text[start - 1] <= "龥" or shadow.parted(start)
    if text[end : end + 1] in (":", "|"):
        return alone_before or end - start > 3  # 交办日期 is no 日期, 局发布时间 is 发布时间
    alone_after = end >= len(text) or text[end] == "\n" or shadow.parted(end)
    bulleted = start > 0 and text[start - 1] in "-•·*●■" and end - start > 1
    return alone_before and (alone_after or bulleted or text[end].isascii())


@cache
def _labels() -> re.Pattern[str]:
    known = [label for group in _SETS for label in words("letter", group)]
    known += [*words("page", "index_strong"), *words("page", "labels")]
    known += [label for label in words("page", "index_weak") if len(label) > 1]
    known += [label for label in words("page", "words") if len(label) > 2]
    return re.compile(any_of(set(known)))
