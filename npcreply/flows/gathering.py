"""Which files are meant: names, patterns that the shell left to the program, whole folders."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.errors import UsageError
from npcreply.language import _, listed

SUFFIXES = frozenset(
    {
        *(".txt", ".htm", ".html", ".shtml", ".xhtml", ".mht", ".docx", ".pdf"),
        *(".doc", ".wps", ".rtf"),  # not read, but named: who gives a folder counts on them
    }
)
_PAGE_PARTS = ("_files", ".files")  # where browsers put the pictures of a page that was saved
_OPEN_IN_WORD = "~$"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files in the order in which they were named. `several`: more than one is meant, also
    where a folder has one only; `empty` are the patterns and folders without any; `others` counts
    the files of folders that are no letters.
    """

    files: list[str]
    several: bool = False
    empty: tuple[str, ...] = ()
    others: int = 0


def gathered(given: Sequence[str]) -> Gathered:
    """Return the files meant; raises UsageError where there is none."""
    files: list[str] = []
    empty: list[str] = []
    others = 0
    folder = False
    for name in _spread(given, empty):
        if not Path(name).is_dir():
            files.append(name)
            continue
        folder = True
        own = list(_within(Path(name)))
        letters = [path for path in own if Path(path).suffix.lower() in SUFFIXES]
        others += len(own) - len(letters)
        files += letters
        empty += [] if letters else [name]
    if not files:
        raise UsageError(
            _("{files} 里没有可以读的原文").format(files=listed(empty)),
            _("核对文件名和所在的文件夹；能读的有 txt、html、docx、pdf。"),
        )
    files = list(dict.fromkeys(files))
    return Gathered(files, folder or len(files) + len(empty) > 1, tuple(empty), others)


def _spread(given: Sequence[str], empty: list[str]) -> Iterator[str]:
    """The names, each pattern as what it matches: the Windows console leaves *.html to the program.
    Patterns that match nothing go to `empty`.
    """
    for name in given:
        if not glob.has_magic(name) or os.path.lexists(name):
            yield name
            continue
        path = Path(name)
        found = sorted(
            str(one) for one in Path(path.anchor).glob(str(path.relative_to(path.anchor)))
        )
        yield from found
        if not found:
            empty.append(name)


def _within(folder: Path) -> Iterator[str]:
    """The files of a folder and its folders by name, but for hidden ones, what Word keeps beside an
    open file, the parts of a saved page, and a workspace's own records.
    """
    for here, folders, files in os.walk(folder):
        is_workspace = "schema.yaml" in files and "replies" in folders
        own = {"replies", "collected"} if is_workspace else set()
        folders[:] = sorted(
            name
            for name in folders
            if name not in own and not name.startswith(".") and not name.endswith(_PAGE_PARTS)
        )
        seen = (name for name in sorted(files) if not name.startswith((".", _OPEN_IN_WORD)))
        paths = (Path(here, name) for name in seen)
        yield from (str(path) for path in paths if path.is_file() or path.is_symlink())
