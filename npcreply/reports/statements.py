"""What a report says, statement by statement: figures with their rates, and words of state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from npcreply.extract.figures.as_of import Clock
from npcreply.extract.figures.numbered import Number, numbers
from npcreply.extract.model import Drafted
from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.sentences.letter import drafted_day
from npcreply.extract.sentences.outline import STRONG, Sentence
from npcreply.extract.words import rx
from npcreply.reports import rows, states
from npcreply.reports.model import DONE, Rate, Statement, Zone
from npcreply.reports.names import pairs, without_numbers
from npcreply.reports.report import Report
from npcreply.reports.roles import (
    AHEAD,
    DIFFERENCE,
    EARLIER,
    MENTION,
    PERIOD,
    REST,
    TOLD,
    WHOLE,
    aside,
    is_rate,
)

OWN, CLAUSE, SENTENCE, LEAD, ROW, AFTER, BEFORE, OUTER = 1.0, 0.85, 0.75, 0.75, 0.95, 0.6, 0.4, 0.35
"""How much the words of each place say about what a statement is of."""


def statements(report: Report) -> list[Statement]:
    """Return what the report says, in its order; what it repeats in a table too."""
    tables = rows.Tables(report)
    reader = _Reader(report, tables)
    found = [one for sentence in report.letter.sentences for one in reader.read(sentence)]
    return sorted([*found, *tables.statements()], key=lambda one: one.start)


@dataclass(slots=True)
class _Reader:
    """The sentences one after the other, each under its headings."""

    report: Report
    tables: rows.Tables
    clock: Clock = field(init=False)
    headings: dict[float, str] = field(default_factory=dict)
    paragraph: int = -1
    lead: str = ""  # what the paragraph opens with: 种植:, 项目签约。, “新增40台”。
    before: str = ""  # the sentence before, of this paragraph
    ahead: bool = False  # what goes before in the sentence is still to come
    by_clause: dict[int, list[Number]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        letter = self.report.letter
        self.clock = Clock(letter)
        for number in numbers(letter, []):
            self.by_clause.setdefault(number.clause.start, []).append(number)

    def read(self, sentence: Sentence) -> list[Statement]:
        """Return what one sentence says."""
        row = self.tables.row_at(self._source(sentence.start))
        self.clock.enter(sentence)
        if _ASKS.search(self.report.letter.text, sentence.start, sentence.end):
            return []
        if row is None:
            self._enter(sentence)
        elif not row.told:
            return []
        found = self._figures(sentence, row)
        found += self._states(sentence, row, found)
        if not found and row is None:
            found.append(self._mention(sentence))
        self.before = self.report.letter.text[sentence.start : sentence.end]
        return found

    # --- where it stands

    def _enter(self, sentence: Sentence) -> None:
        text = self.report.letter.text
        new = sentence.paragraph != self.paragraph
        words = text[sentence.body : sentence.end]
        if new:
            self.paragraph, self.lead, self.before = sentence.paragraph, "", ""
        ended = text[sentence.end - 1] in "。;"
        alone = not ended
        followed = self._is_followed(sentence)
        if new and (alone or followed) and _is_heading(sentence, words):
            level = float(sentence.numbering.level) if sentence.numbering else _UNNUMBERED
            if level < _LOWEST:
                self.headings = {at: own for at, own in self.headings.items() if at < level}
                if alone or sentence.numbering:
                    self.headings[level] = words
            self.lead = words
        elif _label(sentence, text):
            self.lead = text[sentence.body : sentence.clauses[0].end]
        elif new and sentence.numbering and sentence.numbering.level < _LOWEST:
            level = float(sentence.numbering.level)
            self.headings = {at: own for at, own in self.headings.items() if at < level}

    def _is_followed(self, sentence: Sentence) -> bool:
        """Whether its paragraph goes on after it."""
        after = self.report.letter.sentences[sentence.place + 1 : sentence.place + 2]
        return bool(after) and after[0].paragraph == sentence.paragraph

    def _zones(self, sentence: Sentence, row: rows.Row | None, own: list[Zone]) -> tuple[Zone, ...]:
        if row is not None:
            return (*own, Zone(row.name, ROW))
        inner = [Zone(words, OUTER, heading=True) for words in self.headings.values()]
        if inner:
            inner[-1] = replace(inner[-1], weight=LEAD)
        again = _AGAIN.match(self.report.letter.text, sentence.body)
        near = [
            Zone(self.before, SENTENCE if again else BEFORE),
            Zone(self.lead, LEAD, heading=True),
        ]
        return tuple(zone for zone in (*own, *near, *inner) if zone.words)

    def _headings(self, row: rows.Row | None) -> tuple[str, ...]:
        lead = (self.lead,) if self.lead and self.lead not in self.headings.values() else ()
        return (*self.headings.values(), *lead, *((row.name,) if row else ()))

    def _source(self, place: int) -> int:
        return self.report.letter.cleaned.shadow.at[place]

    # --- figures

    def _figures(self, sentence: Sentence, row: rows.Row | None) -> list[Statement]:
        found: list[Statement] = []
        told: list[Number] = []
        self.ahead = sentence.mode == STRONG
        part = False
        for clause in sentence.clauses:
            counted = self.by_clause.get(clause.start, [])
            self._look_ahead(sentence, clause)
            for number in counted:
                part = part or "其中" in number.own(self.report.letter)
                if is_rate(self.report.letter, number) or self._goes_on(number, counted):
                    self._rate(found, number, sentence, row, told)
                    told = []
                    continue
                one = self._figure(sentence, number, row, part=part)
                if one.aside == TOLD:
                    told.append(number)
                found.append(one)
            self.clock.pass_over(clause.start, clause.end, figured=bool(counted))
        return self._with_told(found)

    def _look_ahead(self, sentence: Sentence, clause: Clause) -> None:
        if clause.past or "now" in clause.marks:
            self.ahead = False
        elif clause.start != sentence.body and self.ahead:
            return
        elif clause.future or "forecast" in clause.marks:
            first = min(at for name, at in clause.marks.items() if name not in _STILL)
            self.ahead = first <= clause.start + _OPENING
        for _first, _last, hit in self.report.letter.days.between(clause.start, clause.end):
            written = self.report.written
            if hit.kind == "deadline" and hit.date and written and hit.date > written:
                opens = hit.words[:1] in _NEXT_YEAR
                self.ahead = self.ahead or (opens and "done" not in clause.marks)

    def _goes_on(self, number: Number, counted: list[Number]) -> bool:
        """Whether it is a further rate of 分别完成103.5%和99.9%, 省定任务的105.9%、市定的75.3%."""
        share = number.share
        if not (number.hit.percent and share and share[0]):
            return False
        at = counted.index(number)
        return at > 0 and is_rate(
            self.report.letter, counted[at - 1 if share[0] == 1 else at - share[0]]
        )

    def _figure(
        self, sentence: Sentence, number: Number, row: rows.Row | None, *, part: bool
    ) -> Statement:
        letter, hit = self.report.letter, number.hit
        since = number.clause.start if hit.from_ is None else number.opens
        as_of = self._over(self.clock.as_of(since, number.start, number.place))
        own = letter.text[number.opens : number.start]
        if hit.from_ is not None:
            own = _FROM.sub("", own)
        rest = letter.text[number.end : number.closes]
        before = letter.text[number.clause.start : number.opens]
        own, before = _of_several(own, before, number)
        after = letter.text[number.closes : number.clause.end]
        start, end = letter.source(number.opens, max(number.end, number.closes))
        said = f"{own} {rest}"
        reason = aside(letter, number, ahead=self.ahead)
        zones = [
            Zone(said, OWN),
            Zone(before, CLAUSE),
            Zone(letter.text[sentence.body : number.clause.start], SENTENCE),
            Zone(after, AFTER),
        ]
        counted = self._clause_before(sentence, number)
        subject = _naming(_without_list(own, number), rest, before, counted)
        stages = states.stages(said) or states.stages(after) or states.stages(before)
        return Statement(
            start=start,
            end=end,
            quote=letter.cleaned.text[start:end],
            said=said,
            subject=subject,
            zones=self._zones(sentence, row, zones),
            headings=self._headings(row),
            paragraph=sentence.paragraph,
            sentence=sentence.place,
            value=hit.value,
            unit=hit.unit,
            approx=hit.approx or hit.beyond,
            as_of=as_of,
            growth=hit.change == "growth" and hit.percent,
            stages=stages,
            part=part,
            total=bool(_TOTAL.search(own)),
            aside=reason,
        )

    def _clause_before(self, sentence: Sentence, number: Number) -> str:
        """The clause before, where it counts something: 总产值1520亿元,增长5.4%."""
        if not number.nth:
            return ""
        clause = sentence.clauses[number.nth - 1]
        counts = clause.start in self.by_clause
        return self.report.letter.text[clause.start : clause.end] if counts else ""

    def _rate(
        self,
        found: list[Statement],
        number: Number,
        sentence: Sentence,
        row: rows.Row | None,
        told: list[Number],
    ) -> None:
        """A rate goes to the figure before it; 分别: each to its own."""
        letter = self.report.letter
        words = number.own(letter)
        of = told[-1].hit if told and told[-1].end <= number.start else None
        rate = Rate(number.hit.value, words, of.value if of else None, of.unit if of else None)
        places = [at for at, one in enumerate(found) if not one.aside and not one.part]
        places = places or [at for at, one in enumerate(found) if not one.aside]
        which, many = number.share or (0, 1)
        if not places:
            one = self._figure(sentence, number, row, part=False)
            found.append(replace(one, value=None, unit=None, rate=rate, aside=""))
            return
        place = places[-many + which] if many <= len(places) else places[-1]
        one = found[place]
        end = max(one.end, letter.source(number.start, number.end)[1])
        quote = letter.cleaned.text[one.start : end]
        if one.rate is None:
            found[place] = replace(one, rate=rate, end=end, quote=quote)
        else:  # 完成省定任务的105.9%、市定任务的75.3%: one number, two targets
            found.append(replace(one, rate=rate, end=end, quote=quote))

    def _with_told(self, found: list[Statement]) -> list[Statement]:
        """The targets and wholes that a sentence tells go to the figures of the same unit."""
        told = [one for one in found if one.aside in (TOLD, WHOLE)]
        out = []
        for one in found:
            own = tuple(
                (t.value, t.unit) for t in told if t.value is not None and t.start != one.start
            )
            out.append(one if one.aside or not own else replace(one, told=own))
        return out

    # --- words of state

    def _states(
        self, sentence: Sentence, row: rows.Row | None, figures: list[Statement]
    ) -> list[Statement]:
        letter, found = self.report.letter, list[Statement]()
        if letter.text[sentence.body : sentence.end] == self.lead:
            return found  # a heading: 已完成的事项。
        self.ahead = sentence.mode == STRONG
        for clause in sentence.clauses:
            self._look_ahead(sentence, clause)
            words = letter.text[clause.start : clause.end]
            day = self._day(clause)
            ahead = self.ahead or (clause.future and not clause.past) or "forecast" in clause.marks
            told = states.told(words, ahead=ahead, dated=day is not None)
            start, end = letter.source(clause.start, clause.end)
            counted = [one for one in figures if start <= one.start < end]
            beside = counted and all(one.aside in _OTHERS or one.part for one in counted)
            if not told or (beside and not told.changed):
                continue
            zones = [
                Zone(words, OWN),
                Zone(letter.text[sentence.body : clause.start], SENTENCE),
            ]
            found.append(
                Statement(
                    start=start,
                    end=end,
                    quote=letter.cleaned.text[start:end],
                    said=words,
                    subject=states.without_state(words),
                    zones=self._zones(sentence, row, zones),
                    headings=self._headings(row),
                    paragraph=sentence.paragraph,
                    sentence=sentence.place,
                    as_of=day if told.state == DONE else None,
                    state=told.state,
                    behind=told.behind,
                    changed=told.changed,
                )
            )
        return found

    def _mention(self, sentence: Sentence) -> Statement:
        """A sentence that says neither how much nor how far: its promise is not passed over."""
        letter = self.report.letter
        start, end = letter.source(sentence.start, sentence.end)
        words = letter.text[sentence.body : sentence.end]
        return Statement(
            start=start,
            end=end,
            quote=letter.cleaned.text[start:end],
            said=words,
            subject=words,
            zones=self._zones(sentence, None, [Zone(words, OWN)]),
            headings=self._headings(None),
            paragraph=sentence.paragraph,
            sentence=sentence.place,
            aside=MENTION,
        )

    def _over(self, day: Drafted[date] | None) -> Drafted[date] | None:
        """A day up to which the report counts is never after the report."""
        written, counted = self.report.written, self.report.as_of
        if day is None or written is None or day.value <= written:
            return day
        before = day.value.replace(year=day.value.year - 1) if day.value.day < _LEAP else None
        told = counted is not None and before is not None and before.year == counted.value.year
        return replace(day, value=before) if told and before else None

    def _day(self, clause: Clause) -> Drafted[date] | None:
        """The day in a clause that is over: 已于9月18日印发."""
        days = [
            self._over(drafted_day(hit, hit.date))
            for _first, _last, hit in self.report.letter.days.between(clause.start, clause.end)
            if hit.date and hit.kind in _OVER and not hit.open_end
        ]
        over = [day for day in days if day is not None]
        return over[-1] if over else None


_OTHERS = frozenset({AHEAD, DIFFERENCE, EARLIER, PERIOD, REST})
_UNNUMBERED, _LOWEST = 1.5, 5.0
_STILL = frozenset(
    {"done", "past", "now", "state", "refused", "courtesy", "asked", "if", "effect", "may"}
)
_OPENING = 12  # characters of a clause before a word of what is to come that rules all of it
_NEXT_YEAR = "明次来下"
_OVER = ("day", "period", "as_of", "deadline")
_ASKS = rx("<<reports.asks>>")
_AGAIN = rx("该项?|此项?|这[一项件]|上述")
_FROM = rx("[由从][^,;。]*$")
_TOTAL = rx("<<reports.totals>>")
_LONGEST_HEADING = 45
_STATES_OF_ITSELF = rx("<<reports.tells>>")
_SEVERAL = rx(
    "(?P<list>[一-龥A-Za-z“”、和及与]+?)(?:[两二三四五六七八九十0-9]+个?[一-龥]{0,3})?(?:均|各)?分别"
)


def _label(sentence: Sentence, text: str) -> bool:
    """种植:新发展9600亩: the sentence opens with the name of what it tells of."""
    if len(sentence.clauses) < 2:
        return False
    first = sentence.clauses[0]
    return text[first.end - 1] == ":" and first.end - first.start <= _LONGEST_LABEL


_LONGEST_LABEL = 14


def _is_heading(sentence: Sentence, words: str) -> bool:
    """Whether the first sentence of a paragraph only names what it is about."""
    if len(words) > _LONGEST_HEADING or "," in words[:-1].replace("”", ""):
        return words.endswith(":") and len(words) <= _LONGEST_HEADING
    quoted = words.startswith("“") or words.rstrip("。").endswith("”")
    if quoted or sentence.kind == "head":
        return True
    named = sentence.numbering is not None and words.rstrip("。").endswith(_NAMES_A_LIST)
    return named or not (_STATES_OF_ITSELF.search(words) or states.told_of(words))


_NAMES_A_LIST = ("事项", "情况", "方面", "任务", "项目", "工作", "进展")


def _of_several(own: str, before: str, number: Number) -> tuple[str, str]:
    """城东、城南两个片区分别供地980亩和640亩: each number has its own of the things listed."""
    share = number.share
    listed = _SEVERAL.search(before + own)
    if share is None or listed is None:
        return own, before
    names = [name for name in _BETWEEN.compiled.split(listed["list"]) if name]
    if len(names) != share[1]:
        return own, before
    rest = _DIGITS.compiled.split((before + own)[listed.end() :])[0]
    return f"{names[share[0]]} {rest}", ""


def _without_list(own: str, number: Number) -> str:
    """东门泵站、北塘泵站2座: so many names as the number says only tell which."""
    names = [name for name in _BETWEEN.compiled.split(own) if name]
    return "" if len(names) > 1 and len(names) == number.hit.value else own


def _naming(*places: str) -> str:
    """The nearest words that name something: of 开工6座、建成3座 those before them."""
    return next((words for words in places if pairs(without_numbers(words))), "")


_LEAP = 29
_DIGITS = rx("[0-9]")


_BETWEEN = rx("[、和及与]")
