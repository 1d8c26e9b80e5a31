"""The end of the period that a figure reports: printed with it, or told for a run of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from npcreply.extract.dates import DateHit
from npcreply.extract.outline import Sentence
from npcreply.extract.page import Page, drafted
from npcreply.extract.values import Drafted

_REPORTS = ("as_of", "period", "deadline", "day")
# 2019年签约的项目: the year says which projects.
_OF = re.compile(r"[一-龥、]{0,12}的")
_LINKS = re.compile(
    r"(?:[^一-龥]|同时|其中|截至|截止|到|至|据统计|全[市县区省]|我[市县区省局委]|今年)*"
)


@dataclass(slots=True)
class Clock:
    """The period in force while the sentences of a paragraph are read in order."""

    page: Page
    paragraph: int = -1
    told: Drafted[date] | None = None

    def enter(self, sentence: Sentence) -> None:
        """Forget the period where a new paragraph begins."""
        if sentence.paragraph != self.paragraph:
            self.paragraph, self.told = sentence.paragraph, None

    def pass_over(self, start: int, end: int, *, figured: bool) -> None:
        """Take the period that a clause tells for those after it.

        今年1-7月, alone before a comma speaks for what follows; 2020年推行…机制 does not, unless
        the clause has a figure itself.
        """
        for first, last, hit in self._hits(start, end):
            alone = last >= end - 1
            begins = bool(_LINKS.fullmatch(self.page.text, start, first))
            if not alone and _OF.match(self.page.text, last, end):
                continue
            if hit.open_end or hit.date is None:
                self.told = None if begins or alone else self.told
            elif begins and (alone or figured):
                self.told = drafted(hit, hit.date)

    def as_of(self, start: int, at: int, place: int) -> Drafted[date] | None:
        """Return the end of the period of a figure at `at` in the clause from `start`; `place`:
        which number of the clause it is (一季度和上半年分别增长7.1%和7.9%).
        """
        hits = self._hits(start, at)
        if "分别" in self.page.text[start:at] and place < len(hits) > 1:
            hits = [hits[place]]
        for first, last, hit in reversed(hits):
            begins = _LINKS.fullmatch(self.page.text, start, first)
            if not begins and _OF.match(self.page.text, last, at):
                continue
            if hit.open_end or hit.date is None:
                return None
            if not _OF.match(self.page.text, last, at):
                return drafted(hit, hit.date)
        return self.told

    def _hits(self, start: int, end: int) -> list[tuple[int, int, DateHit]]:
        """Periods that are over; of the year that is running only a part can be."""
        return [
            (first, last, hit)
            for first, last, hit in self.page.days.between(start, end)
            if hit.kind in _REPORTS and not _runs(hit, self.page.home)
        ]


def _runs(hit: DateHit, home: int | None) -> bool:
    """Whether the period ends with a year that is not over."""
    day = hit.date
    if day is None or home is None or day.year < home:
        return False
    return (day.month, day.day) == (12, 31)
