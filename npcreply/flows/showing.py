"""What `show` shows of a record: its promises judged, states, clocks, relatives; no index."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from npcreply.dataclass import dataclass
from npcreply.domain.judging.carry_over import Kin, Relative
from npcreply.domain.judging.duties import next_round
from npcreply.domain.judging.standing import Standing, in_working_days, standing
from npcreply.domain.judging.status import Judged, judge
from npcreply.domain.record.lines import MeasureLine, ReplyLine, measure_lines, reply_line
from npcreply.domain.record.links import Chains, Pair, of_promise, of_reply, record_of
from npcreply.domain.record.model import Record
from npcreply.domain.time.clocks import Clock, clocks
from npcreply.domain.time.yearly import worth_showing, yearly
from npcreply.errors import CouldNotError, NpcreplyError, RecordInvalidError
from npcreply.flows import repeated
from npcreply.repeats.judged import Other
from npcreply.session import Session
from npcreply.store import files, names
from npcreply.workspace import Opened, Workspace


@dataclass(frozen=True, slots=True)
class Shown:
    """A record on a day: its promises by number, how its handling stands, the clocks begun by then,
    the records that it goes on with or that go on with it; `others`: promises of other years that
    surely are the same ones, by number.
    """

    reply: ReplyLine
    promises: dict[int, Judged]
    standing: Standing
    clocks: list[Clock]
    kin: Kin
    others: dict[int, list[Other]]


def shown(session: Session, opened: Opened) -> Shown:
    """Judge a record that is at hand, on the session's day."""
    record, settings, law = opened.record, session.workspace.schema.settings, session.law
    lines = list(measure_lines(record, opened.name))
    judged = {line.measure.id: judge(line, session.as_of, settings) for line in lines}
    reply = reply_line(record, opened.name)
    count = in_working_days(law.calendar)
    found = standing(reply, judged.values(), session.as_of, settings.class_scheme, count)
    begun = [clock for clock in clocks(reply, law) if clock.begun_by(session.as_of)]
    waiting = next_round(reply, law, session.as_of)
    begun += [waiting] if waiting else []
    begun += worth_showing(yearly(reply, law, session.as_of))
    others = _others(session, lines)
    return Shown(reply, judged, found, begun, kin(session, record, opened.name), others)


def _others(session: Session, lines: list[MeasureLine]) -> dict[int, list[Other]]:
    """Where the index can be kept nowhere nothing is said: it is a help, not a part of a record."""
    try:
        with closing(session.workspace.index()) as index:
            return repeated.others(session, index, lines)
    except NpcreplyError:
        return {}


Known = dict[str, tuple[Record, str]]


def kin(session: Session, record: Record, name: str) -> Kin:
    """Return the record's chains, followed both ways to their ends.

    What names the newer ones is found by reading files of its year and later: a few bytes each,
    and right without an index.
    """
    known = {record.id: (record, name)}
    pairs = _pairs(record, name)
    _older(session.workspace, pairs, known)
    _newer(session.workspace, record, pairs, known, session.day)
    relatives = {found[0].id: _relative(session, *found) for found in known.values()}
    return Kin(record.id, Chains(pairs), relatives)


def _pairs(record: Record, name: str) -> list[Pair]:
    reply = reply_line(record, name)
    promises = [pair for m in record.measures if not m.removed for pair in of_promise(reply.id, m)]
    return [*of_reply(reply), *promises]


def _older(workspace: Workspace, pairs: list[Pair], known: Known) -> None:
    """Open what is named, and what that names in turn."""
    paths = {path.stem: path for path in workspace.paths()} if pairs else {}
    todo = [record_of(pair.older) for pair in pairs]
    while todo:
        name = todo.pop()
        path = paths.get(name)
        if name not in known and path and (found := _read(workspace, path)):
            known[name] = found
            more = _pairs(*found)
            pairs += more
            todo += [record_of(pair.older) for pair in more]


def _newer(
    workspace: Workspace, record: Record, pairs: list[Pair], known: Known, day: date
) -> None:
    """Open whatever names one of the newer ones, round after round, until nothing more comes."""
    ids, seen = {record.id}, set(known)
    while ids:
        found = [_read(workspace, path) for path in naming(workspace, ids, record.year)]
        new = [one for one in found if one and one[0].id not in seen and _there(one[0], day)]
        seen |= {one[0].id for one in new}
        linked = [(one, _pairs(*one)) for one in new]
        hits = [
            (one, more)
            for one, more in linked
            if any(record_of(pair.older) in ids for pair in more)
        ]
        known |= {one[0].id: one for one, _more in hits}
        pairs += [pair for _one, more in hits for pair in more]
        ids = {one[0].id for one, _more in hits}


def naming(workspace: Workspace, ids: Collection[str], since: int) -> Iterator[Path]:
    """Return the record files of the year `since` and later whose text holds one of the ids, or
    letters spelt as escapes: every newer record that refers to one of them is among these.
    """
    wanted = re.compile(b"|".join(re.escape(name.encode()) for name in ids) + rb"|\\u|\\x")
    hits = (path for path in names.found_paths(workspace.root) if _may_name(path, wanted, since))
    return (path for path in names.in_order(hits) if path.stem not in ids)


def _may_name(path: str, wanted: re.Pattern[bytes], since: int) -> bool:
    year = path[path.rfind(os.sep) + 1 :].partition("-")[0]
    if year.isdecimal() and int(year) < since:
        return False
    try:
        text = files.start(path, files.MAX_BYTES)
    except CouldNotError:  # gone or locked: `check` names it
        return False
    return wanted.search(text) is not None


def _there(record: Record, day: date) -> bool:
    """A past meeting knew nothing of what came later."""
    return (record.assigned_on or record.reply_date or date(record.year, 1, 1)) <= day


def _read(workspace: Workspace, path: Path) -> tuple[Record, str] | None:
    """A record that cannot be read is left out here; every listing names it."""
    try:
        record = workspace.decode(path)[1].record
    except (RecordInvalidError, CouldNotError):
        return None
    return (record, workspace.name(path)) if record else None


def _relative(session: Session, record: Record, name: str) -> Relative:
    settings = session.workspace.schema.settings
    lines = measure_lines(record, name)
    judged = [judge(line, session.as_of, settings) for line in lines]
    return Relative(reply_line(record, name), {item.line.id: item for item in judged})
