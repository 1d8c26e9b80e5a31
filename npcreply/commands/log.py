"""`npcreply log`: one line of progress, or one reminder sent."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 -- `date` is an option
from typing import TYPE_CHECKING, Annotated, Any

from npcreply.dataclass import replace
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.options import Yes
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.workspace import Opened

if TYPE_CHECKING:  # what a command takes is read before it does anything
    from npcreply.flows import progress

EXAMPLES = (
    "log 温46.1 --target 1 --date 2023-12-31 --value 580亿元 --note 年终统计",
    "log --from 落实情况报告.docx 温46 --dry-run",
)


def run(
    session: Session,
    ids: Annotated[
        list[str] | None,
        argument(help=_("承诺编号，如 温46.1；有 --from 时是记录的编号"), metavar=_("编号.序号")),
    ] = None,
    value: Annotated[
        str | None,
        option("--value", help=_("数值，可带单位：358.49亿元、六百、60%"), metavar=_("数值")),
    ] = None,
    unit: Annotated[
        str | None, option("--unit", help=_("单位，默认同目标"), metavar=_("单位"))
    ] = None,
    target: Annotated[
        int | None,
        option("--target", help=_("第几个目标；只有一个时不用写"), metavar=_("序号"), min=1),
    ] = None,
    indicator: Annotated[
        str | None,
        option("--indicator", help=_("不对应目标的数，写明是什么数"), metavar=_("文字")),
    ] = None,
    date: Annotated[
        str | None,
        option("--date", help=_("数据截至哪天，默认按 --as-of 或今天"), metavar=_("日期")),
    ] = None,
    cadence: Annotated[
        str | None,
        option(
            "--cadence",
            help=_("有几种周期时，是哪种的报告；不写看 --date 是月还是季度，再不然算最短的"),
            metavar=_("周期"),
        ),
    ] = None,
    note: Annotated[str | None, option("--note", help=_("说明"), metavar=_("文字"))] = None,
    source: Annotated[str | None, option("--source", help=_("出处"), metavar=_("文字"))] = None,
    percent: Annotated[
        str | None, option("--percent", help=_("对方自己报的完成率"), metavar=_("数值"))
    ] = None,
    via: Annotated[
        str | None,
        option("--via", help=_("记一次催办：电话、发函、登门、会议"), metavar=_("方式")),
    ] = None,
    from_: Annotated[
        str | None,
        option(
            "--from",
            help=_("从落实情况报告里读（txt、html、docx、pdf、xlsx），与承诺一条条对上"),
            metavar=_("文件"),
        ),
    ] = None,
    dept: Annotated[
        list[str] | None,
        option("--dept", help=_("--from 对照这个单位的全部承诺"), metavar=_("单位")),
    ] = None,
    encoding: Annotated[
        str | None, option("--encoding", help=_("报告的编码，默认自己认"), metavar=_("编码"))
    ] = None,
    dry_run: Annotated[bool, option("--dry-run", help=_("--from 只看对上了什么，不写"))] = False,
    json: Annotated[
        bool, option("--json", help=_("--from 按 JSON 输出；不加 --yes 就不写"))
    ] = False,
    yes: Yes = False,
) -> int:
    """记一条进展；加 --via 记一次催办；--from 从报告里读进展。"""
    from npcreply.flows import act, choosing, progress
    from npcreply.views.changes import act_lines, entry_lines

    if from_ is not None:
        own = (value, unit, target, indicator, cadence, note, source, percent, via)
        if any(part is not None for part in own):
            raise UsageError(
                _("--from 的进展从报告里来，不能同时写数值、说明"),
                _("只留 --from、--date、编号或 --dept。"),
            )
        from npcreply.flows.reported import take  # reading is not what every `log` needs

        request = take.Request(
            from_, tuple(ids or ()), tuple(dept or ()), encoding, date, dry_run, json, yes
        )
        return take.take(session, request)
    if dept or encoding or dry_run or json:
        raise UsageError(
            _("--dept、--encoding、--dry-run、--json 只和 --from 一起用"), _("加上 --from 文件。")
        )
    opened = session.workspace.open(choosing.promise(session, _only(ids)))
    target = act.target_of(opened, target)
    before = act.of(session, replace(opened, target=None))
    on = _day(session, opened, date, yes=yes)
    figure = progress.Figure(value, unit, target, indicator, percent)
    if via is not None:
        _only_a_reminder(via, source, figure)
        if cadence is not None:
            raise UsageError(_("催办不是报告，去掉 --cadence"))
        item: dict[str, Any] = {"on": on, "via": via, "note": note}
        done = act.append(session, opened, before, "reminders", item, yes=yes)
        told = _("催办  {on}  {via}（第 {count} 次）")
        told = told.format(on=on, via=via, count=done.judged.reminders)
        return session.wrote(act_lines(before, done.judged, [told]), done.doubts)
    silent = value is None and percent is None and session.ask is not None
    if not note and (silent or not figure.given):
        asked = progress.asked(session, before.line.measure, target)
        if asked.date:
            date = asked.date
            on = _day(session, opened, date, yes=yes)
        figure = progress.Figure(asked.value, unit, target, indicator, percent)
        note = asked.note
        if not note and not asked.value:
            raise act.missing("--note", _("进展说明"))
    measure = before.line.measure
    report = progress.served(session, measure, cadence, date, on)
    item = {"on": on, **figure.read(measure), "cadence": report, "note": note, "source": source}
    done = act.append(session, opened, before, "log", item, yes=yes)
    lines = act_lines(before, done.judged, entry_lines(item, done.judged))
    return session.wrote(lines, done.doubts)


def _day(session: Session, opened: Opened, typed: str | None, *, yes: bool) -> Date:
    """Return the day of the entry; one before the promise was made is asked about."""
    from npcreply.domain.judging import preconditions
    from npcreply.flows import act

    on = act.reader(session, opened).as_of(typed) if typed else session.day
    preconditions.progress(on, session.today)
    act.confirm(session, act.before_start(opened, on), yes=yes)
    return on


def _only(ids: list[str] | None) -> str | None:
    """The one promise meant; raises UsageError where several are typed."""
    if ids and len(ids) > 1:
        raise UsageError(
            _("一次只记一项承诺，这里有 {count} 个编号").format(count=len(ids)),
            _('说明里有空格的，加引号：--note "…"。'),
        )
    return ids[0] if ids else None


def _only_a_reminder(via: str, source: str | None, figure: progress.Figure) -> None:
    if not via.strip():
        raise UsageError(_("--via 要写明怎样催办"), _("例如 --via 电话、--via 发函。"))
    if figure.given or source:
        raise UsageError(_("--via 是记催办，不能同时记数字"), _("分两次写：先 --via，再 --value。"))
