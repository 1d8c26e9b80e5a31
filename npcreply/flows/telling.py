"""The yearly letters to deputies: who is told of which promises, and that they were told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from npcreply.dataclass import replace
from npcreply.domain.judging.status import Judged
from npcreply.domain.record.lines import ReplyLine
from npcreply.domain.record.model import ProgressNotice
from npcreply.domain.selection import Selection
from npcreply.domain.telling import Told, by_deputy, unsure, worth_telling
from npcreply.domain.time.clocks import clocks
from npcreply.domain.time.rules import What
from npcreply.flows import rows
from npcreply.flows.remind import answer_by
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.store import amend
from npcreply.store.journal import Change
from npcreply.workspace import Opened


def told(
    session: Session, selection: Selection, opened: Sequence[Opened], reply_by: date | None
) -> list[Told]:
    """Return one letter a deputy about this year's and last year's promises, those of the years
    asked for where any are; --deputy picks among the letters.
    """
    items = _items(session, selection, opened)
    by = reply_by or _rated_by(session, items) or answer_by(session, None)
    return [one for one in by_deputy(items, by) if _asked(one, selection)]


def doubtful(session: Session, selection: Selection, opened: Sequence[Opened]) -> Iterator[str]:
    """Yield a sentence for whoever gets no letter, and for names that may be one person's."""
    about = unsure(_items(session, selection, opened))
    if about.nobody:
        yield _("没有登记代表，没有写函：{ids}").format(ids=listed(about.nobody))
    for reply_id, count in about.more:
        words = _("{id} 另有 {count} 位代表没有登记姓名，没有给他们的函")
        yield words.format(id=reply_id, count=count)
    for names in about.alike:
        words = _("{names} 各有一件函；是同一个人的，用 set 把记录里的代表改成一样的写法")
        yield words.format(names=listed(names))
    if about.masked:
        words = _("姓名有遮盖的（{names}）认不出是不是同一个人，一件答复一件函")
        yield words.format(names=listed(about.masked))


def _items(session: Session, selection: Selection, opened: Sequence[Opened]) -> list[Judged]:
    """The promises to tell of; the deputies asked for are looked for among the letters. An inquiry
    is a body's, nobody of it is written to.
    """
    of = replace(selection, deputy=())
    wanted = {one.id for one in opened}
    return [
        item
        for item in rows.promises(session, session.index.promises(of), of)
        if item.reply.kind != "inquiry"
        and (not wanted or item.reply.id in wanted)
        and (selection.year or worth_telling(item))
    ]


def _asked(one: Told, selection: Selection) -> bool:
    if not selection.deputy:
        return True
    from npcreply.grammar.folding import folded

    return any(folded(word) in folded(one.deputy + one.title) for word in selection.deputy)


def _rated_by(session: Session, items: Iterable[Judged]) -> date | None:
    """The first day by which the rules ask deputies who are told today to rate; None without."""
    notice = ProgressNotice(on=session.day, to="deputies")
    replies = {item.reply.path: item.reply for item in items}.values()
    told_today = (replace(reply, progress_notices=(notice,)) for reply in replies)
    due = (_rating_due(reply, session) for reply in told_today)
    return min(filter(None, due), default=None)


def _rating_due(reply: ReplyLine, session: Session) -> date | None:
    found = (one.due for one in clocks(reply, session.law) if one.what is What.PROGRESS_RATING)
    return next(found, None)


def record(session: Session, found: Sequence[Told], via: str, _by: date | None) -> int:
    """Note with each reply that its deputies were told, all as one step; return how many were."""
    ids = {reply.id for one in found for reply in one.replies}
    item = {"on": session.day, "to": "deputies", "via": via, "entered": session.today}
    session.commit([_noted(session, reply_id, item) for reply_id in sorted(ids)])
    return len(ids)


def _noted(session: Session, reply_id: str, item: dict[str, object]) -> Change:
    order = [*session.workspace.schema.fields("")]

    def amendment(data: amend.Data) -> None:
        said = [*(data.get("progress_notices") or []), item]
        amend.put(data, "progress_notices", said, order)

    change, _after = session.workspace.changed(session.workspace.open(reply_id), amendment)
    return change
