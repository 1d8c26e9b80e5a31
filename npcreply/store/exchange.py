"""Two files change places in one act of the system, so that nothing between is lost."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

_CURRENT_FOLDER, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
_SWAP = 2  # RENAME_SWAP of macOS


def exchanged(one: Path, other: Path) -> bool:
    """Let two files of one folder change places; return False where the system cannot do it in one
    act: Windows, an old system, some network shares. Then nothing was done.

    Raises OSError where the system can, but failed: a file gone, a folder not writable.
    """
    act = _act()
    if act is None:
        return False
    import ctypes
    import errno

    if act(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM):
        return False
    raise OSError(number, os.strerror(number), os.fspath(other))


@cache
def _act() -> Callable[[bytes, bytes], int] | None:
    """Return the system's call by its name there, None where it has none."""
    if os.name == "nt":
        return None
    import ctypes

    system: Any = ctypes.CDLL(None, use_errno=True)
    try:
        if sys.platform == "darwin":
            swap = system.renamex_np
            return lambda one, other: int(swap(one, other, ctypes.c_uint(_SWAP)))
        rename = system.renameat2
    except AttributeError:
        return None
    here = _CURRENT_FOLDER
    return lambda one, other: int(rename(here, one, here, other, ctypes.c_uint(_EXCHANGE)))
