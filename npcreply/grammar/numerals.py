"""Numbers as people type them: ASCII, full-width, Chinese and mixed; an exact value or none."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "零一二三四五六七八九"

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))  # pasted along from web pages
_HALF_WIDTH = str.maketrans(_SIGNS | _INVISIBLE)
# A blank between two digits or two letters may part two things: "3 5" is not 35.
_BLANKS = re.compile(
    r"(?<![0-9A-Za-z,])\s+|\s+(?![0-9A-Za-z,])|(?<=[0-9])\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=[0-9])"
)
_SIMPLE = str.maketrans(
    "壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟萬億兩點負〇○◯",
    "一二二三三三四五六六七八九十百千万亿两点负零零零",
)
_TENS = (("廿", "二十"), ("卅", "三十"), ("卌", "四十"))
_LONGEST = 40
_UNITS = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}

# Fifteen digits and a multiplier stay within Decimal's 28: nothing is ever rounded.
_ARABIC = re.compile(
    r"(?:[0-9]{1,15}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})?(?:\.[0-9]{1,10})?(?<=[0-9])"
)
_ROW = re.compile(rf"(?=.*[{DIGITS}])[{DIGITS}0Oo]+|(?=.*零)[0-9零]+")
_DECIMAL = re.compile(rf"(.+)点([{DIGITS}]{{1,10}})(万亿|[百千万亿])?")
_SHORTENED = re.compile(rf"[百千万亿][{DIGITS}]$")
_ASCII = str.maketrans(DIGITS + "Oo", "012345678900")


def half_width(text: str) -> str:
    """Return `text` with full-width letters, digits and signs as ASCII; Chinese marks stay."""
    return text.translate(_HALF_WIDTH)


def squeeze(text: str) -> str:
    """Return `text` in half width without blanks, except between two digits or two letters."""
    return _BLANKS.sub("", half_width(text).strip())


def number(text: str) -> Decimal | None:
    """Return the number a person typed, exactly; None when it is not one.

    Up to fifteen digits before the point and ten after it. 一百二 is 120, 2万5千 is 25000,
    半 is 0.5. Not numbers: 两三, 十四五 (about so many, or a name), 百万 (a size), 300余, +5, 1e3,
    12,34.
    """
    plain = _simple(text)
    if plain[:1] in ("-", "负"):
        value = _unsigned(plain[1:])
        return value.copy_negate() if value else value
    return _unsigned(plain)


def integer_text(text: str) -> str | None:
    """Return the digits of a whole number that names something, leading zeros kept.

    ０１０７ and 〇一〇七 give 0107, 一百零七 gives 107. None when `text` is not a whole number,
    or could be two (二三).
    """
    plain = _simple(text)
    if plain.isascii() and plain.isdecimal():
        return plain
    row = _row(plain)
    if row is not None:
        return row
    value = _structured(plain)
    return None if value is None or value != int(value) else str(int(value))


def chinese_integer(value: int) -> str:
    """Return 1 to 999 as articles of law are numbered: 十四, 五十一, 一百零二."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += DIGITS[0]
    return text + (DIGITS[ones] if ones else "")


def tidy(value: Decimal) -> Decimal:
    """Return `value` without trailing zeros after the point and without an exponent."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return Decimal(f"{short:f}") if isinstance(exponent, int) and exponent > 0 else short


def _simple(text: str) -> str:
    plain = squeeze(text).translate(_SIMPLE)
    for short, long in _TENS:
        plain = plain.replace(short, long)
    return plain


def _unsigned(plain: str) -> Decimal | None:
    if plain == "半":
        return Decimal("0.5")
    row = _row(plain)
    if row is not None:
        # 七八九个 means seven to nine; a run of neighbours is no number.
        return None if row in "123456789" else Decimal(row)
    for reading in (_arabic, _decimal, _structured):
        value = reading(plain)
        if value is not None:
            return value
    return None


def _arabic(plain: str) -> Decimal | None:
    return Decimal(plain.replace(",", "")) if _ARABIC.fullmatch(plain) else None


def _row(plain: str) -> str | None:
    """Digits told one by one: 二〇二三, 二0一七; two without a zero (二三) may be an estimate."""
    if len(plain) > 15 or not _ROW.fullmatch(plain):
        return None
    digits = plain.translate(_ASCII)
    return digits if len(digits) > 2 or "0" in digits else None


def _decimal(plain: str) -> Decimal | None:
    found = _DECIMAL.fullmatch(plain)
    if not found or _SHORTENED.search(found[1]):
        return None
    row = _row(found[1])
    whole = Decimal(row) if row else _structured(found[1])
    scale = _SCALES[found[3] or ""]
    if whole is None or whole != int(whole) or (scale > 1 and whole >= 10**4):
        return None
    value = Decimal(f"{int(whole)}.{found[2].translate(_ASCII)}")
    return tidy(value * scale) if scale > 1 else value


def _structured(plain: str) -> Decimal | None:
    """Numerals with units, in Chinese or mixed digits: 一万零三百, 1.26万亿, 3万5."""
    if len(plain) > _LONGEST:
        return None
    for mark, size in _UNITS:
        before, found, after = plain.rpartition(mark)
        if found:
            head, tail = _head(before, mark, size), _tail(after, size)
            if head is None or tail is None or (tail and head != int(head)):
                return None
            return tidy(head * size + tail)
    return Decimal(2) if plain == "两" else _digit(plain)


def _digit(plain: str) -> Decimal | None:
    return Decimal(DIGITS.index(plain)) if len(plain) == 1 and plain in DIGITS else None


def _head(plain: str, mark: str, size: int) -> Decimal | None:
    """How many of a unit: only 十 may go without, only 万 and 亿 take more than nine."""
    if mark == "十":
        value = _digit(plain) if plain else Decimal(1)
        return value or None
    if plain and plain.isascii():
        return _arabic(plain) or None
    value = _structured(plain)
    limit = size if mark in "万亿" else 10
    return value if value and value < limit else None


def _tail(plain: str, size: int) -> Decimal | None:
    """What follows a unit: one digit counts the next unit (一百二 = 120), 零 skips one or more."""
    if not plain:
        return Decimal(0)
    skips = plain.startswith("零")
    rest = plain[1:] if skips else plain
    value = _ascii_tail(rest, size) if rest.isascii() else _structured(rest)
    if value and value < 10 and len(plain) == 1 and plain != "两":
        return value * (size // 10)
    # 四千万零六千 is old but right; 一百零七十 is a slip of one kind or the other.
    limit = size // 10 if skips and size < 10**4 else size
    return value if value and value < limit and not rest.endswith("两") else None


def _ascii_tail(plain: str, size: int) -> Decimal | None:
    """ASCII digits after a unit (1万600, 3万0500); zeros in front only to fill every place."""
    full = len(plain) == len(str(size)) - 1
    fits = plain.isdecimal() and (full or (len(plain) < len(str(size)) and plain[0] != "0"))
    return Decimal(plain) if fits else None
