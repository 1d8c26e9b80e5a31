"""JSON made from YAML and kept beside the index, so that the next start parses no YAML."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from npcreply.errors import CouldNotError
from npcreply.sha256 import sha256
from npcreply.store import files

_OPENING = b'{"$comment": "'


def load(cache: Path, key: bytes) -> dict[str, Any] | None:
    """Return the data saved in the file `cache` under `key`, a digest of every byte they were made
    from. None where there are none, where they were made from other bytes, or where the seal does
    not fit because a full disk or a hand has changed them.
    """
    try:
        text = files.content(cache) or b""
    except CouldNotError:
        return None
    rest = text[len(_OPENING) + 64 :]
    if text != _OPENING + _seal(key, rest) + rest:
        return None
    data: dict[str, Any] = json.loads(text)
    del data["$comment"]
    return data


def save(cache: Path, key: bytes, data: dict[str, Any]) -> None:
    """Save the data under `key`; where they cannot be written, the next start reads the YAML."""
    rest = b'", ' + json.dumps(data, ensure_ascii=False).encode().removeprefix(b"{")
    with suppress(CouldNotError):
        for link in (cache, *list(cache.parents)[:2]):
            if link.is_symlink():
                return  # what lies behind it is somebody else's
        files.make_folder(cache.parent)
        for left in cache.parent.glob("*.tmp"):  # by a killed process, or a full disk
            with suppress(OSError):
                left.unlink()
        files.put(cache, _OPENING + _seal(key, rest) + rest)


def _seal(key: bytes, rest: bytes) -> bytes:
    return sha256(key + rest).hexdigest().encode()
