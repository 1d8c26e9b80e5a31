"""Where two promises say the same but for a thing: 隔离带 stands where the other has 通道."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from npcreply.repeats.profile import Profile, runs_of

_THING = 2  # characters of content: as short a word can be another thing


def contrasts(mine: Profile, yours: Profile) -> Iterator[tuple[str, str]]:
    """Yield what stands in one text in the place of other words in the other, beside words that
    both have: the content of each side, where both have some.
    """
    one, other = mine.said, yours.said
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    for kind, begin, end, other_begin, other_end in blocks:
        if kind != "replace":
            continue
        sides = ("".join(runs_of(text)) for text in (one[begin:end], other[other_begin:other_end]))
        here, there = sides
        if len(here) >= _THING and len(there) >= _THING:
            yield here, there
