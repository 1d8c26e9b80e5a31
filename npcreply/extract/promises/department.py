"""Which authority is to act: named by the sentence or one before it; the lead where none is."""

from __future__ import annotations

from npcreply.dataclass import replace
from npcreply.extract.header.bodies import is_short_for
from npcreply.extract.model import Drafted
from npcreply.extract.sentences.letter import Letter
from npcreply.extract.sentences.outline import Sentence
from npcreply.extract.words import rx

_SELF = rx("<<departments.self>>")
_THAT_BODY = rx("该[局委办厅部院处中心]{1,2}")
_GOES_ON = rx("<<departments.goes_on>>")


class Departments:
    """Whose turn it is while the sentences are read in order."""

    def __init__(self, letter: Letter) -> None:
        self._letter = letter
        self._paragraph = -1
        self._actor: Drafted[str] | None = None

    def acting(self, sentence: Sentence) -> Drafted[str] | None:
        """Return who acts in the sentence; None where it is the lead itself."""
        if sentence.paragraph != self._paragraph or sentence.numbering:
            self._paragraph, self._actor = sentence.paragraph, None
        text, named = self._letter.text, _named(self._letter, sentence)
        if named and _THAT_BODY.fullmatch(named.value):  # 该局 is the body named before
            return replace(self._actor, rule="carried_subject") if self._actor else None
        if named:
            self._actor = None if self._is_lead(named.value) else named
        elif _SELF.search(text, sentence.body, sentence.end):
            self._actor = None
        if self._actor and named:
            return self._actor
        if self._actor and _GOES_ON.match(text, sentence.body, sentence.end):
            return replace(self._actor, rule="carried_subject")
        # at an inquiry the body that answers is the one to act
        bodies = sentence.asked.bodies if sentence.asked else ()
        return bodies[0] if bodies else None

    def _is_lead(self, name: str) -> bool:
        if _SELF.search(name):
            return True
        lead = self._letter.header.lead
        if lead is None:
            return False
        return is_short_for(name, lead.value) or is_short_for(lead.value, name)


_PART = "[一-龥()、]"
# A body's name: 18 characters hold the longest that real letters print in running text.
_BODY = rx(
    rf"(?P<body><<departments.many>>{_PART}{{0,18}}?<<departments.heads+departments.bodies>>?"
    r"|(?:(?!(?:[将拟每要由与同对向为在按以从]"
    rf"|和(?!{_PART}{{1,9}}?<<departments.bodies>>))){_PART}){{1,18}}?"
    r"<<departments.bodies+departments.heads>>(?:\([^)]{1,12}\))?)"
)
# …(责任单位:市教育局).
_NAMED_AFTER = rx("<<departments.responsible>>(?:单位|部门):(?P<body>[^,;。:)]{2,40})")
_BY = rx(rf"由{_BODY.source}(?=<<departments.doing>>|<<promises.imperative>>|[向给])")
# 换乘中心已完成设计: a centre may be a building, so 已 counts after few names only.
_ACTING = rx(
    "(?:<<promises.linking>>[,:]?)*"
    "(?:20[0-9]{2}年|[今明]年|近期|年底?[前内]|全年|[上下]半年|[0-9]{1,2}月底?前?)?,?"
    f"(?!<<departments.no_name>>|<<promises.linking>>){_BODY.source}(?=[也还均都则]?"
    "(?!对接|为[主辅])(?:<<departments.acts>>|(?<=[局委办厅部府署])已))"
)
# Not a body: a firm or a citizen, or one that is only worked with.
_NOBODY = rx("[也还都仍就才]会$|<<departments.worked_with>>|^<<promises.private>>")


def _named(letter: Letter, sentence: Sentence) -> Drafted[str] | None:
    """The authority that the sentence names as acting: 由…牵头, …将, 各县…每月."""
    for clause in sentence.clauses:
        at = letter.text, clause.start, clause.end
        named = _BY.search(*at) or _ACTING.match(*at) or _NAMED_AFTER.search(*at)
        if named and not _NOBODY.search(named["body"]):
            start, end = named.span("body")
            return letter.quoted("".join(letter.words(start, end).split()), start, end, "subject")
    return None
