"""The letter as sentences in order, each with its item, its section and whose words it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from npcreply.extract.header import Header
from npcreply.extract.header.inquiry import Asked, Exchanges
from npcreply.extract.model import Span
from npcreply.extract.page import Cleaned
from npcreply.extract.sentences import headings
from npcreply.extract.sentences.clauses import Clause, clauses
from npcreply.extract.text import split
from npcreply.extract.text.split import Numbering
from npcreply.extract.words import listed

OPEN, SOFT, STRONG = 0, 1, 2
"""What an unmarked sentence is: told as it is; to come if it sounds so; to come by its place."""

_NUMBERED = 5  # 一是, 首先: the lowest level of numbering


@dataclass(slots=True)
class Walk:
    """Where a walk through the letter stands. `floor`: the level of the section that set the mode,
    0 where a sentence did; `lead`: the number of the sentence that announced what follows; `lists`:
    the last number at each level, `outer`: those of the time when the mode was set; `near`: the
    paragraph in which something was last said to come.
    """

    mode: int = OPEN
    floor: int = 0
    lead: int | None = None
    near: int | None = None
    question: Asked | None = None
    lists: dict[int, int] = field(default_factory=dict)
    outer: dict[int, int] = field(default_factory=dict)

    def mode_in(self, paragraph: int) -> int:
        """Return the mode of a sentence: after one that is to come, the next may be too."""
        return max(self.mode, SOFT) if self.near == paragraph else self.mode

    def enter(self, question: Asked | None) -> None:
        """Begin afresh with the answer to another question."""
        if question is not self.question:
            self._reset()
            self.lists, self.question = {}, question

    def ahead(self, mode: int, floor: int) -> None:
        """From here on it is told what is to come."""
        if mode > self.mode:
            self.mode, self.floor = mode, floor
            self.outer = {} if floor else dict(self.lists)

    def announce(self, lead: int) -> None:
        """What follows is the list that sentence `lead` announced."""
        self.ahead(STRONG, 0)
        self.lead = lead

    def open(self, text: str, start: int, end: int, paragraph: int) -> None:
        """Take what a paragraph's number, heading or topic says about the mode."""
        numbering = split.numbering(text, start, end)
        if numbering and numbering.count == 1 and self.near == paragraph - 1:
            self.ahead(SOFT, 0)  # a list right after what is to come tells it in detail
        if numbering:
            self._count(numbering)
        section = numbering if numbering and numbering.level < _NUMBERED else None
        heading = headings.heading(text, numbering.end if numbering else start, end, section)
        self._head(heading, section.level if section else 0)
        if not section and not self.floor and headings.topic().match(text, start, end):
            self._reset()

    def _head(self, heading: str, level: int) -> None:
        if listed("promises", "ahead").search(heading):
            self.ahead(STRONG, level)
        elif listed("promises", "behind").search(heading) and (
            not self.floor or level <= self.floor
        ):
            self._reset()

    def _count(self, numbering: Numbering) -> None:
        """Take a paragraph's number; the outer list going on ends what a sentence announced."""
        level, count = numbering.level, numbering.count
        above = bool(self.floor) and level <= self.floor
        goes_on = not self.floor and count == self.outer.get(level, count) + 1
        if self.mode and (above or goes_on):
            self._reset()
        self.lists = {at: last for at, last in self.lists.items() if at < level}
        self.lists[level] = count

    def _reset(self) -> None:
        self.mode, self.floor, self.lead = OPEN, 0, None


__all__ = ["OPEN", "SOFT", "STRONG", "Sentence", "outline"]

