"""The entry by questions: one after another, back with <, leaving a draft whenever it stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from npcreply.errors import InterruptedByUserError, UsageError
from npcreply.flows import numbering
from npcreply.flows.entry import HEADER, PROMISE, Answers, Entry, Question, parsed
from npcreply.language import _
from npcreply.session import Session
from npcreply.store.drafts import Drafts

BACK, LEAVE, NOTHING = "<", "q", "-"
_TYPED = {BACK: "＜《〈", LEAVE: "Qｑ", NOTHING: "－—"}  # by an input method left on
_KEYS = {typed: key for key, others in _TYPED.items() for typed in others}


def key_or_words(said: str) -> str:
    """Return what was said, a key as the questions name it."""
    return _KEYS.get(said, said)


Page = tuple[Answers, tuple[Question, ...]]


class Wizard:
    """Asks what `entry` does not answer yet; `draft` is the name under which it is kept."""

    def __init__(
        self, session: Session, ask: Callable[[str, str], str], draft: str, entry: Entry
    ) -> None:
        self.session = session
        self.ask = ask
        self.draft = draft
        self.entry = entry
        self.former: Answers = {}
        self.drafts = Drafts(session.workspace.root)

    def run(self) -> None:
        """Ask until a promise is left empty; the last page is then without a text."""
        while (todo := next(self._open_questions(), None)) is not None:
            answers, question = todo
            if question is PROMISE[0]:
                number = 1 + [answers is page for page in self.entry.promises].index(True)
                self.session.output.line(_("承诺 {number}").format(number=number))
            said = self._answer(question)
            if said == BACK:
                self.back()
            else:
                answers[question.name] = said
                self._keep()

    @property
    def found_nothing(self) -> bool:
        """Return whether promises were to be added and none was entered."""
        return bool(self.entry.to) and not any(page.get("text") for page in self.entry.promises)

    def back(self) -> None:
        """Take the last answer back; it is offered again when its question comes up."""
        given = [(a, q.name) for a, questions in self._pages() for q in questions if q.name in a]
        if given:
            answers, name = given[-1]
            self.former[name] = answers.pop(name)

    def saves(self) -> bool:
        """Ask whether to save; False to go back."""
        while True:
            said = self._line(_("保存？回车=保存，<=退回改，q=存草稿退出"), "")
            if said in ("", BACK):
                return said != BACK

    def _pages(self) -> Iterator[Page]:
        if not self.entry.to:
            yield self.entry.header, HEADER
        for answers in self.entry.promises:
            yield answers, PROMISE

    def _open_questions(self) -> Iterator[tuple[Answers, Question]]:
        for answers, questions in self._pages():
            if answers.get("text") == "":
                return
            yield from ((answers, q) for q in questions if q.name not in answers)
        self.entry.promises.append({})
        yield self.entry.promises[-1], PROMISE[0]

    def _answer(self, question: Question) -> str:
        """Ask until the answer can be read; a former answer or the default is offered."""
        schema = self.session.workspace.schema
        defaults = {"force": schema.word("force", "firm"), **self.entry.defaults}
        default = self.former.pop(question.name, "") or defaults.get(question.name, "")
        while True:
            said = self._line(self._label(question), default)
            said = "" if said == NOTHING else said
            problem = "" if said == BACK else self._problem(question, said)
            if not problem:
                return said
            self.session.output.warning(problem)

    def _line(self, label: str, default: str) -> str:
        try:
            said = key_or_words(self.ask(label, default))
        except InterruptedByUserError:
            said = LEAVE
        if said != LEAVE:
            return said
        if not self.entry.header and not any(self.entry.promises):
            raise InterruptedByUserError(_("没有写入。"))
        self._keep()
        raise InterruptedByUserError(_("已存草稿，没有写入。"), _("接着录：npcreply add --resume"))

    def _problem(self, question: Question, said: str) -> str:
        if question.required and not said:
            return _("这一项要填。")
        try:
            self._try(question, said)
        except UsageError as error:
            return "  ".join(filter(None, (error.message, *error.remedy.splitlines())))
        return ""

    def _try(self, question: Question, said: str) -> None:
        """Raise UsageError where the answer cannot be, also for a number that is taken."""
        workspace, entry = self.session.workspace, self.entry
        typed = entry.typed(workspace.schema, self.session.today)
        value = parsed(question, said, typed)
        if question.name == "number":
            kind, year = (parsed(q, entry.header.get(q.name, ""), typed) for q in HEADER[:2])
            numbering.place(workspace, kind, year, value)

    def _label(self, question: Question) -> str:
        schema = self.session.workspace.schema
        label = schema.label(question.label or question.name, question.within)
        hint = _(question.hint)
        return _("{label}（{hint}）").format(label=label, hint=hint) if hint else label

    def _keep(self) -> None:
        self.drafts.save_draft(self.draft, self.entry.draft)
