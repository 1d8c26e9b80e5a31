"""`npcreply import`: an exported table, edited in a spreadsheet, brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from npcreply.flows import importing
from npcreply.errors import UsageError
from npcreply.language import _
from npcreply.session import Session
from npcreply.store.journal import Change


def run(
    session: Session,
    file: Annotated[Path, typer.Argument(help=_("改过的 CSV"), metavar=_("文件"))],
    yes: Annotated[bool, typer.Option("--yes", help=_("不问，直接写入"))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只看差别，不写"))] = False,
) -> int:
    """把改过的导出表带回来：先看差别，再写入；算出来的列不采用。"""
    kind, plan = importing.plan(session, importing.read_rows(file))
    _show(session, kind, plan)
    if plan.problems:
        raise UsageError(
            _("有 {count} 处不能导入，一处也没有写：").format(count=len(plan.problems)),
            "\n".join(plan.problems),
        )
    if not plan.changes:
        session.output.line(_("没有改动。"))
        return session.exit_code
    changes = [_change(session, kind, record, plan) for record in plan.changes]
    count = sum(len(cells) for cells in plan.changes.values())
    if dry_run or not session.confirm(_("写入这 {count} 处改动？").format(count=count), yes=yes):
        session.output.notice(_("没有写入。"))
        return session.exit_code
    session.commit(changes)
    session.output.line(
        _("已写入 {count} 处，{records} 件记录。").format(count=count, records=len(changes))
    )
    session.output.notice(_("撤销：npcreply undo"))
    return session.exit_code


def _change(session: Session, kind: str, record: str, plan: importing.Plan) -> Change:
    amendments = list(importing.amendments(session, kind, record, plan.changes[record]))

    def mutate(data: dict[str, object]) -> None:
        for amendment in amendments:
            amendment(data)

    return session.workspace.changed(session.workspace.open(record), mutate)[0]


def _show(session: Session, kind: str, plan: importing.Plan) -> None:
    for record, cells in plan.changes.items():
        session.output.line(record)
        for cell in cells:
            session.output.line(
                _("  {id}  {column}  {before} → {after}").format(
                    id=cell.subject,
                    column=cell.column.title,
                    before=cell.before or _("（无）"),
                    after=cell.after or _("（无）"),
                )
            )
    for cell in plan.ignored:
        session.output.notice(
            _("  不采用：第 {line} 行 {column} {before} → {after}（算出来的列）").format(
                line=cell.line, column=cell.column.title, before=cell.before, after=cell.after
            ),
            "dim",
        )
    schema = session.workspace.schema
    within = {"measure": "measure", "target": "target"}.get(kind, "")
    names = "、".join(_label(schema, name, within) for name in importing.TAKEN[kind])
    session.output.notice(_("采用的列：{names}").format(names=names), "dim")


def _label(schema: object, name: str, within: str) -> str:
    label = getattr(schema, "label")  # noqa: B009
    found = label(name, within)
    return str(found if found != name else label(name))
