"""The head of a letter as passages: headline, addressee, opening words, labelled lines, tables."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise

from npcreply.dataclass import dataclass
from npcreply.extract.header import people, suggestion
from npcreply.extract.model import Drafted, Span
from npcreply.extract.page import Cleaned
from npcreply.extract.page.furniture import stretches
from npcreply.extract.page.landmarks import Landmarks
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Passage, Shadow, passage
from npcreply.extract.words import rx, words

_READ = ("index", "page")  # furniture that tells something about the letter
_FIRST = 12  # a headline stands among the first lines
_LAST = 8  # the fields at the foot of a form stand among its last lines, thanks or none
_LONGEST_HEADLINE = 60
_SHORTEST_HEADLINE = 5
_LONGEST_LABELLED = 120  # characters of a label with its value; what is longer is text
_LONGEST_FORM = 600  # characters of a whole form that the page ran together

_TABLE_LABEL = rx(
    "<<letter.reply_dates+letter.publish_dates+letter.index_numbers+letter.doc_numbers"
    "+letter.issuers+letter.disclosures"
    "+page.index_strong+page.labels+page.index_weak:2+page.words:3>>"
)
_LINE_LABEL = rx(
    r"[\W_]{0,3}<<letter.proposer_labels+letter.seconder_labels+letter.co_labels+letter.lead_labels+letter.number_labels"
    r"+letter.classes+letter.contacts+letter.phones+letter.title_labels+letter.assigned_labels"
    r"+letter.leader_labels+letter.feedback_labels+letter.attitude_labels+letter.met_labels>>(?:姓名|及[^:]{1,8})?[:]"
    r"|标题:"
)
# Where the next field of a form begins in the same line; a name and its telephone stay together.
_NEXT_LABEL = rx(
    "<<letter.proposer_labels+letter.seconder_labels+letter.co_labels+letter.lead_labels+letter.number_labels"
    "+letter.title_labels+letter.assigned_labels+letter.leader_labels+letter.feedback_labels"
    "+letter.attitude_labels+letter.met_labels+letter.classes>>:"
)
_CELL_END = rx(r"[\n|]")
_GREETING = rx("<<letter.citizens>>|<<letter.no_headline>>")


@dataclass(frozen=True, slots=True)
class Cell:
    """A label of a table (one word of a list) and where its value stands in the shadow."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a letter's head; those it has not are empty passages. `lines` are the letter's
    own lines, copies and furniture left out; `cells` the labelled values of the page's tables,
    `meta` the lines of those tables and of the page's own words, `labelled` the letter's lines that
    begin with a label.
    """

    cleaned: Cleaned
    lines: tuple[Line, ...]
    headline: Passage
    addressee: Passage
    opening: Passage
    cells: tuple[Cell, ...]
    meta: tuple[Line, ...]
    labelled: tuple[Line, ...]

    @property
    def marks(self) -> Landmarks:
        """Where the parts of the letter stand."""
        return self.cleaned.landmarks

    def cells_of(self, group: str) -> list[Cell]:
        """Return the cells whose label is in a list of the section letter: "reply_dates"."""
        labels = set(words("letter", group))
        return [cell for cell in self.cells if cell.label in labels]

    def parts(self) -> list[Passage]:
        """Return where number and session are printed, the most telling first."""
        others = [self.at(*at) for at in reversed(self.marks.titles[:-1])]
        beside = [*self.labelled_lines(), *map(self.line, self._below_title())]
        if not self.headline.text:
            beside += map(self.line, self._above_addressee())
        return [self.headline, self.opening, *beside, self.addressee, *others[:4]]

    def _above_addressee(self) -> Iterator[Line]:
        """The short lines above an addressee that has no title: 代表建议第21号."""
        top = self.marks.addressee[0] if self.marks.addressee else 0
        for line in self.lines:
            if line.end <= top and len(line) <= _LONGEST_HEADLINE and not line.speaks:
                yield line

    def _below_title(self) -> Iterator[Line]:
        """The short lines between title and addressee: （闭会3号）, the letter's own number."""
        title, addressee = self.marks.title, self.marks.addressee
        if not title or not addressee:
            return
        for line in self.lines:
            if title[1] <= line.start and line.end <= addressee[0] and not line.speaks:
                yield line

    def labelled_lines(self) -> list[Passage]:
        """Return the lines beside headline and opening that begin with a label: 建议编号：."""
        return [self.line(line) for line in self.labelled]

    def line(self, line: Line) -> Passage:
        """Return one line as a passage."""
        return self.at(line.start, line.end)

    def at(self, start: int, end: int) -> Passage:
        """Return shadow.text[start:end] as a passage."""
        return passage(self.cleaned.shadow, self.cleaned.text, start, end)

    def own_title(self) -> Drafted[str] | None:
        """Return the suggestion's title; where none is printed the letter's headline, doubtful."""
        title = suggestion.own_title(self.opening)
        labelled = (suggestion.labelled_title(line) for line in self.labelled_lines())
        title = title or next(filter(None, labelled), None)
        title = title or suggestion.title_in_headline(self.headline)
        if title:
            return title
        text = self.headline.text
        if not text:
            return None
        return self.headline.named(0, len(text), "title.letter", doubt="title_of_letter")

    def first_headline(self) -> Drafted[str] | None:
        """Return the first line that is a headline: short, no sentence, no label, no greeting."""
        for line in self.lines[:_FIRST]:
            if len(line) > _LONGEST_HEADLINE or line.text[-1] in "。:;,|":
                return None
            if _GREETING.search(line.text):
                return None
            if len(line) >= _SHORTEST_HEADLINE:
                part = self.line(line)
                return part.named(0, len(part.text), "title.headline")
        return None

    def proposers(self) -> people.Proposers:
        """Return the deputies from the first place that names them; the count from any."""
        places = [people.addressed(self.addressee)]
        places += [people.labelled(line) for line in self.labelled_lines()]
        places.append(people.mentioned(self.headline, "deputies.headline"))
        places.append(people.mentioned(self.opening, "deputies.opening"))
        named = next((place for place in places if place.names), people.Proposers())
        count = next((place.count for place in places if place.count), None)
        seconders = [name for line in self.labelled_lines() for name in people.seconders(line)]
        names = {name.value: name for name in (*named.names, *seconders)}
        return people.Proposers(tuple(names.values()), named.count or count)

    def others(self) -> tuple[Span, ...]:
        """Return the heads of further letters on the page as source ranges."""
        places = (self.cleaned.shadow.source(*at) for at in self.marks.others)
        return tuple(Span(*at, "letter") for at in places)

    def frame(self, signed: Sequence[Passage] = ()) -> tuple[Span, ...]:
        """Return title, addressee, opening, what stands between the first two, what follows the
        thanks and the lines that sign (`signed`) as source ranges.
        """
        shadow, closing = self.cleaned.shadow, self.marks.closing
        head = [Span(*shadow.source(*at), "head") for at in self._head_places()]
        foot = [
            Span(*shadow.source(max(line.start, closing), line.end), "foot")
            for line in self.lines
            if line.end > closing
        ]
        signature = [Span(line.at[0], line.at[-1] + 1, "foot") for line in signed if line.text]
        return tuple(sorted({*head, *foot, *signature}))

    def _head_places(self) -> Iterator[tuple[int, int]]:
        """The landmarks, and the lines above, between and beside them."""
        marks = self.marks
        places = [at for at in (marks.title, marks.addressee, marks.opener) if at]
        yield from places
        top = min((at[0] for at in places), default=0)
        for line in self.lines:
            between = (
                marks.title
                and marks.addressee
                and marks.title[1] <= line.start
                and line.end <= marks.addressee[0]
            )
            if line.end <= top or between:
                yield line.start, line.end
        yield from ((line.start, line.end) for line in self.labelled if line.start < marks.head)


