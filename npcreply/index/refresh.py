"""How the index learns what the files say: only what changed, in one transaction, or all anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from npcreply.dataclass import dataclass
from npcreply.domain.findings import Finding
from npcreply.domain.record import lines
from npcreply.domain.record.model import Record
from npcreply.errors import CouldNotError
from npcreply.index import answers, freshness, guard, programs
from npcreply.index.engine import snapshot, transaction
from npcreply.index.freshness import Known, Taken
from npcreply.index.statements import CREATED, STATEMENTS
from npcreply.index.values import Row, no_collecting
from npcreply.store import files

if TYPE_CHECKING:  # its YAML reader is not needed while no file changed
    from npcreply.index import rows
    from npcreply.store.contract.schema import Schema

Progress = Callable[[int, int], None]

VERSION = "9"  # of the tables

_ORDERED = "CREATE INDEX "
_AT_ONCE = 500  # files whose rows are held in memory and written for good together
_TOGETHER = 50  # of them, read and taken apart step by step
SEAL = ".seal"
_PROGRAM = "program at "
_FORGET = ("forget_promise", "forget_reply", "forget_file", "restamp")
_KEEP = ("keep_file", "keep_reply", "keep_promise")


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
    lag, seen = _Lag.CONTENT, None
    if _is_made(connection, source):
        _verify(connection)
        _note_program(connection)
        seen = _look(connection, source)
        lag = _lag(seen)
    if lag is _Lag.STATS:
        with suppress(sqlite3.Error):  # the answers are right without it, only slower to prove
            _write(connection, source, _make_if_missing, seen)
    if lag is _Lag.CONTENT:
        _write(connection, source, _make_if_missing, seen)


def rebuilt(connection: sqlite3.Connection, source: Source) -> None:
    """Make the index anew from every file."""
    _write(connection, source, _make)


def decoded(
    found: Sequence[Taken], schema: Schema
) -> list[tuple[Record | None, tuple[Finding, ...]]]:
    """Return of each file its record, or why there is none."""
    from npcreply.store import codec

    sources = [(taken.text, taken.listed.key) for taken in found if taken.text is not None]
    records = iter(codec.each_recognised(sources, schema))
    return [
        (None, taken.errors) if taken.text is None else _decoded(taken, next(records), schema)
        for taken in found
    ]


def _decoded(
    taken: Taken, record: Record | None, schema: Schema
) -> tuple[Record | None, tuple[Finding, ...]]:
    from npcreply.store import codec

    if record:
        return record, ()
    found = codec.decode(taken.text or "", taken.listed.key, schema)
    return found.record, found.errors


def _is_made(connection: sqlite3.Connection, source: Source) -> bool:
    """Return whether the tables are there, made by this program with this schema."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return False
    here = {"workspace": HERE}
    made_with = dict(connection.execute(STATEMENTS["made_with"], here).fetchall())
    wanted = {"index": VERSION, "schema": source.schema.digest}
    if any(made_with.get(name) != value for name, value in wanted.items()):
        return False
    known = made_with.get(_PROGRAM + programs.state())
    return made_with.get("program") == (known or programs.digest())


def _note_program(connection: sqlite3.Connection) -> None:
    """Note how the program's files lie, so that the next start need not read them; where it cannot
    be noted, it reads them again.
    """
    name = _PROGRAM + programs.state()
    made_with = dict(connection.execute(STATEMENTS["made_with"], {"workspace": HERE}).fetchall())
    if name in made_with:
        return
    noted = {"workspace": HERE, "name": name, "value": made_with["program"]}
    with suppress(sqlite3.Error):
        with transaction(connection):
            connection.execute(STATEMENTS["keep_meta"], noted)
        path = _path(connection)
        _seal(path, _state(path))


