"""The numbers that Word prints in front of paragraphs: 一、 （一） 1. ①, counted as it counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
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
            lambda found: _shown(levels, counts, int(found[1]) - 1), levels[depth].text
        )

    def _counted(
        self, source: str, number: str, levels: dict[int, _Level], depth: int
    ) -> list[int]:
        """One more at this depth; deeper ones begin again. Lists of one pattern count on."""
        key = number if levels is not self._abstract.get(source) else source
        starts = [levels[n].start - 1 if n in levels else 0 for n in range(9)]
        counts = self._counts.setdefault(key, starts.copy())
        counts[depth] += 1
        counts[depth + 1 :] = starts[depth + 1 :]
        for above in range(depth):
            counts[above] = max(counts[above], starts[above] + 1)
        return counts

    def _read_lists(self, numbering: ET.Element) -> None:
        for element in numbering:
            if _name(element) == "abstractNum":
                levels = {
                    int(_value(e, "ilvl") or 0): _level(e) for e in element if _name(e) == "lvl"
                }
                self._abstract[_value(element, "abstractNumId") or ""] = levels
        for element in numbering:
            if _name(element) == "num":
                self._read_list(element)

    def _read_list(self, element: ET.Element) -> None:
        source = (
            next((_value(e, "val") for e in element if _name(e) == "abstractNumId"), None) or ""
        )
        levels = self._abstract.get(source, {})
        changed = {
            int(_value(over, "ilvl") or 0): over for over in element if _name(over) == "lvlOverride"
        }
        if changed:
            levels = {n: _overridden(level, changed.get(n)) for n, level in levels.items()}
        self._lists[_value(element, "numId") or ""] = (source, levels)

    def _read_styles(self, styles: ET.Element) -> None:
        for style in styles:
            found = {
                _name(e): _value(e, "val") for e in style.iter() if _name(e) in ("numId", "ilvl")
            }
            if found.get("numId"):
                self._styles[_value(style, "styleId") or ""] = (
                    found["numId"] or "",
                    found.get("ilvl"),
                )


def _level(element: ET.Element) -> _Level:
    said = {_name(child): _value(child, "val") for child in element}
    start = said.get("start") or "1"
    text = said.get("lvlText") or ""
    return _Level(int(start) if start.isdecimal() else 1, said.get("numFmt") or "decimal", text)


def _overridden(level: _Level, over: ET.Element | None) -> _Level:
    if over is None:
        return level
    for child in over:
        if _name(child) == "lvl":
            return _level(child)
        if _name(child) == "startOverride":
            start = _value(child, "val") or "1"
            return _Level(int(start) if start.isdecimal() else 1, level.form, level.text)
    return level


def _shown(levels: dict[int, _Level], counts: list[int], depth: int) -> str:
    form = levels[depth].form if depth in levels else "decimal"
    count = counts[depth]
    return _FORMS.get(form, str)(count) if 0 < count < 10000 else str(count)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: ET.Element, name: str) -> str | None:
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _counted_in(digits: str, units: str) -> Callable[[int], str]:
    """一, 十二, 二十, 一百零五: a number told with its units."""

    def told(count: int) -> str:
        said = ""
        for place, figure in enumerate(reversed(str(count))):
            unit = units[place] if figure != "0" else digits[0]
            said = (digits[int(figure)] if figure != "0" else "") + unit.strip() + said
        said = re.sub(f"{digits[0]}+", "零", said).rstrip("零")
        return said.removeprefix("一") if said.startswith("一十") else said

    return told


def _in_row(count: int) -> str:
    return "".join(_HAN[int(figure)] for figure in str(count))


def _letter(count: int) -> str:
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    said = ""
    for size, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        said += sign * (count // size)
        count %= size
    return said


def _circled(count: int) -> str:
    return chr(0x245F + count) if count <= 20 else str(count)


_TOLD, _SEALED = _counted_in(_HAN, " 十百千"), _counted_in(_LEGAL, " 拾佰仟")
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "chineseCounting": _TOLD,
    "chineseCountingThousand": _TOLD,
    "japaneseCounting": _TOLD,
    "taiwaneseCounting": _TOLD,
    "taiwaneseCountingThousand": _TOLD,
    "chineseLegalSimplified": _SEALED,
    "ideographDigital": _in_row,
    "japaneseDigitalTenThousand": _in_row,
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
