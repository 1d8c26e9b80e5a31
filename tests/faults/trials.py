"""What must hold after a fault: old or new and whole, the truth said, entered once; not a test."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from npcreply.store.journal.steps import history
from tests.faults import offices
from tests.faults.conftest import Bench, Said
from tests.faults.offices import Typed
from tests.faults.points import KILL

READ = ("export", "--format", "json", "--preset", "full")
BACK = {"undo": "redo", "undo two": "redo 2", "redo": "undo"}
Steps = list[tuple[str, bool]]


@dataclass
class Trial:
    """One command line, with what there is before it and after it."""

    bench: Bench
    name: str
    typed: Typed
    old: dict[str, bytes]
    new: dict[str, bytes]
    steps: Steps
    answers: tuple[str, str]
    out: str
    calls: list[str]

    def put(self, at: int, fault: str, *, lasting: bool = False) -> None:
        """Type the command line with that fault and look at everything afterwards."""
        self.bench.put_back()
        said = self.bench.type(self.typed.argv, at, fault, lasting=lasting, env=self.typed.env)
        if said.code == 3 and "未计入" in said.err:
            return  # an answer of what could be read, with the name of what could not
        if "要问的（没有写）" in said.out and "→ 核对磁盘" in said.out + said.err:
            return  # lines of a table that could not be held against the records are named
        self._is_old_or_new()
        if said.killed:
            assert fault == KILL, said
        else:
            self._is_true(said)
        self._reads(said)
        if not said.killed and (said.code == 0 or "已经写进资料" in said.err):
            assert offices.records(self.bench.base) == self.new, said
        else:
            self._again()
        self._back()

    def _is_old_or_new(self) -> None:
        now = offices.records(self.bench.base)
        for path in {*now, *self.old, *self.new}:
            assert now.get(path) in (self.old.get(path), self.new.get(path)), path

    def _is_true(self, said: Said) -> None:
        """What a command says of the records is how it is."""
        assert said.code in (0, 1, 2, 3, 5), said
        assert "Traceback" not in said.err, said
        assert "程序出错" not in said.err, said
        now = _kept(offices.records(self.bench.base))
        half = "没有写完" in said.err or "只写了一半" in said.err
        done = said.code == 0 or "已经写进资料" in said.err
        assert half or done or not self._pending.exists(), said
        if done:  # its note may lie there still: the next writer sees that the journal has the step
            assert now == _kept(self.new), said
        elif not half and self.typed.step:
            assert now == _kept(self.old), said

    def _reads(self, said: Said) -> None:
        """A plain command answers as before or as after, never in between."""
        if self.name == "init":
            return
        read = self.bench.type(READ)
        assert (read.code, read.out) in [(0, answer) for answer in self.answers], (said, read)

    def _again(self) -> None:
        """Typed again it is entered once, and nothing lies about."""
        for path in offices.leftovers(self.bench.base):
            if not path.startswith(
                ("office/.npcreply/state", "office/replies", "marks/")
            ):  # once old
                os.utime(self.bench.base / path, (1, 1))
        said = self.bench.type(self.typed.argv, env=self.typed.env)
        assert said.code == 0, said
        assert offices.records(self.bench.base) == self.new, said
        steps = _steps(self.bench.base)
        if (
            self.name == "check --repair"
        ):  # what the killed one left itself is taken by a second step
            steps = steps[: len(self.steps)]
        assert steps == self.steps, said
        if not self.typed.step and self.name not in ("init", "merge-record"):
            self.bench.type(offices.NEXT)  # who writes clears up behind those who only read
        assert offices.leftovers(self.bench.base) == [], said

    def _back(self) -> None:
        if not self.typed.step:
            return
        words = tuple(BACK.get(self.name, "undo").split())
        said = self.bench.type(words)
        if "npcreply init --accept" in said.err:  # the mark could not be made: it is asked for
            self.bench.type(("init", "--accept"))
            said = self.bench.type(words)
        assert said.code == 0, said
        assert _kept(offices.records(self.bench.base)) == _kept(self.old), said
        assert offices.leftovers(self.bench.base) == [], said

    @property
    def _pending(self) -> Path:
        return self.bench.base / "office/.npcreply/state/pending.json"


def trial(bench: Bench, name: str, typed: Typed) -> Trial:
    """Make the place for a command line and run it once without a fault."""
    bench.furnish(name, typed)
    old, before = offices.records(bench.base), bench.type(READ)
    bench.put_back()
    said = bench.type(typed.argv, env=typed.env)
    assert said.code == 0, said
    new, steps, after = offices.records(bench.base), _steps(bench.base), bench.type(READ)
    return Trial(bench, name, typed, old, new, steps, (before.out, after.out), said.out, said.calls)


def _kept(records: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in records.items() if path.startswith("office/")}


def _steps(base: Path) -> Steps:
    journal = base / "office/.npcreply/state/journal.jsonl"
    found = history(journal.read_bytes() if journal.exists() else b"")
    assert not found.damaged
    return [(step.command, step.undone) for step in found.steps]
