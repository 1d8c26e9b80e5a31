"""Rows of the index as what was asked for: lines, texts, findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.record.json_values import from_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.index.engine import DamagedError
from npcreply.index.packing import unpacked
from npcreply.index.values import folded, no_collecting, read_day

if TYPE_CHECKING:  # judging is not needed on every way to an answer
    from npcreply.domain.judging.outlook import Outlook

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Ahead(NamedTuple):
    """So many open promises that stand alike from some day on, and their force."""

    outlook: Outlook
    force: str
    promises: int


class PromiseText(NamedTuple):
    """What a promise says, folded, with the year of its reply and who must act; `links`: a promise
    with nothing but what it says of others, where it says anything.
    """

    id: str
    year: int
    departments: tuple[str, ...]
    text: str
    links: Measure | None


class Marked(NamedTuple):
    """Where a promise stands (the record's file, its place among the promises there, from 1), the
    year of its reply, and the keys by which it is found.
    """

    path: str
    item: int
    year: int
    keys: frozenset[str]


def reply_lines(rows: Iterable[tuple[Any, ...]], word: str = "") -> list[ReplyLine]:
    """Return the replies of rows (line, title) whose title has the word. Raises DamagedError."""
    return [_reply(line) for line, title in rows if not word or word in folded(title)]


def measure_lines(
    rows: Iterable[tuple[Any, ...]], wanted: Callable[[tuple[str, ...]], bool], word: str = ""
) -> list[MeasureLine]:
    """Return the promises of rows (line, title, measures, item, departments) whose departments are
    wanted, and that have the folded word in their own text or in the reply's title.

    Promises of one reply, which come one after the other, share its line. Raises DamagedError.
    """
    with no_collecting():
        return list(each_measure_line(by_reply(rows, wanted), word))


def by_reply(
    rows: Iterable[tuple[Any, ...]], wanted: Callable[[tuple[str, ...]], bool]
) -> Iterator[tuple[Any, ...]]:
    """Yield (line, title, measures, items wanted) of each reply that has any."""
    is_wanted = cache(lambda names: wanted(tuple(filter(None, names.split("\n")))))
    for (line, title, measures), own in groupby(rows, key=itemgetter(0, 1, 2)):
        items = [item for _line, _title, _all, item, names in own if is_wanted(names)]
        if items:
            yield line, title, measures, items


def each_measure_line(replies: Iterable[tuple[Any, ...]], word: str) -> Iterator[MeasureLine]:
    """Yield the promises of what `by_reply` gives, as `measure_lines` returns them."""
    for line, title, measures, items in replies:
        left = word if word and word not in folded(title) else ""
        yield from _of_reply(line, measures, items, left)


def promise_texts(rows: Iterable[tuple[Any, ...]]) -> list[PromiseText]:
    """Return what the promises of rows (reply's id, year, measures, item, departments) say.

    Raises DamagedError.
    """
    found = []
    try:
        for (reply, year, measures), own in groupby(rows, key=itemgetter(0, 1, 2)):
            words, plain = _measures(measures)
            for *_same, item, names in own:
                measure = plain[item - 1]
                bodies = tuple(filter(None, names.split("\n")))
                name, text = f"{reply}.{measure['id']}", words[item - 1]
                found.append(PromiseText(name, year, bodies, text, _links(measure)))
    except _UNREADABLE as error:
        raise DamagedError from error
    return found


def called(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, str]]:
    """Return what the promises of rows (reply's id, number, measures) may be called, by full id and
    by number, each with its text. Raises DamagedError.
    """
    try:
        return [
            (f"{name}.{measure['id']}", measure.get("text", ""))
            for reply, number, measures in rows
            for measure in _measures(measures)[1]
            for name in (reply, number)
        ]
    except _UNREADABLE as error:
        raise DamagedError from error


def alike(rows: Iterable[tuple[Any, ...]]) -> dict[str, str | None]:
    """Return by what promises say, folded, the keys kept with them, of rows (measures, item, keys).

    Raises DamagedError.
    """
    try:
        return {_measures(data)[0][item - 1]: keys for data, item, keys in rows}
    except _UNREADABLE as error:
        raise DamagedError from error


def marked(rows: Iterable[tuple[Any, ...]]) -> list[Marked]:
    """Return by what promises of rows (path, item, year, keys) are found."""
    return [
        Marked(path, item, year, frozenset(filter(None, keys.split("|"))))
        for path, item, year, keys in rows
    ]


def _links(measure: dict[str, Any]) -> Measure | None:
    said = {key: value for key, value in measure.items() if key in _LINKS}
    return from_plain(Measure, {"id": measure["id"], **said}) if said else None


_LINKS = frozenset({"carried_from", "repeats", "differs"})


def said(rows: Iterable[tuple[Any, ...]], text: str) -> list[str]:
    """Return the ids of the promises of rows (reply's id, measures, item) that say just this.

    Raises DamagedError.
    """
    found = []
    try:
        for reply, measures, item in rows:
            words, plain = _measures(measures)
            if words[item - 1] == folded(text):
                found.append(f"{reply}.{plain[item - 1]['id']}")
    except _UNREADABLE as error:
        raise DamagedError from error
    return found


def _of_reply(line: bytes, measures: bytes, items: list[int], word: str) -> list[MeasureLine]:
    try:
        words, plain = _measures(measures, word)
        kept = [item for item in items if not word or word in words[item - 1]]
        reply = _reply(line) if kept else None
        return [
            MeasureLine(reply, from_plain(Measure, plain[item - 1]))  # type: ignore[arg-type]
            for item in kept
        ]
    except _UNREADABLE as error:
        raise DamagedError from error


def _measures(data: bytes, word: str = "") -> tuple[list[str], list[dict[str, Any]]]:
    """Return the folded texts and the promises; nothing for promises none of which has the word."""
    *words, plain = unpacked(data).split("\n")
    if word and not any(word in text for text in words):
        return words, []
    return words, json.loads(plain)


def _reply(line: bytes) -> ReplyLine:
    try:
        return from_plain(ReplyLine, json.loads(unpacked(line)))
    except _UNREADABLE as error:
        raise DamagedError from error


def findings(text: str) -> list[Finding]:
    """Return the errors kept with an unreadable file. Raises DamagedError."""
    try:
        kept = json.loads(text)
        return [Finding(**{**item, "severity": Severity(item["severity"])}) for item in kept]
    except _UNREADABLE as error:
        raise DamagedError from error


def ahead(rows: Iterable[tuple[Any, ...]]) -> list[Ahead]:
    """Return how many open promises stand alike, of rows (due, met, force, count)."""
    from npcreply.domain.judging.outlook import Outlook

    try:
        return [
            Ahead(Outlook(known_by=date.min, met=bool(met), due=read_day(due)), force, count)
            for due, met, force, count in rows
        ]
    except _UNREADABLE as error:
        raise DamagedError from error
