"""A small office, the shipped records, and a clerk at a pipe or a terminal, all in this process."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from npcreply import cli, language

ROOT = Path(__file__).resolve().parent.parent
# The marks of known workspaces: never those of who runs the tests.
_MARKS = tempfile.TemporaryDirectory()
os.environ["LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME"] = _MARKS.name
# What is started in the background (`&` in a script, nohup) ignores Ctrl-C, and so would its
# children, whom some tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
# A shared machine may be slow at any moment: no example has a time to keep.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

GOLDEN = Path(__file__).parent / "golden"
OFFICE = """\
$ref: npcreply:record:1
properties:
  x-block: {title: 片区, type: string, maxLength: 20}
x-workspace:
  id: office
  year: 2023
  soon_days: 30
  departments:
    - {name: 市水利局, aliases: [水利]}
    - {name: 市教育局}
    - {name: 市财政局}
    - {name: 市发展改革委, aliases: [发改]}
"""
RIVER = """\
# yaml-language-server: $schema=../../schema.yaml
kind: suggestion
year: 2023
number: "107"   # 照印
session: 市七届人大三次会议
title: 关于整治城区河道的建议
deputies: [甲代表, 乙代表]
lead: 市水利局
co:
  - {body: 市财政局, opinion_due: 2023-04-20}
  - {body: 市发展改革委}
reply_date: 2023-05-20
x-block: 东片
measures:
  # 主要的一项
  - id: 1
    text: 年内整治河道12公里
    force: firm
    deadline: {date: 2023-12-31, words: 年内}
    targets:
      - {id: 1, indicator: 整治河道, kind: level, comparator: ">=", value: 12, unit: 公里}
    log:
      - {on: 2023-06-30, target: 1, value: 5.5, unit: 公里, note: 半年, entered: 2023-07-02}
  - id: 2
    text: 研究建立河道巡查制度
    department: 市教育局
    force: effort
  - id: 3
    text: 春节前清淤
    force: firm
    deadline: {date: 2024-01-20}
"""
SCHOOL = """\
kind: proposal
year: 2023
number: "12"
title: 关于增加公办学位的提案
deputies: [丙代表]
lead: 市教育局
reply_date: 2023-06-15
measures:
  - id: 1
    text: 新增公办学位800个，毛入园率90%以上
    force: firm
    deadline: {date: 2023-08-31, words: 秋季开学前}
    targets:
      - {id: 1, indicator: 新增公办学位, kind: level, comparator: ">=", value: 800, unit: 个}
      - {id: 2, indicator: 毛入园率, kind: rate, comparator: ">=", value: 90, unit: "%"}
    log:
      - {on: 2023-08-31, target: 1, value: 820, unit: 个, entered: 2023-12-20}
      - {on: 2023-08-31, target: 2, value: 91, unit: "%", entered: 2023-12-20}
