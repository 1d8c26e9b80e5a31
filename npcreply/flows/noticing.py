"""What is noticed about an entry before it is saved: raised before, promised before. Never a no."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from npcreply.domain.checks_repeats import LEAST
from npcreply.domain.lines import reply_line
from npcreply.domain.model import Record
from npcreply.domain.references import of_reply, record_of
from npcreply.domain.similarity import Titles, plain
from npcreply.errors import NpcreplyError
from npcreply.flows.composing import Composed
from npcreply.index.sync import Index
from npcreply.language import _, in_a_row, listed
from npcreply.session import Session

MOST = 3


def notice(session: Session, ready: Composed) -> None:
    """Say which records and promises at hand the entry is like; in silence where nobody can tell,
    as where the index can be kept nowhere: it is a help, not a check.
    """
    if not session.workspace.paths():
        return
    try:
        with (
            session.progress(_("整理索引")) as progress,
            closing(session.workspace.index(progress)) as index,
        ):
            lines = [*_titles(index, ready), *_promises(index, ready)]
    except NpcreplyError:
        return
    for line in lines:
        session.output.notice(line, "soon")


def _titles(index: Index, ready: Composed) -> Iterator[str]:
    record = ready.record
    if ready.first != 1 or not record.title:
        return
    linked = {record_of(pair.older) for pair in of_reply(reply_line(record, ""))}
    linked |= {record.id, record.merged_into or ""}
    known = {one.id: one.title for one in index.numbers() if one.title and one.id not in linked}
    near = Titles(known.items()).near(record.title)
    found = [(name, one.likeness) for one in near for name in one.keys][:MOST]
    if found:
        told = (
            _("{id}“{title}”（{percent}%）").format(
                id=name, title=known[name], percent=round(likeness * 100)
            )
            for name, likeness in found
        )
        words = _("提过类似的：{found}。").format(found=listed(told))
        advice = _("是同一件事就写上：npcreply set {id} repeats={other}")
        yield in_a_row(words, advice.format(id=record.id, other=found[0][0]))


def _promises(index: Index, ready: Composed) -> Iterator[str]:
    record: Record = ready.record
    for measure in ready.new:
        if len(plain(measure.text)) < LEAST or measure.carried_from or record.carried_from:
            continue
        before = [name for name in index.said(measure.text) if record_of(name) != record.id]
        if before:
            name, other = f"{record.id}.{measure.id}", before[0]
            told = _("{name} 和 {other} 一字不差。").format(name=name, other=other)
            advice = _("接着办的写上：npcreply set {name} carried_from={other}")
            earlier = not other.startswith(f"{record.year}-")
            yield in_a_row(told, advice.format(name=name, other=other) if earlier else "")
