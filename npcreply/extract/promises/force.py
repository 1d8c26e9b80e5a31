"""How firmly something is promised: by the verb that governs the act, or by a condition."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from npcreply.extract.model import Drafted
from npcreply.extract.promises.acts import Act
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.headings import topic
from npcreply.extract.sentences.letter import Page
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import any_of, words


def force(page: Page, sentence: Sentence, told: Act, due: int | None) -> Drafted[str]:
    """Return firm, effort or conditional for what is promised, with the words.

    `due`: where the day or number stands that is to be met, None where there is none.
    """
    clauses = _acts(page, sentence.clauses[told.first :])
    word = sentence.clauses[told.told].start
    waiting = _condition(page, [clause for clause in clauses if clause.start >= word])
    if waiting:
        return waiting
    for rule, found in (
        ("governing_verb", _governed(page, clauses)),
        ("weighed_first", _weighed(page, clauses)),
        ("verb_of_what_is_due", _due(page, clauses, due)),
    ):
        if found:
            return _drafted(page, "effort", found, rule)
    return _drafted(page, "firm", (sentence.start, sentence.start), "no_word_of_effort")


def _acts(page: Page, clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """The clauses without those that only name the matter or lead up to it: 关于…的建议."""
    return tuple(
        clause
        for clause in clauses
        if not topic().match(page.text, clause.start, clause.end)
        and not _frame().match(page.text, clause.start, clause.end)
    )


def condition(page: Page, sentence: Sentence, told: Act) -> Drafted[str] | None:
    """Return the words of the condition on which the act hangs."""
    for clause in sentence.clauses[told.first :]:
        if "waits" in clause.marks:
            start, end = clause.marks["waits"], clause.end - 1
            return _drafted(page, page.words(start, end), (start, end), "waits")
    return None


def _condition(page: Page, clauses: Sequence[Clause]) -> Drafted[str] | None:
    """待…后 before the act or in its first clause; a later one hangs only a part on it."""
    for clause in clauses:
        if "waits" in clause.marks:
            at = clause.marks["waits"]
            return _drafted(page, "conditional", (at, min(clause.end, at + 20)), "waits")
        if _verb(page.text, clause):
            return None
    return None


def _governed(page: Page, clauses: tuple[Clause, ...]) -> tuple[int, int] | None:
    """The first verb of the first clause that has one; 力争 for its effect changes nothing."""
    for clause in clauses:
        verb = _verb(page.text, clause)
        if verb:
            return verb if page.text[verb[0] : verb[1]] in words("promises", "effort") else None
    return None


def _weighed(page: Page, clauses: tuple[Clause, ...]) -> tuple[int, int] | None:
    """研究制定, 研究出台: what is to come out is first to be weighed."""
    for clause in clauses:
        lead = _leading().match(page.text, clause.start, clause.end)
        found = _weighing().match(page.text, lead.end() if lead else clause.start, clause.end)
        found = found or _considering().search(page.text, clause.start, clause.end)
        if found:
            return found.span()
    return None


def _due(page: Page, clauses: tuple[Clause, ...], due: int | None) -> tuple[int, int] | None:
    """加快推进…,力争年底完工: the act alone cannot be checked, what is due can."""
    if due is None:
        return None
    for place, clause in enumerate(clauses):
        if clause.start <= due < clause.end:
            lead = _leading().match(page.text, clause.start, clause.end)
            found = _trying().match(page.text, lead.end() if lead else clause.start, clause.end)
            before = [c for c in clauses[:place] if _verb(page.text, c)]
            if found and all(_weak().match(page.text, *_said(page, c)) for c in before):
                return found.span()
    return None


def _said(page: Page, clause: Clause) -> tuple[int, int]:
    """The clause without its subject and links: 我局将."""
    lead = _subject().match(page.text, clause.start, clause.end)
    return (lead.end() if lead else clause.start), clause.end


def _verb(text: str, clause: Clause) -> tuple[int, int] | None:
    """The first verb of a clause: what stands before it are adverbs, a subject, 对…, 围绕…"""
    short = _short_verb().match(text, clause.start, clause.end)
    if short:
        return short.span()
    for found in _verbs().finditer(text, clause.start, clause.end):
        if found["verb"]:
            return found.span()
    return None


def _drafted(page: Page, value: str, at: tuple[int, int], rule: str) -> Drafted[str]:
    start, end = page.source(*at)
    return Drafted(value, start, end, page.cleaned.text[start:end], rule)


@cache
def _verbs() -> re.Pattern[str]:
    """A verb of the lists, not inside 研究生, 产业研究; adverbs among them are no verbs."""
    adverbs = {*words("promises", "leading"), *words("promises", "framing"), "重点", "扎实", "稳步"}
    listed = {*words("promises", "imperative"), *words("promises", "effort")}
    verbs = {verb for verb in listed if len(verb) > 1 and verb not in adverbs}
    verbs |= set(words("promises", "effort"))
    return re.compile(
        f"{any_of(words('promises', 'not_effort'))}|“[^”]*”|(?P<verb>{any_of(verbs)})"
    )


@cache
def _short_verb() -> re.Pattern[str]:
    """建高端平台, 引优质载体: verbs of one character count where they open a clause."""
    verbs = words("promises", "short_verbs")
    return re.compile(f"(?!{any_of(words('promises', 'not_short'))}){any_of(verbs)}(?=[一-龥“])")


@cache
def _frame() -> re.Pattern[str]:
    """将根据国家的总体安排, 在…基础上: leads up to the act."""
    opens = "(?:根据|按照|依照|结合|鉴于|考虑到|在|按)"
    ends = any_of(words("promises", "frame_ends"))
    return re.compile(rf"[^,;。]{{0,10}}?{opens}[^,;。]*{ends}[,]")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(words('promises', 'leading'))}[,:]?)+")


@cache
def _subject() -> re.Pattern[str]:
    selves = any_of(words("departments", "self"))
    return re.compile(
        rf"(?:{any_of(words('promises', 'linking'))}[,:]?)*(?:[^,;。]{{0,12}}?(?:{selves}))?"
        rf"(?:[^,;。]{{0,8}}?(?:将|拟|计划))?"
    )


@cache
def _weighing() -> re.Pattern[str]:
    return re.compile(any_of(words("promises", "weighed")))


@cache
def _considering() -> re.Pattern[str]:
    """在编制规划时研究考虑: weighed, wherever it stands."""
    return re.compile("研究(?:考虑|论证)")


@cache
def _trying() -> re.Pattern[str]:
    return re.compile("力争|争取|努力")


@cache
def _weak() -> re.Pattern[str]:
    return re.compile(any_of(words("promises", "weak")))
