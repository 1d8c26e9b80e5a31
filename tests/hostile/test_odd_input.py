"""Odd words on the command line, odd programs and odd tables end in a sentence."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from npcreply.index import engine
from npcreply.store import files
from tests.conftest import Place, Run


@pytest.mark.parametrize("name", ["x" * 5000, "x/" * 3000, "no such folder"])
def test_a_folder_that_cannot_be(name: str, office: Place, run: Run) -> None:
    said = run("-C", name, "list")
    assert said.code == 5
    assert len(said.err) < 500


@pytest.mark.skipif(os.name == "nt", reason="the words of a POSIX shell")
@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("'", "引号没有收尾"),
        ("rm", "要改的文件不在了"),
        ("no-such-editor", "打不开"),
        ("false", "没有正常结束"),
    ],
)
def test_an_editor_that_is_none(
    editor: str, words: str, office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    said = run("edit", "107", answers=("q",))
    assert said.code == 1
    assert words in said.err
    assert "程序出错" not in said.err


def test_a_program_in_the_current_folder_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("git", "git.exe", "git.bat"):
        (tmp_path / name).write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert files.program("git") is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Path(files.program("git") or "").parent == tmp_path


def test_a_table_with_a_row_of_one_cell(office: Place, run: Run, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    run("export", "--format", "csv", "--rows", "measure", "-o", str(table))
    head = table.read_text("utf-8-sig").splitlines()[0]
    table.write_text(f"{head}\n1\n", "utf-8")
    said = run("import", str(table), "--yes")
    assert "程序出错" not in said.err
    assert "没有编号" in said.out + said.err


@pytest.mark.parametrize(
    "words", [("list", "--text", "\udcff"), ("overdue", "--dept", "\udcff"), ("show", "\udcff")]
)
def test_half_a_character(words: tuple[str, ...], office: Place, run: Run) -> None:
    said = run(*words)
    assert "程序出错" not in said.err


def test_leftovers_of_killed_processes_are_cleared(office: Place, run: Run) -> None:
    run("log", "107.1", "--value", "6公里")
    state, index = office.root / ".npcreply/state", office.root / ".npcreply/index"
    left = [
        *(state / "blobs" / ".npcreply-99999-0.tmp", state / ".npcreply-99999-0.tmp"),
        *(index / "schema.99999.tmp", index / "rules.99999.tmp", index / ".npcreply-99999-0.tmp"),
    ]
    for path in left:
        path.write_bytes(b"half of it")
    (index / "schema.json").unlink()
    run("log", "107.1", "--value", "7公里")
    assert not [path.name for path in left if path.exists()]


@pytest.mark.skipif(os.name == "nt", reason="groups of POSIX")
@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_what_is_made_in_a_shared_folder_is_shared(umask: int, office: Place, run: Run) -> None:
    for folder in (office.root, office.root / "replies", office.root / "replies/2023"):
        folder.chmod(0o2775)
    (office.root / "replies/2023/2023-107.yaml").chmod(0o664)
    before = os.umask(umask)
    try:
        run("log", "107.1", "--value", "6公里")
        run("renumber", "107", "580")
        run("overdue")
    finally:
        os.umask(before)
    made = [*(office.root / ".npcreply").rglob("*"), *office.root.glob("replies/*/*-580.yaml")]
    assert {"journal.jsonl", engine.FILE.name, "lock", "blobs"} <= {path.name for path in made}
    for path in made:
        mode = path.stat().st_mode
        wanted = 0o2070 if path.is_dir() else 0o060
        assert mode & wanted == wanted, path


def test_interrupted_while_it_indexes_it_goes_on(
    office: Place, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from npcreply.index import freshness, refresh

    for number in range(300, 307):
        text = (office.root / "replies/2023/2023-107.yaml").read_text("utf-8")
        office.write(f"2023/2023-{number}", text.replace('"107"', f'"{number}"'))
    for path in office.root.glob("replies/*/*.yaml"):
        os.utime(path, (0, 1_700_000_000))  # a young file is looked at again in any case
    time.sleep(0.05)
    monkeypatch.setattr(refresh, "_AT_ONCE", 2)
    taken: list[str] = []
    take = freshness.take

    def interrupted(listed: freshness.Listed) -> freshness.Taken:
        taken.append(listed.name)
        if len(taken) == 6:
            raise KeyboardInterrupt
        return take(listed)

    monkeypatch.setattr(freshness, "take", interrupted)
    said = run("list")
    assert said.code == 130
    assert "资料没有改动" in said.err
    assert "undo" not in said.err
    assert run("list").code == 0
    first, again = taken[:6], taken[6:]
    assert len(set(first[:4]) & set(again)) == 0
