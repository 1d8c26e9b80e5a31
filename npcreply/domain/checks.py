"""Every check of the program, in two tables: of one record, and of records side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TypeAlias

from npcreply.domain import (
    checks_across,
    checks_classes,
    checks_days,
    checks_names,
    checks_numbers,
    checks_parts,
    checks_repeats,
    checks_texts,
    checks_wholes,
)
from npcreply.domain.bodies import Settings
from npcreply.domain.checks_across import Placed, Shelf, compared
from npcreply.domain.checks_source import source_checks, sources
from npcreply.domain.doubts import Doubt, Place
from npcreply.domain.model import Record

__all__ = ["ACROSS", "CHECKS", "Across", "Check", "Doubt", "Place", "Placed", "Shelf"]
__all__ += ["compared", "doubts_across", "doubts_of", "source_checks", "sources"]

Check: TypeAlias = Callable[[Record, Settings, date], Iterable[Doubt]]
"""A check of one record; the day is today."""

Across: TypeAlias = Callable[[Shelf, Collection[str]], Iterable[Placed]]
"""A check of all records; the strings are ids of files that could not be read: they are there."""

CHECKS: tuple[Check, ...] = (
    checks_days.deadline_before_reply,
    checks_days.days_ahead,
    checks_days.entered_before,
    checks_days.days_of_handling,
    checks_days.closing_before_reply,
    checks_days.extensions,
    checks_days.periods,
    checks_names.co_is_lead,
    checks_names.unknown_departments,
    checks_names.used_twice,
    checks_names.unknown_references,
    checks_texts.number_form,
    checks_texts.id_mismatch,
    checks_texts.damaged_text,
    checks_classes.class_without_evidence,
    checks_classes.class_unexplained,
    checks_classes.goes_on_undated,
    checks_texts.rounds,
    checks_texts.promise_without_text,
    checks_numbers.ranges,
    checks_numbers.target_without_value,
    checks_numbers.unlike_units,
    checks_numbers.stated_percent,
    checks_numbers.shrinking_levels,
    checks_numbers.revisions,
    checks_parts.unknown_parents,
    checks_parts.parts_not_total,
    checks_parts.figures_not_total,
)

ACROSS: tuple[Across, ...] = (
    checks_across.same_id,
    checks_across.same_number,
    checks_across.year_folders,
    checks_across.unknown_records,
    checks_across.later_named,
    checks_across.unknown_wholes,
    checks_wholes.parts_elsewhere,
    checks_repeats.near_titles,
    checks_repeats.repeated_promises,
)


def doubts_of(record: Record, settings: Settings, today: date) -> list[Doubt]:
    """Return what every check of one record finds."""
    return [doubt for check in CHECKS for doubt in check(record, settings, today)]


def doubts_across(shelf: Shelf, unread: Collection[str] = ()) -> list[Placed]:
    """Return what every check across records finds, each with the path of its file."""
    return [placed for check in ACROSS for placed in check(shelf, unread)]
