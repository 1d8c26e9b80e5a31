"""How well time and quantity are read, held against public test suites: rates, with floors.

Usage: python tests/anchors.py ../shared/anchors/anchors [--verbose]. Exit 1 where a rate is under
its floor, or where a phrase makes the reading fail. The suites and how they read: README.md there.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from npcreply.extract.days import cadences, dates
from npcreply.extract.numbers import quantities
from npcreply.extract.numbers.quantities import NumberHit
from npcreply.grammar import days
from npcreply.grammar.numerals import percent, value
from npcreply.grammar.units import split_unit

Item = dict[str, Any]
Verdict = bool | None  # None: the item is not counted

TODAY = date(2021, 6, 14)  # where an item gives no day: the suite's own
# Days of other calendars and hours of the clock: reign years, lunar days, solar terms, feasts.
OTHER_CALENDAR = re.compile(
    "农历|阴历|正月|腊月|闰|初[一二三四五六七八九十0-9]|大年|除夕|元宵|端午|中秋|七夕|重阳|春节|新春|朔日"
    "|八月十五$|廿[一二九]|神龙|康熙|雍正|民国|瞻礼|大斋|斋月|齋月|点|时|小時|冬至|大寒|小寒|芒种"
    "|[春夏秋冬]季?$|暑假|新年|节$|節$|节第.天|節第.天|[日夜]$|[周週][五四日六]$|星期[一二三四五六]$"
)
FEASTS = re.compile(
    "(?:去年)?元旦[节節]?|阳历新年|[妇婦]女[节節]|[劳勞][动動][节節]|五一国际劳动节|(?:国际)?[儿兒]童[节節]|(?:八一)?建[军軍][节節]"
    "|[圣聖][诞誕][节節]?|愚人[节節]|[万萬][圣聖][节節]|澳[门門]回[归歸][纪紀]念日|情人[节節]|圣瓦伦丁节|国际消[费費]者[权權]益日"
    "|三一五|教师节|国庆|十一"
)
WEEKDAY = re.compile(
    "[这這今上下]?[个個]?(?:周|星期|禮拜|礼拜|週).|(?:[上下这這今本当八]|[0-9一二三四五六七八九十]+月).*(?:[周週]|星期|禮拜|礼拜)."
)
PLAIN_DAY = re.compile(
    "[今明后後昨前尋聽大本当次]+[日天]|[0-9]+日|.*[0-9一二三四五六七八九十]日|全天"
)
BEFORE = re.compile("之前|以前|截止到|[0-9]年前$")
OPEN = re.compile("起$|以来|至今|开始")
RUN = re.compile("到|至|[-–]|和.*间")
SIGNS = {">": ">=", "<": "<=", ">=": ">=", "<=": "<="}


def based(item: Item) -> date:
    told = str(item["base"] or TODAY)
    return date(*[*map(int, told.split("-")), 1, 1][:3])


def ends_after(day: date) -> Iterator[date]:
    """The day after, and the end of the month or the year that begins with it."""
    first = day + timedelta(days=1)
    yield first
    if first.day == 1:
        yield (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if first.day == first.month == 1:
        yield first.replace(month=12, day=31)


def later(item: Item) -> set[date]:
    return {day for told in item["last_day"] for day in ends_after(date.fromisoformat(told))}


def of_another_calendar(span: str) -> bool:
    if FEASTS.fullmatch(span) or WEEKDAY.fullmatch(span) or PLAIN_DAY.fullmatch(span):
        return False
    return bool(OTHER_CALENDAR.search(span)) and ("号" not in span or "农历" in span)


def right_day(item: Item) -> bool:
    """The last day by our rules: 以来 and 起 end nowhere; 之前, 以前 and 截止到 include the day (of 两天
    之前 the suites say two things: it is the day itself); the end of a run is part of it.
    """
    answer = dates.resolve(item["span"], based(item))
    if item["open_end"] or OPEN.search(item["span"]):
        return answer is None
    return is_last_day(item, answer)


def is_last_day(item: Item, answer: date | None) -> bool:
    span, base = item["span"], based(item)
    if answer is None:
        return False
    if BEFORE.search(span) and (
        answer < base if re.match("[两兩]", span) else answer in later(item)
    ):
        return True
    if "recognizers" in item["src"] and RUN.search(span) and answer in later(item):
        return True
    return str(answer) in item["last_day"]


def gov_style(item: Item) -> Verdict:
    """Those that replies use; around a feast of the moon there is no day to be right about."""
    if not (item["gov_style"] and item["day_level"]):
        return None
    if of_another_calendar(item["span"]) or "中秋" in item["span"]:
        return dates.resolve(item["span"], based(item)) is None
    return right_day(item)


def ordinary(item: Item) -> Verdict:
    if not item["day_level"] or of_another_calendar(item["span"]) or "中秋" in item["span"]:
        return None
    return right_day(item)


def other(item: Item) -> Verdict:
    """No date, or of 7月4日晚上7点 none but the day."""
    if item["gov_style"] or not of_another_calendar(item["span"]):
        return None
    answer = dates.resolve(item["span"], based(item))
    return answer is None or str(answer) in item["last_day"]


def typed_days(item: Item) -> list[date]:
    """What `--deadline` and `--date` make of the words, typed on the item's own day."""
    base = based(item)
    found = []
    for ahead in (True, False):
        with suppress(days.DayError):
            day = days.next_day(item["span"], base, base) if ahead else None
            found.append((day or days.latest_day(item["span"], base)).date)
    return found


