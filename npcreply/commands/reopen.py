"""`npcreply reopen`: a promise that was struck off the list by mistake, or too early."""

from __future__ import annotations

from typing import Annotated

from npcreply.language import _
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session

EXAMPLES = (
    "reopen 温46.2 --reason 复核没有做到",
    "reopen 温46.2 --reason 误销 --on 2024-01-08",
)


def run(
    session: Session,
    id: Annotated[str, argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))],
    reason: Annotated[str | None, option("--reason", help=_("理由，必填"))] = None,
    on: Annotated[str | None, option("--on", help=_("哪天，默认按 --as-of 或今天"))] = None,
    yes: Yes = False,
) -> int:
    """重新打开已销号的承诺；原来的销号记录保留。"""
    from npcreply.domain.judging import preconditions
    from npcreply.flows import act
    from npcreply.views.changes import act_lines

    opened = session.workspace.open(id)
    before = act.of(session, opened)
    day = act.day_of(session, on, opened)
    preconditions.reopen(before, day)
    act.confirm(session, act.before_start(opened, day), yes=yes)
    words = act.needed(session, reason, "--reason", _("理由"))
    item = {"on": day, "as": "reopened", "reason": words}
    told = _("重新打开  {day}  {reason}").format(day=day, reason=words)
    done = act.append(session, opened, before, "closings", item, yes=yes)
    return session.wrote(act_lines(before, done.judged, [told]), done.doubts)
