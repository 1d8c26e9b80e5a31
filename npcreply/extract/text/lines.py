"""The lines of a shadow, those also that the page has run together."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.dataclass import dataclass
from npcreply.extract.text.normalized import Shadow
from npcreply.extract.words import rx

_SENTENCE_ENDS = "。;!?"
_LONG = 80  # two lines of print: a shorter line is as it was set
_HEAD = 300  # a title (at most 160 characters) and an addressee stand at the beginning
_FOOT = 300  # a signature and what follows it stand at the end
_NAME = 40  # a name or a label with its value is no longer

_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBERED = rx(rf"(?<=[。;:!?”])(?={_HAN}、|\({_HAN}\))")
_LOST_BREAK = rx(rf"如下[:。](?!一是)|{_NUMBERED.source}|(?<=[。!])(?=(?:最后,|再次|衷心)?感谢)")
_ADDRESSEE_END = rx(r"(?:代表团?|委员)(?:们|同志)?:")
_TITLE_END = rx(r"(?:<<letter.replies>>|的函)[)）A-D(（]{0,4}")
_DATE = (
    r"(?:\d{4}年\d{1,2}月\d{1,2}日"
    r"|[一二〇○零0-9]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
# A body has at most thirty characters; what stands below the date (copies, contact) at most sixty.
_SIGNATURE = rx(rf"(?m)(?<=[。!;])([一-龥()]{{2,30}}?<<letter.organs>>{_DATE}[^。]{{0,60}}$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty: shadow.text[start:end] is `text`."""

    start: int
    end: int
    text: str

    @property
    def speaks(self) -> bool:
        """Whether the line holds a sentence, not only a name or a label."""
        if any(mark in self.text for mark in _SENTENCE_ENDS):
            return True
        return len(self) > _NAME and "," in self.text

    def __len__(self) -> int:
        return self.end - self.start


def lines(shadow: Shadow) -> list[Line]:
    """Return the lines in order. A long one is parted where its line breaks were lost: after the
    title, the addressee and 如下, before 一、（一） and the thanks, and before a signature.
    """
    parts: list[Line] = []
    start = 0
    for piece in shadow.text.split("\n"):
        if len(piece) < _LONG:
            parts += [Line(start, start + len(piece), piece)] if piece else []
        else:
            parts += _parted(shadow, start, start + len(piece))
        start += len(piece) + 1
    return parts


def runs_on(line: str) -> bool:
    """Return whether a line holds the headlines of others: its line breaks were lost."""
    return len(line) >= _LONG and len(_NUMBERED.findall(line)) > 1


def _parted(shadow: Shadow, start: int, end: int) -> Iterator[Line]:
    """The lines that text[start:end] was before the page ran them together."""
    text, begin = shadow.text, start
    for cut in sorted(_lost_breaks(shadow, start, end)):
        if begin < cut < end:
            yield Line(begin, cut, text[begin:cut])
            begin = cut
    yield Line(begin, end, text[begin:end])


def _lost_breaks(shadow: Shadow, start: int, end: int) -> set[int]:
    """The places where a line break was lost."""
    text, head = shadow.text, min(end, start + _HEAD)
    breaks = {match.end() for match in _LOST_BREAK.finditer(text, start, end)}
    breaks |= {match.end() for match in _ADDRESSEE_END.finditer(text, start, head)}
    titles = (match.end() for match in _TITLE_END.finditer(text, start, head))
    breaks |= {title_end for title_end in titles if shadow.parted(title_end)}
    signature = _SIGNATURE.search(text, max(start, end - _FOOT), end)
    return breaks | ({signature.start(1)} if signature else set())
