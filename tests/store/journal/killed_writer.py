"""A writer that is killed at its n-th call to the system; run by test_journal.py, not a test.

killed_writer.py: reads lines of JSON [ROOT, N, three|one], and for each a child commits a step of
three files, or of one, and dies at call N; a write counts as a call with half its data on the disk.
Answers each with a line: "survived" where N is never met, "killed", else how the child ended.
killed_writer.py ROOT N three|one: the child itself, where there is no fork.
killed_writer.py ROOT 0 COUNT NAME: commits COUNT steps, each a line added to one file.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, Self

from npcreply.errors import ChangedMeanwhileError
from npcreply.store.journal import Change, Journal

WHEN = datetime(2024, 1, 5, 9, 14, tzinfo=UTC)
KILLED = -signal.SIGKILL if hasattr(signal, "SIGKILL") else 9
deadly = 0
calls = count(1)


def call() -> None:
    if next(calls) != deadly:
        return
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)


class TearingFile:
    """A file whose every write can end in the middle."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *said: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> int:
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        call()
        self.file.write(data[len(data) // 2 :])
        self.file.flush()
        return len(data)


def counted(real: Callable[..., Any]) -> Callable[..., Any]:
    def counting(*args: Any, **kwargs: Any) -> Any:
        call()
        return real(*args, **kwargs)

    return counting


def tearing(real: Callable[..., Any]) -> Callable[..., Any]:
    def opening(file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if "r" in mode:
            return real(file, mode, *args, **kwargs)
        call()
        return TearingFile(real(file, mode, *args, **kwargs))

    return opening


def make_deadly() -> None:
    vars(builtins)["open"] = vars(io)["open"] = tearing(open)
    for name in ("replace", "fsync", "unlink", "mkdir", "chmod"):
        setattr(os, name, counted(getattr(os, name)))


def commit_three(root: Path) -> None:
    kept, gone = Path("replies/2023/a.yaml"), Path("replies/2023/c.yaml")
    before = (root / kept).read_bytes()
    changes = [
        Change(kept, before, before + b"new\n"),
        Change(Path("replies/2024/b.yaml"), None, b"b\n" * 2000),
        Change(gone, (root / gone).read_bytes(), None),
    ]
    Journal(root).commit("three", changes, WHEN, "t")


def commit_one(root: Path) -> None:
    Journal(root).commit("one", [Change(Path("replies/2023/d.yaml"), None, b"d\n")], WHEN, "t")


def commit_lines(root: Path, count: int, name: str) -> None:
    path = Path("replies/2023/a.yaml")
    for number in range(count):
        while True:
            before = (root / path).read_bytes()
            change = Change(path, before, before + f"{name}{number}\n".encode())
            try:
                Journal(root, 60).commit(f"{name}{number}", [change], WHEN, name)
            except ChangedMeanwhileError:
                continue
            break


def write(root: Path, number: int, what: str) -> None:
    """Commit the step and die at that call, if it comes to it."""
    global deadly  # noqa: PLW0603 -- of this process alone
    deadly = number
    make_deadly()
    {"three": commit_three, "one": commit_one}[what](root)


def forked(root: str, number: int, what: str) -> int:
    """Return the exit code of a child that has everything loaded already."""
    child = os.fork()
    if not child:
        code = 1
        try:
            write(Path(root), number, what)
            code = 0
        except BaseException:  # noqa: BLE001 -- told by its exit code
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def spawned(root: str, number: int, what: str) -> int:
    script = [sys.executable, __file__, root, str(number), what]
    return subprocess.run(script, stdin=subprocess.DEVNULL, check=False).returncode


def answer() -> None:
    said = {0: "survived", KILLED: "killed"}
    for line in sys.stdin:
        code = (forked if hasattr(os, "fork") else spawned)(*json.loads(line))
        print(said.get(code, code), flush=True)  # noqa: T201 -- the answer


if __name__ == "__main__":
    if len(sys.argv) == 1:
        answer()
    elif int(sys.argv[2]):
        write(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    else:
        commit_lines(Path(sys.argv[1]), int(sys.argv[3]), sys.argv[4])
