"""What is read without Typer is what Typer reads; what is not plain is left to it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from npcreply import calls, usage
from npcreply.cli import COMMANDS
from npcreply.errors import UsageError

WORDS = (
    "温46.1",
    "2024-01-05",
    "水利",
    "3",
    "0",
    "07",
    "-1",
    "+2",
    "１",
    "3.5",
    "a=b",
    "",
    " ",
    "-",
    "--",
)


def lines(name: str, parameters: list[calls.Parameter], count: int) -> Iterator[list[str]]:
    """Command lines as people write them, and some as they should not."""
    dice = random.Random(name)
    options = [one for one in parameters if one.declared.names]
    for _number in range(count):
        words: list[str] = []
        for one in dice.sample(options, min(len(options), dice.randrange(4))):
            for _time in range(1 if dice.random() < 0.9 else 2):
                words.append(dice.choice(one.declared.names))
                if one.kind is not bool and dice.random() < 0.97:
                    usual = ["3", "12"] if one.kind is int else ["水利", "2024-01-05"]
                    words.append(dice.choice(usual if dice.random() < 0.8 else WORDS))
        for _argument in range(dice.choice((0, 1, 1, 2, 4))):
            word = dice.choice(("温46.1", "58", "3") if dice.random() < 0.8 else WORDS)
            words.insert(dice.randrange(len(words) + 1), word)
        if dice.random() < 0.05:
            words.append(dice.choice(("--help", "-q=1", "--nothing", "-qC", "--as-of=2024-01-05")))
        yield words


def by_typer(function: Any, name: str, words: list[str]) -> calls.Given | None:
    """What Typer makes of a line, None where it refuses it."""
    try:
        usage.call(function, lambda _given: None, name, words)
    except UsageError:
        return None
    return GIVEN.pop() if GIVEN else None


GIVEN: list[calls.Given] = []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_both_read_a_line_alike(
    command: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    function = import_module(command.module).run
    monkeypatch.setattr(calls, "answered", lambda _function, _finish, given: GIVEN.append(given))
    plain = 0
    for words in lines(command.name, calls.parameters(function), 14):
        found, wanted = calls.parsed(function, words), by_typer(function, command.name, words)
        plain += found is not None
        assert found is None or found == wanted, words
    assert plain


@pytest.mark.parametrize(
    "line",
    [
        "overdue",
        "overdue --as-of 2024-01-05 --dept 水利 --dept 教育 --json",
        "-C 库 逾期 --since 2023-12-01 --group none --new",
        "show 温46.1 --json",
        "log 温46.1 --value 3所 --date 2024-01-05",
        "list --year 2023 --limit 5",
    ],
)
def test_what_clerks_type_every_day_is_plain(line: str) -> None:
    words = line.split()
    names = {name: one for one in COMMANDS for name in (one.name, one.chinese)}
    at = next(number for number, word in enumerate(words) if word in names)
    function = import_module(names[words.pop(at)].module).run
    assert calls.parsed(function, words) is not None


@pytest.mark.parametrize(
    "words",
    [
        ["--nothing"],
        ["--since"],
        ["--since", "--new"],
        ["--since", "a", "--since", "b"],
        ["--since=a"],
        ["--year", "3.5"],
        ["extra"],
        ["--help"],
        ["-qC", "x"],
    ],
)
def test_what_is_not_plain_is_left_to_typer(words: list[str]) -> None:
    assert calls.parsed(import_module("npcreply.commands.overdue").run, words) is None


NEVER = (
    *("typer", "rich", "sqlmodel", "sqlalchemy", "pydantic", "jinja2", "difflib", "xlsxwriter"),
    *("docxtpl", "npcreply.usage", "npcreply.extract", "npcreply.reports", "npcreply.shared"),
)
READING = (
    *("yaml", "jsonschema_rs", "filelock", "subprocess", "getpass"),
    *("npcreply.store.codec", "npcreply.store.yaml", "npcreply.store.journal"),
)
LARGE = ("_hashlib", "inspect", "dataclasses", "shutil", "npcreply.repeats")
OF_A_RECORD = ("filelock", "subprocess", "getpass", "npcreply.store.journal")
JUDGING = (
    *("npcreply.domain.judging", "npcreply.domain.time.deadlines", "npcreply.views.columns"),
    *("npcreply.grammar", "npcreply.flows", "npcreply.views", "fractions", "calendar"),
)
UNUSED = {
    "overdue": NEVER + READING + LARGE,
    "overdue --json --year 2023": NEVER + READING + LARGE,
    "list --limit 5": NEVER + READING + LARGE,
    "--complete overdue --dept 市": NEVER + READING + LARGE + JUDGING,
    "--complete log 2021-00002.": NEVER + READING + LARGE + JUDGING,
    "--complete show 00002": NEVER + READING + LARGE,
    "show 2021-00002": NEVER + OF_A_RECORD,
    "log 2021-00002.1 --note 看过": (*NEVER, "npcreply.repeats"),
    "export --headers machine": (*NEVER, *READING, "dataclasses", "inspect"),
    "stats --json": NEVER + READING,
}
"""Of each way to an answer, where no file changed: the modules that it does without."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made archive whose index is there."""
    from benchmarks.made import workspace

    root = tmp_path_factory.mktemp("archive")
    workspace(root, 100)
    assert modules(root, "overdue")
    return root


def modules(root: Path, line: str) -> set[str]:
    """The modules that are loaded when a line has been answered."""
    from benchmarks.made import DAY

    code = (
        "import sys\nfrom npcreply.cli import run\ncode = run(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)\nsys.exit(code)"
    )
    words = line.split()
    place = ["-C", str(root)]
    whole = [*words[:1], *place, *words[1:]] if words[0] == "--complete" else [*place, *words]
    done = subprocess.run(
        [sys.executable, "-c", code, *whole],
        capture_output=True,
        check=True,
        env={**os.environ, "NPCREPLY_TODAY": DAY},
    )
    assert done.stdout
    return set(done.stderr.decode("utf-8", "replace").splitlines()[-1].split())


@pytest.mark.parametrize("line", UNUSED)
def test_an_answer_where_nothing_changed_does_without(line: str, archive: Path) -> None:
    names = modules(archive, line)
    command = next(word for word in line.split() if not word.startswith("-"))
    assert import_module(f"npcreply.commands.{_FILES.get(command, command)}").__name__ in names
    assert sorted(names.intersection(UNUSED[line])) == []
    if command == "log":
        modules(archive, "overdue")  # what it changed is read, for whoever comes next


_FILES = {"list": "list_"}
