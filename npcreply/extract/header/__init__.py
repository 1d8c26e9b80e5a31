"""Who answers what to whom and when: the header of a reply, each field with its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from npcreply.dataclass import dataclass, field_names, replace
from npcreply.extract.days import letter_year
from npcreply.extract.days.letter_year import Evidence
from npcreply.extract.header import bodies, handling, inquiry, people, suggestion
from npcreply.extract.header import foot as feet
from npcreply.extract.header import kind as kinds
from npcreply.extract.header.doubts import doubts as head_doubts
from npcreply.extract.header.head import Head, head_of
from npcreply.extract.header.inquiry import Asked
from npcreply.extract.model import Doubt, Drafted, Known, Span
from npcreply.extract.page import Cleaned
from npcreply.extract.reasons import against

KIND_GIVEN = "kind.given"  # the text is no answer, and is read as one all the same
_FIRST_LINES = 3  # paragraphs in which a letter says who took the suggestion up


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`kind`: suggestion, proposal, inquiry; article, letter (an official one), co_opinion, message
    (an answer to a citizen) and progress (a report on what was answered before) draft no record.
    A field that the text does not print is None or (). `year` is that of reply_date, else the best
    that is known of it: deadlines count from it. `frame`: title,
    addressee, opener, sign-off (source ranges); they hold no promises. `others`: heads of further
    letters on the page, which are not read. For the scorer `co` is co + consulted, and contact
    name + phone.
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
    between_sessions: Drafted[bool] | None = None
    assigned_on: Drafted[date] | None = None
    leader: Drafted[str] | None = None
    met: tuple[Drafted[date], ...] = ()
    feedback: Drafted[str] | None = None  # satisfied, basically_satisfied, dissatisfied
    attitude: Drafted[str] | None = None  # the same, of the attitude, where a form asks for it
    carried_from: Drafted[str] | None = None  # 2023-45
    contact: Drafted[str] | None = None
    phone: Drafted[str] | None = None
    year: Drafted[int] | None = None
    questions: tuple[Asked, ...] = ()
    frame: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def values(self) -> Iterator[tuple[str, tuple[Drafted[Any], ...]]]:
        """Yield each field that was read out of the text, by its name, with its values."""
        for name in field_names(self):
            value = getattr(self, name)
            every = value if isinstance(value, tuple) else (value,)
            if read := tuple(one for one in every if isinstance(one, Drafted)):
                yield name, read


def header(cleaned: Cleaned, known: Known | None = None) -> Header:
    """Return the header of the letter; silence stays None. What is `known` stands before what the
    text prints.
    """
    head, known = head_of(cleaned), known or Known()
    questions = inquiry.questions(cleaned)
    if questions:
        return _of_inquiry(head, questions, known)
    if kinds.is_progress(head):
        return replace(_of_answer(head, known), kind=Drafted("progress", 0, 0, "", "kind.progress"))
    answer = kinds.is_answer(head.headline, head.addressee, head.opening) or kinds.is_form(head)
    if not answer and not known.kind:
        return _of_message(head) if kinds.answers_message(head) else _of_article(head)
    found = _of_answer(head, known)
    if answer or not known.kind:
        return found
    return replace(found, kind=Drafted(known.kind, 0, 0, "", KIND_GIVEN, against("kind_given")))


def _of_inquiry(head: Head, questions: tuple[Asked, ...], known: Known) -> Header:
    kind = inquiry.kind_words(head.cleaned)
    published = feet.published(head)  # within days of the meeting
    day = _replied(known, None)
    return Header(
        kind=kind or Drafted("inquiry", *_place(questions[0]), rule="kind.questions"),
        title=head.first_headline(),
        reply_date=day,
        publish_date=published,
        index_no=feet.index_no(head),
        year=letter_year.year(
            head.cleaned,
            Evidence(
                day or (None if known.year else published),
                published=published,
                known=known,
                inquiry=True,
            ),
        ),
        questions=questions,
    )


def _place(question: Asked) -> tuple[int, int, str]:
    return question.question.start, question.question.end, question.question.words


def _of_article(head: Head) -> Header:
    return Header(
        kind=Drafted("letter" if kinds.is_letter(head) else "article", 0, 0, "", "kind.no_answer"),
        title=head.first_headline(),
        publish_date=feet.published(head),
        index_no=feet.index_no(head),
        year=letter_year.year(head.cleaned, Evidence()),
    )


def _of_message(head: Head) -> Header:
    foot = feet.foot(head)
    day = foot.date or kinds.answered_on(head)
    return Header(
        kind=Drafted("message", 0, 0, "", "kind.message"),
        title=kinds.message_subject(head),
        lead=foot.signer,
        reply_date=day,
        publish_date=feet.published(head),
        index_no=feet.index_no(head),
        year=letter_year.year(head.cleaned, Evidence(day)),
        frame=head.frame(),
    )


def _replied(known: Known, printed: Drafted[date] | None) -> Drafted[date] | None:
    """The reply's day as the clerk has it, else as the letter prints it."""
    if known.reply_date and (printed is None or printed.value != known.reply_date):
        return Drafted(known.reply_date, 0, 0, "", "reply_date.given")
    return None if known.undated else printed


