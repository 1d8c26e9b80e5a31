"""Reading is strict and says where; writing is whole or nothing; names work on every system."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import npcreply
from npcreply.domain.findings import Finding
from npcreply.errors import CouldNotError, RecordInvalidError, UsageError
from npcreply.store import files, names, refusals

BOM = b"\xef\xbb\xbf"
posix = pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")


def finding(path: Path) -> Finding:
    with pytest.raises(RecordInvalidError) as caught:
        files.read(path, "replies/2023/x.yaml")
    (found,) = caught.value.findings
    assert isinstance(found, Finding)
    return found


@pytest.mark.parametrize(
    ("data", "text", "bom"),
    [
        ("title: 甲\n".encode(), "title: 甲\n", False),
        (BOM + "title: 甲\r\n".encode(), "title: 甲\r\n", True),
        (b"a\rb\r\nc\n\n", "a\rb\r\nc\n\n", False),
        (BOM + BOM + b"a", "\ufeffa", True),
        (b"", "", False),
        ("\U00020bb7\n".encode(), "\U00020bb7\n", False),
    ],
)
def test_reads_text_as_it_is(tmp_path: Path, data: bytes, text: str, bom: bool) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    source = files.read(path)
    assert (source.path, source.text, source.bom) == (path, text, bom)
    assert source.digest == files.digest(path) == files.digest_of(data)
    assert source.encoded(source.text) == data


def test_known_digest() -> None:
    assert files.digest_of(b"abc").startswith("ba7816bf8f01cfea414140de5dae2223")


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        ("kind: a\ntitle: 关于\n".encode("gb18030"), 2, 8, "GBK"),
        (BOM + "甲乙\r\n".encode() + b"ab\x80\xff", 2, 3, "不是 UTF-8"),
        (BOM + "甲".encode() + b"\xff", 1, 2, "不是 UTF-8"),
        (b"a\rb\n\xff", 3, 1, "不是 UTF-8"),
        (b"x: \xed\xa0\x80", 1, 4, "不是 UTF-8"),
        ("kind: 甲".encode("utf-16"), 1, 1, "UTF-16"),
        ("kind: 甲".encode("utf-16-le"), 1, 1, "UTF-16"),
        (b"\xfe\xff" + "kind: 甲".encode("utf-16-be"), 1, 1, "UTF-16"),
    ],
)
def test_names_the_first_byte_that_is_not_utf8(
    tmp_path: Path, data: bytes, line: int, column: int, words: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    found = finding(path)
    assert (found.path, found.line, found.column) == ("replies/2023/x.yaml", line, column)
    assert found.code == "not-utf8"
    assert words in found.message
    assert "另存为" in found.remedy


def test_two_megabytes_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a" * files.MAX_BYTES)
    assert len(files.read(path).text) == files.MAX_BYTES
    path.write_bytes(b"a" * (files.MAX_BYTES + 1))
    assert finding(path).code == "too-large"


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CouldNotError, match=r"没有 .*x\.yaml 这个文件") as caught:
        files.read(tmp_path / "x.yaml")
    assert caught.value.remedy
    with pytest.raises(CouldNotError, match="是文件夹"):
        files.read(tmp_path)


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    with pytest.raises(CouldNotError, match="不是普通文件"):
        files.read(tmp_path / "x.yaml")


@posix
def test_no_right_to_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"")
    (tmp_path / "x.yaml").chmod(0)
    if os.access(tmp_path / "x.yaml", os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(CouldNotError, match="没有权限"):
        files.read(tmp_path / "x.yaml")


@posix
def test_a_name_that_is_not_unicode_can_be_said(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xce\xc2.yaml"))
    path.write_bytes(b"\xff")
    with pytest.raises(RecordInvalidError) as caught:
        files.read(path)
    assert caught.value.message.encode("gbk")


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"")


def listed(root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in names.record_paths(root)]


def test_lists_records_sorted_and_nothing_else(tmp_path: Path) -> None:
    records = ["replies/2023/2023-46.yaml", "replies/2023/2023-温46.YAML", "replies/a.yml"]
    others = [
        *("replies/2023/.hidden.yaml", "replies/.git/x.yaml", "replies/2023/~$2023-46.yaml"),
        *("replies/2023/2023-46.yaml.tmp", "replies/2023/2023-46.txt", "replies/2023/x.yaml~"),
        *("other/x.yaml", "schema.yaml", ".npcreply/state/x.yaml"),
    ]
    touch(tmp_path, *others, *reversed(records))
    assert listed(tmp_path) == records


def test_no_replies_no_records(tmp_path: Path) -> None:
    assert listed(tmp_path) == []


@posix
def test_links_within_are_followed_and_loops_end(tmp_path: Path) -> None:
    root, archive = tmp_path / "root", tmp_path / "root/replies/archive"
    touch(root, "replies/2023/a.yaml")
    touch(archive, "b.yaml")
    (root / "replies/2019").symlink_to(archive)
    (root / "replies/2023/up").symlink_to(root / "replies")
    (root / "replies/2023/gone.yaml").symlink_to(root / "nowhere")
    assert listed(root) == [
        "replies/2019/b.yaml",
        "replies/2023/a.yaml",
        "replies/2023/gone.yaml",
    ]


def test_a_folder_that_cannot_be_listed_is_not_passed_over(tmp_path: Path) -> None:
    touch(tmp_path, "replies")
    with pytest.raises(CouldNotError, match="replies"):
        names.record_paths(tmp_path)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_replaces_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    files.replace(path, b"old")
    files.replace(path, b"new\r\n")
    assert content(tmp_path) == {"x.yaml": b"new\r\n"}


def test_passes_by_what_a_killed_process_left(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f".npcreply-{os.getpid()}-{number}.tmp").write_bytes(b"half")
    files.replace(tmp_path / "x.yaml", b"new")
    assert content(tmp_path)["x.yaml"] == b"new"
    files.sweep(tmp_path)
    assert content(tmp_path) == {"x.yaml": b"new"}


@posix
def test_keeps_mode_and_link(tmp_path: Path) -> None:
    target, link = tmp_path / "far" / "x.yaml", tmp_path / "x.yaml"
    target.parent.mkdir()
    target.write_bytes(b"old")
    target.chmod(0o660)
    link.symlink_to(target)
    files.replace(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o660
    assert content(target.parent) == {"x.yaml": b"new"}


@posix
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    files.replace(tmp_path / "x.yaml", b"")
    (tmp_path / "y.yaml").write_bytes(b"")
    assert (tmp_path / "x.yaml").stat().st_mode == (tmp_path / "y.yaml").stat().st_mode


def test_a_failed_replacement_leaves_no_trace(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(CouldNotError, match=r"x\.yaml 写不进去"):
        files.replace(tmp_path / "x.yaml", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]
    with pytest.raises(CouldNotError):
        files.replace(tmp_path / "no such folder" / "x.yaml", b"new")


FULL_DISK = """
import resource, sys
from pathlib import Path
from npcreply.errors import CouldNotError
from npcreply.store import files
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    files.replace(Path(sys.argv[1]), b"n" * 100_000)
except CouldNotError as error:
    sys.exit(0 if "磁盘满了" in error.message else 1)
