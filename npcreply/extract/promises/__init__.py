"""What the replying body says it will do: one promise for each sentence that names an act."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import replace
from npcreply.extract.days.cadences import CadenceHit
from npcreply.extract.model import Doubt, Drafted, Promise
from npcreply.extract.promises import due as dues
from npcreply.extract.promises.acts import Act, act
from npcreply.extract.promises.department import Departments
from npcreply.extract.promises.force import condition, force
from npcreply.extract.promises.parts import parts
from npcreply.extract.reasons import against
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.sentences.outline import OPEN, SOFT, STRONG, Sentence
from npcreply.extract.words import rx


def promises(letter: Letter) -> list[Promise]:
    """Return the promises in the order of the text, those of others among them (`mine` False)."""
    departments = Departments(letter)
    kept: list[Promise] = []
    for sentence in letter.sentences:
        actor = departments.acting(sentence)
        last = kept[-1] if kept else None
        first_half = last if last and _goes_on_from(letter, sentence, last) else None
        ordered = _after(letter, sentence, last)
        promise = _promise(letter, ordered, actor, first_half)
        if promise is None or promise.rule == "deadline":
            promise = _practice(letter, ordered, actor, promise) or promise
        if promise:
            kept.append(promise)
    return kept


def _goes_on_from(letter: Letter, sentence: Sentence, last: Promise) -> bool:
    """Whether a semicolon alone stands between a promise and the sentence."""
    return sentence.joined and last.closes == letter.sentences[sentence.place - 1].end


def _after(letter: Letter, sentence: Sentence, last: Promise | None) -> Sentence:
    """An order right after what is due by a day, in its paragraph, may be to come as well."""
    if not last or not last.deadline or sentence.mode != OPEN or sentence.joined:
        return sentence
    if sentence.reported:
        return sentence
    before = letter.sentences[last.sentence]
    follows = before.place == sentence.place - 1 and before.paragraph == sentence.paragraph
    return replace(sentence, mode=SOFT) if follows else sentence


_SHORTEST = 6  # characters; what is shorter lost its object: 继续推进。
# 今后我们将进一步加大工作力度: nothing that anybody could look up.
_HOLLOW = rx(
    "(?:<<promises.hollow_led+promises.hollow_acts+promises.hollow_things>>"
    r"|以[^,，。]{2,16}为契机|[、,，和的])+[。；;]?\s*"
)


def _promise(
    letter: Letter, sentence: Sentence, actor: Drafted[str] | None, first_half: Promise | None
) -> Promise | None:
    """The promise of the sentence; `first_half`: that of its part before a semicolon."""
    promised = act(letter, sentence, after_promise=first_half is not None)
    if promised is None:
        return None
    start = _start(sentence, promised)
    if promised.first and sentence.end - start < _SHORTEST:  # 年内实施。: of what stands before it
        promised = replace(promised, first=promised.first - 1)
        start = _start(sentence, promised)
    if sentence.end - start < _SHORTEST:
        return None
    promise = _drafted(letter, sentence, (start, sentence.end), promised)
    strength = force(letter, sentence, promised, dues.place_of_due(letter, start, sentence.end))
    if first_half and promised.rule == "same_sentence":
        strength = first_half.force
    if strength.value == "firm" and promise.cadence and _spans(letter, start, sentence.end):
        strength = _standing(promise)
    conditional = strength.value == "conditional"
    promise = replace(
        promise,
        doubt=promise.doubt or _vague(letter, sentence, promise),
        force=strength,
        department=actor if promised.mine else None,
        deadline=None if conditional else _deadline(letter, sentence, promise),
        condition=condition(letter, sentence, promised) if conditional else None,
    )
    return replace(promise, parts=parts(letter, sentence, promise))


def _vague(letter: Letter, sentence: Sentence, promise: Promise) -> Doubt | None:
    """What speaks against words of resolve; the number in front of them makes them no act."""
    begin = sentence.body if promise.opens == sentence.start else promise.opens
    if not _HOLLOW.fullmatch(letter.text, begin, promise.closes):
        return None
    return against("vague", promise.quote, promise.start, promise.end)


def _start(sentence: Sentence, promised: Act) -> int:
    """Where the quote begins: a whole sentence with its number."""
    return sentence.clauses[promised.first].start if promised.first else sentence.start


def _deadline(letter: Letter, sentence: Sentence, promise: Promise) -> Drafted[date] | None:
    """Its own day; else the announcement's, unless it is to be done again and again."""
    own = promise.deadline
    return own if own or promise.cadence else dues.announced(letter, sentence)


