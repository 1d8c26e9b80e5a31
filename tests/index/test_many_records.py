"""Many records, twenty days: what overdue, due, pace and whatever goes through every promise answer
from the index, the files answer: by every filter, and as it was known on an earlier day.

NPCREPLY_ORACLE=2000 says how many records; 24 without it. From 100 on every filter and all three
ways of knowing are tried on every day, else one a day.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from random import Random
from typing import Any

from npcreply.domain.judging.duties import Bench, of_reply, reports_owed
from npcreply.domain.judging.status import OPEN, Judged, Status, judge, paces_of, replied_by
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.flows.review import review
from npcreply.store.contract import rules
from tests.index.test_reviews import everything_owed, reviewed, run_of, told

COUNT = int(os.environ.get("NPCREPLY_ORACLE", "24"))
EVERY = 100  # from so many records on, every filter on every day
DAYS = [date(2023, 2, 1) + timedelta(days=37 * n) for n in range(20)]
SINCE = timedelta(days=7)
BEFORE = timedelta(days=60)
WORDS = [
    ("2023-12-31", "全年"),
    ("2023-12-31", "年底前"),
    ("2023-06-30", "上半年"),
    ("2024-06-30", ""),
]
UNITS = ["个", "个", "公顷", "%"]
CADENCES = [
    *("month", "quarter", "half-year", "year") * 6,
    "half-month",
    "half-month",
    "week",
    "day",
]
BODIES = ["市教育局", "市水利局", "市财政局", "某市发展和改革委员会", "市发展改革委"]
TEXTS = ["修好渠道", "建成托幼点", "完成ＡＢＣ改造", "100%_到位", "推进"]
FILTERS = (
    Selection(),
    Selection(dept=("发改",)),
    Selection(dept=("教育", "水利"), year=(2022, 2023)),
    Selection(lead=("水利",)),
    Selection(year=(2022,)),
    Selection(kind=("proposal", "inquiry")),
    Selection(force=("firm",), dept=("财政",)),
    Selection(force=("conditional", "standing")),
    Selection(text=("abc",)),
    Selection(text=("%_", "托幼")),
    Selection(deputy=("甲",), session=("二次",)),
    Selection(field=("教科文卫",), text=("第3项",)),
    Selection(status=("overdue", "to_verify")),
    Selection(status=("undated", "due_soon", "open"), kind=("suggestion",)),
    Selection(alert=("red", "yellow")),
    Selection(key=True),
    Selection(text=("没有这样的话",)),
)


class Maker:
    """Records by chance; the same seed makes the same records."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def some(self, likely: float, value: Callable[[], Any]) -> Any:
        return value() if self.chance.random() < likely else None

    def one(self, of: list[Any]) -> Callable[[], Any]:
        return lambda: self.chance.choice(of)

    def day(self, first: int = 0, last: int = 700) -> str:
        return str(date(2023, 1, 1) + timedelta(days=self.chance.randint(first, last)))

    def record(self, number: int) -> dict[str, Any]:
        made = {
            "kind": self.chance.choice(["suggestion", "suggestion", "proposal", "inquiry"]),
            "year": 2022 if number % 3 == 0 else 2023,
            "number": str(number),
            "title": self.some(0.7, lambda: f"关于{self.chance.choice(TEXTS)}的建议"),
            "lead": self.chance.choice(BODIES),
            "session": self.some(
                0.6, self.one(["云门市六届人大二次会议", "云门市六届人大三次会议"])
            ),
            "field": self.some(0.6, self.one(["教科文卫", "城建环保"])),
            "deputies": self.some(0.6, lambda: self.chance.sample(["甲某", "乙某", "丙某"], 2)),
            "key": self.some(0.2, lambda: True),
            "wide": self.some(0.2, lambda: True),
            "assigned_on": self.some(0.7, lambda: self.day(0, 90)),
            "reply_date": self.some(0.8, lambda: self.day(60, 300)),
            "co": self.some(0.3, lambda: [{"body": "市财政局", "opinion_due": self.day(30, 150)}]),
            "classes": self.some(0.4, self.classes),
            "feedback": self.some(0.4, self.feedback),
            "rounds": self.some(0.15, lambda: [{"round": 2, "assigned_on": self.day(250, 350)}]),
            "measures": [self.measure(n) for n in range(1, self.chance.randint(2, 6))],
        }
        return filled(made)

    def classes(self) -> list[dict[str, Any]]:
        letter = self.chance.choice("ABC")
        return [self.entered({"letter": letter, "scheme": "zhejiang", "on": self.day(60, 400)})]

    def feedback(self) -> list[dict[str, Any]]:
        said = self.chance.choice(["satisfied", "basically_satisfied", "dissatisfied"])
        return [
            self.entered({"round": 1, "on": self.day(90, 400), "attitude": said, "result": said})
        ]

    def measure(self, number: int) -> dict[str, Any]:
        deadline, words = self.chance.choice(WORDS)
        targets = [self.target(n) for n in range(1, self.chance.randint(1, 4))]
        made = {
            "id": number,
            "text": f"第{number}项{self.chance.choice(TEXTS)}",
            "department": self.some(0.4, lambda: self.chance.sample(BODIES, 2)),
            "force": self.some(0.4, self.one(["firm", "effort", "conditional", "standing"])),
            "deadline": self.some(0.6, lambda: filled({"date": deadline, "words": words or None})),
            "cadence": self.some(0.3, self.cadence),
            "reports": self.some(0.2, lambda: {"from": self.day(), "until": self.day(200, 700)}),
            "targets": targets,
            "log": [self.entry(targets) for _ in range(self.chance.randint(0, 4))],
            "extensions": self.some(0.2, self.extension),
            "closings": self.some(0.3, self.closings),
        }
        return filled(made)

    def cadence(self) -> list[str]:
        return sorted({self.chance.choice(CADENCES) for _ in range(self.chance.randint(1, 2))})

    def target(self, number: int) -> dict[str, Any]:
        unit = self.chance.choice(UNITS)
        made = {
            "id": number,
            "indicator": "指标",
            "value": self.chance.choice([10, 60, 300]),
            "unit": unit,
            "kind": self.some(0.3, self.one(["level", "growth", "limit", "multiple"])),
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
        }
        return self.entered(made)

    def extension(self) -> list[dict[str, Any]]:
        return [
            self.entered({"on": self.day(100, 400), "to": self.day(400, 800), "reason": "汛情"})
        ]

    def closings(self) -> list[dict[str, Any]]:
        how = self.chance.choice(["done", "dropped"])
        again = self.some(0.3, lambda: [{"on": self.day(500, 700), "as": "reopened"}]) or []
        return [self.entered({"on": self.day(100, 500), "as": how}), *again]

    def entered(self, made: dict[str, Any]) -> dict[str, Any]:
        """Some are entered on a day of their own: what was known earlier differs."""
        return filled({**made, "entered": self.some(0.3, lambda: self.day(300, 700))})


