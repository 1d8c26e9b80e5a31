"""Where in a workspace may be written: its records, settings and state, never through a link."""

from __future__ import annotations

import os
from pathlib import Path

from npcreply.errors import CouldNotError, UsageError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.store import refusals

STATE = Path(".npcreply", "state")
PENDING = STATE / "pending.json"
INDEX = Path(".npcreply", "index")
RECORDS = ("replies", "collected")
SETTINGS = ("schema.yaml", "tables.yaml")
TEMPORARY = pattern(r"\.npcreply-\d+(?:-\w+)?\.tmp")  # a file that is being written
LEFT = pattern(rf"{TEMPORARY.pattern}|(?:schema|rules)\.\d+\.tmp")  # what a killed one leaves
_PLACES_OF_LEFT = (*RECORDS, STATE.as_posix(), INDEX.as_posix())
_TAKEN = pattern(r"blobs/[0-9a-f]{64}|pending\.damaged")  # of the state


def is_inside(path: Path) -> bool:
    """Return whether `path`, relative to a workspace, is a file that a step may write: of the
    records or the settings, without a way up and without a hidden part (.git, .npcreply).
    """
    parts = path.parts
    if path.anchor or not parts or any(part.startswith(".") or "\0" in part for part in parts):
        return False
    return parts[0] in RECORDS if len(parts) > 1 else parts[0] in SETTINGS


def is_left(path: Path) -> bool:
    """Return whether `path`, relative to a workspace, is of what may be cleared away: a temporary
    file of a killed process, a stored content, the damaged note of a step.
    """
    said = path.as_posix()
    if path.anchor or ".." in path.parts or "\0" in said:
        return False
    if LEFT.fullmatch(path.name):
        return len(path.parts) == 1 or said.startswith(tuple(f"{at}/" for at in _PLACES_OF_LEFT))
    state = f"{STATE.as_posix()}/"
    return said.startswith(state) and bool(_TAKEN.fullmatch(said.removeprefix(state)))


def refuse_links(root: Path, path: Path) -> None:
    """Raise CouldNotError where a part of `path`, relative to `root`, is a link or leads away from
    where it stands. What does not exist yet is no link.
    """
    at = root
    for part in path.parts:
        at /= part
        if at.is_symlink():
            raise _led_away(at)
    home, real = os.path.realpath(root), os.path.realpath(root / path)
    if os.path.normcase(real) != os.path.normcase(os.path.join(home, path)):  # noqa: PTH118
        raise _led_away(root / path)  # a junction of Windows is no symbolic link


def owner(path: Path) -> Path | None:
    """Return the workspace whose records, settings or state an output at `path` would land in or
    on, also through links and in either case of letters; None where it lands beside them.
    """
    real = Path(os.path.realpath(path))
    for root in real.parents:
        inside = real.relative_to(root).parts
        first = inside[0].casefold()
        kept = first in (*RECORDS, ".npcreply") or (len(inside) == 1 and first in SETTINGS)
        if kept and (root / "schema.yaml").is_file() and (root / "replies").is_dir():
            return root
    return None


def refuse_output(path: Path) -> None:
    """Raise UsageError where an output at `path` would land among what a workspace keeps."""
    if owner(path):
        said = _("{file} 在资料库自己的文件里：记录、设置和程序的文件不能当作输出。")
        remedy = _("换一个文件夹或文件名。")
        raise UsageError(said.format(file=refusals.shown(path)), remedy)


def _led_away(path: Path) -> CouldNotError:
    said = _("{file} 是链接，程序不经过链接写文件；什么也没有写。")
    remedy = _("换成真正的文件或文件夹。")
    return CouldNotError(said.format(file=refusals.shown(path)), remedy)
