"""Numbers reported as done or measured: with their day, and every rate printed with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

from npcreply.extract.days.dates import DateHit
from npcreply.extract.figures import names, tables, targets
from npcreply.extract.figures.numbered import Quantity, quantities
from npcreply.extract.figures.roles import FACT, GROWTH, HELD, PLAN, SHARE, TARGET, role
from npcreply.extract.model import Drafted, Figure, Goal, Promise, Rate
from npcreply.extract.sentences.letter import Letter, drafted_day
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import imperative

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

    letter: Letter
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
        begins = imperative().match(self.letter.text, sentence.body, sentence.end)
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
        if _OTHER.search(self.letter.text, start, end):
            self.told = None
        for first, last, hit in self._hits(start, end):
            alone = last >= end - 1 or bool(_SHOWS.match(self.letter.text, last, end))
            begins = bool(_LINKS.fullmatch(self.letter.text, start, first))
            if not alone and self._modifies(last, end):
                continue
            if hit.open_end or hit.date is None:
                self.told = None if begins or alone else self.told
            elif hit.kind != "day" and (alone or (begins and figured)):
                self.opening = "其中" not in self.letter.text[max(0, start - 3) : start + 2]
                self.used = False
                self.told, self.since = drafted_day(hit, hit.date), self.place
                self.goes_on = hit.rule not in _WHOLE_YEARS

    def as_of(self, start: int, at: int, place: int) -> Drafted[date] | None:
        """Return the end of the period of a figure at `at` in the clause from `start`; `place`:
        which number of the clause it is (一季度和上半年分别增长7.1%和7.9%).
        """
        earlier = self.since != self.place and _NOW.search(self.letter.text, start, at)
        if earlier or _OTHER.search(self.letter.text, start, at):
            self.told = None
        hits = self._hits(start, at)
        if "分别" in self.letter.text[start:at] and place < len(hits) > 1:
            hits = [hits[place]]
        for first, last, hit in reversed(hits):
            begins = _LINKS.fullmatch(self.letter.text, start, first)
            if not begins and self._modifies(last, at):
                continue
            if hit.open_end or hit.date is None:
                return None
            if not self._modifies(last, at):
                return drafted_day(hit, hit.date)
        again, self.used = self.used, True
        if again and not self.goes_on and _TO_DATE.search(self.letter.text, start, at):
            return None
        return self.told

    def _modifies(self, last: int, until: int) -> bool:
        """2019年签约的项目; the number itself is of the year in 2022年的76万吨."""
        return self.letter.text[last:until] != "的" and bool(
            _OF.match(self.letter.text, last, until)
        )

    def _runs(self, hit: DateHit) -> bool:
        """Whether the period ends with a year that is not over; a letter without a day may have
        been written when the year that it prints was.
        """
        day, home = hit.date, self.letter.year
        if day is None or home is None or day.year < home:
            return False
        undated = self.letter.header.reply_date is None and hit.words[:1].isdigit()
        return (day.month, day.day) == (12, 31) and not undated

    def _hits(self, start: int, end: int) -> list[tuple[int, int, DateHit]]:
        """Periods that are over; of the year that is running only a part can be."""
        return [
            (first, last, hit)
            for first, last, hit in self.letter.days.between(start, end)
            if hit.kind in _REPORTS and not self._runs(hit)
        ]


_OF_figures = {GROWTH: "growth", HELD: "target", SHARE: "total"}


class _Reader:
    """The numbers of one sentence after the other; a rate goes to the figure before it."""

    def __init__(self, letter: Letter) -> None:
        self.letter, self.clock = letter, Clock(letter)
        self.goals: list[Goal] = []
        self.figures: list[Figure] = []
        self._counted: list[str] = []  # the words before the number of each figure
        self._sentence = self._clause = -1
        self._first = 0  # the first figure of the sentence
        self._name = ""
        self._verdict: tuple[str, str] | None = None
        self._plan: tuple[Decimal, str | None] | None = None

    def read(self, told: Quantity) -> None:
        """Take one number."""
        verdict = role(self.letter, told)
        if told.share and told.share[0] and told.hit.percent:
            verdict = self._verdict  # 分别增长21%和26%: what the first is, the others are
        self._verdict = verdict
        if verdict is None:
            return
        self._go_to(told)
        what, rule = verdict
        if what in (TARGET, PLAN):
            self._add_goal(told, rule)
        elif not (self._is_rate_of_verb(told) if what == FACT else self._attached(told, what)):
            self._add_figure(told, rule)

    def _go_to(self, told: Quantity) -> None:
        if told.sentence.place != self._sentence:
            self._sentence, self._first = told.sentence.place, len(self.figures)
            self._name, self._plan = "", None

    def _add_goal(self, told: Quantity, rule: str) -> None:
        found = targets.goal(self.letter, told, rule, self._name)
        if rule == targets.IN_FORCE:
            self._plan = told.hit.value, told.hit.unit
        if rule == targets.IN_FORCE and len(self.figures) > self._first:
            found = replace(found, indicator=self.figures[-1].indicator)
        elif not found.indicator and self.goals:
            found = replace(found, indicator=self.goals[-1].indicator)
        self.goals.append(found)
        self._name = found.indicator

    def _add_figure(self, told: Quantity, rule: str) -> None:
        hit = told.hit
        since = told.clause.start if hit.from_ is None else told.opens
        start, end = self.letter.source(told.opens, max(told.end, told.closes))
        name = names.indicator(self.letter, told, self._name) or self._name
        growth = (self._rate(told, "growth"),) if hit.change == "growth" and hit.percent else ()
        self._name = name
        self._counted.append(self.letter.text[told.opens : told.start])
        self.figures.append(
            Figure(
                start=start,
                end=end,
                quote=self.letter.cleaned.text[start:end],
                rule=rule,
                sure=hit.sure and bool(name),
                indicator=name,
                value=hit.value,
                unit=hit.unit,
                approx=hit.approx or hit.beyond,
                scope=names.scope(self.letter, told),
                as_of=self.clock.as_of(since, told.start, told.place),
                level_before=hit.from_,
                rates=growth,
            )
        )

    def _attached(self, told: Quantity, what: str) -> bool:
        """Whether the rate found its figure: one of this sentence."""
        many = len(self.figures) - self._first
        if not many:
            return False
        which, of = told.share or (0, 1)
        place = len(self.figures) - of + which if of <= many else len(self.figures) - 1
        self._attach(place, self._rate(told, _OF_figures[what]))
        return True

    def _is_rate_of_verb(self, told: Quantity) -> bool:
        """已开工136个,开工率60.44%: the rate of what the verb counted."""
        verb = _rated_verb(self.letter, told)
        if not verb:
            return False
        places = range(len(self.figures) - 1, self._first - 1, -1)
        place = next((place for place in places if self._ends_with(place, verb)), None)
        if place is None:
            return False
        self._attach(place, self._rate(told, "total"))
        return True

    def _ends_with(self, place: int, verb: str) -> bool:
        """已开工136个."""
        return self._counted[place].rstrip("了约近超过").endswith(verb)

    def _attach(self, place: int, rate: Rate) -> None:
        figure = self.figures[place]
        end = max(figure.end, rate.end)
        self.figures[place] = replace(
            figure,
            rates=(*figure.rates, rate),
            end=end,
            quote=self.letter.cleaned.text[figure.start : end],
        )

    def _rate(self, told: Quantity, percent_of: str) -> Rate:
        start, end = self.letter.source(told.start, told.end)
        of, unit = self._plan if percent_of == "target" and self._plan else (None, None)
        if percent_of == "target":
            self._plan = None
        return Rate(
            percent=told.hit.value,
            percent_of=percent_of,
            start=start,
            end=end,
            words=self.letter.cleaned.text[start:end],
            of=of,
            of_unit=unit,
        )


def _rated_verb(letter: Letter, told: Quantity) -> str:
    """The 开工 of 开工率; "" for a rate that names more than a verb."""
    if not told.hit.percent:
        return ""
    left = letter.text[told.clause.start : told.start].rstrip("已达约近超为到至")
    return left[:-1] if left.endswith("率") and len(left) == 3 else ""


def read(letter: Letter, promises: list[Promise]) -> tuple[list[Goal], list[Figure]]:
    """Return the targets and the figures of the letter, each in the order of the text."""
    reader = _Reader(letter)
    by_clause: dict[int, list[Quantity]] = {}
    for told in quantities(letter, promises):
        by_clause.setdefault(told.clause.start, []).append(told)
    for sentence in letter.sentences:
        reader.clock.enter(sentence)
        for clause in sentence.clauses:
            found = by_clause.get(clause.start, [])
            for told in found:
                reader.read(told)
            reader.clock.pass_over(clause.start, clause.end, figured=bool(found))
    rows, done = tables.read(letter)
    goals = sorted([*targets.merged(reader.goals), *rows], key=attrgetter("start"))
    return goals, sorted([*reader.figures, *done], key=attrgetter("start"))
