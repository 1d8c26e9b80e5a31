"""The words by which a report says how a promise stands: kept, on its way, not begun, changed."""

from __future__ import annotations

from npcreply.dataclass import dataclass
from npcreply.extract.words import rx
from npcreply.reports.model import DONE, NO, UNDER

_DONE = rx("<<reports.done>>|<<reports.done_opens>>[^,;。]{0,14}?<<reports.done_acts>>")
_ACTED = rx("<<reports.done_acts>>")
_UNDER = rx("<<reports.under>>")
_NO = rx("<<reports.no>>")
_LATE = rx("<<reports.late>>")
_CHANGED = rx("<<reports.changed>>")
_SLIPS = rx("<<reports.slips>>[^,;。]{0,6}(?:明年|次年|20[0-9]{2}年)")

STAGES = ("plan", "signed", "begun", "frame", "arrived", "landed", "closed", "done")
_STAGES = {name: rx(f"<<reports.stage_{name}>>") for name in STAGES}


@dataclass(frozen=True, slots=True)
class Told:
    """What a clause says: `state` is one of the model's, "" for none."""

    state: str = ""
    behind: bool = False
    changed: bool = False

    def __bool__(self) -> bool:
        return bool(self.state or self.behind or self.changed)


def told(words: str, *, ahead: bool, dated: bool) -> Told:
    """Return what the plain words of a clause say. `ahead`: it is still to come; `dated`: a day
    that is over stands in it (于8月出台).
    """
    changed = bool(_CHANGED.search(words) or _SLIPS.search(words))
    behind = bool(_LATE.search(words))
    if _NO.search(words):
        return Told(NO, behind, changed)
    if _UNDER.search(words):
        return Told(UNDER, behind, changed)
    if ahead:
        return Told("", behind, changed)
    done = _DONE.search(words) or (dated and _ACTED.search(words))
    return Told(DONE if done and not changed else "", behind, changed)


def told_of(words: str) -> bool:
    """Return whether plain words say at all how something stands."""
    return any(pattern.search(words) for pattern in _WORDS)


_WORDS = (_DONE, _UNDER, _NO, _LATE, _CHANGED, _SLIPS)


def without_state(words: str) -> str:
    """Return plain words without those that only say how something stands."""
    for pattern in _WORDS:
        words = pattern.sub(" ", words)
    return words


def stages(words: str) -> frozenset[str]:
    """Return how far plain words say that what they count has come."""
    return frozenset(name for name, pattern in _STAGES.items() if pattern.search(words))
