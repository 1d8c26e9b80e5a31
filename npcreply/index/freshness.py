"""Which record files changed since they were read: the stat as shortcut, the digest as proof."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from npcreply.dataclass import dataclass, replace
from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.names import number_order
from npcreply.errors import CouldNotError, RecordInvalidError
from npcreply.language import _
from npcreply.store import files, names, refusals

YOUNG_NS = 2_000_000_000  # FAT counts in steps of two seconds
TICK_NS = 20_000_000  # kernels note the time of a change in steps of up to 10 ms
NEVER = 0  # the mtime of a stat that proves nothing


class Stat(NamedTuple):
    """What the folder says of a file. `ctime_ns` is the time of the last change of anything, which
    no program can set, on Windows that of the making; `inode` is text: Windows' numbers do not fit
    into 63 bits.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: str


Known = tuple[object, ...]
"""What the index says of a file: path, the four values of its stat, its digest."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A record file as it lies there now. `name` is its path within the workspace with forward
    slashes; `sure` says that a later look may trust the stat; `copy_of` names the file that counts
    where this one is a copy.
    """

    name: str
    path: Path
    stat: Stat
    sure: bool
    copy_of: str = ""

    @property
    def key(self) -> str:
        """Return the name as it can be stored: what is no Unicode is spelt out."""
        return self.name.encode("utf-8", "backslashreplace").decode("utf-8")

    @property
    def kept(self) -> Stat:
        """Return the stat to be stored."""
        return self.stat if self.sure else self.stat._replace(mtime_ns=NEVER)


@dataclass(frozen=True, slots=True)
class Taken:
    """What reading a file gave: its text or the errors, and a digest of either."""

    listed: Listed
    digest: str
    text: str | None
    errors: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Files that may have changed, by their stat, and names that are there no more."""

    suspects: tuple[Listed, ...]
    gone: tuple[str, ...]


def stored(rows: Iterable[tuple[object, ...]]) -> dict[str, Known]:
    """Return what the index says of each file, by name."""
    return {str(row[0]): row for row in rows}


def difference(root: Path, stored: Mapping[str, Known]) -> Difference:
    """Compare the files under `root`/replies with what is stored; no file is opened.

    Of a file that is as it was nothing is made: there are thousands of them. Where one may be a
    copy of another each is looked at with the others in view.
    Raises CouldNotError where a folder cannot be read.
    """
    found = names.found_paths(root)
    if names.may_be_copies(found):
        listed = {one.key: one for one in listing(root, found)}
        doubtful = (one for key, one in listed.items() if not _proved(one, stored.get(key)))
        return Difference(tuple(doubtful), tuple(stored.keys() - listed.keys()))
    start = len(os.path.join(root, ""))  # noqa: PTH118
    changed = _changed(found, start, stored)
    suspects = tuple(listing(root, changed))
    known = [one for one in suspects if one.key in stored]
    are_all = len(found) - len(changed) + len(known) == len(stored)
    if are_all and all(one.key == one.name for one in known):
        return Difference(suspects, ())
    there = {path[start:].replace(os.sep, "/") for path in found} | {one.key for one in suspects}
    return Difference(suspects, tuple(stored.keys() - there))


def _changed(found: Iterable[str], start: int, stored: Mapping[str, Known]) -> list[str]:
    """Return the paths, of which the names begin at `start`, whose stat is not the stored one."""
    changed = []
    stat, mark = os.stat, os.sep
    for path in found:
        name = path[start:] if mark == "/" else path[start:].replace(mark, "/")
        try:
            _path, size, mtime, ctime, inode, _digest = stored[name]
            now = stat(path)
        except (KeyError, OSError):
            changed.append(path)
            continue
        if (
            mtime != now.st_mtime_ns
            or mtime == NEVER
            or size != now.st_size
            or ctime != now.st_ctime_ns
            or inode != str(now.st_ino)
        ):
            changed.append(path)
    return changed


def news(suspects: Iterable[Listed], stored: Mapping[str, Known]) -> Iterator[Taken]:
    """Read the suspects and yield those that are not stored as they are."""
    for listed in suspects:
        taken, known = take(listed), stored.get(listed.key)
        if known is None or known[1:] != (*taken.listed.kept, taken.digest):
            yield taken


def listing(root: Path, found: Iterable[str] | None = None) -> Iterator[Listed]:
    """Yield the record files, or those that were `found`, each with its stat, in the order of
    their paths. What is a copy of what only shows among all of them.
    """
    start, now = len(str(root / "x")) - 1, time.time_ns()
    every = names.found_paths(root) if found is None else found
    paths = sorted(map(Path, every), key=lambda path: number_order(path.as_posix()))
    copies = names.copies(paths)
    for path in paths:
        name = str(path)[start:].replace(os.sep, "/")
        stat, original = _stat(path), copies.get(path)
        copied = str(original)[start:].replace(os.sep, "/") if original else ""
        if copied:  # another one to be counted is another state of this file
            stat = stat._replace(inode=f"{stat.inode} {refusals.shown(Path(copied))}")
        sure = now - stat.mtime_ns >= YOUNG_NS and now - stat.ctime_ns >= TICK_NS
        yield Listed(name, path, stat, sure, copied)


def take(listed: Listed) -> Taken:
    """Read a file; one that the system would not give is looked at again every time."""
    shown = refusals.printed(listed.name)
    try:
        if listed.key != listed.name:
            raise refusals.refused(_strange_name(shown))
        if listed.copy_of:
            original = refusals.printed(listed.copy_of)
            raise refusals.refused(names.copy_finding(shown, original))
        source = files.read(listed.path, shown)
    except RecordInvalidError as error:
        found = tuple(item for item in error.findings if isinstance(item, Finding))
        return _refused(listed, found)
    except CouldNotError as error:
        finding = Finding(shown, 0, 0, Severity.ERROR, "unread", error.message, error.remedy)
        return _refused(replace(listed, sure=False), (finding,))
    return Taken(listed, source.digest, source.text)


def stamp_row(taken: Taken) -> dict[str, object]:
    """Return what renews the stat of a file whose content is as stored."""
    new = taken.listed.kept
    return {
        "path": taken.listed.key,
        "new_size": new.size,
        "new_mtime_ns": new.mtime_ns,
        "new_ctime_ns": new.ctime_ns,
        "new_inode": new.inode,
    }


def _proved(listed: Listed, known: Known | None) -> bool:
    """A stat that was young when the file was read proves nothing: it was kept as NEVER."""
    return known is not None and known[1:5] == listed.stat and listed.stat.mtime_ns != NEVER


def _stat(path: Path) -> Stat:
    """Windows' scandir gives neither inode nor the latest size, so each file is asked itself."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return Stat(-1, NEVER, NEVER, "")
    return Stat(found.st_size, found.st_mtime_ns, found.st_ctime_ns, str(found.st_ino))


def _refused(listed: Listed, errors: tuple[Finding, ...]) -> Taken:
    return Taken(listed, files.digest_of(repr(errors).encode()), None, errors)


def _strange_name(shown: str) -> Finding:
    said = _("文件名不是 Unicode 文字，记不进索引")
    remedy = _("改名：只用汉字、字母、数字、“-”和“_”。")
    return Finding(shown, 0, 0, Severity.ERROR, "name", said, remedy)
