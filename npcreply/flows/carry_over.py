"""The carry-over list: judged at the end of each year asked for, or on the day for a whole term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from npcreply.dataclass import dataclass, replace
from npcreply.domain.judging.carry_over import (
    Carry,
    carried_chains,
    end_of,
    open_promises,
    open_replies,
)
from npcreply.domain.judging.status import Judged, judge, replied_by
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.links import Chains
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.flows import repeated, rows
from npcreply.session import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """Which end is asked for: of `years`, or of the term whose name holds `term`."""

    selection: Selection
    years: tuple[int, ...]
    term: str | None = None

    def takes(self, reply: ReplyLine) -> bool:
        return self.term is None or self.term in (reply.term or "")


@dataclass(frozen=True, slots=True)
class Found:
    """The rows, newest year first, and how many replies name no term where one is asked for."""

    rows: tuple[Carry, ...]
    no_term: int = 0


def asked(session: Session, selection: Selection, term: str | None) -> Asked:
    """Return what the options ask for: without a year or a term, the year before the day's."""
    if term is not None:
        return Asked(selection, selection.year, term)
    years = selection.year or (session.day.year - 1,)
    return Asked(replace(selection, year=years), years)


def carry_over(session: Session, wanted: Asked) -> Found:
    """Return what must go on."""
    every = session.index.replies()
    chains = carried_chains(every, session.index.carried())
    found: list[Carry] = []
    for end, selection in _ends(session, wanted):
        found += _at(session, wanted, end, selection, chains)
    same = repeated.again(session, (row.then.line for row in found if row.then))
    found = [replace(row, again=same.get(row.id, ())) for row in found]
    no_term = sum(not reply.term for reply in every) if wanted.term is not None else 0
    return Found(tuple(found), no_term)


def _ends(session: Session, wanted: Asked) -> Iterator[tuple[AsOf, Selection]]:
    if wanted.term is not None:
        yield session.as_of, wanted.selection
        return
    for year in sorted(wanted.years, reverse=True):
        yield end_of(year, session.as_of), replace(wanted.selection, year=(year,))


def _at(
    session: Session, wanted: Asked, end: AsOf, selection: Selection, chains: Chains
) -> list[Carry]:
    settings = session.workspace.schema.settings
    lines = (ln for ln in session.index.open_until(end, None, selection) if wanted.takes(ln.reply))
    pairs = [pair for pair in _judged(session, lines, end) if selection.takes(pair[0], settings)]
    promises = open_promises(pairs, chains)
    if selection.status or selection.alert or selection.force:
        return promises
    replies = [reply for reply in rows.replies(session, selection) if wanted.takes(reply)]
    days, scheme = (end, session.as_of), settings.class_scheme
    return promises + open_replies(replies, promises, days, scheme, chains)


def _judged(
    session: Session, lines: Iterable[MeasureLine], end: AsOf
) -> Iterator[tuple[Judged, Judged]]:
    """Then and now; a reply given after its year's end is judged on the day asked for."""
    settings = session.workspace.schema.settings
    for line in lines:
        if replied_by(line, session.as_of):
            now = judge(line, session.as_of, settings)
            then = judge(line, end, settings) if replied_by(line, end) else now
            yield then, now
