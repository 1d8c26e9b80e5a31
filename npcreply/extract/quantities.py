"""One quantity at one place: number and unit, a range, the words around them, and what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from npcreply.domain.units import convert, is_share
from npcreply.extract import comparing, thresholds
from npcreply.extract.comparing import After, Before
from npcreply.extract.measures import Measure, measure, unit_at
from npcreply.extract.thresholds import Place

_DOUBLED = re.compile('翻(?:([一两二三1-3])?[”"]?番|[一1]?倍)[”"]?')
_TO = re.compile(r"(?:\(含\))?(?:-{1,3}|~{1,2}|至|到|和|与)")
_MINUS = re.compile("负$|(?:^|[:,(为是])-$")
_BETWEEN = re.compile("之?间")
_PAIR = re.compile("([一二两三四五六七八九])([二三四五六七八九])([十百千]?)(万亿|[万亿])?")
_SINGLE = re.compile("[0-9一二两三四五六七八九]")
_TENS = re.compile("[0-9一二两三四五六七八九]([十百千拾佰仟])")
_WORTH = {"": 1, "十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Quantity:
    """As NumberHit, with places in the shadow."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    unit: str | None
    comparator: str | None
    approx: bool
    value_min: Decimal | None
    value_max: Decimal | None
    change: str | None
    from_: Decimal | None
    rule: str
    sure: bool
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number or a range, without the words around it."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str | None
    odd: bool
    rule: str
    number: Measure | None = None


def quantity(text: str, at: int, until: int, since: int, end: int) -> Quantity | None:
    """Return the quantity that begins at text[at] (a shadow's) and ends before `until`, else None.

    `since`: where the number before ended; its words are not read again. `end`: of the passage.
    """
    if text[at] == "翻":
        return _doubled(text, at, until)
    first = measure(text, at, until)
    amount = _pair(text, at, until) if first is None else _range(text, first, until)
    if amount is None and first is not None:
        low, high = first.value, first.highest
        amount = _Amount(at, first.end, low, high, first.unit, first.odd, "", first)
    return None if amount is None else _worded(text, amount, since, end)


def in_unit_of(low: Quantity, high: Quantity) -> Decimal | None:
    """Return the value of `low` in the unit of `high`, None where they measure different things."""
    if low.unit is None or low.unit == high.unit:
        return low.value
    return convert(low.value, low.unit, high.unit)


def _doubled(text: str, at: int, until: int) -> Quantity | None:
    """翻一番 is twice, 翻两番 four times."""
    found = _DOUBLED.match(text, at, until)
    if not found:
        return None
    times = _DIGITS.get(found[1] or "一") or int(found[1])
    start = at - 1 if text[at - 1 : at] in '“"' and found[0][-1] in '”"' and at else at
    value = Decimal(2) ** times
    return Quantity(
        start, found.end(), at, found.end(), value, "倍", None, False, None, None, "multiple", None,
        "multiple", True,
    )  # fmt: skip


def _range(text: str, first: Measure, until: int) -> _Amount | None:
    """2.5-3米, 1万元至5万元, 十八至三十万; None where no second number follows."""
    to = _TO.match(text, first.end, until)
    second = measure(text, to.end(), until) if to else None
    if to is None or second is None or second.kind == "vague":
        return None
    if second.unit == "间" and to[0] in "和与":  # 20与30间 counts no rooms
        second = replace(second, unit=None, end=second.end - 1)
    between = _BETWEEN.match(text, second.end, until)
    if to[0] in "和与" and not between:
        return None
    ends = _ends(text, first, second)
    if ends is None or ends[0] >= ends[1]:
        return None
    end = between.end() if between else second.end
    odd = first.odd or second.odd
    return _Amount(first.start, end, ends[0], ends[1], ends[2], odd, "range", first)


def _ends(text: str, first: Measure, second: Measure) -> tuple[Decimal, Decimal, str | None] | None:
    low, high = first.value, second.value
    if first.unit == second.unit:
        return low, high, second.unit
    if first.unit == first.scale == second.scale and first.scale:
        return low, high, second.unit
    if first.unit not in (None, first.scale):
        bare = convert(low, first.unit, second.unit)
        return None if bare is None else (bare, high, second.unit)
    if first.scale:
        # 8千万到1亿元: the smaller end in the unit of the other
        unit = (second.unit or "")[len(second.scale) :]
        return first.whole, second.whole, unit or None
    if low < high:
        return _share_tens(text, first, second), high, second.unit
    unit = (second.unit or "")[len(second.scale) :]
    return low, second.whole, unit or None


