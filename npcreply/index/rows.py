"""A file as rows of the index: facts only, nothing of the day.

A promise's text stands folded before the promises themselves, one a line: a search unpacks and
looks, without making anything of what it leaves aside.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from npcreply.domain.findings import Finding
from npcreply.domain.judging import duties
from npcreply.domain.judging.outlook import Outlook, outlook
from npcreply.domain.record import lines
from npcreply.domain.record.json_values import to_plain
from npcreply.domain.record.lines import MeasureLine, ReplyLine
from npcreply.domain.record.names import number_order
from npcreply.domain.record.settings import Settings
from npcreply.index.freshness import Taken
from npcreply.index.packing import packed
from npcreply.index.values import Row, checksum_of, day_number, folded
from npcreply.language import chosen


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


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)

Alike = Mapping[str, str | None]
"""By what promises say, folded, the keys that were made of it."""


def of_replies(
    found: Sequence[tuple[ReplyLine, Sequence[MeasureLine]]],
    settings: Settings,
    known: Alike | None = None,
) -> list[tuple[Row, list[Row]]]:
    """Return the row of each reply, and those of its promises in their order; `known` are keys that
    were made before. A step is done for all of them before the next one (see
    `codec.each_recognised`).
    """
    promises = [(item, line) for _reply, own in found for item, line in enumerate(own, 1)]
    words = [folded(line.measure.text) for _item, line in promises]
    alike = _keys(words, known or {})
    ahead = [outlook(line, settings) for _item, line in promises]
    made = map(_promise_row, promises, words, alike, ahead)
    rows = [list(islice(made, len(own))) for _reply, own in found]
    left = iter(words)
    said = [_measures_text(own, left) for _reply, own in found]
    return [
        (_reply_row(reply, text, own), own)
        for (reply, _promises), text, own in zip(found, said, rows, strict=True)
    ]


def _keys(words: Sequence[str], known: Alike) -> list[str | None]:
    """Making keys needs all the words that promises are compared by: a slip mended elsewhere in a
    record asks for none.
    """
    if all(said in known for said in words):
        return [known[said] for said in words]
    from npcreply.repeats.keys import keys

    return [known[said] if said in known else _listed(keys(said)) for said in words]


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
        "words": checksum_of(words),
        "alike": alike,
    }


def _listed(keys: Iterable[str]) -> str | None:
    """Return keys as |a|b|, None where there are none: such a row is in no index of them."""
    return "".join(f"|{key}" for key in sorted(keys)) + "|" if keys else None


def _json(plain: object) -> str:
    return _ENCODER.encode(plain)


def _day(day: date | None) -> int | None:
    return day_number(day) if day else None
