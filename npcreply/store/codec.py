"""A file's text → a Record, with every finding of the file; None where it has an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Doubt, Finding, Severity
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.model import Record
from npcreply.domain.record.places import Place
from npcreply.domain.twice import used_twice
from npcreply.errors import RecordInvalidError
from npcreply.store import shapes
from npcreply.store.contract import validation
from npcreply.store.contract.schema import Schema
from npcreply.store.yaml import mistakes, nodes, plain


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file read: the record where it is valid, the tree where it parses and was asked for, and
    the findings.
    """

    path: str
    text: str
    record: Record | None
    root: nodes.Mapping | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)

    @property
    def data(self) -> dict[str, Any]:
        """Return the record as typed: texts, lists and mappings, for an edit."""
        data = nodes.to_data(self.root) if self.root else {}
        return data if isinstance(data, dict) else {}


def recognised(text: str, path: str, schema: Schema, *, flawless: bool = False) -> Record | None:
    """Return the record of a text as the program writes it, in which there is no error; None where
    only `decode` can tell. A record is that of `decode`, several times faster.

    `flawless`: one of which `decode` has nothing at all to say, also no doubt.
    """
    return each_recognised([(text, path)], schema, flawless=flawless)[0]


def each_recognised(
    sources: Sequence[tuple[str, str]], schema: Schema, *, flawless: bool = False
) -> list[Record | None]:
    """Return what `recognised` says of each text and path. A step is done for all of them before
    the next one: the processor then has it at hand, and it takes two thirds of the time.
    """
    shape = shapes.of(schema, strict=flawless)
    asked = [text if not flawless or mistakes.is_plain(text) else None for text, _path in sources]
    read = [None if text is None else plain.data(text) for text in asked]
    shaped = [shape.instance(data) for data in read]
    valid = [one if one and validation.is_valid(one, schema) else None for one in shaped]
    records = [
        _record(one, path) if one else None for one, (_, path) in zip(valid, sources, strict=True)
    ]
    return [record if record and not any(used_twice(record)) else None for record in records]


def decode(text: str, path: str, schema: Schema) -> Decoded:
    """Read one record's text; `path` is relative to the workspace and gives the id (its stem)."""
    from npcreply.store.values import Shaper  # a record as the program writes it needs neither,
    from npcreply.store.yaml import tree  # nor libyaml

    try:
        root = tree.parse(text, path)
    except RecordInvalidError as error:
        refused = tuple(f for f in error.findings if isinstance(f, Finding))
        return Decoded(path, text, None, None, refused)
    shaped = Shaper(schema, path).shape(root)
    found: list[Finding] = [*mistakes.doubts(text, root, path), *shaped.findings]
    found += validation.findings(shaped.instance, root, schema, path)
    record = None if _broken(found) else _record(shaped.instance, path)
    if record is not None:
        twice = list(used_twice(record))
        found += placed(twice, root, path, record)
        record = None if twice else record
    return Decoded(path, text, record, root, tuple(sorted(found)))


def placed(
    doubts: Iterable[Doubt], root: nodes.Mapping | None, path: str, record: Record
) -> list[Finding]:
    """Return the doubts about a record as findings, each at the line of its value or of the nearest
    thing around it; `root` is the tree of the file `path`.
    """
    return [_finding(doubt, root, path, record) for doubt in doubts]


def _broken(findings: list[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _record(instance: dict[str, Any], path: str) -> Record:
    return from_plain(Record, {**instance, "id": PurePosixPath(path).stem})


def _finding(doubt: Doubt, root: nodes.Mapping | None, path: str, record: Record) -> Finding:
    node = nodes.nearest_node(root, doubt.at)
    line, column = (node.line, node.column) if node else (0, 0)
    words = (doubt.severity, doubt.code, doubt.message, doubt.remedy)
    return Finding(path, line, column, *words, record=_item(doubt.at, record))


def _item(at: Place, record: Record) -> str:
    """Return the promise that a place lies in, else the record: 2023-温46.1."""
    if len(at) > 1 and at[0] == "measures" and isinstance(at[1], int):
        return f"{record.id}.{record.measures[at[1]].id}"
    return record.id
