"""The letter as sentences in order, each with its item, its section and whose words it is."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.dataclass import dataclass, field, replace
from npcreply.extract.header import Header
from npcreply.extract.header.inquiry import Asked, Exchanges
from npcreply.extract.model import Span
from npcreply.extract.page import Cleaned
from npcreply.extract.sentences import headings
from npcreply.extract.sentences.clauses import Clause, clauses
from npcreply.extract.text import split
from npcreply.extract.text.split import Numbering
from npcreply.extract.words import rx

OPEN, SOFT, STRONG = 0, 1, 2
"""What an unmarked sentence is: a report; to come if it sounds so; to come by its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """shadow.text[start:end] with its numbering; `clauses` without it.

    `place`: its own among the sentences. `kind`: text, head (一是完善机制。), announce (做好以下
    工作：), question (a deputy's, at an inquiry). `mode`: OPEN, SOFT, STRONG. `lead`: place of the
    sentence that announced it, or None. `joined`: it goes on after a semicolon. `paragraph`: its
    number. `asked`: the question that it answers. `reported`: its section reports (二、工作进展).
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
    reported: bool

    @property
    def body(self) -> int:
        """Return where the words after the numbering begin."""
        return self.clauses[0].start if self.clauses else self.start


def outline(cleaned: Cleaned, header: Header) -> list[Sentence]:
    """Return the letter's sentences; title, addressee, opening and sign-off are not among them."""
    text, walk, sentences = cleaned.shadow.text, _Walk(), list[Sentence]()
    exchanges = Exchanges(header.questions)
    for paragraph, (start, end) in enumerate(_paragraphs(cleaned, header)):
        walk.enter(exchanges.answered(cleaned.shadow.at[start]))
        walk.open(text, start, end, paragraph)
        pieces = _pieces(text, start, end)
        for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
            joined = piece[0] > start and text[piece[0] - 1] == ";"
            numbers = len(sentences), paragraph
            sentence = _sentence(text, walk, piece, following, numbers, joined=joined)
            if exchanges.is_asked(cleaned.shadow.at[sentence.start]):
                # a deputy's words: nothing in them is promised
                sentence = replace(sentence, kind="question", mode=OPEN, lead=None)
            sentences.append(sentence)
            walk.follow(text, sentence)
    return sentences


def _paragraphs(cleaned: Cleaned, header: Header) -> Iterator[tuple[int, int]]:
    """The body's paragraphs without the frame, as places in the shadow."""
    index, text = cleaned.shadow.index, cleaned.shadow.text
    feet = [span for span in header.frame if span.rule == "foot"]
    more = max((span.end for span in feet if _holds_more(cleaned.text, span)), default=0)
    kept = [span for span in header.frame if span.rule != "foot" or span.start >= more]
    frame = sorted((index(span.start), index(span.end)) for span in kept)
    for span in cleaned.body:
        start, end = index(span.start), index(span.end)
        for first, last in frame:
            if first < end and last > start:
                yield from _trimmed(text, start, first)
                start = max(start, min(last, end))
        yield from _trimmed(text, start, end)


_LONGEST_FOOT = 100  # characters; no thanks, name or telephone line is longer
_COURTESY = rx("<<promises.courtesy>>")


def _holds_more(text: str, span: Span) -> bool:
    """Whether a paragraph after the thanks is no sign-off, but sentences: then the letter thanks
    first, and goes on up to there.
    """
    paragraph = text[span.start : span.end]
    if len(paragraph) > _LONGEST_FOOT:
        return True
    return paragraph.endswith(("。", ";", "；")) and not _COURTESY.search(paragraph)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = split.trimmed(text, start, end)
    if start < end:
        yield start, end


_ITEM = 6  # sentences that the first item of a list may have before the second begins


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph; one that announces a list ends at its colon."""
    pieces: list[tuple[int, int]] = []
    sentences = split.sentences(text, start, end)
    for place, (first, last) in enumerate(sentences):
        glued = headings.glued(text, first, last)
        if glued:
            pieces.append((first, glued))
            first = glued  # noqa: PLW2901 -- what is left of it
        cut = _list_begins(text, first, last, sentences[place + 1 : place + 1 + _ITEM])
        if cut is not None:
            pieces.append((first, cut))
            first = split.trimmed(text, cut, last)[0]  # noqa: PLW2901 -- what is left of it
        pieces += _cut_up(text, first, last)
    return pieces


_LONGEST_SENTENCE = 1200  # characters: every clause is searched for every mark


def _cut_up(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A page that lost its full stops: no sentence is so long that reading it takes for ever."""
    while end - start > _LONGEST_SENTENCE:
        limit = start + _LONGEST_SENTENCE
        mark = max(text.rfind(",", start, limit), text.rfind("、", start, limit))
        cut = mark + 1 if mark > start else limit
        yield start, cut
        start = cut
    yield start, end


_COLON = rx(":(?=[^\n])")


def _list_begins(text: str, start: int, end: int, following: list[tuple[int, int]]) -> int | None:
    """Where 做好以下工作:一是…;二是… parts: only if the next item is a sentence of its own."""
    for colon in _COLON.finditer(text, start, end):
        first = split.numbering(text, colon.end(), end)
        if first is not None:
            begins = first.start <= colon.end() + 1 and _goes_on(text, first, following)
            return colon.end() if begins else None
    return None


_NUMBER = 12  # characters in which a sentence's number ends: 第二十二、


def _goes_on(text: str, first: Numbering, following: list[tuple[int, int]]) -> bool:
    """Whether the second item begins one of the sentences that follow."""
    for start, end in following:
        second = split.numbering(text, start, min(end, start + _NUMBER))
        if second and second.level == first.level:
            return second.count == first.count + 1
    return False


