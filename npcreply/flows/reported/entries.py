"""What a match becomes in its record: a line of the log with its quote, a request to be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass
from npcreply.domain.time import cadences
from npcreply.flows import act, numbering
from npcreply.flows.entry.manuscript import letter_beside
from npcreply.reports.matches import Reading, note_of
from npcreply.reports.matching import CONTRADICTED, OTHER_GOAL
from npcreply.reports.model import DONE, Statement
from npcreply.reports.pool import Candidate
from npcreply.reports.requests import asked
from npcreply.session import Session
from npcreply.store import amend, files
from npcreply.store.codec import Decoded
from npcreply.store.journal import Change
from npcreply.views.reports import Offer
from npcreply.workspace import Opened, invalid

_LONGEST_NAME = 60  # characters of what a number counts that is no target's
_LONGEST_REASON = 300
_LONGEST_QUOTE = 800
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Kept:
    """A report beside one record: its text's file, and whether it is there already."""

    file: str
    known: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What becomes of one record: its changes, the record after them, the requests it got: the
    promise's id, the kind asked for, the report's words.
    """

    opened: Opened
    changes: tuple[Change, ...]
    after: Decoded
    requests: tuple[tuple[str, str, str], ...]


def written(session: Session, opened: Opened, reading: Reading, offers: Sequence[Offer]) -> Written:
    """Return what the matches ticked make of one record.

    Raises RecordInvalidError where it would be wrong, CouldNotError where the report's place beside
    it is taken.
    """
    report = reading.report
    text = report.text.encode()
    kept = _kept(opened, files.digest_of(text))
    steps, requests = list[amend.Amendment](), list[tuple[str, str, str]]()
    for one in offers:
        number = one.candidate.measure.id
        steps.append(amend.appended(number, "log", _entry(session, one, kept, report.text)))
        if request := _request(session, opened, one, reading, kept):
            steps.append(amend.appended(number, "requests", request))
            told = request.get("reason") or request.get("evidence") or ""
            requests.append((f"{opened.id}.{number}", str(request["asks"]), str(told)))
    if not kept.known:
        steps.append(_listed(session, reading, kept, files.digest_of(text)))
    change, after = session.workspace.changed(opened, amend.together(*steps))
    if after.record is None:
        raise invalid(opened.name, after.errors)
    beside = () if kept.known else letter_beside(session, opened.path.with_name(kept.file), text)
    return Written(opened, (change, *beside), after, tuple(requests))


def _kept(opened: Opened, digest: str) -> Kept:
    known = next((r.file for r in opened.record.progress_reports if r.sha256 == digest), None)
    if known:
        return Kept(known, known=True)
    taken = {report.file for report in opened.record.progress_reports}
    number = 1
    while (name := numbering.report_name(opened.id, number)) in taken:
        number += 1
    return Kept(name, known=False)


def _listed(session: Session, reading: Reading, kept: Kept, digest: str) -> amend.Amendment:
    """The report among those of the record, where the contract has that field."""
    title = reading.report.letter.header.title
    item = amend.filled(
        {
            "file": kept.file,
            "sha256": digest,
            "on": reading.report.written,
            "title": title.value[:_LONGEST_TITLE] if title else None,
            "entered": session.today,
        }
    )
    order = [*session.workspace.schema.fields()]

    def add(data: amend.Data) -> None:
        listed = [*(data.get("progress_reports") or []), item]
        if "progress_reports" in order:
            amend.put(data, "progress_reports", listed, order)
        else:  # a workspace with an older contract of its own
            data["progress_reports"] = listed

    return add


def _entry(session: Session, one: Offer, kept: Kept, text: str) -> dict[str, Any]:
    match, candidate = one.match, one.candidate
    said = match.first
    start = min(part.start for part in match.statements)
    end = max(part.end for part in match.statements)
    if end - start > _LONGEST_QUOTE:  # said here and there: the first words stand for it
        start, end = said.start, said.end
    quote = {"text": text[start:end], "start": start, "end": end}
    entry: dict[str, Any] = {
        "on": match.on,
        "words": said.as_of.words[:80] if match.on is None and said.as_of else None,
        **_figure(said, candidate, one),
        "cadence": _served(candidate),
        "note": note_of(match) if said.value is None and said.rate is None else None,
        "source": kept.file,
        "quote": quote,
    }
    return {**amend.filled(entry), "by": session.by, "entered": session.today}


def _figure(said: Statement, candidate: Candidate, one: Offer) -> dict[str, Any]:
    if said.value is None and said.rate is None:
        return {}
    target = candidate.target.id if candidate.target else None
    wrong = {CONTRADICTED, OTHER_GOAL} & {*one.fit.against}
    return {
        "target": target,
        "indicator": None if target else candidate.indicator or _name(said),
        "value": said.value,
        "unit": said.unit,
        "approx": True if said.approx else None,
        "stated_percent": said.rate.percent if said.rate and target and not wrong else None,
    }


def _name(said: Statement) -> str:
    """What a number counts that no target has, in the report's words without the number."""
    words = "".join(said.said.split()).strip("，,。；;、的了已共")
    return words[:_LONGEST_NAME] or said.quote[:_LONGEST_NAME]


def _served(candidate: Candidate) -> str | None:
    from npcreply.domain.record.model import Entry

    measure = candidate.measure
    return cadences.served(Entry(), measure) if len(measure.cadence) > 1 else None


def _request(
    session: Session, opened: Opened, one: Offer, reading: Reading, kept: Kept
) -> dict[str, Any] | None:
    """What the report claims or asks for the promise: nothing is moved or closed by itself."""
    match, measure = one.match, one.candidate.measure
    request = asked(match, reading.report)
    if request is None:
        return None
    if request.asks == DONE and (measure.targets or measure.cadence):
        return None
    if any(_is_same(known, request.asks, request.to) for known in measure.requests):
        return None
    body = measure.department[0] if len(measure.department) == 1 else opened.record.lead
    words = note_of(match)[:_LONGEST_REASON]
    item = {
        "on": reading.report.written or match.on or session.day,
        "asks": request.asks,
        "to": request.to,
        "reason": words if request.asks != DONE else None,
        "evidence": words if request.asks == DONE else None,
        "source": kept.file,
        "by": body if not measure.department else ("、".join(measure.department)),
    }
    return {**amend.filled(item), "entered": session.today}


def _is_same(known: Any, asks: str, to: date | None) -> bool:
    return bool(known.asks == asks and known.to == to and known.decided is None)


def doubts(session: Session, made: Iterable[Written]) -> list[Any]:
    """Return what is doubtful in the records now and was not before."""
    return [
        doubt
        for one in made
        for doubt in act.new_doubts(session, one.after, one.opened.decoded.text)
    ]
