"""A figure typed into an exported ledger: 当前值 with its 数据截至 is a new line of progress."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.checks import MUST_CONFIRM
from npcreply.domain.judging import preconditions
from npcreply.domain.judging.targets import kind_of
from npcreply.domain.record.model import Entry, Measure, Target
from npcreply.errors import UsageError
from npcreply.flows import act, progress
from npcreply.grammar import days
from npcreply.grammar.units import convert
from npcreply.language import _, with_aside
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.codec import Decoded
from npcreply.workspace import Opened

COLUMNS = ("latest", "as_of")
"""The columns of a figure: what was reached, and by what day."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure as a row says it: its value and day, and the row's other cells, which tell which
    target it is of; `number` of the promise, `target` where the row names it by its id.
    """

    cells: Mapping[str, str]
    number: int
    target: int | None

    @property
    def value(self) -> str:
        return self.cells.get("latest", "")

    @property
    def day(self) -> str:
        return self.cells.get("as_of", "")


def of_row(subject: str, cells: Mapping[str, str]) -> Typed:
    """Return the figure of a row; `subject` is the id of its promise or target."""
    promise, _colon, target = subject.partition(":")
    return Typed(cells, int(promise.rpartition(".")[2]), int(target) if target else None)


def is_on_record(typed: Typed, opened: Opened) -> bool:
    """Whether the record has the figure of that day: the row is as an older export wrote it."""
    measure, on = _measure(typed, opened), _plain_day(typed.day)
    return any(
        entry.value is not None and entry.on == on and _in_unit(entry, target) == said
        for target in _targets(typed, measure)
        if (said := _read_in_unit(typed, measure, target)) is not None
        for entry in measure.log
        if entry.target == target.id
    )


def amendment(session: Session, opened: Opened, typed: Typed, source: str) -> amend.Amendment:
    """Return what enters the figure; raises UsageError where a value, a day or the target may be
    meant otherwise.
    """
    measure = _measure(typed, opened)
    target = _the_target(typed, measure)
    on = _day(session, opened, typed)
    figure = _figure(typed, measure, target)
    _hold_against(measure, target, on, figure)
    item = {"on": on, **figure, "source": source, "by": session.by, "entered": session.today}
    return amend.appended(measure.id, "log", item)


def refuse_improbable(session: Session, opened: Opened, after: Decoded) -> None:
    """Raise UsageError for a figure that a slip of the hand would make."""
    doubts = act.new_doubts(session, after, opened.decoded.text)
    said = next((doubt.message for doubt in doubts if doubt.code in MUST_CONFIRM), None)
    if said:
        raise UsageError(said, _("核对；确实如此就用 npcreply log 记，加 --yes。"))


def _measure(typed: Typed, opened: Opened) -> Measure:
    return next(each for each in opened.record.measures if each.id == typed.number)


def _targets(typed: Typed, measure: Measure) -> list[Target]:
    """Return the targets that the row may be about, by its id, else by what it calls them."""
    if typed.target is not None:
        return [each for each in measure.targets if each.id == typed.target]
    said = {name: typed.cells[name] for name in ("indicator", "unit") if name in typed.cells}
    return [
        each
        for each in measure.targets
        if all((getattr(each, name) or "") == text for name, text in said.items())
    ]


def _the_target(typed: Typed, measure: Measure) -> Target:
    found = _targets(typed, measure)
    if len(found) == 1:
        return found[0]
    if not measure.targets:
        raise UsageError(
            _("没有量化目标，当前值记不上"), _("这个数用 npcreply log --indicator 记。")
        )
    raise UsageError(
        _("看不出当前值是哪个目标的"), _("用 export --rows target 的表来填，一个目标一行。")
    )


def _figure(typed: Typed, measure: Measure, target: Target) -> dict[str, Any]:
    try:
        return progress.Figure(typed.value, target=target.id).read(measure)
    except UsageError as error:
        goal = with_aside(target.indicator, target.unit or "")
        words = _("当前值“{value}”不是“{goal}”的数").format(value=typed.value, goal=goal)
        raise UsageError(
            words, _("写成数，单位同目标；不是这个目标的数用 npcreply log --indicator 记。")
        ) from error


def _read_in_unit(typed: Typed, measure: Measure, target: Target) -> Any:
    """Return the row's value in the target's unit; None for one that is no number of it."""
    try:
        figure = _figure(typed, measure, target)
    except UsageError:
        return None
    return convert(figure["value"], figure["unit"], target.unit)


def _plain_day(text: str) -> date | None:
    try:
        return days.typed_day(text, date.min, None).date if text else None
    except days.DayError:
        return None


def _day(session: Session, opened: Opened, typed: Typed) -> date:
    if not typed.day:
        raise UsageError(
            _("当前值写了 {value}，没有写数据截至").format(value=typed.value),
            _("写上是截至哪天的数。"),
        )
    on = _plain_day(typed.day)
    if on is None:
        act.reader(session, opened).as_of(typed.day)  # says what is wrong with what is no day
        raise UsageError(
            _("数据截至“{day}”没有写哪一年").format(day=typed.day),
            _("写上年份，如 {day}。").format(day=session.today),
        )
    preconditions.progress(on, session.today, _("数据截至"))
    for doubt in act.before_start(opened, on):
        raise UsageError(doubt, _("核对 {option}。").format(option=_("数据截至")))
    return on


def _hold_against(measure: Measure, target: Target, on: date, figure: dict[str, Any]) -> None:
    """Raise UsageError for a figure that is not later than what is known, or a level that falls."""
    known = [e for e in measure.log if e.target == target.id and e.value is not None and e.on]
    last = max(known, key=lambda entry: entry.on or date.min, default=None)
    if last is None or last.on is None:
        return
    before = _said(_in_unit(last, target), target)
    if on <= last.on:
        words = _("已经记了 {last} 的数 {before}，数据截至 {day} 不比它晚")
        raise UsageError(
            words.format(last=last.on, before=before, day=on),
            _("是新的数，数据截至也要改；原来录错的用 npcreply edit 改，补以前的用 npcreply log。"),
        )
    value, held = convert(figure["value"], figure["unit"], target.unit), _in_unit(last, target)
    if kind_of(target) == "level" and value is not None and held is not None and value < held:
        words = _("{value} 比 {day} 记的 {last} 还小")
        raise UsageError(
            words.format(value=_said(value, target), day=last.on, last=before),
            _("核对；确实如此就用 npcreply log 记，加 --yes。"),
        )


def _in_unit(entry: Entry, target: Target) -> Any:
    return (
        convert(entry.value, entry.unit or target.unit, target.unit) if entry.value else entry.value
    )


def _said(value: Any, target: Target) -> str:
    return f"{value}{target.unit or ''}"
