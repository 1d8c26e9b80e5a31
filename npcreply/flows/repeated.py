"""Promises that are made again: all of them as groups, or the others of those at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from npcreply.domain.judging.status import Judged
from npcreply.domain.record.lines import MeasureLine
from npcreply.domain.record.links import of_promise, record_of, told_apart
from npcreply.domain.record.model import Measure
from npcreply.domain.record.settings import Settings
from npcreply.domain.selection import Selection
from npcreply.flows import rows
from npcreply.grammar.folding import folded
from npcreply.index.answers import Marked, PromiseText
from npcreply.index.questions import Questions
from npcreply.repeats import chains
from npcreply.repeats.bodies import region_of
from npcreply.repeats.chains import Kind, Known
from npcreply.repeats.deciding import Said, surely
from npcreply.repeats.judged import Other, Repeated
from npcreply.repeats.keys import keys, telling
from npcreply.session import Session

_FEW = 500  # records that are asked for one by one; of more all are asked for at once


def repeated(session: Session, selection: Selection) -> list[Repeated]:
    """Return the groups of which at least one promise is selected: never kept before kept, those of
    most years first, doubtful and copied ones last.
    """
    settings = session.workspace.schema.settings
    found = _groups(session)
    judged = _judged(session, {name for group in found for name in group.ids})
    made = (_repeated(group, judged) for group in found)
    wanted = [one for one in made if one and _selected(one, selection, settings)]
    return sorted(wanted, key=lambda one: one.place)


def others(
    session: Session, index: Questions, lines: Iterable[MeasureLine], *, earlier: bool = False
) -> dict[int, list[Other]]:
    """Return for each of a record's promises, by number, those of other years (only the earlier
    ones, if asked) that surely are the same one, oldest first.
    """
    at_hand = list(lines)
    near = _Near(index, at_hand)
    found = {}
    for line in at_hand:
        linked = _linked(line.reply.id, line.measure)
        same = _alike(line, near.to(line, earlier=earlier), session) | linked
        judged = _judged(session, same, index)
        others = _others(line, judged.values(), linked)
        found[line.measure.id] = [
            one for one in others if _of_another_year(one.promise.reply.year, line, earlier=earlier)
        ]
    return {number: same for number, same in found.items() if same}


class _Near:
    """The promises that share a key with those at hand: of all others no text is read."""

    def __init__(self, index: Questions, lines: Iterable[MeasureLine]) -> None:
        self._index = index
        self._keys = {line.id: keys(folded(line.measure.text)) for line in lines}
        wanted = {key for mine in self._keys.values() for key in mine}
        self._marked = index.marked(wanted) if wanted else []
        self._telling = telling(one.keys for one in self._marked)
        self._read: dict[str, list[PromiseText]] = {}

    def to(self, line: MeasureLine, *, earlier: bool) -> list[PromiseText]:
        """Return those that may be the same promise made in another year."""
        mine = self._keys[line.id] & self._telling
        return [
            self._text(one)
            for one in self._marked
            if _of_another_year(one.year, line, earlier=earlier) and not mine.isdisjoint(one.keys)
        ]

    def _text(self, one: Marked) -> PromiseText:
        if one.path not in self._read:
            self._read[one.path] = self._index.texts_at(one.path)
        return self._read[one.path][one.item - 1]


def _others(line: MeasureLine, same: Iterable[Judged], linked: set[str]) -> Iterator[Other]:
    """Who is told apart, or linked, by the other promise is so by this one."""
    for item in same:
        measure, reply = item.line.measure, item.reply.id
        if line.id not in told_apart(reply, measure):
            yield Other(item, item.id in linked or line.id in _linked(reply, measure))


def _of_another_year(year: int, line: MeasureLine, *, earlier: bool) -> bool:
    own = line.reply.year
    return year < own if earlier else year != own


def _alike(line: MeasureLine, told: Sequence[PromiseText], session: Session) -> set[str]:
    settings = session.workspace.schema.settings
    mine = _said(folded(line.measure.text), line.reply.year, line.departments, settings)
    apart = told_apart(line.reply.id, line.measure)
    return {one.id for one in told if one.id not in apart and _same(mine, one, settings)}


def again(session: Session, lines: Iterable[MeasureLine]) -> dict[str, tuple[str, ...]]:
    """Return for each promise that surely was made in other years too the ids of those, oldest
    first.
    """
    wanted = {line.id for line in lines}
    found: dict[str, tuple[str, ...]] = {}
    for group in _groups(session, wanted) if wanted else ():
        if group.kind is Kind.AGAIN:
            for name in wanted.intersection(group.ids):
                found[name] = tuple(one for one in group.ids if not _one_year(one, name))
    return found


def _one_year(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _groups(session: Session, wanted: Collection[str] | None = None) -> list[chains.Group]:
    settings = session.workspace.schema.settings
    told = session.index.texts()
    promises = {one.id: _said(one.text, one.year, one.departments, settings) for one in told}
    return chains.groups(promises, _known(told), wanted)


def _same(mine: Said, other: PromiseText, settings: Settings) -> bool:
    yours = _said(other.text, other.year, other.departments, settings)
    return surely(mine, yours)


def _said(text: str, year: int, departments: Sequence[str], settings: Settings) -> Said:
    bodies = tuple(map(settings.full_name, departments))
    region = next(filter(None, map(region_of, bodies)), "")
    return Said(text, year, bodies, region)


def _linked(id: str, measure: Measure) -> set[str]:
    return {pair.older for pair in of_promise(id, measure)}


def _known(told: Iterable[PromiseText]) -> Known:
    one, apart = set(), set()
    for promise in told:
        if promise.links:
            reply = record_of(promise.id)
            one |= {frozenset((promise.id, older)) for older in _linked(reply, promise.links)}
            apart |= {frozenset((promise.id, name)) for name in told_apart(reply, promise.links)}
    return Known(frozenset(one), frozenset(apart))


def _judged(
    session: Session, ids: Iterable[str], index: Questions | None = None
) -> dict[str, Judged]:
    """Judge the promises of these ids that had been given by the day, by id."""
    wanted, asked = set(ids), index or session.index
    records = {record_of(name) for name in wanted}
    if len(records) > _FEW:
        lines: Iterable[MeasureLine] = asked.promises()
    else:
        lines = [line for name in sorted(records) for line in asked.promises(record_id=name)]
    kept = [line for line in lines if line.id in wanted]
    return {item.id: item for item in rows.promises(session, kept, Selection())}


def _repeated(group: chains.Group, judged: dict[str, Judged]) -> Repeated | None:
    """The group as it stands on the day; none where a past day knew only one of them."""
    items = tuple(judged[name] for name in group.ids if name in judged)
    return Repeated(group.kind, items, group.doubts) if len(items) > 1 else None


def _selected(one: Repeated, selection: Selection, settings: Settings) -> bool:
    return any(selection.takes(item, settings) for item in one.promises)
