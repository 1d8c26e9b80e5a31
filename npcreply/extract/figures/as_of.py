"""The day of a figure: the period printed in its clause, else the one that leads in to it."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import dataclass
from npcreply.extract.days.dates import DateHit
from npcreply.extract.model import Drafted
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import rx

_REPORTS = ("as_of", "period", "deadline", "day")
# 1-7月, 截至6月底 go on in the next sentence; of a whole year only what leads in to it does.
_WHOLE_YEARS = ("year", "years", "whole_year", "plan", "listed_years")
# 今年2月,上报…。拨付…: a month alone is when something was done, not up to when it is counted.
_ONE_MONTH = ("month", "near_month")

_ORDER = rx("<<promises.imperative>>")
# 五年来, 目前: what follows is of another time than what went before.
_OTHER_TIME = rx("年多?来|<<figures.since>>")
_NOW = rx("目前|现[有已]|[仍尚]有|还有")
_TO_DATE = rx("累计")
# 2019年签约的项目: the year says which projects.
_WHICH = rx("[一-龥、]{0,12}的")
_SHOWS = rx("(?:[^,;。]{0,16}<<figures.shows>>|度?|止),")
# 该小区建于2005年11月: when the thing came to be, not when it was counted.
_BUILT = rx("<<figures.built>>[于在]$")
_SINCE = rx("[一-龥]{1,8}以来")  # 2022年3月开工以来
_PRINTED = rx("[0-9]{4}")  # 2007年, 到2007年
_BEFORE = 4  # characters of such a verb with its preposition: 始建成于
_LINKS = rx("(?:[^一-龥]|<<figures.day_links>>|全[市县区省]|我[市县区省局委])*")


@dataclass(slots=True)
class Clock:
    """The period in force while the sentences of a paragraph are read in order.

    `goes_on`: whether it holds for the next sentence too; `opening`: whether it stood for the whole
    sentence, not for a part (其中); `since`: the sentence that printed it, `place`: the present;
    `figured`: whether this one has a figure; `used`: whether the period has dated one.
    """

    letter: Letter
    paragraph: int = -1
    period: Drafted[date] | None = None
    goes_on: bool = False
    figured: bool = False
    place: int = -1
    used: bool = False
    opening: bool = False
    since: int = -1
    _counted_in: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        hits = self.letter.days.between(0, len(self.letter.text))
        days = [hit.date for _first, _last, hit in hits if hit.kind == "as_of" and hit.date]
        self._counted_in = frozenset(day.year for day in days if (day.month, day.day) != (12, 31))

    def enter(self, sentence: Sentence) -> None:
        """Forget the period where a new paragraph, another item or a new sentence begins."""
        new = sentence.paragraph != self.paragraph or (sentence.numbering and not sentence.joined)
        # 2023年,完成投资3亿元。新建5座: without a subject it goes on
        begins = _ORDER.match(self.letter.text, sentence.body, sentence.end)
        leads = self.period is not None and (not self.figured or (self.opening and begins))
        if new or not (sentence.joined or self.goes_on or leads):
            self.paragraph, self.period = sentence.paragraph, None
        if not sentence.joined:
            self.figured, self.place = False, sentence.place

    def pass_over(self, start: int, end: int, *, figured: bool) -> None:
        """Take the period that a clause prints for those after it.

        今年1-7月, alone before a comma speaks for what follows; 2020年推行…机制 does not, unless
        the clause has a figure itself.
        """
        text = self.letter.text
        self.figured = self.figured or figured
        if _OTHER_TIME.search(text, start, end):
            self.period = None
        for first, last, hit in self._over(start, end):
            alone = last >= end - 1 or bool(_SHOWS.match(text, last, end))
            begins = bool(_LINKS.fullmatch(text, start, first))
            if not alone and self._says_which(last, end):
                continue
            if hit.open_end or hit.date is None:
                self.period = None if begins or alone else self.period
            elif hit.kind != "day" and (alone or (begins and figured)):
                self.opening = "其中" not in text[max(0, start - 3) : start + 2]
                self.used = False
                self.period, self.since = drafted_day(hit, hit.date), self.place
                once = hit.rule in _ONE_MONTH and hit.kind == "period"
                self.goes_on = hit.rule not in _WHOLE_YEARS and not once

    def as_of(self, start: int, at: int, place: int) -> Drafted[date] | None:
        """Return the end of the period of a figure at `at` in the clause from `start`; `place`:
        which number of the clause it is (一季度和上半年分别增长7.1%和7.9%).
        """
        text = self.letter.text
        earlier = self.since != self.place and _NOW.search(text, start, at)
        if earlier or _OTHER_TIME.search(text, start, at) or self._is_running(start, at):
            self.period = None
        hits = self._over(start, at)
        if "分别" in text[start:at] and place < len(hits) > 1:
            hits = [hits[place]]
        for first, last, hit in reversed(hits):
            begins = _LINKS.fullmatch(text, start, first)
            if not begins and self._says_which(last, at):
                continue
            if hit.open_end or hit.date is None or _SINCE.match(text, last, at):
                return None
            if not self._says_which(last, at):
                return drafted_day(hit, hit.date)
        again, self.used = self.used, True
        to_date = again and not self.goes_on and _TO_DATE.search(text, start, at)
        return None if to_date else self.period

    def _says_which(self, last: int, until: int) -> bool:
        """2019年签约的项目; the number itself is of the year in 2022年的76万吨."""
        text = self.letter.text
        return text[last:until] != "的" and bool(_WHICH.match(text, last, until))

    def _over(self, start: int, end: int) -> list[tuple[int, int, DateHit]]:
        """Periods that are over; of the year that is running only a part can be."""
        return [
            (first, last, hit)
            for first, last, hit in self.letter.days.between(start, end)
            if hit.kind in _REPORTS
            and not self._runs(hit)
            and not _BUILT.search(self.letter.text, max(start, first - _BEFORE), first)
        ]

    def _is_running(self, start: int, at: int) -> bool:
        """Whether the figure is of a year that goes on: 2023年发布视频20条, printed in June; 全年
        may be of the year before, as the sentence says.
        """
        hits = [hit for _first, _last, hit in self.letter.days.between(start, at)]
        named = bool(hits) and hits[-1].kind == "period" and hits[-1].words[:1].isdigit()
        return named and self._runs(hits[-1])

    def _runs(self, hit: DateHit) -> bool:
        """Whether the period ends with a year that is not over: with that of a day up to which the
        letter counts (截止2023年6月13日); a letter without a day may have been written when the
        year that it prints was.
        """
        day, year = hit.date, self.letter.year
        if day is None or year is None or day.year < year:
            return False
        if day.year in self._counted_in:
            return (day.month, day.day) == (12, 31)
        undated = self.letter.written is None and bool(_PRINTED.search(hit.words))
        return (day.month, day.day) == (12, 31) and not undated
