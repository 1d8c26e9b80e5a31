"""A web page cut into tags and words, in one pass: nothing in a page makes it look back.

Cut as browsers cut, with one difference: what never ends (a comment, a tag) is taken for words, so
that a damaged page loses none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from html import unescape
from typing import NamedTuple

from npcreply.patterns import pattern

_MARK = pattern(r"<(?=[a-z/!?])", re.IGNORECASE)  # any other < is words: 增幅<5%
_NAME = pattern(r"[a-z][^\s/>]*+", re.IGNORECASE)
_ATTRIBUTE = pattern(
    r"[\s/]*+(?:(?P<name>[^\s/>=][^\s/>=]*+|=[^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?)?"
)
_RAW = {  # what stands in them is no markup
    name: pattern(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")
}
_CONDITION = pattern(r"<!\[(?:[^>\n]{0,200}+>)?")  # <![endif]>, as Word and WPS write it
_NO_SIGN = pattern(r"&#(?:0*[0-9]{8,}+|x0*[0-9a-f]{7,}+);?", re.IGNORECASE)

Attributes = list[tuple[str, str | None]]


class What(Enum):
    """What a piece of a page is; `EMPTY`: a tag that ends itself, <br/>."""

    WORDS = auto()
    START = auto()
    EMPTY = auto()
    END = auto()


class Piece(NamedTuple):
    """A piece: `said` is the tag's name in lower case, or the words as they are read."""

    what: What
    said: str
    attributes: Attributes = []  # noqa: RUF012 -- read only


def pieces(markup: str) -> Iterator[Piece]:
    """Yield the pieces of a page in their order; comments and declarations are left out."""
    yield from _Cutter(markup).pieces()


class _Cutter:
    """`at` is how far the page is cut. What is not found once is not looked for again."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._at = 0
        self._missing: set[str] = set()

    def pieces(self) -> Iterator[Piece]:
        markup = self._markup
        while self._at < len(markup):
            mark = _MARK.search(markup, self._at)
            end = mark.start() if mark else len(markup)
            if end > self._at:
                yield _words(markup[self._at : end])
            self._at = end
            if mark:
                yield from self._marked()

    def _marked(self) -> Iterator[Piece]:
        """Take what begins with the < at `at`; at least that is taken."""
        after = self._markup[self._at + 1 : self._at + 4]
        if after.startswith("!--"):
            self._skip("-->", 4)
        elif after.startswith("!["):
            self._at = self._matched(_CONDITION).end()
        elif after[:1] in ("!", "?"):
            self._skip(">", 2)
        elif after[:1] == "/":
            yield from self._end_tag()
        else:
            yield from self._start_tag()

    def _matched(self, wanted: re.Pattern[str]) -> re.Match[str]:
        found = wanted.match(self._markup, self._at)
        assert found  # noqa: S101 -- the caller has seen its beginning
        return found

    def _skip(self, ending: str, begins: int) -> None:
        """Leave out up to the ending; without one only the beginning, so that its words stay."""
        found = self._find(ending, self._at + begins)
        self._at = found + len(ending) if found >= 0 else self._at + begins

    def _find(self, ending: str, start: int) -> int:
        found = -1 if ending in self._missing else self._markup.find(ending, start)
        if found < 0:
            self._missing.add(ending)
        return found

    def _end_tag(self) -> Iterator[Piece]:
        name = _NAME.match(self._markup, self._at + 2)
        end = self._find(">", self._at + 2)
        if end < 0:
            yield self._as_words(2)
            return
        self._at = end + 1
        if name:  # </ 甲> is a comment to browsers
            yield Piece(What.END, name[0].lower())

    def _start_tag(self) -> Iterator[Piece]:
        name = _NAME.match(self._markup, self._at + 1)
        assert name  # noqa: S101 -- the caller has seen its first letter
        attributes, end, closed = self._attributes(name.end())
        if end >= len(self._markup):
            yield self._as_words(len(self._markup) - self._at)
            return
        self._at = end + 1
        tag = name[0].lower()
        yield Piece(What.EMPTY if closed else What.START, tag, attributes)
        if tag in _RAW and not closed:
            found = _RAW[tag].search(self._markup, self._at)
            self._at = found.start() if found else len(self._markup)

    def _attributes(self, at: int) -> tuple[Attributes, int, bool]:
        """Return a tag's attributes, where its > stands, and whether a / stands before that."""
        found: Attributes = []
        while match := _ATTRIBUTE.match(self._markup, at):
            at = match.end()
            if match["name"] is None:
                break
            values = (match["double"], match["single"], match["bare"])
            value = next((value for value in values if value is not None), None)
            found.append((match["name"].lower(), value if value is None else _read(value)))
        return found, at, self._markup[at - 1 : at] == "/"

    def _as_words(self, count: int) -> Piece:
        start, self._at = self._at, self._at + count
        return _words(self._markup[start : self._at])


def _words(text: str) -> Piece:
    return Piece(What.WORDS, _read(text))


def _read(text: str) -> str:
    """&amp; and &#20057; as what they stand for; a number that no sign has is one that is lost."""
    return unescape(_NO_SIGN.sub("\ufffd", text)) if "&" in text else text
