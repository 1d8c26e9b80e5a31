"""`npcreply renumber`: a mistyped number put right; history and references go along."""

from __future__ import annotations

from typing import Annotated

from npcreply.language import _
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session

EXAMPLES = (
    "renumber 温46 温64",
    "renumber 2023-温46 64 --kind suggestion --yes",
)


def run(
    session: Session,
    id: Annotated[str, argument(help=_("现在的编号"), metavar=_("编号"))],
    new: Annotated[str, argument(help=_("正确的编号，如 温46、第107号"), metavar=_("新编号"))],
    year: Annotated[int | None, option("--year", help=_("会议年份也错了时写"))] = None,
    kind: Annotated[str | None, option("--kind", help=_("类别也错了时写"))] = None,
    yes: Yes = False,
) -> int:
    """改正录错的编号：文件改名，承诺、进展、原文、别处的引用都跟着走。"""
    from npcreply.flows import act, numbering
    from npcreply.views.changes import dates_again_lines

    opened = session.workspace.open(id)
    move = numbering.moved(session, opened, new, year, kind)
    if move.again:
        act.confirm_lines(session, dates_again_lines(move.id, move.again), yes=yes)
    session.commit(move.changes)
    head = _("{old} → {new}").format(old=opened.id, new=move.id)
    return session.wrote([head, *(f"  {change.path}" for change in move.changes)])
