"""Targets and figures as clerks type them: 投资不少于600亿元, 增长40%以上, 358.49亿元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from npcreply.grammar.numerals import number, squeeze
from npcreply.grammar.units import is_share, is_time, is_unit, split_unit

_WORDS = {
    ">=": """>= => ≥ ≧ 大于等于 大于或等于 大于或者等于 高于或等于
        不少于 不低于 不小于 至少 最少 最低 达到 突破
        提高到 提高至 提升到 提升至 增加到 增加至 增至 上升到 上升至 升至 扩大到 扩大至""",
    "<=": """<= =< ≤ ≦ 小于等于 小于或等于 小于或者等于 低于或等于
        不超过 不超 不高于 不多于 不大于 至多 最多
        最高 最长 控制在 压缩到 压缩至 压减到 压减至 缩短到 缩短至 降低到 降低至 下降到 下降至
        降到 降至 减少到 减少至 减到 减至""",
    ">": "> 大于 多于 高于 超过",
    "<": "< 小于 少于 低于",
    "=": "= == 等于 恰好 正好",
}
_SIGNS = {word: sign for sign, words in _WORDS.items() for word in words.split()}
_SIGNS |= {"达": ">=", "超": ">"}
_SUFFIXES = {"以上": ">=", "及以上": ">=", "以内": "<=", "之内": "<=", "内": "<="}
_SUFFIXES |= {"以下": "<=", "及以下": "<="}


def _pattern(word: str) -> str:
    """不低于 also as 不得低于, 不能低于."""
    return f"不[得能可应宜]?{word[1:]}" if word.startswith("不") else re.escape(word)


# Units that hold a numeral, which is no part of the number before them.
_ODD_UNIT = "(?:平方|立方)?千米|千瓦|千克|千伏|千卡|千焦|百分点"
_HAN = "〇零○一二两三四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟半"
_N = (
    rf"(?:[0-9](?:(?!{_ODD_UNIT})[0-9百千万亿]|[.,](?=[0-9]))*"
    rf"|(?:(?!{_ODD_UNIT})[{_HAN}](?:点(?=[{_HAN}]))?)+)"
)
_U = rf"(?:{_ODD_UNIT}|[^0-9{_HAN}<>=])*?"
_TARGET = re.compile(
    rf"(?P<lead>.*?)(?<![0-9.,])(?P<n>{_N})"
    rf"(?:(?P<first>{_U})[-–—~至到]{{1,2}}(?P<n2>{_N})(?=(?P=first)))?"
    rf"(?P<more>[余多](?:万亿|[万亿])?)?(?P<u>{_U})"
    rf"(?P<suffix>{'|'.join(_SUFFIXES)})?(?P<around>左右|上下)?"
)
_FIGURE = re.compile(rf"(?P<n>[-负]?{_N})(?P<u>{_U})")
_DOUBLED = re.compile(rf"(?P<lead>.*?)(?:实现|达到)?翻(?:(?P<n>{_N})?番|倍)(?:及?以上)?")
_LONGEST = 300  # longer than an indicator may be: a pasted text, not a target
_PER = re.compile(rf"([百千])分之({_N})")
# 商超, 直达, 签约, 最近, 成为 end an indicator: no comparator, no "about", no link.
_LEAD = re.compile(
    r"(?P<indicator>.*?)(?:(?P<said>(?<![可通发直到传抵])达|(?<!商)超|"
    + "|".join(_pattern(word) for word in _SIGNS if word not in "达超")
    + r")[了有是]?)?(?::|(?<![成作行人])为)?"
    r"(?P<about>大约|将近|(?<![节签预履违公条契制])约|(?<![最附邻])近)?"
)
# A change told with its start, or a second bound: 由27%提升至55%, 大于10小于20.
_TWO_ENDED = re.compile(
    "[<>=≥≤]|分之|以[上下内]$|"
    rf"(?:[由从]|[大小等高低多少]于|超过|[至最][少多高低])[0-9{_HAN}]"
)
_BROKEN = re.compile(r"[-+第与和或及0-9.,]$")
_NEGATED = re.compile("(?:[不未没勿非]|没有|[不未][得能可应要宜到足达])$")
_GROWING = re.compile(
    "(?:增长|增加|提高|提升|上升|增速|增幅|涨幅|增长率|下降|降低|减少|压减|缩短|降幅)$"
)
# A number after 率 without a unit has most likely lost its percent sign on a web page.
_UNSIGNED_SHARE = re.compile("(?:率|占|占比|比例|比重|同比)$")
_DURATION = re.compile("(?:时限|期限|用时|耗时|时间|工期|周期)$")


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


def typed_target(text: str) -> Quantity | None:
    """Return the target that a clerk typed; None when any part of it is not understood.

    A plain count is a floor (>=), a plain time allowed (审批时限20天) a limit. None too for a
    change told with its start (由27%提升至55%), for years, dates and unknown units.
    """
    plain = _plain(text)
    return _doubled(plain) or _stated(plain)


def typed_figure(text: str) -> tuple[Decimal, str | None] | None:
    """Return value and unit of a progress figure, 万 and 亿 kept in the unit; None when unclear."""
    plain = _plain(text)
    found = _FIGURE.fullmatch(plain) if len(plain) <= _LONGEST else None
    return _measured(found["n"], found["u"]) if found else None


def _plain(text: str) -> str:
    """In half width, without blanks and a closing stop; 百分之六十 as 60%."""
    return _PER.sub(_percent, squeeze(text)).rstrip("。;,、")


def _percent(found: re.Match[str]) -> str:
    value = Decimal(100) if found[1] == found[2] == "百" else number(found[2])
    return found[0] if value is None else f"{value:f}{'%' if found[1] == '百' else '‰'}"


def _doubled(plain: str) -> Quantity | None:
    """翻一番 is twice, 翻两番 four times."""
    found = _DOUBLED.fullmatch(plain)
    times = number(found["n"] or "1") if found else None
    if not found or times is None or times not in range(1, 11):
        return None
    return Quantity(found["lead"].strip(" ,:"), "multiple", ">=", Decimal(2 ** int(times)), "倍")


def _stated(plain: str) -> Quantity | None:
    found = _TARGET.fullmatch(plain) if len(plain) <= _LONGEST else None
    amounts = _amounts(found) if found else None
    if not found or not amounts:
        return None
    low, high, unit = amounts
    lead = _lead(found["lead"])
    indicator = lead.indicator.strip(" ,;:、。")
    sign = _comparator(lead.signs | {_SUFFIXES.get(found["suffix"])}, indicator, unit)
    if sign is None or _is_unclear(lead, found, unit):
        return None
    kind = _kind(indicator, sign, unit)
    if kind == "growth":
        indicator = re.sub("(?:同比)?增长$", "", indicator)
    value = high if high is not None and sign in ("<=", "<") else low
    approx = bool(lead.about or found["more"] or found["around"])
    lowest = None if high is None else low
    return Quantity(indicator, kind, sign, value, unit, lowest, high, approx)


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before the number: the indicator, what the words after it say, 约."""

    indicator: str
    signs: frozenset[str | None]
    about: bool


