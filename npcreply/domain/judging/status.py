"""How one promise stands on a day: late, to be closed, open, closed early, in time or late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.pace import Pace, Verdict, paces
from npcreply.domain.judging.repeating import Repeating, repeating
from npcreply.domain.judging.targets import TargetState, target_states
from npcreply.domain.record.lines import (
    MeasureLine,
    ReplyLine,
    closed_for_good_on,
    contacts,
    deadlines,
)
from npcreply.domain.record.model import Closing, Entry, Measure
from npcreply.domain.record.settings import Settings
from npcreply.domain.time.as_of import AsOf, closing_in_force, seen
from npcreply.domain.time.deadlines import Due, measure_due, target_due
from npcreply.grammar.calendar_periods import Period


class Status(StrEnum):
    """Never stored, always computed for a day; the order is the order of attention."""

    OVERDUE = "overdue"
    TO_VERIFY = "to_verify"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    OPEN = "open"
    UNDATED = "undated"
    CONDITIONAL = "conditional"
    DONE_EARLY = "done_early"
    DONE = "done"
    DONE_EXTENDED = "done_extended"
    DONE_LATE = "done_late"
    DROPPED = "dropped"
    MERGED = "merged"
    SUPERSEDED = "superseded"


DEFAULT = Settings()
KEPT = frozenset({Status.DONE_EARLY, Status.DONE, Status.DONE_EXTENDED, Status.DONE_LATE})
CLOSED = KEPT | {Status.DROPPED, Status.MERGED, Status.SUPERSEDED}
OPEN = frozenset(Status) - CLOSED


class Alert(StrEnum):
    """The three lights, the worst first."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"


BY_DEADLINE: dict[Status, Alert] = {
    Status.OVERDUE: Alert.RED,
    Status.TO_VERIFY: Alert.YELLOW,
    Status.DUE_TODAY: Alert.YELLOW,
    Status.DUE_SOON: Alert.YELLOW,
    Status.OPEN: Alert.GREEN,
}
"""What a deadline lights by itself; `lights` puts it together with the pace of the numbers."""


