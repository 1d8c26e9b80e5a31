"""The head of a letter as passages: headline, addressee, opening words, labelled lines, tables."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from npcreply.extract.header import people, suggestion
from npcreply.extract.model import Drafted, Span
from npcreply.extract.page import Cleaned
from npcreply.extract.page.landmarks import Landmarks
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Passage, Shadow, passage
from npcreply.extract.words import any_of, words

_SETS = (
    "reply_dates",
    "publish_dates",
    "index_numbers",
    "doc_numbers",
    "issuers",
    "disclosures",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A label of a table (one word of a list) and where its value stands in the shadow."""

    label: str
    start: int
    end: int


def cells(shadow: Shadow, places: list[tuple[int, int]]) -> list[Cell]:
    """Return the labelled values of the tables at `places` (shadow ranges), in order."""
    return [cell for start, end in places for cell in _cells(shadow, start, end)]


def of(found: list[Cell], group: str) -> list[Cell]:
    """Return the cells whose label is one of a group's: "reply_dates"."""
    labels = set(words("letter", group))
    return [cell for cell in found if cell.label in labels]


def _cells(shadow: Shadow, start: int, end: int) -> Iterator[Cell]:
    text = shadow.text
    labels = [found for found in _labels().finditer(text, start, end) if _is_label(shadow, found)]
    for place, label in enumerate(labels):
        until = labels[place + 1].start() if place + 1 < len(labels) else end
        begin = label.end()
        while begin < until and text[begin] in ":| \n[]【】":
            begin += 1
        stop = text.find("\n", begin, until)
        yield Cell(label[0], begin, stop if stop >= 0 else until)


def _is_label(shadow: Shadow, found: re.Match[str]) -> bool:
    """Followed by a colon, or a cell of its own: a blank or line end before and after."""
    text, start, end = shadow.text, found.start(), found.end()
    alone_before = start == 0 or not "一" <= text[start - 1] <= "龥" or shadow.parted(start)
    if text[end : end + 1] in (":", "|"):
        return alone_before or end - start > 3  # 交办日期 is no 日期, 局发布时间 is 发布时间
    alone_after = end >= len(text) or text[end] == "\n" or shadow.parted(end)
    bulleted = start > 0 and text[start - 1] in "-•·*●■" and end - start > 1
    return alone_before and (alone_after or bulleted or text[end].isascii())


@cache
def _labels() -> re.Pattern[str]:
    known = [label for group in _SETS for label in words("letter", group)]
    known += [*words("page", "index_strong"), *words("page", "labels")]
    known += [label for label in words("page", "index_weak") if len(label) > 1]
    known += [label for label in words("page", "words") if len(label) > 2]
    return re.compile(any_of(set(known)))


