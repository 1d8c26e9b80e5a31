"""`add --from`: a letter read, its header corrected, its promises chosen."""

from __future__ import annotations

from pathlib import Path

from npcreply.errors import CouldNotError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.draft import Draft, draft
from npcreply.extract.files import LARGEST
from npcreply.extract.model import Known
from npcreply.flows import drafting, rounds
from npcreply.flows.entry import choose, manuscript
from npcreply.flows.entry.compose import Composed
from npcreply.flows.entry.questions import Entry
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import files
from npcreply.views import drafts as views
from npcreply.views import second


def read(session: Session, entry: Entry, name: str, encoding: str | None) -> Draft:
    """Put the letter's text into the entry, having told what was read, and return its draft; raises
    CouldNotError.
    """
    found = drafting.letter(name, encoding)
    entry.letter, entry.letter_name = found.text, drafting.called(name)
    own = draft(found.text, Known(session_year=session.workspace.schema.settings.year))
    for text, style in views.intake_lines(entry.letter_name, found, own):
        session.output.notice(text, style)
    return own


def read_second(entry: Entry, name: str) -> None:
    """Put a draft made elsewhere into the entry; raises CouldNotError where it is none."""
    path = Path(name)
    data = files.start(path, LARGEST + 1)
    from npcreply.extract.second import told_in  # few letters have two readers

    told_in(data, path.name)
    entry.second, entry.second_name = data.decode("utf-8-sig"), path.name


def composed(session: Session, name: str, entry: Entry, *, yes: bool) -> Composed:
    """Return the record that the letter makes, asked for on a terminal unless `yes`; `name` is the
    draft's. Raises UsageError where the text is no reply, is there already, lacks what must be.
    """
    found = manuscript.own(session, entry)
    _refuse(session, entry, found)
    if entry.second is not None:
        found, told = manuscript.compared(entry, found)
        lines = second.compared_lines(entry.second_name, told, session.workspace.schema)
        for text, style in lines:
            session.output.warning(text, style)
    if yes:
        _tell(session, entry, found)
    elif session.ask:
        return choose.Choice(session, session.ask, name, entry, found).made()
    else:
        raise UsageError(
            _("要有人挑选承诺，而这里没人可问。"), _("加 --yes：采用有把握的，不提问。")
        )
    return manuscript.made(session, entry, found)


def _tell(session: Session, entry: Entry, found: Draft) -> None:
    """Say, where nobody is asked, what a person should look at and what is left out."""
    header = manuscript.header_data(session, entry, found)
    if again := rounds.told(session, header, found, entry.to):
        session.output.warning(again)
    for text, style in views.doubt_lines(found):
        session.output.notice(text, style)
    doubtful = [one for one in offers.candidates(found) if not one.main.sure]
    if doubtful:
        words = _("存疑的 {count} 项没有录：npcreply draft 看是哪些，npcreply add --to 添")
        session.output.notice(words.format(count=len(doubtful)), "soon")


def _refuse(session: Session, entry: Entry, found: Draft) -> None:
    """Refuse what is no reply and a text that is a record's source already."""
    if not found.is_record:
        raise UsageError(views.no_record(found), way_on(session, found, entry.letter_name))
    digest = files.digest_of(found.text.encode()).encode()
    for path in session.workspace.paths():
        if digest in bytes_of(path):
            said = _("这份原文已经录过：{path}").format(path=session.workspace.name(path))
            raise UsageError(said, _("看一看：npcreply show {id}").format(id=path.stem))


def way_on(session: Session, found: Draft, name: str = "") -> str:
    """Return what can be done with a text that is no reply; `name` is that of its file."""
    kind, own = found.header.kind.value, rounds.named(session.workspace, found)
    name = name or _("文件")
    if kind == "progress":
        told = _("它说的是 {id}。").format(id=own) if own else ""
        words = _("把它说的进展记到承诺上：npcreply log --from {name} {id}")
        return told + words.format(name=name, id=own or "").rstrip()
    if kind == "co_opinion":
        words = _("记到主办单位的那件记录上：npcreply add --from {name} --to {id}")
        return words.format(id=own or _("编号"), name=name)
    words = _(
        "确是答复的，写明类别（每一项都打问号）：npcreply add --from {name} --kind 代表建议；"
        "或一项一项录：npcreply add"
    )
    return words.format(name=name)


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a record's file, none where it cannot be read."""
    try:
        return files.content(path) or b""
    except CouldNotError:  # gone or locked: `check` names it
        return b""
