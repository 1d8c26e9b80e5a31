"""The doubtful values of what a clerk takes: each is taken, left out or put right by a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from npcreply.dataclass import replace
from npcreply.errors import UsageError
from npcreply.extract.candidates import Candidate
from npcreply.extract.draft import Draft
from npcreply.extract.model import Drafted, Figure, Goal
from npcreply.extract.points import Answer, Answers, Point, points
from npcreply.flows.correct import typed_targets
from npcreply.flows.entry.questions import BACK, Entry
from npcreply.grammar.cadences import typed_cadence
from npcreply.grammar.quantities import typed_figure
from npcreply.language import _
from npcreply.session import Session
from npcreply.store.values import Typed
from npcreply.views import points as views

TAKEN, LEFT = "y", "n"
_LEAVING = frozenset({"", "n", "0", "-", "否", "不", "不录"})
_TAKING = frozenset({"y", "yes", "是", "对"})


def answers(session: Session, entry: Entry, found: Draft, chosen: Sequence[Candidate]) -> Answers:
    """Return what the entry says of the doubtful values of `chosen`; what it says nothing of is
    left out.
    """
    typed = _typed(session, entry, found)
    read: dict[str, Answer] = {}
    while fresh := [one for one in points(found, chosen, read) if one.key not in read]:
        read |= {one.key: answer(one, entry.settled.get(one.key, LEFT), typed) for one in fresh}
    return read


def answer(point: Point, said: str, typed: Typed) -> Answer:
    """Return what an answer means for the point; raises UsageError where it cannot be read."""
    if said.lower() in _TAKING:
        return True
    if said.lower() in _LEAVING:
        return False
    told = point.told
    if isinstance(told, Goal):
        return replace(told, indicator=said) if point.what == "indicator" else _target(told, said)
    return _figure(told, said) if isinstance(told, Figure) else _value(point, told, said, typed)


def _value(point: Point, told: Drafted[Any], said: str, typed: Typed) -> Drafted[Any]:
    reader = _READERS[point.what]
    return replace(told, value=reader(said, typed), doubt=None)


def _due(said: str, typed: Typed) -> Any:
    day = typed.deadline(said).get("date")
    if day is None:
        raise UsageError(
            _("“{said}”没有说到哪一天").format(said=said), _("写一个日子；不录就按回车。")
        )
    return day


def _every(said: str, _typed: Typed) -> str:
    found = typed_cadence(said)
    if found is None:
        raise UsageError(_("看不懂周期“{said}”").format(said=said), _("如 每月、每季度、每年。"))
    return found


def _body(said: str, _typed: Typed) -> str:
    return said


def _as_of(said: str, typed: Typed) -> Any:
    return typed.header_day(said)


_READERS: dict[str, Callable[[str, Typed], Any]] = {
    "deadline": _due,
    "due": _due,
    "cadence": _every,
    "department": _body,
    "as_of": _as_of,
}


def _target(told: Goal, said: str) -> Goal:
    """A target as it is typed in place of the one read; its day is still the letter's."""
    found = typed_targets(said)[0]
    growing = found["kind"] in ("growth", "multiple")
    low, high = found.get("value_min"), found.get("value_max")
    return replace(
        told,
        indicator=found["indicator"],
        comparator=found["kind"] if growing else found["comparator"],
        value=low if low is not None else found["value"],
        value_min=low,
        value_max=high,
        unit=found.get("unit"),
        approx=bool(found.get("approx")),
        doubt=None,
    )


def _figure(told: Figure, said: str) -> Figure:
    found = typed_figure(said)
    if found is None:
        raise UsageError(_("看不懂数“{said}”").format(said=said), _("如 5.5公里、300个。"))
    unit = found.unit or told.unit
    return replace(told, value=found.value, unit=unit, approx=found.approx, rates=(), doubt=None)


def _typed(session: Session, entry: Entry, found: Draft) -> Typed:
    header = found.header
    year = header.year.value if header.year and header.year.sure else None
    dated = replace(entry, year=entry.year or year)
    if header.reply_date and header.reply_date.sure and not entry.since:
        dated = replace(dated, since=header.reply_date.value.isoformat())
    return dated.typed(session.workspace.schema, session.today)


class Settling:
    """The doubtful values of what was chosen, asked one by one; `line` asks, `view` shows where
    the words of a candidate stand.
    """

    def __init__(
        self,
        session: Session,
        line: Callable[[str], str],
        view: Callable[[int], None],
        entry: Entry,
        found: Draft,
        chosen: Sequence[Candidate],
    ) -> None:
        self.session = session
        self.line = line
        self.view = view
        self.entry = entry
        self.found = found
        self.chosen = chosen
        self.given: list[str] = []  # the keys answered here, in order

    def decided(self) -> str:
        """Ask for each point: "" when all are answered, BACK to choose again."""
        while (point := self._next()) is not None:
            said = self._asked(point)
            if said != BACK:
                self.entry.settled[point.key] = said or LEFT
                self.given.append(point.key)
            elif self.given:
                del self.entry.settled[self.given.pop()]
            else:
                return BACK
        return ""

    def _next(self) -> Point | None:
        read = answers(self.session, self.entry, self.found, self.chosen)
        every = points(self.found, self.chosen, read)
        return next((one for one in every if one.key not in self.entry.settled), None)

    def _asked(self, point: Point) -> str:
        """Ask until the answer can be read."""
        output = self.session.output
        for text, style in views.point_lines(point, self.session.workspace.schema):
            for row in output.folded(text, 8):
                output.line(row, style)
        typed = _typed(self.session, self.entry, self.found)
        while True:
            said = self.line(views.question(point)).strip()
            if said == BACK:
                return said
            if said.lower() == "v":
                self.view(point.number)
                continue
            try:
                answer(point, said, typed)
            except UsageError as error:
                output.warning(error.in_a_line)
            else:
                return said
