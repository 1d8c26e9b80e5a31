"""The help of every command: two examples that work, two last lines, folded where it is narrow."""

from __future__ import annotations

import shlex
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest
from docx import Document

from npcreply import everywhere, options
from npcreply.cli import COMMANDS, UNSEEN, run
from npcreply.render.text import width

ROOT = Path(__file__).resolve().parents[2]
LETTER = (
    "关于市九届人大三次会议第61号建议的答复",
    "丁某代表：",
    "您提出的《关于增设路灯的建议》收悉，现答复如下：",
    "下一步，我局将于2024年12月31日前安装路灯50盏。",
    "市住建局",
    "2024年1月5日",
)
REPORT = (
    "关于第温46号建议落实情况的报告",
    "现将截至2023年12月底的落实情况报告如下。",
    "实施临港产业带计划，300个项目开工240个。",
    "市临港专班",
    "2024年1月8日",
)
REQUEST = (
    "    requests:\n      - {on: 2024-01-05, asks: extension, to: 2024-06-30, reason: 用地未批}\n"
)
BEFORE = {
    "undo": ("set 温46 leader=张副市长",),
    "redo": ("set 温46 leader=张副市长", "undo"),
    "reopen": ("done 温46.2 --on 2024-01-05 --reason 各县均已入选",),
    "import": ("export -o 台账.csv",),
}
SEEN = [command for command in COMMANDS if command.group != UNSEEN]
EXAMPLES = [
    pytest.param(command.name, example, id=example)
    for command in SEEN
    for example in getattr(import_module(command.module), "EXAMPLES", ())
]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the shipped workspace with a letter and a request, on a fixed day."""
    shutil.copytree(ROOT / "replies", tmp_path / "replies")
    shutil.copy(ROOT / "schema.yaml", tmp_path)
    for name, lines in (("答复.docx", LETTER), ("落实情况报告.docx", REPORT)):
        letter = Document()
        for line in lines:
            letter.add_paragraph(line)
        letter.save(str(tmp_path / name))
    record = tmp_path / "replies" / "2023" / "2023-温46.yaml"
    text = record.read_text("utf-8").replace("  - id: 2\n", f"{REQUEST}  - id: 2\n", 1)
    record.write_text(text, "utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NPCREPLY_TODAY", "2024-01-10")
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" -c pass')
    return tmp_path


@pytest.mark.parametrize("command", SEEN, ids=lambda command: command.name)
def test_every_command_gives_two_examples(command: object) -> None:
    assert len(import_module(command.module).EXAMPLES) == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_of_the_help_does_what_it_says(
    name: str, example: str, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for earlier in BEFORE.get(name, ()):
        assert run(shlex.split(earlier)) == 0, capsys.readouterr().err
    words = shlex.split(example)
    assert words[0] == name
    assert run(words) == 0, capsys.readouterr().err


@pytest.mark.parametrize("command", SEEN, ids=lambda command: command.name)
def test_help_ends_in_the_two_lines_of_the_options_everywhere(
    command: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command.name, "--help"]) == 0  # type: ignore[attr-defined]
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == everywhere.ending().splitlines()
    assert lines[-3] == ""


def test_the_page_of_all_commands_explains_every_option_that_all_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["--help"]) == 0
    page = capsys.readouterr().out
    fields = options.Globals.__dataclass_fields__
    assert set(fields) == set(everywhere.OPTIONS)
    for names, what in everywhere.explained():
        assert f"  {names} " in page
        assert what in page


@pytest.mark.parametrize("name", ["overdue", "add", "remind"])
@pytest.mark.parametrize("columns", [40, 60])
def test_help_fits_a_narrow_terminal(
    name: str, columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """But for what may be copied: a command stays on its line."""
    monkeypatch.setenv("NPCREPLY_COLUMNS", str(columns))
    assert run([name, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if width(line) > columns and "npcreply " not in line] == []
