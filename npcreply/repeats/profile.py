"""What a promise is about, apart from days, numbers and words that fit any promise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from npcreply.dataclass import dataclass
from npcreply.grammar.folding import folded
from npcreply.grammar.measures import unit_at
from npcreply.grammar.pattern import Pattern
from npcreply.patterns import pattern
from npcreply.repeats import words
from npcreply.repeats.words import rx

_TIME = rx(
    "(?:(?<![一-龥])[一二三四五六七八九十〇零]{1,4}|[0-9]{1,4})(?:<<days>>)(?:<<day_tails>>)?"
    "(?:<<grammar.before+grammar.within>>)?(?![一-龥]{0,2}(?:<<plans>>))"
)
_NUMBERED = rx(
    "(?P<number>第?[0-9]{1,4}|第?[一二三四五六七八九十]{1,3}|[A-Za-z]{1,3}[0-9]{0,4})"
    "(?P<of><<numbered>>)"
)
_TITLE = pattern("《([^《》]{2,40})》")
_BREAK = pattern(r"[,;。:!?、\n(){}\[\]]+")
_LETTERS = pattern("[一-龥A-Za-z]+")
_FRAME = rx("<<times+speakers+stock>>")
_FRAMED = rx("(?:<<times>>)(?:<<grammar.before+grammar.within>>)?|(?:<<speakers+stock>>)")
_PARTICLE = rx("<<particles>>")
_PURPOSE = rx("(?:<<purposes>>)")
_PLACE = rx("(?=([一-龥]{1,2})(<<places>>)(?!<<not_places>>))")
_SIDE = rx("(?P<side><<sides>>)(?=<<sided>>)|(?<=城)(?P<part><<sides>>)")
_STRETCH = pattern("([一-龥]{2})(?:至|到|-+|~)([一-龥]{2,8}?)(?:路?段|之间|[)])")
_WHOLE = rx("<<whole>>")
_PLACE_KIND = rx("<<places>>")  # found at once, of what begins with any character it is not
_PLACE_WORD = rx("[一-龥](?:<<places>>)")
_KIND = rx("(?:<<kinds>>)$")
_SAME = rx("<<same>>")
_RECURRING = rx("<<recurring>>")
_REFUSED = rx("<<refused>>")
_DIGITS = rx(
    "[0-9]+(?:[.][0-9]+)?(?:[余多]|-[0-9.]+)?[万亿]?|[一二三四五六七八九十百两]+(?=<<counted>>)"
)
_LONG_WORD = 4  # characters of a work with a name of its own: 除险加固
_STAGES = {stage: rx(f"<<{stage}>>") for stage in ("study", "prepare", "begin", "finish")}

Sign = tuple[str, str]
"""The kind of an act or a character, and the words that say it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A promise taken apart. `text`: in plain characters; `said`: without times and half-sentences
    that tell a purpose; `clauses`: the content of each half-sentence, as runs of letters that
    nothing interrupts, `pairs` the pairs of characters in them; `acts`: what kinds of thing are
    done, `works`: those by a long name (除险加固); `stages`: how far it is to come;
    `numbered`: {期: {二}}; `places`: {路: {人民路}}; `sides`: 南 of 南岸; `stretches`: (车站, 广场)
    of 火车站至广场段, the last characters of where it begins, or (全线, "") of all; `recurring`: it
    is done again and again; `refused`: it is not done.
    """

    text: str
    said: str
    clauses: tuple[tuple[str, ...], ...]
    pairs: frozenset[str]
    acts: frozenset[str]
    works: frozenset[str]
    stages: frozenset[str]
    numbered: dict[str, frozenset[str]]
    places: dict[str, frozenset[str]]
    titles: frozenset[str]
    sides: frozenset[str]
    stretches: frozenset[tuple[str, str]]
    recurring: bool
    refused: bool

    @property
    def runs(self) -> tuple[str, ...]:
        return tuple(run for clause in self.clauses for run in clause)

    @property
    def size(self) -> int:
        """Return how many characters of content there are."""
        return sum(map(len, self.runs))


def plain_text(text: str) -> str:
    """Return a text in one form of its characters and of words that mean one."""
    return plain_words(folded(text))


def plain_words(folded: str) -> str:
    """Return a folded text in one form of words that mean one."""
    return _SAME.sub(_read_as, folded)


def pairs_of(runs: tuple[str, ...]) -> frozenset[str]:
    """Return the pairs of neighbouring characters of all runs."""
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def traits(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return by what a promise is looked for: names of places, and pairs of characters; cheap,
    without the grammar of numbers.
    """
    plain = without_times(plain_text(text))
    runs = runs_of(plain)
    names = frozenset(name for found in places_of(runs).values() for name in found)
    return names | titles_of(plain), pairs_of(runs)


def _read_as(found: re.Match[str]) -> str:
    return words.table("same")[found[0]]


def without_times(plain: str) -> str:
    """Return a plain text with a space for each time."""
    return _TIME.sub(" ", plain)


@lru_cache(maxsize=16_384)
def profile(text: str) -> Profile:
    """Return what a promise is about."""
    plain = plain_text(text)
    bare = without_times(plain)
    kept, clauses = content(bare)
    said = "\n".join(kept)
    return Profile(
        text=plain,
        said=said,
        clauses=clauses,
        pairs=pairs_of(tuple(run for clause in clauses for run in clause)),
        acts=acts(said),
        works=frozenset(word for word in _ACT.findall(said) if len(word) >= _LONG_WORD),
        stages=_stages(said),
        numbered=_numbered(bare),
        places=places_of(run for clause in clauses for run in clause),
        titles=titles_of(plain),
        sides=frozenset(hit["side"] or hit["part"] for hit in _SIDE.finditer(bare)),
        stretches=_stretches(bare),
        recurring=bool(_RECURRING.search(plain)),
        refused=bool(_REFUSED.search(plain)),
    )


