"""What answers make: a new record's file, or more promises in one at hand; checked, not written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.checks.across import LEAST
from npcreply.domain.judging.handlings import last_answer
from npcreply.domain.record.lines import measure_lines, reply_line
from npcreply.domain.record.links import of_reply, record_of
from npcreply.domain.record.model import Measure, Record
from npcreply.domain.similarity import Titles, plain
from npcreply.errors import NpcreplyError, UsageError
from npcreply.flows import correct, numbering, repeated
from npcreply.flows.entry import questions
from npcreply.flows.entry.questions import Answers, Entry
from npcreply.index.sync import Index
from npcreply.language import _, in_a_row, listed, with_aside
from npcreply.session import Session
from npcreply.store import amend, codec
from npcreply.store.codec import Decoded
from npcreply.store.contract.schema import Schema
from npcreply.store.journal import Change
from npcreply.store.yaml import dump
from npcreply.views.repeated import notices
from npcreply.workspace import REPLIES, invalid

HEAD = "# yaml-language-server: $schema=../../{schema}\n"
UNNAMED = f"{REPLIES}/new.yaml"  # what an edited text is called while it has no number yet


@dataclass(frozen=True, slots=True)
class Composed:
    """A change ready to be written, the record after it, the number of its first new promise;
    `beside` are the changes of other files in the same step: the letter that was read; `untaken`
    the line that says what of the letter was not taken.
    """

    change: Change
    after: Decoded
    first: int
    beside: tuple[Change, ...] = ()
    untaken: str = ""

    @property
    def record(self) -> Record:
        """Return the record; raises RecordInvalidError where the checks of one record refuse it."""
        if self.after.record is None:
            raise invalid(self.after.path, self.after.errors)
        return self.after.record

    @property
    def new(self) -> list[Measure]:
        return [measure for measure in self.record.measures if measure.id >= self.first]


def composed(session: Session, entered: Entry) -> Composed:
    """Return what the answers make; raises UsageError or RecordInvalidError for what is wrong."""
    return _more_promises(session, entered) if entered.to else _new_record(session, entered)


def refuse_wrong(session: Session, entered: Entry) -> None:
    """Raise UsageError for an answer that cannot be, or a number that is taken, before more is
    asked.
    """
    typed = entered.typed(session.workspace.schema, session.today)
    known = questions.record_data({**entered.defaults, **entered.header}, typed)
    if {"kind", "year", "number"} <= known.keys():
        numbering.place(session.workspace, known["kind"], known["year"], known["number"])
    for answers in entered.promises:
        questions.measure_data(1, answers, typed)


def from_text(session: Session, text: str) -> Composed:
    """Return a new record as it was written in an editor; its number decides on the file."""
    workspace = session.workspace
    hints = _hints(workspace.schema).values()
    text = "".join(line for line in text.splitlines(keepends=True) if line.strip() not in hints)
    decoded = codec.decode(text, UNNAMED, workspace.schema)
    if decoded.record is None:
        raise invalid(UNNAMED, decoded.errors, _("没有写入。"))
    record = decoded.record
    path = numbering.place(workspace, record.kind, record.year, record.number)
    return _placed(session, path, text)


def template(session: Session, entered: Entry) -> str:
    """Return the text that an editor begins with: what is known, and a hint for all the rest."""
    schema = session.workspace.schema
    data = questions.record_data(entered.header, entered.typed(schema, session.today))
    blank = {q.name: "" for q in questions.HEADER if q.required}
    measures = _measures(session, entered, 1)
    known = amend.filled({**data, "measures": measures or None})
    hints = [hint for name, hint in _hints(schema).items() if name not in known]
    begun = dump.dump({**blank, **data}, schema.one_line)
    promises = dump.dump({"measures": measures}, schema.one_line) if measures else ""
    return head(session) + begun + "".join(f"{hint}\n" for hint in hints) + promises


def head(session: Session) -> str:
    """Return the first line of a new record: where editors find its schema."""
    return HEAD.format(schema=session.workspace.editor_schema)


def _hints(schema: Schema) -> dict[str, str]:
    """Comments that show what else may be written; those left standing are taken out again."""
    hints = {
        q.name: f"# {q.name}:   # " + with_aside(schema.label(q.name), _(q.hint))
        for q in questions.HEADER
        if not q.required
    }
    promise: dict[str, Any] = {
        "id": 1,
        "text": _("承诺事项"),
        "deadline": {"date": date(2024, 12, 31)},
    }
    return hints | {"measures": "# measures: " + dump.flow([promise])}


def _new_record(session: Session, entered: Entry) -> Composed:
    schema = session.workspace.schema
    _complete(session, entered.header)
    typed = entered.typed(schema, session.today)
    data = questions.record_data(entered.header, typed)
    if entered.more:
        given, where = correct.pairs(entered.more), correct.Where()
        correct.correction(given, where, typed, session.day, session.today)(data)
    data = amend.filled({**data, "measures": _measures(session, entered, 1) or None})
    text = head(session) + dump.dump(schema.in_order(data), schema.one_line)
    path = numbering.place(session.workspace, data["kind"], data["year"], data["number"])
    return _placed(session, path, text)


def _more_promises(session: Session, entered: Entry) -> Composed:
    opened = session.workspace.open(str(entered.to))
    first = amend.next_measure(opened.decoded.data)
    items = _measures(session, entered, first)
    round_ = last_answer(reply_line(opened.record, opened.name), session.as_of).round
    if round_ > 1:  # a promise added after a second answer is that answer's
        items = [{**item, "round": round_} for item in items]
    if not items:
        raise UsageError(_("没有要添的承诺。"), _("加 --text …，或在终端里一项一项填。"))

    def amendment(data: amend.Data) -> None:
        data["measures"] = [*(data.get("measures") or []), *items]

    return Composed(*session.workspace.changed(opened, amendment), first)


def _placed(session: Session, path: Path, text: str) -> Composed:
    return Composed(*session.workspace.change_to(path, None, text), 1)


def _measures(session: Session, entered: Entry, first: int) -> list[dict[str, Any]]:
    """The promises that have a text; the last page of the questions has none."""
    said = [answers for answers in entered.promises if answers.get("text")]
    typed = entered.typed(session.workspace.schema, session.today)
    return [questions.measure_data(n, answers, typed) for n, answers in enumerate(said, first)]


def _complete(session: Session, header: Answers) -> None:
    missing = [q for q in questions.HEADER if q.required and not header.get(q.name, "").strip()]
    if missing:
        labels = listed(session.workspace.schema.label(q.name) for q in missing)
        options = " ".join(f"--{question.name} …" for question in missing)
        raise UsageError(
            _("缺少{labels}").format(labels=labels),
            _("加 {options}；在终端里不带 --yes 就会一项一项问。").format(options=options),
        )


MOST = 3


def notice(session: Session, ready: Composed) -> None:
    """Say which records and promises at hand the entry is like; in silence where nobody can tell,
    as where the index can be kept nowhere: it is a help, not a check.
    """
    if not session.workspace.paths():
        return
    try:
        with (
            session.progress(_("整理索引")) as progress,
            closing(session.workspace.index(progress)) as index,
        ):
            lines = [*_titles(index, ready), *_promises(index, ready)]
            lines += _again(session, index, ready)
    except NpcreplyError:
        return
    for line in lines:
        session.output.notice(line, "soon")


def _again(session: Session, index: Index, ready: Composed) -> Iterator[str]:
    record = ready.record
    new = {measure.id for measure in ready.new}
    lines = [ln for ln in measure_lines(record, ready.after.path) if ln.measure.id in new]
    for number, found in repeated.others(session, index, lines, earlier=True).items():
        name = f"{record.id}.{number}"
        yield from notices(name, record.year, found[: -MOST - 1 : -1])


def _titles(index: Index, ready: Composed) -> Iterator[str]:
    record = ready.record
    if ready.first != 1 or not record.title:
        return
    linked = {record_of(pair.older) for pair in of_reply(reply_line(record, ""))}
    linked |= {record.id, record.merged_into or ""}
    known = {one.id: one.title for one in index.numbers() if one.title and one.id not in linked}
    near = Titles(known.items()).near(record.title)
    found = [(name, one.likeness) for one in near for name in one.keys][:MOST]
    if found:
        told = (
            _("{id}“{title}”（{percent}%）").format(
                id=name, title=known[name], percent=round(likeness * 100)
            )
            for name, likeness in found
        )
        words = _("提过类似的：{found}。").format(found=listed(told))
        advice = _("是同一件事就写上：npcreply set {id} repeats={other}")
        yield in_a_row(words, advice.format(id=record.id, other=found[0][0]))


def _promises(index: Index, ready: Composed) -> Iterator[str]:
    record: Record = ready.record
    for measure in ready.new:
        if len(plain(measure.text)) < LEAST or measure.carried_from or record.carried_from:
            continue
        before = [name for name in index.said(measure.text) if record_of(name) != record.id]
        if before:
            name, other = f"{record.id}.{measure.id}", before[0]
            told = _("{name} 和 {other} 一字不差。").format(name=name, other=other)
            advice = _("接着办的写上：npcreply set {name} carried_from={other}")
            earlier = not other.startswith(f"{record.year}-")
            yield in_a_row(told, advice.format(name=name, other=other) if earlier else "")
