"""Whom a letter answers and whom to call: deputies, groups, the contact."""

from __future__ import annotations

import re
from collections.abc import Iterator

from npcreply.dataclass import dataclass
from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import rx, words
from npcreply.grammar.numerals import integer_text
from npcreply.grammar.pattern import Pattern

_LABEL_ENDS_BEFORE = 20  # characters in which a label before the names ends: 问题答复：甲某代表：
_ROLES = ("代表", "委员")

_COUNT = r"等?(?P<count>\d{1,4}|[一二三四五六七八九十百]{1,4})[位名人个]"
_PLACE = r"(?:(?:人大|政协)(?:[一-龥]{1,6}?[省市州县区旗])?)?"
_ROLE = rf"(?:全国|[省市州县区镇乡])?{_PLACE}(?P<role>代表|委员)"
# A Han name has two to four characters; one of another people parts by · up to three times.
_NAME = rx(r"[一-龥]{1,4}(?:·[一-龥]{1,8}){0,3}")
_MASK = rx(r"[*×xX○●_?□]")
_LABEL_END = rx(r"[:|]+")
_MEMBER = rx(r"([一-龥]{2,4})(?:代表|委员)")
_ROLE_AT_END = rx(r"(?:代表|委员)$")
_BETWEEN_NAMES = rx(r"[、,;]|(?<=[一-龥]{2})[和与并及](?=[一-龥]{2})")
# With or without the area's code, a mobile's eleven digits, an extension of up to six.
_PHONE = rx(
    r"(?<![\d-])(?:\(?0\d{2,3}\)?[- ]?\d{7,8}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\d{7,8}"
    r"|\d{3,4}-\d{3,4}(?:-\d{4})?)(?:[-转]\d{1,6})?(?![\d*×xX○●□人元万户年])"
)
# 20231205, 2019715: a date that lost its words, where no label says that it is a telephone.
_DATE_DIGITS = rx(r"20[0-3]\d(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])")
_PHONE_LABEL = rx(r"<<letter.phones>>[:]?$")
_MASKED_PHONE = rx(r"\d{2,}[- ]?\d*[*×xX○●□]{2,}")
_MASKED_NAME = rx(r"[一-龥][*×xX○●□]{1,3}(?=[、,代委(等]|$)|[*×○●□]{1,2}[一-龥](?=[、,代委(等])")
_ADDRESSEE = rx(
    rf"(?:(?:尊敬|敬爱)的?)?(?P<names>[^。;:!?]{{1,80}}?)(?:[(]?{_COUNT}[)]?|等)?{_ROLE}"
    r"(?:们|<<letter.honorifics>>)?(?:[:,。!]|您好|你好|$)"
)
# 区人大代表甲某、乙某：
_ROLE_FIRST = rx(
    rf"(?:尊敬的)?[一-龥]{{0,10}}?{_ROLE}(?P<names>[一-龥·、]{{2,60}}?)(?:[(]?{_COUNT}[)]?|等)?"
    r"<<letter.honorifics>>?[:,]"
)
_MENTION = rx(
    rf"(?:^|对|关于|[(,。:])<<letter.before_proposers>>?(?P<names>[一-龥·、]{{1,40}}?)(?:{_COUNT}|等)?{_ROLE}"
    r"(?=(?:<<letter.jointly>>|在[^,。]{0,30})?<<letter.put_forward>>|的?第|[)])"
)
_GROUP = rx(
    r"(?:尊敬的?)?([一-龥]{1,20}<<letter.delegations>>"
    r"|(?=[一-龥]{0,12}<<letter.groups>>)[一-龥]{2,30}(?<!代表)(?<!各位委员)(?<!委员))(?::|$)"
)
_NO_NAME = rx("<<letter.not_names>>")
_PROPOSER_LABEL = rx("<<letter.proposer_labels>>[:]")
_SECONDER_LABEL = rx("<<letter.seconder_labels>>[:]")
_LABELLED_NAMES = rx("[^:。]*?(?=[:。]|<<letter.after_contact>>|$)")
_CONTACT_LABEL = rx(
    "(?P<label><<letter.contacts>>)(?:姓名)?(?:[及和、]?(?:联系)?(?:电话|方式))?[:]"
)
_CUT_CONTACT = rx(r"人:([一-龥]{2,3})")
_AFTER_NAME = rx(r"[^一-龥·]|<<letter.after_contact>>")
_OFFICE = r"<<letter.organs+letter.small_offices>>"
_OFFICE_BEFORE_NAME = rx(rf"[一-龥]{{1,20}}?{_OFFICE}(?=[一-龥]{{2,3}}$)")
_OFFICE_AT_END = rx(rf"{_OFFICE}$")
_CALL = rx("<<letter.phones+letter.contacts>>")


