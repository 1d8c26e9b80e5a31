"""Where an answer over several workspaces is drawn from, and how far it can be relied on."""

from __future__ import annotations

from datetime import datetime

from npcreply.dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A workspace of the shared database. `synced` is when it was last pushed whole, None where it
    never was; `days` ago that was, `is_stale` that this is long; `is_whole` that no push was left
    half done since; `is_of_another` that another version of the program pushed it.
    """

    name: str
    synced: datetime | None
    days: int = 0
    is_stale: bool = False
    is_whole: bool = True
    is_of_another: bool = False
