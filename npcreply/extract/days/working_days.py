"""The day so many working days after another, by the holidays and shifted weekends known."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_WEEKEND = 5


def after(day: date, count: int) -> date:
    """Return the last of `count` working days after `day`; a year whose holidays are not known has
    its weekends free.
    """
    off, work = _holidays()
    while count > 0:
        day += timedelta(days=1)
        count -= day in work or (day.weekday() < _WEEKEND and day not in off)
    return day


@lru_cache(maxsize=1)
def _holidays() -> tuple[frozenset[date], frozenset[date]]:
    from chinese_calendar import constants

    return frozenset(constants.holidays), frozenset(constants.workdays)
