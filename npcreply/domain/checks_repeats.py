"""What comes back without being linked: titles nearly alike, promises repeated word for word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from npcreply.domain.checks_across import Placed, Shelf, links
from npcreply.domain.doubts import Doubt, Place, doubt, promises
from npcreply.domain.model import Record
from npcreply.domain.similarity import Near, Titles, plain
from npcreply.language import _

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
            said = plain(promise.measure.text)
            if len(said) < LEAST:
                continue
            owner, name = first.get(said, (record.id, ""))
            first[said] = (record.id, promise.name)
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
