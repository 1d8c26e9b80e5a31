"""Targets and figures as clerks type them: 投资不少于600亿元, 增长40%以上, 358.49亿元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from npcreply.dataclass import dataclass
from npcreply.grammar.comparators import after, before, changes
from npcreply.grammar.measures import Amount, amount, doubled
from npcreply.grammar.numerals import squeeze
from npcreply.grammar.units import is_share, is_time, split_unit
from npcreply.patterns import pattern

_LONGEST = 300  # longer than an indicator may be: a pasted text, not a target
_HAN = "〇零○一二两三四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
# A number begins where no digit stands before it: 1.2.3个 holds none.
_START = pattern(f"(?<![0-9.,])[0-9]|[{_HAN}]")
_PLAIN_KINDS = ("arabic", "han", "share", "half")
# 百万元, 几百: how large something is, no count of it.
_BARE_SIZE = pattern("[百千万亿几数](?!分之)")
_LINK = pattern("(?::|(?<![成作行人])为)$")
_RANKED = pattern("前$")
_RANKS = ("名", "位", "%")
# A change told with its start, or a second bound: 由27%提升至55%, 大于10小于20.
_TWO_ENDED = pattern(
    "[<>=≥≤]|分之|以[上下内]$|"
    rf"(?:[由从]|[大小等高低多少]于|超过|[至最][少多高低])[0-9{_HAN}]"
)
_BROKEN = pattern(r"[-+第与和或及0-9.,]$|[0-9][A-Za-z]$")
_NEGATED = pattern("(?:[不未没勿非]|没有|[不未][得能可应要宜到足达])$")
# A number after 率 without a unit has most likely lost its percent sign on a web page.
_UNSIGNED_SHARE = pattern("(?:率|占|占比|比例|比重|同比)$")
_DURATION = pattern("(?:时限|期限|用时|耗时|时间|工期|周期)$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeric target; fields as in a record's `targets`.

    `kind`: level, rate (%), growth (by so much), multiple (so many times), limit (at most).
    `unit` keeps the printed 万 or 亿. Of a range (`value_min`, `value_max`) `value` is the end
    that decides: the lower one, of a limit the upper one. `indicator` may be empty.
    """

    indicator: str
    kind: str
    comparator: str
    value: Decimal
    unit: str | None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure reached: `unit` keeps the printed 万 or 亿; `approx`: 约, 近, 余, 左右."""

    value: Decimal
    unit: str | None
    approx: bool = False


def typed_target(text: str) -> Quantity | None:
    """Return the target that a clerk typed; None when any part of it is not understood.

    A plain count is a floor (>=); a plain time allowed (审批时限20天), a range of time (0.5-3日)
    and a rank (前10名) are limits. None too for a change told with its start (由27%提升至55%), for
    years, dates and unknown units.
    """
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return None
    found = next((typed for typed in _amounts(plain) if typed), None)
    return _doubled(plain) or (_stated(plain, found) if found else None)


def typed_figure(text: str) -> Figure | None:
    """Return the progress figure that a clerk typed; None when it is unclear: 300个以上, 2-3个."""
    plain = _plain(text)
    sign = -1 if plain[:1] in ("-", "负") else 1
    plain = plain if sign > 0 else plain[1:]
    found = next(_amounts(plain), None) if len(plain) <= _LONGEST else None
    if found is None or found.high is not None:
        return None
    lead = _lead(plain, found.start)
    back = after(plain, found.end, len(plain), found.unit)
    if lead.indicator or lead.signs or back.sign or (sign < 0 and lead.about):
        return None
    about = lead.about or back.about or found.odd
    return Figure(found.low.copy_negate() if sign < 0 else found.low, found.unit, about)


def _plain(text: str) -> str:
    """In half width, without blanks and a closing stop."""
    return squeeze(text).rstrip("。;,、")


def _amounts(plain: str) -> Iterator[Amount]:
    """The numbers after which nothing stands but 以上, 左右 …, the first in the text first."""
    for start in _START.finditer(plain):
        found = amount(plain, start.start(), len(plain))
        if found is None or _BARE_SIZE.match(plain, found.start):
            continue
        estimate = found.rule == "estimate" or "几" in plain[found.start : found.end]
        if estimate or (found.number and found.number.kind not in _PLAIN_KINDS):
            continue
        back = after(plain, found.end, len(plain), found.unit)
        if found.end + back.length == len(plain) and not _is_year(found):
            yield found


def _is_year(found: Amount) -> bool:
    return found.unit == "年" and 1900 <= found.low <= 2100


def _doubled(plain: str) -> Quantity | None:
    """翻一番 is twice, 翻两番 four times."""
    at = plain.rfind("翻")
    times = doubled(plain, at, len(plain)) if at >= 0 else None
    if times is None or not re.fullmatch("(?:及?以上)?", plain[times.end :]):
        return None
    indicator = re.sub("(?:实现|达到)$", "", plain[:at])
    return Quantity(indicator.strip(" ,:"), "multiple", ">=", times.low, "倍")


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before the number: the indicator, what the words after it say, 约, 未达到."""

    indicator: str
    signs: frozenset[str]
    about: bool
    denied: bool


