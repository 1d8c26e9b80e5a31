"""What in a letter's head does not agree with itself: numbers, sessions, dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from npcreply.dataclass import dataclass
from npcreply.extract.header import foot as feet
from npcreply.extract.header import people, suggestion
from npcreply.extract.header.foot import Foot
from npcreply.extract.header.head import Head
from npcreply.extract.header.suggestion import Numbers
from npcreply.extract.model import Doubt, Drafted
from npcreply.language import _, listed, shortened

Day = Drafted[date] | None
_SHOWN = 40  # characters of a headline that a message repeats
_NAMED = 4  # so many further letters are named
CONTRARY = frozenset({"numbers", "sessions", "dates", "published_early"})
"""Doubts about two places of the head that cannot both be right."""


def doubts(
    head: Head,
    numbers: list[Numbers],
    sessions: list[Drafted[str]],
    foot: Foot,
    days: tuple[Day, Day],
) -> tuple[Doubt, ...]:
    """Return the doubts; `days` are the reply's date and that of its publication, as drafted."""
    return (
        *_of_letters(head),
        *foot.doubts,
        *_of_numbers(numbers),
        *_of_sessions(sessions),
        *_of_table(foot.date, feet.dated_by_table(head)),
        *_of_publication(*days),
        *_of_masks(head, foot),
    )


def _of_letters(head: Head) -> Iterator[Doubt]:
    """Several letters on one page: the places of the first and of each further one."""
    heads = head.marks.others
    others = [_place(head, *at) for at in heads[:_NAMED]]
    if others:
        tops = [at for at in (head.marks.title, head.marks.addressee, head.marks.opener) if at]
        first = _place(head, *min(tops))
        text = _("这里有 {count} 件答复：{places}；只起草了第一件，其余的另存成文件再读")
        places = listed(
            _("第 {line} 行“{words}”").format(line=place.line, words=place.words)
            for place in (first, *others)
        )
        message = text.format(
            count=1 + len(heads), places=places + ("…" if len(heads) > _NAMED else "")
        )
        yield Doubt("letters", message, others[0].start, others[0].end)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a letter begins: the number of its line in the text, counted from 1, and its words."""

    line: int
    start: int
    end: int
    words: str


def _place(head: Head, start: int, end: int) -> _Place:
    """The first line of a letter's head at shadow.text[start:end]."""
    at, until = head.cleaned.shadow.source(start, end)
    text = head.cleaned.text
    shown = shortened(text[at:until].partition("\n")[0], _SHOWN)
    return _Place(text.count("\n", 0, at) + 1, at, until, shown)


def _of_numbers(numbers: list[Numbers]) -> Iterator[Doubt]:
    printed = [number for part in numbers for number in part.found]
    values = list(dict.fromkeys(number.value for number in printed))
    if len(values) > 1:
        other = next(number for number in printed if number.value != values[0])
        text = _("信里有几个编号：{numbers}，用了 {first}")
        message = text.format(numbers="、".join(values), first=values[0])
        yield Doubt("numbers", message, other.start, other.end)
    lost = [place for part in numbers for place in part.lost]
    if lost and not printed:
        yield Doubt("number_lost", _("“第号”丢了数字，编号没有填"), *lost[0])


def _of_sessions(sessions: list[Drafted[str]]) -> Iterator[Doubt]:
    first = sessions[0] if sessions else None
    for session in sessions[1:]:
        if first and suggestion.ordinals(session.value) != suggestion.ordinals(first.value):
            text = _("届次前后不一：“{one}”和“{other}”")
            message = text.format(one=first.value, other=session.value)
            yield Doubt("sessions", message, session.start, session.end)
            return


def _of_table(signed: Day, table: Day) -> Iterator[Doubt]:
    if signed and table and table.value != signed.value:
        text = _("落款是 {foot}，表里的成文日期是 {table}，用了落款")
        message = text.format(foot=signed.value.isoformat(), table=table.value.isoformat())
        yield Doubt("dates", message, table.start, table.end)


def _of_publication(replied: Day, published: Day) -> Iterator[Doubt]:
    if replied and published and published.value < replied.value:
        text = _("发布日期 {published} 早于答复日期 {replied}")
        message = text.format(
            published=published.value.isoformat(), replied=replied.value.isoformat()
        )
        yield Doubt("published_early", message, published.start, published.end)


def _of_masks(head: Head, foot: Foot) -> Iterator[Doubt]:
    """Names and telephones that the page hides are left out, not in silence."""
    named = [head.addressee, *filter(people.is_proposers, head.labelled_lines())]
    for name in (name for line in named for name in people.masked_names(line)):
        text = _("代表姓名“{words}”被网页遮盖，没有填")
        yield Doubt("deputy_masked", text.format(words=name.words), name.start, name.end)
    for phone in people.masked_phones([*foot.lines, *head.labelled_lines()])[:1]:
        text = _("电话“{words}”被网页遮盖，没有填")
        yield Doubt("phone_masked", text.format(words=phone.words), phone.start, phone.end)
