"""What a report gives for promises on record: matches, sure or to be asked; what is left beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.domain.record.model import Entry, Measure, Record, Target
from npcreply.grammar.units import convert
from npcreply.reports.matching import (
    GOAL,
    RATE,
    SCOPE,
    STAGE,
    SURE,
    Fit,
    fits,
    leads,
)
from npcreply.reports.model import DONE, UNDER, Statement
from npcreply.reports.names import plain
from npcreply.reports.plans import Plan, plans
from npcreply.reports.pool import Candidate, Pool
from npcreply.reports.report import Report
from npcreply.reports.statements import statements

SEVERAL, DIFFERS, FELL, NO_DAY, EARLY, FAR, RATE_ALONE, ABOUT, LATER, CLOSED, YEAR = (
    *("several", "differs", "fell", "no_day", "early", "far", "rate_alone", "about"),
    *("later", "closed", "year"),
)  # fmt: skip
REPLY, SAID_AGAIN = "reply", "said_again"
"""Why a match is asked, beside what stands against its fit: it fits two; the report has another
value for it; less was reported than before; no day is known; its day is before the reply; it is
many times the target; only a rate is told; it is less like the promise's words; its day is still
to come; the promise is struck off the list; the year of its day is in doubt; the report is no
later than the reply, so it may be the reply; its words are the promise's own.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Statements of the report, and what they are of: `fits`, the best first, of which the first is
    taken. `on`: the day it counts up to; `printed`: whether the report says so. `doubts`: why it is
    not sure. `known`: it is on record already.
    """

    statements: tuple[Statement, ...]
    fits: tuple[Fit, ...]
    on: date | None
    printed: bool
    doubts: tuple[str, ...] = ()
    known: bool = False

    @property
    def sure(self) -> bool:
        return not self.doubts

    @property
    def first(self) -> Statement:
        return self.statements[0]

    @property
    def candidate(self) -> Candidate:
        return self.fits[0].candidate

    @property
    def state(self) -> str:
        """The state that the statements come to: one part begun and another not is on its way."""
        told = {one.state for one in self.statements if one.state}
        if len(told) > 1:
            return UNDER
        return next(iter(told), "")

    @property
    def behind(self) -> bool:
        return any(one.behind for one in self.statements)

    @property
    def changed(self) -> bool:
        return any(one.changed for one in self.statements)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a report gives for the promises of a pool. `matches` in its order; `beside`: statements
    that are no progress of any; `silent`: promises of which it says nothing; `plans`: what it
    plans itself.
    """

    report: Report
    matches: tuple[Match, ...]
    beside: tuple[Statement, ...]
    silent: tuple[Candidate, ...]
    plans: tuple[Plan, ...] = ()


def read(report: Report, records: Sequence[Record], today: date | None = None) -> Reading:
    """Return what the report says of the promises of these records; `today` is the clerk's day."""
    pool = Pool(records)
    said = statements(report)
    found = [(one, tuple(fits(one, pool))) for one in said]
    numbers = [_number(report, one, fit) for one, fit in found if one.counts and fit]
    numbers = list(_settled(numbers))
    words = list(
        _words(
            report,
            [(one, fit) for one, fit in found if one.state or one.behind or one.changed],
            numbers,
        )
    )
    every = (_in_order(match, report, today) for match in (*numbers, *words))
    matches = sorted(every, key=lambda match: match.first.start)
    taken = {id(one) for match in matches for one in match.statements}
    beside = [one for one in said if one.value is not None and id(one) not in taken]
    told = {id(match.candidate.measure) for match in matches}
    told |= {id(fit[0].candidate.measure) for _one, fit in found if fit and fit[0].score >= SURE}
    silent = [one for one in pool.promises if id(one.measure) not in told]
    changes = [one for match in matches for one in match.statements if one.changed]
    planned = tuple(plans(report, pool, changes))
    return Reading(report, tuple(matches), tuple(beside), tuple(silent), planned)