_LONGEST_FOOT = 100
_LONGEST_SENTENCE = 1200
_ITEM = 6  # sentences that the first item of a list may have
_UNTIL = re.compile("[0-9]月[底末]?前|年底前|年[内底](?![^,:]*已)")
_COLON = re.compile(":(?=[^\n])")
_SPREADING = frozenset({"next", "will", "intends", "own_plan"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """shadow.text[start:end] with its numbering; `clauses` without it.

    `place`: its own among the sentences. `kind`: text, head (一是完善机制。), announce (做好以下
    工作：), question (a deputy's, at an inquiry). `mode`: OPEN, SOFT, STRONG. `lead`: place of the
    sentence that announced it, or None. `joined`: it goes on after a semicolon. `paragraph`: its
    number. `asked`: the question that it answers.
    """

    place: int
    start: int
    end: int
    numbering: Numbering | None
    clauses: tuple[Clause, ...]
    kind: str
    mode: int
    lead: int | None
    joined: bool
    paragraph: int
    asked: Asked | None

    @property
    def body(self) -> int:
        """Return where the words after the numbering begin."""
        return self.clauses[0].start if self.clauses else self.start


def outline(cleaned: Cleaned, header: Header) -> list[Sentence]:
    """Return the letter's sentences; title, addressee, opening and sign-off are not among them."""
    text, walk, out = cleaned.shadow.text, Walk(), list[Sentence]()
    exchanges = Exchanges(header.questions)
    for paragraph, (start, end) in enumerate(_paragraphs(cleaned, header)):
        place = cleaned.shadow.at[start]
        walk.enter(exchanges.answered(place))
        walk.open(text, start, end, paragraph)
        pieces = _pieces(text, start, end)
        followings = [*pieces[1:], None]
        for piece, following in zip(pieces, followings, strict=True):
            sentence = _sentence(text, walk, piece, following, (len(out), paragraph), start)
            if exchanges.is_asked(cleaned.shadow.at[sentence.start]):
                sentence = _asking(sentence)
            out.append(sentence)
            _pass(text, walk, sentence)
    return out


def _paragraphs(cleaned: Cleaned, header: Header) -> Iterator[tuple[int, int]]:
    """The body's paragraphs without the frame, as places in the shadow."""
    index, text = cleaned.shadow.index, cleaned.shadow.text
    feet = [span for span in header.frame if span.rule == "foot"]
    more = max((span.end for span in feet if _holds_more(cleaned.text, span)), default=0)
    told = [span for span in header.frame if span.rule != "foot" or span.start >= more]
    frame = sorted((index(span.start), index(span.end)) for span in told)
    for span in cleaned.body:
        start, end = index(span.start), index(span.end)
        for first, last in frame:
            if first < end and last > start:
                yield from _trimmed(text, start, first)
                start = max(start, min(last, end))
        yield from _trimmed(text, start, end)


def _holds_more(text: str, span: Span) -> bool:
    """Whether a paragraph after the thanks is no sign-off, but sentences: then the letter thanks
    first, and goes on up to there.
    """
    said = text[span.start : span.end]
    if span.end - span.start > _LONGEST_FOOT:
        return True
    return said.endswith(("。", ";", "；")) and not listed("promises", "courtesy").search(said)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = split.trimmed(text, start, end)
    if start < end:
        yield start, end


def _asking(told: Sentence) -> Sentence:
    """A deputy's words: nothing in them is promised."""
    return Sentence(
        told.place, told.start, told.end, told.numbering, told.clauses, "question", OPEN, None,
        told.joined, told.paragraph, told.asked,
    )  # fmt: skip


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences; one that announces a list ends at its colon."""
    out: list[tuple[int, int]] = []
    sentences = split.sentences(text, start, end)
    for place, (first, last) in enumerate(sentences):
        glued = headings.glued(text, first, last)
        if glued:
            out.append((first, glued))
            first = glued  # noqa: PLW2901 -- what is left of it
        cut = _list_begins(text, first, last, sentences[place + 1 : place + 1 + _ITEM])
        if cut is not None:
            out.append((first, cut))
            first = split.trimmed(text, cut, last)[0]  # noqa: PLW2901 -- what is left of it
        out += _cut_up(text, first, last)
    return out


def _cut_up(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A page that lost its full stops: no sentence is so long that reading it takes for ever."""
    while end - start > _LONGEST_SENTENCE:
        limit = start + _LONGEST_SENTENCE
        mark = max(text.rfind(",", start, limit), text.rfind("、", start, limit))
        cut = mark + 1 if mark > start else limit
        yield start, cut
        start = cut
    yield start, end


def _list_begins(text: str, start: int, end: int, following: list[tuple[int, int]]) -> int | None:
    """Where 做好以下工作:一是…;二是… parts: only if the next item is a sentence of its own."""
    for colon in _COLON.finditer(text, start, end):
        first = split.numbering(text, colon.end(), end)
        if first is not None:
            begins = first.start <= colon.end() + 1 and _goes_on(text, first, following)
            return colon.end() if begins else None
    return None


def _goes_on(text: str, first: Numbering, following: list[tuple[int, int]]) -> bool:
    """Whether the second item begins one of the sentences that follow."""
    for start, end in following:
        second = split.numbering(text, start, min(end, start + 12))
        if second and second.level == first.level:
            return second.count == first.count + 1
    return False


def _sentence(
    text: str,
    walk: Walk,
    piece: tuple[int, int],
    following: tuple[int, int] | None,
    numbers: tuple[int, int],
    opened: int,
) -> Sentence:
    """`numbers`: its own and its paragraph's; `opened`: where the paragraph begins."""
    start, end = piece
    numbering = split.numbering(text, start, end)
    told = clauses(text, numbering.end if numbering else start, end)
    place, paragraph = numbers
    return Sentence(
        place=place,
        start=start,
        end=end,
        numbering=numbering,
        clauses=told,
        kind=headings.kind(text, start, told, following),
        mode=walk.mode_in(paragraph),
        lead=walk.lead,
        joined=start > opened and text[start - 1] == ";",
        paragraph=paragraph,
        asked=walk.question,
    )


def _pass(text: str, walk: Walk, sentence: Sentence) -> None:
    """What follows a sentence that says what is to come."""
    leads = any("next" in clause.marks for clause in sentence.clauses[:2])
    comes = any(not _SPREADING.isdisjoint(clause.marks) for clause in sentence.clauses)
    if sentence.kind == "announce" and (comes or _names_plans(text, sentence)):
        walk.announce(sentence.place)
    elif sentence.kind == "text" and leads:
        walk.ahead(SOFT, 0)
    if sentence.kind == "text" and comes:
        walk.near = sentence.paragraph


def _names_plans(text: str, sentence: Sentence) -> bool:
    """今年工作思路:, 年底前完成以下任务: the words of a heading or a day, before a list."""
    if any(clause.past or clause.as_it_is for clause in sentence.clauses):
        return False
    last = sentence.clauses[-1]
    names = listed("promises", "ahead").search(text, last.start, last.end)
    return bool(names or _UNTIL.search(text, sentence.start, last.end))
