"""What a numeral is worth, in ASCII, full-width, Chinese or mixed: as typed, or as it is said."""

from __future__ import annotations

import re
from decimal import Decimal, DecimalException
from fractions import Fraction

from npcreply.grammar.pattern import Pattern

DIGITS = "零一二三四五六七八九"

_SIGNS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_SIGNS |= dict.fromkeys((0x2212, *range(0x2010, 0x2016)), "-")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))  # pasted along from web pages
_HALF_WIDTH = str.maketrans(_SIGNS | _INVISIBLE)
# A blank between two digits or two letters may part two things: "3 5" is not 35.
_BLANKS = Pattern(
    r"(?<![0-9A-Za-z,])\s+|\s+(?![0-9A-Za-z,])|(?<=[0-9])\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=[0-9])"
)
_SIMPLE = str.maketrans(
    "壹贰貳叁叄參参肆伍陆陸柒捌玖拾佰仟萬億兩點負個倆幾對雙〇○◯",
    "一二二三三三三四五六六七八九十百千万亿两点负个俩几对双零零零",
)
_TENS = (("廿", "二十"), ("卅", "三十"), ("卌", "四十"))
_LONGEST = 40
_UNITS = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}

# Fifteen digits and a multiplier stay within Decimal's 28: nothing is ever rounded.
PARTING = "[ \u00a0\u2009\u202f'’]"  # what beside a comma parts thousands: 1 000, 1'000
_ARABIC = Pattern(
    rf"(?:[0-9]{{1,15}}|[1-9][0-9]{{0,2}}(?:(?P<parting>,|{PARTING})[0-9]{{3}})"
    r"(?:(?P=parting)[0-9]{3}){0,3})?(?:\.[0-9]{1,10})?(?<=[0-9])"
)
_PARTINGS = Pattern(f",|{PARTING}")
_ROW = Pattern(rf"(?=.*[{DIGITS}])[{DIGITS}0Oo]+|(?=.*零)[0-9零]+")
_DECIMAL = Pattern(rf"(.+)点([{DIGITS}]{{1,10}})(万亿|[百千万亿])?")
_SHORTENED = Pattern(rf"[百千万亿][{DIGITS}]$")
_ASCII = str.maketrans(DIGITS + "Oo", "012345678900")

# What people say and print beside the strict numerals.
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "○": 0, "两": 2, "俩": 2, "倆": 2, "仨": 3}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_LETTERS = {"k": 10**3, "w": 10**4, "m": 10**6, "g": 10**9, "b": 10**9}
_SETS = {"打": 12, "对": 2, "双": 2}
_COINS = str.maketrans("圆圓块塊毛", "元元元元角")
_LONGEST_SAID = 60

_TOKEN = Pattern(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九两俩倆仨]|[十百千万亿兆]")
_ABOUT = Pattern(
    "零?个?[余多几来](?=$|[十百千万亿兆])|(?<=[0-9一二两三四五六七八九万亿])个(?=[万亿])"
)
_MONEY = Pattern("(.+?)元(?:(.)角)?(?:(.)分)?[整正]?")
_PERCENT = Pattern("(负|-)?(百|千|万|百万|千万|万万|百万万)分之(.+)")
_TENTHS = Pattern("(半|对|.*?[0-9一二两三四五六七八九十])(成|折)(半|[一二三四五六七八九0-9])?")


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


def value(text: str) -> Decimal | None:
    """Return the number that `text` means, None when it means none.

    As `number`, and also what only running text has: 十余万 (100000), 二百五十万零三,
    一又二分之一, 3/5, 4 6/3, 40k, 2e5, 十三万五, 壹佰元整, 五打. Fractions have 15 places.
    """
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST_SAID:
        return None
    sign, rest = _signed(plain)
    found = _said(rest)
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
    return Decimal(_PARTINGS.sub("", plain)) if _ARABIC.fullmatch(plain) else None


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


def _plain(text: str) -> str:
    return _simple(text).translate(_COINS).lower()


def _signed(plain: str) -> tuple[int, str]:
    found = re.fullmatch("(负|-)? ?(.+)", plain)
    return (-1 if found and found[1] else 1), found[2] if found else plain


def _said(plain: str) -> Decimal | None:
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
    bare = _ABOUT.sub("", _PARTINGS.sub("", plain)).removeprefix("第")
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
