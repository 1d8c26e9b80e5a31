"""Where further letters begin on a page that holds several: pasted below each other, or listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from npcreply.extract.lines import Line

_REACH = 2  # so many lines below its addressee a letter opens
_ABOVE = 3  # so many lines above its addressee its headline stands
_OPENING = 300  # characters of a line in which a letter opens
_LONGEST = 90  # characters of an addressee's line

_DAY = re.compile(r"日(?:印发)?$")  # the date that signs the letter above

Opens = Callable[[str], bool]
Titled = Callable[[int], tuple[int, int] | None]


def further(
    lines: Sequence[Line], after: int, addresses: re.Pattern[str], opens: Opens, titled: Titled
) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the head of each letter that opens after the place `after`: headline
    and addressee, right above words that say what was received. The same words again are a copy
    of the letter, no other one.

    `titled` gives the headline that begins in a line, by its number.
    """
    known = {line.text for line in lines if line.start <= after < line.end}
    place = next((n for n, line in enumerate(lines) if line.start >= after), len(lines))
    top = place
    while place < len(lines):
        line = lines[place]
        below = lines[place + 1 : place + 1 + _REACH]
        said = next((one for one in below if opens(one.text[:_OPENING])), None)
        named = len(line) <= _LONGEST and not line.speaks and addresses.match(line.text)
        if not named or said is None:
            place += 1
            continue
        if said.text not in known:
            first = _headline(lines, place, top, titled)
            yield lines[first].start, line.end
        known.add(said.text)
        top = place = place + 1


def _headline(lines: Sequence[Line], place: int, top: int, titled: Titled) -> int:
    """The number of the line where the headline above an addressee begins, else the addressee's."""
    above = range(max(top, place - _ABOVE), place)
    signed = [n for n in above if _DAY.search(lines[n].text)]
    for first in range(signed[-1] + 1 if signed else above.start, place):
        found = titled(first)
        if found and found[1] <= lines[place].start:
            return first
    return place
