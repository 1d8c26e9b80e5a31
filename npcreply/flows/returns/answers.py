"""What a line of a return sheet reports: an entry, a request, what is asked about its cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from npcreply.dataclass import dataclass, field
from npcreply.domain.judging.sheet_rows import SheetRow
from npcreply.domain.judging.targets import TargetState, kind_of
from npcreply.domain.record.model import Target
from npcreply.errors import UsageError
from npcreply.flows import act, progress
from npcreply.flows.returns.reading import Line, Said
from npcreply.grammar import days, quantities
from npcreply.grammar.numerals import tidy
from npcreply.grammar.units import convert, in_full
from npcreply.language import _, listed, listed_apart
from npcreply.patterns import pattern
from npcreply.session import Session
from npcreply.views.return_sheet import DIFFICULT, DONE, DROP, EXTEND, STATES
from npcreply.workspace import Opened

_LONG = 1000  # characters of a note
_REASON = 500
_OLD = 270  # days back from which a day without a year may be of another one
_LEAPS = 10
_SURE_PERIOD = pattern("[底末止]|季度?|半年|全年")
_SHARE = Decimal(5)  # of a hundred: below it a fraction may be meant as it stands


@dataclass(frozen=True, slots=True)
class Question:
    """What nobody but a person can say: the column that is asked about, the sentence."""

    name: str
    words: str


@dataclass(slots=True)
class Answer:
    """What a line gives. `doubts` want a confirmation, `questions` another text in a cell; while
    there are any nothing of the line is taken. `told` is only said.
    """

    entry: dict[str, Any] | None = None
    request: dict[str, Any] | None = None
    questions: list[Question] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A line with what it is about: the record, the promise and target as they stand."""

    session: Session
    opened: Opened
    row: SheetRow
    line: Line
    as_of: Said
    source: str
    department: str | None

    @property
    def target(self) -> Target | None:
        return self.row.target

    @property
    def state(self) -> TargetState | None:
        return self.row.state


def answer(case: Case) -> Answer:
    """Return what the line reports; nothing of it is guessed."""
    made = Answer()
    line = case.line
    for at in line.formulas:
        made.questions.append(Question(_column(line, at), _("{at} 是公式，没有结果").format(at=at)))
    state = _state(case, made)
    figure = _figure(case, made)
    on = _day(case, made, needed=bool(figure))
    if figure and on:
        _compare(case, made, figure)
    _request(case, made, state)
    _entry(case, made, (state, figure, on))
    return made


def _column(line: Line, at: str) -> str:
    return next(name for name, said in line.cells.items() if said.address == at)


def _state(case: Case, made: Answer) -> str:
    said = case.line.text("state")
    if not said or said in STATES:
        return said
    words = _("{at}“{said}”不在六种状态里：{states}").format(
        at=case.line.at("state"), said=said, states=listed(STATES)
    )
    made.questions.append(Question("state", words))
    return ""


def _figure(case: Case, made: Answer) -> dict[str, Any] | None:
    """The figure with its unit, None for none and for one that is asked about."""
    line = case.line
    said = line.text("value")
    if not said:
        return None
    found = quantities.typed_figure(said)
    if found is None:
        words = _("{at}“{said}”读不出一个数").format(at=line.at("value"), said=said)
        made.questions.append(Question("value", words))
        return None
    unit = _unit(case, made, found.unit)
    if unit is None or case.target is None:
        return {"value": found.value, "unit": unit or found.unit} if not made.questions else None
    if _may_be_share(case.target, found, unit):
        words = _("{at}“{said}”是 {number}%，还是 {percent}%").format(
            at=line.at("value"),
            said=said,
            number=found.value,
            percent=f"{tidy(found.value * 100):f}",
        )
        made.questions.append(Question("value", words))
        return None
    about = {"approx": True} if found.approx else {}
    return {"target": case.target.id, "value": found.value, "unit": unit, **about}


def _may_be_share(target: Target, found: quantities.Figure, unit: str) -> bool:
    is_percent = unit in ("%", "％") and found.unit is None
    wanted = target.value or Decimal(0)
    return is_percent and 0 < found.value <= 1 and wanted >= _SHARE


