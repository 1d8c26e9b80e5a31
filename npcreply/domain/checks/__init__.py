"""Every check of the program, in two tables: of one record, and of records side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TypeAlias

from npcreply.domain.checks import across, days, names, numbers, requests, texts
from npcreply.domain.checks.across import Placed, Shelf, compared
from npcreply.domain.checks.texts import report_checks, source_checks, sources
from npcreply.domain.findings import Doubt
from npcreply.domain.record.model import Record
from npcreply.domain.record.settings import Settings

__all__ = ["ACROSS", "CHECKS", "Across", "Check", "Doubt", "Placed", "Shelf"]
__all__ += ["compared", "doubts_across", "doubts_of", "report_checks", "source_checks", "sources"]

Check: TypeAlias = Callable[[Record, Settings, date], Iterable[Doubt]]
"""A check of one record; the day is today."""

MUST_CONFIRM = frozenset(
    {
        *("deadline-before-reply", "closing-before-reply", "figure-improbable"),
        *("reply-before-assigned", "received-before-assigned", "published-before-reply"),
    }
)
"""Doubts that a slip of the hand makes: a command that would make one wants it confirmed."""

Across: TypeAlias = Callable[[Shelf, Collection[str]], Iterable[Placed]]
"""A check of all records; the strings are ids of files that could not be read: they are there."""

CHECKS: tuple[Check, ...] = (
    days.deadline_before_reply,
    days.days_ahead,
    days.entered_before,
    days.days_of_handling,
    days.notices_in_order,
    days.closing_before_reply,
    days.happened_before_reply,
    days.relative_deadlines,
    days.reports_ended,
    days.extensions,
    days.periods,
    requests.requests,
    names.co_is_lead,
    names.unknown_departments,
    names.used_twice,
    names.unknown_references,
    names.unknown_cadences,
    texts.number_form,
    texts.id_mismatch,
    texts.damaged_text,
    texts.class_without_evidence,
    texts.class_unexplained,
    texts.goes_on_undated,
    texts.rounds,
    texts.quotes_nothing,
    texts.promise_without_text,
    texts.unanswered_questions,
    numbers.ranges,
    numbers.target_without_value,
    numbers.unlike_units,
    numbers.stated_percent,
    numbers.improbable_figures,
    numbers.split_thousands,
    numbers.shrinking_levels,
    numbers.revisions,
    numbers.unknown_parents,
    numbers.parts_not_total,
    numbers.figures_not_total,
)

ACROSS: tuple[Across, ...] = (
    across.same_id,
    across.same_uid,
    across.same_number,
    across.year_folders,
    across.unknown_records,
    across.later_named,
    across.unknown_wholes,
    across.stated_percents,
    across.parts_elsewhere,
    across.near_titles,
    across.repeated_promises,
)


def doubts_of(record: Record, settings: Settings, today: date) -> list[Doubt]:
    """Return what every check of one record finds."""
    return [doubt for check in CHECKS for doubt in check(record, settings, today)]


def doubts_across(shelf: Shelf, unread: Collection[str] = ()) -> list[Placed]:
    """Return what every check across records finds, each with the path of its file."""
    return [placed for check in ACROSS for placed in check(shelf, unread)]
