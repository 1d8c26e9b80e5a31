"""What a review, a meeting and a letter are handed, as values: what is late, new, due next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from npcreply.dataclass import dataclass, replace
from npcreply.dataclass import field as default
from npcreply.domain.findings import Finding
from npcreply.domain.judging.duties import Duty, Owed
from npcreply.domain.judging.handlings import Handling, last_answer
from npcreply.domain.judging.status import KEPT, OPEN, Judged, Status
from npcreply.domain.record.lines import ReplyLine, told_apart
from npcreply.domain.record.names import number_order
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf, seen

if TYPE_CHECKING:  # only answers over several workspaces have sources
    from npcreply.domain.sources import Source

T = TypeVar("T", bound=Owed)
AHEAD = frozenset({Status.DUE_TODAY, Status.DUE_SOON, Status.OPEN})
GROUPS = ("dept", "deputy", "year", "none")
"""How the rows of a review stand together: by who must act, the first deputy, the year, not."""


@dataclass(frozen=True, slots=True)
class Review:
    """`items`: overdue promises and duties, and promises to verify past their deadline, grouped and
    in order; `new` holds their keys; `left` the rows that stood there on `since` and do no longer,
    as they stand now.
    """

    day: date
    items: tuple[Owed, ...]
    since: date
    new: frozenset[str]
    left: tuple[Owed, ...]
    soon: int
    undated: int
    no_start: int

    @property
    def gone(self) -> int:
        """Return how many rows have left the list since."""
        return len(self.left)

    @property
    def overdue(self) -> int:
        """Return how many rows are late, promises and duties."""
        return sum(item.status is Status.OVERDUE for item in self.items)

    @property
    def promises(self) -> int:
        """Return how many promises are late."""
        late = (item for item in self.items if item.status is Status.OVERDUE)
        return sum(isinstance(item, Judged) for item in late)

    @property
    def to_verify(self) -> int:
        return sum(item.status is Status.TO_VERIFY for item in self.items)


@dataclass(frozen=True, slots=True)
class Moment:
    """So many promises late on a day."""

    day: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What an export of one kind of row is made of: promises or replies, gone through once."""

    as_of: AsOf
    items: Iterable[Judged]
    replies: Iterable[ReplyLine] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates(Rows):
    """What a calendar is made of: promises, the periodic reports that they owe, and by the path of
    each record what calendars know it by.
    """

    reports: Sequence[Duty] = ()
    names: Mapping[str, str] = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Rows):
    """What a meeting is handed: every promise asked for and the replies, the review, the filters,
    the first finding of each file left out, how many promises were late at the last month-ends.
    """

    review: Review
    asked: Selection
    unreadable: Sequence[Finding]
    trend: Sequence[Moment] = ()
    sources: Sequence[Source] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Meeting):
    """A meeting whose promises are all at hand: a page looks at them from many sides."""

    items: Sequence[Judged]


@dataclass(frozen=True, slots=True)
class Reminder:
    """The rows that one department is pressed for, and by when it is asked to answer."""

    department: str
    rows: tuple[Owed, ...]
    by: date


@dataclass(frozen=True, slots=True)
class Notice:
    """A reply to be handled again: the round that did not satisfy, the day of the new answer."""

    reply: ReplyLine
    rated: Handling
    by: date


@dataclass(frozen=True, slots=True)
class Form:
    """One answer that its deputies are to rate: the round, its day, the promises that it made."""

    reply: ReplyLine
    promises: tuple[Judged, ...]
    answer: Handling


def calendar_names(replies: Iterable[ReplyLine]) -> dict[str, str]:
    """Return what calendars know each record by, by its path: its `uid`, else its id. Two never
    have one name: a copy of a record, or a new one under a number that another has left, gets one
    of its own.
    """
    found: dict[str, str] = {}
    own = sorted(replies, key=lambda one: ("uid" not in one.others, number_order(one.id)))
    taken: set[str] = set()
    for reply in own:
        name = str(reply.others.get("uid") or reply.id)
        if name in taken:
            name = reply.id
        while name in taken:
            name += "~"
        taken.add(name)
        found[reply.path] = name
    return found


def bodies(item: Owed) -> tuple[str, ...]:
    """Return who must act by the names in full, "" alone where nobody is named."""
    settings = item.settings
    return tuple(dict.fromkeys(map(settings.full_name, item.departments))) or ("",)