def _unit(case: Case, made: Answer, typed: str | None) -> str | None:
    """The unit meant: typed beside the number, in the cell of units, else the target's."""
    beside, target = case.line.text("unit"), case.target
    goal = target.unit if target else None
    whole = in_full(typed, beside or goal) if typed else None
    if whole and beside and convert(Decimal(1), whole, beside) != 1:
        words = _("{at}“{said}”的单位是 {unit}，{other} 写的是 {beside}，以哪个为准").format(
            at=case.line.at("value"),
            said=case.line.text("value"),
            unit=typed,
            other=case.line.at("unit"),
            beside=beside,
        )
        made.questions.append(Question("value", words))
        return None
    unit = whole or beside or goal
    if target and convert(Decimal(1), unit, goal) is None:
        words = _("{at} 单位“{unit}”和目标的“{goal}”对不上").format(
            at=case.line.at("unit"), unit=unit or _("（无）"), goal=goal or _("（无）")
        )
        made.questions.append(Question("unit", words))
        return None
    return unit


def _day(case: Case, made: Answer, *, needed: bool) -> date | None:
    said, at = case.line.text("on"), case.line.at("on")
    if not said and case.as_of.text:
        said, at = case.as_of.text, case.as_of.address
    if not said:
        if needed:
            words = _("{at} 数据截至没有填，第 3 行也没有").format(at=at)
            made.questions.append(Question("on", words))
        return None
    made.dated = True
    try:
        on = act.reader(case.session, case.opened).as_of(said)
    except UsageError as error:
        made.questions.append(Question("on", f"{at}  {error.message}"))
        return None
    why = "；".join(_wrong_day(case, said, on))
    if why:
        made.questions.append(
            Question("on", _("{at}“{said}”{why}").format(at=at, said=said, why=why))
        )
        return None
    return on


def _wrong_day(case: Case, said: str, on: date) -> Iterator[str]:
    today = case.session.today
    last = case.row.last_on
    if on > today:
        yield _("晚于今天 {today}").format(today=today)
    elif not days.names_its_year(said, today) and (today - on).days > _OLD:
        yield _("没有写年份，是 {day} 吗").format(day=on)
    elif not days.typed_day(said, today, today.year).one and not _SURE_PERIOD.search(said):
        yield _("是哪一天，{day} 吗").format(day=on)
    if last and on < last:
        yield _("早于上次的 {last}").format(last=last)
    yield from act.before_start(case.opened, on)


def _compare(case: Case, made: Answer, figure: dict[str, Any]) -> None:
    """A cumulative number that shrinks, or leaps to ten times: a slip as likely as a fact."""
    state = case.state
    if state is None or state.printed is None or state.period:
        return
    last = convert(state.printed, state.printed_unit or state.target.unit, figure["unit"])
    if last is None or kind_of(state.target) not in ("level", "multiple"):
        return
    now, at = figure["value"], case.line.at("value")
    told = {"at": at, "now": f"{now:f}", "last": f"{last:f}", "day": state.as_of or "?"}
    if last > 0 and (now >= last * _LEAPS or now * _LEAPS <= last):
        words = _("{at} {now}，上次 {last}（{day}）：差十倍以上，单位错了吗")
        made.doubts.append(words.format(**told))
    elif now < last:
        made.doubts.append(_("{at} {now} 比上次 {last}（{day}）小").format(**told))


def _request(case: Case, made: Answer, state: str) -> None:
    wanted = _ASKS.get(state) or ("extension" if case.line.text("to") else None)
    if wanted is None:
        return
    line, reason = case.line, case.line.text("reason")
    request: dict[str, Any] = {"on": case.session.today, "asks": wanted}
    if wanted == "extension":
        request["to"] = _until(case, made)
        dated = case.target and case.target.deadline and case.target.deadline.date
        request["target"] = case.target.id if case.target and dated else None
    if wanted == "done":
        request["evidence"] = line.text("evidence")[:_REASON] or None
        _short_of_goal(case, made)
    elif not reason:
        words = _("{at} 没有写原因").format(at=line.at("reason"))
        made.questions.append(Question("reason", words))
    if len(reason) > _REASON:
        words = _("{at} 原因超过 {limit} 字").format(at=line.at("reason"), limit=_REASON)
        made.questions.append(Question("reason", words))
    request |= {"reason": reason or None, "source": case.source, "by": case.department}
    made.request = request


