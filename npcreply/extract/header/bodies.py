"""The bodies of a letter: who answers, who handled it with them, whose view was asked."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import rx
from npcreply.grammar.pattern import Pattern

_LONGEST = 40  # characters of a body's name, two bodies side by side included
_LONGEST_LIST = 80  # characters in which the bodies before 协办 stand

_IN_BRACKETS = r"(?:\([^()]{2,20}\))?"
_NAME = rf"[一-龥()、“”A-Z]{{1,{_LONGEST}}}"
_ITEM = rx(
    r"([一-龥()“”A-Z]{1,24}?<<letter.organs>>(?:\([^()]{2,16}\))?|<<letter.whole_bodies>>)"
    r"(?=[、,。;:)(]|<<letter.after_bodies>>|$)"
)
_DIGIT = rx(r"\d")
_LINKS = str.maketrans("", "", "和与及")
_GOVERNMENT = rx(r"([省市县区镇乡])(?:人民)?政府(?:办公[厅室])?$")
_SHORT_NAME = rx(r"\(<<letter.short_names>>")  # …公司(以下简称甲公司)
_AND = rx("<<letter.joining_bodies>>")
_SENDER = rx(
    rf"[【\[]?({_NAME}?<<letter.organs>>{_IN_BRACKETS})[】\]]?(?:文件|函)?[:]?(?=<<letter.about>>)"
)
_BEHIND = rx(r"\(([一-龥]{2,30})\)$")
_SIGNER = rx(
    rf"(?:^|[。!;])({_NAME}<<letter.organs>>{_IN_BRACKETS})(?:\(<<letter.seals>>\)|盖章)?$"
)
_ORGAN_AT_END = rx(rf"<<letter.organs>>{_IN_BRACKETS}$")
# 我局, 有关部门, and what begins another clause: no name of a body.
_NO_BODY = rx("<<letter.not_bodies>>")
_NO_SIGNATURE = rx("<<letter.below_signature>>")
_LEAD_LABEL = rx(r"[\W_]{0,3}<<letter.lead_labels>>(?:及[^:]{1,8})?[:]")
_CO_LABEL = rx(r"[\W_]{0,3}<<letter.co_labels>>[:]")
# 市水利局高度重视: the body that took the suggestion up.
_TOOK_UP = rx(rf"(?:^|[。,;:])({_NAME}?<<letter.organs>>)(?:对此)?<<letter.took_up>>")
_CONSULT = rx(r"<<letter.consult>>(?<![市省县区工协]商)(?!务)")
_THROUGH = rx(r"经(?![商会与研综认过])")
_TOGETHER = rx(r"等?[^,。]{0,8}?<<letter.together>>")
_ASSISTED = rx(r"(?:为|作为)?<<letter.assisted>>(?!意见|单位:|函)")
_OPINIONS = rx("<<letter.opinions>>(?!<<letter.of_body_names>>)")  # 综合执法局 is a body
_OF_CO_HANDLERS = rx(r"等?[^,。]{0,6}?的?<<letter.co_handling>>")
_OF_ASKED = rx(r"等?[^,。]{0,8}?的?意见")


def sender(headline: Passage) -> Drafted[str] | None:
    """Return the body in front of 关于 or 对 in a letter's headline."""
    match = _SENDER.match(headline.text)
    if not match or _NO_BODY.match(match[1]):
        return None
    start, end = match.span(1)
    for at in range(start + 2, end - 1):  # two senders side by side: the first one leads
        if headline.parted(at) and is_body(headline.text[start:at]):
            end = at
            break
    return headline.named(start, end, "lead.title")


def named_behind(headline: Passage) -> Drafted[str] | None:
    """Return the body in brackets behind a headline: 对…第3号建议的答复（市水利局）."""
    match = _BEHIND.search(headline.text)
    if not match or not is_body(match[1]):
        return None
    return headline.named(*match.span(1), "lead.behind", doubt="lead_behind")


def signer(line: Passage, end: int | None = None) -> Drafted[str] | None:
    """Return the body that signs: the line up to `end` (where its date begins) names one."""
    match = _SIGNER.search(line.text, 0, len(line.text) if end is None else end)
    if not match or _NO_SIGNATURE.match(line.text) or _NO_BODY.match(match[1]):
        return None
    if match.end(1) - match.start(1) > _LONGEST:
        return None
    return line.named(*match.span(1), "lead.signature")


def is_short_for(short: str, name: str) -> bool:
    """Return whether one name is another in short: 县交运局 of 南山县交通运输局.

    Its characters stand in the whole name in the same order, and both end alike.
    """
    short, name = _plain_ending(short), _plain_ending(name)
    if len(short) < 2 or short[-1] != name[-1]:
        return False
    rest = iter(name)
    return all(character in rest for character in short)


