"""What a clerk enters: the questions in their order, and the data that their answers make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.record import identity
from npcreply.errors import InterruptedByUserError, UsageError
from npcreply.flows import numbering
from npcreply.flows.correct import typed_targets
from npcreply.grammar import numerals
from npcreply.language import N_, _
from npcreply.session import Session
from npcreply.store.amend import filled
from npcreply.store.contract.schema import Schema
from npcreply.store.drafts import Drafts
from npcreply.store.values import Typed, deputy_count

Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt. `name` is the option and the field, `label` the field whose label it bears where
    that is another; `hint` shows what an answer looks like.
    """

    name: str
    hint: str = ""
    required: bool = False
    within: str = ""
    label: str = ""


HEADER = (
    Question("kind", N_("代表建议、政协提案、专题询问"), required=True),
    Question("year", N_("会议的年份，如 2024"), required=True),
    Question("number", N_("照印，如 温46、第107号"), required=True),
    Question("session", N_("如 市六届人大三次会议")),
    Question("title", N_("照印"), required=True),
    Question("deputies", N_("领衔在前，顿号隔开")),
    Question("lead"),
    Question("co", N_("顿号隔开")),
    Question("assigned_on", N_("如 2024-03-28")),
    Question("reply_date", N_("成文日期；信上没有就空着")),
)
PROMISE = (
    Question("text", N_("一次一件；空行=没有了"), within="measure"),
    Question("department", N_("空着=主办单位"), within="measure"),
    Question("deadline", N_("如 2024-12-31、年底；没有就空着"), within="measure"),
    Question("force", N_("确定、力争、附条件、常态"), within="measure"),
    Question("target", N_("如 投资600亿元以上；分号隔开"), within="measure", label="targets"),
)
# Taken when given, never asked for: few promises repeat.
UNASKED = (Question("cadence", within="measure"),)


@dataclass(slots=True)
class Entry:
    """An entry under way, as a draft keeps it: answers as typed; `to` is the record that gets the
    promises (None: a new one), `year` and `since` (ISO) the year and the day of its reply, `more`
    further field=value, `text` the file as it was left in an editor. `letter` is the text that the
    record is read from, `chosen` the numbers of the candidates taken (None: not yet asked),
    `settled` what was answered for their doubtful values; then `header` holds corrections, and
    `made_of` is the digest of the record at hand that `text` was made of. `second` is
    a draft of the same letter made elsewhere, as its file has it.
    """

    header: Answers = field(default_factory=dict)
    promises: list[Answers] = field(default_factory=list)
    defaults: Answers = field(default_factory=dict)
    more: list[str] = field(default_factory=list)
    to: str | None = None
    year: int | None = None
    since: str | None = None
    text: str | None = None
    letter: str | None = None
    letter_name: str = ""
    chosen: list[int] | None = None
    settled: Answers = field(default_factory=dict)
    made_of: str = ""
    second: str | None = None
    second_name: str = ""

    @classmethod
    def of(cls, draft: Mapping[str, Any]) -> Entry:
        """Return the entry that a draft holds; what a newer version put there is left out."""
        return cls(**{f.name: draft[f.name] for f in fields(cls) if f.name in draft})

    @property
    def draft(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def title(self) -> str:
        """Return what a list of drafts shows."""
        known = (self.to, self.header.get("number"), self.header.get("title"), self.letter_name)
        return " ".join(filter(None, known)) or _("（还没有编号）")

    def typed(self, schema: Schema, today: date) -> Typed:
        """Return the reader of answers; 年底 means the end of the reply's year, once known."""
        said = numerals.number(_bare_year(self.header.get("year", "")))
        year = self.year if said is None else int(said)
        typed = Typed(schema, today, year)
        days = (self.header.get(name) for name in ("reply_date", "assigned_on"))
        since = next((typed.header_day(day) for day in days if day), None)
        if since is None:
            return Typed(
                schema, today, year, date.fromisoformat(self.since) if self.since else None
            )
        return Typed(schema, today, since.year if self.header.get("reply_date") else year, since)


def parsed(question: Question, text: str, typed: Typed) -> Any:
    """Return the value of one answer, None for an empty one; raises UsageError with what an
    answer looks like.
    """
    if not text.strip():
        return None
    reader = _READERS.get(question.name)
    return reader(text, typed) if reader else typed.value(question.name, text, question.within)


def record_data(header: Mapping[str, str], typed: Typed) -> dict[str, Any]:
    """Return the new record's header; empty answers leave no field."""
    data = {q.name: parsed(q, header.get(q.name, ""), typed) for q in HEADER}
    return filled({**data, "deputy_count": deputy_count(header.get("deputies", ""))})


def measure_data(number: int, answers: Mapping[str, str], typed: Typed) -> dict[str, Any]:
    """Return one new promise with its number; raises UsageError for an answer that cannot be."""
    said = {q.name: parsed(q, answers.get(q.name, ""), typed) for q in (*PROMISE, *UNASKED)}
    order = ("text", "department", "force", "deadline", "cadence")
    return filled({"id": number, **{n: said[n] for n in order}, "targets": said["target"]})


def _bare_year(text: str) -> str:
    return text.strip().removesuffix("年")


def _year(text: str, typed: Typed) -> int:
    number, bounds = numerals.number(_bare_year(text)), typed.schema.fields()["year"]
    lowest, highest = bounds["minimum"], bounds["maximum"]
    if number is None or number != int(number) or not lowest <= number <= highest:
        raise UsageError(
            _("年份应在 {lowest} 到 {highest} 之间，这里是 {year}").format(
                lowest=lowest, highest=highest, year=text.strip()
            ),
            _("写会议的年份，如 2024。"),
        )
    return int(number)


def _number(text: str, _typed: Typed) -> str:
    number = identity.clean_number(text)
    if not number:
        raise UsageError(_("没有编号"), _("照印，如 温46、第107号。"))
    identity.record_id("suggestion", 2000, number)
    return number


def _co(text: str, typed: Typed) -> list[dict[str, Any]]:
    bodies = typed.value("department", text, "measure")
    return [{"body": body} for body in ([bodies] if isinstance(bodies, str) else bodies or [])]


def _contact(text: str, _typed: Typed) -> dict[str, str]:
    """The telephone is what begins with a digit, wherever it stands."""
    words = text.replace("，", " ").replace("、", " ").split()
    phone = " ".join(word for word in words if word[0] in "0123456789+(（")
    name = "".join(word for word in words if word[0] not in "0123456789+(（")
    return filled({"name": name, "phone": phone})


def _targets(text: str, _typed: Typed) -> list[dict[str, Any]]:
    return typed_targets(text)


_READERS: dict[str, Callable[[str, Typed], Any]] = {
    "year": _year,
    "number": _number,
    "co": _co,
    "contact": _contact,
    "target": _targets,
}


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
            return error.in_a_line
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
