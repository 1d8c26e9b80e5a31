"""The entry by questions: one after another, back with <, leaving a draft whenever it stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import typer

from npcreply import asking, entry
from npcreply.entry import Answers, Question
from npcreply.errors import InterruptedByUserError, UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store.drafts import Drafts
from npcreply.store.typed import Typed

BACK, LEAVE = "<", "q"


class Wizard:
    """Asks what is missing. `draft` names what is kept; `state` is what has been answered."""

    def __init__(self, session: Session, draft: str, state: dict[str, Any]) -> None:
        self.session = session
        self.draft = draft
        self.state = state
        self.drafts = Drafts(session.workspace.root)

    def header(self, questions: Sequence[Question], defaults: Mapping[str, str]) -> Answers:
        """Ask the header's questions that are not answered yet and return all answers."""
        self.session.output.line(_("回车=用方括号里的值或空着，<=退回，q=存草稿退出"))
        answers: Answers = self.state.setdefault("header", {})
        self._ask_all(questions, answers, defaults)
        return answers

    def promises(self) -> list[Answers]:
        """Ask for promises until an empty line; those already in the draft are kept."""
        found: list[Answers] = self.state.setdefault("promises", [])
        while True:
            self.session.output.line(_("承诺 {number}").format(number=len(found) + 1))
            answers: Answers = {}
            self._ask_all(entry.PROMISE[:1], answers, {})
            if not answers.get("text"):
                return found
            self._ask_all(entry.PROMISE[1:], answers, {"force": _("确定")})
            found.append(answers)
            self._keep()

    def done(self) -> None:
        """Forget the draft: what it held has been written."""
        self.drafts.drop_draft(self.draft)

    def typed(self) -> Typed:
        """Return the reader of answers; 年底 means the end of the reply's year, once known."""
        header = self.state.get("header", {})
        schema, today = self.session.workspace.schema, self.session.today
        year = _year(header.get("year", "")) or self.state.get("year")
        reply = header.get("reply_date", "")
        if reply:
            return Typed(schema, today, Typed(schema, today, year).day(reply).year)
        return Typed(schema, today, year)

    def _ask_all(
        self, questions: Sequence[Question], answers: Answers, defaults: Mapping[str, str]
    ) -> None:
        todo = [question for question in questions if question.name not in answers]
        position = 0
        while position < len(todo):
            said = self._answer(todo[position], answers, defaults)
            if said == BACK:
                position = max(position - 1, 0)
            else:
                answers[todo[position].name] = said
                self._keep()
                position += 1

    def _answer(self, question: Question, answers: Answers, defaults: Mapping[str, str]) -> str:
        """Ask until the answer can be read; < and q as they are, an interruption leaves a draft."""
        default = answers.get(question.name) or defaults.get(question.name, "")
        label = self._label(question)
        while True:
            said = self._line(label, default)
            if said == BACK:
                return said
            problem = self._problem(question, said)
            if problem is None:
                return said
            self.session.output.notice(problem)

    def _line(self, label: str, default: str) -> str:
        try:
            said = asking.ask(label, default)
        except (typer.Abort, EOFError, KeyboardInterrupt):
            said = LEAVE
        if said.lower() == LEAVE:
            self._keep()
            raise InterruptedByUserError(
                _("已存草稿，没有写入记录。"), _("继续：npcreply add --resume")
            )
        return said

    def _problem(self, question: Question, said: str) -> str | None:
        if not said:
            return _("这一项要填。") if question.required else None
        try:
            entry.parsed(question.name, said, self.typed())
        except UsageError as error:
            return f"{error.message}  {error.remedy}".rstrip()
        return None

    def _label(self, question: Question) -> str:
        within = "" if question in entry.HEADER else "measure"
        name = "targets" if question.name == "target" else question.name
        label = self.session.workspace.schema.label(name, within)
        return f"{label}（{_(question.hint)}）" if question.hint else label

    def _keep(self) -> None:
        self.drafts.save_draft(self.draft, self.state)


def chosen(items: Sequence[str], ask: Callable[[str], str] = asking.ask) -> int:
    """Return the position of the item chosen by its number; raises UsageError."""
    said = ask(_("哪一份？写序号"))
    if not said.isdecimal() or not 1 <= int(said) <= len(items):
        raise UsageError(_("没有第 {said} 份").format(said=said))
    return int(said) - 1


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