def typed(item: Item) -> Verdict:
    answers = typed_days(item)
    if of_another_calendar(item["span"]) or "中秋" in item["span"]:
        return all(str(answer) in item["last_day"] for answer in answers)
    if item["open_end"] or OPEN.search(item["span"]):
        return not answers
    return any(is_last_day(item, answer) for answer in answers)


def typed_gov_style(item: Item) -> Verdict:
    """What leaves a doubt is refused (2018年以前, 明年初), and counts as missed."""
    return typed(item) if item["gov_style"] and item["day_level"] else None


def typed_ordinary(item: Item) -> Verdict:
    """Of the days that are not refused, those that are right: a refusal asks the clerk again."""
    answered = item["day_level"] and not of_another_calendar(item["span"]) and typed_days(item)
    return typed(item) if answered else None


def typed_other(item: Item) -> Verdict:
    return typed(item) if of_another_calendar(item["span"]) and not item["gov_style"] else None


def crash(item: Item) -> Verdict:
    """Every phrase and every sentence is read to its end."""
    dates.resolve(item["span"], based(item))
    dates.find(item["text"], context=dates.DateContext(based(item)))
    return True


def cadence(item: Item) -> Verdict:
    if item["every"] is None:
        return None
    return [hit.every for hit in cadences.find(item["text"])] == [item["every"]]


def equal(found: Decimal | None, told: object) -> bool:
    wanted = Decimal(str(told).strip("()%"))
    return found is not None and abs(found - wanted) <= abs(wanted) * Decimal("1e-12")


def number(item: Item) -> Verdict:
    return equal(value(item["span"]), item["value"])


def share(item: Item) -> Verdict:
    return equal(percent(item["span"]), item["value"])


def whole(found: Decimal | None, hit: NumberHit) -> Decimal | None:
    return None if found is None else found * split_unit(hit.unit)[0]


def comparator(item: Item) -> Verdict:
    hits = quantities.scan(item["text"])
    if item["comparator"] == "range":
        low, high = (Decimal(end) for end in item["interval"].strip("[]()").split(","))
        return any(
            (whole(hit.value_min, hit), whole(hit.value_max, hit)) == (low, high)
            or (low == high == hit.value and hit.comparator == "=")
            for hit in hits
        ) or {(low, ">="), (high, "<=")} <= {(whole(h.value, h), h.comparator) for h in hits}
    if "近" in item["span"]:  # 近700万 is about so much
        return all(hit.comparator is None and hit.approx for hit in hits)
    wanted = SIGNS[item["comparator"]]
    return any(
        equal(whole(hit.value, hit), item["value"]) and hit.comparator == wanted for hit in hits
    )


def quantity(item: Item) -> Verdict:
    hits = quantities.scan(item["span"])
    if item["value"] is None:
        return not hits
    if not hits or (hits[0].unit is None and "元" in item["span"]):
        return False
    hit = hits[0]
    if isinstance(item["value"], list):
        low, high = map(Decimal, item["value"])
        ends = whole(hit.value_min, hit), whole(hit.value_max, hit)
        # 3000多 has no upper end printed
        return ends == (low, high) or (
            ends[0] is None and hit.approx and whole(hit.value, hit) == low
        )
    return equal(whole(hit.value, hit), item["value"])


SUITES: tuple[tuple[str, str, Callable[[Item], Verdict], float], ...] = (
    ("deadlines as in replies", "deadline.jsonl", gov_style, 1.0),
    ("deadlines, ordinary days", "deadline.jsonl", ordinary, 0.95),
    ("deadlines, other calendars", "deadline.jsonl", other, 0.99),
    ("deadlines, none crashes", "deadline.jsonl", crash, 1.0),
    ("typed, as in replies", "deadline.jsonl", typed_gov_style, 0.8),
    ("typed, ordinary days", "deadline.jsonl", typed_ordinary, 0.96),
    ("typed, other calendars", "deadline.jsonl", typed_other, 1.0),
    ("cadences", "cadence.jsonl", cadence, 1.0),
    ("numbers", "number.jsonl", number, 0.99),
    ("percents", "percent.jsonl", share, 1.0),
    ("comparators", "comparator.jsonl", comparator, 0.97),
    ("quantities", "quantity.jsonl", quantity, 0.97),
)


def wrong(item: Item) -> str:
    told = {key: item.get(key) for key in ("base", "last_day", "every", "value", "interval")}
    return f"    {item['src']}: {item['span']} {[part for part in told.values() if part]}\n"


def main(folder: Path, *, verbose: bool) -> int:
    short = 0
    for name, file, judge, floor in SUITES:
        items = map(json.loads, (folder / file).read_text("utf-8").splitlines())
        counted = [(item, verdict) for item in items if (verdict := judge(item)) is not None]
        right = sum(verdict for _, verdict in counted)
        rate = right / len(counted)
        short += rate < floor
        low = "  UNDER THE FLOOR" if rate < floor else ""
        sys.stdout.write(f"{name:28}{right:5}/{len(counted):<5}{rate:7.3f}  floor {floor}{low}\n")
        missed = (wrong(item) for item, verdict in counted if not verdict)
        sys.stdout.write("".join(missed) if verbose else "")
    return bool(short)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), verbose="--verbose" in sys.argv))
