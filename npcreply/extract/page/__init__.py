"""Which ranges of a page are the letter: furniture, copies and damage are named, none rewritten."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.extract.model import Span
from npcreply.extract.page import damage as damages
from npcreply.extract.page import furniture
from npcreply.extract.page.damage import Damage
from npcreply.extract.page.landmarks import Landmarks, landmarks
from npcreply.extract.text import lines as text_lines
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Shadow, shadow
from npcreply.extract.text.split import sentences

__all__ = ["Cleaned", "Damage", "Repeat", "cleaned"]

_SHORT_LINE = 20  # a shorter line may say the same thing twice: a speaker's name, 一是…
_SHORT_SENTENCE = 15
_PASTED = 40  # so much said again, word for word, was pasted
_OFTEN = 3  # a long sentence said so often was pasted, alone too


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

    In the shadow: `lines` are all of the page, `rules` says of each why it is not the letter's (""
    where it is), `own` are those of the letter that are no copies, `paragraphs` is `body`,
    `landmarks` where the letter's parts stand.
    """

    text: str
    shadow: Shadow
    body: tuple[Span, ...]
    furniture: tuple[Span, ...]
    repeats: tuple[Repeat, ...]
    damage: tuple[Damage, ...]
    lines: tuple[Line, ...]
    rules: tuple[str, ...]
    own: tuple[Line, ...]
    paragraphs: tuple[tuple[int, int], ...]
    landmarks: Landmarks


@dataclass(frozen=True, slots=True, order=True)
class _Copy:
    """shadow.text[start:end] says again what text[first:…] said first."""

    start: int
    end: int
    first: int


def cleaned(text: str) -> Cleaned:
    """Return what of `text` is the letter; linear in its length."""
    read = shadow(text)
    page = text_lines.lines(read)
    marks = landmarks(read.text, page)
    rules = furniture.furniture(read, page, marks)
    firsts = _copied_lines(page, [not rule for rule in rules])
    kept = [line for n, line in enumerate(page) if not rules[n] and n not in firsts]
    passages = _copied_passages(read.text, [(line.start, line.end) for line in kept])
    lines = [_Copy(page[n].start, page[n].end, page[at].start) for n, at in firsts.items()]
    paragraphs = tuple(_without(kept, passages))
    return Cleaned(
        text=text,
        shadow=read,
        body=tuple(Span(*read.source(*place)) for place in paragraphs),
        furniture=tuple(
            Span(*read.source(start, end), rule)
            for start, end, rule in furniture.stretches(page, rules)
        ),
        repeats=tuple(_repeats(read, sorted([*lines, *passages]))),
        damage=damages.damage(read, text, kept),
        lines=tuple(page),
        rules=tuple(rules),
        own=tuple(_beginning_outside(kept, passages)),
        paragraphs=paragraphs,
        landmarks=marks,
    )


def _copied_lines(lines: Sequence[Line], own: Sequence[bool]) -> dict[int, int]:
    """Number of each line that is a copy → number of the first like it. Short lines beside a
    copied one are copies where they stand beside the first one as well.
    """
    first_like: dict[str, int] = {}
    copies: dict[int, int] = {}
    for place, line in enumerate(lines):
        if own[place] and len(line) >= _SHORT_LINE:
            first = first_like.setdefault(line.text, place)
            if first != place:
                copies[place] = first
    for step in (-1, 1):
        for place, first in list(copies.items()):
            _add_short_neighbours(lines, own, copies, (place, first), step)
    return copies


def _add_short_neighbours(
    lines: Sequence[Line],
    own: Sequence[bool],
    copies: dict[int, int],
    pair: tuple[int, int],
    step: int,
) -> None:
    """Short lines that stand beside a copy as beside its first are copies as well."""
    place, first = pair
    here, there = place + step, first + step
    while 0 <= there < len(lines) and 0 <= here < len(lines) and here not in copies:
        same = lines[here].text == lines[there].text and len(lines[here]) < _SHORT_LINE
        if not (same and own[here] and there not in copies and there != place and here != first):
            break
        copies[here] = there
        here, there = here + step, there + step


def _copied_passages(text: str, pieces: Sequence[tuple[int, int]]) -> list[_Copy]:
    """What is said again inside the lines: runs of sentences, and any long one said thrice."""
    places = [place for piece in pieces for place in sentences(text, *piece)]
    words = [text[start:end] for start, end in places]
    first, times = _first_and_times(words)
    copies: list[_Copy] = []
    here = 0
    while here < len(places):
        origin = first.get(words[here], here)
        length = _same_from(words, origin, here)
        size = places[here + length - 1][1] - places[here][0] if length else 0
        often = times.get(words[here], 0) >= _OFTEN and len(words[here]) >= 2 * _SHORT_SENTENCE
        if (length > 1 and size >= _PASTED) or (length > 0 and often):
            copies.append(_Copy(places[here][0], places[here + length - 1][1], places[origin][0]))
        here += max(length, 1)
    return copies


def _first_and_times(words: Sequence[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The number of the first sentence with the same words, and how often they are said."""
    first: dict[str, int] = {}
    times: dict[str, int] = {}
    for place, sentence in enumerate(words):
        if len(sentence) >= _SHORT_SENTENCE:
            first.setdefault(sentence, place)
            times[sentence] = times.get(sentence, 0) + 1
    return first, times


def _same_from(words: Sequence[str], origin: int, place: int) -> int:
    """How many sentences from `place` on are those from `origin` on."""
    length = 0
    while (
        origin + length < place
        and place + length < len(words)
        and words[origin + length] == words[place + length]
    ):
        length += 1
    return length


def _without(kept: Sequence[Line], copies: Sequence[_Copy]) -> Iterator[tuple[int, int]]:
    """The lines without the copied sentences in them; both are in order."""
    place = 0
    for line in kept:
        begin = line.start
        while place < len(copies) and copies[place].start < line.end:
            copy = copies[place]
            if copy.start > begin:
                yield begin, copy.start
            begin = max(begin, copy.end)
            if copy.end > line.end:
                break
            place += 1
        if begin < line.end:
            yield begin, line.end


def _beginning_outside(kept: Sequence[Line], copies: Sequence[_Copy]) -> Iterator[Line]:
    """The lines that do not begin within a copied passage."""
    starts = [copy.start for copy in copies]
    for line in kept:
        place = bisect_right(starts, line.start) - 1
        if place < 0 or copies[place].end <= line.start:
            yield line


def _repeats(read: Shadow, copies: Sequence[_Copy]) -> Iterator[Repeat]:
    """Copies by what they copy; those that follow each other like their originals are one."""
    merged: list[_Copy] = []
    for copy in copies:
        last = merged[-1] if merged else None
        gap = copy.start - last.end if last else -1
        if last and 0 <= gap <= 1 and copy.first == last.first + (copy.start - last.start):
            merged[-1] = _Copy(last.start, copy.end, last.first)
        else:
            merged.append(copy)
    by_original: dict[tuple[int, int], list[Span]] = {}
    for copy in merged:
        original = copy.first, copy.first + copy.end - copy.start
        by_original.setdefault(original, []).append(Span(*read.source(copy.start, copy.end)))
    for place, spans in sorted(by_original.items()):
        yield Repeat(Span(*read.source(*place)), tuple(spans))