_READ = ("index", "page")  # furniture that tells something about the letter
_FIRST = 12  # a headline stands among the first lines


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a letter's head; those it has not are empty passages. `lines` are the letter's
    own lines, copies and furniture left out.
    """

    cleaned: Cleaned
    marks: Landmarks
    lines: tuple[Line, ...]
    headline: Passage
    addressee: Passage
    opening: Passage
    cells: tuple[Cell, ...]
    meta: tuple[Line, ...]
    labelled: tuple[Line, ...]

    def parts(self) -> list[Passage]:
        """Return where number and session are printed, the most telling first."""
        others = [self.at(*at) for at in reversed(self.marks.titles[:-1])]
        labelled = self.labelled_lines()
        return [self.headline, self.opening, *labelled, self.addressee, *others[:4]]

    def labelled_lines(self) -> list[Passage]:
        """Return the lines beside headline and opening that begin with a label: 建议编号：."""
        return [self.line(line) for line in self.labelled]

    def line(self, line: Line) -> Passage:
        """Return one line as a passage."""
        return passage(self.cleaned.shadow, self.cleaned.text, line.start, line.end)

    def at(self, start: int, end: int) -> Passage:
        """Return shadow.text[start:end] as a passage."""
        return passage(self.cleaned.shadow, self.cleaned.text, start, end)

    def own_title(self) -> Drafted[str] | None:
        """Return the suggestion's title; where none is printed the letter's headline, doubtful."""
        found = suggestion.own_title(self.opening) or suggestion.title_in_headline(self.headline)
        if found:
            return found
        text = self.headline.text
        return self.headline.named(0, len(text), "title.letter", sure=False) if text else None

    def first_headline(self) -> Drafted[str] | None:
        """Return the first line that is a headline: short, no sentence, no label, no greeting."""
        for line in self.lines[:_FIRST]:
            said = self.line(line)
            if len(line) > 60 or line.text[-1] in "。:;,|" or _greets().search(line.text):
                return None
            if len(line) >= 5:
                return said.named(0, len(said.text), "title.headline")
        return None

    def proposers(self) -> people.Proposers:
        """Return the deputies from the first place that names them; the count from any."""
        found = [people.addressed(self.addressee)]
        found += [people.labelled(line) for line in self.labelled_lines()]
        found.append(people.mentioned(self.headline, "deputies.headline"))
        found.append(people.mentioned(self.opening, "deputies.opening"))
        named = next((one for one in found if one.names), people.Proposers())
        count = next((one.count for one in found if one.count), None)
        return people.Proposers(named.names, named.count or count)

    def others(self) -> tuple[Span, ...]:
        """Return the heads of further letters on the page as source ranges."""
        places = (self.cleaned.shadow.source(*at) for at in self.marks.others)
        return tuple(Span(*at, "letter") for at in places)

    def frame(self, signed: Sequence[Passage] = ()) -> tuple[Span, ...]:
        """Return title, addressee, opening, what stands between the first two, what follows the
        thanks and the lines that sign (`signed`) as source ranges.
        """
        marks, shadow = self.marks, self.cleaned.shadow
        places = [at for at in (marks.title, marks.addressee, marks.opener) if at]
        spans = [Span(*shadow.source(*at), "head") for at in places]
        top = min((at[0] for at in places), default=0)
        above = [line for line in self.lines if line.end <= top]
        above += [line for line in self.labelled if line.start < marks.head]
        if marks.title and marks.addressee:
            above += [
                line
                for line in self.lines
                if marks.title[1] <= line.start and line.end <= marks.addressee[0]
            ]
        spans += [Span(*shadow.source(line.start, line.end), "head") for line in above]
        spans += [
            Span(*shadow.source(max(line.start, marks.closing), line.end), "foot")
            for line in self.lines
            if line.end > marks.closing
        ]
        spans += [Span(line.at[0], line.at[-1] + 1, "foot") for line in signed if line.text]
        return tuple(sorted(set(spans)))


def head_of(cleaned: Cleaned) -> Head:
    """Return the head of the first letter in a cleaned text."""
    page, marks = list(cleaned.lines), cleaned.landmarks
    shadow, text = cleaned.shadow, cleaned.text
    spans = [*cleaned.furniture, *(copy for one in cleaned.repeats for copy in one.copies)]
    outside = sorted((shadow.index(span.start), shadow.index(span.end)) for span in spans)
    own = _outside(page, outside)
    read = [
        (shadow.index(span.start), shadow.index(span.end))
        for span in cleaned.furniture
        if span.rule in _READ
    ]
    meta = [line for line in page if any(a <= line.start < b for a, b in read)]

    def part(at: tuple[int, int] | None) -> Passage:
        return passage(shadow, text, *at) if at else Passage("", array("q"), text)

    return Head(
        cleaned,
        marks,
        tuple(own),
        part(marks.title),
        part(marks.addressee),
        part(marks.opener),
        tuple(cells(shadow, read)),
        tuple(meta),
        tuple(_labelled(own, marks)),
    )


def _labelled(own: list[Line], marks: Landmarks) -> Iterator[Line]:
    """Lines of the head and the foot that begin with a label."""
    end = marks.head
    for line in own:
        near = line.start < end or line.start >= marks.closing
        if near and len(line) < 120 and _labels_head().match(line.text):
            yield line


def _outside(page: list[Line], taken: list[tuple[int, int]]) -> list[Line]:
    """The lines that lie in none of the ranges; both in order."""
    own, place = [], 0
    for line in page:
        while place < len(taken) and taken[place][1] <= line.start:
            place += 1
        if place == len(taken) or taken[place][0] > line.start:
            own.append(line)
    return own


@cache
def _labels_head() -> re.Pattern[str]:
    groups = (
        *("proposer_labels", "co_labels", "lead_labels", "number_labels"),
        *("classes", "contacts", "phones"),
    )
    known = [label for group in groups for label in words("letter", group)]
    return re.compile(rf"[\W_]{{0,3}}{any_of(known)}(?:姓名|及[^:]{{1,8}})?[:]")


@cache
def _greets() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "citizens")) + "|您好|你好|主题:|时间:")
