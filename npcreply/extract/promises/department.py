"""Which authority is to act: named by the sentence or one before it; the lead where none is."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from npcreply.extract.model import Drafted
from npcreply.extract.sentences.letter import Page
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import any_of, imperative, words

_SAME = str.maketrans("", "", "和与及")


class Departments:
    """Whose turn it is while the sentences are read in order."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._paragraph = -1
        self._actor: Drafted[str] | None = None

    def named(self, sentence: Sentence) -> Drafted[str] | None:
        """Return who acts in the sentence; None where it is the lead itself."""
        if sentence.paragraph != self._paragraph or sentence.numbering:
            self._paragraph, self._actor = sentence.paragraph, None
        said = _subject(self._page, sentence)
        if said:
            self._actor = None if self._is_lead(said.value) else said
        elif _selves().search(self._page.text, sentence.body, sentence.end):
            self._actor = None
        carried = said is None
        if self._actor is None or (carried and not orders(self._page.text, sentence)):
            return self._asked(sentence)
        return replace(self._actor, rule="carried_subject") if carried else self._actor

    def _asked(self, sentence: Sentence) -> Drafted[str] | None:
        """At an inquiry the body that answers is the one to act."""
        bodies = sentence.asked.bodies if sentence.asked else ()
        return bodies[0] if bodies else None

    def _is_lead(self, name: str) -> bool:
        lead = self._page.header.lead
        if _selves().search(name):
            return True
        if lead is None:
            return False
        one, other = _short(lead.value), _short(name)
        return one.endswith(other) or other.endswith(one)


def orders(text: str, sentence: Sentence) -> bool:
    """Whether the sentence goes on with the subject of the one before: a link, and a verb."""
    return bool(_without_subject().match(text, sentence.body, sentence.end))


def _short(name: str) -> str:
    """台州市发展和改革委员会 and 市发展改革委 end alike."""
    return name.translate(_SAME).replace("委员会", "委").removeprefix("市").removeprefix("县")


def _subject(page: Page, sentence: Sentence) -> Drafted[str] | None:
    """The authority that the sentence names as acting: 由…牵头, …将, 各县…每月."""
    for clause in sentence.clauses:
        found = next(
            (
                hit
                for hit in (
                    _by().search(page.text, clause.start, clause.end),
                    _acting().match(page.text, clause.start, clause.end),
                    _named_after().search(page.text, clause.start, clause.end),
                )
                if hit
            ),
            None,
        )
        if found and not _nobody().search(found["body"]):
            start, end = page.source(*found.span("body"))
            said = page.cleaned.text[start:end]
            return Drafted("".join(said.split()), start, end, said, "subject")
    return None


@cache
def _selves() -> re.Pattern[str]:
    return re.compile(any_of(words("departments", "self")))


@cache
def _without_subject() -> re.Pattern[str]:
    links = ("同时", "此外", "另外", "并", "还", "也", "与此同时")
    return re.compile(any_of(links))


@cache
def _nobody() -> re.Pattern[str]:
    """Not a body: a firm or a citizen, or one that is only worked with."""
    others = any_of(words("promises", "private"))
    return re.compile(
        rf"[也还都仍就才]会$|(?:会同|联合|配合|协调|督促|指导|对接|组织|推动|支持|鼓励)|^{others}"
    )


@cache
def _body() -> str:
    many, bodies = any_of(words("departments", "many")), any_of(words("departments", "bodies"))
    heads = any_of(words("departments", "heads"))
    part = r"[一-龥()、]"
    return (
        rf"(?P<body>{many}{part}{{0,18}}?(?:{heads}|{bodies})?"
        rf"|(?:(?!(?:将|拟|每|要|由|[与同对向为在按以从]|和(?!{part}{{1,9}}?{bodies})))[一-龥()、]){{1,18}}?(?:{bodies}|{heads})(?:\([^)]{{1,12}}\))?)"
    )


@cache
def _acting() -> re.Pattern[str]:
    links = any_of(words("promises", "linking"))
    when = r"(?:20[0-9]{2}年|[今明]年|近期|年底?[前内]|全年|[上下]半年|[0-9]{1,2}月底?前?)?,?"
    # 换乘中心已完成设计: a centre may be a building
    acts = rf"(?:{any_of(words('departments', 'acts'))}|(?<=[局委办厅部府署])已)"
    return re.compile(
        rf"(?:{links}[,:]?)*{when}(?!通过|利用|根据|按照|依据|结合|针对|经|据|{links}){_body()}(?=(?:也|还|均|都|则)?(?!对接|为主|为辅){acts})"
    )


@cache
def _named_after() -> re.Pattern[str]:
    """…(责任单位:市教育局)."""
    return re.compile(r"(?:责任|牵头|主办|实施|承办)(?:单位|部门):(?P<body>[^,;。:)]{2,40})")


@cache
def _by() -> re.Pattern[str]:
    doing = any_of(words("departments", "doing"))
    verbs = rf"{imperative().pattern}|[向给]"
    return re.compile(rf"由{_body()}(?={doing}|{verbs})")
