"""What of a draft made elsewhere stands in the letter: every quote word for word, every number and
day inside its quote, as the one grammar reads them there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.extract.days import cadences
from npcreply.extract.days.dates import DateHit
from npcreply.extract.draft import Draft
from npcreply.extract.model import Doubt, Drafted, Goal, Promise
from npcreply.extract.numbers import quantities
from npcreply.extract.numbers.quantities import NumberHit
from npcreply.extract.reasons import against
from npcreply.extract.second.shape import DAYS, Item, Refused, Told, shown
from npcreply.extract.sentences.letter import days_of
from npcreply.language import _, listed

RULE = "second_reader"
_SHORTEST = 2  # characters of a quote, without blanks
_FORCES = ("firm", "effort", "conditional", "standing")
_BOUNDS, _CHANGES = (">=", "<=", "="), ("growth", "multiple")


@dataclass(frozen=True, slots=True)
class Checked:
    """What passed: header values with their words, promises with the targets in them, targets that
    stand alone; and all that was refused. `undated` are the starts of promises whose day was.
    """

    header: dict[str, Drafted[Any]]
    promises: tuple[tuple[Promise, tuple[Goal, ...]], ...]
    alone: tuple[Goal, ...]
    refused: tuple[Refused, ...]
    undated: frozenset[int]


def checked(found: Draft, told: Told) -> Checked:
    """Return what of the draft stands in the letter that `found` was read from."""
    return _Checking(found, told).result()


class _Squeezed:
    """A text without its blanks: pages break lines within words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = [at for at, letter in enumerate(text) if not letter.isspace()]
        self._bare = "".join(text[at] for at in self._marks)

    def place(self, words: str, start: int | None = None) -> tuple[int, int] | None:
        """Return where the words stand: from `start` on where they do, else at the first place."""
        if start is not None and self.text.startswith(words, start):
            return start, start + len(words)
        bare = "".join(words.split())
        at = self._bare.find(bare) if len(bare) >= _SHORTEST or bare.isalnum() else -1
        return None if at < 0 or not bare else self.between(at, at + len(bare))

    def between(self, first: int, last: int) -> tuple[int, int]:
        return self._marks[first], self._marks[last - 1] + 1


