"""Whether this machine's user knows a workspace's state: a mark kept outside of the workspace.

A workspace that comes from elsewhere may bring a step to finish or to take back. Such a step is
carried out only in a workspace that this user founded, first wrote in, or has accepted.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from npcreply.errors import CouldNotError
from npcreply.sha256 import sha256
from npcreply.store import files, places

TOKEN = "owner"  # noqa: S105 -- no secret: it only tells this state from another at the same place


def is_known(root: Path) -> bool:
    """Return whether this user's mark names the state that lies in the workspace now."""
    mark, token = _mark(root), _token(root)
    try:
        return bool(mark and token and mark.read_bytes() == token)
    except OSError:
        return False


def accept(root: Path) -> None:
    """Make the mark: from now on this user finishes and takes back this workspace's steps. Where
    no mark can be kept (a user without a home), nothing is marked.
    """
    token, mark = _token(root), _mark(root)
    with suppress(CouldNotError, OSError):
        if not token:
            token = secrets.token_hex(16).encode()
            places.refuse_links(root, places.STATE / TOKEN)
            files.replace(root / places.STATE / TOKEN, token)
        if mark:
            mark.parent.mkdir(0o700, parents=True, exist_ok=True)
            files.sweep(mark.parent)
            files.replace(mark, token)


def _token(root: Path) -> bytes:
    path = root / places.STATE / TOKEN
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    except OSError:
        return b""


def _mark(root: Path) -> Path | None:
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
    else:
        base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):  # noqa: PTH117 -- unset or against the XDG rules
        base = os.path.expanduser(os.path.join("~", ".local", "state"))  # noqa: PTH111, PTH118
    if not os.path.isabs(base):  # noqa: PTH117 -- a user without a home
        return None
    name = sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    return Path(base, "npcreply", "workspaces", name)
