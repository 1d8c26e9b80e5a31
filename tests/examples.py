"""The examples of the documents: console blocks found, run in order, compared or rewritten.

python tests/examples.py            rewrite the outputs in the documents
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "docs/start.md", "docs/english.md", "docs/walkthrough.md")
FILES = ROOT / "docs" / "walkthrough"  # what the walk-through reads
BLOCK = re.compile(r"^```console( [0-9-]+)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENVIRON = {
    "NPCREPLY_TODAY": "2025-04-08T09:00",
    "NPCREPLY_USER": "办公室",
    "NPCREPLY_LANG": "zh",
    "NPCREPLY_COLUMNS": "100",
}


class Stream(io.TextIOWrapper):
    """A pipe that remembers what was written to it."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(self.bytes, encoding="utf-8", newline="\n", write_through=True)

    def text(self) -> str:
        return self.bytes.getvalue().decode("utf-8")


def outputs(document: Path) -> str:
    """Return the document with every console block's output as it really is."""
    with _workspace() as folder:
        here = folder

        def block(match: re.Match[str]) -> str:
            nonlocal here
            shown, day = [], match[1] or ""
            for line in match[2].splitlines():
                if line.startswith("$ "):
                    here, output = run(line[2:], here, day.strip())
                    shown += [line, *output.splitlines()]
            return f"```console{day}\n" + "\n".join(shown) + "\n```"

        return BLOCK.sub(block, document.read_text("utf-8"))


def run(command: str, here: Path, day: str = "") -> tuple[Path, str]:
    """Run one line of a console block on its day; return the folder afterwards and what was
    printed.
    """
    words = shlex.split(command)
    if words[0] == "cd":
        for path in FILES.glob("*.txt"):
            shutil.copy(path, here / words[1])
        return here / words[1], ""
    if words[0] != "npcreply":
        raise ValueError(f"not an example: {command}")
    return here, npcreply(words[1:], here, day)


def npcreply(words: list[str], here: Path, day: str = "") -> str:
    """Run npcreply in this process and return stdout, then stderr."""
    from npcreply.cli import run as run_cli

    out, err = Stream(), Stream()
    before = (sys.stdout, sys.stderr, sys.stdin, Path.cwd(), dict(os.environ))
    try:
        sys.stdout, sys.stderr, sys.stdin = out, err, io.StringIO()
        os.environ.update(ENVIRON | ({"NPCREPLY_TODAY": f"{day}T09:00"} if day else {}))
        os.chdir(here)
        run_cli(words)
    finally:
        sys.stdout, sys.stderr, sys.stdin = before[:3]
        os.chdir(before[3])
        os.environ.clear()
        os.environ.update(before[4])
    return out.text() + err.text()


@contextmanager
def _workspace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "npcreply"
        root.mkdir()
        shutil.copytree(ROOT / "replies", root / "replies")
        shutil.copy(ROOT / "schema.yaml", root / "schema.yaml")
        yield root


if __name__ == "__main__":
    for name in DOCUMENTS:
        (ROOT / name).write_text(outputs(ROOT / name), encoding="utf-8", newline="\n")
