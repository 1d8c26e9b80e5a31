"""A file for people, written whole or not at all, and the plain sentences for why it was not."""

from __future__ import annotations

import itertools
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO

from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.store import files, places


class FileOpenElsewhereError(CouldNotError):
    """The file is open in another program; `other` is a free name beside it."""

    def __init__(self, path: Path) -> None:
        self.other = free_path(path)
        super().__init__(
            _("{name} 正被 WPS 或 Excel 打开，写不进去。").format(name=path.name),
            _("请关闭后重试，或另存：-o {other}").format(other=self.other),
        )


def write_file(path: Path, data: bytes | IO[bytes]) -> None:
    """Put `data`, or what is left of a file to read, where `path` says, replacing what is there at
    once; a pipe or device is written to.

    Raises CouldNotError, or FileOpenElsewhereError; the old file is then as it was. Raises
    UsageError where that is a place of the workspace's own.
    """
    places.refuse_output(path)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as file:
                _copy(data, file)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise _refusal(path, error) from error


def make_folder(folder: Path, remedy: str) -> None:
    """Make a folder for outputs, those above it too; raises CouldNotError or UsageError."""
    places.refuse_output(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        said = _("{folder} 不能作文件夹：那里已经有一个同名的文件").format(folder=folder)
        raise CouldNotError(said, remedy) from error
    except OSError as error:
        said = _("{folder} 不能作文件夹：{reason}")
        raise CouldNotError(said.format(folder=folder, reason=_reason(error)), remedy) from error


def _reason(error: OSError) -> str:
    return _("没有权限") if isinstance(error, PermissionError) else error.strerror or str(error)


def write_beside(wished: Path, data: bytes) -> Path:
    """Write `data` where `wished` says, or under the next free name where another content lies
    there; return where it is.
    """
    if wished.is_file() and wished.read_bytes() == data:
        return wished
    path = free_path(wished) if wished.exists() else wished
    write_file(path, data)
    return path


def free_path(path: Path) -> Path:
    """Return NAME-1.csv beside `path`, or the next number that no file has."""
    numbered = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in itertools.count(1))
    return next(other for other in numbered if not other.exists())


def _copy(data: bytes | IO[bytes], file: IO[bytes]) -> None:
    if isinstance(data, bytes):
        file.write(data)
    else:
        shutil.copyfileobj(data, file)


def _replace(path: Path, data: bytes | IO[bytes]) -> None:
    if path.is_dir():
        raise IsADirectoryError
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError
    beside = path.with_name(f".npcreply-{os.getpid()}.tmp")
    files.sweep(path.parent, files.LEFT_AFTER)
    beside.unlink(missing_ok=True)
    try:
        with beside.open("xb") as file:
            _copy(data, file)
        if path.exists():
            shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _refusal(path: Path, error: OSError) -> CouldNotError:
    """Return what is said to the person; the path is as they typed it."""
    if isinstance(error, IsADirectoryError):
        return CouldNotError(
            _("{path} 是文件夹，不是文件。").format(path=path),
            _("在后面加上文件名，例如 -o {other}").format(other=path / _("清单.csv")),
        )
    missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
    if missing and not path.parent.is_dir():  # Windows says so of a name that it refuses, too
        return CouldNotError(
            _("没有文件夹 {folder}。").format(folder=path.parent),
            _("先建好它，或者换个地方：-o {other}").format(other=path.name),
        )
    if isinstance(error, PermissionError):
        return _forbidden(path, error)
    reason = error.strerror or str(error)
    return CouldNotError(_("{path} 写不进去：{reason}").format(path=path, reason=reason))


def _forbidden(path: Path, error: PermissionError) -> CouldNotError:
    if error.filename2 is not None:  # only a replacement has two names
        return FileOpenElsewhereError(path)
    if os.access(path, os.F_OK) and not os.access(path, os.W_OK):
        return CouldNotError(
            _("{name} 是只读文件，写不进去。").format(name=path.name),
            _("取消只读后重试，或另存：-o {other}").format(other=free_path(path)),
        )
    return CouldNotError(
        _("文件夹 {folder} 不许写入。").format(folder=path.parent),
        _("换个地方：-o {other}").format(other=path.name),
    )
