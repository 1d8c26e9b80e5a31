"""A file as rows of the index, and rows as lines again: facts only, nothing of the day.

A promise's text stands folded before the promises themselves, one a line: a search unpacks and
looks, without making anything of what it leaves aside.
"""

from __future__ import annotations

import gc
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from npcreply.domain.findings import Finding, Severity
from npcreply.domain.judging import duties
from npcreply.domain.judging.outlook import Outlook, outlook
from npcreply.domain.record import lines
from npcreply.domain.record.json_values import from_plain, to_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.model import Measure
from npcreply.domain.record.names import number_order
from npcreply.domain.record.settings import Settings
from npcreply.index.engine import DamagedError
from npcreply.index.freshness import Known, Taken
from npcreply.index.packing import packed, unpacked
from npcreply.language import chosen

Row = dict[str, object]
_GUARDED = ("digest", "readable", "language", "findings")

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


def checksum(rows: Iterable[Iterable[object]]) -> int:
    """Return a checksum of values as the database gives them back: truth is 0 or 1 there."""
    found = 0
    for row in rows:
        values = [1 if value is True else 0 if value is False else value for value in row]
        found = zlib.crc32(repr(values).encode("utf-8", "backslashreplace"), found)
    return found


def with_checksum(file: Row, reply: Row | None, promises: Iterable[Row]) -> Row:
    """Return the row of a file with the checksum of all its rows, in the order of the tables."""
    guarded = [file[name] for name in _GUARDED]
    replies = [reply.values()] if reply else []
    own = [guarded, *replies, *(promise.values() for promise in promises)]
    return {**file, "checksum": checksum(own)}


def verify(
    files: Iterable[tuple[Any, ...]],
    replies: Iterable[tuple[Any, ...]],
    promises: Iterable[tuple[Any, ...]],
) -> None:
    """Raise DamagedError where the rows of a file are not those that were written for it, or where
    rows belong to no file. The files' rows begin with path and checksum; all come by path.
    """
    of_reply, of_promise = _by_path(replies), _by_path(promises)
    for path, wanted, *file in files:
        rows = [file, *of_reply.pop(path, []), *of_promise.pop(path, [])]
        if checksum(rows) != wanted:
            raise DamagedError(path)
    if of_reply or of_promise:
        raise DamagedError(*of_reply, *of_promise)


def _by_path(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def file_row(taken: Taken, errors: Iterable[Finding]) -> Row:
    """Return the row of a file; `errors` say why it is unreadable, none where it is readable."""
    said = [to_plain(error) for error in errors]
    return {
        "path": taken.listed.key,
        **taken.listed.kept._asdict(),
        "digest": taken.digest,
        "readable": not said,
        "language": chosen(),
        "findings": _json(said),
    }


def stamp_row(taken: Taken) -> Row:
    """Return what renews the stat of a file whose content is as stored."""
    new = taken.listed.kept
    return {
        "path": taken.listed.key,
        "new_size": new.size,
        "new_mtime_ns": new.mtime_ns,
        "new_ctime_ns": new.ctime_ns,
        "new_inode": new.inode,
    }


def of_replies(
    found: Sequence[tuple[ReplyLine, Sequence[MeasureLine]]], settings: Settings
) -> list[tuple[Row, list[Row]]]:
    """Return the row of each reply, and those of its promises in their order. A step is done for
    all of them before the next one (see `codec.each_recognised`).
    """
    from npcreply.repeats.keys import keys  # what reading the index does not need

    promises = [(item, line) for _reply, own in found for item, line in enumerate(own, 1)]
    words = [_folded(line.measure.text) for _item, line in promises]
    alike = [_listed(keys(folded)) for folded in words]
    ahead = [outlook(line, settings) for _item, line in promises]
    made = map(_promise_row, promises, words, alike, ahead)
    rows = [list(islice(made, len(own))) for _reply, own in found]
    left = iter(words)
    said = [_measures_text(own, left) for _reply, own in found]
    return [
        (_reply_row(reply, text, own), own)
        for (reply, _promises), text, own in zip(found, said, rows, strict=True)
    ]


def _measures_text(own: Sequence[MeasureLine], words: Iterator[str]) -> str:
    """The folded texts of a reply's promises, the next ones of `words`, and the promises."""
    plain = [to_plain(line.measure) for line in own]
    return "\n".join([*islice(words, len(own)), _json(plain)])


def _reply_row(line: ReplyLine, measures: str, promises: Iterable[Row]) -> Row:
    return {
        "path": line.path,
        "id": line.id,
        "kind": line.kind,
        "year": line.year,
        "number": line.number,
        "title": line.title or "",
        "settled_on": day_number(duties.settled_on(line) or date.max),
        "place": number_order(line.id),
        "known_by": max((row["known_by"] for row in promises), default=0),  # type: ignore[type-var]
        "line": packed(_json(to_plain(line))),
        "measures": packed(measures),
    }


def words_of(text: str) -> int:
    """Return the checksum by which promises that say just this are found."""
    return _checksum_of(_folded(text))


def _checksum_of(words: str) -> int:
    return zlib.crc32(words.encode("utf-8", "backslashreplace"))


def day_number(day: date) -> int:
    """Return a day as the tables have it: 20231231."""
    return day.year * 10_000 + day.month * 100 + day.day


def _folded(text: str) -> str:
    from npcreply.grammar.folding import fold  # a table that reading the index does not need

    return fold(text)


def stored(rows: Iterable[tuple[Any, ...]]) -> dict[str, Known]:
    """Return what the index says of each file, by name."""
    return {row[0]: row for row in rows}


def reply_lines(rows: Iterable[tuple[Any, ...]], word: str = "") -> list[ReplyLine]:
    """Return the replies of rows (line, title) whose title has the word. Raises DamagedError."""
    return [_reply(line) for line, title in rows if not word or word in _folded(title)]


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
        left = word if word and word not in _folded(title) else ""
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
            if words[item - 1] == _folded(text):
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
    try:
        return [
            Ahead(Outlook(known_by=date.min, met=bool(met), due=_read_day(due)), force, count)
            for due, met, force, count in rows
        ]
    except _UNREADABLE as error:
        raise DamagedError from error


def _read_day(number: int | None) -> date | None:
    return date(number // 10_000, number // 100 % 100, number % 100) if number else None


def _promise_row(
    promise: tuple[int, MeasureLine], words: str, alike: str | None, ahead: Outlook
) -> Row:
    item, line = promise
    measure = line.measure
    days = lines.deadlines(measure)
    return {
        "path": line.reply.path,
        "item": item,
        "undated": not (measure.deadline and measure.deadline.date),
        "first_deadline": _day(days[0] if days else None),
        "closed_on": _day(lines.closed_for_good_on(measure)),
        "repeats": bool(measure.cadence),
        "known_by": day_number(ahead.known_by),
        "met": ahead.met,
        "due": _day(ahead.due),
        "watch": _day(ahead.watch),
        "force": measure.force or "firm",
        "departments": "\n".join(line.departments),
        "carried_from": measure.carried_from,
        "words": _checksum_of(words),
        "alike": alike,
    }


def _listed(keys: Iterable[str]) -> str | None:
    """Return keys as |a|b|, None where there are none: such a row is in no index of them."""
    return "".join(f"|{key}" for key in sorted(keys)) + "|" if keys else None


@contextmanager
def no_collecting() -> Iterator[None]:
    """Everything made here stays: collecting meanwhile finds nothing and takes a third longer."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _day(day: date | None) -> int | None:
    return day_number(day) if day else None
