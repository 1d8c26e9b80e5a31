"""A promise's words as a clerk would file them: the clause without what only leads up to it."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.patterns import selves
from npcreply.extract.phrases import any_of, words

_LONGEST = 2000
_STOP = "[,，:：]"
_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]+[是、.要]|[（(]?[一二三四五六七八九十0-9]+[)）]|[0-9]+[.、．]|[①-⑳])\s*"
)
# 于6月底前完成: without its subject the day alone opens the sentence.
_BY = re.compile("[于在](?=[0-9今明本年月日底末初上中下旬半季度一二三四五六七八九十]{3})")


def short(quote: str) -> str:
    """Return the clause itself: without numbering, links in front and its closing mark."""
    plain = _NUMBERING.sub("", " ".join(quote.split()))
    led = _leading().match(plain)
    start = led.end() if led else 0
    by = _BY.match(plain, start) if start else None
    plain = plain[by.end() if by else start :]
    return plain.rstrip("。；;，,：: ")[:_LONGEST] or quote[:_LONGEST]


@cache
def _leading() -> re.Pattern[str]:
    """同时, 下一步工作中, 我局还将: a link before a stop, a 将 or the body itself; its name before
    a verb.
    """
    links = any_of((*words("promises", "linking"), *words("promises", "next")))
    own, will = selves().pattern, "(?:还|也|均|都|仍|同步)?将"
    link = rf"{links}(?:工作)?中?(?:{_STOP}\s*|(?={own}|{will}))"
    subject = rf"{own}(?:{will}|(?!的|{_STOP}|[与和同及、]))"
    return re.compile(rf"(?:{subject}|{link}|(?<=[,，中步段后续来此时]){will})*")
