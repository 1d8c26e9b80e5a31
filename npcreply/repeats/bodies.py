"""Whether two names mean one department, and two regions may hold the same place."""

from __future__ import annotations

from npcreply.grammar.folding import folded
from npcreply.repeats.words import rx

_REGION = rx("^[一-龥]{0,8}?(?:<<grammar.place_kinds>>|自治县|旗)(?=[一-龥]{2,}(?:<<body_ends>>))")
_FILLERS = rx("<<fillers>>|(?<=委)员?会$")


def same_body(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether a department of one may be one of the other: by its name, with or without its
    region, or an abbreviation of it (住建局). Where one names none there is nothing against it.
    """
    if not one or not other:
        return True
    return any(_alike(core(a), core(b)) for a in one for b in other)


def core(name: str) -> str:
    """Return a department's name without its region and words that abbreviations leave out."""
    return _FILLERS.sub("", _REGION.sub("", name.strip()))


def region_of(name: str) -> str:
    """Return the region that a department's full name begins with, "" where it names none."""
    found = _REGION.match(name.strip())
    return found[0] if found and len(found[0]) > 1 and found[0][0] not in "本我全" else ""


def same_region(one: str, other: str) -> bool:
    """Return whether the regions may be one; where one is unknown there is nothing against it."""
    first, second = folded(one), folded(other)
    return not first or not second or first in second or second in first


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or short[-1] != long[-1]:
        return short == long
    rest = iter(long)
    return all(sign in rest for sign in short)
