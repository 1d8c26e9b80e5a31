"""What records say of each other: a number or an id used twice, a record that is not there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import TypeAlias

from npcreply.dataclass import dataclass, field, replace
from npcreply.domain.checks.numbers import (
    Parent,
    by_indicator,
    gap,
    gap_of,
    loose_percents,
    parent_of,
    percent_doubts,
)
from npcreply.domain.findings import Doubt, doubt
from npcreply.domain.judging.targets import kind_of, value_on
from npcreply.domain.record import identity
from npcreply.domain.record.links import meant
from npcreply.domain.record.model import Entry, Measure, Record, Target
from npcreply.domain.record.places import Goal, Place, goals, promises
from npcreply.domain.similarity import Near, Titles, plain
from npcreply.domain.time.as_of import AsOf
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.patterns import pattern

Shelf: TypeAlias = Sequence[tuple[str, Record]]
"""Every record that could be read, with its path relative to the workspace."""

Placed: TypeAlias = tuple[str, Doubt]
"""A doubt with the path of the file that it stands in."""

_ZEROS = pattern(r"(?<![0-9])0+(?=[0-9]+$)")


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


def same_uid(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """A copy made by hand of a record that was renumbered has its calendar id too."""
    first: dict[str, str] = {}
    for path, record in shelf:
        other = first.setdefault(record.uid, record.id) if record.uid else record.id
        if other != record.id:
            message = _("和 {other} 的日历标识一样，是照它复制的").format(other=other)
            remedy = _("删去这个文件里 uid 那一行。")
            yield path, doubt(("uid",), "duplicate-uid", message, remedy)


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
        for at, own, reference in _references(record):
            named, measure = both = meant(reference, record.id, in_promise=at[0] == "measures")
            if both == own:
                yield path, _itself(record, at, reference)
            elif named not in unread and not _holds(known.get(named), measure):
                yield path, _unknown(record, at, reference)


def later_named(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """What is repeated was raised before, what goes on was promised in an earlier year."""
    for path, record in shelf:
        for at, _own, reference in _references(record):
            carried = at[-1] == "carried_from"
            year = re.match(r"([0-9]{4})-", reference.strip())
            if (carried or "repeats" in at) and year:
                if int(year[1]) <= record.year - carried:
                    continue
                message = _("“{said}”不比这一件早，不会是{word}")
                word = _("上年续办的") if carried else _("以前提过的")
                remedy = _("编号写反了就改到那一件上：npcreply edit {id}。").format(id=record.id)
                yield (
                    path,
                    doubt(at, "link-to-later", message.format(said=reference, word=word), remedy),
                )


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
                remedy = _("写成 编号.承诺:目标，编号写全，如 {id}.1:1。").format(id=record.id)
                yield path, doubt((*goal.at, "parent"), "unknown-parent", message, remedy)


def stated_percents(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """A percent that a letter states may be of a target that stands in another record."""
    loose = [(path, record, one) for path, record in shelf for one in loose_percents(record)]
    if not loose:
        return
    known = by_indicator(goal for _path, record in shelf for goal in goals(record))
    for path, record, one in loose:
        if plain(one.entry.indicator or "") not in by_indicator(goals(record)):  # told there
            yield from ((path, doubt) for doubt in percent_doubts(one, known))


def links(record: Record) -> set[str]:
    """Return the ids of the records that this one or one of its promises refers to."""
    named = (
        meant(s, record.id, in_promise=at[0] == "measures") for at, _o, s in _references(record)
    )
    return {other for other, _measure in named} - {record.id}


Reference: TypeAlias = tuple[Place, tuple[str, int | None], str]
"""The place of a reference, the record or promise that it stands in, and its words."""


def _references(record: Record) -> Iterator[Reference]:
    own = (record.id, None)
    for index, reference in enumerate(record.repeats):
        yield ("repeats", index), own, reference
    for key in ("merged_into", "carried_from"):
        if reference := getattr(record, key):
            yield (key,), own, reference
    for promise in promises(record):
        mine = (record.id, promise.measure.id)
        for key in ("repeats", "differs"):
            for index, reference in enumerate(getattr(promise.measure, key)):
                yield (*promise.at, key, index), mine, reference
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
        repeats=measure.repeats,
        differs=measure.differs,
        closings=measure.closings,
        targets=tuple(map(_bare, measure.targets)),
        log=_loose(measure.log),
    )


def _bare(target: Target) -> Target:
    said = target.note or target.extra
    return replace(target, note=None, extra={}) if said else target


_LEFT_OUT = Entry()


def _loose(log: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries whose percent may be of a target elsewhere, each in its place."""
    kept = [entry if entry.stated_percent and entry.indicator else _LEFT_OUT for entry in log]
    return tuple(kept) if any(entry is not _LEFT_OUT for entry in kept) else ()


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


def _itself(record: Record, at: Place, reference: str) -> Doubt:
    return doubt(
        at,
        "refers-to-itself",
        _("“{said}”就是这一件自己").format(said=reference),
        _("改成另一件的编号，或删去：npcreply edit {id}。").format(id=record.id),
    )


