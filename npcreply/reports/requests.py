"""What a report asks the office to decide: more time, another target, no more, or to strike off."""

from __future__ import annotations

from datetime import date

from npcreply.dataclass import dataclass
from npcreply.extract.words import rx
from npcreply.reports.matches import Match
from npcreply.reports.model import DONE
from npcreply.reports.names import plain
from npcreply.reports.report import Report

EXTENSION, CHANGE, DROP = "extension", "change", "drop"

_GIVEN_UP = rx("<<reports.given_up>>")
_REVISED = rx("<<reports.revised>>")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, as the contract has it; `to`: until when, where the report says it clearly."""

    asks: str
    to: date | None = None


def asked(match: Match, report: Report) -> Asked | None:
    """Return what the words of a match ask for, None where they ask for nothing."""
    if not match.changed:
        return Asked(DONE) if match.state == DONE and match.sure else None
    words = plain("".join(one.quote for one in match.statements if one.changed))
    if _GIVEN_UP.search(words):
        return Asked(DROP)
    day = _until(match, report)
    if day:
        return Asked(EXTENSION, day)
    return Asked(CHANGE)


def _until(match: Match, report: Report) -> date | None:
    """The one day after the report that the words name; two of them are for a person to read."""
    index, written = report.letter.cleaned.shadow.index, report.written
    days = {
        hit.date
        for one in match.statements
        if one.changed
        for _start, _end, hit in report.letter.days.between(index(one.start), index(one.end))
        if hit.date and written and hit.date > written and hit.sure
    }
    revised = any(_REVISED.search(plain(one.quote)) for one in match.statements if one.changed)
    return next(iter(days)) if len(days) == 1 and not revised else None
