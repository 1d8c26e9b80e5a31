"""A record's number and the file it gives: new records, and records that move."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from npcreply.domain import identity
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store import edit, names
from npcreply.store.journal import Change
from npcreply.workspace import REPLIES, Opened, Workspace

REFERENCES = ("repeats", "merged_into", "carried_from", "into", "parent")


def place(workspace: Workspace, kind: str, year: int, number: str) -> Path:
    """Return the file of a new record; raises UsageError where the number is taken."""
    stem = identity.record_id(kind, year, number)
    names.safe_stem(stem)
    for path in workspace.paths():
        if path.stem.casefold() == stem.casefold():
            raise UsageError(
                _("{id} 已经有了：{path}").format(id=stem, path=workspace.name(path)),
                _("给它添承诺：npcreply add --to {id}；看一看：npcreply show {id}").format(id=stem),
            )
    return workspace.root / REPLIES / str(year) / f"{stem}.yaml"


def moved(
    session: Session, opened: Opened, number: str, year: int | None, kind: str | None
) -> tuple[list[Change], str]:
    """Return the changes that move a record to another number, and its new id."""
    workspace = session.workspace
    record = opened.record
    code = workspace.schema.code("kind", kind) if kind else record.kind
    if code is None:
        raise UsageError(_("没有类别“{kind}”").format(kind=kind))
    clean = identity.clean_number(number)
    path = place(workspace, code, year or record.year, clean)
    data = opened.decoded.data
    data.update({"kind": code, "year": year or record.year, "number": clean})
    source = opened.path.with_name(f"{opened.id}.txt")
    changes = [Change(Path(opened.name), opened.source.encoded(opened.source.text), None)]
    if record.source and record.source.file == source.name and source.is_file():
        data["source"] = {**data["source"], "file": f"{path.stem}.txt"}
        raw = source.read_bytes()
        target = Path(workspace.name(path.with_name(f"{path.stem}.txt")))
        changes += [Change(Path(workspace.name(source)), raw, None), Change(target, None, raw)]
    text = edit.patch(opened.source.text, data, workspace.schema.one_line)
    changes.append(workspace.change_to(path, None, text)[0])
    changes += _references(workspace, opened, path.stem)
    return changes, path.stem


def _references(workspace: Workspace, opened: Opened, new: str) -> list[Change]:
    """Other records that name the old id name the new one."""
    changes = []
    for path in workspace.paths():
        if path == opened.path or opened.id not in path.read_bytes().decode("utf-8", "replace"):
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
    if key in REFERENCES and isinstance(value, str):
        if value == old or value.startswith(f"{old}."):
            return new + value[len(old) :]
    return value
