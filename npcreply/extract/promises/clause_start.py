"""How a clause opens, where the quote of a promise begins, and who speaks in it: the body, the
deputy whose request is repeated, or a firm.
"""

from __future__ import annotations

from collections.abc import Sequence

from npcreply.extract.sentences.clauses import TELLING, Clause
from npcreply.extract.sentences.headings import TOPIC
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.sentences.outline import OPEN, Sentence
from npcreply.extract.words import rx
from npcreply.grammar.pattern import Pattern

NEAR = 8  # characters of a subject before the day or the event that opens a clause

# --- how a clause opens

_LINKS = rx("(?:<<promises.linking>>[,:]?)*")
_ORDER = rx("<<promises.imperative>>")


def after_links(letter: Letter, start: int, end: int) -> int:
    """Return where the clause begins without 同时, 年底前, 每季度, 规划印发后3个月内."""
    start = _past(_LINKS, letter.text, start, end)
    for first, last, hit in letter.days.between(start, end):
        after_event = hit.kind == "event" and first - start <= NEAR
        if first == start or after_event or letter.text[start:first] in ("在", "于", "自", "从"):
            start = last
    for first, last, _hit in letter.cadences.between(start, end):
        if first == start:
            start = last
    return start


def _past(lead: Pattern, text: str, start: int, end: int) -> int:
    words = lead.match(text, start, end)
    return words.end() if words else start


def begins_with_order(letter: Letter, clauses: Sequence[Clause]) -> bool:
    """Return whether the first clause with an act in it begins with its verb, as an order does."""
    for clause in clauses:
        start = after_links(letter, clause.start, clause.end)
        if clause.end - start > 1:
            return _ORDER.match(letter.text, start, clause.end) is not None
    return False


def counts(letter: Letter, clause: Clause) -> bool:
    """Return whether the clause has a number."""
    return bool(letter.numbers.between(clause.start, clause.end))


# 由于…, a reason, is no frame: it describes how things are.
_FRAMES = rx("(?!由于|因为)<<promises.framing>>")


def frames(letter: Letter, clause: Clause) -> bool:
    """Return whether the clause leads up to an act: 为…, 按照…, 对…"""
    return _FRAMES.match(letter.text, clause.start, clause.end) is not None


# --- where the quote of a promise begins

# 剩余路段将于…: of what, the clauses before it say.
_REST = rx("<<promises.rest>>")


def beginning(letter: Letter, sentence: Sentence, word: int) -> int:
    """Return the clause with which the quote of a promise begins, whose word stands in clause
    `word`: with what leads up to it, not with what was done before. A numbered item is whole.
    """
    clauses = sentence.clauses
    if sentence.numbering and not any(_is_another_view(clause) for clause in clauses[:word]):
        return 0
    if word and _REST.match(letter.text, clauses[word].start):
        return word - 1
    rest = [place for place in range(word) if _REST.match(letter.text, clauses[place].start)]
    if rest:  # 其余5处因…,待…后补栽
        return rest[-1]
    themed = _theme(letter, sentence, word)
    place = word if themed is None else themed
    whole = _only_completes(letter, clauses[word])
    while place > 0 and _leads_up(letter, sentence, place - 1, numbers=whole):
        place -= 1
    subject = place == word and word > 0 and _is_subject(letter, sentence, word - 1)
    subject = subject or (place == word and _takes_all(letter, sentence, word))
    return word - 1 if subject else place


_ALL = rx("<<promises.all_of>>(?=<<dates.finishes>>)")


def _takes_all(letter: Letter, sentence: Sentence, word: int) -> bool:
    """3座危桥已列入计划,国庆前全部完成加固: all of what the clause before it names."""
    clause = sentence.clauses[word]
    start = after_links(letter, clause.start, clause.end)
    named = word > 0 and not _is_another_view(sentence.clauses[word - 1])
    return named and _ALL.match(letter.text, start, clause.end) is not None


_FINISHED = rx("完成[一-龥]{2}")