class _Checking:
    """One draft under check; `refused` grows on the way."""

    def __init__(self, found: Draft, told: Told) -> None:
        self.found = found
        self.told = told
        self.text = _Squeezed(found.text)
        self.days = days_of(found.text, found.header)
        self.refused = list(told.refused)
        self.undated: set[int] = set()

    def result(self) -> Checked:
        header = self._header()
        promises = [
            own for entry, item in self.told.measures if (own := self._promise(entry, item))
        ]
        numbers = (self._goal(entry, item, promises) for entry, item in self.told.targets)
        goals = [goal for goal in numbers if goal]
        pairs = [(one, tuple(goal for goal in goals if goal.is_in(one))) for one in promises]
        within = {goal.start for _promise, inside in pairs for goal in inside}
        alone = tuple(goal for goal in goals if goal.start not in within)
        return Checked(header, tuple(pairs), alone, tuple(self.refused), frozenset(self.undated))

    def _refuse(self, entry: str, value: object, why: str) -> None:
        self.refused.append(Refused(entry, shown(value), why))

    def _header(self) -> dict[str, Drafted[Any]]:
        """The values whose words the letter prints."""
        found: dict[str, Drafted[Any]] = {}
        for name, value in self.told.header.items():
            place = self._printed(name, value)
            if place is None:
                self._refuse(_("抬头"), f"{name}：{value}", _("原文里没有"))
                continue
            start, end = place
            words = self.found.text[start:end]
            doubt = against(RULE)
            found[name] = Drafted(value, start, end, words, RULE, doubt)
        return found

    def _printed(self, name: str, value: Any) -> tuple[int, int] | None:
        """Where the letter prints a value of the header: also where we read the very same."""
        ours = getattr(self.found.header, name)
        if ours and ours.value == value:
            return ours.start, ours.end
        if name in DAYS:
            hits = (hit for hit in self.days.hits if hit.date == value and hit.rule == "date")
            hit = next(hits, None) or next((h for h in self.days.hits if h.date == value), None)
            return (hit.start, hit.end) if hit else None
        if name == "year":
            hit = next((hit for hit in self.days.hits if hit.year == value), None)
            return (hit.start, hit.end) if hit else None
        place = self.text.place(value)
        if place and value.isdecimal():  # 58 is not the middle of a telephone number
            return self._whole_number(value)
        return place

    def _whole_number(self, digits: str) -> tuple[int, int] | None:
        text, at = self.found.text, -1
        while (at := text.find(digits, at + 1)) >= 0:
            around = text[max(0, at - 1) : at] + text[at + len(digits) : at + len(digits) + 1]
            if not any(letter.isdigit() for letter in around):
                return at, at + len(digits)
        return None

    def _place(self, entry: str, item: Item) -> tuple[int, int] | None:
        place = self.text.place(item["quote"], item.get("start"))
        if place is None:
            self._refuse(entry, item["quote"], _("引文不在原文里"))
        return place

    def _promise(self, entry: str, item: Item) -> Promise | None:
        place = self._place(entry, item)
        if place is None:
            return None
        start, end = place
        force = item.get("force", "firm")
        if force not in _FORCES:
            self._refuse(entry, force, _("没有这种力度"))
            force = "firm"
        quote = self.found.text[start:end]
        return Promise(
            start=start,
            end=end,
            quote=quote,
            rule=RULE,
            mine=True,
            doubt=against(RULE),
            force=Drafted(force, start, start, "", RULE),
            department=self._within(entry, item, "department", start, end),
            condition=self._within(entry, item, "condition", start, end),
            deadline=self._deadline(entry, item, [(start, end)]),
            cadence=self._cadence(entry, item, start, end),
            opens=start,
            closes=end,
            sentence=-1,
        )

    def _within(
        self, entry: str, item: Item, name: str, start: int, end: int
    ) -> Drafted[str] | None:
        said = item.get(name)
        if said is None:
            return None
        place = _Squeezed(self.found.text[start:end]).place(said)
        if place is None:
            self._refuse(entry, said, _("不在引文里"))
            return None
        first, last = start + place[0], start + place[1]
        return Drafted(said, first, last, self.found.text[first:last], RULE)

    def _cadence(self, entry: str, item: Item, start: int, end: int) -> tuple[Drafted[str], ...]:
        hits = {hit.every: hit for hit in cadences.find(self.found.text, start, end)}
        found = []
        for every in item.get("cadence", ()):
            hit = hits.get(every)
            if hit is None:
                self._refuse(entry, every, _("引文里没有这个周期"))
            else:
                found.append(Drafted(every, hit.start, hit.end, hit.words, RULE))
        return tuple(found)

    def _deadline(
        self, entry: str, item: Item, places: Sequence[tuple[int, int]]
    ) -> Drafted[date] | None:
        """The day where the words of one of the places mean it."""
        if "deadline" not in item:
            return None
        day, words = item["deadline"]
        hits = [hit for place in places for hit in self.days.between(*place)]
        fits = [hit for hit in hits if hit.date == day and _says(hit, words)]
        if day and fits:
            return Drafted(day, fits[0].start, fits[0].end, fits[0].words, RULE, fits[0].doubt)
        self._refuse(entry, listed(filter(None, (str(day or ""), words))), _no_day(hits))
        self.undated.add(places[0][0])
        return None

    def _goal(self, entry: str, item: Item, promises: Sequence[Promise]) -> Goal | None:
        place = self._place(entry, item)
        hit = self._number(entry, item, *place) if place else None
        if place is None or hit is None:
            return None
        start, end = place
        around = [(one.start, one.end) for one in promises if one.start <= start < one.end]
        return Goal(
            start=start,
            end=end,
            quote=self.found.text[start:end],
            rule=RULE,
            doubt=_in_theirs() if around else against(RULE),
            indicator=item.get("indicator", ""),
            comparator=self._comparator(entry, item, hit),
            value=hit.value,
            unit=hit.unit,
            approx=hit.approx,
            value_min=hit.value_min,
            value_max=hit.value_max,
            scope=item.get("scope"),
            deadline=self._deadline(entry, item, [place, *around]),
        )

    def _number(self, entry: str, item: Item, start: int, end: int) -> NumberHit | None:
        """The number of the quote that has the value and the unit told."""
        value, unit = item.get("value"), item.get("unit")
        hits = quantities.find(self.found.text, start, end)
        bounds = [item[name] for name in ("value_min", "value_max") if name in item]
        for hit in hits:
            own = {hit.value, hit.value_min, hit.value_max}
            if value == hit.value and own.issuperset(bounds) and unit in (None, hit.unit):
                return hit
        printed = listed(hit.words for hit in hits)
        why = _("引文里没有这个数；有的是 {numbers}").format(numbers=printed)
        self._refuse(entry, _amount(value, unit), why if hits else _("引文里没有数"))
        return None

    def _comparator(self, entry: str, item: Item, hit: NumberHit) -> str:
        change = (
            hit.change if hit.change in _CHANGES and (hit.percent or hit.unit == "倍") else None
        )
        own = change or hit.comparator or ">="
        said = item.get("comparator", own)
        bounds = said in _BOUNDS and hit.comparator in (None, said)
        known = bounds or (said in _CHANGES and hit.change == said)
        if known:
            return str(said)
        self._refuse(entry, said, _("引文里说的不是这个意思（{words}）").format(words=hit.words))
        return own


def _in_theirs() -> Doubt:
    """The doubt of a number that is taken with its promise."""
    return against("in_doubtful_promise", facts={"why": against(RULE).message})


def _says(hit: DateHit, words: str) -> bool:
    """Whether the words of a day are those told, be they cut shorter or longer."""
    own, told = "".join(hit.words.split()), "".join(words.split())
    return own in told or told in own


def _no_day(hits: Sequence[DateHit]) -> str:
    read = dict.fromkeys(f"{hit.words}={hit.date}" for hit in hits if hit.date)
    if not read:
        return _("引文里没有日子")
    return _("引文里的日子是 {days}").format(days=listed(read))


def _amount(value: Decimal | None, unit: str | None) -> str:
    return f"{'' if value is None else format(value, 'f')}{unit or ''}" or _("（没有写数）")
