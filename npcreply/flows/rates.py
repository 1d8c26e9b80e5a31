"""The rates of what is selected: every reply there by the day, every promise made by it."""

from __future__ import annotations

from npcreply.domain.judging.standing import standing
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.selection import Selection
from npcreply.domain.statistics import Handled, Section, Sections, begun, sections
from npcreply.domain.time.clocks import clocks
from npcreply.domain.time.rules import What
from npcreply.session import Session
from npcreply.views.statistics import RATED_BY


def rates(session: Session, selection: Selection, by: str | None) -> Sections:
    """Return replies and promises in groups, or all in one where no way of grouping is given."""
    replies = [r for r in session.replies(selection) if begun(r, session.as_of)]
    handled = [_handled(session, reply) for reply in replies]
    promises = session.judged(session.index.promises(selection), selection)
    if by is None:
        return Sections((), Section("", handled, promises))
    settings = session.workspace.schema.settings
    order = settings.order if by == "dept" else str
    return sections(handled, promises, RATED_BY[by].names(settings), order)


def _handled(session: Session, reply: ReplyLine) -> Handled:
    scheme = session.workspace.schema.settings.class_scheme
    found = [clock for clock in clocks(reply, session.law) if clock.what is What.REPLY]
    return Handled(standing(reply, [], session.as_of, scheme), found[0] if found else None)
