"""Values as the tables have them: a day as a number, a text folded or as a checksum."""

from __future__ import annotations

import gc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

Row = dict[str, object]


def day_number(day: date) -> int:
    """Return a day as the tables have it: 20231231."""
    return day.year * 10_000 + day.month * 100 + day.day


def read_day(number: int | None) -> date | None:
    """Return the day of a number, None of none. Raises ValueError."""
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None


def words_of(text: str) -> int:
    """Return the checksum by which promises that say just this are found."""
    return checksum_of(folded(text))


def checksum_of(words: str) -> int:
    """Return the checksum of a text that is folded already."""
    return zlib.crc32(words.encode("utf-8", "backslashreplace"))


def folded(text: str) -> str:
    """Return the text as searches compare it."""
    from npcreply.grammar.folding import fold  # a table that reading the index does not need

    return fold(text)


@contextmanager
def no_collecting() -> Iterator[None]:
    """Everything made here stays: collecting meanwhile finds nothing and takes a third longer."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
