"""Where words of a letter stand: the paragraph around them, and the heading above it."""

from __future__ import annotations

from npcreply.dataclass import dataclass
from npcreply.extract.draft import Draft
from npcreply.extract.model import Span
from npcreply.extract.sentences import headings
from npcreply.extract.text import split


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`heading`: the nearest one above, "" where none is; `before` and `after`: what else stands in
    the paragraph; `line`: its number in the text, from 1.
    """

    heading: str
    before: str
    words: str
    after: str
    line: int


def surroundings(draft: Draft, start: int, end: int) -> Surroundings:
    """Return where text[start:end] stands."""
    text, body = draft.text, draft.cleaned.body
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    own = next(
        (span for span in body if span.start <= start < span.end),
        Span(first, len(text) if last < 0 else last),
    )
    return Surroundings(
        heading=_heading(draft, own.start),
        before=text[own.start : start].lstrip(),
        words=text[start:end],
        after=text[end : max(own.end, end)].rstrip(),
        line=line_of(text, start),
    )


def line_of(text: str, place: int) -> int:
    """Return the number of the line in which text[place] stands, from 1."""
    return text.count("\n", 0, place) + 1


def _heading(draft: Draft, start: int) -> str:
    frame = {(span.start, span.end) for span in draft.header.frame}
    above = [span for span in draft.cleaned.body if span.end <= start]
    for span in reversed(above):
        if (span.start, span.end) not in frame and (found := _whole(draft, span)):
            return found
    return ""


def _whole(draft: Draft, span: Span) -> str:
    """The paragraph, where all of it is a heading."""
    shadow = draft.cleaned.shadow
    start, end = split.trimmed(shadow.text, shadow.index(span.start), shadow.index(span.end))
    numbering = split.numbering(shadow.text, start, end) if start < end else None
    if not numbering and not headings.is_section(shadow.text[start:end]):
        return ""
    found = headings.heading(shadow.text, start, end, numbering)
    return draft.text[span.start : span.end] if found and len(found) >= end - start - 1 else ""