@dataclass(frozen=True, slots=True)
class Proposers:
    """The deputies as printed, and how many they are where the letter counts them (等10位代表)."""

    names: tuple[Drafted[str], ...] = ()
    count: Drafted[int] | None = None


def addressed(line: Passage) -> Proposers:
    """Return who is addressed: 甲某、乙某等10位代表：, a delegation, a party; masks give none."""
    text = line.text
    group = _GROUP.match(text)
    if group:
        return Proposers((line.named(*group.span(1), "deputies.group"),))
    label_ends = (label.end() for label in _LABEL_END.finditer(text, 0, _LABEL_ENDS_BEFORE))
    for begin in (0, *label_ends):
        for pattern in (_ADDRESSEE, _ROLE_FIRST):
            match = pattern.match(text, begin)
            names = tuple(_names(line, *match.span("names"), "deputies.addressee")) if match else ()
            if match and (names or match["count"]):
                return Proposers(names, _count(line, match))
    return Proposers(_people_and_groups(line))


def mentioned(line: Passage, rule: str) -> Proposers:
    """Return who put it forward by a headline or an opening: 对甲某代表提出的…, 甲某委员第12号…."""
    for match in _MENTION.finditer(line.text):
        names = tuple(_names(line, *match.span("names"), rule))
        if names:
            return Proposers(names, _count(line, match))
    return Proposers()


def labelled(line: Passage) -> Proposers:
    """Return who is named after 领衔代表：, 提案人：."""
    return Proposers(tuple(_behind(line, _PROPOSER_LABEL, "deputies.label")))


def seconders(line: Passage) -> list[Drafted[str]]:
    """Return who is named after 附议代表：."""
    return list(_behind(line, _SECONDER_LABEL, "deputies.seconder"))


def _behind(line: Passage, label: Pattern, rule: str) -> Iterator[Drafted[str]]:
    found = label.match(line.text)
    value = _LABELLED_NAMES.match(line.text, found.end()) if found else None
    if value:
        yield from _names(line, value.start(), value.end(), rule)


def _people_and_groups(line: Passage) -> tuple[Drafted[str], ...]:
    """甲某委员、农工党市委会：, persons and bodies side by side; none where one is unread."""
    names = []
    for begin, until in _parts(line, 0, max(line.text.find(":"), 0)):
        part = line.text[begin:until]
        person, group = _MEMBER.fullmatch(part), _GROUP.match(part)
        if person and not _NO_NAME.search(person[1]):
            names.append(line.named(begin, begin + person.end(1), "deputies.addressee"))
        elif group:
            names.append(line.named(begin, begin + group.end(1), "deputies.group"))
        else:
            return ()
    return tuple(names) if len(names) > 1 else ()


def _count(line: Passage, match: re.Match[str]) -> Drafted[int] | None:
    """The number of deputies in a match: 等10位代表."""
    number = integer_text(match["count"]) if match["count"] else None
    return line.drafted(int(number), *match.span("count"), "deputies.count") if number else None


def _names(line: Passage, start: int, end: int, rule: str) -> Iterator[Drafted[str]]:
    for begin, until in _parts(line, start, end):
        stop = until - 2 if _ROLE_AT_END.search(line.text[begin:until]) else until
        name = line.text[begin:stop]
        if _MASK.search(name) or not _NAME.fullmatch(name) or _NO_NAME.search(name):
            continue
        if len(name) > 1:
            yield line.named(begin, stop, rule)
        elif line.text[stop : stop + 2] in _ROLES:  # 王代表: a courtesy, no name
            yield line.named(begin, stop + 2, f"{rule}.surname", doubt="deputy_surname")


