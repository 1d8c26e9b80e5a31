"""What web pages do to letters: characters swapped, digits and percent signs gone, names masked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from npcreply.extract.text.lines import Line, runs_on
from npcreply.extract.text.normalized import Shadow, readings
from npcreply.extract.words import any_of, table, words
from npcreply.language import N_, _

_MANY = 8  # so many characters of a kind are the page's, not a quotation's
_MOST = 40  # findings of one kind that help anybody


@dataclass(frozen=True, slots=True)
class Damage:
    """What the web page did to the text; `code`: character, place_name, digits, percent, masked,
    breaks, pinyin, traditional, encoding, doubled. `message` is for the clerk; the words are not
    corrected.
    """

    code: str
    start: int
    end: int
    words: str
    message: str


_SAYS = {
    "character": N_("“{words}”疑为“{meant}”，引文照录"),
    "place_name": N_("“{words}”疑为“{meant}”，引文照录"),
    "digits": N_("“{words}”像是丢了数字，没有读成日期或编号"),
    "percent": N_("“{words}”后面像是丢了百分号，请对照原件"),
    "masked": N_("“{words}”是网页遮盖的内容，没有读"),
    "breaks": N_("这一段丢了换行，已在“一、”“（一）”处分开读"),
    "pinyin": N_("网页在字后加了拼音，读时略去，引文照录"),
    "traditional": N_("网页是繁体字，按简体读，引文照录"),
    "encoding": N_("有认不出的字（乱码），请换一份原文或用 --encoding 指明编码"),
}


def damage(shadow: Shadow, source: str, own: list[Line]) -> tuple[Damage, ...]:
    """Return what the page did to the letter's own lines, in order; linear."""
    found: list[Damage] = []
    for look in (_misspelt, _digits, _percents, _masked, _breaks):
        hits = [hit for line in own for hit in look(line)][:_MOST]
        found += [_told(shadow, source, *hit) for hit in hits]
    found += [_told(shadow, source, *hit) for hit in _place_names(own)]
    found += _of_the_page(source)
    return tuple(sorted(set(found), key=lambda one: (one.start, one.end, one.code)))


Hit = tuple[str, int, int, str]


def _told(shadow: Shadow, source: str, code: str, start: int, end: int, meant: str) -> Damage:
    at, until = shadow.source(start, end)
    said = source[at:until]
    return Damage(code, at, until, said, _(_SAYS[code]).format(words=said[:30], meant=meant))


def _misspelt(line: Line) -> Iterator[Hit]:
    """出合 for 出台: a wrong character that looks like the right one, known by the word."""
    meant = table("damage", "misspelt")
    for found in _misspellings().finditer(line.text):
        at = line.start + found.start()
        yield "character", at, at + len(found[0]), meant[found[0]]


def _digits(line: Line) -> Iterator[Hit]:
    for found in _LOST_DIGITS.finditer(line.text):
        yield "digits", line.start + found.start(), line.start + found.end(), ""


def _percents(line: Line) -> Iterator[Hit]:
    for found in _lost_percent().finditer(line.text):
        yield "percent", line.start + found.start(), line.start + found.end(), ""


def _masked(line: Line) -> Iterator[Hit]:
    for found in _MASKS.finditer(line.text):
        yield "masked", line.start + found.start(), line.start + found.end(), ""


def _breaks(line: Line) -> Iterator[Hit]:
    if runs_on(line.text):
        yield "breaks", line.start, line.start + 1, ""


def _place_names(own: list[Line]) -> Iterator[Hit]:
    """合州 in a letter of 台州: a look-alike of a place that the letter names more often."""
    names = Counter(found[1] for line in own for found in _PLACE.finditer(line.text))
    alike = words("damage", "alike")
    wrong = {
        name.replace(right, like, 1): name
        for name, _count in names.most_common(3)
        for right, like in (*((p[0], p[1]) for p in alike), *((p[1], p[0]) for p in alike))
        if right in name and names[name] > names[name.replace(right, like, 1)]
    }
    for line in own if wrong else ():
        for found in re.finditer(any_of(wrong), line.text):
            at = line.start + found.start()
            yield "place_name", at, at + len(found[0]), wrong[found[0]]


def _of_the_page(source: str) -> Iterator[Damage]:
    glosses = readings(source)
    if glosses:
        yield _whole("pinyin", glosses[0].start(), glosses[0].end(), source)
    old = [found.start() for found in _traditional().finditer(source)]
    if len(old) >= _MANY:
        yield _whole("traditional", old[0], old[0] + 1, source)
    broken = source.find("\ufffd")
    if broken >= 0:
        yield _whole("encoding", broken, broken + 1, source)
    for at in (m.start() for m in re.finditer(_swapped(), source)):
        meant = _swaps()[source[at]]
        said = _(_SAYS["character"]).format(words=source[at], meant=meant)
        yield Damage("character", at, at + 1, source[at], said)


def _whole(code: str, start: int, end: int, source: str) -> Damage:
    return Damage(code, start, end, source[start:end], _(_SAYS[code]))


# 20224月, 2019月6月, 年月日 without figures, 人大次会议, 第号, 202285 and 2018717 alone in a line.
_LOST_DIGITS = re.compile(
    r"(?<!\d)20\d{2}\d{1,2}月(?:\d{1,2}日)?|(?<!\d)20\d{2}月\d{1,2}月"
    r"|(?<!\d)20\d{2}年(?:月|\d{1,2}日)(?:日)?|(?<![\d上下个多余近几两半每当前后今去明本全逐历生体的、])年月(?:日|\d{1,2}日)"
    r"|(?<![\d一二三四五六七八九十])届?(?:人大|政协)(?:第)?次会议|(?:大会|人大|政协|届)第次会议|第号(?=建议|提案|议案|[)》。,])"
)
# ○○ hides a name; in 二○○六年 it is a number.
_MASKS = re.compile(
    r"\*{2,}|[×xXＸ]{3,}|(?<![一二三四五六七八九○])○{2,}(?![一二三四五六七八九])|〇{3,}|_{3,}"
    r"|\(略\)|https?://[^\s一-龥,。;)]{4,80}"
)
_PLACE = re.compile(r"([一-龥]{2})(?:市|县|区)(?:人|政|委|第|[一-龥]{2,8}(?:局|委|办|中心))")
_ENDS = r"(?=[,。;、)]|以[上内下]|左右|$)"


@cache
def _lost_percent() -> re.Pattern[str]:
    rates = any_of(words("damage", "rates"))
    return re.compile(
        rf"{rates}(?:了|约|近|超|达|达到|为|到|至|提高到|上升到)?(\d{{1,3}}(?:\.\d+)?){_ENDS}"
    )


@cache
def _misspellings() -> re.Pattern[str]:
    other = "".join(words("damage", "joins"))
    return re.compile(rf"{any_of(table('damage', 'misspelt'))}(?![{other}])")


@cache
def _swaps() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in words("damage", "characters")}


@cache
def _swapped() -> re.Pattern[str]:
    return re.compile(f"[{''.join(_swaps())}]")


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(words('page', 'traditional'))[::2]}]")
