"""Where a letter's title, addressee, opening words and closing words stand on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from npcreply.dataclass import dataclass
from npcreply.extract.text.lines import Line
from npcreply.extract.words import rx
from npcreply.grammar.pattern import Pattern

_LINES_TO_OPENING = 2  # so many lines below its addressee a letter opens
_LINES_TO_HEADLINE = 3  # so many lines above its addressee its headline stands
_OPENING = 300  # characters of a line in which a letter opens
_LONGEST_ADDRESSEE = 90  # characters of a line that names the deputies
_FARTHEST_ANSWER = 600  # characters from 收悉 to 答复如下, a paragraph of thanks between them
_FARTHEST_OPENING = 400  # how far before 答复如下 the opening sentence may begin
_FIRST_PAGES = 30_000  # a letter opens within its first pages
_LINES_OF_TITLE = 3
_LONGEST_TITLE = 160

_ANSWERS = rx(
    r"<<letter.answers>><<letter.answered_with>>?如下|如下<<letter.answer_nouns>>"
    r"|(?:现|特)<<letter.answers>>(?=[:。])"
)
_RECEIVED = rx(
    r"<<letter.received>>|悉(?=[,。;:])"
    r"|<<letter.passed_on>>[^。\n]{0,25}<<letter.passed_on_for>>(?=[,。;:])"
)
_CASE = rx("<<letter.cases>>")
_ASKED = rx(
    r"<<letter.proposing>>|第[^。\n]{0,12}号|贵(?:[委团组党会]|单位)|(?:提出|提交)的|所提"
    r"|(?:[您你]|你们|贵.{1,2})(?:的|[^。\n]{0,40}提出)"
)
_PUT_FORWARD = rx(r"[您你贵][^。\n]{0,60}(?:提出|提交)")
# Without 收悉 or 如下: the line below the addressee that says what was put forward.
_SAYS_WHAT_WAS_ASKED = rx(
    r"(?:[^。!]{0,30}[。!,])?"
    r"(?:[您你贵][^。]{0,60}(?:提出|提交)[^。]{2,160}|关于[^。,]{4,120})"
    r"<<letter.numbered>>[》”]?(?=[^。]{0,120}[。,])"
)
_TITLE = rx(
    r"<<letter.cases>>[^。;]{0,40}?<<letter.replies>>|<<letter.replies>>[^。]{0,20}?<<letter.cases>>"
)
# What a headline that runs over a line end begins with: 关于…, 对…, the sender with 对, or a
# session that the number on the next line belongs to.
_BEGINS_TITLE = rx(r"关于|^对|<<letter.organs>>(?:对|就|《)|次会议$")
# The sender alone in its line, and what then follows.
_SENDER_ALONE, _BEHIND_SENDER = rx("<<letter.organs>>$"), rx(r"关于|[对就在《“]|[^。]{0,16}[届第]")
# What no headline begins with: it goes on from the line above.
_CONTINUES_TITLE = rx(r"的(?!士)|[》”]")
_NOT_TITLE = rx(r"^<<page.before_links>>|如下|收悉|[>»]")
_ADDRESSEE = rx(
    r"(?!<<letter.proposer_labels>>:)[^。;!?]{0,80}?(?:(?:代表|委员)(?:们|小组|<<letter.honorifics>>)?[)]?(?:[:,!]|您好|你好|$)"
    r"|(?:代表|委员)[一-龥]{2,4}(?:、[一-龥]{2,4}){0,20}(?:等)?<<letter.honorifics>>?:"
    r"|(?:代表团|代表组|<<letter.organs>>|<<letter.groups>>[一-龥]{0,8})[)]?:)"
)
_THANKS = rx("<<letter.thanks>>")
_SIGNED_DAY = rx(r"日(?:印发)?$")  # the date that signs the letter above


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Places in the shadow, each (start, end) or None; `closing` is where the thanks begin, the
    end of the text where there are none. `title` may run over line ends; `titles` are all headlines
    of the kind above the opening words: a page prints them in its navigation and tables as well.
    `others` are the heads of further letters below this one, which ends where the first begins.
    """

    title: tuple[int, int] | None
    addressee: tuple[int, int] | None
    opener: tuple[int, int] | None
    closing: int
    titles: tuple[tuple[int, int], ...] = ()
    others: tuple[tuple[int, int], ...] = ()

    @property
    def head(self) -> int:
        """Where the head ends: after the opening words, else the addressee or title."""
        ends = [at[1] for at in (self.title, self.addressee, self.opener) if at]
        return max(ends, default=0)


def landmarks(text: str, lines: list[Line]) -> Landmarks:
    """Return the landmarks of the first letter on the page; linear."""
    opener = _opener(text[:_FIRST_PAGES], lines)
    others = tuple(_further_letters(lines, opener[1])) if opener else ()
    if others:
        lines, text = [line for line in lines if line.start < others[0][0]], text[: others[0][0]]
    titles = list(_titles_above(lines, opener[0] if opener else None))
    title = titles[-1] if titles else None
    addressee = _addressee(lines, title, opener)
    start = max(at[1] if at else 0 for at in (title, addressee, opener))
    closing = _closing(text, lines, start)
    return Landmarks(title, addressee, opener, closing, tuple(titles), others)


def _opener(text: str, lines: list[Line]) -> tuple[int, int] | None:
    """The sentence that says what was received and that the answer follows; without 收悉 or 如下
    the one that says, right under the addressee, what was put forward.
    """
    answer, receipt = _sentence(text, _ANSWERS), _sentence(text, _RECEIVED)
    if answer and receipt and 0 <= answer[0] - receipt[1] <= _FARTHEST_ANSWER:
        return receipt[0], answer[1]
    return answer or receipt or _asked_below_addressee(lines)


