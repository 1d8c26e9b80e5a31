"""The flat, clock-free facts of one reply and one promise: what every row is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from npcreply.dataclass import dataclass, field_names
from npcreply.dataclass import field as default
from npcreply.domain.record.json_values import to_plain
from npcreply.domain.record.model import (
    Closing,
    CoHandler,
    Extra,
    Feedback,
    HandlingReport,
    Measure,
    Meeting,
    ProgressNotice,
    Question,
    Record,
    ReplyClass,
    Returned,
    Round,
)
from npcreply.domain.record.settings import Settings

SECOND = 2  # the first of the rounds that a record lists; the first reply is the record itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """What a yearly notice goes by: the round that made a promise, when it was closed and opened
    again. Promises that do not differ in this are one.
    """

    round: int | None = None
    closings: tuple[Closing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """One reply without its promises. `path` is relative to the workspace, forward slashes;
    `others` are the record's fields that nothing here goes by, as plain values by their names.
    `workspace` is None for this one's own; else `id` and `path` have it in front.
    """

    id: str
    path: str
    kind: str
    year: int
    number: str
    session: str | None = None
    term: str | None = None
    title: str | None = None
    field: str | None = None
    deputies: tuple[str, ...] = ()
    lead: str | None = None
    co: tuple[CoHandler, ...] = ()
    key: bool | None = None
    wide: bool | None = None
    assigned_on: date | None = None
    received_on: date | None = None
    returned: tuple[Returned, ...] = ()
    met: tuple[Meeting, ...] = ()
    reply_date: date | None = None
    publish_date: date | None = None
    classes: tuple[ReplyClass, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    rounds: tuple[Round, ...] = ()
    handling_report: HandlingReport | None = None
    questions: tuple[Question, ...] = ()
    disclosure: str | None = None
    repeats: tuple[str, ...] = ()
    merged_into: str | None = None
    carried_from: str | None = None
    contact: str | None = None
    source: str | None = None
    promises: int = 0
    pledges: tuple[Pledge, ...] = ()
    progress_notices: tuple[ProgressNotice, ...] = ()
    extra: Extra = default(default_factory=dict)
    others: Extra = default(default_factory=dict)
    workspace: str | None = None

    @property
    def deputy_count(self) -> int:
        """Return how many deputies or bodies stand under it: as the record says, else as listed."""
        return int(str(self.others.get("deputy_count") or len(self.deputies)))

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """Return the questions of an inquiry that are known to have no answer."""
        return tuple(question for question in self.questions if question.answered is False)

    @property
    def publication_days(self) -> int | None:
        """Return the calendar days from the reply to its publication, None without both days."""
        known = self.reply_date and self.publish_date
        return (self.publish_date - self.reply_date).days if known else None  # type: ignore[operator]

    @property
    def co_bodies(self) -> tuple[str, ...]:
        """Return the co-handling bodies by their names."""
        return tuple(co.body for co in self.co)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One promise with the reply it stands in. `id` is "2023-温46.1"."""

    reply: ReplyLine
    measure: Measure

    @property
    def id(self) -> str:
        return f"{self.reply.id}.{self.measure.id}"

    @property
    def replied(self) -> date | None:
        """Return the day of the reply that made the promise: the first one's or a later round's."""
        return reply_day(self.reply.reply_date, self.reply.rounds, self.measure)

    @property
    def departments(self) -> tuple[str, ...]:
        """Return who must act: the promise's departments, the reply's lead where it names none."""
        lead = self.reply.lead
        return self.measure.department or ((lead,) if lead else ())


def reply_line(record: Record, path: str) -> ReplyLine:
    """Return the reply's facts; removed promises are not counted."""
    contact = record.contact.name if record.contact else None
    return ReplyLine(
        path=path,
        contact=contact,
        source=record.source.file if record.source else None,
        promises=sum(1 for measure in record.measures if not measure.removed),
        pledges=_pledges(record),
        others=_others(record),
        **{name: getattr(record, name) for name in _SAME},
    )


def _others(record: Record) -> dict[str, object]:
    filled = ((name, getattr(record, name)) for name in _OTHERS)
    return {name: to_plain(value) for name, value in filled if value not in (None, (), "")}


def _pledges(record: Record) -> tuple[Pledge, ...]:
    kept = (measure for measure in record.measures if not measure.removed)
    found = (Pledge(round=m.round, closings=tuple(map(_bare, m.closings))) for m in kept)
    return tuple(dict.fromkeys(found))


def _bare(closing: Closing) -> Closing:
    return Closing(on=closing.on, as_=closing.as_, entered=closing.entered)


def measure_lines(record: Record, path: str) -> Iterator[MeasureLine]:
    """Yield the record's promises in their order, without those entered by mistake."""
    yield from with_promises(record, path)[1]


def with_promises(record: Record, path: str) -> tuple[ReplyLine, list[MeasureLine]]:
    """Return the reply's facts, and its promises as `measure_lines` yields them."""
    reply = reply_line(record, path)
    kept = (measure for measure in record.measures if not measure.removed)
    return reply, [MeasureLine(reply, measure) for measure in kept]


def told_apart(reply: ReplyLine, name: str) -> str:
    """Return the name of a body or person with the workspace of another office in front: two
    offices' 教育局 are two.
    """
    return f"{reply.workspace} {name}" if reply.workspace and name else name


def reply_day(first: date | None, rounds: Iterable[Round], made: Measure | Pledge) -> date | None:
    """Return the day of the reply that made a promise; `first` is that of the first reply."""
    if made.round is None or made.round < SECOND:
        return first
    return next((one.reply_date for one in rounds if one.round == made.round), None)


def contacts(bodies: Iterable[str], reply: ReplyLine, settings: Settings) -> tuple[str, ...]:
    """Return who is called at these bodies: by the office's list of departments, else the reply's
    own contact where the body is its lead. Nobody is called for another body.
    """
    lead = settings.full_name(reply.lead) if reply.lead else None
    named = {body.name: body.contact for body in settings.departments if body.contact}
    full = map(settings.full_name, bodies)
    found = (named.get(name) or (reply.contact if name == lead else None) for name in full)
    return tuple(dict.fromkeys(name for name in found if name))


def deadlines(measure: Measure) -> tuple[date, ...]:
    """Return every day that may count as the promise's deadline on some day, earliest first."""
    dated = [measure.deadline, *(target.deadline for target in measure.targets)]
    days = {deadline.date for deadline in dated if deadline and deadline.date}
    return tuple(sorted(days | {extension.to for extension in measure.extensions}))


def closed_for_good_on(measure: Measure) -> date | None:
    """Return a day from which the promise stays closed on every later day, None if there is none.

    A fact for narrowing a query only: `status` decides.
    """
    closings = sorted(measure.closings, key=lambda closing: closing.on)
    if not closings or closings[-1].as_ == "reopened":
        return None
    return closings[-1].on


_SAME = (
    *("id", "kind", "year", "number", "session", "term", "title", "field", "deputies", "lead"),
    *("co", "key", "wide", "assigned_on", "received_on", "returned", "reply_date", "publish_date"),
    *(
        "met",
        "disclosure",
        "classes",
        "feedback",
        "rounds",
        "handling_report",
        "questions",
        "extra",
    ),
    "progress_notices",
    *("repeats", "merged_into", "carried_from"),
)
# Lists of their own, read from the record itself, are no others. The order is the model's: the same
# in every run, or an index would seem to differ from its files.
_OTHERS = tuple(
    name
    for name in field_names(Record)
    if name not in {*field_names(ReplyLine), "measures", "questions", "met"}
)
