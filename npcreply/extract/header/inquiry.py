"""The questions of a special inquiry: who asked whom, who spoke, and whether there is an answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from npcreply.dataclass import dataclass
from npcreply.extract.header import bodies as offices
from npcreply.extract.model import Drafted, Span
from npcreply.extract.page import Cleaned
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Passage, passage
from npcreply.extract.words import rx

_TURN = 50  # characters of a line in which somebody is handed the word
_FEWEST = 2  # questions: one alone may be quoted
_HEAD = 1500  # characters in which a text says that it is an inquiry
_HEADING = 40  # characters of a headline above a question

_PERSON_NAME = r"[一-龥]{2,4}(?:·[一-龥]{1,8})?"
_NAME = rx(_PERSON_NAME)
_NO_NAMES = ("请问", "我想问")
_PERSON = rx(
    r"(?:[一-龥]{0,10}?(?:代表|委员))??(?P<name>[一-龥]{2,4}?)"
    r"(?:<<inquiry.members>>(?:[:(]|$)|\([^)]{0,20}\)|(?=[:]|$))(?:[^:]{0,12}:)?"
)
_FIGURE = "[一二三四五六七八九十0-9]{0,3}"
_ASKS = rx(
    rf"[【\[(]?(?:<<inquiry.askers>>(?P<role><<inquiry.roles>>)?{_FIGURE}"
    rf"|问题?{_FIGURE}(?=[:】\])]))(?P<mark>[】\])]?[:]|[】\])])?"
)
_ASKS_TAIL = r"[(]?(?:<<inquiry.askers>>|问)?[)]?:"
_ASKS_BY_NAME = rx(
    rf"[一-龥]{{0,12}}?(?:代表|委员)(?P<first>[一-龥]{{2,4}}?){_ASKS_TAIL}"
    rf"|(?P<second>[一-龥]{{2,4}}?)(?:代表|委员){_ASKS_TAIL}"
)
# The body with its official: 市某局 局长 甲某.
_POSITIONED = rx(
    r"^(?P<body>[一-龥()]{2,24}?)"
    r"(?P<position><<inquiry.positions>>(?:[、兼][一-龥]{0,8}?<<inquiry.positions>>){0,2})"
    r"(?P<name>[一-龥]{2,4}?)?<<inquiry.answers>>?$"
)
_UNPOSITIONED = rx(
    r"^(?P<body>[一-龥()]{2,24}<<letter.organs>>)(?P<position>)(?P<name>[一-龥]{2,4})?$"
)
_ANSWERS = rx(
    r"[【\[(]?<<inquiry.answers>>(?:<<inquiry.answering>>)?(?:[】\])]?[:]|[】\])])"
    r"(?:(?P<name>[一-龥]{2,4})(?=[:]|$)[:]?)?"
)
_INQUIRY = rx("<<letter.inquiry>>")
_PLEASE = rx(r"请问(?:一下)?")


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

    def __init__(self, questions: Sequence[Asked]) -> None:
        asked = [(one.question.start, one.question.end, one) for one in questions]
        answered = [(span.start, span.end, one) for one in questions for span in one.answer]
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


@dataclass(frozen=True, slots=True)
class _Turn:
    """A line that hands the word over: who has it, and where in the line the words begin."""

    line: int
    asks: bool
    name: Drafted[str] | None
    bodies: tuple[Drafted[str], ...]
    position: Drafted[str] | None
    past: int


def questions(cleaned: Cleaned) -> tuple[Asked, ...]:
    """Return the questions of an inquiry; () where the text is none."""
    if not _INQUIRY.search(cleaned.shadow.text[:_HEAD]):
        return ()
    text = cleaned.shadow.text
    lines = [Line(start, end, text[start:end]) for start, end in cleaned.paragraphs]
    turns = [turn for n, line in enumerate(lines) if (turn := _turn(cleaned, line, n))]
    asks = [n for n, turn in enumerate(turns) if turn.asks]
    if len(asks) < _FEWEST:
        return ()
    asked = []
    for number, (place, until) in enumerate(zip(asks, [*asks[1:], len(turns)], strict=True), 1):
        stop = _heading_before(lines, turns[until].line) if until < len(turns) else len(lines)
        asked.append(_Exchange(cleaned, lines, turns[place:until], stop).asked(number))
    return tuple(asked)


def kind_words(cleaned: Cleaned) -> Drafted[str] | None:
    """Return the kind with the words by which a text calls itself an inquiry."""
    match = _INQUIRY.search(cleaned.shadow.text[:_HEAD])
    if not match:
        return None
    start, end = cleaned.shadow.source(match.start(), match.end())
    return Drafted("inquiry", start, end, cleaned.text[start:end], "kind.inquiry")


def _turn(cleaned: Cleaned, line: Line, number: int) -> _Turn | None:
    """Who takes the word in a line, None where it does not hand it over."""
    part = passage(cleaned.shadow, cleaned.text, line.start, min(line.end, line.start + _TURN))
    return _asker(part, number) or _answerer(part, number, line.end - line.start)


def _asker(part: Passage, number: int) -> _Turn | None:
    """提问代表 甲某, 询问人：甲某, 【提问】甲某委员：, 问：, 市人大代表甲某提问：, 甲某委员：."""
    label = _ASKS.match(part.text)
    if label:
        return _labelled_asker(part, number, label)
    match = _ASKS_BY_NAME.match(part.text)
    if not match:
        return None
    name = part.named(*match.span("first" if match["first"] else "second"), "asker")
    return _Turn(number, True, name, (), None, match.end())


def _labelled_asker(part: Passage, number: int, label: re.Match[str]) -> _Turn | None:
    person = _PERSON.match(part.text, label.end())
    named = person is not None and person["name"] not in _NO_NAMES
    if not (label["role"] or label["mark"] or (named and part.parted(label.end()))):
        return None
    if person and named:
        name = part.named(*person.span("name"), "asker")
        return _Turn(number, True, name, (), None, person.end())
    return _Turn(number, True, None, (), None, label.end()) if label["mark"] else None


def _answerer(part: Passage, number: int, length: int) -> _Turn | None:
    """市某局 局长 甲某：, 市某局甲某：, 甲某局长：, 答：, 应询人：甲某."""
    label = _ANSWERS.match(part.text)
    if label:
        name = part.named(*label.span("name"), "speaker") if label["name"] else None
        return _Turn(number, False, name, (), None, label.end())
    colon = part.text.find(":")
    if colon < 0 and length >= _TURN:
        return None
    return _official(part, number, colon)


def _official(part: Passage, number: int, colon: int) -> _Turn | None:
    """The body and its official who answer; `colon` is where their names end, -1 the line's end."""
    end = colon if colon >= 0 else len(part.text)
    held = _POSITIONED.search(part.text, 0, end) or _UNPOSITIONED.match(part.text, 0, end)
    if not held:
        return None
    body, position, name = (_field(part, held, group) for group in ("body", "position", "name"))
    if body and not offices.is_body(body.value):
        if name or not _NAME.fullmatch(body.value):
            return None
        body, name = None, body
    if colon < 0 and not (body and name):
        return None
    past = min(end + 1, len(part.text))
    return _Turn(number, False, name, (body,) if body else (), position, past)


