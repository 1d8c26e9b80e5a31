"""Which lines of a page are not the letter: navigation, adverts, share bars, tables and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from npcreply.dataclass import replace
from npcreply.extract.page.landmarks import Landmarks
from npcreply.extract.text.lines import Line
from npcreply.extract.text.normalized import Shadow
from npcreply.extract.words import rx
from npcreply.grammar.days import YEARLESS

ANOTHER = "letter"
"""The rule of the lines that are further letters on the page."""

_BODY_BEFORE_CUT = 200  # an article's lists of links stand after so much of it
_LONGEST_BAR = 160  # characters of a share bar, an advert, a row of links; what is longer is text
_LONGEST_CELL = 60  # characters of a value in an index table
_LITTLE = 6  # characters of a share bar that no list knows: a column's name, a count
_LONGEST_FOOT = 600  # what follows the last thanks and is longer is text, not a signature

_YEAR = r"(?:\d{4}|[一二][一二三四五六七八九〇○Oo零0]{3})"
_HOUR = r"\d{1,2}:\d{2}(?::\d{2})?"
_STAMP = rf"\d{{4}}[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?(?:[ T]?{_HOUR})?|{_HOUR}"
_DATE_LINE = rx(rf"{_YEAR}[-年./]\d{{0,2}}[一二三四五六七八九十]{{0,3}}[-月./]?[^。]{{0,6}}$")
_HOT_LINE = rx(
    r"(?<!\d)400[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
)
# A day alone under a headline, as sites print it: with dashes, dots or with the hour.
_STAMPED = rx(
    rf"\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}(?:[ T]?{_HOUR})?|\d{{4}}年\d{{1,2}}月\d{{1,2}}日 ?{_HOUR}"
)
_PICTURE = rx(r"(?i)[\w.\-/]{1,60}\.(?:png|jpe?g|gif|bmp|svg)")
# 小编 2年前 (2022-03-15) 资讯 34: the line that a blog prints under a headline.
_BLOG_LINE = rx(
    rf"^[^。]{{0,20}}(?:\d{{1,3}}|[一二三半])<<page.ago>>\(?(?:{_STAMP})\)?[^。]{{0,30}}$"
)
_NAVIGATION = rx("<<page.navigation>>")
_LABEL = "<<page.labels>>[:|]"
_OWN_WORDS = rx(f"<<page.words:2>>|{_LABEL}")
# What a share bar is made of: times, labels with their values, the page's own words, figures.
_BAR_PARTS = rx(
    rf"{_STAMP}"
    rf"|{_LABEL}[^:|,。;]{{0,30}}?(?=$|[|,。;]|\d{{4}}[-年/]|{_LABEL}|<<page.words:3>>|<<page.words:2>>:)"
    r"|<<page.words>>|[\d\W_]+"
)
_SITE = rx("[^。]{0,12}?<<page.line>>")
_IMPRINT = rx("<<page.imprint>>")
# A label on a line of its own, 【热门】 before a headline, 版权声明: with its sentence.
_CUT = rx(
    r"[\W_]{0,4}(?:<<page.cut>>[\W_]{0,4}(?:更多)?[\W_]{0,4}$|<<page.claims>>[:,])|【<<page.cut>>】"
)
_INDEX_LABEL = rx(r"[\W_]{0,4}<<page.index_strong>>")
_INDEX_LABELS = rx("(?:<<page.index_strong>>|文号)[:|]")
_BULLETED_LABEL = rx("[-•·*●■]<<page.index_strong:2+page.index_weak:2>>")
_INDEX_VALUE = rx(r"[:|\[\]]|$|[\dA-Z]")
_ANY_LABEL = rx(r"[\W_]{0,4}<<page.index_strong+page.index_weak>>(?:[:|\[\]]|$)")
_WEAK_ROW = rx(r"[\W_]{0,4}<<page.index_weak>>[:|][^。;]{0,80}$")
_LABEL_ALONE = rx(r"[\W_]{0,4}<<page.index_strong+page.index_weak>>[:|\W]{0,3}")
_CUT_OFF_LABEL = rx(r"[号称期人词关]:(?!$)")
_ADVERT = rx("<<page.adverts>>")
_ORGAN = r"[一-龥()、]{2,40}<<letter.organs>>"
# A label of the foot, or the name of a body alone.
_SIGNS = rx(
    r"^[\W_]{0,3}<<letter.sign_off>>|<<letter.sign_off>>(?:人|姓名)?[^:。]{0,6}:"
    rf"|{_ORGAN}(?:\(?<<letter.seals:2>>\)?)?$"
)
# What an office prints above a letter's title: its number, class, kind of disclosure, name.
_LETTERHEAD = rx(
    rf"^[A-D]\d?类?$|[〔\[【(]\d{{4}}|\d号|<<page.letterhead>>|{_ORGAN}$|^.{{2,20}}文件$"
)
# A form's own line: 建议标题：…, 交办日期：…; who runs a site prints 承办单位： as well.
_FORM_LABELS = (
    "letter.title_labels+letter.assigned_labels+letter.leader_labels+letter.feedback_labels"
    "+letter.met_labels+letter.attitude_labels"
)
_FORM_LINE = rx(rf"[\W_]{{0,3}}<<{_FORM_LABELS}>>:")
_FORM_OR_LEAD_LINE = rx(
    rf"[\W_]{{0,3}}(?:<<letter.lead_labels+{_FORM_LABELS}>>(?:及[^:]{{1,8}})?:"
    r"|标题:[^。]{2,120}<<letter.case_names>>$)"
)
_HOST, _CARRIER = rx(r"[\W_]{0,3}主办(?:单位)?:"), rx(r"[\W_]{0,3}承办(?:单位)?:")
_HEADING_NUMBER = rx(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)")


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
    _mark_tables(lines, rules)
    end = _mark_from_related(lines, rules, marks)
    _mark_before(lines, rules, marks)
    _mark_after(lines, rules, marks, end)
    _mark_hosts(lines, rules, marks)
    return rules


def stretches(lines: Sequence[Line], rules: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield what is not the letter as (start, end, rule) in the shadow, neighbours of one rule
    together.
    """
    start = 0
    for place in range(1, len(rules) + 1):
        if place == len(rules) or rules[place] != rules[start]:
            if rules[start]:
                yield lines[start].start, lines[place - 1].end, rules[start]
            start = place


