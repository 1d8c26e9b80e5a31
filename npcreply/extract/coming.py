"""Why a clause is still to come: by a word (将, 拟), a day ahead, a condition; and whose it is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from npcreply.extract import voices
from npcreply.extract.dates import DateHit
from npcreply.extract.marks import TELLING, Clause
from npcreply.extract.openings import NEAR
from npcreply.extract.outline import Sentence
from npcreply.extract.page import Page
from npcreply.extract.patterns import listed, selves
from npcreply.extract.phrases import any_of, words

_DUE = ("deadline", "period", "day")
_DAY = 12  # 2024年5月28日, and its comma
_PLANNED = (*_DUE, "start", "as_of")
_ALREADY_SAID = frozenset({"refused", "courtesy"})


def reasons(page: Page, sentence: Sentence) -> list[str | None]:
    """Return for each clause why it is still to come (the rule's name), None where it is not."""
    done = any(clause.past for clause in sentence.clauses)
    assigned = bool(_assigned().search(page.text, sentence.body, sentence.end))
    restated = voices.restated_clauses(page, sentence)
    frame = _frame(page, sentence)
    found = [
        None
        if place in restated
        else _reason(page, clause, frame, sentence_done=done, assigned=assigned)
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


def _frame(page: Page, sentence: Sentence) -> list[DateHit]:
    """2018年, alone before the first comma: when all of the sentence was or is to be."""
    first = sentence.clauses[0] if sentence.clauses else None
    hits = page.days.between(first.start, first.end) if first else []
    return [hit for start, end, hit in hits if first and end - start >= first.end - first.start - 1]


def _is_over(sentence: Sentence, place: int) -> bool:
    """5月28日,我局与您进行了面商: a day alone, and the act after it is told as done."""
    after = sentence.clauses[place + 1 : place + 2]
    return sentence.clauses[place].end - sentence.clauses[place].start <= _DAY and any(
        clause.past and not clause.future for clause in after
    )


def _reason(
    page: Page, clause: Clause, frame: list[DateHit], *, sentence_done: bool, assigned: bool
) -> str | None:
    if not _ALREADY_SAID.isdisjoint(clause.marks):
        return None
    said = _word(page, clause, frame, sentence_done=sentence_done)
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


def _word(page: Page, clause: Clause, frame: list[DateHit], *, sentence_done: bool) -> str | None:
    """The word that says so; 已将…, and a plan that is over, do not."""
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
    return None if when or _planned_then(page, clause, frame) else told[0]


def _planned_then(page: Page, clause: Clause, frame: list[DateHit]) -> bool:
    """拟于2017年3月实施, told in 2018: a plan of then. `frame`: the day that opens the sentence."""
    if page.header.reply_date is None or "next" in clause.marks:
        return False
    today = page.header.reply_date.value
    hits = [hit for _start, _end, hit in page.days.between(clause.start, clause.end)]
    hits = hits or frame
    days = [hit.date or hit.from_ for hit in hits if hit.kind in _PLANNED]
    return bool(days) and all(day is not None and day < today for day in days)


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
    if (today is not None and day < today) or _task().match(page.text, at[1]):
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
def _task() -> re.Pattern[str]:
    """全年目标7亿美元, 全年省定任务: the year of a task, told where its rate is told."""
    return re.compile(f"{listed('figures', 'plan').pattern}|[省市县]定")


@cache
def _steps() -> re.Pattern[str]:
    """预计…开工, 预计…建成: a step of the work, not a figure."""
    return re.compile(any_of((*words("dates", "starts"), *words("dates", "finishes"))))
