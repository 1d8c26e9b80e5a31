"""Which ranges of a page are the letter: furniture, copies and damage are named, none rewritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from npcreply.extract.model import Span
from npcreply.extract.page import damage as damages
from npcreply.extract.page import furniture as pages
from npcreply.extract.page.damage import Damage
from npcreply.extract.page.landmarks import Landmarks, landmarks
from npcreply.extract.text.lines import Line, lines
from npcreply.extract.text.normalized import Shadow, shadow
from npcreply.extract.text.split import sentences

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


__all__ = ["Cleaned", "Damage", "Repeat", "cleaned"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that the page prints again: the first place is kept, the copies are not read."""

    first: Span
    copies: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`body`: the letter's paragraphs in order (source offsets, blanks at both ends cut; parted
    also where a lost line break leaves 一、（一） in mid-line), title, addressee and signature
    among them: see `Header.frame`. `furniture`: what is not the letter; spans with rule "index" or
    "page" are what the header reads besides. Copies are in neither.
    """

    text: str
    shadow: Shadow
    body: tuple[Span, ...]
    furniture: tuple[Span, ...]
    repeats: tuple[Repeat, ...]
    damage: tuple[Damage, ...]


def cleaned(text: str) -> Cleaned:
    """Return what of `text` is the letter; linear in its length."""
    read = shadow(text)
    page = lines(read)
    marks = landmarks(read.text, page)
    rules = pages.furniture(read, page, marks)
    own = [not rule for rule in rules]
    copies = copied_lines(page, own)
    kept = [line for n, line in enumerate(page) if own[n] and n not in copies]
    again = copied_sentences(read.text, [(line.start, line.end) for line in kept])
    cut = [(copy.start, copy.end) for copy in again]
    firsts = [(page[n], page[first].start) for n, first in sorted(copies.items())]
    told = [(line.start, line.end, first) for line, first in firsts]
    told += [(copy.start, copy.end, copy.first) for copy in again]
    return Cleaned(
        text=text,
        shadow=read,
        body=tuple(_span(read, *at) for at in _without(kept, cut)),
        furniture=_runs(read, page, rules),
        repeats=_repeats(read, sorted(told)),
        damage=damages.damage(read, text, kept),
    )


def marks_of(cleaned: Cleaned) -> tuple[list[Line], Landmarks]:
    """Return the page's lines and landmarks again, for the header."""
    page = lines(cleaned.shadow)
    return page, landmarks(cleaned.shadow.text, page)


def _span(read: Shadow, start: int, end: int, rule: str = "") -> Span:
    return Span(*read.source(start, end), rule)


def _without(kept: list[Line], cut: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines without the copied sentences in them; both are in order."""
    found: list[tuple[int, int]] = []
    place = 0
    for line in kept:
        begin = line.start
        while place < len(cut) and cut[place][0] < line.end:
            start, end = cut[place]
            found += [(begin, start)] if start > begin else []
            begin = max(begin, end)
            if end > line.end:
                break
            place += 1
        found += [(begin, line.end)] if begin < line.end else []
    return found


def _runs(read: Shadow, page: list[Line], rules: list[str]) -> tuple[Span, ...]:
    """The furniture, neighbours of one rule together."""
    runs = pages.pieces(rules)
    return tuple(
        _span(read, page[first].start, page[past - 1].end, rule)
        for first, past, rule in runs
        if rule
    )


def _repeats(read: Shadow, told: list[tuple[int, int, int]]) -> tuple[Repeat, ...]:
    """Copies by what they copy; those that follow each other like their originals are one."""
    merged: list[tuple[int, int, int]] = []
    for start, end, first in told:
        last = merged[-1] if merged else None
        gap = start - last[1] if last else -1
        if last and 0 <= gap <= 1 and first == last[2] + (start - last[0]):
            merged[-1] = (last[0], end, last[2])
        else:
            merged.append((start, end, first))
    groups: dict[tuple[int, int], list[Span]] = {}
    for start, end, first in merged:
        groups.setdefault((first, first + end - start), []).append(_span(read, start, end))
    return tuple(Repeat(_span(read, *at), tuple(copies)) for at, copies in sorted(groups.items()))
