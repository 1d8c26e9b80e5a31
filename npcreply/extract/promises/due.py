"""Until when: the day that a promise or a target is to be met, out of the days its words name."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from npcreply.extract.days.dates import DateHit
from npcreply.extract.model import Drafted
from npcreply.extract.sentences.headings import is_section
from npcreply.extract.sentences.letter import Page, drafted
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import any_of, words

# 2024年 may say which; 2024年10月, 四季度 say when.
_PARTS = {"month", "near_month", "months", "quarter", "quarters", "q_quarter", "days"}
_PARTS |= {"half_year", "third_of_month"}
_OPENING = re.compile(
    r"(?:[^一-龥“]|[一二三四五六七八九十]{1,2}[是要、]|同时|此外|力争|争取|确保|计划|预计|拟|将|我[一-龥]{1,2}|并|到|于|在|其中|下一步|下步|下阶段|今后|接下来|届时|围绕|锚定|对照"
    r"|[一-龥]{1,8}?(?:局|委|厅|部|市|县|区)|按照[^,]*,)*"
)


def due(page: Page, start: int, end: int, *, anywhere: bool = False) -> Drafted[date] | None:
    """Return the latest day by which all of text[start:end] is to be met; None where none is said.

    The finish counts, not the start; a day given up, a condition's or an event's is none.
    `anywhere`: a year may stand in the middle of a clause too, as it does with a number.
    """
    told = _nearer(_dues(page, start, end, anywhere=anywhere))
    days = [(hit.date, place, hit) for place, hit in told if hit.date]
    if not days:
        return None
    last, _place, hit = max(days, key=lambda told: (told[0], -told[1]))
    return drafted(hit, last)


def _nearer(told: list[tuple[int, DateHit]]) -> list[tuple[int, DateHit]]:
    """今年安排资金…,10月底前到位: the year only says which, once a day in it follows."""
    return [
        (place, hit)
        for place, hit in told
        if not (hit.kind == "period" and hit.rule not in _PARTS and _followed(place, hit, told))
    ]


def _followed(place: int, year: DateHit, told: list[tuple[int, DateHit]]) -> bool:
    return any(
        year.date and hit.date and later > place and hit.date.year == year.date.year
        for later, hit in told
        if hit.kind == "deadline" or hit.rule in _PARTS
    )


def places(page: Page, start: int, end: int) -> list[tuple[int, DateHit]]:
    """Return where such days stand in text[start:end], in order."""
    return _dues(page, start, end, anywhere=True)


def place_of_due(page: Page, start: int, end: int) -> int | None:
    """Return where the words of that day stand, None where there is none."""
    days = [(hit.date, -place) for place, hit in _nearer(_dues(page, start, end)) if hit.date]
    return -max(days)[1] if days else None


def said_before(page: Page, sentence: Sentence) -> Drafted[date] | None:
    """Return the day that the sentence's announcement or its first half gives to all parts."""
    lead = sentence.lead
    if sentence.joined and not sentence.numbering:
        lead = sentence.place - 1
        while lead > 0 and page.sentences[lead].joined:
            lead -= 1
    if lead is None:
        return None
    told = page.sentences[lead]
    if is_section(page.text[told.body : told.end]):
        return None  # 今年工作思路: names what follows
    first = told.clauses[0] if told.clauses else None
    found = due(page, first.start, first.end) if first else None
    if not found or not first or not sentence.joined or sentence.numbering:
        return found
    # 全年…;: both halves; 年底前建成甲;: the first
    whole = page.days.between(first.start, first.end)
    frames = [hit for start, end, hit in whole if hit.kind == "period" or end >= first.end - 1]
    return found if any(hit.start == found.start for hit in frames) else None


def _dues(page: Page, start: int, end: int, *, anywhere: bool = False) -> list[tuple[int, DateHit]]:
    """Deadlines, and periods ahead that open a clause: 今年,我市将…, 2024年计划…"""
    out = []
    for first, last, hit in page.days.between(start, end):
        if hit.date is None or (page.today and hit.date < page.today):
            continue
        if not anywhere and hit.rule == "task_year" and _task().match(page.text, last):
            continue
        if _is_due(page.text, first, last, hit, anywhere=anywhere):
            out.append((first, hit))
    return out


def _is_due(text: str, start: int, end: int, hit: DateHit, *, anywhere: bool) -> bool:
    if hit.kind == "day" or (hit.kind == "period" and hit.rule in _PARTS):
        return True
    if hit.kind == "period":
        named = anywhere and hit.rule == "whole_year"
        reached = _finish().match(text, end) or _reached().match(text, end)
        return named or _opens(text, start) or bool(reached)
    return hit.kind == "deadline"


@cache
def _finish() -> re.Pattern[str]:
    return re.compile(f"[一-龥]{{0,4}}?{any_of(words('dates', 'finishes'))}")


@cache
def _reached() -> re.Pattern[str]:
    """2022年达到90%、2023年95%、2024年做到应训尽训: what is reached in it."""
    return re.compile("[一-龥]{0,3}?(?:达|做到|实现|覆盖|突破|力争)|[0-9.]+(?:%|个百分点)")


@cache
def _task() -> re.Pattern[str]:
    """年度目标任务, 年度考核: what is due is named, not what is promised here."""
    return re.compile(any_of(words("figures", "plan")))


def _opens(text: str, start: int) -> bool:
    """Whether a period stands where the clause begins."""
    begin = max(text.rfind(mark, max(0, start - 40), start) for mark in ",;。:\n") + 1
    before = text[max(begin, start - 40) : start]
    return bool(_OPENING.fullmatch(before))
