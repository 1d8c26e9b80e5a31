"""Numbers in running text with unit and comparator, told apart from what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import lru_cache

from npcreply.extract.numbers.lookalikes import Lookalike, Place, lookalikes, sort
from npcreply.extract.text.normalized import Shadow, shadow
from npcreply.grammar import comparators
from npcreply.grammar.comparators import After, Before
from npcreply.grammar.measures import Measure, measure, numeral_end, unit_at
from npcreply.grammar.units import convert, is_share, is_time

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
    front = comparators.before(text, amount.start, since)
    back = comparators.after(text, amount.end, end, amount.unit)
    sort = _sort(text, amount, end, front, back)
    if sort == "nothing":
        return None
    if _is_negative(text, amount.start):
        amount = replace(amount, low=-amount.low)
    against = comparators.held_against(text, amount.start, amount.end)
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
    return sort(Place(text, amount.start, amount.end, end, number, front, back))


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


__all__ = ["Lookalike", "NumberHit", "find", "others", "scan"]

# What a number can be and still be a quantity.
_COUNTED = frozenset(
    {"quantity", "share", "range", "change", "multiple", "fraction", "size", "bare", "estimate"}
)
_START = re.compile("[0-9零〇一二三四五六七八九十两百千万亿数几翻壹贰叁肆伍陆柒捌玖]")
# What a number keeps when its places in the shadow become places in the text.
_PLACED = frozenset({"start", "end", "number_start", "number_end", "sure"})
_SAME = tuple(f.name for f in fields(Quantity) if f.name not in _PLACED)
_JOINS = ("、", "和", "与", "及", "或")
_FROM = re.compile("(?:由|从|自)[^。,;!?\n]{0,10}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberHit(Quantity):
    """One number; `start` to `end` with its words of comparing (不少于600亿元以上), `number_start`
    to `number_end` number and unit alone; offsets into the text, `words` is text[start:end].

    `value`, `unit` as printed: 2106.12 and 亿元, 63.48 and %, 3 and 个; unit None where none is. Of
    a range `value_min`, `value_max`, and as `value` the end that decides: the lower one, with "<="
    the upper. `comparator`: ">=", "<=", "=", None where none is printed (余, 多 are ">=", 近 and 约
    none). `approx`: 约 近 余 多 左右. `beyond`: 超 逾 突破 以上 以下 以内 (a target's comparator, a
    figure's approximation).
    `change`: None | growth (增长40%, 提高5个百分点) | fall (下降3%) | multiple (翻一番: 2; 3倍).
    `from_`: the level before, in the same unit (由27%提升至55%: 27).
    `rule` of what `find` returns: quantity, share (%), range (2-3米), estimate (三五百), change
    (由…到…), multiple, fraction (三分之一), size (500亿级产业: a target only where it is the aim),
    bare (no unit printed). What only `scan` returns: threshold (5亿元以上产业项目), scheme
    (四个方面), one (一所学校), from (the 27% of 由27%提升至55%), vague (数十家), word (一点, 两手),
    code (long rows of digits), year_name (2020上海论坛), ago (3年前), every (每3年).
    `sure`: False where unit or digits may be lost, or the words deny the number (未达到50%).
    """

    words: str

    @property
    def percent(self) -> bool:
        """Say whether the unit is a share of a whole: %, ‰, 成."""
        return is_share(self.unit)


def find(text: str, start: int = 0, end: int | None = None) -> list[NumberHit]:
    """Return the quantities of text[start:end] in order, none overlapping another."""
    return [hit for hit in scan(text, start, end) if hit.rule in _COUNTED]


def scan(text: str, start: int = 0, end: int | None = None) -> list[NumberHit]:
    """Return the numbers that `find` returns and those that count nothing, each with its `rule`."""
    told = _shadow(text)
    first, last = told.index(start), len(told.text) if end is None else told.index(end)
    walked = _shared(told.text, list(_walk(told, first, last)))
    return [_hit(text, told, found) for found in _raised(told.text, walked)]


def others(text: str, start: int = 0, end: int | None = None) -> list[Lookalike]:
    """Return what holds digits and is no number at all, in offsets of `text`: rules date, document,
    index, phone, address, clock, place, masked, ordinal, name, plan_name, numbering.
    """
    told = _shadow(text)
    first, last = told.index(start), len(told.text) if end is None else told.index(end)
    return [
        Lookalike(*told.source(each.start, each.end), each.rule)
        for each in lookalikes(told.text, first, last)
    ]


@lru_cache(maxsize=4)
def _shadow(text: str) -> Shadow:
    return shadow(text)


def _walk(told: Shadow, start: int, end: int) -> Iterator[Quantity]:
    masks = lookalikes(told.text, start, end)
    at, since, mask = start, start, 0
    while found := _START.search(told.text, at, end):
        place = found.start()
        while mask < len(masks) and masks[mask].end <= place:
            mask += 1
        until = masks[mask].start if mask < len(masks) else end
        if until <= place:
            at = since = masks[mask].end
            continue
        hit = quantity(told.text, place, until, since, end)
        if hit is None:
            at = max(min(numeral_end(told.text, place, end), until), place + 1)
            continue
        yield hit
        at = since = hit.end


def _raised(text: str, found: list[Quantity]) -> list[Quantity]:
    """Pairs of levels: of 由27%提升至55% the first is where the second comes from."""
    out = list(found)
    for place in range(len(found) - 1):
        low, high = out[place], out[place + 1]
        between = text[low.end : high.number_start]
        sign = comparators.raised(between) if len(between) <= 20 else None
        told = in_unit_of(low, high)
        if sign and told is None and is_time(low.unit) and is_time(high.unit):
            out[place] = replace(low, rule="from")  # 由9天压到1个工作日
            continue
        if sign is None or told is None or low.rule not in _COUNTED or high.rule not in _COUNTED:
            continue
        before = text[max(0, low.start - 16) : low.number_start]
        if "," in between and not _FROM.search(before):
            continue
        sign = sign or ("<=" if high.value < told else ">=")
        value = high.value_max if sign == "<=" and high.value_max is not None else high.value
        out[place] = replace(low, rule="from")
        out[place + 1] = replace(
            high, rule="change", from_=told, value=value, comparator=high.comparator or sign
        )
    return out


def _shared(text: str, found: list[Quantity]) -> list[Quantity]:
    """Of 增长3.1和1.6个百分点 the unit is of both, and so is the growth."""
    out = list(found)
    joined = [
        place
        for place in range(len(found) - 1)
        if text[found[place].end : found[place + 1].start] in _JOINS
    ]
    for place in reversed(joined):
        this, unit = out[place], out[place + 1].unit
        points = this.unit == "个" and (unit or "").startswith("个百")  # 0.4个和1.1个百分点
        if unit and (this.rule == "bare" or points):
            before = comparators.before(text, this.number_start, max(0, this.number_start - 16))
            what = change(before.change, unit)
            out[place] = replace(this, unit=unit, rule=out[place + 1].rule, change=what)
    for place in joined:
        this, following = out[place], out[place + 1]
        if this.change and not following.change and this.unit == following.unit:
            out[place + 1] = replace(following, change=this.change)
    return out


def _hit(text: str, told: Shadow, found: Quantity) -> NumberHit:
    start, end = told.source(found.start, found.end)
    number_start, number_end = told.source(found.number_start, found.number_end)
    same = {name: getattr(found, name) for name in _SAME}
    return NumberHit(
        **same,
        start=start,
        end=end,
        words=text[start:end],
        number_start=number_start,
        number_end=number_end,
        sure=found.sure and not _may_be_two(text, told, found),
    )


def _may_be_two(text: str, told: Shadow, found: Quantity) -> bool:
    """12，345 with a full-width comma is one number or two."""
    comma = told.text.find(",", found.number_start, found.number_end)
    return comma > 0 and text[told.at[comma]] != ","
