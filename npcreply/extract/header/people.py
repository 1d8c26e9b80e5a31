"""Whom a letter answers and whom to call: deputies, groups, the contact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import any_of, words
from npcreply.grammar.numerals import integer_text

_HAN = "一二三四五六七八九十百"
_COUNT = rf"等?(?P<count>\d{{1,4}}|[{_HAN}]{{1,4}})(?:位|名|人|个)"
_PLACE = r"(?:(?:人大|政协)(?:[一-龥]{1,6}?[省市州县区旗])?)?"
_ROLE = rf"(?:全国|省|市|州|县|区|镇|乡)?{_PLACE}(?P<role>代表|委员)"
_NAME = re.compile(r"[一-龥]{1,4}(?:·[一-龥]{1,8}){0,3}")
_MASK = re.compile(r"[*×xX○●_?□]")
_AFTER_LABEL, _LABELS = re.compile(r"[:|]+"), 20
_MEMBER = re.compile(r"([一-龥]{2,4})(?:代表|委员)")
_ROLE_WORDS = ("代表", "委员")
_ROLES = re.compile(r"(?:代表|委员)$")
_SPLIT = re.compile(r"[、,;]|(?<=[一-龥]{2})[和与并及](?=[一-龥]{2})")
_PHONE = re.compile(
    r"(?<![\d-])(?:\(?0\d{2,3}\)?[- ]?\d{7,8}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}|\d{7,8}"
    r"|\d{3,4}-\d{3,4}(?:-\d{4})?)(?:[-转]\d{1,6})?(?![\d*])"
)


@dataclass(frozen=True, slots=True)
class Proposers:
    """The deputies as printed, and how many they are where the letter counts them (等10位代表)."""

    names: tuple[Drafted[str], ...] = ()
    count: Drafted[int] | None = None


def addressed(line: Passage) -> Proposers:
    """Return who is addressed: 甲某、乙某等10位代表：, a delegation, a party; masks give none."""
    text = line.text
    group = _group().match(text)
    if group:
        return Proposers((line.named(group.start(1), group.end(1), "deputies.group"),))
    begins = [0, *(m.end() for m in _AFTER_LABEL.finditer(text[:_LABELS]))]  # 问题答复：甲某代表：
    for begin in begins:
        for pattern in (_addressee(), _titled_first()):
            found = pattern.match(text, begin)
            names = tuple(_names(line, *found.span("names"), "deputies.addressee")) if found else ()
            if found and (names or found["count"]):
                return Proposers(names, _counted(line, found))
    return Proposers(_mixed(line))


def _mixed(line: Passage) -> tuple[Drafted[str], ...]:
    """甲某委员、农工党市委会：, persons and bodies side by side; none where one is unread."""
    names = []
    for begin, until in _parts(line, 0, max(line.text.find(":"), 0)):
        said = line.text[begin:until]
        person, group = _MEMBER.fullmatch(said), _group().match(said)
        if person and not _no_name().search(person[1]):
            names.append(line.named(begin, begin + person.end(1), "deputies.addressee"))
        elif group:
            names.append(line.named(begin, begin + group.end(1), "deputies.group"))
        else:
            return ()
    return tuple(names) if len(names) > 1 else ()


def mentioned(line: Passage, rule: str) -> Proposers:
    """Return who put it forward by a headline or an opening: 对甲某代表提出的…, 甲某委员第12号…."""
    for found in _mentions().finditer(line.text):
        names = tuple(_names(line, found.start("names"), found.end("names"), rule))
        if names:
            return Proposers(names, _counted(line, found))
    return Proposers()


def labelled(line: Passage) -> Proposers:
    """Return who is named after 领衔代表：, 提案人：."""
    found = _labels("proposer_labels").match(line.text)
    if not found:
        return Proposers()
    end = re.compile(r"[^:。]*").match(line.text, found.end())
    return Proposers(tuple(_names(line, found.end(), end.end() if end else 0, "deputies.label")))


def contact(lines: list[Passage]) -> tuple[Drafted[str] | None, Drafted[str] | None]:
    """Return the name and the telephone of the contact; masked ones give none."""
    hits = [hit for line in lines for hit in (*_contact_names(line), _cut_label(line)) if hit]
    names = [(_rank(hit), hit) for hit in hits]
    name = min(names, key=lambda one: one[0])[1] if names else None
    beside = [line for line in lines if name and _holds(line, name)]
    phone = next((hit for line in (*beside, *lines) for hit in _phones(line, name)), None)
    return name, phone


def _holds(line: Passage, name: Drafted[str]) -> bool:
    return bool(len(line.at)) and line.at[0] <= name.start <= line.at[len(line.text) - 1]


def _counted(line: Passage, found: re.Match[str]) -> Drafted[int] | None:
    said = found["count"]
    number = integer_text(said) if said else None
    if not number:
        return None
    return line.drafted(int(number), found.start("count"), found.end("count"), "deputies.count")


def _names(line: Passage, start: int, end: int, rule: str) -> Iterator[Drafted[str]]:
    for begin, until in _parts(line, start, end):
        stop = until - 2 if _ROLES.search(line.text[begin:until]) else until
        said = line.text[begin:stop]
        if _MASK.search(said) or not _NAME.fullmatch(said) or _no_name().search(said):
            continue
        if len(said) > 1:
            yield line.named(begin, stop, rule)
        elif line.text[stop : stop + 2] in _ROLE_WORDS:  # 王代表: a courtesy, no name
            yield line.named(begin, stop + 2, f"{rule}.surname", sure=False)


def _parts(line: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names between 、 and blanks; a blank inside a name of two (甲 某) parts none."""
    begin = start
    for at in range(start, end + 1):
        at_mark = at < end and at - begin > 0 and _SPLIT.match(line.text, at)
        at_blank = at < end and line.parted(at) and at - begin > 1 and _whole(line, at, end)
        if at == end or at_mark or at_blank:
            if at > begin:
                yield begin, at
            begin = at if at_blank else at + 1


