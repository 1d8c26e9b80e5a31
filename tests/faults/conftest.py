"""The warm process, and one place where command lines are killed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults import offices
from tests.faults.points import KILL

WANTED = os.environ.get("NPCREPLY_FAULTS", "5")  # of each command and kind; or "all"
SEED = int(os.environ.get("NPCREPLY_FAULTS_SEED") or time.time() // 3600)
ENVIRONMENT = {
    "NPCREPLY_TODAY": "2024-01-05T09:00",
    "NPCREPLY_USER": "办公室",
    "NPCREPLY_LANG": "zh",
}


@dataclass(frozen=True)
class Said:
    """What one command line gave; `calls` are those counted, if it came to its end."""

    code: int
    out: str
    err: str
    calls: list[str]

    @property
    def killed(self) -> bool:
        return self.code in (-9, 137)

    def __str__(self) -> str:
        return f"exit {self.code}\n{self.out}\n{self.err}"


class Bench:
    """One folder in which command lines run, with the state it is put back to before each."""

    def __init__(self, process: subprocess.Popen[str], base: Path) -> None:
        self._process = process
        self.base = base / "base"
        self._heap = base / "heap"
        self._aside = base / "aside"
        self._aside.mkdir(parents=True)

    def keep(self) -> None:
        """Keep the folder as it is now, to be put back."""
        offices.copied(self.base, self._heap)

    def put_back(self) -> None:
        offices.copied(self._heap, self.base)

    def furnish(self, name: str, typed: offices.Typed) -> None:
        """Make the workspace in which the command line is to be typed, and keep it."""
        offices.copied(self._aside, self.base)
        offices.furnish(self.base, name)
        for argv in typed.first:
            said = self.type(argv)
            assert said.code == 0, said
        self.keep()

    def type(
        self,
        argv: tuple[str, ...],
        at: int = 0,
        fault: str = KILL,
        *,
        lasting: bool = False,
        env: tuple[tuple[str, str], ...] = (),
    ) -> Said:
        """Type one command line, with a fault at its `at`-th call."""
        out, err, calls = (self._aside / name for name in ("out", "err", "calls"))
        calls.write_bytes(b"")
        job = {
            "argv": argv,
            "cwd": str(self.base / "office"),
            "below": f"{self.base}{os.sep}",
            "env": {**ENVIRONMENT, **self._homes(), **dict(env)},
            "at": at,
            "fault": fault,
            "lasting": lasting,
            "out": str(out),
            "err": str(err),
            "calls": str(calls),
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        code = json.loads(self._process.stdout.readline())
        texts = [path.read_text("utf-8", "replace") for path in (out, err, calls)]
        return Said(code, texts[0], texts[1], texts[2].splitlines())

    def _homes(self) -> dict[str, str]:
        marks = str(self.base / "marks")
        return {"XDG_STATE_HOME": marks, "LOCALAPPDATA": marks, "XDG_CACHE_HOME": marks}


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    base = tmp_path_factory.mktemp("warm")
    offices.furnish(base, "log")
    environment = {**os.environ, **ENVIRONMENT, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environment.pop("NPCREPLY_DIR", None)
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA", "XDG_CACHE_HOME"):
        environment[name] = str(base / "marks")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.warm"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment,
        encoding="utf-8",
    )
    wanted = [offices.COMMANDS[name].argv for name in offices.COMMANDS if name != "edit"]
    wanted += [("list",), ("export", "--format", "json"), ("overdue", "--json")]
    assert process.stdin
    process.stdin.write(json.dumps({"argv": wanted, "cwd": str(base / "office")}) + "\n")
    process.stdin.flush()
    yield process
    process.stdin.close()
    process.wait()
    assert process.stdout
    process.stdout.close()


@pytest.fixture
def bench(warm: subprocess.Popen[str], tmp_path: Path) -> Bench:
    return Bench(warm, tmp_path)


@pytest.fixture
def dice(request: pytest.FixtureRequest) -> random.Random:
    """The choice of points, another one each hour; NPCREPLY_FAULTS_SEED makes it that one again."""
    sys.stdout.write(f"NPCREPLY_FAULTS_SEED={SEED}\n")  # pytest shows it where the test fails
    return random.Random(f"{SEED} {request.node.name}")