def by_bodies(items: Iterable[T]) -> dict[str, list[T]]:
    """Return the items of each body that must act; what several must do together is each one's."""
    found: dict[str, list[T]] = {}
    for item in items:
        for body in bodies(item):
            found.setdefault(body, []).append(item)
    return found


def parts(whole: Held) -> dict[str, Held]:
    """Return what the meeting has of each body, exactly of that name, but for its trend."""
    items, late = by_bodies(whole.items), by_bodies(whole.review.items)
    left = by_bodies(whole.review.left)
    return {
        body: _part(whole, body, items.get(body, []), late.get(body, []), left.get(body, []))
        for body in dict.fromkeys((*items, *late))
    }


def _part(whole: Held, body: str, items: list[Judged], late: list[Owed], left: list[Owed]) -> Held:
    """`soon` counts the promises alone."""
    kept = replace(
        whole.review,
        items=tuple(late),
        new=whole.review.new & {item.key for item in late},
        left=tuple(left),
        soon=sum(item.status in (Status.DUE_TODAY, Status.DUE_SOON) for item in items),
        undated=sum(item.status in (Status.UNDATED, Status.CONDITIONAL) for item in items),
        no_start=no_start(items),
    )
    asked = replace(whole.asked, dept=(body,) if body else ())
    return replace(whole, items=items, review=kept, asked=asked)


def form(reply: ReplyLine, promises: Iterable[Judged], as_of: AsOf) -> Form:
    """Return the form for the last answer given by then: its own promises, those given up aside;
    where it made none of its own, those that still stand from before.
    """
    answer = last_answer(reply, as_of)
    standing = [item for item in promises if item.status in OPEN | KEPT]
    own = [item for item in standing if (item.line.measure.round or 1) == answer.round]
    return Form(reply, tuple(own or standing), answer)


def never_reported(item: Owed) -> bool:
    """Return whether nothing at all has been reported for the promise that a row is about."""
    return item.line is not None and not seen(item.line.measure.log, item.as_of)


def age(item: Owed) -> int | None:
    """Return how many days ago the promise was made, None where nobody knows."""
    made = item.line.replied if item.line else None
    return (item.as_of.day - made).days if made else None


def listed(item: Owed) -> bool:
    """Return whether a review lists the row: late ones, those met but not closed whose day has
    passed, and replies that wait to be handed over again.
    """
    if isinstance(item, Duty) and item.waits_for_round:
        return True
    passed = item.deadline is not None and item.as_of.is_over(item.deadline)
    return item.status is Status.OVERDUE or (item.status is Status.TO_VERIFY and passed)


def soonest(rows: Iterable[Owed]) -> Owed | None:
    """Return the row that is due next, None where nothing is."""
    ahead = [row for row in rows if row.status in AHEAD and row.deadline]
    return min(
        ahead, key=lambda row: (row.deadline or date.max, number_order(row.key)), default=None
    )


def no_start(rows: Iterable[Owed]) -> int:
    """Return how many promises owe reports since nobody knows when: none can be computed."""
    repeating = [row for row in rows if isinstance(row, Judged) and row.line.measure.cadence]
    if not repeating:
        return 0
    from npcreply.domain.time.cadences import has_no_start

    return sum(has_no_start(row.line, row.as_of) for row in repeating)


def in_order(items: Iterable[Owed], by: str) -> list[Owed]:
    """Return the group with the longest delay first; inside a group the longest first, verified
    last.
    """
    members = list(items)
    longest: dict[str, int] = {}
    for item in members:
        name = group_of(item, by)
        longest[name] = max(longest.get(name, 0), item.days_late or 0)

    def key(item: Owed) -> tuple[object, ...]:
        name = group_of(item, by)
        group = (-longest[name], name) if by != "none" else ()
        days = item.days_late if item.days_late is not None else -1
        number = item.line.measure.id if item.line else 0
        return (*group, -days, number_order(item.reply.id), number, item.key)

    return sorted(members, key=key)


def group_of(item: Owed, by: str) -> str:
    """Return what the rows of a group have in common, "" where the record does not say."""
    reply = item.reply
    if by == "deputy":
        return told_apart(reply, reply.deputies[0]) if reply.deputies else ""
    if by == "year":
        return str(reply.year)
    return told_apart(reply, "、".join(item.departments))