def _sentence(
    text: str,
    walk: _Walk,
    piece: tuple[int, int],
    following: tuple[int, int] | None,
    numbers: tuple[int, int],
    *,
    joined: bool,
) -> Sentence:
    """`numbers`: its own and its paragraph's."""
    start, end = piece
    numbering = split.numbering(text, start, end)
    own = clauses(text, numbering.end if numbering else start, end)
    place, paragraph = numbers
    return Sentence(
        place=place,
        start=start,
        end=end,
        numbering=numbering,
        clauses=own,
        kind=headings.kind(text, start, own, following),
        mode=walk.mode_in(paragraph),
        lead=walk.lead,
        joined=joined,
        paragraph=paragraph,
        asked=walk.question,
        reported=bool(walk.told),
    )


_AHEAD, _BEHIND = rx("<<promises.ahead>>"), rx("<<promises.behind>>")
_REPORTS = rx("<<promises.reporting>>")
_QUOTED = rx("“[^”]*”")
_SPREADING = frozenset({"next", "will", "intends", "own_plan"})
_LOWEST = 5  # the level of 一是, 首先: such an item opens no section


@dataclass(slots=True)
class _Walk:
    """Where a walk through the letter stands. `floor`: the level of the section that set the mode,
    0 where a sentence did; `lead`: the number of the sentence that announced what follows; `lists`:
    the last number at each level, `outer`: those of the time when the mode was set; `near`: the
    paragraph in which something was last to come; `told`: the level of the section that reports
    (二、工作进展), 0 outside one.
    """

    mode: int = OPEN
    floor: int = 0
    lead: int | None = None
    near: int | None = None
    told: int = 0
    question: Asked | None = None
    lists: dict[int, int] = field(default_factory=dict)
    outer: dict[int, int] = field(default_factory=dict)

    def mode_in(self, paragraph: int) -> int:
        """Return the mode of a sentence: after one that is to come, the next may be too."""
        return max(self.mode, SOFT) if self.near == paragraph and not self.told else self.mode

    def enter(self, question: Asked | None) -> None:
        """Begin afresh with the answer to another question."""
        if question is not self.question:
            self._reset()
            self.lists, self.question = {}, question

    def open(self, text: str, start: int, end: int, paragraph: int) -> None:
        """Take what a paragraph's number, heading or topic says about the mode."""
        numbering = split.numbering(text, start, end)
        if numbering and numbering.count == 1 and self.near == paragraph - 1:
            self._look_ahead(SOFT, 0)  # a list right after what is to come gives its details
        if numbering:
            self._count(numbering)
        section = numbering if numbering and numbering.level < _LOWEST else None
        heading = headings.heading(text, numbering.end if numbering else start, end, section)
        self._head(heading, section.level if section else 0)
        if not section and not self.floor and headings.TOPIC.match(text, start, end):
            self._reset()

    def follow(self, text: str, sentence: Sentence) -> None:
        """Take what a sentence says about those after it."""
        comes = any(not _SPREADING.isdisjoint(clause.marks) for clause in sentence.clauses)
        if sentence.kind == "announce" and (comes or _names_plans(text, sentence)):
            self._look_ahead(STRONG, 0)
            self.lead = sentence.place
        elif _leads(text, sentence):
            self._look_ahead(SOFT, 0)
        if sentence.kind == "text" and comes:
            self.near = sentence.paragraph

    def _look_ahead(self, mode: int, floor: int) -> None:
        if mode > self.mode:
            self.mode, self.floor = mode, floor
            self.outer = {} if floor else dict(self.lists)

    def _head(self, heading: str, level: int) -> None:
        heading = _QUOTED.sub("", heading)  # 关于“纳入重点工作”方面: the deputy's words
        if heading and level and (not self.told or level <= self.told):
            self.told = level if _REPORTS.search(heading) and not _AHEAD.search(heading) else 0
        if _AHEAD.search(heading):
            self._look_ahead(STRONG, level)
        elif _BEHIND.search(heading) and (not self.floor or level <= self.floor):
            self._reset()

    def _count(self, numbering: Numbering) -> None:
        """Take a paragraph's number; the outer list going on ends what a sentence announced."""
        level, count = numbering.level, numbering.count
        above = bool(self.floor) and level <= self.floor
        goes_on = not self.floor and count == self.outer.get(level, count) + 1
        if self.mode and (above or goes_on):
            self._reset()
        self.lists = {outer: last for outer, last in self.lists.items() if outer < level}
        self.lists[level] = count

    def _reset(self) -> None:
        self.mode, self.floor, self.lead = OPEN, 0, None


def _leads(text: str, sentence: Sentence) -> bool:
    """Whether what follows may be to come: 下一步,…; 我们研究确定了以下措施:"""
    if sentence.kind == "announce":
        return _DECIDED.search(text, sentence.body, sentence.end) is not None
    first = sentence.clauses[:2]
    courteous = any("courtesy" in clause.marks for clause in first)  # 促进今后工作,感谢…
    leads = any("next" in clause.marks for clause in first)
    return sentence.kind == "text" and leads and not courteous


_DECIDED = rx("<<promises.decided>>了?(?:以|如)下")
_UNDER_WAY = rx("正在")
_UNTIL = rx("[0-9]月[底末]?前|年底前|年[内底](?![^,:]*已)")


def _names_plans(text: str, sentence: Sentence) -> bool:
    """今年工作思路:, 年底前完成以下任务: the words of a heading or a day, before a list; not
    正在落实以下举措:.
    """
    if any(clause.past or clause.as_it_is for clause in sentence.clauses):
        return False
    last = sentence.clauses[-1]
    if _UNDER_WAY.search(text, last.start, last.end):
        return False
    names = _AHEAD.search(text, last.start, last.end)
    return bool(names or _UNTIL.search(text, sentence.start, last.end))
