"""The rows that an answer is made of: judged on a day, and kept where the filters ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from npcreply.domain.judging import duties
from npcreply.domain.judging.duties import Duty, Owed
from npcreply.domain.judging.status import Judged, judge, replied_by
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.session import Session


def promises(
    session: Session,
    lines: Iterable[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Judged]:
    """Judge the promises of replies given by the day, the session's if none is told, and keep those
    selected.
    """
    day, settings = as_of or session.as_of, session.workspace.schema.settings
    judged = (judge(line, day, settings) for line in lines if replied_by(line, day))
    return [item for item in judged if selection.takes(item, settings)]


def replies(session: Session, selection: Selection) -> list[ReplyLine]:
    """Return the replies that are selected."""
    settings = session.workspace.schema.settings
    found = session.index.replies(selection)
    return [reply for reply in found if selection.takes_reply(reply, settings)]


def beside(session: Session, selection: Selection, as_of: AsOf | None = None) -> list[Duty]:
    """Judge what is owed beside promises (answers, opinions, reports to the congress) on the day
    and keep what is selected.
    """
    day, settings = as_of or session.as_of, session.workspace.schema.settings
    owing = session.index.owing(day, selection)
    if not owing:
        return []
    bench = duties.Bench(as_of=day, settings=settings, law=session.law)
    owed = (duty for reply in owing for duty in duties.of_reply(reply, bench))
    return [duty for duty in owed if selection.takes(duty, settings)]


def reports(
    session: Session,
    lines: Iterable[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Duty]:
    """Judge the periodic reports that the promises owe on the day and keep what is selected."""
    repeating = [line for line in lines if line.measure.cadence]
    if not repeating:
        return []
    from npcreply.domain.judging.duties import reports_owed

    day, settings = as_of or session.as_of, session.workspace.schema.settings
    owed = (duty for line in repeating for duty in reports_owed(line, day, settings))
    return [duty for duty in owed if selection.takes(duty, settings)]


def owed(
    session: Session,
    lines: Sequence[MeasureLine],
    selection: Selection,
    as_of: AsOf | None = None,
) -> list[Owed]:
    """Judge the promises, and what is owed beside them, on the day."""
    return [
        *promises(session, lines, selection, as_of),
        *beside(session, selection, as_of),
        *reports(session, lines, selection, as_of),
    ]
