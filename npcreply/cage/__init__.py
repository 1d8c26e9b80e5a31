"""Files whose readers may hang, swell or crash are read in a process of their own, under limits.

A PDF and a workbook go through libraries in C and Rust; a Word file and a large page may have been
made to unpack or to nest without end. What such a file does to the child costs a sentence, never
the program.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.language import _, chosen

SECONDS = 20  # by the clock; a letter takes less than one
MEMORY = 512 * 1024 * 1024  # bytes of addresses, where the system can set it (not on Windows)
MOST = 40 * 1024 * 1024  # bytes of the answer: what is read at most, each character spelt out

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a kind of file, in the child: `function` of `module`, called with the file's bytes
    and `more`, returns JSON values. `times` is how often the usual limits it may use; `instead` is
    what a clerk can do with a file that cannot be read, `barred` where no process may be started.
    """

    module: str
    function: str
    instead: str
    barred: str
    more: tuple[str, ...] = ()
    times: int = 1

    @property
    def seconds(self) -> int:
        return SECONDS * self.times

    @property
    def memory(self) -> int:
        return MEMORY * self.times


def read(reader: Reader, data: bytes, name: str) -> Any:
    """Return what the reader makes of a file's bytes, as JSON values; `name` is what messages call
    it. Raises CouldNotError with what to do.
    """
    answer = _answer(reader, data, name)
    if refused := answer.get("refused"):
        raise CouldNotError(*refused)
    if "value" in answer:
        return answer["value"]
    if answer.get("memory"):
        said = _("读 {name} 要用的内存超过 {limit} MB，没有读")
        said = said.format(name=name, limit=reader.memory // 2**20)
        raise CouldNotError(said, reader.instead)
    raise CouldNotError(_damaged(name, answer.get("damaged", "")), reader.instead)


def _answer(reader: Reader, data: bytes, name: str) -> dict[str, Any]:
    order = {
        "path": [str(_CHILD.parents[2]), *filter(os.path.isabs, sys.path)],
        "module": reader.module,
        "function": reader.function,
        "more": reader.more,
        "language": chosen(),
        "memory": reader.memory,
        "seconds": reader.seconds,
    }
    said, in_time = _asked(json.dumps(order).encode() + b"\n" + data, reader, name)
    if not in_time:
        message = _("{name} 读了 {seconds} 秒还没有读完，不读了")
        raise CouldNotError(message.format(name=name, seconds=reader.seconds), reader.instead)
    with suppress(ValueError, RecursionError):
        answer = json.loads(said)
        return answer if isinstance(answer, dict) else {}
    return {}  # the child died, or said far too much


def _asked(order: bytes, reader: Reader, name: str) -> tuple[bytes, bool]:
    """Return what the child said, and whether it came to an end in time."""
    overrun, most = threading.Event(), MOST * reader.times
    with _started(reader, name) as child:

        def stop() -> None:
            overrun.set()
            child.kill()

        clock = threading.Timer(reader.seconds, stop)
        clock.daemon = True
        clock.start()
        pipe, child.stdin = child.stdin, None  # the thread's alone: a child may go at any moment
        try:
            threading.Thread(target=_tell, args=(pipe, order), daemon=True).start()
            said = child.stdout.read(most + 1) if child.stdout else b""
        finally:
            clock.cancel()
            child.kill()  # it has answered, or is not to
    return (b"" if len(said) > most else said), not overrun.is_set()


def _started(reader: Reader, name: str) -> subprocess.Popen[bytes]:
    barred = _("读 {name} 要另起一个进程，系统不许").format(name=name)
    if not sys.executable:
        raise CouldNotError(barred, reader.barred)
    switches = ["-I", "-X", "utf8", *(["-B"] if sys.dont_write_bytecode else [])]
    try:
        return subprocess.Popen(
            [sys.executable, *switches, str(_CHILD)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, ValueError) as error:
        raise CouldNotError(barred, reader.barred) from error


def _tell(pipe: IO[bytes] | None, order: bytes) -> None:
    with suppress(OSError, ValueError):  # it has gone
        if pipe:
            with pipe:
                pipe.write(order)


def _damaged(name: str, why: str) -> str:
    said = _("{name} 已损坏，读不了（{why}）") if why else _("{name} 已损坏，读不了")
    return said.format(name=name, why=why)
