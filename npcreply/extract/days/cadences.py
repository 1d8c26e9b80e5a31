"""How often something is to be done, in a letter's text: 每月, 每季度, 半月会商, 一周一调度."""

from __future__ import annotations

from functools import lru_cache

from npcreply.dataclass import dataclass
from npcreply.extract.text.normalized import Shadow, shadow
from npcreply.grammar.cadences import Cadence, cadences


@dataclass(frozen=True, slots=True)
class CadenceHit(Cadence):
    """One cadence; `start`, `end` are offsets into the text, `words` is text[start:end]."""

    words: str


def find(text: str, start: int = 0, end: int | None = None) -> list[CadenceHit]:
    """Return the cadences of text[start:end] in order; 每年5万元 and opening hours are none."""
    told = _shadow(text)
    first, last = told.index(start), len(told.text) if end is None else told.index(end)
    return [_hit(text, told, cadence) for cadence in cadences(told.text, first, last)]


def _hit(text: str, told: Shadow, cadence: Cadence) -> CadenceHit:
    start, end = told.source(cadence.start, cadence.end)
    return CadenceHit(start, end, cadence.every, cadence.rule, cadence.sure, text[start:end])


@lru_cache(maxsize=4)
def _shadow(text: str) -> Shadow:
    return shadow(text)