def _parts(line: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names between 、 and blanks; a blank inside a name of two (甲 某) parts none."""
    begin = start
    for at in range(start, end + 1):
        at_mark = at < end and at - begin > 0 and _BETWEEN_NAMES.match(line.text, at)
        at_blank = at < end and line.parted(at) and at - begin > 1 and _begins_name(line, at, end)
        if at == end or at_mark or at_blank:
            if at > begin:
                yield begin, at
            begin = at if at_blank else at + 1


def _begins_name(line: Passage, at: int, end: int) -> bool:
    """Whether a name of two characters or more begins at a blank."""
    return at + 1 < end and not line.parted(at + 1)


def contact(lines: list[Passage]) -> tuple[Drafted[str] | None, Drafted[str] | None]:
    """Return the name and the telephone of the contact; masked ones give none."""
    names = [name for line in lines for name in _contact_names(line)]
    name = min(names, key=_rank, default=None)
    beside = [line for line in lines if name and _holds(line, name)]
    phone = next((hit for line in (*beside, *lines) for hit in _phones(line, name)), None)
    return name, phone


def _contact_names(line: Passage) -> Iterator[Drafted[str]]:
    for label in _CONTACT_LABEL.finditer(line.text):
        for begin, end in _labelled_people(line, label.end()):
            yield line.named(begin, end, f"contact:{label['label']}")
    cut = _CUT_CONTACT.fullmatch(line.text)
    if cut:  # 人：甲某, where the page lost 联系
        yield line.named(*cut.span(1), "contact:")


def _labelled_people(line: Passage, start: int) -> Iterator[tuple[int, int]]:
    """The persons named from `start` on, parted by blanks, each with or without an office."""
    stop = _AFTER_NAME.search(line.text, start)
    end = stop.start() if stop else len(line.text)
    begins = [start, *(at for at in range(start + 1, end) if line.parted(at) and at - start > 1)]
    for first, until in zip(begins, [*begins, end][1:], strict=True):
        words = line.text[first:until]
        office = _OFFICE_BEFORE_NAME.match(words)
        begin = first + (office.end() if office and not _is_person(words) else 0)
        if _is_person(line.text[begin:until]):
            yield begin, until


def _is_person(words: str) -> bool:
    if len(words) < 2 or not _NAME.fullmatch(words):
        return False
    return not _MASK.search(words) and not _OFFICE_AT_END.search(words)


def _rank(name: Drafted[str]) -> int:
    """Who is to be called comes before who is in charge: by the order of the labels."""
    label = name.rule.partition(":")[2]
    order = words("letter", "contacts")
    return order.index(label) if label else len(order)


def _holds(line: Passage, name: Drafted[str]) -> bool:
    return bool(len(line.at)) and line.at[0] <= name.start <= line.at[len(line.text) - 1]


def _phones(line: Passage, name: Drafted[str] | None) -> Iterator[Drafted[str]]:
    """The numbers of a line; one before the name in its own line is somebody else's."""
    if not _CALL.search(line.text):
        return
    numbers = [
        line.named(*hit.span(), "phone")
        for hit in _PHONE.finditer(line.text)
        if not _DATE_DIGITS.fullmatch(hit[0]) or _PHONE_LABEL.search(line.text[: hit.start()])
    ]
    behind = [number for number in numbers if name and number.start > name.start]
    yield from behind if name and behind and _holds(line, name) else numbers


def masked_names(line: Passage) -> list[Drafted[str]]:
    """Return the names that the page hides in part: 李××."""
    return [line.named(*hit.span(), "deputies.masked") for hit in _MASKED_NAME.finditer(line.text)]


def is_proposers(line: Passage) -> bool:
    """Return whether a line of a form names deputies."""
    return bool(_PROPOSER_LABEL.match(line.text) or _SECONDER_LABEL.match(line.text))


def masked_phones(lines: list[Passage]) -> list[Drafted[str]]:
    """Return the telephones that the page hides in part: 0571-8700××××."""
    return [
        line.named(*hit.span(), "phone.masked")
        for line in lines
        if _CALL.search(line.text)
        for hit in _MASKED_PHONE.finditer(line.text)
    ]
