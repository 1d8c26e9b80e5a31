"""Text on a console or in a file: how wide it is, how it is cut, what of it does harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from npcreply.patterns import pattern
from npcreply.table import Align

DOTS = "..."
_JOINER = "\u200d"
_EMOJI_SIGN = "\ufe0f"
_PICTURES = range(0x1F300, 0x1FB00)
_JOINED_AT_MOST = 12
_CLOSING = frozenset("，。、；：？！”’）》〉】〕%,.;:?!)]}")
_OPENING = frozenset("“‘（《〈【〔([{")


def _columns_of(character: str) -> int:
    """Return 0, 1 or 2. Ambiguous ones (“ ” · — ①) count 2: a Chinese console may draw 2."""
    category = unicodedata.category(character)
    if category == "Cc":
        return 1
    if category in {"Mn", "Me"} or (category == "Cf" and character != "\u00ad"):
        return 0
    if ord(character) in _PICTURES:  # a newer emoji than this Python knows would count 1
        return 2
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


class _Columns(dict[str, int]):
    """Columns of each character met so far."""

    def __missing__(self, character: str) -> int:
        self[character] = columns = _columns_of(character)
        return columns


_COLUMNS = _Columns()


def width(text: str) -> int:
    """Return the columns `text` takes; a control character counts as the blank shown for it."""
    if text.isascii():
        return len(text)
    if _EMOJI_SIGN in text:
        return sum(columns for _, columns in clusters(text))
    return sum(map(_COLUMNS.__getitem__, text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what must not be taken apart (a base with its marks, joined emoji) and its columns."""
    whole, columns, last = "", 0, 0
    for character in text:
        own = _COLUMNS[character]
        if character == _EMOJI_SIGN and last == 1 and whole != " ":
            own = 1
        elif whole and own and not (whole.endswith(_JOINER) and columns < _JOINED_AT_MOST):
            yield whole, columns
            whole, columns = "", 0
        whole, columns, last = whole + character, columns + own, own or last
    if whole:
        yield whole, columns


def head(text: str, columns: int) -> str:
    """Return the longest beginning of `text` that takes no more than `columns`."""
    if text.isascii():
        return text[:columns]
    length = taken = 0
    for whole, own in clusters(text):
        if taken + own > columns:
            break
        length, taken = length + len(whole), taken + own
    return text[:length]


def cut(text: str, columns: int) -> str:
    """Return `text`, ending in `...` where it takes more than `columns`."""
    if width(text) <= columns:
        return text
    return head(text, columns - len(DOTS)) + DOTS if columns >= len(DOTS) else DOTS[:columns]


def pad(text: str, columns: int, align: Align = "left") -> str:
    """Return `text` with blanks up to `columns`, after it, or before it where aligned right."""
    blanks = " " * (columns - width(text))
    return blanks + text if align == "right" else text + blanks


def fold(text: str, columns: int) -> list[str]:
    """Return `text` as lines of at most `columns` (2 or more), broken at blanks or between Chinese
    characters, not before a closing mark; a word longer than a line is broken anywhere.
    """
    lines, used = [""], 0
    for piece, columns_of_it in _pieces(text):
        rest, own = piece, columns_of_it
        if used + own > columns:
            lines, used, rest = [*lines, ""] if used else lines, 0, piece.lstrip(" ")
            own = own if rest is piece else width(rest)
        while own > columns:
            part = head(rest, columns) or rest[0]
            lines[-1] += part
            lines.append("")
            rest = rest[len(part) :]
            own = width(rest)
        lines[-1] += rest
        used += own
    return [line.rstrip(" ") for line in lines]


def lines_in_cell(text: str, columns: float) -> int:
    """Return how many lines `text`, with line breaks of its own, takes in a cell of a sheet."""
    return sum(len(fold(line, max(int(columns), 2))) for line in text.split("\n"))


def hanging(text: str, columns: int, indent: int | None = None) -> list[str]:
    """Return `text` folded, lines after the first one begun with `indent` blanks; where that is not
    said, two more than the text begins with, at most a third of the columns.
    """
    if width(text) <= columns:
        return [text]
    begun = len(text) - len(text.lstrip(" "))
    inner = min(begun + 2, columns // 3) if indent is None else indent
    first = fold(text, columns)[0]
    rest = text[len(first) :].lstrip(" ")
    return (
        [first, *(" " * inner + line for line in fold(rest, columns - inner))] if rest else [first]
    )


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stays on one line: a word, a character with its closing marks, a blank."""
    if 0 not in map(_COLUMNS.__getitem__, text):  # no character is part of the one before it
        for found in _PIECE.findall(text):
            yield found, width(found)
        return
    piece, columns, before = "", 0, ""
    for whole, own in clusters(text):
        if piece and not _stay_together(before, whole):
            yield piece, columns
            piece, columns = "", 0
        piece, columns, before = piece + whole, columns + own, whole
    if piece:
        yield piece, columns


_MARK = f"[{re.escape(''.join(_CLOSING))}]"
_AFTER_OPENING = f"(?<=[{re.escape(''.join(_OPENING))}])[^ ]"
_PIECE = pattern(rf"[^ ](?:{_MARK}|{_AFTER_OPENING}|(?<=[\x00-\x7f])[\x00-\x1f\x21-\x7f])*| ")


def _stay_together(before: str, after: str) -> bool:
    if " " in (before, after):
        return False
    return after in _CLOSING or before in _OPENING or (before + after).isascii()


_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LONE = "\ud800-\udfff"
_HARMFUL = pattern(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_TURNING}{_LONE}]")
_TURN = pattern(f"[{_TURNING}]")
# What XML and HTML cannot hold, and what turns the direction of writing.
_UNFIT = pattern(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}{_LONE}\ufffe\uffff]")


def harmless(text: str, encoding: str = "utf-8") -> str:
    """Return `text` as one line a console of `encoding` can show without coming to harm.

    Control characters and line breaks become a blank each, marks that turn the direction of writing
    `<U+202E>`, what the encoding lacks a `?` for each column it would have taken.
    """
    if text.isascii() and text.isprintable():
        return text
    return _encodable(_HARMFUL.sub(_shown, text), encoding)


def fit(text: str) -> str:
    """Return `text` as XML and HTML can hold it, its line breaks kept as line feeds."""
    if text.isprintable():
        return text
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if _TURN.match(character):
        return f"<U+{ord(character):04X}>"
    return "?" if "\ud800" <= character <= "\udfff" else " "


def _encodable(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_or_question_marks(character, encoding) for character in text)
    return text


def _or_question_marks(character: str, encoding: str) -> str:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return "?" * width(character)
    return character
