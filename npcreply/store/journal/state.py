"""The folder .npcreply/state: lock, journal, contents by digest, the step being written."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.store import files, places, refusals
from npcreply.store.journal import lease, ownership
from npcreply.store.journal.steps import FileTurn, turn_records, turns_of

_CONTENT = pattern("[0-9a-f]{64}")  # the name of a stored content: its sha256


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
        self.root = root
        self.folder = root / places.STATE
        self.drafts = self.folder / "drafts"
        self._journal = self.folder / "journal.jsonl"
        self._blobs = self.folder / "blobs"
        self._taken = self.folder / "taken"
        self._pending = self.folder / "pending.json"
        self._untold = self.folder / "untold.json"
        self.given_out = self.folder / "calendar.json"
        self._lease: lease.Lease | None = None

    @contextmanager
    def locked(self, seconds: float) -> Iterator[None]:
        """Hold the workspace's only right to write; wait for it `seconds` at most.

        Raises CouldNotError where another process holds it, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        self._refuse_links()
        self.make(self.folder)
        file = self.folder / "lock"
        lock = FileLock(file, timeout=seconds, poll_interval=0.02)
        try:
            lock.acquire()
        except Timeout as error:
            said = _("另一个 npcreply 正在写这个资料库，等了 {seconds} 秒。").format(
                seconds=seconds
            )
            raise CouldNotError(said, _("等它写完再重做。")) from error
        except (OSError, NotImplementedError) as error:
            raise self._unwritable(error) from error
        try:
            files.share(file)
            with self._alone(seconds):
                if not self.used:
                    ownership.accept(self.root)
                yield
        finally:
            with suppress(OSError):  # the end of the process lets go of it too
                lock.release()

    @contextmanager
    def _alone(self, seconds: float) -> Iterator[None]:
        """Hold the right against other machines too, which the lock may not reach."""
        held = lease.Lease(self.folder)
        try:
            held.take(seconds)
        except OSError as error:
            raise self._unwritable(error) from error
        self._lease = held
        try:
            yield
        finally:
            self._lease = None
            held.give_back()

    def confirm(self) -> None:
        """Raise LeaseLostError where another machine has taken over from this writer."""
        if self._lease:
            self._lease.confirm()

    def _refuse_links(self) -> None:
        """Nothing of the state is a link: what lies behind one would be written and pruned."""
        kept = (".", self._blobs.name, self._taken.name, self.drafts.name)
        names = (*kept, self._journal.name, self._pending.name)
        others = (self._untold.name, self.given_out.name, "lock", lease.NAME, lease.TAKING)
        for name in (*names, *others, ownership.TOKEN):
            places.refuse_links(self.root, places.STATE / name)

    @property
    def used(self) -> bool:
        """Whether anything was ever written here."""
        return self._journal.exists() or self._pending.exists()

    def journal(self) -> bytes:
        """Return the journal's bytes, b"" where there is none yet."""
        return files.content(self._journal) or b""

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
                    files.share(self._journal)
                    os.fsync(file.fileno())
                except BaseException:
                    file.truncate(end)
                    raise
        except OSError as error:
            raise refusals.unwritten(self._journal, error) from error

    def keep(self, contents: Iterable[bytes | None]) -> None:
        """Store each content under its digest, for good; None is no content."""
        self._store(self._blobs, (one for one in contents if one is not None))

    def keep_taken(self, contents: Iterable[bytes]) -> None:
        """Store what is cleared away, elsewhere than it lay, so that undo can bring it back."""
        self._store(self._taken, contents)

    def _store(self, folder: Path, contents: Iterable[bytes]) -> None:
        files.make_folder(folder)
        for content in contents:
            digest = files.digest_of(content)
            kept = self.content(digest) if folder == self._blobs else _sound(folder, digest)
            if kept is None:  # damaged ones are made anew
                files.put(folder / digest, content)
        files.sync_folder(folder)

    def content(self, digest: str) -> bytes | None:
        """Return what was stored under `digest`; None where it is gone, damaged or unreadable."""
        found = _sound(self._blobs, digest)
        return _sound(self._taken, digest) if found is None else found

    def stored(self) -> set[str]:
        """Return the digests under which contents lie that steps may refer to."""
        return {path.name for path in self._blobs.glob("*") if _CONTENT.fullmatch(path.name)}

    def prune(self, wanted: Collection[str | None]) -> None:
        """Remove the stored contents that are not `wanted`, and what killed processes left."""
        for blob in (*self._blobs.glob("*"), *self._taken.glob("*")):
            if _CONTENT.fullmatch(blob.name) and blob.name not in wanted:
                with suppress(OSError):
                    blob.unlink()
        self.sweep()

    def sweep(self) -> None:
        """Remove the temporary files that killed processes left; for holders of the lock. The index
        is written without it.
        """
        for folder in (self.folder, self._blobs, self._taken, self.drafts):
            files.sweep(folder)
        files.sweep(self.root / places.INDEX, files.LEFT_AFTER)

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
        return self._step_in(self._pending)

    def untold(self) -> Pending | None:
        """Return the last step that was done without its command having come to say so."""
        try:
            return self._step_in(self._untold)
        except PendingDamagedError:
            return None

    def _step_in(self, path: Path) -> Pending | None:
        try:
            data = files.content(path)
            if data is None:
                return None
            record = json.loads(data.decode("utf-8", "surrogatepass"))
            line = str(record["line"]).encode("utf-8", "surrogatepass")
            return Pending(line, turns_of(record["files"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise PendingDamagedError from error

    def leave_untold(self) -> None:
        """The step is done; that its command has said so is noted by `told`."""
        try:
            self._pending.replace(self._untold)
        except OSError as error:
            raise refusals.unwritten(self._pending, error) from error

    def told(self, line: bytes | None = None) -> None:
        """Note that the step with that journal line, or whichever it was, was told of."""
        with suppress(CouldNotError):
            step = self.untold()
            if line is None or (step and step.line == line):
                files.remove(self._untold)
        with suppress(CouldNotError, PendingDamagedError):  # where it could not be left untold
            step = self.pending()
            if step and step.line == line and self.holds(line):
                self.drop_pending()

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
            raise self._unwritable(error) from error

    def _unwritable(self, error: BaseException) -> CouldNotError:
        cause = error.__cause__ or error
        if refusals.is_full(cause):
            return refusals.unwritten(self.folder, cause)
        said = _("{folder} 写不进去：这个资料库现在只能看，不能改。")
        remedy = _("请管理员开放这个文件夹的写入权限，或换到能写的地方。")
        return CouldNotError(said.format(folder=refusals.shown(self.folder)), remedy)


def _sound(folder: Path, digest: str) -> bytes | None:
    """Return the content stored in `folder`, None where it is gone, damaged or unreadable."""
    try:
        data = files.content(folder / digest) if _CONTENT.fullmatch(digest) else None
    except CouldNotError:
        return None
    return data if data is not None and files.digest_of(data) == digest else None


def _write(file: FileIO, data: bytes) -> None:
    while data:
        data = data[file.write(data) :]
