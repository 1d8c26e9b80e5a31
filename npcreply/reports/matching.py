"""Which promise or target a statement is of: the evidence for each, and how far it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.domain.record.figures import half_digit
from npcreply.domain.record.model import Measure, Record
from npcreply.grammar.units import convert, is_share, split_unit
from npcreply.reports import names, states
from npcreply.reports.model import Statement, Zone
from npcreply.reports.names import Key
from npcreply.reports.pool import Candidate, Pool, is_named

NAMED, HEAD, RATE, GOAL, BEFORE = "named", "head", "rate", "goal", "before"
"""Why a statement belongs to a promise: its words name it; those around it do; the stated rate is
that of its target; the target is told; it was reported before.
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a statement fits a candidate: `score` from 0 on, the evidence for it and what is against
    it being sure. `own`: how much of the name stands in the statement's own words.
    """

    candidate: Candidate
    score: float
    evidence: tuple[str, ...]
    against: tuple[str, ...] = ()
    own: float = 1.0


FITS, SURE, LEAD = 0.45, 0.62, 0.2
"""From where on a fit is offered; is sure; and by how much it must lead the next one."""

CONTRADICTED, STAGE, SCOPE, GENERAL, FOREIGN, OTHER_GOAL = (
    "contradicted", "stage", "scope", "general", "foreign", "other_goal",
)  # fmt: skip
"""What stands against a fit: the stated rate is not that of the target; it counts another stage; it
is of another place; its name is of general words; its words name something else; another target is
told.
"""


def fits(statement: Statement, pool: Pool) -> list[Fit]:
    """Return the candidates that a statement fits, the best first."""
    about = pool.about(statement)
    statement = _without_titles(statement, pool)
    if statement.counts:
        offered = [one for one in pool.numbers if one.record in about]
        found = [fit for one in offered if (fit := _number_fit(statement, one, pool))]
        if not found or max(fit.score for fit in found) < SURE:
            found += _bare_fits(statement, about, pool)
    else:
        found = _state_fits(statement, about, pool)
    named = _labelled(statement, about, pool)
    found = [_led_by(fit, named) for fit in found]
    kept = [fit for fit in found if fit.score >= FITS and not _is_other(fit)]
    return sorted(kept, key=lambda fit: -fit.score)


def _is_other(fit: Fit) -> bool:
    """Whether it is more of something else than of this: of another stage or place, and unlike."""
    return fit.score < SURE and bool({STAGE, SCOPE} & {*fit.against})


def _without_titles(statement: Statement, pool: Pool) -> Statement:
    """A heading that names the record says nothing of its promises."""
    kept = [
        zone
        for zone in statement.zones
        if not (
            zone.heading
            and any(is_named(zone.words, one.number, one.title) for one in pool.records)
        )
    ]
    return replace(statement, zones=tuple(kept))


def _labelled(statement: Statement, about: list[Record], pool: Pool) -> Measure | None:
    """The one promise that has a whole label above the statement in its names: 基金:, 冷链:."""
    for zone in statement.zones:
        label = names.pairs_of_all(names.without_numbers(zone.words)) if zone.heading else set()
        if not label:
            continue
        having = {
            id(one.measure): one.measure
            for one in (*pool.promises, *pool.numbers)
            if one.record in about and label <= names.pairs_of_all(names.plain(one.name))
        }
        if len(having) == 1:
            return next(iter(having.values()))
    return None


def _led_by(fit: Fit, named: Measure | None) -> Fit:
    return replace(fit, score=fit.score + _LABEL_GAIN) if fit.candidate.measure is named else fit


_LABEL_GAIN = 0.3


# --- a number against a target


@dataclass(frozen=True, slots=True)
class _Case:
    """A statement held against one candidate: its value in the candidate's unit, how much of its
    own words the candidate does not have.
    """

    statement: Statement
    one: Candidate
    pool: Pool
    level: Decimal | None
    strange: float

    @property
    def key(self) -> Key:
        return self.pool.keys[self.one]


@dataclass(frozen=True, slots=True)
class _Grade:
    """What one kind of evidence comes to."""

    score: float = 0.0
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    def __add__(self, other: _Grade) -> _Grade:
        return _Grade(
            self.score + other.score,
            (*self.evidence, *other.evidence),
            (*self.against, *other.against),
        )

    @property
    def told(self) -> bool:
        """Whether the report itself holds the number against this target."""
        return bool({GOAL, RATE} & {*self.evidence})


def _number_fit(statement: Statement, one: Candidate, pool: Pool) -> Fit | None:
    level = _level(statement, one)
    if not _may_count(statement, one, level):
        return None
    case = _Case(statement, one, pool, level, names.foreign(statement.subject, _known(one, pool)))
    grade = _by_name(case) + _by_goal(case) + _by_place(case) + _by_report(case)
    if statement.part and case.strange > 0:
        return None
    if not _same_stage(statement, one):
        if statement.stages & _EXPLICIT != _ARRIVED and RATE not in grade.evidence:
            return None
        grade += _Grade(against=(STAGE,))
    if case.strange > _HALF and not grade.told:
        grade += _Grade(against=(FOREIGN,))
    return Fit(one, grade.score, grade.evidence, grade.against)


def _may_count(statement: Statement, one: Candidate, level: Decimal | None) -> bool:
    """Whether the number can be of the candidate at all: its unit, its kind."""
    if statement.value is None:
        return one.target is not None and one.target.kind in (None, "level")
    return level is not None and _same_kind(statement, one)


def _by_name(case: _Case) -> _Grade:
    """How much of the name stands near the number, and how much else."""
    weights, zones = case.pool.weights, case.statement.zones
    cost = _STRANGE_HERE if _is_headed(case.key, case.statement, case.pool) else _STRANGE
    score = weights.covered(case.key, zones) * (1 - cost * case.strange)
    own = weights.covered(case.key, zones, _NEAR)
    named = (NAMED,) if own >= _HALF else (HEAD,) if score >= FITS else ()
    return _Grade(score, named)


def _by_goal(case: _Case) -> _Grade:
    """What the report says of the target itself: its value, and the rate that follows from it."""
    goal, statement = _goal(case.one), case.statement
    if goal is None:
        return _Grade()
    rate, grade = statement.rate, _Grade()
    told = [*statement.told, *([(rate.of, rate.of_unit)] if rate and rate.of is not None else [])]
    levels = [convert(value, unit or statement.unit, case.one.unit) for value, unit in told]
    if goal in levels:
        grade += _Grade(_GOAL_GAIN, (GOAL,))
    elif rate and rate.of is not None and any(levels):
        grade += _Grade(against=(OTHER_GOAL,))
    if rate is None or case.level is None:
        return grade
    if follows(case.level, goal, rate.percent):
        return grade + _Grade(_RATE_GAIN, (RATE,))
    return grade + _Grade(-_CONTRADICTION, (), (CONTRADICTED,))


def _by_place(case: _Case) -> _Grade:
    """Whether the words name the place that the target is narrowed to."""
    scope = _scope(case.statement, case.one)
    if scope is None:
        return _Grade()
    return _Grade(_SCOPE_GAIN) if scope else _Grade(-_SCOPE_COST, (), (SCOPE,))


def _by_report(case: _Case) -> _Grade:
    """Whether it is a number that was reported before and that no target has."""
    if case.one.target is not None:
        return _Grade()
    telling = len(names.pairs(names.plain(case.one.name))) >= _TELLING
    return _Grade(0, (BEFORE,), () if telling else (GENERAL,))


_NEAR = 0.7  # the weight of words that stand by the number or right above it
_HALF = 0.5
_STRANGE = 0.6  # how much words that name something else take away
_STRANGE_HERE = 0.35  # … where the heading right above names the target
_SCOPE_COST, _SCOPE_GAIN = 0.4, 0.1
_GOAL_GAIN, _RATE_GAIN, _CONTRADICTION = 0.5, 0.5, 0.15


def _is_headed(key: Key, statement: Statement, pool: Pool) -> bool:
    """Whether what stands above the statement names the target in full."""
    above = [
        Zone(zone.words, 1.0) for zone in statement.zones if zone.heading or zone.weight == _ROW
    ]
    return pool.weights.covered(key, above) >= _FULL


_TELLING = 2  # pairs of a name that tells what it is of: not 签约的项目
_FULL, _ROW, _SAID = 0.9, 0.95, 0.85


def _level(statement: Statement, one: Candidate) -> Decimal | None:
    """The value in the candidate's unit, None where it measures something else."""
    if statement.value is None:
        return None
    return convert(statement.value, statement.unit, one.unit)


