"""What Python raises for a packed file that is damaged, encrypted, or made to be odd."""

from __future__ import annotations

import struct
import zipfile
import zlib

DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,  # a place before the file's beginning
    NotImplementedError,
    RuntimeError,  # a password is wanted
)
