"""What a numeral is worth however it is written: 1.26万亿, 二百五, 三分之一, 七成六, 百分之六十."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from fractions import Fraction

from npcreply.extract.text.normalized import shadow
from npcreply.grammar.numerals import number, tidy

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "倆": 2, "仨": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_LETTERS = {"k": 10**3, "w": 10**4, "m": 10**6, "g": 10**9, "b": 10**9}
_SETS = {"打": 12, "对": 2, "双": 2}
_FORMAL = str.maketrans(
    "壹贰叁参叄肆伍陆柒捌玖拾佰仟〇○圆块毛", "一二三三三四五六七八九十百千零零元元角"
)
_TWENTIES = (("廿", "二十"), ("卅", "三十"), ("卌", "四十"))
_LONGEST = 60

_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九两俩倆仨]|[十百千万亿兆]")
_ABOUT = re.compile(
    "零?个?[余多几来](?=$|[十百千万亿兆])|(?<=[0-9一二两三四五六七八九万亿])个(?=[万亿])"
)
_MONEY = re.compile("(.+?)元(?:(.)角)?(?:(.)分)?[整正]?")
_PERCENT = re.compile("(负|-)?(百|千|万|百万|千万|万万|百万万)分之(.+)")
_TENTHS = re.compile("(半|对|.*?[0-9一二两三四五六七八九十])(成|折)(半|[一二三四五六七八九0-9])?")


def value(text: str) -> Decimal | None:
    """Return the number that `text` means, None when it means none.

    As domain.numerals.number, and also what only running text has: 十余万 (100000), 二百五十万零三,
    一又二分之一, 3/5, 4 6/3, 40k, 2e5, 十三万五, 壹佰元整, 五打. Fractions have 15 places.
    """
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST:
        return None
    sign, rest = _signed(plain)
    found = _unsigned(rest)
    return None if found is None else sign * found


def percent(text: str) -> Decimal | None:
    """Return a share in percent: 63.48%, 百分之六十, 千分之三, 三成半, 七折; else None."""
    plain = _plain(text)
    parted = _PERCENT.fullmatch(plain)
    if parted:
        sign = -1 if parted[1] else 1
        told = Decimal(100) if parted[3] == "百" else value(parted[3])
        whole = value(f"一{parted[2]}")
        return None if told is None or not whole else tidy(sign * told * 100 / whole)
    tenths = _TENTHS.fullmatch(plain)
    if tenths:
        return _tenths(tenths)
    marked = re.fullmatch("(.+?)(?:%|个?百分点)", plain)
    return value(marked[1]) if marked else None


def _plain(text: str) -> str:
    plain = "".join(shadow(text.strip()).text.translate(_FORMAL).lower().split("\n"))
    for short, long in _TWENTIES:
        plain = plain.replace(short, long)
    return plain


def _signed(plain: str) -> tuple[int, str]:
    found = re.fullmatch("(负|-)? ?(.+)", plain)
    return (-1 if found and found[1] else 1), found[2] if found else plain


def _unsigned(plain: str) -> Decimal | None:
    for reading in (_usual, _money, _fraction, _power, _lettered, _counted, _lenient):
        try:
            found = reading(plain)
        except (DecimalException, OverflowError, ZeroDivisionError):
            found = None
        if found is not None:
            return found
    return None


def _usual(plain: str) -> Decimal | None:
    return number(plain.removeprefix("第"))


def _money(plain: str) -> Decimal | None:
    """壹拾壹元壹角壹分整."""
    found = _MONEY.fullmatch(plain)
    whole = value(found[1]) if found else None
    if found is None or whole is None:
        return None
    tens, ones = (Decimal(value(part) or 0) if part else Decimal(0) for part in found.group(2, 3))
    return whole + tens / 10 + ones / 100


def _fraction(plain: str) -> Decimal | None:
    """三分之一, 五又三分之一, 1 3/5; also 十份十一 of the south."""
    spoken = re.fullmatch("(?:(.+)又)?(.+?)[分份]之?(.+)", plain)
    written = re.fullmatch(r"(?:([0-9]+) )?([0-9]+)/([0-9]+)", plain)
    if spoken:
        whole, below, above = spoken.groups()
    elif written:
        whole, above, below = written.groups()
    else:
        return None
    parts = [value(part) if part else Decimal(0) for part in (whole, above, below)]
    if any(part is None for part in parts) or not parts[2]:
        return None
    first, top, bottom = (Fraction(part or 0) for part in parts)
    exact = first + top / bottom
    return tidy(round(Decimal(exact.numerator) / Decimal(exact.denominator), 15))


def _power(plain: str) -> Decimal | None:
    """2e5, 2^-1."""
    found = re.fullmatch(r"([0-9]*\.?[0-9]+)(e|\^)([+-]?)([0-9]{1,2})", plain)
    if not found:
        return None
    base, power = Decimal(found[1]), int(found[3] + found[4])
    return base.scaleb(power) if found[2] == "e" else base**power


def _lettered(plain: str) -> Decimal | None:
    """40k, 3m, .0012g, 30w."""
    found = re.fullmatch(r"([0-9,]*\.?[0-9]+) ?([kwmgb])", plain)
    if not found:
        return None
    return tidy(Decimal(found[1].replace(",", "")) * _LETTERS[found[2]])


def _counted(plain: str) -> Decimal | None:
    """五打, 一对, 半个, 一半, 半百."""
    if plain in ("半", "一半", "1半", "一半半", "半个"):
        return Decimal("0.5")
    if plain.startswith("半") and plain[1:] in _SMALL | _LARGE:
        return Decimal((_SMALL | _LARGE)[plain[1:]]) / 2
    if plain[-1] in _SETS and len(plain) > 1:
        found = value(plain[:-1])
        return None if found is None else found * _SETS[plain[-1]]
    return value(plain[:-1]) if plain.endswith("个") and len(plain) > 1 else None


def _lenient(plain: str) -> Decimal | None:
    """What people write without thinking of the rules: 一百零十万三千, 百三, 十几万, 7万5千4百."""
    bare = _ABOUT.sub("", plain.replace(" ", "")).replace(",", "").removeprefix("第")
    whole, point, rest = bare.partition("点")
    if point:
        decimals = re.fullmatch("([零一二三四五六七八九0-9]+)([十百千万亿]*)", rest)
        before = _sum(whole)
        if decimals is None or before is None:
            return None
        digits = "".join(str(_DIGITS.get(digit, digit)) for digit in decimals[1])
        scale = _sum(decimals[2]) if decimals[2] else Decimal(1)
        return (before + Decimal(f"0.{digits}")) * (scale or 1)
    return _sum(bare)


def _sum(plain: str) -> Decimal | None:
    tokens = _TOKEN.findall(plain)
    if not tokens or "".join(tokens) != plain:
        return None
    if len(tokens) > 1 and all(token in _DIGITS for token in tokens):
        return Decimal("".join(str(_DIGITS[token]) for token in tokens))
    return _added(tokens)


def _added(marks: list[str]) -> Decimal | None:
    """Add up mark by mark; a digit at the end counts the next lower place (二百五 = 250)."""
    total = section = Decimal(0)
    current: Decimal | None = None
    last, large, skipped = 1, 0, False
    for mark in marks:
        if mark in _LARGE:
            section += current or 0
            size = _LARGE[mark]
            if size >= large > 0:  # 一万五千亿: what came before counts 亿 too
                total = (total + section) * size
            else:
                total += (section or int(not total)) * size
            section, current, last, large, skipped = Decimal(0), None, size, size, False
        elif mark in _SMALL:
            section += (current or 1) * _SMALL[mark]
            current, last, skipped = None, _SMALL[mark], False
        elif mark == "零":
            skipped = True
        elif current is not None:
            return None
        else:
            current = Decimal(_DIGITS.get(mark, mark))
    if current is None:
        return total + section if total + section or marks == ["零"] else None
    short = not skipped and last > 1 and current < 10
    return total + section + current * (last // 10 if short else 1)


def _tenths(found: re.Match[str]) -> Decimal | None:
    """三成 30, 七成六 76, 三成半 35; 七折 70, 九九折 99, 75折 75, 对折 50."""
    said, kind, more = found.groups()
    if said in ("半", "对"):
        return Decimal(5 if kind == "成" else 50)
    said = said.replace(" ", "")
    pair = re.fullmatch("[一二三四五六七八九]{2}", said)
    told = Decimal(10 * _DIGITS[said[0]] + _DIGITS[said[1]]) if pair else value(said)
    if told is None:
        return None
    tens = told if kind == "折" and told > 10 else told * 10
    return tidy(tens + (Decimal(5) if more == "半" else Decimal(value(more) or 0) if more else 0))
