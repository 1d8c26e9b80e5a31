"""The questions of `add --from`: is the header right, which candidates are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from npcreply.errors import CouldNotError, InterruptedByUserError, NpcreplyError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.candidates import Candidate
from npcreply.extract.draft import Draft
from npcreply.flows import rounds
from npcreply.flows.entry import editor, manuscript
from npcreply.flows.entry.compose import UNNAMED, Composed
from npcreply.flows.entry.questions import BACK, LEAVE, NOTHING, Entry, key_or_words
from npcreply.flows.entry.settle import Settling
from npcreply.flows.entry.ticking import EDITOR, INDENT, TAKE, Ticking
from npcreply.flows.rounds import Home
from npcreply.language import _, with_aside
from npcreply.session import CONFIRMED, Session
from npcreply.store.drafts import Drafts
from npcreply.views import drafts as views

_COUNTED_FROM = ("year", "reply_date")  # every day of a letter counts from these


class _Offered:
    """The candidates of a letter as they are ticked."""

    def __init__(self, session: Session, found: Draft) -> None:
        self._schema = session.workspace.schema
        self._found = found

    @property
    def ways(self) -> str:
        return _("1,3-5=只要这些  +4/-2=增减  a=全部  v 3=看原文  e=编辑器  <=退回  q=存草稿退出")

    @property
    def nothing(self) -> str:
        return _("没有读到承诺。回车=只存抬头，e=编辑器，<=退回，q=存草稿退出")

    def rows(self, offered: Sequence[Candidate], ticked: Sequence[int]) -> views.Lines:
        return views.candidate_lines(offered, self._schema, self._found.facts, ticked=ticked)

    def told(self, one: Candidate) -> views.Lines:
        return views.told_lines(self._found, one)

    def other(self, _said: str, _ticked: list[int]) -> bool:
        return False


def _words(one: Candidate) -> tuple[int, int]:
    """Where a candidate stands: what it is called when the letter is read again."""
    return one.main.start, one.main.end


class Choice:
    """One letter under choice; `draft` is the name under which it is kept when it is left."""

    def __init__(
        self,
        session: Session,
        ask: Callable[[str, str], str],
        draft: str,
        entry: Entry,
        found: Draft,
    ) -> None:
        self.session = session
        self.ask = ask
        self.draft = draft
        self.entry = entry
        self.found = found
        self.offered = offers.candidates(found)
        self.ready: Composed | None = None

    def made(self) -> Composed:
        """Ask until there is a record that can be written."""
        if self.entry.text:  # a draft that was left in the editor
            self._edited(self.entry.text)
        while self.ready is None:
            if self._header_is_right() and self._are_chosen():
                self._compose()
        return self.ready

    def _compose(self) -> None:
        try:
            self.ready = manuscript.made(self.session, self.entry, self.found)
        except NpcreplyError as error:
            self.session.output.error(error.message, error.remedy)

    def _header_is_right(self) -> bool:
        """Show the header and have it corrected until it is right and complete; False where the
        record came out of the editor instead.
        """
        shown = False
        while True:
            if not shown:
                self._show_header()
                shown = True
            said = self._line(_("抬头对吗？回车=对，数字=改该项，e=编辑器，q=存草稿退出"), "")
            if said.isdecimal() and 1 <= int(said) <= len(views.HEADER):
                shown = not self._correct(views.HEADER[int(said) - 1])
            elif said.lower() == EDITOR:
                if self._edited():
                    return False
            elif not said or said.lower() in CONFIRMED:
                if self._complete():
                    return True
            else:
                self._warn(_("写 1 到 {last} 的数字，或按回车。").format(last=len(views.HEADER)))

    def _show_header(self) -> None:
        schema = self.session.workspace.schema
        data = manuscript.header_data(self.session, self.entry, self.found)
        lines = [*views.header_lines(self.found, data, schema)]
        if again := self._told_again(data):
            lines.append((again, "soon"))
        for text, style in [*lines, *views.doubt_lines(self.found, every=False)]:
            for row in self.session.output.folded(text, INDENT):
                self.session.output.line(row, style)

    def _told_again(self, data: dict[str, Any]) -> str:
        try:
            return rounds.told(self.session, data, self.found, self.entry.to)
        except UsageError as error:  # entered before: said again where the header is accepted
            return error.message

    def _complete(self) -> bool:
        """Ask for what a record must have; say why the number cannot be, where it cannot."""
        data = manuscript.header_data(self.session, self.entry, self.found)
        for name in manuscript.missing(data):
            if not self._correct(name):
                return False
        try:
            manuscript.home(self.session, self.entry, self.found)
        except UsageError as error:
            self._warn(error.message, error.remedy)
            return False
        return True

    def _correct(self, name: str) -> bool:
        """Ask for one field, offering what it says now; False where it was left as it is."""
        schema = self.session.workspace.schema
        data = manuscript.header_data(self.session, self.entry, self.found)
        now = views.said(name, data.get(name), schema)
        doubtful = "" if now else views.doubtful(self.found, name, schema)
        hint = _("y=就是 {value}").format(value=doubtful) if doubtful else ""
        hint = hint or _(manuscript.QUESTIONS[name].hint)
        label = with_aside(schema.label(name), hint)
        while True:  # what is doubtful is not taken by an empty answer
            said = self._line(label, now)
            if doubtful and said.lower() == TAKE:
                said = doubtful
            if said == BACK:
                return False
            former = self.entry.header.get(name)
            self.entry.header[name] = "" if said == NOTHING else said
            problem = self._problem(name)
            if not problem:
                if name in _COUNTED_FROM:
                    self._draft_again()
                return True
            if former is None:
                del self.entry.header[name]
            else:
                self.entry.header[name] = former
            self._warn(problem)

    def _draft_again(self) -> None:
        """Work the days out from the corrected header; what is ticked stays ticked."""
        found, before = manuscript.drafted(self.session, self.entry), self.offered
        self.found, self.offered = found, offers.candidates(found)
        if self.entry.chosen is not None:
            kept = {_words(one) for one in before if one.number in self.entry.chosen}
            new = {_words(one) for one in self.offered if one.main.sure} - {*map(_words, before)}
            self.entry.chosen = [one.number for one in self.offered if _words(one) in kept | new]
        days = ("day:", "as_of:")  # what was said of days that are counted anew is asked again
        self.entry.settled = {
            key: said for key, said in self.entry.settled.items() if not key.startswith(days)
        }
        if self.offered != before:
            self.session.output.notice(_("时限和数字的日期已按改后的抬头重算。"))

    def _problem(self, name: str) -> str:
        if name in manuscript.REQUIRED and not self.entry.header[name]:
            return _("这一项要填。")
        try:
            manuscript.header_data(self.session, self.entry, self.found)
        except UsageError as error:
            return error.in_a_line
        return ""

    def _are_chosen(self) -> bool:
        """Show the candidates and have them chosen; False to go back to the header, and where the
        record came out of the editor instead.
        """
        while True:
            ticked = self.entry.chosen
            if ticked is None:
                ticked = self.entry.chosen = offers.sure(self.offered)
            screen = _Offered(self.session, self.found)
            ticking = Ticking(self.session, self._line, self.offered, ticked, screen)
            said = ticking.decided()
            if said == EDITOR:
                if self._edited():
                    return False
            elif said == BACK:
                return False
            elif self._are_settled(ticking) != BACK:
                return True

    def _are_settled(self, ticking: Ticking[Candidate]) -> str:
        """Ask for what is doubtful of the candidates chosen; BACK to choose again."""
        chosen = manuscript.chosen(self.entry, self.found)
        line, found = self._line, self.found
        return Settling(self.session, line, ticking.view, self.entry, found, chosen).decided()

    def _edited(self, left: str | None = None) -> bool:
        """Have the record edited as a text, `left` that of a draft; False where nothing came of it:
        then the questions go on.
        """
        session, entry = self.session, self.entry
        place = self._place()
        before, entry.made_of = entry.made_of, place.opened.source.digest if place else ""
        if left and before != entry.made_of:
            self._warn(_("有一份草稿，可是文件后来改过，没有用它。"))
            left = entry.text = None
            return False
        record = manuscript.text(session, entry, self.found, place)
        begun = manuscript.with_notes(entry, self.found, record)

        def accept(text: str) -> Composed | None:
            if text == begun:
                return None
            ready = manuscript.composed(session, entry, place, text)
            entry.text = text
            return ready

        try:
            self.ready = editor.until_valid(session, left or begun, UNNAMED, accept, self._kept)
        except editor.GivenUpError:
            entry.text = None
        except CouldNotError as error:
            session.output.error(error.message, error.remedy)
        else:
            if self.ready is None:
                session.output.notice(_("没有改动。"))
        return self.ready is not None

    def _place(self) -> Home | None:
        """The record that a further reply goes into; what is missing is filled in in the editor."""
        data = manuscript.header_data(self.session, self.entry, self.found)
        try:
            return rounds.home(self.session.workspace, data, self.found, self.entry.to)
        except UsageError:
            return None

    def _kept(self, text: str | None) -> str:
        """Keep everything as a draft and return how to go on with it."""
        self.entry.text = text
        Drafts(self.session.workspace.root).save_draft(self.draft, self.entry.draft)
        return _("接着录：npcreply add --resume")

    def _warn(self, *sentences: str) -> None:
        self.session.output.warning("\n".join(filter(None, sentences)))

    def _line(self, label: str, default: str = "") -> str:
        try:
            said = key_or_words(self.ask(label, default))
        except InterruptedByUserError:
            said = LEAVE
        if said != LEAVE:
            return said
        raise InterruptedByUserError(_("已存草稿，没有写入。"), self._kept(None))
