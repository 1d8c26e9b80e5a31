"""What reading a report hands on: a statement with its place, its day, its state, its reasons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.extract.model import Drafted

DONE, UNDER, NO, LATE, CHANGED = "done", "under", "no", "late", "changed"
"""What a report says of a promise: kept, on its way, not begun, behind its time, made another."""

STATES = (DONE, UNDER, NO, LATE, CHANGED)


@dataclass(frozen=True, slots=True)
class Zone:
    """Words near a statement, and how much they say about what it is of: 1 its own, 0 nothing;
    `heading`: whether they stand above it.
    """

    words: str
    weight: float
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of a target as the report states it: 完成年度任务50公里的85.2%; `words` are those
    before it, `of` the target told with it.
    """

    percent: Decimal
    words: str
    of: Decimal | None = None
    of_unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing that a report says; text[start:end] is `quote`.

    `value` and `unit` as printed, None for words alone (then `state` says what they tell) or where
    only a rate is told. `as_of`: the day up to which it counts, None for the report's own.
    `growth`: an increase in percent; `stages`: how far what is counted has come (签约, 开工, 竣工);
    `part`: a part of something (其中); `total`: a sum (累计, 合计). `aside`: why it is no progress,
    "" where it is. `headings`: those above it, the outermost first. `said` are its own words,
    `subject` the nearest ones that name something, `zones` all the words around it. `paragraph`,
    `sentence`: their numbers in the report.
    """

    start: int
    end: int
    quote: str
    said: str
    subject: str
    zones: tuple[Zone, ...]
    headings: tuple[str, ...]
    paragraph: int
    sentence: int
    value: Decimal | None = None
    unit: str | None = None
    approx: bool = False
    as_of: Drafted[date] | None = None
    growth: bool = False
    stages: frozenset[str] = frozenset()
    part: bool = False
    total: bool = False
    rate: Rate | None = None
    told: tuple[tuple[Decimal, str | None], ...] = ()
    state: str = ""
    behind: bool = False
    changed: bool = False
    aside: str = ""

    @property
    def counts(self) -> bool:
        """Whether it has a number that is progress."""
        return not self.aside and (self.value is not None or self.rate is not None)