def _field(part: Passage, match: re.Match[str], group: str) -> Drafted[str] | None:
    return part.named(*match.span(group), group) if match[group] else None


def _heading_before(lines: list[Line], at: int) -> int:
    """The number of the headline above a turn; the turn's own where it has none."""
    if at and len(lines[at - 1]) <= _HEADING and lines[at - 1].text[-1] not in "。;:,!":
        return at - 1
    return at


@dataclass(frozen=True, slots=True)
class _Exchange:
    """The turns from one that asks to the heading of the next question (the line `stop`)."""

    cleaned: Cleaned
    lines: list[Line]
    turns: Sequence[_Turn]
    stop: int

    def asked(self, number: int) -> Asked:
        """Return the question, its answer and who spoke."""
        first, places = self.turns[0], self._places()
        asked = places[: self._question_length(places)]
        answer = [place for place in map(self._without_turn, places[len(asked) :]) if place]
        bodies = self._bodies_asked(asked)
        speaker = next((turn for turn in self._answers() if turn.name or turn.bodies), None)
        heading = _heading_before(self.lines, first.line)
        line = self.lines[heading]
        return Asked(
            id=number,
            heading=self._span((line.start, line.end)) if heading < first.line else None,
            asker=first.name,
            question=self._joined(asked or [self._place(first)]),
            asked=bodies,
            bodies=tuple(body for turn in self._answers() for body in turn.bodies) or bodies,
            speaker=speaker.name if speaker else None,
            position=speaker.position if speaker else None,
            answered=bool(answer),
            answer=tuple(self._span(place) for place in answer),
        )

    def _answers(self) -> list[_Turn]:
        return [turn for turn in self.turns[1:] if turn.line < self.stop]

    def _place(self, turn: _Turn) -> tuple[int, int]:
        line = self.lines[turn.line]
        return line.start, line.end

    def _places(self) -> list[tuple[int, int]]:
        """The paragraphs of question and answer, without the words that hand the word over."""
        first = self.turns[0]
        start, end = self._place(first)
        inside = self.lines[first.line + 1 : self.stop]
        rest = [(line.start, line.end) for line in inside]
        return [(start + first.past, end), *rest] if start + first.past < end else rest

    def _question_length(self, places: list[tuple[int, int]]) -> int:
        """How many paragraphs are the question: those before the answer, else up to the mark."""
        answers = self._answers()
        if answers:
            until = self.lines[answers[0].line].start
            return sum(1 for start, _end in places if start < until)
        text = self.cleaned.shadow.text
        for number, (start, end) in enumerate(places, 1):
            if text[end - 1] == "?" or "请问" in text[start:end]:
                return number
        return min(1, len(places))

    def _without_turn(self, place: tuple[int, int]) -> tuple[int, int] | None:
        """A paragraph of the answer without the speaker's name, None where it is all."""
        start, end = place
        turns = (turn for turn in self._answers() if self.lines[turn.line].start == start)
        past = next((turn.past for turn in turns), 0)
        return (start + past, end) if start + past < end else None

    def _bodies_asked(self, places: list[tuple[int, int]]) -> tuple[Drafted[str], ...]:
        bodies: list[Drafted[str]] = []
        for start, end in places:
            part = passage(self.cleaned.shadow, self.cleaned.text, start, end)
            for please in _PLEASE.finditer(part.text):
                bodies += offices.listed(part, please.end(), "asked")
        return tuple({body.value: body for body in bodies}.values())

    def _span(self, place: tuple[int, int]) -> Span:
        return Span(*self.cleaned.shadow.source(*place))

    def _joined(self, places: list[tuple[int, int]]) -> Drafted[str]:
        """The words of several paragraphs as one value."""
        start, end = self._span(places[0]).start, self._span(places[-1]).end
        words = self.cleaned.text[start:end]
        value = "".join(_stripped_lines(words))
        return Drafted(value, start, end, words, "question")


def _stripped_lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n"))
