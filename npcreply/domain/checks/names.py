"""Which names and numbers within one record lead nowhere, or to two things at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from npcreply.domain import twice
from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.record.model import Record
from npcreply.domain.record.names import nearest
from npcreply.domain.record.places import Place, promises
from npcreply.domain.record.settings import Body, Settings
from npcreply.language import _, listed


def co_is_lead(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """One body cannot give its opinion to itself."""
    lead = settings.full_name(record.lead) if record.lead else None
    for index, co in enumerate(record.co):
        if settings.full_name(co.body) == lead:
            message = _("会办单位 {body} 就是主办单位")
            yield doubt(
                ("co", index, "body"),
                "co-is-lead",
                message.format(body=co.body),
                _("删去这一行，或改正单位：npcreply edit {id}。").format(id=record.id),
            )


def unknown_departments(record: Record, settings: Settings, _today: date) -> Iterator[Doubt]:
    """An unknown name gets a group of its own in every list; each is told once a record."""
    if not settings.departments:
        return
    known = _known(settings.departments)
    named: set[str] = set()
    for at, name in _bodies(record):
        if name not in known and name not in named:
            named.add(name)
            near = _nearest(name, settings.departments)
            yield doubt(
                at,
                "unknown-department",
                _("单位表里没有“{name}”").format(name=name),
                _("是不是“{near}”？是就改过来，或在 schema.yaml 里给它添一个别名。").format(
                    near=near
                )
                if near
                else _("核对全名；确有这个单位，就写进 schema.yaml 的 x-workspace: departments。"),
            )


def used_twice(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """Whoever reads a record asks this, without the other checks."""
    return twice.used_twice(record)


def unknown_references(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A log line or an extension names a target, a promise names a question: it must be there."""
    questions = {question.id for question in record.questions}
    for promise in promises(record):
        measure = promise.measure
        targets = {target.id for target in measure.targets}
        if measure.question is not None and measure.question not in questions:
            message = _("没有第 {number} 个询问").format(number=measure.question)
            yield _unknown((*promise.at, "question"), "unknown-question", message, questions)
        named = [((*promise.at, "log", i, "target"), x.target) for i, x in enumerate(measure.log)]
        for index, move in enumerate(measure.extensions):
            named.append(((*promise.at, "extensions", index, "target"), move.target))
        for at, number in named:
            if number is not None and number not in targets:
                message = _("{promise} 没有目标 {number}")
                message = message.format(promise=promise.name, number=number)
                yield _unknown(at, "unknown-target", message, targets)


def unknown_cadences(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A report or a number of every period belongs to a cadence that the promise has."""
    for promise in promises(record):
        measure = promise.measure
        named = [((*promise.at, "log", i, "cadence"), x.cadence) for i, x in enumerate(measure.log)]
        for index, target in enumerate(measure.targets):
            named.append(((*promise.at, "targets", index, "cadence"), target.cadence))
        for at, cadence in named:
            if cadence and cadence not in measure.cadence:
                known = listed(measure.cadence) or _("没有")
                yield doubt(
                    at,
                    "unknown-cadence",
                    _("{promise} 没有周期 {cadence}").format(promise=promise.name, cadence=cadence),
                    _(
                        "承诺的周期：{known}；改正这一处，或 npcreply set {promise} cadence=…"
                    ).format(known=known, promise=promise.name),
                )


@lru_cache(maxsize=4)
def _known(departments: tuple[Body, ...]) -> frozenset[str]:
    return frozenset(name for body in departments for name in body.names)


@lru_cache(maxsize=1024)
def _nearest(name: str, departments: tuple[Body, ...]) -> str | None:
    return nearest(name, sorted(_known(departments)))


def _bodies(record: Record) -> Iterator[tuple[Place, str]]:
    if record.lead:
        yield ("lead",), record.lead
    for index, co in enumerate(record.co):
        yield ("co", index, "body"), co.body
    for promise in promises(record):
        for index, name in enumerate(promise.measure.department):
            yield (*promise.at, "department", index), name


def _unknown(at: Place, code: str, message: str, known: set[int]) -> Doubt:
    some = listed(map(str, sorted(known)))
    remedy = _("有的是：{known}。").format(known=some) if known else _("核对序号，或删去这一项。")
    return doubt(at, code, message, remedy)
