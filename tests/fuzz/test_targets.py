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
from tests.fuzz.run import CORPUS, NAMES, blind, turned
from tests.fuzz.targets import TARGETS, Target

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


def test_a_blind_run_says_what_it_tried_and_names_each_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert blind("id", 20, 1) == 0
    assert capsys.readouterr().out.startswith("id: 20 inputs, 0 faults, slowest ")
    monkeypatch.setitem(TARGETS, "id", Target(lambda data: [][len(data)], ("46.1",)))
    assert blind("id", 3, 1) == 3
    told = capsys.readouterr().out
    assert told.count("FAULT id IndexError: list index out of range b'") == 3
    assert "id: 3 inputs, 3 faults" in told


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.skipif("NPCREPLY_FUZZ" not in os.environ, reason="only where more is tried: 12 s")
def test_the_long_run_is_led_by_what_it_reaches() -> None:
    command = [sys.executable, str(Path("tests") / "fuzz" / "run.py"), "id", "--runs", "50"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "Done 50 runs" in ran.stderr
