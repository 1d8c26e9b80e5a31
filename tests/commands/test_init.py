from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import Run


def test_a_new_workspace_is_ready(folder: Path, run: Run) -> None:
    said = run("init", "督办")
    assert (said.code, said.out.splitlines()) == (
        0,
        ["新建 schema.yaml", "新建 .gitattributes", "新建 .gitignore"],
    )
    assert "npcreply add" in said.err
    place = folder / "督办"
    assert run("list", cwd=place).out == "资料库是空的。第一条：npcreply add\n"
    assert run("check", "--strict", cwd=place).code == 0
    assert "*.yaml" in (place / ".gitattributes").read_text("utf-8")
    assert ".npcreply/" in (place / ".gitignore").read_text("utf-8")


def test_here_without_a_folder(folder: Path, run: Run) -> None:
    assert run("init").code == 0
    assert run("stats").code == 0


def test_examples_are_sound_and_can_be_removed(folder: Path, run: Run) -> None:
    assert run("init", "--example").code == 0
    late = run("check", "--strict", env={"NPCREPLY_TODAY": "2026-01-05"})
    assert (late.code, late.out) == (0, "查了 2 个文件：错误 0，疑点 0\n")
    rows = run("overdue", "--json", env={"NPCREPLY_TODAY": "2026-01-05"}).rows
    assert [row["id"] for row in rows] == ["2024-提12.1", "2024-提12.2", "2024-107.1"]
    assert run("rm", "第107号", "--yes").code == 0
    assert run("rm", "提12", "--yes").code == 0
    assert run("list").out == "资料库是空的。第一条：npcreply add\n"


def test_nothing_is_overwritten(folder: Path, run: Run) -> None:
    run("init")
    (folder / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    said = run("init", "--example")
    assert "已有，没动 schema.yaml" in said.out
    assert "新建 replies/2024/2024-107.yaml" in said.out
    assert (folder / "schema.yaml").read_text("utf-8") == "$ref: npcreply:record:1\n"


@pytest.mark.skipif(os.name == "nt", reason="groups of POSIX")
def test_in_a_shared_folder_the_group_may_write_what_is_made(folder: Path, run: Run) -> None:
    folder.chmod(0o2775)
    before = os.umask(0o022)
    try:
        assert run("init", "--example").code == 0
    finally:
        os.umask(before)
    made = [path for path in folder.rglob("*") if ".npcreply" not in path.parts]
    assert folder / "replies/2024/2024-107.yaml" in made
    assert not [path for path in made if not path.stat().st_mode & 0o020]


def test_no_folder_can_be_made(folder: Path, run: Run) -> None:
    (folder / "文件").write_bytes(b"")
    said = run("init", "文件")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("错误：")
    assert len(said.err.splitlines()) == 2