def _rule(shadow: Shadow, line: Line, marks: Landmarks) -> str:
    """What a line is by its own words."""
    links = line.text.count(">") > 1 and len(line) < _LONGEST_BAR
    if links or _NAVIGATION.match(line.text):
        return "navigation"
    if _is_index_row(shadow, line):
        return "index"
    if _is_landmark(line, marks) or _FORM_LINE.match(line.text):
        return ""
    if _is_printed_by_site(line, marks):
        return "page"
    return "advert" if _advertises(line) else ""


def _is_landmark(line: Line, marks: Landmarks) -> bool:
    """The landmarks are the letter's, whatever words they hold."""
    places = [at for at in (marks.title, marks.addressee, marks.opener) if at]
    return any(start < line.end and line.start < end for start, end in places)


def _is_printed_by_site(line: Line, marks: Landmarks) -> bool:
    """What the site itself prints: pictures' names, days and hours, share bars, its imprint."""
    stamped = line.start < marks.head and _STAMPED.fullmatch(line.text) is not None
    return (
        stamped
        or _PICTURE.fullmatch(line.text) is not None
        or _is_bar(line.text)
        or _BLOG_LINE.search(line.text[:_LONGEST_BAR]) is not None
        or _is_imprint(line)
    )


def _is_bar(text: str) -> bool:
    """Nothing much is left once the page's own words, labels with values and figures are gone."""
    if len(text) > _LONGEST_BAR or not _OWN_WORDS.search(text):
        return False
    return len(_BAR_PARTS.sub("", text)) <= _LITTLE


def _is_imprint(line: Line) -> bool:
    """What sites print about themselves; 主办单位 in a letter's head is the letter's."""
    if len(line) > _LONGEST_BAR or line.text[-1] in "。!":
        return False
    if _IMPRINT.search(line.text):
        return True
    return bool(_SITE.match(line.text)) and not _SIGNS.match(line.text)


def _is_index_row(shadow: Shadow, line: Line) -> bool:
    """A row of an index table: a label, then a colon, a figure, a blank or nothing."""
    if len(line) > 2 * _LONGEST_BAR:
        return False
    label = _INDEX_LABEL.match(line.text)
    if not label:
        return not line.speaks and len(_INDEX_LABELS.findall(line.text)) > 1
    if _BULLETED_LABEL.match(line.text) or _INDEX_VALUE.match(line.text, label.end()):
        return True
    return shadow.parted(line.start + label.end())


def _mark_tables(lines: list[Line], rules: list[str]) -> None:
    """An index table: rows that begin with a label, and the cells between them."""
    rows = [n for n, rule in enumerate(rules) if rule == "index"]
    for first, later in zip(rows, [*rows, len(lines)][1:], strict=True):
        place = first + 1
        while place < later and _continues_table(lines[place - 1], lines[place]):
            rules[place] = "index"
            place += 1
        _mark_weak_rows_above(lines, rules, first)
    _mark_cut_off_labels(lines, rules)


