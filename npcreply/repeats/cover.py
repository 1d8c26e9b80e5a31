"""What two promises have in common: the names of places, what is done there, what only one says."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.dataclass import dataclass
from npcreply.repeats.profile import Profile, may_be_one, own
from npcreply.repeats.words import rx

_WORK = rx("([一-龥A-Za-z]{2,})(?:<<works>>)")
_WORKS = rx("<<works>>")
_HOLLOW = rx("(?:<<hollow>>)$")
_SCRAP = rx("<<scraps>>")
_SHORTEST = 2  # characters of common words that say something


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a run that the other side has as well (`common`), or has not."""

    text: str
    common: bool
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What two promises have in common. `common`: how many characters; `least`: the share of the
    side of which less is common; `names`: places both name; `objects`: characters of the longest
    of the other common words that both sides use alike; `alone`: what only
    the one and only the other says.
    """

    common: int
    least: float
    names: frozenset[str]
    objects: int
    alone: tuple[str, str]
    work: bool

    @classmethod
    def of(cls, mine: Profile, yours: Profile) -> Cover:
        one, other = _parts(mine, yours.pairs), _parts(yours, mine.pairs)
        names = _common_names(mine, yours)
        counts = [sum(len(part.text) for part in side if part.common) for side in (one, other)]
        sizes = (mine.size or 1, yours.size or 1)
        return cls(
            min(counts),
            min(count / size for count, size in zip(counts, sizes, strict=True)),
            names,
            max([*_objects(one, other, names), *map(len, mine.works & yours.works)], default=0),
            (_alone(one), _alone(other)),
            any(_is_work(part.text) for part in one if part.common),
        )


def _common_names(mine: Profile, yours: Profile) -> frozenset[str]:
    found = set(mine.titles & yours.titles)
    for kind in mine.places.keys() & yours.places.keys():
        found |= {
            min(a, b, key=len)
            for a in mine.places[kind]
            for b in yours.places[kind]
            if may_be_one(a, b)
        }
    return frozenset(found)


def _parts(found: Profile, pairs: frozenset[str]) -> list[Part]:
    return [part for run in found.runs for part in _neighbours(list(_cut(run, pairs)))]


def _cut(run: str, pairs: frozenset[str]) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a run with whether the other side has them."""
    marks = [False] * len(run)
    for at in range(len(run) - 1):
        if run[at : at + 2] in pairs:
            marks[at] = marks[at + 1] = True
    start = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or marks[at] is not marks[start]:
            yield run[start:at], marks[start]
            start = at


def _neighbours(cut: list[tuple[str, bool]]) -> Iterator[Part]:
    for at, (text, common) in enumerate(cut):
        before = cut[at - 1][0] if at else ""
        behind = cut[at + 1][0] if at + 1 < len(cut) else ""
        yield Part(text, common, _said(before), _said(behind))


def _said(text: str) -> str:
    return "" if _SCRAP.fullmatch(text) else text


def _alone(parts: list[Part]) -> str:
    return "、".join(part.text for part in parts if not part.common and _said(part.text))


def _objects(one: list[Part], other: list[Part], names: frozenset[str]) -> Iterator[int]:
    """Yield the length of each common word apart from the names, where the sides do not make two
    things of it: 企业开办专窗 and 退役军人专窗 have 专窗 in common and are two.
    """
    there = [part for part in other if part.common]
    for part in one:
        rest = _without(part.text, names) if part.common else ""
        if len(rest) >= _SHORTEST and any(_alike(part, found) for found in there):
            yield len(rest)


def _without(text: str, names: frozenset[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


def _alike(part: Part, other: Part) -> bool:
    if part.text not in other.text and other.text not in part.text:
        return False
    return not (part.before and other.before) and not (part.behind and other.behind)


def without_scraps(text: str) -> str:
    """Return the text without the single characters that one side may lack."""
    return _SCRAP.sub("", text)


def may_be_work(run: str) -> bool:
    """Return whether the run has a word for a document or a system that is made once (办法)."""
    return bool(_WORKS.search(run))


def _is_work(text: str) -> bool:
    found = _WORK.search(text)
    return bool(found and own(found[1], _HOLLOW))
