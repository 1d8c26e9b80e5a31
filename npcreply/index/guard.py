"""Whether the rows of a file are those that were written for it: a checksum of them all."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from npcreply.index.engine import DamagedError
from npcreply.index.values import Row

_GUARDED = ("digest", "readable", "language", "findings")
_PACKED = 2  # a reply's last columns are bytes
_TRUTHS_OF_FILE, _TRUTHS_OF_PROMISE = (1,), (2, 5, 7)
_TRUTH = {0: False, 1: True}


def checksum(
    file: Sequence[object], reply: Sequence[Any], promises: Sequence[Sequence[object]]
) -> int:
    """Return a checksum of the values of a file's rows; there is no reply of an unreadable one."""
    said = repr((*file, reply[:-_PACKED], promises))
    found = zlib.crc32(said.encode("utf-8", "backslashreplace"))
    for data in reply[-_PACKED:]:
        found = zlib.crc32(data, found)
    return found


def with_checksum(file: Row, reply: Row | None, promises: Iterable[Row]) -> Row:
    """Return the row of a file with the checksum of all its rows, in the order of the tables."""
    guarded = [file[name] for name in _GUARDED]
    own = [tuple(promise.values()) for promise in promises]
    return {**file, "checksum": checksum(guarded, tuple(reply.values()) if reply else (), own)}


def verify(
    files: Iterable[tuple[Any, ...]],
    replies: Iterable[tuple[Any, ...]],
    promises: Iterable[tuple[Any, ...]],
) -> None:
    """Raise DamagedError where the rows of a file are not those that were written for it, or where
    rows belong to no file. The files' rows begin with path and checksum; all come by path.
    """
    of_reply, of_promise = _by_path(replies), _by_path(promises)
    for path, wanted, *file in files:
        reply, *more = of_reply.pop(path, [()])
        own = [_as_written(row, _TRUTHS_OF_PROMISE) for row in of_promise.pop(path, [])]
        if more or _found(_as_written(file, _TRUTHS_OF_FILE), reply, own) != wanted:
            raise DamagedError(path)
    if of_reply or of_promise:
        raise DamagedError(*of_reply, *of_promise)


def _found(file: Sequence[object], reply: Sequence[Any], own: Sequence[Sequence[object]]) -> int:
    """Rows into which something was written may hold anything in the place of bytes."""
    try:
        return checksum(file, reply, own)
    except TypeError:
        return -1


def _as_written(row: Sequence[object], truths: Iterable[int]) -> tuple[object, ...]:
    """The database gives 0 and 1 back where truth was written."""
    values = list(row)
    for at in truths:
        values[at] = _TRUTH.get(values[at], values[at])  # type: ignore[call-overload]
    return tuple(values)


def _by_path(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
