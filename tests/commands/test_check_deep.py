"""`check --deep` and --repair: each fault made, said with its repair, and mended where that is safe."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from npcreply.index import engine, refresh
from tests.conftest import Place, Run

STATE = Path(".npcreply/state")


def codes(run: Run) -> list[tuple[str, str]]:
    return [(f["code"], f["path"]) for f in run("check", "--deep", "--json").rows]


@pytest.fixture(autouse=True)
def _written(office: Place, run: Run) -> None:
    run("log", "107.1", "--value", "6公里")
    run("log", "107.1", "--value", "7公里")


def found(run: Run, code: str) -> list[str]:
    return [path for name, path in codes(run) if name == code]


BEHIND = {"index", "gone", "content", "leftover", "steps", "gap", "journal"}


def test_a_sound_workspace_has_nothing_behind_it(office: Place, run: Run) -> None:
    assert not BEHIND & {code for code, _path in codes(run)}


def test_leftovers_are_named_and_cleared(office: Place, run: Run) -> None:
    left = [
        office.root / STATE / "blobs/.npcreply-99999-0.tmp",
        office.root / "replies/2023/.npcreply-99999-1.tmp",
        office.root / "collected/.npcreply-99999-2.tmp",
    ]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half of it")
    assert len(found(run, "leftover")) == 3
    said = run("check", "--repair")
    assert "清掉了 3 个临时文件。" in said.err
    assert not any(path.exists() for path in left)
    assert not found(run, "leftover")


def test_a_strangers_temporary_file_is_left_alone(office: Place, run: Run) -> None:
    path = office.root / "replies/2023/会议.tmp"
    path.write_bytes(b"of somebody")
    run("check", "--repair")
    assert path.read_bytes() == b"of somebody"


def test_a_record_that_went_without_a_command(office: Place, run: Run) -> None:
    path = office.root / "replies/2023/2023-107.yaml"
    content = path.read_bytes()
    path.unlink()
    finding = next(f for f in run("check", "--deep", "--json").rows if f["code"] == "gone")
    assert finding["path"] == "replies/2023/2023-107.yaml"
    blob = finding["remedy"].partition("把 ")[2].partition(" 复制成")[0]
    assert (office.root / blob).read_bytes() == content
    run("check", "--repair")
    assert not path.exists()  # whether it was meant to go, only the clerk knows


def test_a_record_taken_out_by_command_is_not_missed(office: Place, run: Run) -> None:
    run("rm", "107", "--reason", "录错", "--yes")
    assert not (office.root / "replies/2023/2023-107.yaml").exists()
    assert not found(run, "gone")


def test_a_damaged_content_of_a_step(office: Place, run: Run) -> None:
    before = (office.root / "replies/2023/2023-107.yaml").read_bytes()
    for blob in (office.root / STATE / "blobs").iterdir():
        blob.write_bytes(b"damaged")
    assert found(run, "content")
    run("check", "--repair")
    assert (office.root / "replies/2023/2023-107.yaml").read_bytes() == before


def test_a_step_that_is_missing_from_the_journal(office: Place, run: Run) -> None:
    journal = office.root / STATE / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().split(b"\n", 1)[1])
    assert found(run, "steps") == [".npcreply/state/journal.jsonl"]


def test_a_number_of_a_promise_that_is_missing(office: Place, run: Run) -> None:
    text = office.text("2023/2023-107")
    start, end = text.index("  - id: 2\n"), text.index("  - id: 3\n")
    office.write("2023/2023-107", text[:start] + text[end:])
    assert found(run, "gap") == ["replies/2023/2023-107.yaml"]


def test_an_index_that_answers_otherwise(office: Place, run: Run) -> None:
    """A row changed with its seal made to fit: what no look at the file's state can tell."""
    run("overdue")
    path = office.root / engine.FILE
    with closing(sqlite3.connect(path)) as index, index:
        index.execute("UPDATE promise SET words = 1")
    state = refresh._state(path)  # the seal is made as the program makes it
    path.with_suffix(refresh.SEAL).write_text(state, "ascii")
    said = run("check", "--deep")
    assert said.code == 3
    assert "索引答的和文件里写的不一样" in said.out
    assert "索引已重建。" in run("check", "--repair").err
    assert not found(run, "index")


