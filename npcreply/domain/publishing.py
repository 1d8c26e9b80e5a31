"""Which replies may be shown to everybody, and why the others may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from npcreply.dataclass import dataclass
from npcreply.domain.judging.status import Judged
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.time.as_of import AsOf


class LeftOut(StrEnum):
    """Why a reply is not shown; the order is that in which it is said."""

    WITHHELD = "withheld"
    ON_REQUEST = "on_request"
    UNSAID = "unsaid"
    UNSAID_PUBLISHED = "unsaid_published"
    NOT_ANSWERED = "not_answered"


UNSAID = {
    "none": frozenset[LeftOut](),
    "published": frozenset({LeftOut.UNSAID_PUBLISHED}),
    "all": frozenset({LeftOut.UNSAID, LeftOut.UNSAID_PUBLISHED}),
}
"""What may be shown although its record does not say how it is to be disclosed: nothing, what has
been published already, everything.
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply that everybody may see, and its promises."""

    reply: ReplyLine
    promises: Sequence[Judged]


@dataclass(frozen=True, slots=True)
class Public:
    """What everybody may see, how many replies are left out for which reason, how many files could
    not be read.
    """

    as_of: AsOf
    shown: Sequence[Shown]
    left_out: Mapping[LeftOut, int]
    unreadable: int


def why_left_out(reply: ReplyLine, as_of: AsOf) -> LeftOut | None:
    """Return why a reply is not shown, None where its record says that it is disclosed."""
    if not answered(reply, as_of):
        return LeftOut.NOT_ANSWERED
    if reply.disclosure == "active":
        return None
    if reply.disclosure:
        return LeftOut(reply.disclosure)
    published = reply.publish_date is not None and as_of.has_come(reply.publish_date)
    return LeftOut.UNSAID_PUBLISHED if published else LeftOut.UNSAID


def answered(reply: ReplyLine, as_of: AsOf) -> bool:
    """Return whether the reply had been given: one with promises and without a date always had."""
    if reply.reply_date is None:
        return bool(reply.promises)
    return as_of.has_come(reply.reply_date)


def public(found: Sequence[Shown], unsaid: str, as_of: AsOf, unreadable: int) -> Public:
    """Return what may be shown of these replies; `unsaid` is a key of UNSAID."""
    reasons = [(one, why_left_out(one.reply, as_of)) for one in found]
    taken = [one for one, why in reasons if why is None or why in UNSAID[unsaid]]
    left = Counter(why for _one, why in reasons if why and why not in UNSAID[unsaid])
    return Public(as_of, taken, left, unreadable)
