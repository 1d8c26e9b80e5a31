"""`npcreply redo`: what undo took back, written again."""

from __future__ import annotations

from typing import Annotated

from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.views.changes import steps_done

EXAMPLES = (
    "redo",
    "redo --dry-run",
)


def run(
    session: Session,
    count: Annotated[int, argument(help=_("恢复几步"), metavar=_("步数"), min=1)] = 1,
    dry_run: Annotated[bool, option("--dry-run", help=_("只说会怎样，不写"))] = False,
) -> int:
    """恢复撤销的写入。"""
    journal = session.workspace.journal
    steps = session.journaled(lambda: journal.redo(count, session.now, session.by, dry_run=dry_run))
    if not steps:
        session.output.notice(_("没有可恢复的。"))
        return session.exit_code
    back = "" if dry_run else _("再撤销：npcreply undo")
    return session.told(steps_done(steps, _("恢复"), dry_run=dry_run), back)