def _in_order(match: Match, report: Report, today: date | None) -> Match:
    """The match with what stands against its day and its promise."""
    closings = match.candidate.measure.closings
    doubts = [*match.doubts]
    replied = match.candidate.record.reply_date
    if replied and report.written and report.written <= replied:
        doubts.append(REPLY)
    if _says_the_promise_again(match):
        doubts.append(SAID_AGAIN)
    if today and match.on and match.on > today:
        doubts.append(LATER)
    if closings and closings[-1].as_ != "reopened":
        doubts.append(CLOSED)
    return replace(match, doubts=tuple(doubts))


def _says_the_promise_again(match: Match) -> bool:
    """每月通报各县进度: the words of the promise, which tell nothing of how it stands."""
    own = plain(match.candidate.measure.text)
    return not match.changed and all(
        one.value is None and one.rate is None and plain(one.quote).strip("，,；;。:： ") in own
        for one in match.statements
    )


# --- numbers


def _number(report: Report, one: Statement, found: tuple[Fit, ...]) -> Match:
    day = one.as_of.value if one.as_of else report.as_of.value if report.as_of else None
    printed = one.as_of is not None or report.printed
    match = Match(statements=(one,), fits=found, on=day, printed=printed)
    return replace(match, doubts=tuple(_doubts(match)), known=_is_known(match))


def _doubts(match: Match) -> Iterator[str]:
    best, one = match.fits[0], match.first
    yield from best.against
    if not leads(replace_against(match.fits)):
        yield SEVERAL if len(match.fits) > 1 else ABOUT
    if one.value is None:
        yield RATE_ALONE
    record, target = best.candidate.record, best.candidate.target
    if one.as_of is not None and not one.as_of.sure:
        yield YEAR
    if match.on is None:
        yield NO_DAY
    elif record.reply_date and match.on < record.reply_date:
        yield EARLY
    level = _level(match)
    if level is None or target is None:
        return
    if _fell(best.candidate.measure, target, level, match.on):
        yield FELL
    if target.kind in (None, "level") and target.value and level > _FAR * target.value:
        yield FAR


_FAR = 3


def replace_against(found: Sequence[Fit]) -> tuple[Fit, ...]:
    """The fits without what stands against the first, which is told by itself."""
    return (replace(found[0], against=()), *found[1:])


def _level(match: Match) -> Decimal | None:
    one, unit = match.first, match.candidate.unit
    return None if one.value is None else convert(one.value, one.unit, unit)


def _fell(measure: Measure, target: Target, level: Decimal, on: date | None) -> bool:
    """Whether more was reported before: what adds up does not get less."""
    if target.kind not in (None, "level") or target.comparator not in (None, ">=", ">"):
        return False
    before = [
        convert(entry.value, entry.unit, target.unit)
        for entry in measure.log
        if entry.target == target.id
        and entry.value is not None
        and (entry.on is None or on is None or entry.on < on)
    ]
    return any(value is not None and value > level for value in before)


def _is_known(match: Match) -> bool:
    """Whether the log has it: the same value of the same day."""
    one, candidate = match.first, match.candidate
    target = candidate.target.id if candidate.target else None
    return any(
        entry.target == target
        and entry.on == match.on
        and entry.value is not None
        and one.value is not None
        and convert(one.value, one.unit, entry.unit) == entry.value
        for entry in candidate.measure.log
    )


def _settled(found: Sequence[Match]) -> Iterator[Match]:
    """Of two values of one target on one day the one that the report holds against the target, or
    sums up; else both are doubtful. The same value twice is one.
    """
    by_place: dict[tuple[object, ...], list[Match]] = {}
    for match in found:
        by_place.setdefault(_place(match), []).append(match)
    for group in by_place.values():
        matches = [m for m in group if not _OTHER_THING & set(m.fits[0].against)] or group
        yield from (m for m in group if m not in matches)
        values = {(_level(match), match.first.value is None) for match in matches}
        if len(values) == 1:
            yield max(matches, key=_rank)
            continue
        best = [m for m in matches if {RATE, GOAL} & set(m.fits[0].evidence)]
        best = best or [m for m in matches if m.first.total] or matches
        whole = max(best, key=_rank)
        others = [m for m in matches if not (_level(m) == _level(whole) or _is_part_of(m, whole))]
        weak = [m for m in others if {*m.fits[0].against} - {STAGE} or m.fits[0].score < SURE]
        if whole.fits[0].score >= SURE and len(weak) == len(others):
            yield whole
        else:
            yield replace(whole, doubts=(*whole.doubts, DIFFERS))
        yield from (replace(m, doubts=(*m.doubts, DIFFERS)) for m in others)


