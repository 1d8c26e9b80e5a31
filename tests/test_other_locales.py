"""The program in a locale that is not UTF-8, as old office systems have it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from npcreply.__main__ import _meant

ROOT = Path(__file__).resolve().parents[1]
RECORD = """\
kind: suggestion
year: 2023
number: 温46
title: 关于治理河道的建议
lead: 市水利局
reply_date: 2023-05-20
measures:
  - id: 1
    text: 年内清淤
    deadline: {date: 2023-12-31}
"""


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with zh_CN.GBK; this machine need not have it."""
    folder = tmp_path_factory.mktemp("locales")
    if sys.platform == "win32" or not shutil.which("localedef"):
        pytest.skip("there is no localedef")
    made = subprocess.run(
        ["localedef", "-c", "-i", "zh_CN", "-f", "GBK", str(folder / "zh_CN.GBK")],
        check=False,
        capture_output=True,
    )
    if not (folder / "zh_CN.GBK").is_dir():
        pytest.skip(f"no sources of locales: {made.stderr.decode()[:80]}")
    return folder


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "schema.yaml").write_text("$ref: npcreply:record:1\n", "utf-8")
    year = tmp_path / "replies" / "2023"
    year.mkdir(parents=True)
    (year / "2023-温46.yaml").write_text(RECORD, "utf-8")
    return tmp_path


def run(locales: Path, office: Path, *words: str, user: str = "办公室") -> tuple[int, str]:
    """Run a command as typed in a GBK terminal; return its code and all that it printed."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environ: dict[bytes, bytes] = {
        **{name.encode(): os.fsencode(value) for name, value in kept.items()},
        b"LC_ALL": b"zh_CN.GBK",
        b"LOCPATH": os.fsencode(locales),
        b"PYTHONPATH": os.fsencode(ROOT),
        b"NPCREPLY_TODAY": b"2024-01-10",
        b"NPCREPLY_USER": user.encode("gbk"),
        b"XDG_STATE_HOME": os.fsencode(office / "home"),
    }
    command = [os.fsencode(sys.executable), b"-m", b"npcreply", *(w.encode("gbk") for w in words)]
    said = subprocess.run(
        command, cwd=office, env=environ, capture_output=True, check=False, stdin=subprocess.DEVNULL
    )
    return said.returncode, (said.stdout + said.stderr).decode("gbk")


def test_records_are_found_counted_and_written(locales: Path, office: Path) -> None:
    code, said = run(locales, office, "overdue", "--dept", "水利")
    assert (code, "逾期 1 项" in said, "年内清淤" in said) == (0, True, True)
    assert run(locales, office, "check")[1].startswith("查了 1 个文件：错误 0")
    code, said = run(locales, office, "log", "温46.1", "--via", "电话", "--note", "催过")
    assert code == 0, said
    text = (office / "replies" / "2023" / "2023-温46.yaml").read_text("utf-8")
    assert "by: 办公室" in text
    assert "note: 催过" in text


def test_a_file_is_found_by_either_spelling_of_its_name(locales: Path, office: Path) -> None:
    letter = "关于市九届人大三次会议第61号建议的答复\n您提的建议收悉，将于2024年6月底前完成。\n市住建局\n2024年1月5日\n"
    (office / "信.txt").write_text(letter, "utf-8")
    code, said = run(locales, office, "draft", "信.txt")
    assert (code, "61" in said) == (0, True)
    Path(os.fsdecode(os.fsencode(office) + b"/" + "函.txt".encode("gbk"))).write_text(
        letter, "utf-8"
    )
    code, said = run(locales, office, "draft", "函.txt")
    assert (code, "61" in said) == (0, True), said


def test_a_name_that_is_not_there_is_said_as_it_was_typed(locales: Path, office: Path) -> None:
    code, said = run(locales, office, "show", "杭99")
    assert (code, "错误：没有编号是 杭99 的记录" in said) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are no bytes on Windows")
def test_a_word_that_cannot_be_what_the_locale_writes_stays(tmp_path: Path) -> None:
    assert _meant("温46".encode("gbk").decode("utf-8", "surrogateescape"), "gbk") == "温46"
    assert _meant("\udcff", "gbk") == "\udcff"
    assert _meant("温", "no-such-encoding") == "温"
    there = tmp_path / "温.txt"
    there.touch()
    assert _meant(f"--from={there}", "gbk") == f"--from={there}"
