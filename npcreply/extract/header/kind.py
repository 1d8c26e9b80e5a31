"""What kind of text it is: an answer to a suggestion or a proposal, an inquiry, something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.extract.header.head import Head
from npcreply.extract.model import Drafted
from npcreply.extract.reasons import against
from npcreply.extract.text.normalized import Passage
from npcreply.extract.words import rx
from npcreply.grammar.days import DAY, day_of
from npcreply.grammar.pattern import Pattern

_MESSAGE_HEAD = 1500  # characters in which a message says whom it answers

_CPPCC = rx(r"政协|政治协商")
_CONGRESS = rx(r"人大(?!附)|人民代表大会|人代会")
_PROPOSAL, _SUGGESTION = rx("提案"), rx("<<letter.suggestions>>")
_MEMBER, _DEPUTY = rx("委员(?!会)"), rx("代表")
_ADDRESSED = rx(r"(?:代表|委员)(?:[:,]|您好|你好|$)")
_OF_DEPUTIES = rx("<<letter.proposing>>")
_NUMBER = rx(r"第[^号]{0,14}号|\d号")
_ASKS = rx(r"[您你贵]|第[^号]{0,14}号")
_REPLIES = rx("<<letter.headline_replies>>")
_CITIZEN = rx("<<letter.citizens>>")
_ANSWERED_MESSAGE = rx("<<letter.answered_message>>")
_CO_OPINION = rx(r"<<letter.co_opinion>>(?=[^,。]{0,8}(?:如下|函|$|\())")
_FORM = rx("<<letter.forms>>$")
_FORM_FIELD = rx(
    r"[\W_]{0,3}<<letter.number_labels+letter.title_labels+letter.proposer_labels>>[^:]{0,4}:"
)
_PROGRESS = rx(
    r"<<letter.looked_back>>|<<letter.progress_of>>[^,。]{0,8}<<letter.progress_forms>>(?:\(.{0,20}\))?$"
    r"|<<letter.tallied>>的?通报(?:\(.{0,20}\))?$"
)
_LETTER = rx(r"(?:<<letter.headline_replies>>|函)(?:\(.{0,20}\))?$")
_FIRST_ANSWER = rx("<<letter.first_answer>>")
_FORM_FIELDS = 2  # so many of number, title and proposer make it a form about one suggestion
_AGAIN = rx("<<letter.again>>")
_SUBJECT_LABEL = rx("<<letter.subjects>>:")
_REPLY_DATE_LABEL = rx("<<letter.reply_dates>>:")


def is_answer(headline: Passage, addressee: Passage, opening: Passage) -> bool:
    """Return whether a head is that of an answer to deputies or members.

    It opens like one and names them, or its headline answers a number or somebody addressed.
    Letters to citizens, news of meetings and yearly tallies do neither.
    """
    head = headline.text + addressee.text + opening.text
    if _CITIZEN.search(addressee.text or opening.text[:20]) or not _OF_DEPUTIES.search(head):
        return False
    numbered = _NUMBER.search(headline.text) is not None
    if opening.text:
        asks = _ASKS.search(opening.text) is not None
        return asks or numbered or bool(_ADDRESSED.search(addressee.text))
    replies = _REPLIES.search(headline.text) is not None
    return replies and (numbered or bool(addressee.text))


def is_form(head: Head) -> bool:
    """Return whether the text is a form about a suggestion that holds the answer itself: its name
    says so, and its fields number the suggestion, give its title or name who proposed it.
    """
    if not (_OF_DEPUTIES.search(head.headline.text) and _FORM.search(head.headline.text)):
        return False
    return sum(bool(_FORM_FIELD.match(line.text)) for line in head.labelled_lines()) >= _FORM_FIELDS


def is_letter(head: Head) -> bool:
    """Return whether the text is an official letter, to whomever."""
    title = head.first_headline()
    return title is not None and _LETTER.search(title.value) is not None


def is_progress(head: Head) -> bool:
    """Return whether the text reports how a suggestion that was answered goes on: a report, a table
    or a second look at its handling. What answers somebody addressed is a reply all the same.
    """
    title, opening = head.headline.text, head.opening.text
    if not (_SUGGESTION.search(title + opening) or _PROPOSAL.search(title + opening)):
        return False
    answers = head.addressee.text and _FIRST_ANSWER.search(opening)
    return _PROGRESS.search(title) is not None and not answers


def kind(headline: Passage, addressee: Passage, opening: Passage) -> Drafted[str]:
    """Return suggestion, proposal or co_opinion for the head of an answer.

    The session decides first (政协 or 人大), then what follows the number, then whom it addresses.
    """
    for part in (headline, opening):
        match = _CO_OPINION.search(part.text)
        if match and not _ADDRESSED.search(addressee.text):  # it is addressed to the lead
            return part.drafted("co_opinion", match.start(), match.end(), "kind.co_opinion")
    for part, rule in ((headline, "kind.headline"), (opening, "kind.opening")):
        for pattern, value in ((_CPPCC, "proposal"), (_CONGRESS, "suggestion")):
            match = pattern.search(part.text)
            if match:
                return part.drafted(value, match.start(), match.end(), rule)
    return _by_words(headline, addressee, opening)


def _by_words(headline: Passage, addressee: Passage, opening: Passage) -> Drafted[str]:
    order = (
        (headline, _PROPOSAL, "proposal"),
        (addressee, _MEMBER, "proposal"),
        (headline, _SUGGESTION, "suggestion"),
        (addressee, _DEPUTY, "suggestion"),
        (opening, _PROPOSAL, "proposal"),
        (opening, _SUGGESTION, "suggestion"),
    )
    for part, pattern, value in order:
        match = pattern.search(part.text)
        if match:
            return part.drafted(
                value, match.start(), match.end(), "kind.words", doubt="kind_by_words"
            )
    return Drafted("suggestion", 0, 0, "", "kind.default", against("kind_by_default"))


def again(headline: Passage, opening: Passage) -> Drafted[int] | None:
    """Return 2 where the letter says that it answers again."""
    for part in (headline, opening):
        match = _AGAIN.search(part.text)
        if match:
            return part.drafted(2, match.start(), match.end(), "round.again")
    return None


def answers_message(head: Head) -> bool:
    """Return whether the text answers somebody's message: 网友, 留言 … 现回复如下."""
    first = head.cleaned.shadow.text[:_MESSAGE_HEAD]
    return all(pattern.search(first) for pattern in (_CITIZEN, _ANSWERED_MESSAGE))


def message_subject(head: Head) -> Drafted[str] | None:
    """Return what the message is about, as its label has it: 留言主题：…"""
    for line, start in _labelled(head, _SUBJECT_LABEL):
        return line.named(start, len(line.text), "title.label")
    return None


def answered_on(head: Head) -> Drafted[date] | None:
    """Return the day that a label gives the answer: 答复时间：…"""
    for line, start in _labelled(head, _REPLY_DATE_LABEL):
        match = DAY.match(line.text, start)
        day = day_of(match) if match else None
        if match and day:
            return line.drafted(day, match.start(), match.end(), "reply_date.label")
    return None


def _labelled(head: Head, label: Pattern) -> Iterator[tuple[Passage, int]]:
    """The lines that begin with a label, and where what it labels begins."""
    for line in (*head.meta, *head.lines):
        match = label.match(line.text)
        if match and match.end() < len(line):
            yield head.line(line), match.end()