def test_screen(office: Place, run: Run, golden: Callable[[str, str], None]) -> None:
    (office.root / "replies/2023/.npcreply-99999-1.tmp").write_bytes(b"half of it")
    office.path("2023/2023-107").unlink()
    golden("check_deep", run("check", "--deep").out)


def test_the_whole_workspace_or_some_files(office: Place, run: Run) -> None:
    said = run("check", "replies", "--deep")
    assert said.code == 2
    assert "去掉路径" in said.err


def test_a_workspace_that_was_never_written_stays_as_it_is(tmp_path: Path, run: Run) -> None:
    run("init", str(tmp_path / "new"))
    there = set((tmp_path / "new").rglob("*"))
    assert run("-C", str(tmp_path / "new"), "check", "--deep").code == 0
    new = set((tmp_path / "new").rglob("*")) - there
    assert all("index" in path.parts or path.name == ".npcreply" for path in new)


def everything(office: Place) -> dict[str, bytes]:
    """Return what lies in the workspace, but for the journal, which goes on, and the index."""
    every = [path for path in office.root.rglob("*") if path.is_file()]
    named = {path.relative_to(office.root).as_posix(): path for path in every}
    passing = ("journal.jsonl", "untold.json", "lock")
    own = (f"{STATE.as_posix()}/taken/", ".npcreply/index/")
    return {
        name: path.read_bytes()
        for name, path in named.items()
        if path.name not in passing and not name.startswith(own)
    }


def test_repair_is_one_step_and_undo_brings_back_what_it_took(office: Place, run: Run) -> None:
    (office.root / STATE / "blobs" / ("0" * 64)).write_bytes(b"of no step")
    (office.root / STATE / "pending.damaged").write_bytes(b"{half a note")
    (office.root / "replies/2023/.npcreply-99999-1.tmp").write_bytes(b"half a record")
    assert found(run, "unreferred") == [f"{STATE.as_posix()}/blobs"]
    assert found(run, "leftover") == ["replies/2023/.npcreply-99999-1.tmp"]
    assert found(run, "pending-damaged") == [f"{STATE.as_posix()}/pending.damaged"]
    before = everything(office)
    said = run("check", "--repair")
    assert "收走了 1 份没有哪一步用得着的内容。" in said.err
    assert "收走了读不出来的那一步的说明。" in said.err
    assert len(before) - len(everything(office)) == 3
    assert not {"unreferred", "leftover", "pending-damaged"} & {code for code, _ in codes(run)}
    assert "撤销 1 步" in run("undo").out
    assert everything(office) == before
    assert "恢复 1 步" in run("redo").out
    assert len(before) - len(everything(office)) == 3
    assert run("undo", "2").code == 0  # and the steps before it can be taken back as ever


def test_a_plain_check_names_the_note_that_could_not_be_read(office: Place, run: Run) -> None:
    (office.root / STATE / "pending.damaged").write_bytes(b"{half a note")
    rows = run("check", "--json").rows
    assert ["check --repair" in f["remedy"] for f in rows if f["code"] == "pending-damaged"] == [
        True
    ]


def test_contents_are_left_where_a_line_of_the_history_is_damaged(office: Place, run: Run) -> None:
    """The line may have been the one that refers to them."""
    content = office.root / STATE / "blobs" / ("0" * 64)
    content.write_bytes(b"perhaps of a step")
    with (office.root / STATE / "journal.jsonl").open("ab") as file:
        file.write(b"half a line\n")
    run("check", "--repair")
    assert content.exists()
