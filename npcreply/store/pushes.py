"""What a workspace keeps of its pushes to a shared database: its own uid, and its last turns."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.errors import CouldNotError
from npcreply.language import _
from npcreply.patterns import pattern
from npcreply.store import files, places

FILE = places.STATE / "shared.json"
_HEX = pattern("[0-9a-f]{32}")
_WAIT = 60.0  # seconds for another sync of the same workspace


@dataclass(frozen=True, slots=True)
class Identity:
    """`uid` tells this workspace from every other, whatever it is called; `turns` are the last
    pushes, the newest last: the shared database names the one it knows of.
    """

    uid: str
    turns: tuple[str, ...] = ()

    def next(self, known: str) -> Identity:
        """Return it with one turn more, kept beside the one that the database `known`s of."""
        return Identity(self.uid, (known, uuid.uuid4().hex))


def load(root: Path) -> Identity:
    """Return what the workspace keeps, a new uid where it never pushed.

    Raises CouldNotError where the file is damaged: another uid would be another workspace.
    """
    text = files.content(root / FILE)
    if text is None:
        return Identity(uuid.uuid4().hex)
    try:
        data = json.loads(text)
        found = Identity(data["uid"], tuple(map(str, data["turns"])))
        if _HEX.fullmatch(found.uid):
            return found
    except (ValueError, LookupError, TypeError):
        pass
    raise CouldNotError(
        _("{file} 坏了：认不出这个资料库是哪一个").format(file=FILE.as_posix()),
        _("从备份里取回它；没有就删掉它再 npcreply sync，会问要不要接管。"),
    )


def save(root: Path, identity: Identity) -> None:
    """Keep it. Raises CouldNotError where the folder cannot be written."""
    places.refuse_links(root, FILE)
    files.make_folder((root / FILE).parent)
    data = {"uid": identity.uid, "turns": list(identity.turns)}
    files.put(root / FILE, json.dumps(data).encode() + b"\n")


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let no other process push the workspace meanwhile. Raises CouldNotError where one does."""
    from filelock import FileLock, Timeout

    places.refuse_links(root, FILE)
    files.make_folder((root / FILE).parent)
    lock = FileLock((root / FILE).with_suffix(".lock"), timeout=_WAIT)
    try:
        lock.acquire()
    except (Timeout, OSError, NotImplementedError) as error:
        said = _("另一个 npcreply 正在同步这个资料库，等了 {seconds} 秒。")
        raise CouldNotError(said.format(seconds=round(_WAIT)), _("等它做完再重做。")) from error
    try:
        yield
    finally:
        lock.release()
