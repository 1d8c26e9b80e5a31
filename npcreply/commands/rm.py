"""`npcreply rm`: a record or promise entered by mistake; undo brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.workspace import Opened

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.store.journal import Change

EXAMPLES = (
    "rm 温46.3 --yes",
    "rm 温46 --yes --reason 录重了",
)


def run(
    session: Session,
    id: Annotated[str, argument(help=_("编号：温46 整件，温46.2 一项承诺"), metavar=_("编号"))],
    reason: Annotated[str | None, option("--reason", help=_("为什么删"))] = None,
    yes: Annotated[bool, option("--yes", help=_("不问，直接删"))] = False,
) -> int:
    """删除录错的记录或承诺。做不到的承诺不要删，用 drop 终止。"""
    from npcreply.flows import act
    from npcreply.store import amend

    opened = session.workspace.open(id)
    if opened.entry is not None:
        raise UsageError(
            _("进展只增不删"),
            _("录错了：npcreply set {id} value=…，或 npcreply undo").format(id=id),
        )
    if opened.target is not None:
        raise UsageError(_("目标不能单独删"), _("用 npcreply edit {id}。").format(id=opened.id))
    what = _what(opened)
    if not session.confirm(_("删除 {what}？").format(what=what), yes=yes):
        session.output.notice(_("没有删除。"))
        return session.exit_code
    if opened.measure_id is None:
        session.commit(_whole(session, opened))
    else:
        mark = {"on": session.today, "reason": reason, "by": session.by}
        act.write(session, opened, amend.removed(opened.measure.id, mark))
    return session.wrote([_("已删除 {what}").format(what=what)])


def _what(opened: Opened) -> str:
    if opened.measure_id is not None:
        return f"{opened.id}.{opened.measure.id}  {opened.measure.text}"
    record = opened.decoded.record
    return f"{opened.id}  {record.title or ''}".rstrip() if record else opened.name


def _whole(session: Session, opened: Opened) -> list[Change]:
    """The record, and the saved source text that belongs to it alone."""
    from npcreply.flows import numbering
    from npcreply.store.journal import Change

    removed = [Change(Path(opened.name), opened.source.encoded(opened.source.text), None)]
    texts = numbering.source_texts(opened)
    kept = [Change(Path(session.workspace.name(text)), text.read_bytes(), None) for text in texts]
    return [*removed, *kept]
