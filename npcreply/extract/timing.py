"""The end of the period that a figure reports: printed with it, or told for a run of figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from npcreply.extract.dates import DateHit
from npcreply.extract.outline import Sentence
from npcreply.extract.page import Page, drafted
from npcreply.extract.patterns import imperative
from npcreply.extract.values import Drafted

_REPORTS = ("as_of", "period", "deadline", "day")
# 五年来, 目前: what follows is told of another time than what went before.
_OTHER = re.compile("年多?来|以来|至今|期间")
_TO_DATE = re.compile("累计")
_NOW = re.compile("目前|现[有已]|[仍尚]有|还有")
# 1-7月, 截至6月底 go on in the next sentence; of a whole year only what leads in to it does.
_WHOLE_YEARS = ("year", "years", "whole_year", "plan", "listed_years")
# 2019年签约的项目: the year says which projects.
_OF = re.compile(r"[一-龥、]{0,12}的")
_SHOWS = re.compile("(?:[^,;。]{0,16}(?:显示|表明|结果|统计)|度?),")
_LINKS = re.compile(
    r"(?:[^一-龥]|同时|其中|截至|截止|到|至|据统计|全[市县区省]|我[市县区省局委]|今年)*"
)


@dataclass(slots=True)
class Clock:
    """The period in force while the sentences of a paragraph are read in order."""

    page: Page
    paragraph: int = -1
    told: Drafted[date] | None = None
    goes_on: bool = False  # whether the period holds for the next sentence too
    figured: bool = False
    place: int = -1
    used: bool = False
    opening: bool = False  # whether it stood for the whole sentence, not for a part (其中)
    since: int = -1  # the sentence that told it

    def enter(self, sentence: Sentence) -> None:
        """Forget the period where a new paragraph, another item or a new sentence begins."""
        new = sentence.paragraph != self.paragraph or (sentence.numbering and not sentence.joined)
        # 2023年,完成投资3亿元。新建5座: without a subject it goes on
        begins = imperative().match(self.page.text, sentence.body, sentence.end)
        lead = self.told is not None and (not self.figured or (self.opening and begins))
        if new or not (sentence.joined or self.goes_on or lead):
            self.paragraph, self.told = sentence.paragraph, None
        if not sentence.joined:
            self.figured, self.place = False, sentence.place

    def pass_over(self, start: int, end: int, *, figured: bool) -> None:
        """Take the period that a clause tells for those after it.

        今年1-7月, alone before a comma speaks for what follows; 2020年推行…机制 does not, unless
        the clause has a figure itself.
        """
        self.figured = self.figured or figured
        if _OTHER.search(self.page.text, start, end):
            self.told = None
        for first, last, hit in self._hits(start, end):
            alone = last >= end - 1 or bool(_SHOWS.match(self.page.text, last, end))
            begins = bool(_LINKS.fullmatch(self.page.text, start, first))
            if not alone and self._modifies(last, end):
                continue
            if hit.open_end or hit.date is None:
                self.told = None if begins or alone else self.told
            elif hit.kind != "day" and (alone or (begins and figured)):
                self.opening = "其中" not in self.page.text[max(0, start - 3) : start + 2]
                self.used = False
                self.told, self.since = drafted(hit, hit.date), self.place
                self.goes_on = hit.rule not in _WHOLE_YEARS

    def as_of(self, start: int, at: int, place: int) -> Drafted[date] | None:
        """Return the end of the period of a figure at `at` in the clause from `start`; `place`:
        which number of the clause it is (一季度和上半年分别增长7.1%和7.9%).
        """
        earlier = self.since != self.place and _NOW.search(self.page.text, start, at)
        if earlier or _OTHER.search(self.page.text, start, at):
            self.told = None
        hits = self._hits(start, at)
        if "分别" in self.page.text[start:at] and place < len(hits) > 1:
            hits = [hits[place]]
        for first, last, hit in reversed(hits):
            begins = _LINKS.fullmatch(self.page.text, start, first)
            if not begins and self._modifies(last, at):
                continue
            if hit.open_end or hit.date is None:
                return None
            if not self._modifies(last, at):
                return drafted(hit, hit.date)
        again, self.used = self.used, True
        if again and not self.goes_on and _TO_DATE.search(self.page.text, start, at):
            return None
        return self.told

    def _modifies(self, last: int, until: int) -> bool:
        """2019年签约的项目; the number itself is of the year in 2022年的76万吨."""
        return self.page.text[last:until] != "的" and bool(_OF.match(self.page.text, last, until))

    def _runs(self, hit: DateHit) -> bool:
        """Whether the period ends with a year that is not over; a letter without a day may have
        been written when the year that it prints was.
        """
        day, home = hit.date, self.page.home
        if day is None or home is None or day.year < home:
            return False
        undated = self.page.header.reply_date is None and hit.words[:1].isdigit()
        return (day.month, day.day) == (12, 31) and not undated

    def _hits(self, start: int, end: int) -> list[tuple[int, int, DateHit]]:
        """Periods that are over; of the year that is running only a part can be."""
        return [
            (first, last, hit)
            for first, last, hit in self.page.days.between(start, end)
            if hit.kind in _REPORTS and not self._runs(hit)
        ]
