"""The time expressions of a text, found by their shapes, before it is known which year it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from npcreply.extract.days.timeshapes import first_characters, shapes, since
from npcreply.extract.words import any_of, words
from npcreply.grammar.numerals import integer_text

_NAMES = re.compile("[(][?]P<[a-z0-9]+>")

# Words that follow a date without belonging to it: 起草, 内部, 前期, 后续.
_NOT_AFTER = {
    "起": "[草步止点诉源伏]",
    "内": "[部容外涝控需地蒙]",
    "前": "[期往景后列身沿来瞻置一二两三四五六七八九十0-9]|提(?![交供出升高请前])",
    "后": "[续期备勤来方面端半]",
}


@dataclass(frozen=True, slots=True)
class Form:
    """One match: `rule` names its shape, `parts` holds the numbers and words it is made of.

    Keys: y, y2 years; yy two digits of one; yw, yw2 今年 …; m, m2, d, d2; q, q2 quarters; h, h2
    half-years; t third of a month; part 底, 末, 初; n, u count and unit; plan (of 十四五: 四);
    mw 本月. `start`, `end` are without `head` (到, 截至, 自) and `tail` (前, 内, 起) beside them.
    """

    start: int
    end: int
    rule: str
    parts: dict[str, str]
    head: str = ""
    tail: str = ""

    def number(self, key: str) -> int | None:
        """Return a part as a whole number: 二〇二三, 十二, 07; None where it is absent or none."""
        told = self.parts.get(key, "").replace(" ", "").replace("元", "1")
        digits = integer_text(told) if told else None
        return None if digits is None else int(digits)


@lru_cache(maxsize=8)
def forms(text: str, start: int, end: int) -> tuple[Form, ...]:
    """Return the time expressions of text[start:end] (a shadow's text), none overlapping."""
    return tuple(_forms(text, start, end))


def _forms(text: str, start: int, end: int) -> Iterator[Form]:
    at = start
    while found := _master().search(text, at, end):
        rule = found.lastgroup or ""
        whole = _one(rule).match(text, found.start(), end)
        if whole is None:  # lookbehinds and lookaheads are the same: cannot be
            at = found.end()
            continue
        form = _dressed(text, start, end, rule, whole, at)
        yield form
        at = max(form.end + len(form.tail), found.start() + 1)


def _dressed(text: str, start: int, end: int, rule: str, found: re.Match[str], after: int) -> Form:
    """The match with the words before and after it that say how it is meant."""
    parts = {key: value for key, value in found.groupdict().items() if value}
    if rule in _UNDRESSED:
        return Form(found.start(), found.end(), rule, parts)
    heads, tails = _edges()
    head = heads.search(text, max(start, after, found.start() - 6), found.start())
    tail = tails.match(text, found.end(), end)
    return Form(
        found.start(), found.end(), rule, parts, head[0] if head else "", tail[0] if tail else ""
    )


_UNDRESSED = frozenset({"now", "vague", "event", "session", "document", "damaged"})


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    until = any_of(words("dates", "until"))
    # 收到, 达到, 提到 end in 到 without meaning "until"
    heads = rf"(?:(?<![收得达看接遇感涉找做签提受碰想])(?:直?{until})|自从|自|从)$"
    ends = words("dates", "before") + words("dates", "within") + words("dates", "open")
    choices = sorted(ends, key=len, reverse=True)
    tails = "|".join(
        re.escape(word) + (f"(?!{_NOT_AFTER[word]})" if word in _NOT_AFTER else "")
        for word in choices
    )
    return re.compile(heads), re.compile(f"(?:{tails})")


@cache
def _master() -> re.Pattern[str]:
    """All shapes as one regex with a group for each; what many begin with is written once."""
    before = _NAMES.sub("(?:", since())
    bare = [(rule, _NAMES.sub("(?:", form)) for rule, form in shapes().items()]
    dated = [rule for rule, form in bare if form.startswith(before)]
    groups = {rule: f"(?P<{rule}>{form.removeprefix(before)})" for rule, form in bare}
    together = f"{before}(?:{'|'.join(groups[rule] for rule in dated)})"
    parts = [
        together if rule == dated[0] else groups[rule] for rule in groups if rule not in dated[1:]
    ]
    return re.compile(f"(?=[{first_characters()}])(?:{'|'.join(parts)})")


@cache
def _one(rule: str) -> re.Pattern[str]:
    return re.compile(shapes()[rule])
