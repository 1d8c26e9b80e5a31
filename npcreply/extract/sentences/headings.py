"""Sentences that only name or announce what others say: headings, heads of items, lead-ins."""

from __future__ import annotations

from npcreply.extract.sentences.clauses import Clause
from npcreply.extract.text import split
from npcreply.extract.text.split import Numbering
from npcreply.extract.words import rx

# 针对…的建议, 关于…问题: an unnumbered paragraph that turns to another matter.
TOPIC = rx(r"(?:您)?<<promises.topic>>[^。;,]{2,60}?<<promises.topics>>")
_LONGEST_HEADING = 45  # characters; a longer line is a sentence that lost its full stop
_FIRST = 80  # characters in which a heading that is longer than allowed still shows its end


def heading(text: str, start: int, end: int, numbering: Numbering | None) -> str:
    """Return the heading that the paragraph text[start:end] is or begins with; "" where it has
    none. `numbering`: the number in front, only a numbered one has a heading before its text.
    """
    cut = glued(text, numbering.start, end) if numbering else None
    if cut:
        return text[start:cut]
    first = next(iter(split.sentences(text, start, min(end, start + _FIRST))), (start, start))
    line = text[first[0] : first[1]]
    whole = first[1] >= end and (line[-1:] not in "。;!?:" or (numbering and is_section(line)))
    head = numbering is not None and first[1] < end and line[-1:] in "。:"
    return line if (whole or head) and len(line) <= _LONGEST_HEADING else ""


# 二、下步计划1、增加…: the number after a word of headings begins the first item.
_GLUED = rx(
    r"[一二三四五六七八九十]{1,2}、[^,;:。]{0,12}?<<promises.ahead+promises.behind>>[^,;:。]{0,4}?"
    r"(?=1[、.](?![0-9])|\(一\)|一是)"
)


def glued(text: str, start: int, end: int) -> int | None:
    """Return where the heading ends that a page ran into its first item: 二、整改措施1、增加…"""
    run_in = _GLUED.match(text, start, end)
    return run_in.end() if run_in else None


# Ends with a word of headings and has no verb of an order before it.
_SECTION = rx(
    "(?!<<promises.imperative>>)[^,;:。]{0,20}<<promises.ahead+promises.behind>>[^,;:。]{0,4}[。:]?"
)


def is_section(line: str) -> bool:
    """Return whether the line is a heading that a page closed with a full stop: 下步工作。"""
    return bool(_SECTION.fullmatch(line))


# 联系单位:, 承办人:: a line of the sign-off.
_LABELLED = rx(
    r"\(?<<letter.contacts+letter.phones+letter.lead_labels+letter.co_labels+letter.number_labels"
    r"+letter.subjects+promises.labels>>(?:姓名|[及和、][^:。,]{1,8})?:"
)
# 关于经费保障。 before the sentences that answer it.
_TURNS = rx("(?:[^,;。:]{0,12}方面|关于[^,;。:]{2,40})[。:]")


def kind(
    text: str, start: int, clauses: tuple[Clause, ...], following: tuple[int, int] | None
) -> str:
    """Return announce, head or text for the sentence at `start` with its clauses; `following`: the
    sentence after it in its paragraph.
    """
    if _LABELLED.match(text, start):
        return "head"
    if _announces(text, clauses):
        return "announce"
    numbered = bool(clauses) and clauses[0].start > start
    if following and len(clauses) == 1 and _TURNS.fullmatch(text, *_extent(clauses)):
        return "head"
    if (numbered or following) and is_section(text[slice(*_extent(clauses))]):
        return "head"
    if numbered and following and _is_head(text, start, clauses, following):
        return "head"
    return "head" if following is None and _is_heading(text, start, clauses) else "text"


def _extent(clauses: tuple[Clause, ...]) -> tuple[int, int]:
    return clauses[0].start, clauses[-1].end


# 重点做好以下三方面工作。, 从三个方面着手。
_ANNOUNCEMENT = rx(
    "<<promises.announcing>>[^,;]{0,12}?(?:<<promises.announce>>[^,;]{0,12}"
    "|[一二两三四五六七八九十几0-9]{1,2}(?:(?:[大个项点条方]|方面)[^,;]{0,6})?"
    "<<promises.announced>>[^,;]{0,6})[。;]$"
)


def _announces(text: str, clauses: tuple[Clause, ...]) -> bool:
    """Whether the sentence only says how many things follow, or ends with a colon."""
    if not clauses:
        return False
    last = text[clauses[-1].start : clauses[-1].end]
    return last.endswith(":") or bool(_ANNOUNCEMENT.search(last))


_LONGEST_HEAD, _LONGEST_HEAD_IN_TWO = 26, 18  # characters of a head in one clause, in two


def _is_head(
    text: str, start: int, clauses: tuple[Clause, ...], following: tuple[int, int]
) -> bool:
    """一是完善机制。 before sentences of its own: a title in the form of a sentence."""
    end = clauses[-1].end
    if text[end - 1] != "。" or len(clauses) > 2 or text.startswith(("同时", "此外"), following[0]):
        return False
    number, next_number = split.numbering(text, start, end), split.numbering(text, *following)
    if number and next_number and next_number.level <= number.level:
        return False
    longest = _LONGEST_HEAD if len(clauses) == 1 else _LONGEST_HEAD_IN_TWO
    return end - clauses[0].start <= longest


def _is_heading(text: str, start: int, clauses: tuple[Clause, ...]) -> bool:
    """Whether the sentence is a short line without a full stop."""
    line = text[start : clauses[-1].end] if clauses else ""
    closed = line and line[-1] in "。;!?,"
    return not closed and len(line) <= _LONGEST_HEADING and len(clauses) < 3
