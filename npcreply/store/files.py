"""How bytes leave and reach the disk: one strict reading, one whole-or-nothing writing."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.language import _
from npcreply.sha256 import sha256
from npcreply.store import exchange, places, refusals

MAX_BYTES = 2 * 1024 * 1024
# A virus scanner or a preview lets go of a file within a moment; elsewhere waiting helps nobody.
PAUSES = (0.05, 0.1, 0.2, 0.4) if os.name == "nt" else ()
_TEMP = ".npcreply-{process}-{number}.tmp"
LEFT_AFTER = 60.0  # seconds after which nobody is still writing such a file
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
    return sha256(data).hexdigest()


def digest(path: Path) -> str | None:
    """Return the sha256 of a file's bytes, None where there is no file.

    Raises CouldNotError where the file cannot be read.
    """
    data = content(path)
    return None if data is None else digest_of(data)


def content(path: Path) -> bytes | None:
    """Return a file's bytes, None where there is no file.

    Raises CouldNotError where it cannot be read or is no file: a pipe would keep us waiting.
    """
    try:
        _refuse_no_file(path)
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise refusals.unread(path, error) from error


def read(path: Path, name: str = "") -> SourceText:
    """Return the file's text. `name` is what findings call it (relative to the workspace).

    Raises CouldNotError where there is no readable file, RecordInvalidError with one finding
    where it is over MAX_BYTES or not UTF-8: a guessed encoding would change what people wrote.
    """
    name = name or refusals.shown(path)
    data = start(path, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise refusals.refused(refusals.too_large(name, MAX_BYTES))
    if data.startswith(_UTF16) or b"\0" in data[:2]:
        raise refusals.refused(refusals.utf16(name))
    bom = data.startswith(codecs.BOM_UTF8)
    try:
        text = data[len(codecs.BOM_UTF8) * bom :].decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start + 3 * bom)
        finding = refusals.not_utf8(name, line, column, gbk=_is_gbk(data))
        raise refusals.refused(finding) from error
    return SourceText(path, text, digest_of(data), bom)


def replace(path: Path, data: bytes) -> None:
    """Make `data` the whole content of `path`, for good: the old file or the new one, never less.

    Raises CouldNotError (disk full, no right to write, open in WPS); the old file is then intact.
    """
    sweep(path.parent, LEFT_AFTER)
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


def put_over(path: Path, data: bytes, before: str | None) -> bool:
    """Put `data`, as `put` does, in place of the content with the digest `before` (None: no file).

    What was there is looked at before it gives way and again after, so that what an editor saves in
    between is put back: then, or where it had changed already, False is returned. A link is never
    followed.
    """
    try:
        temp = _temp(path, data)
        try:
            if digest(path) != before:
                return False
            if before is None:
                return not _appeared(temp, path)
            _keep_group_and_mode(path, temp)
            return _gave_way(path, temp, before)
        finally:
            _discard(temp)
    except OSError as error:
        raise refusals.unwritten(path, error) from error


def remove_over(path: Path, before: str | None) -> bool:
    """Remove the file whose content has the digest `before`; where it is another by the moment it
    goes, it is put back and False is returned.
    """
    aside = _free_name(path.parent)
    try:
        patiently(lambda: path.rename(aside))
        if _is_still(aside, before, lambda: _put_back(aside, path)):
            _discard(aside)
            return True
    except OSError as error:
        raise refusals.unwritten(path, error) from error
    return False


def _gave_way(path: Path, temp: Path, before: str) -> bool:
    """Let `temp` take the place of `path`, unless that was saved meanwhile; then it stays."""
    if exchange.exchanged(temp, path):
        return _is_still(temp, before, lambda: exchange.exchanged(temp, path))
    aside = _free_name(path.parent)
    try:
        os.link(path, aside)  # a second name keeps what an editor writes into the file itself
    except (OSError, NotImplementedError, AttributeError):
        patiently(lambda: temp.replace(path))
        return True
    try:
        patiently(lambda: temp.replace(path))
        return _is_still(aside, before, lambda: aside.replace(path))
    finally:
        _discard(aside)


def _is_still(aside: Path, before: str | None, back: Callable[[], object]) -> bool:
    """Return whether what gave way is what it was; go `back` where it is not, or is not known."""
    try:
        same = digest(aside) == before
    except BaseException:
        back()
        raise
    if not same:
        back()
    return same


def _put_back(aside: Path, path: Path) -> None:
    """Give a file its name again; where another took the name meanwhile, the newer one has it."""
    if not _appeared(aside, path):
        _discard(aside)


def _appeared(temp: Path, path: Path) -> bool:
    """Give the file its name, unless another took it meanwhile: then say so."""
    try:
        os.link(temp, path)
    except FileExistsError:
        return True
    except (OSError, NotImplementedError, AttributeError):  # a file system without hard links
        patiently(lambda: temp.replace(path))
    return False


def remove(path: Path) -> None:
    """Remove a file; none there is no error. Raises CouldNotError where it cannot be removed."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        raise refusals.unwritten(path, error) from error