def filled(made: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in made.items() if value not in (None, [])}


def made_records(place: Any) -> Any:
    """Fill the workspace; return what its files say."""
    maker = Maker(20)
    for number in range(1, COUNT + 1):
        record = maker.record(number)
        place.write(f"{record['year']}/{record['year']}-{number}.yaml", record)
    said = place.said()
    assert len(said.replies) == COUNT
    return said


def judged(lines: Iterable[MeasureLine], as_of: AsOf, wanted: Callable[[Any], bool]) -> list[Any]:
    """Every answer of every promise that is asked for: status, light, each number's verdict."""
    rows = (judge(line, as_of) for line in lines if replied_by(line, as_of))
    return [answer(row) for row in rows if wanted(row)]


def answer(row: Any) -> tuple[Any, ...]:
    return row.line.id, row.status, row.alert, row.deadline, row.days_late, pace_of(row)


def pace_of(row: Any) -> list[Any]:
    return [(p.verdict, p.course.reached, p.course.lag, p.course.forecast) for p in paces_of(row)]


def duties(replies: list[ReplyLine], lines: list[MeasureLine], bench: Bench) -> list[Any]:
    found = [duty for reply in replies for duty in of_reply(reply, bench)]
    found += [d for line in lines for d in reports_owed(line, bench.as_of, bench.settings)]
    return [(duty.key, duty.status, duty.deadline, duty.count) for duty in found]


def knowledge(number: int, day: date) -> tuple[date | None, ...]:
    """Up to when is known what is judged: None is without `--known-on`."""
    every = (None, day, day - BEFORE)
    return every if COUNT >= EVERY else (every[number % len(every)],)


def test_every_answer_is_that_of_the_files(place: Any) -> None:
    said, settings = made_records(place), place.schema.settings
    law = rules.load(place.root, place.schema)
    counted: dict[str, int] = {}
    with closing(place.index()) as index:
        for number, day in enumerate(DAYS):
            for known in knowledge(number, day):
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


def tried(place: Any, said: Any, as_of: AsOf, filters: Iterable[Selection]) -> Counter[Selection]:
    """Ask the index about a day with each filter, hold the answer against that of the files; return
    how much was late and how many promises there were at all.
    """
    settings, by, since = place.schema.settings, "dept", as_of.day - SINCE
    now, then = (everything_owed(place, said, AsOf(d, as_of.known_on)) for d in (as_of.day, since))
    promises = {row.line.id: row for row in now if isinstance(row, Judged)}
    found: Counter[Selection] = Counter()
    with closing(run_of(place, as_of)) as session:
        for selection in filters:
            wanted = reviewed(now, then, selection, settings, by)
            assert told(review(session, selection, since, by)) == wanted, (as_of, selection)
            every = [row.line for row in promises.values() if selection.takes(row, settings)]
            lines = (line for line in session.index.passing(selection) if line.id in promises)
            kept = [line for line in lines if selection.takes(promises[line.id], settings)]
            assert kept == every, (as_of, selection)
            found[selection] += len(wanted["items"]) + len(every)
    return found


def test_every_filter_lets_through_what_the_files_say(place: Any) -> None:
    said = made_records(place)
    found: Counter[Selection] = Counter()
    differing = 0
    for number, day in enumerate(DAYS):
        filters = FILTERS if COUNT >= EVERY else (FILTERS[number % len(FILTERS)],)
        plain = tried(place, said, AsOf(day), filters)
        known = tried(place, said, AsOf(day, day - BEFORE), filters)
        differing += plain != known
        found += plain + known
    assert differing
    assert [one for one in FILTERS if not found[one]] == [FILTERS[-1]]
