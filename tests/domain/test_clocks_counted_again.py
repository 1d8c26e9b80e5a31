"""The clocks, computed a second time by a small program that shares nothing with the first.

The rules stand here as the articles say them and days are counted on tuples, without `datetime`,
npcreply's calendar or its profiles; only the table of days off and worked is the same package's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from chinese_calendar import constants

import npcreply
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import CoHandler, ProgressNotice, Round
from npcreply.domain.time.clocks import Clock, Law, clocks
from npcreply.domain.time.rules import Rulebook
from npcreply.store.contract import rules

Day = tuple[int, int, int]
START, END = (1, 1, 1), (9999, 12, 31)
ABOVE = {"zhejiang-province": "zhejiang", "national": None}
SEED = 20261130


@dataclass(frozen=True)
class Limit:
    """One article: `count` of `unit` (d, wd, m) from a start, `wide` months for difficult ones."""

    place: str
    duty: str
    start: str
    count: int
    unit: str
    wide: int = 0
    since: Day = START
    until: Day = END
    kinds: tuple[str, ...] = ("suggestion",)


def _limits() -> Iterator[Limit]:
    both, inquiry = ("suggestion", "proposal"), ("inquiry",)
    yield Limit("national", "reply", "assigned", 3, "m", 6, since=(2025, 3, 11))
    yield Limit("national", "reply", "assigned", 3, "m", 6, (2015, 8, 29), (2025, 3, 10))
    yield Limit("national", "disclosure", "replied", 20, "wd", since=(2019, 5, 15), kinds=both)
    zhejiang = (2016, 5, 27)
    yield Limit("zhejiang", "reply", "assigned", 3, "m", 6, zhejiang)
    yield Limit("zhejiang", "rehandling", "reassigned", 1, "m", since=zhejiang)
    yield Limit(
        "zhejiang", "handling_report", "received", 3, "m", 0, (2009, 1, 1), (2025, 5, 31), inquiry
    )
    revised = (2023, 11, 23)
    yield Limit("zhejiang-province", "return", "received", 10, "d", 0, zhejiang, revised)
    yield Limit("zhejiang-province", "co_opinion", "received", 2, "m", 0, zhejiang, revised)
    yield Limit("zhejiang-province", "reply", "received", 3, "m", 6, zhejiang, revised)
    yield Limit("zhejiang-province", "rehandling", "reassigned", 1, "m", 0, zhejiang, revised)
    shanghai = (2015, 3, 1)
    yield Limit("shanghai", "return", "received", 7, "wd", since=shanghai)
    yield Limit("shanghai", "co_opinion", "received", 1, "m", since=shanghai)
    yield Limit("shanghai", "reply", "assigned", 3, "m", 6, shanghai)
    yield Limit("shanghai", "rehandling", "reassigned", 1, "m", since=shanghai)
    shandong = (2017, 5, 19)
    yield Limit("shandong", "return", "received", 5, "d", since=shandong)
    yield Limit("shandong", "reply", "assigned", 3, "m", 6)
    yield Limit("shandong", "co_opinion", "received", 1, "m", since=shandong)
    yield Limit("shandong", "rehandling", "reassigned", 1, "m", since=shandong)
    qingdao = (2021, 9, 1)
    yield Limit("qingdao", "return", "received", 5, "wd", since=qingdao)
    yield Limit("qingdao", "co_opinion", "received", 1, "m", since=qingdao)
    yield Limit("qingdao", "reply", "assigned", 3, "m", 6, qingdao)
    henan = (2017, 8, 1)
    yield Limit("henan", "return", "assigned", 10, "wd", since=henan)
    yield Limit("henan", "co_opinion", "received", 2, "m", since=henan)
    yield Limit("henan", "reply", "received", 3, "m", 6, henan)
    yield Limit("henan", "feedback", "replied", 10, "wd", since=henan)
    yield Limit("henan", "rehandling", "reassigned", 1, "m", since=henan)
    yield Limit(
        "henan", "handling_report", "received", 3, "m", 0, (2015, 9, 26), (2025, 9, 30), inquiry
    )
    beijing = (2014, 1, 22)
    yield Limit("beijing", "reply", "assigned", 3, "m", 6, beijing)
    yield Limit("beijing", "feedback", "replied", 15, "wd", since=beijing)
    yield Limit("beijing", "rehandling", "reassigned", 2, "m", since=beijing)
    yield Limit(
        "beijing",
        "handling_report",
        "received",
        12,
        "m",
        0,
        (2010, 12, 23),
        (2022, 11, 24),
        inquiry,
    )
    chongqing = (2018, 1, 1)
    yield Limit("chongqing", "return", "assigned", 10, "wd", since=chongqing)
    yield Limit("chongqing", "contact", "received", 20, "wd", since=chongqing)
    yield Limit("chongqing", "co_opinion", "assigned", 30, "wd", since=chongqing)
    yield Limit("chongqing", "reply", "assigned", 3, "m", 6, chongqing)
    yield Limit("chongqing", "feedback", "replied", 20, "wd", since=chongqing)
    yield Limit("chongqing", "rehandling", "reassigned", 2, "m", since=chongqing)
    yield Limit("chongqing", "progress_rating", "told", 20, "wd", since=chongqing)
    yield Limit(
        "chongqing", "handling_report", "assigned", 6, "m", since=(2023, 3, 30), kinds=inquiry
    )


LIMITS = tuple(_limits())
PLACES = sorted({limit.place for limit in LIMITS})


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def next_day(day: Day) -> Day:
    year, month, number = day
    if number < month_length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def is_weekend(day: Day) -> bool:
    """1 January of the year 1 was a Monday."""
    year, month, number = day
    past = year - 1
    days = 365 * past + past // 4 - past // 100 + past // 400
    days += sum(month_length(year, earlier) for earlier in range(1, month)) + number - 1
    return days % 7 >= 5


@cache
def table() -> tuple[frozenset[Day], frozenset[Day], frozenset[int]]:
    """Days off, days worked, years known: the package's, with the years of calendar.yaml."""
    off, work = {_day(day) for day in constants.holidays}, {_day(day) for day in constants.workdays}
    years = {year for year, _month, _number in off}
    path = Path(npcreply.__file__).parent / "data" / "calendar.yaml"
    for year, given in (yaml.safe_load(path.read_text("utf-8")).get("years") or {}).items():
        off |= set(_spelt(given.get("off")))
        work |= set(_spelt(given.get("work")))
        years.add(int(year))
    return frozenset(off), frozenset(work), frozenset(years)