"""


@posix
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"old")
    here = {**os.environ, "PYTHONPATH": str(Path(npcreply.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", FULL_DISK, path], env=here, check=True)
    assert content(tmp_path) == {"x.yaml": b"old"}


def test_tries_again_while_another_program_holds_the_file() -> None:
    tries: list[int] = []

    def attempt() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError

    files.patiently(attempt, (0, 0, 0))
    assert len(tries) == 3
    with pytest.raises(PermissionError):
        files.patiently(lambda: (_ for _ in ()).throw(PermissionError), (0,))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(28, "No space left on device"), "磁盘满了"),
        (OSError(30, "Read-only file system"), "只读"),
        (PermissionError(13, "Permission denied"), "WPS"),
        (OSError(5, "Input/output error"), "Input/output error"),
    ],
)
def test_says_why_it_could_not_write(error: OSError, words: str) -> None:
    said = refusals.unwritten(Path("replies/x.yaml"), error)
    assert words in said.message
    assert "replies/x.yaml" in said.message
    assert said.remedy


@pytest.mark.parametrize(
    "stem", ["2023-温46", "2020-提028", "a", "con1", "com", "〇_-9", "㐀", "温" * 80, "a" * 100]
)
def test_names_that_work_everywhere(stem: str) -> None:
    assert names.safe_stem(stem) == stem


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("", "空"),
        ("2023/46", "“/”"),
        ("2023 46", "“ ”"),
        ("〔2023〕46", "“〔”"),
        ("a.b", "“.”"),
        ("a\n", "U+000A"),
        ("１２", "“１”"),
        ("é", "“é”"),
        ("CON", "设备名"),
        ("nul", "设备名"),
        ("Com1", "设备名"),
        ("a" * 101, "101"),
        ("温" * 81, "81"),
    ],
)
def test_names_that_some_system_refuses(stem: str, words: str) -> None:
    assert words in names.stem_fault(stem)
    with pytest.raises(UsageError) as caught:
        names.safe_stem(stem)
    assert "100" in caught.value.remedy


@given(st.text(max_size=120))
def test_a_sound_name_is_a_name_on_windows_too(stem: str) -> None:
    if not names.stem_fault(stem):
        assert not set(stem) & set('<>:"/\\|?*. \0')
        assert len(f"{stem}.yaml".encode()) <= 255
