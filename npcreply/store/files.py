"""How bytes leave and reach the disk: one strict reading, one whole-or-nothing writing."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from npcreply.language import _
from npcreply.store import refusals

MAX_BYTES = 2 * 1024 * 1024
# A virus scanner or a preview lets go of a file within a moment; elsewhere waiting helps nobody.
PAUSES = (0.05, 0.1, 0.2, 0.4) if os.name == "nt" else ()
_TEMP = ".npcreply-{process}-{number}.tmp"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as it was read: `text` with its line ends kept and the byte order mark taken off,
    `digest` the sha256 (hex) of the bytes, `bom` whether the mark was there.
    """

    path: Path
    text: str
    digest: str
    bom: bool

    def encoded(self, text: str) -> bytes:
        """Return `text` as bytes of this file: UTF-8, with the mark if the file had one."""
        return (codecs.BOM_UTF8 if self.bom else b"") + text.encode("utf-8")


def digest_of(data: bytes) -> str:
    """Return the sha256 of `data` as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def digest(path: Path) -> str | None:
    """Return the sha256 of a file's bytes, None where there is no file.

    Raises CouldNotError where the file cannot be read.
    """
    try:
        return digest_of(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusals.unread(path, error) from error


def read(path: Path, name: str = "") -> SourceText:
    """Return the file's text. `name` is what findings call it (relative to the workspace).

    Raises CouldNotError where there is no readable file, RecordInvalidError with one finding
    where it is over MAX_BYTES or not UTF-8: a guessed encoding would change what people wrote.
    """
    name = name or refusals.shown(path)
    data = _bytes(path)
    if len(data) > MAX_BYTES:
        raise refusals.refused(refusals.too_large(name, MAX_BYTES))
    if data.startswith(_UTF16) or b"\0" in data[:2]:
        raise refusals.refused(refusals.utf16(name))
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start + 3 * bom)
        finding = refusals.not_utf8(name, line, column, gbk=_is_gbk(data))
        raise refusals.refused(finding) from error
    return SourceText(path, text, digest_of(data), bom)


def replace(path: Path, data: bytes) -> None:
    """Make `data` the whole content of `path`, for good: the old file or the new one, never less.

    Raises CouldNotError (disk full, no right to write, open in WPS); the old file is then intact.
    """
    put(path, data)
    sync_folder(path.parent)


def put(path: Path, data: bytes) -> None:
    """Do what `replace` does, but leave the folder's entry to a later `sync_folder`."""
    try:
        # A linked file keeps its link. Only then: on Windows realpath turns a drive into a share.
        target = Path(os.path.realpath(path)) if path.is_symlink() else path
        temp = _temp(target, data)
        try:
            _keep_group_and_mode(target, temp)
            patiently(lambda: temp.replace(target))
        except BaseException:
            _discard(temp)
            raise
    except OSError as error:
        raise refusals.unwritten(path, error) from error


def remove(path: Path) -> None:
    """Remove a file; none there is no error. Raises CouldNotError where it cannot be removed."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise refusals.unwritten(path, error) from error


def make_folder(path: Path) -> None:
    """Make the folder and those above it where missing. Raises CouldNotError where it cannot."""
    if path.is_dir():
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refusals.unwritten(path, error) from error
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make a folder's entries durable where the system can: Windows and some shares cannot."""
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep(folder: Path) -> None:
    """Remove the temporary files a killed process left in `folder`; for holders of the lock."""
    for temp in folder.glob(_TEMP.format(process="*", number="*")):
        _discard(temp)


def patiently(attempt: Callable[[], object], pauses: tuple[float, ...] = PAUSES) -> None:
    """Call `attempt` again after each pause (seconds) while it raises PermissionError.

    On Windows that is how a file held open by WPS, Excel or a scanner shows itself.
    """
    for pause in pauses:
        try:
            attempt()
        except PermissionError:
            time.sleep(pause)
        else:
            return
    attempt()


def _bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):  # a pipe would keep us waiting for ever
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusals.unread(path, error) from error
    odd = OSError(errno.EINVAL, _("不是普通文件"))
    raise refusals.unread(path, IsADirectoryError() if stat.S_ISDIR(mode) else odd)


def _place(data: bytes, at: int) -> tuple[int, int]:
    """Return line and column (from 1) of the byte `at`; all bytes before it are sound UTF-8."""
    lines = re.split(r"\r\n|\r|\n", data[:at].decode("utf-8-sig"))
    return len(lines), len(lines[-1]) + 1


def _is_gbk(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _temp(target: Path, data: bytes) -> Path:
    """Return a new file beside `target` that holds `data` for good; none is left on failure."""
    for number in count():
        temp = target.parent / _TEMP.format(process=os.getpid(), number=number)
        with suppress(FileExistsError):  # left by a killed process that had the same number
            file = temp.open("xb")
            break
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        _discard(temp)
        raise
    return temp


def _discard(temp: Path) -> None:
    with suppress(OSError):
        temp.unlink()


def _keep_group_and_mode(old: Path, new: Path) -> None:
    """Give `new` the group and mode of `old`: colleagues of a shared folder keep their access."""
    with suppress(FileNotFoundError):
        was = old.stat()
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(new, -1, was.st_gid)
        new.chmod(stat.S_IMODE(was.st_mode))