def _continues_table(before: Line, line: Line) -> bool:
    """The value of the label before it, or a row with a weaker label. 主题词: may stay empty."""
    if _LABEL_ALONE.fullmatch(before.text):
        cell = len(line) <= _LONGEST_CELL and not line.speaks and "关于" not in line.text
        if cell:
            return True
    if len(line) > _LONGEST_BAR:
        return False
    row = (_ANY_LABEL, _BULLETED_LABEL, _INDEX_LABEL)
    return any(pattern.match(line.text) for pattern in row)


def _mark_weak_rows_above(lines: list[Line], rules: list[str], first: int) -> None:
    place = first - 1
    while place >= 0 and not rules[place] and _WEAK_ROW.match(lines[place].text):
        rules[place] = "index"
        place -= 1


def _mark_cut_off_labels(lines: list[Line], rules: list[str]) -> None:
    """号:, 称:, 期: one below the other: the labels of a table whose left half was cut off."""
    cut = [bool(_CUT_OFF_LABEL.match(line.text)) for line in lines]
    for place, here in enumerate(cut):
        if here and (cut[place - 1 : place] == [True] or cut[place + 1 : place + 2] == [True]):
            rules[place] = "index"


def _mark_from_related(lines: list[Line], rules: list[str], marks: Landmarks) -> int:
    """From "related articles" on, all is another text; return the number of the first such line."""
    body = 0
    for place, line in enumerate(lines):
        begun = line.start >= marks.head if marks.opener else body >= _BODY_BEFORE_CUT
        if begun and len(line) <= _LONGEST_BAR and _CUT.match(line.text):
            rules[place:] = ["related"] * (len(lines) - place)
            return place
        if marks.opener and line.start >= marks.closing and _IMPRINT.search(line.text):
            rules[place:] = ["after"] * (len(lines) - place)
            return place
        body += 0 if rules[place] else len(line)
    return len(lines)


def _mark_before(lines: list[Line], rules: list[str], marks: Landmarks) -> None:
    """Names of columns above a letter's title; numbers, classes and tables there are its own."""
    if not (marks.opener or marks.title):
        return
    top = (marks.title or marks.addressee or marks.opener or (0, 0))[0]
    for place, line in enumerate(lines):
        if line.start >= top:
            break
        letterhead = _LETTERHEAD.search(line.text) or _FORM_OR_LEAD_LINE.match(line.text)
        if not rules[place] and not line.speaks and not letterhead:
            rules[place] = "before"


def _mark_after(lines: list[Line], rules: list[str], marks: Landmarks, end: int) -> None:
    """What stands below the signature: adverts and names of sites."""
    tail = [n for n in range(end) if lines[n].start > marks.closing and not rules[n]]
    if sum(len(lines[n]) for n in tail) > _LONGEST_FOOT:
        return
    if any(_HEADING_NUMBER.match(lines[n].text) for n in tail):
        return
    signed = False
    for place in tail:
        line = lines[place]
        if _FORM_LINE.match(line.text):
            continue
        if _SIGNS.search(line.text) or _is_date(line.text):
            signed = signed or _is_date(line.text)
        elif _advertises(line) or (signed and not line.speaks) or _promotes(line):
            rules[place] = "advert"


def _mark_hosts(lines: list[Line], rules: list[str], marks: Landmarks) -> None:
    """主办单位 and 承办单位 together below a letter: who runs the site, not who answers."""
    foot = [n for n, line in enumerate(lines) if line.start >= marks.closing and not rules[n]]
    hosts = [n for n in foot if _HOST.match(lines[n].text)]
    carriers = [n for n in foot if _CARRIER.match(lines[n].text)]
    for place in [*hosts, *carriers] if hosts and carriers else ():
        rules[place] = "page"


def _is_date(text: str) -> bool:
    return (_DATE_LINE.search(text) or YEARLESS.search(text)) is not None


def _advertises(line: Line) -> bool:
    """Two words of an advert, or one beside a telephone number of a hot line."""
    if len(line) > _LONGEST_BAR or line.speaks:
        return False
    words = set(_ADVERT.findall(line.text))
    return len(words) > 1 or (bool(words) and _HOT_LINE.search(line.text) is not None)


def _promotes(line: Line) -> bool:
    """One word of an advert or a hot line: enough below a signature."""
    return len(line) <= _LONGEST_BAR and bool(
        _ADVERT.search(line.text) or _HOT_LINE.search(line.text)
    )
