"""`npcreply check`: every error and doubt of every file in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from npcreply.domain.findings import Finding, Severity
from npcreply.errors import EXIT_FINDINGS, EXIT_UNREADABLE, UsageError
from npcreply.flows import deep as behind
from npcreply.language import _
from npcreply.parameters import argument, option
from npcreply.session import Session
from npcreply.store import collected
from npcreply.store.checking import check_workspace
from npcreply.views.findings import data, lines

EXAMPLES = (
    "check",
    "check --deep",
)


def run(
    session: Session,
    paths: Annotated[
        list[Path] | None, argument(help=_("只查这些文件或文件夹"), metavar=_("路径"))
    ] = None,
    strict: Annotated[bool, option("--strict", help=_("有疑点时退出码为 4"))] = False,
    deep: Annotated[
        bool, option("--deep", help=_("还查索引、历史、缺的序号、留下的临时文件"))
    ] = False,
    repair: Annotated[
        bool,
        option(
            "--repair",
            help=_("先清掉没有用处的文件（一步，可撤销）、重建索引，再照 --deep 查；不动记录"),
        ),
    ] = False,
    json: Annotated[bool, option("--json", help=_("按 JSON 输出"))] = False,
) -> int:
    """查出所有文件里的错误和疑点，每一条都说怎么改。"""
    if paths and (deep or repair):
        said = _("--deep、--repair 查整个资料库，不能只查几个文件。")
        raise UsageError(said, _("去掉路径，或去掉 --deep、--repair。"))
    workspace = session.workspace
    for sentence in behind.repair(session) if repair else ():
        session.output.notice(sentence)
    only = _only(session, paths) if paths else None
    with session.progress(_("检查")) as progress:
        findings, count = check_workspace(
            workspace.root,
            workspace.schema,
            session.today,
            only,
            progress,
            behind.gaps if deep or repair else None,
        )
    if deep or repair:
        findings = sorted({*findings, *behind.findings(session)})
    if json:
        session.output.json(data(findings))
    else:
        session.output.lines(lines(findings, count))
    return _code(findings, strict=strict)


def _only(session: Session, paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    workspace = session.workspace
    known = [*workspace.paths(), *collected.paths(workspace.root)]
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
