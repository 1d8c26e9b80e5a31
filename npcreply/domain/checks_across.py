"""What records say of each other: a number or an id used twice, a record that is not there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeAlias

from npcreply.domain import identity
from npcreply.domain.checks_parts import Parent, parent_of
from npcreply.domain.doubts import Doubt, Place, doubt, promises
from npcreply.domain.figures import goals
from npcreply.domain.model import Measure, Record
from npcreply.domain.references import meant
from npcreply.errors import UsageError
from npcreply.language import _

Shelf: TypeAlias = Sequence[tuple[str, Record]]
"""Every record that could be read, with its path relative to the workspace."""

Placed: TypeAlias = tuple[str, Doubt]
"""A doubt with the path of the file that it stands in."""

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9]+$)")


def compared(record: Record) -> Record:
    """Return the record without what no check across records reads: 10,000 of them stay in memory
    until the last file is read.
    """
    return replace(record, measures=tuple(map(_slim, record.measures)), questions=(), note=None)


def same_number(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """One session gives a number once. A record without a session counts for every session."""
    seen: dict[str, dict[str | None, tuple[str, Record]]] = {}
    for path, record in shelf:
        sessions = seen.setdefault(_number_key(record), {})
        first = _same_session(sessions, record.session)
        if first and first[1].id != record.id:
            message = _("编号 {number} 在同一届次里用了两次，另一件是 {other}")
            yield (
                path,
                doubt(
                    ("number",),
                    "duplicate-number",
                    message.format(number=record.number, other=first[0]),
                    _(
                        "打错了：npcreply renumber {id} 新编号；同一件录了两次：npcreply rm {id}。"
                    ).format(id=record.id),
                ),
            )
        sessions.setdefault(record.session, (path, record))


def same_id(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """The file's stem is the id, in whichever folder it lies; Windows knows no upper case."""
    first: dict[str, str] = {}
    for path, record in shelf:
        other = first.setdefault(record.id.casefold(), path)
        if other != path:
            message = _("编号 {id} 有两个文件，另一个是 {other}")
            yield (
                path,
                doubt(
                    (),
                    "duplicate-id",
                    message.format(id=record.id, other=other),
                    _(
                        "是同一件就把内容并到一个文件，删去另一个；不是就改正年份或编号，再改文件名。"
                    ),
                ),
            )


def year_folders(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """replies/2023/ holds the records of 2023."""
    for path, record in shelf:
        folder = PurePosixPath(path).parent.name
        if re.fullmatch(r"[0-9]{4}", folder) and int(folder) != record.year:
            message = _("年份是 {year}，文件却在 {folder} 文件夹里")
            yield (
                path,
                doubt(
                    ("year",),
                    "year-folder",
                    message.format(year=record.year, folder=folder),
                    _("把文件移到 replies/{year}，或改正年份：npcreply edit {id}。").format(
                        year=record.year, id=record.id
                    ),
                ),
            )


def unknown_records(shelf: Shelf, unread: Collection[str]) -> Iterator[Placed]:
    """What a record repeats, continues or goes into must be there; files nobody could read are."""
    known = {record.id: record for _path, record in shelf}
    for path, record in shelf:
        for at, own, said in _references(record):
            named, measure = both = meant(said, record.id, in_promise=at[0] == "measures")
            if both == own:
                yield path, _itself(record, at, said)
            elif named not in unread and not _holds(known.get(named), measure):
                yield path, _unknown(record, at, said)


def later_named(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """What is repeated was raised before, what goes on was promised in an earlier year."""
    for path, record in shelf:
        for at, _own, said in _references(record):
            carried = at[-1] == "carried_from"
            year = re.match(r"([0-9]{4})-", said.strip())
            if (carried or at[0] == "repeats") and year:
                if int(year[1]) <= record.year - carried:
                    continue
                message = _("“{said}”不比这一件早，不会是{word}")
                word = _("上年续办的") if carried else _("以前提过的")
                remedy = _("编号写反了就改到那一件上：npcreply edit {id}。").format(id=record.id)
                yield path, doubt(at, "link-to-later", message.format(said=said, word=word), remedy)


def unknown_wholes(shelf: Shelf, unread: Collection[str]) -> Iterator[Placed]:
    """A part may name a whole in another record."""
    known = {record.id: record for _path, record in shelf}
    for path, record in shelf:
        for goal in goals(record):
            parent = parent_of(goal, record) if goal.target.parent else None
            if not parent or not parent.record or parent.record in unread:
                continue
            if not _has_target(known.get(parent.record), parent):
                message = _("上级目标“{parent}”不存在").format(parent=goal.target.parent)
                remedy = _("写成 编号.承诺/目标，编号写全，如 {id}.1/1。").format(id=record.id)
                yield path, doubt((*goal.at, "parent"), "unknown-parent", message, remedy)


def links(record: Record) -> set[str]:
    """Return the ids of the records that this one or one of its promises refers to."""
    named = (
        meant(s, record.id, in_promise=at[0] == "measures") for at, _o, s in _references(record)
    )
    return {other for other, _measure in named} - {record.id}


Said: TypeAlias = tuple[Place, tuple[str, int | None], str]
"""The place of a reference, the record or promise that it stands in, and its words."""


def _references(record: Record) -> Iterator[Said]:
    own = (record.id, None)
    for index, said in enumerate(record.repeats):
        yield ("repeats", index), own, said
    for key in ("merged_into", "carried_from"):
        if said := getattr(record, key):
            yield (key,), own, said
    for promise in promises(record):
        mine = (record.id, promise.measure.id)
        if promise.measure.carried_from:
            yield (*promise.at, "carried_from"), mine, promise.measure.carried_from
        for index, closing in enumerate(promise.measure.closings):
            if closing.into:
                yield (*promise.at, "closings", index, "into"), mine, closing.into


def _holds(record: Record | None, measure: int | None) -> bool:
    if record is None or measure is None:
        return record is not None
    return any(found.id == measure for found in record.measures)


def _has_target(record: Record | None, parent: Parent) -> bool:
    key = (parent.measure, parent.target)
    return record is not None and any(goal.key == key for goal in goals(record))


def _slim(measure: Measure) -> Measure:
    return Measure(
        id=measure.id,
        text=measure.text,
        removed=measure.removed,
        carried_from=measure.carried_from,
        closings=measure.closings,
        targets=tuple(replace(t, indicator="", note=None, extra={}) for t in measure.targets),
    )


def _number_key(record: Record) -> str:
    """Return kind, year and number as they are compared: 第0046号 is 46, 2020028 is 28 of 2020."""
    number = identity.clean_number(record.number) or record.number
    try:
        number = identity.record_id(record.kind, record.year, number)
    except UsageError:
        number = f"{record.year}-{record.kind}-{number}"
    return _ZEROS.sub("", number.upper())


def _same_session(
    sessions: Mapping[str | None, tuple[str, Record]], session: str | None
) -> tuple[str, Record] | None:
    if session is None:
        return next(iter(sessions.values()), None)
    return sessions.get(session) or sessions.get(None)


def _itself(record: Record, at: Place, said: str) -> Doubt:
    return doubt(
        at,
        "refers-to-itself",
        _("“{said}”就是这一件自己").format(said=said),
        _("改成另一件的编号，或删去：npcreply edit {id}。").format(id=record.id),
    )


def _unknown(record: Record, at: Place, said: str) -> Doubt:
    return doubt(
        at,
        "unknown-record",
        _("库里没有“{said}”这一件").format(said=said),
        _("编号写全，如 {id}；那一件还没有录入的，先用 npcreply add 录入。").format(id=record.id),
    )