def _same_kind(statement: Statement, one: Candidate) -> bool:
    if one.target is None:
        return True
    if (one.target.kind == "growth") != statement.growth and is_share(one.target.unit):
        return False
    return (one.target.kind == "multiple") == (split_unit(statement.unit)[1] == "倍")


def _known(one: Candidate, pool: Pool) -> frozenset[str]:
    """The pairs of the names that belong to a candidate and to no sibling of it; found once."""
    if one not in pool.own:
        pool.own[one] = _own_pairs(one, pool)
    return pool.own[one]


def _own_pairs(one: Candidate, pool: Pool) -> frozenset[str]:
    own = pool.keys[one].pairs
    siblings = {
        pair
        for other in pool.numbers
        if other.measure is one.measure and other is not one
        for pair in pool.keys[other].pairs
    }
    scope = names.pairs_of_all(names.plain(one.target.scope or "")) if one.target else ()
    measure = names.pairs(names.without_numbers(names.plain(one.measure.text)))
    title = names.pairs(names.plain(one.record.title or ""))
    return frozenset((*own, *scope, *(measure - siblings), *(title - siblings)))


def _goal(one: Candidate) -> Decimal | None:
    return one.target.value if one.target and one.target.value else None


def follows(level: Decimal, goal: Decimal, percent: Decimal) -> bool:
    """Return whether the stated rate is that of the target, within the printed digits."""
    return abs(level * 100 / goal - percent) <= 2 * half_digit(percent)


