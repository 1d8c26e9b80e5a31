"""Which files are records, and what a record's file may be called on every system."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.names import number_order
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.store import refusals

RECORD_SUFFIXES = (".yaml", ".yml")
STEM_CHARACTERS = 100
STEM_BYTES = 240  # most file systems end a name at 255 bytes; a Chinese character takes three
_STRANGE = pattern(r"[^0-9A-Za-z_\u3007\u3400-\u4dbf\u4e00-\u9fff-]")
_COPY = pattern(
    r"(?i)^(?:复件|副本|copy of)[ _-]*(?:[(（][0-9]+[)）])?[ _-]*"
    r"|[ _-]*(?:副本|复件|拷贝|备份|copy|bak|backup|conflict|冲突)[ _-]*(?:[(（]?[0-9]+[)）]?)?$"
    r"|[ _]*[(（][0-9]+[)）]$"
)
_MARKS = ("副本", "复件", "拷贝", "备份", "冲突", "copy", "bak", "conflict", ")", "）")
_DEVICE = pattern("(?i)(con|prn|aux|nul|(com|lpt)[0-9])")  # Windows' own names


def record_paths(root: Path) -> list[Path]:
    """Return the record files under `root`/replies, sorted by path; each folder is seen once,
    so links that go round in circles end. A link that dangles, or to a folder that is not in
    `root`/replies, is listed itself: reading it names it.

    Raises CouldNotError where a folder cannot be read: records must not go missing in silence.
    """
    return in_order(found_paths(root))


def called(root: Path, stem: str) -> list[Path]:
    """Return those of `record_paths` that bear just this name; of thousands of others nothing is
    made.
    """
    near = (path for path in found_paths(root) if stem in path)
    return [path for path in in_order(near) if path.stem == stem]


def in_order(paths: Iterable[str]) -> list[Path]:
    """Return files in the order of their paths, as people count."""
    return sorted(map(Path, paths), key=lambda path: number_order(path.as_posix()))


def found_paths(root: Path) -> list[str]:
    """Return what `record_paths` returns, as texts in any order: for who only looks whether they
    are as they were, thousands of them.
    """
    replies = os.path.join(root, "replies")  # noqa: PTH118
    return _records(replies, os.path.realpath(replies), set())


def may_be_copies(paths: Iterable[str]) -> bool:
    """Return whether any of the files can be a copy: two of one name, or a mark of a copy; cheap,
    `copies` decides.
    """
    names = (path[path.rfind(os.sep) + 1 :] for path in paths)
    stems = [name[:dot] if (dot := name.rfind(".")) > 0 else name for name in names]
    if len(set(stems)) < len(stems):
        return True
    said = "\n".join(stems).lower()
    return any(mark in said for mark in _MARKS)


def copies(paths: Iterable[Path]) -> dict[Path, Path]:
    """Return which of the record files are copies, each with the file that counts.

    Copies are told by their names: 2024-58 - 副本, 2024-58 (1), Copy of 2024-58, 2024-58.YAML, or
    2024-58 in another folder. The one counts that has no mark of a copy and lies in its year's
    folder; where none does, the first.
    """
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(_bare(path.stem), []).append(path)
    several = (sorted(group, key=_by_worth) for group in groups.values() if len(group) > 1)
    return {copy: first for first, *others in several for copy in others}


def copy_finding(name: str, original: str) -> Finding:
    """Return what to tell of a copy: it is not counted, lest a promise counts twice."""
    said = _("和 {original} 是同一件，这一份没有计入").format(original=original)
    remedy = _("两份对照，留下对的一份，另一份移出 replies/。")
    return Finding(name, 0, 0, Severity.ERROR, "copy", said, remedy)


def _bare(stem: str) -> str:
    """The stem without what file managers, WPS and mail programs add to a copy's name."""
    found = stem
    while (less := _COPY.sub("", found)) != found and less:
        found = less
    return found


def _by_worth(path: Path) -> tuple[bool, bool, bool, int, str]:
    stem = path.stem
    return (
        _bare(stem) != stem,
        path.parent.name != stem.partition("-")[0],
        path.suffix != RECORD_SUFFIXES[0],
        len(path.parts),
        path.as_posix(),
    )


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


def _records(folder: str, top: str, seen: set[str]) -> list[str]:
    """`top` is the real place of replies/, `seen` the real places looked at."""
    real = os.path.realpath(folder)
    if real in seen:
        return []
    if real != top and not real.startswith(os.path.join(top, "")):  # noqa: PTH118 -- as texts
        return [folder]
    seen.add(real)
    found, folders = [], []
    for entry in _entries(folder):
        name = entry.name
        if name.startswith((".", "~$")):
            continue
        if _is_folder(entry):
            folders.append(entry.path)
        elif name.endswith(RECORD_SUFFIXES) or name.lower().endswith(RECORD_SUFFIXES):
            found.append(entry.path)
    for path in sorted(folders):  # of two links to one folder always the same counts
        found += _records(path, top, seen)
    return found


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """Return what `folder` holds; nothing where it is not."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise refusals.unread(Path(folder), error) from error


def _is_folder(entry: os.DirEntry[str]) -> bool:
    # only a link costs a look at the disk; 10,000 files do not
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()  # noqa: PTH112