def _sentence(text: str, pattern: Pattern) -> tuple[int, int] | None:
    """The first sentence that ends in the pattern's words and names a suggestion."""
    for match in pattern.finditer(text):
        for start in _beginnings(text, match.start()):
            if _names_suggestion(text, start, match.end()):
                return start, match.end()
    return None


def _names_suggestion(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] names a suggestion and whose it is."""

    def holds(pattern: Pattern) -> bool:
        return pattern.search(text, start, end) is not None

    return holds(_PUT_FORWARD) or (holds(_CASE) and holds(_ASKED))


def _beginnings(text: str, at: int) -> Iterator[int]:
    """Where the sentences before 如下 may begin: its own line, the line before, one more before."""
    first = max(0, at - _FARTHEST_OPENING)
    start = at
    for _step in range(3):
        start = text.rfind("\n", first, start) + 1
        yield max(start, first)
        if start <= first:
            return
        start -= 1


def _asked_below_addressee(lines: list[Line]) -> tuple[int, int] | None:
    for above, line in pairwise(lines):
        if _ADDRESSEE.match(above.text) and not above.speaks:
            match = _SAYS_WHAT_WAS_ASKED.match(line.text)
            if match:
                return line.start, line.start + match.end()
    return None


def _further_letters(lines: Sequence[Line], after: int) -> Iterator[tuple[int, int]]:
    """The head of each letter that opens after the place `after`: headline and addressee, right
    above words that say what was received. The same words again are a copy, no other letter.
    """
    known = {line.text for line in lines if line.start <= after < line.end}
    place = next((n for n, line in enumerate(lines) if line.start >= after), len(lines))
    top = place
    while place < len(lines):
        opening = _opening_below(lines, place)
        if opening is None:
            place += 1
            continue
        if opening.text not in known:
            yield lines[_headline_above(lines, place, top)].start, lines[place].end
        known.add(opening.text)
        top = place = place + 1


def _opening_below(lines: Sequence[Line], place: int) -> Line | None:
    """The line that opens a letter, where the line at `place` is its addressee."""
    line = lines[place]
    if len(line) > _LONGEST_ADDRESSEE or line.speaks or not _ADDRESSEE.match(line.text):
        return None
    below = lines[place + 1 : place + 1 + _LINES_TO_OPENING]
    return next((one for one in below if _opens(one.text[:_OPENING])), None)


def _opens(text: str) -> bool:
    """Whether a line says what was received, or that the answer to it follows."""
    opens = _RECEIVED.search(text) or _ANSWERS.search(text)
    return bool(opens and _CASE.search(text) and _ASKED.search(text))


def _headline_above(lines: Sequence[Line], place: int, top: int) -> int:
    """The number of the line where the headline above an addressee begins, else the addressee's."""
    above = range(max(top, place - _LINES_TO_HEADLINE), place)
    signed = [n for n in above if _SIGNED_DAY.search(lines[n].text)]
    for first in range(signed[-1] + 1 if signed else above.start, place):
        title = _title_at(lines, first)
        if title and title[1] <= lines[place].start:
            return first
    return place


def _titles_above(lines: list[Line], before: int | None) -> Iterator[tuple[int, int]]:
    """The letter's headlines before it opens, the letter's own last; they may run over lines."""
    end = 0
    for place, line in enumerate(lines):
        if before is not None and line.start >= before:
            return
        if end and before is None and line.speaks:
            return
        title = _title_at(lines, place)
        if title and title[0] >= end:
            end = title[1]
            yield title


def _title_at(lines: Sequence[Line], place: int) -> tuple[int, int] | None:
    """The headline that begins with the line at `place`, over three lines at most."""
    words = ""
    first = lines[place]
    for line in lines[place : place + _LINES_OF_TITLE]:
        words += line.text
        if len(words) > _LONGEST_TITLE or line.text[-1] in "。!;":
            return None
        if _TITLE.search(words) and not _NOT_TITLE.search(words):
            return (first.start, line.end) if first is line or _runs_over(lines, place) else None
        if line.text[-1] in ":,":
            return None
    return None


def _runs_over(lines: Sequence[Line], place: int) -> bool:
    """Whether a headline that begins in a line goes on in the next."""
    first, second = lines[place].text, lines[place + 1].text
    if ":" in first:
        return False
    if _SENDER_ALONE.search(first) and _BEHIND_SENDER.match(second):
        return True
    return bool(_BEGINS_TITLE.search(first) or _CONTINUES_TITLE.match(second))


def _addressee(
    lines: list[Line], title: tuple[int, int] | None, opener: tuple[int, int] | None
) -> tuple[int, int] | None:
    """The line or words that name whom the letter answers, between its title and its opening."""
    after = title[1] if title else 0
    until = opener[1] if opener else after + _FARTHEST_OPENING
    near = [line for line in lines if after <= line.start < until]
    for line in reversed(near) if opener else near:
        match = _ADDRESSEE.match(line.text)
        if match:
            return line.start, line.start + match.end()
    return None


def _closing(text: str, lines: list[Line], after: int) -> int:
    """Where the last words of thanks begin: a line, or the last sentence of a long one."""
    for line in reversed(lines):
        if line.start < after and line.end <= after:
            break
        thanks = list(_THANKS.finditer(line.text))
        if thanks and thanks[-1].start() + line.start >= after:
            at = thanks[-1].start()
            sentence = max(line.text.rfind(mark, 0, at) for mark in "。!;") + 1
            return line.start + sentence
    return len(text)
