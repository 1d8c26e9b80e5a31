"""What kind of text it is: an answer to a suggestion or a proposal, an inquiry, something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from npcreply.extract.header.head import Head
from npcreply.extract.model import Drafted
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import any_of, words
from npcreply.grammar.days import DAY, day_of

_CPPCC = re.compile(r"政协|政治协商")
_CONGRESS = re.compile(r"人大(?!附)|人民代表大会|人代会")
_PROPOSAL, _SUGGESTION = re.compile(r"提案"), re.compile(r"建议|议案|书面意见|议事原案")
_ADDRESSED = re.compile(r"(?:代表|委员)(?:[:,]|您好|你好|$)")
_DEPUTY = re.compile(r"代表|人大|政协|委员|提案|议案|人民代表大会")


def is_answer(headline: Passage, addressee: Passage, opening: Passage) -> bool:
    """Return whether a head is that of an answer to deputies or members.

    It opens like one and names them, or its headline answers a number or somebody addressed.
    Letters to citizens, news of meetings and yearly tallies do neither.
    """
    said = headline.text + addressee.text + opening.text
    if _citizens().search(addressee.text or opening.text[:20]) or not _DEPUTY.search(said):
        return False
    numbered = re.search(r"第[^号]{0,14}号|\d号", headline.text) is not None
    if opening.text:
        asks = re.search(r"您|你|贵|第[^号]{0,14}号", opening.text) is not None
        return asks or numbered or bool(_ADDRESSED.search(addressee.text))
    replies = re.search(r"答复|复函|回复|函复|回函|办复|会办|协办", headline.text) is not None
    return replies and (numbered or bool(addressee.text))


def kind(headline: Passage, addressee: Passage, opening: Passage) -> Drafted[str]:
    """Return suggestion, proposal or co_opinion for the head of an answer.

    The session decides first (政协 or 人大), then what follows the number, then whom it addresses.
    """
    for part in (headline, opening):
        found = _co_opinion().search(part.text)
        if found and not _ADDRESSED.search(addressee.text):  # it is addressed to the lead
            return part.drafted("co_opinion", found.start(), found.end(), "kind.co_opinion")
    for part, rule in ((headline, "kind.headline"), (opening, "kind.opening")):
        for pattern, said in ((_CPPCC, "proposal"), (_CONGRESS, "suggestion")):
            found = pattern.search(part.text)
            if found:
                return part.drafted(said, found.start(), found.end(), rule)
    return _by_words(headline, addressee, opening)


def again(headline: Passage, opening: Passage) -> Drafted[int] | None:
    """Return 2 where the letter says that it answers again."""
    for part in (headline, opening):
        found = _again().search(part.text)
        if found:
            return part.drafted(2, found.start(), found.end(), "round.again")
    return None


def _by_words(headline: Passage, addressee: Passage, opening: Passage) -> Drafted[str]:
    order = (
        (headline, _PROPOSAL, "proposal"),
        (headline, _SUGGESTION, "suggestion"),
        (addressee, re.compile("委员(?!会)"), "proposal"),
        (addressee, re.compile("代表"), "suggestion"),
        (opening, _PROPOSAL, "proposal"),
        (opening, _SUGGESTION, "suggestion"),
    )
    for part, pattern, said in order:
        found = pattern.search(part.text)
        if found:
            return part.drafted(said, found.start(), found.end(), "kind.words", sure=False)
    return Drafted("suggestion", 0, 0, "", "kind.default", sure=False)


@cache
def _citizens() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "citizens")))


@cache
def _co_opinion() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "co_opinion")) + r"(?=[^,。]{0,8}(?:如下|函|$|\())")


@cache
def _again() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "again")))


_HEAD = 1500  # characters in which a message says whom it answers


def answers_message(head: Head) -> bool:
    """Return whether the text answers somebody's message: 网友, 留言 … 现回复如下."""
    first = head.cleaned.shadow.text[:_HEAD]
    return all(pattern.search(first) for pattern in (_citizens_messages(), _answered()))


def subject(head: Head) -> Drafted[str] | None:
    """Return what the message is about, as its label has it: 留言主题：…"""
    return next(
        (
            line.named(start, len(line.text), "title.label")
            for line, start in _labelled(head, "subjects")
        ),
        None,
    )


def answered_on(head: Head) -> Drafted[date] | None:
    """Return the day that a label gives the answer: 答复时间：…"""
    for line, start in _labelled(head, "reply_dates"):
        found = DAY.match(line.text, start)
        day = day_of(found) if found else None
        if found and day:
            return line.drafted(day, found.start(), found.end(), "reply_date.label")
    return None


def _labelled(head: Head, group: str) -> Iterator[tuple[Passage, int]]:
    """The lines that begin with a label of the group, and where what it labels begins."""
    label = re.compile(rf"{any_of(words('letter', group))}:")
    for line in (*head.meta, *head.lines):
        found = label.match(line.text)
        if found and found.end() < len(line):
            yield head.line(line), found.end()


@cache
def _citizens_messages() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "citizens")))


@cache
def _answered() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "answered_message")))
