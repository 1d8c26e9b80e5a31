"""A folder of pages, written whole or not at all; what others put there stays as it is."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.render.file import make_folder
from npcreply.store import places

MARK = "npcreply-pages.json"
"""The list of what the program wrote into a folder: each file's name with the digests of what it
may hold, two of them while the folder is being written again.
"""
_LONGEST = 80  # characters of a file's name, so that no path grows past what Windows takes
_DEVICES = {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in range(10))}
Known = dict[str, list[str]]


def file_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name a file name with .html that every system takes, no two alike in any case
    of letters, none that of the index.
    """
    taken, found = {"index"}, {}
    for name in names:
        plain = "".join(c if c.isalnum() or c in "-_（）" else "_" for c in name)[:_LONGEST] or "_"
        base = wished = f"_{plain}" if plain.casefold() in _DEVICES else plain
        number = 1
        while wished.casefold() in taken:
            number += 1
            wished = f"{base}-{number}"
        taken.add(wished.casefold())
        found[name] = f"{wished}.html"
    return found


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold these files: all are written beside first, then put in place together;
    pages of an earlier time that are no longer made go.

    Raises CouldNotError, or UsageError where the folder is the workspace's own; the folder is then
    as it was. A file that the program did not write, or that was changed since, is never replaced.
    """
    places.refuse_output(folder / MARK)
    new = not folder.exists()
    make_folder(folder, _("网页写到一个文件夹里：-o 后面写文件夹的名字，没有的会建好。"))
    real = Path(os.path.realpath(folder))
    try:
        known = _known(folder)
        ours = _ours(folder, known, files)
        with _beside(real) as beside:
            _put(real, beside, files, ours, known)
    except OSError as error:
        name = error.filename or folder
        said = _("{path} 写不进去：{reason}").format(path=name, reason=error.strerror or error)
        raise CouldNotError(said, _("文件夹还是原来的样子；关掉打开着的网页再试。")) from error
    finally:
        if new:
            with suppress(OSError):
                folder.rmdir()  # nothing was written into it


def _known(folder: Path) -> Known:
    """Return what the program wrote here, by the list that it left."""
    try:
        data: Any = json.loads((folder / MARK).read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError:
        data = None
    files = data.get("files") if isinstance(data, dict) else None
    if not isinstance(files, dict) or not all(map(_plain, files)):
        raise CouldNotError(
            _("{path} 读不懂：不知道这个文件夹里哪些是程序写的").format(path=folder / MARK),
            _("换一个文件夹。"),
        )
    return {name: [str(one) for one in digests] for name, digests in files.items()}


def _plain(name: str) -> bool:
    return name.endswith(".html") and not {"/", "\\", ":", "\0"} & set(name)


def _ours(folder: Path, known: Known, files: Mapping[str, bytes]) -> list[str]:
    """Return which files there the program wrote and nobody has changed; raises CouldNotError for
    one in the way that it did not write.
    """
    found = []
    for name in sorted({*known, *files}):
        path = folder / name
        if not os.path.lexists(path):
            continue
        same = path.is_file() and not path.is_symlink()
        if same and _digest(path.read_bytes()) in known.get(name, ()):
            found.append(name)
        elif name in files:
            raise CouldNotError(
                _("{path} 不是程序写的，或者写了以后改过：不覆盖，什么也没有写").format(path=path),
                _("把它改名、移走，或者换一个文件夹。"),
            )
    return found


@contextmanager
def _beside(real: Path) -> Iterator[Path]:
    """A folder inside, so that moving into place is one rename; those of killed runs go."""
    for left in real.glob(".npcreply-*.tmp"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
    beside = real / f".npcreply-{os.getpid()}.tmp"
    (beside / "new").mkdir(parents=True)
    (beside / "old").mkdir()
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put(
    real: Path, beside: Path, files: Mapping[str, bytes], ours: list[str], known: Known
) -> None:
    wanted = {name: [_digest(data)] for name, data in files.items()}
    for name, data in files.items():
        (beside / "new" / name).write_bytes(data)
    before = {name: known[name] for name in ours}
    both = {name: [*before.get(name, ()), *wanted.get(name, ())] for name in {*before, *wanted}}
    mark = real / MARK
    old_mark = mark.read_bytes() if mark.exists() else None
    put: list[str] = []
    try:
        _note(beside, mark, both)
        for name in ours:
            (real / name).replace(beside / "old" / name)
        for name in files:
            (beside / "new" / name).rename(real / name)
            put.append(name)
        _note(beside, mark, wanted)
    except BaseException:
        _back(real, beside, put, ours, old_mark)
        raise


def _note(beside: Path, mark: Path, known: Known) -> None:
    text = json.dumps({"files": dict(sorted(known.items()))}, ensure_ascii=False, indent=1)
    (beside / MARK).write_text(text + "\n", "utf-8", newline="\n")
    (beside / MARK).replace(mark)


def _back(
    real: Path, beside: Path, put: list[str], ours: list[str], old_mark: bytes | None
) -> None:
    """Leave the folder as it was."""
    for name in put:
        with suppress(OSError):
            (real / name).unlink()
    for name in ours:
        with suppress(OSError):
            (beside / "old" / name).replace(real / name)
    with suppress(OSError):
        if old_mark is None:
            (real / MARK).unlink(missing_ok=True)
        else:
            (real / MARK).write_bytes(old_mark)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
