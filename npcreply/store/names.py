"""Which files are records, and what a record's file may be called on every system."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from npcreply.domain.record.identity import number_order
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.store import refusals

RECORD_SUFFIXES = (".yaml", ".yml")
STEM_CHARACTERS = 100
STEM_BYTES = 240  # most file systems end a name at 255 bytes; a Chinese character takes three
_STRANGE = re.compile(r"[^0-9A-Za-z_\u3007\u3400-\u4dbf\u4e00-\u9fff-]")
_DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])", re.IGNORECASE)  # Windows' own names


def record_paths(root: Path) -> list[Path]:
    """Return the record files under `root`/replies, sorted by path; each folder is seen once,
    so links that go round in circles end. A link that dangles, or to a folder that is not in
    `root`/replies, is listed itself: reading it names it.

    Raises CouldNotError where a folder cannot be read: records must not go missing in silence.
    """
    replies = root / "replies"
    found = _records(replies, os.path.realpath(replies), set())
    return sorted(found, key=lambda path: number_order(path.as_posix()))


def stem_fault(stem: str) -> str:
    """Return why `stem` may not name a record's file, "" where it may."""
    if not stem:
        return _("编号是空的")
    if strange := _STRANGE.search(stem):
        mark = strange[0] if strange[0].isprintable() else f"U+{ord(strange[0]):04X}"
        return _("编号里有“{character}”").format(character=mark)
    if _DEVICE.fullmatch(stem):
        return _("“{stem}”是 Windows 的设备名").format(stem=stem)
    if len(stem) > STEM_CHARACTERS or len(stem.encode("utf-8")) > STEM_BYTES:
        return _("编号太长（{length} 个字）").format(length=len(stem))
    return ""


def safe_stem(record_id: str) -> str:
    """Return the stem of the record's file name: the id itself. Raises UsageError for an id that
    some system could not keep as a file name; nothing is replaced in silence.
    """
    if fault := stem_fault(record_id):
        said = _("{fault}，不能用作文件名。").format(fault=fault)
        remedy = _("编号只用汉字、字母、数字、“-”和“_”，不超过 {limit} 个字。")
        raise UsageError(said, remedy.format(limit=STEM_CHARACTERS))
    return record_id


def _records(folder: Path, top: str, seen: set[str]) -> Iterator[Path]:
    """`top` is the real place of replies/, `seen` the real places looked at."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    if real != top and not real.startswith(os.path.join(top, "")):  # noqa: PTH118 -- as texts
        yield folder
        return
    seen.add(real)
    for name, is_folder in _entries(folder):
        if name.startswith((".", "~$")):
            continue
        if is_folder:
            yield from _records(folder / name, top, seen)
        elif name.lower().endswith(RECORD_SUFFIXES):
            yield folder / name


def _entries(folder: Path) -> list[tuple[str, bool]]:
    """Return name and "is a folder" of what `folder` holds, sorted; nothing where it is not."""
    try:
        with os.scandir(folder) as found:
            return sorted((entry.name, _is_folder(entry)) for entry in found)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refusals.unread(folder, error) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # only a link costs a look at the disk; 10,000 files do not
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()  # noqa: PTH112
