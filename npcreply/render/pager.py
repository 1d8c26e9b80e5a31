"""A pager for answers longer than the terminal, as git has one: which, and the text led to it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TextIO

_NONE = ("", "cat")


def pager(stream: TextIO, environ: Mapping[str, str]) -> list[str]:
    """Return the command of the pager: NPCREPLY_PAGER, PAGER, else less where there is one; nothing
    where the stream is no real terminal, or the pager named is empty or cat.
    """
    try:
        real = os.isatty(stream.fileno())
    except (OSError, ValueError):
        return []
    if not real or environ.get("TERM") == "dumb":
        return []
    import shlex

    from npcreply.store.files import program

    for name in ("NPCREPLY_PAGER", "PAGER"):
        if name in environ:
            said = environ[name].strip()
            return [] if said in _NONE else shlex.split(said, posix=os.name != "nt")
    found = program("less")
    return [found] if found else []


def paged(text: str, command: list[str], environ: Mapping[str, str], encoding: str) -> bool:
    """Show the text in the pager until it is left; False where the pager cannot be started.

    less shows short texts without stopping, colours as they are, and leaves the text on the screen.
    """
    import subprocess

    usual = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env={**usual, **environ})
    except OSError:
        return False
    try:
        process.communicate(text.encode(encoding, "replace"))
    except (BrokenPipeError, KeyboardInterrupt):  # the reader has seen enough
        process.wait()
    return True
