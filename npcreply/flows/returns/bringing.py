"""Return sheets among the files of an import: shown by department, written as one step."""

from __future__ import annotations

from npcreply.errors import UsageError
from npcreply.flows.returns.taking import Opened, Plan, plan
from npcreply.language import _, listed
from npcreply.session import Session
from npcreply.views.returns import counts_text, group_lines


def sheets(session: Session, back: Opened, *, yes: bool, dry_run: bool) -> int:
    """Take in the return sheets and return the exit code. Raises UsageError where other tables lie
    between them: each kind is confirmed by itself.
    """
    _refuse_others(back)
    found = plan(session, back, asks=not (yes or dry_run))
    _show(session, back, found)
    words = counts_text(found.counts)
    left = 2 if found.count("asked") or found.count("refused") else 0
    if not found.changes:
        session.output.line(_("没有要写的。"))
        return session.exit_code or left
    if dry_run or not session.confirm(_("写入{words}？").format(words=words), yes=yes):
        session.output.notice(_("没有写入。"))
        return session.exit_code
    session.commit(found.changes)
    session.exit_code = session.exit_code or left
    return session.wrote([_("已写入：{words}。").format(words=words)])


def _refuse_others(back: Opened) -> None:
    if back.others:
        raise UsageError(
            _("回报表和别的表分开导入；这几个不是回报表：{files}").format(
                files=listed(path.name for path in back.others[:5])
            ),
            _("先导入回报表，再导入别的。"),
        )


def _show(session: Session, back: Opened, found: Plan) -> None:
    for group in found.groups:
        session.output.lines(group_lines(group))
    for error in (*back.unread, *found.unread):
        session.output.warning(f"{error.message}  {error.remedy}".rstrip())
        session.exit_code = 3
