"""`draft`: a letter read and shown, or many letters made into files; a bad one stops none."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from npcreply.domain.record import identity
from npcreply.errors import EXIT_UNREADABLE, CouldNotError, NoWorkspaceError, UsageError
from npcreply.extract import candidates as offers
from npcreply.extract.draft import Draft, as_json, draft
from npcreply.extract.files import LARGEST, Intake, intake
from npcreply.flows.entry import rounds
from npcreply.language import N_, _, listed, listed_apart
from npcreply.session import Session
from npcreply.store import files, names, refusals
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.store.yaml import dump
from npcreply.views import drafts as views

STDIN = "-"
_TOLD = {
    "drafted": N_("已起草 {count} 件"),
    "there": N_("已有 {count} 件，没有动"),
    "no_record": N_("不是答复 {count} 件"),
    "bad": N_("读不了 {count} 件"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: drafted, there (from before), no_record, bad."""

    code: str
    name: str
    said: str


def letter(name: str, encoding: str | None = None) -> Intake:
    """Return the text of a file, of standard input for "-"; raises CouldNotError, UsageError."""
    path = Path(name)
    try:
        if name == STDIN:
            data = _stdin()
        else:
            with path.open("rb") as file:
                data = file.read(LARGEST + 1)
    except OSError as error:
        if path.is_dir():  # Windows says: no permission
            raise refusals.unread(path, IsADirectoryError()) from error
        raise refusals.unread(path, error) from error
    return intake(data, name if name == STDIN else path.name, encoding)


def called(name: str) -> str:
    """Return what messages call the file."""
    return _("标准输入") if name == STDIN else Path(name).name


def schema_of(session: Session) -> Schema:
    """Return the workspace's schema, outside of one the contract."""
    try:
        return session.workspace.schema
    except NoWorkspaceError:
        return read.contract()


def show(session: Session, name: str, encoding: str | None, *, json: bool) -> int:
    """Print one draft, every value with its rule and its place."""
    read = letter(name, encoding)
    found = draft(read.text)
    if json:
        session.output.json(_exact(as_json(found)))
        return session.exit_code
    for text, style in _lines(name, read, found, schema_of(session)):
        session.output.line(text, style)
    if again := rounds.told(session, offers.record_data(found, ()), found):
        session.output.line(again, "soon")
    if found.is_record:
        more = _("录入：npcreply add --from {name}").format(name=name)
        session.output.notice(more)
    return session.exit_code


def _exact(value: object) -> object:
    """Numbers as the output takes them: what was printed in the letter, no binary fractions."""
    if isinstance(value, dict):
        return {key: _exact(own) for key, own in value.items()}
    if isinstance(value, list):
        return [_exact(own) for own in value]
    return Decimal(repr(value)) if isinstance(value, float) else value


def _lines(name: str, read: Intake, found: Draft, known: Schema) -> Iterator[views.Line]:
    offered = offers.candidates(found)
    sure = offers.sure(offered)
    yield from views.intake_lines(called(name), read, found)
    yield from views.header_lines(found, offers.record_data(found, ()), known, sources=True)
    yield from views.doubt_lines(found)
    if not found.is_record:
        yield views.no_record(found), "soon"
        return
    words = _("承诺和指标 {count} 项：√ {sure} 项有把握，？ {doubtful} 项存疑")
    doubtful = len(offered) - len(sure)
    yield words.format(count=len(offered), sure=len(sure), doubtful=doubtful), ""
    yield from views.candidate_lines(offered, known, found.facts, ticked=sure, sources=True)
    yield from views.figure_lines(found)


def batch(session: Session, given: Sequence[str], out: Path, encoding: str | None) -> int:
    """Make one YAML draft of each file in `out`, its text beside it; nothing is overwritten."""
    known = schema_of(session)
    files.make_folder(out)
    outcomes: list[Outcome] = []
    with session.progress(_("起草")) as progress:
        for count, name in enumerate(given, 1):
            outcomes.append(_outcome(name, out, encoding, known))
            progress(count, len(given))
    for outcome in outcomes:
        style = "late" if outcome.code == "bad" else ""
        session.output.line(f"{outcome.name}  {outcome.said}", style)
    counts = Counter(outcome.code for outcome in outcomes)
    told = (_(words).format(count=counts[code]) for code, words in _TOLD.items() if counts[code])
    session.output.line(_("{told}。").format(told=listed_apart(told)))
    return EXIT_UNREADABLE if counts["bad"] else session.exit_code


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


def _outcome(name: str, out: Path, encoding: str | None, known: Schema) -> Outcome:
    try:
        read = letter(name, encoding)
    except CouldNotError as error:
        said = "  ".join((error.message, *error.remedy.splitlines()))
        return Outcome("bad", called(name), said)
    found = draft(read.text)
    if not found.is_record:
        return Outcome("no_record", called(name), views.no_record(found))
    offered = offers.candidates(found)
    kept = [one for one in offered if one.told.sure]
    data = offers.record_data(found, kept)
    stem = _stem(data, name)
    path, there = _free(out, stem, read.text.encode())
    if there:
        return Outcome("there", called(name), _("已有 {path}").format(path=path))
    _write(path, name, read, found, data, known)
    words = _("{path}：{count} 项，另有存疑 {doubtful} 项")
    count = {"count": len(kept), "doubtful": len(offered) - len(kept)}
    return Outcome("drafted", called(name), words.format(path=path, **count))


def _stem(data: offers.Data, name: str) -> str:
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


def _write(
    path: Path, name: str, read: Intake, found: Draft, data: offers.Data, known: Schema
) -> None:
    text = read.text.encode()
    beside = path.with_suffix(".txt")
    number = found.header.round.value if found.header.round else 1
    source = {"file": beside.name, "sha256": files.digest_of(text)}
    if rounds.answers_again(found):
        data = rounds.as_round(data, number)
    ordered = known.in_order(rounds.with_source(data, number, source, [*known.fields()]))
    if not beside.exists():
        files.replace(beside, text)
    notes = "".join(f"# {line}\n" for line in _remarks(name, read, found))
    files.replace(path, (notes + dump.dump(ordered, known.one_line)).encode())


def _remarks(name: str, read: Intake, found: Draft) -> Iterator[str]:
    """What the draft leaves to a person, as comments of the file."""
    yield _("草稿，来自 {name}；核对后再用").format(name=called(name))
    yield from (" ".join(note.split()) for note in read.notes)
    for line, _style in views.doubt_lines(found):
        yield " ".join(line.split())
    for one in offers.candidates(found):
        if not one.told.sure:
            words = _("存疑，没有录：{quote}")
            yield words.format(quote=" ".join(one.told.quote.split()))


def _stdin() -> bytes:
    buffer = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise CouldNotError(_("没有标准输入"), _("写上文件名：npcreply draft 文件"))
    data: bytes = buffer.read(LARGEST + 1)
    return data
