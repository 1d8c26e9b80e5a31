"""A made workspace of any size, the same at every call with the same seed, and what it must answer.

Five promises a record, if not said otherwise. On DAY exactly LATE of them are late, however many
there are: what a clerk reads stays as long while the archive grows. The others are what an office
has: kept, extended, with numbers and parts, repeating, without a day, given up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DAY = "2024-01-05"
LATE = 50
PROMISES = 5
YEARS = range(2019, 2024)
BODIES = [f"市第{number}局" for number in range(1, 41)]
Lines = list[str]


@dataclass(frozen=True, slots=True)
class Item:
    """A promise as made: who owes it, the day it is due after all extensions, None without one, and
    the status that it has on DAY.
    """

    id: str
    text: str
    body: str
    due: str | None
    status: str


@dataclass(frozen=True)
class Made:
    """A workspace and its promises, in the order in which they were made."""

    root: Path
    items: tuple[Item, ...]

    @property
    def late(self) -> frozenset[str]:
        return frozenset(item.id for item in self.items if item.status == "overdue")


def workspace(
    root: Path, promises: int, mix: str = "usual", seed: int = 14, each: int = PROMISES
) -> Made:
    """Write a workspace of so many promises, `each` of them in a record."""
    records = max(promises // each, 1)
    chosen = random.Random(seed).sample(range(records * each), min(LATE, records * each))
    late: dict[int, set[int]] = {}
    for place in chosen:
        late.setdefault(place // each, set()).add(place % each + 1)
    for year in YEARS:
        (root / "replies" / str(year)).mkdir(parents=True, exist_ok=True)
    (root / "schema.yaml").write_text("$ref: npcreply:record:1\n", encoding="utf-8")
    items: list[Item] = []
    for number in range(records):
        year, dice = YEARS[number % len(YEARS)], random.Random(seed * 1_000_003 + number)
        name = f"{year}-{number:05}"
        mine = late.get(number, set())
        head, lines = _head(name, year, dice), []
        body = next(line.removeprefix("lead: ") for line in head if line.startswith("lead: "))
        for item in range(1, each + 1):
            kind = _late if item in mine else dice.choices(*MIXES[mix])[0]
            text = f"{name}第{item}项要做的事，{_TEXT}，办成为止"
            said = kind(date(year, 5, 20), dice)
            lines += [f"  - id: {item}", f"    text: {text}", *said]
            items.append(Item(f"{name}.{item}", text, body, _due(said), _status(kind, said)))
        (root / "replies" / str(year) / f"{name}.yaml").write_text(
            "\n".join([*_classed(head, lines), *lines]) + "\n", encoding="utf-8"
        )
    return Made(root, tuple(items))


def ids_in(text: str) -> set[str]:
    """The first id of a made promise in each line that has one."""
    return {found.group() for line in text.splitlines() if (found := _ID.search(line))}


_ID = re.compile(r"\d{4}-\d{5}\.\d")
_DAYS_DUE = re.compile(r"(?:deadline: \{date: |, to: )(\d{4}-\d\d-\d\d)")
_TEXT = "会同有关单位明确分工、落实资金、倒排工期，按月通报进展"


def _head(name: str, year: int, dice: random.Random) -> Lines:
    return [
        "kind: suggestion",
        f"year: {year}",
        f'number: "{name.partition("-")[2]}"',
        f"session: 云门市六届人大{year - 2018}次会议",
        f"title: 关于{name}这件事抓紧办好的建议",
        f"field: {dice.choice(['工业经济', '城建环保', '教科文卫'])}",
        f"deputies: [{dice.choice('甲乙丙丁戊己庚')}代表, {dice.choice('子丑寅卯辰')}代表]",
        f"lead: {dice.choice(BODIES)}",
        f"assigned_on: {year}-03-01",
        f"reply_date: {year}-05-20",
        f"classes: [{{letter: {dice.choice('ABC')}, scheme: zhejiang, on: {year}-05-20}}]",
        f"feedback: [{{round: 1, on: {year}-06-05, attitude: satisfied, result: satisfied}}]",
        "measures:",
    ]


def _classed(head: Lines, promises: Lines) -> Lines:
    """A reply of class B, to be solved in time, says until when; without a day it is one of C."""
    if any(line.startswith("    deadline:") for line in promises):
        return head
    return [line.replace("{letter: B,", "{letter: C,") for line in head]


def _due(said: Lines) -> str | None:
    """The last day that a promise's lines name as its deadline."""
    found = _DAYS_DUE.findall("\n".join(said))
    return found[-1] if found else None


def _status(kind: Kind, said: Lines) -> str:
    return "conditional" if "    force: conditional" in said else _STATUSES.get(kind, "open")