def _spelt(given: Any) -> Iterator[Day]:
    for said in given or ():
        first, _to, last = str(said).partition("至")
        day = _day(date.fromisoformat(first))
        while day <= _day(date.fromisoformat(last or first)):
            yield day
            day = next_day(day)


def _day(day: date) -> Day:
    return day.year, day.month, day.day


def is_worked(day: Day) -> bool:
    off, work, _years = table()
    return day in work or (not is_weekend(day) and day not in off)


@dataclass
class Answer:
    """The last day, where the count ended before it moved, whether a year's table was missing."""

    day: Day
    ended: Day
    guessed: bool


def counted(start: Day, count: int, unit: str) -> Answer:
    """Count from the day after `start`, in days, working days or months; see Civil Code 201-203."""
    looked: list[Day] = []
    if unit == "wd":
        day, left = start, count
        while left:
            day = next_day(day)
            looked.append(day)
            left -= is_worked(day)
        return Answer(day, day, _unknown(looked))
    if unit == "d":
        ended = start
        for _step in range(count):
            ended = next_day(ended)
    else:
        months = start[0] * 12 + start[1] - 1 + count
        year, month = months // 12, months % 12 + 1
        ended = (year, month, min(start[2], month_length(year, month)))
    day = ended
    looked.append(day)
    while not is_worked(day):
        day = next_day(day)
        looked.append(day)
    return Answer(day, ended, _unknown(looked))


def _unknown(days: list[Day]) -> bool:
    return any(day[0] not in table()[2] for day in days)


def expected(
    place: str, duty: str, kind: str, days: dict[str, Day], *, wide: bool
) -> Answer | None:
    """The nearest article in force decides; the Deputies Law stands above a laxer or later one."""
    key = {"rehandling": "reassigned", "disclosure": "replied", "progress_rating": "told"}.get(duty)
    on = days.get(key or "assigned") or days["received"]
    chain: list[str] = []
    here: str | None = place
    while here:
        chain.append(here)
        here = ABOVE.get(here, "national")
    mine = [
        limit
        for name in chain
        for limit in LIMITS
        if (limit.place, limit.duty) == (name, duty)
        and kind in limit.kinds
        and limit.since <= on <= limit.until
    ]
    binding = mine[:1] + [
        limit for limit in mine[1:] if limit.place == "national" and duty == "reply"
    ]
    made = [
        counted(days[limit.start], limit.wide if wide and limit.wide else limit.count, limit.unit)
        for limit in binding
    ]
    return min(made, key=lambda answer: answer.day, default=None)


@dataclass
class Case:
    """A reply on paper: what is asked, where, and its days."""

    place: str
    duty: str
    kind: str
    wide: bool
    days: dict[str, Day]

    def expected(self) -> Answer | None:
        return expected(self.place, self.duty, self.kind, self.days, wide=self.wide)


AWKWARD = (
    (1, 31),
    (11, 30),
    (12, 31),
    (2, 28),
    (8, 31),
    (10, 31),
    (9, 8),
    (7, 1),
    (1, 15),
    (3, 29),
    (4, 3),
    (6, 30),
)


def cases(seed: int = SEED) -> Iterator[Case]:
    """Seven of every article, most of them on days that are hard to count from."""
    chance = Random(seed)
    for limit in LIMITS:
        for _turn in range(7):
            yield _case(limit, chance)


