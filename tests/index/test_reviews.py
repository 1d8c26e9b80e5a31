"""A review that leaves aside what cannot be late is the review of every promise there is."""

from __future__ import annotations

import io
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.made import DAY, LATE, Made, workspace
from npcreply.domain.judging.duties import Bench, of_reply, reports_owed
from npcreply.domain.judging.status import Judged, Status, judge, replied_by
from npcreply.domain.review import Review, in_order, listed, no_start
from npcreply.domain.selection import Selection
from npcreply.domain.time.as_of import AsOf
from npcreply.flows.review import review
from npcreply.index import engine, freshness
from npcreply.render.output import Output
from npcreply.session import Session
from npcreply.store.contract import rules
from tests.index.test_oracle import SOME_DAYS, oracle, selections, workspaces

statuses = st.lists(st.sampled_from(["overdue", "to_verify", "undated"]), max_size=2).map(tuple)
alerts = st.lists(st.sampled_from(["red", "yellow"]), max_size=1).map(tuple)
asked = st.one_of(
    st.just(Selection()),
    selections,
    st.builds(replace, selections, status=statuses, alert=alerts),
)
some_day = st.sampled_from(SOME_DAYS).flatmap(
    lambda day: st.sampled_from([-31, -1, 0, 1, 45]).map(lambda n: day + timedelta(days=n))
)


def run_of(place: Any, as_of: AsOf) -> Session:
    """One run on a day, printing nowhere."""
    nowhere = Output(io.StringIO(), io.StringIO())
    now = datetime.combine(as_of.day, datetime.min.time())
    return Session(output=nowhere, now=now, as_of=as_of, directory=place.root, command="")


def of_everything(
    place: Any, as_of: AsOf, since: date, selection: Selection, by: str
) -> dict[str, Any]:
    """What a review is, from every line and every reply, each judged on both days."""
    days = (as_of, AsOf(since, as_of.known_on))
    now, then = (everything_owed(place, place.said(), day) for day in days)
    return reviewed(now, then, selection, place.schema.settings, by)


def everything_owed(place: Any, said: Any, on: AsOf) -> list[Any]:
    """Every promise and every duty, judged on a day."""
    settings = place.schema.settings
    bench = Bench(as_of=on, settings=settings, law=rules.load(place.root, place.schema))
    rows: list[Any] = [judge(line, on, settings) for line in said.promises if replied_by(line, on)]
    rows += [duty for reply in said.replies for duty in of_reply(reply, bench)]
    return rows + [duty for line in said.promises for duty in reports_owed(line, on, settings)]


def reviewed(
    now: list[Any], then: list[Any], selection: Selection, settings: Any, by: str
) -> dict[str, Any]:
    """What a review says of all that is owed now and was owed then."""
    now, then = ([row for row in rows if selection.takes(row, settings)] for rows in (now, then))
    items = [item for item in now if listed(item)]
    old = {item.key: item for item in then if listed(item)}
    keys, standing = {item.key for item in items}, {item.key: item for item in now}
    left = [standing.get(key, item) for key, item in old.items() if key not in keys]
    judged = [item for item in now if isinstance(item, Judged)]
    return {
        "items": in_order(items, by),
        "new": keys - old.keys(),
        "left": in_order(left, by),
        "soon": sum(item.status in (Status.DUE_TODAY, Status.DUE_SOON) for item in now),
        "undated": sum(item.status in (Status.UNDATED, Status.CONDITIONAL) for item in judged),
        "no_start": no_start(now),
    }


def told(found: Review) -> dict[str, Any]:
    return {
        "items": list(found.items),
        "new": set(found.new),
        "left": list(found.left),
        "soon": found.soon,
        "undated": found.undated,
        "no_start": found.no_start,
    }


@oracle
@given(
    workspaces,
    some_day,
    st.none() | some_day,
    st.sampled_from([1, 7, 100]),
    asked,
    st.sampled_from(["dept", "none"]),
)
def test_a_review_is_that_of_everything(
    filled: Callable[..., Any],
    contents: dict[str, Any],
    day: date,
    known_on: date | None,
    before: int,
    selection: Selection,
    by: str,
) -> None:
    place, as_of, since = filled(contents), AsOf(day, known_on), day - timedelta(days=before)
    with closing(run_of(place, as_of)) as session:
        found = told(review(session, selection, since, by))
    assert found == of_everything(place, as_of, since, selection, by)


def made(tmp_path: Path, promises: int) -> tuple[Made, Session]:
    """A made workspace, and a run on its day."""
    found = workspace(tmp_path, promises)
    nowhere = Output(io.StringIO(), io.StringIO())
    now = datetime.fromisoformat(DAY)
    return found, Session(nowhere, now, AsOf(now.date()), tmp_path, "")


def test_a_review_of_a_made_archive_has_the_promises_that_were_made_late(tmp_path: Path) -> None:
    archive, session = made(tmp_path, 300)
    with closing(session):
        found = review(session, Selection(), session.day - timedelta(days=7), "dept")
    late = {item.id for item in found.items if item.status is Status.OVERDUE}
    assert late == archive.late
    assert len(late) == LATE
    text = "".join(path.read_text("utf-8") for path in session.workspace.paths())
    soon, undated = text.count("{date: 2024-01-31,"), 300 - text.count("    deadline:")
    assert (found.soon, found.undated) == (soon, undated)
    assert soon > 0 < undated


def test_only_what_is_late_is_loaded(tmp_path: Path) -> None:
    archive, session = made(tmp_path, 300)
    with closing(session):
        since, until = session.day - timedelta(days=7), session.day + timedelta(days=30)
        lines = session.index.stirring(AsOf(since), session.day, until)
        filtered = session.index.ahead(AsOf(since), session.day, until, Selection())
    assert {line.id for line in lines} == archive.late
    assert 0 < len(filtered) < 100


def test_files_that_are_as_they_were_are_not_even_listed(tmp_path: Path) -> None:
    _archive, session = made(tmp_path, 100)
    long_ago = 1_700_000_000
    for path in session.workspace.paths():
        os.utime(path, (long_ago, long_ago))
    time.sleep(freshness.TICK_NS / 1e9)
    with closing(session):
        assert session.index.counts().files == 20
    with closing(sqlite3.connect(tmp_path / engine.FILE)) as connection:
        rows = connection.execute("SELECT path, size, mtime_ns, ctime_ns, inode, digest FROM file")
        stored = {row[0]: row for row in rows}
    assert freshness.difference(tmp_path, stored) == freshness.Difference((), ())
    path = session.workspace.paths()[7]
    path.write_text(path.read_text("utf-8") + "# 又及\n", "utf-8")
    found = freshness.difference(tmp_path, stored)
    assert [one.path for one in found.suspects] == [path]
