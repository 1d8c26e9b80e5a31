"""Whether the rows of a file are those that were written for it: a checksum of them all."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from npcreply.index.engine import DamagedError
from npcreply.index.values import Row

_GUARDED = ("digest", "readable", "language", "findings")


def checksum(rows: Iterable[Iterable[object]]) -> int:
    """Return a checksum of values as the database gives them back: truth is 0 or 1 there."""
    found = 0
    for row in rows:
        values = [1 if value is True else 0 if value is False else value for value in row]
        found = zlib.crc32(repr(values).encode("utf-8", "backslashreplace"), found)
    return found


def with_checksum(file: Row, reply: Row | None, promises: Iterable[Row]) -> Row:
    """Return the row of a file with the checksum of all its rows, in the order of the tables."""
    guarded = [file[name] for name in _GUARDED]
    replies = [reply.values()] if reply else []
    own = [guarded, *replies, *(promise.values() for promise in promises)]
    return {**file, "checksum": checksum(own)}


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
        rows = [file, *of_reply.pop(path, []), *of_promise.pop(path, [])]
        if checksum(rows) != wanted:
            raise DamagedError(path)
    if of_reply or of_promise:
        raise DamagedError(*of_reply, *of_promise)


def _by_path(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found
