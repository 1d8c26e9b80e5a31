"""How the index learns what the files say: only what changed, in one transaction, or all anew."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding
from npcreply.domain.record import lines
from npcreply.domain.record.model import Record
from npcreply.errors import CouldNotError
from npcreply.index import freshness, rows
from npcreply.index.engine import snapshot, transaction
from npcreply.index.freshness import Known, Taken
from npcreply.index.statements import CREATED, STATEMENTS
from npcreply.store import files

if TYPE_CHECKING:  # its YAML reader is not needed while no file changed
    from npcreply.store.contract.schema import Schema

Progress = Callable[[int, int], None]

VERSION = "6"  # of the tables

_MAKERS = ("domain", "grammar", "index", "store")
_AT_ONCE = 500  # files whose rows are held in memory and written for good together
SEAL = ".seal"
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


HERE = ""
"""The workspace of every row: a file beside the records has those of one alone."""


def brought_up_to_date(connection: sqlite3.Connection, source: Source) -> None:
    """Make the index say what the files say. Writes nothing where nothing changed.

    Raises sqlite3.Error or DamagedError where the index cannot be used, CouldNotError where a
    folder of records cannot be read.
    """
    lag = _Lag.CONTENT
    if _is_made(connection, source):
        _verify(connection)
        lag = _lag(connection, source)
    if lag is _Lag.STATS:
        with suppress(sqlite3.Error):  # the answers are right without it, only slower to prove
            _write(connection, source, _make_if_missing)
    if lag is _Lag.CONTENT:
        _write(connection, source, _make_if_missing)


def rebuilt(connection: sqlite3.Connection, source: Source) -> None:
    """Make the index anew from every file."""
    _write(connection, source, _make)


def decoded(taken: Taken, schema: Schema) -> tuple[Record | None, tuple[Finding, ...]]:
    """Return a file's record, or why there is none."""
    if taken.text is None:
        return None, taken.errors
    from npcreply.store import codec

    found = codec.decode(taken.text, taken.listed.key, schema)
    return found.record, found.errors


def _is_made(connection: sqlite3.Connection, source: Source) -> bool:
    """Return whether the tables are there, made by this program with this schema."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return False
    here = {"workspace": HERE}
    made_with = dict(connection.execute(STATEMENTS["made_with"], here).fetchall())
    return all(made_with.get(name) == value for name, value in _stamp(source.schema).items())


def _verify(connection: sqlite3.Connection) -> None:
    """Raise DamagedError where the rows are not those that were written.

    The seal beside the index says how its file stood when it was last known to be right; while it
    stands so, nobody has written into it and the rows need no look.
    """
    path = _path(connection)
    state = _state(path)
    if path is None or _sealed(path) == state:
        return
    here = {"workspace": HERE}
    names = ("guarded_file", "guarded_reply", "guarded_promise")
    with snapshot(connection):
        rows.verify(*(connection.execute(STATEMENTS[name], here) for name in names))
    if _state(path) == state:
        _seal(path, state)


def _path(connection: sqlite3.Connection) -> Path | None:
    """Return where the index lies, None in memory."""
    _number, _name, path = connection.execute("PRAGMA database_list").fetchone()
    return Path(path) if path else None


def _state(path: Path | None) -> str:
    try:
        found = path.stat() if path else None
    except OSError:
        return ""
    return (
        f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}" if found else ""
    )


def _sealed(path: Path) -> str:
    try:
        return (files.content(path.with_suffix(SEAL)) or b"unsealed").decode("ascii")
    except (CouldNotError, ValueError):
        return "unsealed"


def _seal(path: Path | None, state: str) -> None:
    """Note that the index is right as its file stands; where it cannot be noted, it is looked at
    again the next time.
    """
    if path:
        with suppress(CouldNotError):
            files.put(path.with_suffix(SEAL), state.encode())


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


def _lag(connection: sqlite3.Connection, source: Source) -> _Lag:
    stored = _stored(connection)
    found = freshness.difference(source.root, stored)
    if found.gone:
        return _Lag.CONTENT
    lag = _Lag.NONE
    for taken in freshness.news(found.suspects, stored):
        known = stored.get(taken.listed.key)
        if known is None or known[-1] != taken.digest:
            return _Lag.CONTENT
        lag = _Lag.STATS
    return lag


def _stored(connection: sqlite3.Connection) -> dict[str, Known]:
    return rows.stored(connection.execute(STATEMENTS["stored"], {"workspace": HERE}))


def _make(connection: sqlite3.Connection, source: Source) -> None:
    """Make the tables anew within the caller's transaction, whatever was there before."""
    there = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in there:
        connection.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
    for text in CREATED:
        connection.execute(text)
    stamp = _stamp(source.schema)
    meta = ({"workspace": HERE, "name": n, "value": v} for n, v in stamp.items())
    connection.executemany(STATEMENTS["keep_meta"], meta)


