"""Whether a sentence promises something, from which clause on, and by which rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from npcreply.extract import coming, openings, voices
from npcreply.extract.marks import Clause
from npcreply.extract.openings import NEAR, begins_with_verb, counts
from npcreply.extract.outline import OPEN, STRONG, Sentence
from npcreply.extract.page import Page
from npcreply.extract.patterns import listed

_NOT_OURS = frozenset({"asked", "courtesy", "refused"})
_UNSURE = ("forecast", "may")


@dataclass(frozen=True, slots=True)
class Act:
    """What is promised from clause `first` on; `rule` says why, `sure` whether a word says so.

    `told`: the clause with that word. `mine`: False where a firm or a citizen promises.
    """

    first: int
    told: int
    rule: str
    sure: bool
    mine: bool = True


def act(page: Page, sentence: Sentence, *, after_promise: bool = False) -> Act | None:
    """Return what the sentence promises, None where it promises nothing; `after_promise`: a
    promise ends with the semicolon before it.
    """
    if sentence.kind != "text" or not sentence.clauses or page.text[sentence.end - 1] == "?":
        return None
    if any(judge(page, sentence) for judge in (_is_courteous, _is_slogan, _is_day)):
        return None
    found = _announced(page, sentence) or _unannounced(page, sentence)
    return found or (_added(sentence) if after_promise else None)


def _is_courteous(page: Page, sentence: Sentence) -> bool:
    """Thanks, wishes and requests; what is promised before them counts all the same."""
    if page.text.startswith("请", sentence.body):
        return True
    told = [n for n, clause in enumerate(sentence.clauses) if "courtesy" in clause.marks]
    if not told:
        return False
    before = sentence.clauses[: told[0]]
    said = coming.reasons(page, sentence)[: told[0]]
    return not (any(said) or any(clause.future for clause in before))


def _is_day(page: Page, sentence: Sentence) -> bool:
    """Nothing but a day: the foot of a letter."""
    hits = page.days.between(sentence.body, sentence.end)
    length = sentence.end - sentence.body
    return any(last - first >= length - 1 for first, last, _hit in hits)


def _is_slogan(page: Page, sentence: Sentence) -> bool:
    """Words of resolve, and no act, number, day or document to check."""
    said = page.text[sentence.body : sentence.end]
    if not listed("promises", "slogan").search(said):
        return False
    hits = page.days.between(sentence.body, sentence.end)
    if _checkable().search(said) or any(hit.date for _start, _end, hit in hits):
        return False
    return not listed("promises", "concrete").search(_resolve().sub("", said.rpartition("将")[2]))


def _announced(page: Page, sentence: Sentence) -> Act | None:
    """A word or a day says that it is still to come: 将, 拟, 力争, 下一步, 年底前."""
    reasons = coming.reasons(page, sentence)
    told = next((place for place, rule in enumerate(reasons) if rule), None)
    if told is None:
        return None
    rule = reasons[told] or ""
    day_only = rule == "deadline" and sentence.mode == OPEN
    return Act(
        first=openings.beginning(page, sentence, told),
        told=told,
        rule=rule,
        sure=rule not in _UNSURE and not day_only,
        mine=voices.is_ours(page, sentence, told),
    )


def _unannounced(page: Page, sentence: Sentence) -> Act | None:
    """Under a heading or after a sentence that looks ahead, what is told as to be done."""
    if _must(page, sentence):
        return Act(0, 0, "must", sure=True)
    first = _first_open(page, sentence) if sentence.mode != OPEN else None
    if first is None or _tells(page, sentence, first):
        return None
    rest = sentence.clauses[first:]
    begins = openings.orders(page, rest)
    if sentence.mode == STRONG:
        sure = begins or any(counts(page, clause) for clause in rest)
        return Act(first, first, "under_heading" if begins else "in_plan", sure)
    if begins:
        return Act(first, first, "goes_on", sure=True)
    return Act(first, first, "number_ahead", sure=False) if _sets_level(page, sentence) else None


def _tells(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether the sentence, from clause `first` on, tells what is done, or why something is not."""
    rest = sentence.clauses[first:]
    begins, strong = openings.orders(page, rest), sentence.mode == STRONG
    done = any(clause.past or "now" in clause.marks for clause in rest)
    refuses = any("refused" in clause.marks for clause in rest)
    return _reports(page, rest[0]) or (done and not (begins and strong)) or (refuses and not begins)


def _added(sentence: Sentence) -> Act | None:
    """力争…230个;落地50%以上: the other half of a sentence that promises goes on with it, unless a
    word says that it tells something else.
    """
    told = any(clause.past or clause.as_it_is for clause in sentence.clauses)
    other = any(not _NOT_OURS.isdisjoint(clause.marks) for clause in sentence.clauses)
    return None if told or other else Act(0, 0, "same_sentence", sure=True)


def _must(page: Page, sentence: Sentence) -> bool:
    """一要抓好…, 二要…: the number itself says that it is to be done."""
    return sentence.numbering is not None and page.text[sentence.numbering.end - 1] == "要"


def _reports(page: Page, clause: Clause) -> bool:
    """5月8日,我局召开…: a day that is over begins the sentence."""
    today = page.today
    return any(
        hit.date is not None
        and (today is None or hit.date <= today)
        and start <= clause.start + NEAR
        and hit.kind in ("day", "as_of", "period")
        for start, _end, hit in page.days.between(clause.start, clause.end)
    )


def _sets_level(page: Page, sentence: Sentence) -> bool:
    """达到85%以上, 不低于, 增长12%; not the level of a payment."""
    if listed("figures", "paid").search(page.text, sentence.body, sentence.end):
        return False
    hits = page.numbers.between(sentence.body, sentence.end)
    return any(hit.comparator or hit.change for _start, _end, hit in hits)


def _first_open(page: Page, sentence: Sentence) -> int | None:
    """The first clause that nothing marks as done, as it is, or as refused."""
    done = False
    for place, clause in enumerate(sentence.clauses):
        if not _NOT_OURS.isdisjoint(clause.marks):
            return None
        if not (clause.past or clause.as_it_is):
            rest = sentence.clauses[place:]
            told = sum(one.past for one in rest)
            if done:  # 已清查房产…,盘活287宗: what is done goes on
                open_ = _verb_opens(page, clause) and not any(counts(page, one) for one in rest)
                return place if open_ and not told else None
            return None if len(rest) > 1 and told * 2 > len(rest) else place
        done = done or clause.past
    return None


def _verb_opens(page: Page, clause: Clause) -> bool:
    return begins_with_verb(page, clause.start, clause.end)


@cache
def _checkable() -> re.Pattern[str]:
    return re.compile("[0-9]|《")


@cache
def _resolve() -> re.Pattern[str]:
    """贯彻…精神, 按照…部署: what they name is no act of this letter."""
    return re.compile("(?:贯彻|按照|围绕|根据|落实)[^,;。]*")
