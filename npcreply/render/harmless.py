"""What text a console or a file may show: nothing that moves the cursor, turns text, or breaks."""

from __future__ import annotations

import re

from npcreply.render.width import width

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LONE = "\ud800-\udfff"
_HARMFUL = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029{_TURNING}{_LONE}]")
_TURN = re.compile(f"[{_TURNING}]")
# What XML and HTML cannot hold, and what turns the direction of writing.
_UNFIT = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_TURNING}{_LONE}\ufffe\uffff]")


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
