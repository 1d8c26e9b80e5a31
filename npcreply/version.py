"""The program's version, as installed."""

from __future__ import annotations


def version() -> str:
    """Return the installed version, e.g. "npcreply 0.1.0"."""
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    try:
        return f"npcreply {installed('npcreply')}"
    except PackageNotFoundError:
        return "npcreply"
