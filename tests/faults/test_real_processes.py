"""Real processes: the points of the harness are those of the system, a full disk, many writers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from npcreply.store.journal import Journal
from tests.conftest import ROOT
from tests.faults import offices
from tests.faults.conftest import ENVIRONMENT

NPCREPLY = [sys.executable, "-m", "npcreply"]
STRACE = shutil.which("strace")


def environment(base: Path) -> dict[str, str]:
    homes = {name: str(base / "marks") for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME")}
    return {**os.environ, **ENVIRONMENT, **homes, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def typed(base: Path, *argv: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, *NPCREPLY, *argv],
        cwd=base / "office",
        env=environment(base),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ("fsync", "signal=KILL:when=3"),
        ("rename", "signal=KILL:when=2"),
        ("rename", "error=ENOSPC:when=1+"),
        ("fsync", "error=EIO:when=2+"),
    ],
)
def test_a_real_process_is_as_the_harness_has_it(call: str, fault: str, tmp_path: Path) -> None:
    offices.furnish(tmp_path, "log")
    assert typed(tmp_path, *offices.DONE).returncode == 0
    old = offices.records(tmp_path)
    tracing = (str(STRACE), "-f", "-qq", "-e", f"trace={call}", "-o", str(tmp_path / "trace.tmp"))
    said = typed(tmp_path, *offices.LOG, before=(*tracing, "-e", f"inject={call}:{fault}"))
    (tmp_path / "trace.tmp").unlink(missing_ok=True)
    if "ptrace" in said.stderr and "denied" in said.stderr:
        pytest.skip("this machine allows no tracing")
    assert said.returncode != 0
    assert "程序出错" not in said.stderr
    if "error" in fault:
        assert offices.records(tmp_path) == old, said
    again = typed(tmp_path, *offices.LOG)
    assert again.returncode == 0, again
    assert [step.command for step in Journal(tmp_path / "office").steps()][1:] == [
        " ".join(offices.LOG)
    ]
    assert offices.leftovers(tmp_path) == []


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0 or not shutil.which("mount"),
    reason="a small disk needs root and mount",
)
def test_a_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing")
    try:
        offices.furnish(disk, "log")
        assert typed(disk, *offices.DONE).returncode == 0
        old = offices.records(disk)
        free = os.statvfs(disk)
        (disk / "full").write_bytes(b"x" * (free.f_bavail * free.f_bsize))
        said = typed(disk, *offices.LOG)
        assert said.returncode == 1, said
        assert "磁盘满了" in said.stderr
        (disk / "full").unlink()
        assert offices.records(disk) == old
        assert typed(disk, *offices.LOG).returncode == 0
        assert offices.leftovers(disk) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_four_writers_on_one_record_lose_nothing(tmp_path: Path) -> None:
    """Who is refused because another wrote meanwhile types again, as a clerk would."""
    offices.furnish(tmp_path, "log")
    loop = (
        "import sys\nfrom npcreply.cli import run\n"
        "for number in range(5):\n"
        "    while run(['log', '58.1', '--via', '电话', '--note', f'{sys.argv[1]}{number}']): pass\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", loop, name],
            cwd=tmp_path / "office",
            env=environment(tmp_path),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for name in "甲乙丙丁"
    ]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    text = (tmp_path / "office/replies/2023/2023-58.yaml").read_text("utf-8")
    for name in "甲乙丙丁":
        for number in range(5):
            assert text.count(f"{name}{number}") == 1
    assert len(Journal(tmp_path / "office").steps()) == 20
    assert offices.leftovers(tmp_path) == []