def _whole(line: Passage, at: int, end: int) -> bool:
    """Whether a name of two characters or more begins at a blank."""
    return at + 1 < end and not line.parted(at + 1)


def _contact_names(line: Passage) -> Iterator[Drafted[str]]:
    for found in _labels("contacts").finditer(line.text):
        at = found.end()
        stop = _STOP_NAME.search(line.text, at)
        end = stop.start() if stop else len(line.text)
        begins = [at, *(i for i in range(at + 1, end) if line.parted(i) and i - at > 1)]
        for first, until in zip(begins, [*begins, end][1:], strict=True):
            said = line.text[first:until]
            office = _before_name().match(said)
            begin = first + (office.end() if office and not _person(said) else 0)
            if _person(line.text[begin:until]):
                yield line.named(begin, until, f"contact:{found['label']}")


def _cut_label(line: Passage) -> Drafted[str] | None:
    """人：甲某, where the page lost 联系."""
    found = _CUT_LABEL.fullmatch(line.text)
    return line.named(found.start(1), found.end(1), "contact:") if found else None


def _rank(hit: Drafted[str]) -> int:
    """Who is to be called comes before who is in charge: by the order of the labels."""
    label = hit.rule.partition(":")[2]
    order = words("letter", "contacts")
    return order.index(label) if label else len(order)


def _person(said: str) -> bool:
    name = _NAME.fullmatch(said)
    return bool(name) and len(said) > 1 and not _MASK.search(said) and not _office().search(said)


def _phones(line: Passage, name: Drafted[str] | None) -> Iterator[Drafted[str]]:
    """The numbers of a line; one before the name in its own line is somebody else's."""
    if _calls().search(line.text):
        own = name is not None and _holds(line, name)
        hits = (line.named(m.start(), m.end(), "phone") for m in _PHONE.finditer(line.text))
        found = list(hits)
        behind = [hit for hit in found if name and hit.start > name.start]
        yield from behind if own and behind else found


_CUT_LABEL = re.compile(r"人:([一-龥]{2,3})")
_STOP_NAME = re.compile(
    r"[^一-龥·]|(?:联系|办公|手机|咨询)?电话|联系方式|手机|单位|职务|传真|邮编|地址|联系"
)


@cache
def _addressee() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:尊敬|敬爱)的?)?(?P<names>[^。;:!?]{{1,80}}?)(?:[(]?{_COUNT}[)]?|等)?{_ROLE}"
        r"(?:们|同志|先生|女士)?(?:[:,。!]|您好|你好|$)"
    )


@cache
def _titled_first() -> re.Pattern[str]:
    """区人大代表甲某、乙某："""
    return re.compile(
        rf"(?:尊敬的)?[一-龥]{{0,10}}?{_ROLE}(?P<names>[一-龥·、]{{2,60}}?)(?:[(]?{_COUNT}[)]?|等)?"
        r"(?:同志|先生|女士)?[:,]"
    )


@cache
def _mentions() -> re.Pattern[str]:
    names = r"[一-龥·、]{1,40}?"
    return re.compile(
        rf"(?:^|对|关于|[(,。:])(?P<names>{names})(?:{_COUNT}|等)?{_ROLE}"
        r"(?=(?:联名|共同|在[^,。]{0,30})?(?:提出|提交|所提)|第|的第|[)])"
    )


@cache
def _group() -> re.Pattern[str]:
    bodies = any_of(words("letter", "groups"))
    return re.compile(
        rf"(?:尊敬的?)?([一-龥]{{1,20}}{any_of(words('letter', 'delegations'))}"
        rf"|(?=[一-龥]{{0,12}}{bodies})[一-龥]{{2,30}}(?<!代表)(?<!各位委员)(?<!委员))(?::|$)"
    )


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "not_names")))


@cache
def _labels(group: str) -> re.Pattern[str]:
    labels = any_of(words("letter", group))
    more = r"(?:姓名)?(?:[及和、]?(?:联系)?(?:电话|方式))?" if group == "contacts" else ""
    return re.compile(rf"(?P<label>{labels}){more}[:]")


@cache
def _before_name() -> re.Pattern[str]:
    return re.compile(
        rf"[一-龥]{{1,20}}?(?:{any_of(words('letter', 'organs'))}|科|处|室|股)(?=[一-龥]{{2,3}}$)"
    )


@cache
def _calls() -> re.Pattern[str]:
    return re.compile(any_of([*words("letter", "phones"), *words("letter", "contacts")]))


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"{any_of(words('letter', 'organs'))}$|科$|处$|室$|股$")
