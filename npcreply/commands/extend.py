"""`npcreply extend`: a deadline moved with its reason; the first one stays in the record."""

from __future__ import annotations

from typing import Annotated

import typer

from npcreply.flows import acts
from npcreply.domain import allowed
from npcreply.language import _
from npcreply.options import typed_day
from npcreply.session import Session


def run(
    session: Session,
    id: Annotated[str, typer.Argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))],
    to: Annotated[
        str | None, typer.Option("--to", help=_("新时限，如 2024-06-30、明年6月底"))
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=_("理由，必填"))] = None,
    approved_by: Annotated[
        str | None, typer.Option("--approved-by", help=_("谁批准的，或批准文件"))
    ] = None,
    target: Annotated[
        int | None, typer.Option("--target", help=_("只延这个目标自己的时限"))
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help=_("哪天批准的，默认按 --as-of 或今天"))
    ] = None,
) -> int:
    """延期：原时限保留，新时限从批准那天起算数。"""
    opened = session.workspace.open(id)
    before = acts.of(session, opened)
    new = acts.needed(session, to, "--to", _("新时限"))
    day = typed_day(new, session.today, opened.record.year)
    target = allowed.extend(before, day, target)
    granted = acts.day_of(session, on, opened)
    allowed.progress(granted, session.today)
    words = acts.needed(session, reason, "--reason", _("理由"))
    item = {
        "on": granted,
        "to": day,
        "target": target,
        "reason": words,
        "approved_by": approved_by,
    }
    told = _("时限  {old} → {new}（第 {count} 次延期；原时限保留）  {reason}").format(
        old=before.deadline, new=day, count=before.extensions + 1, reason=words
    )
    return acts.append(session, opened, before, "extensions", item, told)