def _unknown(record: Record, at: Place, reference: str) -> Doubt:
    return doubt(
        at,
        "unknown-record",
        _("库里没有“{said}”这一件").format(said=reference),
        _("编号写全，如 {id}；那一件还没有录入的，先用 npcreply add 录入。").format(id=record.id),
    )


LEAST = 12
"""Characters of a promise that says enough to be the same one: 加强组织领导 does not."""


def near_titles(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """The same matter raised again wants a link, so that what was promised before is not forgotten;
    told at the later of the two.
    """
    inorder = sorted(shelf, key=_when)
    place = {record.id: number for number, (_path, record) in enumerate(inorder)}
    groups = _Groups.of(shelf)
    titles = Titles((record.id, record.title) for _path, record in inorder if record.title)
    named = {record.id: record.title for _path, record in inorder}
    for path, record in inorder:
        for near in titles.near(record.title) if record.title else ():
            earlier = _earlier(record.id, near, place, groups)
            if earlier:
                yield path, _near(record, earlier, str(named[earlier]), near.likeness)
                break


def repeated_promises(shelf: Shelf, _unread: Collection[str]) -> Iterator[Placed]:
    """The same sentence year after year is either carried over or copied without a thought."""
    first: dict[str, tuple[str, str]] = {}
    for path, record in sorted(shelf, key=_when):
        for promise in promises(record):
            sentence = plain(promise.measure.text)
            if len(sentence) < LEAST:
                continue
            owner, name = first.get(sentence, (record.id, ""))
            first[sentence] = (record.id, promise.name)
            if owner != record.id and not (promise.measure.carried_from or record.carried_from):
                yield path, _repeated((*promise.at, "text"), record, promise.name, name)


def _when(placed: tuple[str, Record]) -> tuple[int, str]:
    path, record = placed
    return record.year, path


@dataclass(slots=True)
class _Groups:
    """Records joined by links, whichever way they point and however long the chain."""

    parent: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, shelf: Shelf) -> _Groups:
        found = cls()
        for _path, record in shelf:
            for other in links(record):
                found.parent[found.top(record.id)] = found.top(other)
        return found

    def top(self, name: str) -> str:
        while (above := self.parent.get(name, name)) != name:
            self.parent[name] = self.parent.get(above, above)
            name = above
        return name


def _earlier(name: str, near: Near[str], place: Mapping[str, int], groups: _Groups) -> str | None:
    """Return the last of the titles that came before and that no link joins to this one."""
    before = bisect_left(near.keys, place[name], key=lambda other: place[other])
    others = (near.keys[at] for at in range(before - 1, -1, -1))
    return next((one for one in others if groups.top(one) != groups.top(name)), None)


def _near(record: Record, other: str, title: str, likeness: float) -> Doubt:
    message = _("标题和 {other}“{title}”很像（{percent}%），却没有连起来")
    remedy = _(
        "是同一件事：npcreply set {id} repeats={other}；并案办的：merged_into={other}；"
        "是两件事就不用管。"
    )
    return doubt(
        ("title",),
        "near-title",
        message.format(other=other, title=title, percent=round(likeness * 100)),
        remedy.format(id=record.id, other=other),
    )


def _repeated(at: Place, record: Record, name: str, other: str) -> Doubt:
    remedy = _("照抄的改写成这一次要做的事：npcreply set {name} text=…")
    if not other.startswith(f"{record.year}-"):
        carried = _("接着办的写上来历：npcreply set {name} carried_from={other}；")
        remedy = carried + remedy
    return doubt(
        at,
        "repeated-promise",
        _("这一项和 {other} 一字不差").format(other=other),
        remedy.format(name=name, other=other),
    )


_Key: TypeAlias = tuple[str, int, int]
"""A record's id, the numbers of promise and target."""


def parts_elsewhere(shelf: Shelf, unread: Collection[str]) -> Iterator[Placed]:
    """County targets in records of their own sum up to the city's. Parts in the whole's own record
    count with them; those in one record alone are that record's check. A file nobody could read
    may hold a part: then nothing is said.
    """
    if unread:
        return
    parts = _parts(shelf)
    for path, record in shelf:
        for goal in goals(record):
            found = parts.get((record.id, *goal.key), [])
            if all(own is record for own, _part in found) or not _levels(goal, found):
                continue
            values = [(value_on(g.target, AsOf(date.max)), g.target.unit) for _r, g in found]
            whole = (value_on(goal.target, AsOf(date.max)), goal.target.unit)
            if sums := gap_of(whole, values):
                yield path, gap((*goal.at, "value"), sums, record)


def _parts(shelf: Shelf) -> dict[_Key, list[tuple[Record, Goal]]]:
    """Return the targets that name another as their whole, by that one."""
    found: dict[_Key, list[tuple[Record, Goal]]] = {}
    for _path, record in shelf:
        for goal in goals(record):
            parent = parent_of(goal, record) if goal.target.parent else None
            if parent:
                key = (parent.record or record.id, parent.measure, parent.target)
                found.setdefault(key, []).append((record, goal))
    return found


def _levels(whole: Goal, parts: list[tuple[Record, Goal]]) -> bool:
    """Tell whether there are several, all of them plain levels told exactly."""
    members = [whole, *(goal for _record, goal in parts)]
    plain = all(kind_of(goal.target) == "level" and not goal.target.approx for goal in members)
    return len(parts) > 1 and plain
