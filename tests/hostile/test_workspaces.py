"""A workspace that came from elsewhere: nothing in it writes, deletes or reads outside of it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from npcreply.errors import CouldNotError, ForeignStepError
from npcreply.store import names, places
from npcreply.store.journal import PRUNE_EVERY, Change, Journal, ownership
from tests.conftest import Place, Run

WHEN = datetime(2024, 1, 5, 9, 14, tzinfo=timezone(timedelta(hours=8)))
STATE = Path(".npcreply/state")
RECORD = "replies/2023/2023-107.yaml"
posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")


def plant(root: Path, path: str, content: bytes = b"planted", before: str | None = None) -> None:
    """Leave a step to finish, as a stranger would pack it with the workspace."""
    digest = sha256(content).hexdigest()
    blobs = root / STATE / "blobs"
    blobs.mkdir(parents=True, exist_ok=True)
    (blobs / digest).write_bytes(content)
    line = {"step": 9, "when": WHEN.isoformat(), "by": "生人", "command": "log 58.1", "files": []}
    turn = {"path": path, "before": before, "after": digest}
    pending = {"line": json.dumps(line), "files": [turn]}
    (root / STATE / "pending.json").write_text(json.dumps(pending), "utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


# --- a step to finish


def test_a_strangers_step_is_not_finished_without_a_question(office: Place, run: Run) -> None:
    plant(office.root, "replies/2023/2023-999.yaml")
    said = run("log", "107.1", "--value", "6公里")
    assert said.code == 1
    assert "生人 的“log 58.1”没有写完，要写 replies/2023/2023-999.yaml" in said.err
    assert "npcreply init --accept" in said.err
    assert not (office.root / "replies/2023/2023-999.yaml").exists()
    assert run("overdue").code == 0  # reading goes on


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("", 1), ("n", 1)])
def test_on_a_terminal_it_is_asked(answer: str, code: int, office: Place, run: Run) -> None:
    plant(office.root, "replies/2023/2023-999.yaml")
    said = run("log", "107.1", "--value", "6公里", answers=(answer,))
    assert said.code == code
    assert (office.root / "replies/2023/2023-999.yaml").exists() == (code == 0)


def test_init_accept_finishes_it(office: Place, run: Run) -> None:
    plant(office.root, "replies/2023/2023-999.yaml")
    assert run("init", "--accept", cwd=office.root).code == 0
    assert (office.root / "replies/2023/2023-999.yaml").read_bytes() == b"planted"
    assert run("log", "107.1", "--value", "6公里").code == 0


def test_a_strangers_steps_are_not_taken_back_without_a_question(office: Place, run: Run) -> None:
    run("log", "107.1", "--value", "6公里")
    assert run("undo").code == 0
    run("redo")
    (office.root / STATE / ownership.TOKEN).write_bytes(b"of another machine")
    said = run("undo")
    assert said.code == 1
    assert "要撤销或恢复的是" in said.err
    assert run("undo", answers=("y",)).code == 0


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "replies/../../outside.yaml",
        ".git/config",
        "replies/.git/config",
        ".npcreply/state/owner",
        "Makefile",
        "replies",
        "replies/a\0b.yaml",
    ],
)
def test_a_step_writes_only_records_and_settings(path: str, office: Place, run: Run) -> None:
    (office.root / ".git").mkdir()
    (office.root / ".git/config").write_bytes(b"[core]")
    outside = everything(office.root.parent)
    plant(office.root, path)
    ownership.accept(office.root)
    run("log", "107.1", "--value", "6公里")
    found = everything(office.root.parent)
    assert found[f"{office.root.name}/.git/config"] == b"[core]"
    assert not any(b"planted" in data for name, data in found.items() if "blobs" not in name)
    assert outside.keys() <= found.keys() | {f"{office.root.name}/{STATE.as_posix()}/pending.json"}
    assert (office.root / STATE / "pending.damaged").exists()


# --- links


@posix
@pytest.mark.parametrize("known", [True, False])
def test_no_link_is_followed_on_a_write(known: bool, office: Place, run: Run) -> None:
    outside = office.root.parent / "outside"
    outside.mkdir()
    (office.root / "replies/out").symlink_to(outside)
    plant(office.root, "replies/out/hooks")
    if known:
        ownership.accept(office.root)
    assert run("log", "107.1", "--value", "6公里").code == 1
    assert list(outside.iterdir()) == []


@posix
def test_a_record_that_is_a_link_is_not_written(office: Place, run: Run) -> None:
    path, far = office.root / RECORD, office.root.parent / "far.yaml"
    path.rename(far)
    path.symlink_to(far)
    before = far.read_bytes()
    said = run("log", "107.1", "--value", "6公里")
    assert said.code == 1
    assert "是链接" in said.err
    assert far.read_bytes() == before


@posix
@pytest.mark.parametrize("name", ["blobs", "drafts", "journal.jsonl", "pending.json", "lock", "."])
def test_state_behind_a_link_is_refused_and_nothing_pruned(name: str, tmp_path: Path) -> None:
    root, theirs = tmp_path / "root", tmp_path / "theirs"
    (root / STATE).mkdir(parents=True)
    theirs.mkdir()
    (theirs / "通知.docx").write_bytes(b"of somebody")
    if name == ".":
        (root / STATE).rmdir()
    (root / STATE / name).symlink_to(theirs if name in {"blobs", "drafts", "."} else theirs / "x")
    with pytest.raises(CouldNotError, match="是链接"):
        Journal(root).commit("set", [Change(Path("replies/a.yaml"), None, b"a")], WHEN, "甲")
    assert everything(theirs) == {"通知.docx": b"of somebody"}
    assert not (root / "replies").exists()


def test_only_stored_contents_are_pruned(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    content: bytes | None = None
    for number in range(PRUNE_EVERY):
        change = Change(Path("replies/a.yaml"), content, str(number).encode())
        journal.commit("set", [change], WHEN, "甲")
        content = change.after
        (tmp_path / STATE / "blobs" / "纪要.docx").write_bytes(b"a hand's")
    assert (tmp_path / STATE / "blobs" / "纪要.docx").read_bytes() == b"a hand's"


@posix
def test_records_behind_a_link_that_leads_out_are_not_walked(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    for path in (root / "replies/2023/a.yaml", outside / "b.yaml"):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"a: 1")
    (root / "replies/out").symlink_to(outside)
    (root / "replies/up").symlink_to(Path("..") / "..")
    (root / "replies/2024").symlink_to(Path("2023"))
    found = [path.relative_to(root).as_posix() for path in names.record_paths(root)]
    assert found == ["replies/2023/a.yaml", "replies/out", "replies/up"]


@posix
def test_a_folder_that_leads_out_is_named_and_not_counted(office: Place, run: Run) -> None:
    (office.root / "replies/usr").symlink_to("/usr")
    said = run("list")
    assert said.code == 3
    assert "replies/usr" in said.err


# --- pipes, and names that are no names


@posix
@pytest.mark.parametrize("name", ["journal.jsonl", "pending.json", "untold.json"])
def test_a_pipe_in_the_state_keeps_nobody_waiting(name: str, office: Place, run: Run) -> None:
    run("log", "107.1", "--value", "6公里")
    (office.root / STATE / name).unlink(missing_ok=True)
    os.mkfifo(office.root / STATE / name)
    done: list[int] = []
    asking = threading.Thread(
        target=lambda: done.append(run("log", "107.1", "--value", "7公里").code), daemon=True
    )
    asking.start()
    asking.join(20)
    assert done == [1] or name == "untold.json"
    assert done


@posix
def test_a_name_of_two_lines_stays_on_one(office: Place, run: Run) -> None:
    (office.root / "replies/2023/x\n错误：y.yaml").write_bytes(b"\xff")
    said = run("check", cwd=office.root)
    assert "x?错误：y.yaml" in said.out
    assert "\n错误：y" not in said.out


# --- copies beside the records


@pytest.mark.parametrize(
    "name",
    [
        "2023/2023-107 - 副本.yaml",
        "2023/2023-107 - 副本 (2).yaml",
        "2023/2023-107（1）.yaml",
        "2023/2023-107-备份.yml",
        "2023/2023-107 copy.yaml",
        "2023/Copy of 2023-107.yaml",
        "备份/2023-107.yaml",
        "2023-107.YAML",
    ],
)
def test_a_copy_beside_the_record_is_counted_once_and_named(
    name: str, office: Place, run: Run
) -> None:
    before = run("list", "--json").out
    copy = office.root / "replies" / name
    copy.parent.mkdir(exist_ok=True)
    copy.write_bytes((office.root / RECORD).read_bytes())
    for words in (("list", "--json"), ("overdue",), ("stats",)):
        said = run(*words)
        assert said.code == 3
        assert f"replies/{name}" in said.err
    assert run("list", "--json").out == before
    assert f"replies/{name}" in run("check").out
    copy.unlink()
    assert run("list", "--json").code == 0


def test_what_is_left_of_a_record_and_its_copy_counts(office: Place, run: Run) -> None:
    path = office.root / RECORD
    copy = path.with_name("2023-107 - 副本.yaml")
    copy.write_bytes(path.read_bytes())
    assert run("list").code == 3
    path.unlink()
    said = run("list", "--json", "--fields", "id")
    assert said.code == 0
    assert "2023-107 - 副本" in said.out


# --- where outputs land


@pytest.mark.parametrize(
    ("path", "owned"),
    [
        ("replies/2024/2024-58.yaml", True),
        ("REPLIES/x.csv", True),
        ("schema.yaml", True),
        ("tables.yaml", True),
        ("collected/R2024-10.yaml", True),
        (".npcreply/state", True),
        (".npcreply/index/x.csv", True),
        ("x.csv", False),
        ("out/schema.yaml", False),
        ("../x.csv", False),
    ],
)
def test_outputs_have_no_place_among_what_is_kept(path: str, owned: bool, office: Place) -> None:
    assert (places.owner(office.root / path) is not None) is owned


@pytest.mark.parametrize(
    "words",
    [
        ("export", "--format", "csv", "-o", RECORD),
        ("export", "--format", "csv", "-o", "schema.yaml"),
        ("export", "--format", "json", "-o", ".npcreply/state/journal.jsonl"),
        ("report", "-o", "replies/2023/会议.html"),
        ("draft", "58.txt", "--out", ".npcreply/state"),
        ("draft", "58.txt", "--out", "replies/2024"),
    ],
)
def test_no_output_lands_on_records(words: tuple[str, ...], office: Place, run: Run) -> None:
    run("log", "107.1", "--value", "6公里")
    (office.root / "58.txt").write_text("关于建设学校的答复", "utf-8")
    before = everything(office.root)
    said = run(*words, cwd=office.root)
    assert said.code == 2
    assert "在资料库自己的文件里" in said.err
    now = everything(office.root)
    kept = {name for name in before if not name.startswith(".npcreply/index")}
    assert {name: now[name] for name in kept} == {name: before[name] for name in kept}
    assert {name for name in now if not name.startswith(".npcreply/index")} == kept


# --- contents that cannot be read back


@pytest.mark.parametrize(
    "harm",
    [
        lambda blob: blob.write_bytes(b"x" * blob.stat().st_size),
        Path.unlink,
        lambda blob: blob.write_bytes(b""),
    ],
)
def test_renumber_after_its_stored_content_was_damaged(
    harm: Callable[[Path], object], office: Place, run: Run
) -> None:
    assert run("renumber", "107", "580").code == 0
    moved = office.root / "replies/2023/2023-580.yaml"
    blob = office.root / STATE / "blobs" / sha256(moved.read_bytes()).hexdigest()
    assert run("undo").code == 0
    harm(blob)
    assert run("renumber", "107", "580").code == 0
    assert moved.exists()
    assert not (office.root / RECORD).exists()
    assert run("undo").code == 0
    assert (office.root / RECORD).exists()


@posix
@pytest.mark.skipif(os.name != "nt" and os.getuid() == 0, reason="root reads everything")
def test_nothing_is_written_where_a_content_cannot_be_read_back(office: Place, run: Run) -> None:
    run("renumber", "107", "580")
    run("undo")
    (office.root / STATE / "blobs").chmod(0o300)
    assert run("renumber", "107", "580").code == 1
    assert (office.root / RECORD).exists()


def test_a_content_that_does_not_come_back_stops_the_step_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = Path("replies/58.yaml"), Path("replies/580.yaml")
    (tmp_path / "replies").mkdir()
    (tmp_path / old).write_bytes(b"58")
    journal = Journal(tmp_path)
    monkeypatch.setattr("npcreply.store.journal.state.State.content", lambda _self, _digest: None)
    with pytest.raises(CouldNotError, match="读不回来"):
        journal.commit(
            "renumber", [Change(old, b"58", None), Change(new, None, b"580")], WHEN, "甲"
        )
    assert (tmp_path / old).read_bytes() == b"58"
    assert not (tmp_path / new).exists()
    assert not (tmp_path / STATE / "pending.json").exists()


def test_a_workspace_is_known_where_its_first_step_was_made(tmp_path: Path) -> None:
    Journal(tmp_path).commit("set", [Change(Path("replies/a.yaml"), None, b"a")], WHEN, "甲")
    assert ownership.is_known(tmp_path)
    moved = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    tmp_path.rename(moved)
    assert not ownership.is_known(moved)
    with pytest.raises(ForeignStepError):
        Journal(moved).undo(1, WHEN, "甲")
    moved.rename(tmp_path)
    assert [step.number for step in Journal(tmp_path).undo(1, WHEN, "甲")] == [1]
