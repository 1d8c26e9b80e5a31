"""The questions of a special inquiry: who asked whom, who spoke, and whether there is an answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from npcreply.extract import offices
from npcreply.extract.cleaning import Cleaned
from npcreply.extract.lines import Line
from npcreply.extract.passage import passage
from npcreply.extract.phrases import any_of, words
from npcreply.extract.turns import Turn
from npcreply.extract.turns import turn as turn_of
from npcreply.extract.values import Drafted, Span

_FEWEST = 2
_HEAD = 1500
_HEADING = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question: `asked` are the bodies it names, `bodies` those that answered (the asked ones
    where no speaker is printed); `answer` are the answer's paragraphs, none when not answered.
    """

    id: int
    heading: Span | None
    asker: Drafted[str] | None
    question: Drafted[str]
    asked: tuple[Drafted[str], ...] = ()
    bodies: tuple[Drafted[str], ...] = ()
    speaker: Drafted[str] | None = None
    position: Drafted[str] | None = None
    answered: bool = False
    answer: tuple[Span, ...] = ()


class Exchanges:
    """Which question a place of the source asks, or helps to answer; by bisection."""

    def __init__(self, told: Sequence[Asked]) -> None:
        asked = [(one.question.start, one.question.end, one) for one in told]
        answered = [(span.start, span.end, one) for one in told for span in one.answer]
        self._asked, self._answered = sorted(asked, key=_first), sorted(answered, key=_first)

    def is_asked(self, at: int) -> bool:
        """Return whether the place is in a question."""
        return _around(self._asked, at) is not None

    def answered(self, at: int) -> Asked | None:
        """Return the question to which the place belongs as an answer."""
        return _around(self._answered, at)


def _first(part: tuple[int, int, Asked]) -> int:
    return part[0]


def _around(parts: list[tuple[int, int, Asked]], at: int) -> Asked | None:
    place = bisect_right(parts, at, key=_first) - 1
    return parts[place][2] if place >= 0 and at < parts[place][1] else None


def questions(cleaned: Cleaned) -> tuple[Asked, ...]:
    """Return the questions of an inquiry; () where the text is none."""
    if not _says_so().search(cleaned.shadow.text[:_HEAD]):
        return ()
    lines = _own(cleaned)
    turns = [turn for n, line in enumerate(lines) if (turn := turn_of(cleaned, line, n))]
    asks = [n for n, turn in enumerate(turns) if turn.asks]
    if len(asks) < _FEWEST:
        return ()
    found = []
    for number, place in enumerate(asks):
        until = asks[number + 1] if number + 1 < len(asks) else len(turns)
        stop = _heading_before(lines, turns[until].line) if until < len(turns) else len(lines)
        found.append(_asked(cleaned, lines, turns[place:until], number + 1, stop))
    return tuple(found)


def kind_words(cleaned: Cleaned) -> Drafted[str] | None:
    """Return the kind with the words by which a text calls itself an inquiry."""
    found = _says_so().search(cleaned.shadow.text[:_HEAD])
    if not found:
        return None
    start, end = cleaned.shadow.source(found.start(), found.end())
    return Drafted("inquiry", start, end, cleaned.text[start:end], "kind.inquiry")


def _own(cleaned: Cleaned) -> list[Line]:
    shadow = cleaned.shadow
    places = [(shadow.index(span.start), shadow.index(span.end)) for span in cleaned.body]
    return [Line(start, end, shadow.text[start:end]) for start, end in places]


def _asked(
    cleaned: Cleaned, lines: list[Line], turns: Sequence[Turn], number: int, stop: int
) -> Asked:
    """One question from the turn that asks it to the next question's heading."""
    first, answers = turns[0], [turn for turn in turns[1:] if turn.line < stop]
    begin = lines[first.line].start + first.past
    places = [(line.start, line.end) for line in lines[first.line + 1 : stop]]
    if begin < lines[first.line].end:
        places = [(begin, lines[first.line].end), *places]
    until = lines[answers[0].line].start if answers else None
    asked = _question_part(cleaned.shadow.text, places, until)
    rest = [at for at in places[asked:] if not _only_a_turn(lines, answers, at)]
    rest = [_without_turn(lines, answers, at) for at in rest]
    whole = places[:asked]
    said = _joined(cleaned, whole) if whole else _joined(cleaned, [_line_of(lines, first)])
    bodies = _bodies_asked(cleaned, whole)
    speaker = next((turn for turn in answers if turn.name or turn.bodies), None)
    heading = _heading_before(lines, first.line)
    return Asked(
        id=number,
        heading=_span(cleaned, _place(lines[heading])) if heading < first.line else None,
        asker=first.name,
        question=said,
        asked=bodies,
        bodies=tuple(body for turn in answers for body in turn.bodies) or bodies,
        speaker=speaker.name if speaker else None,
        position=speaker.position if speaker else None,
        answered=bool(rest),
        answer=tuple(_span(cleaned, at) for at in rest),
    )


def _question_part(text: str, places: list[tuple[int, int]], until: int | None) -> int:
    """How many paragraphs are the question: those before the answer's turn, else up to the mark."""
    if until is not None:
        return sum(1 for start, _end in places if start < until)
    for number, (start, end) in enumerate(places):
        if text[end - 1] == "?" or "请问" in text[start:end]:
            return number + 1
    return min(1, len(places))


def _only_a_turn(lines: list[Line], turns: list[Turn], at: tuple[int, int]) -> bool:
    return any(lines[t.line].start == at[0] and t.past >= at[1] - at[0] for t in turns)


def _without_turn(lines: list[Line], turns: list[Turn], at: tuple[int, int]) -> tuple[int, int]:
    past = next((t.past for t in turns if lines[t.line].start == at[0]), 0)
    return at[0] + past, at[1]


def _bodies_asked(cleaned: Cleaned, places: list[tuple[int, int]]) -> tuple[Drafted[str], ...]:
    found: list[Drafted[str]] = []
    for start, end in places:
        part = passage(cleaned.shadow, cleaned.text, start, end)
        for hit in _PLEASE.finditer(part.text):
            found += offices.listed(part, hit.end(), "asked")
    return tuple({one.value: one for one in found}.values())


def _heading_before(lines: list[Line], at: int) -> int:
    """The number of the headline above a turn; the turn's own where it has none."""
    if at and len(lines[at - 1]) <= _HEADING and lines[at - 1].text[-1] not in "。;:,!":
        return at - 1
    return at


def _line_of(lines: list[Line], turn: Turn) -> tuple[int, int]:
    return _place(lines[turn.line])


def _place(line: Line) -> tuple[int, int]:
    return line.start, line.end


def _span(cleaned: Cleaned, at: tuple[int, int]) -> Span:
    return Span(*cleaned.shadow.source(*at))


def _joined(cleaned: Cleaned, places: list[tuple[int, int]]) -> Drafted[str]:
    start, _ = cleaned.shadow.source(*places[0])
    _, end = cleaned.shadow.source(*places[-1])
    said = cleaned.text[start:end]
    return Drafted("".join(_lines(said)), start, end, said, "question")


def _lines(said: str) -> Iterator[str]:
    return (line.strip() for line in said.split("\n"))


_PLEASE = re.compile(r"请问(?:一下)?")


@cache
def _says_so() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "inquiry")))
