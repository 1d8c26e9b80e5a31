"""Many records, twenty days: what overdue, due and pace answer from the index, the files answer.

NPCREPLY_ORACLE=2000 says how many records; 60 without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from random import Random
from typing import Any

from npcreply.domain.judging.duties import Bench, of_reply, reports_owed
from npcreply.domain.judging.status import OPEN, Status, judge, paces_of, replied_by
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.time.as_of import AsOf
from npcreply.store.contract import rules

COUNT = int(os.environ.get("NPCREPLY_ORACLE", "60"))
DAYS = [date(2023, 2, 1) + timedelta(days=37 * n) for n in range(20)]
WORDS = [
    ("2023-12-31", "全年"),
    ("2023-12-31", "年底前"),
    ("2023-06-30", "上半年"),
    ("2024-06-30", ""),
]
UNITS = ["个", "个", "公顷", "%"]
CADENCES = ["day", "week", "half-month", "month", "quarter", "half-year", "year"]


class Maker:
    """Records by chance; the same seed makes the same records."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def some(self, likely: float, value: Callable[[], Any]) -> Any:
        return value() if self.chance.random() < likely else None

    def day(self, first: int = 0, last: int = 700) -> str:
        return str(date(2023, 1, 1) + timedelta(days=self.chance.randint(first, last)))

    def record(self, number: int) -> dict[str, Any]:
        made = {
            "kind": self.chance.choice(["suggestion", "suggestion", "proposal", "inquiry"]),
            "year": 2023,
            "number": str(number),
            "lead": self.chance.choice(["市教育局", "市水利局"]),
            "wide": self.some(0.2, lambda: True),
            "assigned_on": self.some(0.7, lambda: self.day(0, 90)),
            "reply_date": self.some(0.8, lambda: self.day(60, 300)),
            "co": self.some(0.3, lambda: [{"body": "市财政局", "opinion_due": self.day(30, 150)}]),
            "measures": [self.measure(n) for n in range(1, self.chance.randint(2, 6))],
        }
        return filled(made)

    def measure(self, number: int) -> dict[str, Any]:
        deadline, words = self.chance.choice(WORDS)
        targets = [self.target(n) for n in range(1, self.chance.randint(1, 4))]
        made = {
            "id": number,
            "text": f"第{number}项",
            "deadline": self.some(0.6, lambda: filled({"date": deadline, "words": words or None})),
            "cadence": self.some(
                0.3, lambda: self.chance.sample(CADENCES, self.chance.randint(1, 2))
            ),
            "reports": self.some(0.2, lambda: {"from": self.day(), "until": self.day(200, 700)}),
            "targets": targets,
            "log": [self.entry(targets) for _ in range(self.chance.randint(0, 4))],
            "extensions": self.some(0.2, self.extension),
            "closings": self.some(0.3, self.closings),
        }
        return filled(made)

    def target(self, number: int) -> dict[str, Any]:
        unit = self.chance.choice(UNITS)
        made = {
            "id": number,
            "indicator": "指标",
            "value": self.chance.choice([10, 60, 300]),
            "unit": unit,
            "kind": self.some(
                0.3, lambda: self.chance.choice(["level", "growth", "limit", "multiple"])
            ),
            "baseline": self.some(0.2, lambda: {"value": 5, "on": self.day(0, 60)}),
            "start": self.some(0.2, lambda: self.day(0, 60)),
            "parent": "1" if number > 1 and self.chance.random() < 0.3 else None,
        }
        return filled(made)

    def entry(self, targets: list[dict[str, Any]]) -> dict[str, Any]:
        made = {
            "on": self.some(0.9, lambda: self.day(30, 600)),
            "target": self.chance.randint(1, len(targets)) if targets else None,
            "value": self.chance.choice([3, 12.5, 60, 299]) if targets else None,
            "unit": self.chance.choice(["个", "个", "亩", "%"]) if targets else None,
            "note": "进展",
            "entered": self.some(0.3, lambda: self.day(300, 700)),
        }
        return filled(made)

    def extension(self) -> list[dict[str, Any]]:
        return [{"on": self.day(100, 400), "to": self.day(400, 800), "reason": "汛情"}]

    def closings(self) -> list[dict[str, Any]]:
        first = {"on": self.day(100, 500), "as": self.chance.choice(["done", "dropped"])}
        return [
            first,
            *(self.some(0.3, lambda: [{"on": self.day(500, 700), "as": "reopened"}]) or []),
        ]


def filled(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in (None, [])}


def judged(lines: Iterable[MeasureLine], as_of: AsOf, wanted: Callable[[Any], bool]) -> list[Any]:
    """Every answer of every promise that is asked for: status, light, each number's verdict."""
    rows = (judge(line, as_of) for line in lines if replied_by(line, as_of))
    return [
        (row.line.id, row.status, row.alert, row.deadline, row.days_late, pace_of(row))
        for row in rows
        if wanted(row)
    ]


def pace_of(row: Any) -> list[Any]:
    return [(p.verdict, p.course.reached, p.course.lag, p.course.forecast) for p in paces_of(row)]


def duties(replies: list[ReplyLine], lines: list[MeasureLine], bench: Bench) -> list[Any]:
    found = [duty for reply in replies for duty in of_reply(reply, bench)]
    found += [d for line in lines for d in reports_owed(line, bench.as_of, bench.settings)]
    return [(duty.key, duty.status, duty.deadline, duty.count) for duty in found]


def test_every_answer_is_that_of_the_files(place: Any) -> None:
    maker = Maker(20)
    for number in range(1, COUNT + 1):
        place.write(f"2023/2023-{number}.yaml", maker.record(number))
    said, settings = place.said(), place.schema.settings
    assert len(said.replies) == COUNT
    law = rules.load(place.root, place.schema)
    counted: dict[str, int] = {}
    with closing(place.index()) as index:
        for day in DAYS:
            for known in (None, day):
                as_of, until = AsOf(day, known), day + timedelta(days=30)
                bench = Bench(as_of=as_of, settings=settings, law=law)
                soon = index.open_until(as_of, until)

                def due(row: Any, until: date = until) -> bool:
                    return row.status in OPEN and row.deadline is not None and row.deadline <= until

                assert judged(soon, as_of, due) == judged(said.promises, as_of, due)
                every = index.open_until(as_of, None)
                still_open = judged(said.promises, as_of, lambda row: row.status in OPEN)
                assert judged(every, as_of, lambda row: row.status in OPEN) == still_open
                owed = duties(said.replies, said.promises, bench)
                assert duties(index.owing(as_of), soon, bench) == owed
                for row in still_open:
                    for pace in row[5]:
                        counted[pace[0]] = counted.get(pace[0], 0) + 1
                counted["late"] = counted.get("late", 0) + sum(
                    r[1] is Status.OVERDUE for r in still_open
                )
                counted["reports"] = counted.get("reports", 0) + sum("report" in d[0] for d in owed)
    wanted = {"late", "reports", "on_pace", "far_behind", "silent", "no_start", "unlike_units"}
    assert wanted <= {name for name, count in counted.items() if count}, counted