_ASKS = {EXTEND: "extension", DROP: "drop", DONE: "done"}


def _until(case: Case, made: Answer) -> date | None:
    said, at = case.line.text("to"), case.line.at("to")
    if not said:
        made.questions.append(Question("to", _("{at} 没有写延到哪天").format(at=at)))
        return None
    try:
        to = act.reader(case.session, case.opened, since=case.session.today).last_day(said)
    except UsageError as error:
        made.questions.append(Question("to", f"{at}  {error.message}"))
        return None
    due = case.row.deadline
    if due is None:
        made.questions.append(Question("to", _("{at} 这一项没有时限，谈不上延期").format(at=at)))
    elif to <= due:
        words = _("{at} {to} 不晚于现在的时限 {due}").format(at=at, to=to, due=due)
        made.questions.append(Question("to", words))
    return to


def _short_of_goal(case: Case, made: Answer) -> None:
    """A promise said to be kept is told with what speaks against it; the office closes it."""
    against = []
    if case.target and case.line.text("value") and case.row.goal:
        against.append(
            _("目标 {goal}，报 {value}").format(goal=case.row.goal, value=case.line.text("value"))
        )
    if not case.line.text("evidence"):
        against.append(_("没有佐证材料"))
    if against:
        made.told.append(
            _("{at} 报已完成：{why}").format(at=case.line.at("state"), why=listed_apart(against))
        )


def _entry(case: Case, made: Answer, found: tuple[str, dict[str, Any] | None, date | None]) -> None:
    state, figure, on = found
    line = case.line
    beside = figure if figure and "target" not in figure else None
    loose = f"{beside['value']:f}{beside['unit'] or ''}" if beside else ""
    said = [
        state,
        f"填报数 {loose}" if loose else "",
        line.text("note"),
        line.text("reason") if state == DIFFICULT or not made.request else "",
        f"佐证：{line.text('evidence')}" if line.text("evidence") else "",
    ]
    note = "；".join(filter(None, said))
    if len(note) > _LONG:
        words = _("{at} 说明超过 {limit} 字").format(at=line.at("note"), limit=_LONG)
        made.questions.append(Question("note", words))
    if not note and figure is None:
        return
    day = on or case.session.today
    measure = case.row.judged.line.measure
    several = len(measure.cadence) > 1
    cadence = (
        progress.served(case.session, measure, None, line.text("on"), day) if several else None
    )
    kept = figure if figure and not beside else {}
    whole = {"target": case.target.id} if case.target and not kept else {}
    made.entry = {"on": day, **whole, **kept, "cadence": cadence, "note": note or None}
    made.entry["source"] = case.source


def beside(case: Case) -> Answer:
    """Return what a line of 其他进展 reports of its promise: a figure that the sheet has no line
    for, with what it counts, or words.
    """
    made, line = Answer(), case.line
    said = line.text("value")
    found = quantities.typed_figure(said) if said else None
    if said and found is None:
        words = _("{at}“{said}”读不出一个数").format(at=line.at("value"), said=said)
        made.questions.append(Question("value", words))
    if found and not line.text("indicator"):
        words = _("{at} 没有写这是什么数").format(at=line.at("indicator"))
        made.questions.append(Question("indicator", words))
    on = _day(case, made, needed=bool(found))
    evidence = line.text("evidence")
    said_of = [line.text("note"), f"佐证：{evidence}" if evidence else ""]
    note = "；".join(filter(None, said_of))
    figure: dict[str, Any] = {}
    if found:
        unit = found.unit or line.text("unit") or None
        counted = line.text("indicator")[:200]
        figure = {"indicator": counted, "value": found.value, "unit": unit}
        figure |= {"approx": True} if found.approx else {}
    elif line.text("indicator"):
        note = "；".join(filter(None, [line.text("indicator"), note]))
    if len(note) > _LONG:
        words = _("{at} 说明超过 {limit} 字").format(at=line.at("note"), limit=_LONG)
        made.questions.append(Question("note", words))
    if note or found:
        made.entry = {"on": on or case.session.today, **figure, "note": note or None}
        made.entry["source"] = case.source
    return made
