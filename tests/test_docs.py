"""The documents tell the truth: their examples run, every command and field is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs import rules_page, words_page
from npcreply.cli import COMMANDS
from tests import examples

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", examples.DOCUMENTS)
def test_examples(name: str) -> None:
    """Rewrite them with: python tests/examples.py."""
    document = ROOT / name
    assert examples.outputs(document) == document.read_text("utf-8")


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_readme_names_every_command(command: str) -> None:
    table = (ROOT / "README.md").read_text("utf-8")
    assert re.search(rf"^\|[^|]*`{command}\b", table, re.MULTILINE)


def test_exit_codes_in_the_readme() -> None:
    from npcreply import errors

    codes = {c.exit_code for c in vars(errors).values() if hasattr(c, "exit_code")}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", readme, re.MULTILINE)} == {
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
