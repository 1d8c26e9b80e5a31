"""What web pages do to letters: characters swapped, digits and percent signs gone, names masked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from npcreply.dataclass import dataclass
from npcreply.extract.text.lines import Line, runs_on
from npcreply.extract.text.normalized import Shadow, readings
from npcreply.extract.words import any_of, rx, table, words
from npcreply.grammar.folding import SIMPLIFIED
from npcreply.grammar.pattern import Pattern
from npcreply.language import N_, _

_FEWEST_TRADITIONAL = 8  # fewer may be a name or a quotation
_MOST = 40  # findings of one kind that help anybody
_SHOWN = 30  # characters of the damaged words that a message repeats

_MISSPELT = rx("<<damage.misspelt>>(?!<<damage.joins>>)")
_SWAPPED = rx("<<damage.characters>>")
# 20224月, 2019月6月, 年月日 without figures, 人大次会议, 第号, 202285 and 2018717 alone in a line.
_LOST_DIGITS = rx(
    r"(?<!\d)20\d{2}\d{1,2}月(?:\d{1,2}日)?|(?<!\d)20\d{2}月\d{1,2}月"
    r"|(?<!\d)20\d{2}年(?:月|\d{1,2}日)(?:日)?|(?<![\d上下个多余近几两半每当前后今去明本全逐历生体的、])年月(?:日|\d{1,2}日)"
    r"|(?<![\d一二三四五六七八九十])届?(?:人大|政协)(?:第)?次会议|<<damage.before_meeting>>第次会议|第号(?=<<letter.numbered>>|[)》。,])"
)
_LOST_PERCENT = rx(
    r"<<damage.rates>>(?:<<damage.reaches>>)?(\d{1,3}(?:\.\d+)?)"
    r"(?=[,。;、)]|以[上内下]|左右|$)"
)
# ○○ hides a name; in 二○○六年 it is a number. A link longer than 80 characters is cut there.
_MASK = rx(
    r"\*{2,}|[×xXＸ]{3,}|(?<![一二三四五六七八九○])○{2,}(?![一二三四五六七八九])|〇{3,}|_{3,}"
    r"|\(略\)|https?://[^\s一-龥,。;)]{4,80}"
)
_PLACE_NAME = rx(r"([一-龥]{2})[市县区](?:[人政委第]|[一-龥]{2,8}(?:[局委办]|中心))")

_MESSAGES = {
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


@dataclass(frozen=True, slots=True)
class _Hit:
    """Damage at shadow.text[start:end]; `meant` is what probably stood there."""

    code: str
    start: int
    end: int
    meant: str = ""


def damage(shadow: Shadow, source: str, own: list[Line]) -> tuple[Damage, ...]:
    """Return what the page did to the letter's own lines, in order; linear."""
    damages = [_damage(shadow, source, hit) for hit in _hits(own)]
    damages += [*_whole_page(source), *_swapped_characters(source)]
    return tuple(sorted(set(damages), key=lambda one: (one.start, one.end, one.code)))


def _damage(shadow: Shadow, source: str, hit: _Hit) -> Damage:
    start, end = shadow.source(hit.start, hit.end)
    words = source[start:end]
    message = _(_MESSAGES[hit.code]).format(words=words[:_SHOWN], meant=hit.meant)
    return Damage(hit.code, start, end, words, message)


def _hits(own: list[Line]) -> Iterator[_Hit]:
    for find in (_misspelt, _lost_digits, _lost_percents, _masks, _lost_breaks):
        yield from [hit for line in own for hit in find(line)][:_MOST]
    yield from _misspelt_places(own)


def _matches(code: str, pattern: Pattern) -> Callable[[Line], Iterator[_Hit]]:
    """A search for one kind of damage that a pattern shows."""

    def find(line: Line) -> Iterator[_Hit]:
        for match in pattern.finditer(line.text):
            yield _Hit(code, line.start + match.start(), line.start + match.end())

    return find


_lost_digits = _matches("digits", _LOST_DIGITS)
_lost_percents = _matches("percent", _LOST_PERCENT)
_masks = _matches("masked", _MASK)


def _misspelt(line: Line) -> Iterator[_Hit]:
    """出合 for 出台: a wrong character that looks like the right one, known by the word."""
    meant = table("damage", "misspelt")
    for match in _MISSPELT.finditer(line.text):
        start = line.start + match.start()
        yield _Hit("character", start, start + len(match[0]), meant[match[0]])


def _lost_breaks(line: Line) -> Iterator[_Hit]:
    if runs_on(line.text):
        yield _Hit("breaks", line.start, line.start + 1)


def _misspelt_places(own: list[Line]) -> Iterator[_Hit]:
    """合州 in a letter of 台州: a look-alike of a place that the letter names more often."""
    meant = _look_alikes(own)
    if not meant:
        return
    wrong = re.compile(any_of(meant))
    for line in own:
        for match in wrong.finditer(line.text):
            start = line.start + match.start()
            yield _Hit("place_name", start, start + len(match[0]), meant[match[0]])


def _look_alikes(own: list[Line]) -> dict[str, str]:
    """Wrong name -> right one, for the three places that the letter names most."""
    names = Counter(match[1] for line in own for match in _PLACE_NAME.finditer(line.text))
    pairs = words("damage", "alike")
    both_ways = [*((p[0], p[1]) for p in pairs), *((p[1], p[0]) for p in pairs)]
    return {
        name.replace(right, like, 1): name
        for name, _count in names.most_common(3)
        for right, like in both_ways
        if right in name and names[name] > names[name.replace(right, like, 1)]
    }


def _whole_page(source: str) -> Iterator[Damage]:
    """Damage of all the page, shown at the first place."""
    glosses = readings(source)
    if glosses:
        yield _of_page("pinyin", glosses[0].start(), glosses[0].end(), source)
    old = [at for at, character in enumerate(source) if ord(character) in SIMPLIFIED]
    if len(old) >= _FEWEST_TRADITIONAL:
        yield _of_page("traditional", old[0], old[0] + 1, source)
    broken = source.find("\ufffd")
    if broken >= 0:
        yield _of_page("encoding", broken, broken + 1, source)


def _of_page(code: str, start: int, end: int, source: str) -> Damage:
    return Damage(code, start, end, source[start:end], _(_MESSAGES[code]))


def _swapped_characters(source: str) -> Iterator[Damage]:
    meant = table("damage", "characters")
    for match in _SWAPPED.finditer(source):
        message = _(_MESSAGES["character"]).format(words=match[0], meant=meant[match[0]])
        yield Damage("character", match.start(), match.end(), match[0], message)
