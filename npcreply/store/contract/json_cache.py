"""JSON made from YAML and kept beside the index, so that the next start parses no YAML."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

_OPENING = b'{"$comment": "'


def load(cache: Path, key: bytes) -> dict[str, Any] | None:
    """Return the data saved in the file `cache` under `key`, a digest of every byte they were made
    from. None where there are none, where they were made from other bytes, or where the seal does
    not fit because a full disk or a hand has changed them.
    """
    try:
        text = cache.read_bytes()
    except OSError:
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
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_suffix(f".{os.getpid()}.tmp")
        part.write_bytes(_OPENING + _seal(key, rest) + rest)
        part.replace(cache)


def _seal(key: bytes, rest: bytes) -> bytes:
    return hashlib.sha256(key + rest).hexdigest().encode()
