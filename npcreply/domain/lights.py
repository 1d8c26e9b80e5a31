"""The three lights, all lit here: a target's by what its figures say, a promise's by its deadline
and its targets together.
"""

from __future__ import annotations

from npcreply.domain.pacing import Pace, Verdict, paces
from npcreply.domain.status import BY_DEADLINE, CLOSED, Alert, Judged

LIGHTS: dict[Verdict, Alert] = {
    Verdict.MISSED: Alert.RED,
    Verdict.NO_FINAL: Alert.RED,
    Verdict.BROKEN: Alert.RED,
    Verdict.UNREACHABLE: Alert.RED,
    Verdict.FAR_BEHIND: Alert.RED,
    Verdict.BEHIND: Alert.YELLOW,
    Verdict.MID_SHORT: Alert.YELLOW,
    Verdict.STALE: Alert.YELLOW,
    Verdict.SILENT: Alert.YELLOW,
    Verdict.MID_REACHED: Alert.GREEN,
    Verdict.KEPT: Alert.GREEN,
    Verdict.ON_PACE: Alert.GREEN,
    Verdict.MET: Alert.GREEN,
}
"""A verdict that is not here lights nothing: there is no pace, and the verdict says why."""

_WORST = (Alert.RED, Alert.YELLOW, Alert.GREEN)


def paces_of(judged: Judged) -> list[Pace]:
    """Return the pace of every target that is owed on the day judged for."""
    return paces(judged.line, judged.targets, judged.as_of, judged.settings)


def light_of(pace: Pace) -> Alert | None:
    """Return a target's light, None where there is no pace."""
    return LIGHTS.get(pace.verdict)


def alert_of(judged: Judged) -> Alert | None:
    """Return the promise's light: the worst of its deadline's and its targets' lights.

    A closed promise has none, nor has one without a deadline whose targets have none.
    """
    if judged.status in CLOSED:
        return None
    by_deadline = BY_DEADLINE.get(judged.status)
    if by_deadline is Alert.RED:
        return by_deadline
    lights = {by_deadline, *map(light_of, paces_of(judged))}
    return next((light for light in _WORST if light in lights), None)
