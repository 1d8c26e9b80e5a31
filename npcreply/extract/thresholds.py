"""Which numbers count nothing: thresholds in names, parts of a scheme, words, codes, years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from npcreply.domain.units import is_time, split_unit
from npcreply.extract.comparing import After, Before
from npcreply.extract.measures import Measure
from npcreply.extract.phrases import any_of, words

_SCALES = re.compile("[十百千万亿]+")
_LONG = re.compile("[0-9]{5,}")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_PIECES = ("个", "项", "条", "种", "类", "方", "点", "句", "层", "轮", "步")
_NAMED = re.compile('[“"‘「][^”"’」0-9。,]{2,8}[”"’」]')  # “四个全面”, “三种”
_NAME = re.compile("[一-龥“《]")
_CLASSED = ("元", "美元", "千伏")  # 110千伏变电站, 10亿元项目
_MEAN = re.compile("(?:平均|寿命)[一-龥]{0,4}$")
_AGES = ("岁", "周岁")
_AGO = re.compile("之?前(?![期提往])|以前|来(?!自|源)|后(?!期|续|备)|之后|以后|以来")
_SPANS = ("年", "个月", "天", "日", "周", "个星期", "年半")


@dataclass(frozen=True, slots=True)
class Place:
    """A number at text[start:at] (a shadow's) of a passage that ends at `end`, and its words."""

    text: str
    start: int
    at: int
    end: int
    number: Measure
    front: Before
    back: After

    @property
    def printed(self) -> str:
        """The number with its unit."""
        return self.text[self.start : self.number.end]

    @property
    def worded(self) -> bool:
        """Whether words of comparing say that it counts: 近百家, 两个以上."""
        compared = self.front.sign is not None or self.back.sign is not None
        about = self.front.about or self.back.about
        return compared or about or self.number.odd

    @property
    def unit(self) -> str:
        """The unit without its 万 or 亿."""
        return (self.number.unit or "")[len(self.number.scale) :]


def sort(place: Place) -> str | None:
    """Return the rule of a number that counts nothing, None for a quantity; "nothing" where it is
    not even a number.
    """
    for test in (_every, _code, _word, _one, _scheme, _ago, _size, _threshold):
        found = test(place)
        if found:
            return found
    return None


def _every(place: Place) -> str | None:
    return "every" if place.text[place.start - 1 : place.start] == "每" else None


def _code(place: Place) -> str | None:
    if place.number.kind != "arabic":
        return None
    if re.match("0[0-9]", place.printed):
        return "code"
    if place.number.unit or place.worded:
        return None
    if _YEAR.fullmatch(place.printed) and _NAME.match(place.text, place.at):
        return "year_name"
    return "code" if _LONG.fullmatch(place.printed) else None


def _word(place: Place) -> str | None:
    """一点, 两手, 统一: a Chinese numeral counts before a firm unit, or with words of comparing."""
    if place.number.kind != "han":
        return None
    digits = place.printed.removesuffix(place.unit)
    named = digits != "零" and _NAMED.match(place.text, place.start - 1, place.at + 8)
    if named or digits == "二":
        return "word"  # two are counted 两: 二次污染, 二级
    if place.worded:
        return None
    if not place.unit:
        firm = "点" in digits or (_SCALES.search(digits) and not _SCALES.match(digits))
        return None if firm and len(digits) > 1 else "nothing"
    if _SCALES.fullmatch(digits) and digits != "十":
        return "threshold"
    return "word" if len(digits) == 1 and place.unit in words("numbers", "soft") else None


def _one(place: Place) -> str | None:
    """一所学校 may be one or any: 一个, 一批, 一项."""
    number = place.number
    single = number.kind == "han" and number.value == 1 and not number.scale
    return "one" if single and not place.worded else None


def _scheme(place: Place) -> str | None:
    if place.number.unit not in _PIECES:
        return None
    noun = _pattern("schemes" if place.number.kind == "han" else "schemes_always")
    return "scheme" if noun.match(place.text, place.at) else None


def _ago(place: Place) -> str | None:
    """3年前, 提前两个月: how far away, not how many."""
    if place.number.unit not in _SPANS or place.worded:
        return None
    ahead = place.text.endswith("提前", 0, place.start)
    return "ago" if ahead or _AGO.match(place.text, place.at) else None


def _size(place: Place) -> str | None:
    """500亿级产业, 5000吨级码头: a scale that names a class."""
    if place.number.scale and place.unit == "级":
        return "size"
    return "threshold" if place.unit and place.text[place.at : place.at + 1] == "级" else None


def _threshold(place: Place) -> str | None:
    """5亿元以上产业项目, 60岁以上老人, 10亿元项目: what defines a class; not 5亿元以上用于…."""
    base, text = split_unit(place.number.unit)[1], place.text
    if place.number.unit in _AGES:
        return None if _MEAN.search(text, max(0, place.start - 8), place.start) else "threshold"
    if base not in words("numbers", "class_units"):
        return None
    after = place.at + place.back.length
    if not place.back.sign:
        named = base in _CLASSED and _pattern("class_nouns").match(text, after)
        return "threshold" if named else None
    timed = place.back.sign == "<=" and is_time(place.number.unit)  # 三年内消除大班额
    if timed or place.front.sign or place.front.change or _pattern("uses").match(text, after):
        return None
    if not _pattern("classes").match(text, after, min(place.end, after + 16)):
        return None
    built = _pattern("builds").search(text[max(0, place.start - 4) : place.start])
    return None if built and base not in (*_CLASSED, "人") else "threshold"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    def listed(key: str) -> str:
        return any_of(words("numbers", key))

    return re.compile(
        {
            "schemes": f'[“"]?{listed("schemes")}',
            "schemes_always": f'[“"]?{listed("schemes_always")}(?![一-龥]{{0,2}}以上)',
            "uses": f"的?{listed('uses')}",
            "builds": f"{listed('builds')}[了约近超]?$",
            "classes": f"的?[^。,;:!?、0-9\n]{{0,10}}?{listed('classes')}",
            "class_nouns": f"{listed('class_nouns')}(?![{''.join(words('numbers', 'not_class'))}])",
        }[name]
    )
