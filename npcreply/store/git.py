"""What git is asked and told of a workspace: how it merges records, the driver, texts by lines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from npcreply.store import files

DRIVER = "npcreply"
_PATIENCE = 20  # seconds
# A driver that cannot be started leaves the one side's file without marks, as if it were the whole:
# then git's own merge by lines takes its place.
_COMMAND = (
    "{program} merge-record %O %A %B %P; code=$?; "
    "[ $code = 0 ] || [ $code -gt 128 ] || grep -q '^<<<<<<<' %A || "
    "git merge-file %A %O %B || true; exit $code"
)


def is_used(root: Path) -> bool:
    """Return whether the folder lies in a git working tree; git need not be installed."""
    return any((folder / ".git").exists() for folder in (root, *root.parents))


def merge_of(root: Path, path: str) -> str:
    """Return the merge that git's attributes give a file, "" where git does not say."""
    said = _answer(root, "check-attr", "merge", "--", path)
    return said.rpartition(": ")[2].strip() if said else ""


def user(root: Path) -> str:
    """Return the name that git signs commits with here, "" where none is set."""
    return _answer(root, "config", "user.name") or ""


def has_driver(root: Path) -> bool | None:
    """Return whether this clone has a driver that can start; None where git cannot be asked."""
    if not files.program("git"):
        return None
    command = _answer(root, "config", "--get", f"merge.{DRIVER}.driver")
    path = re.match("'(.+?)' ", command or "")
    return bool(command) and (path is None or Path(path[1]).exists())


def set_driver(root: Path) -> bool:
    """Tell this clone the driver; return whether git took it."""
    settings = {
        "name": "npcreply: records by their fields",
        "driver": _COMMAND.format(program=_program()),
        # Between two bases of a merge there is nobody to decide: the older one stands.
        "recursive": "binary",
    }
    done = [
        _answer(root, "config", "--local", f"merge.{DRIVER}.{key}", value)
        for key, value in settings.items()
    ]
    return None not in done


def merged_lines(ours: str, base: str, theirs: str) -> str | None:
    """Return the three texts merged by lines; None where that leaves conflicts, or without git."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode("utf-8"))
        if not merge_file(*paths):
            return None
        return paths[0].read_bytes().decode("utf-8")


def merge_file(ours: Path, base: Path, theirs: Path) -> bool:
    """Merge by lines into `ours`, with git's marks where that cannot be decided; return whether it
    could. A file that is no text is left as it is.
    """
    git = files.program("git")
    if not git:
        return False
    command = [git, "merge-file", "-L", "ours", "-L", "base", "-L", "theirs"]
    command += [str(ours), str(base), str(theirs)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0


def _program() -> str:
    """How git's shell starts this very program, wherever it is called from."""
    # -P: what lies in the folder where git merges, maybe somebody else's, is not imported.
    return f"{_quoted(Path(sys.executable).as_posix())} -P -m npcreply"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def _answer(root: Path, *words: str) -> str | None:
    """Return what git prints, None where it fails or is not there."""
    git = files.program("git")
    if not git:
        return None
    command = [git, "-C", os.fspath(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else None
