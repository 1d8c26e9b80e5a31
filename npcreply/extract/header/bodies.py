"""The bodies of a letter: who answers, who handled it with them, whose view was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import any_of, words

_LONGEST = 40
_AND = r"(?:、|,|和|与|及|以及|并)"
_THROUGH = re.compile(r"经(?!商|会|与|研|综|认|过)")
_BEHIND = re.compile(r"\(([一-龥]{2,30})\)$")
_COPIES = re.compile(r"抄送|抄报|主送|附件")


def sender(headline: Passage) -> Drafted[str] | None:
    """Return the body in front of 关于 or 对 in a letter's headline."""
    found = _sender().match(headline.text)
    if not found or _ours().match(found[1]):
        return None
    start, end = found.span(1)
    for at in range(start + 2, end - 1):  # two senders side by side: the first one leads
        if headline.parted(at) and is_body(headline.text[start:at]):
            end = at
            break
    return headline.named(start, end, "lead.title")


def named_behind(headline: Passage) -> Drafted[str] | None:
    """Return the body in brackets behind a headline: 对…第3号建议的答复（市水利局）."""
    found = _BEHIND.search(headline.text)
    if not found or not is_body(found[1]):
        return None
    return headline.named(found.start(1), found.end(1), "lead.behind", sure=False)


def signer(line: Passage, end: int | None = None) -> Drafted[str] | None:
    """Return the body that signs: the line up to `end` (where its date begins) names one."""
    until = len(line.text) if end is None else end
    found = _signer().search(line.text, 0, until)
    if (
        _COPIES.match(line.text)
        or not found
        or found.end(1) - found.start(1) > _LONGEST
        or _ours().match(found[1])
    ):
        return None
    return line.named(found.start(1), found.end(1), "lead.signature")


def labelled(line: Passage, group: str, rule: str) -> list[Drafted[str]]:
    """Return the bodies after a label: 会办单位：市财政局、市商务局."""
    found = _label(group).match(line.text)
    if not found:
        return []
    return [line.named(*at, rule) for at in _listed(line.text, found.end())]


def co_handlers(opening: Passage) -> list[Drafted[str]]:
    """Return the bodies that handled it together: 经商, 会同, 与…共同, …协办, 综合…会办意见."""
    text = opening.text
    places = [at for found in _consults().finditer(text) for at in _listed(text, found.end())]
    for found in _THROUGH.finditer(text):
        listed = list(_listed(text, found.end()))
        if listed and re.match(r"等?[^,。]{0,8}?(?:共同|联合|会商)", text[listed[-1][1] :]):
            places += listed
    for found in _assisted().finditer(text):
        places += _ending_at(text, found.start())
    for found in _opinions().finditer(text):
        listed = list(_listed(text, found.end()))
        if listed and re.match(r"等?[^,。]{0,6}?的?(?:会办|协办|办理)", text[listed[-1][1] :]):
            places += listed
    return _named(opening, places, "co.opening")


def asked(opening: Passage) -> list[Drafted[str]]:
    """Return the bodies whose view was asked only: 征求…意见."""
    text = opening.text
    places: list[tuple[int, int]] = []
    for found in _opinions().finditer(text):
        listed = list(_listed(text, found.end()))
        if listed and re.match(r"等?[^,。]{0,8}?的?意见", text[listed[-1][1] :]):
            places += listed
    return _named(opening, places, "consulted.opening")


def listed(part: Passage, at: int, rule: str) -> list[Drafted[str]]:
    """Return the bodies named from `at` on, joined by 、 and 和."""
    return [part.named(*place, rule) for place in _listed(part.text, at)]


def is_body(name: str) -> bool:
    """Return whether a name ends like that of a body."""
    return _organ_end().search(name) is not None


def _named(opening: Passage, places: list[tuple[int, int]], rule: str) -> list[Drafted[str]]:
    found: dict[str, Drafted[str]] = {}
    for start, end in sorted(set(places)):
        name = opening.named(start, end, rule)
        found.setdefault(name.value, name)
    return list(found.values())


def _listed(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The bodies named from `at` on, joined by 、 and 和."""
    while True:
        found = _item().match(text, at)
        if not found or _ours().match(found[1]):
            return
        yield found.start(1), found.end(1)
        joined = re.compile(_AND).match(text, found.end(1))
        if not joined:
            return
        at = joined.end()


def _ending_at(text: str, end: int) -> list[tuple[int, int]]:
    """The bodies named just before `end`, back to the last comma or 由."""
    start = max(text.rfind(mark, max(0, end - 80), end) for mark in ",。;:由(") + 1
    consulted = _consults().match(text, start)  # 商市商务局等会办单位
    return [at for at in _listed(text, consulted.end() if consulted else start) if at[1] <= end]


@cache
def _organs() -> str:
    return any_of(words("letter", "organs"))


@cache
def _organ_end() -> re.Pattern[str]:
    return re.compile(rf"{_organs()}(?:\([^()]{{2,20}}\))?$")


@cache
def _ours() -> re.Pattern[str]:
    """我局, 有关部门, and what begins another clause: no name of a body."""
    return re.compile(any_of(words("letter", "not_bodies")))


@cache
def _item() -> re.Pattern[str]:
    stop = rf"(?=[、,。;:)(]|{any_of(words('letter', 'after_bodies'))}|$)"
    named = rf"[一-龥()“”A-Z]{{1,24}}?{_organs()}(?:\([^()]{{2,16}}\))?"
    return re.compile(rf"({named}|{any_of(words('letter', 'whole_bodies'))}){stop}")


@cache
def _sender() -> re.Pattern[str]:
    name = rf"[一-龥()、“”A-Z]{{1,{_LONGEST}}}?{_organs()}(?:\([^()]{{2,20}}\))?"
    return re.compile(rf"[【\[]?({name})[】\]]?(?:文件|函)?[:]?(?=关于|对|答复|《|就)")


@cache
def _signer() -> re.Pattern[str]:
    name = rf"[一-龥()、“”A-Z]{{1,{_LONGEST}}}{_organs()}(?:\([^()]{{2,20}}\))?"
    return re.compile(rf"(?:^|[。!;])({name})(?:\((?:盖章|公章|章|代章|印章)\)|盖章)?$")


@cache
def _label(group: str) -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,3}}{any_of(words('letter', group))}[:]")


@cache
def _consults() -> re.Pattern[str]:
    return re.compile(
        any_of(words("letter", "consult")) + r"(?<!市商|省商|县商|区商|工商|协商)(?!务)"
    )


@cache
def _assisted() -> re.Pattern[str]:
    return re.compile(r"(?:为|作为)?(?:协办|会办|配合办理|分办|协同办理|共同办理)(?!意见|单位:|函)")


@cache
def _opinions() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "opinions")))