def _of_answer(head: Head, known: Known) -> Header:
    numbers = [suggestion.numbers(part) for part in head.parts()]
    sessions = [session for part in head.parts() for session in suggestion.sessions(part)]
    number = next((number for part in numbers for number in part.found), None)
    proposers = head.proposers()
    foot = feet.foot(head)
    name, phone = people.contact([*foot.lines, *head.labelled_lines()])
    kind = kinds.kind(head.headline, head.addressee, head.opening)
    co = _co(head)
    drafted = Header(
        kind=kind,
        round=kinds.again(head.headline, head.opening),
        number=number,
        doc_no=feet.doc_no(head),
        session=suggestion.fullest(sessions),
        title=head.own_title(),
        lead=_lead(head, foot),
        co=co,
        consulted=_consulted(head, co),
        deputies=_unless_bodies(kind, proposers),
        deputy_count=proposers.count,
        reply_date=_replied(
            known, foot.date or feet.dated_by_table(head) or kinds.answered_on(head)
        ),
        publish_date=feet.published(head),
        index_no=feet.index_no(head),
        disclosure=feet.disclosure(head, foot),
        letter=feet.letter(head, foot),
        scheme=feet.scheme(head, foot),
        between_sessions=_between_sessions(head),
        assigned_on=handling.assigned_on(head),
        leader=handling.leader(head),
        feedback=handling.feedback(head),
        attitude=handling.attitude(head),
        carried_from=handling.carried_from(head),
        contact=name,
        phone=phone,
        frame=head.frame(foot.signed),
        others=head.others(),
    )
    doubts = head_doubts(head, numbers, sessions, foot, (drafted.reply_date, drafted.publish_date))
    evidence = Evidence(
        drafted.reply_date,
        feet.year_of_month(foot),
        drafted.doc_no,
        drafted.publish_date,
        known,
    )
    year = letter_year.year(head.cleaned, evidence)
    reply = drafted.reply_date.value if drafted.reply_date else None
    met = handling.met(head, year.value if year else None, reply)
    return replace(drafted, year=year, met=met, doubts=doubts)


def _between_sessions(head: Head) -> Drafted[bool] | None:
    places = [head.headline, head.opening, *head.labelled_lines()]
    return next(filter(None, map(suggestion.between_sessions, places)), None)


def _lead(head: Head, foot: feet.Foot) -> Drafted[str] | None:
    """The sender in the headline or the signer, the fuller of two that agree; else a label's."""
    title, signature = bodies.sender(head.headline), foot.signer
    if title and signature:
        return signature if title.value in signature.value else title
    behind = bodies.named_behind(head.headline)
    labels = [body for line in head.labelled_lines() for body in bodies.labelled_lead(line)[:1]]
    label = labels[0] if labels else None
    of_page = _of_page(head)
    return title or signature or behind or label or of_page or _taking_up(head)


def _of_page(head: Head) -> Drafted[str] | None:
    """The issuer or source that the page names: sure where the letter speaks as such a body."""
    body = feet.issuer(head) or feet.source(head)
    if body and bodies.speaks(head.cleaned.shadow.text, body.value):
        return replace(body, doubt=None)
    return body


def _taking_up(head: Head) -> Drafted[str] | None:
    """The body that the first paragraphs say took the suggestion up."""
    body = [line for line in head.lines if line.start >= head.marks.head][:_FIRST_LINES]
    return next(filter(None, (bodies.took_up(head.line(line)) for line in body)), None)


def _co(head: Head) -> tuple[Drafted[str], ...]:
    labels = [body for line in head.labelled_lines() for body in bodies.labelled_co(line)]
    by_name = {body.value: body for body in (*labels, *bodies.co_handlers(head.opening))}
    return tuple(by_name.values())


def _consulted(head: Head, co: tuple[Drafted[str], ...]) -> tuple[Drafted[str], ...]:
    names = {body.value for body in co}
    return tuple(body for body in bodies.asked(head.opening) if body.value not in names)


def _unless_bodies(kind: Drafted[str], proposers: people.Proposers) -> tuple[Drafted[str], ...]:
    """A co-handler's opinion is addressed to the lead, which is no proposer."""
    names = proposers.names
    to_body = any(bodies.is_body(name.value) for name in names)
    return () if kind.value == "co_opinion" and to_body else names
