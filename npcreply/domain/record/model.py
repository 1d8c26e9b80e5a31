"""What a record is: the shape of schema.yaml as frozen values; nothing here is computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.dataclass import field as default

Day = date  # a field called `date` may not hide the type

Extra = Mapping[str, object]
"""Keys that the contract does not know (an office's x- fields among them), kept as typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoHandler:
    """A co-handling body 会办单位 and its opinion to the lead; `source` is the opinion's text."""

    body: str
    opinion_due: Day | None = None
    opinion_on: Day | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A body handed the item back 退办."""

    on: Day
    body: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """The handler met the deputy 面商."""

    on: Day
    who: str | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyClass:
    """A reply class, one step of its dated history; letters mean what `scheme` says."""

    letter: str
    scheme: str | None = None
    on: Day | None = None
    evidence: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The deputy's rating of one round, attitude and result apart."""

    round: int | None = None
    on: Day | None = None
    attitude: str | None = None
    result: str | None = None
    note: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A second or later handling 再次办理; `source` is the text of its reply."""

    round: int
    assigned_on: Day | None = None
    reply_date: Day | None = None
    reason: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressNotice:
    """How promises are kept was told after the reply: to the deputies, who may rate it, or to the
    congress.
    """

    on: Day
    to: str
    via: str | None = None
    rated_on: Day | None = None
    rating: str | None = None
    note: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingReport:
    """The report that an inquiry's deliberation opinions call for."""

    due: Day | None = None
    on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who to call; personal data."""

    name: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text that quotes are checked against, beside the record."""

    file: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """A report on how promises are kept that entries were taken from; its text is in `file` beside
    the record.
    """

    file: str
    sha256: str | None = None
    on: Day | None = None
    title: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a special inquiry."""

    id: int
    asker: str | None = None
    question: str | None = None
    body: tuple[str, ...] = ()
    respondent: str | None = None
    answered: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """The promise in the source's own words; start and end are character offsets."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day on which it can still be met, and the words it came from."""

    date: Day | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """The level that growth and multiples are counted from."""

    value: Decimal
    on: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A target's value changed, with the day and the reason; the first value is kept."""

    on: Day
    from_: Decimal
    to: Decimal
    reason: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A number that future performance is to reach. `unit` keeps the printed 万, 亿; `cadence` says
    that every period of it is to reach the number for itself.
    """

    id: int
    indicator: str
    kind: str | None = None
    comparator: str | None = None
    value: Decimal | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    scope: str | None = None
    start: Day | None = None
    baseline: Baseline | None = None
    deadline: Deadline | None = None
    parent: str | None = None
    cadence: str | None = None
    forecast: bool | None = None
    approx: bool | None = None
    revised: tuple[Revision, ...] = ()
    note: str | None = None
    extra: Extra = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of progress; `quote` stands in the report that `source` names. `on` is absent where
    the text gives no date (目前), never guessed; `cadence` is which of several periodic reports it
    is.
    """

    on: Day | None = None
    words: str | None = None
    target: int | None = None
    indicator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    approx: bool | None = None
    stated_percent: Decimal | None = None
    cadence: str | None = None
    note: str | None = None
    source: str | None = None
    quote: Quote | None = None
    by: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """A deadline moved, with its reason; the first date stays in `deadline`."""

    on: Day
    to: Day
    reason: str
    target: int | None = None
    approved_by: str | None = None
    by: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A reminder 催办 that was sent."""

    on: Day
    via: str | None = None
    note: str | None = None
    reply_by: Day | None = None
    by: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The promise struck off the list, or opened again; the last one in force decides."""

    on: Day
    as_: str
    into: str | None = None
    evidence: str | None = None
    reason: str | None = None
    by: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the office decided on a request."""

    on: Day
    as_: str
    reason: str | None = None
    by: str | None = None
    entered: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a department asks of the office (`asks`: extension, drop, change or done); until it is
    decided it changes nothing. `by` is the department.
    """

    on: Day
    asks: str
    to: Day | None = None
    target: int | None = None
    reason: str | None = None
    evidence: str | None = None
    source: str | None = None
    by: str | None = None
    entered: Day | None = None
    decided: Decision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A promise that was entered by mistake; its id is never used again."""

    on: Day
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """The days between which a repeating promise owes its reports."""

    from_: Day | None = None
    until: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One promise 承诺: an act a clerk follows up by itself; `round` is the reply that made it, the
    first where it is None.
    """

    id: int
    text: str = ""
    quote: Quote | None = None
    round: int | None = None
    question: int | None = None
    department: tuple[str, ...] = ()
    leader: str | None = None
    task_force: str | None = None
    force: str | None = None
    condition: str | None = None
    deadline: Deadline | None = None
    cadence: tuple[str, ...] = ()
    reports: Reports | None = None
    targets: tuple[Target, ...] = ()
    log: tuple[Entry, ...] = ()
    extensions: tuple[Extension, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    closings: tuple[Closing, ...] = ()
    requests: tuple[Request, ...] = ()
    removed: Removed | None = None
    carried_from: str | None = None
    repeats: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()
    note: str | None = None
    extra: Extra = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One suggestion, proposal or inquiry. `id` is the file's stem, `year` that of the session."""

    id: str
    kind: str
    year: int
    number: str
    session: str | None = None
    term: str | None = None
    between_sessions: bool | None = None
    title: str | None = None
    field: str | None = None
    deputies: tuple[str, ...] = ()
    deputy_count: int | None = None
    lead: str | None = None
    co: tuple[CoHandler, ...] = ()
    consulted: tuple[str, ...] = ()
    mode: str | None = None
    key: bool | None = None
    leader: str | None = None
    wide: bool | None = None
    filed_on: Day | None = None
    assigned_on: Day | None = None
    received_on: Day | None = None
    returned: tuple[Returned, ...] = ()
    met: tuple[Meeting, ...] = ()
    reply_date: Day | None = None
    publish_date: Day | None = None
    disclosure: str | None = None
    index_no: str | None = None
    doc_no: str | None = None
    classes: tuple[ReplyClass, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    rounds: tuple[Round, ...] = ()
    progress_notices: tuple[ProgressNotice, ...] = ()
    progress_reports: tuple[ProgressReport, ...] = ()
    handling_report: HandlingReport | None = None
    contact: Contact | None = None
    source: Source | None = None
    repeats: tuple[str, ...] = ()
    merged_into: str | None = None
    carried_from: str | None = None
    uid: str | None = None
    questions: tuple[Question, ...] = ()
    measures: tuple[Measure, ...] = ()
    note: str | None = None
    extra: Extra = default(default_factory=dict)
