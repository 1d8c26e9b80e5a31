"""Which lines of a page are not the letter: navigation, adverts, share bars, tables and others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from npcreply.extract.days.printed_days import YEARLESS
from npcreply.extract.page.landmarks import Landmarks
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Shadow
from npcreply.extract.words import any_of, words

_YEAR = r"(?:\d{4}|[一二][一二三四五六七八九〇○Oo零0]{3})"
DATE_LINE = re.compile(
    rf"{_YEAR}[-年./]\d{{0,2}}[一二三四五六七八九十]{{0,3}}[-月./]?[^。]{{0,6}}$"
)
HOT_LINE = re.compile(
    r"(?<!\d)400[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
)
_HOUR = r"\d{1,2}:\d{2}(?::\d{2})?"
STAMP = rf"\d{{4}}[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?(?:[ T]?{_HOUR})?|{_HOUR}"


# A day alone under a headline, as sites print it: with dashes or with the hour.
STAMPED = re.compile(
    rf"\d{{4}}([-/])\d{{1,2}}\1\d{{1,2}}(?:[ T]?{_HOUR})?|\d{{4}}年\d{{1,2}}月\d{{1,2}}日 ?{_HOUR}"
)


PICTURE = re.compile(r"[\w.\-/]{1,60}\.(?:png|jpe?g|gif|bmp|svg)", re.IGNORECASE)


@cache
def dated() -> re.Pattern[str]:
    """小编 2年前 (2022-03-15) 资讯 34: the line that a blog prints under a headline."""
    ago = r"(?:\d{1,3}|[一二三半])(?:年|个月|天|周|小时|分钟)前"
    return re.compile(rf"^[^。]{{0,20}}{ago}\(?(?:{STAMP})\)?[^。]{{0,30}}$")


@cache
def navigates() -> re.Pattern[str]:
    return re.compile(any_of(words("page", "navigation")))


@cache
def own() -> re.Pattern[str]:
    return re.compile(any_of([w for w in words("page", "words") if len(w) > 1]) + "|" + _label())


def _label() -> str:
    return rf"{any_of(words('page', 'labels'))}[:|]"


@cache
def left_over() -> re.Pattern[str]:
    own = any_of(words("page", "words"))
    long = any_of([word for word in words("page", "words") if len(word) > 2])
    value = rf"[^:|,。;]{{0,30}}?(?=$|[|,。;]|\d{{4}}[-年/]|{_label()}|{long})"
    return re.compile(rf"{STAMP}|{_label()}{value}|{own}|[\d\W_]+")


@cache
def site() -> re.Pattern[str]:
    return re.compile(rf"[^。]{{0,12}}?{any_of(words('page', 'line'))}")


@cache
def cuts() -> re.Pattern[str]:
    """A label on a line of its own, 【热门】 before a headline, 版权声明: with its sentence."""
    alone, claims = any_of(words("page", "cut")), any_of(words("page", "claims"))
    label = rf"{alone}[\W_]{{0,4}}(?:更多)?[\W_]{{0,4}}$"
    return re.compile(rf"[\W_]{{0,4}}(?:{label}|{claims}[:,])|【{alone}】")


@cache
def strong() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}{any_of(words('page', 'index_strong'))}")


@cache
def labels() -> re.Pattern[str]:
    return re.compile(rf"{any_of([*words('page', 'index_strong'), '文号'])}[:|]")


@cache
def bulleted() -> re.Pattern[str]:
    both = [*words("page", "index_strong"), *words("page", "index_weak")]
    return re.compile(rf"[-•·*●■]{any_of([label for label in both if len(label) > 1])}")


@cache
def value() -> re.Pattern[str]:
    return re.compile(r"[:|\[\]]|$|[\dA-Z]")


@cache
def one_character() -> re.Pattern[str]:
    return re.compile(r"[号称期人词关]:(?!$)")


@cache
def imprint() -> re.Pattern[str]:
    return re.compile(any_of(words("page", "imprint")))


@cache
def weak() -> re.Pattern[str]:
    both = [*words("page", "index_strong"), *words("page", "index_weak")]
    return re.compile(rf"[\W_]{{0,4}}{any_of(both)}(?:[:|\[\]]|$)")


@cache
def weak_row() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}{any_of(words('page', 'index_weak'))}[:|][^。;]{{0,80}}$")


@cache
def only_label() -> re.Pattern[str]:
    both = [*words("page", "index_strong"), *words("page", "index_weak")]
    return re.compile(rf"[\W_]{{0,4}}{any_of(both)}[:|\W]{{0,3}}")


@cache
def adverts() -> re.Pattern[str]:
    return re.compile(any_of(words("page", "adverts")))


@cache
def signs() -> re.Pattern[str]:
    """A label of the foot, or the name of a body alone."""
    labels = any_of(words("letter", "sign_off"))
    seal = r"(?:\(?(?:盖章|公章|代章)\)?)?"
    labelled = rf"^[\W_]{{0,3}}{labels}|{labels}(?:人|姓名)?[^:。]{{0,6}}:"
    return re.compile(rf"{labelled}|{_organ()}{seal}$")


def _organ() -> str:
    return rf"[一-龥()、]{{2,40}}{any_of(words('letter', 'organs'))}"


@cache
def heads() -> re.Pattern[str]:
    """What an office prints above a letter's title: its number, class, kind of disclosure, name."""
    marks = r"^[A-D]\d?类?$|[〔\[【(]\d{4}|\d号|类|公开|签发|编号|代表|委员|办理"
    return re.compile(rf"{marks}|{_organ()}$|^.{{2,20}}文件$")


