"""Units of figures taken apart and turned into one another; their words stand in words.py."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from npcreply.grammar import words
from npcreply.grammar.numerals import half_width, tidy
from npcreply.patterns import pattern

_MULTIPLIERS = {"百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6}
_MULTIPLIERS |= {"千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11}
_MULTIPLIERS |= {"万亿": 10**12}

_SIZES: dict[str, tuple[str, Decimal]] = {
    base: (family, Decimal(size))
    for family, sizes in words.UNIT_SIZES.items()
    for base, size in (pair.split("=") for pair in sizes.split())
}
_PIECES = frozenset(piece.casefold() for piece in words.PIECES)
_BASES = {
    spelling: base
    for base, others in words.UNIT_SPELLINGS.items()
    for spelling in (base, *others.split())
}
_PREFIX = pattern("(万亿|[十百千]?[万亿]|[百千])(.*)")
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
    known = _is_base(base) or all(_is_base(part) for part in parts)
    return known if base else multiplier > 1


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
    if sizes is None:
        return None
    size, wanted = sizes
    known = Fraction(value)
    return known if size == wanted else known * Fraction(size) / Fraction(wanted)


@lru_cache(maxsize=1024)
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