def head_of(cleaned: Cleaned) -> Head:
    """Return the head of the first letter in a cleaned text."""
    shadow, marks = cleaned.shadow, cleaned.landmarks
    tables = [
        (start, end)
        for start, end, rule in stretches(cleaned.lines, cleaned.rules)
        if rule in _READ
    ]

    def part(at: tuple[int, int] | None) -> Passage:
        return passage(shadow, cleaned.text, *at) if at else Passage("", array("q"), cleaned.text)

    return Head(
        cleaned=cleaned,
        lines=cleaned.own,
        headline=part(marks.title),
        addressee=part(marks.addressee),
        opening=part(marks.opener),
        cells=tuple(cell for start, end in tables for cell in _cells(shadow, start, end)),
        meta=tuple(
            line for line, rule in zip(cleaned.lines, cleaned.rules, strict=True) if rule in _READ
        ),
        labelled=tuple(_labelled(shadow, cleaned.own, marks)),
    )


def _labelled(shadow: Shadow, own: Sequence[Line], marks: Landmarks) -> Iterator[Line]:
    """Lines of the head and the foot that begin with a label."""
    until, foot = marks.head, marks.closing
    if not marks.opener:
        until = max(until, _end_of_form(own))
        foot = min([foot, *(line.start for line in own[-_LAST:])])
    for line in own:
        near = line.start < until or line.start >= foot
        if near and len(line) < _LONGEST_FORM and _LINE_LABEL.match(line.text):
            yield from (part for part in _fields(shadow, line) if len(part) < _LONGEST_LABELLED)


def _end_of_form(own: Sequence[Line]) -> int:
    """Where the fields of a form end: at the first line that holds a sentence."""
    return next((line.start for line in own if line.speaks), 0)


def _fields(shadow: Shadow, line: Line) -> Iterator[Line]:
    """The fields of a form in one line: 建议编号：64 承办单位：县水利局."""
    cuts = [
        label.start()
        for label in _NEXT_LABEL.finditer(line.text, 1)
        if shadow.parted(line.start + label.start()) or line.text[label.start() - 1] in ",;。"
    ]
    for start, end in pairwise([0, *cuts, len(line.text)]):
        text = line.text[start:end]
        yield Line(line.start + start, line.start + end, text)


def _cells(shadow: Shadow, start: int, end: int) -> Iterator[Cell]:
    """The labelled values of the table at shadow.text[start:end], in order."""
    text = shadow.text
    labels = [hit for hit in _TABLE_LABEL.finditer(text, start, end) if _is_label(shadow, hit)]
    for place, label in enumerate(labels):
        until = labels[place + 1].start() if place + 1 < len(labels) else end
        begin = label.end()
        while begin < until and text[begin] in ":| \n[]【】":
            begin += 1
        stop = _CELL_END.search(text, begin, until)
        yield Cell(label[0], begin, stop.start() if stop else until)


def _is_label(shadow: Shadow, hit: re.Match[str]) -> bool:
    """Followed by a colon, or a cell of its own: a blank or line end before and after."""
    text, start, end = shadow.text, hit.start(), hit.end()
    alone_before = start == 0 or not "一" <= text[start - 1] <= "龥" or shadow.parted(start)
    if text[end : end + 1] in (":", "|"):
        return alone_before or end - start > 3  # 交办日期 is no 日期, 局发布时间 is 发布时间
    alone_after = end >= len(text) or text[end] == "\n" or shadow.parted(end)
    bulleted = start > 0 and text[start - 1] in "-•·*●■" and end - start > 1
    return alone_before and (alone_after or bulleted or text[end].isascii())
