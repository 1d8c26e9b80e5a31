"""Every kind of input, each from what it starts from and from what was found once: an answer or a
sentence. `python3 tests/fuzz/run.py` goes on from there without end.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz.run import CORPUS, NAMES, turned
from tests.fuzz.targets import TARGETS

TURNED = 60  # inputs made of each one that a target starts from


def kept(name: str) -> list[bytes]:
    """What a target starts from, and the inputs that were faults once."""
    seeds = [seed.encode() if isinstance(seed, str) else seed for seed in TARGETS[name].seeds]
    folder = CORPUS / name
    return (
        seeds + [path.read_bytes() for path in sorted(folder.iterdir())]
        if folder.is_dir()
        else seeds
    )


def test_the_names_that_may_be_typed_are_the_targets() -> None:
    assert tuple(TARGETS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_input_ends_in_an_answer_or_a_sentence(name: str) -> None:
    dice = random.Random(name)
    for data in kept(name):
        TARGETS[name].tried(data)
        for _ in range(TURNED):
            TARGETS[name].tried(turned(data, dice))


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.skipif("NPCREPLY_FUZZ" not in os.environ, reason="only where more is tried: 12 s")
def test_the_long_run_is_led_by_what_it_reaches() -> None:
    command = [sys.executable, str(Path("tests") / "fuzz" / "run.py"), "id", "--runs", "50"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "Done 50 runs" in ran.stderr
