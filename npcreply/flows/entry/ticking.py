"""Ticking: what a list offers is shown page by page, and taken or left by its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

from npcreply.flows.entry.questions import BACK
from npcreply.grammar.numerals import half_width
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.views import drafts as views

_PIECE = pattern(r"([+-]?)([0-9]{1,4})(?:-([0-9]{1,4}))?")
_ALL, _NONE = "a", "0"
NEXT, DONE = "next", "done"


def selected(
    said: str, ticked: list[int], last: int, shown: list[int] | None = None
) -> list[int] | None:
    """Return the numbers meant, in order: all of `ticked` for "", 1,3-5 only these, +4 -2 more or
    less; None where it cannot be read or there is no such number. 1,3-5 of the numbers `shown` on a
    page says nothing of the other pages.
    """
    plain = half_width(said).lower().replace("、", ",").replace("/", ",").replace("；", ",")
    if not plain.strip():
        return list(ticked)
    if plain.strip() in (_ALL, _NONE):
        return list(range(1, last + 1)) if plain.strip() == _ALL else []
    pieces = [_PIECE.fullmatch(piece) for piece in re.split(r"[,\s]+", plain.strip(", "))]
    signed = any(piece and piece[1] for piece in pieces)
    numbers = set(ticked) if signed else set()
    sign = ""
    for piece in pieces:
        if piece is None:
            return None
        sign = piece[1] or sign
        meant = range(int(piece[2]), int(piece[3] or piece[2]) + 1)
        if not meant or meant[0] < 1 or meant[-1] > last or (signed and not sign):
            return None
        numbers = numbers - {*meant} if sign == "-" else numbers | {*meant}
    if not signed and shown and numbers <= {*shown}:
        numbers |= {*ticked} - {*shown}
    return sorted(numbers)


def means_all(said: str) -> bool:
    """Return whether the answer speaks of every number: a, 0."""
    return half_width(said).lower().strip() in (_ALL, _NONE)


EDITOR = "e"
INDENT = 8  # of a candidate's further lines: marks and numbers stand alone before them
_ROWS_OF_QUESTION = 5
TAKE = "y"

Rows = list[views.Line]


class Numbered(Protocol):
    """What can be ticked: it goes by its number."""

    @property
    def number(self) -> int: ...


T = TypeVar("T", bound=Numbered)
Shown_contra = TypeVar("Shown_contra", bound=Numbered, contravariant=True)


class Screen(Protocol[Shown_contra]):
    """How what is offered looks, and what may be answered beside its numbers."""

    @property
    def ways(self) -> str:
        """The answers that can be given, in a line."""

    @property
    def nothing(self) -> str:
        """The question where nothing is offered."""

    def rows(self, offered: Sequence[Shown_contra], ticked: Sequence[int]) -> views.Lines:
        """Return the lines of some of what is offered."""

    def told(self, one: Shown_contra) -> views.Lines:
        """Return the words that one of them came from."""

    def other(self, said: str, ticked: list[int]) -> bool:
        """Take an answer of the screen's own; whether it was one."""


class Ticking(Generic[T]):
    """One choice under way. `ticked` are the numbers taken so far, of all pages; `line` asks."""

    def __init__(
        self,
        session: Session,
        line: Callable[[str], str],
        offered: Sequence[T],
        ticked: list[int],
        screen: Screen[T],
    ) -> None:
        self.session = session
        self.line = line
        self.offered = offered
        self.ticked = ticked
        self.screen = screen

    def decided(self) -> str:
        """Show and ask until it is decided: "" for yes, BACK or EDITOR where the clerk leaves."""
        page = 0
        while True:
            pages = self._pages()
            self._show(pages[page])
            said = self._answer(page, pages)
            if said == BACK and page:
                page -= 1
            elif said in (BACK, EDITOR):
                return said
            elif said == NEXT and page + 1 < len(pages):
                page += 1
            elif said in (NEXT, DONE):
                return ""

    def _answer(self, page: int, pages: list[list[T]]) -> str:
        """Ask until something is to be shown or decided: BACK, EDITOR, DONE, NEXT, else "" where
        the ticks of this page have changed.
        """
        last = page + 1 == len(pages)
        while True:
            said = self.line(self._question(page, pages))
            if said == BACK or said.lower() == EDITOR:
                return said.lower()
            if not said:
                return NEXT
            if said.lower() == TAKE:
                return DONE
            if said[:1] in ("v", "V"):
                self._view(said[1:])
                continue
            if self.screen.other(said, self.ticked):
                return ""
            shown = [one.number for one in pages[page]]
            numbers = selected(said, self.ticked, len(self.offered), shown)
            if numbers is not None:
                self.ticked[:] = numbers
                return DONE if last or means_all(said) else ""
            self._warn(_("写成 1,3-5、+4、-2、a；0=一项也不要。"))

    def _question(self, page: int, pages: list[list[T]]) -> str:
        if not self.offered:
            return self.screen.nothing
        for row in self.session.output.folded(self.screen.ways):
            self.session.output.line(row, "dim")
        count = {"ticked": len(self.ticked), "all": len(self.offered)}
        if len(pages) == 1:
            return _("采用哪些？回车=带√的 {ticked} 项").format(**count)
        place = {"page": page + 1, "pages": len(pages)}
        if page + 1 < len(pages):
            words = _(
                "第 {page}/{pages} 页，共 {all} 项。采用哪些？回车=下页，y=就用带√的 {ticked} 项"
            )
        else:
            words = _("第 {page}/{pages} 页，共 {all} 项。采用哪些？回车=各页带√的 {ticked} 项")
        return words.format(**count, **place)

    def _pages(self) -> list[list[T]]:
        """As many candidates a page as the terminal shows; one page where that is not known."""
        rows = self.session.output.rows
        pages: list[list[T]] = [[]]
        room = left = (rows or 0) - _ROWS_OF_QUESTION
        for one in self.offered:
            taken = len(self._rows([one]))
            if rows and taken > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(one)
            left -= taken
        return pages

    def _rows(self, offered: Sequence[T]) -> Rows:
        return self._folded(self.screen.rows(offered, self.ticked))

    def _show(self, candidates: Sequence[T]) -> None:
        self.session.output.lines(self._rows(candidates))

    def _folded(self, lines: views.Lines) -> Rows:
        output = self.session.output
        return [(row, style) for text, style in lines for row in output.folded(text, INDENT)]

    def _view(self, said: str) -> None:
        plain = half_width(said).strip()
        if not any(plain == str(one.number) for one in self.offered):
            self._warn(_("写成 v 3。"))
        else:
            self.view(int(plain))

    def view(self, number: int) -> None:
        """Show where the words of what goes by a number stand."""
        for one in (one for one in self.offered if one.number == number):
            self.session.output.lines(self._folded(self.screen.told(one)))

    def _warn(self, sentence: str) -> None:
        self.session.output.warning(sentence)
