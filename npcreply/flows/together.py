"""`--all-workspaces`: sessions about the workspaces of the shared database, one each."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from npcreply.dataclass import replace
from npcreply.domain.record.settings import Settings
from npcreply.domain.sources import Source
from npcreply.errors import EXIT_UNREADABLE, NoWorkspaceError
from npcreply.options import Across
from npcreply.session import Session
from npcreply.store.contract import read
from npcreply.store.contract.schema import Schema
from npcreply.workspace import Workspace

if TYPE_CHECKING:  # without the option nothing of the shared database is loaded
    from npcreply.shared.pull import Pulled, Shared


def open_all(session: Session, across: Across) -> None:
    """Let the session's answers be drawn from every workspace of the shared database, each judged
    by its own settings and rules.

    Raises UsageError where no shared database is named, CouldNotError where it does not answer.
    """
    from npcreply.shared import place
    from npcreply.shared.pull import Shared

    shared = session.kept_open(closing(Shared(place.told())))
    found = shared.workspaces()
    session.sources = sources(shared, found, across.synced_within)
    session.pulled = tuple(_part(session, shared, one) for one in found if one.settings)
    session.unreadable = [bad for one in session.pulled for bad in one.unreadable]
    session.exit_code = EXIT_UNREADABLE if session.unreadable else 0


def sources(shared: Shared, found: list[Pulled], within: int) -> list[Source]:
    """Return of every workspace when it was last pushed; `within` are the days that are not long
    ago.
    """
    from npcreply.shared import facts

    now, program = shared.now(), facts.program()
    return [
        Source(
            name=one.name,
            synced=one.synced,
            days=(now - one.synced).days if one.synced else 0,
            is_stale=bool(one.synced and now - one.synced > timedelta(days=within)),
            is_whole=one.is_whole,
            is_of_another=bool(one.synced and one.program != program),
        )
        for one in found
    ]


def _part(session: Session, shared: Shared, one: Pulled) -> Session:
    """A session about one workspace; what a session looks up when it is first asked is given."""
    from npcreply.shared.pull import PulledIndex

    settings = one.settings or Settings()
    index = PulledIndex(shared, one.name, settings)
    workspace = Workspace(Path(one.name))
    vars(workspace)["schema"] = replace(_schema(session), settings=settings)
    sheets = [replace(s, id=f"{one.name}/{s.id}", workspace=one.name) for s in one.sheets]
    part = replace(session, pulled=None, unreadable=index.unreadable())
    vars(part).update(workspace=workspace, index=index, law=one.law, sheets=sheets)
    return part


def _schema(session: Session) -> Schema:
    """The schema that columns are named by: this workspace's; the contract's where there is none,
    for who only reads.
    """
    try:
        return session.workspace.schema
    except NoWorkspaceError:
        workspace = Workspace(session.directory)
        vars(workspace)["schema"] = replace(read.contract(), settings=Settings())
        vars(session)["workspace"] = workspace
        return workspace.schema
