"""The reply's own history, carry-over and rates: from the index as from the files, day by day."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcreply.domain.judging.carry_over import carried_chains, open_promises, open_replies
from npcreply.domain.judging.standing import in_working_days, standing
from npcreply.domain.judging.status import CLOSED, judge, replied_by
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.settings import Settings
from npcreply.domain.statistics import Handled, begun, fate, sections
from npcreply.domain.time.as_of import AsOf
from npcreply.domain.time.clocks import clocks
from npcreply.domain.time.rules import What
from npcreply.store.contract import rules
from npcreply.views.statistics import RATED_BY
from tests.index.test_oracle import SOME_DAYS, workspaces

LAST = SOME_DAYS[-1]
TWENTY_DAYS = [SOME_DAYS[0] + timedelta(days=25 * n) for n in range(20)]

oracle = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def answers(
    replies: list[ReplyLine], promises: list[MeasureLine], day: date, place: Any
) -> list[object]:
    """Everything that these commands say of a day, as values that can be compared."""
    as_of, office = AsOf(day), Settings(class_scheme="zhejiang")
    law = rules.load(place.root, place.schema)
    count = in_working_days(law.calendar)
    judged = [judge(line, as_of, office) for line in promises if replied_by(line, as_of)]
    states = [
        standing(reply, [j for j in judged if j.line.reply == reply], as_of, "zhejiang", count)
        for reply in replies
    ]
    chains = carried_chains(replies, [line for line in promises if line.measure.carried_from])
    rows = open_promises([(item, item) for item in judged], chains)
    rows += open_replies(replies, rows, (as_of, as_of), "zhejiang", chains)
    handled = [
        Handled(
            state,
            next((c for c in clocks(state.reply, law) if c.what is What.REPLY), None),
            office,
        )
        for state in states
        if begun(state.reply, as_of)
    ]
    found = sections(handled, judged, (RATED_BY["dept"].reply, RATED_BY["dept"].promise))
    rates = [
        (group.name, rate.rate.name, rate.parts)
        for group in (*found.groups, found.total)
        for rate in group.rates()
    ]
    kept = [(row.id, row.state, row.chain, row.onward) for row in rows]
    return [states, kept, rates]


@oracle
@given(workspaces)
def test_the_index_says_what_the_files_say(
    filled: Callable[..., Any], contents: dict[str, Any]
) -> None:
    place = filled(contents)
    said = place.said()
    for _look in range(2):  # first written, then read back
        with closing(place.index()) as index:
            replies, promises = index.replies(), index.promises()
            for day in TWENTY_DAYS:
                assert answers(replies, promises, day, place) == answers(
                    said.replies, said.promises, day, place
                )


@oracle
@given(workspaces, st.sampled_from(SOME_DAYS), st.sampled_from(SOME_DAYS))
def test_as_of_is_monotone(
    filled: Callable[..., Any], contents: dict[str, Any], one: date, other: date
) -> None:
    """A promise closed stays closed on later days unless it was opened again in between; an answer,
    a class, a rating that was there stays there.
    """
    early, late = sorted((one, other))
    said = filled(contents).said()
    for line in said.promises:
        reopened = [c.on for c in line.measure.closings if c.as_ == "reopened"]
        if any(early < day <= late for day in reopened):
            continue
        before, after = (judge(line, AsOf(day), Settings()) for day in (early, late))
        assert before.status not in CLOSED or after.status in CLOSED
        closed_again = any(early < c.on <= late for c in line.measure.closings)
        if before.status in CLOSED and not closed_again:
            assert (after.status, fate(after)) == (before.status, fate(before))
    for reply in said.replies:
        then, now = (standing(reply, [], AsOf(day)) for day in (early, late))
        assert then.answer == "waiting" or now.answer == then.answer
        assert now.classes[: len(then.classes)] == then.classes
        assert bool(now.rated) >= bool(then.rated)
        rounds = {item.round for item in then.rounds if not item.owed}
        assert rounds <= {item.round for item in now.rounds}


@oracle
@given(workspaces, st.sampled_from(SOME_DAYS))
def test_nothing_known_later_shows(
    filled: Callable[..., Any], contents: dict[str, Any], known: date
) -> None:
    """`--known-on` a day is the same as if what was entered later were not in the files."""
    as_of = AsOf(LAST, known)
    for reply in filled(contents).said().replies:
        kept = replace(
            reply,
            classes=_known(reply.classes, known),
            feedback=_known(reply.feedback, known),
        )
        one, other = standing(reply, [], as_of), standing(kept, [], AsOf(LAST))
        assert (one.classes, one.rounds) == (other.classes, other.rounds)


def _known(items: tuple[Any, ...], known: date) -> tuple[Any, ...]:
    return tuple(i for i in items if (i.entered or i.on or date.min) <= known)
