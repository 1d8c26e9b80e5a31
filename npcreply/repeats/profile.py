"""What a promise is about, apart from days, numbers and words that fit any promise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache

from npcreply.dataclass import dataclass
from npcreply.extract.numbers import quantities
from npcreply.extract.text.normalized import shadow
from npcreply.extract.words import rx, section, table
from npcreply.grammar.measures import unit_at
from npcreply.grammar.pattern import Pattern

_TIME = re.compile(
    r"(?:(?<![一-龥])[一二三四五六七八九十〇零]{1,4}|[0-9]{1,4})(?:年|月|日|季度)(?:度|份|底|末|初|上旬|中旬|下旬)?"
    r"(?:以?前|之前|内)?(?![一-龥]{0,2}(?:行动|计划))"
)
_NUMBER = r"(?:第?[0-9]{1,4}|第?[一二三四五六七八九十]{1,3}|[A-Za-z]{1,3}[0-9]{0,4})"
_NUMBERED = re.compile(
    rf"(?P<number>{_NUMBER})(?P<of>期|届|号线|号楼|标段|号|小学|中学|高中|初中|幼儿园|幼稚园|医院|国道|省道|"
    r"县道|乡道|高速|小|中|高|路|线|社区|村|组|街|桥|泵站|地块|片区|区|支渠|干渠|批|轮|层|路公交)"
)
_TITLE = re.compile("《([^《》]{2,40})》")
_BREAK = re.compile(r"[,;。:!?、\n(){}\[\]]+")
_LETTERS = re.compile("[一-龥A-Za-z]+")
_FRAME = rx("<<repeats.times+repeats.speakers+repeats.stock>>")
_PARTICLE = rx("<<repeats.particles>>")
_PURPOSE = rx("(?:<<repeats.purposes>>)")
_PLACE = rx("(?=([一-龥]{1,2})(<<repeats.places>>)(?![灯面网基况由径民委级务医政]))")
_KIND = rx("(?:<<repeats.kinds>>)$")
_SAME = rx("<<repeats.same>>")
_RECURRING = rx("<<repeats.recurring>>")
_REFUSED = rx("<<promises.refused>>")
_DIGITS = re.compile(
    r"[0-9]+(?:\.[0-9]+)?(?:[余多]|-[0-9.]+)?[万亿]?"
    r"|[一二三四五六七八九十百两]+(?=(?:座|处|盏|台|套|条|所|名|个|户|亩|米|项|公里|千米|平方米))"
)
_LONG_WORD = 4  # characters of a work with a name of its own: 除险加固
_STAGES = {stage: rx(f"<<repeats.{stage}>>") for stage in ("study", "prepare", "begin", "finish")}


@dataclass(frozen=True, slots=True)
class Profile:
    """A promise taken apart. `text`: in plain characters; `clauses`: the content of each
    half-sentence, as runs of letters that nothing interrupts, `pairs` the pairs of characters in
    them; `acts`: what kinds of thing are done, `works`: those by a long name (除险加固); `stages`:
    how far it is to come; `numbered`: {期: {二}}; `places`: {路: {人民路}}; `recurring`: it is done
    again and again; `refused`: it is not done.
    """

    text: str
    clauses: tuple[tuple[str, ...], ...]
    pairs: frozenset[str]
    acts: frozenset[str]
    works: frozenset[str]
    stages: frozenset[str]
    numbered: dict[str, frozenset[str]]
    places: dict[str, frozenset[str]]
    titles: frozenset[str]
    recurring: bool
    refused: bool

    @property
    def runs(self) -> tuple[str, ...]:
        return tuple(run for clause in self.clauses for run in clause)

    @property
    def size(self) -> int:
        """Return how many characters of content there are."""
        return sum(map(len, self.runs))


@cache
def _acts() -> tuple[tuple[str, str], ...]:
    """Every word of an act with its kind, the longest first."""
    kinds = section("repeats")["acts"]
    if not isinstance(kinds, dict):
        raise TypeError("repeats.acts")
    found = [(str(word), kind) for kind, said in kinds.items() for word in said]  # type: ignore[union-attr]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _act_pattern() -> re.Pattern[str]:
    said = "|".join(re.escape(word) for word, _kind in _acts())
    return re.compile(rf"(?:{said})(?![路街巷桥村镇])")  # 建设路 is a street


def _plain(text: str) -> str:
    return _SAME.sub(_read_as, shadow(text).text)


def pairs_of(runs: tuple[str, ...]) -> frozenset[str]:
    """Return the pairs of neighbouring characters of all runs."""
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def traits(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return by what a promise is looked for: names of places, and pairs of characters; cheap,
    without the grammar of numbers.
    """
    plain = _TIME.sub(" ", _SAME.sub(_read_as, shadow(text).text))
    runs = tuple(_runs(plain))
    names = frozenset(name for found in _places(runs).values() for name in found)
    return names | frozenset(_TITLE.findall(plain)), pairs_of(runs)


