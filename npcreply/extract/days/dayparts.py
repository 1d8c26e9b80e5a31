"""Counts and years as people say them inside a phrase of time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from npcreply.extract.days.carried_years import century
from npcreply.extract.days.periods import offset
from npcreply.grammar.numerals import integer_text

NUMBER = "(?:[0-9]{1,4}|[一二两三四五六七八九十百廿仨]{1,5})"
NEAR_MONTH = "(?P<mw>(?:上一?个?|下一?个?|本|当|这个|今个|次)月)"
_NEAR_YEAR = "[今去明前后上次来本当]一?"
YEAR = f"(?P<year>(?:[0-9]{{2,4}}|[一二三四五六七八九〇零]{{2,4}}|{_NEAR_YEAR})年的?)?"
BEFORE, AFTER = "(?:之前|以前|前)", "(?:之后|以后|后)"

Reading = Callable[[re.Match[str], date], date | None]
Form = tuple[str, Reading]

_ODD = {"仨": "三", "两": "二"}


def count(text: str) -> int:
    """Return a whole number as people say it; raises ValueError when it is none."""
    digits = integer_text(_ODD.get(text, text))
    if digits is None:
        raise ValueError(text)
    return int(digits)


def year_of(word: str | None, base: date) -> int:
    """Return the year of 2021年, 二〇二一年, 91年, 今年; where nothing is said that of `base`."""
    told = (word or "").rstrip("年的")
    if not told:
        return base.year
    if re.fullmatch(_NEAR_YEAR, told):
        return base.year + offset(f"{told}年")
    return century(told, base.year) if len(told) == 2 else count(told)
