"""The lines of a shadow, those also that the page has run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from npcreply.extract.text.normalized import Shadow
from npcreply.extract.words import any_of, words

_SENTENCE = "。;!?"
_LONG = 80  # shorter lines are as they were set
_HEAD = 300  # a title and an addressee stand at the beginning
_HAN = "[一二三四五六七八九十]{1,3}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty: shadow.text[start:end] is `text`."""

    start: int
    end: int
    text: str

    @property
    def speaks(self) -> bool:
        """Return whether it holds a sentence, not only a name or a label."""
        return any(mark in self.text for mark in _SENTENCE) or (len(self) > 40 and "," in self.text)

    def __len__(self) -> int:
        return self.end - self.start


def lines(shadow: Shadow) -> list[Line]:
    """Return the lines in order. A long one is parted where its line breaks were lost: after the
    title, the addressee and 如下, before 一、（一） and the thanks, and before a signature.
    """
    found: list[Line] = []
    start = 0
    for piece in shadow.text.split("\n"):
        if len(piece) < _LONG:
            found += [Line(start, start + len(piece), piece)] if piece else []
        else:
            found += _parted(shadow, start, start + len(piece))
        start += len(piece) + 1
    return found


def runs_on(line: str) -> bool:
    """Return whether a line holds the headlines of others: its line breaks were lost."""
    return len(line) >= _LONG and len(_numbers().findall(line)) > 1


def _parted(shadow: Shadow, start: int, end: int) -> Iterator[Line]:
    text = shadow.text
    cuts = {found.end() for found in _breaks().finditer(text, start, end)}
    head = min(end, start + _HEAD)
    cuts |= {found.end() for found in _addressed().finditer(text, start, head)}
    cuts |= set(_title_ends(shadow, start, head))
    signature = _signature().search(text, max(start, end - _HEAD), end)
    cuts |= {signature.start(1)} if signature else set()
    begin = start
    for cut in sorted(cuts):
        if begin < cut < end:
            yield Line(begin, cut, text[begin:cut])
            begin = cut
    yield Line(begin, end, text[begin:end])


def _title_ends(shadow: Shadow, start: int, end: int) -> Iterator[int]:
    for found in _titled().finditer(shadow.text, start, end):
        if shadow.parted(found.end()):
            yield found.end()


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"(?<=[。;:!?”])(?={_HAN}、|\({_HAN}\))")


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile(
        rf"如下[:。](?!一是)|{_numbers().pattern}|(?<=[。!])(?=(?:最后,|再次|衷心)?感谢)"
    )


@cache
def _addressed() -> re.Pattern[str]:
    return re.compile(r"(?:代表|委员|代表团)(?:们|同志)?:")


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(any_of([*words("letter", "replies"), "的函"]) + "[)）A-D(（]{0,4}")


@cache
def _signature() -> re.Pattern[str]:
    organ = any_of(words("letter", "organs"))
    han = "[一二三四五六七八九十]"
    day = rf"(?:\d{{4}}年\d{{1,2}}月\d{{1,2}}日|[一二〇○零0-9]{{4}}年{han}{{1,2}}月{han}{{1,3}}日)"
    return re.compile(rf"(?<=[。!;])([一-龥()]{{2,30}}?{organ}{day}[^。]{{0,60}}$)", re.MULTILINE)