def _lead(text: str, at: int) -> _Lead:
    """Part 投资最高不超过 into indicator and comparators, from behind."""
    signs, about, denied, acts = set(), False, False, ""
    while at:
        link = _LINK.search(text, 0, at)
        at = link.start() if link else at
        words = before(text, at, 0) if at else None
        if words is None or not words.length:
            break
        signs |= {words.sign} - {None}
        about, denied, acts = about or words.about, denied or words.denied, words.acts + acts
        at -= words.length
    return _Lead(text[:at] + acts, frozenset(filter(None, signs)), about, denied)


def _stated(plain: str, found: Amount) -> Quantity | None:
    lead = _lead(plain, found.start)
    back = after(plain, found.end, len(plain), found.unit)
    indicator, signs = lead.indicator.strip(" ,:;、。"), lead.signs | set(filter(None, [back.sign]))
    if _RANKED.search(indicator) and found.unit in _RANKS and not signs:
        indicator, signs = indicator[:-1], frozenset({"<="})
    sign = _comparator(signs, indicator, found)
    if sign is None or _is_unclear(lead, found, signs=bool(signs), plain=plain):
        return None
    kind = _kind(indicator, sign, found.unit)
    low, high, unit = found.low, found.high, found.unit
    if kind == "growth":
        indicator = re.sub("(?:同比)?增长$", "", indicator)
    value = high if high is not None and sign in ("<=", "<") else low
    about = lead.about or back.about or found.odd
    return Quantity(indicator, kind, sign, value, unit, None if high is None else low, high, about)


def _comparator(signs: frozenset[str], indicator: str, found: Amount) -> str | None:
    """What the words before and after the number say together; None when they disagree."""
    if not signs:
        limit = is_time(found.unit) and (found.high is not None or _DURATION.search(indicator))
        return "<=" if limit else ">="
    return next(iter(signs)) if len(signs) == 1 else None


def _is_unclear(lead: _Lead, found: Amount, *, signs: bool, plain: str) -> bool:
    """Whether the words before make the number doubtful: 由27%提升至55%, 第3名, 12月31日."""
    indicator = lead.indicator
    if lead.denied or _TWO_ENDED.search(indicator) or _NEGATED.search(indicator):
        return True
    if typed_figure(indicator) or (indicator.endswith("月") and found.unit == "日"):
        return True
    if not found.unit and (_UNSIGNED_SHARE.search(indicator) or changes(indicator)):
        return True
    if signs or lead.about:
        return False
    # 统一, PM2.5: the last sign of a name, not a number
    is_name = not found.unit and (indicator[-1:].isascii() or plain[found.start] in _HAN)
    return bool(_BROKEN.search(indicator)) or (bool(indicator) and is_name)


def _kind(indicator: str, sign: str, unit: str | None) -> str:
    base = split_unit(unit)[1]
    if base == "个百分点" or (changes(indicator) and (is_share(unit) or base == "倍")):
        return "growth"
    if sign in ("<=", "<"):
        return "limit"
    return "multiple" if base == "倍" else "rate" if is_share(unit) else "level"
