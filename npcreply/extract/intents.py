"""将, 拟, 计划, 会 as words of intent: by what stands before and after them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from npcreply.extract.patterns import selves
from npcreply.extract.phrases import any_of, words

# 争取到2025年底: until when; 争取到中央资金: what was got
UNTIL = "到(?:20[0-9]{2}年|[今明]年)?(?:[0-9]{1,2}月|年?[底末]|20[0-9]{2}年,)"
_COUNTS = re.compile("[一-龥]{2}(?:[0-9]|[一二两三四五六七八九十]+[个家座处项条所])")


def said(pattern: Callable[[], re.Pattern[str]]) -> Callable[[str, int, int], Iterator[int]]:
    """Where a pattern stands; with a group `hit`, only where that group does (see `but`)."""

    def places(text: str, start: int, end: int) -> Iterator[int]:
        for found in pattern().finditer(text, start, end):
            if "hit" not in found.re.groupindex or found["hit"] is not None:
                yield found.start()

    return places


def but(names: Iterable[str], pattern: str) -> re.Pattern[str]:
    """A pattern that does not see what stands inside one of the words: 将 in 即将, 待 in 等待."""
    return re.compile(f"{any_of(names)}|(?P<hit>{pattern})")


def will(text: str, start: int, end: int) -> Iterator[int]:
    """将 as "will", not as 把: by the word after it, else by the one before it."""
    yield from (found.end() for found in _shall().finditer(text, start, end))
    for at in said(_wills)(text, start, end):
        if _effect().match(text, at + 1, end):
            continue
        taken = _takes().match(text, at + 1, end)
        if _lead().fullmatch(text, start, at):
            # nothing before it: 将进一步… will, 将重点项目纳入… takes
            counts = _COUNTS.match(text, at + 1, end)  # 将选择2个断面…: a verb and how many
            if (counts or _after_will().match(text, at + 1, end)) and not taken:
                yield at
        elif _after_will().match(text, at + 1, end) or (
            not taken and _will_after().search(text, max(start, at - 4), at)
        ):
            yield at


def may(text: str, start: int, end: int) -> Iterator[int]:
    """我局将您的建议纳入…: 将 as 把, of what has been done or of what will be."""
    for at in said(_wills)(text, start, end):
        before = max(start, at - 8), at
        ours = selves().search(text, *before) or _authority().search(text, *before)
        if ours and _takes().match(text, at + 1, end):
            yield at


@cache
def _shall() -> re.Pattern[str]:
    """我们会每年开展…, 我局要继续…, 太江村也会…: 会 and 要 before an act."""
    acts = any_of(words("promises", "will"))
    ours = f"{selves().pattern}[也还都仍]?(?=[会要](?:{acts}|每))"
    return re.compile(f"{ours}|[也还仍](?=会(?:{acts}|每))")


@cache
def _authority() -> re.Pattern[str]:
    return re.compile("(?:政府|[局委厅部办])$")


@cache
def _wills() -> re.Pattern[str]:
    return but(words("promises", "not_will"), "将")


@cache
def _will_after() -> re.Pattern[str]:
    """A subject or a time ends just before 将."""
    return re.compile(any_of(words("promises", "will_after")) + r"[)”]?$")


@cache
def _after_will() -> re.Pattern[str]:
    return re.compile(any_of(words("promises", "will")))


@cache
def _takes() -> re.Pattern[str]:
    return re.compile(
        f"[^,;。:]{{1,45}}?{any_of(words('promises', 'take'))}|[^,;。:]{{2,16}}?[带送派投推落]到"
    )


@cache
def _effect() -> re.Pattern[str]:
    """将有力促进, 将为…注入: what will come of it, nothing that anybody does."""
    return re.compile(
        any_of(words("promises", "effects")) + "|[为给对][^,;。]{1,20}(?:提供|奠定|注入|创造|带来)"
    )


@cache
def _lead() -> re.Pattern[str]:
    """Nothing but links before 将: 同时将, 并将, (一)将."""
    return re.compile(rf"[^一-龥]*(?:{any_of(words('promises', 'leading'))}[^一-龥]*)*")


@cache
def intends() -> re.Pattern[str]:
    """计划 and 拟 as verbs: by the word after them and the one before."""
    seeks, nouns = any_of(words("promises", "seeks")), any_of(words("promises", "plan_nouns"))
    named = any_of(f"{word}计划" for word in words("promises", "not_plans"))
    names = f"{named}|{any_of(words('promises', 'not_intends'))}"
    decides = any_of(words("promises", "decides"))
    return re.compile(
        rf"{names}|(?P<hit>计划(?!{nouns})(?=.)|拟|打算|争取(?={seeks}|{UNTIL})|决定(?={decides}))"
    )
