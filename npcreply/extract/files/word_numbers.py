"""The numbers that Word prints in front of paragraphs: 一、 （一） 1. ①, counted as it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from npcreply.dataclass import dataclass
from npcreply.patterns import pattern

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

_DEPTHS = 9  # Word's lists have nine levels
_LONGEST = 10000  # no list counts on beyond it: 万 is not among the units
_CIRCLES = 20  # ① to ⑳
_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN_SIGNS = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
_ROMAN_SIZES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN = tuple(zip(_ROMAN_SIZES, _ROMAN_SIGNS, strict=True))
_PLACE = pattern(r"%([1-9])")


def name_of(element: ET.Element) -> str:
    """Return the element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def attribute(element: ET.Element, name: str) -> str | None:
    """Return an attribute of the word-processing namespaces, else None."""
    return element.get(_MAIN + name) or element.get(_STRICT + name)


@dataclass(frozen=True, slots=True)
class _Level:
    """How one depth of a list is numbered: from `start` in `form` (decimal, chineseCounting …);
    `text` holds the numbers' places: "（%1）".
    """

    start: int
    form: str
    text: str


class ListNumbers:
    """Counts through a document: `next` is asked for every paragraph in order."""

    def __init__(self, numbering: ET.Element | None, styles: ET.Element | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styles: dict[str, tuple[str, str | None]] = {}
        self._counts: dict[str, list[int]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def next(self, style: str | None, number: str | None, level: str | None) -> str:
        """Return the number in front of the next paragraph; "" where it has none."""
        if number is None and style in self._styles:
            number, of_style = self._styles[style]
            level = level or of_style
        if not number or number == "0" or number not in self._lists:
            return ""
        source, levels = self._lists[number]
        depth = int(level) if level and level.isdecimal() else 0
        if depth not in levels or levels[depth].form in ("bullet", "none"):
            return ""
        counts = self._counted(source, number, levels, depth)
        return _PLACE.sub(
            lambda place: _shown(levels, counts, int(place[1]) - 1), levels[depth].text
        )

    def _counted(
        self, source: str, number: str, levels: dict[int, _Level], depth: int
    ) -> list[int]:
        """One more at this depth; deeper ones begin again. Lists of one pattern count on."""
        key = number if levels is not self._abstract.get(source) else source
        starts = [levels[n].start - 1 if n in levels else 0 for n in range(_DEPTHS)]
        counts = self._counts.setdefault(key, starts.copy())
        counts[depth] += 1
        counts[depth + 1 :] = starts[depth + 1 :]
        for above in range(depth):
            counts[above] = max(counts[above], starts[above] + 1)
        return counts

    def _read_lists(self, numbering: ET.Element) -> None:
        """Patterns of lists first: a list names the pattern that it follows."""
        for element in _children(numbering, "abstractNum"):
            self._abstract[attribute(element, "abstractNumId") or ""] = {
                int(attribute(level, "ilvl") or 0): _level(level)
                for level in _children(element, "lvl")
            }
        for element in _children(numbering, "num"):
            self._read_list(element)

    def _read_list(self, element: ET.Element) -> None:
        patterns = [attribute(child, "val") for child in _children(element, "abstractNumId")]
        source = (patterns[0] if patterns else None) or ""
        levels = self._abstract.get(source, {})
        changed = {
            int(attribute(over, "ilvl") or 0): over for over in _children(element, "lvlOverride")
        }
        if changed:
            levels = {n: _overridden(level, changed.get(n)) for n, level in levels.items()}
        self._lists[attribute(element, "numId") or ""] = (source, levels)

    def _read_styles(self, styles: ET.Element) -> None:
        for style in styles:
            values = {name_of(element): attribute(element, "val") for element in style.iter()}
            number = values.get("numId")
            if number:
                name = attribute(style, "styleId") or ""
                self._styles[name] = (number, values.get("ilvl"))


def _children(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for child in element if name_of(child) == name]


def _level(element: ET.Element) -> _Level:
    values = {name_of(child): attribute(child, "val") for child in element}
    start = values.get("start") or "1"
    text = values.get("lvlText") or ""
    return _Level(int(start) if start.isdecimal() else 1, values.get("numFmt") or "decimal", text)


def _overridden(level: _Level, over: ET.Element | None) -> _Level:
    if over is None:
        return level
    for child in over:
        if name_of(child) == "lvl":
            return _level(child)
        if name_of(child) == "startOverride":
            start = attribute(child, "val") or "1"
            return _Level(int(start) if start.isdecimal() else 1, level.form, level.text)
    return level


def _shown(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    form = levels[depth].form if depth in levels else "decimal"
    count = counts[depth]
    return _FORMS.get(form, str)(count) if 0 < count < _LONGEST else str(count)


def _with_units(digits: str, units: str) -> Callable[[int], str]:
    """一, 十二, 二十, 一百零五: how a number below ten thousand is said, with its units."""
    zeros = re.compile(f"{digits[0]}+")

    def in_words(count: int) -> str:
        words = ""
        for place, figure in enumerate(reversed(str(count))):
            unit = units[place] if figure != "0" else digits[0]
            words = (digits[int(figure)] if figure != "0" else "") + unit.strip() + words
        words = zeros.sub("零", words).rstrip("零")
        return words.removeprefix("一") if words.startswith("一十") else words

    return in_words


def _digits(count: int) -> str:
    return "".join(_HAN[int(figure)] for figure in str(count))


def _letter(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    roman = ""
    for size, sign in _ROMAN:
        roman += sign * (count // size)
        count %= size
    return roman


def _circled(count: int) -> str:
    return chr(0x245F + count) if count <= _CIRCLES else str(count)


_PLAIN, _SEALED = _with_units(_HAN, " 十百千"), _with_units(_LEGAL, " 拾佰仟")
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "chineseCounting": _PLAIN,
    "chineseCountingThousand": _PLAIN,
    "japaneseCounting": _PLAIN,
    "taiwaneseCounting": _PLAIN,
    "taiwaneseCountingThousand": _PLAIN,
    "chineseLegalSimplified": _SEALED,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "ideographTraditional": lambda count: _STEMS[(count - 1) % 10],
    "ideographZodiac": lambda count: _BRANCHES[(count - 1) % 12],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperLetter": _letter,
    "lowerLetter": lambda count: _letter(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "bullet": lambda _count: "",
    "none": lambda _count: "",
}
