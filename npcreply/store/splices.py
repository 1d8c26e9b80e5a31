"""Replacements at places in a text, and where its lines begin, end and break."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from npcreply.errors import RecordInvalidError
from npcreply.language import _

_BREAK = re.compile(r"\r\n|\n|\r")


def unended(text: str) -> str:
    """Return the text without its last line break."""
    return re.sub(r"(?:\r\n|\n|\r)\Z", "", text)


@dataclass(frozen=True, slots=True, order=True)
class _Splice:
    """The characters from `start` to `end` become `text`; equal places keep the order given."""

    start: int
    end: int
    number: int
    text: str


@dataclass(slots=True)
class Splices:
    """A text with its pending replacements. All offsets are those of the text as it was."""

    text: str
    _pending: list[_Splice] = field(default_factory=list)

    def replace(self, start: int, end: int, text: str) -> None:
        """Note that `text` is to stand from `start` to `end`."""
        self._pending.append(_Splice(start, end, len(self._pending), text))

    def insert(self, at: int, text: str) -> None:
        """Note that `text` is to stand before the character at `at`, after earlier insertions."""
        self.replace(at, at, text)

    def result(self) -> str:
        """Return the text with everything replaced, back to front.

        Raises RecordInvalidError where two replacements overlap.
        """
        text, reached = self.text, len(self.text)
        for splice in sorted(self._pending, reverse=True):
            if splice.end > reached:
                raise RecordInvalidError(_("两处改动叠在一起，没有写入"))
            text = text[: splice.start] + splice.text + text[splice.end :]
            reached = splice.start
        return text

    def line_start(self, at: int) -> int:
        """Return where the line of `at` begins."""
        return max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1

    def line_end(self, at: int) -> int:
        """Return where the line of `at` ends, before its break."""
        found = _BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Return where the line after that of `at` begins."""
        found = _BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def line_break(self, at: int) -> str:
        """Return how the line of `at` ends: LF, CRLF or CR; as the first line where it does not."""
        found = _BREAK.search(self.text, at) or _BREAK.search(self.text)
        return found[0] if found else "\n"

    def begins_line(self, at: int) -> bool:
        """Say whether only blanks stand before `at` on its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def ends_line(self, at: int) -> bool:
        """Say whether nothing at all stands after `at` on its line."""
        return self.line_end(at) == at