def _verify(connection: sqlite3.Connection) -> None:
    """Raise DamagedError where the rows are not those that were written.

    The seal beside the index says how its file stood when it was last known to be right; while it
    stands so, nobody has written into it and the rows need no look.
    """
    path = _path(connection)
    state = _state(path)
    if path is None:
        return
    if _sealed(path) == state:
        programs.used(path.with_suffix(SEAL))
        return
    here = {"workspace": HERE}
    names = ("guarded_file", "guarded_reply", "guarded_promise")
    with snapshot(connection):
        guard.verify(*(connection.execute(STATEMENTS[name], here) for name in names))
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
    made = programs.digest()
    return {
        "index": VERSION,
        "program": made,
        _PROGRAM + programs.state(): made,
        "schema": schema.digest,
    }


class _Lag(Enum):
    """What the index does not know yet."""

    NONE = auto()
    STATS = auto()
    CONTENT = auto()


class _Seen(NamedTuple):
    """The files held against what is stored; `writes` is another number once another process has
    written since.
    """

    writes: int
    stored: dict[str, Known]
    found: freshness.Difference


def _look(connection: sqlite3.Connection, source: Source) -> _Seen:
    writes, stored = _writes(connection), _stored(connection)
    return _Seen(writes, stored, freshness.difference(source.root, stored))


def _lag(seen: _Seen) -> _Lag:
    if seen.found.gone:
        return _Lag.CONTENT
    lag = _Lag.NONE
    for taken in freshness.news(seen.found.suspects, seen.stored):
        known = seen.stored.get(taken.listed.key)
        if known is None or known[-1] != taken.digest:
            return _Lag.CONTENT
        lag = _Lag.STATS
    return lag


def _stored(connection: sqlite3.Connection) -> dict[str, Known]:
    return freshness.stored(connection.execute(STATEMENTS["stored"], {"workspace": HERE}))


def _make(connection: sqlite3.Connection, source: Source) -> bool:
    """Make the tables anew within the caller's transaction, whatever was there before; return
    that they are.
    """
    there = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in there:
        connection.execute('DROP TABLE "{}"'.format(name.replace('"', '""')))
    for text in CREATED:
        if not text.startswith(_ORDERED):
            connection.execute(text)
    stamp = _stamp(source.schema)
    meta = ({"workspace": HERE, "name": n, "value": v} for n, v in stamp.items())
    connection.executemany(STATEMENTS["keep_meta"], meta)
    return True


def _make_if_missing(connection: sqlite3.Connection, source: Source) -> bool:
    return not _is_made(connection, source) and _make(connection, source)


def _write(
    connection: sqlite3.Connection,
    source: Source,
    prepare: Callable[[sqlite3.Connection, Source], bool],
    seen: _Seen | None = None,
) -> None:
    """Write what was seen; look again with the right to write in hand where nothing was, or another
    process may have done it meanwhile.

    Many files are learnt a part at a time, each for good: what interrupts the work (Ctrl-C, the end
    of the machine) costs one part, and the next look goes on from there.
    """
    with transaction(connection):
        is_new = prepare(connection, source)
        if is_new or seen is None or seen.writes != _writes(connection):
            seen = _look(connection, source)
        writes, stored, found = seen
        _learn(connection, source, found, stored, 0)
    for start in range(_AT_ONCE, len(found.suspects), _AT_ONCE):
        with transaction(connection):
            if _writes(connection) != writes:  # another process learns the same files
                writes, stored = _writes(connection), _stored(connection)
            _learn(connection, source, found, stored, start)
    _order(connection)
    path = _path(connection)
    if path and not stored:
        _settle(connection, path)
    _seal(path, _state(path))


def _order(connection: sqlite3.Connection) -> None:
    """Make the orders by which rows are found, where they are not there yet: made once over all
    rows they cost half of what they cost row by row, and without them answers are only slower.
    """
    count = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    wanted = [text for text in CREATED if text.startswith(_ORDERED)]
    if connection.execute(count).fetchone() == (len(wanted),):
        return
    with transaction(connection):
        for text in wanted:
            connection.execute(text.replace(_ORDERED, f"{_ORDERED}IF NOT EXISTS ", 1))


