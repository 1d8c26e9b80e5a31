"""The words around a number that say at least, at most, about, grown by, raised to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from npcreply.extract.words import any_of, table, words
from npcreply.grammar.units import is_time

_REACH = 14  # characters before a number
_QUOTE = '[“"‘(]?'
_LAST = '“"‘(有为是达到至成了率额度幅上'
_MORE, _LESS = ("大", "高", "多", "长"), ("小", "低", "少", "短")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number; `length` characters of it belong to the expression."""

    length: int
    sign: str | None
    about: bool
    change: str | None
    denied: bool
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class After:
    """What stands behind a number and its unit; `length` characters belong to it."""

    length: int
    sign: str | None
    about: bool
    beyond: bool = False


_NOTHING = Before(0, None, about=False, change=None, denied=False)


def before(text: str, at: int, since: int) -> Before:
    """Read the words in front of text[at]; `since` is where the number before ended."""
    head = text[max(since, at - _REACH) : at]
    if head[-1:] not in _last_characters():
        return _NOTHING
    about, plain = _last(head, _pattern("upward" if text[at] in "百千万亿" else "about"))
    found, rest = _last(plain, _pattern("sign"))
    if found is None:
        found, rest = _last(plain, _pattern("far"))
    if about is None and found is not None:
        about, rest = _last(rest, _pattern("about"))
    raised, rest_of = _last(rest, _pattern("raised"))
    if raised is not None:
        sign = _direction(raised["raised"])
        return Before(len(head) - len(rest_of), sign, about is not None, None, denied=False)
    changed, _ignored = _last(rest, _pattern("changed"))
    sign = _signs().get(found["sign"]) if found else None
    denied = bool(found and _pattern("denied").search(rest) and found["sign"][0] in "达突超")
    change = None if changed is None else _grows(changed["changed"])
    beyond = bool(found and found["sign"] in words("numbers", "beyond"))
    sign = None if denied else sign
    return Before(len(head) - len(rest), sign, about is not None, change, denied, beyond)


def after(text: str, at: int, end: int, unit: str | None) -> After:
    """Read the words behind text[at], where a number of this unit ends."""
    following = text[at : at + 1] in _first_characters()
    found = _pattern("after").match(text, at, min(end, at + _REACH)) if following else None
    if not found:
        return After(0, None, about=False)
    below = found["below"]
    if below == "内" and not is_time(unit):
        return After(0, None, about=False)
    sign = ">=" if found["above"] else "<=" if below else None
    return After(found.end() - at, sign, found["around"] is not None, sign is not None)


def held_against(text: str, start: int, end: int) -> str | None:
    """Return the sign of 比三十大, 比170低, around the number at text[start:end]; else None."""
    if text[start - 1 : start] != "比":
        return None
    following = text[end : end + 1]
    return ">=" if following in _MORE else "<=" if following in _LESS else None


def raised(between: str) -> str | None:
    """Return the sign that the words between two levels give (由27%提升至55%: ">="), "" where they
    only say that it changed (变为), None where they join no levels.
    """
    found = _pattern("raised_between").fullmatch(between)
    return (_direction(found["raised"]) or "") if found else None


@cache
def _last_characters() -> frozenset[str]:
    """What the words in front of a number can end with: most numbers have none of them."""
    keys = ("at_least", "at_most", "exactly", "about", "fill", "far", "far_acts", "up", "down")
    return frozenset(word[-1] for key in keys for word in words("numbers", key)) | set(_LAST)


@cache
def _first_characters() -> frozenset[str]:
    keys = ("above", "below", "around")
    return frozenset(word[0] for key in keys for word in words("numbers", key)) | set('(”"’')


def _last(text: str, pattern: re.Pattern[str]) -> tuple[re.Match[str] | None, str]:
    found = pattern.search(text)
    return found, text[: found.start()] if found else text


def _direction(word: str) -> str | None:
    if word in words("numbers", "fall_to"):
        return "<="
    return ">=" if word in words("numbers", "rise_to") else None


def _grows(word: str) -> str:
    return "fall" if word in words("numbers", "down") else "growth"


@cache
def _signs() -> dict[str, str]:
    lists = {">=": "at_least", "<=": "at_most", "=": "exactly"}
    return {word: sign for sign, key in lists.items() for word in words("numbers", key)}


def _guarded(choices: tuple[str, ...]) -> str:
    """The words; one of a single character only where it is none of another word (直达, 节约)."""
    single, only = table("numbers", "part_of_word"), table("numbers", "only_after")
    guarded = [f"(?<![{single[word]}]){word}" for word in choices if word in single]
    guarded += [f"(?<=[{only[word]}]){word}" for word in choices if word in only]
    plain = [word for word in choices if word not in single | only]
    return "(?:" + "|".join([any_of(plain), *guarded]) + ")"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    def listed(*keys: str) -> str:
        return any_of([word for key in keys for word in words("numbers", key)])

    signs = words("numbers", "at_least") + words("numbers", "at_most") + words("numbers", "exactly")
    about = _guarded(words("numbers", "about"))
    to = rf"(?P<raised>{listed('rise_to', 'fall_to', 'change_to')})了?(?:到|至|为|成)"
    most = "(?:最高|最低|最多)?"
    dated = "(?:[0-9一-龥]{1,8}[年月底末]的?)?"
    above, below = f"(?P<above>{listed('above')})", f"(?P<below>{listed('below')})(?![部容外涝])"
    around = f"(?P<around>{listed('around')})"
    forms = {
        "about": f"{about}[有为在]?{_QUOTE}$",
        "upward": f"(?:{about}|(?<![以原则晚早线网])上){_QUOTE}$",  # 上百 is about a hundred
        "sign": f"(?P<sign>{_guarded(signs)})(?:{listed('fill')})?{_QUOTE}$",
        "far": f"(?P<sign>{listed('far')})(?:{listed('far_acts')}){{1,2}}{_QUOTE}$",
        "raised": f"{to}{_QUOTE}$",
        "raised_between": f"(?:左右)?,?[一-龥]{{0,3}}{to}了?{dated}[的跑]?{most}{_QUOTE}",
        "changed": f"(?P<changed>{listed('up', 'down')})(?:了|率|率为|幅度?为?|额)?$",
        "denied": f"{listed('denied')}$",
        "after": rf"(?:\(含\))?[”\"’]?(?:{above}|{below}|{around})",
    }
    return re.compile(forms[name])
