"""Passages that a page prints again: the first place counts, the others are its copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from npcreply.extract.lines import Line
from npcreply.extract.splitting import sentences

_LINE = 20  # a shorter line may say the same thing twice: a speaker's name, 一是…
_SENTENCE = 15
_RUN = 40  # so much said again, word for word, was pasted
_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """shadow.text[start:end] says again what text[first:…] said first."""

    start: int
    end: int
    first: int


def copied_lines(lines: Sequence[Line], own: Sequence[bool]) -> dict[int, int]:
    """Return the lines that are copies: number of the line → number of the first like it.

    Short lines beside a copied one count where they stand beside the first one as well.
    """
    seen: dict[str, int] = {}
    copies: dict[int, int] = {}
    for place, line in enumerate(lines):
        if own[place] and len(line) >= _LINE:
            first = seen.setdefault(line.text, place)
            if first != place:
                copies[place] = first
    for step in (-1, 1):
        for place, first in list(copies.items()):
            _grow(lines, own, copies, place, first, step)
    return copies


def _grow(
    lines: Sequence[Line],
    own: Sequence[bool],
    copies: dict[int, int],
    place: int,
    first: int,
    step: int,
) -> None:
    here, there = place + step, first + step
    while 0 <= there < len(lines) and 0 <= here < len(lines) and here not in copies:
        same = lines[here].text == lines[there].text and len(lines[here]) < _LINE
        if not (same and own[here] and there not in copies and there != place and here != first):
            break
        copies[here] = there
        here, there = here + step, there + step


def copied_sentences(text: str, pieces: Sequence[tuple[int, int]]) -> list[Copy]:
    """Return what is said again inside the lines: runs of sentences, and any one said thrice."""
    said = [at for piece in pieces for at in sentences(text, *piece)]
    told = [text[start:end] for start, end in said]
    first: dict[str, int] = {}
    times: dict[str, int] = {}
    for place, sentence in enumerate(told):
        if len(sentence) >= _SENTENCE:
            first.setdefault(sentence, place)
            times[sentence] = times.get(sentence, 0) + 1
    found: list[Copy] = []
    place = 0
    while place < len(said):
        origin = first.get(told[place], place)
        length = _run(told, origin, place)
        size = said[place + length - 1][1] - said[place][0] if length else 0
        often = length > 0 and times[told[place]] >= _OFTEN and len(told[place]) >= 2 * _SENTENCE
        if (length > 1 and size >= _RUN) or often:
            found.append(Copy(said[place][0], said[place + length - 1][1], said[origin][0]))
        place += max(length, 1)
    return found


def _run(told: Sequence[str], origin: int, place: int) -> int:
    """How many sentences from `place` on are those from `origin` on."""
    length = 0
    while (
        origin + length < place
        and place + length < len(told)
        and told[origin + length] == told[place + length]
    ):
        length += 1
    return length
