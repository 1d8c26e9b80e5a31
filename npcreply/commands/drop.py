"""`npcreply drop`: a promise struck off the list without being kept; it stays visible."""

from __future__ import annotations

from typing import Annotated

import typer

from npcreply.flows import acts
from npcreply.domain import allowed
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.session import Session

WAYS = ("dropped", "merged", "superseded")


def run(
    session: Session,
    id: Annotated[str, typer.Argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))],
    reason: Annotated[str | None, typer.Option("--reason", help=_("理由，必填"))] = None,
    as_: Annotated[
        str, typer.Option("--as", help=_("dropped 终止、merged 并入、superseded 被替代"))
    ] = "dropped",
    into: Annotated[str | None, typer.Option("--into", help=_("并入或替代它的承诺编号"))] = None,
    on: Annotated[str | None, typer.Option("--on", help=_("哪天，默认按 --as-of 或今天"))] = None,
) -> int:
    """终止、并入或被替代：不再追踪，但一直看得见。"""
    opened = session.workspace.open(id)
    before = acts.of(session, opened)
    way = session.workspace.schema.code("as", as_)
    if way not in WAYS:
        raise UsageError(
            _("--as 没有“{said}”这个取值").format(said=as_),
            _("可以写：{options}。").format(options="、".join(WAYS)),
        )
    day = acts.day_of(session, on, opened)
    allowed.drop(before, day)
    item = {"on": day, "as": way, "into": _into(session, into), "reason": _reason(session, reason)}
    word = session.workspace.schema.word("as", way)
    told = f"{word}  {day}  {item['into'] or ''}  {item['reason']}"
    return acts.append(session, opened, before, "closings", item, told)


def _into(session: Session, typed: str | None) -> str | None:
    if not typed:
        return None
    other = session.workspace.open(typed)
    return f"{other.id}.{other.measure.id}" if other.measure_id else other.id


def _reason(session: Session, reason: str | None) -> str:
    return acts.needed(session, reason, "--reason", _("理由"))