def _plain_ending(name: str) -> str:
    """发展和改革委员会 ends in 委, 办公厅 and 办公室 in 办."""
    name = name.translate(_LINKS).removesuffix("员会") if name.endswith("委员会") else name
    return name[:-2] if name.endswith(("办公厅", "办公室")) else name.translate(_LINKS)


def speaks(text: str, name: str) -> bool:
    """Return whether a letter speaks as a body of this kind: 我局 of 市水利局, 我镇 of a town's
    government.
    """
    government = _GOVERNMENT.search(name)
    kind = government[1] if government else name[-1:]
    return f"我{kind}" in text or (kind == "会" and "我委" in text)


def took_up(line: Passage) -> Drafted[str] | None:
    """Return the body that a sentence says took the suggestion up; a guess at who answers."""
    for match in _TOOK_UP.finditer(line.text):
        if not _NO_BODY.match(match[1]):
            return line.named(*match.span(1), "lead.text", doubt="lead_in_text")
    return None


def labelled_lead(line: Passage) -> list[Drafted[str]]:
    """Return the bodies after a label of who answers: 主办单位：市水利局."""
    return _labelled(line, _LEAD_LABEL, "lead.label")


def labelled_co(line: Passage) -> list[Drafted[str]]:
    """Return the bodies after a label of who helped: 会办单位：市财政局、市商务局."""
    return _labelled(line, _CO_LABEL, "co.label")


def _labelled(line: Passage, label: Pattern, rule: str) -> list[Drafted[str]]:
    match = label.match(line.text)
    if not match:
        return []
    number = _DIGIT.search(line.text, match.end())  # 市水利局 87000001
    text = line.text[: number.start()] if number else line.text
    return [line.named(*place, rule) for place in _listed(text, match.end())]


def co_handlers(opening: Passage) -> list[Drafted[str]]:
    """Return the bodies that handled it together: 经商, 会同, 与…共同, …协办, 综合…会办意见."""
    text = opening.text
    places = [at for match in _CONSULT.finditer(text) for at in _listed(text, match.end())]
    places += _listed_after(text, _THROUGH, _TOGETHER)
    for match in _ASSISTED.finditer(text):
        places += _ending_at(text, match.start())
    places += _listed_after(text, _OPINIONS, _OF_CO_HANDLERS)
    return _named(opening, places, "co.opening")


def asked(opening: Passage) -> list[Drafted[str]]:
    """Return the bodies whose view was asked only: 征求…意见."""
    return _named(opening, _listed_after(opening.text, _OPINIONS, _OF_ASKED), "consulted.opening")


def listed(part: Passage, at: int, rule: str) -> list[Drafted[str]]:
    """Return the bodies named from `at` on, joined by 、 and 和."""
    return [part.named(*place, rule) for place in _listed(part.text, at)]


def is_body(name: str) -> bool:
    """Return whether a name ends like that of a body."""
    return _ORGAN_AT_END.search(name) is not None


def _named(opening: Passage, places: list[tuple[int, int]], rule: str) -> list[Drafted[str]]:
    by_name: dict[str, Drafted[str]] = {}
    for start, end in sorted(set(places)):
        body = opening.named(start, end, rule)
        by_name.setdefault(body.value, body)
    return list(by_name.values())


def _listed_after(text: str, before: Pattern, behind: Pattern) -> list[tuple[int, int]]:
    """The bodies between words before and words behind them: 综合…的会办意见."""
    places: list[tuple[int, int]] = []
    for match in before.finditer(text):
        bodies = list(_listed(text, match.end()))
        if bodies and behind.match(text[bodies[-1][1] :]):
            places += bodies
    return places


def _listed(text: str, at: int) -> Iterator[tuple[int, int]]:
    """The bodies named from `at` on, joined by 、 and 和."""
    while True:
        match = _ITEM.match(text, at)
        if not match or _NO_BODY.match(match[1]):
            return
        short = _SHORT_NAME.search(match[1])
        yield match.start(1), match.start(1) + short.start() if short else match.end(1)
        joined = _AND.match(text, match.end(1))
        if not joined:
            return
        at = joined.end()


def _ending_at(text: str, end: int) -> list[tuple[int, int]]:
    """The bodies named just before `end`, back to the last comma or 由."""
    start = max(text.rfind(mark, max(0, end - _LONGEST_LIST), end) for mark in ",。;:由(") + 1
    consulted = _CONSULT.match(text, start)  # 商市商务局等会办单位
    return [at for at in _listed(text, consulted.end() if consulted else start) if at[1] <= end]
