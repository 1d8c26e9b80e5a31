"""Writes docs/modules.md: what every module knows, room by room, from the modules' first sentences.

python docs/modules_page.py
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "modules.md"
HEAD = """\
# What every module knows

Made by `python docs/modules_page.py` from the modules' first sentences. In each room a module uses only those
below it, where an import-linter contract in `pyproject.toml` says so; elsewhere they stand by the alphabet.
How the rooms work together is told in [architecture.md](architecture.md); which module is to blame for
a letter read wrong, in [reading.md](reading.md).
"""
DATA = {
    "calendar.yaml": "A year's holidays and working weekends that chinesecalendar does not have yet.",
    "completion": "The scripts of `completion`, one a shell.",
    "heads.yaml": "What heads of columns and cells of tables say: synonyms by field, words of state.",
    "letters": "Word templates of `remind`; docs/letter_templates.py makes them.",
    "locale": "The English of every sentence.",
    "office": "What `init` puts into a new workspace, its example records too.",
    "page": "HTML and CSS of `report`; no sentences.",
    "repeats.yaml": "words by which promises are compared: what they are about, where, and what fits any promise",
    "phrases.yaml": "The open lists of words that letters are read with, a section a room of extract.",
    "profiles": "The rules of time, a file a jurisdiction, each with its article and days.",
    "shared": "SQL for who runs the shared database: rights, servers read through postgres_fdw.",
}
Room = tuple[str, ...]  # the parts of a package's name under npcreply


def page() -> str:
    """Return the whole page."""
    package, order = ROOT / "npcreply", orders()
    rooms = sorted(
        {path.parent.relative_to(package).parts for path in package.rglob("*.py")},
        key=lambda room: _place(room, order),
    )
    parts = [HEAD, *(_section(package.joinpath(*room), room, order) for room in rooms)]
    return "\n".join([*parts, _data(package / "data")])


def first_sentence(path: Path) -> str:
    """Return what a module says first of itself."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return re.split(r"(?<=\.)\s", " ".join(docstring.split()), maxsplit=1)[0]


def orders() -> dict[Room, list[str]]:
    """Return room -> its modules and rooms from the topmost down, of each contract of layers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        tuple(container.split(".")[1:]): re.findall(r"\w+", " ".join(contract["layers"]))
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
    }


def _place(room: Room, orders: dict[Room, list[str]]) -> list[tuple[int, str]]:
    """Sort rooms as their contracts do, a room within a room after its own modules."""
    return [_rank(name, orders.get(room[:depth], [])) for depth, name in enumerate(room)]


def _rank(name: str, order: list[str]) -> tuple[int, str]:
    return (order.index(name) if name in order else len(order), name)


def _section(folder: Path, room: Room, orders: dict[Room, list[str]]) -> str:
    modules = [path for path in folder.glob("*.py") if path.stem != "__init__"]
    modules.sort(key=lambda path: _rank(path.stem, orders.get(room, [])))
    said = [f"## {'/'.join(['npcreply', *room])}", "", first_sentence(folder / "__init__.py"), ""]
    if modules:
        said += ["| module | what it knows |", "|---|---|", *map(_row, modules), ""]
    return "\n".join(said)


def _row(path: Path) -> str:
    return f"| `{path.stem}` | {first_sentence(path).replace('|', '&#124;')} |"


def _data(folder: Path) -> str:
    return "\n".join(
        ["## npcreply/data", "", "| file | what it has |", "|---|---|", *_files(folder), ""]
    )


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        yield f"| `{path.name}` | {DATA[path.name]} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