"""
BROKEN = 'kind: suggestion\nyear: 2023\nnumber: "112"\ntitle：坏\n'
SMALL = {"2023/2023-107": RIVER, "2023/2023-提12": SCHOOL}


class Stream(io.TextIOWrapper):
    """A stream that remembers its bytes and may say that it is a terminal."""

    def __init__(self, *, terminal: bool = False, text: str = "") -> None:
        self.bytes = io.BytesIO(text.encode())
        self.terminal = terminal
        super().__init__(self.bytes, encoding="utf-8", newline="", write_through=True)

    def isatty(self) -> bool:
        return self.terminal


@dataclass(frozen=True)
class Result:
    """What one command line gave: exit code, answer, everything else."""

    code: int
    out: str
    err: str
    data: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json
        return found


@dataclass(frozen=True)
class Place:
    """A workspace on disk."""

    root: Path

    def write(self, name: str, text: str) -> Path:
        """Write replies/NAME.yaml."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")
        return path

    def path(self, name: str) -> Path:
        return self.root / "replies" / f"{name}.yaml"

    def text(self, name: str) -> str:
        return self.path(name).read_bytes().decode("utf-8")

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every file under replies/."""
        found = sorted(path for path in (self.root / "replies").rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in found}


Run = Callable[..., Result]
Make = Callable[..., Place]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the clerk is in; the day is 2024-01-05, nothing of this machine shows."""
    for name in tuple(os.environ):
        if name.startswith("NPCREPLY_") or name in ("EDITOR", "VISUAL", "NO_COLOR", "COLUMNS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("NPCREPLY_TODAY", "2024-01-05T09:00")
    monkeypatch.setenv("NPCREPLY_USER", "办公室")
    monkeypatch.setenv("NPCREPLY_LANG", "zh")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    here = tmp_path / "办公室"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def workspace(folder: Path) -> Make:
    """Make a workspace of {"2023/2023-107": yaml}, where the clerk is; the small office's own
    records where none are given.
    """

    def make(records: Mapping[str, str] = SMALL, schema: str = OFFICE) -> Place:
        (folder / "replies").mkdir(exist_ok=True)
        (folder / "schema.yaml").write_text(schema, "utf-8", newline="")
        place = Place(folder)
        for name, text in records.items():
            place.write(name, text)
        return place

    return make


@pytest.fixture
def office(workspace: Make) -> Place:
    """The small office: one suggestion with three promises, one proposal with its targets met."""
    return workspace()


@pytest.fixture
def shipped(folder: Path) -> Place:
    """A copy of the records that come with the program."""
    shutil.copytree(ROOT / "replies", folder / "replies")
    shutil.copy(ROOT / "schema.yaml", folder)
    return Place(folder)


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command line: in a pipe, or on a terminal of so many `columns`, where `answers` are
    typed; after the last one the input ends, as with Ctrl-D.
    """

    def typed(
        *argv: str,
        columns: int | None = None,
        answers: tuple[str, ...] | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
    ) -> Result:
        terminal = columns is not None or answers is not None
        out, err = Stream(terminal=terminal), Stream()
        entered = Stream(
            terminal=answers is not None, text="".join(f"{a}\n" for a in answers or ())
        )
        with monkeypatch.context() as patch:
            patch.chdir(cwd or folder)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", entered)
            patch.setenv("TERM", "dumb")
            if columns:
                patch.setenv("NPCREPLY_COLUMNS", str(columns))
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            try:
                code = cli.run(argv)
            finally:
                language.choose("zh")
        data = out.bytes.getvalue()
        return Result(code, data.decode("utf-8"), err.bytes.getvalue().decode("utf-8"), data)

    return typed


@pytest.fixture
def editor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An $EDITOR that replaces, line by line of `folder`/turns, OLD⇒NEW in the file."""
    script = folder.parent / "编辑器.py"
    script.write_text(
        "import pathlib, sys\n"
        f"turns = pathlib.Path({str(folder.parent / 'turns')!r}).read_text('utf-8')\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8')\n"
        "for turn in turns.splitlines():\n"
        "    text = text.replace(*turn.split('⇒'))\n"
        "path.write_text(text, 'utf-8', newline='')\n",
        "utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    turns = folder.parent / "turns"
    turns.write_text("", "utf-8")
    return turns


@pytest.fixture
def golden(folder: Path) -> Callable[[str, str], None]:
    """Compare a screen with tests/golden/NAME.txt, a page with NAME (it ends in .html);
    NPCREPLY_GOLDEN=write writes it instead.
    """

    def compare(name: str, text: str) -> None:
        path = GOLDEN / (name if name.endswith(".html") else f"{name}.txt")
        shown = text.replace(str(folder), "FOLDER")
        if WRITE_GOLDEN:
            path.write_text(shown, "utf-8", newline="")
        assert path.read_bytes().decode("utf-8") == shown

    return compare


SLOW = 5.0  # CPU seconds of one test; the whole suite has 6 minutes on two cores


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Note the CPU time of each test, its child processes' too; the wall's clock is not ours alone."""
    before = sum(os.times()[:4])
    try:
        return (yield)
    finally:
        item.user_properties.append(("cpu", sum(os.times()[:4]) - before))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how much CPU the tests took, and name those of more than SLOW seconds; nothing fails."""
    spent = sorted(
        (dict(report.user_properties).get("cpu", 0.0), report.nodeid)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
    )
    total = sum(cpu for cpu, _name in spent)
    slow = [f"{cpu:5.1f} s  {name}\n" for cpu, name in reversed(spent) if cpu > SLOW]
    if total > SLOW:
        title = f"{total:.0f} seconds of CPU, tests of more than {SLOW:.0f}: {len(slow)}"
        terminalreporter.section(title)
        terminalreporter.write("".join(slow))


WRITE_GOLDEN = os.environ.get("NPCREPLY_GOLDEN") == "write"
