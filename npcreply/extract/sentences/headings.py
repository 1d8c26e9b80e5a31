"""Sentences that only name or announce what others tell: headings, heads of items, lead-ins."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.text import split
from npcreply.extract.text.split import Numbering
from npcreply.extract.words import any_of, imperative, listed, words

_LONGEST_HEAD, _LONGEST_HEAD_IN_TWO = 26, 18
_LONGEST_HEADING = 45
_CLOSED = "。;!?,"


def heading(text: str, start: int, end: int, numbering: Numbering | None) -> str:
    """Return the heading that the paragraph text[start:end] is or begins with; "" where it has
    none. `numbering`: the number in front, only a numbered one has a heading before its text.
    """
    cut = glued(text, numbering.start, end) if numbering else None
    if cut:
        return text[start:cut]
    first = next(iter(split.sentences(text, start, min(end, start + 80))), (start, start))
    said = text[first[0] : first[1]]
    whole = first[1] >= end and (said[-1:] not in "。;!?:" or (numbering and is_section(said)))
    head = numbering is not None and first[1] < end and said[-1:] in "。:"
    return said if (whole or head) and len(said) <= _LONGEST_HEADING else ""


def is_section(said: str) -> bool:
    """下步工作。 on a page that closes its headings with a full stop: a noun, and no act."""
    return bool(_section().fullmatch(said))


def kind(text: str, start: int, told: tuple[Clause, ...], following: tuple[int, int] | None) -> str:
    """Return announce, head or text for a sentence with its clauses and the one after it in its
    paragraph.
    """
    if _labelled().match(text, start):
        return "head"
    if _announces(text, told):
        return "announce"
    numbered = bool(told) and told[0].start > start
    if following and len(told) == 1 and _turns().fullmatch(text, told[0].start, told[0].end):
        return "head"
    if (numbered or following) and is_section(text[told[0].start : told[-1].end]):
        return "head"
    if numbered and following and _is_head(text, start, told, following):
        return "head"
    return "head" if following is None and _is_heading(text, start, told) else "text"


def _announces(text: str, told: tuple[Clause, ...]) -> bool:
    """Only tells how many things follow: 重点做好以下三方面工作。, or ends with a colon."""
    if not told:
        return False
    last = text[told[-1].start : told[-1].end]
    return last.endswith(":") or bool(_announcement().search(last))


def _is_head(text: str, start: int, told: tuple[Clause, ...], following: tuple[int, int]) -> bool:
    """一是完善机制。 before sentences of its own: a title in the form of a sentence."""
    end = told[-1].end
    if text[end - 1] != "。" or len(told) > 2 or text.startswith(("同时", "此外"), following[0]):
        return False
    first, second = split.numbering(text, start, end), split.numbering(text, *following)
    if first and second and second.level <= first.level:
        return False
    longest = _LONGEST_HEAD if len(told) == 1 else _LONGEST_HEAD_IN_TWO
    said = text[told[0].start : end]
    return len(said) <= longest


def _is_heading(text: str, start: int, told: tuple[Clause, ...]) -> bool:
    """A short line without a full stop."""
    said = text[start : told[-1].end] if told else ""
    if said[-1:] in _CLOSED and said:
        return False
    return len(said) <= _LONGEST_HEADING and len(told) < 3


def glued(text: str, start: int, end: int) -> int | None:
    """Return where the heading ends that a page ran into its first item: 二、整改措施1、增加…"""
    found = _glued().match(text, start, end)
    return found.end() if found else None


@cache
def topic() -> re.Pattern[str]:
    """针对…的建议, 关于…问题: an unnumbered paragraph that turns to another matter."""
    about, what = listed("promises", "topic").pattern, listed("promises", "topics").pattern
    return re.compile(rf"(?:您)?{about}[^。;,]{{2,60}}?{what}")


@cache
def _labelled() -> re.Pattern[str]:
    """联系单位:, 承办人:: a line of the sign-off."""
    groups = ("contacts", "phones", "lead_labels", "co_labels", "number_labels", "subjects")
    labels = [label for group in groups for label in words("letter", group)]
    labels += words("promises", "labels")
    return re.compile(rf"\(?{any_of(labels)}(?:姓名|[及和、][^:。,]{{1,8}})?:")


@cache
def _section() -> re.Pattern[str]:
    """Ends with a word of headings and has no verb of an order before it."""
    names = any_of((*words("promises", "ahead"), *words("promises", "behind")))
    return re.compile(rf"(?!{imperative().pattern})[^,;:。]{{0,20}}{names}[^,;:。]{{0,4}}[。:]?")


@cache
def _turns() -> re.Pattern[str]:
    """关于经费保障。 before the sentences that answer it."""
    return re.compile(r"(?:[^,;。:]{0,12}方面|关于[^,;。:]{2,40})[。:]")


@cache
def _glued() -> re.Pattern[str]:
    names = any_of((*words("promises", "ahead"), *words("promises", "behind")))
    number = r"[一二三四五六七八九十]{1,2}、"
    return re.compile(rf"{number}[^,;:。]{{0,12}}?{names}(?=1[、.](?![0-9])|\(一\)|一是)")


@cache
def _announcement() -> re.Pattern[str]:
    named = any_of(words("promises", "announced"))
    doing = any_of(words("promises", "announcing"))
    told = any_of(words("promises", "announce"))
    count = "[一二两三四五六七八九十几0-9]{1,2}(?:大|个|项|点|条)?(?:方面)?"
    return re.compile(
        rf"{doing}[^,;]{{0,12}}?(?:{told}[^,;]{{0,12}}|{count}[^,;]{{0,6}}{named}[^,;]{{0,6}})[。;]$"
    )
