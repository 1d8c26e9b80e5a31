"""Everything that is wrong in the files of a workspace, found in one run, each with its line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TypeAlias

from npcreply.domain.checks import (
    Doubt,
    compared,
    doubts_across,
    doubts_of,
    report_checks,
    source_checks,
    sources,
)
from npcreply.domain.checks.rounds import round_doubts
from npcreply.domain.checks.texts import clock_checks
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.lines import reply_line
from npcreply.domain.record.model import Record, Source
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.clocks import Law
from npcreply.errors import CouldNotError, RecordInvalidError
from npcreply.store import collected, files, founding, names, refusals
from npcreply.store.codec import Decoded, decode, placed, recognised
from npcreply.store.contract import rules
from npcreply.store.contract.schema import Schema
from npcreply.store.journal import inspection
from npcreply.store.yaml import nodes, tree

Progress: TypeAlias = Callable[[int, int], None]
"""Told after each file: how many are read, how many there are."""
Also: TypeAlias = Callable[[Record, str], Iterable[Finding]]
"""What else is to be found in a record, whose file goes by a name."""


def check_workspace(
    root: Path,
    schema: Schema,
    today: date,
    paths: Sequence[Path] | None = None,
    progress: Progress | None = None,
    also: Also | None = None,
) -> tuple[list[Finding], int]:
    """Return every finding of every record file, sorted by path and line, and how many files that
    were. `paths` (files or folders) asks for theirs only; all records are read all the same, to
    know what they say of each other. `also` finds what is not always asked for, while a record is
    at hand.

    Raises CouldNotError where a folder cannot be read: its records would be missing in silence.
    """
    rounds = _asked(collected.paths(root), paths)
    every = _record_paths(root, None if paths is None else [p for p in paths if p not in rounds])
    asked = _asked(every, paths)
    run = _Run(root, schema, today, also or _nothing)
    named = {path: _name(root, path) for path in every}
    for count, path in enumerate(every, 1):
        run.read(path, named[path], full=path in asked)
        if progress:
            progress(count, len(every))
    run.compare({named[path]: path for path in asked})
    if paths is None:
        run.findings += founding.git_doubts(root)
        run.findings += inspection.notes(root)
    if paths is None and not run.law.book.known:
        run.findings += rules.doubts(root / "schema.yaml")
    for path in rounds:
        run.findings += _of_round(path, root, schema, today)
    return sorted(run.findings), len(asked) + len(rounds)


def _nothing(_record: Record, _name: str) -> Iterable[Finding]:
    return ()


def _of_round(path: Path, root: Path, schema: Schema, today: date) -> list[Finding]:
    found = collected.read(path, root, schema)
    doubts = round_doubts(found.collection, today) if found.collection else []
    return [*found.findings, *(_placed_at(doubt, found.root, found.name) for doubt in doubts)]


def _placed_at(doubt: Doubt, root: nodes.Mapping | None, path: str) -> Finding:
    node = nodes.nearest_node(root, doubt.at) if root else None
    line, column = (node.line, node.column) if node else (0, 0)
    words = (doubt.severity, doubt.code, doubt.message, doubt.remedy)
    return Finding(path, line, column, *words, record=PurePosixPath(path).stem)


def check_text(text: str, path: str, schema: Schema, settings: Settings, today: date) -> Decoded:
    """Return a record's text as `decode` reads it, with what the checks of one record find: what a
    command asks before it writes. The record is None where there is an error of either.
    """
    decoded = decode(text, path, schema)
    if decoded.record is None:
        return decoded
    doubts = doubts_of(decoded.record, settings, today)
    found = tuple(sorted([*decoded.findings, *placed(doubts, decoded.root, path, decoded.record)]))
    broken = any(finding.severity is Severity.ERROR for finding in found)
    return replace(decoded, findings=found, record=None if broken else decoded.record)


@dataclass(slots=True)
class _Run:
    """One run over a workspace: what was found, and the records to compare with each other."""

    root: Path
    schema: Schema
    today: date
    also: Also
    findings: list[Finding] = field(default_factory=list)
    shelf: list[tuple[str, Record]] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    law: Law = field(init=False)
    copies: dict[Path, Path] = field(init=False)

    def __post_init__(self) -> None:
        self.copies = names.copies(names.record_paths(self.root))
        self.law = rules.load(self.root, self.schema)

    def read(self, path: Path, name: str, *, full: bool) -> None:
        """Read one file; `full`: its findings are asked for. Its tree is not kept."""
        stem = PurePosixPath(name).stem
        found, decoded = self._decoded(path, name)
        if full:
            found = [*found, *self._doubts(decoded, path.parent)]
            if decoded and decoded.record:
                found += self.also(decoded.record, name)
            self.findings += [replace(f, record=f.record or stem) for f in found]
        if decoded and decoded.record:
            self.shelf.append((name, compared(decoded.record)))
        else:
            self.unread.add(stem)

    def compare(self, asked: dict[str, Path]) -> None:
        """Add what records say of each other; the files concerned are read again for the lines."""
        records = dict(self.shelf)
        by_path: dict[str, list[Doubt]] = {}
        for name, doubt in doubts_across(self.shelf, self.unread):
            if name in asked:
                by_path.setdefault(name, []).append(doubt)
        for name, doubts in by_path.items():
            self.findings += placed(doubts, _tree(asked[name], name), name, records[name])

    def _decoded(self, path: Path, name: str) -> tuple[Sequence[Finding], Decoded | None]:
        original = self.copies.get(path)
        if original and original.stem != path.stem:  # of one stem: `same_id` says so
            return [names.copy_finding(name, _name(self.root, original))], None
        try:
            decoded = _quickly(files.read(path, name).text, name, self.schema)
        except RecordInvalidError as error:
            return [found for found in error.findings if isinstance(found, Finding)], None
        except CouldNotError as error:
            told = (Severity.ERROR, "unread", error.message, error.remedy)
            return [Finding(name, 0, 0, *told)], None
        return decoded.findings, decoded

    def _doubts(self, decoded: Decoded | None, folder: Path) -> list[Finding]:
        if decoded is None or decoded.record is None:
            return []
        record, name = decoded.record, decoded.path
        doubts = doubts_of(record, self.schema.settings, self.today)
        doubts += _source_doubts(record, folder)
        doubts += clock_checks(reply_line(record, name), self.law, self.today)
        if not doubts:
            return []
        return placed(doubts, decoded.root or tree.parse(decoded.text, name), name, record)


def _quickly(text: str, name: str, schema: Schema) -> Decoded:
    """Decode a text; of one in which there is nothing to find no tree is made."""
    record = recognised(text, name, schema, flawless=True)
    return Decoded(name, text, record, None, ()) if record else decode(text, name, schema)


def _source_doubts(record: Record, folder: Path) -> list[Doubt]:
    found = [
        doubt
        for told in sources(record)
        for doubt in source_checks(record, told, *_source_text(told.source, folder))
    ]
    for place, report in enumerate(record.progress_reports):
        source = Source(file=report.file, sha256=report.sha256)
        found += report_checks(record, place, *_source_text(source, folder))
    return found


def _source_text(source: Source, folder: Path) -> tuple[str | None, str | None]:
    """Return text and digest of the file beside the record, None and None where there is none.

    Of the spellings of line ends the one with the wanted digest: git may have changed them.
    """
    if PureWindowsPath(source.file).name != source.file or source.file == "..":
        return None, None
    path = folder / source.file
    try:
        if not path.is_file() or path.stat().st_size > files.MAX_BYTES:
            return None, None
        data = path.read_bytes()
    except (OSError, ValueError):
        return None, None
    unix = data.replace(b"\r\n", b"\n")
    spellings = {files.digest_of(each): each for each in (unix.replace(b"\n", b"\r\n"), unix, data)}
    digest = source.sha256 if source.sha256 in spellings else files.digest_of(data)
    return _text(spellings[digest]), digest


def _text(data: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _tree(path: Path, name: str) -> nodes.Mapping | None:
    try:
        return tree.parse(files.read(path, name).text, name)
    except (RecordInvalidError, CouldNotError):  # changed while we were looking
        return None


def _name(root: Path, path: Path) -> str:
    """Return the path as findings have it, relative to the workspace where it lies in it."""
    try:
        return refusals.shown(path.relative_to(root))
    except ValueError:
        return refusals.shown(path)


def _record_paths(root: Path, paths: Sequence[Path] | None) -> list[Path]:
    """Return all record files, and those asked for that lie outside replies/."""
    every = names.record_paths(root)
    there = {_same(path) for path in every}
    others = [path for path in paths or () if _same(path) not in there and not path.is_dir()]
    return every + others


def _asked(every: Sequence[Path], paths: Sequence[Path] | None) -> set[Path]:
    if paths is None:
        return set(every)
    wanted = {_same(path) for path in paths}
    return {path for path in every if not wanted.isdisjoint(map(_same, (path, *path.parents)))}


def _same(path: Path) -> str:
    """Return one spelling for one path: on Windows upper case and slashes do not count."""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 -- links stay links
