"""Files whose readers may hang, swell or crash are read in a process of their own, under limits.

A PDF goes through a library in C; a Word file and a large page may have been made to unpack or to
nest without end. What such a file does to the child costs a sentence, never the program.
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

from npcreply.errors import CouldNotError
from npcreply.language import _, chosen

SECONDS = 20  # by the clock; a letter takes less than one
MEMORY = 512 * 1024 * 1024  # bytes of addresses, where the system can set it (not on Windows)
MOST = 40 * 1024 * 1024  # bytes of the answer: what is read at most, each character spelt out

_CHILD = Path(__file__).with_name("child.py")


def read(kind: str, data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text and notes of a file of `kind` (pdf, docx, html as UTF-8); `name` is what
    messages call it. Raises CouldNotError with what to do.
    """
    answer = _answer(kind, data, name)
    if refused := answer.get("refused"):
        raise CouldNotError(*refused)
    if "text" in answer:
        return answer["text"], tuple(answer["notes"])
    if answer.get("memory"):
        said = _("读 {name} 要用的内存超过 {limit} MB，没有读")
        raise CouldNotError(said.format(name=name, limit=MEMORY // 2**20), _remedy())
    raise CouldNotError(_damaged(name, answer.get("damaged", "")), _remedy())


def _answer(kind: str, data: bytes, name: str) -> dict[str, Any]:
    order = {
        "path": [str(_CHILD.parents[3]), *filter(os.path.isabs, sys.path)],
        "kind": kind,
        "language": chosen(),
        "memory": MEMORY,
        "seconds": SECONDS,
    }
    said, in_time = _asked(json.dumps(order).encode() + b"\n" + data, name)
    if not in_time:
        message = _("{name} 读了 {seconds} 秒还没有读完，不读了")
        raise CouldNotError(message.format(name=name, seconds=SECONDS), _remedy())
    with suppress(ValueError):
        answer = json.loads(said)
        return answer if isinstance(answer, dict) else {}
    return {}  # the child died, or said far too much


def _asked(order: bytes, name: str) -> tuple[bytes, bool]:
    """Return what the child said, and whether it came to an end in time."""
    overrun = threading.Event()
    with _started(name) as child:

        def stop() -> None:
            overrun.set()
            child.kill()

        clock = threading.Timer(SECONDS, stop)
        clock.daemon = True
        clock.start()
        pipe, child.stdin = child.stdin, None  # the thread's alone: a child may go at any moment
        try:
            threading.Thread(target=_tell, args=(pipe, order), daemon=True).start()
            said = child.stdout.read(MOST + 1) if child.stdout else b""
        finally:
            clock.cancel()
            child.kill()  # it has answered, or is not to
    return (b"" if len(said) > MOST else said), not overrun.is_set()


def _started(name: str) -> subprocess.Popen[bytes]:
    if not sys.executable:
        raise CouldNotError(*_unstarted(name))
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
        raise CouldNotError(*_unstarted(name)) from error


def _tell(pipe: IO[bytes] | None, order: bytes) -> None:
    with suppress(OSError, ValueError):  # it has gone
        if pipe:
            with pipe:
                pipe.write(order)


def _damaged(name: str, why: str) -> str:
    said = _("{name} 已损坏，读不了（{why}）") if why else _("{name} 已损坏，读不了")
    return said.format(name=name, why=why)


def _remedy() -> str:
    return _("用 WPS、Word 或浏览器打开，另存一份再读；或把正文复制到 txt 文件里再读。")


def _unstarted(name: str) -> tuple[str, str]:
    said = _("读 {name} 要另起一个进程，系统不许").format(name=name)
    return said, _("请管理员放行 Python；或把正文复制到 txt 文件里再读。")