def _drafted(letter: Letter, sentence: Sentence, at: tuple[int, int], promised: Act) -> Promise:
    """What any promise of text[at] holds."""
    start, end = letter.source(*at)
    return Promise(
        start=start,
        end=end,
        quote=letter.cleaned.text[start:end],
        rule=promised.rule,
        doubt=_doubt(letter, sentence, promised),
        mine=promised.mine,
        force=letter.quoted("firm", at[0], at[0], "no_word_of_effort"),
        deadline=dues.due(letter, *at),
        cadence=_cadences(letter, *at),
        since=_since(letter, *at),
        question=sentence.asked.id if sentence.asked else None,
        opens=at[0],
        closes=at[1],
        sentence=sentence.place,
    )


def _doubt(letter: Letter, sentence: Sentence, promised: Act) -> Doubt | None:
    """What speaks against an act, with the clause that says or shows it."""
    if not promised.doubt:
        return None
    clause = sentence.clauses[promised.word]
    start, end = letter.source(clause.start, clause.end)
    return against(promised.doubt, letter.cleaned.text[start:end], start, end)


def _since(letter: Letter, start: int, end: int) -> date | None:
    """The first day of what begins after the letter was written: 从10月起, 2025年起."""
    begins = (hit.from_ for _s, _e, hit in letter.days.between(start, end) if hit.open_end)
    return next((day for day in begins if day and letter.written and day > letter.written), None)


def _cadences(letter: Letter, start: int, end: int) -> tuple[Drafted[str], ...]:
    return tuple(
        Drafted(hit.every, hit.start, hit.end, hit.words, hit.rule, _between(hit))
        for _first, _last, hit in letter.cadences.between(start, end)
    )


def _between(hit: CadenceHit) -> Doubt | None:
    return None if hit.sure else against("cadence_between", hit.words, hit.start, hit.end)


# --- a practice: what is done every month, without a word of the future


def _practice(
    letter: Letter, sentence: Sentence, actor: Drafted[str] | None, dated: Promise | None
) -> Promise | None:
    """A practice that repeats at a printed cadence and bears no word of the future; `dated`: what
    a day ahead makes of it, 从10月起每季度公布…
    """
    place = _practised(letter, sentence)
    if place is None:
        return None
    at = _extent(letter, sentence, place)
    begins = dated is not None and dated.sure and _spans(letter, *at)
    rule = dated.rule if dated and begins else "practice"
    practice = _drafted(letter, sentence, at, Act(place, place, rule, "practice"))
    return replace(
        practice,
        doubt=None if begins or practice.deadline is not None else practice.doubt,
        force=_standing(practice),
        department=actor,
    )


def _standing(promise: Promise) -> Drafted[str]:
    """The force of what is done again and again, with the words that say how often."""
    every = promise.cadence[0]
    return Drafted("standing", every.start, every.end, every.words, "cadence")


def _spans(letter: Letter, start: int, end: int) -> bool:
    """Whether a beginning or an end is printed for what repeats: 自6月起每月…, 每月…至年底; not in
    到2026年,每年….
    """
    first = letter.cadences.between(start, end)[0][0]
    return any(
        hit.open_end
        or (place > first and not {"至", "到"}.isdisjoint(letter.text[place - 1 : place + 2]))
        for place, _end, hit in letter.days.between(start, end)
    )


_TRACKED = rx("<<promises.tracked>>")


def _practised(letter: Letter, sentence: Sentence) -> int | None:
    """The clause with what is done every month, week or year, and can be looked up."""
    if sentence.kind != "text" or sentence.mode == STRONG:
        return None
    for place, clause in enumerate(sentence.clauses):
        if clause.past or not {"asked", "courtesy", "refused"}.isdisjoint(clause.marks):
            continue
        for _start, end, _hit in letter.cadences.between(clause.start, clause.end):
            if _TRACKED.search(letter.text, end, clause.end):
                return place
    return None


def _extent(letter: Letter, sentence: Sentence, place: int) -> tuple[int, int]:
    """From the clause (or what it goes on from) to the end of what is done in its course."""
    clauses = sentence.clauses
    first = last = place
    while first > 0 and _goes_with(clauses[first - 1]):
        first -= 1
    while last + 1 < len(clauses) and _goes_with(clauses[last + 1]):
        if letter.text.startswith(("同时", "此外"), clauses[last + 1].start):
            break
        last += 1
    start = sentence.start if first == 0 else clauses[first].start
    return start, clauses[last].end


def _goes_with(clause: Clause) -> bool:
    return not clause.past and not {"now", "state", "asked", "refused"} & clause.marks.keys()