def _read_as(found: re.Match[str]) -> str:
    return table("repeats", "same")[found[0]]


@lru_cache(maxsize=16_384)
def profile(text: str) -> Profile:
    """Return what a promise is about."""
    plain = _plain(text)
    bare = _TIME.sub(" ", plain)
    halves = [half for half in _BREAK.split(bare) if half.strip()]
    kept = [half for half in halves if not _PURPOSE.match(half.strip())] or halves
    clauses = tuple(runs for half in kept if (runs := tuple(_runs(half))))
    said = "\n".join(kept)
    return Profile(
        text=plain,
        clauses=clauses,
        pairs=pairs_of(tuple(run for clause in clauses for run in clause)),
        acts=acts(said),
        works=frozenset(word for word in _act_pattern().findall(said) if len(word) >= _LONG_WORD),
        stages=_stages(said),
        numbered=_numbered(bare),
        places=_places(run for clause in clauses for run in clause),
        titles=frozenset(_TITLE.findall(plain)),
        recurring=bool(_RECURRING.search(plain)),
        refused=bool(_REFUSED.search(plain)),
    )


@lru_cache(maxsize=16_384)
def amounts(plain: str) -> dict[str, frozenset[Decimal]]:
    """Return the quantities of a plain text, {unit: values}."""
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


def _runs(text: str) -> list[str]:
    """Return what is left of a text without what fits any promise, as runs."""
    bare = _FRAME.sub(" ", _without_counts(text))
    bare = _act_pattern().sub(" ", bare)
    bare = _STAGE.sub(" ", bare)
    return [run for run in _LETTERS.findall(_PARTICLE.sub(" ", bare)) if len(run) > 1]


_STAGE = rx("<<repeats.study+repeats.prepare+repeats.begin+repeats.finish>>")


def acts(text: str) -> frozenset[str]:
    """Return what kinds of thing a plain text says that are done."""
    kinds = dict(_acts())
    return frozenset(kinds[found[0]] for found in _act_pattern().finditer(text))


def _stages(text: str) -> frozenset[str]:
    return frozenset(stage for stage, pattern in _STAGES.items() if pattern.search(text))


_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,3}[0-9]{2,4}(?![0-9A-Za-z])")


def _numbered(text: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code in _CODE.findall(text):
        found.setdefault("", set()).add(code)
    for hit in _NUMBERED.finditer(text):
        found.setdefault(hit["of"], set()).add(hit["number"].removeprefix("第"))
    return {of: frozenset(numbers) for of, numbers in found.items()}


def _places(runs: Iterable[str]) -> dict[str, frozenset[str]]:
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


def own(stem: str, kind: Pattern = _KIND) -> bool:
    """Return whether words before 路 or 办法 name one of its kind, not the kind alone."""
    while (shorter := kind.sub("", stem)) != stem:
        stem = shorter
    return len(stem) > 1