ANOTHER = "letter"
_BODY_BEFORE_CUT = 200  # an article's lists of links stand after it
_LONGEST_BAR = 160
_LITTLE = 6  # characters of a share bar that no list knows: a column's name, a count
_AFTER = 600  # what follows the last thanks and is longer is text, not a signature


def furniture(shadow: Shadow, lines: list[Line], marks: Landmarks) -> list[str]:
    """Return for each line the rule by which it is no part of the letter: navigation, page, index,
    related, advert, before, after; "" for the letter's own lines. Further letters are ANOTHER.
    Linear.
    """
    if marks.others:
        first = marks.others[0][0]
        mine = [line for line in lines if line.start < first]
        alone = replace(marks, others=())
        return [*furniture(shadow, mine, alone), *[ANOTHER] * (len(lines) - len(mine))]
    rules = [_rule(shadow, line, marks) for line in lines]
    _tables(lines, rules)
    end = _cut(lines, rules, marks)
    _before(lines, rules, marks)
    _after(lines, rules, marks, end)
    return rules


def _rule(shadow: Shadow, line: Line, marks: Landmarks) -> str:
    """What a line is by its own words."""
    if navigates().match(line.text) or (line.text.count(">") > 1 and len(line) < _LONGEST_BAR):
        return "navigation"
    if _index_row(shadow, line):
        return "index"
    if _belongs(line, marks):
        return ""
    if _is_page(line, marks):
        return "page"
    return "advert" if _advertises(line) else ""


def _is_page(line: Line, marks: Landmarks) -> bool:
    """What the site itself prints: pictures' names, days and hours, share bars, its imprint."""
    stamped = line.start < marks.head and STAMPED.fullmatch(line.text) is not None
    return (
        stamped
        or PICTURE.fullmatch(line.text) is not None
        or _is_bar(line.text)
        or dated().search(line.text[:_LONGEST_BAR]) is not None
        or _is_site(line)
    )


def _belongs(line: Line, marks: Landmarks) -> bool:
    """The landmarks are the letter's, whatever words they hold."""
    places = [at for at in (marks.title, marks.addressee, marks.opener) if at]
    return any(start < line.end and line.start < end for start, end in places)


def _is_bar(text: str) -> bool:
    """Nothing much is left once the page's own words, labels with values and figures are gone."""
    if len(text) > _LONGEST_BAR or not own().search(text):
        return False
    return len(left_over().sub("", text)) <= _LITTLE


def _is_site(line: Line) -> bool:
    """What sites print about themselves; 主办单位 in a letter's head is the letter's."""
    if len(line) > _LONGEST_BAR or line.text[-1] in "。!":
        return False
    if imprint().search(line.text):
        return True
    return bool(site().match(line.text)) and not signs().match(line.text)


def _index_row(shadow: Shadow, line: Line) -> bool:
    """A row of an index table: a label, then a colon, a figure, a blank or nothing."""
    if len(line) > 2 * _LONGEST_BAR:
        return False
    found = strong().match(line.text)
    if not found:
        return not line.speaks and len(labels().findall(line.text)) > 1
    past = line.start + found.end()
    if bulleted().match(line.text):
        return True
    return bool(value().match(line.text, found.end())) or shadow.parted(past)


