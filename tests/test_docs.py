"""The documents tell the truth: their examples run, every command and field is in them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from npcreply.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
_spec = importlib.util.spec_from_file_location("examples", ROOT / "tests" / "examples.py")
assert _spec is not None
assert _spec.loader is not None
examples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(examples)


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
    spec = importlib.util.spec_from_file_location("words_page", ROOT / "docs" / "words_page.py")
    assert spec is not None
    assert spec.loader is not None
    words = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(words)
    assert words.page() == words.PAGE.read_text("utf-8")
