"""`draft`: a letter read, or many letters made into files; a bad one stops none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from npcreply.domain.record import identity
from npcreply.errors import CouldNotError, NoWorkspaceError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.draft import Draft, draft
from npcreply.extract.files import LARGEST, Intake, intake
from npcreply.extract.model import Known
from npcreply.extract.record import Data, record_data
from npcreply.flows import rounds
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store import files, names, places, refusals
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.store.yaml import dump
from npcreply.views import drafts as views

STDIN = "-"


def letter(name: str, encoding: str | None = None) -> Intake:
    """Return the text of a file, of standard input for "-"; raises CouldNotError, UsageError."""
    path = Path(name)
    if name != STDIN:
        return intake(files.start(path, LARGEST + 1), path.name, encoding)
    try:
        data = _stdin()
    except OSError as error:
        raise refusals.unread(path, error) from error
    return intake(data, name, encoding)


def called(name: str) -> str:
    """Return what messages call the file."""
    return _("标准输入") if name == STDIN else Path(name).name


def schema_of(session: Session) -> Schema:
    """Return the workspace's schema, outside of one the contract."""
    try:
        return session.workspace.schema
    except NoWorkspaceError:
        return read.contract()


def batch(
    session: Session, given: Sequence[str], out: Path, encoding: str | None
) -> list[views.Outcome]:
    """Make one YAML draft of each file in `out`, its text beside it; nothing is overwritten."""
    known = schema_of(session)
    places.refuse_output(out)
    files.make_folder(out)
    outcomes: list[views.Outcome] = []
    with session.progress(_("起草")) as progress:
        for count, name in enumerate(given, 1):
            outcomes.append(_outcome(name, out, encoding, known))
            progress(count, len(given))
    return outcomes


def spread(given: Sequence[str]) -> list[str]:
    """Return the files meant: the Windows console leaves *.html to the program."""
    found: list[str] = []
    for name in given:
        path = Path(name)
        if "*" in path.name and not path.exists():
            found += sorted(str(one) for one in path.parent.glob(path.name) if one.is_file())
        else:
            found.append(name)
    if not found:
        raise UsageError(
            _("没有 {files} 这样的文件").format(files=listed(given)),
            _("核对文件名和所在的文件夹。"),
        )
    return list(dict.fromkeys(found))


def _outcome(name: str, out: Path, encoding: str | None, known: Schema) -> views.Outcome:
    try:
        read = letter(name, encoding)
    except CouldNotError as error:
        return views.Outcome("bad", called(name), error.in_a_line)
    found = draft(read.text, Known(session_year=known.settings.year))
    if not found.is_record:
        return views.Outcome("no_record", called(name), views.no_record(found))
    offered = offers.candidates(found)
    kept = [one for one in offered if one.main.sure]
    data = record_data(found, kept)
    path, there = _free(out, _stem(data, name), read.text.encode())
    if there:
        return views.Outcome("there", called(name), path=path)
    _write(path, name, read, found, data, known)
    doubtful = len(offered) - len(kept)
    return views.Outcome("drafted", called(name), path=path, count=len(kept), doubtful=doubtful)


def _stem(data: Data, name: str) -> str:
    """The record's id where the letter tells it, else the file's own name."""
    own = "stdin" if name == STDIN else Path(name).stem
    try:
        told = identity.record_id(str(data["kind"]), int(str(data["year"])), str(data["number"]))
        return names.safe_stem(told)
    except (KeyError, UsageError):
        return own


def _free(out: Path, stem: str, text: bytes) -> tuple[Path, bool]:
    """Return the file to write and whether this very letter was drafted into it before."""
    number, path = 1, out / f"{stem}.yaml"
    while True:
        beside = path.with_suffix(".txt")
        same = beside.is_file() and beside.read_bytes() == text
        if path.exists() and same:
            return path, True
        if not path.exists() and (same or not beside.exists()):
            return path, False
        number += 1
        path = out / f"{stem}-{number}.yaml"


def _write(path: Path, name: str, read: Intake, found: Draft, data: Data, known: Schema) -> None:
    text = read.text.encode()
    beside = path.with_suffix(".txt")
    number = found.header.round.value if found.header.round else 1
    source = {"file": beside.name, "sha256": files.digest_of(text)}
    if rounds.answers_again(found):
        data = rounds.as_round(data, number)
    ordered = known.in_order(rounds.with_source(data, number, source, [*known.fields()]))
    if not beside.exists():
        files.replace(beside, text)
    notes = "".join(f"# {line}\n" for line in views.remarks(called(name), read, found))
    files.replace(path, (notes + dump.dump(ordered, known.one_line)).encode())


def _stdin() -> bytes:
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise CouldNotError(_("没有标准输入"), _("写上文件名：npcreply draft 文件"))
    data: bytes = buffer.read(LARGEST + 1)
    return data
