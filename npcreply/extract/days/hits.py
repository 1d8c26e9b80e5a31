"""What is found of time in a text: one expression with its words, its days and what it is."""

from __future__ import annotations

import datetime as dt

from npcreply.dataclass import dataclass, replace
from npcreply.extract.model import Doubt


@dataclass(frozen=True, slots=True)
class DateHit:
    """One time expression; `start`, `end` are offsets into the text, `words` is text[start:end].

    `kind`: deadline (6月底前, 年底前, 年内, 到2025年) | as_of (截至6月末, 目前) | day (5月11日) |
    period (2023年, 1-7月, 全年, 上半年, 近三年) | start (2024年底开工, done by a later date) | dead
    (原计划2017年底…推迟至) | base (比2020年, 去年同期) | recurring (每年6月底前) | event (汛前,
    完成后8个月内) | vague (近期, 尽快) | cited (of a document's name or number) | session (the
    numbers of 六届人大三次会议) | damaged (20224月, 9月31日).
    `date`: the last day on which it can still be met, or the last day of the period; None where the
    text does not say, and for recurring, event, vague, cited, session and damaged.
    `from_`: first day of a period. `open_end`: 以来, 起, 至今: no end, so no `date`.
    `year`: the year that the words after it go by. `rule`: the shape's name (see grammar.shapes).
    `doubt`: what speaks against the day: the year was told elsewhere, the words leave it open.
    """

    start: int
    end: int
    words: str
    kind: str
    date: dt.date | None
    from_: dt.date | None
    open_end: bool
    rule: str
    doubt: Doubt | None = None
    year: int | None = None

    @property
    def sure(self) -> bool:
        """Return whether nothing speaks against the day."""
        return self.doubt is None


@dataclass(frozen=True, slots=True)
class DateContext:
    """What a date without a year is read by.

    `reply`: the reply's own day (今年, 年底, 6月底 belong to its year). `year`: without a reply
    date the year that the text prints for 今年; else the year of the words before, carried
    forward. Both None: such a date stays empty. `doubt`: what speaks against that year; what
    hangs on a doubtful one is doubtful.
    """

    reply: dt.date | None = None
    year: int | None = None
    doubt: Doubt | None = None

    def after(self, hit: DateHit) -> DateContext:
        """Return the context for the words after `hit`: its year is carried forward."""
        return self if hit.year is None else replace(self, year=hit.year)

    @property
    def home(self) -> int | None:
        """The year that 今年 means."""
        return self.reply.year if self.reply else self.year
