"""Steps of the journal, told: what undo and redo did or would do."""

from __future__ import annotations

from collections.abc import Sequence

from npcreply.language import _
from npcreply.session import Session
from npcreply.store.journal.steps import Step


def told(session: Session, steps: Sequence[Step], verb: str, more: str, *, dry_run: bool) -> int:
    """Print each step with its time, its command line and its files; how to go back."""
    if not steps:
        session.output.notice(_("没有可{verb}的。").format(verb=verb))
        return session.exit_code
    head = _("将{verb} {count} 步：") if dry_run else _("{verb} {count} 步：")
    session.output.line(head.format(verb=verb, count=len(steps)))
    for step in steps:
        session.output.line(f"  {_line(step)}")
    if not dry_run:
        session.output.notice(more)
    return session.exit_code


def history(session: Session, steps: Sequence[Step]) -> int:
    """Print the last steps, newest first; what was undone is marked."""
    if not steps:
        session.output.line(_("还没有写入过。"))
    for step in list(reversed(steps))[:30]:
        mark = _("（已撤销）") if step.undone else ""
        session.output.line(f"{step.number:>4}  {_line(step)}{mark}")
    return session.exit_code


def _line(step: Step) -> str:
    names = [turn.path.as_posix() for turn in step.files]
    files = _("、").join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"{step.when:%Y-%m-%d %H:%M}  {step.by}  {step.command}  [{files}]"
