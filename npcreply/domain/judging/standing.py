"""The four states of a reply on a day, none of them inferred from another: answered, rated by the
deputy, solved by its class, kept by its promises; and how long the public waited for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.judging import schemes
from npcreply.domain.judging.handlings import Handling, by, handlings, rated
from npcreply.domain.judging.schemes import Meaning
from npcreply.domain.judging.status import CLOSED, KEPT, Judged, Status
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import ReplyClass
from npcreply.domain.time.as_of import AsOf, seen
from npcreply.domain.time.calendar import Calendar, working_days


class Answer(StrEnum):
    """Whether the reply was given; an undated one was, on a day that the letter does not print."""

    WAITING = "waiting"
    UNDATED = "undated"
    ANSWERED = "answered"


class Keeping(StrEnum):
    """What became of the promises; the first that fits."""

    NONE = "none"
    LATE = "late"
    OPEN = "open"
    KEPT = "kept"
    ENDED = "ended"


class Publicity(StrEnum):
    """Whether the reply is public."""

    NOT_YET = "not_yet"
    PUBLISHED = "published"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassStep:
    """A class from a day on. `meaning` comes from the scheme alone; `unproved` says that it became
    solved here without evidence.
    """

    given: ReplyClass
    scheme: str | None
    meaning: Meaning
    unproved: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Calendar days from one day to another, the first not counted (Civil Code, art. 201), and the
    `working` days among them, None where no calendar is at hand; `provisional` says that a year
    in it has none.
    """

    days: int
    working: int | None = None
    provisional: bool = False


Count = Callable[[date, date], Span]


def calendar_days(first: date, last: date) -> Span:
    """Return the calendar days between two days."""
    return Span((last - first).days)


def in_working_days(calendar: Calendar) -> Count:
    """Return a count of calendar days and of working days, 调休 included."""

    def count(first: date, last: date) -> Span:
        working, provisional = working_days(first, last, calendar)
        return Span((last - first).days, working, provisional)

    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How long after the reply it was published, or has not been; None without a reply's day."""

    publicity: Publicity
    on: date | None = None
    lag: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The four states of one reply on a day."""

    reply: ReplyLine
    as_of: AsOf
    answer: Answer
    rounds: tuple[Handling, ...]
    classes: tuple[ClassStep, ...]
    keeping: Keeping
    promises: Mapping[Status, int]
    publication: Publication

    @property
    def rated(self) -> Handling | None:
        """Return the round whose rating counts, None while the deputy has said nothing."""
        return rated(self.rounds)

    @property
    def meaning(self) -> Meaning | None:
        """Return what the class of the day means, None while there is no class."""
        return self.classes[-1].meaning if self.classes else None


def standing(
    reply: ReplyLine,
    promises: Iterable[Judged],
    as_of: AsOf,
    scheme: str | None = None,
    count: Count = calendar_days,
) -> Standing:
    """Return how the reply stands; `promises` are its own, judged on the same day. `scheme` is what
    the office has declared for classes that name none.
    """
    answer = answer_of(reply, as_of)
    given = () if answer is Answer.WAITING else tuple(promises)
    statuses = Counter(item.status for item in given)
    return Standing(
        reply=reply,
        as_of=as_of,
        answer=answer,
        rounds=handlings(reply, as_of),
        classes=class_steps(reply.classes, as_of, scheme),
        keeping=keeping(statuses),
        promises=statuses,
        publication=publication(reply, as_of, count),
    )


def answer_of(reply: ReplyLine, as_of: AsOf) -> Answer:
    """Return whether the first answer was given by then: a reply is there once it has a day or a
    promise.
    """
    if reply.reply_date is None:
        return Answer.UNDATED if reply.promises else Answer.WAITING
    return Answer.ANSWERED if as_of.has_come(reply.reply_date) else Answer.WAITING


def class_steps(
    given: Iterable[ReplyClass], as_of: AsOf, scheme: str | None = None
) -> tuple[ClassStep, ...]:
    """Return the classes given by then, in the order of their days."""
    found: list[ClassStep] = []
    for step in seen(given, as_of):
        named = step.scheme or scheme
        meaning = schemes.meaning(step.letter, named)
        before = found[-1] if found else None
        unproved = before is not None and becomes_solved(before, step, meaning)
        found.append(
            ClassStep(
                given=step,
                scheme=named,
                meaning=meaning,
                unproved=unproved and not step.evidence,
            )
        )
    return tuple(found)


def becomes_solved(before: ClassStep, step: ReplyClass, meaning: Meaning) -> bool:
    """Return whether a matter that was not solved is called solved from here on."""
    return _solved(step.letter, meaning) and not _solved(before.given.letter, before.meaning)


def keeping(statuses: Mapping[Status, int]) -> Keeping:
    """Return what became of the promises of these statuses."""
    present = {status for status, number in statuses.items() if number}
    if not present:
        return Keeping.NONE
    if Status.OVERDUE in present:
        return Keeping.LATE
    if present - CLOSED:
        return Keeping.OPEN
    return Keeping.KEPT if present <= KEPT else Keeping.ENDED


def publication(reply: ReplyLine, as_of: AsOf, count: Count = calendar_days) -> Publication:
    """Return how long after its day the reply was published, or how long it has not been so far."""
    if reply.disclosure == "withheld":
        return Publication(publicity=Publicity.WITHHELD)
    on, replied = by(reply.publish_date, as_of), by(reply.reply_date, as_of)
    until = on or as_of.day
    lag = count(replied, until) if replied and replied <= until else None
    publicity = Publicity.PUBLISHED if on else Publicity.NOT_YET
    return Publication(publicity=publicity, on=on, lag=lag)


def _solved(letter: str, meaning: Meaning) -> bool:
    """Where no scheme says what a letter means, A and 解决 claim a solution all the same."""
    if meaning is Meaning.UNKNOWN:
        return schemes.letter(letter).startswith(("A", "解决"))
    return meaning in schemes.SOLVED
