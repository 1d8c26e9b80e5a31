"""Whether a sentence promises something, from which clause on, and by which rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from npcreply.extract.days.dates import DateHit
from npcreply.extract.promises import clause_start
from npcreply.extract.promises.clause_start import NEAR, counts
from npcreply.extract.sentences.clauses import TELLING, Clause
from npcreply.extract.sentences.letter import Page
from npcreply.extract.sentences.outline import OPEN, STRONG, Sentence
from npcreply.extract.words import any_of, listed, selves, words

_DUE = ("deadline", "period", "day")
_DAY = 12  # 2024年5月28日, and its comma
_ALREADY_SAID = frozenset({"refused", "courtesy"})


def reasons(page: Page, sentence: Sentence) -> list[str | None]:
    """Return for each clause why it is still to come (the rule's name), None where it is not."""
    done = any(clause.past for clause in sentence.clauses)
    assigned = bool(_assigned().search(page.text, sentence.body, sentence.end))
    restated = clause_start.restated_clauses(page, sentence)
    found = [
        None if place in restated else _reason(page, clause, sentence_done=done, assigned=assigned)
        for place, clause in enumerate(sentence.clauses)
    ]
    weak = any("refused" in clause.marks for clause in sentence.clauses)
    reckoned = _reckoned().match(page.text, sentence.body, sentence.end) is not None
    out: list[str | None] = []
    for place, (clause, rule) in enumerate(zip(sentence.clauses, found, strict=True)):
        weak = weak or _is_required(page, clause)
        over = rule == "deadline" and (weak or _is_over(sentence, place))
        ours = selves().search(page.text, clause.start, clause.end)
        over = over or (reckoned and rule in ("will", "deadline", "forecast") and not ours)
        out.append(None if over else rule)
    return out


def _is_required(page: Page, clause: Clause) -> bool:
    """教育部要求2018年底消除…, and what follows: asked of this body or of others, not promised."""
    asked = page.text.find("要求", clause.start, clause.end)
    if asked < 0 or page.text[asked - 1 : asked] == "按":
        return False
    return (
        not selves().search(page.text, clause.start, asked) and page.text[asked + 2] not in "的,。;"
    )


def _is_over(sentence: Sentence, place: int) -> bool:
    """5月28日,我局与您进行了面商: a day alone, and the act after it is told as done."""
    after = sentence.clauses[place + 1 : place + 2]
    return sentence.clauses[place].end - sentence.clauses[place].start <= _DAY and any(
        clause.past and not clause.future for clause in after
    )


def _reason(page: Page, clause: Clause, *, sentence_done: bool, assigned: bool) -> str | None:
    if not _ALREADY_SAID.isdisjoint(clause.marks):
        return None
    said = _word(page, clause, sentence_done=sentence_done)
    if (
        not said
        and clause.past
        and listed("promises", "orders").search(page.text, clause.start, clause.end)
    ):
        return _dated(page, clause, assigned=assigned)  # 我局已责成…6月底前完成
    if said or clause.past or "asked" in clause.marks or "state" in clause.marks:
        return said
    after = page.text[clause.end - 2] == "后"  # 预计完工后,: when, not what
    if (
        "forecast" in clause.marks
        and not after
        and _steps().search(page.text, clause.start, clause.end)
    ):
        return "forecast"
    if page.text.startswith("要求", clause.start):
        return None
    ensures = not sentence_done and _sets_bound(page, clause)
    return "ensures" if ensures else _dated(page, clause, assigned=assigned)


def _sets_bound(page: Page, clause: Clause) -> bool:
    """确保投资增长10%以上: a bound that can be missed."""
    if not listed("promises", "ensures").search(page.text, clause.start, clause.end):
        return False
    hits = page.numbers.between(clause.start, clause.end)
    return any(hit.comparator or hit.change for _start, _end, hit in hits)


def _word(page: Page, clause: Clause, *, sentence_done: bool) -> str | None:
    """The word that says so; 已将… does not."""
    marks = clause.marks
    told = [name for name in TELLING if name in marks]
    if "may" in marks and not sentence_done:
        told.append("may")
    if not told:
        return "waits" if "waits" in marks and not clause.past else None
    done = marks.get("done")
    over = done is not None and "next" not in told and all(marks[n] > done for n in told)
    if over or (told == ["again"] and clause.past):
        return None
    if "waits" in marks:
        return "waits"
    if told == ["will"] and "forecast" in marks:  # 预计客流将达到…: a figure, not an act
        return "forecast" if _steps().search(page.text, clause.start, clause.end) else None
    when = page.text[clause.end - 2] == "时"
    return None if when else told[0]


def _dated(page: Page, clause: Clause, *, assigned: bool) -> str | None:
    """A day or period ahead in an unmarked clause; `assigned`: the sentence says who is to act."""
    for start, end, hit in page.days.between(clause.start, clause.end):
        if _ahead(page, clause, start, end, hit) or (assigned and _runs_on(page, hit)):
            return "forecast" if "forecast" in clause.marks else "deadline"
    return None


def _runs_on(page: Page, hit: DateHit) -> bool:
    """由市民政局牵头,2023年新建…: the year in which the letter was written."""
    reply = page.header.reply_date
    if reply is None or hit.date is None or hit.from_ is None or hit.kind != "period":
        return False
    return hit.from_ <= reply.value < hit.date


def _ahead(page: Page, clause: Clause, start: int, end: int, hit: DateHit) -> bool:
    if hit.kind == "event":
        if hit.year and page.today and hit.year > page.today.year and _at_once(clause, start):
            return True  # 明年春季学期先行试点
        rest = page.text[end : clause.end]  # 汛前检查 is a kind of inspection
        return hit.words.endswith("前") and (rest[:1] == "," or bool(_steps().search(rest)))
    reply = page.header.reply_date
    if hit.open_end and hit.from_ and reply:
        this_year = hit.from_ == date(reply.value.year, 1, 1) and "月" not in hit.words  # 从今年起
        return this_year or hit.from_ > reply.value  # 自2025年1月1日起
    if hit.kind not in _DUE or hit.date is None or hit.rule == "task_year":
        return False
    if reply is None and hit.kind != "deadline":
        # without the letter's own day only another year is ahead for certain
        return bool(page.home and hit.date.year > page.home)
    return _lies_ahead(page, clause, (start, end), hit, hit.date)


def _lies_ahead(page: Page, clause: Clause, at: tuple[int, int], hit: DateHit, day: date) -> bool:
    """Whether `day` is not over; a whole period must also open its clause and not have begun."""
    today = page.today
    if today is not None and day < today:
        return False
    if hit.kind in ("deadline", "day"):
        return True
    opens = _at_once(clause, at[0]) and not page.text.startswith("的", at[1])
    return opens and today is not None and (hit.from_ or day) > today


def _at_once(clause: Clause, start: int) -> bool:
    """Whether what stands at `start` opens the clause, but for a short subject."""
    return start <= clause.start + NEAR


@cache
def _reckoned() -> re.Pattern[str]:
    """经测算,2026年新生将达到4000人: what is expected, not what anybody does."""
    return re.compile(any_of(words("promises", "reckoned")))


@cache
def _assigned() -> re.Pattern[str]:
    """由…牵头, 由…具体实施."""
    return re.compile(f"由[^,;。]{{2,16}}?{listed('departments', 'doing').pattern}")


@cache
def _steps() -> re.Pattern[str]:
    """预计…开工, 预计…建成: a step of the work, not a figure."""
    return re.compile(any_of((*words("dates", "starts"), *words("dates", "finishes"))))


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
    if _is_slogan(page, sentence):
        return None
    found = _announced(page, sentence) or _unannounced(page, sentence)
    return found or (_added(sentence) if after_promise else None)


def _is_slogan(page: Page, sentence: Sentence) -> bool:
    """Words of resolve, and no act, number, day or document to check."""
    said = page.text[sentence.body : sentence.end]
    if not listed("promises", "slogan").search(said):
        return False
    hits = page.days.between(sentence.body, sentence.end)
    if any(hit.date for _start, _end, hit in hits):
        return False
    return not listed("promises", "concrete").search(said.rpartition("将")[2])


def _announced(page: Page, sentence: Sentence) -> Act | None:
    """A word or a day says that it is still to come: 将, 拟, 力争, 下一步, 年底前."""
    rules = reasons(page, sentence)
    told = next((place for place, rule in enumerate(rules) if rule), None)
    if told is None:
        return None
    rule = rules[told] or ""
    day_only = rule == "deadline" and sentence.mode == OPEN
    return Act(
        first=clause_start.beginning(page, sentence, told),
        told=told,
        rule=rule,
        sure=rule not in _UNSURE and not day_only,
        mine=clause_start.is_ours(page, sentence, told),
    )


def _unannounced(page: Page, sentence: Sentence) -> Act | None:
    """Under a heading or after a sentence that looks ahead, what is told as to be done."""
    if _must(page, sentence):
        return Act(0, 0, "must", sure=True)
    first = _first_open(sentence) if sentence.mode != OPEN else None
    if first is None or _tells(page, sentence, first):
        return None
    rest = sentence.clauses[first:]
    begins = clause_start.orders(page, rest)
    if sentence.mode == STRONG:
        sure = begins or any(counts(page, clause) for clause in rest)
        return Act(first, first, "under_heading" if begins else "in_plan", sure)
    if begins:
        return Act(first, first, "goes_on", sure=True)
    return Act(first, first, "number_ahead", sure=False) if _sets_level(page, sentence) else None


def _tells(page: Page, sentence: Sentence, first: int) -> bool:
    """Whether the sentence, from clause `first` on, tells what is done, or why something is not."""
    rest = sentence.clauses[first:]
    begins, strong = clause_start.orders(page, rest), sentence.mode == STRONG
    done = any(clause.past or "now" in clause.marks for clause in rest)
    refuses = any("refused" in clause.marks for clause in rest)
    return (done and not (begins and strong)) or (refuses and not begins)


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


def _sets_level(page: Page, sentence: Sentence) -> bool:
    """达到85%以上, 不低于, 增长12%; not the level of a payment."""
    if listed("figures", "paid").search(page.text, sentence.body, sentence.end):
        return False
    hits = page.numbers.between(sentence.body, sentence.end)
    return any(hit.comparator or hit.change for _start, _end, hit in hits)


def _first_open(sentence: Sentence) -> int | None:
    """The first clause that nothing marks as done, as it is, or as refused."""
    done = False
    for place, clause in enumerate(sentence.clauses):
        if not _NOT_OURS.isdisjoint(clause.marks):
            return None
        if not (clause.past or clause.as_it_is):
            rest = sentence.clauses[place:]
            told = sum(one.past for one in rest)
            if done:  # 已清查房产…,盘活287宗: what is done goes on
                return None
            return None if len(rest) > 1 and told * 2 > len(rest) else place
        done = done or clause.past
    return None