def _theme(letter: Letter, sentence: Sentence, word: int) -> int | None:
    """站前广场已完成设计,占地138亩,计划9月开工: a step alone (开工, 建成) is one of the work that
    the clauses before it name; return the clause that names it.
    """
    clauses = sentence.clauses
    finished = any(_FINISHED.search(letter.text, c.start, c.end) for c in clauses[word:])
    if finished or not _is_step(letter, clauses[word]):
        return None  # 9月底前完成评审: what is to be finished has its name
    for place in range(word - 1, -1, -1):
        if _is_another_view(clauses[place]):
            return None
        if _names_work(letter, clauses[place]):
            return place
    return None


_STEP = 8  # characters of a clause that has only a step of the work: 预计…建成投入使用
_STARTS = rx("<<dates.starts>>(?:建设|施工)?$|<<promises.takes_effect>>$")
_FINISHES = rx("<<dates.finishes>>$|具备[^,;。]{0,6}条件$")


def _is_step(letter: Letter, clause: Clause) -> bool:
    """计划今年9月开工: nothing but a day and a step of the work."""
    start = after_links(letter, clause.start, clause.end)
    marks = [clause.marks[name] for name in TELLING if name in clause.marks]
    words = letter.text[start : clause.end - 1]
    if marks and min(marks) == start:
        words = words[2:]  # 计划, 力争
    days = letter.days.between(start, clause.end)
    words = words.replace(letter.text[days[0][0] : days[0][1]], "") if days else words
    return len(words) <= _STEP and bool(_FINISHES.search(words) or _STARTS.search(words))


def _is_another_view(clause: Clause) -> bool:
    """What the deputy asks for, or the body will not do: no part of a promise."""
    return "asked" in clause.marks or "refused" in clause.marks


_WORK = rx("[该此本]<<promises.works>>")


# 枢纽占地23亩, 总投资5亿元的处理厂二期: the work with an extent of it.
_DESCRIBED = rx(
    "(?!<<figures.extents>>)[一-龥]{3,20}?<<figures.extents>>[约为达近是]?[0-9.]"
    "|<<figures.extents>>[约为达近是]?[0-9.]+[^,;。的]{1,6}的[一-龥]{3,}"
)


def _names_work(letter: Letter, clause: Clause) -> bool:
    """该项目由…实施, XX路已通车: what stands before 已 is the name of the work."""
    done = clause.marks.get("done")
    if clause.end - clause.start > _STEP and _WORK.match(letter.text, clause.start):
        return True
    if _DESCRIBED.match(letter.text, clause.start, clause.end):
        return True
    return done is not None and done - clause.start >= 2 and "now" not in clause.marks


def _is_subject(letter: Letter, sentence: Sentence, place: int) -> bool:
    """《规划》已完成初稿,将于9月…: what is done to it, and then what will be."""
    clause, after = sentence.clauses[place], sentence.clauses[place + 1]
    # 将于…, 拟…: the subject stands in the clause before; 近期拟…, 下步… begin with their time
    begins = after.start + (letter.text[after.start] in "正现也还并")
    bare = any(after.marks.get(name) == begins for name in TELLING if name != "next")
    reports = clause.past or clause.as_it_is
    named = not counts(letter, clause) or _WORK_STEP.search(letter.text, after.start, after.end)
    return reports and bare and not _is_another_view(clause) and bool(named)


# 已申请水表30只,正准备实施安装: a step of the work that the clause before it names.
_WORK_STEP = rx("<<promises.setting_about>><<promises.work_steps>>{1,3}[。;]")


def _only_completes(letter: Letter, clause: Clause) -> bool:
    """6月底前完成: of what the clauses before it name."""
    start = after_links(letter, clause.start, clause.end)
    words = letter.text[start : clause.end - 1]
    return start > clause.start and len(words) <= NEAR and bool(_FINISHES.search(words))


_GROUNDS = rx("<<promises.grounds>>")


def _leads_up(letter: Letter, sentence: Sentence, place: int, *, numbers: bool) -> bool:
    """A frame (为…, 按照…), or acts that one without a subject goes on from; `numbers`: even if
    they have numbers.
    """
    clause, after = sentence.clauses[place], sentence.clauses[place + 1]
    if _is_another_view(clause) or clause.past:
        return False
    if "if" in clause.marks:  # 只要资金到位,将…: the act hangs on it
        return True
    framed = frames(letter, clause)
    if clause.as_it_is:
        return framed and bool(_GROUNDS.match(letter.text, clause.start, clause.end))
    if sentence.mode != OPEN:
        return True
    if counts(letter, clause) and not numbers:
        return clause.future
    return framed or _goes_on(letter, after)


