"""Units of figures: the multiplier printed with them, their spellings, which measure one thing."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from npcreply.grammar.numerals import half_width, tidy

_MULTIPLIERS = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6}
_MULTIPLIERS |= {"千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11}
_MULTIPLIERS |= {"万亿": 10**12}

# One base, its other spellings (small letters).
_SPELLINGS = {
    "元": "人民币 元人民币 人民币元",
    "美元": "美金",
    "公里": "千米 km ㎞",
    "米": "m 延米",
    "厘米": "cm ㎝",
    "平方公里": "平方千米 km2 km² k㎡ ㎢",
    "平方米": "㎡ m2 m² 平米",
    "公顷": "ha hm2 hm²",
    "立方米": "m3 m³ ㎥ 立方",
    "公斤": "千克 kg ㎏",
    "吨": "t",
    "瓦": "w",
    "千瓦": "kw",
    "兆瓦": "mw",
    "吉瓦": "gw",
    "千瓦时": "kwh kw·h 千瓦小时 度电",
    "兆瓦时": "mwh",
    "%": "pct",
    "个百分点": "百分点",
    "天": "日 自然日 个自然日",
    "个工作日": "工作日",
    "小时": "个小时",
    "周": "个星期 星期",
}

# What a base measures, and how much of it: only these are converted into each other.
_SIZES: dict[str, tuple[str, Decimal]] = {
    base: (family, Decimal(size))
    for family, sizes in {
        "length": "米=1 公里=1000 厘米=0.01 里=500",
        # 1 公顷 = 15 亩 = 10000 平方米, so every size is exact in 亩
        "area": "亩=1 公顷=15 平方公里=1500 平方米=0.0015",
        "volume": "立方米=1 升=0.001",
        "weight": "公斤=1 克=0.001 吨=1000 斤=0.5",
        "power": "千瓦=1 瓦=0.001 兆瓦=1000 吉瓦=1000000",
        "energy": "千瓦时=1 兆瓦时=1000",
        "share": "%=1 ‰=0.1 成=10",
        "days": "分钟=1 小时=60 天=1440 周=10080",
        "months": "个月=1 个季度=3 年=12",
    }.items()
    for base, size in (pair.split("=") for pair in sizes.split())
}

# Counted by the piece: each is like itself only (5 个 are not 5 项, 人次 are not 人).
_PIECES = frozenset(
    """
    元 美元 欧元 英镑 日元 港元 澳元 倍 个百分点 个工作日 个学年 学年 学期 课时 学时 秒
    个 项 件 条 家 所 座 处 户 名 人 位 支 场 次 批 套 台 间 张 辆 栋 幢 只 头 株 棵 羽 尾 块 片
    份 册 部 艘 架 口 眼 组 队 班 轮 门 类 种 本 篇 盏 根 例 宗 起 笔 幅 对 遍 趟 枚 把 桩 期次
    人次 家次 户次 场次 批次 件次 班次 车次 架次 项次 台次 头次 台套 台班 人天
    学位 床位 车位 泊位 标箱 标段 企业 村 社区 环节
    吨标准煤 吨标煤 蒸吨 千伏 千伏安 兆伏安 千卡 千焦 微克 毫克 毫升 分贝 TB GB ℃
    """.casefold().split()
)
_BASES = {
    spelling: base for base, others in _SPELLINGS.items() for spelling in (base, *others.split())
}
_PREFIX = re.compile("(万亿|[十百千]?[万亿]|[百千])(.*)")
_TRADITIONAL = str.maketrans("萬億", "万亿")


@lru_cache(maxsize=1024)
def split_unit(unit: str | None) -> tuple[Decimal, str]:
    """Return the multiplier and the base of a unit: 万元 -> (10000, 元), ㎡ -> (1, 平方米).

    千瓦, 千米, 百分点 are units themselves; 千 and 百 are multipliers only before a known unit.
    The base is "" for no unit, and for a bare 万 or 亿.
    """
    plain = "".join(half_width(unit or "").split()).casefold().translate(_TRADITIONAL)
    found = _PREFIX.fullmatch(plain)
    if not found or _is_base(plain):
        return Decimal(1), _BASES.get(plain, plain)
    mark, rest = found[1], found[2]
    if mark in "百千" and not _is_base(rest):
        return Decimal(1), plain
    return Decimal(_MULTIPLIERS[mark]), _BASES.get(rest, rest)


def is_unit(unit: str) -> bool:
    """Return whether this is a unit known here: 万元, 个, 微克/立方米, a bare 亿; not 是, 强."""
    multiplier, base = split_unit(unit)
    parts = base.split("/")
    return all(_is_base(part) for part in parts) if base else multiplier > 1


def is_share(unit: str | None) -> bool:
    """Return whether a figure in this unit is a part of a whole: %, ‰, 成."""
    return _SIZES.get(split_unit(unit)[1], ("",))[0] == "share"


def is_time(unit: str | None) -> bool:
    """Return whether the unit measures time: 天, 个月, 个工作日."""
    base = split_unit(unit)[1]
    return base == "个工作日" or _SIZES.get(base, ("",))[0] in ("days", "months")


def in_full(unit: str | None, other: str | None) -> str | None:
    """Return a bare 万 or 亿 with what the other unit counts: 万 beside 万个 is 万个."""
    multiplier, base = split_unit(unit)
    counted = split_unit(other)[1]
    return f"{unit}{counted}" if multiplier > 1 and not base and counted else unit


def convert(value: Decimal, from_unit: str | None, to_unit: str | None) -> Decimal | None:
    """Return `value` in another unit of the same thing; None when the two cannot be compared.

    No unit is like no unit only: 2.8 typed for a target of 3 万 may mean 2.8万 or 2.8.
    """
    sizes = _sizes(from_unit, to_unit)
    if sizes is None:
        return None
    size, wanted = sizes
    return value if size == wanted else tidy(value * size / wanted)


def exact(value: Decimal, from_unit: str | None, to_unit: str | None) -> Fraction | None:
    """Return what `convert` returns, unrounded: 100亩 are 20/3公顷."""
    sizes = _sizes(from_unit, to_unit)
    return None if sizes is None else Fraction(value) * Fraction(sizes[0]) / Fraction(sizes[1])


def _sizes(from_unit: str | None, to_unit: str | None) -> tuple[Decimal, Decimal] | None:
    """Return how much of the same thing each unit is, None for unlike ones."""
    if not from_unit or not to_unit:
        return None if from_unit or to_unit else (Decimal(1), Decimal(1))
    (many, base), (wanted_many, wanted) = split_unit(from_unit), split_unit(to_unit)
    if base == wanted:
        return many, wanted_many
    family, size = _SIZES.get(base, ("", Decimal(1)))
    wanted_family, wanted_size = _SIZES.get(wanted, ("", Decimal(1)))
    if not family or family != wanted_family:
        return None
    return many * size, wanted_many * wanted_size


def _is_base(plain: str) -> bool:
    base = _BASES.get(plain, plain)
    return base in _SIZES or base in _PIECES
