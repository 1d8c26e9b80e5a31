"""Who answers what to whom and when: the header of a reply, each field with its words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from npcreply.extract.days import letter_year
from npcreply.extract.header import bodies, inquiry, people, suggestion
from npcreply.extract.header import foot as classes
from npcreply.extract.header import foot as disclosures
from npcreply.extract.header import foot as feet
from npcreply.extract.header import kind as kinds
from npcreply.extract.header import kind as messages
from npcreply.extract.header.doubts import doubts as found_doubts
from npcreply.extract.header.head import Head, head_of
from npcreply.extract.header.inquiry import Asked
from npcreply.extract.model import Doubt, Drafted, Span
from npcreply.extract.page import Cleaned
from npcreply.extract.text.normalized import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`kind`: suggestion, proposal, inquiry; article, co_opinion and message (an answer to a
    citizen) draft no record. A field that
    the text does not print is None or (). `year` is that of reply_date, else what the text prints
    for 今年: deadlines count from it. `frame`: title, addressee, opener, sign-off (source ranges);
    they hold no promises. `others`: heads of further letters on the page, which are not read. For
    the scorer `co` is co + consulted, and contact name + phone.
    """

    kind: Drafted[str]
    round: Drafted[int] | None = None  # 2 where the letter says it answers again
    number: Drafted[str] | None = None
    doc_no: Drafted[str] | None = None
    session: Drafted[str] | None = None
    title: Drafted[str] | None = None
    lead: Drafted[str] | None = None
    co: tuple[Drafted[str], ...] = ()
    consulted: tuple[Drafted[str], ...] = ()
    deputies: tuple[Drafted[str], ...] = ()
    deputy_count: Drafted[int] | None = None  # 等10位代表
    reply_date: Drafted[date] | None = None
    publish_date: Drafted[date] | None = None
    index_no: Drafted[str] | None = None
    disclosure: Drafted[str] | None = None  # active, on_request, withheld
    letter: Drafted[str] | None = None  # the reply's class: A, B, A1, 解决采纳
    scheme: Drafted[str] | None = None
    contact: Drafted[str] | None = None
    phone: Drafted[str] | None = None
    year: Drafted[int] | None = None
    questions: tuple[Asked, ...] = ()
    frame: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def header(cleaned: Cleaned) -> Header:
    """Return the header of the letter; silence stays None."""
    head = head_of(cleaned)
    questions = inquiry.questions(cleaned)
    if questions:
        return _of_inquiry(head, questions)
    if not kinds.is_answer(head.headline, head.addressee, head.opening):
        return _of_message(head) if messages.answers_message(head) else _of_article(head)
    return _of_answer(head)


def _of_inquiry(head: Head, questions: tuple[Asked, ...]) -> Header:
    kind = inquiry.kind_words(head.cleaned)
    published = feet.published(head)  # within days of the meeting
    return Header(
        kind=kind or Drafted("inquiry", *_place(questions[0]), rule="kind.questions"),
        title=head.first_headline(),
        publish_date=published,
        index_no=feet.index_no(head),
        year=letter_year.year(head.cleaned, published, inquiry=True),
        questions=questions,
    )


def _place(question: Asked) -> tuple[int, int, str]:
    return question.question.start, question.question.end, question.question.words


def _of_article(head: Head) -> Header:
    return Header(
        kind=Drafted("article", 0, 0, "", "kind.no_answer"),
        title=head.first_headline(),
        publish_date=feet.published(head),
        index_no=feet.index_no(head),
        year=letter_year.year(head.cleaned, None),
    )


def _of_message(head: Head) -> Header:
    foot = feet.foot(head)
    day = foot.date or messages.answered_on(head)
    return Header(
        kind=Drafted("message", 0, 0, "", "kind.message"),
        title=messages.subject(head),
        lead=foot.signer,
        reply_date=day,
        publish_date=feet.published(head),
        index_no=feet.index_no(head),
        year=letter_year.year(head.cleaned, day),
        frame=head.frame(),
    )


def _of_answer(head: Head) -> Header:
    numbers = [suggestion.numbers(part) for part in head.parts()]
    sessions = [one for part in head.parts() for one in suggestion.sessions(part)]
    found = [number for part in numbers for number in part.found]
    proposers = head.proposers()
    foot = feet.foot(head)
    name, phone = people.contact([*foot.lines, *head.labelled_lines()])
    kind = kinds.kind(head.headline, head.addressee, head.opening)
    drafted = Header(
        kind=kind,
        round=kinds.again(head.headline, head.opening),
        number=found[0] if found else None,
        doc_no=feet.doc_no(head),
        session=suggestion.fullest(sessions),
        title=head.own_title(),
        lead=_lead(head, foot),
        co=_co(head),
        consulted=_consulted(head),
        deputies=_unless_bodies(kind, proposers),
        deputy_count=proposers.count,
        reply_date=foot.date or feet.dated_by_table(head),
        publish_date=feet.published(head),
        index_no=feet.index_no(head),
        disclosure=disclosures.disclosure(head, foot),
        letter=classes.letter(head, foot),
        scheme=classes.scheme(head, foot),
        contact=name,
        phone=phone,
        frame=head.frame(foot.signed),
        others=head.others(),
    )
    doubts = found_doubts(head, numbers, sessions, foot, (drafted.reply_date, drafted.publish_date))
    year = letter_year.year(head.cleaned, drafted.reply_date)
    return replace(drafted, year=year, doubts=doubts)


def _lead(head: Head, foot: feet.Foot) -> Drafted[str] | None:
    """The sender in the headline or the signer, the fuller of two that agree; else a label's."""
    said = [one for one in (bodies.sender(head.headline), foot.signer) if one]
    if len(said) == 2:
        title, signature = said
        return signature if title.value in signature.value else title
    behind = bodies.named_behind(head.headline)
    if said or behind:
        return said[0] if said else behind
    labels = [one for line in head.labelled_lines() for one in _leads(line)]
    issuer = feet.issuer(head)
    return labels[0] if labels else issuer or feet.source(head)


def _leads(line: Passage) -> list[Drafted[str]]:
    return bodies.labelled(line, "lead_labels", "lead.label")[:1]


def _co(head: Head) -> tuple[Drafted[str], ...]:
    labels = [
        one
        for line in head.labelled_lines()
        for one in bodies.labelled(line, "co_labels", "co.label")
    ]
    found = {one.value: one for one in [*labels, *bodies.co_handlers(head.opening)]}
    return tuple(found.values())


def _consulted(head: Head) -> tuple[Drafted[str], ...]:
    co = {one.value for one in _co(head)}
    return tuple(one for one in bodies.asked(head.opening) if one.value not in co)


def _unless_bodies(kind: Drafted[str], proposers: people.Proposers) -> tuple[Drafted[str], ...]:
    """A co-handler's opinion is addressed to the lead, which is no proposer."""
    names = proposers.names
    return (
        () if kind.value == "co_opinion" and any(bodies.is_body(n.value) for n in names) else names
    )
