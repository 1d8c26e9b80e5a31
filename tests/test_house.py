"""The house keeps its order: no circle of modules, each list of words where it belongs."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "npcreply"
# Circles that are still there; this set may only shrink.
CIRCLES: set[frozenset[str]] = set()
# Rooms whose word lists stand in data/phrases.yaml and grammar/words.py alone.
WITHOUT_WORD_LISTS = ("extract/files", "extract/header", "extract/page", "extract/text")
# How many are left elsewhere; these numbers may only shrink.
LEFT = {"grammar": 41, "extract": 18, "domain": 8, "store": 2}
ALTERNATIVES = re.compile(r"[一-龥]{1,9}(?:\|[一-龥]{1,9}){2,}")


def modules() -> dict[str, Path]:
    """Name -> file of every module; a package bears its own name."""
    named = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return named


def imported(tree: ast.AST, names: set[str]) -> Iterator[str]:
    """The modules that a module imports, wherever in it; a module of a package, not the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                if inner in names:
                    yield inner
                elif node.module in names:
                    yield node.module


def circles(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """The sets of modules of which each reaches each."""
    reached = {name: set(others) for name, others in graph.items()}
    growing = True
    while growing:
        growing = False
        for others in reached.values():
            more = set().union(*(reached[other] for other in others)) - others
            others.update(more)
            growing = growing or bool(more)
    return {
        frozenset(other for other in others if name in reached[other])
        for name, others in reached.items()
        if name in others
    }


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"a"}}
    assert circles(graph) == {frozenset("abc")}


def test_no_modules_import_each_other_in_a_circle() -> None:
    named = modules()
    graph = {
        name: set(imported(ast.parse(path.read_text("utf-8")), set(named))) - {name}
        for name, path in named.items()
    }
    assert any(graph.values())
    assert circles(graph) == CIRCLES


def alternatives(room: Path) -> list[str]:
    """Every list of three or more Chinese alternatives in the patterns of a room, with its place."""
    return [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {found[0]}"
        for path in sorted(room.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for found in ALTERNATIVES.finditer(node.value)
    ]


@pytest.mark.parametrize("room", WITHOUT_WORD_LISTS)
def test_lists_of_alternatives_stand_in_the_data(room: str) -> None:
    assert alternatives(PACKAGE / room) == []


def test_the_lists_that_are_left_in_patterns_become_fewer() -> None:
    """A pattern's own endings and particles may be left; a list of words goes to grammar/words.py,
    if the class is closed, else to data/phrases.yaml. Whoever moves some lowers the number.
    """
    left = Counter(line.split("/")[0] for line in alternatives(PACKAGE))
    assert {room: count for room, count in left.items() if count > LEFT.get(room, 0)} == {}


def compiled_at_import(tree: ast.Module) -> list[int]:
    """The lines that compile a regular expression while a module is loaded."""
    outside: list[ast.AST] = [tree]
    for node in outside:
        inside = ast.iter_child_nodes(node)
        outside += (one for one in inside if not isinstance(one, ast.FunctionDef | ast.Lambda))
    return [
        node.lineno
        for node in outside
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "re.compile"
    ]


def test_what_is_compiled_at_import_is_found() -> None:
    text = (
        'A = re.compile("a")\nclass B:\n    C = [re.compile("c")]\ndef d():\n    re.compile("e")\n'
    )
    assert compiled_at_import(ast.parse(text)) == [1, 3]


def test_loading_a_module_compiles_no_expression() -> None:
    """`npcreply.patterns.pattern` does it on first use: most an answer never asks."""
    assert {
        name: lines
        for name, path in modules().items()
        if (lines := compiled_at_import(ast.parse(path.read_text("utf-8"))))
    } == {}
