"""`npcreply extend`: a deadline moved with its reason; the first one stays in the record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from npcreply.dataclass import replace
from npcreply.language import _
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.domain.record.model import Measure
    from npcreply.domain.time.deadlines import Due

EXAMPLES = (
    "extend 温46.1 --to 2024年6月底 --reason 用地未批 --approved-by 市政府专题会议",
    "extend 温46.1 --target 2 --to 2024-03-31 --reason 年终统计未出",
)


def run(
    session: Session,
    id: Annotated[str, argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))],
    to: Annotated[
        str | None,
        option("--to", help=_("新时限，如 2024-06-30、6月底"), metavar=_("日期")),
    ] = None,
    reason: Annotated[
        str | None, option("--reason", help=_("理由，必填"), metavar=_("文字"))
    ] = None,
    approved_by: Annotated[
        str | None,
        option("--approved-by", help=_("谁批准的，或批准文件"), metavar=_("文字")),
    ] = None,
    target: Annotated[
        int | None,
        option("--target", help=_("只延这个目标的时限"), metavar=_("序号"), min=1),
    ] = None,
    on: Annotated[
        str | None,
        option("--on", help=_("哪天批准的，默认按 --as-of 或今天"), metavar=_("日期")),
    ] = None,
    yes: Yes = False,
) -> int:
    """延期：原时限保留，新时限从批准那天起算数。--to 没写年份的，是批准以后最近的那一天。"""
    from npcreply.domain.judging import preconditions
    from npcreply.flows import act
    from npcreply.views.changes import act_lines

    opened = session.workspace.open(id)
    target = act.target_of(opened, target)
    before = act.of(session, replace(opened, target=None))
    granted = act.day_of(session, on, opened)
    preconditions.progress(granted, session.today, "--on")
    act.confirm(session, act.before_start(opened, granted), yes=yes)
    typed = act.reader(session, opened, since=granted)
    day = typed.last_day(act.needed(session, to, "--to", _("新时限")))
    target = preconditions.extend(before, day, target)
    words = act.needed(session, reason, "--reason", _("理由"))
    item = {
        "on": granted,
        "to": day,
        "target": target,
        "reason": words,
        "approved_by": approved_by,
    }
    old = _due(before.line.measure, target)
    told = _("时限  {old} → {new}（第 {count} 次延期；原时限保留）  {reason}").format(
        old=old.date, new=day, count=old.extensions + 1, reason=words
    )
    done = act.append(session, opened, before, "extensions", item, yes=yes)
    return session.wrote(act_lines(before, done.judged, [told]), done.doubts)


def _due(measure: Measure, target: int | None) -> Due:
    from npcreply.domain.time.as_of import AsOf
    from npcreply.domain.time.deadlines import measure_due, target_due

    found = next((t for t in measure.targets if t.id == target), None)
    ever = AsOf(date.max)
    return target_due(measure, found, ever) if found else measure_due(measure, ever)
