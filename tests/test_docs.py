"""The documents tell the truth: their examples run, every command and field is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import rules_page, words_page
from npcreply.cli import COMMANDS
from tests import examples
from tests.conftest import Run

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", examples.DOCUMENTS)
def test_examples(name: str) -> None:
    """Rewrite them with: python tests/examples.py."""
    document = ROOT / name
    assert examples.outputs(document) == document.read_text("utf-8")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_the_page_of_commands_names_every_one(command: str) -> None:
    table = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert re.search(rf"^\|[^|]*`{command}\b", table, re.MULTILINE)


def test_exit_codes_on_the_page_of_commands() -> None:
    from npcreply import errors

    codes = {c.exit_code for c in vars(errors).values() if hasattr(c, "exit_code")}
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == {
        0,
        errors.EXIT_FINDINGS,
        *codes,
    }


def test_links_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_words_page_is_the_schema_s() -> None:
    """Rewrite it with: python docs/words_page.py."""
    assert words_page.page() == words_page.PAGE.read_text("utf-8")


def test_rules_page_is_the_profiles() -> None:
    """Rewrite it with: python docs/rules_page.py."""
    assert rules_page.page() == rules_page.PAGE.read_text("utf-8")


WIZARD = (
    *("", "2024", "第五十八号", "", "关于改造老旧小区电梯的建议", "陈某、李某", "市住建局"),
    *("", "", "2024年6月3日", "全年加装电梯120台", "", "年底", "", "加装电梯120台以上", "", ""),
)


def test_the_wizard_in_the_readme_is_the_wizard(folder: Path, run: Run) -> None:
    """Rewrite the README's block with what this prints where they differ."""
    run("init", ".")
    asked = run("add", answers=WIZARD, columns=90, env={"NPCREPLY_TODAY": "2024-06-10"})
    typed = iter(WIZARD)
    shown = re.sub(r" > ", lambda _prompt: f" > {next(typed)}\n", asked.out)
    lines = "\n".join(line.rstrip() for line in shown.splitlines())
    assert asked.code == 0
    assert f"```text\n{lines}\n```" in (ROOT / "README.md").read_text("utf-8"), lines
