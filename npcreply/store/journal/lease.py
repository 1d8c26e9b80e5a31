"""A note beside the lock that names who is writing: a network share's lock may not reach others."""

from __future__ import annotations

import getpass
import json
import os
import secrets
import threading
import time
from contextlib import suppress
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.store import files

NAME, TAKING = "lease.json", "lease.taking"
FRESH = 120.0  # seconds after the last sign of life from which another machine may take over
_RENEWED = 30.0
_POLL = 0.02


class LeaseLostError(CouldNotError):
    """Another machine took over while this one stood still: it finishes what was begun."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who wrote the note; `token` tells one writing from the next."""

    host: str
    machine: str
    who: str
    token: str


def this_machine() -> tuple[str, str]:
    """Return this machine's name, and what tells it from another of the same name."""
    import platform
    import uuid

    return platform.node() or "?", f"{platform.node()}-{uuid.getnode():012x}"


class Lease:
    """The note of one workspace. Whoever holds it alone writes; the lock is held already, so that a
    note of this very machine was left by a process that was killed.
    """

    def __init__(self, folder: Path) -> None:
        host, machine = this_machine()
        self._path = folder / NAME
        self._taking = folder / TAKING
        self._own = Holder(host, machine, _person(), secrets.token_hex(8))
        self._ended = threading.Event()

    def take(self, seconds: float) -> None:
        """Write the note, waiting for another machine's `seconds` at most.

        Raises CouldNotError that names that machine and who writes there, OSError where nothing can
        be written.
        """
        until = time.monotonic() + seconds
        while not self._written():
            holder = _read(self._path)
            if self._is_left(holder):
                self._clear(holder)
            elif time.monotonic() > until:
                raise _busy(holder, seconds)
            else:
                time.sleep(_POLL)
        threading.Thread(target=self._renew, daemon=True).start()

    def confirm(self) -> None:
        """Raise LeaseLostError where the note is another's by now, CouldNotError where it cannot be
        read.
        """
        data = files.content(self._path)
        holder = _holder(data)
        if holder != self._own:
            raise _lost(holder)

    def give_back(self) -> None:
        """Take the note away, if it is still this writer's."""
        self._ended.set()
        if _read(self._path) == self._own:
            with suppress(CouldNotError):
                files.remove(self._path)

    def _written(self) -> bool:
        """Make the note, whole at once, which only one of all machines can; say if it was this.

        The link to a file that is ready fails where the name is taken, and a process killed on the
        way leaves no half of a note.
        """
        own = self._own
        said = {"host": own.host, "machine": own.machine, "who": own.who, "token": own.token}
        data = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
        ready = self._beside("note")
        try:
            ready.write_bytes(data)
            files.share(ready)
            os.link(ready, self._path)
        except (FileExistsError, FileNotFoundError):  # another's note; `ready` swept away by it
            return False
        except (OSError, NotImplementedError, AttributeError):
            return self._written_without_links(data)
        finally:
            with suppress(OSError):
                ready.unlink()
        return True

    def _written_without_links(self, data: bytes) -> bool:
        try:
            file = self._path.open("xb")
        except FileExistsError:
            return False
        except PermissionError:
            if os.name == "nt":  # somebody reads the note that is being removed
                return False
            raise
        try:
            with file:
                file.write(data)
        except BaseException:  # half a note, of a full disk, would be taken for another machine's
            with suppress(OSError):
                self._path.unlink()
            raise
        files.share(self._path)
        return True

    def _beside(self, name: str) -> Path:
        """Return a file for a moment; one that a killed process leaves is swept by the next."""
        return self._path.with_name(f".npcreply-{os.getpid()}-{self._own.token}{name}.tmp")

    def _is_left(self, holder: Holder | None) -> bool:
        if holder is not None and holder.machine == self._own.machine:
            return True
        return self._is_old(self._path)

    def _clear(self, holder: Holder | None) -> None:
        """Remove a note left behind: one machine at a time, and only the note looked at."""
        try:
            os.close(os.open(self._taking, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            if self._is_old(self._taking):
                files.remove(self._taking)
            time.sleep(_POLL)
            return
        try:
            if _read(self._path) == holder and self._is_left(holder):
                files.remove(self._path)
        finally:
            files.remove(self._taking)

    def _is_old(self, path: Path) -> bool:
        """By the clock of whoever keeps the files: those of two machines may differ."""
        probe = self._beside("clock")
        try:
            probe.write_bytes(b"")
            return probe.stat().st_mtime - path.stat().st_mtime > FRESH
        except FileNotFoundError:
            return False
        finally:
            with suppress(OSError):
                probe.unlink()

    def _renew(self) -> None:
        while not self._ended.wait(_RENEWED):
            if _read(self._path) == self._own:
                with suppress(OSError):
                    os.utime(self._path)


def _read(path: Path) -> Holder | None:
    """Return who the note names; None where there is none, or it cannot be read (yet)."""
    try:
        return _holder(files.content(path))
    except CouldNotError:
        return None


def _holder(data: bytes | None) -> Holder | None:
    try:
        said = json.loads(data or b"")
        return Holder(*(str(said[key]) for key in ("host", "machine", "who", "token")))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _person() -> str:
    try:
        return os.environ.get("NPCREPLY_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in the password database
        return ""


def _named(holder: Holder | None) -> str:
    if holder is None:
        return _("另一台电脑")
    named = _("电脑 {host}（{who}）") if holder.who else _("电脑 {host}")
    return named.format(host=_plain(holder.host), who=_plain(holder.who))


def _plain(word: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in word[:40])


def _busy(holder: Holder | None, seconds: float) -> CouldNotError:
    said = _("{machine}正在写这个资料库，等了 {seconds} 秒。什么也没有写。")
    remedy = _("等那边写完再重做；那台电脑已经关机、断网的，{minutes} 分钟以后就能写。")
    return CouldNotError(
        said.format(machine=_named(holder), seconds=round(seconds)),
        remedy.format(minutes=round(FRESH / 60)),
    )


def _lost(holder: Holder | None) -> LeaseLostError:
    said = _("这台电脑停得太久，{machine}已经接手这个资料库。").format(machine=_named(holder))
    return LeaseLostError(said, _("用 npcreply undo --list 看这一步记上没有，没有再重做。"))