def _case(limit: Limit, chance: Random) -> Case:
    first, last = max(limit.since, (2015, 9, 1)), min(limit.until, (2027, 12, 31))
    year = chance.randint(first[0], last[0])
    month, number = chance.choice([*AWKWARD, (chance.randint(1, 12), chance.randint(1, 28))])
    day = min(max((year, month, number), first), last)
    later = day
    for _step in range(chance.randint(0, 4)):
        later = next_day(later)
    days = {"assigned": day, "received": later, "replied": day, "reassigned": day, "told": day}
    wide = bool(limit.wide) and chance.random() < 0.5
    return Case(limit.place, limit.duty, chance.choice(limit.kinds), wide, days)


def answered(case: Case, by: Law | None = None) -> Answer | None:
    """What npcreply says of the same reply."""
    on = {name: date(*day) for name, day in case.days.items()}
    facts: dict[str, Any] = {"assigned_on": on["assigned"], "received_on": on["received"]}
    if case.duty in ("feedback", "disclosure", "rehandling", "progress_rating"):
        facts["reply_date"] = on["replied"]
    more: dict[str, dict[str, Any]] = {
        "co_opinion": {"co": (CoHandler(body="市财政局"),)},
        "disclosure": {"disclosure": "active"},
        "rehandling": {"rounds": (Round(round=2, assigned_on=on["reassigned"]),)},
        "progress_rating": {"progress_notices": (ProgressNotice(on=on["told"], to="deputies"),)},
    }
    reply = ReplyLine(
        id="2023-58",
        path="58.yaml",
        kind=case.kind,
        year=case.days["assigned"][0],
        number="58",
        wide=case.wide,
        **{**facts, **more.get(case.duty, {})},
    )
    found: list[Clock] = [c for c in clocks(reply, by or law(case.place)) if c.what == case.duty]
    if not found or not found[0].counted:
        return None
    given = found[0].counted
    return Answer(_day(given.day), _day(given.ends), given.provisional)


@cache
def law(place: str) -> Law:
    made = rules.made({"jurisdiction": place})
    return Law(book=from_plain(Rulebook, made["book"]), calendar=rules._calendar(made["calendar"]))


def test_two_hundred_days_and_more_are_the_same() -> None:
    every = list(cases())
    assert len(every) > 200
    wrong = [
        (case, case.expected(), answered(case))
        for case in every
        if case.expected() != answered(case)
    ]
    assert wrong == []
    assert sum(case.expected() is not None for case in every) > 200


def test_the_days_are_hard_ones() -> None:
    """Every place and duty; months cut short, ends moved, a weekend worked, a year not known."""
    found = [(case, answer) for case in cases() if (answer := case.expected())]
    kinds: Counter[str] = Counter()
    for case, answer in found:
        kinds["wide"] += case.wide
        kinds["moved"] += answer.day != answer.ended
        kinds["guessed"] += answer.guessed
        kinds["ends on a weekend that is worked"] += is_weekend(answer.day)
        kinds["short month"] += (
            case.days["assigned"][2] > answer.ended[2] == month_length(*answer.ended[:2])
        )
    assert all(kinds[name] >= 3 for name in kinds), kinds
    assert (
        {case.place for case, _answer in found}
        == set(PLACES)
        == {path.stem for path in rules.profile_paths()}
    )
    assert {case.duty for case, _answer in found} == {limit.duty for limit in LIMITS}


def test_every_rule_of_a_profile_is_counted_again() -> None:
    """A rule that is added to a profile wants its line here; what is told every year has no end."""
    own = Counter(
        (rule.owner, rule.duty)
        for place in PLACES
        for rule in law(place).book.rules
        if rule.owner == place and not rule.spans
    )
    assert own == Counter((limit.place, limit.duty) for limit in LIMITS)


def _one_more(law: Law) -> Law:
    more = (
        replace(rule, value=rule.value + 1, wide=(rule.wide or 0) + 1) for rule in law.book.rules
    )
    return replace(law, book=replace(law.book, rules=tuple(more)))


def _no_weekend_worked(law: Law) -> Law:
    return replace(law, calendar=replace(law.calendar, work=frozenset()))


def _no_floor(law: Law) -> Law:
    lax = (replace(rule, floor=None) for rule in law.book.rules)
    return replace(law, book=replace(law.book, rules=tuple(lax)))


@pytest.mark.parametrize(
    ("spoilt", "least"), [(_one_more, 240), (_no_weekend_worked, 15), (_no_floor, 5)]
)
def test_a_mistake_would_be_seen(spoilt: Callable[[Law], Law], least: int) -> None:
    wrong = [case for case in cases() if answered(case, spoilt(law(case.place))) != case.expected()]
    assert len(wrong) >= least


def test_by_hand() -> None:
    """Three that were counted on a printed calendar."""
    assert counted((2023, 11, 30), 3, "m").day == (2024, 2, 29)
    assert counted((2023, 9, 25), 5, "wd").day == (2023, 10, 8)  # a weekend that is worked
    assert counted((2023, 4, 24), 5, "d").day == (2023, 5, 4)  # the holiday ends on 3 May
