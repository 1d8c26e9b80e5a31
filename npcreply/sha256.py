"""SHA-256 as Python itself has it: `hashlib` loads OpenSSL, a quarter of a P at every start."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import sha256
else:
    for _name in ("_sha256", "_sha2", "hashlib"):  # 3.11, later ones, one that was built without
        try:
            sha256 = import_module(_name).sha256
            break
        except ImportError:
            continue

__all__ = ("sha256",)