def _tables(lines: list[Line], rules: list[str]) -> None:
    """An index table: rows that begin with a label, and the cells between them."""
    strong = [n for n, rule in enumerate(rules) if rule == "index"]
    for first, later in zip(strong, [*strong, len(lines)][1:], strict=True):
        place = first + 1
        while place < later and _continues(lines[place - 1], lines[place]):
            rules[place] = "index"
            place += 1
        _upwards(lines, rules, first)
    _cut_labels(lines, rules)


def _continues(before: Line, line: Line) -> bool:
    """The value of the label before it, or a row with a weaker label. 主题词: may stay empty."""
    label = only_label().fullmatch(before.text)
    cell = label and len(line) <= 60 and not line.speaks and "关于" not in line.text
    row = weak().match(line.text) or bulleted().match(line.text) or strong().match(line.text)
    return bool(cell) or (len(line) <= _LONGEST_BAR and bool(row))


def _cut_labels(lines: list[Line], rules: list[str]) -> None:
    """号:, 称:, 期: one below the other: the labels of a table whose left half was cut off."""
    cut = [bool(one_character().match(line.text)) for line in lines]
    for place, here in enumerate(cut):
        if here and (cut[place - 1 : place] == [True] or cut[place + 1 : place + 2] == [True]):
            rules[place] = "index"


def _upwards(lines: list[Line], rules: list[str], first: int) -> None:
    place = first - 1
    while place >= 0 and not rules[place] and weak_row().match(lines[place].text):
        rules[place] = "index"
        place -= 1


def _cut(lines: list[Line], rules: list[str], marks: Landmarks) -> int:
    """From "related articles" on, all is another text; return the number of the first such line."""
    seen = 0
    for place, line in enumerate(lines):
        started = line.start >= marks.head if marks.opener else seen >= _BODY_BEFORE_CUT
        if started and len(line) <= _LONGEST_BAR and cuts().match(line.text):
            rules[place:] = ["related"] * (len(lines) - place)
            return place
        if marks.opener and line.start >= marks.closing and imprint().search(line.text):
            rules[place:] = ["after"] * (len(lines) - place)
            return place
        seen += 0 if rules[place] else len(line)
    return len(lines)


def _before(lines: list[Line], rules: list[str], marks: Landmarks) -> None:
    """Names of columns above a letter's title; numbers, classes and tables there are its own."""
    if not (marks.opener or marks.title):
        return
    top = (marks.title or marks.addressee or marks.opener or (0, 0))[0]
    for place, line in enumerate(lines):
        if line.start >= top:
            break
        if not rules[place] and not line.speaks and not heads().search(line.text):
            rules[place] = "before"


def _after(lines: list[Line], rules: list[str], marks: Landmarks, end: int) -> None:
    """What stands below the signature: adverts and names of sites."""
    tail = [n for n in range(end) if lines[n].start > marks.closing and not rules[n]]
    if sum(len(lines[n]) for n in tail) > _AFTER or any(_numbered(lines[n]) for n in tail):
        return
    signed = False
    for place in tail:
        line = lines[place]
        if signs().search(line.text) or _is_date(line.text):
            signed = signed or _is_date(line.text)
        elif _advertises(line) or (signed and not line.speaks) or _promotes(line):
            rules[place] = "advert"


def _numbered(line: Line) -> bool:
    return (
        re.match(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)", line.text)
        is not None
    )


def _is_date(text: str) -> bool:
    return (DATE_LINE.search(text) or YEARLESS.search(text)) is not None


def _advertises(line: Line) -> bool:
    """Two words of an advert, or one beside a telephone number of a hot line."""
    if len(line) > _LONGEST_BAR or line.speaks:
        return False
    found = set(adverts().findall(line.text))
    return len(found) > 1 or (bool(found) and HOT_LINE.search(line.text) is not None)


def _promotes(line: Line) -> bool:
    return len(line) <= _LONGEST_BAR and (
        adverts().search(line.text) is not None or HOT_LINE.search(line.text) is not None
    )


def pieces(rules: list[str]) -> Iterator[tuple[int, int, str]]:
    """Return runs of lines with one rule: (first, past the last, rule)."""
    start = 0
    for place in range(1, len(rules) + 1):
        if place == len(rules) or rules[place] != rules[start]:
            yield start, place, rules[start]
            start = place