def _lead(text: str) -> _Lead:
    """Part 投资最高不超过 into indicator and comparators, from behind."""
    found = _LEAD.fullmatch(text)
    if not found or found["indicator"] == text:
        return _Lead(text, frozenset(), about=False)
    said = re.sub("^不[得能可应宜]", "不", found["said"] or "")
    before = _lead(found["indicator"])
    signs = before.signs | ({_SIGNS[said]} if said else set())
    return _Lead(before.indicator, signs, before.about or bool(found["about"]))


def _amounts(found: re.Match[str]) -> tuple[Decimal, Decimal | None, str | None] | None:
    """The lower end, the upper end of a range, and the unit of both."""
    unit_text = (found["more"] or "")[1:] + found["u"]
    last = _measured(found["n2"] or found["n"], unit_text)
    if last is None:
        return None
    if not found["n2"]:
        return last[0], None, last[1]
    scaled = found["first"] or re.search("[万亿]", found["n"])
    first = _measured(found["n"], unit_text) if scaled else _bare(found["n"], last[1])
    fits = first is not None and first[1] == last[1] and first[0] < last[0]
    return (first[0], last[0], last[1]) if first and fits else None


def _bare(text: str, unit: str | None) -> tuple[Decimal, str | None] | None:
    value = number(text)
    return None if value is None else (value, unit)


def _measured(text: str, unit_text: str) -> tuple[Decimal, str | None] | None:
    """Value and unit; the closing 万 or 亿 of the number belongs to the unit."""
    scaled = re.fullmatch("([^万亿]+)(万亿|[万亿])", text)
    value = number(scaled[1] if scaled else text)
    unit = (scaled[2] if scaled else "") + unit_text
    if value is None or (unit and not is_unit(unit)):
        return None
    if unit == "年" and 1900 <= value <= 2100:
        return None
    return value, unit or None


def _comparator(said: frozenset[str | None], indicator: str, unit: str | None) -> str | None:
    """What the words before and after the number say together; None when they disagree."""
    signs = said - {None}
    if not signs:
        return "<=" if is_time(unit) and _DURATION.search(indicator) else ">="
    return next(iter(signs)) if len(signs) == 1 else None


def _is_unclear(lead: _Lead, found: re.Match[str], unit: str | None) -> bool:
    """Whether the words before make the number doubtful: 由27%提升至55%, 第3名, 12月31日."""
    before = lead.indicator
    if _TWO_ENDED.search(before) or _NEGATED.search(before) or typed_figure(before):
        return True
    if before.endswith("月") and unit == "日":
        return True
    if not unit and (_UNSIGNED_SHARE.search(before) or _GROWING.search(before)):
        return True
    if lead.signs or lead.about:
        return False
    # 统一, PM2.5: the last sign of a name, not a number
    is_name = not unit and not found["suffix"] and (before[-1:].isascii() or found["n"][0] in _HAN)
    return bool(_BROKEN.search(before)) or (bool(before) and is_name)


def _kind(indicator: str, sign: str, unit: str | None) -> str:
    base = split_unit(unit)[1]
    if base == "个百分点" or (_GROWING.search(indicator) and (is_share(unit) or base == "倍")):
        return "growth"
    if sign in ("<=", "<"):
        return "limit"
    return "multiple" if base == "倍" else "rate" if is_share(unit) else "level"