def program(name: str) -> str | None:
    """Return where a program of the system lies, None where there is none: never in the current
    folder, where Windows looks first and a workspace from elsewhere may have put one.
    """
    import shutil  # a usual start needs none of it

    for folder in filter(os.path.isabs, os.get_exec_path()):
        if found := shutil.which(os.path.join(folder, name)):  # noqa: PTH118 -- as texts
            return found
    return None


def make_folder(path: Path) -> None:
    """Make the folder and those above it where missing; a shared folder's group gets its rights.

    Raises CouldNotError where it cannot be made.
    """
    if path.is_dir():
        return
    if not path.parent.is_dir() and path.parent != path:
        make_folder(path.parent)
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise refusals.unwritten(path, error) from error
    share(path)
    sync_folder(path.parent)


def share(path: Path) -> None:
    """Give a new file or folder the rights that its folder gives its group, whatever the umask:
    where the group may write, colleagues must be able to go on with what one of them made.
    """
    if os.name == "nt":
        return
    with suppress(OSError):
        above = path.parent.stat()
        if not above.st_mode & stat.S_IWGRP:
            return
        own = path.stat()
        if own.st_gid != above.st_gid:
            os.chown(path, -1, above.st_gid)
        rights = stat.S_IRGRP | stat.S_IWGRP
        if stat.S_ISDIR(own.st_mode):
            rights |= stat.S_IXGRP | (above.st_mode & stat.S_ISGID)
        path.chmod(stat.S_IMODE(own.st_mode) | rights)


def sync_folder(path: Path) -> None:
    """Make a folder's entries durable where the system can: Windows and some shares cannot."""
    with suppress(OSError):
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sweep(folder: Path, age: float = 0) -> None:
    """Remove the temporary files a killed process left in `folder`; for holders of the lock, or
    with an `age` (seconds) at which nobody is still at work on one. What cannot be looked at or
    removed now is left to the next.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [entry for entry in entries if places.TEMPORARY.fullmatch(entry.name)]:
            if not age or time.time() - entry.stat().st_mtime > age:
                _discard(Path(entry))


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


def start(path: Path | str, most: int) -> bytes:
    """Return the first `most` bytes of a file. Raises CouldNotError where it cannot be read or is
    no file: a pipe would keep us waiting.
    """
    try:
        size = _refuse_no_file(path)
        with open(path, "rb") as file:  # noqa: PTH123 -- one of thousands: a third quicker
            data = file.read(min(most, size + 1))
            return data if len(data) <= size else data + file.read(most - len(data))
    except OSError as error:
        raise refusals.unread(Path(path), error) from error


def _refuse_no_file(path: Path | str) -> int:
    """Return how many bytes the file has."""
    found = os.stat(path)  # noqa: PTH116
    mode = found.st_mode
    if stat.S_ISDIR(mode) and os.path.islink(path):  # noqa: PTH114 -- as the others
        raise OSError(errno.EINVAL, _("是指到别处的链接"))
    if stat.S_ISDIR(mode):
        raise IsADirectoryError
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, _("不是普通文件"))
    return found.st_size


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
    while True:
        temp = _free_name(target.parent)
        with suppress(FileExistsError):  # another thread or machine took the name meanwhile
            file = temp.open("xb")
            break
    try:
        with file:
            file.write(data)
            file.flush()
            share(temp)
            os.fsync(file.fileno())
    except BaseException:
        _discard(temp)
        raise
    return temp


def _free_name(folder: Path) -> Path:
    """Return a name for a temporary file that no killed process with the same number has left."""
    names = (folder / _TEMP.format(process=os.getpid(), number=number) for number in count())
    return next(name for name in names if not os.path.lexists(name))


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
