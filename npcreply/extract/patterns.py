"""The word lists of phrases.yaml as patterns, each compiled once."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.phrases import any_of, words


@cache
def listed(section: str, key: str) -> re.Pattern[str]:
    """Return a pattern for any word of a list."""
    return re.compile(any_of(words(section, key)))


def selves() -> re.Pattern[str]:
    """Return the pattern of the words by which a body calls itself: 我局, 我市."""
    return listed("departments", "self")


def imperative() -> re.Pattern[str]:
    """Return the pattern of what an order begins with: its verb, or an adverb before it."""
    return listed("promises", "imperative")
