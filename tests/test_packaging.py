"""What is installed: the README's commands, the versions that passed, what a wheel brings."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEEDED = [
    *PROJECT["project"]["dependencies"],
    *(line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines),
]
NOT_INSTALLED_BY_CI = {"npcreply", "mutmut"}


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement)[0].lower().replace("_", "-")


def _pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.split("==") for line in lines if not line.startswith("#"))
    return {name.lower().replace("_", "-"): version for name, version in pairs}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def readme_commands() -> list[str]:
    """Return the commands of the README's sh blocks that begin with an installation."""
    text = (ROOT / "README.md").read_text("utf-8")
    return re.findall(r"^(python3 -m pip install [^#\n]*[^#\s])", text, re.MULTILINE)


def test_the_readme_says_one_command_twice_not_two() -> None:
    """In Chinese and in English the same two; .ci/run takes them from here word for word."""
    commands = readme_commands()
    assert len(commands) == 4
    assert len(set(commands)) == 2
    assert [command for command in commands if "-c constraints.txt" not in command] == []
    assert "README.md" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_readme_names_the_pythons_of_the_package() -> None:
    classifiers = PROJECT["project"]["classifiers"]
    pythons = [c.rsplit(" ", 1)[1] for c in classifiers if re.search(r":: 3\.\d+$", c)]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"要 Python {'、'.join(pythons[:-1])} 或 {pythons[-1]}" in readme
    assert f"Python {', '.join(pythons[:-1])} and {pythons[-1]} were tried" in readme
    assert PROJECT["project"]["requires-python"] == f">={pythons[0]}"


def test_every_package_named_has_a_version_that_passed() -> None:
    assert {_name(line) for line in NEEDED} - _pinned().keys() == NOT_INSTALLED_BY_CI


@pytest.mark.parametrize("line", [line for line in NEEDED if ">=" in line])
def test_the_version_that_passed_is_one_allowed(line: str) -> None:
    pinned = _pinned().get(_name(line))
    if pinned is None:
        assert _name(line) in NOT_INSTALLED_BY_CI
        return
    for sign, version in re.findall(r"(>=|<)([\d.]+)", line):
        assert (_numbers(pinned) >= _numbers(version)) is (sign == ">="), line


def test_a_wheel_says_that_it_is_typed() -> None:
    assert "Typing :: Typed" in PROJECT["project"]["classifiers"]
    assert (ROOT / "npcreply" / "py.typed").read_text("utf-8") == ""


def test_whoever_has_the_sources_has_the_versions_that_passed() -> None:
    inside = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {"constraints.txt", "npcreply", "tests", "docs", "packaging"} <= {*inside}


def test_typer_loads_no_pydantic() -> None:
    """Why Typer is held under 0.29: from then on it turns every option's value with pydantic, which
    makes each start a third dearer. `.ci/run` tries this with the newest Typer and says when it
    passes: then the cap in pyproject.toml can go up.
    """
    code = (
        "import sys; from npcreply.cli import run; run(['due', '--within', 'x']);"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    loaded = done.stdout.decode().split()
    assert "typer" in loaded
    assert "pydantic" not in loaded


def test_the_cap_of_typer_is_the_version_that_was_tried() -> None:
    (line,) = [line for line in PROJECT["project"]["dependencies"] if _name(line) == "typer"]
    capped: Any = re.search(r"<([\d.]+)", line)
    assert f"typer>={capped[1]}" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_hooks_are_the_checks_of_ci() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0][
        "hooks"
    ]
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    checks = {line.split("  #")[0] for line in lines}
    assert [
        hook["entry"] for hook in hooks if hook["id"] != "documents" and hook["entry"] not in checks
    ] == []
