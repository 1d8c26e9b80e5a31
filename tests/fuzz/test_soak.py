"""The long run against a model, in short."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_sixty_steps_agree_with_the_model(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "benchmarks" / "soak.py")]
    given = ["--steps", "60", "--seed", "3", "--folder", str(tmp_path / "soak")]
    ran = subprocess.run([*script, *given], capture_output=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.strip().startswith("seed 3: 60 steps, ")
    assert " 4 comparisons, 0 differences" in ran.stdout
    log = (tmp_path / "soak" / "soak.log").read_text("utf-8").splitlines()
    assert len({line.split()[0] for line in log}) > 50