def _writes(connection: sqlite3.Connection) -> int:
    """Return a number that is another one once another process has written."""
    (found,) = connection.execute("PRAGMA data_version").fetchone()
    return int(found)


def _settle(connection: sqlite3.Connection, path: Path) -> None:
    """Close the gaps that were left while an index was made from nothing, and make room of what
    other versions have left.
    """
    with suppress(sqlite3.Error):
        connection.execute("VACUUM")
    programs.clear(path.parent, path)


def _learn(
    connection: sqlite3.Connection,
    source: Source,
    found: freshness.Difference,
    stored: Mapping[str, Known],
    start: int,
) -> None:
    """Learn one part of what may have changed; with the first one forget what is gone."""
    writer = _Writer(connection, source)
    if not start:
        writer.forget(found.gone)
    part = found.suspects[start : start + _AT_ONCE]
    with no_collecting():
        for at in range(0, len(part), _TOGETHER):
            read = []
            for done, listed in enumerate(part[at : at + _TOGETHER], start + at + 1):
                read.append(freshness.take(listed))
                if source.progress:
                    source.progress(done, len(found.suspects))
            writer.learn(read, stored)
        writer.flush()


class _Writer:
    """Gathers rows and hands them to the database many at a time."""

    def __init__(self, connection: sqlite3.Connection, source: Source) -> None:
        self._connection = connection
        self._source = source
        self._gathered: dict[str, list[Row]] = {name: [] for name in (*_FORGET, *_KEEP)}

    def learn(self, found: Iterable[Taken], stored: Mapping[str, Known]) -> None:
        """Take in files, as far as they are not what is stored."""
        news, alike = [], dict[str, str | None]()
        for taken in found:
            known = stored.get(taken.listed.key)
            if known is None or known[-1] != taken.digest:
                news.append(taken)
                if known:
                    alike |= self._alike(taken.listed.key)
                    self.forget([taken.listed.key])
            elif known[1:5] != taken.listed.kept:
                self._gathered["restamp"].append(freshness.stamp_row(taken))
        self._keep(news, alike)

    def _keep(self, news: Sequence[Taken], alike: rows.Alike) -> None:
        if not news:
            return
        from npcreply.index import rows  # judging is not needed where no content changed

        schema = self._source.schema
        read = decoded(news, schema)
        paths = [taken.listed.key for taken in news]
        said = [
            lines.with_promises(record, path)
            for path, (record, _errors) in zip(paths, read, strict=True)
            if record
        ]
        made = iter(rows.of_replies(said, schema.settings, alike))
        for taken, (record, errors) in zip(news, read, strict=True):
            reply, promises = next(made) if record else (None, [])
            file = rows.file_row(taken, errors)
            self._gathered["keep_file"].append(guard.with_checksum(file, reply, promises))
            self._gathered["keep_reply"] += [reply] if reply else []
            self._gathered["keep_promise"] += promises

    def _alike(self, path: str) -> dict[str, str | None]:
        here = {"workspace": HERE, "path": path}
        return answers.alike(self._connection.execute(STATEMENTS["alike_at"], here))

    def forget(self, names: Iterable[str]) -> None:
        """Let go of everything known of files."""
        for name in names:
            for statement in ("forget_promise", "forget_reply", "forget_file"):
                self._gathered[statement].append({"path": name})

    def flush(self) -> None:
        """Write what was gathered, what is forgotten first."""
        for name in _FORGET:
            asked = [{"workspace": HERE, **row} for row in self._gathered[name]]
            self._connection.executemany(STATEMENTS[name], asked)
        for name in _KEEP:
            kept = [(HERE, *row.values()) for row in self._gathered[name]]
            self._connection.executemany(by_place(STATEMENTS[name]), kept)
        for gathered in self._gathered.values():
            gathered.clear()


def by_place(insert: str) -> str:
    """Return the statement with places for its values, in the order of its columns: a row that is
    bound by names takes a fifth longer.
    """
    head, _values, names = insert.partition(" VALUES ")
    return f"{head} VALUES ({', '.join('?' * names.count(':'))})"
