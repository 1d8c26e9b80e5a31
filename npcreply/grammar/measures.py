"""A number or a range with its unit at one place of a text: 1.3万余名, 一吨半, 2.5-3米, 七八个."""

from __future__ import annotations

import re
from decimal import Decimal

from npcreply.dataclass import dataclass, replace
from npcreply.grammar import words
from npcreply.grammar.numerals import PARTING, percent, tidy, value
from npcreply.grammar.units import convert, is_unit
from npcreply.patterns import pattern

_DIGIT = "零〇一二三四五六七八九两"
# 5千瓦, 6个百分点: the numeral is of the unit
_ODD = "(?!(?:千(?:米|瓦|克|伏|卡|焦|赫|比特|字节)|百[分姓货]|兆(?:瓦|赫|字|伏|比)))"
_SCALE = f"(?:{_ODD}[十百千万亿兆拾佰仟])"
_NEXT = "(?:[零〇一二三四五六七八九]|两(?=[百千万亿]))"  # 三十两 is thirty 两
_FORMAL = "[壹贰叁肆伍陆柒捌玖][拾佰仟万亿零壹贰叁肆伍陆柒捌玖一二三四五六七八九十百千]{1,20}"
# 1 200万元: blanks and apostrophes part thousands, as commas do
_PARTED = rf"[1-9][0-9]{{0,2}}(?:{PARTING}[0-9]{{3}}){{1,4}}(?![0-9 ])(?:\.[0-9]{{1,15}})?"
_ARABIC = (
    _PARTED
    + r"|[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,15})?(?![0-9])|[0-9]{1,40}(?:\.[0-9]{1,15})?"
)
_MIXED = rf"(?:{_SCALE}(?:[0-9]{{1,4}}(?=[百千万])|[{_DIGIT}]{{1,2}}(?=[百千万]))?){{0,9}}"
_HAN = rf"(?:[{_DIGIT}]|{_SCALE})(?:{_NEXT}|{_SCALE}){{0,40}}(?:点{_NEXT}{{1,15}}{_SCALE}{{0,2}})?"
_NUMERAL = pattern(
    rf"(?P<share>(?:百|千|万)分之(?:百(?!分)|{_ARABIC}|{_HAN}))"
    rf"|(?P<half>百分百)"
    rf"|(?P<parts>一半(?![天年月数以])|(?:{_HAN}|[0-9]{{1,4}})分之(?:{_HAN}|[0-9]{{1,4}}))"
    r"|(?P<slash>[0-9]{1,4}/[0-9]{1,4}(?![0-9/]))"
    rf"|(?P<vague>[数几]{_SCALE}{{1,3}})"
    rf"|(?P<arabic>(?:{_ARABIC}){_MIXED}(?:[kw](?![a-z/㎡²]))?)"
    rf"|(?P<han>{_FORMAL}|{_HAN})"
)
_ABOUT = pattern(
    r"(?P<odd>余|多|几|(?<=[十百千万0])来(?![自源到访信往])|个(?=[万亿](?!元)))"
    r"(?P<scale>(?:万亿|[万亿]|[百千](?=[万亿])){0,2}(?:(?<=[万亿])[余多](?P<more>亿))?)"
)
_SHORT = pattern("(万亿|[万亿兆])$")
_UNIT = pattern(r"(?:[一-龥A-Za-z%‰㎡㎞㎏㎥㏊²³·/℃]|(?<=[mM])[23]){1,8}")
_BLANK = pattern("[ ](?=[A-Za-z])")
_KEPT = 8
# No number is longer; what is, is skipped whole, so that every text is read in linear time.
_LONGEST = 40
_RUN = pattern("[0-9]{41,}|[零〇一二三四五六七八九两十百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟]{41,}")
_LETTERS = {"k": Decimal(1000), "w": Decimal(10000)}
_SIZES = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "兆": 10**12}
_CENTS = pattern(rf"([0-9{_DIGIT}])(?:角|毛)(?:([0-9{_DIGIT}])分)?(?:钱)?")
_TIMES = "年月日天周季时分秒次批届期%"
_SECONDS = pattern("[0-9]{1,2}秒")
_HALF = pattern("半(?![年月天数])")
_PREFIX = pattern(r"(人民币|新台币|港币|港元|美元|欧元|￥|¥|US\$|\$|HK\$)$")


