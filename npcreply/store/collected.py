"""The rounds of collecting: collected/*.yaml read, checked and written like records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from npcreply.dataclass import dataclass, replace
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.collected import Asked, Collection, asked
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.names import number_order
from npcreply.errors import CouldNotError, RecordInvalidError
from npcreply.language import _
from npcreply.sha256 import sha256
from npcreply.store import files
from npcreply.store.contract import json_cache, validation
from npcreply.store.contract.schema import Schema
from npcreply.store.values import Shaper
from npcreply.store.yaml import dump, nodes, tree

FOLDER = "collected"
CACHE = ".npcreply/index/collected.json"
_FORMAT = b"1"  # raised when the kept summary holds something else


@dataclass(frozen=True, slots=True)
class Read:
    """One file read: the round where it is valid, its data as typed, what is wrong in it, its tree
    where it is YAML.
    """

    name: str
    source: files.SourceText | None
    collection: Collection | None
    data: dict[str, Any]
    findings: tuple[Finding, ...]
    root: nodes.Mapping | None = None


def paths(root: Path) -> list[Path]:
    """Return the rounds' files, in the order of their names."""
    found = (root / FOLDER).glob("*.yaml")
    return sorted(found, key=lambda path: number_order(path.name))


def schema_of(schema: Schema) -> Schema:
    """Return the schema of a round: a definition of the contract, read like that of a record."""
    data = {**schema.data["$defs"]["collection"], "$defs": schema.data["$defs"]}
    return replace(schema, data=data, digest=f"{schema.digest}:{FOLDER}")


def read(path: Path, root: Path, schema: Schema) -> Read:
    """Read one file and everything that is wrong in it; nothing is raised for its content."""
    name = path.relative_to(root).as_posix()
    try:
        source = files.read(path, name)
        return decode(source, name, path.stem, schema)
    except RecordInvalidError as error:
        found = tuple(one for one in error.findings if isinstance(one, Finding))
        return Read(name, None, None, {}, found)
    except CouldNotError as error:
        told = Finding(name, 0, 0, Severity.ERROR, "unread", error.message, error.remedy)
        return Read(name, None, None, {}, (told,))


def decode(source: files.SourceText, name: str, stem: str, schema: Schema) -> Read:
    """Return what a file's text says. Raises RecordInvalidError where it is no YAML."""
    own = schema_of(schema)
    root = tree.parse(source.text, name)
    shaped = Shaper(own, name).shape(root)
    found = [*shaped.findings, *validation.findings(shaped.instance, root, own, name)]
    data: Any = nodes.to_data(root)
    if any(finding.severity is Severity.ERROR for finding in found):
        return Read(name, source, None, data, tuple(sorted(found)), root)
    collection = from_plain(Collection, {**shaped.instance, "id": stem})
    found += [_twice(root, name, at, sheet) for at, sheet in _repeated(collection)]
    return Read(name, source, collection, data, tuple(sorted(found)), root)


def text_of(collection: Collection, schema: Schema) -> str:
    """Return a new round as the text of its file."""
    data = _dated(to_plain(collection))
    del data["id"]
    return dump.dump(data, one_line(schema))


def one_line(schema: Schema) -> frozenset[str]:
    """Return the keys whose values take one line; a sheet's rows are as many as its promises."""
    return schema_of(schema).one_line - {"rows"}


def _dated(data: Any) -> Any:
    """Plain values with their days as days: those are written without quotes."""
    if isinstance(data, list):
        return [_dated(item) for item in data]
    if not isinstance(data, dict):
        return data
    return {
        key: date.fromisoformat(value) if key in _DAYS else _dated(value)
        for key, value in data.items()
    }


_DAYS = frozenset({"on", "due", "entered"})


def load(root: Path, schema: Schema) -> tuple[list[Asked], list[Finding]]:
    """Return the sheets of all rounds, and the first finding of each file that could not be read.

    What was read is kept beside the index: a listing parses no YAML while nothing has changed.
    """
    every = paths(root)
    key = _FORMAT + _digest(every, schema)
    kept = json_cache.load(root / CACHE, key)
    if kept is not None:
        return [from_plain(Asked, one) for one in kept["sheets"]], []
    found = [read(path, root, schema) for path in every]
    sheets = asked(one.collection for one in found if one.collection)
    broken = [_first_error(one.findings) for one in found if one.collection is None]
    if not broken:
        json_cache.save(root / CACHE, key, {"sheets": [to_plain(one) for one in sheets]})
    return sheets, broken


def _digest(every: Sequence[Path], schema: Schema) -> bytes:
    whole = sha256(schema.digest.encode())
    for path in every:
        try:
            content = files.content(path) or b""
        except CouldNotError:
            content = b"?"  # `read` says why
        whole.update(f"{path.name}\n{files.digest_of(content)}\n".encode())
    return whole.hexdigest().encode()


def _first_error(findings: Sequence[Finding]) -> Finding:
    return next(one for one in findings if one.severity is Severity.ERROR)


def _repeated(collection: Collection) -> list[tuple[int, str]]:
    known: set[str] = set()
    found = []
    for at, sheet in enumerate(collection.sheets):
        if sheet.id in known:
            found.append((at, sheet.id))
        known.add(sheet.id)
    return found


def _twice(root: nodes.Mapping, name: str, at: int, id: str) -> Finding:
    node = nodes.nearest_node(root, ("sheets", at, "id")) or root
    said = _("回报表 {id} 写了两次").format(id=id)
    told = (Severity.DOUBT, "sheet-twice", said, _("留一张，删掉重复的。"))
    return Finding(name, node.line, node.column, *told)
