"""Where sentences, clauses, numbered items and headlines begin and end, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from npcreply.dataclass import dataclass
from npcreply.extract.words import rx, table
from npcreply.grammar.numerals import integer_text

_BLANK = " \t\r\n\u00a0\u3000\u200b\ufeff"
_HAN = "[一二三四五六七八九十]{1,3}"
_OPEN, _CLOSE = "([{（【《〈〔“‘「『", ")]}）】》〉〕”’」』"
_PARTNER = dict(zip(_CLOSE, _OPEN, strict=True))
_SENTENCE_END = "。！？；!?;\n"
_CLAUSE_END = _SENTENCE_END + "，,：:"
_STOPS = rx(r"[。！？；!?;\n，,：:(\[{（【《〈〔“‘「『)\]}）】》〉〕”’」』]")
# Brackets that never close again must not hide the rest of the text, nor make reading it slow:
# beyond so many open ones, or so many characters, they count as closed.
_DEEPEST, _FARTHEST = 8, 400

_NUMBERINGS = (
    (1, rx(rf"第?({_HAN})[、.．]|第({_HAN})(?=[，,：:])")),
    (2, rx(rf"[（(]\s?({_HAN})\s?[)）][、，,.]?")),
    (3, rx(r"([0-9０-９]{1,2})\s?(?:[、．](?!\d)|\.(?![0-9０-９])|[)）](?=\D))")),
    (4, rx(r"[（(]\s?([0-9０-９]{1,2})\s?[)）][、，,.]?|([①-⑳⑴-⒇⒈-⒛])[、.]?")),
    (5, rx(rf"({_HAN})(?:是(?:要|在)?|要|则)(?![一二三四五六七八九十]|定|些)")),
    (5, rx(r"(<<text.orders>>)(?=[，,：:是])")),
    (5, rx(r"其([一二三四五六七八九])(?=[，,：:、是])[，,、]?")),
    (5, rx(r"[-—－●■◆▲★◇□○•·*]{1,4}(?=[一-龥“])")),
)
_CIRCLED = {chr(base + n): n + 1 for base in (0x2460, 0x2474, 0x2488) for n in range(20)}
_LONGEST_HEADING = 45  # a headline is one line of print, with its number
_LONGEST_WITH_COMMA = 30  # of a headline in two halves: 强化宣传，营造氛围


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number in front: text[start:end] is 一、 （一） 1. (1) ① 一是 首先 ——; `level` 1 to 5 in
    that order (一、 1, （一） 2, 1. 3, (1) ① 4, 一是 其一 —— 5), `count` its number, 0 a bullet.
    """

    start: int
    end: int
    level: int
    count: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A headline: text[start:end] without its numbering; `level` 0 where it has none; `until` is
    where what it heads ends.
    """

    start: int
    end: int
    level: int
    until: int


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return text[start:end] without the blanks at both ends."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of text[start:end] with their closing mark (。！？；; and quotes after
    it), blanks at both ends cut; text may be the source or its shadow. A mark inside brackets or
    《》 ends none.
    """
    return _pieces(text, start, end, _SENTENCE_END)


def clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clauses, ended by ，, 。！？；; or a colon, with their mark. A comma inside digits
    (3,000), brackets or 《》 ends none.
    """
    return _pieces(text, start, end, _CLAUSE_END)


def numbering(text: str, start: int, end: int) -> Numbering | None:
    """Return the number that text[start:end] begins with, else None."""
    start, end = trimmed(text, start, end)
    for level, pattern in _NUMBERINGS:
        match = pattern.match(text, start, end)
        if match:
            figure = next((group for group in match.groups() if group), "")  # a bullet has none
            return Numbering(start, match.end(), level, _count(figure))
    return None


def _count(figure: str) -> int:
    return _orders().get(figure) or _CIRCLED.get(figure) or int(integer_text(figure) or 0)


@cache
def _orders() -> dict[str, int]:
    """首先 is 1, 其次 2."""
    return {word: int(order) for word, order in table("text", "orders").items()}


def headings(text: str, paragraphs: list[tuple[int, int]]) -> list[Heading]:
    """Return the headlines among the paragraphs, in order: short ones without a full stop, and the
    short first sentence of a numbered one (（一）健全机制。加强…).
    """
    headlines = [heading for at in paragraphs for heading in _heading(text, *at)]
    last = paragraphs[-1][1] if paragraphs else 0
    ends: list[int] = [last] * len(headlines)
    open_at: list[int] = []
    for place, (_start, _end, level, begin) in enumerate(headlines):
        while open_at and headlines[open_at[-1]][2] >= level:
            ends[open_at.pop()] = begin
        open_at.append(place)
    return [Heading(*at[:3], until) for at, until in zip(headlines, ends, strict=True)]


def _heading(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Start, end and level of a paragraph's headline, and where its paragraph begins."""
    number = numbering(text, start, end)
    begin = trimmed(text, number.end if number else start, end)[0]
    level = number.level if number else 0
    if end - begin <= _LONGEST_HEADING and not _ends_sentence(text[begin:end]):
        yield begin, end, level, start
        return
    if number and level < 5:
        first = next(iter(sentences(text, begin, min(end, begin + _LONGEST_HEADING + 1))), None)
        if first and first[1] < end and text[first[1] - 1] in "。：:":
            yield first[0], first[1] - 1, level, start


def _ends_sentence(piece: str) -> bool:
    return piece[-1:] in "。；;" or ("，" in piece and len(piece) > _LONGEST_WITH_COMMA)


def _pieces(text: str, start: int, end: int, marks: str) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    begin = start
    for cut in _cuts(text, start, end, marks):
        if cut > begin:
            pieces.append(trimmed(text, begin, cut))
            begin = cut
    if begin < end:
        pieces.append(trimmed(text, begin, end))
    return [piece for piece in pieces if piece[0] < piece[1]]


def _cuts(text: str, start: int, end: int, marks: str) -> Iterator[int]:
    """Where pieces end: after a mark outside brackets, and the marks and quotes that follow it."""
    opened: list[tuple[str, int]] = []
    done = start
    for stop in _STOPS.finditer(text, start, end):
        at, char = stop.start(), stop[0]
        if char in _OPEN:
            opened = [*opened[-_DEEPEST:], (char, at)]
        elif char in _CLOSE:
            _close(opened, char)
        elif at >= done and char in marks and not _hidden(opened, at, char) and _parts(text, at):
            done = _after(text, at + 1, end, marks)
            yield done


def _close(opened: list[tuple[str, int]], char: str) -> None:
    partner = _PARTNER[char]
    if any(opening == partner or {opening, partner} == {"(", "（"} for opening, _at in opened):
        while opened and opened.pop()[0] not in (partner, *_twins(partner)):
            pass


def _twins(partner: str) -> Iterable[str]:
    return "(（" if partner in "(（" else ()


def _hidden(opened: list[tuple[str, int]], at: int, char: str) -> bool:
    """Inside brackets or a title. A line end ends all; quotes hide commas only."""
    if char == "\n":
        opened.clear()
        return False
    while opened and at - opened[0][1] > _FARTHEST:
        opened.pop(0)
    stops = char in _SENTENCE_END
    return any(not (stops and opening in "“‘「『") for opening, _at in opened)


def _parts(text: str, at: int) -> bool:
    """Not the comma of 3,000 nor the colon of 17:10 or http://."""
    if text[at] not in ",:" or at == 0 or at + 1 >= len(text):
        return True
    if text[at] == ":" and text.startswith("//", at + 1):
        return False
    return not (text[at - 1].isdecimal() and text[at + 1].isdecimal())


def _after(text: str, at: int, end: int, marks: str) -> int:
    while at < end and (text[at] in marks or text[at] in "”’」』)）" or text[at] in _BLANK):
        at += 1
    return at
