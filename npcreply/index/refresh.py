"""How the index learns what the files say: only what changed, in one transaction, or all anew."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from npcreply.domain.findings import Finding
from npcreply.domain.record.model import Record
from npcreply.index import freshness, rows
from npcreply.index.engine import DamagedError, transaction
from npcreply.index.freshness import Stored, Taken

if TYPE_CHECKING:  # its YAML reader is not needed while no file changed
    from npcreply.store.contract.schema import Schema

Statements = Mapping[str, str]
Progress = Callable[[int, int], None]

VERSION = "4"  # of the tables
KEPT = "SELECT name, value FROM meta WHERE workspace = :workspace"
"""What tells the other statements, so it cannot be one of them."""

_MAKERS = ("domain", "grammar", "index", "store")
_SQL = "sql:"
_VERBS = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ")
_AT_ONCE = 500  # files whose rows are held in memory
_ORDER = (
    "forget_promise",
    "forget_reply",
    "forget_file",
    "restamp",
    "keep_file",
    "keep_reply",
    "keep_promise",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What the index is made from. `progress` is told (files read, files to read)."""

    root: Path
    schema: Schema
    progress: Progress | None = None

    @property
    def workspace(self) -> str:
        return self.schema.settings.id


def brought_up_to_date(connection: sqlite3.Connection, source: Source) -> Statements:
    """Make the index say what the files say; return the SQL text of its statements.

    Writes nothing where nothing changed. Raises sqlite3.Error or DamagedError where the index
    cannot be used, CouldNotError where a folder of records cannot be read.
    """
    statements = _kept(connection, source)
    lag = _lag(connection, statements, source) if statements else _Lag.CONTENT
    if lag is _Lag.NONE:
        return statements
    if lag is _Lag.STATS:
        with suppress(sqlite3.Error):  # the answers are right without it, only slower to prove
            _write(connection, source, _kept_or_made)
        return statements
    if not statements:
        _compiled()  # its imports take most of a second: not under the lock
    return _write(connection, source, _kept_or_made)


def rebuilt(connection: sqlite3.Connection, source: Source) -> Statements:
    """Make the index anew from every file."""
    _compiled()
    return _write(connection, source, _made)


def decoded(taken: Taken, schema: Schema) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return a file's record, or why there is none."""
    if taken.text is None:
        return None, taken.errors
    from npcreply.store import codec

    found = codec.decode(taken.text, taken.listed.key, schema)
    return found.record, found.errors


def _kept(connection: sqlite3.Connection, source: Source) -> Statements:
    """Return the statements' SQL text; nothing where the index was made otherwise, or not yet."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return {}
    kept = dict(connection.execute(KEPT, {"workspace": source.workspace}).fetchall())
    if any(kept.get(name) != value for name, value in _stamp(source.schema).items()):
        return {}
    found = {name.removeprefix(_SQL): text for name, text in kept.items() if _SQL in name}
    if not all(text.startswith(_VERBS) for text in found.values()):
        raise DamagedError  # text from a file is run: nothing but these verbs
    return found


def _stamp(schema: Schema) -> dict[str, str]:
    return {"index": VERSION, "program": _program(), "schema": schema.digest}


@cache
def _program() -> str:
    """A digest of the code that makes rows: what a version number says, but never forgotten."""
    package = Path(__file__).parent.parent
    found = hashlib.sha256()
    modules = sorted(path for name in _MAKERS for path in (package / name).rglob("*.py"))
    for path in modules or [Path(sys.executable)]:  # packed into one file
        found.update(path.read_bytes())
    return found.hexdigest()


class _Lag(Enum):
    """What the index does not know yet."""

    NONE = auto()
    STATS = auto()
    CONTENT = auto()


def _lag(connection: sqlite3.Connection, statements: Statements, source: Source) -> _Lag:
    stored = _stored(connection, statements, source)
    found = freshness.difference(source.root, stored)
    if found.gone:
        return _Lag.CONTENT
    lag = _Lag.NONE
    for taken in freshness.news(found.suspects, stored):
        known = stored.get(taken.listed.key)
        if known is None or known.digest != taken.digest:
            return _Lag.CONTENT
        lag = _Lag.STATS
    return lag


def _stored(
    connection: sqlite3.Connection, statements: Statements, source: Source
) -> dict[str, Stored]:
    return rows.stored(connection.execute(statements["stored"], {"workspace": source.workspace}))


@cache
def _compiled() -> tuple[tuple[str, ...], Statements]:
    from npcreply.index import queries

    return tuple(queries.created()), queries.compiled()


def _made(connection: sqlite3.Connection, source: Source) -> Statements:
    """Make the tables anew within the caller's transaction, whatever was there before."""
    there = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in there:
        connection.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
    created, statements = _compiled()
    for text in created:
        connection.execute(text)
    kept = {**_stamp(source.schema), **{_SQL + name: text for name, text in statements.items()}}
    meta = ({"workspace": source.workspace, "name": n, "value": v} for n, v in kept.items())
    connection.executemany(statements["keep_meta"], meta)
    return statements


def _write(
    connection: sqlite3.Connection,
    source: Source,
    prepared: Callable[[sqlite3.Connection, Source], Statements],
) -> Statements:
    """Look again with the right to write in hand: another process may have done it meanwhile."""
    with transaction(connection):
        statements = prepared(connection, source)
        _learn(connection, statements, source)
    return statements


def _kept_or_made(connection: sqlite3.Connection, source: Source) -> Statements:
    return _kept(connection, source) or _made(connection, source)


def _learn(connection: sqlite3.Connection, statements: Statements, source: Source) -> None:
    stored = _stored(connection, statements, source)
    found = freshness.difference(source.root, stored)
    writer = _Writer(connection, statements, source)
    writer.forget(found.gone)
    for done, listed in enumerate(found.suspects, 1):
        writer.learn(freshness.take(listed), stored.get(listed.key))
        if source.progress:
            source.progress(done, len(found.suspects))
    writer.flush()


class _Writer:
    """Gathers rows and hands them to the database many at a time."""

    def __init__(
        self, connection: sqlite3.Connection, statements: Statements, source: Source
    ) -> None:
        self._connection = connection
        self._statements = statements
        self._source = source
        self._gathered: dict[str, list[rows.Row]] = {name: [] for name in _ORDER}

    def learn(self, taken: Taken, known: Stored | None) -> None:
        """Take in a file, as far as it is not what is stored."""
        if known and known.digest == taken.digest:
            if known.stat != taken.listed.kept:
                self._gathered["restamp"].append(rows.stamp_row(taken))
            return
        if known:
            self.forget([taken.listed.key])
        record, errors = decoded(taken, self._source.schema)
        self._gathered["keep_file"].append(rows.file_row(taken, errors))
        if record:
            self._gathered["keep_reply"].append(rows.reply_row(record, taken.listed.key))
            self._gathered["keep_promise"] += rows.promise_rows(record, taken.listed.key)
        if len(self._gathered["keep_file"]) >= _AT_ONCE:
            self.flush()

    def forget(self, names: Iterable[str]) -> None:
        """Let go of everything known of files."""
        for name in names:
            for statement in ("forget_promise", "forget_reply", "forget_file"):
                self._gathered[statement].append({"path": name})

    def flush(self) -> None:
        """Write what was gathered, what is forgotten first."""
        for statement, gathered in self._gathered.items():
            here = ({**row, "workspace": self._source.workspace} for row in gathered)
            self._connection.executemany(self._statements[statement], here)
            gathered.clear()
