"""The folder .npcreply/state: lock, journal, contents by digest, the step being written."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.store import files, refusals
from npcreply.store.journal.steps import FileTurn, turn_records, turns_of

FOLDER = Path(".npcreply", "state")


@dataclass(frozen=True, slots=True)
class Pending:
    """A step on its way: the journal's `line` for it and what it does to which file."""

    line: bytes
    turns: tuple[FileTurn, ...]


class PendingDamagedError(Exception):
    """pending.json is not what a writer leaves; only a damaged disk or a hand makes it so."""


class State:
    """One workspace's state folder, made when first written to."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self.drafts = self.folder / "drafts"
        self._journal = self.folder / "journal.jsonl"
        self._blobs = self.folder / "blobs"
        self._pending = self.folder / "pending.json"

    @contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Hold the workspace's only right to write; wait for it `seconds` at most.

        Raises CouldNotError where another process holds it, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        self.make(self.folder)
        lock = FileLock(self.folder / "lock", timeout=seconds, poll_interval=0.02)
        try:
            lock.acquire()
        except Timeout as error:
            said = _("另一个 npcreply 正在写这个资料库，等了 {seconds} 秒。").format(
                seconds=seconds
            )
            raise CouldNotError(said, _("等它写完再重做。")) from error
        except (OSError, NotImplementedError) as error:
            raise self._unwritable() from error
        try:
            yield
        finally:
            lock.release()

    @property
    def used(self) -> bool:
        """Whether anything was ever written here."""
        return self._journal.exists() or self._pending.exists()

    def journal(self) -> bytes:
        """Return the journal's bytes, b"" where there is none yet."""
        try:
            return self._journal.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return b""
        except OSError as error:
            raise refusals.unread(self._journal, error) from error

    @property
    def unfinished(self) -> bool:
        """Whether a step is being written, or was when its process was killed."""
        return self._pending.exists()

    def holds(self, line: bytes) -> bool:
        """Return whether `line` is the journal's last line, even without its line end."""
        return self.journal().rstrip(b"\n").rpartition(b"\n")[2] == line

    def append(self, line: bytes) -> None:
        """Add `line` to the journal for good, or leave the journal as it was.

        A torn beginning of the same line, left by a killed process, is written over.
        """
        *whole, tail = self.journal().rpartition(b"\n")
        kept = sum(map(len, whole)) if line.startswith(tail) else None
        try:
            with self._journal.open("ab", buffering=0) as file:
                end = file.tell() if kept is None else file.truncate(kept)
                try:
                    _write(file, (b"\n" if kept is None else b"") + line + b"\n")
                    os.fsync(file.fileno())
                except BaseException:
                    file.truncate(end)
                    raise
        except OSError as error:
            raise refusals.unwritten(self._journal, error) from error

    def keep(self, contents: Iterable[bytes | None]) -> None:
        """Store each content under its digest, for good; None is no content."""
        files.make_folder(self._blobs)
        for content in contents:
            if content is None:
                continue
            blob = self._blobs / files.digest_of(content)
            if not _has_size(blob, len(content)):
                files.put(blob, content)
        files.sync_folder(self._blobs)

    def content(self, digest: str) -> bytes | None:
        """Return what was stored under `digest`; None where it is gone or damaged."""
        try:
            data = (self._blobs / digest).read_bytes()
        except OSError:
            return None
        return data if files.digest_of(data) == digest else None

    def prune(self, wanted: Collection[str | None]) -> None:
        """Remove the stored contents that are not `wanted`, and what killed processes left."""
        for blob in self._blobs.glob("*"):
            if blob.name not in wanted:
                with suppress(OSError):
                    blob.unlink()

    def write_pending(self, pending: Pending) -> None:
        """Say, for good, what is about to be done."""
        record = {
            "line": pending.line.decode("utf-8", "surrogatepass"),
            "files": turn_records(pending.turns),
        }
        text = json.dumps(record, ensure_ascii=False)
        files.replace(self._pending, text.encode("utf-8", "surrogatepass"))

    def pending(self) -> Pending | None:
        """Return the step a killed process left; None where there is none.

        Raises PendingDamagedError where the file cannot be understood.
        """
        try:
            record = json.loads(self._pending.read_bytes().decode("utf-8", "surrogatepass"))
            line = str(record["line"]).encode("utf-8", "surrogatepass")
            return Pending(line, turns_of(record["files"]))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise refusals.unread(self._pending, error) from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise PendingDamagedError from error

    def drop_pending(self) -> None:
        """Forget the step: it is done, or taken back."""
        files.remove(self._pending)

    def set_pending_aside(self) -> Path:
        """Move a damaged pending.json out of the way and return where it lies."""
        aside = self._pending.with_suffix(".damaged")
        try:
            self._pending.replace(aside)
        except OSError as error:
            raise refusals.unwritten(self._pending, error) from error
        return aside

    def make(self, folder: Path) -> None:
        """Make a folder of the state. Raises CouldNotError that says the workspace is read-only."""
        try:
            files.make_folder(folder)
        except CouldNotError as error:
            raise self._unwritable() from error

    def _unwritable(self) -> CouldNotError:
        said = _("{folder} 写不进去：这个资料库现在只能看，不能改。")
        remedy = _("请管理员开放这个文件夹的写入权限，或换到能写的地方。")
        return CouldNotError(said.format(folder=refusals.shown(self.folder)), remedy)


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _write(file: FileIO, data: bytes) -> None:
    while data:
        data = data[file.write(data) :]
