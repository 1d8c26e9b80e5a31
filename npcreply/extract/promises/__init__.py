"""What the replying body says it will do: one promise for each sentence that names an act."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from npcreply.extract.model import Drafted, Promise
from npcreply.extract.promises import department, force
from npcreply.extract.promises import due as dues
from npcreply.extract.promises.acts import act
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import Page
from npcreply.extract.sentences.outline import OPEN, SOFT, STRONG, Sentence
from npcreply.extract.words import any_of, words

_HOLLOW = ("led", "acts", "things")
_SHORTEST = 6


def promises(page: Page) -> list[Promise]:
    """Return the promises in the order of the text, those of others among them (`mine` False)."""
    acting = department.Departments(page)
    found: list[Promise] = []
    for sentence in page.sentences:
        who = acting.named(sentence)
        before = found[-1] if sentence.joined and found else None
        if before and before.closes != page.sentences[sentence.place - 1].end:
            before = None
        sentence = _after(page, sentence, found)  # noqa: PLW2901 -- seen after what is promised
        told = _promise(page, sentence, who, before)
        if told is None or told.rule == "deadline":
            told = _standing(page, sentence, who) or told
        if told:
            found.append(told)
    return found


def _after(page: Page, sentence: Sentence, found: list[Promise]) -> Sentence:
    """An order right after what is due by a day, in its paragraph, may be to come as well."""
    if not found or not found[-1].deadline or sentence.mode != OPEN or sentence.joined:
        return sentence
    last = page.sentences[found[-1].sentence]
    follows = last.place == sentence.place - 1 and last.paragraph == sentence.paragraph
    return replace(sentence, mode=SOFT) if follows else sentence


def _promise(
    page: Page, sentence: Sentence, who: Drafted[str] | None, before: Promise | None
) -> Promise | None:
    """The promise of the sentence; `before`: that of its first half, up to a semicolon."""
    judged = act(page, sentence, after_promise=before is not None)
    if judged is None:
        return None
    start = sentence.start if judged.first == 0 else sentence.clauses[judged.first].start
    if sentence.end - start < _SHORTEST:
        return None
    due = dues.place_of_due(page, start, sentence.end)
    strength = force.force(page, sentence, judged, due)
    if before and judged.rule == "same_sentence":
        strength = before.force
    told = _drafted(page, sentence, (start, sentence.end), strength, who if judged.mine else None)
    conditional = strength.value == "conditional"
    return replace(
        told,
        rule=judged.rule,
        sure=judged.sure and not _hollow().fullmatch(told.quote),
        mine=judged.mine,
        deadline=None if conditional else _deadline(page, sentence, told),
        condition=force.condition(page, sentence, judged) if conditional else None,
    )


@cache
def _hollow() -> re.Pattern[str]:
    """今后我们将进一步加大工作力度: nothing that anybody could look up."""
    led, acts, things = (any_of(words("promises", f"hollow_{name}")) for name in _HOLLOW)
    return re.compile(rf"(?:{led}[,，]?)*(?:{acts}|[、,，和])+(?:{things})*[。；;]?\s*")


def _deadline(page: Page, sentence: Sentence, told: Promise) -> Drafted[date] | None:
    """Its own day; else the announcement's, unless it is to be done again and again."""
    own = told.deadline
    return own if own or told.cadence else dues.said_before(page, sentence)


def _drafted(
    page: Page,
    sentence: Sentence,
    at: tuple[int, int],
    strength: Drafted[str],
    who: Drafted[str] | None,
) -> Promise:
    """What any promise of text[at] holds; `rule` and `sure` are those of a practice."""
    first, last = page.source(*at)
    return Promise(
        start=first,
        end=last,
        quote=page.cleaned.text[first:last],
        rule="practice",
        sure=False,
        mine=True,
        force=strength,
        department=who,
        deadline=dues.due(page, *at),
        cadence=_cadences(page, *at),
        question=sentence.asked.id if sentence.asked else None,
        opens=at[0],
        closes=at[1],
        sentence=sentence.place,
    )


def _standing(page: Page, sentence: Sentence, who: Drafted[str] | None) -> Promise | None:
    """A practice that repeats at a printed cadence and bears no word of the future."""
    place = _practised(page, sentence)
    if place is None:
        return None
    at = _extent(page, sentence, place)
    every = _cadences(page, *at)[0]
    strength = Drafted("standing", every.start, every.end, every.words, "cadence")
    told = _drafted(page, sentence, at, strength, who)
    return replace(told, sure=told.deadline is not None)


def _practised(page: Page, sentence: Sentence) -> int | None:
    """The clause that tells what is done every month, week or year, and can be looked up."""
    if sentence.kind != "text" or sentence.mode == STRONG:
        return None
    for place, clause in enumerate(sentence.clauses):
        if clause.past or not {"asked", "courtesy", "refused"}.isdisjoint(clause.marks):
            continue
        for _start, end, _hit in page.rhythms.between(clause.start, clause.end):
            if _tracked().search(page.text, end, clause.end):
                return place
    return None


def _extent(page: Page, sentence: Sentence, place: int) -> tuple[int, int]:
    """From the clause (or what it goes on from) to the end of what is done in its course."""
    clauses = sentence.clauses
    first = last = place
    while first > 0 and _goes_with(clauses[first - 1]):
        first -= 1
    while last + 1 < len(clauses) and _goes_with(clauses[last + 1]):
        if page.text.startswith(("同时", "此外"), clauses[last + 1].start):
            break
        last += 1
    start = sentence.start if first == 0 else clauses[first].start
    return start, clauses[last].end


def _goes_with(clause: Clause) -> bool:
    return not clause.past and not {"now", "state", "asked", "refused"} & clause.marks.keys()


def _cadences(page: Page, start: int, end: int) -> tuple[Drafted[str], ...]:
    return tuple(
        Drafted(hit.every, hit.start, hit.end, hit.words, hit.rule, hit.sure)
        for _first, _last, hit in page.rhythms.between(start, end)
    )


@cache
def _tracked() -> re.Pattern[str]:
    return re.compile(any_of(words("promises", "tracked")))
