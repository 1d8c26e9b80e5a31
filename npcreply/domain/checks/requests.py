"""What departments ask of the office: without what it takes, or decided and not carried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.record.model import Measure, Record, Request
from npcreply.domain.record.places import Place, promises
from npcreply.domain.record.settings import Settings
from npcreply.language import _


def requests(record: Record, _settings: Settings, _today: date) -> Iterator[Doubt]:
    """A request names what it is for, is decided after it was made, and what was granted stands in
    the promise as well.
    """
    for promise in promises(record):
        for number, request in enumerate(promise.measure.requests):
            at = (*promise.at, "requests", number)
            yield from _incomplete(at, promise.measure, request, record.id)
            yield from _decision(at, promise.measure, request, record.id)


def _incomplete(at: Place, measure: Measure, request: Request, id: str) -> Iterator[Doubt]:
    remedy = _("补上或改正：npcreply edit {id}。").format(id=id)
    if request.asks == "extension" and request.to is None:
        yield doubt(at, "request-without-day", _("申请延期，没有写延到哪天"), remedy)
    if request.target is not None and request.target not in {t.id for t in measure.targets}:
        message = _("申请说的目标 {target} 不在这项承诺里").format(target=request.target)
        yield doubt((*at, "target"), "request-unknown-target", message, remedy)


def _decision(at: Place, measure: Measure, request: Request, id: str) -> Iterator[Doubt]:
    decided = request.decided
    if decided is None:
        return
    if decided.on < request.on:
        yield doubt(
            (*at, "decided"),
            "decided-before-asked",
            _("决定日期 {on} 早于申请日期 {asked}").format(on=decided.on, asked=request.on),
            _("核对两个日期：npcreply edit {id}。").format(id=id),
        )
    if decided.as_ == "accepted" and not _carried_out(measure, request, decided.on):
        yield doubt(
            (*at, "decided"),
            "accepted-not-done",
            _("{on} 同意了申请，承诺里没有那天的延期或销号").format(on=decided.on),
            _("补记：npcreply extend 或 npcreply drop、done，日期写同意那天。"),
        )


def _carried_out(measure: Measure, request: Request, on: date) -> bool:
    if request.asks == "change":
        return True  # what a change consists of is told in words
    if request.asks == "extension":
        return any(move.on == on for move in measure.extensions)
    return any(closing.on == on for closing in measure.closings)
