"""Numbers in running text with unit and comparator, told apart from what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from npcreply.dataclass import dataclass, field_names, replace
from npcreply.extract.numbers.lookalikes import Lookalike, Place, lookalikes, sort
from npcreply.extract.text.normalized import Shadow, shadow
from npcreply.grammar import comparators
from npcreply.grammar.comparators import After, Before
from npcreply.grammar.measures import Amount, amount, doubled, numeral_end
from npcreply.grammar.units import convert, is_share, is_time
from npcreply.patterns import pattern

# 减负, 自负: words of their own.
_MINUS = pattern("(?<![减担自肩承背抱亏])负$|(?:^|[:,(为是])-$")


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
    doubt: str = ""
    beyond: bool = False

    @property
    def sure(self) -> bool:
        """Return whether nothing speaks against the number."""
        return not self.doubt


def quantity(text: str, at: int, until: int, since: int, end: int) -> Quantity | None:
    """Return the quantity that begins at text[at] (a shadow's) and ends before `until`, else None.

    `since`: where the number before ended; its words are not read again. `end`: of the passage.
    """
    if text[at] == "翻":
        return _doubled(text, at, until)
    found = amount(text, at, until)
    return None if found is None else _worded(text, found, since, end)


def in_unit_of(low: Quantity, high: Quantity) -> Decimal | None:
    """Return the value of `low` in the unit of `high`, None where they measure different things."""
    if low.unit is None or low.unit == high.unit:
        return low.value
    return convert(low.value, low.unit, high.unit)


def _doubled(text: str, at: int, until: int) -> Quantity | None:
    """翻一番 is twice, 翻两番 four times."""
    times = doubled(text, at, until)
    if times is None:
        return None
    quoted = text[times.end - 1] in '”"' and at and text[at - 1] in '“"'
    start = at - 1 if quoted else at
    return Quantity(
        start, times.end, at, times.end, times.low, "倍", None, False, None, None, "multiple", None,
        "multiple",
    )  # fmt: skip


def _worded(text: str, number: Amount, since: int, end: int) -> Quantity | None:
    """Add the words before and after, and tell what the number is."""
    front = comparators.before(text, number.start, since)
    back = comparators.after(text, number.end, end, number.unit)
    sort = _sort(text, number, end, front, back)
    if sort == "nothing":
        return None
    if _is_negative(text, number.start):
        number = replace(number, low=-number.low)
    against = comparators.held_against(text, number.start, number.end)
    more = ">=" if number.odd and number.number else None
    sign, high = front.sign or back.sign or against or more, number.high
    grown = change(front.change, number.unit)
    rule = sort or number.rule or _rule(number, grown)
    return Quantity(
        start=number.start - max(front.length, int(_is_negative(text, number.start))),
        end=number.end + back.length,
        number_start=number.start,
        number_end=number.end,
        value=high if high is not None and sign == "<=" else number.low,
        unit=number.unit,
        comparator=sign,
        approx=front.about or back.about or number.odd,
        value_min=None if high is None else number.low,
        value_max=high,
        change=grown,
        from_=None,
        rule=rule,
        doubt=_doubt(text, number, rule, denied=front.denied),
        beyond=front.beyond or back.beyond,
    )


_OF_RULE = {"bare": "number_without_unit", "size": "number_of_size"}


def _doubt(text: str, number: Amount, rule: str, *, denied: bool) -> str:
    """The kind of what speaks against the number, as extract/reasons.py has it; "" for nothing."""
    if denied:
        return "number_denied"
    return _OF_RULE.get(rule) or ("number_broken" if _broken(text, number.start) else "")


def _sort(text: str, amount: Amount, end: int, front: Before, back: After) -> str | None:
    first = amount.number
    if first is None:
        return None
    if amount.rule == "range":
        first = replace(first, end=amount.end, unit=amount.unit, kind="range")
    return sort(Place(text, amount.start, amount.end, end, first, front, back))


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


def _rule(amount: Amount, grown: str | None) -> str:
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
_START = pattern("[0-9零〇一二三四五六七八九十两百千万亿数几翻壹贰叁肆伍陆柒捌玖]")
# What a number keeps when its places in the shadow become places in the text.
_PLACED = frozenset({"start", "end", "number_start", "number_end", "doubt"})
_SAME = tuple(name for name in field_names(Quantity) if name not in _PLACED)
_JOINS = ("、", "和", "与", "及", "或")
_FROM = pattern("[由从自][^。,;!?\n]{0,10}$")


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
    `doubt`: the kind of what speaks against it: unit or digits may be lost, the words deny the
    number (未达到50%).
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
        doubt=found.doubt or ("number_or_two" if _may_be_two(text, told, found) else ""),
    )


def _may_be_two(text: str, told: Shadow, found: Quantity) -> bool:
    """12，345 with a full-width comma is one number or two."""
    comma = told.text.find(",", found.number_start, found.number_end)
    return comma > 0 and text[told.at[comma]] != ","