def _deadline(day: date) -> str:
    return f"    deadline: {{date: {day}, words: 年底}}"


def _past(replied: date, dice: random.Random) -> date:
    """A day between the reply and the week before DAY."""
    last = date.fromisoformat(DAY) - timedelta(days=8)
    return replied + timedelta(days=dice.randrange(30, (last - replied).days))


def _ahead(dice: random.Random) -> date:
    """A day well after DAY: not soon."""
    return date.fromisoformat(DAY) + timedelta(days=dice.randrange(100, 700))


def _target(value: int) -> Lines:
    goal = "kind: level, comparator: '>=', value: 80, unit: 个"
    return [
        "    targets:",
        f"      - {{id: 1, indicator: 完成数, {goal}}}",
        "    log:",
        f"      - {{on: 2023-06-30, target: 1, value: {value}, unit: 个, note: 半年报}}",
    ]


def _late(replied: date, dice: random.Random) -> Lines:
    past = _past(replied, dice)
    moved = f"      - {{on: {past}, to: {past + timedelta(days=5)}, reason: 工期}}"
    return [
        _deadline(past),
        *(["    extensions:", moved] if dice.random() < 0.2 else []),
        *(_target(dice.randrange(80)) if dice.random() < 0.4 else []),
    ]


def _kept(replied: date, dice: random.Random) -> Lines:
    past = _past(replied, dice)
    closed = f"      - {{on: {past - timedelta(days=9)}, as: done, evidence: 验收单}}"
    numbers = _target(85) if dice.random() < 0.4 else []
    return [_deadline(past), *numbers, "    closings:", closed]


def _given_up(replied: date, dice: random.Random) -> Lines:
    past = _past(replied, dice)
    return [_deadline(past), "    closings:", f"      - {{on: {past}, as: dropped, reason: 不办}}"]


def _open(_replied: date, dice: random.Random) -> Lines:
    numbers = _target(dice.randrange(80)) if dice.random() < 0.5 else []
    return [_deadline(_ahead(dice)), *numbers]


def _extended(replied: date, dice: random.Random) -> Lines:
    past = _past(replied, dice)
    moved = f"      - {{on: {past}, to: {_ahead(dice)}, reason: 工期}}"
    return [_deadline(past), "    extensions:", moved]


def _with_parts(_replied: date, dice: random.Random) -> Lines:
    rest = "kind: level, comparator: '>=', unit: 个"
    return [
        _deadline(_ahead(dice)),
        "    targets:",
        f"      - {{id: 1, indicator: 学位, value: 100, {rest}}}",
        f"      - {{id: 2, indicator: 东区学位, value: 60, {rest}, parent: '1'}}",
        f"      - {{id: 3, indicator: 西区学位, value: 40, {rest}, parent: '1'}}",
        "    log:",
        f"      - {{on: 2023-06-30, target: 2, value: {dice.randrange(60)}, unit: 个}}",
        f"      - {{on: 2023-06-30, target: 3, value: {dice.randrange(40)}, unit: 个}}",
    ]


def _repeating(_replied: date, dice: random.Random) -> Lines:
    """Open: it owes a report a quarter since the last one but one, and has given both."""
    owed = "    reports: {from: 2023-07-01}"
    log = [f"      - {{on: {day}, note: 季报}}" for day in ("2023-09-28", "2023-12-29")]
    return ["    cadence: [quarter]", owed, _deadline(_ahead(dice)), "    log:", *log]


def _undated(_replied: date, dice: random.Random) -> Lines:
    return ["    force: conditional"] if dice.random() < 0.2 else []


def _month_end(_replied: date, _dice: random.Random) -> Lines:
    return [_deadline(date(2024, 1, 31))]


Kind = Callable[[date, random.Random], Lines]
_KINDS: tuple[Kind, ...] = (
    *(_kept, _given_up, _open, _extended, _with_parts, _repeating, _undated, _month_end),
)
MIXES: dict[str, tuple[tuple[Kind, ...], tuple[int, ...]]] = {
    "usual": (_KINDS, (45, 4, 22, 5, 4, 4, 14, 2)),
    "undated": (_KINDS, (24, 2, 14, 4, 3, 3, 50, 0)),
    "near": (_KINDS, (30, 2, 15, 4, 3, 3, 8, 35)),
}
"""How many in a hundred are of which kind; `near`: a third is due at the end of the month."""
_STATUSES: dict[Kind, str] = {
    _late: "overdue",
    _kept: "done_early",
    _given_up: "dropped",
    _undated: "undated",
    _month_end: "due_soon",
}
"""What a promise of a kind is on DAY; the others are open."""
