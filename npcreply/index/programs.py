"""Which program made an index: each version keeps its own beside the others, and knows it again
without reading its own code at every start.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from npcreply.patterns import pattern
from npcreply.sha256 import sha256

_MAKERS = ("domain", "grammar", "index", "repeats", "store")
_WORDS = ("data", "repeats.yaml")  # by which the keys of promises are made
_PACKAGE = Path(__file__).parent.parent
_INDEX = pattern(r"index(?:-[0-9a-f]{8})?\.(?:sqlite|seal|lock)")
DAY = 86_400  # seconds
KEPT = 30 * DAY  # an index that no start has used for so long is cleared


def digest() -> str:
    """Return a digest of the code that makes rows: what a version number says, but never
    forgotten.
    """
    found = sha256()
    for name, _stat in sorted(_sources()):
        found.update(Path(name).read_bytes())
    return found.hexdigest()


@cache
def state() -> str:
    """Return how the files of that code lie here: while they lie so, their digest is what it was.
    No program can set the time of a file's last change.
    """
    stats = [(name, s.st_size, s.st_mtime_ns, s.st_ctime_ns, s.st_ino) for name, s in _sources()]
    return sha256(repr(sorted(stats)).encode("utf-8", "surrogateescape")).hexdigest()[:32]


@cache
def name() -> str:
    """Return the name of this version's index: of the sizes of its code's files, which are the same
    wherever it is installed.
    """
    start = len(str(_PACKAGE))
    sizes = sorted((name[start:].replace(os.sep, "/"), s.st_size) for name, s in _sources())
    return f"index-{zlib.crc32(repr(sizes).encode('utf-8', 'surrogateescape')):08x}.sqlite"


def used(mark: Path) -> None:
    """Note, once a day, that the index whose seal `mark` is was used."""
    with suppress(OSError):
        if time.time() - mark.stat().st_mtime > DAY:
            os.utime(mark)


def clear(folder: Path, own: Path) -> None:
    """Remove what versions have left in the folder that nobody started for long. Only files that an
    index may be called; one that is in use elsewhere stays usable there, or cannot be removed.
    """
    stems: dict[str, list[Path]] = {}
    with suppress(OSError):
        for path in folder.iterdir():
            if _INDEX.fullmatch(path.name) and path.stem != own.stem and not path.is_symlink():
                stems.setdefault(path.stem, []).append(path)
    for paths in stems.values():
        with suppress(OSError):
            if time.time() - max(path.stat().st_mtime for path in paths) > KEPT:
                for path in paths:
                    path.unlink()


@cache
def _sources() -> tuple[tuple[str, os.stat_result], ...]:
    """The files of the code that makes rows; where all is packed into one file, that one."""
    found = tuple(one for maker in _MAKERS for one in _modules(os.path.join(_PACKAGE, maker)))  # noqa: PTH118
    with suppress(OSError):
        found += ((words := os.path.join(_PACKAGE, *_WORDS), os.stat(words)),)  # noqa: PTH116, PTH118
    return found or ((sys.executable, os.stat(sys.executable)),)  # noqa: PTH116


def _modules(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """As texts and by scandir: this is part of every start."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _modules(entry.path)
            elif entry.name.endswith(".py"):
                yield entry.path, os.stat(entry.path)  # noqa: PTH116 -- Windows' entries lack inodes
