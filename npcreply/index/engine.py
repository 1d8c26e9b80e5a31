"""Where the index lies, how it is opened, and what happens where that place fails."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Generic, TypeVar

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.index import programs
from npcreply.language import _, in_a_row
from npcreply.sha256 import sha256
from npcreply.store import files, refusals

FILE = Path(".npcreply", "index", programs.name())
SHARED_MODE = 0o777
PATIENCE = 5.0  # seconds to wait for another process; after that this one answers from memory

T = TypeVar("T")
Notice = Callable[[str], None]
Ready = Callable[[sqlite3.Connection], T]

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NO_ROOM = frozenset(
    {
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
    }
)


class DamagedError(Exception):
    """What the index holds is not what was written into it."""


class _BusyError(Exception):
    """Another process holds the place for long."""


class _NoRoomError(Exception):
    """Nothing can be kept in the place."""


FAULTS = (sqlite3.Error, DamagedError, UnicodeError)


@dataclass(frozen=True, slots=True)
class Opened(Generic[T]):
    """An index that answers: `path` is None in memory; `ready` is what made it so."""

    path: Path | None
    connection: sqlite3.Connection
    ready: T


def opened(root: Path, patience: float, notice: Notice, ready: Ready[T]) -> Opened[T]:
    """Open the workspace's index where it can be kept, and make it ready.

    In the workspace; where nothing can be written there in the user's cache, which is said once;
    else, or while another process holds it for long, in memory. A damaged file is replaced.
    """
    with suppress(_NoRoomError):
        return _opened_at(root / FILE, patience, ready)
    with suppress(_NoRoomError):
        return _in_cache(root, patience, notice, ready)
    notice(_said(_("索引没有地方可写（{folder}），这次在内存里整理，会慢一些。"), root / FILE))
    return in_memory(ready)


def in_memory(ready: Ready[T]) -> Opened[T]:
    """Return an index that is kept nowhere."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    return Opened(None, connection, ready(connection))


def close(found: Opened[T], error: Exception, patience: float) -> None:
    """Close an index that failed with `error`; where it is damaged its file is thrown away."""
    seen = _identity(found.path) if found.path else None
    _let_go(found.connection, error)
    if found.path and _is_damage(error):
        _discard(found.path, seen, patience)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold the only right to write; all of it is written or, on any exception, nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read the tables as they stand at one moment, whoever writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def _in_cache(root: Path, patience: float, notice: Notice, ready: Ready[T]) -> Opened[T]:
    cache = _cache_file(root)
    known = cache.exists()
    found = _opened_at(cache, patience, ready, mode=0o700)
    if found.path and not known:
        notice(_said(_("索引写不进 {folder}，改放在 {cache}。"), root / FILE, cache))
    return found


def _cache_file(root: Path) -> Path:
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # noqa: PTH117 -- unset or against the XDG rules
        base = os.path.expanduser(os.path.join("~", ".cache"))  # noqa: PTH111, PTH118
    if not os.path.isabs(base):  # noqa: PTH117 -- a user without a home
        raise _NoRoomError
    name = sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    return Path(base, "npcreply", name, FILE.name)


def _opened_at(path: Path, patience: float, ready: Ready[T], mode: int = SHARED_MODE) -> Opened[T]:
    """Raises _NoRoomError; a place that stays busy or damaged is left alone for this time."""
    for _attempt in range(2):
        try:
            return _opened_once(path, patience, ready, mode)
        except _BusyError:
            break
        except DamagedError:
            continue
    return in_memory(ready)


def _opened_once(path: Path, patience: float, ready: Ready[T], mode: int) -> Opened[T]:
    _make_folder(path.parent, mode)
    _refuse_no_files(path)
    seen = _identity(path)
    connection = None
    try:
        connection = _connection(path, patience)
        if seen is None:
            files.share(path)
        return Opened(path, connection, ready(connection))
    except BaseException as error:
        if connection:
            _let_go(connection, error)
        if isinstance(error, FAULTS):
            raise _fault(error, path, seen, patience) from error
        raise


def _let_go(connection: sqlite3.Connection, error: BaseException) -> None:
    """Close a connection that failed. Rows that were being read when it did keep its file open as
    long as the error is at hand, and Windows removes no open file.
    """
    from traceback import clear_frames

    seen: list[BaseException] = []
    while error not in seen:
        clear_frames(error.__traceback__)
        seen.append(error)
        error = error.__cause__ or error.__context__ or error
    connection.close()


def _make_folder(folder: Path, mode: int) -> None:
    """Make the index's folder; in a workspace colleagues share it. Raises _NoRoomError, also where
    a link leads away from it: what lies behind one is somebody else's.
    """
    if folder.is_symlink() or folder.parent.is_symlink():
        raise _NoRoomError
    try:
        if mode == SHARED_MODE:
            files.make_folder(folder)
        else:
            folder.mkdir(mode, parents=True, exist_ok=True)
    except (OSError, CouldNotError) as error:
        raise _NoRoomError from error


def _refuse_no_files(path: Path) -> None:
    """Raise _NoRoomError where the index or what lies beside it under its name is a link: what lies
    behind one is somebody else's.
    """
    with suppress(OSError), os.scandir(path.parent) as entries:
        if any(entry.is_symlink() for entry in entries if entry.name.startswith(path.stem)):
            raise _NoRoomError


def _connection(path: Path, patience: float) -> sqlite3.Connection:
    """A rollback journal, not WAL: WAL breaks on network folders, where workspaces often lie.

    Without spilling a writer holds readers up only while it commits.
    """
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        connection.execute("PRAGMA cache_spill=OFF")
        connection.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _fault(error: Exception, path: Path, seen: object, patience: float) -> Exception:
    if not _is_damage(error):
        return _BusyError() if _code(error) in _BUSY else _NoRoomError()
    return DamagedError() if _discard(path, seen, patience) else _BusyError()


def _is_damage(error: Exception) -> bool:
    """Anything but "busy" and "no room": not a database, malformed, of another making."""
    return _code(error) not in _BUSY | _NO_ROOM


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _discard(path: Path, seen: object, patience: float) -> bool:
    """Remove a damaged index unless it was replaced since it was `seen`; say whether it is gone.

    Under a lock, so that nobody's fresh index goes instead. A journal left beside it is SQLite's
    matter: beside an empty database it is thrown away.
    """
    from filelock import FileLock

    try:
        with FileLock(path.with_suffix(".lock"), timeout=patience):
            if _identity(path) == seen:
                path.unlink(missing_ok=True)
    except (OSError, NotImplementedError):
        return False
    return True


def _identity(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _said(sentence: str, own: Path, cache: Path = FILE) -> str:
    folder, instead = refusals.shown(own.parent), refusals.shown(cache.parent)
    return in_a_row(sentence.format(folder=folder, cache=instead), _("记录不受影响。"))
