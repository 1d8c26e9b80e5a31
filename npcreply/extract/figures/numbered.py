"""The numbers of the letter, each with its sentence, its clause and the words that belong to it."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter

from npcreply.dataclass import dataclass
from npcreply.extract.model import Promise
from npcreply.extract.numbers.quantities import NumberHit
from npcreply.extract.promises.clause_start import restated_clauses
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import rx
from npcreply.grammar.units import is_time


@dataclass(frozen=True, slots=True)
class Number:
    """One number; places are in the shadow. `digits`, `digits_end`: it and its unit alone.

    `opens`: where the words about it begin in its clause, after the number before it; `closes`:
    where they end. `place`: which number of its clause, from 0. `nth`: its clause of the sentence.
    `share`: of 分别为3个和5个, which (from 0) and of how many. `after_past`: whether that clause or
    one before it reports what is done. `promise`: that in which it stands.
    """

    hit: NumberHit
    start: int
    end: int
    digits: int
    digits_end: int
    sentence: Sentence
    clause: Clause
    opens: int
    closes: int
    place: int
    nth: int
    share: tuple[int, int] | None
    after_past: bool
    promise: Promise | None

    def before(self, letter: Letter) -> str:
        """Return the words of the clause before the number."""
        return letter.text[self.clause.start : self.start]

    def around(self, letter: Letter) -> str:
        """Return the words of the clause."""
        return letter.text[self.clause.start : self.clause.end]

    def own(self, letter: Letter) -> str:
        """Return the words between the number before it and itself."""
        return letter.text[self.opens : self.start]

    def is_in_words(self, letter: Letter) -> bool:
        """Return whether it is written in characters: 三个, 六大."""
        return not letter.text[self.digits].isascii()


def numbers(letter: Letter, promises: list[Promise]) -> Iterator[Number]:
    """Yield the numbers in order; what the deputy asked for and courtesy have none."""
    waiting = 0
    for sentence in letter.sentences:
        while waiting < len(promises) and promises[waiting].closes <= sentence.start:
            waiting += 1
        near = promises[waiting] if waiting < len(promises) else None
        own, past = _own_clauses(letter, sentence), False
        for nth, clause in enumerate(sentence.clauses):
            past = past or clause.past
            if nth in own:
                yield from _in_clause(letter, sentence, nth, past, near)


# 抄送:县政府办(2份)。
_COPIED = rx("<<letter.below_signature>>[:]")


def _own_clauses(letter: Letter, sentence: Sentence) -> set[int]:
    """The clauses in which the body speaks itself; at an inquiry the deputy's figures count."""
    every = set(range(len(sentence.clauses)))
    if sentence.kind == "question":
        return every
    courteous = {n for n, clause in enumerate(sentence.clauses) if "courtesy" in clause.marks}
    if sentence.kind == "announce" or _COPIED.match(letter.text, sentence.start):
        return set()
    if courteous and courteous != {0}:
        return set()  # 首先感谢您的关心,我局已安排…: thanks that open a sentence are over
    return every - courteous - restated_clauses(letter, sentence)


def _in_clause(
    letter: Letter, sentence: Sentence, nth: int, past: bool, near: Promise | None
) -> Iterator[Number]:
    text, index, clause = letter.text, letter.cleaned.shadow.index, sentence.clauses[nth]
    hits = letter.numbers.between(clause.start, clause.end)
    split, last = _shared_from(text, clause, hits), clause.start
    shared = len(hits) - split
    for place, (start, end, hit) in enumerate(hits):
        after = hits[place + 1][0] if place + 1 < len(hits) else clause.end
        inside = near is not None and near.opens <= start < near.closes
        yield Number(
            hit=hit,
            start=start,
            end=end,
            digits=index(hit.number_start),
            digits_end=index(hit.number_end),
            sentence=sentence,
            clause=clause,
            opens=_opens(text, last, start) if last > clause.start else clause.start,
            closes=_closes(text, end, after),
            place=place,
            nth=nth,
            share=(place - split, shared) if place >= split and shared > 1 else None,
            after_past=past,
            promise=near if inside else None,
        )
        when = is_time(hit.unit) and hit.comparator == "<="  # 三年内达到50%: the time says when
        if not (when or _WITHIN.match(text, end)):
            last = end


# 站点500米覆盖率: how far, in the name of the rate.
_WITHIN = rx("为?<<figures.spacings>>率?")
_BETWEEN_RATES = rx("[、和及与,]")


def _shared_from(text: str, clause: Clause, hits: list[tuple[int, int, NumberHit]]) -> int:
    """Which number of the clause is the first of those that several before it share: after 分别, or
    the first of rates alone, as in 完成率为75%和40%; how many there are where none is.
    """
    respectively = text.find("分别", clause.start, clause.end)
    if respectively >= 0:
        return bisect_left(hits, respectively, key=itemgetter(0))
    rates = len(hits) > 1 and all(hit.percent for _start, _end, hit in hits)
    joined = all(
        _BETWEEN_RATES.fullmatch(text, one[1], other[0]) for one, other in itertools.pairwise(hits)
    )
    return 0 if rates and joined else len(hits)


_LINK = rx("[、和及与,(]")
_STOP = rx(r"[、,;。:!?)\n]|\((?![市县区])")


def _opens(text: str, last: int, start: int) -> int:
    """After the 、 or 和 that parts a number from the one before it."""
    link = _LINK.search(text, last, start)
    return link.end() if link else last


def _closes(text: str, end: int, after: int) -> int:
    """Before what closes the clause, or before the next number's own words."""
    stop = _STOP.search(text, end, after)
    return stop.start() if stop else after
