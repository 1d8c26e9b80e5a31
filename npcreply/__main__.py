"""Starts npcreply; `python -m npcreply` and the script `npcreply` both come in here."""

from __future__ import annotations

import gc
import os
import sys

_SPOKEN = "NPCREPLY_SPOKEN"
"""Between this process and the one that takes its place: the encoding that the person uses."""


_MADE_BEFORE_COLLECTING = 50_000
"""A command makes values, answers and ends: looking for what refers to itself every 700 values, as
Python does by itself, takes a tenth of the time of a page or a check and finds nothing."""


def main() -> int:
    """Run the command line of this process and return the exit code."""
    if os.name == "posix" and sys.getfilesystemencoding() != "utf-8":
        _begin_again()
    spoken = os.environ.pop(_SPOKEN, "")
    gc.set_threshold(_MADE_BEFORE_COLLECTING, 20, 20)
    from npcreply.cli import run

    return run([_meant(word, spoken) for word in sys.argv[1:]] if spoken else sys.argv[1:])


def _begin_again() -> None:
    """Start over with names of files as UTF-8, as records have them, and everything that is typed
    and printed as before: under zh_CN.GBK Python takes names of files for GBK, and would not find
    a record.
    """
    spoken = sys.getfilesystemencoding()
    as_before = {"PYTHONIOENCODING": os.environ.get("PYTHONIOENCODING") or spoken}
    environ = {os.fsencode(name): _as_utf8(name, value) for name, value in os.environ.items()}
    for name, value in {**as_before, "PYTHONUTF8": "1", _SPOKEN: spoken}.items():
        environ[name.encode()] = value.encode()
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environ)  # noqa: S606 -- ourselves


def _as_utf8(name: str, value: str) -> bytes:
    """Return what a variable of ours says as UTF-8, every other one as it is, paths too."""
    ours = name.startswith("NPCREPLY_") and not os.path.lexists(value)
    return value.encode("utf-8", "surrogateescape") if ours else os.fsencode(value)


def _meant(word: str, spoken: str) -> str:
    """Return a word as it was typed; the name of a file that is there stays as it is."""
    option, sign, value = word.partition("=") if word.startswith("-") else ("", "", word)
    if os.path.lexists(value):
        return word
    try:
        return f"{option}{sign}{os.fsencode(value).decode(spoken)}"
    except (UnicodeError, LookupError):
        return word


if __name__ == "__main__":
    sys.exit(main())
