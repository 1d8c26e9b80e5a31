"""Persons named together with an office or title: 王五处长, 赵某某院士."""

from __future__ import annotations

import re
from functools import lru_cache

from npcreply.grammar import words
from npcreply.grammar.pattern import any_of


@lru_cache(maxsize=1)
def _named_with_title() -> re.Pattern[str]:
    """The name alone, where a title stands behind it; an office without a person is none."""
    title = rf"(?={any_of(words.TITLES)}(?![{words.NOT_TITLE}]))"
    one = rf"(?!{any_of(words.NOT_GIVEN)})[一-龥某×＊*○〇xXｘＸ]"
    given = rf"(?:{one}{one}|(?![{words.NOT_ALONE}]){one})"
    double = any_of(words.DOUBLE_SURNAMES)
    single = rf"(?![{words.SURNAME_OR_WORD}](?:{double}|[{words.SURNAMES}]){one})[{words.SURNAMES}]"
    whole = rf"(?!{any_of(words.NOT_PERSONS)}{title})(?:{double}|{single}){given}{title}"
    # 王处长, at a beginning only; 任市长 may be the office taken up
    bare = rf"(?<![一-龥])(?![{words.SURNAME_OR_WORD}])(?:{double}|[{words.SURNAMES}]){title}"
    return re.compile(f"{whole}|{bare}")


def without_named(text: str, instead: str) -> str:
    """Return the text with `instead` for every name before an office or title; titles stay."""
    return _named_with_title().sub(instead, text)