_TO = pattern(r"(?:\(含\))?(?:-{1,3}|~{1,2}|至|到|和|与)")
_DOUBLED = pattern('翻(?:([一两二三1-3])?[”"]?番|[一1]?倍)[”"]?')
_BETWEEN = pattern("之?间")
_PAIR = pattern("([一二两三四五六七八九])([二三四五六七八九])([十百千]?)(万亿|[万亿])?")
_SINGLE = pattern("[0-9一二两三四五六七八九]")
_TENS = pattern("[0-9一二两三四五六七八九]([十百千拾佰仟])")
_WORTH = {"": 1, "十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_WORTHS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}


@dataclass(frozen=True, slots=True)
class Measure:
    """text[start:end] holds one number and its unit, without words of comparing.

    `kind`: arabic, han, share, parts (三分之一), slash, vague (数十; then `highest` too). `scale`:
    the 万 or 亿 that the unit begins with; `odd`: 余, 多, 几. `unit` None where none is printed.
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    kind: str
    odd: bool
    scale: str = ""
    highest: Decimal | None = None

    @property
    def whole(self) -> Decimal:
        """The value with its 万 or 亿 multiplied out."""
        return self.value * _SIZES.get(self.scale, 1)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, a range or an estimate at text[start:end], without the words around it.

    `high` None where there is one number; `rule`: range, estimate, else ""; `number`: the first.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    unit: str | None
    odd: bool
    rule: str
    number: Measure | None = None


def doubled(text: str, at: int, until: int) -> Amount | None:
    """Return how many times 翻番 that begins at text[at] makes of what was: 2, of 翻两番 4."""
    found = _DOUBLED.match(text, at, until)
    if not found:
        return None
    times = Decimal(2) ** (_WORTHS.get(found[1] or "一") or int(found[1]))
    return Amount(at, found.end(), times, None, "倍", odd=False, rule="multiple")


def amount(text: str, at: int, until: int) -> Amount | None:
    """Return the number, range or estimate that begins at text[at]; None where none does."""
    first = measure(text, at, until)
    if first is None:
        return _pair(text, at, until)
    low, high = first.value, first.highest
    alone = Amount(at, first.end, low, high, first.unit, first.odd, "", first)
    return _range(text, first, until) or alone


def measure(text: str, at: int, end: int) -> Measure | None:
    """Return the number that begins at text[at]; None where none does, or digits are no number."""
    run, found = _RUN.match(text, at, end), _NUMERAL.match(text, at, end)
    if not found or (run and run.end() - at > _LONGEST):
        return None
    kind = found.lastgroup or ""
    if kind in ("share", "half"):
        return _share(found, kind)
    if kind in ("parts", "slash"):
        told = value(found[0])
        return None if told is None else Measure(at, found.end(), told, None, kind, odd=False)
    return _counted(text, at, end, found)


def _share(found: re.Match[str], kind: str) -> Measure | None:
    """百分之六十 is 60 %, 千分之三 is 3 ‰."""
    told = percent(found[0]) if kind == "share" else Decimal(100)
    if told is None:
        return None
    thousandth = found[0][0] == "千"
    unit, told = ("‰", tidy(told * 10)) if thousandth else ("%", told)
    return Measure(found.start(), found.end(), told, unit, "share", odd=False)


def numeral_end(text: str, at: int, end: int) -> int:
    """Return where the digits that begin at text[at] end, whether they are a number or not."""
    run, found = _RUN.match(text, at, end), _NUMERAL.match(text, at, end)
    return max(run.end() if run else at + 1, found.end() if found else at + 1)


def _counted(text: str, at: int, end: int, found: re.Match[str]) -> Measure | None:
    kind = found.lastgroup or ""
    split = _split(found[0] if kind != "vague" else "一" + found[0][1:])
    if split is None:
        return None
    told, scale = split
    about = _ABOUT.match(text, found.end(), end)
    scale += re.sub("[余多]", "", about["scale"]) if about else ""
    after = about.end() if about else found.end()
    unit_end = unit_at(text, after, end)
    if about and about["odd"] in "余多几" and unit_end == after and not scale:
        about, after, unit_end = None, found.end(), found.end()  # 3多边形: no "more than three"
    odd = kind == "vague" or bool(about and about["odd"] != "个")
    unit = (scale + text[after:unit_end].strip()) or None
    highest = told * 10 if kind == "vague" else None  # 数十: ten to a hundred
    return _with_rest(text, end, Measure(at, unit_end, told, unit, kind, odd, scale, highest))


def _split(printed: str) -> tuple[Decimal, str] | None:
    """The number, and the 万 or 亿 that belongs to its unit: 1.26万亿, 百亿 (100, 亿)."""
    if printed[-1] in _LETTERS:
        told = value(printed[:-1])
        return None if told is None else (told * _LETTERS[printed[-1]], "")
    short = _SHORT.search(printed)
    if short and not re.search("[亿兆]", printed[: short.start()]):
        head = printed[: short.start()]
        told = _worth(head) if head else Decimal(1)
        if told is not None:
            return told, short[1]
    told = _worth(printed)
    return None if told is None else (told, "")


def _worth(printed: str) -> Decimal | None:
    """A numeral's worth; 百 and 千 alone are one of them, rows like 十四五 are none."""
    if re.fullmatch("[十百千]+[万亿]?", printed) and printed != "十":
        printed = "一" + printed
    if re.search(f"[{_DIGIT}][{_DIGIT}]", printed.partition("点")[0]) and not re.search(
        "[零〇]", printed
    ):
        return None
    return value(printed)


def unit_at(text: str, at: int, end: int) -> int:
    """Return where the unit that begins at text[at] ends: the longest that is known (36.5 km)."""
    blank = _BLANK.match(text, at, end)
    if blank:
        unit_end = unit_at(text, at + 1, end)
        return unit_end if unit_end > at + 1 else at
    found = _UNIT.match(text, at, end)
    if not found:
        return at
    run = found[0]
    for length in range(len(run), 0, -1):
        if _is_unit(run[:length]) and not _goes_on(text, at, length):
            return at + length
    return at + 1 if run[0] == "路" and _ROUTES.search(text, max(0, at - _NEAR), at + 1) else at


# 探头260余路, 接入视频1200路; 12路 alone is the name of a bus.
_ROUTES = pattern(f"(?:[余多]|(?:{'|'.join(words.ON_A_LINE)})[^,;。]{{0,8}})路$")
_NEAR = 20


def _is_unit(text: str) -> bool:
    if is_unit(text) or text in words.PRINTED_PIECES:
        return True
    # 万剂次, 辆次: what is counted each time
    return len(text) > 1 and text[-1] == "次" and text[-2] not in _TIMES and _is_unit(text[:-1])


# 8家电子企业, 3所以体验为主的学校: after digits only these words go on.
_AFTER_DIGITS = {"家": pattern("庭|长[会代]|属[楼院区]"), "所": pattern("[有需]")}


def _goes_on(text: str, at: int, length: int) -> bool:
    """人民, 家庭, 所有, 日常: the word goes on, and is no measure."""
    end = at + length
    following = text[end : end + 1]
    if not following or following not in words.NOT_UNIT.get(text[end - 1], ""):
        return False
    longer = _AFTER_DIGITS.get(text[at:end])
    counted = at > 0 and (text[at - 1].isdecimal() or text[at - 1] in "余多")
    return not (longer and counted) or longer.match(text, end) is not None


def _with_rest(text: str, end: int, whole: Measure) -> Measure:
    """一吨半, 五元三角, 一个半月: what follows the unit and still counts."""
    unit = whole.unit or ""
    if unit == "个" and text[whole.end : whole.end + 2] in ("半月", "半年"):
        return _grown(whole, whole.end + 2, Decimal("0.5"), "个" + text[whole.end + 1])
    if unit and _HALF.match(text, whole.end, end):
        return _grown(whole, whole.end + 1, Decimal("0.5"), unit)
    seconds = _SECONDS.match(text, whole.end, end) if unit in ("分", "分钟") else None
    if seconds:  # 12分48秒 is more than 12
        return replace(_grown(whole, seconds.end(), Decimal(0), unit), odd=True)
    cents = _CENTS.match(text, whole.end, end) if unit.endswith(("元", "块")) else None
    if cents:
        parts = [value(part) or Decimal(0) if part else Decimal(0) for part in cents.groups()]
        return _grown(whole, cents.end(), parts[0] / 10 + parts[1] / 100, unit)
    money = _PREFIX.search(text, max(0, whole.start - 4), whole.start)
    if money and (not whole.unit or whole.unit == whole.scale):
        return _grown(whole, whole.end, Decimal(0), whole.scale + money[1])
    return whole


def _grown(whole: Measure, end: int, more: Decimal, unit: str) -> Measure:
    return Measure(
        whole.start,
        end,
        whole.value + more,
        unit,
        whole.kind,
        whole.odd,
        whole.scale,
        whole.highest,
    )


def _range(text: str, first: Measure, until: int) -> Amount | None:
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
    return Amount(first.start, end, ends[0], ends[1], ends[2], odd, "range", first)


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


def _pair(text: str, at: int, until: int) -> Amount | None:
    """三五百, 七八个, 八九亿: two neighbours make an estimate, where a unit follows."""
    found = _PAIR.match(text, at, until)
    if not found:
        return None
    low, high = _WORTHS[found[1]], _WORTHS[found[2]]
    unit_end = unit_at(text, found.end(), until)
    unit = (found[4] or "") + text[found.end() : unit_end]
    if not unit or not 0 < high - low <= 2:
        return None
    size = _WORTH[found[3]]
    return Amount(at, unit_end, Decimal(low * size), Decimal(high * size), unit, True, "estimate")
