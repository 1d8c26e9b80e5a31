"""Findings as people read them, file by file, and as machines read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from npcreply.domain.findings import Finding, Severity
from npcreply.language import _

_STYLE = {Severity.ERROR: "late", Severity.DOUBT: "soon"}


def lines(findings: Sequence[Finding], count: int) -> Iterator[tuple[str, str]]:
    """Yield (text, style): the count first, then each file's findings with their remedies."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    head = _("查了 {count} 个文件：错误 {errors}，疑点 {doubts}")
    yield head.format(count=count, errors=errors, doubts=len(findings) - errors), ""
    for path, members in groupby(sorted(findings), key=lambda finding: finding.path):
        yield path, ""
        for finding in members:
            yield (
                f"  {_place(finding)}  {_severity(finding)}  {finding.message}",
                _STYLE[finding.severity],
            )
            if finding.remedy:
                yield f"      {finding.remedy}", "dim"


def data(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Return the findings as JSON values, one mapping each."""
    return [
        {
            "path": finding.path,
            "line": finding.line or None,
            "column": finding.column or None,
            "severity": str(finding.severity),
            "code": finding.code,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in sorted(findings)
    ]


def _place(finding: Finding) -> str:
    """Return path:line:column, which editors and terminals make a link of."""
    return finding.place


def _severity(finding: Finding) -> str:
    return _("错误") if finding.severity is Severity.ERROR else _("疑点")
