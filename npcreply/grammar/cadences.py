"""How often something is to be done: 每月, 每季度, 半月会商, 周评比, 一周一调度."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from npcreply.dataclass import dataclass
from npcreply.grammar import words
from npcreply.grammar.numerals import squeeze
from npcreply.grammar.pattern import rx
from npcreply.patterns import pattern

_CLAUSE = pattern("[,。;!?:\n]")
_WEEKDAY = "(?:(?<=[周期拜])[一二三四五六日天末](?!次|季|级))?"
_NEAR = 12  # characters around a cadence that tell a rate from an act


@dataclass(frozen=True, slots=True)
class Cadence:
    """One cadence; `every`: day | week | half-month | month | quarter | half-year | year.

    `rule`: every (每月) | by (按月) | once (一周一调度) | doubled (月月通报) | listed (周评比 and
    月考核) | named (季度督查). `sure`: False where no cadence of the list is quite meant (每两周).
    """

    start: int
    end: int
    every: str
    rule: str
    sure: bool


def typed_cadence(text: str) -> str | None:
    """Return how often a clerk typed, where the whole text says it: 每月, 一周一调度, 季度督查."""
    plain = squeeze(text)
    whole = [found for found in cadences(plain) if (found.start, found.end) == (0, len(plain))]
    return whole[0].every if whole and whole[0].sure else None


def cadences(text: str, start: int = 0, end: int = sys.maxsize) -> list[Cadence]:
    """Return the cadences of text[start:end] in order; 每年5万元 and opening hours are none."""
    found = list(_PATTERN.finditer(text, start, end))
    hits = (_cadence(text, found, place) for place in range(len(found)))
    return [hit for hit in hits if hit]


_PATTERN = rx(
    f"每隔?(?P<every><<every_units>>|<<every_nearly>>){_WEEKDAY}"
    "|(?P<by><<by_units>>)(?!<<not_by>>)"
    "|(?P<once><<once_units>>)一(?:<<cadence_acts>>|[评报议查会访检考赛])"
    "|(?P<doubled><<doubled_units>>)(?=<<cadence_acts>>)"
    "|(?P<head><<cadence_heads>>)(?P<act><<cadence_acts>>)"
)
_NUMBER = r"(?:[0-9][0-9.]*|[一二两三四五六七八九十百千]+)[万亿]?"
_PER_HEAD, _OPEN_HOURS = rx("<<per_head>>"), rx("<<hours>>")
_IS_PAID = rx(f"(?:<<paid>>){{0,2}}{_NUMBER}(?:-{_NUMBER})?(?:<<paid_units>>)")


def _cadence(text: str, found: list[re.Match[str]], place: int) -> Cadence | None:
    match = found[place]
    rule = match.lastgroup or ""
    read = _READINGS["head" if rule == "act" else rule](text, found, place)
    return Cadence(match.start(), match.end(), *read) if read else None


_Read = tuple[str, str, bool] | None


def _every(text: str, found: list[re.Match[str]], place: int) -> _Read:
    match = found[place]
    if _is_rate(text, match) or match[0].startswith("每隔"):
        return None
    unit, near = match["every"], words.EVERY_NEARLY
    if unit in near:
        return near[unit], "every", False
    months = _IN_MONTHS.match(text, match.end()) if words.EVERY_UNITS[unit] == "year" else None
    times = len(_MONTH.findall(months[0])) if months else 1
    return _SO_OFTEN.get(times, words.EVERY_UNITS[unit]), "every", True


# 每年3月、9月各一次, 每年上半年和下半年: twice a year.
_MONTH = rx("(?:[0-9]{1,2}月份?|[上下]半年)")
_IN_MONTHS = rx(f"的?{_MONTH.source}(?:[、和及与]{_MONTH.source}){{1,11}}")
_SO_OFTEN = {2: "half-year", 4: "quarter"}


def _is_rate(text: str, match: re.Match[str]) -> bool:
    """每人每月300元, 每年5万元, 营业时间每天8点: paid, measured or open, not done."""
    before = _CLAUSE.split(text[max(0, match.start() - _NEAR) : match.start()])[-1]
    after = _CLAUSE.split(text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
    return bool(
        _PER_HEAD.search(before) or _IS_PAID.match(after) or _OPEN_HOURS.search(before + after)
    )


def _by(text: str, found: list[re.Match[str]], place: int) -> _Read:
    _ = text
    word = found[place]["by"]
    return words.BY_UNITS[word], "by", "旬" not in word


def _once(text: str, found: list[re.Match[str]], place: int) -> _Read:
    word = found[place]["once"]
    before = text[max(0, found[place].start() - 1) : found[place].start()]
    if before and (before.isdigit() or before in "十第年"):
        return None
    return words.ONCE_UNITS[word], "once", word not in ("两周", "双周")


def _doubled(text: str, found: list[re.Match[str]], place: int) -> _Read:
    if text[max(0, found[place].start() - 1) : found[place].start()].isdigit():
        return None  # 2024年年培训量
    return words.DOUBLED_UNITS[found[place]["doubled"]], "doubled", True


def _head(text: str, found: list[re.Match[str]], place: int) -> _Read:
    match = found[place]
    before = text[max(0, match.start() - 2) : match.start()]
    if before.endswith(words.NOT_BEFORE_HEAD) or before[-1:].isdigit():
        return None
    listed = any(_beside(text, match, other) for other in _neighbours(found, place))
    alone = match["act"] not in words.LISTED_ONLY and not match["head"].startswith("年")
    carried_out = text[max(0, match.start() - 4) : match.start()].endswith(words.CARRIED_OUT)
    if not listed and not alone and (not carried_out or match["head"].startswith("年")):
        return None
    every = words.CADENCE_HEADS[match["head"]]
    return every, "listed" if listed else "named", match["head"] != "旬"


def _neighbours(found: list[re.Match[str]], place: int) -> Iterator[re.Match[str]]:
    for other in (place - 1, place + 1):
        if 0 <= other < len(found) and found[other].lastgroup == "act":
            yield found[other]


def _beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Side by side in one list, of two different cadences: 月度统计、季度督查."""
    first, second = sorted((one, other), key=lambda match: match.start())
    between = text[first.end() : second.start()]
    return (
        len(between) <= 4
        and not _CLAUSE.sub("", between).strip("、“”和与及+制的")
        and one["head"] != other["head"]
    )


_READINGS = {"every": _every, "by": _by, "once": _once, "doubled": _doubled, "head": _head}
