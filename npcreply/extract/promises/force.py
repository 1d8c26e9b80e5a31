"""How firmly something is promised: by the verb that governs the act, or by a condition."""

from __future__ import annotations

from collections.abc import Sequence

from npcreply.extract.model import Drafted
from npcreply.extract.promises.acts import Act
from npcreply.extract.promises.clause_start import begins_with_order, counts, frames
from npcreply.extract.promises.due import place_of_due
from npcreply.extract.sentences.clauses import IF, WAITS, Clause
from npcreply.extract.sentences.headings import TOPIC
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.sentences.outline import STRONG, Sentence
from npcreply.extract.words import rx
from npcreply.grammar.pattern import Pattern

_Range = tuple[int, int]
_EFFORT = rx("<<promises.effort>>")


def force(letter: Letter, sentence: Sentence, act: Act, due: int | None) -> Drafted[str]:
    """Return firm, effort or conditional for what is promised, with the words.

    `due`: where the day or number stands that is to be met, None where there is none.
    """
    clauses = _acting(letter, sentence.clauses[act.first :])
    word = sentence.clauses[act.word].start
    under_heading = sentence.mode == STRONG  # there an order before the word is an act too
    hanging = [
        clause
        for clause in clauses
        if clause.start >= word
        or "if" in clause.marks
        or (under_heading and begins_with_order(letter, [clause]) and not frames(letter, clause))
    ]
    waiting = _hanging_last(letter, clauses) or _waiting(letter, hanging)
    if waiting:
        return waiting
    decides = _deciding(letter, clauses, due)
    for rule, words in (
        ("governing_verb", _verb_of_effort(letter, clauses, decides)),
        ("weighed_first", _weighing(letter, clauses)),
        ("verb_of_what_is_due", _effort_in(letter, clauses, decides)),
    ):
        if words:
            return letter.quoted("effort", *words, rule)
    return letter.quoted("firm", sentence.start, sentence.start, "no_word_of_effort")


def condition(letter: Letter, sentence: Sentence, act: Act) -> Drafted[str] | None:
    """Return the words of the condition on which the act hangs: 待用地落实,并经批准后 is one."""
    hanging = [clause for clause in sentence.clauses[act.first :] if _hangs_on(clause)]
    if not hanging:
        return None
    last = hanging[0]
    for clause in hanging[1:]:
        last = clause if clause.start == last.end else last
    start, place = _hangs_on(hanging[0]) or 0, _hangs_on(last) or 0
    words = WAITS.match(letter.text, place, last.end) or IF.match(letter.text, place, last.end)
    end = words.end() if words else last.end - 1
    return letter.quoted(letter.words(start, end), start, end, "waits")


def _hangs_on(clause: Clause) -> int | None:
    """Where the words of a condition begin in a clause."""
    return min(
        (clause.marks[mark] for mark in ("waits", "if") if mark in clause.marks), default=None
    )


# 将根据国家的总体安排, 在…基础上: leads up to the act.
_FRAME = rx("[^,;。]{0,10}?<<promises.frame_begins>>[^,;。]*<<promises.frame_ends>>[,]")


def leads_up(letter: Letter, clause: Clause) -> bool:
    """Return whether the clause is only a frame of the act: 根据…安排, 在…基础上."""
    return _FRAME.match(letter.text, clause.start, clause.end) is not None


