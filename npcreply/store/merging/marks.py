"""The marks of a conflict, as git sets them, around the lines in which two texts differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from npcreply.language import _, listed
from npcreply.store.yaml.mistakes import NAMED_MARK

Names = Callable[[range, range], list[str]]


def marked(ours: str, theirs: str, names: Names) -> str:
    """Return the one text with both wherever they differ; `names` says what is in dispute in a
    range of ours' lines and one of theirs' (from 0).
    """
    mine, other = _lines(ours), _lines(theirs)
    return "".join(_told(mine, other, names))


def _told(mine: list[str], other: list[str], names: Names) -> Iterator[str]:
    end = "\r\n" if mine and mine[0].endswith("\r\n") else "\n"
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from mine[i1:i2]
            continue
        said = " ".join(listed(names(range(i1, i2), range(j1, j2))).split())
        yield f"<<<<<<< {NAMED_MARK}{said}{end}"
        yield from _ended(mine[i1:i2], end)
        yield f"======={end}"
        yield from _ended(other[j1:j2], end)
        yield f">>>>>>> {_('那边的')}{end}"


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


def _ended(lines: list[str], end: str) -> list[str]:
    """The last line of a file may lack its break: a mark stands on a line of its own."""
    return [line if line.endswith(("\n", "\r")) else line + end for line in lines]