_OTHER_THING = frozenset({SCOPE})


def _is_part_of(part: Match, whole: Match) -> bool:
    """新建96公里,改造58公里,合计154公里: less, in the same paragraph, and not held against the
    target as the whole is.
    """
    less, more = _level(part), _level(whole)
    held = {RATE, GOAL} & set(part.fits[0].evidence)
    near = part.first.paragraph == whole.first.paragraph
    summed = whole.first.total or {RATE, GOAL} & set(whole.fits[0].evidence)
    return bool(
        summed and near and not held and less is not None and more is not None and less < more
    )


def _rank(match: Match) -> tuple[bool, int]:
    return match.sure, -match.first.start


def _place(match: Match) -> tuple[object, ...]:
    one = match.candidate
    if one.target is None:
        return id(one.measure), match.first.start
    return id(one.measure), one.target.id, match.on


# --- words


def _words(
    report: Report, told: Sequence[tuple[Statement, tuple[Fit, ...]]], numbers: Sequence[Match]
) -> Iterator[Match]:
    """What is told of a promise without a number: one match a promise and paragraph."""
    groups: dict[tuple[int, int], list[tuple[Statement, tuple[Fit, ...]]]] = {}
    for one, found in _inherited(told):
        if not found or (_is_counted(one, found[0], numbers) and not one.changed):
            continue
        groups.setdefault((id(found[0].candidate.measure), one.paragraph), []).append((one, found))
    for group in groups.values():
        yield _worded(report, group)


def _inherited(
    told: Sequence[tuple[Statement, tuple[Fit, ...]]],
) -> Iterator[tuple[Statement, tuple[Fit, ...]]]:
    """尚未启动建设,拟调整到明年二季度上线: a clause that names nothing is of what the one before it
    in its sentence is of.
    """
    last: tuple[Statement, tuple[Fit, ...]] | None = None
    for one, found in told:
        named = bool(found) and found[0].own >= _NAMES_SOME
        if not named and last and last[0].sentence == one.sentence and last[1]:
            found = last[1]  # noqa: PLW2901 -- what it is of
        last = one, found
        yield one, found


_NAMES_SOME = 0.25  # of a name in the clause itself: it is of another promise, or in doubt


def _is_counted(one: Statement, fit: Fit, numbers: Iterable[Match]) -> bool:
    """Whether a number of the same clause tells of the same promise."""
    return any(
        match.candidate.measure is fit.candidate.measure
        and one.start <= match.first.end
        and match.first.start < one.end
        for match in numbers
    )


def _worded(report: Report, group: Sequence[tuple[Statement, tuple[Fit, ...]]]) -> Match:
    best = max(group, key=lambda pair: pair[1][0].score)[1]
    days = [one.as_of.value for one, _fits in group if one.as_of]
    whole = tuple(one for one, _fits in group)
    match = Match(statements=whole, fits=best, on=None, printed=report.printed)
    if match.state != DONE:  # a part of it was done that day: the whole stands as the report says
        days = []
    day = days[0] if days else report.as_of.value if report.as_of else None
    match = replace(match, on=day, printed=bool(days) or report.printed)
    doubts = [*best[0].against]
    if not leads(best):
        doubts.append(SEVERAL if len(best) > 1 else ABOUT)
    if day is None:
        doubts.append(NO_DAY)
    known = any(_is_noted(entry, match) for entry in match.candidate.measure.log)
    return replace(match, doubts=tuple(doubts), known=known)


def note_of(match: Match) -> str:
    """Return the words of a match as a log's note has them, one blank at most between them."""
    words = "".join(" ".join(one.quote.split()) for one in match.statements)
    return words.rstrip("，,；;。")[:_LONGEST_NOTE]


_LONGEST_NOTE = 500


def _is_noted(entry: Entry, match: Match) -> bool:
    return entry.on == match.on and entry.note == note_of(match)
