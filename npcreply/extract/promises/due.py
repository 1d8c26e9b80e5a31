"""Until when: the day that a promise or a target is to be met, out of the days its words name."""

from __future__ import annotations

from datetime import date

from npcreply.extract.days.dates import DateHit
from npcreply.extract.model import Drafted
from npcreply.extract.sentences.headings import is_section
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import rx

Due = tuple[int, DateHit]
"""Where a day stands in the shadow, and the day."""

_PARTS = frozenset(
    {"month", "near_month", "months", "quarter", "quarters", "q_quarter", "days", "half_year"}
    | {"third_of_month"}
)
"""The rules of parts of a year: 2024年 may say which, 2024年10月 and 四季度 say when."""


def due(letter: Letter, start: int, end: int, *, anywhere: bool = False) -> Drafted[date] | None:
    """Return the latest day by which all of text[start:end] is to be met; None where none is
    printed.

    The finish counts, not the start; a day given up, a condition's or an event's is none.
    `anywhere`: a year may stand in the middle of a clause too, as it does with a number.
    """
    last = _last(_dues(letter, start, end, anywhere=anywhere))
    return drafted_day(last[1], last[1].date) if last and last[1].date else None


def place_of_due(letter: Letter, start: int, end: int) -> int | None:
    """Return where the words of that day stand, None where there is none."""
    last = _last(_dues(letter, start, end))
    return last[0] if last else None


def dues(letter: Letter, start: int, end: int) -> list[Due]:
    """Return where such days stand in text[start:end], in order."""
    return _dues(letter, start, end, anywhere=True)


def announced(letter: Letter, sentence: Sentence) -> Drafted[date] | None:
    """Return the day that the sentence's announcement or its first half gives to all parts."""
    half = sentence.joined and not sentence.numbering
    lead = _first_half(letter, sentence) if half else sentence.lead
    if lead is None:
        return None
    leading = letter.sentences[lead]
    if is_section(letter.text[leading.body : leading.end]) or not leading.clauses:
        return None  # 今年工作思路: names what follows
    first = leading.clauses[0]
    day = due(letter, first.start, first.end)
    if not day or not half:
        return day
    # 全年…;: both halves; 年底前建成甲;: the first
    hits = letter.days.between(first.start, first.end)
    frames = [hit for _start, end, hit in hits if _frames(hit) or end >= first.end - 1]
    return day if any(hit.start == day.start for hit in frames) else None


def _frames(hit: DateHit) -> bool:
    """全年完成…;: the whole of it; 下半年拟采购5辆;积极争取…: a part of the year is of its act."""
    return hit.kind == "period" and hit.rule not in _PARTS


def _first_half(letter: Letter, sentence: Sentence) -> int:
    place = sentence.place - 1
    while place > 0 and letter.sentences[place].joined:
        place -= 1
    return place


def _last(days: list[Due]) -> Due | None:
    """The latest day, the first of its mentions; a year only says which, once a day in it follows:
    今年安排资金…,10月底前到位.
    """
    days = without_years(days)
    return max(days, key=lambda day: (day[1].date or date.min, -day[0]), default=None)


def without_years(days: list[Due]) -> list[Due]:
    """Return the days without a year that only says which, as a day in it follows: 今年计划内的4座
    将于10月20日前开放.
    """
    return [
        (place, hit)
        for place, hit in days
        if not (hit.kind == "period" and hit.rule not in _PARTS and _followed(place, hit, days))
    ]


def _followed(place: int, year: DateHit, days: list[Due]) -> bool:
    return any(
        year.date and hit.date and later > place and hit.date.year == year.date.year
        for later, hit in days
        if hit.kind == "deadline" or hit.rule in _PARTS
    )


# 年度目标任务, 年度考核: what is due is named, not what is promised here.
_TASK = rx("<<figures.plan>>")


def _dues(letter: Letter, start: int, end: int, *, anywhere: bool = False) -> list[Due]:
    """Deadlines, and periods ahead that open a clause: 今年,我市将…, 2024年计划…"""
    days = []
    for first, last, hit in letter.days.between(start, end):
        if hit.date is None or (letter.today and hit.date < letter.today):
            continue
        if not anywhere and hit.rule == "task_year" and _TASK.match(letter.text, last):
            continue
        if _is_due(letter.text, first, last, hit, anywhere=anywhere):
            days.append((first, hit))
    return days


_FINISH = rx("[一-龥]{0,4}?<<dates.finishes>>")
# 2022年达到90%、2023年95%、2024年做到应训尽训: what is reached in it.
_REACHED = rx("[一-龥]{0,3}?<<figures.reaching>>|[0-9.]+(?:%|个百分点)")


def _is_due(text: str, start: int, end: int, hit: DateHit, *, anywhere: bool) -> bool:
    if hit.kind != "period" or hit.rule in _PARTS:
        return hit.kind in ("deadline", "day", "period")
    if anywhere and hit.rule == "whole_year":
        return True
    reached = _FINISH.match(text, end) or _REACHED.match(text, end)
    return _opens(text, start) or reached is not None or _is_planned_for(text, start)


# Words that may stand before the period with which a clause begins; a body's name among them.
_OPENING = rx(
    "(?:[^一-龥“]|[一二三四五六七八九十]{1,2}[是要、]|<<promises.before_day>>|我[一-龥]{1,2}"
    "|[一-龥]{1,8}?[局委厅部市县区]|按照[^,]*,)*"
)
# 该路段计划于明年…, 争取在2025年…: the year is when.
_PLANS = rx("<<figures.plans+promises.trying>>[于在]?$|将[于在]$")
_PLAN = 4  # characters of a verb of planning and its preposition


def _is_planned_for(text: str, start: int) -> bool:
    return _PLANS.search(text, max(0, start - _PLAN), start) is not None


_FARTHEST = 40  # characters looked back for where a clause begins


def _opens(text: str, start: int) -> bool:
    """Whether a period stands where the clause begins."""
    back = max(0, start - _FARTHEST)
    begin = max(text.rfind(mark, back, start) for mark in ",;。:\n") + 1
    return bool(_OPENING.fullmatch(text, max(begin, back), start))
