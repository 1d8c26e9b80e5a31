"""`npcreply edit`: a record in the clerk's own editor, on a copy; nothing invalid is written."""

from __future__ import annotations

from typing import Annotated

import typer

from npcreply.flows import editing
from npcreply.errors import RecordInvalidError
from npcreply.language import _
from npcreply.session import Session


def run(
    session: Session,
    id: Annotated[str, typer.Argument(help=_("编号，如 温46"), metavar=_("编号"))],
) -> int:
    """用编辑器改一件记录（$VISUAL、$EDITOR、记事本）；改错了可以再改、存草稿或放弃。"""
    opened = session.workspace.open(id)
    text = opened.source.text
    while True:
        text = editing.edited(text, opened.name)
        if text == opened.source.text:
            session.output.notice(_("没有改动。"))
            return session.exit_code
        try:
            errors = opened.decoded.errors
            change, after = session.workspace.change_to(opened.path, opened.source, text, errors)
        except RecordInvalidError as error:
            session.output.error(error.message, error.remedy)
            if not editing.again(session, opened.id, text):
                return error.exit_code
            continue
        session.commit([change])
        session.output.line(_("已保存 {name}").format(name=opened.name))
        session.output.notice(_("撤销：npcreply undo"))
        for finding in after.findings:
            session.output.notice(f"{finding.place}  {finding.message}")
        return session.exit_code