def _stretches(bare: str) -> frozenset[tuple[str, str]]:
    found = [(hit[1], hit[2]) for hit in _STRETCH.finditer(bare)]
    found += [(hit[0], "") for hit in _WHOLE.finditer(bare)]
    return frozenset(found)


def content(bare: str) -> tuple[list[str], tuple[tuple[str, ...], ...]]:
    """Return the half-sentences of a plain text without times that say more than a purpose, and
    the content of each as runs.
    """
    kept = halves(bare)
    return kept, tuple(runs for half in kept if (runs := runs_of(half)))


def halves(bare: str) -> list[str]:
    """Return the half-sentences of a plain text without times that say more than a purpose."""
    found = [half for half in _BREAK.split(bare) if half.strip()]
    return [half for half in found if not _PURPOSE.match(half.strip())] or found


@lru_cache(maxsize=16_384)
def amounts(plain: str) -> dict[str, frozenset[Decimal]]:
    """Return the quantities of a plain text, {unit: values}."""
    from npcreply.extract.numbers import quantities  # the words of letters: rarely needed

    found: dict[str, set[Decimal]] = {}
    for hit in quantities.find(plain):
        if hit.unit:
            found.setdefault(hit.unit, set()).add(hit.value)
    return {unit: frozenset(values) for unit, values in found.items()}


def _without_counts(text: str) -> str:
    """Return the text without its numbers and their units: 80盏路灯 → 路灯."""
    parts, last = [], 0
    for digits in _DIGITS.finditer(text):
        parts.append(text[last : digits.start()])
        last = unit_at(text, digits.end(), len(text))
    return " ".join([*parts, text[last:]])


def runs_of(text: str) -> tuple[str, ...]:
    """Return what is left of a plain text without what fits any promise, as runs: pieces of the
    text as they stand in it.
    """
    bare = _FRAME.sub(" ", _without_counts(text))
    bare = _ACT.sub(" ", bare)
    bare = _STAGE.sub(" ", bare)
    return tuple(run for run in _LETTERS.findall(_PARTICLE.sub(" ", bare)) if len(run) > 1)


_AN_ACT = "(?:<<acts>>)(?!(?:<<not_acts>>)(?!<<not_places>>))"  # 建设路 is a street
_ACT = rx(_AN_ACT)
_STAGE = rx("<<study+prepare+begin+finish>>")
_SIGN = rx(f"{_AN_ACT}|[一-龥A-Za-z ]")


@lru_cache(maxsize=16_384)
def signs(text: str) -> tuple[Sign, ...]:
    """Return the signs of a plain text in their order, without numbers and what fits any promise:
    an act counts as one, by its kind, building and installing as the same; a space where something
    ends.
    """
    kinds = words.acts()
    bare = _FRAMED.sub("", _BREAK.sub(" ", _without_counts(text)))
    found: list[Sign] = []
    for hit in _SIGN.finditer(_PARTICLE.sub("", bare)):
        kind = kinds.get(hit[0], hit[0])
        found.append(("build" if kind == "install" else kind, hit[0]))
    return tuple(found)


def acts(text: str) -> frozenset[str]:
    """Return what kinds of thing a plain text says that are done."""
    kinds = words.acts()
    return frozenset(kinds[found[0]] for found in _ACT.finditer(text))


def _stages(text: str) -> frozenset[str]:
    return frozenset(stage for stage, pattern in _STAGES.items() if pattern.search(text))


_CODE = pattern(r"(?<![A-Za-z0-9])[A-Za-z]{1,3}[0-9]{2,4}(?![0-9A-Za-z])")


def _numbered(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in _CODE.findall(text):
        found.setdefault("", set()).add(code)
    for hit in _NUMBERED.finditer(text):
        found.setdefault(hit["of"], set()).add(hit["number"].removeprefix("第"))
    return {of: frozenset(numbers) for of, numbers in found.items()}


def may_name_a_place(half: str) -> bool:
    """Return whether a half-sentence has a word for a kind of place: else none of its runs does."""
    return bool(_PLACE_KIND.search(half) and _PLACE_WORD.search(half))


def titles_of(plain: str) -> frozenset[str]:
    """Return the titles of documents that a plain text names."""
    return frozenset(_TITLE.findall(plain))


def places_of(runs: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the names of places by kind, each with the two characters before its kind: where a
    name begins is not told in Chinese.
    """
    found: dict[str, set[str]] = {}
    for run in runs:
        taken = 0
        for hit in _PLACE.finditer(run):
            if hit.end(2) <= taken or not own(hit[1]):
                continue
            taken = hit.end(2)
            found.setdefault(hit[2], set()).add(hit[1] + hit[2])
    return {kind: frozenset(names) for kind, names in found.items()}


def may_be_one(name: str, other: str) -> bool:
    """Return whether two names of one kind of place may be one: where a name begins is not told."""
    return name.endswith(other) or other.endswith(name)


def own(stem: str, kind: Pattern = _KIND) -> bool:
    """Return whether words before 路 or 办法 name one of its kind, not the kind alone."""
    while (shorter := kind.sub("", stem)) != stem:
        stem = shorter
    return len(stem) > 1
