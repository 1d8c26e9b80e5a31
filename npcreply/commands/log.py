"""`npcreply log`: one line of progress, or one reminder sent."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from npcreply.flows import acts
from npcreply.domain import allowed, quantities
from npcreply.domain.model import Measure, Target
from npcreply.domain.status import Judged
from npcreply.domain.units import convert
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.workspace import Opened


def run(
    session: Session,
    id: Annotated[str, typer.Argument(help=_("承诺编号，如 温46.1"), metavar=_("编号.序号"))],
    value: Annotated[
        str | None, typer.Option("--value", help=_("数值，可带单位：358.49亿元、六百、60%"))
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("单位，默认同目标"))] = None,
    target: Annotated[
        int | None, typer.Option("--target", help=_("第几个目标；只有一个时不用写"))
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help=_("数据截至哪天，默认按 --as-of 或今天"))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("说明"))] = None,
    source: Annotated[str | None, typer.Option("--source", help=_("出处"))] = None,
    percent: Annotated[str | None, typer.Option("--percent", help=_("对方自己报的完成率"))] = None,
    via: Annotated[
        str | None, typer.Option("--via", help=_("记一次催办：电话、发函、登门、会议"))
    ] = None,
) -> int:
    """记一条进展；加 --via 则记一次催办。"""
    opened = session.workspace.open(id)
    before = acts.of(session, opened)
    on = acts.day_of(session, date, opened)
    allowed.progress(on, session.today)
    if via:
        return _remind(session, opened, before, {"on": on, "via": via, "note": note})
    if value is None and note is None:
        note = _asked_note(session)
    item = {"on": on, **_figure(before, value, unit, target), "note": note, "source": source}
    if percent:
        item["stated_percent"] = _percent(percent)
    return acts.append(session, opened, before, "log", item, _told(item))


def _remind(session: Session, opened: Opened, before: Judged, item: dict[str, Any]) -> int:
    told = _("催办  {on}  {via}（第 {count} 次）").format(**item, count=before.reminders + 1)
    return acts.append(session, opened, before, "reminders", item, told)


def _asked_note(session: Session) -> str:
    if session.no_input:
        raise UsageError(_("要记什么？"), _("加 --value 数值 或 --note 说明。"))
    from npcreply import asking

    note = asking.ask(_("进展说明"))
    if not note:
        raise UsageError(_("没有内容，没有写入。"))
    return note


def _figure(
    judged: Judged, value: str | None, unit: str | None, number: int | None
) -> dict[str, Any]:
    """Return target, value and unit of the entry; raises UsageError instead of guessing."""
    measure = judged.line.measure
    target = _target(measure, number, value)
    if value is None:
        return {"target": number}
    figure = quantities.typed_figure(value)
    if figure is None:
        raise UsageError(
            _("“{value}”不是数字").format(value=value), _("例如 358.49、六百、358.49亿元、63.5%。")
        )
    amount, typed_unit = figure
    said = unit or typed_unit or (target.unit if target else None)
    if target and convert(amount, said, target.unit) is None:
        raise UsageError(
            _("单位对不上：目标用“{goal}”，这里是“{said}”").format(goal=target.unit, said=said),
            _("换成目标的单位，或用 --unit 写明。"),
        )
    return {"target": target.id if target else None, "value": amount, "unit": said}


def _target(measure: Measure, number: int | None, value: str | None) -> Target | None:
    if number is not None:
        found = [t for t in measure.targets if t.id == number]
        if not found:
            raise UsageError(_("没有第 {number} 个目标").format(number=number), _targets(measure))
        return found[0]
    if value is None or not measure.targets:
        return None
    if len(measure.targets) > 1:
        raise UsageError(
            _("这项承诺有 {count} 个目标，用 --target 写明是哪个：").format(
                count=len(measure.targets)
            ),
            _targets(measure),
        )
    return measure.targets[0]


def _targets(measure: Measure) -> str:
    return "\n".join(
        f"  --target {t.id}  {t.indicator}（{t.unit or '-'}）" for t in measure.targets
    )


def _percent(text: str) -> Decimal:
    figure = quantities.typed_figure(text)
    if figure is None:
        raise UsageError(_("--percent 要一个数字，这里是“{text}”").format(text=text))
    return figure[0]


def _told(item: dict[str, Any]) -> str:
    value = f"{item['value']:f}{item.get('unit') or ''}" if item.get("value") is not None else ""
    parts = [_("进展"), str(item["on"]), value, item.get("note") or ""]
    return "  ".join(part for part in parts if part)
