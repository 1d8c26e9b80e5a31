"""The record that a letter makes: its header as corrected, its text for an editor, its change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from npcreply.domain import identity
from npcreply.errors import CouldNotError, RecordInvalidError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.draft import Draft
from npcreply.flows import composing, corrections, drafting, numbering
from npcreply.flows.composing import UNNAMED, Composed
from npcreply.flows.entry import HEADER, Entry, Question, parsed
from npcreply.language import N_, _, listed
from npcreply.session import Session
from npcreply.store import amend, codec, dump, edit
from npcreply.store.journal import Change
from npcreply.views import draft as views
from npcreply.workspace import invalid

QUESTIONS = {q.name: q for q in (*HEADER, Question("contact", N_("姓名 电话")))}
REQUIRED = ("kind", "year", "number")
_NOTE = "#？ "  # begins the lines that only the editor shows


def made(session: Session, entry: Entry, found: Draft) -> Composed:
    """Return the record of the header and the candidates chosen, sure ones where none were; of the
    text, where the clerk has edited one.
    """
    missing_or_taken(session, entry, found)
    return composed(session, entry, entry.text or text(session, entry, found))


def text(session: Session, entry: Entry, found: Draft) -> str:
    """Return the record as it would be saved, but for its source."""
    offered = offers.candidates(found)
    numbers = offers.sure(offered) if entry.chosen is None else entry.chosen
    data = header_data(session, entry, found)
    chosen = offers.record_data(found, [one for one in offered if one.number in numbers])
    if "measures" in chosen:
        data["measures"] = chosen["measures"]
    schema = session.workspace.schema
    blank = dict.fromkeys(missing(data), "")
    order = [*schema.fields()]
    whole = {**blank, **amend.filled(data)}
    ordered = {key: whole[key] for key in sorted(whole, key=order.index)}
    return composing.head(session) + dump.dump(ordered, schema.one_line)


def with_notes(entry: Entry, found: Draft, record: str) -> str:
    """Return what the editor opens: on top what to look at, and the candidates not taken."""
    first, end, rest = record.partition("\n")
    return first + end + "".join(f"{_NOTE}{line}\n" for line in _notes(entry, found)) + rest


def composed(session: Session, entry: Entry, record: str) -> Composed:
    """Return the change that writes the record's text with its source beside it; raises
    RecordInvalidError, UsageError for what cannot be written.
    """
    schema = session.workspace.schema
    lines = record.splitlines(keepends=True)
    record = "".join(line for line in lines if not line.startswith(_NOTE))
    decoded = codec.decode(record, UNNAMED, schema)
    if decoded.record is None:
        raise invalid(UNNAMED, decoded.errors, _("没有写入。"))
    own = decoded.record
    path = numbering.place(session.workspace, own.kind, own.year, own.number)
    letter = (entry.letter or "").encode()
    beside = path.with_suffix(".txt")
    wanted = drafting.with_source(decoded.data, beside.name, letter, schema)
    record = edit.patch(record, wanted, schema.one_line)
    change, after = session.workspace.change_to(path, None, record)
    ready = Composed(change, after, 1, _letter_beside(session, beside, letter))
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
    if data.get("number"):
        data["number"] = identity.clean_number(str(data["number"])) or data["number"]
    return data


def missing(data: dict[str, Any]) -> list[str]:
    """Return the names of what a record must have and the header has not."""
    return [name for name in REQUIRED if not data.get(name)]


def missing_or_taken(session: Session, entry: Entry, found: Draft) -> None:
    """Raise UsageError for what is missing and for a number taken: a second reply to a record at
    hand is not mixed into it unseen.
    """
    data = header_data(session, entry, found)
    lacking = missing(data)
    if lacking:
        labels = listed(session.workspace.schema.label(name) for name in lacking)
        options = " ".join(f"--{name} …" for name in lacking)
        said = _("原文里没有{labels}").format(labels=labels)
        raise UsageError(said, _("加上 {options}。").format(options=options))
    try:
        numbering.place(session.workspace, data["kind"], data["year"], data["number"])
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


def _notes(entry: Entry, found: Draft) -> Iterator[str]:
    offered = offers.candidates(found)
    numbers = offers.sure(offered) if entry.chosen is None else entry.chosen
    yield _("改好后存盘、关闭就录入；没有改动就退回。“{mark}”开头的行不会存。").format(
        mark=_NOTE.strip()
    )
    yield from (" ".join(line.split()) for line, _style in views.doubt_lines(found))
    for one in offered:
        if one.number not in numbers:
            yield _("没有采用：{quote}").format(quote=" ".join(one.told.quote.split()))


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
