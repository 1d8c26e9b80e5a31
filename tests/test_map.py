"""The map of the house is true: every module is on its page, every place that is named is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from docs import modules_page

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "npcreply"
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "docs" / "contributing.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
PLACES = ARCHITECTURE.split("## One place for each kind of change")[1]
MODULES = [path.relative_to(ROOT).as_posix() for path in sorted(PACKAGE.rglob("*.py"))]
PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]+\.\w+|[\w-]+\.(?:py|yaml|md|toml)")


def test_modules_page_is_the_modules() -> None:
    """Rewrite it with: python docs/modules_page.py."""
    assert modules_page.page() == modules_page.PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_knows_in_one_sentence(name: str) -> None:
    sentence = modules_page.first_sentence(ROOT / name)
    assert sentence.endswith((".", "?"))
    assert len(sentence) <= 200


def test_the_tree_has_every_room_in_the_order_of_the_layers() -> None:
    """The page's first block names each room and each module at the top, the topmost first."""
    block = ARCHITECTURE.split("```")[1]
    drawn = re.findall(r"^(\S+?)/?(?=\s)", block, re.MULTILINE)
    top = modules_page.orders()[()]
    assert [name for name in drawn if name != "npcreply"] == [*top, "data"]


@pytest.mark.parametrize("path", sorted({p for p in PATH.findall(PLACES) if "NAME" not in p}))
def test_a_place_to_change_is_there(path: str) -> None:
    assert any((root / path).exists() for root in (ROOT, PACKAGE, ROOT / "docs"))


@pytest.mark.parametrize(
    ("path", "table"), re.findall(r"`([\w/]+\.py)`?[ .]`?([A-Z][A-Z_]+)\b", PLACES)
)
def test_a_table_to_lengthen_is_there(path: str, table: str) -> None:
    tree = ast.parse((PACKAGE / path).read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert table in names


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"(?:tests|docs|benchmarks)/[\w./]*\w", CONTRIBUTING)))
)
def test_what_a_contributor_runs_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_a_contributor_sets_up_as_the_readme_does() -> None:
    assert "python3 -m pip install -c constraints.txt -e '.[dev]'" in CONTRIBUTING
    assert "python3 -m pip install -c constraints.txt -e '.[dev]'" in README
