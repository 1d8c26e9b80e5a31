"""The candidates of a letter, page by page, ticked until it is decided which to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from npcreply.domain.numerals import half_width
from npcreply.extract.candidates import Candidate
from npcreply.extract.draft import Draft
from npcreply.flows import picks
from npcreply.flows.wizard import BACK
from npcreply.language import _
from npcreply.session import Session
from npcreply.views import draft as views

EDITOR = "e"
INDENT = 8  # of a candidate's further lines: marks and numbers stand alone before them
_ROWS_OF_QUESTION = 5
_TAKE = "y"

Rows = list[views.Line]


class Ticking:
    """One choice under way. `ticked` are the numbers taken so far, of all pages; `line` asks."""

    def __init__(
        self,
        session: Session,
        line: Callable[[str], str],
        found: Draft,
        offered: Sequence[Candidate],
        ticked: list[int],
    ) -> None:
        self.session = session
        self.line = line
        self.found = found
        self.offered = offered
        self.ticked = ticked

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
            elif said == picks.NEXT and page + 1 < len(pages):
                page += 1
            elif said in (picks.NEXT, picks.DONE):
                return ""

    def _answer(self, page: int, pages: list[list[Candidate]]) -> str:
        """Ask until something is to be shown or decided: BACK, EDITOR, DONE, NEXT, else "" where
        the ticks of this page have changed.
        """
        last = page + 1 == len(pages)
        while True:
            said = self.line(self._question(page, pages))
            if said == BACK or said.lower() == EDITOR:
                return said.lower()
            if not said:
                return picks.NEXT
            if said.lower() == _TAKE:
                return picks.DONE
            if said[:1] in ("v", "V"):
                self._view(said[1:])
                continue
            shown = [one.number for one in pages[page]]
            numbers = picks.selected(said, self.ticked, len(self.offered), shown)
            if numbers is not None:
                self.ticked[:] = numbers
                return picks.DONE if last or picks.means_all(said) else ""
            self._warn(_("写成 1,3-5、+4、-2、a；0=一项也不要。"))

    def _question(self, page: int, pages: list[list[Candidate]]) -> str:
        if not self.offered:
            return _("没有读到承诺。回车=只存抬头，e=编辑器，<=退回，q=存草稿退出")
        ways = _("1,3-5=只要这些  +4/-2=增减  a=全部  v 3=看原文  e=编辑器  <=退回  q=存草稿退出")
        for row in self.session.output.folded(ways):
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

    def _pages(self) -> list[list[Candidate]]:
        """As many candidates a page as the terminal shows; one page where that is not known."""
        rows = self.session.output.rows
        pages: list[list[Candidate]] = [[]]
        room = left = (rows or 0) - _ROWS_OF_QUESTION
        for one in self.offered:
            taken = len(self._rows([one]))
            if rows and taken > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1].append(one)
            left -= taken
        return pages

    def _rows(self, candidates: Sequence[Candidate]) -> Rows:
        schema, facts = self.session.workspace.schema, self.found.facts
        told = views.candidate_lines(candidates, schema, facts, ticked=self.ticked)
        return self._folded(told)

    def _show(self, candidates: Sequence[Candidate]) -> None:
        for text, style in self._rows(candidates):
            self.session.output.line(text, style)

    def _folded(self, lines: views.Lines) -> Rows:
        output = self.session.output
        return [(row, style) for text, style in lines for row in output.folded(text, INDENT)]

    def _view(self, said: str) -> None:
        found = [one for one in self.offered if str(one.number) == half_width(said).strip()]
        if not found:
            self._warn(_("写成 v 3。"))
        for one in found:
            for text, style in self._folded(views.told_lines(self.found.text, one)):
                self.session.output.line(text, style)

    def _warn(self, sentence: str) -> None:
        self.session.output.warning(sentence)
