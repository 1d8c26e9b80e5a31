"""A draft of which nothing is sure: a text that is no reply, read as one by a clerk's word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from npcreply.dataclass import field_names, replace
from npcreply.extract.header import Header
from npcreply.extract.model import Drafted, Figure, Goal, Promise
from npcreply.extract.reasons import against

KIND_GIVEN = "kind_given"  # the doubt of every value


def of_header(header: Header) -> Header:
    """Return the header with every value doubtful."""
    return replace(header, **_doubted(header))


def of_promises(promises: Iterable[Promise]) -> list[Promise]:
    """Return the promises with all that was read of them doubtful, their parts too."""
    return [
        replace(
            one, **_doubted(one), doubt=against(KIND_GIVEN), parts=tuple(of_promises(one.parts))
        )
        for one in promises
    ]


def of_goals(goals: Iterable[Goal]) -> list[Goal]:
    """Return the targets with their days doubtful."""
    return [replace(one, **_doubted(one), doubt=against(KIND_GIVEN)) for one in goals]


def of_figures(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures with their days doubtful."""
    return [replace(one, **_doubted(one), doubt=against(KIND_GIVEN)) for one in figures]


def _doubted(whole: Header | Promise | Goal | Figure) -> dict[str, Any]:
    """The drafted values among the fields, doubtful."""
    found: dict[str, Any] = {}
    doubt = against(KIND_GIVEN)
    for name in field_names(whole):
        value = getattr(whole, name)
        if isinstance(value, Drafted):
            found[name] = replace(value, doubt=doubt)
        elif isinstance(value, tuple) and value and isinstance(value[0], Drafted):
            found[name] = tuple(replace(one, doubt=doubt) for one in value)
    return found
