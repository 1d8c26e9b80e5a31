"""`npcreply import`: an exported table, edited in a spreadsheet, brought back."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Annotated

from npcreply.errors import UsageError
from npcreply.flows import importing
from npcreply.flows.returns import bringing
from npcreply.language import _, listed
from npcreply.parameters import argument, option
from npcreply.render.csv import unguarded
from npcreply.session import Session
from npcreply.views.exports import export_table

EXAMPLES = (
    "import 台账.csv --dry-run",
    "import 台账.csv --yes",
)


def run(
    session: Session,
    files: Annotated[
        list[Path],
        argument(help=_("改过的 CSV，或收回来的回报表"), metavar=_("文件…")),
    ],
    yes: Annotated[bool, option("--yes", help=_("不问，直接写入"))] = False,
    dry_run: Annotated[bool, option("--dry-run", help=_("只看差别，不写"))] = False,
) -> int:
    """把改过的导出表带回来：先看差别，再写入；算出来的列不采用。"""
    brought = bringing.sheets(session, bringing.files(files), yes=yes, dry_run=dry_run)
    if brought is not None:
        return brought
    if len(files) > 1:
        raise UsageError(_("改过的导出表一次导入一张"), _("一张一张来。"))
    sheet = importing.read(files[0], session.workspace.schema, unguarded)
    plan = importing.plan(session, sheet)
    _show(session, sheet.kind, plan)
    if plan.problems:
        raise UsageError(
            _("有 {count} 处不能导入，一处也没有写：").format(count=len(plan.problems)),
            "\n".join(plan.problems),
        )
    if not plan.cells:
        session.output.line(_("没有改动。"))
        return session.exit_code
    question = _("写入这 {count} 处改动？").format(count=plan.count)
    if dry_run or not session.confirm(question, yes=yes):
        session.output.notice(_("没有写入。"))
        return session.exit_code
    session.commit(plan.changes)
    words = _("已写入 {count} 处，{records} 件记录。")
    return session.wrote([words.format(count=plan.count, records=len(plan.changes))])


def _show(session: Session, kind: str, plan: importing.Plan) -> None:
    for cell in (cell for cells in plan.cells.values() for cell in cells):
        session.output.line(f"{cell.subject}  {cell.column.title}  {_turn(cell)}")
    by_column = sorted(plan.ignored, key=lambda cell: cell.column.title)
    for title, group in groupby(by_column, key=lambda cell: cell.column.title):
        cells = list(group)
        words = _("不采用 {column}：改了 {count} 处，如第 {row} 行 {turn}")
        first = {"row": cells[0].row, "turn": _turn(cells[0])}
        session.output.notice(words.format(column=title, count=len(cells), **first), "dim")
    schema = session.workspace.schema
    names, columns = (
        importing.taken(kind, schema),
        export_table(kind, "full", [], [], schema).columns,
    )
    labels = listed(column.title for column in columns if column.name in names)
    session.output.notice(_("采用的列：{labels}").format(labels=labels), "dim")


def _turn(cell: importing.ChangedCell) -> str:
    nothing = _("（无）")
    return f"{cell.before or nothing} → {cell.after or nothing}"