class NextStep(StrEnum):
    """What the office does next; the first that fits."""

    VERIFY = "verify"
    YEAR_END_FIGURE = "year_end_figure"
    LATEST_FIGURE = "latest_figure"
    FIRST_FIGURE = "first_figure"
    FIRST_PROGRESS = "first_progress"
    ASK_PROGRESS = "ask_progress"
    PERIODIC = "periodic"
    WAIT_CONDITION = "wait_condition"
    ADD_DEADLINE = "add_deadline"
    WAIT_EXTENDED = "wait_extended"
    ASK_REPLY = "ask_reply"
    ASK_OPINION = "ask_opinion"
    ASK_REPORT = "ask_report"
    ASK_ANSWER = "ask_answer"
    ASK_CONTACT = "ask_contact"
    HAND_OVER = "hand_over"
    TELL_DEPUTIES = "tell_deputies"
    ASK_SHEET = "ask_sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A promise with everything that depends on the day. Days are calendar days; `days_late` is
    None unless the status is overdue, `days_left` None without a deadline ahead; `repeating` has
    the periods of a repeating promise, as they stood when it was closed.
    """

    line: MeasureLine
    as_of: AsOf
    settings: Settings
    status: Status
    deadline: date | None
    original_deadline: date | None
    extensions: int
    days_late: int | None
    days_left: int | None
    targets: tuple[TargetState, ...]
    last: Entry | None
    closing: Closing | None
    reminders: int
    last_reminder: date | None
    next_step: NextStep | None
    repeating: tuple[Repeating, ...] = ()

    @property
    def failed(self) -> int:
        """Return how many periods of a repeating promise were not kept."""
        return sum(len(one.failed) for one in self.repeating)

    @property
    def id(self) -> str:
        return self.line.id

    @property
    def key(self) -> str:
        """Return what tells this row from every other of the same day."""
        return self.line.id

    @property
    def reply(self) -> ReplyLine:
        return self.line.reply

    @property
    def departments(self) -> tuple[str, ...]:
        return self.line.departments

    @property
    def contacts(self) -> tuple[str, ...]:
        """Return who is called at the bodies that must act."""
        return contacts(self.departments, self.reply, self.settings)

    @property
    def alert(self) -> Alert | None:
        """Return the light; see `lights`, where it is lit."""
        if self.status is Status.OVERDUE:
            return Alert.RED

        return alert_of(self)


def replied_by(line: MeasureLine, as_of: AsOf) -> bool:
    """Return whether the reply had been given by then; one without a date always had."""
    return line.replied is None or as_of.has_come(line.replied)


class Span(NamedTuple):
    """The days between which a promise can be late: cheap, for replays; `judge` decides. `first` is
    its first deadline, None where it has none; `closed` the day from which it stays closed.
    """

    first: date | None
    closed: date | None

    def holds(self, as_of: AsOf) -> bool:
        """Return whether the promise can be late on the day."""
        if self.first is None or not as_of.is_over(self.first):
            return False
        return self.closed is None or not as_of.has_come(self.closed) or as_of.known_on is not None


def late_span(line: MeasureLine) -> Span:
    """Return the days between which the promise can be late."""
    days = deadlines(line.measure)
    return Span(days[0] if days else None, closed_for_good_on(line.measure))


class Decided(NamedTuple):
    """What decides how a promise stands on a day; see `Judged`."""

    status: Status
    due: Due
    targets: tuple[TargetState, ...]
    closing: Closing | None
    repeating: tuple[Repeating, ...]


def decided(line: MeasureLine, as_of: AsOf, settings: Settings) -> Decided:
    """Return how a promise stands on a day, without what is only told of it; see `judge`."""
    measure = line.measure
    found = tuple(target_states(measure, as_of))
    closing = closing_in_force(measure, as_of)
    judged_on = AsOf(min(as_of.day, closing.on), as_of.known_on) if closing else as_of
    periods = repeating(line, judged_on, settings)
    whole = _as_a_whole(found, periods)
    due = final_due(measure, judged_on) if closing else deciding_due(measure, whole, as_of)
    kept = not _failed(periods)
    status = _closed_status(closing, due, missed=not kept) or _open_status(
        measure, due.date, whole, as_of, settings.soon_days, kept=kept
    )
    return Decided(status, due, found, closing, periods)


def judge(line: MeasureLine, as_of: AsOf, settings: Settings = DEFAULT) -> Judged:
    """Judge one promise on a day.

    Late means: the deadline in force lies before the day and the promise was not closed by then.
    The day itself is never late (民法典 art. 203: the last day ends at midnight). A promise whose
    targets are all met but which nobody closed is to be verified, not late; of a repeating promise
    no period may have failed.
    """
    measure = line.measure
    by = decided(line, as_of, settings)
    status, due, found, closing = by.status, by.due, by.targets, by.closing
    entries = seen(measure.log, as_of)
    reminders = seen(measure.reminders, as_of)
    return Judged(
        line=line,
        as_of=as_of,
        settings=settings,
        status=status,
        deadline=due.date,
        original_deadline=due.original,
        extensions=due.extensions,
        days_late=as_of.days_late(due.date) if status is Status.OVERDUE else None,
        days_left=as_of.days_left(due.date) if status not in CLOSED else None,
        targets=found,
        last=entries[-1] if entries else None,
        closing=closing,
        reminders=len(reminders),
        last_reminder=reminders[-1].on if reminders else None,
        next_step=_next_step(measure, status, due) or _ask(status, found, entries, due.date),
        repeating=by.repeating,
    )


def _as_a_whole(
    found: Iterable[TargetState], periods: tuple[Repeating, ...]
) -> tuple[TargetState, ...]:
    """Return the states as the whole promise has them: a number that every period reaches is met
    once all of them have, not by the period of the day.
    """
    if not periods:
        return tuple(found)
    complete = all(one.complete for one in periods)
    return tuple(replace(state, met=complete) if state.period else state for state in found)


def _failed(periods: Iterable[Repeating]) -> list[Period]:
    return sorted(period for one in periods for period in one.failed)


def deciding_due(measure: Measure, found: Sequence[TargetState], as_of: AsOf) -> Due:
    """Return the deadline that decides: the earliest one not yet met.

    The promise's own deadline counts as unmet unless every target is met, or an extension was
    granted for each one that is left; when all are met the latest deadline is the one that the
    promise was kept by. Forecasts are owed by nobody.
    """
    own = measure_due(measure, as_of)
    if not found:
        return own
    owed = [state for state in found if not state.target.forecast]
    unmet = [state for state in owed if not state.met]
    dues = [target_due(measure, state.target, as_of) for state in unmet or owed]
    granted = {move.target for move in seen(measure.extensions, as_of)}
    if any(state.target.id not in granted for state in unmet):
        dues.append(own)
    dated = [due for due in dues if due.date]
    if not dated:
        return own
    return (min if unmet else max)(dated, key=lambda due: due.date or date.max)


def final_due(measure: Measure, as_of: AsOf) -> Due:
    """Return what a closing is held against: the last of all deadlines in force, but while a number
    is unmet the one that decides, so that what was late does not become early by being closed.
    Asked for the day of the closing: an extension granted after it makes nothing in time.
    """
    if not measure.targets:
        return measure_due(measure, as_of)
    found = [state for state in target_states(measure, as_of) if not state.target.forecast]
    if not all(state.met for state in found):
        return deciding_due(measure, found, as_of)
    dues = [target_due(measure, state.target, as_of) for state in found]
    dated = [due for due in (measure_due(measure, as_of), *dues) if due.date]
    return max(dated, key=lambda due: due.date or date.min) if dated else Due(None, None)


def _closed_status(closing: Closing | None, due: Due, *, missed: bool) -> Status | None:
    """Early and in time are held against the first date: an extension makes nothing early, what it
    was granted for is kept after extension. What was done with a period missed is late, whatever
    its last day: that period cannot come again.
    """
    if closing is None:
        return None
    if closing.as_ != "done":
        return Status(closing.as_)
    if missed or (due.date and closing.on > due.date):
        return Status.DONE_LATE
    if due.date is None:
        return Status.DONE
    first = due.original or due.date
    if closing.on > first:
        return Status.DONE_EXTENDED
    return Status.DONE if closing.on == first else Status.DONE_EARLY


def _open_status(
    measure: Measure,
    due: date | None,
    found: tuple[TargetState, ...],
    as_of: AsOf,
    soon_days: int,
    *,
    kept: bool,
) -> Status:
    owed = [state for state in found if not state.target.forecast]
    if owed and kept and all(state.met for state in owed):
        return Status.TO_VERIFY
    return undecided(due, measure.force, as_of, soon_days)


def undecided(due: date | None, force: str | None, as_of: AsOf, soon_days: int) -> Status:
    """Return how a promise stands that is neither closed nor met, by the deadline that decides."""
    if due is None:
        return Status.CONDITIONAL if force == "conditional" else Status.UNDATED
    return open_status(due, as_of, soon_days)


def open_status(due: date, as_of: AsOf, soon_days: int) -> Status:
    """Return how something still owed by a day stands."""
    left = as_of.days_left(due)
    if left is None:
        return Status.OVERDUE
    if left == 0:
        return Status.DUE_TODAY
    return Status.DUE_SOON if left <= soon_days else Status.OPEN


def _next_step(measure: Measure, status: Status, due: Due) -> NextStep | None:
    if status is Status.TO_VERIFY:
        return NextStep.VERIFY
    if status is Status.CONDITIONAL:
        return NextStep.WAIT_CONDITION
    if status is Status.UNDATED:
        return NextStep.PERIODIC if measure.cadence else NextStep.ADD_DEADLINE
    waiting = status in (Status.OPEN, Status.DUE_SOON) and due.extensions
    return NextStep.WAIT_EXTENDED if waiting else None


def _ask(
    status: Status, found: tuple[TargetState, ...], entries: list[Entry], due: date | None
) -> NextStep | None:
    """What to ask for once the last day has come; a number that is forecast is asked of nobody."""
    if status not in (Status.OVERDUE, Status.DUE_TODAY) or due is None:
        return None
    owed = [state for state in found if not state.target.forecast]
    if not owed:
        return NextStep.ASK_PROGRESS if entries else NextStep.FIRST_PROGRESS
    if not any(state.printed is not None for state in owed):
        return NextStep.FIRST_FIGURE
    missing = any((state.as_of or date.min) < due for state in owed if not state.met)
    at_year_end = (due.month, due.day) == (12, 31)
    return NextStep.YEAR_END_FIGURE if at_year_end and missing else NextStep.LATEST_FIGURE


LIGHTS: dict[Verdict, Alert] = {
    Verdict.MISSED: Alert.RED,
    Verdict.NO_FINAL: Alert.RED,
    Verdict.BROKEN: Alert.RED,
    Verdict.UNREACHABLE: Alert.RED,
    Verdict.FAR_BEHIND: Alert.RED,
    Verdict.BEHIND: Alert.YELLOW,
    Verdict.MID_SHORT: Alert.YELLOW,
    Verdict.STALE: Alert.YELLOW,
    Verdict.SILENT: Alert.YELLOW,
    Verdict.MID_REACHED: Alert.GREEN,
    Verdict.KEPT: Alert.GREEN,
    Verdict.ON_PACE: Alert.GREEN,
    Verdict.MET: Alert.GREEN,
}
"""A verdict that is not here lights nothing: there is no pace, and the verdict says why."""

_WORST = (Alert.RED, Alert.YELLOW, Alert.GREEN)


def paces_of(judged: Judged) -> list[Pace]:
    """Return the pace of every target that is owed on the day judged for."""
    return paces(judged.line, judged.targets, judged.as_of, judged.settings)


def light_of(pace: Pace) -> Alert | None:
    """Return a target's light, None where there is no pace."""
    return LIGHTS.get(pace.verdict)


def alert_of(judged: Judged) -> Alert | None:
    """Return the promise's light: the worst of its deadline's and its targets' lights.

    A closed promise has none, nor has one without a deadline whose targets have none.
    """
    if judged.status in CLOSED:
        return None
    by_deadline = BY_DEADLINE.get(judged.status)
    if by_deadline is Alert.RED:
        return by_deadline
    lights = {by_deadline, *map(light_of, paces_of(judged))}
    return next((light for light in _WORST if light in lights), None)
