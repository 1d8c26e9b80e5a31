"""`npcreply drop`: a promise struck off the list without being kept; it stays visible."""

from __future__ import annotations

from typing import Annotated

from npcreply.errors import UsageError
from npcreply.language import N_, _, listed
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session

WAYS = {"dropped": N_("终止"), "merged": N_("并入"), "superseded": N_("替代")}


EXAMPLES = (
    "drop 温46.3 --reason 规划调整，不再实施",
    "drop 温46.4 --as merged --into 温46.3 --reason 并入统筹",
)


def run(
    session: Session,
    id: Annotated[str, argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))],
    reason: Annotated[
        str | None, option("--reason", help=_("理由，必填"), metavar=_("文字"))
    ] = None,
    as_: Annotated[
        str,
        option("--as", help=_("dropped 终止、merged 并入、superseded 替代"), metavar=_("结论")),
    ] = "dropped",
    into: Annotated[
        str | None,
        option("--into", help=_("并入或替代它的承诺编号"), metavar=_("编号.序号")),
    ] = None,
    on: Annotated[
        str | None, option("--on", help=_("哪天，默认按 --as-of 或今天"), metavar=_("日期"))
    ] = None,
    yes: Yes = False,
) -> int:
    """终止、并入或被替代：不再追踪，但一直看得见。"""
    from npcreply.domain.judging import preconditions
    from npcreply.flows import act
    from npcreply.views.changes import act_lines

    opened = session.workspace.open(id)
    before = act.of(session, opened)
    way = _way(session, as_)
    day = act.day_of(session, on, opened)
    preconditions.drop(before, day)
    other = _into(session, into, way, before.line.id)
    words = act.needed(session, reason, "--reason", _("理由"))
    item = {"on": day, "as": way, "into": other, "reason": words}
    label = session.workspace.schema.word("as", way)
    told = "  ".join(filter(None, (label, str(day), other, words)))
    done = act.append(session, opened, before, "closings", item, yes=yes)
    return session.wrote(act_lines(before, done.judged, [told]), done.doubts)


def _way(session: Session, said: str) -> str:
    for way, word in WAYS.items():
        if said in (way, word, _(word), session.workspace.schema.word("as", way)):
            return way
    raise UsageError(
        _("--as 没有“{said}”这个取值").format(said=said),
        _("可以写：{options}。").format(options=listed(map(_, WAYS.values()))),
    )


def _into(session: Session, typed: str | None, way: str, own: str) -> str | None:
    """Return the record or promise that goes on with it; merged and superseded need one."""
    if (way == "dropped") == bool(typed):
        raise UsageError(
            _("并入、替代要用 --into 写明是哪一项，终止不写"),
            _("例如 --as merged --into 温46.2。"),
        )
    if not typed:
        return None
    other = session.workspace.open(typed)
    found = f"{other.id}.{other.measure.id}" if other.measure_id else other.id
    if found == own:
        raise UsageError(_("{id} 不能并入自己").format(id=own), _("核对 --into。"))
    return found
