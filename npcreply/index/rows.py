"""A file as rows of the index, and rows as lines again: facts only, nothing of the day."""

from __future__ import annotations

import gc
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, NamedTuple, TypeVar

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
from npcreply.language import chosen

Row = dict[str, object]
_GUARDED = ("digest", "readable", "language", "findings")
T = TypeVar("T")
NEVER = date.max.isoformat()

_UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Ahead(NamedTuple):
    """So many open promises that stand alike from some day on, and their force."""

    outlook: Outlook
    force: str
    promises: int


def checksum(rows: Iterable[Iterable[object]]) -> int:
    """Return a checksum of values as the database gives them back: truth is 0 or 1 there."""
    found = 0
    for row in rows:
        values = [int(value) if isinstance(value, bool) else value for value in row]
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


def reply_row(line: ReplyLine) -> Row:
    """Return the row of a reply."""
    return {
        "path": line.path,
        "id": line.id,
        "kind": line.kind,
        "year": line.year,
        "number": line.number,
        "session": line.session,
        "title": line.title or "",
        "lead": line.lead,
        "reply_date": _day(line.reply_date),
        "settled_on": _day(duties.settled_on(line)) or NEVER,
        "place": number_order(line.id),
        "text": _folded(line.title or ""),
        "line": _json(to_plain(line)),
    }


def promise_rows(promises: Iterable[MeasureLine], settings: Settings) -> list[Row]:
    """Return the rows of a reply's promises, which come in their order."""
    found = enumerate(promises, 1)
    return [_promise_row(line, f"{place:06}", settings) for place, line in found]


def _folded(text: str) -> str:
    from npcreply.grammar.folding import folded  # a table that reading the index does not need

    return folded(text)


def stored(rows: Iterable[tuple[Any, ...]]) -> dict[str, Known]:
    """Return what the index says of each file, by name."""
    return {row[0]: row for row in rows}


def reply_lines(rows: Iterable[tuple[Any, ...]]) -> list[ReplyLine]:
    """Return the replies of rows (line). Raises DamagedError."""
    return [_made(ReplyLine, line) for (line,) in rows]


def measure_lines(
    rows: Iterable[tuple[Any, ...]], wanted: Callable[[tuple[str, ...]], bool]
) -> list[MeasureLine]:
    """Return the promises of rows (line, measure, departments) whose departments are wanted.

    Promises of one reply share its line. Raises DamagedError.
    """
    is_wanted = cache(lambda names: wanted(tuple(filter(None, names.split("\n")))))
    reply = cache(lambda line: _made(ReplyLine, line))
    with _no_collecting():
        return [
            MeasureLine(reply(line), _made(Measure, measure))
            for line, measure, departments in rows
            if is_wanted(departments)
        ]


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


def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _promise_row(line: MeasureLine, item: str, settings: Settings) -> Row:
    measure = line.measure
    days = lines.deadlines(measure)
    from_then_on = outlook(line, settings)
    return {
        "path": line.reply.path,
        "item": item,
        "id": line.id,
        "deadline": _day(measure.deadline.date if measure.deadline else None),
        "first_deadline": _day(days[0] if days else None),
        "closed_on": _day(lines.closed_for_good_on(measure)),
        "repeats": bool(measure.cadence),
        "known_by": from_then_on.known_by.isoformat(),
        "met": from_then_on.met,
        "due": _day(from_then_on.due),
        "watch": _day(from_then_on.watch),
        "force": measure.force or "firm",
        "departments": "\n".join(line.departments),
        "carried_from": measure.carried_from,
        "text": _folded(measure.text),
        "measure": _json(to_plain(measure)),
    }


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Everything made here stays: collecting meanwhile finds nothing and takes a third longer."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _made(kind: type[T], text: str) -> T:
    try:
        return from_plain(kind, json.loads(text))
    except _UNREADABLE as error:
        raise DamagedError from error


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
