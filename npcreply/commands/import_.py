"""`npcreply import`: tables of any make brought in, our own exports among them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated

from npcreply.errors import UsageError
from npcreply.flows import importing
from npcreply.flows.importing import own
from npcreply.flows.importing.plan import Said
from npcreply.flows.returns import bringing
from npcreply.flows.returns.taking import opened
from npcreply.language import _, listed, with_aside
from npcreply.parameters import argument, option
from npcreply.render.csv import unguarded
from npcreply.session import Session
from npcreply.views.exports import export_table

EXAMPLES = (
    "import 台账.csv --dry-run",
    "import 台账.csv --yes",
)

_FEW = 40  # lines of one section on the screen; what is asked is never cut


def run(
    session: Session,
    files: Annotated[
        list[Path],
        argument(
            help=_("表格（.xlsx、.xls、.ods、.csv），收回来的回报表，或放它们的文件夹"),
            metavar=_("文件…"),
        ),
    ],
    map: Annotated[
        list[str] | None,
        option(
            "--map",
            help=_("列是什么：责任股室=责任单位、F=不取、月份=当月数；记在 tables.yaml"),
            metavar=_("列=字段"),
        ),
    ] = None,
    set: Annotated[
        list[str] | None,
        option("--set", help=_("整张表的：年份、类别、届次、交办日期、截至"), metavar=_("名称=值")),
    ] = None,
    yes: Annotated[bool, option("--yes", help=_("不问，写入有把握的；要问的列出来，不写"))] = False,
    dry_run: Annotated[bool, option("--dry-run", help=_("只看差别，不写"))] = False,
) -> int:
    """把表格带进来：交办清单、台账、进展表、登记表、月报、代表评价，和改过的导出表；先看差别，再写入。"""
    given, paths = importing.settings(set or []), importing.files(files)
    back = opened(paths)
    if back.has_returns:
        return bringing.sheets(session, back, yes=yes, dry_run=dry_run)
    coming = importing.coming(session, paths, map or [], given, unguarded, back.book)
    _show(session, coming)
    if coming.problems:
        raise UsageError(
            _("有 {count} 处不能导入，一处也没有写：").format(count=len(coming.problems)),
            "\n".join(coming.problems),
        )
    if coming.unread:
        session.exit_code = 3
    if not coming.changes:
        return _nothing(session, coming)
    if dry_run or not session.confirm(_question(coming), yes=yes):
        session.output.notice(_("没有写入。"))
        return session.exit_code
    session.commit(coming.changes)
    if coming.plan.asks:
        session.exit_code = session.exit_code or 2
    return session.wrote([_written(coming)])


def _nothing(session: Session, coming: importing.Coming) -> int:
    session.output.line(
        _("没有改动。") if not coming.plan.asks else _("没有能直接写入的；上面要问的答了再导入。")
    )
    asked_only = coming.plan.asks and not coming.plan.same
    return session.exit_code or (2 if asked_only and not coming.own else 0)


def _question(coming: importing.Coming) -> str:
    cells = sum(plan.count for _kind, plan, _sheet in coming.own)
    if coming.own and not coming.plan.changes:
        return _("写入这 {count} 处改动？").format(count=cells)
    return _("写入 {words}？").format(words=_counts(coming))


def _counts(coming: importing.Coming) -> str:
    plan = coming.plan
    cells = sum(one.count for _kind, one, _sheet in coming.own)
    parts = [
        (plan.records, _("新记录 {count} 件")),
        (plan.promises, _("新承诺 {count} 项")),
        (len(plan.entries), _("进展 {count} 条")),
        (len(plan.ratings), _("评价 {count} 条")),
        (cells, _("改动 {count} 处")),
    ]
    said = [words.format(count=count) for count, words in parts if count]
    return listed(said) or _("认得的列")


def _written(coming: importing.Coming) -> str:
    if coming.own and not coming.plan.changes:
        count = sum(plan.count for _kind, plan, _sheet in coming.own)
        words = _("已写入 {count} 处，{records} 件记录。")
        return words.format(count=count, records=len(coming.changes))
    return _("已写入：{words}。").format(words=_counts(coming))


def _show(session: Session, coming: importing.Coming) -> None:
    for kind, edits, sheet in coming.own:
        _show_own(session, kind, edits, sheet)
    plan = coming.plan
    _section(session, _("读了"), plan.read)
    _section(session, _("新建"), plan.new)
    _section(session, _("进展"), plan.entries)
    _section(session, _("评价"), plan.ratings)
    if plan.same:
        session.output.line(_("和库里一样：{count} 处").format(count=plan.same))
    _section(session, _("没有取"), plan.left)
    _section(session, _("要问的（没有写）"), plan.asks, whole=True)
    for error in coming.unread:
        session.output.warning(f"{error.message}  {error.remedy}".rstrip())


def _section(session: Session, title: str, lines: Sequence[Said], *, whole: bool = False) -> None:
    if not lines:
        return
    session.output.line(_("{title} {count}").format(title=title, count=len(lines)))
    shown = lines if whole else lines[:_FEW]
    for said in shown:
        remedy = f"  → {said.remedy}" if said.remedy else ""
        words = said.words.replace("\n", " ")
        session.output.line(f"  {said.where}  {words}{remedy}")
    if len(shown) < len(lines):
        session.output.line(_("  …还有 {count} 行").format(count=len(lines) - len(shown)))


def _show_own(session: Session, kind: str, plan: own.Plan, sheet: own.Exported) -> None:
    for cell in (cell for cells in plan.cells.values() for cell in cells):
        session.output.line(f"{cell.subject}  {cell.column.title}  {_turn(cell)}")
    by_column = sorted(plan.ignored, key=lambda cell: cell.column.title)
    for title, group in groupby(by_column, key=lambda cell: cell.column.title):
        cells = list(group)
        words = _("不采用 {column}：改了 {count} 处，如第 {row} 行 {turn}")
        first = {"row": cells[0].row, "turn": _turn(cells[0])}
        session.output.notice(words.format(column=title, count=len(cells), **first), "dim")
    if sheet.unknown:
        words = _("不认识的列没有取：{heads}").format(heads=listed(sheet.unknown))
        session.output.notice(words, "dim")
    for row, text in sheet.short:
        words = _("第 {row} 行没有编号，没有取：“{text}”")
        session.output.notice(words.format(row=row, text=text[:40]), "dim")
    if plan.missing:
        words = _("表里没有这几项，照旧没有动（删除用 npcreply rm）：{ids}")
        few = listed(plan.missing[:8]) + (" …" if plan.missing[8:] else "")
        session.output.notice(words.format(ids=few), "dim")
    schema = session.workspace.schema
    names, columns = (
        own.taken(kind, schema),
        export_table(kind, "full", [], [], schema).columns,
    )
    labels = listed(column.title for column in columns if column.name in names)
    session.output.notice(_("采用的列：{labels}").format(labels=labels), "dim")


def _turn(cell: own.ChangedCell) -> str:
    nothing = _("（无）")
    turn = f"{cell.before or nothing} → {cell.after or nothing}"
    return with_aside(turn, cell.figure.day) if cell.figure and cell.figure.day else turn
