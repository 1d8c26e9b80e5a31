"""Short transactions, carried out whole, again where the database could not just then."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")

ATTEMPTS = 7
FIRST_PAUSE = 0.2  # seconds, doubled each time: 12 in all
_PASSING = frozenset({"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300"})
"""Serialization, deadlock, a lock held for long, a server that goes down or comes up, too many."""


def carried_out(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do the work in one transaction. It may be done twice where the answer to its commit was lost,
    so that it must come to the same. Raises DBAPIError where it failed for good.
    """
    for attempt in range(ATTEMPTS):
        try:
            with engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '10s'"))
                return work(connection)
        except DBAPIError as error:
            if attempt == ATTEMPTS - 1 or not is_passing(error):
                raise
        time.sleep(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1))  # noqa: S311 -- only spread
    raise AssertionError  # the last attempt returns or raises


def is_passing(error: DBAPIError) -> bool:
    """Return whether the same may succeed a moment later."""
    state = str(getattr(error.orig, "sqlstate", None) or "08000")
    is_lost = error.connection_invalidated or state.startswith("08")
    return is_lost or state in _PASSING
