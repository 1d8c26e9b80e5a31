"""The rounds of a reply on a day: handed over, answered, rated; and the one that is owed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from npcreply.dataclass import dataclass, replace
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import Feedback
from npcreply.domain.time.as_of import AsOf, seen

DISSATISFIED = "dissatisfied"


class Stage(StrEnum):
    """How far a round has come."""

    OWED = "owed"
    HANDED = "handed"
    ANSWERED = "answered"
    RATED = "rated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """One round as far as it had come: the first is the reply itself. `answered` without a
    `reply_date` is an answer whose letter prints no day. `ratings` are in the order of their days.
    """

    round: int
    assigned_on: date | None = None
    reply_date: date | None = None
    answered: bool = False
    reason: str | None = None
    ratings: tuple[Feedback, ...] = ()
    owed: bool = False

    @property
    def attitude(self) -> str | None:
        """Return the last rating of the attitude; attitude and result are rated apart."""
        return _last(rating.attitude for rating in self.ratings)

    @property
    def result(self) -> str | None:
        return _last(rating.result for rating in self.ratings)

    @property
    def rated_on(self) -> date | None:
        return self.ratings[-1].on if self.ratings else None

    @property
    def dissatisfied(self) -> bool:
        """Return whether it calls for another round: 对办理态度或办理结果不满意 (Shanghai art. 21);
        other rules say 对答复不满意 without more (Zhejiang 2016 art. 24, Chongqing 2017 art. 27).
        """
        return DISSATISFIED in (self.attitude, self.result)

    @property
    def stage(self) -> Stage:
        if self.attitude or self.result:
            return Stage.RATED
        if self.owed:
            return Stage.OWED
        return Stage.ANSWERED if self.answered else Stage.HANDED


def handlings(reply: ReplyLine, as_of: AsOf) -> tuple[Handling, ...]:
    """Return the rounds begun by then, the first one first; where the last was rated dissatisfied
    and not handed over again, the round that is owed stands at the end.
    """
    rounds = {1: _first(reply, as_of)} | _further(reply, as_of)
    for rating in seen(reply.feedback, as_of):
        number = rating.round or _at_hand(tuple(rounds.values()), rating.on or as_of.day)
        rounds[number] = _rated(rounds.get(number) or Handling(round=number, answered=True), rating)
    found = [rounds[number] for number in sorted(rounds)]
    last = found[-1]
    if last.dissatisfied:
        found.append(Handling(round=last.round + 1, owed=True))
    return tuple(found)


def last_answer(reply: ReplyLine, as_of: AsOf) -> Handling:
    """Return the last round that had been answered by then, the first one where none had."""
    rounds = handlings(reply, as_of)
    return next((one for one in reversed(rounds) if one.answered), rounds[0])


def rated(rounds: Sequence[Handling]) -> Handling | None:
    """Return the last round that was rated: what counts as the deputy's view on the day."""
    return next((one for one in reversed(rounds) if one.stage is Stage.RATED), None)


def _first(reply: ReplyLine, as_of: AsOf) -> Handling:
    given = by(reply.reply_date, as_of)
    undated = reply.reply_date is None and reply.promises > 0
    return Handling(
        round=1,
        assigned_on=by(reply.assigned_on, as_of),
        reply_date=given,
        answered=bool(given) or undated,
    )


def _further(reply: ReplyLine, as_of: AsOf) -> dict[int, Handling]:
    """A round is there from its hand-over, else from its answer; one without a day always is."""
    found = {}
    for item in sorted(reply.rounds, key=lambda item: item.round):
        begun = item.assigned_on or item.reply_date
        if begun is None or as_of.has_come(begun):
            given = by(item.reply_date, as_of)
            found[item.round] = Handling(
                round=item.round,
                assigned_on=item.assigned_on,
                reply_date=given,
                answered=bool(given),
                reason=item.reason,
            )
    return found


def _rated(handling: Handling, rating: Feedback) -> Handling:
    return replace(handling, ratings=(*handling.ratings, rating))


def _at_hand(rounds: Sequence[Handling], day: date) -> int:
    """A rating that names no round is of the last answer given by its day."""
    given = [one.round for one in rounds if one.reply_date and one.reply_date <= day]
    return max(given, default=1)


def by(day: date | None, as_of: AsOf) -> date | None:
    """Return the day where it had come, else None: what lies ahead has not happened yet."""
    return day if day and as_of.has_come(day) else None


def _last(values: Iterable[str | None]) -> str | None:
    return next((value for value in reversed([*values]) if value), None)
