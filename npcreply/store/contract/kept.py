"""JSON made from YAML and kept beside the index, so that the next start parses no YAML."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

_OPENING = b'{"$comment": "'


def kept(cache: Path, key: bytes) -> dict[str, Any] | None:
    """Return what is kept under `key` (made of every byte it came from), where its seal fits: what
    a full disk or a hand has changed is made again.
    """
    try:
        text = cache.read_bytes()
    except OSError:
        return None
    rest = text[len(_OPENING) + 64 :]
    if text != _OPENING + _seal(key, rest) + rest:
        return None
    found: dict[str, Any] = json.loads(text)
    del found["$comment"]
    return found


def keep(cache: Path, key: bytes, data: dict[str, Any]) -> None:
    """Keep it; where it cannot be written, the next start reads the YAML again."""
    rest = b'", ' + json.dumps(data, ensure_ascii=False).encode().removeprefix(b"{")
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        part = cache.with_suffix(f".{os.getpid()}.tmp")
        part.write_bytes(_OPENING + _seal(key, rest) + rest)
        part.replace(cache)


def _seal(key: bytes, rest: bytes) -> bytes:
    return hashlib.sha256(key + rest).hexdigest().encode()
