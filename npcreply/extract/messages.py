"""An authority's answer to a citizen's message: no reply to a deputy, but it promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from npcreply.extract.head import Head
from npcreply.extract.passage import Passage
from npcreply.extract.phrases import any_of, words
from npcreply.extract.printed_days import DAY, day_of
from npcreply.extract.values import Drafted

_HEAD = 1500  # characters in which a message says whom it answers


def answers_message(head: Head) -> bool:
    """Return whether the text answers somebody's message: 网友, 留言 … 现回复如下."""
    first = head.cleaned.shadow.text[:_HEAD]
    return all(pattern.search(first) for pattern in (_citizens(), _answered()))


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
def _citizens() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "citizens")))


@cache
def _answered() -> re.Pattern[str]:
    return re.compile(any_of(words("letter", "answered_message")))
