"""Who takes the word in an inquiry's record: the lines that hand it to an asker or an answerer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from npcreply.extract import offices
from npcreply.extract.cleaning import Cleaned
from npcreply.extract.lines import Line
from npcreply.extract.passage import Passage, passage
from npcreply.extract.phrases import any_of, words
from npcreply.extract.values import Drafted

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
