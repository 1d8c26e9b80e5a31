"""A step is whole, even after kill -9; undo and redo refuse what was changed since."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

import npcreply
from npcreply.errors import ChangedMeanwhileError, CouldNotError, UsageError
from npcreply.store.journal import Change, Journal, ownership

WHEN = datetime(2024, 1, 5, 9, 14, tzinfo=timezone(timedelta(hours=8)))
HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(npcreply.__file__).parents[1])}
STATE = Path(".npcreply/state")
A, B, C = (f"replies/2023/{name}.yaml" for name in "abc")
Contents = Mapping[str, bytes | None]


def contents(root: Path) -> dict[str, bytes]:
    paths = [path for path in root.rglob("*") if path.is_file()]
    named = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in named.items() if ".npcreply/" not in name}


def write(root: Path, files: Contents) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data or b"")


def commit(
    root: Path, after: Contents, command: str = "set", journal: Journal | None = None
) -> int:
    now = contents(root)
    changes = [Change(Path(name), now.get(name), data) for name, data in after.items()]
    step = (journal or Journal(root)).commit(command, changes, WHEN, "甲")
    return step.number if step else 0


def undo(root: Path, count: int = 1) -> list[int]:
    return [step.number for step in Journal(root).undo(count, WHEN, "甲")]


def redo(root: Path, count: int = 1) -> list[int]:
    return [step.number for step in Journal(root).redo(count, WHEN, "甲")]


def listed(root: Path) -> list[tuple[int, str, bool]]:
    return [(step.number, step.command, step.undone) for step in Journal(root).steps()]


def codes(journal: Journal) -> list[str]:
    return [doubt.code for doubt in journal.doubts]


def temps(root: Path) -> list[Path]:
    return [*root.glob("replies/**/.npcreply-*"), *(root / STATE).glob(".npcreply-*")]


# --- steps


def test_a_step_changes_makes_and_removes(tmp_path: Path) -> None:
    write(tmp_path, {A: b"old", C: b"gone"})
    step = Journal(tmp_path).commit(
        "set 温46.1 deadline=年底",
        [
            Change(Path(A), b"old", b"new\r\n"),
            Change(Path("replies/2024/b.yaml"), None, b""),
            Change(Path(C), b"gone", None),
        ],
        WHEN,
        "甲",
    )
    assert step is not None
    assert contents(tmp_path) == {A: b"new\r\n", "replies/2024/b.yaml": b""}
    assert Journal(tmp_path).steps() == [step]
    assert (step.number, step.when, step.by) == (1, WHEN, "甲")
    assert [turn.path.as_posix() for turn in step.files] == [A, "replies/2024/b.yaml", C]
    assert not (tmp_path / STATE / "pending.json").exists()
    assert not temps(tmp_path)


def test_a_step_can_be_looked_into(tmp_path: Path) -> None:
    write(tmp_path, {A: b"old"})
    commit(tmp_path, {A: b"new", B: b"b"})
    (step,) = Journal(tmp_path).steps()
    assert Journal(tmp_path).changes(step) == [
        Change(Path(A), b"old", b"new"),
        Change(Path(B), None, b"b"),
    ]


def test_nothing_to_change_is_no_step(tmp_path: Path) -> None:
    write(tmp_path, {A: b"old"})
    assert not commit(tmp_path, {A: b"old", B: None})
    assert not (tmp_path / ".npcreply").exists()
    assert commit(tmp_path, {A: b"old", B: b"b"}) == 1
    (step,) = Journal(tmp_path).steps()
    assert [turn.path.as_posix() for turn in step.files] == [B]


@pytest.mark.parametrize(
    ("before", "words"),
    [(b"what was read", "读入以后被别人改过"), (None, "已经有")],
)
def test_a_file_changed_meanwhile_stops_the_step(
    tmp_path: Path, before: bytes | None, words: str
) -> None:
    write(tmp_path, {A: b"a", B: b"typed by a colleague"})
    changes = [Change(Path(A), b"a", b"new"), Change(Path(B), before, b"new")]
    with pytest.raises(ChangedMeanwhileError, match=words) as caught:
        Journal(tmp_path).commit("set", changes, WHEN, "甲")
    assert B in caught.value.message
    assert contents(tmp_path) == {A: b"a", B: b"typed by a colleague"}
    assert listed(tmp_path) == []


def test_a_file_gone_meanwhile_stops_the_step(tmp_path: Path) -> None:
    with pytest.raises(ChangedMeanwhileError, match="被删除"):
        Journal(tmp_path).commit("set", [Change(Path(A), b"a", b"b")], WHEN, "甲")
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("path", ["../x.yaml", "/tmp/x.yaml", "replies/../../x.yaml"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match=r"x\.yaml"):
        Journal(tmp_path / "root").commit("set", [Change(Path(path), None, b"x")], WHEN, "甲")


def test_one_file_twice_is_no_step(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"a\.yaml"):
        Journal(tmp_path).commit("set", [Change(Path(A), None, b"x")] * 2, WHEN, "甲")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_step_that_fails_half_way_is_taken_back(tmp_path: Path) -> None:
    write(tmp_path, {A: b"a", C: b"c", "replies/2024": b"a file where a folder should be"})
    with pytest.raises(CouldNotError, match=r"2024 写不进去"):
        commit(tmp_path, {A: b"new", C: None, "replies/d.yaml": b"d", "replies/2024/b.yaml": b"b"})
    (tmp_path / "replies/2024").unlink()
    assert contents(tmp_path) == {A: b"a", C: b"c"}
    assert not temps(tmp_path)
    journal = Journal(tmp_path)
    assert commit(tmp_path, {A: b"new"}, journal=journal) == 1
    assert journal.doubts == []


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"a"})
    with (
        FileLock(tmp_path / STATE / "lock"),
        pytest.raises(CouldNotError, match="另一个 npcreply 正在写"),
    ):
        Journal(tmp_path, patience=0).commit("set", [Change(Path(B), None, b"b")], WHEN, "甲")
    assert contents(tmp_path) == {A: b"a"}
    assert commit(tmp_path, {B: b"b"}) == 2


def test_without_a_state_folder_one_can_look_but_not_write(tmp_path: Path) -> None:
    write(tmp_path, {A: b"a"})
    (tmp_path / ".npcreply").write_bytes(b"a file in its place")
    with pytest.raises(CouldNotError, match="只能看，不能改") as caught:
        commit(tmp_path, {A: b"new"})
    assert ".npcreply/state" in caught.value.message
    assert (listed(tmp_path), undo(tmp_path)) == ([], [])
    assert (tmp_path / A).read_bytes() == b"a"


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_read_only_workspace_can_be_read(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"a"})
    for folder in (tmp_path / STATE, tmp_path / STATE / "lock"):
        folder.chmod(0o500)
    if os.access(tmp_path / STATE, os.W_OK):
        pytest.skip("root may write everywhere")
    with pytest.raises(CouldNotError, match="写不进去"):
        commit(tmp_path, {A: b"new"})
    assert listed(tmp_path) == [(1, "set", False)]
    assert contents(tmp_path) == {A: b"a"}


# --- undo and redo


def test_undo_and_redo_newest_first(tmp_path: Path) -> None:
    write(tmp_path, {A: b"0"})
    for number in (1, 2, 3):
        commit(tmp_path, {A: b"%d" % number, f"replies/{number}.yaml": b"x"}, f"set {number}")
    assert undo(tmp_path, 2) == [3, 2]
    assert contents(tmp_path) == {A: b"1", "replies/1.yaml": b"x"}
    assert listed(tmp_path) == [(1, "set 1", False), (2, "set 2", True), (3, "set 3", True)]
    assert redo(tmp_path) == [2]
    assert contents(tmp_path)[A] == b"2"
    assert undo(tmp_path, 9) == [2, 1]
    assert contents(tmp_path) == {A: b"0"}
    assert undo(tmp_path) == []
    assert redo(tmp_path, 9) == [1, 2, 3]
    assert contents(tmp_path)[A] == b"3"
    assert redo(tmp_path) == []


def test_undo_brings_back_what_was_removed(tmp_path: Path) -> None:
    write(tmp_path, {A: b"a"})
    commit(tmp_path, {A: None}, "rm")
    shutil.rmtree(tmp_path / "replies")
    assert undo(tmp_path) == [1]
    assert contents(tmp_path) == {A: b"a"}


def test_a_new_step_ends_what_could_be_redone(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1"})
    commit(tmp_path, {A: b"2"})
    undo(tmp_path)
    assert commit(tmp_path, {B: b"b"}) == 3
    assert redo(tmp_path) == []
    assert undo(tmp_path, 2) == [3, 1]
    assert redo(tmp_path, 5) == [1, 3]
    assert [number for number, _command, undone in listed(tmp_path) if undone] == [2]


def test_undo_refuses_a_file_changed_since_and_does_nothing(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1", B: b"1"}, "add 温46")
    commit(tmp_path, {B: b"2"})
    write(tmp_path, {A: b"typed by hand"})
    with pytest.raises(ChangedMeanwhileError, match="add 温46") as caught:
        undo(tmp_path, 2)
    assert A in caught.value.message
    assert "npcreply edit" in caught.value.remedy
    assert contents(tmp_path) == {A: b"typed by hand", B: b"2"}
    assert undo(tmp_path) == [2]


def test_redo_refuses_a_file_changed_since(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1"})
    undo(tmp_path)
    write(tmp_path, {A: b"typed by hand"})
    with pytest.raises(ChangedMeanwhileError, match="不能恢复"):
        redo(tmp_path)
    assert contents(tmp_path) == {A: b"typed by hand"}


def test_a_dry_run_says_and_does_nothing(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1"})
    commit(tmp_path, {A: b"2"})
    (step,) = Journal(tmp_path).undo(1, WHEN, "甲", dry_run=True)
    assert (step.number, step.undone) == (2, False)
    assert contents(tmp_path) == {A: b"2"}
    assert not any(undone for *_step, undone in listed(tmp_path))
    write(tmp_path, {A: b"typed by hand"})
    with pytest.raises(ChangedMeanwhileError):
        Journal(tmp_path).undo(1, WHEN, "甲", dry_run=True)


def test_undo_where_nothing_was_written_makes_nothing(tmp_path: Path) -> None:
    assert (undo(tmp_path), redo(tmp_path), listed(tmp_path)) == ([], [], [])
    assert not (tmp_path / ".npcreply").exists()
    with pytest.raises(UsageError):
        undo(tmp_path, 0)


@pytest.mark.parametrize("damage", [Path.unlink, lambda blob: blob.write_bytes(b"x")])
def test_a_step_whose_content_is_gone_is_refused(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    commit(tmp_path, {A: b"1"})
    commit(tmp_path, {A: b"2"})
    damage(tmp_path / STATE / "blobs" / hashlib.sha256(b"1").hexdigest())
    with pytest.raises(CouldNotError, match="500"):
        undo(tmp_path)
    assert contents(tmp_path) == {A: b"2"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(st.integers(0, 2), st.sampled_from(["undo", "redo"])), max_size=12))
def test_undo_and_redo_are_an_editors(
    tmp_path_factory: pytest.TempPathFactory, doings: list[int | str]
) -> None:
    root = tmp_path_factory.mktemp("root")
    now: dict[str, bytes | None] = {}
    past: list[dict[str, bytes | None]] = []
    future: list[dict[str, bytes | None]] = []
    for number, doing in enumerate(doings):
        if doing == "undo":
            undo(root)
            if past:
                future.append(now)
                now = past.pop()
        elif doing == "redo":
            redo(root)
            if future:
                past.append(now)
                now = future.pop()
        else:
            past.append(now)
            now, future = {**now, f"replies/{doing}.yaml": b"%d" % number}, []
            commit(root, now)
        assert contents(root) == now


# --- the journal's own file


def test_a_line_torn_by_a_power_cut_is_skipped_and_named(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1"}, "first")
    commit(tmp_path, {A: b"2"}, "second")
    log = tmp_path / STATE / "journal.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    journal = Journal(tmp_path)
    assert [step.command for step in journal.steps()] == ["first"]
    (doubt,) = journal.doubts
    assert (doubt.path, doubt.line) == (".npcreply/state/journal.jsonl", 2)
    assert commit(tmp_path, {A: b"3"}, "third") == 2
    assert [command for _number, command, _undone in listed(tmp_path)] == ["first", "third"]
    assert len(log.read_bytes().splitlines()) == 3
    assert undo(tmp_path) == [2]
    assert contents(tmp_path) == {A: b"2"}


OUTSIDE = (
    b'{"step": 2, "when": "2024-01-05", "by": "", "command": "", "files": '
    b'[{"path": "../x", "before": null, "after": null}]}'
)


def test_a_line_in_the_writing_is_not_damaged(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1"})
    with (tmp_path / STATE / "journal.jsonl").open("ab") as log:
        log.write(b'{"step": 2, ')
    (tmp_path / STATE / "pending.json").write_bytes(b"{}")
    journal = Journal(tmp_path)
    assert [step.number for step in journal.steps()] == [1]
    assert journal.doubts == []


@pytest.mark.parametrize(
    "line",
    [
        b"\0\0\0\0",
        b"{}",
        b"[]",
        b"\xff",
        b'{"step": 2}',
        b"[" * 100_000,
        OUTSIDE,
        b'{"undo": "x", "when": "2024-01-05"}',
        b'{"undo": [7, 7], "when": "2024-01-05", "by": ""}',
    ],
)
def test_no_line_makes_the_journal_fall_over(tmp_path: Path, line: bytes) -> None:
    commit(tmp_path, {A: b"1"})
    with (tmp_path / STATE / "journal.jsonl").open("ab") as log:
        log.write(line + b"\n")
    assert listed(tmp_path) == [(1, "set", False)]
    assert commit(tmp_path, {A: b"2"}) == 2
    assert undo(tmp_path, 2) == [2, 1]


def test_odd_words_come_back_as_they_were(tmp_path: Path) -> None:
    command = 'add --title "一\n二\u2028\udcce" 𠮷'
    commit(tmp_path, {A: b"1"}, command)
    assert listed(tmp_path) == [(1, command, False)]
    assert (tmp_path / STATE / "journal.jsonl").read_bytes().count(b"\n") == 1


def test_contents_of_old_steps_are_given_up(tmp_path: Path) -> None:
    """Of 550 steps the 51st is the oldest whose contents are kept; only each 50th step looks."""
    commit(tmp_path, {A: b"1"})
    log, blobs = (tmp_path / STATE / name for name in ("journal.jsonl", "blobs"))
    entry = json.loads(log.read_bytes())
    for number in range(2, 549):
        entry["files"][0] |= {"path": B, "before": None, "after": f"{number:064}"}
        with log.open("ab") as file:
            file.write(json.dumps(entry | {"step": number}).encode() + b"\n")
        (blobs / f"{number:064}").write_bytes(b"")
    (blobs / ".npcreply-1-0.tmp").write_bytes(b"left by a kill")
    (blobs / "通知.docx").write_bytes(b"put there by a hand")
    assert commit(tmp_path, {A: b"2"}) == 549
    assert len(list(blobs.iterdir())) == 2 + 547 + 1
    assert commit(tmp_path, {A: b"3"}) == 550
    kept = {f"{number:064}" for number in range(51, 549)}
    kept |= {hashlib.sha256(data).hexdigest() for data in (b"1", b"2", b"3")} | {"通知.docx"}
    assert {blob.name for blob in blobs.iterdir()} == kept
    assert len(Journal(tmp_path).steps()) == 550


# --- kill -9


Writer = Callable[[Path, int, str], bool]


@pytest.fixture(scope="module")
def killed() -> Iterator[Writer]:
    """Let a writer of its own commit a step and die at its n-th call; whether it survived."""
    script = [sys.executable, str(HERE / "killed_writer.py")]
    with subprocess.Popen(
        script,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin
        assert process.stdout

        def write(root: Path, number: int, what: str) -> bool:
            process.stdin.write(json.dumps([str(root), number, what]) + "\n")
            process.stdin.flush()
            ended = process.stdout.readline().strip()
            assert ended in ("survived", "killed"), ended
            return ended == "survived"

        yield write
        process.stdin.close()


OLD: dict[str, bytes] = {A: b"old\n", C: b"c\n"}
NEW = {A: b"old\nnew\n", "replies/2024/b.yaml": b"b\n" * 2000}


def records(root: Path) -> dict[str, bytes]:
    return {name: data for name, data in contents(root).items() if not name.endswith(".tmp")}


def assert_whole(root: Path) -> None:
    found = records(root)
    for name in {*OLD, *NEW}:
        assert found.pop(name, None) in (OLD.get(name), NEW.get(name))
    assert set(found) <= {"replies/2023/d.yaml"}


def assert_goes_on(root: Path) -> None:
    """The next writer finishes the step, or it had not begun; and all can be undone."""
    begun = (root / STATE / "pending.json").exists()
    journal = Journal(root)
    commit(root, {B: b"b"}, "next", journal)
    commands = [step.command for step in journal.steps()]
    assert commands in (["next"], ["three", "next"])
    assert contents(root) == {**(NEW if "three" in commands else OLD), B: b"b"}
    assert set(codes(journal)) <= {"step-finished"}
    if begun:
        assert "three" in commands
    assert not temps(root)
    assert undo(root, 9) == list(range(len(commands), 0, -1))
    assert contents(root) == OLD


def test_killed_at_any_call_a_step_is_finished_or_has_not_begun(
    tmp_path: Path, killed: Writer
) -> None:
    for number in range(1, 200):
        root = tmp_path / str(number)
        write(root, OLD)
        survived = killed(root, number, "three")
        assert_whole(root)
        assert_goes_on(root)
        if survived:
            break
    assert 20 < number < 200


@pytest.fixture(scope="module")
def half_done(tmp_path_factory: pytest.TempPathFactory, killed: Writer) -> Path:
    """A workspace whose step of three files was killed after the first of them; copy it."""
    for number in range(20, 100):  # before that, only contents are stored
        root = tmp_path_factory.mktemp("half")
        write(root, OLD)
        killed(root, number, "three")
        if records(root) not in (OLD, NEW):
            return root
    raise AssertionError


def moved(half_done: Path, root: Path) -> Path:
    """A copy at another place, known to this user as the first one was."""
    shutil.copytree(half_done, root)
    ownership.accept(root)
    return root


def test_a_writer_killed_while_it_finishes_is_finished_by_the_next(
    tmp_path: Path, half_done: Path, killed: Writer
) -> None:
    for number in range(1, 200):
        root = tmp_path / str(number)
        moved(half_done, root)
        survived = killed(root, number, "one")
        assert_whole(root)
        commit(root, {B: b"b"}, "next")
        found = contents(root)
        assert found.pop("replies/2023/d.yaml", b"d\n") == b"d\n"
        assert found == {**NEW, B: b"b"}
        commands = [command for _number, command, _undone in listed(root)]
        assert commands in (["three", "next"], ["three", "one", "next"])
        assert not temps(root)
        if survived:
            break
    assert 20 < number < 200


def test_a_file_touched_after_the_kill_is_left_alone_and_named(
    tmp_path: Path, half_done: Path
) -> None:
    root = moved(half_done, tmp_path / "root")
    (untouched,) = {A, C} & {name for name, data in records(root).items() if OLD.get(name) == data}
    write(root, {untouched: b"typed by hand"})
    journal = Journal(root)
    commit(root, {B: b"b"}, "next", journal)
    assert contents(root)[untouched] == b"typed by hand"
    named = [doubt.path for doubt in journal.doubts if doubt.code == "file-left-alone"]
    assert named == [untouched]


def test_a_damaged_pending_step_does_not_stop_the_next(tmp_path: Path) -> None:
    commit(tmp_path, {A: b"1"})
    (tmp_path / STATE / "pending.json").write_bytes(b"{")
    journal = Journal(tmp_path)
    assert commit(tmp_path, {A: b"2"}, "next", journal) == 2
    assert codes(journal) == ["step-lost"]


def test_a_step_whose_contents_were_lost_does_not_stop_the_next(
    tmp_path: Path, half_done: Path
) -> None:
    root = moved(half_done, tmp_path / "root")
    shutil.rmtree(root / STATE / "blobs")
    journal = Journal(root)
    commit(root, {B: b"b"}, "next", journal)
    assert codes(journal) == ["step-lost"]
    assert [step.command for step in journal.steps()] == ["next"]
    (root / B).unlink()
    assert_whole(root)


# --- two writers


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    write(tmp_path, {A: b""})
    script = [sys.executable, str(HERE / "killed_writer.py"), str(tmp_path), "0", "50"]
    writers = [subprocess.Popen([*script, name], env=ENVIRONMENT) for name in ("x", "y")]
    assert [writer.wait() for writer in writers] == [0, 0]
    lines = (tmp_path / A).read_text("utf-8").split()
    assert lines == [step.command for step in Journal(tmp_path).steps()]
    for name in ("x", "y"):
        assert [line for line in lines if line[0] == name] == [f"{name}{n}" for n in range(50)]
    assert undo(tmp_path, 200) == list(range(100, 0, -1))
    assert contents(tmp_path) == {A: b""}
