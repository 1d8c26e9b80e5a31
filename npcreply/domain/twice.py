"""Two things of one number in a record: such a record is none, wherever it is read."""

from __future__ import annotations

from collections.abc import Iterator

from npcreply.domain.findings import Doubt, error
from npcreply.domain.record.model import Record
from npcreply.domain.record.places import Place, promises
from npcreply.language import N_, _


def used_twice(record: Record) -> Iterator[Doubt]:
    """Two things of one number: nobody can say which one ID.n means. Union merges leave these."""
    numbered: list[tuple[Place, str, list[int], str]] = [
        (("measures",), "duplicate-measure", [m.id for m in record.measures], N_("承诺")),
        (("questions",), "duplicate-question", [q.id for q in record.questions], N_("询问")),
    ]
    for promise in promises(record):
        ids = [target.id for target in promise.measure.targets]
        numbered.append(((*promise.at, "targets"), "duplicate-target", ids, N_("目标")))
    for at, code, found, word in numbered:
        yield from _twice(at, code, found, word)


def _twice(at: Place, code: str, ids: list[int], word: str) -> Iterator[Doubt]:
    first: dict[int, int] = {}
    for index, number in enumerate(ids):
        if first.setdefault(number, index) != index:
            message = _("{word}的序号 {number} 用了两次（第 {first} 项和第 {second} 项）")
            yield error(
                (*at, index, "id"),
                code,
                message.format(
                    word=_(word), number=number, first=first[number] + 1, second=index + 1
                ),
                _("后一项改用没用过的序号，如 {free}。").format(free=max(ids) + 1),
            )
