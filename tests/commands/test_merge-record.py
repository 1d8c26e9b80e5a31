"""Two clerks on two branches, with git itself: what both wrote is there, or named."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Place, Run

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")
Git = Callable[..., "subprocess.CompletedProcess[str]"]
RECORD = "2023/2023-107"


@pytest.fixture
def git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git where the clerk is; nothing of this machine's settings shows."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "甲")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "a@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def call(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *words], cwd=cwd or folder, capture_output=True, text=True, encoding="utf-8",
            check=False,
        )  # fmt: skip

    return call


@pytest.fixture
def repository(office: Place, git: Git, run: Run) -> Place:
    """The small office in git, on the branch `main`."""
    git("init", "-q", "-b", "main")
    assert run("init").code == 0
    save(git, "开始")
    return office


def save(git: Git, message: str) -> None:
    git("add", "-A")
    assert git("commit", "-q", "-m", message).returncode == 0


def branch(git: Git, run: Run, name: str, *commands: tuple[str, ...], of: str = "main") -> None:
    """Make a branch of `of` on which a clerk types these commands, and commit."""
    git("checkout", "-q", "-b", name, of)
    for words in commands:
        said = run(*words, env={"NPCREPLY_USER": name})
        assert said.code == 0, said.err
    save(git, name)


PROMISE = ("add", "--to", "107", "--yes", "--force", "确定", "--text")


def test_what_two_branches_wrote_is_all_there(repository: Place, git: Git, run: Run) -> None:
    branch(
        git, run, "甲",
        ("log", "107.1", "--value", "7公里", "--date", "2023-09-30"),
        ("done", "107.2", "--on", "2023-12-01", "--evidence", "会议纪要"),
        (*PROMISE, "新建护栏"),
    )  # fmt: skip
    branch(
        git, run, "乙",
        ("log", "107.1", "--value", "6公里", "--date", "2023-08-31"),
        ("extend", "107.3", "--to", "2024-02-08", "--on", "2023-12-20", "--reason", "汛情"),
        (*PROMISE, "栽树"),
    )  # fmt: skip
    merged = git("merge", "甲")
    assert merged.returncode == 0, merged.stdout + merged.stderr
    assert "2023-107.4" in merged.stderr
    text = repository.text(RECORD)
    assert [text.index(word) for word in ("2023-06-30", "2023-08-31", "2023-09-30")] == sorted(
        text.index(word) for word in ("2023-06-30", "2023-08-31", "2023-09-30")
    )
    assert all(word in text for word in ("会议纪要", "汛情", "新建护栏", "栽树", "id: 5"))
    assert "# 照印" in text
    assert "# 主要的一项" in text
    assert run("check").out.endswith("错误 0，疑点 0\n")
    assert git("status", "--porcelain").stdout == ""


def test_a_rebase_keeps_both(repository: Place, git: Git, run: Run) -> None:
    branch(git, run, "甲", ("log", "107.1", "--value", "7公里"), (*PROMISE, "新建护栏"))
    branch(git, run, "乙", ("log", "107.1", "--value", "8公里"), (*PROMISE, "栽树"))
    rebased = git("rebase", "甲")
    assert rebased.returncode == 0, rebased.stdout + rebased.stderr
    text = repository.text(RECORD)
    assert all(word in text for word in ("value: 7", "value: 8", "新建护栏", "栽树"))
    assert run("check").code == 0


def test_both_ways_of_merging_give_one_record(repository: Place, git: Git, run: Run) -> None:
    branch(git, run, "甲", (*PROMISE, "新建护栏"), ("log", "107.1", "--value", "7公里"))
    branch(git, run, "乙", (*PROMISE, "栽树"), ("log", "107.1", "--value", "8公里"))
    assert git("merge", "-m", "甲入乙", "甲").returncode == 0
    here = repository.text(RECORD)
    git("checkout", "-q", "甲")
    assert git("merge", "-m", "乙入甲", "乙~1").returncode == 0
    assert sorted(repository.text(RECORD).splitlines()) == sorted(here.splitlines())
    run("log", "107.2", "--note", "后来")
    save(git, "后来")
    crossed = git("merge", "-m", "交叉", "乙")  # two bases of one merge
    assert crossed.returncode == 0, crossed.stdout + crossed.stderr
    assert repository.text(RECORD).count("栽树") == 1


def test_one_field_set_twice_is_named_and_refused(repository: Place, git: Git, run: Run) -> None:
    branch(
        git, run, "甲", ("set", "107.2", "deadline=2024-03-31"), ("log", "107.2", "--note", "一")
    )
    branch(
        git, run, "乙", ("set", "107.2", "deadline=2024-06-30"), ("log", "107.2", "--note", "二")
    )
    merged = git("merge", "甲")
    assert merged.returncode == 1
    assert "2023-107.2 时限" in merged.stderr
    assert git("status", "--porcelain").stdout.startswith("UU replies")
    text = repository.text(RECORD)
    assert text.count("<<<<<<<") == 1
    assert all(word in text for word in ("2024-03-31", "2024-06-30", "note: 一", "note: 二"))
    checked = run("check")
    assert checked.code == 3
    assert "2023-107.2 时限" in checked.out
    lines = [line for line in text.splitlines() if "2024-03-31" not in line]
    kept = [line for line in lines if not line.startswith(("<<<<<<<", "=======", ">>>>>>>"))]
    repository.write(RECORD, "\n".join([*kept, ""]))
    assert run("check").code == 0


def test_one_number_entered_on_both_branches(repository: Place, git: Git, run: Run) -> None:
    new = (
        "add",
        "--yes",
        "--year",
        "2023",
        "--number",
        "200",
        "--lead",
        "市水利局",
        "--force",
        "确定",
    )
    branch(git, run, "甲", (*new, "--title", "关于护栏的建议", "--text", "新建护栏"))
    branch(git, run, "乙", (*new, "--title", "关于路灯的建议", "--text", "装灯"))
    merged = git("merge", "甲")
    assert merged.returncode == 1
    assert "两边各录了一件" in merged.stderr
    text = repository.text("2023/2023-200")
    assert all(word in text for word in ("关于护栏", "关于路灯", "新建护栏", "装灯"))
    assert "2023-200：两边各录了一件" in run("check").out


def test_a_side_that_is_no_yaml_is_merged_by_lines(repository: Place, git: Git, run: Run) -> None:
    branch(git, run, "甲", ("log", "107.1", "--value", "7公里"))
    git("checkout", "-q", "-b", "乙", "main")
    repository.write(RECORD, repository.text(RECORD).replace("title: 关", "title：关"))
    save(git, "乙")
    merged = git("merge", "甲")
    assert merged.returncode == 1
    assert "有一边读不了" in merged.stderr
    assert "value: 7" in repository.text(RECORD)
    assert "title：关" in repository.text(RECORD)


def test_bytes_that_are_no_text_leave_the_file(folder: Path, run: Run) -> None:
    for name, data in (("o", b"\xff\xfe\0"), ("a", b"kind: suggestion\n"), ("b", b"\0\1\2")):
        (folder / name).write_bytes(data)
    said = run("merge-record", "o", "a", "b", "replies/2023/2023-1.yaml")
    assert (said.code, said.out) == (1, "")
    assert "程序出错" not in said.err
    assert (folder / "a").read_bytes() == b"kind: suggestion\n"
    assert run("merge-record", "o", "a", "没有", "replies/2023/2023-1.yaml").code == 1


def test_a_driver_that_cannot_start_leaves_marks(repository: Place, git: Git, run: Run) -> None:
    branch(git, run, "甲", ("set", "107", "lead=市教育局"))
    branch(git, run, "乙", ("set", "107", "lead=市财政局"))
    command = git("config", "merge.npcreply.driver").stdout.strip()
    git("config", "merge.npcreply.driver", command.replace(" -P -m npcreply ", " -P -m 没有 "))
    merged = git("merge", "甲")
    assert merged.returncode == 1
    text = repository.text(RECORD)
    assert all(word in text for word in ("<<<<<<<", "市教育局", "市财政局"))


def test_a_clone_without_the_driver_is_named_until_init(
    repository: Place, git: Git, run: Run
) -> None:
    assert run("check", "--strict").code == 0
    git("clone", "-q", ".", "../克隆")
    clone = repository.root.parent / "克隆"
    said = run("check", "--strict", cwd=clone)
    assert said.code == 4
    assert "还没有设合并程序" in said.out
    mended = run("init", cwd=clone)
    assert "已有，没动 .gitattributes" in mended.out
    assert "记录按字段合并" in mended.out
    assert run("check", "--strict", cwd=clone).code == 0


def test_an_old_workspace_is_mended(repository: Place, run: Run) -> None:
    attributes = repository.root / ".gitattributes"
    attributes.write_text("# 自己的\n*.docx binary\n*.yaml text eol=lf merge=union\n", "utf-8")
    said = run("check", "--strict")
    assert said.code == 4
    assert ".gitattributes:3" in said.out
    assert "merge=union" in said.out
    assert "改好 .gitattributes" in run("init").out
    assert attributes.read_text("utf-8") == (
        "# 自己的\n*.docx binary\n*.yaml text eol=lf\nreplies/**/*.yaml merge=npcreply\n"
    )
    assert run("check", "--strict").code == 0
    assert "已有，没动 .gitattributes" in run("init").out


def test_nothing_of_the_merged_folder_is_run(repository: Place, git: Git, run: Run) -> None:
    branch(git, run, "甲", ("log", "107.1", "--value", "7公里"))
    branch(git, run, "乙", ("log", "107.1", "--value", "8公里"))
    for name in ("npcreply.py", "yaml.py"):
        (repository.root / name).write_text("open('ran', 'w')\n", "utf-8")
    assert git("merge", "甲").returncode == 0
    assert not (repository.root / "ran").exists()