def _share_tens(text: str, first: Measure, second: Measure) -> Decimal:
    """两到三百, 10~15k: the 百, the k is of both."""
    tens = _TENS.match(text, second.start)
    shared = first.value
    if tens and _SINGLE.fullmatch(text[first.start : first.end]):
        shared *= _WORTH[tens[1]]
    letter = text[second.end - len(second.unit or "") - 1]
    shared *= {"k": 1000, "w": 10000}.get(letter, 1)
    return shared if shared < second.value else first.value


def _pair(text: str, at: int, until: int) -> _Amount | None:
    """三五百, 七八个, 八九亿: two neighbours make an estimate, where a unit follows."""
    found = _PAIR.match(text, at, until)
    if not found:
        return None
    low, high = _DIGITS[found[1]], _DIGITS[found[2]]
    unit_end = unit_at(text, found.end(), until)
    unit = (found[4] or "") + text[found.end() : unit_end]
    if not unit or not 0 < high - low <= 2:
        return None
    size = _WORTH[found[3]]
    return _Amount(at, unit_end, Decimal(low * size), Decimal(high * size), unit, True, "estimate")


def _worded(text: str, amount: _Amount, since: int, end: int) -> Quantity | None:
    """Add the words before and after, and tell what the number is."""
    front = comparing.before(text, amount.start, since)
    back = comparing.after(text, amount.end, end, amount.unit)
    sort = _sort(text, amount, end, front, back)
    if sort == "nothing":
        return None
    if _is_negative(text, amount.start):
        amount = replace(amount, low=-amount.low)
    against = comparing.held_against(text, amount.start, amount.end)
    more = ">=" if amount.odd and amount.number else None
    sign, high = front.sign or back.sign or against or more, amount.high
    grown = change(front.change, amount.unit)
    rule = sort or amount.rule or _rule(amount, grown)
    doubtful = rule in ("bare", "size") or front.denied or _broken(text, amount.start)
    return Quantity(
        start=amount.start - max(front.length, int(_is_negative(text, amount.start))),
        end=amount.end + back.length,
        number_start=amount.start,
        number_end=amount.end,
        value=high if high is not None and sign == "<=" else amount.low,
        unit=amount.unit,
        comparator=sign,
        approx=front.about or back.about or amount.odd,
        value_min=None if high is None else amount.low,
        value_max=high,
        change=grown,
        from_=None,
        rule=rule,
        sure=not doubtful,
        beyond=front.beyond or back.beyond,
    )


def _sort(text: str, amount: _Amount, end: int, front: Before, back: After) -> str | None:
    if amount.number is None:
        return None
    number = amount.number
    if amount.rule == "range":
        number = replace(number, end=amount.end, unit=amount.unit, kind="range")
    return thresholds.sort(Place(text, amount.start, amount.end, end, number, front, back))


def _broken(text: str, at: int) -> bool:
    """1 200万元: a blank in front of the digits, and digits in front of the blank."""
    return at > 1 and text[at - 1] == " " and text[at - 2].isdigit()


def _is_negative(text: str, at: int) -> bool:
    return bool(_MINUS.search(text, max(0, at - 2), at))


def change(word: str | None, unit: str | None) -> str | None:
    """Return what 增长 and 下降 do to a share, a multiple or points; 增加5个 tells a count."""
    if word and (is_share(unit) or unit in ("倍", "个百分点", "百分点")):
        return word
    return "multiple" if unit == "倍" else None


def _rule(amount: _Amount, grown: str | None) -> str:
    kind = amount.number.kind if amount.number else ""
    if kind in ("parts", "slash", "vague"):
        return "vague" if kind == "vague" else "fraction"
    if grown == "multiple":
        return "multiple"
    return "share" if is_share(amount.unit) else "quantity" if amount.unit else "bare"
