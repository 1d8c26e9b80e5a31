"""What leaves the office without persons: names and telephone numbers taken out of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from npcreply.dataclass import field_names, is_dataclass, replace
from npcreply.domain.findings import Finding
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.names import is_body
from npcreply.domain.record.settings import Settings
from npcreply.domain.selection import Selection
from npcreply.grammar.persons import without_named
from npcreply.language import _
from npcreply.patterns import pattern

NOBODY = "某"
_PERSONAL = frozenset({"contact", "leader", "by", "asker", "respondent", "who", "approved_by"})
_OWN_TEXTS = frozenset(
    {"id", "uid", "path", "kind", "number", "source", "unit", "scheme", "letter"}
)
_JUDGED_BY = frozenset({"as_of"})
_ADDRESSED = frozenset({"deputy"})  # whom a letter is written to
_PHONE = pattern(
    r"(?<![0-9])1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9])"
    r"|(?<![0-9])[(（]?0[0-9]{2,3}[)）]?[-— ]?[0-9]{7,8}(?![0-9])"
    r"|(?<=电话)[:：]?\s*[0-9]{7,8}(?![0-9])"
)
_NAMED = pattern(r"(?<=联系人)[:：]?\s*[一-龥]{2,4}(?![一-龥])")
L = TypeVar("L")


def without_persons(answer: L) -> L:
    """Return an answer on its way out of the office: the same values, nothing judged again.

    Whatever is about a reply (its line, a promise, a duty, a rating) loses the names of that
    reply's deputies and of who to call, the filters the deputies asked for, a finding the words of
    its file. Telephone numbers go everywhere, bodies stay.
    """
    out: Any = answer
    match answer:
        case ReplyLine():
            out = reply(answer)
        case MeasureLine():
            out = promise(answer)
        case Settings():
            out = _without_contacts(answer)
        case Selection():
            out = replace(answer, deputy=_bodies(answer.deputy))
        case Finding():
            out = replace(answer, message=_("内容略去（--redact）"))
        case str() if not isinstance(answer, Enum):
            out = redacted(answer)
        case tuple() | list():
            out = type(answer)(map(without_persons, answer))
        case Iterator():
            out = map(without_persons, answer)
        case _ if is_dataclass(answer):
            out = _walked(answer)
    return out  # type: ignore[no-any-return]


def _walked(value: Any) -> Any:
    """A dataclass, field by field; what stands beside a reply loses that reply's names."""
    about = getattr(value, "reply", None)
    names = _names(about) if isinstance(about, ReplyLine) else None
    changed = {}
    for name in field_names(value):
        own = getattr(value, name)
        if name in _ADDRESSED:
            changed[name] = own if is_body(own) else NOBODY
        elif names is None or isinstance(own, (ReplyLine, MeasureLine)):
            changed[name] = without_persons(own)
        elif isinstance(own, Settings):
            changed[name] = _without_contacts(own)
        elif name not in _OWN_TEXTS | _JUDGED_BY:
            changed[name] = _one(name, own, names)
    return replace(value, **changed)


def reply(line: ReplyLine) -> ReplyLine:
    """Return the reply's facts without names of persons and telephone numbers; bodies stay."""
    return _cleaned(replace(line, deputies=_bodies(line.deputies)), _names(line))


def promise(line: MeasureLine) -> MeasureLine:
    """Return the promise likewise, its texts, log, reminders and closings too."""
    return MeasureLine(reply(line.reply), _cleaned(line.measure, _names(line.reply)))


@lru_cache(maxsize=4)
def _without_contacts(settings: Settings) -> Settings:
    bodies = (replace(body, contact=None, phone=None) for body in settings.departments)
    return replace(settings, contact=None, phone=None, departments=tuple(bodies))


def redacted(text: str, names: Iterable[str] = ()) -> str:
    """Return the text with `某` for the names given, who to call and who is named with an office or
    title (王五处长), … for telephone numbers. A name alone in running text is not found.
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, NOBODY)
    return without_named(_NAMED.sub(NOBODY, _PHONE.sub("…", text)), NOBODY)


def _names(line: ReplyLine) -> frozenset[str]:
    persons = {name for name in line.deputies if not is_body(name)}
    persons |= {line.contact} if line.contact else set()
    bare = {name.removesuffix("代表").removesuffix("委员") for name in persons}
    return frozenset(name for name in persons | bare if len(name) > 1)


def _bodies(deputies: tuple[str, ...]) -> tuple[str, ...]:
    """Each stays one, so that they are counted as before."""
    return tuple(name if is_body(name) else NOBODY for name in deputies)


def _cleaned(value: L, names: frozenset[str]) -> L:
    """The dataclass with every text cleaned, down to the last list; personal fields are empty."""
    changed = {
        name: _one(name, getattr(value, name), names)
        for name in field_names(value)
        if name not in _OWN_TEXTS
    }
    return replace(value, **changed)  # type: ignore[type-var]


def _one(name: str, value: Any, names: frozenset[str]) -> Any:
    if name in _PERSONAL:
        return None
    clean: Callable[[Any], Any] = lambda item: _one("", item, names)  # noqa: E731 -- one line, twice
    out = value
    match value:
        case Enum():
            pass
        case str():
            out = redacted(value, names)
        case tuple() | list():
            out = type(value)(map(clean, value))
        case dict():
            out = {key: _one(key, item, names) for key, item in value.items()}
        case _ if is_dataclass(value):
            out = _cleaned(value, names)
    return out
