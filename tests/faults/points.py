"""Counted calls to the system: at the n-th one the process dies, or the call fails.

What is counted is what a program does to files below one folder, in the words of Python: opening,
every write (half of it is on the disk by then), fsync, renames, links, folders, rights, removals, and
closing what was written. `tests/faults/test_real_processes.py` holds them against strace.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from npcreply.store import exchange

KILL = "kill"
ERRORS = ("EIO", "ENOSPC", "EACCES", "EMFILE", "ENOSYS")
# From the first failure on, what goes on failing: a full disk takes no data, but it gives room back.
LASTING = {
    "EIO": {"read", "make", "data", "sync", "name", "rights"},
    "ENOSPC": {"make", "data"},
    "EACCES": {"make", "name", "rights"},
    "EMFILE": {"read", "make"},
    "ENOSYS": {"link", "sync", "rights"},
}
KINDS = {
    "mkdir": "make",
    "link": "link",
    "replace": "name",
    "rename": "name",
    "unlink": "name",
    "remove": "name",
    "rmdir": "name",
    "chmod": "rights",
    "chown": "rights",
    "utime": "rights",
    "scandir": "read",
    "listdir": "read",
}


@dataclass
class Points:
    """`at` the call that fails (from 1, 0: none), `fault` KILL or the name of an error, `lasting`
    whether all later calls of the kinds concerned fail as well. `calls` is what was met.
    """

    below: str
    at: int = 0
    fault: str = KILL
    lasting: bool = False
    calls: list[str] = field(default_factory=list)
    _files: set[int] = field(default_factory=set)

    def meet(self, name: str, kind: str, path: object = None) -> None:
        """Count one call; die or fail where that is the point."""
        if path is not None and not self._is_ours(path):
            return
        place = "" if path is None or isinstance(path, int) else os.fsdecode(path)  # type: ignore[arg-type]
        self.calls.append(f"{name} {Path(place).name}".strip())
        count = len(self.calls)
        if not self.at or count < self.at:
            return
        if self.fault == KILL:
            die()
        elif count == self.at or (self.lasting and kind in LASTING[self.fault]):
            number = getattr(errno, self.fault)
            raise OSError(number, os.strerror(number), place or None)

    def _is_ours(self, path: object) -> bool:
        if isinstance(path, int):
            return path in self._files
        return os.path.abspath(os.fsdecode(path)).startswith(self.below)  # type: ignore[arg-type]  # noqa: PTH100 -- links stay

    def opened(self, number: int) -> None:
        self._files.add(number)


def die() -> None:
    """End as kill -9 does: nothing is flushed, nothing cleared up."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(137)


class Watched:
    """A file open for writing: each write can end in its middle, and closing can fail."""

    def __init__(self, file: Any, points: Points) -> None:
        self._file = file
        self._points = points
        points.opened(file.fileno())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *said: object) -> None:
        self.close()

    def write(self, data: Any) -> int:
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._points.meet("write", "data")
        self._file.write(data[half:])
        self._file.flush()
        return len(data)

    def truncate(self, *size: int) -> int:
        self._points.meet("truncate", "name")
        return int(self._file.truncate(*size))

    def close(self) -> None:
        was_open = not self._file.closed
        self._file.close()
        if was_open:
            self._points.meet("close", "data")


def install(points: Points) -> None:
    """Put the points in the way of every call of this process."""
    opening, opening_low, syncing = builtins.open, os.open, os.fsync

    def watched_open(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if isinstance(file, int) or not points._is_ours(file):
            return opening(file, mode, *args, **kwargs)
        writes = set(mode) & set("wax+")
        points.meet("open" if writes else "read", "make" if writes else "read", file)
        found = opening(file, mode, *args, **kwargs)
        return Watched(found, points) if writes and "b" in mode else found

    def watched_low(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        makes = flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR)
        points.meet("open" if makes else "read", "make" if makes else "read", path)
        number = opening_low(path, flags, *args, **kwargs)
        if points._is_ours(path):
            points.opened(number)
        return number

    def watched_sync(number: int) -> None:
        points.meet("fsync", "sync", number)
        syncing(number)

    vars(builtins)["open"] = vars(io)["open"] = watched_open
    vars(os).update({"open": watched_low, "fsync": watched_sync})
    for name, kind in KINDS.items():
        if hasattr(os, name):
            setattr(os, name, _counted(name, kind, getattr(os, name), points))
    # os has no word for it: two names of one act
    exchange.exchanged = _counted("exchange", "name", exchange.exchanged, points)


def _counted(name: str, kind: str, real: Callable[..., Any], points: Points) -> Callable[..., Any]:
    def counting(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
        points.meet(name, kind, path)
        return real(path, *args, **kwargs)

    return counting
