"""The standard library's regular expressions, each compiled when it is first asked.

Compiling the expressions of all modules that one record needs took seven times as long as Python
takes to start; most of them an answer never asks.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")


class _Late:
    """Has what a compiled expression has; its methods, once there, are those of `re` themselves."""

    __slots__ = ("_said", *_METHODS)

    def __init__(self, source: Any, flags: int) -> None:
        self._said = source, flags

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet; raises re.error where the source is no expression."""
        made = re.compile(*self._said)
        for method in _METHODS:
            setattr(self, method, getattr(made, method))
        return getattr(made, name)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a regular expression that is compiled, and found to be wrong, on first use."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
