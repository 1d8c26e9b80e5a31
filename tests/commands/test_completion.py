from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from npcreply.cli import COMMANDS
from npcreply.commands.completion import SCRIPTS
from tests.conftest import BROKEN, ROOT, Place, Run


def values(run: Run, *words: str) -> list[str]:
    said = run("--complete", *words)
    assert (said.code, said.err) == (0, "")
    return [line.partition("\t")[0] for line in said.out.splitlines()]


def test_commands_with_what_they_do(office: Place, run: Run) -> None:
    assert values(run, "") == [command.name for command in COMMANDS]
    assert run("--complete", "ov").out == "overdue\t逾期和待销号的承诺\n"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["show", "2023-1"], ["2023-107"]),
        (["show", "10"], ["107"]),
        (["log", "107."], ["107.1", "107.2", "107.3"]),
        (["log", "2023-107.2"], ["2023-107.2"]),
        (["log", "2023-10."], []),
        (["log", "."], []),
        (["overdue", "--dept", "市水"], ["市水利局"]),
        (["overdue", "--status", "待"], ["待销号"]),
        (["list", "--kind", "政"], ["政协提案"]),
        (["export", "--preset", ""], ["meeting", "full"]),
        (["overdue", "--exit"], ["--exit-code"]),
        (["drop", "107.1", "--into", "107.2"], ["107.2"]),
        (["overdue", "--dept", "没有"], []),
        (["没有这个命令", "1"], []),
        (["export", "-o", ""], [""]),
        (["draft", "a"], [""]),
        (["check", ""], [""]),
        (["add", "--from", "a"], [""]),
        (["log", "107.1", "--from", ""], [""]),
        (["-C", ""], [""]),
        (["overdue", "-C", ""], [""]),
        (["stats", "--as-of", ""], []),
        (["overdue", "--text", ""], []),
        (["overdue", ""], []),
    ],
)
def test_what_may_come_next(office: Place, run: Run, words: list[str], found: list[str]) -> None:
    assert values(run, *words) == found


def test_ids_come_with_titles(office: Place, run: Run) -> None:
    assert run("--complete", "show", "2023-提").out == "2023-提12\t关于增加公办学位的提案\n"


def test_it_never_fails_aloud(folder: Path, run: Run, office: Place) -> None:
    office.write("2023/2023-112", BROKEN)
    assert values(run, "show", "2023-1") == ["2023-107"]
    assert values(run, "-C", "/没有", "show", "") == []


@pytest.mark.parametrize("shell", SCRIPTS)
def test_scripts_say_where_they_go(folder: Path, run: Run, shell: str) -> None:
    said = run("completion", shell)
    assert said.code == 0
    assert f"# npcreply completion {shell} >" in said.out
    assert "--complete" in said.out


def test_another_shell(folder: Path, run: Run) -> None:
    said = run("completion", "cmd")
    assert (said.code, said.err.splitlines()[0]) == (2, "错误：没有 cmd 的补全脚本")


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
@pytest.mark.skipif(sys.platform == "win32", reason="bash of Windows has other paths")
@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ('npcreply "show" "2023-1"', ["2023-107"]),
        (
            'npcreply "log" "107."',
            ["107.1  (年内整治河道12公里)", "107.2  (研究建立河道巡查制度)", "107.3  (春节前清淤)"],
        ),
        ('npcreply "overdue" "--dept" "schema"', []),
        ('npcreply "export" "-o" "a"', []),
    ],
)
def test_bash(office: Place, run: Run, words: str, reply: list[str]) -> None:
    script = f"""
npcreply() {{ "{sys.executable}" -m npcreply "$@"; }}
{run("completion", "bash").out}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _npcreply
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    said = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env=environ)
    assert said.stdout.decode().splitlines() == (reply or [""])


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("npcreply show 2023-1", ["2023-107\t关于整治城区河道的建议"]),
        ("npcreply overdue --dept 市水", ["市水利局\t水利"]),
        ("npcreply overdue --dept sch", []),
        ("npcreply overdue --text ", []),
        ("npcreply export -o sch", ["schema.yaml"]),
        ("npcreply draft sch", ["schema.yaml"]),
    ],
)
def test_fish_offers_files_only_where_they_are_meant(
    office: Place, run: Run, line: str, reply: list[str]
) -> None:
    script = f"""
function npcreply; "{sys.executable}" -m npcreply $argv; end
{run("completion", "fish").out}
complete -C '{line}'
"""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    environ |= {"HOME": str(office.root.parent), "XDG_CONFIG_HOME": str(office.root.parent)}
    said = subprocess.run(
        ["fish", "--no-config", "-c", script],
        capture_output=True,
        check=True,
        env=environ,
        cwd=office.root,
    )
    assert said.stdout.decode().splitlines() == reply
