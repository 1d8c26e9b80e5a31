"""`npcreply check`: every error and doubt of every file in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import EXIT_FINDINGS, EXIT_UNREADABLE, UsageError
from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.store.checking import check_workspace
from npcreply.views.findings import data, lines

EXAMPLES = (
    "check",
    "check replies/2020",
)


def run(
    session: Session,
    paths: Annotated[
        list[Path] | None, argument(help=_("只查这些文件或文件夹"), metavar=_("路径"))
    ] = None,
    strict: Annotated[bool, option("--strict", help=_("有疑点时退出码为 4"))] = False,
    json: Annotated[bool, option("--json", help=_("按 JSON 输出"))] = False,
) -> int:
    """查出所有文件里的错误和疑点，每一条都说怎么改。"""
    workspace = session.workspace
    only = _only(session, paths) if paths else None
    with session.progress(_("检查")) as progress:
        findings, count = check_workspace(
            workspace.root, workspace.schema, session.today, only, progress
        )
    if json:
        session.output.json(data(findings))
    else:
        session.output.lines(lines(findings, count))
    return _code(findings, strict=strict)


def _only(session: Session, paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    known = session.workspace.paths()
    for path in paths:
        full = path.resolve()
        inside = [
            item for item in known if item.resolve() == full or full in item.resolve().parents
        ]
        if not inside:
            raise UsageError(_("资料库里没有 {path}").format(path=path))
        found += inside
    return found


def _code(findings: list[Finding], *, strict: bool) -> int:
    if any(finding.severity is Severity.ERROR for finding in findings):
        return EXIT_UNREADABLE
    return EXIT_FINDINGS if strict and findings else 0
