"""`add --from`: a record read from its letter, the header corrected, the promises chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from npcreply.domain import identity
from npcreply.errors import (
    CouldNotError,
    RecordInvalidError,
    UsageError,
)
from npcreply.extract import candidates as offers
from npcreply.extract.draft import Draft, draft
from npcreply.flows import choosing, composing, corrections, drafting, numbering
from npcreply.flows.composing import Composed
from npcreply.flows.entry import HEADER, Entry, Question, parsed
from npcreply.language import N_, _, listed
from npcreply.session import Session
from npcreply.store import amend, dump, files
from npcreply.store.journal import Change
from npcreply.views import draft as views

QUESTIONS = {q.name: q for q in (*HEADER, Question("contact", N_("姓名 电话")))}
REQUIRED = ("kind", "year", "number")


def read(session: Session, entry: Entry, name: str, encoding: str | None) -> None:
    """Put the letter's text into the entry, having told what was read; raises CouldNotError."""
    found = drafting.letter(name, encoding)
    entry.letter, entry.letter_name = found.text, drafting.called(name)
    for text, style in views.intake_lines(entry.letter_name, found, draft(found.text)):
        session.output.notice(text, style)


def composed(session: Session, name: str, entry: Entry, *, yes: bool) -> Composed:
    """Return the record that the letter makes, asked for on a terminal unless `yes`; `name` is the
    draft's. Raises UsageError where the text is no reply, is there already, lacks what must be.
    """
    found = draft(entry.letter or "")
    _refuse(session, found)
    if yes:
        _tell(session, found)
    elif session.ask:
        return choosing.Choice(session, session.ask, name, entry, found).made()
    else:
        raise UsageError(
            _("要有人挑选承诺，而这里没人可问。"), _("加 --yes：采用有把握的，不提问。")
        )
    return made(session, entry, found)


def made(session: Session, entry: Entry, found: Draft) -> Composed:
    """Return the record of the header and the candidates chosen, sure ones where none were."""
    schema = session.workspace.schema
    offered = offers.candidates(found)
    numbers = offers.sure(offered) if entry.chosen is None else entry.chosen
    data = header_data(session, entry, found)
    chosen = offers.record_data(found, [one for one in offered if one.number in numbers])
    if "measures" in chosen:
        data["measures"] = chosen["measures"]
    path = place(session, data, found)
    text = (entry.letter or "").encode()
    beside = path.with_suffix(".txt")
    ordered = drafting.with_source(amend.filled(data), beside.name, text, schema)
    record = composing.head(session) + dump.dump(ordered, schema.one_line)
    change, after = session.workspace.change_to(path, None, record)
    ready = Composed(change, after, 1, _letter_beside(session, beside, text))
    if ready.after.record is None:
        raise RecordInvalidError(path.name, ready.after.errors)
    return ready


def header_data(session: Session, entry: Entry, found: Draft) -> dict[str, Any]:
    """Return the header: what was typed, else what the letter says, else what may be taken over."""
    schema = session.workspace.schema
    data: dict[str, Any] = offers.record_data(found, ())
    typed = replace(entry, year=found.header.year.value if found.header.year else None).typed(
        schema, session.today
    )
    for name, question in QUESTIONS.items():
        if name in entry.header:
            amend.set_in(data, name, parsed(question, entry.header[name], typed))
        elif name not in data and entry.defaults.get(name):
            data[name] = parsed(question, entry.defaults[name], typed)
    if entry.more:
        given, where = corrections.pairs(entry.more), corrections.Where()
        corrections.correction(given, where, typed, session.day, session.today)(data)
    return data


def missing(data: dict[str, Any]) -> list[str]:
    """Return the names of what a record must have and the header has not."""
    return [name for name in REQUIRED if not data.get(name)]


def place(session: Session, data: dict[str, Any], found: Draft) -> Path:
    """Return the record's file; raises UsageError for what is missing and for a number taken:
    a second reply to a record at hand is not mixed into it unseen.
    """
    lacking = missing(data)
    if lacking:
        labels = listed(session.workspace.schema.label(name) for name in lacking)
        options = " ".join(f"--{name} …" for name in lacking)
        said = _("原文里没有{labels}").format(labels=labels)
        raise UsageError(said, _("加上 {options}。").format(options=options))
    data["number"] = identity.clean_number(str(data["number"])) or data["number"]
    try:
        return numbering.place(session.workspace, data["kind"], data["year"], data["number"])
    except UsageError as error:
        second = again(found)
        if not second:
            raise
        more = _("再次答复的日期写在 rounds：npcreply edit；新的承诺用 --to 添。")
        said = _("{second}；{problem}").format(second=second, problem=error.message)
        raise UsageError(said, f"{more}\n{error.remedy}") from error


def again(found: Draft) -> str:
    """Return the sentence for a letter that answers a second time, "" for a first."""
    told = found.header.round
    if told is None or told.value < 2:
        return ""
    words = _("这是第 {round} 次答复（“{words}”）")
    return words.format(round=told.value, words=told.words)


def _tell(session: Session, found: Draft) -> None:
    """Say, where nobody is asked, what a person should look at and what is left out."""
    second = again(found)
    if second:
        session.output.warning(second)
    for text, style in views.doubt_lines(found):
        session.output.notice(text, style)
    doubtful = [one for one in offers.candidates(found) if not one.told.sure]
    if doubtful:
        words = _("存疑的 {count} 项没有录：npcreply draft 看是哪些，npcreply add --to 添")
        session.output.notice(words.format(count=len(doubtful)), "soon")


def _refuse(session: Session, found: Draft) -> None:
    """Refuse what is no reply and a text that is a record's source already."""
    if not found.is_record:
        more = _("确是答复的，一项一项录：npcreply add")
        raise UsageError(views.no_record(found), more)
    digest = files.digest_of(found.text.encode()).encode()
    for path in session.workspace.paths():
        if digest in _bytes(path):
            said = _("这份原文已经录过：{path}").format(path=session.workspace.name(path))
            raise UsageError(said, _("看一看：npcreply show {id}").format(id=path.stem))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # gone or locked: `check` names it
        return b""


def _letter_beside(session: Session, path: Path, text: bytes) -> tuple[Change, ...]:
    name = Path(session.workspace.name(path))
    if not path.exists():
        return (Change(name, None, text),)
    if path.read_bytes() == text:
        return ()
    raise CouldNotError(
        _("已经有 {file} 这个文件，内容不同").format(file=name.as_posix()),
        _("先把它改名或移走；没有写入。"),
    )
