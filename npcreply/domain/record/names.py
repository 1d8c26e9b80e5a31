"""Names as people look for them: numbers in the order of counting, the name that a slip means."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DIGITS = re.compile("[0-9]+")
_WIDE = 12  # digits: no number on a file is longer


def number_order(name: str) -> str:
    """Return a text by which ids, and names of files, sort as people count: 9, 10, 020, 100."""
    return f"{_DIGITS.sub(lambda found: found[0].lstrip('0').zfill(_WIDE), name)} {name}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` is most likely a slip of, for "did you mean"; else None.

    None too when two are equally near.
    """
    from difflib import SequenceMatcher, get_close_matches  # a usual start needs none of it

    folded, by_fold = word.strip().casefold(), {name.casefold(): name for name in known}
    close = get_close_matches(folded, by_fold, n=2, cutoff=0.6)
    ratios = [SequenceMatcher(None, folded, name).ratio() for name in close]
    return by_fold[close[0]] if len(set(ratios)) == len(close) > 0 else None
