"""Patterns as declarations: a regular expression that is compiled when it is first asked."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator

from npcreply.grammar import words
from npcreply.patterns import pattern

_Replacement = str | Callable[[re.Match[str]], str]


class Pattern:
    """A regular expression by its source; compiled on first use: declaring it costs nothing.

    `resolve` turns the source into what `re` understands (word lists named in place); without it
    the source is taken as it stands. Sources are joined by `source`: `rx(f"{DAY.source}前")`.
    """

    __slots__ = ("_compiled", "_resolve", "source")

    def __init__(self, source: str, resolve: Callable[[str], str] | None = None) -> None:
        self.source = source
        self._resolve = resolve
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as `re` has it. re.error where the source is none."""
        if self._compiled is None:
            source = self._resolve(self.source) if self._resolve else self.source
            self._compiled = re.compile(source)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match anywhere in text[start:end]."""
        return self.compiled.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that begins at `start`."""
        return self.compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the match that is all of text[start:end]."""
        return self.compiled.fullmatch(text, start, end)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Return every match in text[start:end], none overlapping."""
        return self.compiled.finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """Return the words of every match, whatever groups the pattern has."""
        return [found[0] for found in self.compiled.finditer(text)]

    def sub(self, replacement: _Replacement, text: str, count: int = 0) -> str:
        """Return the text with every match (the first `count`) replaced."""
        return self.compiled.sub(replacement, text, count)

    def split(self, text: str) -> list[str]:
        """Return what lies between the matches."""
        return list(self.compiled.split(text))


def any_of(choices: Iterable[str]) -> str:
    """Return a regex for any of the words, the longest first; no groups."""
    return "(?:" + "|".join(map(re.escape, sorted(choices, key=len, reverse=True))) + ")"


_NAMED = pattern("<<([a-z_]+)>>")


def rx(source: str) -> Pattern:
    """Return a pattern, compiled on first use, with lists of `words` named in place: `<<before>>`
    stands for any word of words.BEFORE, for the keys where it is a table.

    AttributeError on first use where there is no such list.
    """
    return Pattern(source, named_lists)


def named_lists(source: str) -> str:
    """Return a pattern's source with the lists that it names written out."""
    return _NAMED.sub(lambda named: any_of(getattr(words, named[1].upper())), source)
