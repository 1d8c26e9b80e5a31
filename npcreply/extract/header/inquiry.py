"""The questions of a special inquiry: who asked whom, who spoke, and whether there is an answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from npcreply.extract.header import bodies as offices
from npcreply.extract.model import Drafted, Span
from npcreply.extract.page import Cleaned
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Passage, passage
from npcreply.extract.words import any_of, words

_SHORT = 50


@dataclass(frozen=True, slots=True)
class Turn:
    """A line that hands the word over: who has it, and where in the line the words begin."""

    line: int
    asks: bool
    name: Drafted[str] | None
    bodies: tuple[Drafted[str], ...]
    position: Drafted[str] | None
    past: int


def turn(cleaned: Cleaned, line: Line, number: int) -> Turn | None:
    """Return who takes the word in a line, None where it does not hand it over."""
    part = passage(cleaned.shadow, cleaned.text, line.start, min(line.end, line.start + _SHORT))
    return _asker(part, number) or _answerer(part, number, line.end - line.start)


def _asker(part: Passage, number: int) -> Turn | None:
    """提问代表 甲某, 询问人：甲某, 【提问】甲某委员：, 问：, 市人大代表甲某提问：, 甲某委员：."""
    found = _asks().match(part.text)
    if found:
        person = _PERSON.match(part.text, found.end())
        named = person is not None and person["name"] not in _NO_NAMES
        if not (found["role"] or found["mark"] or (named and part.parted(found.end()))):
            return None
        if person and named:
            name = part.named(person.start("name"), person.end("name"), "asker")
            return Turn(number, True, name, (), None, person.end())
        return Turn(number, True, None, (), None, found.end()) if found["mark"] else None
    found = _asks_by_name().match(part.text)
    if not found:
        return None
    group = "first" if found["first"] else "second"
    name = part.named(found.start(group), found.end(group), "asker")
    return Turn(number, True, name, (), None, found.end())


def _answerer(part: Passage, number: int, length: int) -> Turn | None:
    """市某局 局长 甲某：, 市某局甲某：, 甲某局长：, 答：, 应询人：甲某."""
    found = _answers().match(part.text)
    if found:
        name = part.named(*found.span("name"), "speaker") if found["name"] else None
        return Turn(number, False, name, (), None, found.end())
    colon = part.text.find(":")
    if colon < 0 and length >= _SHORT:
        return None
    end = colon if colon >= 0 else len(part.text)
    held = _positioned().search(part.text, 0, end) or _unpositioned().match(part.text, 0, end)
    if not held:
        return None
    body, position, name = (_field(part, held, n) for n in ("body", "position", "name"))
    if body and not offices.is_body(body.value):
        if name or not re.fullmatch(_NAME, body.value):
            return None
        body, name = None, body
    if colon < 0 and not (body and name):
        return None
    past = min(end + 1, len(part.text))
    return Turn(number, False, name, (body,) if body else (), position, past)


def _field(part: Passage, found: re.Match[str], name: str) -> Drafted[str] | None:
    if not found[name]:
        return None
    return part.named(found.start(name), found.end(name), name)


_NAME = r"[一-龥]{2,4}(?:·[一-龥]{1,8})?"
_NO_NAMES = ("请问", "我想问")
_PERSON = re.compile(
    r"(?:[一-龥]{0,10}?(?:代表|委员))??(?P<name>[一-龥]{2,4}?)"
    r"(?:(?:代表|委员|常委)(?:[:(]|$)|\([^)]{0,20}\)|(?=[:]|$))(?:[^:]{0,12}:)?"
)


@cache
def _asks() -> re.Pattern[str]:
    asks, roles = any_of(words("inquiry", "askers")), any_of(words("inquiry", "roles"))
    figure = "[一二三四五六七八九十0-9]{0,3}"
    return re.compile(
        rf"[【\[(]?(?:{asks}(?P<role>{roles})?{figure}|问题?{figure}(?=[:】\])]))(?P<mark>[】\])]?[:]|[】\])])?"
    )


@cache
def _asks_by_name() -> re.Pattern[str]:
    asks = any_of(words("inquiry", "askers"))
    role, tail = "(?:代表|委员)", rf"[(]?(?:{asks}|问)?[)]?:"
    return re.compile(
        rf"[一-龥]{{0,12}}?{role}(?P<first>[一-龥]{{2,4}}?){tail}|(?P<second>[一-龥]{{2,4}}?){role}{tail}"
    )


@cache
def _positioned() -> re.Pattern[str]:
    position = any_of(words("inquiry", "positions"))
    return re.compile(
        rf"^(?P<body>[一-龥()]{{2,24}}?)(?P<position>{position}(?:[、兼][一-龥]{{0,8}}?{position}){{0,2}})"
        rf"(?P<name>[一-龥]{{2,4}}?)?{any_of(words('inquiry', 'answers'))}?$"
    )


@cache
def _unpositioned() -> re.Pattern[str]:
    organ = any_of(words("letter", "organs"))
    return re.compile(
        rf"^(?P<body>[一-龥()]{{2,24}}{organ})(?P<position>)(?P<name>[一-龥]{{2,4}})?$"
    )


@cache
def _answers() -> re.Pattern[str]:
    said = any_of(words("inquiry", "answers"))
    return re.compile(
        rf"[【\[(]?{said}(?:人|单位|部门)?(?:[】\])]?[:]|[】\])])(?:(?P<name>[一-龥]{{2,4}})(?=[:]|$)[:]?)?"
    )


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
    turns = [each for n, line in enumerate(lines) if (each := turn(cleaned, line, n))]
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
