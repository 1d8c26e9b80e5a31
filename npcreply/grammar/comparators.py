"""The words around a number that say at least, at most, about, grown by, raised to."""

from __future__ import annotations

import re
from functools import cache

from npcreply.dataclass import dataclass
from npcreply.grammar import words
from npcreply.grammar.pattern import Pattern, named_lists
from npcreply.grammar.units import is_time

_REACH = 14  # characters before a number
_QUOTE = '[“"‘(]?'
_LAST = '“"‘(有为是达到至成了率额度幅上'
_MODAL = "得能可应宜"
_MORE, _LESS = ("大", "高", "多", "长"), ("小", "低", "少", "短")


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a number; `length` characters of it belong to the expression, `acts` are
    those of them that say what is done: 给予奖励 of 最高给予奖励500万元.
    """

    length: int
    sign: str | None
    about: bool
    change: str | None
    denied: bool
    beyond: bool = False
    acts: str = ""


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
    about, plain = _last(head, _UPWARD if text[at] in "百千万亿" else _ABOUT)
    found, rest = _last(plain, _SIGNED_BEFORE)
    acts = ""
    if found is None:
        found, rest = _last(plain, _FAR)
        acts = found["acts"] if found else ""
    if about is None and found is not None:
        about, rest = _last(rest, _ABOUT)
    raised, rest_of = _last(rest, _RAISED)
    if raised is not None:
        sign = _direction(raised["raised"])
        return Before(len(head) - len(rest_of), sign, about is not None, None, denied=False)
    changed, _ignored = _last(rest, _CHANGED)
    word = re.sub(f"^不[{_MODAL}]", "不", found["sign"]) if found else ""
    sign = _SIGNS.get(word)
    denied = bool(found and _DENIED.search(rest) and word[0] in "达突超")
    change = None if changed is None else _grows(changed["changed"])
    beyond = word in words.SAID_LOOSELY
    sign = None if denied else sign
    return Before(len(head) - len(rest), sign, about is not None, change, denied, beyond, acts)


def after(text: str, at: int, end: int, unit: str | None) -> After:
    """Read the words behind text[at], where a number of this unit ends."""
    following = text[at : at + 1] in _first_characters()
    found = _AFTER.match(text, at, min(end, at + _REACH)) if following else None
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
    found = _BETWEEN.fullmatch(between)
    return (_direction(found["raised"]) or "") if found else None


def changes(indicator: str) -> str:
    """Return the words of growing or falling that an indicator ends with (增长率), "" for none."""
    found = _CHANGED.search(indicator)
    return found[0] if found else ""


@cache
def _last_characters() -> frozenset[str]:
    """What the words in front of a number can end with: most numbers have none of them."""
    lists = (*_SIGNED.values(), words.ABOUT, words.BEFORE_NUMBER, words.FAR_COMPARATORS)
    lists += (words.FAR_ACTS, words.GROWING, words.FALLING)
    return frozenset(word[-1] for choices in lists for word in choices) | set(_LAST)


@cache
def _first_characters() -> frozenset[str]:
    choices = words.ABOVE + words.BELOW + words.AROUND
    return frozenset(word[0] for word in choices) | set('(”"’')


def _last(text: str, pattern: Pattern) -> tuple[re.Match[str] | None, str]:
    found = pattern.search(text)
    return found, text[: found.start()] if found else text


def _direction(word: str) -> str | None:
    if word in words.FALL_TO:
        return "<="
    return ">=" if word in words.RISE_TO else None


def _grows(word: str) -> str:
    return "fall" if word in words.FALLING else "growth"


_SIGNED = {
    ">=": words.AT_LEAST,
    "<=": words.AT_MOST,
    "=": words.EXACTLY,
    ">": words.MORE,
    "<": words.LESS,
}
_SIGNS = {word: sign for sign, choices in _SIGNED.items() for word in choices}


def _guarded(choices: tuple[str, ...]) -> str:
    """The words; one of a single character only where it is none of another word (直达, 节约)."""
    single, only = words.PART_OF_WORD, words.ONLY_AFTER
    guarded = [f"(?<![{single[word]}]){word}" for word in choices if word in single]
    guarded += [f"(?<=[{only[word]}]){word}" for word in choices if word in only]
    plain = sorted((word for word in choices if word not in single | only), key=len, reverse=True)
    return "(?:" + "|".join([*map(_softened, plain), *guarded]) + ")"


def _softened(word: str) -> str:
    """不低于 also as 不得低于, 不能低于."""
    return f"不[{_MODAL}]?{word[1:]}" if word[0] == "不" else re.escape(word)


def _resolved(source: str) -> str:
    """`<<name>>` is a list of words, `<<!name>>` one whose single characters are guarded."""
    guarded = re.sub("<<!([a-z_]+)>>", lambda m: _guarded(getattr(words, m[1].upper())), source)
    return named_lists(guarded)


def _rx(source: str) -> Pattern:
    return Pattern(source, _resolved)


_SIGN = "<<!more>>|<<!less>>|<<!at_least>>|<<!at_most>>|<<!exactly>>"
_TO = r"(?P<raised><<rise_to>>|<<fall_to>>|<<change_to>>)了?(?:到|至|为|成)"
_MOST, _DATED = "(?:最高|最低|最多)?", "(?:[0-9一-龥]{1,8}[年月底末]的?)?"
_ABOUT = _rx(f"<<!about>>[有为在]?{_QUOTE}$")
_UPWARD = _rx(f"(?:<<!about>>|(?<![以原则晚早线网])上){_QUOTE}$")  # 上百 is about a hundred
_SIGNED_BEFORE = _rx(f"(?P<sign>{_SIGN})(?:<<before_number>>)?{_QUOTE}$")
_FAR = _rx(f"(?P<sign><<far_comparators>>)(?P<acts>(?:<<far_acts>>){{1,2}}){_QUOTE}$")
_RAISED = _rx(f"{_TO}{_QUOTE}$")
_BETWEEN = _rx(f"(?:左右)?,?[一-龥]{{0,3}}{_TO}了?{_DATED}[的跑]?{_MOST}{_QUOTE}")
_CHANGED = _rx("(?P<changed><<!growing>>|<<falling>>)(?:了|率|率为|幅度?为?|额)?$")
_DENIED = _rx("<<denied>>$")
_AFTER = _rx(
    r"(?:\(含\))?[”\"’]?"
    r"(?:(?P<above><<above>>)|(?P<below><<below>>)(?![部容外涝])|(?P<around><<around>>))"
)
