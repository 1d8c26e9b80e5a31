"""What a person sees of a stored number or day: the number formats of spreadsheets, read.

Only what tables of an office use is understood (0000, 0.0%, #,##0.00, yyyy"年"m"月"); any other
format shows the number as it is stored, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from npcreply.patterns import pattern

# Formats that a file names by number alone, as Excel and WPS show them in Chinese.
BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    47: "mm:ss",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_WEEKDAYS = "一二三四五六日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TOKEN = pattern(
    r"""(?P<literal>"[^"]*"|\\.|_.|\*.)
      | (?P<bracket>\[[^\]]*\])
      | (?P<half>AM/PM|A/P|上午/下午)
      | (?P<day>y+|m+|d+|h+|s+|a{3,4})
      | (?P<number>[0\#?]+|[.,%])
      | (?P<other>General|.)""",
    re.VERBOSE | re.IGNORECASE,
)
_COLOURS = pattern(r"(?i)\[(?:black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+)\]")
_CURRENCY = pattern(r"\[\$(?P<sign>[^\]-]*)(?:-[^\]]*)?\]")
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_SERIAL = 2958465  # 9999-12-31

_TOO_LONG = Decimal(10) ** 15  # a spreadsheet keeps fifteen digits

_Token = tuple[str, str]


def is_day_format(code: str) -> bool:
    """Tell whether a format shows its number as a day or a time."""
    return any(kind == "day" for kind, _text in _tokens(_sections(code)[0]))


def day_of(serial: Decimal, *, from_1904: bool = False) -> datetime | None:
    """Return the moment that a serial number is; None where spreadsheets have none."""
    if not 0 < serial <= _LAST_SERIAL:
        return None
    first = _FIRST_DAY_1904 if from_1904 else _FIRST_DAY
    return datetime.combine(first, time()) + timedelta(seconds=round(float(serial) * 86400))


def shown(value: Decimal | date, code: str) -> str:
    """Return what a person sees of a number or a day under a format code."""
    if isinstance(value, Decimal):
        return _number(value, code)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    section = _sections(code)[0]
    return _day(moment, _tokens(section)) if is_day_format(code) else plain_day(moment)


def plain_day(moment: datetime) -> str:
    """Return a day as 2025-06-12, with the time where there is one."""
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def plain(value: Decimal) -> str:
    """Return a number without a format: 12.50 is 12.5, never an exponent."""
    said = format(value, "f")
    said = said.rstrip("0").rstrip(".") if "." in said else said
    return "0" if said in {"-0", ""} else said


def _number(value: Decimal, code: str) -> str:
    sections = _sections(code)
    section, value = _section_for(value, sections)
    tokens = _tokens(section)
    words = [text for kind, text in tokens if kind in {"other", "bracket"}]
    if (
        abs(value) >= _TOO_LONG
        or not section
        or any(text.lower() in {"general", "@", "e", "/"} for text in words)
    ):
        return plain(value)
    if any(text.startswith("[") for text in words):  # a condition, DBNum1: shown as stored
        return plain(value)
    return _filled(value, tokens)


def _section_for(value: Decimal, sections: list[str]) -> tuple[str, Decimal]:
    """Return the part of a format that serves a number; a part for negatives takes the sign."""
    if len(sections) > 2 and value == 0:
        return sections[2], value
    if len(sections) > 1 and value < 0:
        return sections[1], -value
    return sections[0], value


def _filled(value: Decimal, tokens: list[_Token]) -> str:
    """Return the number in its places: `0` are digits that stand always, `,` parts thousands."""
    places = "".join(text for kind, text in tokens if kind == "number")
    digits = places.replace("%", "")
    if not digits.strip(",."):
        return "".join(text for kind, text in tokens if kind == "literal") or plain(value)
    bare = digits.rstrip(",")  # a comma at the end leaves three digits out
    whole, _point, part = bare.partition(".")
    scaled = value.scaleb(2 * places.count("%") - 3 * (len(digits) - len(bare)))
    return _with_words(_rounded(scaled, len(part), part.count("0"), whole), tokens)


def _rounded(value: Decimal, most: int, least: int, whole: str) -> str:
    """Return the digits: at most `most` decimals, of which `least` stand even as zeros."""
    exact = value.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP)
    before, _point, after = format(abs(exact), "f").partition(".")
    while len(after) > least and after.endswith("0"):
        after = after[:-1]
    before = before.zfill(whole.count("0")) if whole.strip("#?,") else before.lstrip("0")
    if "," in whole:
        before = f"{int(before or 0):,}"
    sign = "-" if exact < 0 else ""
    return sign + before + ("." + after if after else "")


def _with_words(said: str, tokens: list[_Token]) -> str:
    """Return the number where its first place stood, with the words of the format around it."""
    out, done = [], False
    for kind, text in tokens:
        if kind == "number" and text == "%":
            out.append("%")
        elif kind == "number":
            out.append("" if done else said)
            done = True
        elif kind in {"literal", "other"}:
            out.append(text)
    return "".join(out).strip()


def _sections(code: str) -> list[str]:
    """Return a format's parts for positive, negative and zero, without colours."""
    parts = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)', _COLOURS.sub("", code))
    return parts or [""]


def _tokens(section: str) -> list[_Token]:
    section = _CURRENCY.sub(lambda m: f'"{m["sign"]}"', section)
    found = []
    for match in _TOKEN.finditer(section):
        kind, text = match.lastgroup or "other", match.group()
        if kind == "literal":
            text = {'"': text[1:-1], "\\": text[1:]}.get(text[0], "")
        found.append((kind, text))
    return found


def _day(moment: datetime, tokens: list[_Token]) -> str:
    out: list[str] = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "day":
            out.append(_day_part(moment, text.lower(), _is_minute(tokens, at), _halves(tokens)))
        elif kind == "half":
            out.append("上午" if moment.hour < 12 else "下午")
        elif kind != "bracket":
            out.append(text if text != "@" else "")
    return "".join(out).strip()


def _halves(tokens: list[_Token]) -> bool:
    return any(kind == "half" for kind, _text in tokens)


def _is_minute(tokens: list[_Token], at: int) -> bool:
    """`m` is a minute after an hour and before a second, a month elsewhere."""
    parts = [(n, text.lower()) for n, (kind, text) in enumerate(tokens) if kind == "day"]
    place = [n for n, _text in parts].index(at)
    before = parts[place - 1][1] if place else ""
    after = parts[place + 1][1] if place + 1 < len(parts) else ""
    return before.startswith("h") or after.startswith("s")


def _day_part(moment: datetime, part: str, minute: bool, halves: bool) -> str:
    letter, length = part[0], len(part)
    if letter == "y":
        return f"{moment.year:04}" if length > 2 else f"{moment.year % 100:02}"
    if letter == "a" or (letter == "d" and length > 2):
        return ("星期" if length > 3 else "") + _WEEKDAYS[moment.weekday()]
    if letter == "m" and not minute and length > 2:
        return _MONTHS[moment.month - 1]
    hour = (moment.hour - 1) % 12 + 1 if halves else moment.hour
    number = {"m": moment.minute if minute else moment.month, "d": moment.day}
    number |= {"h": hour, "s": moment.second}
    return f"{number[letter]:0{min(length, 2)}}"
