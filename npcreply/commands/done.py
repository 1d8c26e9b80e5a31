"""`npcreply done`: a promise struck off the list because it was kept."""

from __future__ import annotations

from typing import Annotated

from npcreply.language import _
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session

EXAMPLES = (
    "done 2020-提028.6 --on 2020-12-20 --evidence 人才办证明",
    "done 温46.2 --on 2023-12-20 --reason 各县均已入选",
)


def run(
    session: Session,
    id: Annotated[
        str | None, argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))
    ] = None,
    on: Annotated[str | None, option("--on", help=_("哪天做到的，默认按 --as-of 或今天"))] = None,
    evidence: Annotated[str | None, option("--evidence", help=_("佐证材料"))] = None,
    reason: Annotated[
        str | None,
        option("--reason", help=_("数字没达到、周期报告有漏或没写到哪天为止也销号的理由")),
    ] = None,
    yes: Yes = False,
) -> int:
    """销号：已兑现。数字目标没达到、周期报告有漏、没写报到哪天的，要写理由。"""
    from npcreply.domain.judging import preconditions
    from npcreply.flows import act, choosing
    from npcreply.views.changes import act_lines

    opened = session.workspace.open(choosing.promise(session, id))
    before = act.of(session, opened)
    day = act.day_of(session, on, opened)
    preconditions.close(before, day, reason)
    item = {"on": day, "as": "done", "evidence": evidence, "reason": reason}
    told = _("销号  {day}  {evidence}").format(day=day, evidence=evidence or reason or "")
    done = act.append(session, opened, before, "closings", item, yes=yes)
    return session.wrote(act_lines(before, done.judged, [told]), done.doubts)
