"""What is typed to choose among numbered lines: 1,3-5 or +4/-2 or a."""

from __future__ import annotations

import re

from npcreply.domain.numerals import half_width

_PIECE = re.compile(r"([+-]?)([0-9]{1,4})(?:-([0-9]{1,4}))?")
_ALL, _NONE = "a", "0"
NEXT, DONE = "next", "done"


def selected(
    said: str, ticked: list[int], last: int, shown: list[int] | None = None
) -> list[int] | None:
    """Return the numbers meant, in order: all of `ticked` for "", 1,3-5 only these, +4 -2 more or
    less; None where it cannot be read or there is no such number. 1,3-5 of the numbers `shown` on a
    page says nothing of the other pages.
    """
    plain = half_width(said).lower().replace("、", ",").replace("/", ",").replace("；", ",")
    if not plain.strip():
        return list(ticked)
    if plain.strip() in (_ALL, _NONE):
        return list(range(1, last + 1)) if plain.strip() == _ALL else []
    pieces = [_PIECE.fullmatch(piece) for piece in re.split(r"[,\s]+", plain.strip(", "))]
    signed = any(piece and piece[1] for piece in pieces)
    numbers = set(ticked) if signed else set()
    sign = ""
    for piece in pieces:
        if piece is None:
            return None
        sign = piece[1] or sign
        meant = range(int(piece[2]), int(piece[3] or piece[2]) + 1)
        if not meant or meant[0] < 1 or meant[-1] > last or (signed and not sign):
            return None
        numbers = numbers - {*meant} if sign == "-" else numbers | {*meant}
    if not signed and shown and numbers <= {*shown}:
        numbers |= {*ticked} - {*shown}
    return sorted(numbers)


def means_all(said: str) -> bool:
    """Return whether the answer speaks of every number: a, 0."""
    return half_width(said).lower().strip() in (_ALL, _NONE)
