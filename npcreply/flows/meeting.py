"""What a meeting is handed, as of the day: what an export holds, the page, the rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from npcreply.dataclass import replace
from npcreply.domain import publishing
from npcreply.domain.judging import duties
from npcreply.domain.judging.standing import standing
from npcreply.domain.judging.status import Judged, Span, Status, late_span
from npcreply.domain.publishing import Public, Shown
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.review import (
    Dates,
    Held,
    Meeting,
    Moment,
    Rows,
    calendar_names,
    parts,
)
from npcreply.domain.selection import Selection
from npcreply.domain.statistics import Handled, Names, Sections, begun, sections
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.clocks import clocks
from npcreply.domain.time.rules import What
from npcreply.flows import rows
from npcreply.flows.review import review
from npcreply.grammar.calendar_periods import month_ends
from npcreply.session import Session

MONTHS = 12


def exported(session: Session, selection: Selection, holds: str, of: str | None) -> Rows:
    """Return what an export shows: everything where its format `holds` a whole meeting and no kind
    `of` row is asked for, else the promises, or the replies.
    """
    if holds == "meeting" and of is None:
        return workbook(session, selection)
    if holds == "calendar":
        return dates(session, selection)
    if of == "reply":
        return Rows(as_of=session.as_of, items=(), replies=rows.replies(session, selection))
    return Rows(as_of=session.as_of, items=rows.passing(session, selection))


def dates(session: Session, selection: Selection) -> Dates:
    """Return what a calendar shows: the promises, the reports that they owe within a year."""
    lines = session.index.promises(selection)
    settings, until = session.workspace.schema.settings, session.day + timedelta(days=365)
    coming = (duties.reports_to_come(line, session.as_of, settings, until) for line in lines)
    later = [duty for found in coming for duty in found if selection.takes(duty, settings)]
    return Dates(
        as_of=session.as_of,
        items=rows.promises(session, lines, selection),
        reports=[*rows.reports(session, lines, selection), *later],
        names=calendar_names(session.index.replies()),
    )


def workbook(session: Session, selection: Selection) -> Meeting:
    """Return what the workbook shows: the promises, the review of a week, the replies that theirs
    are among.
    """
    return Meeting(
        as_of=session.as_of,
        items=rows.passing(session, selection),
        review=review(session, selection, session.day - timedelta(days=7), "dept"),
        asked=selection,
        unreadable=session.left_out,
        sources=session.sources,
        replies=_each_reply(session, selection),
    )


def _each_reply(session: Session, selection: Selection) -> Iterator[ReplyLine]:
    """Few workbooks name their files: nothing is asked before somebody goes through them."""
    yield from rows.replies(session, selection)


def page(session: Session, selection: Selection, since: date) -> Held:
    """Return what the page shows of what the filters ask for, compared with `since`."""
    every = [(one, one.index.promises(selection)) for one in session.parts]
    return Held(
        as_of=session.as_of,
        items=[item for one, lines in every for item in rows.promises(one, lines, selection)],
        review=review(session, selection, since, "none"),
        asked=selection,
        unreadable=session.left_out,
        sources=session.sources,
        trend=_trend(session, every, selection),
    )


def by_body(session: Session, selection: Selection, since: date) -> tuple[Held, Mapping[str, Held]]:
    """Return what the page shows of all, and of each body that must act by its full name, in the
    office's order, "" of what names nobody; where filters ask for bodies, of those alone.
    """
    whole = page(session, selection, since)
    settings = session.workspace.schema.settings
    found = parts(whole)
    names = [
        name for name in sorted(found, key=settings.order) if _asked(name, selection, settings)
    ]
    lines = {name: [item.line for item in found[name].items] for name in names}
    trends = {name: _trend(session, [(session, lines[name])], selection) for name in names}
    return whole, {name: replace(found[name], trend=trends[name]) for name in names}


def _asked(body: str, selection: Selection, settings: Settings) -> bool:
    return not selection.dept or any(settings.names_like(word, (body,)) for word in selection.dept)


def public(session: Session, selection: Selection, unsaid: str) -> Public:
    """Return what everybody may see of the replies that the filters ask for, each with all of its
    promises; `unsaid`: what of those whose record does not say how they are disclosed.
    """
    of = Selection(year=selection.year, kind=selection.kind)
    promised: dict[str, list[Judged]] = {}
    for item in rows.promises(session, session.index.promises(of), of):
        promised.setdefault(item.reply.path, []).append(item)
    found = rows.replies(session, selection)
    shown = [Shown(reply, promised.get(reply.path, [])) for reply in found]
    return publishing.public(shown, unsaid, session.as_of, len(session.left_out))


_Lines = list[tuple[Session, list[MeasureLine]]]


def _trend(session: Session, every: _Lines, selection: Selection) -> list[Moment]:
    """Return how many promises were late at the last month-ends, and how many are on the day."""
    days = dict.fromkeys([*month_ends(session.day, MONTHS), session.day])
    spans = [(one, [(late_span(line), line) for line in lines]) for one, lines in every]
    return [
        Moment(day, sum(_late(one, found, selection, day) for one, found in spans)) for day in days
    ]


def _late(
    session: Session, found: Iterable[tuple[Span, MeasureLine]], selection: Selection, day: date
) -> int:
    as_of = AsOf(day, session.as_of.known_on)
    possible = [line for span, line in found if span.holds(as_of)]
    judged = rows.judged(session, possible, selection, as_of)
    return sum(item.status is Status.OVERDUE for item in judged)


def rates(
    session: Session, selection: Selection, names: tuple[Names, Names] | None, by: str
) -> Sections:
    """Return replies and promises in groups, or all in one where no `names` of groups are given."""
    handled = (
        _handled(one, reply)
        for one in session.parts
        for reply in rows.replies(one, selection)
        if begun(reply, session.as_of)
    )
    settings = session.workspace.schema.settings
    order = settings.order if by == "dept" else str
    return sections(handled, rows.passing(session, selection), names, order)


def _handled(session: Session, reply: ReplyLine) -> Handled:
    settings = session.workspace.schema.settings
    found = [clock for clock in clocks(reply, session.law) if clock.what is What.REPLY]
    stands = standing(reply, [], session.as_of, settings.class_scheme)
    return Handled(stands, found[0] if found else None, settings)
