"""Whatever stands where the program keeps or reads its files: no link is written through, no pipe is
waited for, and each command ends in an answer or a sentence.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from tests.conftest import Place, Run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and sockets of POSIX")

LOG = ("log", "107.1", "--value", "6公里")
STATE, INDEX = ".npcreply/state", ".npcreply/index"
FOLDERS = (
    *(".npcreply", STATE, f"{STATE}/blobs", f"{STATE}/drafts", INDEX),
    *("replies", "replies/2023", "collected", "letters"),
)
FILES = (
    *(f"{STATE}/journal.jsonl", f"{STATE}/lock", f"{STATE}/lease.json", f"{STATE}/lease.taking"),
    *(
        f"{STATE}/owner",
        f"{STATE}/untold.json",
        f"{STATE}/pending.json",
        f"{STATE}/pending.damaged",
    ),
    *(f"{INDEX}/index.sqlite", f"{INDEX}/index.seal", f"{INDEX}/index.lock"),
    *(f"{INDEX}/schema.json", f"{INDEX}/rules.json", f"{INDEX}/index.sqlite-journal"),
    *("schema.yaml", "tables.yaml", ".gitattributes", ".gitignore"),
    *("replies/2023/2023-107.yaml", "replies/2023/2023-58.yaml", "collected/R2024-01.yaml"),
)
TYPED = (
    *(LOG, ("list",), ("check", "--deep"), ("check", "--repair"), ("undo",), ("undo", "--list")),
    *(("index", "--rebuild"), ("init", "."), ("collect", "--status"), ("stats",)),
    (
        "add",
        "--year",
        "2024",
        "--number",
        "9",
        "--title",
        "关于修桥的建议",
        "--text",
        "修桥",
        "--yes",
    ),
    ("import", "名单.csv", "--set", "类别=代表建议", "--yes"),
    ("draft", "名单.csv"),
    ("log", "107.1", "--from", "名单.csv", "--yes"),
)


class StillWaitingError(BaseException):
    """A command did not come to its end."""


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Stop a command that waits for ever."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise StillWaitingError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def used(office: Place, run: Run) -> Path:
    """The small office after a step and a look at it."""
    assert run(*LOG).code == 0
    assert run("list").code == 0
    (office.root / "名单.csv").write_text("编号,题目\n31,关于修桥的建议\n", "utf-8")
    return office.root


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def typed_all(run: Run) -> None:
    for words in TYPED:
        said = run(*words)
        assert "程序出错" not in said.err, (words, said)
        assert "Traceback" not in said.err, (words, said)


@pytest.mark.parametrize("place", FOLDERS)
def test_a_folder_that_is_a_link(place: str, used: Path, run: Run) -> None:
    theirs = used.parent / "theirs"
    theirs.mkdir()
    path = used / place
    if path.exists():
        shutil.copytree(path, theirs, dirs_exist_ok=True)
        shutil.rmtree(path)
    (theirs / "通知.docx").write_bytes(b"of somebody")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(theirs)
    before = everything(theirs)
    typed_all(run)
    assert everything(theirs) == before


@pytest.mark.parametrize("there", ["full", "empty", "nothing"])
@pytest.mark.parametrize("place", FILES)
def test_a_file_that_is_a_link(place: str, there: str, used: Path, run: Run) -> None:
    theirs = used.parent / "theirs"
    theirs.mkdir()
    path, far = used / place, theirs / "far"
    if there == "full":
        far.write_bytes(path.read_bytes() if path.exists() else b"of somebody")
    elif there == "empty":
        far.write_bytes(b"")
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(far)
    before = everything(theirs)
    typed_all(run)
    assert everything(theirs) == before


def fifo(path: Path) -> None:
    os.mkfifo(path)


def bound(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's name is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)
    os.chdir(here)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("put", [fifo, bound, endless, Path.mkdir])
@pytest.mark.parametrize("place", [*FILES, "名单.csv"])
def test_what_is_no_file(place: str, put: Callable[[Path], None], used: Path, run: Run) -> None:
    path = used / place
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path)
    os.utime(path, (1, 1), follow_symlinks=False)  # a note of another machine's is waited for
    typed_all(run)
