"""Where a record or promise comes from and where it goes on, as lines and as JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from npcreply.domain.judging.chains import Kin
from npcreply.domain.judging.status import Judged, Status
from npcreply.domain.record.links import Link, Pair, record_of
from npcreply.language import N_, _, listed
from npcreply.vocabulary import status_word

Line = tuple[str, str]

_OLDER = {Link.REPEATS: N_("以前提过"), Link.CARRIED: N_("上年续办")}
_NEWER = {Link.REPEATS: N_("后来又提"), Link.CARRIED: N_("转入后来")}


def record_chain(kin: Kin) -> Iterator[Line]:
    """Yield the lines of what a record repeats or goes on with and of what came after it."""
    older, newer = _whole(kin.chains.before(kin.id)), _whole(kin.chains.after(kin.id))
    if not older and not newer:
        return
    names = [*(pair.older for pair in older), _("本件"), *(pair.newer for pair in newer)]
    yield f"  {_('来龙去脉')}  {' → '.join(names)}", ""
    for pair in older:
        yield f"    {_record_line(pair.older, _(_OLDER[pair.link]), kin)}", ""
    for pair in newer:
        yield f"    {_record_line(pair.newer, _(_NEWER[pair.link]), kin)}", ""


def promise_chain(number: int, kin: Kin) -> Iterator[Line]:
    """Yield the lines of the promises that this one goes on with, and those that go on with it."""
    name = f"{kin.id}.{number}"
    for pair in kin.chains.before(name):
        if _is_promise(pair.newer):
            yield f"    {_promise_line(pair.older, _('续自'), kin)}", ""
    for pair in kin.chains.after(name):
        if _is_promise(pair.older):
            yield f"    {_promise_line(pair.newer, _('转到'), kin)}", ""


def chain_data(id: str, kin: Kin) -> list[dict[str, Any]]:
    """Return the chain of the record or one of its promises as JSON values, oldest first."""
    older = [(pair.older, pair.link, "older") for pair in kin.chains.before(id)]
    newer = [(pair.newer, pair.link, "newer") for pair in kin.chains.after(id)]
    return [
        {"id": name, "way": way, "link": str(link), **_data(name, kin)}
        for name, link, way in (*older, *newer)
    ]


def counts_text(items: Iterable[Judged]) -> str:
    """Return how many promises stand how: 承诺 3 项：逾期 1、按时兑现 2."""
    found = Counter(item.status for item in items)
    if not found:
        return _("没有承诺")
    parts = listed(f"{status_word(s).label} {found[s]}" for s in Status if found[s])
    return _("承诺 {count} 项：{parts}").format(count=found.total(), parts=parts)


def _whole(pairs: Iterable[Pair]) -> list[Pair]:
    """Links between records: those of single promises are told under the promise."""
    return [pair for pair in pairs if not _is_promise(pair.newer)]


def _is_promise(id: str) -> bool:
    return record_of(id) != id


def _record_line(id: str, words: str, kin: Kin) -> str:
    found = kin.relatives.get(record_of(id))
    if found is None:
        return f"{words}  {id}  {_('（库里没有，或读不了）')}"
    reply = found.reply
    parts = (words, id, reply.title, reply.lead, counts_text(found.promises.values()))
    return "  ".join(filter(None, parts))


def _promise_line(id: str, words: str, kin: Kin) -> str:
    found = kin.relatives.get(record_of(id))
    item = found.promises.get(id) if found else None
    if item is None:
        return _record_line(id, words, kin)
    status = status_word(item.status).label
    due = _("时限 {day}").format(day=item.deadline) if item.deadline else ""
    return "  ".join(filter(None, (words, id, f"[{status}]", due, item.line.measure.text)))


def _data(id: str, kin: Kin) -> dict[str, Any]:
    found = kin.relatives.get(record_of(id))
    if found is None:
        return {"known": False}
    item = found.promises.get(id)
    own = {"status": str(item.status), "text": item.line.measure.text} if item else {}
    return {"known": True, "year": found.reply.year, "title": found.reply.title, **own}
