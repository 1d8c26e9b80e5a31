"""Several processes at once, killed ones among them; and what a warm start does without."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import Any

import pytest

from npcreply.index import freshness, statements

QUICK = 0.05  # seconds to wait for a lock that will not be let go

ANSWERS = """
import sys
from pathlib import Path
from npcreply.index.sync import Index
from npcreply.store.contract import read
root = Path(sys.argv[1])
index = Index(root, read.load(root / "schema.yaml"), patience=60)
print([line.id for line in index.promises()])
print(index.state().path)
"""
KILLED = """
import os, sys
from pathlib import Path
from npcreply.index.sync import Index
from npcreply.store.contract import read
root, last = Path(sys.argv[1]), int(sys.argv[2])
def progress(done, total):
    if done == last:
        os._exit(9)
index = Index(root, read.load(root / "schema.yaml"), progress)
index.rebuild() if last < 0 else index.counts()
"""
WARM = """
import sys
from datetime import date
from pathlib import Path
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.index.sync import Index
from npcreply.store.contract import read
root = Path(sys.argv[1])
index = Index(root, read.load(root / "schema.yaml"))
day = date(2024, 1, 5)
assert index.open_until(AsOf(day), day, Selection(dept=("教育",), text=("学校",)))
assert index.replies() and index.promises() and index.state() and not index.undated(AsOf(day))
print(*(name for name in sys.modules if "." not in name))
"""
HEAVY = {"sqlmodel", "sqlalchemy", "pydantic", "yaml", "jsonschema_rs", "filelock", "difflib"}


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, encoding="utf-8")


def output(process: subprocess.Popen[str], code: int = 0) -> str:
    said, _nothing = process.communicate(timeout=120)
    assert process.returncode == code
    return said


@pytest.fixture
def filled(place: Any) -> Any:
    for n in range(20):
        text = "kind: suggestion\nyear: 2023\nnumber: '1'\nmeasures: [{id: 1, text: 修桥}]\n"
        place.write(f"2023/2023-{n}.yaml", text)
    return place


def refresh(place: Any) -> None:
    for n in range(0, 20, 2):
        text = "kind: suggestion\nyear: 2024\nnumber: '1'\nmeasures: [{id: 2, text: 补路}]\n"
        place.write(f"2023/2023-{n}.yaml", text)
    place.write("2023/2023-3.yaml", "kind: suggestion\n")
    (place.root / "replies" / "2023" / "2023-5.yaml").unlink()


def test_processes_that_build_and_refresh_at_once(filled: Any) -> None:
    for step in (lambda: None, lambda: refresh(filled), lambda: filled.file.write_bytes(b"x" * 99)):
        step()
        said = [line.id for line in filled.said().promises]
        for told in [output(one) for one in [started(ANSWERS, filled.root) for _ in range(4)]]:
            assert told.splitlines() == [str(said), str(filled.file)]
        with closing(sqlite3.connect(filled.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with closing(filled.index()) as index:
            assert [line.id for line in index.promises()] == said


@pytest.mark.parametrize("last", [1, 7, 20])
def test_killed_while_building(filled: Any, ask: Any, last: int) -> None:
    output(started(KILLED, filled.root, last), 9)
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
        assert index.state().path == filled.file


@pytest.mark.parametrize("last", [1, 5, 11])
def test_killed_while_refreshing(filled: Any, ask: Any, last: int) -> None:
    with closing(filled.index()) as index:
        index.counts()
    refresh(filled)
    with closing(filled.index()) as index:
        assert index.counts().files == 19
    for path in (filled.root / "replies" / "2023").iterdir():
        path.write_text(path.read_text("utf-8") + "note: 改过\n", "utf-8")
    output(started(KILLED, filled.root, last), 9)
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
        assert index.state().path == filled.file


def test_readers_during_a_refresh(filled: Any, ask: Any) -> None:
    """Nothing half: one that finds changed files answers them all from memory."""
    seen = []

    def look(_done: int, _total: int) -> None:
        with closing(filled.index(patience=QUICK)) as other:
            seen.append((ask(other) == filled.said(), other.state().path))

    with closing(filled.index(progress=look)) as index:
        assert ask(index) == filled.said()
    refresh(filled)
    with closing(filled.index(progress=look)) as index:
        assert ask(index) == filled.said()
    assert seen == [(True, None)] * (20 + 19)
    seen.clear()
    for path in (filled.root / "replies" / "2023").iterdir():
        os.utime(path, ns=(10**18, 10**18))
    with closing(filled.index()) as index:
        index.counts()
    with closing(filled.index(progress=look)) as index:  # nothing changed: answered from the file
        index.rebuild()
    assert seen == [(True, filled.file)] * 19


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_locked_for_long(filled: Any, ask: Any, lock: str) -> None:
    with closing(filled.index()) as index:
        index.counts()
    refresh(filled)
    with closing(sqlite3.connect(filled.file, isolation_level=None)) as other:
        other.execute(f"BEGIN {lock}")
        with closing(filled.index(patience=QUICK, notice=pytest.fail)) as index:
            assert ask(index) == filled.said()
            assert index.state().path is None
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
        assert index.state().path == filled.file


def test_a_failing_progress_leaves_the_index_as_it_was(filled: Any, ask: Any) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    index = filled.index(progress=stop)
    with pytest.raises(KeyboardInterrupt):
        index.counts()
    with closing(filled.index()) as index:
        assert ask(index) == filled.said()
        assert index.state().path == filled.file


def test_warm_start_imports_nothing_heavy(place: Any) -> None:
    place.write("2023/2023-0046.yaml")
    with closing(place.index()) as index:
        index.counts()
    imported = set(output(started(WARM, place.root)).split())
    assert "sqlite3" in imported
    assert imported & HEAVY == set()


INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from npcreply.index import refresh
from npcreply.index.sync import Index
from npcreply.store.contract import read
refresh._AT_ONCE = 5
root, number = Path(sys.argv[1]), int(sys.argv[2])
def progress(done, total):
    if done == 13:
        os.kill(os.getpid(), number)
index = Index(root, read.load(root / "schema.yaml"), progress)
index.counts()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_an_interrupted_build_goes_on_where_it_stopped(filled: Any, ask: Any, name: str) -> None:
    """Of 20 files, 5 at a time, ten were kept when the thirteenth was being read."""
    for path in (filled.root / "replies" / "2023").iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))  # a stat that is young proves nothing
    time.sleep(2 * freshness.TICK_NS / 1e9)
    process = started(INTERRUPTED, filled.root, int(getattr(signal, name)))
    process.communicate(timeout=120)
    assert process.returncode != 0
    read: list[tuple[int, int]] = []
    with closing(filled.index(progress=lambda *told: read.append(told))) as index:
        assert ask(index) == filled.said()
        assert index.state().path == filled.file
    assert read[-1] == (10, 10)
    with closing(sqlite3.connect(filled.file)) as connection:
        made = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index'").fetchall()
    assert {text for (text,) in made if text} == {
        text for text in statements.CREATED if text.startswith("CREATE INDEX")
    }
