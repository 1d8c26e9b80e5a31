"""A command that ends otherwise than it should says what became of the records, and enters once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import npcreply
from npcreply.session import Session
from npcreply.store import files
from npcreply.store.journal import state
from tests.conftest import Place, Run

LOG = ("log", "107.1", "--value", "6公里", "--note", "走到了")
RECORD = "replies/2023/2023-107.yaml"


def entries(office: Place) -> int:
    return (office.root / RECORD).read_text("utf-8").count("走到了")


@contextmanager
def killed_before_it_said_so() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "said", lambda _self: None)
        yield


def test_typed_again_after_a_kill_it_is_entered_once(office: Place, run: Run) -> None:
    with killed_before_it_said_so():
        assert run(*LOG).code == 0
    said = run(*LOG)
    assert (said.code, said.out) == (0, "")
    assert "上次已经记下，这次没有再记" in said.err
    assert entries(office) == 1
    assert run(*LOG).code == 0  # meant this time
    assert entries(office) == 2


def test_killed_before_the_journal_has_its_line(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_given: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(state.State, "append", killed)
        patch.setattr("npcreply.store.journal.transaction._take_back", killed)
        with pytest.raises(Killed):
            run(*LOG)
    assert entries(office) == 1
    said = run(*LOG)
    assert "上次中断的" in said.err
    assert "上次已经记下，这次没有再记" in said.err
    assert entries(office) == 1
    assert run("undo").code == 0
    assert entries(office) == 0


def test_another_command_is_not_taken_for_it(office: Place, run: Run) -> None:
    with killed_before_it_said_so():
        run(*LOG)
    assert run("log", "107.1", "--note", "走到了二").code == 0
    assert entries(office) == 2


def test_undo_typed_again_after_a_kill_takes_back_one_step(office: Place, run: Run) -> None:
    run(*LOG)
    run("log", "107.1", "--note", "走到了二")
    with killed_before_it_said_so():
        run("undo")
    assert "这次没有再记" in run("undo").err
    assert entries(office) == 1


def command(office: Place, *words: str, tail: str) -> subprocess.CompletedProcess[str]:
    given = {
        **os.environ,
        "PYTHONPATH": str(Path(npcreply.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "NPCREPLY_LANG": "zh",
    }
    typed = " ".join(f'"{word}"' for word in (sys.executable, "-m", "npcreply", *words))
    return subprocess.run(
        f"{typed} {tail}",
        shell=True,
        cwd=office.root,
        env=given,
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell of POSIX")
@pytest.mark.parametrize("tail", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_a_place_too(tail: str, office: Place) -> None:
    assert command(office, *LOG, tail=tail).returncode == 0
    assert entries(office) == 1
    assert command(office, "overdue", tail=tail).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_where_the_answer_cannot_be_printed_it_says_that_it_is_written(office: Place) -> None:
    said = command(office, *LOG, tail="> /dev/full")
    assert said.returncode == 1
    assert "已经写进资料，不要重录" in said.stderr
    assert "没有改动" not in said.stderr
    assert entries(office) == 1


def test_a_lock_that_cannot_be_let_go_does_not_undo_what_is_done(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_self: Any, *_given: Any, **_named: Any) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr("filelock.FileLock.release", broken)
        said = run(*LOG)
    assert said.code == 0
    assert entries(office) == 1


def test_a_mistake_of_the_program_after_the_write_does_not_say_nothing_changed(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("npcreply.views.changes.act_lines", None)
    monkeypatch.setattr("npcreply.views.changes.entry_lines", None)
    said = run(*LOG)
    assert said.code == 1
    assert "程序出错" in said.err
    assert "已经写进资料，不要重录" in said.err
    assert entries(office) == 1


def test_an_editors_save_in_the_last_moment_is_not_lost(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The editor saves while the new file is being made beside the old one."""
    path, ready = office.root / RECORD, files._temp

    def saved_meanwhile(target: Path, data: bytes) -> Path:
        if target == path:
            path.write_bytes(b"# by an editor\n" + path.read_bytes())
        return ready(target, data)

    with monkeypatch.context() as patch:
        patch.setattr(files, "_temp", saved_meanwhile)
        said = run(*LOG)
    assert said.code == 1
    assert "读入以后被别人改过，什么也没有写" in said.err
    assert path.read_bytes().startswith(b"# by an editor\n")
    assert entries(office) == 0


def test_a_file_that_appears_in_the_last_moment_is_not_written_over(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, ready = office.root / "replies/2023/2023-580.yaml", files._temp

    def made_meanwhile(target: Path, data: bytes) -> Path:
        if target == path:
            path.write_bytes(b"by a colleague")
        return ready(target, data)

    with monkeypatch.context() as patch:
        patch.setattr(files, "_temp", made_meanwhile)
        said = run("renumber", "107", "580")
    assert said.code == 1
    assert path.read_bytes() == b"by a colleague"
    assert (office.root / RECORD).exists()
    path.unlink()
    assert run("renumber", "107", "580").code == 0


def test_a_save_over_what_was_just_written_is_told(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, append = office.root / RECORD, state.State.append

    def saved_at_once(self: Any, line: bytes) -> None:
        append(self, line)
        path.write_bytes(b"# from the editor's window\n")

    with monkeypatch.context() as patch:
        patch.setattr(state.State, "append", saved_at_once)
        said = run(*LOG)
    assert said.code == 1
    assert "刚写好就被别的程序改了" in said.err
