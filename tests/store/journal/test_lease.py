"""Two machines on a share: the note beside the lock keeps them apart where the lock does not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from npcreply.errors import CouldNotError
from npcreply.store.journal import Change, Journal, lease
from npcreply.store.journal.state import State
from tests.conftest import ROOT

WHEN = datetime(2024, 1, 5, 9, 14, tzinfo=UTC)
FILE = Path("replies/2023/a.yaml")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_bytes(b"begin\n")
    return tmp_path


def note(root: Path) -> Path:
    return root / ".npcreply/state" / lease.NAME


def leave(root: Path, machine: str, *, age: float = 0) -> None:
    """Leave the note of another writer, as old as that (seconds)."""
    note(root).parent.mkdir(parents=True, exist_ok=True)
    said = {"host": machine, "machine": machine, "who": "乙", "token": "1"}
    note(root).write_text(json.dumps(said), "utf-8")
    then = note(root).stat().st_mtime - age
    os.utime(note(root), (then, then))


def commit(root: Path, line: bytes, patience: float = 0.1) -> None:
    before = (root / FILE).read_bytes()
    Journal(root, patience).commit("log", [Change(FILE, before, before + line)], WHEN, "甲")


def test_two_machines_without_a_common_lock_lose_nothing(share: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.store.journal.other_machine", str(share)]
    running = [
        subprocess.Popen([*command, machine, "32"], env=environment, cwd=ROOT)
        for machine in ("一号机", "二号机")
    ]
    assert [process.wait() for process in running] == [0, 0]
    lines = (share / FILE).read_text("utf-8").split()
    assert sorted(lines[1:]) == sorted(f"{m}{n}" for m in ("一号机", "二号机") for n in range(32))
    steps = Journal(share).steps()
    assert [step.number for step in steps] == list(range(1, 65))
    assert not note(share).exists()


def test_without_hard_links_it_is_the_same(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_paths: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refused)
    commit(share, b"x\n")
    assert (share / FILE).read_bytes() == b"begin\nx\n"
    leave(share, "二号机")
    with pytest.raises(CouldNotError, match="二号机"):
        commit(share, b"y\n")


def test_another_machine_at_work_is_named_and_nothing_written(share: Path) -> None:
    leave(share, "二号机")
    with pytest.raises(CouldNotError) as refused:
        commit(share, b"x\n")
    assert "电脑 二号机（乙）正在写这个资料库" in refused.value.message
    assert "2 分钟以后" in refused.value.remedy
    assert (share / FILE).read_bytes() == b"begin\n"
    assert note(share).exists()


@pytest.mark.parametrize("age", [lease.FRESH + 1, 10 * lease.FRESH])
def test_a_note_without_a_sign_of_life_is_taken_over(share: Path, age: float) -> None:
    leave(share, "二号机", age=age)
    commit(share, b"x\n")
    assert (share / FILE).read_bytes() == b"begin\nx\n"
    assert not note(share).exists()


def test_a_killed_process_of_this_machine_keeps_nobody_waiting(share: Path) -> None:
    leave(share, lease.this_machine()[1])
    commit(share, b"x\n")
    assert (share / FILE).read_bytes() == b"begin\nx\n"


@pytest.mark.parametrize("data", [b"", b"\0", b"[]", b"{}", b'{"host": 1}', b"[" * 9999])
def test_a_note_that_says_nothing_is_somebodys_until_it_is_old(share: Path, data: bytes) -> None:
    leave(share, "二号机")
    note(share).write_bytes(data)
    with pytest.raises(CouldNotError, match="另一台电脑"):
        commit(share, b"x\n")
    os.utime(note(share), (1, 1))
    commit(share, b"x\n")
    assert (share / FILE).read_bytes() == b"begin\nx\n"


def test_who_takes_over_and_was_killed_at_it_keeps_nobody_waiting(share: Path) -> None:
    leave(share, "二号机", age=1000)
    taking = note(share).with_name("lease.taking")
    taking.write_bytes(b"")
    os.utime(taking, (1, 1))
    commit(share, b"x\n", 5)
    assert (share / FILE).read_bytes() == b"begin\nx\n"
    assert not taking.exists()


def test_a_machine_that_stood_still_writes_nothing_after_another_took_over(share: Path) -> None:
    state = State(share)
    with state.locked(1):
        state.confirm()
        leave(share, "二号机")
        with pytest.raises(lease.LeaseLostError, match="二号机"):
            state.confirm()
    assert note(share).exists(), "the other machine's note is not this one's to remove"


def test_a_step_overtaken_half_way_is_left_to_who_took_over(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = State.write_pending

    def overtaken(state: State, pending: object) -> None:
        real(state, pending)  # type: ignore[arg-type]
        leave(share, "二号机")

    with monkeypatch.context() as patch:
        patch.setattr(State, "write_pending", overtaken)
        with pytest.raises(lease.LeaseLostError):
            commit(share, b"x\n")
    assert (share / FILE).read_bytes() == b"begin\nx\n"
    os.utime(note(share), (1, 1))
    journal = Journal(share)
    journal.settle("", "")
    assert [step.command for step in journal.steps()] == ["log"]
    assert (share / FILE).read_bytes() == b"begin\nx\n"
