from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from npcreply.errors import CouldNotError
from npcreply.render import file as program
from npcreply.render.file import FileOpenElsewhereError, free_path, make_folder, write_file

ROOT_ON_POSIX = sys.platform != "win32" and os.geteuid() == 0


def test_writes_and_replaces_leaving_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "逾期清单.csv"
    write_file(path, b"1\r\n")
    write_file(path, b"2\n")
    assert path.read_bytes() == b"2\n"
    assert list(tmp_path.iterdir()) == [path]


def test_the_longest_name_a_folder_takes(tmp_path: Path) -> None:
    path = tmp_path / ("清" * 83 + ".csv")
    write_file(path, b"x")
    assert path.read_bytes() == b"x"


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
def test_keeps_the_mode_and_follows_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "a.csv", tmp_path / "b.csv"
    path.write_bytes(b"")
    path.chmod(0o640)
    link.symlink_to(path)
    write_file(link, b"x")
    assert link.is_symlink()
    assert path.read_bytes() == b"x"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="a device of POSIX")
def test_a_device_is_written_to_not_replaced() -> None:
    write_file(Path(os.devnull), b"x")
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("", "{folder} 是文件夹，不是文件。", "在后面加上文件名，例如 -o {folder}/清单.csv"),
        ("没有/a.csv", "没有文件夹 {folder}/没有。", "先建好它，或者换个地方：-o a.csv"),
        ("file/a.csv", "没有文件夹 {folder}/file。", "先建好它，或者换个地方：-o a.csv"),
    ],
)
def test_what_is_wrong_with_the_place(tmp_path: Path, name: str, message: str, remedy: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CouldNotError) as caught:
        write_file(tmp_path / name, b"x")
    said = (caught.value.message, caught.value.remedy)
    assert tuple(text.replace(os.sep, "/") for text in said) == (
        message.format(folder=tmp_path.as_posix()),
        remedy.format(folder=tmp_path.as_posix()),
    )


def test_a_name_the_system_refuses(tmp_path: Path) -> None:
    with pytest.raises(CouldNotError, match="写不进去："):
        write_file(tmp_path / ("n" * 300), b"x")


def test_a_name_refused_as_windows_does_it_is_no_missing_folder(tmp_path: Path) -> None:
    said = program._refusal(tmp_path / "a?.csv", FileNotFoundError(2, "No such file"))
    assert "写不进去：" in said.message


def test_the_next_free_name(tmp_path: Path) -> None:
    path = tmp_path / "逾期清单.csv"
    assert free_path(path) == tmp_path / "逾期清单-1.csv"
    (tmp_path / "逾期清单-1.csv").touch()
    assert free_path(path) == tmp_path / "逾期清单-2.csv"


@contextmanager
def as_someone_else(folder: Path, mode: int) -> Iterator[None]:
    """Act as a person who owns neither the folder nor what is in it."""
    for above in folder.parents:
        if above.owner() == folder.owner() and above.name.startswith(("pytest-", "popen-")):
            above.chmod(0o755)
    folder.chmod(mode)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_elsewhere(path: Path) -> Iterator[None]:
    """Make replacing `path` fail as a spreadsheet that has it open does."""
    if sys.platform == "win32":
        with path.open("rb"):
            yield
        return
    path.chmod(0o666)
    with as_someone_else(path.parent, 0o1777):  # sticky: others may add, not replace
        yield


@pytest.mark.skipif(sys.platform != "win32" and not ROOT_ON_POSIX, reason="needs a locked file")
def test_a_file_open_in_a_spreadsheet(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("desk") / "逾期清单.csv"
    path.write_bytes(b"old")
    with open_elsewhere(path), pytest.raises(FileOpenElsewhereError) as caught:
        write_file(path, b"new")
    assert caught.value.message == "逾期清单.csv 正被 WPS 或 Excel 打开，写不进去。"
    assert caught.value.remedy == f"请关闭后重试，或另存：-o {path.with_name('逾期清单-1.csv')}"
    assert caught.value.other == path.with_name("逾期清单-1.csv")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(not ROOT_ON_POSIX, reason="needs a folder of someone else")
def test_a_folder_that_may_not_be_written_to(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("desk") / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o666)
    with as_someone_else(path.parent, 0o755), pytest.raises(CouldNotError) as caught:
        write_file(path, b"new")
    assert caught.value.message == f"文件夹 {path.parent} 不许写入。"
    assert caught.value.remedy == "换个地方：-o a.csv"


def test_a_file_in_the_place_of_a_folder_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")
    for folder in (tmp_path / "out", tmp_path / "out" / "deeper"):
        with pytest.raises(CouldNotError, match="那里已经有一个同名的文件"):
            make_folder(folder, "换个地方。")
