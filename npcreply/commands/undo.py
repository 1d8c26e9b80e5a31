"""`npcreply undo`: the last writes taken back, one command line at a time."""

from __future__ import annotations

from typing import Annotated

from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.views.changes import history_lines, steps_done

EXAMPLES = (
    "undo",
    "undo --list",
)


def run(
    session: Session,
    count: Annotated[int, argument(help=_("撤销几步"), metavar=_("步数"), min=1)] = 1,
    list_: Annotated[bool, option("--list", help=_("列出可撤销的写入"))] = False,
    dry_run: Annotated[bool, option("--dry-run", help=_("只说会怎样，不写"))] = False,
) -> int:
    """撤销最近的写入；一行命令是一步。"""
    journal = session.workspace.journal
    if list_:
        for line in history_lines(journal.steps()):
            session.output.line(line)
        return session.exit_code
    steps = session.journaled(lambda: journal.undo(count, session.now, session.by, dry_run=dry_run))
    if not steps:
        session.output.notice(_("没有可撤销的。"))
        return session.exit_code
    back = "" if dry_run else _("恢复：npcreply redo")
    return session.told(steps_done(steps, _("撤销"), dry_run=dry_run), back)