def _make_if_missing(connection: sqlite3.Connection, source: Source) -> None:
    if not _is_made(connection, source):
        _make(connection, source)


def _write(
    connection: sqlite3.Connection,
    source: Source,
    prepare: Callable[[sqlite3.Connection, Source], None],
) -> None:
    """Look again with the right to write in hand: another process may have done it meanwhile.

    Many files are learnt a part at a time, each for good: what interrupts the work (Ctrl-C, the end
    of the machine) costs one part, and the next look goes on from there.
    """
    with transaction(connection):
        prepare(connection, source)
        found = freshness.difference(source.root, _stored(connection))
        _learn(connection, source, found, 0)
    for start in range(_AT_ONCE, len(found.suspects), _AT_ONCE):
        with transaction(connection):
            _learn(connection, source, found, start)
    path = _path(connection)
    _seal(path, _state(path))


def _learn(
    connection: sqlite3.Connection, source: Source, found: freshness.Difference, start: int
) -> None:
    """Learn one part of what may have changed; with the first one forget what is gone."""
    stored = _stored(connection)
    writer = _Writer(connection, source)
    if not start:
        writer.forget(found.gone)
    for done, listed in enumerate(found.suspects[start : start + _AT_ONCE], start + 1):
        writer.learn(freshness.take(listed), stored.get(listed.key))
        if source.progress:
            source.progress(done, len(found.suspects))
    writer.flush()


class _Writer:
    """Gathers rows and hands them to the database many at a time."""

    def __init__(self, connection: sqlite3.Connection, source: Source) -> None:
        self._connection = connection
        self._source = source
        self._gathered: dict[str, list[rows.Row]] = {name: [] for name in _ORDER}

    def learn(self, taken: Taken, known: Known | None) -> None:
        """Take in a file, as far as it is not what is stored."""
        if known and known[-1] == taken.digest:
            if known[1:5] != taken.listed.kept:
                self._gathered["restamp"].append(rows.stamp_row(taken))
            return
        if known:
            self.forget([taken.listed.key])
        record, errors = decoded(taken, self._source.schema)
        path = taken.listed.key
        found = [*lines.measure_lines(record, path)] if record else []
        promises = rows.promise_rows(found, self._source.schema.settings)
        line = lines.reply_line(record, path) if record else None
        reply = rows.reply_row(line, found, promises) if line else None
        file = rows.file_row(taken, errors)
        self._gathered["keep_file"].append(rows.with_checksum(file, reply, promises))
        self._gathered["keep_reply"] += [reply] if reply else []
        self._gathered["keep_promise"] += promises

    def forget(self, names: Iterable[str]) -> None:
        """Let go of everything known of files."""
        for name in names:
            for statement in ("forget_promise", "forget_reply", "forget_file"):
                self._gathered[statement].append({"path": name})

    def flush(self) -> None:
        """Write what was gathered, what is forgotten first."""
        for statement, gathered in self._gathered.items():
            here = ({**row, "workspace": HERE} for row in gathered)
            self._connection.executemany(STATEMENTS[statement], here)
            gathered.clear()
