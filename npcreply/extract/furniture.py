"""Which lines of a page are not the letter: navigation, adverts, share bars, tables and others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from npcreply.extract import pagewords
from npcreply.extract.landmarks import Landmarks
from npcreply.extract.lines import Line
from npcreply.extract.printed_days import YEARLESS
from npcreply.extract.shadow import Shadow

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
    if pagewords.navigates().match(line.text) or (
        line.text.count(">") > 1 and len(line) < _LONGEST_BAR
    ):
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
    stamped = line.start < marks.head and pagewords.STAMPED.fullmatch(line.text) is not None
    return (
        stamped
        or pagewords.PICTURE.fullmatch(line.text) is not None
        or _is_bar(line.text)
        or pagewords.dated().search(line.text[:_LONGEST_BAR]) is not None
        or _is_site(line)
    )


def _belongs(line: Line, marks: Landmarks) -> bool:
    """The landmarks are the letter's, whatever words they hold."""
    places = [at for at in (marks.title, marks.addressee, marks.opener) if at]
    return any(start < line.end and line.start < end for start, end in places)


def _is_bar(text: str) -> bool:
    """Nothing much is left once the page's own words, labels with values and figures are gone."""
    if len(text) > _LONGEST_BAR or not pagewords.own().search(text):
        return False
    return len(pagewords.left_over().sub("", text)) <= _LITTLE


def _is_site(line: Line) -> bool:
    """What sites print about themselves; 主办单位 in a letter's head is the letter's."""
    if len(line) > _LONGEST_BAR or line.text[-1] in "。!":
        return False
    if pagewords.imprint().search(line.text):
        return True
    return bool(pagewords.site().match(line.text)) and not pagewords.signs().match(line.text)


def _index_row(shadow: Shadow, line: Line) -> bool:
    """A row of an index table: a label, then a colon, a figure, a blank or nothing."""
    if len(line) > 2 * _LONGEST_BAR:
        return False
    found = pagewords.strong().match(line.text)
    if not found:
        return not line.speaks and len(pagewords.labels().findall(line.text)) > 1
    past = line.start + found.end()
    if pagewords.bulleted().match(line.text):
        return True
    return bool(pagewords.value().match(line.text, found.end())) or shadow.parted(past)


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
    label = pagewords.only_label().fullmatch(before.text)
    cell = label and len(line) <= 60 and not line.speaks and "关于" not in line.text
    row = (
        pagewords.weak().match(line.text)
        or pagewords.bulleted().match(line.text)
        or pagewords.strong().match(line.text)
    )
    return bool(cell) or (len(line) <= _LONGEST_BAR and bool(row))


def _cut_labels(lines: list[Line], rules: list[str]) -> None:
    """号:, 称:, 期: one below the other: the labels of a table whose left half was cut off."""
    cut = [bool(pagewords.one_character().match(line.text)) for line in lines]
    for place, here in enumerate(cut):
        if here and (cut[place - 1 : place] == [True] or cut[place + 1 : place + 2] == [True]):
            rules[place] = "index"


def _upwards(lines: list[Line], rules: list[str], first: int) -> None:
    place = first - 1
    while place >= 0 and not rules[place] and pagewords.weak_row().match(lines[place].text):
        rules[place] = "index"
        place -= 1


def _cut(lines: list[Line], rules: list[str], marks: Landmarks) -> int:
    """From "related articles" on, all is another text; return the number of the first such line."""
    seen = 0
    for place, line in enumerate(lines):
        started = line.start >= marks.head if marks.opener else seen >= _BODY_BEFORE_CUT
        if started and len(line) <= _LONGEST_BAR and pagewords.cuts().match(line.text):
            rules[place:] = ["related"] * (len(lines) - place)
            return place
        if marks.opener and line.start >= marks.closing and pagewords.imprint().search(line.text):
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
        if not rules[place] and not line.speaks and not pagewords.heads().search(line.text):
            rules[place] = "before"


def _after(lines: list[Line], rules: list[str], marks: Landmarks, end: int) -> None:
    """What stands below the signature: adverts and names of sites."""
    tail = [n for n in range(end) if lines[n].start > marks.closing and not rules[n]]
    if sum(len(lines[n]) for n in tail) > _AFTER or any(_numbered(lines[n]) for n in tail):
        return
    signed = False
    for place in tail:
        line = lines[place]
        if pagewords.signs().search(line.text) or _is_date(line.text):
            signed = signed or _is_date(line.text)
        elif _advertises(line) or (signed and not line.speaks) or _promotes(line):
            rules[place] = "advert"


def _numbered(line: Line) -> bool:
    return (
        re.match(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)", line.text)
        is not None
    )


def _is_date(text: str) -> bool:
    return (pagewords.DATE_LINE.search(text) or YEARLESS.search(text)) is not None


def _advertises(line: Line) -> bool:
    """Two words of an advert, or one beside a telephone number of a hot line."""
    if len(line) > _LONGEST_BAR or line.speaks:
        return False
    found = set(pagewords.adverts().findall(line.text))
    return len(found) > 1 or (bool(found) and pagewords.HOT_LINE.search(line.text) is not None)


def _promotes(line: Line) -> bool:
    return len(line) <= _LONGEST_BAR and (
        pagewords.adverts().search(line.text) is not None
        or pagewords.HOT_LINE.search(line.text) is not None
    )


def pieces(rules: list[str]) -> Iterator[tuple[int, int, str]]:
    """Return runs of lines with one rule: (first, past the last, rule)."""
    start = 0
    for place in range(1, len(rules) + 1):
        if place == len(rules) or rules[place] != rules[start]:
            yield start, place, rules[start]
            start = place
