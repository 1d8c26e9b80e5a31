"""How a clause opens: with a link, a day, a frame or the verb of an order; where a quote begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from npcreply.extract.sentences.clauses import TELLING, Clause
from npcreply.extract.sentences.headings import topic
from npcreply.extract.sentences.letter import Page
from npcreply.extract.sentences.outline import OPEN, Sentence
from npcreply.extract.words import any_of, imperative, listed, selves, words

_STEP = 8  # characters of a clause that tells only a step of the work: 预计…建成投入使用
_PROJECT = re.compile("[该此本](?:项目|工程|路|桥|线|站|校|馆|园|院|小区|片区|地块|水库)")
_FINISHED = re.compile("完成[一-龥]{2}")
NEAR = 8  # characters of a subject before the day or the event that opens a clause


def after_links(page: Page, start: int, end: int) -> int:
    """Return where the clause begins without 同时, 年底前, 每季度, 规划印发后3个月内."""
    lead = _links().match(page.text, start, end)
    start = lead.end() if lead else start
    for first, last, hit in page.days.between(start, end):
        after_event = hit.kind == "event" and first - start <= NEAR
        if first == start or after_event or page.text[start:first] in ("在", "于", "自", "从"):
            start = last
    for first, last, _hit in page.rhythms.between(start, end):
        if first == start:
            start = last
    return start


def orders(page: Page, clauses: Sequence[Clause]) -> bool:
    """Return whether the first clause with an act in it begins with its verb, as an order does."""
    for clause in clauses:
        start = after_links(page, clause.start, clause.end)
        if clause.end - start > 1:
            return begins_with_verb(page, start, clause.end)
    return False


def begins_with_verb(page: Page, start: int, end: int) -> bool:
    """Return whether text[start:end] begins with a verb that orders."""
    return bool(imperative().match(page.text, start, end))


def counts(page: Page, clause: Clause) -> bool:
    """Return whether the clause tells a number."""
    return bool(page.numbers.between(clause.start, clause.end))


def beginning(page: Page, sentence: Sentence, told: int) -> int:
    """Return the clause with which the quote of a promise begins, whose word stands in clause
    `told`: with what leads up to it, not with what was done before. A numbered item is whole.
    """
    if sentence.numbering and not any(_another_says(c) for c in sentence.clauses[:told]):
        return 0
    if told and _is_rest(page, sentence.clauses[told]):
        return told - 1
    themed = _theme(page, sentence, told)
    place = told if themed is None else themed
    whole = _only_completes(page, sentence.clauses[told])
    while place > 0 and _leads_up(page, sentence, place - 1, numbers=whole):
        place -= 1
    subject = place == told and told > 0 and _is_subject(page, sentence, told - 1)
    return told - 1 if subject else place


def _theme(page: Page, sentence: Sentence, told: int) -> int | None:
    """站前广场已完成设计,占地138亩,计划9月开工: a step alone (开工, 建成) is one of the work that
    the clauses before it name; return the clause that names it.
    """
    finished = any(_FINISHED.search(page.text, c.start, c.end) for c in sentence.clauses[told:])
    if finished or not _is_step(page, sentence.clauses[told]):
        return None  # 9月底前完成评审: what is to be finished is said
    for place in range(told - 1, -1, -1):
        clause = sentence.clauses[place]
        if _another_says(clause):
            return None
        if _names(page, clause):
            return place
    return None


def _is_step(page: Page, clause: Clause) -> bool:
    """计划今年9月开工: nothing but a day and a step of the work."""
    start = after_links(page, clause.start, clause.end)
    marks = [clause.marks[name] for name in TELLING if name in clause.marks]
    said = page.text[start : clause.end - 1]
    if marks and min(marks) == start:
        said = said[2:]
    days = page.days.between(start, clause.end)
    said = said.replace(page.text[days[0][0] : days[0][1]], "") if days else said
    return len(said) <= _STEP and bool(_finish().search(said) or _start().search(said))


def _another_says(clause: Clause) -> bool:
    """What the deputy asks for, or the body will not do: no part of a promise."""
    return "asked" in clause.marks or "refused" in clause.marks


def _names(page: Page, clause: Clause) -> bool:
    """该项目由…实施, XX路已通车: what stands before 已 is the name of the work."""
    done = clause.marks.get("done")
    if clause.end - clause.start > _STEP and _PROJECT.match(page.text, clause.start):
        return True
    return done is not None and done - clause.start >= 2 and "now" not in clause.marks


def _is_rest(page: Page, clause: Clause) -> bool:
    """剩余路段将于…: of what, the clauses before it tell."""
    return page.text.startswith(("剩余", "其余", "余下", "剩下"), clause.start)


def _is_subject(page: Page, sentence: Sentence, place: int) -> bool:
    """《规划》已完成初稿,将于9月…: what is done to it, and then what will be."""
    clause = sentence.clauses[place]
    told = clause.past or clause.as_it_is
    asked = "asked" in clause.marks or "refused" in clause.marks
    bare = _begins_with_mark(sentence.clauses[place + 1])
    return told and bare and not asked and not counts(page, clause)


def _only_completes(page: Page, clause: Clause) -> bool:
    """6月底前完成: of what the clauses before it tell."""
    start = after_links(page, clause.start, clause.end)
    said = page.text[start : clause.end - 1]
    return start > clause.start and len(said) <= NEAR and bool(_finish().search(said))


def _leads_up(page: Page, sentence: Sentence, place: int, *, numbers: bool) -> bool:
    """A frame (为…, 按照…), or acts that one without a subject goes on from; `numbers`: even if
    they tell numbers.
    """
    clause, after = sentence.clauses[place], sentence.clauses[place + 1]
    if _another_says(clause) or clause.past:
        return False
    frames = _is_frame(page, clause)
    if clause.as_it_is:
        return frames and bool(_grounds().match(page.text, clause.start, clause.end))
    if sentence.mode != OPEN:
        return True
    if (counts(page, clause) and not numbers) or (frames and _is_copula(page, clause)):
        return clause.future
    begun = "next" in after.marks or (not after.future and _is_frame(page, after))
    goes_on = not begun and not _has_subject(page, after)
    return frames or (goes_on and not _is_copula(page, clause))


def _is_frame(page: Page, clause: Clause) -> bool:
    """为…, 按照…; a reason (由于…) is told of how things are."""
    if page.text.startswith(("由于", "因为"), clause.start):
        return False
    return bool(listed("promises", "framing").match(page.text, clause.start, clause.end))


def _is_copula(page: Page, clause: Clause) -> bool:
    """该河是我县的母亲河: tells what something is."""
    return bool(_copula().search(page.text, clause.start, clause.end))


def _begins_with_mark(clause: Clause) -> bool:
    """将于…, 拟…: the subject stands in the clause before; 近期拟… begins with its time."""
    return any(clause.marks.get(name) == clause.start for name in TELLING)


def _has_subject(page: Page, clause: Clause) -> bool:
    """市规划即将…, 二期工程明年完工: words that are no order before the mark or the day."""
    marks = [clause.marks[name] for name in TELLING if name in clause.marks]
    marks += [first for first, _last, _hit in page.days.between(clause.start, clause.end)]
    start = after_links(page, clause.start, clause.end)
    if not marks or min(marks) - start < 2:
        return False
    return not begins_with_verb(page, start, clause.end)


@cache
def _start() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('dates', 'starts'))}(?:建设|施工)?$|(?:试行|施行|执行)$")


@cache
def _grounds() -> re.Pattern[str]:
    return listed("promises", "grounds")


@cache
def _finish() -> re.Pattern[str]:
    return re.compile(f"{any_of(words('dates', 'finishes'))}$")


@cache
def _copula() -> re.Pattern[str]:
    return re.compile("(?<![但于其别一二三四五就便还也正若都只])是(?!否)")


@cache
def _links() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(words('promises', 'linking'))}[,:]?)+")


_ASKED_OF = re.compile("[您你]们?(?:反映|提到|关心|所在|关注)的")


def is_ours(page: Page, sentence: Sentence, told: int) -> bool:
    """Return whether an authority promises: 企业承诺, 运营商计划 are promises of others."""
    for clause in reversed(sentence.clauses[: told + 1]):
        if selves().search(page.text, clause.start, clause.end):
            return True
        if _others_speak(page, clause):
            return False
    return True


def _others_speak(page: Page, clause: Clause) -> bool:
    """企业承诺, 由业主负责; not 实施企业倍增计划, where an order has the firm as its object."""
    start = after_links(page, clause.start, clause.end)
    if begins_with_verb(page, start, clause.end) and page.text[start] not in "由对":
        return False
    return bool(_others().search(page.text, clause.start, clause.end))


def restated_clauses(page: Page, sentence: Sentence) -> frozenset[int]:
    """Return the clauses of the deputy's own request, up to where the body itself speaks."""
    asked = next((n for n, c in enumerate(sentence.clauses) if "asked" in c.marks), None)
    if asked is None:
        return frozenset()
    told = sentence.clauses[asked]
    named = _ASKED_OF.match(page.text, told.marks["asked"])
    named = named or _names_request().search(page.text, told.start, told.end)
    if named or topic().match(page.text, told.start, told.end):
        return frozenset({asked})  # 针对您反映的…问题, and then the body speaks
    speaks = len(sentence.clauses)
    for place in range(asked, len(sentence.clauses)):
        clause = sentence.clauses[place]
        until = clause.marks["asked"] if place == asked else clause.end  # 您建议在我市设立…
        answers = place > asked and (
            clause.past or "now" in clause.marks or "refused" in clause.marks
        )
        if answers or selves().search(page.text, clause.start, until):
            speaks = place
            break
    own = {asked} if "will" in sentence.clauses[asked].marks else set()
    return frozenset(range(asked, speaks)) - own


@cache
def _others() -> re.Pattern[str]:
    private, says = any_of(words("promises", "private")), any_of(words("promises", "says"))
    own = any_of(words("promises", "own"))
    return re.compile(rf"(?<![对由为向督促])(?!{own}){private}[^,;。]{{0,8}}?{says}")


@cache
def _names_request() -> re.Pattern[str]:
    """您反映的…问题, ends with the noun that sums the request up."""
    return re.compile(f"{any_of(words('promises', 'topics'))}[,。]$")
