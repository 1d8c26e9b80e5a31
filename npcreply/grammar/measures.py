"""A number with its unit at one place of a text: 1.3万余名, 7万5千, 一吨半, 百分之六十, 十余家."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from npcreply.grammar import words
from npcreply.grammar.numerals import percent, tidy, value
from npcreply.grammar.units import is_unit

_DIGIT = "零〇一二三四五六七八九两"
# 5千瓦, 6个百分点: the numeral is of the unit
_ODD = "(?!(?:千(?:米|瓦|克|伏|卡|焦|赫|比特|字节)|百[分姓货]|兆(?:瓦|赫|字|伏|比)))"
_SCALE = f"(?:{_ODD}[十百千万亿兆拾佰仟])"
_NEXT = "(?:[零〇一二三四五六七八九]|两(?=[百千万亿]))"  # 三十两 is thirty 两
_FORMAL = "[壹贰叁肆伍陆柒捌玖][拾佰仟万亿零壹贰叁肆伍陆柒捌玖一二三四五六七八九十百千]{1,20}"
# 1 200万元: blanks part thousands, as commas do
_PARTED = r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}(?![0-9 ])(?:\.[0-9]{1,15})?"
_ARABIC = (
    _PARTED
    + r"|[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]{1,15})?(?![0-9])|[0-9]{1,40}(?:\.[0-9]{1,15})?"
)
_MIXED = rf"(?:{_SCALE}(?:[0-9]{{1,4}}(?=[百千万])|[{_DIGIT}]{{1,2}}(?=[百千万]))?){{0,9}}"
_HAN = rf"(?:[{_DIGIT}]|{_SCALE})(?:{_NEXT}|{_SCALE}){{0,40}}(?:点{_NEXT}{{1,15}}{_SCALE}{{0,2}})?"
_NUMERAL = re.compile(
    rf"(?P<share>(?:百|千|万)分之(?:百(?!分)|{_ARABIC}|{_HAN}))"
    rf"|(?P<half>百分百)"
    rf"|(?P<parts>一半(?![天年月数以])|(?:{_HAN}|[0-9]{{1,4}})分之(?:{_HAN}|[0-9]{{1,4}}))"
    r"|(?P<slash>[0-9]{1,4}/[0-9]{1,4}(?![0-9/]))"
    rf"|(?P<vague>[数几]{_SCALE}{{1,3}})"
    rf"|(?P<arabic>(?:{_ARABIC}){_MIXED}(?:[kw](?![a-z/㎡²]))?)"
    rf"|(?P<han>{_FORMAL}|{_HAN})"
)
_ABOUT = re.compile(
    r"(?P<odd>余|多|几|(?<=[十百千万0])来(?![自源到访信往])|个(?=[万亿](?!元)))"
    r"(?P<scale>(?:万亿|[万亿]|[百千](?=[万亿])){0,2}(?:(?<=[万亿])[余多](?P<more>亿))?)"
)
_SHORT = re.compile("(万亿|[万亿兆])$")
_UNIT = re.compile(r"(?:[一-龥A-Za-z%‰㎡㎞㎏㎥㏊²³·/℃]|(?<=[mM])[23]){1,8}")
_BLANK = re.compile("[ ](?=[A-Za-z])")
_KEPT = 8
# No number is longer; what is, is skipped whole, so that every text is read in linear time.
_LONGEST = 40
_RUN = re.compile("[0-9]{41,}|[零〇一二三四五六七八九两十百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟]{41,}")
_LETTERS = {"k": Decimal(1000), "w": Decimal(10000)}
_SIZES = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "兆": 10**12}
_CENTS = re.compile(rf"([0-9{_DIGIT}])(?:角|毛)(?:([0-9{_DIGIT}])分)?(?:钱)?")
_TIMES = "年月日天周季时分秒次批届期%"
_SECONDS = re.compile("[0-9]{1,2}秒")
_HALF = re.compile("半(?![年月天数])")
_PREFIX = re.compile(r"(人民币|新台币|港币|港元|美元|欧元|￥|¥|US\$|\$|HK\$)$")


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
    if re.search(f"[{_DIGIT}][{_DIGIT}]", printed) and not re.search("[零〇]", printed):
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
    run, rest = found[0], text[at : at + _KEPT + 2]
    for length in range(len(run), 0, -1):
        if _is_unit(run[:length]) and not _goes_on(run[:length], rest[length : length + 1]):
            return at + length
    return at


@cache
def _extra() -> frozenset[str]:
    return frozenset(words.MEASURES)


def _is_unit(text: str) -> bool:
    if is_unit(text) or text in _extra():
        return True
    # 万剂次, 辆次: what is counted each time
    return len(text) > 1 and text[-1] == "次" and text[-2] not in _TIMES and _is_unit(text[:-1])


def _goes_on(unit: str, following: str) -> bool:
    """人民, 家庭, 所有, 日常: the word goes on, and is no measure."""
    return bool(following) and following in words.NOT_UNIT.get(unit[-1], "")


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
