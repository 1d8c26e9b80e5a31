"""Dates, periods and deadlines in running text, each resolved to its last day or left open."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from datetime import date
from functools import lru_cache

from npcreply.dataclass import dataclass, replace
from npcreply.domain.time.calendar import counted
from npcreply.extract.days.carried_years import Carried
from npcreply.extract.days.hits import DateContext, DateHit
from npcreply.extract.model import Doubt
from npcreply.extract.reasons import against
from npcreply.extract.text.normalized import Shadow, shadow
from npcreply.extract.words import rx
from npcreply.grammar import words
from npcreply.grammar.calendar_periods import EARLIEST, LATEST, month_end
from npcreply.grammar.periods import Extent, NoSuchDayError, Years, extent
from npcreply.grammar.shapes import Form, forms
from npcreply.grammar.spoken import said_day
from npcreply.patterns import pattern
from npcreply.store.contract.rules import known_calendar

_KINDS = {
    "session": "session",
    "document": "cited",
    "damaged": "damaged",
    "now": "as_of",
    "vague": "vague",
    "event": "event",
    "same_period": "base",
    "day": "day",
    "numeric_day": "day",
    "row_day": "day",
    "feast": "deadline",
    "year_end": "deadline",
    "within_year": "deadline",
    "within_span": "deadline",
    "task_year": "deadline",
}
_ENDS = ("底", "末", "尾", "月底", "月末", "月尾", "期末", "年底", "年末")
DATELESS = frozenset({"recurring", "event", "vague", "cited", "session", "damaged"})


_BEFORE = 12  # characters before a date that say how often or after what it comes
_EVERY = rx(
    "<<grammar.every>>个?(?:年|季度?|月|学期)?(?:度|的)?(?:(?:[0-9]{1,2}月份?|上半年)[、和及与])*$"
)
_AFTER_EVENT = rx("<<dates.after_event>>[,的]?$")
_COMPARED = rx("(?:<<dates.compared>>|(?<![占评对类])比)$")
_BASES = rx("的?<<dates.bases>>")
_FROM_NOW = rx(r"<<dates.from_now>>[^。,;!?\n]{0,3}$")
_MOVED = rx(r"<<dates.moved>>[^。,;!?\n]{0,4}[到至为在]?$")
_PLANNED = rx(r"<<dates.planned_before>>[^。,;!?\n]{0,6}$")
_UP_TO = rx("(?:为)?止")
_STARTS = rx("<<dates.starts>>(?![率量数面])")
_FINISHES = rx("<<dates.finishes>>(?![率量数])")


def purpose(form: Form, days: Extent | None, text: str, reply: date | None) -> str:
    """Return the kind of the form where it stands in `text` (a shadow's), see DateHit."""
    if form.rule in ("session", "document", "damaged"):
        return _KINDS[form.rule]
    before = text[max(0, form.start - len(form.head) - _BEFORE) : form.start - len(form.head)]
    after = text[form.end + len(form.tail) : form.end + len(form.tail) + 4]
    if (
        form.head
        and _UP_TO.match(after)
        and not (reply and days and days.last and days.last > reply)
    ):
        return "as_of"  # 到2019年止,共投入…: the state on a day that is past
    return _related(form, before, after) or _endless(form, days) or _timely(form, days, reply)


def _related(form: Form, before: str, after: str) -> str | None:
    """What the words around make of it: 每年6月底, 验收后8个月内, 比2020年."""
    if _EVERY.search(before):
        return "recurring"
    if form.rule == "within_span" and _AFTER_EVENT.search(before):
        return "event"
    return "base" if _compared(form, before, after) else None


def _endless(form: Form, days: Extent | None) -> str | None:
    """“十四五”规划 is a name; 8月初 and 十四五中期 have no last day."""
    part = form.parts.get("part")
    if form.rule == "plan" and not part:
        return "cited"
    begun = days is not None and days.first is not None and days.last is None
    return "vague" if begun and part and not open_ended(form) else None


def _timely(form: Form, days: Extent | None, reply: date | None) -> str:
    past = bool(days and days.last and reply and days.last < reply)
    if open_ended(form):
        return "period"
    if form.head in words.AS_OF:
        return "deadline" if days and days.last and reply and days.last > reply else "as_of"
    if form.head in words.UNTIL and form.rule not in ("vague", "event"):
        return "as_of" if past and not form.tail else "deadline"
    if form.tail:
        return "deadline" if form.rule not in ("vague", "event") else _KINDS[form.rule]
    if form.parts.get("part") in _ENDS or form.rule == "year_end":
        return "as_of" if past else "deadline"
    return _KINDS.get(form.rule, "period")


def open_ended(form: Form) -> bool:
    """Return whether the words give a beginning only: 2019年以来, 自1月1日起, 从2023年6月."""
    if form.tail in words.OPEN_END or form.parts.get("part") == "以来":
        return True
    spans = ("days", "months", "years", "quarters", "listed_months", "many_months")
    return form.head in ("自", "从", "自从") and form.rule not in spans and not form.tail


def from_now(form: Form, text: str) -> bool:
    """Return whether 3个月内 counts from the reply: months and years do, days only where it is said
    (力争10日内), for most are limits of a service (受理5日内办结).
    """
    if "since" in form.parts or form.parts.get("u", "").endswith(("月", "年", "季度")):
        return True
    return bool(_FROM_NOW.search(text[max(0, form.start - 8) : form.start]))


def moved(between: str) -> bool:
    """Return whether the words between two dates move the first to the second: 推迟至."""
    return bool(_MOVED.search(between))


def planned(before: str) -> bool:
    """Return whether the words before a date say that it was once planned: 原计划."""
    return bool(_PLANNED.search(before))


def starts(after: str) -> bool:
    """Return whether something begins on the date that `after` follows: 开工."""
    found, done = _STARTS.search(after), _FINISHES.search(after)
    return bool(found) and not (done and found and done.start() < found.start())


def finishes(after: str) -> bool:
    """Return whether something is done by the date that `after` follows: 建成."""
    return bool(_FINISHES.search(after))


def _compared(form: Form, before: str, after: str) -> bool:
    if form.rule == "same_period":
        return True
    if form.rule in ("now", "vague", "event", "within_span"):
        return False
    return bool(_COMPARED.search(before) or _BASES.match(after))


__all__ = ["DateContext", "DateHit", "Dates", "find", "printed_year", "resolve"]

_STOP = pattern("[。!?\n]")
_CLAUSE = pattern("[,。;:!?\n]")
_AHEAD = rx("<<figures.plans+promises.trying+dates.ahead>>|(?<![即必])将(?!近)")
_TITLE_MARKS = pattern("[《》\n]")
_RUN = pattern("[^到至]{2,20}[到至]([^到至]{0,8}[月周][^到至]{1,6})$")
_SHORTEST_MONTH = 28
_NEAR = 40  # characters after a date in which its act is told


def find(
    text: str, start: int = 0, end: int | None = None, context: DateContext | None = None
) -> list[DateHit]:
    """Return the time expressions of text[start:end] in order, none overlapping another."""
    told = _shadow(text)
    at = told.index(start), len(told.text) if end is None else told.index(end)
    readings = _walk(told, *at, context or DateContext())
    related = _related_dates(told.text, readings)
    return [_hit(text, told, reading, context or DateContext()) for reading in related]


class Dates:
    """All hits of one text, found in one walk.

    `home`: the year that 今年 means, of the reply's date, else printed in the text, else None.
    """

    def __init__(
        self,
        text: str,
        reply: date | None = None,
        year: int | None = None,
        *,
        doubt: Doubt | None = None,
    ) -> None:
        """Walk `text`; `year` stands in for a missing reply date, else the text is asked for it.
        `doubt`: what speaks against it; the days that go by it are doubtful.
        """
        self.home = reply.year if reply else year or printed_year(text)
        context = DateContext(reply) if reply else DateContext(None, self.home, doubt)
        self.hits = find(text, context=context)
        self._starts = [hit.start for hit in self.hits]

    def between(self, start: int, end: int) -> list[DateHit]:
        """Return the hits that begin and end within text[start:end], in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [hit for hit in self.hits[first:last] if hit.end <= end]


def printed_year(text: str) -> int | None:
    """Return the year that a text without a reply date means by 今年; None when it prints none.

    The latest year told as past or present: not one that is planned for (到2025年, 2030年底前,
    2026年将), cited or part of a run. A year printed once only counts where no other is printed.
    """
    years = _printed_years(text)
    often = [year for year, count in years.items() if count > 1] or list(years)
    return max(often, default=None)


def printed_before(text: str, year: int) -> int | None:
    """Return the latest year up to `year` that the text prints, also one planned for."""
    years = _printed_years(text, planned=True)
    return max((printed for printed in years if printed <= year), default=None)


def _printed_years(text: str, *, planned: bool = False) -> Counter[int]:
    told = _shadow(text)
    years: Counter[int] = Counter()
    for reading in _walk(told, 0, len(told.text), DateContext()):
        if not planned and _AHEAD.search(_clause_of(told.text, reading)):
            continue
        if reading.form.number("y") and reading.kind in ("day", "period", "base", "as_of"):
            years[reading.form.number("y") or 0] += reading.form.rule != "years"
    named = re.finditer(r"(?<![0-9.])20[0-9]{2}(?![0-9.年%\-/])(?=[一-龥])", told.text)
    years.update(int(found[0]) for found in named)
    return years


def _clause_of(text: str, reading: _Reading) -> str:
    """The clause of a date, as far as it says near it whether the date lies ahead."""
    before = _CLAUSE.split(text[max(0, reading.start - _NEAR) : reading.start])[-1]
    after = _CLAUSE.split(text[reading.end : reading.end + _NEAR].removeprefix(","), maxsplit=1)[0]
    return before + after


def resolve(span: str, base: date) -> date | None:
    """Return the last day that one phrase means on the day `base`; None when it means no day.

    Also knows what letters do not say: 下周三, 后天, 上个月15号, 劳动节, 10/31/1974. Feasts and
    days of other calendars (农历八月十五, 复活节), reign years and clock times mean no day here.
    """
    said = said_day(_shadow(span).text, base)
    if said is not None:
        return said.day
    run = _RUN.match(span)
    said = said_day(_shadow(run[1]).text, base) if run else None
    hits = find(span, context=DateContext(base))
    if said is not None or not hits:
        return said.day if said else None
    # 2018年犹太新年, 2025年第一天: a year does not stand for a day in it
    part = hits[-1].rule == "year" and len(span[hits[-1].end :].strip()) > len("之间")
    return None if part else hits[-1].date


@lru_cache(maxsize=4)
def _shadow(text: str) -> Shadow:
    return shadow(text)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A form with its days; places are in the shadow."""

    form: Form
    days: Extent | None
    kind: str
    year: int | None
    doubt: str = ""
    told: int | None = None
    impossible: bool = False

    @property
    def start(self) -> int:
        return self.form.start - len(self.form.head)

    @property
    def end(self) -> int:
        return self.form.end + len(self.form.tail)


def _walk(told: Shadow, start: int, end: int, context: DateContext) -> list[_Reading]:
    """Read the forms one after the other, years carried forward."""
    carried, readings, last, depth = Carried(context), [], start, 0
    for form in forms(told.text, start, end):
        gap = told.text[last : form.start]
        depth = _depth(gap, depth)
        carried.pass_over(gap)
        years, doubt = carried.years(form)
        reading = _read(form, years, told.text, context.reply, doubt=doubt, cited=depth > 0)
        if doubt == "day_of_two_years":
            reading = replace(reading, told=carried.told)
        if reading.kind not in ("cited", "base", "recurring"):
            final = reading.days.last.year if reading.days and reading.days.last else None
            carried.remember(form, years.own if reading.kind != "damaged" else None, final)
        readings.append(reading)
        last = form.end
    return readings


def _depth(gap: str, depth: int) -> int:
    """1 inside 《》, else 0; a mark that is never closed ends with its line."""
    for mark in _TITLE_MARKS.finditer(gap):
        depth = 1 if mark[0] == "《" else 0
    return depth


def _read(
    form: Form, years: Years, text: str, reply: date | None, *, doubt: str, cited: bool
) -> _Reading:
    try:
        days = extent(form, years)
    except NoSuchDayError as error:
        return _impossible(form, error, text, reply, cited=cited)
    kind = "cited" if cited else purpose(form, days, text, reply)
    if form.rule == "within_span" and not from_now(form, text):
        days, kind = None, "event" if kind == "deadline" else kind
    elif form.rule == "within_span" and reply:
        days = _working_span(form, reply) or days
    past = kind == "deadline" and _is_past(form, days, reply)
    doubt = doubt or _open(form) or ("day_past" if past else "")
    return _Reading(form, days, kind, years.own, doubt)


def _open(form: Form) -> str:
    """What the words themselves leave open: from when on, up to when."""
    if form.rule in ("within_span", "coming"):
        return "day_from_unsaid"
    return "day_before_year" if form.rule == "year" and form.tail == "前" else ""


def _working_span(form: Form, reply: date) -> Extent | None:
    """10个工作日内, counted from the reply; None for other units."""
    count = form.number("n")
    if "工作日" not in form.parts["u"] or not count:
        return None
    return Extent(reply, counted(reply, count, "working_day", known_calendar()).day)


def _impossible(
    form: Form, error: NoSuchDayError, text: str, reply: date | None, *, cited: bool
) -> _Reading:
    """11月31日前: the words of a deadline are kept, with the month's last day as a guess."""
    year, month, day = error.parts
    nearly = form.rule in ("day", "numeric_day") and 1 <= month <= 12 and day > _SHORTEST_MONTH
    days = Extent(None, month_end(year, month)) if nearly and EARLIEST <= year <= LATEST else None
    if days and not cited and purpose(form, days, text, reply) == "deadline":
        return _Reading(form, days, "deadline", None, "no_such_day", impossible=True)
    return _Reading(form, None, "damaged", None, "no_such_day", impossible=True)


def _is_past(form: Form, days: Extent | None, reply: date | None) -> bool:
    """A deadline without a year that had passed when the letter was written: whose year is it?"""
    silent = not {"y", "yw", "yy"} & form.parts.keys()
    return bool(silent and days and days.last and reply and days.last < reply)


def _related_dates(text: str, readings: list[_Reading]) -> list[_Reading]:
    """What two dates of one sentence are to each other: 原计划…推迟至…, 开工…完工."""
    out = list(readings)
    for place, reading in enumerate(readings):
        if reading.kind in DATELESS:
            continue
        following = readings[place + 1] if place + 1 < len(readings) else None
        between = text[reading.end : following.start] if following else ""
        same = following is not None and not _STOP.search(between)
        if planned(text[max(0, reading.start - 12) : reading.start]) or (same and moved(between)):
            out[place] = replace(reading, kind="dead")
        elif same and following and _begins(text, reading, following, between):
            out[place] = replace(reading, kind="start")
    return out


def _begins(text: str, reading: _Reading, following: _Reading, between: str) -> bool:
    if reading.kind not in ("deadline", "period", "day") or following.kind in DATELESS:
        return False
    rest = _STOP.split(text[following.end : following.end + _NEAR], maxsplit=1)[0]
    act = between.rpartition(",")[0] or between
    return starts(act) and finishes(rest) and not finishes(act)


def _hit(text: str, told: Shadow, reading: _Reading, context: DateContext) -> DateHit:
    start, end = told.source(reading.start, reading.end)
    days = None if reading.kind in DATELESS else reading.days
    open_end = open_ended(reading.form)
    last = None if open_end or days is None else days.last
    first = None if days is None or reading.kind == "deadline" else days.first
    rule = "impossible_day" if reading.impossible else ""
    rule = rule if reading.form.rule != "damaged" else "lost_digits"
    return DateHit(
        start=start,
        end=end,
        words=text[start:end],
        kind=reading.kind,
        date=last,
        from_=first,
        open_end=open_end,
        rule=rule or reading.form.rule,
        doubt=_doubt(reading, text[start:end], (start, end), context),
        year=reading.year,
    )


def _doubt(
    reading: _Reading, words: str, at: tuple[int, int], context: DateContext
) -> Doubt | None:
    """What speaks against the day, with the years that may be meant."""
    if not reading.doubt:
        return None
    why = context.doubt.message if context.doubt else ""
    years = {"year": reading.year, "told": reading.told, "home": context.home}
    return against(reading.doubt, words, *at, {**years, "why": why})