def _acting(letter: Letter, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses without those that only name the matter or lead up to it: 关于…的建议."""
    return tuple(
        clause
        for clause in clauses
        if _hangs_on(clause) is not None
        or not (TOPIC.match(letter.text, clause.start, clause.end) or leads_up(letter, clause))
    )


# 资金批复后即可实施。: what comes after the condition is the act before it.
_SAME_ACT = rx(
    "[,即可就便马上立刻尽快随再组织]{0,5}<<dates.starts+promises.same_act>>?(?:建设|施工)?[。;]?"
)


def _hanging_last(letter: Letter, clauses: Sequence[Clause]) -> Drafted[str] | None:
    """将于9月开工,如资金到位。, 计划改造5公里,资金批复后即可实施。: a condition that closes the
    sentence, with no other act, is that of the whole.
    """
    last = clauses[-1] if clauses else None
    start = _hangs_on(last) if last else None
    if last is None or start is None or _is_dated_approval(letter, last):
        return None
    words = WAITS.match(letter.text, start, last.end) or IF.match(letter.text, start, last.end)
    if not words or not _SAME_ACT.fullmatch(letter.text, words.end(), last.end):
        return None
    return letter.quoted("conditional", start, min(last.end, start + _SHOWN), "waits")


_SHOWN = 20  # characters of a condition that the force quotes; the whole stands in `condition`


def _waiting(letter: Letter, clauses: Sequence[Clause]) -> Drafted[str] | None:
    """待…后 before the act or in its first clause; a later one hangs only a part on it."""
    for clause in clauses:
        start = _hangs_on(clause)
        if start is not None and not _is_dated_approval(letter, clause):
            return letter.quoted("conditional", start, min(clause.end, start + _SHOWN), "waits")
        verb = _verb(letter.text, clause)
        if verb and not _EFFORT.fullmatch(letter.text, *verb):
            return None
    return None


# 明年上半年报市政府审批后实施: the day is that of the approval too.
_APPROVED = rx("<<promises.approved>>后")


def _is_dated_approval(letter: Letter, clause: Clause) -> bool:
    approved = _APPROVED.search(letter.text, clause.start, clause.end)
    return bool(approved) and place_of_due(letter, clause.start, clause.end) is not None


# 多方筹措,积极向上争取补助; 配合…争取试点: what is done is to seek it.
_HELPS = rx("<<promises.helps>>")
_SEEKS = rx("争取(?!到)")


def _verb_of_effort(
    letter: Letter, clauses: Sequence[Clause], decides: Clause | None
) -> _Range | None:
    """The first verb of the first clause that has one; 力争 for its effect changes nothing, nor
    does it after the clause that decides: 裸土减少15%,力争走在前列.
    """
    verb = next(filter(None, (_verb(letter.text, clause) for clause in clauses)), None)
    if verb and _HELPS.fullmatch(letter.text, *verb):
        until = decides.end if decides else clauses[-1].end
        verb = next((one.span() for one in _SEEKS.finditer(letter.text, verb[1], until)), verb)
    if verb is None or (decides and verb[0] >= decides.end):
        return None
    return verb if _EFFORT.fullmatch(letter.text, *verb) else None


def _deciding(letter: Letter, clauses: Sequence[Clause], due: int | None) -> Clause | None:
    """The clause with the day, else the first with a number: what is due can be checked."""
    if due is not None:
        return next((clause for clause in clauses if clause.start <= due < clause.end), None)
    return next((clause for clause in clauses if counts(letter, clause)), None)


_ADVERBS = rx("(?:<<promises.leading>>[,:]?)*")
_WEIGHED = rx("<<promises.weighed>>")
# 在编制规划时研究考虑: weighed, wherever it stands.
_CONSIDERED = rx("研究(?:考虑|论证)")


def _weighing(letter: Letter, clauses: tuple[Clause, ...]) -> _Range | None:
    """研究制定, 研究出台: what is to come out is first to be weighed."""
    for clause in clauses:
        words = _WEIGHED.match(letter.text, _after(_ADVERBS, letter, clause), clause.end)
        words = words or _CONSIDERED.search(letter.text, clause.start, clause.end)
        if words:
            return words.span()
    return None


_WEAK = rx("<<promises.weak>>")
# 同时,我局将: links and a subject before the verb.
_SUBJECT = rx(
    "(?:<<promises.linking>>[,:]?)*(?:[^,;。]{0,12}?<<departments.self>>)?"
    "(?:[^,;。]{0,8}?(?:[将拟]|计划))?"
)
_TRYING = rx("<<promises.trying>>")


def _effort_in(letter: Letter, clauses: Sequence[Clause], decides: Clause | None) -> _Range | None:
    """加快推进…,力争年底完工: the verb of the clause that decides, unless an act with a number of
    its own stands before it.
    """
    if decides is None:
        return None
    before = [c for c in clauses if c.start < decides.start and counts(letter, c)]
    for clause in before:
        weak = _WEAK.match(letter.text, _after(_SUBJECT, letter, clause), clause.end)
        if _verb(letter.text, clause) and not weak:
            return None
    words = _TRYING.match(letter.text, _after(_ADVERBS, letter, decides), decides.end)
    return words.span() if words else None


def _after(lead: Pattern, letter: Letter, clause: Clause) -> int:
    """Where a clause begins without the words that lead in to it."""
    words = lead.match(letter.text, clause.start, clause.end)
    return words.end() if words else clause.start


# 建高端平台, 引优质载体: verbs of one character count where they open a clause.
_SHORT_VERB = rx("(?!<<promises.not_short>>)<<promises.short_verbs>>(?=[一-龥“])")
# A verb of the lists, not inside 研究生, 产业研究; adverbs among them are no verbs.
_VERBS = rx(
    "<<promises.not_effort>>|“[^”]*”|(?P<verb><<promises.effort>>"
    "|<<promises.imperative-promises.leading-promises.framing-promises.no_act>>)"
)


def _verb(text: str, clause: Clause) -> _Range | None:
    """The first verb of a clause: what stands before it are adverbs, a subject, 对…, 围绕…"""
    short = _SHORT_VERB.match(text, clause.start, clause.end)
    if short:
        return short.span()
    verbs = _VERBS.finditer(text, clause.start, clause.end)
    return next((match.span() for match in verbs if match["verb"]), None)
