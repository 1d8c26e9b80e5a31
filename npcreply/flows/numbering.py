"""A record's number and the file it gives: new records, and records that move."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.domain.checks.texts import sources
from npcreply.domain.record import identity
from npcreply.domain.time.dates_again import Dated, Header, dates_again
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import amend, files, names
from npcreply.store.journal import Change
from npcreply.store.values import Typed
from npcreply.store.yaml import edit
from npcreply.workspace import REPLIES, Opened, Workspace


@dataclass(frozen=True, slots=True)
class Move:
    """A record under another number: what is to be written, its new id, the dates of its promises
    that the other year changes or leaves.
    """

    changes: list[Change]
    id: str
    again: list[Dated]


REFERENCES = ("repeats", "differs", "merged_into", "carried_from", "into", "parent")


def place(
    workspace: Workspace, kind: str, year: int, number: str, moving: Path | None = None
) -> Path:
    """Return the file of a record; raises UsageError where another has the number, be it with
    zeros in front. `moving` is the file that the record has now.
    """
    stem = id_of(kind, year, number)
    taken = standing(workspace, stem, moving)
    if taken:
        raise UsageError(
            _("{id} 已经有了：{path}").format(id=taken.stem, path=workspace.name(taken)),
            _("给它添承诺：npcreply add --to {id}\n看一看：npcreply show {id}").format(
                id=taken.stem
            ),
        )
    return workspace.root / REPLIES / str(year) / f"{stem}.yaml"


def id_of(kind: str, year: int, number: str) -> str:
    """Return the id of a record, as its file is called; raises UsageError for what gives none."""
    return names.safe_stem(identity.record_id(kind, year, number))


def bare(id: str) -> str:
    """Return an id as it is compared: no zeros in front of its last digits, small letters."""
    return re.sub(r"(?<![0-9])0+(?=[0-9]+$)", "", id.casefold())


def standing(workspace: Workspace, id: str, but: Path | None = None) -> Path | None:
    """Return the file that has this id, be it with zeros in front; `but` is not looked at."""
    same = (p for p in workspace.paths() if p != but and bare(p.stem) == bare(id))
    return next(same, None)


def moved(
    session: Session, opened: Opened, number: str, year: int | None, kind: str | None
) -> Move:
    """Return what moves a record to another number; its dates that hang on the year follow it."""
    workspace, record = session.workspace, opened.record
    code, when = _kind(workspace, kind) if kind else record.kind, year or record.year
    clean = identity.clean_number(number).removeprefix(f"{when}-")
    path = place(workspace, code, when, clean, moving=opened.path)
    if path == opened.path:
        said = _("{id} 已经是这个编号，没有改动").format(id=opened.id)
        raise UsageError(said, _("只改标题等字段：npcreply set {id} 字段=值").format(id=opened.id))
    data = {**opened.decoded.data, "kind": code, "year": when, "number": clean}
    order = [*workspace.schema.fields()]
    if "uid" in order:  # a whole contract of the office's own may be older
        # Calendars go on knowing its events by the number that they first had.
        amend.put(data, "uid", record.uid or opened.id, order)
    before = Header.of(record)
    again = dates_again(record, before, replace(before, year=when)) if not before.since else []
    amend.dates_set(again)(data)
    changes = [Change(Path(opened.name), opened.source.encoded(opened.source.text), None)]
    changes += _sources(workspace, opened, path, data)
    text = edit.patch(opened.source.text, data, workspace.schema.one_line)
    changes.append(workspace.change_to(path, None, text)[0])
    return Move([*changes, *_references(workspace, opened, path.stem)], path.stem, again)


def source_name(id: str, round: int = 1, body: str = "") -> str:
    """Return what the text of a record's reply is called beside it: 2023-58.txt, and
    2023-58.round2.txt for a second one; that of a body's opinion 2023-58.opinion.市财政局.txt.
    """
    if body:
        return f"{id}.opinion.{names.safe_stem(body)}.txt"
    return f"{id}.txt" if round == 1 else f"{id}.round{round}.txt"


def report_name(id: str, number: int) -> str:
    """Return what a progress report is called beside its record: 2023-58.report1.txt."""
    return f"{id}.report{number}.txt"


def source_texts(opened: Opened) -> list[Path]:
    """Return the saved texts of replies and reports that belong to this record alone."""
    record = opened.decoded.record
    if record is None:
        return []
    named = [
        told.source.file
        for told in sources(record)
        if told.source.file == source_name(opened.id, told.round, told.body)
    ]
    many = len(record.progress_reports) + 1
    own = {report_name(opened.id, number) for number in range(1, many)}
    named += [report.file for report in record.progress_reports if report.file in own]
    paths = (opened.path.with_name(name) for name in named)
    return [path for path in paths if path.is_file()]


def _sources(workspace: Workspace, opened: Opened, to: Path, data: dict[str, Any]) -> list[Change]:
    """The source texts go along under the new name."""
    changes = []
    for path in source_texts(opened):
        other = to.with_name(to.stem + path.name.removeprefix(opened.id))
        raw = files.content(path)
        changes.append(Change(Path(workspace.name(path)), raw, None))
        changes.append(Change(Path(workspace.name(other)), None, raw))
        _rename(data, path.name, other.name)
    return changes


def _rename(data: dict[str, Any], old: str, new: str) -> None:
    for holder in (data, *(data.get("rounds") or []), *(data.get("co") or [])):
        source = holder.get("source")
        if isinstance(source, dict) and source.get("file") == old:
            holder["source"] = {**source, "file": new}
    for report in data.get("progress_reports") or []:
        if report.get("file") == old:
            report["file"] = new
    for measure in data.get("measures") or []:
        for item in (*(measure.get("log") or []), *(measure.get("requests") or [])):
            if item.get("source") == old:
                item["source"] = new


def _kind(workspace: Workspace, said: str) -> str:
    return str(Typed(workspace.schema, date.min, None).value("kind", said))


def _names(path: Path, id: str) -> bool:
    return id in (files.content(path) or b"").decode("utf-8", "replace")


def _references(workspace: Workspace, opened: Opened, new: str) -> list[Change]:
    """Other records that name the old id name the new one."""
    changes = []
    for path in workspace.paths():
        if path == opened.path or not _names(path, opened.id):
            continue
        source, decoded = workspace.decode(path)
        if decoded.root is None:
            continue
        data = _renamed(decoded.data, opened.id, new)
        if data != decoded.data:
            text = edit.patch(source.text, data, workspace.schema.one_line)
            changes.append(workspace.change_to(path, source, text, decoded.errors)[0])
    return changes


def _renamed(value: Any, old: str, new: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {k: _renamed(item, old, new, k) for k, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, old, new, key) for item in value]
    if key in REFERENCES and isinstance(value, str) and (value + ".").startswith(f"{old}."):
        return new + value[len(old) :]
    return value