def _goes_on(letter: Letter, clause: Clause) -> bool:
    """Whether a clause has neither a beginning nor a subject of its own."""
    begins = "next" in clause.marks or (not clause.future and frames(letter, clause))
    return not begins and not _has_subject(letter, clause)


def _has_subject(letter: Letter, clause: Clause) -> bool:
    """市规划即将…, 二期工程明年完工: words that are no order before the mark or the day."""
    marks = [clause.marks[name] for name in TELLING if name in clause.marks]
    marks += [first for first, _last, _hit in letter.days.between(clause.start, clause.end)]
    start = after_links(letter, clause.start, clause.end)
    if not marks or min(marks) - start < 2:
        return False
    return not _ORDER.match(letter.text, start, clause.end)


# --- who speaks

_SELF = rx("<<departments.self>>")
# 企业计划, 公司将; 交警支队承诺: an authority's own word is not the letter's.
_OTHERS = rx(
    "[局委办厅队站所校院]已?[^,;。]{0,6}承诺|(?<![对由为向督促])(?!<<promises.own>>)<<promises.private>>[^,;。]{0,8}?(?:<<promises.says>>|(?<!已)[将把])"
)


def is_ours(letter: Letter, sentence: Sentence, word: int) -> bool:
    """Return whether an authority promises: 企业承诺, 运营商计划 are promises of others."""
    for clause in reversed(sentence.clauses[: word + 1]):
        own = _SELF.search(letter.text, clause.start, clause.end)
        others = _others_speak(letter, clause)
        if own or others is not None:
            return others is None or (own is not None and own.start() < others)
    return True


def _others_speak(letter: Letter, clause: Clause) -> int | None:
    """Where another speaks: 企业承诺, 由业主负责, 供电公司已向我局承诺; not in 实施企业倍增计划,
    where an order has the firm as its object.
    """
    start = after_links(letter, clause.start, clause.end)
    if _ORDER.match(letter.text, start, clause.end) and letter.text[start] not in "由对":
        return None
    others = _OTHERS.search(letter.text, clause.start, clause.end)
    return others.start() if others else None


_ASKED_OF = rx("[您你]们?<<promises.asked_of>>的")
# 您反映的…问题, ends with the noun that sums the request up.
_SUMS_UP = rx("<<promises.topics>>[,。]$")


def restated_clauses(letter: Letter, sentence: Sentence) -> frozenset[int]:
    """Return the clauses of the deputy's own request, up to where the body itself speaks."""
    clauses = sentence.clauses
    asked = next((n for n, clause in enumerate(clauses) if "asked" in clause.marks), None)
    if asked is None:
        return frozenset()
    request = clauses[asked]
    if (
        _ASKED_OF.match(letter.text, request.marks["asked"])
        or _SUMS_UP.search(letter.text, request.start, request.end)
        or TOPIC.match(letter.text, request.start, request.end)
    ):
        return frozenset({asked})  # 针对您反映的…问题, and then the body speaks
    later = (n for n in range(asked, len(clauses)) if _speaks(letter, clauses[n], n > asked))
    own = {asked} if "will" in request.marks else set()
    return frozenset(range(asked, next(later, len(clauses)))) - own


# 您所提的路段我局已列入计划: the body's own act in the clause of the request.
_SELF_ACTS = rx("<<departments.self>>(?:[已将正拟]|计划)")


def _speaks(letter: Letter, clause: Clause, after: bool) -> bool:
    """Whether the body speaks in a clause of the request, or `after` it: 您建议在我市设立… is the
    deputy's.
    """
    if after and (clause.past or not {"now", "refused"}.isdisjoint(clause.marks)):
        return True
    until = clause.end if after else clause.marks["asked"]
    speaks = _SELF.search(letter.text, clause.start, until)
    return bool(speaks or _SELF_ACTS.search(letter.text, clause.start, clause.end))