_ARRIVED = frozenset({"arrived"})
_EXPLICIT = frozenset({"plan", "signed", "begun", "frame", "arrived", "landed", "closed"})


def _same_stage(statement: Statement, one: Candidate) -> bool:
    """Whether the statement counts as far as the target wants: begun is not finished."""
    own = states.stages(names.plain(one.name)) & _EXPLICIT
    told = statement.stages
    if own:
        return bool(own & told) or not told
    early = told & _EXPLICIT
    return not early or "done" in told


def _scope(statement: Statement, one: Candidate) -> bool | None:
    """Whether the statement's words name the place that the target is narrowed to; None where it
    is narrowed to none.
    """
    if one.target is None or not one.target.scope:
        return None
    wanted = names.pairs_of_all(names.plain(one.target.scope))
    words = [zone.words for zone in statement.zones if zone.weight >= _NEAR]
    if statement.rate:
        words = [statement.rate.words]
        if not wanted & names.pairs_of_all(statement.rate.words):
            words = [zone.words for zone in statement.zones if zone.weight >= _OWN]
    told = {pair for text in words for pair in names.pairs_of_all(text)}
    return len(wanted & told) * 2 >= min(len(wanted), 2)


_OWN = 1.0
_STRANGE_WORDS = 0.3  # … from a clause of words, which says why and how as well

# --- a number against a promise without targets

_TIMES = frozenset({"次", "期", "场", "轮", "批"})


def _bare_fits(statement: Statement, about: list[Record], pool: Pool) -> Iterator[Fit]:
    """A number of a promise that has none: 补贴已拨付4300万元."""
    if statement.value is None or statement.growth or statement.part:
        return
    for one in pool.promises:
        if one.record not in about or one.measure.targets:
            continue
        score = pool.weights.covered(pool.keys[one], statement.zones)
        own = pool.weights.covered(pool.keys[one], statement.zones, _NEAR)
        times = bool(one.measure.cadence) and split_unit(statement.unit)[1] in _TIMES
        strange = names.foreign(statement.subject, _known(one, pool))
        score *= 1 - _STRANGE * strange / (2 if times else 1)
        evidence = (NAMED,) if own >= _HALF else (HEAD,)
        said = pool.weights.covered(pool.keys[one], statement.zones, _SAID)
        loose = not times and (strange > 0 or said < _HALF)
        yield Fit(one, score, evidence, (FOREIGN,) if loose else ())


# --- words against a promise


def _state_fits(statement: Statement, about: list[Record], pool: Pool) -> list[Fit]:
    """A promise is known by its own name and by those of its numbers, whichever says more."""
    best: dict[int, Fit] = {}
    offered = [*pool.promises, *pool.numbers]
    for one in offered:
        if one.record not in about:
            continue
        score = pool.weights.covered(pool.keys[one], statement.zones)
        own = pool.weights.covered(pool.keys[one], statement.zones, _NEAR)
        strange = names.foreign(statement.subject, _known(one, pool))
        score *= 1 - _STRANGE_WORDS * strange
        evidence = (NAMED,) if own >= _HALF else (HEAD,)
        said = pool.weights.covered(pool.keys[one], statement.zones, _OWN)
        fit = Fit(Candidate(one.record, one.measure), score, evidence, own=said)
        other = best.get(id(one.measure))
        if other is None or fit.score > other.score:
            best[id(one.measure)] = fit
    return list(best.values())


# --- what is sure


def leads(found: Sequence[Fit]) -> bool:
    """Return whether the first fit is so good, and so far ahead of the next, that it is sure."""
    if not found or found[0].score < SURE or found[0].against or not found[0].evidence:
        return False
    others = [fit for fit in found[1:] if fit.candidate.measure is not found[0].candidate.measure
              or fit.candidate.target is not found[0].candidate.target]  # fmt: skip
    if not others:
        return True
    told = {RATE, GOAL} & set(found[0].evidence) and not {RATE, GOAL} & set(others[0].evidence)
    return found[0].score - others[0].score >= (LEAD / 2 if told else LEAD)
